//! Comparison of written names: is one string another spelling of the other?
//!
//! A name is folded to Latin letters ([any_ascii]), parted into words, and freed of titles and particles; each word becomes a
//! sequence of sounds. Words of two names are assigned to each other so that their total likeness is largest; likeness is a
//! weighted edit distance in which sounds that romanisations exchange cost little. What was found for and against is weighed by a
//! logistic function. The score speaks of the strings alone: two men may bear one name, so a high score is never enough to
//! merge them.

mod align;
mod blocking;
mod compare;
mod edit;
mod evidence;
mod fold;
mod parse;
mod sounds;
mod tables;

pub use compare::{Comparison, Reason};
pub use parse::Kind;

/// Most words of a name that are looked at.
const MAX_WORDS: usize = 24;

/// The chance, in [0, 1], that `a` and `b` are written forms of one name; 0 if either holds no letters.
///
/// Symmetric, and 1 for equal strings with a letter or digit in them. To compare many names, parse each once with
/// [`Name::parse`].
///
/// ```
/// use variorum_identity::names::similarity;
/// assert!(similarity("Yusuf al-Qadiri", "Youssef Qaderi") > 0.5);
/// assert!(similarity("Yusuf al-Qadiri", "Ibrahim al-Qadiri") < 0.5);
/// ```
#[must_use]
pub fn similarity(a: &str, b: &str) -> f64 {
    Name::parse(a).compare(&Name::parse(b)).score
}

/// What written forms of one word share: the skeleton of its sounds, or its sounds where it has hardly any
/// consonants. Empty for a word without letters. Equal keys propose, they do not decide.
#[must_use]
pub fn sound_key(word: &str) -> String {
    blocking::word_key(&parse::parse(word, Kind::Unknown))
}

/// Whether a word by itself is a title or an honorific: "Minister", "Mr".
pub(crate) fn is_title_word(word: &str) -> bool {
    let folded = word.trim_end_matches('.').to_lowercase();
    matches!(
        tables::tables().minor.get(folded.as_str()),
        Some(tables::Minor::Office | tables::Minor::Honorific)
    )
}

/// A name taken apart, ready to be compared with many others.
#[derive(Clone, Debug)]
pub struct Name {
    parts: parse::Parts,
}

impl Name {
    /// Takes a written name apart. Never fails; only the first words of a very long string are looked at.
    #[must_use]
    pub fn parse(written: &str) -> Self {
        Self::parse_as(written, Kind::Unknown)
    }

    /// As [`Name::parse`], where it is known what the name is the name of.
    #[must_use]
    pub fn parse_as(written: &str, kind: Kind) -> Self {
        Self { parts: parse::parse(written, kind) }
    }

    /// Compares two names; see [`similarity`].
    #[must_use]
    pub fn compare(&self, other: &Self) -> Comparison {
        compare::compare(&self.parts, &other.parts)
    }

    /// Keys for finding candidates: names that may be one share at least one key, most others share none. Sorted.
    #[must_use]
    pub fn blocking_keys(&self) -> Vec<u64> {
        blocking::keys(&self.parts)
    }

    /// Keys of every two words of the name, in any order, by their sound skeletons: far fewer names share one than share
    /// one of [`Name::blocking_keys`]. Sorted; none for a name of one word.
    #[must_use]
    pub fn word_pairs(&self) -> Vec<u64> {
        blocking::pairs(&self.parts)
    }

    /// The evidence behind [`Name::compare`], by name: for fitting the weights.
    #[must_use]
    pub fn evidence(&self, other: &Self) -> Vec<(&'static str, f32)> {
        let e = evidence::weigh(&self.parts, &other.parts);
        evidence::NAMES.iter().copied().zip(e.values).collect()
    }
}

#[cfg(test)]
mod tests;
