//! JSON Lines: one report a line.

use crate::document::{check_text, content_id};
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::reports::Captured;
use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use std::collections::HashSet;
use std::fmt;
use std::io::{self, BufRead};
use variorum_model::{RawReport, Rejection, SourceForm};
use variorum_text::text_warnings;

/// The rows of one JSON Lines input, in order; each is a report or a rejection.
pub(crate) struct Rows {
    path: String,
    reader: Box<dyn BufRead + Send>,
    limits: Limits,
    /// Lines begun so far; the row numbers that people see.
    line: u64,
    /// Byte at which the next line starts, in the decompressed input.
    byte: u64,
    seen: bool,
    ended: bool,
}

impl Rows {
    pub(crate) fn new(path: String, reader: Box<dyn BufRead + Send>, limits: Limits) -> Rows {
        Rows { path, reader, limits, line: 0, byte: 0, seen: false, ended: false }
    }

    fn parse(&self, bytes: Vec<u8>, start: u64) -> Result<Captured, Rejection> {
        let path = format!("{}#{}", self.path, self.line);
        let row = match parse_row(&bytes, self.line, start) {
            Ok(row) => row,
            Err(refusal) => return Err(refusal.of(path)),
        };
        let id = row.id.clone().filter(|id| !id.is_empty());
        match row.into_report(path.clone(), start, &self.limits) {
            Ok(report) => Ok(Captured { report, bytes, row: true, retrieved: None }),
            Err(refusal) => {
                let mut rejection = refusal.of(path);
                rejection.id = id;
                Err(rejection)
            }
        }
    }
}

impl Iterator for Rows {
    type Item = Result<Captured, Rejection>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let start = self.byte;
            self.line += 1;
            match read_line(&mut self.reader, self.limits.row_bytes) {
                Err(error) => {
                    // What was whole before the damage has been handed out.
                    self.ended = true;
                    let path = format!("{}#{}", self.path, self.line);
                    return Some(Err(Refusal::from(error).of(path)));
                }
                Ok(Line { taken: 0, .. }) => {
                    self.ended = true;
                    if !self.seen {
                        let message =
                            "there is no row in the input: give a file with reports in it";
                        return Some(Err(Refusal::new("empty", message, 0).of(&*self.path)));
                    }
                }
                Ok(Line { taken, bytes }) => {
                    self.byte += taken;
                    let Some(mut bytes) = bytes else {
                        self.seen = true;
                        let refusal = row_too_long(self.line, self.limits.row_bytes, start);
                        return Some(Err(refusal.of(format!("{}#{}", self.path, self.line))));
                    };
                    let mut start = start;
                    if self.line == 1 && bytes.starts_with(b"\xEF\xBB\xBF") {
                        bytes.drain(..3);
                        start += 3;
                    }
                    if bytes.iter().all(u8::is_ascii_whitespace) {
                        continue;
                    }
                    self.seen = true;
                    return Some(self.parse(bytes, start));
                }
            }
        }
        None
    }
}

/// The report of a row that was made from something else, called `path`.
pub(crate) fn captured_row(
    bytes: Vec<u8>,
    path: &str,
    limits: &Limits,
) -> Result<Captured, Rejection> {
    let report =
        parse_row(&bytes, 1, 0).and_then(|row| row.into_report(path.to_owned(), 0, limits));
    match report {
        Ok(report) => Ok(Captured { report, bytes, row: true, retrieved: None }),
        Err(refusal) => Err(refusal.of(path)),
    }
}

/// One line as read.
struct Line {
    /// Bytes taken from the reader, line end included; 0 at the end of the input.
    taken: u64,
    /// The line; `None` if it is longer than allowed and was skipped.
    bytes: Option<Vec<u8>>,
}

/// Reads to the end of the line, keeping at most `most` bytes.
fn read_line(reader: &mut dyn BufRead, most: usize) -> io::Result<Line> {
    let mut line = Line { taken: 0, bytes: Some(Vec::new()) };
    loop {
        let buffer = match reader.fill_buf() {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            result => result?,
        };
        if buffer.is_empty() {
            return Ok(line);
        }
        let end = memchr::memchr(b'\n', buffer);
        let part = &buffer[..end.unwrap_or(buffer.len())];
        match &mut line.bytes {
            Some(kept) if kept.len() + part.len() <= most => kept.extend_from_slice(part),
            _ => line.bytes = None,
        }
        let taken = end.map_or(buffer.len(), |at| at + 1);
        reader.consume(taken);
        line.taken += taken as u64;
        if end.is_some() {
            return Ok(line);
        }
    }
}

fn row_too_long(line: u64, most: usize, byte: u64) -> Refusal {
    let message =
        format!("line {line} is longer than {most} bytes (limit row_bytes): split the report");
    Refusal::new("row_too_long", message, byte)
}

/// The keys of a row that are read. All are strings; `null` is as good as absent.
#[derive(Debug, Default)]
struct Row {
    id: Option<String>,
    text: Option<String>,
    html: Option<String>,
    url: Option<String>,
    title: Option<String>,
    outlet: Option<String>,
    published: Option<String>,
}

impl Row {
    fn into_report(self, path: String, byte: u64, limits: &Limits) -> Result<RawReport, Refusal> {
        let (form, text) = match (self.text, self.html) {
            (Some(text), _) => (SourceForm::CleanText, text),
            (None, Some(html)) => (SourceForm::Html, html),
            (None, None) => {
                let message = "the row has neither \"text\" nor \"html\": add one of them";
                return Err(Refusal::new("missing_text", message, byte));
            }
        };
        check_text(&text, form, limits).map_err(|refusal| Refusal { byte, ..refusal })?;
        let id = self.id.filter(|id| !id.is_empty());
        Ok(RawReport {
            id: id.unwrap_or_else(|| content_id(text.as_bytes())),
            path,
            form,
            warnings: text_warnings(&text).into_iter().map(str::to_owned).collect(),
            text,
            url: self.url,
            title: self.title,
            outlet: self.outlet,
            published: self.published,
        })
    }
}

const DUPLICATE: &str = "duplicate key";

fn parse_row(bytes: &[u8], line: u64, start: u64) -> Result<Row, Refusal> {
    if let Err(error) = std::str::from_utf8(bytes) {
        let message = format!("line {line} is not UTF-8: write JSON in UTF-8");
        return Err(Refusal::new("invalid_utf8", message, start + error.valid_up_to() as u64));
    }
    serde_json::from_slice(bytes).map_err(|error| {
        // Columns count bytes from 1: the byte at which, or just before which, it goes wrong.
        let byte = start + (error.column().saturating_sub(1)) as u64;
        let shown = error.to_string();
        let what = shown.split(" at line ").next().unwrap_or(&shown);
        let (code, remedy) = if what.starts_with(DUPLICATE) {
            ("duplicate_key", "keep one of them")
        } else if error.is_data() {
            ("wrong_type", "write one object a line whose known keys hold strings")
        } else {
            ("invalid_json", "write one JSON object a line")
        };
        Refusal::new(code, format!("line {line} cannot be read ({what}): {remedy}"), byte)
    })
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Row, D::Error> {
        deserializer.deserialize_map(RowVisitor)
    }
}

struct RowVisitor;

impl<'de> Visitor<'de> for RowVisitor {
    type Value = Row;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Row, A::Error> {
        let mut row = Row::default();
        let mut seen = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            if seen.contains(&key) {
                let shown: String = key.chars().take(40).collect();
                return Err(A::Error::custom(format_args!("{DUPLICATE} \"{shown}\"")));
            }
            match &*key {
                "id" => row.id = map.next_value()?,
                "text" => row.text = map.next_value()?,
                "html" => row.html = map.next_value()?,
                "url" => row.url = map.next_value()?,
                "title" => row.title = map.next_value()?,
                "outlet" => row.outlet = map.next_value()?,
                "published" => row.published = map.next_value()?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
            seen.insert(key);
        }
        Ok(row)
    }
}
