//! What a report is about: weighted words, compared by cosine.
//!
//! The weights are tf-idf (Salton) with logarithmic counts. Document frequencies are those of news
//! at large (`data/word_document_frequencies.tsv`) blended with those of the reports at hand, so that
//! five reports on one war do not make "war" rare.

use crate::shingles::word_hash;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;
use variorum_model::{BlockKind, ReadReport};

/// Words of a report with their weights, by word number, of unit length.
pub(crate) type Vector = Vec<(u32, f32)>;

/// All reports as vectors over one vocabulary.
#[derive(Debug, Default)]
pub(crate) struct Vectors {
    pub(crate) rows: Vec<Vector>,
    /// For each word number the reports that hold it.
    pub(crate) holders: Vec<Vec<u32>>,
}

/// The title counts this many times.
const TITLE: f32 = 3.0;
/// Words of the lead (the first this many) count this many times.
const LEAD: (usize, f32) = (60, 2.0);
/// How many reports the background stands for when blended with those at hand.
const BACKGROUND: f32 = 2_000.0;
/// Share of articles in which a word stands that the background does not list.
const UNLISTED: f32 = 0.001;

fn background() -> &'static FxHashMap<&'static str, f32> {
    static TABLE: OnceLock<FxHashMap<&'static str, f32>> = OnceLock::new();
    TABLE.get_or_init(|| {
        include_str!("../../../data/word_document_frequencies.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'))
            .filter_map(|l| l.split_once('\t'))
            .filter_map(|(w, n)| Some((w, n.parse::<f32>().ok()? / 10_000.0)))
            .collect()
    })
}

/// The vectors of `reports`.
pub(crate) fn vectors(reports: &[ReadReport]) -> Vectors {
    let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
    let mut words: Vec<String> = Vec::new();
    let mut counted: Vec<FxHashMap<u32, f32>> = Vec::with_capacity(reports.len());
    for read in reports {
        let mut counts: FxHashMap<u32, f32> = FxHashMap::default();
        for_each_word(read, |word, weight| {
            let next = words.len() as u32;
            let number = *numbers.entry(word.to_owned()).or_insert_with(|| {
                words.push(word.to_owned());
                next
            });
            *counts.entry(number).or_default() += weight;
        });
        counted.push(counts);
    }
    let mut holders: Vec<Vec<u32>> = vec![Vec::new(); words.len()];
    for (i, counts) in counted.iter().enumerate() {
        for &number in counts.keys() {
            holders[number as usize].push(i as u32);
        }
    }
    let idf: Vec<f32> = words
        .iter()
        .zip(&holders)
        .map(|(word, holders)| {
            let listed = background().get(word.as_str()).copied().unwrap_or(UNLISTED);
            let share =
                (listed * BACKGROUND + holders.len() as f32) / (BACKGROUND + reports.len() as f32);
            (1.0 / share).ln()
        })
        .collect();
    let rows = counted
        .into_iter()
        .map(|counts| {
            let mut row: Vector = counts
                .into_iter()
                .map(|(n, count)| (n, (1.0 + count.ln().max(0.0)) * idf[n as usize]))
                .collect();
            row.sort_unstable_by_key(|&(n, _)| n);
            let norm = row.iter().map(|(_, w)| w * w).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
            row.iter_mut().for_each(|(_, w)| *w /= norm);
            row
        })
        .collect();
    Vectors { rows, holders }
}

/// Hashes of a report's `most` weightiest words with their weights, the weightiest first, of unit length. Document
/// frequencies are those of news at large alone.
pub(crate) fn background_vector(read: &ReadReport, most: usize) -> Vec<(u32, f32)> {
    let mut counts: FxHashMap<String, f32> = FxHashMap::default();
    for_each_word(read, |word, weight| match counts.get_mut(word) {
        Some(count) => *count += weight,
        None => drop(counts.insert(word.to_owned(), weight)),
    });
    let mut row: Vec<(u32, f32)> = counts
        .into_iter()
        .map(|(word, count)| {
            let share = background().get(word.as_str()).copied().unwrap_or(UNLISTED);
            let weight = (1.0 + count.ln().max(0.0)) * (1.0 / share).ln();
            (word_hash(&word) as u32, weight)
        })
        .collect();
    row.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    row.truncate(most);
    let norm = row.iter().map(|(_, w)| w * w).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    row.iter_mut().for_each(|(_, w)| *w /= norm);
    row
}

/// Words of title and body, lower-cased, plural endings off, with what one occurrence counts.
fn for_each_word(read: &ReadReport, mut each: impl FnMut(&str, f32)) {
    let report = &read.report;
    let mut buffer = String::new();
    let mut run = |text: &str, mut weight: Box<dyn FnMut() -> f32>| {
        for word in text.split(|c: char| !c.is_alphanumeric()) {
            let by = weight();
            if word.chars().count() < 3 || word.bytes().all(|b| b.is_ascii_digit()) {
                continue;
            }
            buffer.clear();
            buffer.extend(word.chars().flat_map(char::to_lowercase));
            each(singular(&buffer), by);
        }
    };
    if let Some(title) = &report.title {
        run(&title.value, Box::new(|| TITLE));
    }
    let mut seen = 0;
    for block in report.body.iter().filter(|b| b.kind != BlockKind::Caption) {
        let start = seen;
        let text = block.span.of(&report.text);
        let mut at = start;
        run(
            text,
            Box::new(move || {
                at += 1;
                if at <= LEAD.0 { LEAD.1 } else { 1.0 }
            }),
        );
        seen = start + text.split(|c: char| !c.is_alphanumeric()).count();
    }
}

/// The word without a plural ending.
fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 3 && !stem.ends_with(['s', 'u', 'i']) => stem,
        _ => word,
    }
}

/// Cosine of two unit vectors.
pub(crate) fn cosine(a: &Vector, b: &Vector) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1 * b[j].1;
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plural_endings() {
        for (word, want) in
            [("ministers", "minister"), ("press", "press"), ("crisis", "crisis"), ("gas", "gas")]
        {
            assert_eq!(singular(word), want);
        }
    }

    #[test]
    fn cosine_of_unit_vectors() {
        let a = vec![(1, 0.6), (2, 0.8)];
        let b = vec![(2, 1.0)];
        assert!((cosine(&a, &b) - 0.8).abs() < 1e-6);
        assert!((cosine(&a, &a) - 1.0).abs() < 1e-6);
        assert_eq!(cosine(&a, &vec![]), 0.0);
    }
}
