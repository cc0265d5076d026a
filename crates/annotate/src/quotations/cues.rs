//! Words that attribute, from `data/annotate_cues.tsv`.

use crate::tables::{cell, rows};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;
use variorum_model::Modality;

#[derive(Default)]
struct Lexicon {
    verbs: HashMap<(&'static str, &'static str), Modality>,
    phrases: Vec<(Vec<&'static str>, Modality)>,
    unnamed: HashSet<&'static str>,
    sources: HashSet<&'static str>,
    media: HashSet<&'static str>,
    phrasal: HashSet<&'static str>,
    anonymity: Vec<&'static str>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
    for row in rows(include_str!("../../../../data/annotate_cues.tsv")) {
        let (word, kind) = (cell(&row, 0), cell(&row, 1));
        let stance = match cell(&row, 2) {
            "alleged" => Modality::Alleged,
            "negated" => Modality::Negated,
            "hypothetical" => Modality::Hypothetical,
            "planned" => Modality::Planned,
            _ => Modality::Actual,
        };
        match kind {
            "phrase" => lexicon.phrases.push((word.split(' ').collect(), stance)),
            "unnamed" => {
                lexicon.unnamed.insert(word);
            }
            "source" => {
                lexicon.unnamed.insert(word);
                lexicon.sources.insert(word);
            }
            "medium" => {
                lexicon.media.insert(word);
            }
            "anonymity" => lexicon.anonymity.push(word),
            "preposition" => {
                lexicon.verbs.insert((word, kind), stance);
                // The verb alone is known to take one
                let verb = word.split(' ').next().unwrap_or(word);
                lexicon.verbs.entry((verb, "prepositional")).or_insert(stance);
            }
            "after" if word.contains(' ') => {
                lexicon.phrasal.insert(word.split(' ').next().unwrap_or(word));
                lexicon.verbs.entry((word, kind)).or_insert(stance);
            }
            _ => {
                lexicon.verbs.entry((word, kind)).or_insert(stance);
            }
        }
    }
    lexicon
});

/// The stance of `lemma` as a cue of `kind`, if it is one.
pub(super) fn cue(lemma: &str, kind: &'static str) -> Option<Modality> {
    // The table's words are static; a look-up by a borrowed pair needs both halves.
    LEXICON.verbs.get(&(lemma, kind) as &(&str, &str)).copied()
}

/// The attributing phrase ("according to") whose words stand at `at`, with its length in words.
pub(super) fn phrase(words: &[String], at: usize) -> Option<(usize, Modality)> {
    LEXICON
        .phrases
        .iter()
        .filter(|(phrase, _)| {
            words
                .get(at..at + phrase.len())
                .is_some_and(|w| w.iter().zip(phrase).all(|(a, b)| a == b))
        })
        .map(|(phrase, stance)| (phrase.len(), *stance))
        .max_by_key(|(len, _)| *len)
}

/// Whether `word` is a noun for a source that is not named.
pub(super) fn is_unnamed(word: &str) -> bool {
    LEXICON.unnamed.contains(word)
}

/// Whether `word` is one of the nouns for a source that is never named.
pub(super) fn is_source(word: &str) -> bool {
    LEXICON.sources.contains(word.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether `lemma` is a cue only with the word after it ("go on", "put it").
pub(super) fn is_phrasal(lemma: &str) -> bool {
    LEXICON.phrasal.contains(lemma)
}

/// Whether `lemma` is something that says what its issuer says ("statement", "letter").
pub(super) fn is_medium(lemma: &str) -> bool {
    LEXICON.media.contains(lemma)
}

/// Whether `text` says that a name is withheld.
pub(super) fn withholds_name(text: &str) -> bool {
    let text = text.to_lowercase();
    LEXICON.anonymity.iter().any(|phrase| text.contains(phrase))
}
