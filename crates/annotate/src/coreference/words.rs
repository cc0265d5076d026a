//! Words that refer back, from `data/annotate_references.tsv` and `data/annotate_country_kinds.tsv`.

use crate::tables::{cell, rows};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static WORDS: LazyLock<HashMap<&'static str, HashSet<&'static str>>> = LazyLock::new(|| {
    rows(include_str!("../../../../data/annotate_references.tsv"))
        .map(|row| (cell(&row, 0), cell(&row, 1).split(';').collect()))
        .collect()
});

/// Whether `word` is of `class`.
pub(super) fn is(class: &str, word: &str) -> bool {
    WORDS.get(class).is_some_and(|words| words.contains(word))
}

static KINDS: LazyLock<HashMap<&'static str, HashSet<&'static str>>> = LazyLock::new(|| {
    rows(include_str!("../../../../data/annotate_country_kinds.tsv"))
        .flat_map(|row| {
            let codes: HashSet<&str> = cell(&row, 1).split(' ').collect();
            cell(&row, 0).split(';').map(move |word| (word, codes.clone())).collect::<Vec<_>>()
        })
        .collect()
});

/// The countries that a word tells of a kind of ("Arab", "Gulf", "kingdom"), by code.
pub(super) fn countries_of_kind(word: &str) -> Option<&'static HashSet<&'static str>> {
    KINDS.get(word)
}

static SEXES: LazyLock<HashMap<&'static str, bool>> = LazyLock::new(|| {
    rows(include_str!("../../../../data/annotate_sexes.tsv"))
        .flat_map(|row| cell(&row, 1).split(' ').map(move |name| (name, cell(&row, 0) == "woman")))
        .collect()
});

/// Whether a given name or form of address (lower case) is a woman's; none where it may be either.
pub(super) fn is_womans(word: &str) -> Option<bool> {
    SEXES.get(word).copied()
}
