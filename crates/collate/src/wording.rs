//! What a telling says in words: content words in dictionary form, weighed by how much they tell.
//!
//! Two reports tell one happening under different categories and names of the act ("a bomb exploded at
//! the palace", "the president was hurt in a rocket attack"). What they share is the words for what is
//! not common talk of the story. Words of one sense count as one (`data/collate_kindred.tsv`); a word
//! weighs by its rarity in news at large and among the clauses at hand, whichever is less.

use crate::witnesses::Witnesses;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;
use variorum_identity::ActorKind;
use variorum_model::{Clause, Span};

/// Weight above which a word is no help in telling one happening from another.
const HEAVIEST: f32 = 5.0;
/// A country is named all over a story.
const COUNTRY: f32 = 1.7;
/// Words lighter than this say nothing.
const LIGHTEST: f32 = 1.6;
/// Clauses that the background stands for when the clauses at hand are few.
const SMOOTHING: f32 = 60.0;

/// The words of one telling: numbers of lexemes in order, each once.
pub(crate) type Wording = Vec<u32>;

/// Weights of the words of all clauses at hand.
pub(crate) struct Words {
    numbers: FxHashMap<String, u32>,
    weights: Vec<f32>,
    /// Whether a word names somebody or a place.
    names: Vec<bool>,
    /// For each place the place whose name stands in its own: "Rafah" for "Rafah Crossing".
    area: Vec<u32>,
}

/// How two tellings' words stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Likeness {
    /// Weight of the words that both have.
    pub(crate) shared: f32,
    /// Weight of those of them that are no names.
    pub(crate) plain: f32,
    /// Cosine of the two.
    pub(crate) cosine: f32,
}

fn kindred() -> &'static FxHashMap<&'static str, &'static str> {
    static TABLE: OnceLock<FxHashMap<&'static str, &'static str>> = OnceLock::new();
    TABLE.get_or_init(|| {
        include_str!("../../../data/collate_kindred.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'))
            .filter_map(|l| l.split_once('\t'))
            .flat_map(|(class, words)| words.split('|').map(move |w| (w, class)))
            .collect()
    })
}

fn background() -> &'static FxHashMap<&'static str, f32> {
    static TABLE: OnceLock<FxHashMap<&'static str, f32>> = OnceLock::new();
    TABLE.get_or_init(|| {
        include_str!("../../../data/word_document_frequencies.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'))
            .filter_map(|l| l.split_once('\t'))
            .filter_map(|(w, n)| Some((w, n.parse::<f32>().ok()?)))
            .collect()
    })
}

fn idle() -> &'static FxHashSet<&'static str> {
    static TABLE: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    TABLE.get_or_init(|| {
        include_str!("../../../data/collate_idle_verbs.tsv")
            .lines()
            .filter(|l| !l.starts_with('#') && !l.is_empty())
            .collect()
    })
}

/// Whether a verb by itself tells no happening.
pub(crate) fn is_idle(lemma: &str) -> bool {
    idle().contains(lemma)
}

/// Whether a dictionary form is listed among the words for news acts and things.
pub(crate) fn is_listed(lemma: &str) -> bool {
    kindred().contains_key(lemma)
}

/// The class of a dictionary form, or the form itself.
pub(crate) fn lexeme(lemma: &str) -> &str {
    kindred().get(lemma).copied().unwrap_or(lemma)
}

/// How rare a word is in news at large: the natural logarithm of articles over articles that hold it.
pub(crate) fn rarity(lemma: &str) -> f32 {
    const ARTICLES: f32 = 10_000.0;
    const UNLISTED: f32 = 20.0;
    (ARTICLES / background().get(lemma).copied().unwrap_or(UNLISTED)).ln()
}

impl Words {
    /// Counts the words of every clause of the reports.
    pub(crate) fn new(witnesses: &Witnesses<'_>) -> Words {
        let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
        let mut counts: Vec<f32> = Vec::new();
        let mut rarities: Vec<f32> = Vec::new();
        let mut names: Vec<bool> = Vec::new();
        let area = areas(&witnesses.identities.places);
        let mut clauses = 0.0;
        for report in 0..witnesses.reports.len() as u32 {
            for clause in &witnesses.codings(report).clauses {
                clauses += 1.0;
                let mut keys = keys(witnesses, &area, report, clause.words.iter());
                keys.sort();
                keys.dedup();
                for key in keys {
                    let next = counts.len() as u32;
                    let number = *numbers.entry(key.clone()).or_insert(next);
                    if number == next {
                        counts.push(0.0);
                        // A name or a class has no entry of its own: only the clauses tell its weight.
                        rarities.push(match key.as_bytes() {
                            [1, b'c', b'o', ..] => COUNTRY,
                            [1, ..] => HEAVIEST,
                            _ => rarity(&key),
                        });
                        names.push(key.starts_with('\u{1}') && !key[1..].starts_with("class"));
                    }
                    counts[number as usize] += 1.0;
                }
            }
        }
        let weights = counts
            .iter()
            .zip(&rarities)
            .map(|(&count, &rarity)| {
                let here = (1.0 + (clauses + SMOOTHING) / (count + 1.0)).ln();
                let weight = here.min(rarity).min(HEAVIEST);
                if weight < LIGHTEST { 0.0 } else { weight }
            })
            .collect();
        Words { numbers, weights, names, area }
    }

    /// The wording of some words of a report.
    pub(crate) fn wording<'c>(
        &self,
        witnesses: &Witnesses<'_>,
        report: u32,
        words: impl Iterator<Item = &'c (compact_str::CompactString, Span)>,
    ) -> Wording {
        let mut found: Wording = keys(witnesses, &self.area, report, words)
            .iter()
            .filter_map(|k| self.numbers.get(k).copied())
            .filter(|&n| self.weights[n as usize] > 0.0)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The place that a place is called after ("Rafah" for "Rafah Crossing"), or itself.
    pub(crate) fn area_of(&self, place: u32) -> u32 {
        self.area[place as usize]
    }

    /// Weight of one word.
    pub(crate) fn weight(&self, word: u32) -> f32 {
        self.weights[word as usize]
    }

    /// How alike two wordings are.
    pub(crate) fn likeness(&self, a: &Wording, b: &Wording) -> Likeness {
        let square = |w: &Wording| -> f32 { w.iter().map(|&n| self.weight(n).powi(2)).sum() };
        let (mut shared, mut plain, mut product) = (0.0, 0.0, 0.0);
        for &n in a.iter().filter(|n| b.binary_search(n).is_ok()) {
            shared += self.weight(n);
            plain += if self.names[n as usize] { 0.0 } else { self.weight(n) };
            product += self.weight(n).powi(2);
        }
        let norm = (square(a) * square(b)).sqrt();
        Likeness { shared, plain, cosine: if norm > 0.0 { product / norm } else { 0.0 } }
    }
}

/// For each place the first whose whole name is a word of its name, else itself.
fn areas(places: &[variorum_identity::ResolvedPlace]) -> Vec<u32> {
    let mut by_name: FxHashMap<String, u32> = FxHashMap::default();
    for (i, place) in places.iter().enumerate().filter(|(_, p)| !p.is_country) {
        by_name.entry(place.name.to_lowercase()).or_insert(i as u32);
    }
    let within = |(i, place): (usize, &variorum_identity::ResolvedPlace)| {
        let words = place.name.split_whitespace().filter(|_| place.name.contains(' '));
        let known = |w: &str| by_name.get(&w.to_lowercase()).copied();
        words.filter_map(known).next().unwrap_or(i as u32)
    };
    places.iter().enumerate().map(within).collect()
}

/// What words count as: a name by whom or what it names, another word by its class.
fn keys<'c>(
    witnesses: &Witnesses<'_>,
    area: &[u32],
    report: u32,
    words: impl Iterator<Item = &'c (compact_str::CompactString, Span)>,
) -> Vec<String> {
    let mentions = &witnesses.annotations(report).mentions;
    let actor_of = &witnesses.identities.actor_of[report as usize];
    let place_of = &witnesses.identities.place_of[report as usize];
    let mut found: Vec<String> = Vec::new();
    for (lemma, span) in words {
        let at = mentions.partition_point(|m| m.span.end <= span.start);
        let named = mentions.get(at).filter(|m| m.span.overlaps(*span)).map(|_| at);
        let actor = named.and_then(|m| actor_of.get(m).copied().flatten());
        let place = named.and_then(|m| place_of.get(m).copied().flatten());
        let identities = witnesses.identities;
        let class = kindred().get(lemma.to_lowercase().as_str());
        if let Some(place) = place {
            let country = identities.places[place as usize].is_country;
            let sort = if country { "country" } else { "place" };
            found.push(format!("\u{1}{sort} {}", area[place as usize]));
        } else if let Some(actor) = actor {
            let country = identities.actors[actor as usize].kind == ActorKind::Country;
            let sort = if country { "country of" } else { "actor" };
            found.push(format!("\u{1}{sort} {actor}"));
        }
        // "Northfield Refugee Camp" is a name, and a refugee camp all the same.
        match class {
            Some(class) => found.push(format!("\u{1}class {class}")),
            None if place.is_none() && actor.is_none() => {
                found.push(lemma.trim_end_matches("'s").to_owned());
            }
            None => {}
        }
    }
    found
}

/// The clause of a report that holds `at` most closely: one of its words stands there.
pub(crate) fn clause_at<'w>(
    witnesses: &Witnesses<'w>,
    report: u32,
    at: Span,
) -> Option<&'w Clause> {
    let clauses = &witnesses.codings(report).clauses;
    let from = clauses.partition_point(|c| c.verb.end + REACH < at.start);
    clauses[from..]
        .iter()
        .take_while(|c| c.verb.start <= at.end + REACH)
        .filter(|c| c.words.iter().any(|(_, s)| s.overlaps(at)))
        .min_by_key(|c| (!c.verb.overlaps(at), c.words.len()))
}

/// Furthest that a word of a clause may stand from its verb, in bytes.
const REACH: u32 = 2_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_sense_are_one() {
        for (a, b, same) in [
            ("truce", "ceasefire", true),
            ("wound", "injure", true),
            ("kill", "injure", false),
            ("bridge", "bridge", true),
            ("bridge", "tunnel", false),
        ] {
            assert_eq!(lexeme(a) == lexeme(b), same, "{a} {b}");
        }
    }

    #[test]
    fn a_word_stands_in_one_class() {
        let mut seen = FxHashMap::default();
        for line in include_str!("../../../data/collate_kindred.tsv").lines() {
            let Some((class, words)) = line.split_once('\t').filter(|_| !line.starts_with('#'))
            else {
                continue;
            };
            for word in words.split('|') {
                assert_eq!(seen.insert(word, class), None, "{word}");
            }
        }
    }

    #[test]
    fn likeness_counts_what_tells() {
        let words = Words {
            numbers: FxHashMap::default(),
            weights: vec![4.0, 3.0, 2.0],
            names: vec![true, false, false],
            area: Vec::new(),
        };
        let alike = words.likeness(&vec![0, 1], &vec![0, 2]);
        assert_eq!((alike.shared, alike.plain), (4.0, 0.0));
        assert!(alike.cosine > 0.6 && alike.cosine < 0.8);
        assert_eq!(words.likeness(&vec![0], &vec![1]), Likeness::default());
        assert!((words.likeness(&vec![0, 1], &vec![0, 1]).cosine - 1.0).abs() < 1e-6);
    }
}
