//! The words of time, from `data/annotate_time_words.tsv`.

use crate::tables::{cell, rows};
use crate::words::Word;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// The words of one class.
#[derive(Default)]
struct Class {
    values: FxHashMap<&'static str, &'static str>,
    /// The letters with which its phrases begin: most words of a text begin none.
    openers: FxHashSet<&'static str>,
}

static CLASSES: LazyLock<FxHashMap<&'static str, Class>> = LazyLock::new(|| {
    let mut classes: FxHashMap<&'static str, Class> = FxHashMap::default();
    for row in rows(include_str!("../../../../data/annotate_time_words.tsv")) {
        let (word, class) = (cell(&row, 0), classes.entry(cell(&row, 1)).or_default());
        class.values.insert(word, cell(&row, 2));
        let letters = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
        class.openers.insert(&word[..letters]);
    }
    classes
});

static ANSWERING: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    rows(include_str!("../../../../data/answering_verbs.tsv")).map(|row| cell(&row, 0)).collect()
});

/// Whether a verb, in its dictionary form, takes up what has happened.
pub(super) fn is_answering(lemma: &str) -> bool {
    ANSWERING.contains(lemma)
}

/// What the table says for `word` in `class`.
pub(super) fn look_up(class: &'static str, word: &str) -> Option<&'static str> {
    CLASSES.get(class)?.values.get(word).copied()
}

/// The lower-cased word `at`, or the empty string past the end.
pub(super) fn lower<'w>(words: &'w [Word<'_>], at: usize) -> &'w str {
    words.get(at).map_or("", |w| w.lower.as_str())
}

/// Whether word `at` is a dash that joins its neighbours.
pub(super) fn joined(words: &[Word<'_>], at: usize) -> bool {
    words.get(at).is_some_and(|w| w.glued && matches!(w.lower.as_str(), "-" | "‑" | "‐" | "–"))
        && words.get(at + 1).is_some_and(|w| w.glued)
}

/// Month number at word `at` and one past its end, a stop after a short form included. Names that
/// are also common words ("may", "march", "mar") need a capital.
pub(super) fn month(words: &[Word<'_>], at: usize) -> Option<(u8, usize)> {
    let word = words.get(at)?;
    if !word.is_capitalised() {
        return None;
    }
    if let Some(value) = look_up("month", &word.lower) {
        return Some((value.parse().ok()?, at + 1));
    }
    let value = look_up("month_short", &word.lower)?.parse().ok()?;
    Some((value, at + 1 + usize::from(stop_of_short_form(words, at + 1))))
}

fn stop_of_short_form(words: &[Word<'_>], at: usize) -> bool {
    words.get(at).is_some_and(|w| w.glued && w.lower == ".")
}

/// ISO weekday at word `at` and one past its end. Short forms ("Tue.") need a capital and `short`.
pub(super) fn weekday(words: &[Word<'_>], at: usize, short: bool) -> Option<(u8, usize)> {
    let word = words.get(at)?;
    if let Some(value) = look_up("weekday", &word.lower) {
        return Some((value.parse().ok()?, at + 1));
    }
    if !short || !word.is_capitalised() {
        return None;
    }
    let value = look_up("weekday_short", &word.lower)?.parse().ok()?;
    Some((value, at + 1 + usize::from(stop_of_short_form(words, at + 1))))
}

/// A year of four digits between 1000 and 2199 at word `at`.
pub(super) fn year(words: &[Word<'_>], at: usize) -> Option<i16> {
    let word = words.get(at)?;
    let fits = word.lower.len() == 4 && !word.lower.contains(['.', ',']);
    let value = word.integer().filter(|y| fits && (1000..2200).contains(y))?;
    // "2016-17" is left to others, "1,990" and "1990-ton" are no years
    Some(value as i16)
}

/// Longest phrase of `class` that begins at word `at`, with its value and one past its end.
pub(super) fn phrase(
    words: &[Word<'_>],
    at: usize,
    class: &'static str,
) -> Option<(&'static str, usize)> {
    const LONGEST: usize = 5;
    let entries = CLASSES.get(class)?;
    if !entries.openers.contains(words.get(at)?.lower.as_str()) {
        return None;
    }
    let mut text = String::new();
    let mut best = None;
    for (end, word) in words.iter().enumerate().skip(at).take(LONGEST) {
        if !text.is_empty() && !word.glued {
            text.push(' ');
        }
        text.push_str(&word.lower);
        if let Some(&value) = entries.values.get(text.as_str()) {
            best = Some((value, end + 1));
        }
    }
    best
}

/// Days that a unit letter spans, at least.
pub(super) fn is_calendar_unit(letter: &str) -> bool {
    matches!(letter, "D" | "W" | "M" | "Y" | "Q" | "E" | "C" | "F")
}
