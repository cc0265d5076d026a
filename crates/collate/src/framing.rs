//! Other words for the same thing.
//!
//! Concepts and the labels reports choose between are data (`data/framing.tsv`). A concept is
//! reported when two reports choose differently and a loaded label is among the choices.

use crate::witnesses::Witnesses;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use variorum_model::Span;
use variorum_model::contract::{Framing, FramingReading};

struct Label {
    concept: &'static str,
    label: &'static str,
    loaded: bool,
    forms: Vec<&'static str>,
}

fn labels() -> &'static [Label] {
    static LABELS: OnceLock<Vec<Label>> = OnceLock::new();
    LABELS.get_or_init(|| {
        include_str!("../../../data/framing.tsv")
            .lines()
            .filter(|l| !l.starts_with('#') && !l.trim().is_empty())
            .filter_map(|l| {
                let mut cells = l.split('\t');
                Some(Label {
                    concept: cells.next()?,
                    label: cells.next()?,
                    loaded: cells.next()? == "loaded",
                    forms: cells.next()?.split('|').collect(),
                })
            })
            .collect()
    })
}

/// Occurrences cited for one label in one report at the most.
const CITED: usize = 4;

/// Differences of wording among the reports.
pub(crate) fn framings(witnesses: &Witnesses<'_>) -> Vec<Framing> {
    // concept -> label -> report -> where
    let mut found: BTreeMap<&str, BTreeMap<usize, BTreeMap<u32, Vec<Span>>>> = BTreeMap::new();
    for (report, label, span) in witnesses.in_each(|report| occurrences(witnesses, report)) {
        let concept = labels()[label].concept;
        let spans = found.entry(concept).or_default().entry(label).or_default();
        spans.entry(report).or_default().push(span);
    }
    found
        .into_iter()
        .filter(|(_, by_label)| differ(by_label))
        .map(|(concept, by_label)| Framing {
            about: concept.to_owned(),
            readings: by_label
                .into_iter()
                .map(|(label, by_report)| FramingReading {
                    label: labels()[label].label.to_owned(),
                    evidence: by_report
                        .into_iter()
                        .flat_map(|(r, spans)| spans.into_iter().take(CITED).map(move |s| (r, s)))
                        .map(|(r, s)| witnesses.cite(r, s))
                        .collect(),
                })
                .collect(),
            judged: Default::default(),
        })
        .collect()
}

/// Whether two reports use different sets of labels, and one of the labels is loaded.
fn differ(by_label: &BTreeMap<usize, BTreeMap<u32, Vec<Span>>>) -> bool {
    let loaded = by_label.keys().any(|&l| labels()[l].loaded);
    let mut reports: Vec<u32> = by_label.values().flat_map(|r| r.keys().copied()).collect();
    reports.sort_unstable();
    reports.dedup();
    let sets: Vec<Vec<usize>> = reports
        .iter()
        .map(|r| by_label.iter().filter(|(_, m)| m.contains_key(r)).map(|(l, _)| *l).collect())
        .collect();
    loaded && sets.windows(2).any(|w| w[0] != w[1])
}

/// Labels in the body of a report with its number, in text order.
fn occurrences(witnesses: &Witnesses<'_>, number: u32) -> Vec<(u32, usize, Span)> {
    let report = witnesses.report(number);
    let mut found = Vec::new();
    for block in &report.body {
        let text = block.span.of(&report.text);
        let words = words(text);
        for (i, &(start, end)) in words.iter().enumerate() {
            let opened = opened_by(&text[start..end]);
            // Of several forms of one label the first in the table counts.
            let mut before = None;
            for &(label, form) in opened {
                let Some(last) = matches_at(text, &words, i, form) else { continue };
                if before.replace(label) != Some(label) {
                    let base = block.span.from();
                    found.push((number, label, Span::new(base + start, base + words[last].1)));
                }
            }
        }
    }
    found
}

/// The labels, by number, with those of their forms whose first word is `word`; in order of the table.
fn opened_by(word: &str) -> &'static [(usize, &'static str)] {
    type Opened = FxHashMap<&'static str, Vec<(usize, &'static str)>>;
    static OPENED: OnceLock<Opened> = OnceLock::new();
    let table = OPENED.get_or_init(|| {
        let mut table = Opened::default();
        for (number, label) in labels().iter().enumerate() {
            for &form in &label.forms {
                let first = form.split(' ').next().unwrap_or_default();
                table.entry(first).or_default().push((number, form));
            }
        }
        table
    });
    table.get(word.to_ascii_lowercase().as_str()).map_or(&[], Vec::as_slice)
}

/// Index of the last word when `form`, whose first word stands at word `i`, stands there whole.
fn matches_at(text: &str, words: &[(usize, usize)], i: usize, form: &str) -> Option<usize> {
    let parts = form.split(' ').skip(1);
    let mut last = i;
    for part in parts {
        last += 1;
        let &(start, end) = words.get(last)?;
        if !text[start..end].eq_ignore_ascii_case(part) {
            return None;
        }
    }
    Some(last)
}

/// Words as runs of letters, digits and inner hyphens or apostrophes.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices() {
        let inside = c.is_alphanumeric() || ((c == '-' || c == '\'') && start.is_some());
        match (start, inside) {
            (None, true) => start = Some(i),
            (Some(s), false) => {
                found.push((s, i));
                start = None;
            }
            _ => {}
        }
    }
    if let Some(s) = start {
        found.push((s, text.len()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_forms() {
        let text = "Regime-held areas, the so-called rebels' armed groups.";
        let words = words(text);
        let at: Vec<&str> = words.iter().map(|&(a, b)| &text[a..b]).collect();
        assert_eq!(at, ["Regime-held", "areas", "the", "so-called", "rebels'", "armed", "groups"]);
        assert_eq!(matches_at(text, &words, 5, "armed groups"), Some(6));
        assert_eq!(matches_at(text, &words, 5, "armed men"), None);
    }
}
