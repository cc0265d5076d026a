//! Decompression of gzip streams of any number of members, within limits.

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

/// Counts the bytes taken from a reader.
struct Counted<R> {
    inner: R,
    taken: u64,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        self.taken += read as u64;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.taken += amount as u64;
        self.inner.consume(amount);
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
}

impl<R: BufRead> Gunzip<R> {
    pub(crate) fn new(inner: R, limits: &Limits, trailing: Arc<AtomicBool>) -> Gunzip<R> {
        let member = Some(GzDecoder::new(Counted { inner, taken: 0 }));
        Gunzip { member, given: 0, ratio: limits.decompression_ratio, trailing }
    }

    fn fail(&mut self, fault: Fault) -> io::Error {
        self.member = None;
        io::Error::other(fault)
    }

    /// Goes on to the next member, if there is one.
    fn next_member(&mut self) -> io::Result<()> {
        let Some(ended) = self.member.take() else { return Ok(()) };
        let mut rest = ended.into_inner();
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
                } else {
                    self.trailing.store(true, Ordering::Relaxed);
                }
                return Ok(());
            }
            rest.consume(zeros);
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
                    return Err(self.fail(Fault::Truncated(taken)));
                }
                Err(e)
                    if matches!(
                        e.kind(),
                        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData
                    ) =>
                {
                    return Err(self.fail(Fault::Corrupt(taken, e.to_string())));
                }
                Err(e) => return Err(e),
            }
        }
        Ok(0)
    }
}
