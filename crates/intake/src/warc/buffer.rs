//! Bytes of an archive that can be looked at before they are taken.

use crate::gunzip::Fault;
use crate::refusal::Refusal;
use std::io::{self, Read};

/// Bytes read at once.
const CHUNK: usize = 64 * 1024;

/// A reader with the bytes ahead of it. A fault of the compression parts what comes before it from what comes after:
/// nothing beyond it is seen until it is taken.
pub(super) struct Buffer {
    reader: Box<dyn Read + Send>,
    bytes: Vec<u8>,
    start: usize,
    /// Bytes taken so far.
    taken: u64,
    ended: bool,
    fault: Option<Refusal>,
}

impl Buffer {
    pub(super) fn new(reader: Box<dyn Read + Send>) -> Buffer {
        Buffer { reader, bytes: Vec::new(), start: 0, taken: 0, ended: false, fault: None }
    }

    /// Bytes taken so far.
    pub(super) fn byte(&self) -> u64 {
        self.taken
    }

    /// What is ahead and was read.
    pub(super) fn ahead(&self) -> &[u8] {
        &self.bytes[self.start..]
    }

    /// Reads until `count` bytes are ahead, or there are no more; how many there are.
    pub(super) fn ensure(&mut self, count: usize) -> usize {
        while self.ahead().len() < count && !self.ended && self.fault.is_none() {
            if self.start > CHUNK && self.start > self.bytes.len() / 2 {
                self.bytes.drain(..self.start);
                self.start = 0;
            }
            let before = self.bytes.len();
            self.bytes.resize(before + CHUNK, 0);
            let read = self.reader.read(&mut self.bytes[before..]);
            self.bytes.truncate(before + *read.as_ref().unwrap_or(&0));
            match read {
                Ok(0) => self.ended = true,
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    // After a fault of the disk nothing more is read.
                    let inner = error.get_ref().and_then(|e| e.downcast_ref::<Fault>());
                    self.ended = !matches!(inner, Some(Fault::Corrupt(..) | Fault::Truncated(_)));
                    self.fault = Some(error.into());
                }
            }
        }
        self.ahead().len()
    }

    /// What parts the bytes ahead from those after them.
    pub(super) fn take_fault(&mut self) -> Option<Refusal> {
        self.fault.take()
    }

    /// Whether there is a fault behind the bytes ahead.
    pub(super) fn has_fault(&self) -> bool {
        self.fault.is_some()
    }

    /// Takes `count` bytes that are ahead.
    pub(super) fn take(&mut self, count: usize) {
        self.start += count;
        self.taken += count as u64;
    }

    /// Takes line ends and padding.
    pub(super) fn skip_blank(&mut self) {
        while self.ensure(1) > 0 {
            let ahead = self.ahead();
            let blank = ahead.iter().take_while(|&&b| matches!(b, b'\r' | b'\n' | 0)).count();
            let all = blank == ahead.len();
            self.take(blank);
            if !all {
                return;
            }
        }
    }
}
