//! Words round numbers, from `data/annotate_quantity_words.tsv`.

use crate::tables::{cell, rows};
use crate::words::Word;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// Value and measure of a word in one class.
type Entry = (&'static str, &'static str);

/// The phrases of one class.
#[derive(Default)]
struct Class {
    entries: FxHashMap<&'static str, Entry>,
    /// Their first words, and their last: most words of a text are none.
    first: FxHashSet<&'static str>,
    last: FxHashSet<&'static str>,
}

static CLASSES: LazyLock<FxHashMap<&'static str, Class>> = LazyLock::new(|| {
    let mut classes: FxHashMap<&'static str, Class> = FxHashMap::default();
    for row in rows(include_str!("../../../../data/annotate_quantity_words.tsv")) {
        let (phrase, class) = (cell(&row, 0), classes.entry(cell(&row, 1)).or_default());
        class.entries.insert(phrase, (cell(&row, 2), cell(&row, 3)));
        class.first.insert(first(phrase));
        class.last.insert(last(phrase));
    }
    classes
});

fn first(phrase: &str) -> &str {
    phrase.split(' ').next().unwrap_or(phrase)
}

fn last(phrase: &str) -> &str {
    phrase.rsplit(' ').next().unwrap_or(phrase)
}

/// What the table says for `word` in `class`.
pub(super) fn look_up(class: &'static str, word: &str) -> Option<Entry> {
    CLASSES.get(class)?.entries.get(word).copied()
}

/// Longest phrase of `class` that begins at word `at`, and one past its end.
pub(super) fn phrase_from(
    words: &[Word<'_>],
    at: usize,
    class: &'static str,
) -> Option<(Entry, usize)> {
    let class = CLASSES.get(class)?;
    if !class.first.contains(first(&words.get(at)?.lower)) {
        return None;
    }
    (1..=3).rev().find_map(|len| {
        let list = words.get(at..at + len)?;
        Some((*class.entries.get(joined(list).as_str())?, at + len))
    })
}

/// Longest phrase of `class` that ends before word `at`, and its first word.
pub(super) fn phrase_before(
    words: &[Word<'_>],
    at: usize,
    class: &'static str,
) -> Option<(Entry, usize)> {
    let class = CLASSES.get(class)?;
    if !class.last.contains(last(&words[at.checked_sub(1)?].lower)) {
        return None;
    }
    (1..=4).rev().find_map(|len| {
        let from = at.checked_sub(len)?;
        Some((*class.entries.get(joined(&words[from..at]).as_str())?, from))
    })
}

fn joined(words: &[Word<'_>]) -> String {
    words.iter().map(|w| w.lower.as_str()).collect::<Vec<_>>().join(" ")
}
