//! Reading what [`super::writer`] wrote.

use super::coder::Decoder;
use super::columns::{Columns, Role};
use super::first::First;
use super::words::Words;
use super::{Damage, lemma, unfold};
use variorum_model::Span;

/// Items of lists that a reading may have for each byte of it and of its text, and besides.
const DENSEST: usize = 64;
const BESIDES: usize = 1 << 16;

/// A reading being read, of either form.
#[derive(Debug)]
pub(crate) struct Reader<'b> {
    form: Form<'b>,
    last: (usize, usize),
    /// The report's text, in which spans must lie.
    pub(super) text: &'b str,
}

#[derive(Debug)]
enum Form<'b> {
    First(First<'b>),
    Second(Box<Second<'b>>),
}

/// Form 2 being read.
#[derive(Debug)]
struct Second<'b> {
    decoder: Decoder<'b>,
    columns: Columns,
    column: u16,
    /// Symbols that columns had not, by column and place.
    local: rustc_hash::FxHashMap<(u16, u64), Vec<u8>>,
    anywhere: Vec<Vec<u8>>,
    words: Words,
    mapped: (u32, u32),
    day: i64,
    /// Items that may still come.
    items: usize,
    text: &'b str,
}

impl<'b> Reader<'b> {
    pub(super) fn first(bytes: &'b [u8], text: &'b str) -> Reader<'b> {
        Reader { form: Form::First(First::new(bytes)), last: (0, 0), text }
    }

    pub(super) fn second(bytes: &'b [u8], text: &'b str, columns: Columns) -> Reader<'b> {
        let second = Second {
            decoder: Decoder::new(bytes),
            columns,
            column: 0,
            local: Default::default(),
            anywhere: Vec::new(),
            words: Words::of(text),
            mapped: (0, 0),
            day: 0,
            items: (bytes.len() + text.len()) * DENSEST + BESIDES,
            text,
        };
        Reader { form: Form::Second(Box::new(second)), last: (0, 0), text }
    }

    pub(super) fn damage(&self, what: &'static str) -> Damage {
        match &self.form {
            Form::First(first) => first.damage(what),
            Form::Second(second) => second.damage(what),
        }
    }

    /// Whether all was read.
    pub(super) fn is_at_end(&self) -> bool {
        match &self.form {
            Form::First(first) => first.left() == 0,
            Form::Second(second) => !second.decoder.is_past(),
        }
    }

    pub(super) fn enter(&mut self, column: u16) {
        if let Form::Second(second) = &mut self.form {
            second.column = column;
        }
    }

    pub(super) fn number(&mut self) -> Result<u64, Damage> {
        match &mut self.form {
            Form::First(first) => first.number(),
            Form::Second(second) => second.get(Role::Value),
        }
    }

    pub(super) fn small(&mut self) -> Result<u32, Damage> {
        u32::try_from(self.number()?).map_err(|_| self.damage("a number too large"))
    }

    pub(super) fn flag(&mut self) -> Result<bool, Damage> {
        let flag = match &mut self.form {
            Form::First(first) => first.number()?,
            Form::Second(second) => second.get(Role::Flag)?,
        };
        match flag {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(self.damage("neither yes nor no")),
        }
    }

    /// How many items follow.
    pub(super) fn count(&mut self) -> Result<usize, Damage> {
        let (count, most) = match &mut self.form {
            // Every item takes a byte at least.
            Form::First(first) => (first.number()?, first.left()),
            Form::Second(second) => (second.get(Role::Count)?, second.items),
        };
        if count > most as u64 {
            return Err(self.damage("a list longer than the rest"));
        }
        if let Form::Second(second) = &mut self.form {
            second.items -= count as usize;
        }
        Ok(count as usize)
    }

    pub(super) fn string(&mut self) -> Result<String, Damage> {
        match &mut self.form {
            Form::First(first) => first.string().map(str::to_owned),
            Form::Second(second) => second.string(),
        }
    }

    pub(super) fn bits(&mut self, width: u32) -> Result<u64, Damage> {
        match &mut self.form {
            Form::First(first) => first.bits(),
            Form::Second(second) => second.bits(width),
        }
    }

    pub(super) fn span(&mut self) -> Result<Span, Damage> {
        let (start, length) = match &mut self.form {
            Form::First(first) => first.span(self.last.1)?,
            Form::Second(second) => second.span(self.last)?,
        };
        let ends = (usize::try_from(start), usize::try_from(start.saturating_add(length)));
        let (Ok(start), Ok(end)) = ends else {
            return Err(self.damage("a span outside the text"));
        };
        if length < 0 || !self.text.is_char_boundary(start) || !self.text.is_char_boundary(end) {
            return Err(self.damage("a span outside the text"));
        }
        let word = match &self.form {
            Form::First(_) => 0,
            Form::Second(second) => second.words.near(start),
        };
        self.last = (word, start);
        Ok(Span::new(start, end))
    }

    /// The dictionary form of the word at `span`.
    pub(super) fn lemma(&mut self, span: Span) -> Result<String, Damage> {
        let written = || span.of(self.text).to_lowercase();
        match &mut self.form {
            Form::First(first) => match first.number()? {
                1 => Ok(written()),
                0 => first.string().map(str::to_owned),
                _ => Err(first.damage("neither yes nor no")),
            },
            Form::Second(second) => {
                let cut = second.get(Role::Cut)?;
                let suffix = if cut & 1 == 1 { second.string()? } else { String::new() };
                lemma::change(&written(), (cut >> 1) as usize, &suffix)
                    .ok_or_else(|| second.damage("a word cut by more than it is long"))
            }
        }
    }

    /// Days since 1970.
    pub(super) fn day(&mut self) -> Result<Option<i64>, Damage> {
        match &mut self.form {
            Form::First(first) => {
                let day: Option<jiff::civil::Date> = first.string()?.parse().ok();
                Ok(day.map(super::day_number))
            }
            Form::Second(second) => {
                second.day = second.day.wrapping_add(unfold(second.get(Role::Day)?));
                Ok(Some(second.day))
            }
        }
    }

    /// A stretch of text and the stretch of its source.
    pub(super) fn stretch(&mut self) -> Result<(u32, u32, u32), Damage> {
        match &mut self.form {
            Form::First(_) => Ok((self.small()?, self.small()?, self.small()?)),
            Form::Second(second) => second.stretch(),
        }
    }
}

impl Second<'_> {
    fn damage(&self, what: &'static str) -> Damage {
        Damage { what, byte: self.decoder.at() }
    }

    fn get(&mut self, role: Role) -> Result<u64, Damage> {
        let value = self.columns.numbers(self.column, role).get(&mut self.decoder);
        if self.decoder.is_past() { Err(self.damage("the end")) } else { Ok(value) }
    }

    /// The symbol, or its place where it is told next.
    fn symbol(&mut self) -> Result<Result<Vec<u8>, u64>, Damage> {
        let place = self.get(Role::Symbol)?;
        if place == 0 {
            return Ok(Err(self.columns.next(self.column)));
        }
        let known = self.columns.at(self.column, place - 1);
        let symbol = known.or_else(|| self.local.get(&(self.column, place - 1)).cloned());
        symbol.map(Ok).ok_or_else(|| self.damage("a string that was not told"))
    }

    fn string(&mut self) -> Result<String, Damage> {
        let bytes = match self.symbol()? {
            Ok(bytes) => bytes,
            Err(place) => {
                let bytes = self.told()?;
                self.local.insert((self.column, place), bytes.clone());
                bytes
            }
        };
        String::from_utf8(bytes).map_err(|_| self.damage("a string not in UTF-8"))
    }

    fn told(&mut self) -> Result<Vec<u8>, Damage> {
        let manner = self.get(Role::Manner)?;
        if manner == 1 {
            let back = usize::try_from(self.get(Role::Elsewhere)?).unwrap_or(usize::MAX);
            let place = self.anywhere.len().checked_sub(1).and_then(|last| last.checked_sub(back));
            let place = place.ok_or_else(|| self.damage("a string that was not told"))?;
            return Ok(self.anywhere[place].clone());
        }
        let bytes = match manner {
            0 => self.bytes()?,
            2 => {
                let (first, count) = (self.get(Role::First)?, self.get(Role::Length)?);
                let text = self.words.between(first, count).and_then(|(a, b)| self.text.get(a..b));
                text.ok_or_else(|| self.damage("a span outside the text"))?.as_bytes().to_vec()
            }
            _ => return Err(self.damage("a string told in no known manner")),
        };
        self.anywhere.push(bytes.clone());
        Ok(bytes)
    }

    fn bytes(&mut self) -> Result<Vec<u8>, Damage> {
        let size = self.get(Role::Size)?;
        let mut bytes = Vec::new();
        let mut before = 0;
        for _ in 0..size {
            before = self.columns.bytes.get(before, &mut self.decoder);
            bytes.push(before);
            if self.decoder.is_past() {
                return Err(self.damage("the end"));
            }
        }
        Ok(bytes)
    }

    fn bits(&mut self, width: u32) -> Result<u64, Damage> {
        let bytes = match self.symbol()? {
            Ok(bytes) => bytes,
            Err(place) => {
                let half = width / 2;
                let (high, low) = (self.get(Role::First)?, self.get(Role::Length)?);
                if high >> half != 0 || low >> half != 0 {
                    return Err(self.damage("a number too large"));
                }
                let bytes = (high << half | low).to_le_bytes()[..width as usize / 8].to_vec();
                self.local.insert((self.column, place), bytes.clone());
                bytes
            }
        };
        Ok(bytes.iter().take(8).rev().fold(0, |bits, &b| bits << 8 | u64::from(b)))
    }

    fn span(&mut self, last: (usize, usize)) -> Result<(i64, i64), Damage> {
        let step = self.get(Role::Step)?;
        if step == 0 {
            let step = unfold(self.get(Role::ByteStep)?);
            let length = i64::try_from(self.get(Role::ByteCount)?).unwrap_or(-1);
            return Ok(((last.1 as i64).checked_add(step).unwrap_or(-1), length));
        }
        let first = (last.0 as i64).checked_add(unfold(step - 1)).unwrap_or(-1);
        let count = self.get(Role::Words)?;
        let first = u64::try_from(first).map_err(|_| self.damage("a span outside the text"))?;
        let ends = self.words.between(first, count);
        let (start, end) = ends.ok_or_else(|| self.damage("a span outside the text"))?;
        Ok((start as i64, (end - start) as i64))
    }

    fn stretch(&mut self) -> Result<(u32, u32, u32), Damage> {
        let at = i64::from(self.mapped.0).wrapping_add(unfold(self.get(Role::First)?));
        let from = i64::from(self.mapped.1).wrapping_add(unfold(self.get(Role::Step)?));
        let length = self.get(Role::Length)?;
        let stretch = (u32::try_from(at), u32::try_from(from), u32::try_from(length));
        let (Ok(at), Ok(from), Ok(length)) = stretch else {
            return Err(self.damage("a number too large"));
        };
        self.mapped = (at.wrapping_add(length), from.wrapping_add(length));
        Ok((at, from, length))
    }
}
