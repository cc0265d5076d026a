//! Text to tokens, as spaCy's English tokenizer makes them.

use super::affixes::Affixes;
use super::characters::Characters;
use super::lexeme::{Lexicon, Words};
use super::url::is_url;
use super::weights::TokenizerSpec;
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Word type.
    pub(crate) word: u32,
    /// Bytes in the text.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Whether a space follows.
    pub(crate) spacy: bool,
}

/// A token of a chunk: word type and length in bytes.
type Part = (u32, u32);

/// The tokenizer.
#[derive(Debug)]
pub(crate) struct Tokenizer {
    affixes: Affixes,
    pub(crate) sets: Characters,
    pub(crate) lexicon: Lexicon,
    /// Special cases by chunk.
    specials: FxHashMap<CompactString, Vec<Part>>,
    /// Characters of the longest special case.
    longest: usize,
    /// Special cases that the affix rules would split, as the words they would become, by the
    /// first of these: they are put together again.
    rejoined: FxHashMap<u32, Vec<Vec<u32>>>,
    /// Word types of the special cases, with which every [`Session`] begins.
    words: Words,
}

/// What a tokenizer remembers between texts.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) words: Words,
    chunks: FxHashMap<CompactString, Range<u32>>,
    parts: Vec<Part>,
    chars: Vec<char>,
    offsets: Vec<u32>,
}

impl Tokenizer {
    pub(crate) fn new(spec: &TokenizerSpec, sets: Characters, lexicon: Lexicon) -> Tokenizer {
        let mut tokenizer = Tokenizer {
            affixes: Affixes::new(spec),
            sets,
            lexicon,
            specials: FxHashMap::default(),
            longest: 0,
            rejoined: FxHashMap::default(),
            words: Words::default(),
        };
        let mut session = tokenizer.session();
        let mut rejoined: FxHashMap<u32, Vec<Vec<u32>>> = FxHashMap::default();
        for chunk in spec.specials.keys() {
            if let Some(words) = tokenizer.split_by_affixes(chunk, &mut session) {
                rejoined.entry(words[0]).or_default().push(words);
            }
        }
        let (mut words, mut longest) = (session.words, 0);
        let mut specials = FxHashMap::default();
        for (chunk, tokens) in &spec.specials {
            let mut part = |(text, norm): &(String, String)| {
                let word = words.with_norm(text, norm, &tokenizer.lexicon, &tokenizer.sets);
                (word, text.len() as u32)
            };
            specials.insert(chunk.as_str().into(), tokens.iter().map(&mut part).collect());
            longest = longest.max(chunk.chars().count());
        }
        tokenizer.specials = specials;
        tokenizer.longest = longest;
        tokenizer.rejoined = rejoined;
        tokenizer.words = words;
        tokenizer
    }

    /// A session that has met no text yet.
    pub(crate) fn session(&self) -> Session {
        Session {
            words: self.words.clone(),
            chunks: FxHashMap::default(),
            parts: Vec::new(),
            chars: Vec::new(),
            offsets: Vec::new(),
        }
    }

    /// The words that the affix rules make of a special case, if they split it at all.
    fn split_by_affixes(&self, chunk: &str, session: &mut Session) -> Option<Vec<u32>> {
        let chars: Vec<char> = chunk.chars().collect();
        let mut infix = false;
        self.affixes.infixes(&chars, &self.sets, |_, _| infix = true);
        let affix =
            self.affixes.prefix(&chars, &self.sets) + self.affixes.suffix(&chars, &self.sets);
        if !infix && affix == 0 && !chunk.contains(' ') {
            return None;
        }
        let mut pieces = Vec::new();
        self.split_at_space(chunk, 0..chunk.len(), session, &mut pieces);
        let words: Vec<u32> =
            pieces.iter().map(|p| session.words.list[p.word as usize].orth).collect();
        (!words.is_empty()).then_some(words)
    }

    /// Appends the tokens of `text[range]`.
    pub(crate) fn tokenize(
        &self,
        text: &str,
        range: Range<usize>,
        session: &mut Session,
        pieces: &mut Vec<Piece>,
    ) {
        let first = pieces.len();
        self.split_at_space(text, range, session, pieces);
        self.rejoin(text, first, &session.words, pieces);
    }

    /// Cuts at the borders of white space; a single space between chunks is no token.
    fn split_at_space(
        &self,
        text: &str,
        range: Range<usize>,
        session: &mut Session,
        pieces: &mut Vec<Piece>,
    ) {
        let Some(part) = text.get(range.clone()).filter(|part| !part.is_empty()) else { return };
        let origin = pieces.len();
        let is_space = |c: char| self.sets.space.contains(c);
        let mut in_space = part.starts_with(is_space);
        let mut start = range.start;
        for (at, c) in part.char_indices().map(|(at, c)| (at + range.start, c)) {
            if is_space(c) == in_space {
                continue;
            }
            if start < at {
                self.chunk(text, start..at, session, pieces);
            }
            start = at;
            if c == ' ' {
                if pieces.len() > origin {
                    let last = pieces.len() - 1;
                    pieces[last].spacy = true;
                }
                start += 1;
            }
            in_space = !in_space;
        }
        if start < range.end {
            self.chunk(text, start..range.end, session, pieces);
            let last = pieces.len() - 1;
            pieces[last].spacy = part.ends_with(' ') && !in_space;
        }
    }

    /// Appends the tokens of one chunk, from memory if it was met before.
    fn chunk(
        &self,
        text: &str,
        range: Range<usize>,
        session: &mut Session,
        pieces: &mut Vec<Piece>,
    ) {
        let chunk = &text[range.clone()];
        let known = match session.chunks.get(chunk) {
            Some(known) => known.clone(),
            None => {
                let first = session.parts.len() as u32;
                match self.specials.get(chunk) {
                    Some(parts) => session.parts.extend_from_slice(parts),
                    None => self.split(chunk, session),
                }
                let known = first..session.parts.len() as u32;
                session.chunks.insert(chunk.into(), known.clone());
                known
            }
        };
        let mut start = range.start;
        for &(word, length) in &session.parts[known.start as usize..known.end as usize] {
            let end = start + length as usize;
            pieces.push(Piece { word, start, end, spacy: false });
            start = end;
        }
    }

    /// Splits a chunk that is no special case and appends its parts to the session's.
    fn split(&self, chunk: &str, session: &mut Session) {
        let (mut chars, mut offsets) =
            (std::mem::take(&mut session.chars), std::mem::take(&mut session.offsets));
        chars.clear();
        offsets.clear();
        for (at, c) in chunk.char_indices() {
            chars.push(c);
            offsets.push(at as u32);
        }
        offsets.push(chunk.len() as u32);
        let slice = |r: Range<usize>| &chunk[offsets[r.start] as usize..offsets[r.end] as usize];

        let mut suffixes = Vec::new();
        let (lo, hi) =
            self.strip(&chars, slice, |r| self.push(slice(r), session), |r| suffixes.push(r));
        if lo < hi {
            if let Some(parts) = self.special(lo..hi, slice) {
                session.parts.extend_from_slice(parts);
            } else if is_url(&chars[lo..hi], &self.sets) {
                self.push(slice(lo..hi), session);
            } else {
                let mut start = lo;
                self.affixes.infixes(&chars[lo..hi], &self.sets, |from, to| {
                    if from == 0 {
                        return;
                    }
                    if lo + from > start {
                        self.push(slice(start..lo + from), session);
                    }
                    self.push(slice(lo + from..lo + to), session);
                    start = lo + to;
                });
                if start < hi {
                    self.push(slice(start..hi), session);
                }
            }
        }
        for suffix in suffixes.into_iter().rev() {
            self.push(slice(suffix), session);
        }
        (session.chars, session.offsets) = (chars, offsets);
    }

    /// Takes prefixes and suffixes off in turn until a special case or nothing more to take is
    /// left; returns what is left.
    fn strip<'c>(
        &self,
        chars: &[char],
        slice: impl Fn(Range<usize>) -> &'c str,
        mut prefix: impl FnMut(Range<usize>),
        mut suffix: impl FnMut(Range<usize>),
    ) -> (usize, usize) {
        let (mut lo, mut hi) = (0, chars.len());
        let mut last = 0;
        while lo < hi && hi - lo != last {
            if self.special(lo..hi, &slice).is_some() {
                break;
            }
            last = hi - lo;
            let before = self.affixes.prefix(&chars[lo..hi], &self.sets);
            if before > 0 && self.special(lo + before..hi, &slice).is_some() {
                prefix(lo..lo + before);
                lo += before;
                break;
            }
            let after = self.affixes.suffix(&chars[lo + before..hi], &self.sets);
            if after > 0 && self.special(lo..hi - after, &slice).is_some() {
                suffix(hi - after..hi);
                hi -= after;
                break;
            }
            if before > 0 {
                prefix(lo..lo + before);
            }
            if after > 0 {
                suffix(hi - after..hi);
            }
            lo += before;
            hi -= after;
        }
        (lo, hi)
    }

    /// The special case that a part of a chunk is.
    fn special<'c>(
        &self,
        range: Range<usize>,
        slice: impl Fn(Range<usize>) -> &'c str,
    ) -> Option<&[Part]> {
        let fits = !range.is_empty() && range.len() <= self.longest;
        if fits { self.specials.get(slice(range)).map(Vec::as_slice) } else { None }
    }

    /// Appends a part that is one word.
    fn push(&self, word: &str, session: &mut Session) {
        let number = session.words.number(word, &self.lexicon, &self.sets);
        session.parts.push((number, word.len() as u32));
    }

    /// Puts special cases together again that the affix rules split: the longest first, then the
    /// earliest. `first` is the first token of the text.
    fn rejoin(&self, text: &str, first: usize, words: &Words, pieces: &mut Vec<Piece>) {
        let orth = |piece: &Piece| words.list[piece.word as usize].orth;
        let mut found: Vec<(usize, usize)> = Vec::new();
        for at in first..pieces.len() {
            for pattern in self.rejoined.get(&orth(&pieces[at])).into_iter().flatten() {
                let here = pieces[at..].iter().take(pattern.len());
                if here.map(orth).eq(pattern.iter().copied()) {
                    found.push((at, at + pattern.len()));
                }
            }
        }
        if found.is_empty() {
            return;
        }
        found.sort_by_key(|&(from, to)| (std::cmp::Reverse(to - from), from));
        let mut taken = vec![false; pieces.len() - first];
        found.retain(|&(from, to)| {
            let free = !taken[from - first] && !taken[to - 1 - first];
            taken[from - first..to - first].fill(true);
            free
        });
        found.sort_unstable();
        let tail: Vec<Piece> = pieces.drain(first..).collect();
        let mut next = first;
        for (from, to) in found {
            pieces.extend_from_slice(&tail[next - first..from - first]);
            let split = &tail[from - first..to - first];
            next = to;
            let (mut start, end) = (split[0].start, split[split.len() - 1].end);
            match self.specials.get(&text[start..end]) {
                None => pieces.extend_from_slice(split),
                Some(parts) => {
                    for &(word, length) in parts {
                        let end = start + length as usize;
                        pieces.push(Piece { word, start, end, spacy: false });
                        start = end;
                    }
                    let last = pieces.len() - 1;
                    pieces[last].spacy = split[split.len() - 1].spacy;
                }
            }
        }
        pieces.extend_from_slice(&tail[next - first..]);
    }
}

impl Session {
    /// Chunks and words in memory.
    pub(crate) fn size(&self) -> usize {
        self.chunks.len() + self.words.list.len()
    }
}
