//! Word types and the features that the networks see of them.

use super::characters::Characters;
use super::hash::string_hash;
use super::weights::Manifest;
use compact_str::CompactString;
use rustc_hash::FxHashMap;

/// Characters from which on a word's shape is only "LONG".
const LONG: usize = 100;
/// Most times a shape repeats one character.
const SHAPE_RUN: usize = 4;
/// Characters in the suffix feature.
const SUFFIX: usize = 3;

/// A word type: a string, with the norm that a special case may give it.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) text: CompactString,
    /// Number of the word type with this text and its own norm.
    pub(crate) orth: u32,
    /// Hash of the lower-cased text.
    pub(crate) lower: u64,
    pub(crate) norm: u64,
    pub(crate) prefix: u64,
    pub(crate) suffix: u64,
    pub(crate) shape: u64,
    pub(crate) is_space: bool,
}

/// How strings become features.
#[derive(Debug)]
pub(crate) struct Lexicon {
    symbols: FxHashMap<String, u64>,
    /// Norm ids by the hash of the string.
    norms: FxHashMap<u64, u64>,
}

impl Lexicon {
    pub(crate) fn load(manifest: &Manifest) -> Lexicon {
        let symbols = manifest.symbols.clone();
        let mut lexicon = Lexicon { symbols, norms: FxHashMap::default() };
        let plain = manifest.norms.iter().map(|(word, norm)| (string_hash(word), norm));
        let hashed = manifest.norm_hashes.iter();
        let hashed = hashed.filter_map(|(h, norm)| Some((u64::from_str_radix(h, 16).ok()?, norm)));
        lexicon.norms = plain.chain(hashed).map(|(h, norm)| (h, lexicon.id(norm))).collect();
        lexicon
    }

    /// The id of a string: a reserved number for symbols, else its hash; 0 for "".
    pub(crate) fn id(&self, text: &str) -> u64 {
        match self.symbols.get(text) {
            _ if text.is_empty() => 0,
            Some(&symbol) => symbol,
            None => string_hash(text),
        }
    }

    /// The word type of `text`, whose own number is `orth`.
    pub(crate) fn word(&self, text: &str, orth: u32, characters: &Characters) -> Word {
        let lower = text.to_lowercase();
        let norm = match self.norms.get(&string_hash(text)) {
            Some(&norm) => norm,
            None => self.id(&lower),
        };
        let prefix = text.chars().next().map_or(0, char::len_utf8);
        let suffix = text.char_indices().rev().nth(SUFFIX - 1).map_or(0, |(at, _)| at);
        Word {
            text: CompactString::from(text),
            orth,
            lower: string_hash(&lower),
            norm,
            prefix: self.id(&text[..prefix]),
            suffix: self.id(&text[suffix..]),
            shape: self.id(&shape(text, characters)),
            is_space: !text.is_empty() && text.chars().all(|c| characters.space.contains(c)),
        }
    }
}

/// The shape of a word: `X` for capitals, `x` for other letters, `d` for digits, other characters
/// themselves, none more than four times in a row.
fn shape(text: &str, characters: &Characters) -> CompactString {
    if text.chars().nth(LONG - 1).is_some() {
        return CompactString::from("LONG");
    }
    let mut shape = CompactString::default();
    let (mut last, mut run) = (None, 0);
    for c in text.chars() {
        let class = if characters.letter.contains(c) {
            if characters.upper.contains(c) { 'X' } else { 'x' }
        } else if characters.digit.contains(c) {
            'd'
        } else {
            c
        };
        run = if last == Some(class) { run + 1 } else { 1 };
        last = Some(class);
        if run <= SHAPE_RUN {
            shape.push(class);
        }
    }
    shape
}

/// The word types met so far, numbered in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    pub(crate) list: Vec<Word>,
    numbers: FxHashMap<CompactString, u32>,
    /// Word types whose norm a special case gives, by plain word type and norm.
    normed: FxHashMap<(u32, u64), u32>,
}

impl Words {
    /// The number of the word type with `text` and its own norm.
    pub(crate) fn number(&mut self, text: &str, lexicon: &Lexicon, sets: &Characters) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = self.list.len() as u32;
        self.list.push(lexicon.word(text, number, sets));
        self.numbers.insert(CompactString::from(text), number);
        number
    }

    /// Adds a word type with `text` and the norm that a special case gives it.
    pub(crate) fn with_norm(
        &mut self,
        text: &str,
        norm: &str,
        lexicon: &Lexicon,
        sets: &Characters,
    ) -> u32 {
        let plain = self.number(text, lexicon, sets);
        let norm = lexicon.id(norm);
        if norm == 0 || self.list[plain as usize].norm == norm {
            return plain;
        }
        let next = self.list.len() as u32;
        let number = *self.normed.entry((plain, norm)).or_insert(next);
        if number == next {
            let word = Word { norm, ..self.list[plain as usize].clone() };
            self.list.push(word);
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        let sets = Characters::sample();
        let long = "x".repeat(LONG);
        for (word, expected) in [
            ("Nairobi", "Xxxxx"),
            ("UN-backed", "XX-xxxx"),
            ("12,345", "dd,ddd"),
            ("iOS17", "xXXdd"),
            ("......", "...."),
            ("émigré", "xxxx"),
            ("\n", "\n"),
            (&long, "LONG"),
        ] {
            assert_eq!(shape(word, &sets), expected, "{word}");
        }
    }
}
