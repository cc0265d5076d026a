//! Writing a reading in form 2.

use super::coder::{Bytes, Encoder, Numbers};
use super::columns::{Columns, Role};
use super::words::Words;
use super::{fold, lemma};
use rustc_hash::FxHashMap;
use variorum_model::Span;

/// Strings beyond which, and below which in bytes, none is looked for in the text.
const SOUGHT: u32 = 64;
const WORTH_SEEKING: usize = 8;

/// A reading being written.
#[derive(Debug)]
pub(crate) struct Writer<'t> {
    encoder: Encoder,
    columns: Columns,
    column: u16,
    /// Place of each symbol that its column had not, and of each that none had.
    local: FxHashMap<(u16, Vec<u8>), u64>,
    anywhere: FxHashMap<Vec<u8>, u64>,
    words: Words,
    /// First word, and first byte, of the span before.
    last: (usize, usize),
    /// Ends of the mapped stretch before, in text and source.
    mapped: (u32, u32),
    day: i64,
    sought: u32,
    text: &'t str,
}

impl<'t> Writer<'t> {
    pub(super) fn over(text: &'t str, columns: Columns) -> Writer<'t> {
        Writer {
            encoder: Encoder::new(),
            columns,
            column: 0,
            local: FxHashMap::default(),
            anywhere: FxHashMap::default(),
            words: Words::of(text),
            last: (0, 0),
            mapped: (0, 0),
            day: 0,
            sought: 0,
            text,
        }
    }

    /// What is written, and what was learnt of it.
    pub(super) fn finish(self) -> (Vec<u8>, Columns) {
        (self.encoder.finish(), self.columns)
    }

    /// Symbols that were told, by column.
    pub(super) fn told(self) -> impl Iterator<Item = (u16, Vec<u8>)> {
        self.local.into_keys()
    }

    /// What is written next is of this column.
    pub(super) fn enter(&mut self, column: u16) {
        self.column = column;
    }

    fn put(&mut self, role: Role, value: u64) {
        let model: &mut Numbers = self.columns.numbers(self.column, role);
        model.put(value, &mut self.encoder);
    }

    pub(super) fn number(&mut self, value: u64) {
        self.put(Role::Value, value);
    }

    pub(super) fn flag(&mut self, flag: bool) {
        self.put(Role::Flag, u64::from(flag));
    }

    pub(super) fn count(&mut self, count: usize) {
        self.put(Role::Count, count as u64);
    }

    /// One of the strings or numbers of a column, by its place among them.
    fn symbol(&mut self, symbol: &[u8]) -> bool {
        let known = self.columns.known(self.column, symbol);
        let local = || self.local.get(&(self.column, symbol.to_vec())).copied();
        if let Some(place) = known.or_else(local) {
            self.put(Role::Symbol, place + 1);
            return true;
        }
        self.put(Role::Symbol, 0);
        let place = self.columns.next(self.column);
        self.local.insert((self.column, symbol.to_vec()), place);
        false
    }

    pub(super) fn string(&mut self, value: &str) {
        if self.symbol(value.as_bytes()) {
            return;
        }
        if let Some(&place) = self.anywhere.get(value.as_bytes()) {
            self.put(Role::Manner, 1);
            return self.put(Role::Elsewhere, self.anywhere.len() as u64 - 1 - place);
        }
        let place = self.anywhere.len() as u64;
        self.anywhere.insert(value.as_bytes().to_vec(), place);
        if let Some((first, count)) = self.seek(value) {
            self.put(Role::Manner, 2);
            self.put(Role::First, first as u64);
            return self.put(Role::Length, count as u64);
        }
        self.put(Role::Manner, 0);
        self.bytes(value.as_bytes());
    }

    /// The words that `value` is in the text.
    fn seek(&mut self, value: &str) -> Option<(usize, usize)> {
        if value.len() < WORTH_SEEKING || self.sought >= SOUGHT {
            return None;
        }
        self.sought += 1;
        let at = self.text.find(value)?;
        let (first, last) = (self.words.from(at)?, self.words.to(at + value.len())?);
        Some((first, last.checked_sub(first)?))
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.put(Role::Size, bytes.len() as u64);
        let model: &mut Bytes = &mut self.columns.bytes;
        let mut before = 0;
        for &byte in bytes {
            model.put(before, byte, &mut self.encoder);
            before = byte;
        }
    }

    /// Bits that few values have.
    pub(super) fn bits(&mut self, bits: u64, width: u32) {
        if !self.symbol(&bits.to_le_bytes()[..width as usize / 8]) {
            let half = width / 2;
            self.put(Role::First, bits >> half);
            self.put(Role::Length, bits & ((1 << half) - 1));
        }
    }

    pub(super) fn span(&mut self, span: Span) {
        let ends = self.words.from(span.from()).zip(self.words.to(span.to()));
        match ends.filter(|(first, last)| first <= last) {
            Some((first, last)) => {
                self.put(Role::Step, fold(first as i64 - self.last.0 as i64) + 1);
                self.put(Role::Words, (last - first) as u64);
                self.last = (first, span.from());
            }
            None => {
                self.put(Role::Step, 0);
                self.put(Role::ByteStep, fold(span.from() as i64 - self.last.1 as i64));
                self.put(Role::ByteCount, (span.to() - span.from()) as u64);
                self.last = (self.words.near(span.from()), span.from());
            }
        }
    }

    /// A word in its dictionary form, its span having been written.
    pub(super) fn lemma(&mut self, span: Span, form: &str) {
        let written = span.of(self.text).to_lowercase();
        let (cut, suffix) = lemma::changed(&written, form);
        self.put(Role::Cut, cut as u64 * 2 + u64::from(!suffix.is_empty()));
        if !suffix.is_empty() {
            self.string(suffix);
        }
    }

    pub(super) fn day(&mut self, day: i64) {
        self.put(Role::Day, fold(day - self.day));
        self.day = day;
    }

    /// A stretch of text and the stretch of its source.
    pub(super) fn stretch(&mut self, at: u32, from: u32, length: u32) {
        self.put(Role::First, fold(i64::from(at) - i64::from(self.mapped.0)));
        self.put(Role::Step, fold(i64::from(from) - i64::from(self.mapped.1)));
        self.put(Role::Length, u64::from(length));
        self.mapped = (at.wrapping_add(length), from.wrapping_add(length));
    }
}
