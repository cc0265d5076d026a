//! Names known by their form: acronyms, initials, numbers in Roman letters.

use super::classify::Context;

impl Context<'_, '_> {
    /// "Front for Open Ports (FOP)": the letters in brackets after `p..b` are its initials.
    pub(super) fn initialled(&self, p: usize, b: usize) -> bool {
        let Some(letters) = self.at(b + 1).map(|w| w.text).filter(|w| acronym(w)) else {
            return false;
        };
        if self.at(b).is_none_or(|w| w.text != "(") || self.at(b + 2).is_none_or(|w| w.text != ")")
        {
            return false;
        }
        let mut letters = letters.chars().filter(|c| c.is_alphabetic());
        let mut wanted = letters.next();
        for w in &self.words[p..b] {
            if w.text.chars().next() == wanted {
                wanted = letters.next();
            }
        }
        wanted.is_none()
    }
}

/// "SNSC", "UNHCR", "M23": capitals, at least two of them.
pub(super) fn acronym(word: &str) -> bool {
    let n = word.chars().count();
    (2..=7).contains(&n)
        && word.chars().filter(|c| c.is_uppercase()).count() >= 2
        && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '.')
        && !is_roman(word)
}

/// "II", "XIV": a number in Roman letters.
pub(super) fn is_roman(word: &str) -> bool {
    (1..=5).contains(&word.len()) && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
}

pub(super) fn is_initial(word: &str) -> bool {
    word.ends_with('.')
        && word.len() <= 5
        && word.starts_with(char::is_uppercase)
        && word.trim_end_matches('.').split('.').all(|p| p.chars().count() == 1)
}
