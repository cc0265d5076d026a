//! Where a record begins and ends.

use super::buffer::Buffer;
use super::{START, length_of};
use crate::document::document_too_large;
use crate::headers::Headers;
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::response::head_end;

/// A record as it stands in the archive.
pub(super) struct Record {
    pub(super) headers: Headers,
    /// What the record holds; empty where it is of no interest.
    pub(super) block: Vec<u8>,
    pub(super) warnings: Vec<&'static str>,
    /// Whether the archive ends before the record should.
    pub(super) cut_off: bool,
}

/// What stands at a place of an archive.
pub(super) enum Frame {
    Record(Record),
    Refused(Refusal),
}

/// A record that ends too early.
pub(super) fn truncated(byte: u64) -> Refusal {
    let message = "the record ends too early: fetch the archive again";
    Refusal::new("truncated_record", message, byte)
}

/// Takes the next record, or what stands in place of one. There are bytes ahead, and no blank line.
pub(super) fn next(buffer: &mut Buffer, limits: &Limits) -> Frame {
    let byte = buffer.byte();
    if !at_start(buffer) {
        skip_to_record(buffer);
        let end = buffer.byte();
        if let Some(fault) = buffer.has_fault().then(|| buffer.take_fault()).flatten() {
            return Frame::Refused(fault);
        }
        let message =
            format!("bytes {byte} to {end} belong to no record: check how the archive was written");
        return Frame::Refused(Refusal::new("no_record", message, byte));
    }
    let headers = match take_headers(buffer, limits) {
        Ok(headers) => headers,
        Err(refusal) => return Frame::Refused(refusal),
    };
    take_block(buffer, headers, byte, limits)
}

/// Whether a record begins ahead.
fn at_start(buffer: &mut Buffer) -> bool {
    buffer.ensure(START.len());
    buffer.ahead().starts_with(START)
}

fn take_headers(buffer: &mut Buffer, limits: &Limits) -> Result<Headers, Refusal> {
    let byte = buffer.byte();
    let mut wanted = 4096;
    loop {
        let there = buffer.ensure(wanted);
        let ahead = &buffer.ahead()[..there.min(limits.header_bytes)];
        let end = head_end(ahead);
        let head = &ahead[..end.map_or(ahead.len(), |(head, _)| head)];
        // A record whose head broke off before the next began.
        if let Some(next) = find_record(head, START.len()) {
            buffer.take(next);
            return Err(truncated(byte));
        }
        if let Some((_, body)) = end {
            let headers = Headers::parse(head);
            buffer.take(body);
            return Ok(headers);
        }
        if there >= limits.header_bytes {
            skip_to_record(buffer);
            let message = format!(
                "the record's headers are longer than {} bytes (limit header_bytes): \
                 check how the archive was written",
                limits.header_bytes
            );
            return Err(Refusal::new("headers_too_long", message, byte));
        }
        if there < wanted {
            buffer.take(there);
            return Err(buffer.take_fault().unwrap_or_else(|| truncated(byte)));
        }
        wanted *= 2;
    }
}

fn take_block(buffer: &mut Buffer, headers: Headers, byte: u64, limits: &Limits) -> Frame {
    let most = limits.document_bytes as usize + limits.header_bytes;
    let declared = length_of(&headers);
    let record = |block: &[u8], warnings, cut_off| {
        Frame::Record(Record { block: block.to_vec(), headers: headers.clone(), warnings, cut_off })
    };
    if let Some(length) = declared.filter(|&length| length <= most as u64) {
        let length = length as usize;
        let there = buffer.ensure(length + AFTER);
        if there >= length && ends_well(&buffer.ahead()[length..]) {
            let frame = record(&buffer.ahead()[..length], Vec::new(), false);
            buffer.take(length);
            return frame;
        }
    }
    // The length is wrong, missing or more than is kept: the record ends where the next begins.
    let mut searched = 0;
    let mut wanted = 64 * 1024;
    loop {
        let there = buffer.ensure(wanted.min(most));
        // Far enough back to see a start that was cut in two.
        if let Some(next) = find_record(buffer.ahead(), searched) {
            let frame =
                record(without_line_ends(&buffer.ahead()[..next]), vec!["wrong_length"], false);
            buffer.take(next);
            return frame;
        }
        if there < wanted.min(most) {
            if buffer.has_fault() {
                buffer.take(there);
                let fault = buffer.take_fault();
                return Frame::Refused(fault.unwrap_or_else(|| truncated(byte)));
            }
            let cut_off = declared.is_some_and(|length| length > there as u64);
            let block = without_line_ends(&buffer.ahead()[..there]);
            let frame = record(block, vec!["wrong_length"], cut_off);
            buffer.take(there);
            return frame;
        }
        if wanted >= most {
            skip_record(buffer, declared.unwrap_or(u64::MAX));
            return Frame::Refused(Refusal { byte, ..document_too_large(limits.document_bytes) });
        }
        searched = there.saturating_sub(AFTER);
        wanted *= 2;
    }
}

/// Bytes looked at behind a record: two line ends and the start of the next.
const AFTER: usize = 16;

/// Whether what follows a record is two line ends, the end of the archive or the next record.
fn ends_well(after: &[u8]) -> bool {
    if after.starts_with(b"\r\n\r\n") || after.starts_with(b"\n\n") {
        return true;
    }
    let blank = after.iter().take_while(|&&b| matches!(b, b'\r' | b'\n' | 0)).count();
    let rest = &after[blank..];
    rest.is_empty() || rest.starts_with(START)
}

/// Where from `from` on a line begins a record.
fn find_record(bytes: &[u8], from: usize) -> Option<usize> {
    memchr::memmem::find_iter(&bytes[from.min(bytes.len())..], b"\nWARC/")
        .map(|at| from + at + 1)
        .find(|&at| {
            matches!(bytes.get(at + START.len()..at + START.len() + 2), Some([b'0' | b'1', b'.']))
        })
}

/// A block whose length is not known, without the two line ends behind it.
fn without_line_ends(block: &[u8]) -> &[u8] {
    let mut block = block;
    for _ in 0..2 {
        block = block.strip_suffix(b"\n").unwrap_or(block);
        block = block.strip_suffix(b"\r").unwrap_or(block);
    }
    block
}

/// Takes everything up to the next record, fault or end.
fn skip_to_record(buffer: &mut Buffer) {
    skip_record(buffer, u64::MAX);
}

/// Takes `length` bytes, but nothing of the next record, nor beyond a fault.
fn skip_record(buffer: &mut Buffer, length: u64) {
    let mut left = length;
    while left > 0 {
        let there = buffer.ensure(64 * 1024);
        if let Some(next) = find_record(buffer.ahead(), 0).filter(|&next| next as u64 <= left) {
            return buffer.take(next);
        }
        if there < 64 * 1024 {
            return buffer.take(there.min(usize::try_from(left).unwrap_or(usize::MAX)));
        }
        let taken = (there - AFTER).min(usize::try_from(left).unwrap_or(usize::MAX));
        buffer.take(taken);
        left -= taken as u64;
    }
}
