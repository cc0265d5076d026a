//! The bytes in which a read report is kept.
//!
//! Numbers are LEB128, a span is the distance from the span before it and its length, and a string or
//! confidence that came before in the same report is the number of its first place. So a report's annotations take a
//! fifth of what JSON takes, and compress further. The first byte is the version of this form; a
//! form once written is read for ever.

mod rows;

use compact_str::CompactString;
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::{Mutex, OnceLock};
use variorum_model::{ReadReport, Span};

/// The form written now.
const VERSION: u8 = 1;

/// Bytes that are no read report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} at byte {byte} of what was read in the report")]
pub(crate) struct Damage {
    what: &'static str,
    byte: usize,
}

/// All that was read in a report, without its text, which is kept beside it.
pub(crate) fn encode(read: &ReadReport) -> Vec<u8> {
    let mut writer = Writer::over(&read.report.text);
    writer.bytes.push(VERSION);
    rows::put_report(&read.report, &mut writer);
    read.annotations.put(&mut writer);
    read.codings.put(&mut writer);
    writer.bytes
}

/// What [`encode`] wrote, over the report's `text`. Every span lies in the text, on bounds of
/// characters.
pub(crate) fn decode(bytes: &[u8], text: String) -> Result<ReadReport, Damage> {
    let mut reader =
        Reader { bytes, at: 0, strings: Vec::new(), numbers: Vec::new(), last: 0, text: &text };
    let version = reader.byte()?;
    if version == 0 || version > VERSION {
        return Err(reader.damage("a form that this version does not know"));
    }
    let mut report = rows::get_report(&mut reader)?;
    let annotations = Wire::get(&mut reader)?;
    let codings = Wire::get(&mut reader)?;
    if reader.at != bytes.len() {
        return Err(reader.damage("bytes left over"));
    }
    report.text = text;
    Ok(ReadReport { report, annotations, codings })
}

/// Bytes under construction.
#[derive(Debug)]
pub(crate) struct Writer<'t> {
    bytes: Vec<u8>,
    strings: FxHashMap<String, u64>,
    numbers: FxHashMap<u64, u64>,
    last: u32,
    text: &'t str,
}

impl<'t> Writer<'t> {
    fn over(text: &'t str) -> Writer<'t> {
        let (strings, numbers) = (FxHashMap::default(), FxHashMap::default());
        Writer { bytes: Vec::new(), strings, numbers, last: 0, text }
    }

    fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    fn string(&mut self, value: &str) {
        if let Some(&place) = self.strings.get(value) {
            return self.number(place + 1);
        }
        let place = self.strings.len() as u64;
        self.strings.insert(value.to_owned(), place);
        self.number(0);
        self.number(value.len() as u64);
        self.bytes.extend_from_slice(value.as_bytes());
    }

    fn bits(&mut self, bits: u64) {
        if let Some(&place) = self.numbers.get(&bits) {
            return self.number(place + 1);
        }
        let place = self.numbers.len() as u64;
        self.numbers.insert(bits, place);
        self.number(0);
        self.bytes.extend_from_slice(&bits.to_le_bytes());
    }
}

/// Bytes being read.
#[derive(Debug)]
pub(crate) struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    strings: Vec<&'b str>,
    numbers: Vec<u64>,
    last: u32,
    /// The report's text, in which spans must lie.
    text: &'b str,
}

impl<'b> Reader<'b> {
    fn damage(&self, what: &'static str) -> Damage {
        Damage { what, byte: self.at }
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

    fn number(&mut self) -> Result<u64, Damage> {
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

    fn small(&mut self) -> Result<u32, Damage> {
        u32::try_from(self.number()?).map_err(|_| self.damage("a number too large"))
    }

    fn string(&mut self) -> Result<&'b str, Damage> {
        let place = self.number()?;
        if place > 0 {
            let known = self.strings.get(place as usize - 1).copied();
            return known.ok_or_else(|| self.damage("a string that was not told"));
        }
        let length = self.small()? as usize;
        let bytes = self.take(length)?;
        let string =
            std::str::from_utf8(bytes).map_err(|_| self.damage("a string not in UTF-8"))?;
        self.strings.push(string);
        Ok(string)
    }

    fn bits(&mut self) -> Result<u64, Damage> {
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
}

/// What can be written and read back.
pub(crate) trait Wire: Sized {
    fn put(&self, to: &mut Writer<'_>);
    fn get(from: &mut Reader<'_>) -> Result<Self, Damage>;
}

impl Wire for u32 {
    fn put(&self, to: &mut Writer<'_>) {
        to.number(u64::from(*self));
    }
    fn get(from: &mut Reader<'_>) -> Result<u32, Damage> {
        from.small()
    }
}

impl Wire for bool {
    fn put(&self, to: &mut Writer<'_>) {
        to.bytes.push(u8::from(*self));
    }
    fn get(from: &mut Reader<'_>) -> Result<bool, Damage> {
        match from.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(from.damage("neither yes nor no")),
        }
    }
}

impl Wire for f32 {
    fn put(&self, to: &mut Writer<'_>) {
        to.bits(u64::from(self.to_bits()));
    }
    fn get(from: &mut Reader<'_>) -> Result<f32, Damage> {
        let bits = u32::try_from(from.bits()?).map_err(|_| from.damage("a number too large"))?;
        Ok(f32::from_bits(bits))
    }
}

impl Wire for f64 {
    fn put(&self, to: &mut Writer<'_>) {
        to.bits(self.to_bits());
    }
    fn get(from: &mut Reader<'_>) -> Result<f64, Damage> {
        from.bits().map(f64::from_bits)
    }
}

impl Wire for String {
    fn put(&self, to: &mut Writer<'_>) {
        to.string(self);
    }
    fn get(from: &mut Reader<'_>) -> Result<String, Damage> {
        from.string().map(str::to_owned)
    }
}

impl Wire for CompactString {
    fn put(&self, to: &mut Writer<'_>) {
        to.string(self);
    }
    fn get(from: &mut Reader<'_>) -> Result<CompactString, Damage> {
        from.string().map(CompactString::from)
    }
}

/// Names of rules, kinds and codes, which live as long as the program.
impl Wire for &'static str {
    fn put(&self, to: &mut Writer<'_>) {
        to.string(self);
    }
    fn get(from: &mut Reader<'_>) -> Result<&'static str, Damage> {
        let string = from.string()?;
        lasting(string).ok_or_else(|| from.damage("more names of rules than there can be"))
    }
}

/// How many different names of rules, kinds and codes a process keeps. The program has some hundreds;
/// the bound is there for files made to fill the memory.
const LASTING: usize = 1 << 14;

/// `string`, kept for the life of the program, once.
fn lasting(string: &str) -> Option<&'static str> {
    static KEPT: OnceLock<Mutex<FxHashSet<&'static str>>> = OnceLock::new();
    let kept = KEPT.get_or_init(Mutex::default);
    // A thread that panicked while it held the lock cannot have left the set half changed.
    let mut kept = kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(&known) = kept.get(string) {
        return Some(known);
    }
    if kept.len() >= LASTING || string.len() > 256 {
        return None;
    }
    let leaked: &'static str = Box::leak(string.to_owned().into_boxed_str());
    kept.insert(leaked);
    Some(leaked)
}

impl Wire for Span {
    fn put(&self, to: &mut Writer<'_>) {
        let step = i64::from(self.start) - i64::from(to.last);
        to.number((step << 1 ^ step >> 63) as u64);
        to.number(u64::from(self.end - self.start));
        to.last = self.start;
    }
    fn get(from: &mut Reader<'_>) -> Result<Span, Damage> {
        let step = from.number()?;
        let step = (step >> 1) as i64 ^ -((step & 1) as i64);
        let start = i64::from(from.last).checked_add(step).unwrap_or(-1);
        let length = i64::from(from.small()?);
        let (Ok(start), Ok(end)) = (usize::try_from(start), usize::try_from(start + length)) else {
            return Err(from.damage("a span outside the text"));
        };
        if !from.text.is_char_boundary(start) || !from.text.is_char_boundary(end) {
            return Err(from.damage("a span outside the text"));
        }
        from.last = start as u32;
        Ok(Span::new(start, end))
    }
}

impl Wire for Date {
    fn put(&self, to: &mut Writer<'_>) {
        to.string(&self.to_string());
    }
    fn get(from: &mut Reader<'_>) -> Result<Date, Damage> {
        from.string()?.parse().map_err(|_| from.damage("no day"))
    }
}

impl<T: Wire> Wire for Option<T> {
    fn put(&self, to: &mut Writer<'_>) {
        self.is_some().put(to);
        if let Some(value) = self {
            value.put(to);
        }
    }
    fn get(from: &mut Reader<'_>) -> Result<Option<T>, Damage> {
        if bool::get(from)? { T::get(from).map(Some) } else { Ok(None) }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn put(&self, to: &mut Writer<'_>) {
        to.number(self.len() as u64);
        for item in self {
            item.put(to);
        }
    }
    fn get(from: &mut Reader<'_>) -> Result<Vec<T>, Damage> {
        let count = from.number()?;
        // Every item takes a byte at least.
        if count > (from.bytes.len() - from.at) as u64 {
            return Err(from.damage("a list longer than the rest"));
        }
        (0..count).map(|_| T::get(from)).collect()
    }
}

/// A word in its dictionary form and where it stands: most stand there in that form.
impl Wire for (CompactString, Span) {
    fn put(&self, to: &mut Writer<'_>) {
        self.1.put(to);
        let as_written = self.1.of(to.text).to_lowercase() == self.0;
        as_written.put(to);
        if !as_written {
            self.0.put(to);
        }
    }
    fn get(from: &mut Reader<'_>) -> Result<(CompactString, Span), Damage> {
        let span = Span::get(from)?;
        let as_written = bool::get(from)?;
        let word = if as_written {
            CompactString::from(span.of(from.text).to_lowercase())
        } else {
            CompactString::get(from)?
        };
        Ok((word, span))
    }
}

impl Wire for (u32, u32, u32) {
    fn put(&self, to: &mut Writer<'_>) {
        self.0.put(to);
        self.1.put(to);
        self.2.put(to);
    }
    fn get(from: &mut Reader<'_>) -> Result<(u32, u32, u32), Damage> {
        Ok((from.small()?, from.small()?, from.small()?))
    }
}
