//! The bytes in which a read report is kept.
//!
//! Form 2, which is written now: every field of the model is a column, and what it says is coded by the chances
//! that its column has had so far ([`coder`]), beginning with those of other readings ([`prior`]). A span is told in words
//! rather than bytes where it begins and ends with words, a dictionary form by its difference from what is written, a
//! string that came before by its place. The first byte is the number of the form, the four that follow are the head of the
//! BLAKE3 hash of the rest. Form 1 ([`first`]) is read; a form once written is read for ever.

mod coder;
mod columns;
mod first;
mod lemma;
mod prior;
mod reader;
mod rows;
mod words;
mod writer;

pub(crate) use prior::{PRIOR, learn};
pub(crate) use reader::Reader;
pub(crate) use rows::COLUMNS;
pub(crate) use writer::Writer;

use columns::Columns;
use compact_str::CompactString;
use jiff::civil::Date;
use rustc_hash::FxHashSet;
use std::sync::{Mutex, OnceLock};
use variorum_model::{ReadReport, Report, Span};

/// The form written now.
const VERSION: u8 = 2;
/// Bytes before what is coded: the form and the head of the hash.
const HEAD: usize = 5;

/// Bytes that are no read report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} at byte {byte} of what was read in the report")]
pub(crate) struct Damage {
    what: &'static str,
    byte: usize,
}

/// All that was read in a report, without its text, which is kept beside it.
pub(crate) fn encode(read: &ReadReport) -> Vec<u8> {
    let mut writer = Writer::over(&read.report.text, Columns::new(prior::prior()));
    put(read, &mut writer);
    let coded = writer.finish().0;
    let mut bytes = vec![VERSION];
    bytes.extend(&blake3::hash(&coded).as_bytes()[..HEAD - 1]);
    bytes.extend(coded);
    bytes
}

fn put(read: &ReadReport, to: &mut Writer<'_>) {
    rows::put_report(&read.report, to);
    read.annotations.put(to);
    read.codings.put(to);
}

/// Whether bytes are of form 2 or later, which are not compressed further.
pub(crate) fn is_coded(bytes: &[u8]) -> bool {
    // A frame of zstd begins with its magic number.
    bytes.first().is_some_and(|&form| (2..0x20).contains(&form))
}

/// What [`encode`] wrote, over the report's `text`. Every span lies in the text, on bounds of
/// characters.
pub(crate) fn decode(bytes: &[u8], text: String) -> Result<ReadReport, Damage> {
    let mut reader = reader_of(bytes, &text)?;
    let mut report = rows::get_report(&mut reader)?;
    let annotations = Wire::get(&mut reader)?;
    let codings = Wire::get(&mut reader)?;
    if !reader.is_at_end() {
        return Err(reader.damage("bytes left over"));
    }
    drop(reader);
    report.text = text;
    Ok(ReadReport { report, annotations, codings })
}

/// The report and its sentences, which stand first: a tenth of the work.
pub(crate) fn decode_sentences(bytes: &[u8], text: String) -> Result<(Report, Vec<Span>), Damage> {
    let mut reader = reader_of(bytes, &text)?;
    let mut report = rows::get_report(&mut reader)?;
    let sentences = rows::get_sentences(&mut reader)?;
    drop(reader);
    report.text = text;
    Ok((report, sentences))
}

fn reader_of<'b>(bytes: &'b [u8], text: &'b str) -> Result<Reader<'b>, Damage> {
    let damage = |what, byte| Damage { what, byte };
    match bytes.first() {
        Some(1) => {
            let mut reader = Reader::first(bytes, text);
            reader.number()?;
            Ok(reader)
        }
        Some(&VERSION) => {
            let (head, coded) =
                bytes.split_at_checked(HEAD).ok_or(damage("the end", bytes.len()))?;
            if blake3::hash(coded).as_bytes()[..HEAD - 1] != head[1..] {
                return Err(damage("other bytes than were written", HEAD));
            }
            Ok(Reader::second(coded, text, Columns::new(prior::prior())))
        }
        Some(_) => Err(damage("a form that this version does not know", 0)),
        None => Err(damage("the end", 0)),
    }
}

/// A signed number as one that is small where it is near 0.
fn fold(step: i64) -> u64 {
    (step << 1 ^ step >> 63) as u64
}

/// What [`fold`] folded.
fn unfold(folded: u64) -> i64 {
    (folded >> 1) as i64 ^ -((folded & 1) as i64)
}

const EPOCH: Date = Date::constant(1970, 1, 1);

fn day_number(day: Date) -> i64 {
    i64::from((day - EPOCH).get_days())
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
        to.flag(*self);
    }
    fn get(from: &mut Reader<'_>) -> Result<bool, Damage> {
        from.flag()
    }
}

impl Wire for f32 {
    fn put(&self, to: &mut Writer<'_>) {
        to.bits(u64::from(self.to_bits()), 32);
    }
    fn get(from: &mut Reader<'_>) -> Result<f32, Damage> {
        let bits = u32::try_from(from.bits(32)?).map_err(|_| from.damage("a number too large"))?;
        Ok(f32::from_bits(bits))
    }
}

impl Wire for f64 {
    fn put(&self, to: &mut Writer<'_>) {
        to.bits(self.to_bits(), 64);
    }
    fn get(from: &mut Reader<'_>) -> Result<f64, Damage> {
        from.bits(64).map(f64::from_bits)
    }
}

impl Wire for String {
    fn put(&self, to: &mut Writer<'_>) {
        to.string(self);
    }
    fn get(from: &mut Reader<'_>) -> Result<String, Damage> {
        from.string()
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
        lasting(&string).ok_or_else(|| from.damage("more names of rules than there can be"))
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
        to.span(*self);
    }
    fn get(from: &mut Reader<'_>) -> Result<Span, Damage> {
        from.span()
    }
}

impl Wire for Date {
    fn put(&self, to: &mut Writer<'_>) {
        to.day(day_number(*self));
    }
    fn get(from: &mut Reader<'_>) -> Result<Date, Damage> {
        let day = from.day()?.and_then(|day| {
            let span = jiff::Span::new().try_days(day).ok()?;
            EPOCH.checked_add(span).ok()
        });
        day.ok_or_else(|| from.damage("no day"))
    }
}

impl<T: Wire> Wire for Option<T> {
    fn put(&self, to: &mut Writer<'_>) {
        to.flag(self.is_some());
        if let Some(value) = self {
            value.put(to);
        }
    }
    fn get(from: &mut Reader<'_>) -> Result<Option<T>, Damage> {
        if from.flag()? { T::get(from).map(Some) } else { Ok(None) }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn put(&self, to: &mut Writer<'_>) {
        to.count(self.len());
        for item in self {
            item.put(to);
        }
    }
    fn get(from: &mut Reader<'_>) -> Result<Vec<T>, Damage> {
        let count = from.count()?;
        (0..count).map(|_| T::get(from)).collect()
    }
}

/// A word in its dictionary form and where it stands.
impl Wire for (CompactString, Span) {
    fn put(&self, to: &mut Writer<'_>) {
        to.span(self.1);
        to.lemma(self.1, &self.0);
    }
    fn get(from: &mut Reader<'_>) -> Result<(CompactString, Span), Damage> {
        let span = from.span()?;
        Ok((CompactString::from(from.lemma(span)?), span))
    }
}

/// A stretch of text, the stretch of its source, and their length.
impl Wire for (u32, u32, u32) {
    fn put(&self, to: &mut Writer<'_>) {
        to.stretch(self.0, self.1, self.2);
    }
    fn get(from: &mut Reader<'_>) -> Result<(u32, u32, u32), Damage> {
        from.stretch()
    }
}
