//! Decompression of gzip streams of any number of members, within limits.
//!
//! A web archive has a member for each record, so there a damaged member need not end the stream: told so, the
//! reader gives the fault once and goes on with the next member in which a record begins.

use crate::limits::Limits;
use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use thiserror::Error;

/// The first bytes of a gzip member that holds deflated data.
pub(crate) const MAGIC: &[u8] = b"\x1F\x8B\x08";

/// Below this much output a high ratio is no sign of anything.
const RATIO_FROM: u64 = 1 << 20;

/// What may be wrong with compressed input. Travels inside an [`io::Error`]; bytes are those of the
/// compressed input.
#[derive(Debug, Error, PartialEq, Eq)]
pub(crate) enum Fault {
    #[error("the gzip data ends too early, {0} bytes in: fetch the file again")]
    Truncated(u64),
    #[error("the gzip data is damaged near byte {0} ({1}): fetch the file again")]
    Corrupt(u64, String),
    #[error(
        "decompression gives more than {limit} bytes for each byte \
         (limit decompression_ratio): decompress the file yourself if you trust it"
    )]
    Ratio { byte: u64, limit: u64 },
}

impl Fault {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Fault::Truncated(_) => "truncated_gzip",
            Fault::Corrupt(..) => "corrupt_gzip",
            Fault::Ratio { .. } => "decompression_limit",
        }
    }

    pub(crate) fn byte(&self) -> u64 {
        match *self {
            Fault::Truncated(byte) | Fault::Corrupt(byte, _) | Fault::Ratio { byte, .. } => byte,
        }
    }
}

/// Counts the bytes taken from a reader, and can keep the last of them to go back to.
struct Counted<R> {
    inner: R,
    taken: u64,
    /// What was taken of the current member, if it is kept: its last mebibyte at least.
    kept: Option<Vec<u8>>,
    /// Bytes to be given again, and how many of them were.
    again: (Vec<u8>, usize),
}

/// How much of a damaged member is looked through for the start of the next.
const KEPT: usize = 1 << 20;

impl<R: BufRead> Counted<R> {
    fn new(inner: R, keep: bool) -> Counted<R> {
        Counted { inner, taken: 0, kept: keep.then(Vec::new), again: (Vec::new(), 0) }
    }

    /// Begins a new member.
    fn forget(&mut self) {
        if let Some(kept) = &mut self.kept {
            kept.clear();
        }
    }

    /// Goes to the next member after the start of the current one that decompresses to `start`; whether there is one.
    fn seek_member(&mut self, start: &[u8]) -> io::Result<bool> {
        let mut ahead = self.kept.take().unwrap_or_default();
        self.kept = Some(Vec::new());
        let mut byte = self.taken - ahead.len() as u64;
        ahead.extend_from_slice(&self.again.0[self.again.1..]);
        self.again = (Vec::new(), 0);
        // The member that failed is not tried again.
        let mut from = 1.min(ahead.len());
        loop {
            let found = memchr::memmem::find(&ahead[from..], MAGIC).map(|at| from + at);
            let at = found.unwrap_or_else(|| ahead.len().saturating_sub(MAGIC.len() - 1).max(from));
            let room = ahead.len() - at;
            if room < TRIAL && self.extend(&mut ahead)? {
                // With more to look at.
                byte += at as u64;
                ahead.drain(..at);
                from = 0;
                continue;
            }
            if found.is_none() {
                self.taken = byte + ahead.len() as u64;
                return Ok(false);
            }
            if first_bytes(&ahead[at..at + room.min(TRIAL)], start.len()) == start {
                byte += at as u64;
                ahead.drain(..at);
                self.taken = byte;
                self.again = (ahead, 0);
                return Ok(true);
            }
            from = at + 1;
        }
    }

    /// Adds what the reader has next to `bytes`; whether there was any.
    fn extend(&mut self, bytes: &mut Vec<u8>) -> io::Result<bool> {
        let buffer = self.inner.fill_buf()?;
        let length = buffer.len();
        bytes.extend_from_slice(buffer);
        self.inner.consume(length);
        Ok(length > 0)
    }
}

/// Compressed bytes on which it is judged whether a member begins.
const TRIAL: usize = 512;

/// The first `count` bytes to which `member` decompresses; fewer if it has no more.
pub(crate) fn first_bytes(member: &[u8], count: usize) -> Vec<u8> {
    let mut first = Vec::with_capacity(count);
    // What is cut off here ends with an error after the bytes that matter.
    let _ = GzDecoder::new(member).take(count as u64).read_to_end(&mut first);
    first
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut buffer = self.fill_buf()?;
        let read = buffer.read(out)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.again.1 < self.again.0.len() {
            return Ok(&self.again.0[self.again.1..]);
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.taken += amount as u64;
        let again = self.again.1 < self.again.0.len();
        if let Some(kept) = &mut self.kept {
            if kept.len() > 2 * KEPT {
                kept.drain(..kept.len() - KEPT);
            }
            if again {
                kept.extend_from_slice(&self.again.0[self.again.1..self.again.1 + amount]);
            } else if let Ok(buffer) = self.inner.fill_buf() {
                kept.extend_from_slice(&buffer[..amount]);
            }
        }
        if again {
            self.again.1 += amount;
        } else {
            self.inner.consume(amount);
        }
    }
}

/// The decompressed bytes of all members, one after the other.
pub(crate) struct Gunzip<R> {
    /// `None` once the last member has ended or a fault was told.
    member: Option<GzDecoder<Counted<R>>>,
    given: u64,
    ratio: u64,
    /// Set when something other than zeros follows the last member.
    trailing: Arc<AtomicBool>,
    /// How a member must begin with which to go on after a fault, if that is wanted.
    resume: Option<&'static [u8]>,
}

impl<R: BufRead> Gunzip<R> {
    pub(crate) fn new(inner: R, limits: &Limits, trailing: Arc<AtomicBool>) -> Gunzip<R> {
        Gunzip::with(inner, limits, trailing, None)
    }

    /// As [`Gunzip::new`], but after a fault was told goes on with the next member that begins with `start`.
    pub(crate) fn resuming(
        inner: R,
        limits: &Limits,
        trailing: Arc<AtomicBool>,
        start: &'static [u8],
    ) -> Gunzip<R> {
        Gunzip::with(inner, limits, trailing, Some(start))
    }

    fn with(
        inner: R,
        limits: &Limits,
        trailing: Arc<AtomicBool>,
        resume: Option<&'static [u8]>,
    ) -> Gunzip<R> {
        let member = Some(GzDecoder::new(Counted::new(inner, resume.is_some())));
        Gunzip { member, given: 0, ratio: limits.decompression_ratio, trailing, resume }
    }

    fn fail(&mut self, fault: Fault) -> io::Error {
        self.member = None;
        io::Error::other(fault)
    }

    /// As [`Gunzip::fail`], with what comes after to be read next.
    fn fail_and_resume(&mut self, fault: Fault) -> io::Error {
        if let (Some(start), Some(failed)) = (self.resume, self.member.take()) {
            let mut rest = failed.into_inner();
            match rest.seek_member(start) {
                Ok(true) => self.member = Some(GzDecoder::new(rest)),
                Ok(false) => {}
                Err(error) => return error,
            }
        } else {
            self.member = None;
        }
        io::Error::other(fault)
    }

    /// Goes on to the next member, if there is one.
    fn next_member(&mut self) -> io::Result<()> {
        let Some(ended) = self.member.take() else { return Ok(()) };
        let mut rest = ended.into_inner();
        rest.forget();
        loop {
            let buffer = rest.fill_buf()?;
            if buffer.is_empty() {
                return Ok(());
            }
            // Tapes and disk images pad with zeros.
            let zeros = buffer.iter().take_while(|&&b| b == 0).count();
            if zeros == 0 {
                if buffer.starts_with(&MAGIC[..buffer.len().min(2)]) {
                    self.member = Some(GzDecoder::new(rest));
                } else if self.resume.is_some() {
                    let byte = rest.taken;
                    self.member = Some(GzDecoder::new(rest));
                    let what = "what follows is no gzip data".to_owned();
                    return Err(self.fail_and_resume(Fault::Corrupt(byte, what)));
                } else {
                    self.trailing.store(true, Ordering::Relaxed);
                }
                return Ok(());
            }
            rest.consume(zeros);
            rest.forget();
        }
    }
}

impl<R: BufRead> Read for Gunzip<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        while let Some(member) = &mut self.member {
            let result = member.read(out);
            let taken = member.get_ref().taken;
            match result {
                Ok(0) => self.next_member()?,
                Ok(read) => {
                    self.given += read as u64;
                    if self.given > RATIO_FROM && self.given / taken.max(1) > self.ratio {
                        let limit = self.ratio;
                        return Err(self.fail(Fault::Ratio { byte: taken, limit }));
                    }
                    return Ok(read);
                }
                // A fault of a layer below keeps its own place.
                Err(e) if e.get_ref().is_some_and(|f| f.is::<Fault>()) => {
                    self.member = None;
                    return Err(e);
                }
                Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => {
                    return Err(self.fail_and_resume(Fault::Truncated(taken)));
                }
                Err(e)
                    if matches!(
                        e.kind(),
                        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData
                    ) =>
                {
                    return Err(self.fail_and_resume(Fault::Corrupt(taken, e.to_string())));
                }
                Err(e) => return Err(e),
            }
        }
        Ok(0)
    }
}
