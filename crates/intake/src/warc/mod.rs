//! Web archives (WARC 0.17 to 1.1, ISO 28500): the pages in them, one record at a time.
//!
//! A record that cannot be read is one rejection, and reading goes on at the next. Where a record's length is wrong or
//! missing, its end is where the next record begins. Record numbers count all records, as they stand in the archive;
//! bytes are those of the archive without compression, but for faults of the compression itself.

mod buffer;
mod framing;

use crate::document::{Fetched, of_fetched};
use crate::headers::{Headers, MediaType};
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::reports::Captured;
use crate::response::Response;
use buffer::Buffer;
use framing::{Frame, Record};
use std::io::Read;
use variorum_model::Rejection;

/// How every record begins.
pub(crate) const START: &[u8] = b"WARC/";

/// Bytes in which a record tells its version.
pub(crate) const VERSION: usize = 8;

/// The pages of one web archive, in order.
pub(crate) struct Warc {
    path: String,
    buffer: Buffer,
    limits: Limits,
    /// Records begun so far.
    number: u64,
    /// Whether any record or rejection was given.
    given: bool,
    ended: bool,
}

impl Warc {
    pub(crate) fn new(path: String, reader: Box<dyn Read + Send>, limits: Limits) -> Warc {
        let buffer = Buffer::new(reader);
        Warc { path, buffer, limits, number: 0, given: false, ended: false }
    }

    fn refuse(&self, refusal: Refusal) -> Rejection {
        refusal.of(format!("{}#{}", self.path, self.number))
    }

    /// What comes next: a page, a rejection, or a record of no interest (`None`).
    fn step(&mut self) -> Option<Result<Captured, Rejection>> {
        self.buffer.skip_blank();
        if self.buffer.ensure(1) == 0 {
            if let Some(fault) = self.buffer.take_fault() {
                self.number += 1;
                return Some(Err(self.refuse(fault)));
            }
            self.ended = true;
            let message = "there is no page in the web archive: give one with responses in it";
            return (!self.given).then(|| Err(Refusal::new("empty", message, 0).of(&*self.path)));
        }
        let byte = self.buffer.byte();
        self.number += 1;
        match framing::next(&mut self.buffer, &self.limits) {
            Frame::Record(record) => match self.read(record) {
                Ok(captured) => captured.map(Ok),
                Err(refusal) => Some(Err(self.refuse(Refusal { byte, ..refusal }))),
            },
            Frame::Refused(refusal) => Some(Err(self.refuse(refusal))),
        }
    }

    fn read(&self, record: Record) -> Result<Option<Captured>, Refusal> {
        let Record { headers, block, mut warnings, cut_off } = record;
        let field = |name: &str| headers.get(name);
        let kind = field("warc-type").unwrap_or_default().to_ascii_lowercase();
        let mut content_type = field("content-type").unwrap_or_default().to_owned();
        let message = Response::parse(&block);
        let bytes = match (&*kind, message) {
            ("response", Some(response)) => {
                if cut_off && response.is_whole() != Some(true) {
                    return Err(framing::truncated(0));
                }
                content_type = response.headers.get("content-type").unwrap_or_default().to_owned();
                if !(200..300).contains(&response.status)
                    || !MediaType::parse(&content_type).is_article()
                {
                    return Ok(None);
                }
                let (bytes, wrong) = response.content(&self.limits)?;
                warnings.extend(wrong);
                bytes
            }
            ("response" | "resource" | "conversion", _) => {
                let media = MediaType::parse(&content_type);
                if media.essence.is_empty() || !media.is_article() {
                    return Ok(None);
                }
                if cut_off {
                    return Err(framing::truncated(0));
                }
                block
            }
            _ => return Ok(None),
        };
        if field("warc-truncated").is_some() {
            warnings.push("truncated");
        }
        let url = field("warc-target-uri").unwrap_or_default();
        let fetched = Fetched {
            url: url.trim_start_matches('<').trim_end_matches('>').to_owned(),
            retrieved: field("warc-date").and_then(instant),
            content_type: Some(content_type),
            bytes,
        };
        let path = format!("{}#{}", self.path, self.number);
        let mut captured = of_fetched(&path, fetched, &self.limits)?;
        let own = &mut captured.report.warnings;
        own.extend(warnings.into_iter().map(str::to_owned));
        Ok(Some(captured))
    }
}

impl Iterator for Warc {
    type Item = Result<Captured, Rejection>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            if let Some(item) = self.step() {
                self.given = true;
                return Some(item);
            }
        }
        None
    }
}

/// The date of a record, if it has the form of one: `2017-01-17T10:00:00Z`, with parts of a second or without.
fn instant(value: &str) -> Option<String> {
    let number = |range: std::ops::Range<usize>| value.get(range)?.parse::<u32>().ok();
    let bytes = value.as_bytes();
    let shape = bytes.len() >= 20
        && [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')]
            .iter()
            .all(|&(at, mark)| bytes[at] == mark)
        && bytes.ends_with(b"Z");
    let right = shape
        && (1..=12).contains(&number(5..7)?)
        && (1..=31).contains(&number(8..10)?)
        && number(11..13)? < 24
        && number(14..16)? < 60
        && number(17..19)? <= 60;
    right.then(|| value.to_owned())
}

/// The length that a record states.
pub(crate) fn length_of(headers: &Headers) -> Option<u64> {
    headers.get("content-length")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::instant;

    #[test]
    fn dates_of_records() {
        for (value, good) in [
            ("2017-01-17T10:00:00Z", true),
            ("2017-01-17T10:00:00.123456Z", true),
            ("2017-13-17T10:00:00Z", false),
            ("2017-13-99", false),
            ("20170117100000", false),
            ("", false),
        ] {
            assert_eq!(instant(value).is_some(), good, "{value}");
        }
    }
}
