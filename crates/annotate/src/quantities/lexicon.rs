//! Words round numbers, from `data/annotate_quantity_words.tsv`.

use crate::tables::{cell, rows};
use crate::words::Word;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Value and measure of a word in one class.
type Entry = (&'static str, &'static str);

static CLASSES: LazyLock<HashMap<&'static str, HashMap<&'static str, Entry>>> =
    LazyLock::new(|| {
        let mut classes: HashMap<&'static str, HashMap<&'static str, Entry>> = HashMap::new();
        for row in rows(include_str!("../../../../data/annotate_quantity_words.tsv")) {
            let entry = (cell(&row, 2), cell(&row, 3));
            classes.entry(cell(&row, 1)).or_default().insert(cell(&row, 0), entry);
        }
        classes
    });

/// What the table says for `word` in `class`.
pub(super) fn look_up(class: &'static str, word: &str) -> Option<Entry> {
    CLASSES.get(class)?.get(word).copied()
}

/// Longest phrase of `class` that begins at word `at`, and one past its end.
pub(super) fn phrase_from(
    words: &[Word<'_>],
    at: usize,
    class: &'static str,
) -> Option<(Entry, usize)> {
    (1..=3).rev().find_map(|len| {
        let list = words.get(at..at + len)?;
        Some((look_up(class, &joined(list))?, at + len))
    })
}

/// Longest phrase of `class` that ends before word `at`, and its first word.
pub(super) fn phrase_before(
    words: &[Word<'_>],
    at: usize,
    class: &'static str,
) -> Option<(Entry, usize)> {
    (1..=4).rev().find_map(|len| {
        let from = at.checked_sub(len)?;
        Some((look_up(class, &joined(&words[from..at]))?, from))
    })
}

fn joined(words: &[Word<'_>]) -> String {
    words.iter().map(|w| w.lower.as_str()).collect::<Vec<_>>().join(" ")
}
