//! What a report is about: weighted words, compared by cosine.
//!
//! The weights are tf-idf (Salton) with logarithmic counts. Document frequencies are those of news
//! at large (`data/word_document_frequencies.tsv`) blended with those of the reports at hand, so that
//! five reports on one war do not make "war" rare. While reports are weighed their words are numbered, so that
//! a row is compared with many others without looking up a word.

use crate::shingles::word_hash;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;
use variorum_model::{BlockKind, ReadReport};

/// Words of a report by number ([`Vocabulary`]), sorted, with their weights; of unit length.
pub(crate) type Vector = Vec<(u32, f32)>;

/// The title counts this many times.
const TITLE: f32 = 2.0;
/// Words of the lead (the first this many) count this many times.
const LEAD: (usize, f32) = (60, 1.5);
/// How many reports the background stands for when blended with those at hand.
const BACKGROUND: f32 = 500.0;
/// Share of articles in which a word stands that the background does not list.
const UNLISTED: f32 = 0.001;

/// In which share of articles at large each listed word stands, by hash.
fn background() -> &'static FxHashMap<u32, f32> {
    static TABLE: OnceLock<FxHashMap<u32, f32>> = OnceLock::new();
    TABLE.get_or_init(|| {
        include_str!("../../../data/word_document_frequencies.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'))
            .filter_map(|l| l.split_once('\t'))
            .filter_map(|(w, n)| Some((word_hash(w) as u32, n.parse::<f32>().ok()? / 10_000.0)))
            .collect()
    })
}

/// Words of a report by hash, sorted, with how often they stand there, title and lead counting more.
pub(crate) fn counted(read: &ReadReport) -> Vec<(u32, f32)> {
    let mut found: Vec<(u32, f32)> = Vec::new();
    for_each_word(read, |word, weight| found.push((word_hash(word) as u32, weight)));
    found.sort_unstable_by_key(|&(word, _)| word);
    found.dedup_by(|next, first| {
        let same = next.0 == first.0;
        first.1 += if same { next.1 } else { 0.0 };
        same
    });
    found.shrink_to_fit();
    found
}

/// Words of a report by hash, as they are compared.
pub(crate) fn spelled(read: &ReadReport) -> FxHashMap<u32, String> {
    let mut words = FxHashMap::default();
    for_each_word(read, |word, _| {
        words.entry(word_hash(word) as u32).or_insert_with(|| word.to_owned());
    });
    words
}

/// What counts for a word that stands in a report so often.
fn damped(count: f32) -> f32 {
    1.0 + count.ln().max(0.0)
}

/// Counted words with their weights by news at large alone.
pub(crate) fn background_weights(words: &[(u32, f32)]) -> impl Iterator<Item = (u32, f32)> {
    words.iter().map(|&(word, count)| {
        let share = background().get(&word).copied().unwrap_or(UNLISTED);
        (word, damped(count) * (1.0 / share).ln())
    })
}

/// The words of the reports at hand: their numbers, the commonest first, and what each tells.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    /// The number of each word, by hash.
    numbers: FxHashMap<u32, u32>,
    /// What each word weighs, by number, where it stands once.
    tells: Vec<f32>,
}

impl Vocabulary {
    /// Of counted words.
    pub(crate) fn of<'d>(rows: impl Iterator<Item = &'d Vec<(u32, f32)>>) -> Vocabulary {
        let (mut holders, mut reports) = (FxHashMap::<u32, u32>::default(), 0);
        for row in rows {
            reports += 1;
            for &(word, _) in row {
                *holders.entry(word).or_default() += 1;
            }
        }
        let mut ranked: Vec<(u32, u32)> = holders.into_iter().collect();
        ranked.sort_unstable_by_key(|&(word, holders)| (std::cmp::Reverse(holders), word));
        let share = |&(word, holders): &(u32, u32)| {
            let listed = background().get(&word).copied().unwrap_or(UNLISTED);
            (listed * BACKGROUND + holders as f32) / (BACKGROUND + reports as f32)
        };
        let tells = ranked.iter().map(|word| (1.0 / share(word)).ln()).collect();
        Vocabulary { numbers: ranked.iter().map(|w| w.0).zip(0..).collect(), tells }
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.tells.len()
    }

    /// The number of a word, given by hash.
    pub(crate) fn number(&self, word: u32) -> Option<u32> {
        self.numbers.get(&word).copied()
    }

    /// Turns counted words, which are of the vocabulary, into their weights, of unit length together.
    pub(crate) fn weigh(&self, words: &mut Vec<(u32, f32)>) {
        words.retain_mut(|(word, count)| {
            let Some(number) = self.number(*word) else { return false };
            *word = number;
            *count = damped(*count) * self.tells[number as usize];
            true
        });
        words.sort_unstable_by_key(|&(number, _)| number);
        to_unit(words);
    }
}

/// Weighed rows that stand one behind the other, in order.
pub(crate) struct Rows {
    entries: Vec<(u32, f32)>,
    ends: Vec<usize>,
}

impl Rows {
    pub(crate) fn of<'d>(rows: impl Iterator<Item = &'d Vector> + Clone) -> Rows {
        let entries = rows.clone().map(Vec::len).sum();
        let (mut entries, mut ends) = (Vec::with_capacity(entries), vec![0]);
        for row in rows {
            entries.extend_from_slice(row);
            ends.push(entries.len());
        }
        Rows { entries, ends }
    }

    fn row(&self, number: u32) -> &[(u32, f32)] {
        &self.entries[self.ends[number as usize]..self.ends[number as usize + 1]]
    }
}

/// A row laid out by word number, to be compared with many.
pub(crate) struct Laid(Vec<f32>);

impl Laid {
    /// With room for so many words.
    pub(crate) fn new(words: usize) -> Laid {
        Laid(vec![0.0; words])
    }

    /// The cosines of a row with others, which come by number, where they are `least` or more.
    pub(crate) fn cosines(
        &mut self,
        rows: &Rows,
        row: u32,
        others: Vec<u32>,
        least: f32,
    ) -> Vec<(u32, f32)> {
        let own = rows.row(row);
        own.iter().for_each(|&(word, weight)| self.0[word as usize] = weight);
        let product = |&(word, weight): &(u32, f32)| self.0[word as usize] * weight;
        let cosines =
            others.into_iter().map(|other| (other, rows.row(other).iter().map(product).sum()));
        let found = cosines.filter(|&(_, cosine)| cosine >= least).collect();
        own.iter().for_each(|&(word, _)| self.0[word as usize] = 0.0);
        found
    }
}

fn to_unit(row: &mut Vector) {
    let norm = row.iter().map(|(_, w)| w * w).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    row.iter_mut().for_each(|(_, w)| *w /= norm);
}

/// Hashes of a report's `most` weightiest words with their weights, the weightiest first, of unit length. Document
/// frequencies are those of news at large alone.
pub(crate) fn background_vector(read: &ReadReport, most: usize) -> Vec<(u32, f32)> {
    let mut row: Vec<(u32, f32)> = background_weights(&counted(read)).collect();
    row.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    row.truncate(most);
    to_unit(&mut row);
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
