//! Form 1: whole bytes. It is read, and no longer written.
//!
//! Numbers are LEB128, a span is the distance from the span before it and its length, and a string or
//! confidence that came before in the same report is the number of its first place.

use super::Damage;

/// Bytes of form 1 being read.
#[derive(Debug)]
pub(super) struct First<'b> {
    pub(super) bytes: &'b [u8],
    pub(super) at: usize,
    strings: Vec<&'b str>,
    numbers: Vec<u64>,
}

impl<'b> First<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> First<'b> {
        First { bytes, at: 0, strings: Vec::new(), numbers: Vec::new() }
    }

    pub(super) fn damage(&self, what: &'static str) -> Damage {
        Damage { what, byte: self.at }
    }

    pub(super) fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    fn byte(&mut self) -> Result<u8, Damage> {
        let byte = *self.bytes.get(self.at).ok_or_else(|| self.damage("the end"))?;
        self.at += 1;
        Ok(byte)
    }

    fn take(&mut self, length: usize) -> Result<&'b [u8], Damage> {
        let end = self.at.checked_add(length).filter(|&end| end <= self.bytes.len());
        let end = end.ok_or_else(|| self.damage("the end"))?;
        let taken = &self.bytes[self.at..end];
        self.at = end;
        Ok(taken)
    }

    pub(super) fn number(&mut self) -> Result<u64, Damage> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(self.damage("a number without end"))
    }

    pub(super) fn string(&mut self) -> Result<&'b str, Damage> {
        let place = self.number()?;
        if place > 0 {
            let known = self.strings.get(place as usize - 1).copied();
            return known.ok_or_else(|| self.damage("a string that was not told"));
        }
        let length = usize::try_from(self.number()?).unwrap_or(usize::MAX);
        let bytes = self.take(length)?;
        let string =
            std::str::from_utf8(bytes).map_err(|_| self.damage("a string not in UTF-8"))?;
        self.strings.push(string);
        Ok(string)
    }

    pub(super) fn bits(&mut self) -> Result<u64, Damage> {
        let place = self.number()?;
        if place > 0 {
            let known = self.numbers.get(place as usize - 1).copied();
            return known.ok_or_else(|| self.damage("a number that was not told"));
        }
        let mut bits = [0; 8];
        bits.copy_from_slice(self.take(8)?);
        let bits = u64::from_le_bytes(bits);
        self.numbers.push(bits);
        Ok(bits)
    }

    /// Start and length of a span, the one before having begun at `last`.
    pub(super) fn span(&mut self, last: usize) -> Result<(i64, i64), Damage> {
        let step = super::unfold(self.number()?);
        let length = self.number()?;
        let start = (last as i64).checked_add(step).unwrap_or(-1);
        Ok((start, i64::try_from(length).unwrap_or(-1)))
    }
}
