//! Where a chunk of text is split: prefixes, suffixes and infixes of English.
//!
//! The rules are those of spaCy's `lang/punctuation.py`, `lang/en/punctuation.py`; the literals and
//! character sets come with the weights.

use super::characters::Characters;
use super::weights::TokenizerSpec;
use rustc_hash::FxHashMap;

/// Literals by one of their characters.
type Literals = FxHashMap<char, Vec<Vec<char>>>;

/// The affix rules.
#[derive(Debug)]
pub(crate) struct Affixes {
    /// By first character, in the order in which they are tried.
    prefixes: Literals,
    /// By last character.
    suffixes: Literals,
    /// Split off after a digit: units and currencies, by last character.
    after_digit: Literals,
    hyphens: Vec<Vec<char>>,
}

impl Affixes {
    pub(crate) fn new(spec: &TokenizerSpec) -> Affixes {
        fn by<'s>(
            literals: impl Iterator<Item = &'s String>,
            key: impl Fn(&[char]) -> Option<&char>,
        ) -> Literals {
            let mut map = Literals::default();
            for literal in literals {
                let chars: Vec<char> = literal.chars().collect();
                if let Some(&c) = key(&chars) {
                    map.entry(c).or_default().push(chars);
                }
            }
            map
        }
        Affixes {
            prefixes: by(spec.prefixes.iter(), |c| c.first()),
            suffixes: by(spec.suffixes.iter(), |c| c.last()),
            after_digit: by(spec.units.iter().chain(&spec.currency), |c| c.last()),
            hyphens: spec.hyphens.iter().map(|h| h.chars().collect()).collect(),
        }
    }

    /// Characters of the prefix to split off `chunk`, 0 for none.
    pub(crate) fn prefix(&self, chunk: &[char], sets: &Characters) -> usize {
        let Some(&first) = chunk.first() else { return 0 };
        match first {
            '+' => return usize::from(!chunk.get(1).is_some_and(char::is_ascii_digit)),
            '.' => {
                let run = chunk.iter().take_while(|&&c| c == '.').count();
                return if run >= 2 { run } else { 0 };
            }
            _ => {}
        }
        let literal =
            self.prefixes.get(&first).and_then(|l| l.iter().find(|l| chunk.starts_with(l)));
        match literal {
            Some(literal) => literal.len(),
            None => usize::from(sets.icons.contains(first)),
        }
    }

    /// Characters of the suffix to split off `chunk`, 0 for none. The longest one counts.
    pub(crate) fn suffix(&self, chunk: &[char], sets: &Characters) -> usize {
        let Some((&last, before)) = chunk.split_last() else { return 0 };
        let mut longest = 0;
        if let Some(literals) = self.suffixes.get(&last) {
            let ends = literals.iter().filter(|l| chunk.ends_with(l)).map(Vec::len);
            longest = ends.max().unwrap_or(0);
        }
        if let Some(literals) = self.after_digit.get(&last) {
            let follows = |l: &Vec<char>| {
                let digit = chunk.len().checked_sub(l.len() + 1).map(|at| chunk[at]);
                chunk.ends_with(l) && digit.is_some_and(|c| c.is_ascii_digit())
            };
            let ends = literals.iter().filter(|l| follows(l)).map(Vec::len);
            longest = longest.max(ends.max().unwrap_or(0));
        }
        let single = match last {
            '.' => {
                let run = chunk.iter().rev().take_while(|&&c| c == '.').count();
                if run >= 2 {
                    return longest.max(run);
                }
                splits_full_stop(before, sets)
            }
            '+' => before.last().is_some_and(char::is_ascii_digit),
            _ => sets.icons.contains(last),
        };
        longest.max(usize::from(single))
    }

    /// Calls `found(first, end)` for each infix of `chunk`, in order.
    pub(crate) fn infixes(
        &self,
        chunk: &[char],
        sets: &Characters,
        mut found: impl FnMut(usize, usize),
    ) {
        let mut at = 0;
        while at < chunk.len() {
            match self.infix_at(chunk, at, sets) {
                0 => at += 1,
                length => {
                    found(at, at + length);
                    at += length;
                }
            }
        }
    }

    /// Characters of the infix that begins at `at`, 0 for none.
    fn infix_at(&self, chunk: &[char], at: usize, sets: &Characters) -> usize {
        let c = chunk[at];
        if c.is_ascii_alphanumeric() {
            return 0;
        }
        let before = at.checked_sub(1).map(|i| chunk[i]);
        let after = |length: usize| chunk.get(at + length).copied();
        let alpha = |c: Option<char>| c.is_some_and(|c| sets.alpha.contains(c));
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if c == '.' {
            let run = chunk[at..].iter().take_while(|&&c| c == '.').count();
            if run >= 2 {
                return run;
            }
            let inside = |c: Option<char>, set: &super::characters::CharacterSet| {
                c.is_some_and(|c| set.contains(c) || sets.quotes.contains(c))
            };
            let splits = inside(before, &sets.alpha_lower) && inside(after(1), &sets.alpha_upper);
            return usize::from(splits);
        }
        if c == '…' || sets.icons.contains(c) {
            return 1;
        }
        let number = digit(after(1)) || after(1) == Some('-');
        if matches!(c, '+' | '-' | '*' | '^') && digit(before) && number {
            return 1;
        }
        if c == ',' && alpha(before) && alpha(after(1)) {
            return 1;
        }
        if alpha(before) || digit(before) {
            let joins = |h: &&Vec<char>| chunk[at..].starts_with(h) && alpha(after(h.len()));
            if let Some(hyphen) = self.hyphens.iter().find(joins) {
                return hyphen.len();
            }
            if matches!(c, ':' | '<' | '>' | '=' | '/') && alpha(after(1)) {
                return 1;
            }
        }
        0
    }
}

/// Whether a single full stop after `before` is a token of its own.
fn splits_full_stop(before: &[char], sets: &Characters) -> bool {
    match before {
        [.., '°', 'F' | 'f' | 'C' | 'c' | 'K' | 'k'] => true,
        [.., c] if sets.before_full_stop.contains(*c) => true,
        [.., a, b] => sets.alpha_upper.contains(*a) && sets.alpha_upper.contains(*b),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn affixes() -> Affixes {
        let list = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect();
        Affixes::new(&TokenizerSpec {
            prefixes: list(&["(", "\"", "$", "US$", "…", "……"]),
            suffixes: list(&[")", "\"", ",", "'s", "…", "……"]),
            units: list(&["km", "m", "h", "km/h", "%"]),
            currency: list(&["$", "US$"]),
            hyphens: list(&["-", "--", "—"]),
            specials: Default::default(),
        })
    }

    #[test]
    fn prefixes_and_suffixes() {
        let (affixes, sets) = (affixes(), Characters::sample());
        for (chunk, prefix, suffix) in [
            ("(word)", 1, 1),
            ("US$5", 3, 0),
            ("USA", 0, 0),
            ("……", 1, 2),
            ("...word...", 3, 3),
            (".word", 0, 0),
            ("+word", 1, 0),
            ("+7", 0, 0),
            ("C+", 0, 0),
            ("7+", 0, 1),
            ("10km", 0, 2),
            ("10km/h", 0, 4),
            ("alarm", 0, 0),
            ("5US$", 0, 3),
            ("word.", 0, 1),
            ("5%.", 0, 1),
            ("A.", 0, 0),
            ("US.", 0, 1),
            ("°C.", 1, 1),
            ("word's", 0, 2),
            ("", 0, 0),
        ] {
            let chars: Vec<char> = chunk.chars().collect();
            let found = (affixes.prefix(&chars, &sets), affixes.suffix(&chars, &sets));
            assert_eq!(found, (prefix, suffix), "{chunk}");
        }
    }

    #[test]
    fn infixes() {
        let (affixes, sets) = (affixes(), Characters::sample());
        for (chunk, found) in [
            ("well-known", &[(4, 5)][..]),
            ("mid-1990s", &[]),
            ("2019-20", &[(4, 5)]),
            ("word--word", &[(4, 6)]),
            ("word—word", &[(4, 5)]),
            ("a,b", &[(1, 2)]),
            ("1,200", &[]),
            ("end.Next", &[(3, 4)]),
            ("example.org", &[]),
            ("and/or", &[(3, 4)]),
            ("wait...what", &[(4, 7)]),
            ("word-", &[]),
        ] {
            let chars: Vec<char> = chunk.chars().collect();
            let mut all = Vec::new();
            affixes.infixes(&chars, &sets, |from, to| all.push((from, to)));
            assert_eq!(all, found, "{chunk}");
        }
    }
}
