//! Same event, same story: average linkage over similarity and time.

use crate::copies::Overlap;
use crate::settings::settings;
use crate::similarity::{Vectors, cosine};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use variorum_model::ReadReport;

/// Mean similarity from which two clusters tell one event.
const EVENT: f32 = 0.18;
/// Similarity from which two event clusters belong to one story.
const STORY: f32 = 0.10;
/// Days after which similarity counts half.
const HALF_LIFE: f32 = 14.0;
/// The same for entries of a sentence or two.
const HALF_LIFE_OF_BRIEFS: f32 = 2.5;
/// Words of the longest entry.
const BRIEF: usize = 40;
/// What similarity counts when two reports are set in different countries.
pub(crate) const ELSEWHERE: f32 = 0.2;
/// A word that stands in more reports than this does not propose pairs.
const COMMON: usize = 200;
/// Pairs below this similarity are not kept.
const FAINT: f32 = 0.05;

/// For each report the number of its event cluster, numbered in order of first report.
pub(crate) fn events(reports: &[ReadReport], vectors: &Vectors, overlaps: &[Overlap]) -> Vec<u32> {
    let day = |i: u32| {
        let published = reports[i as usize].report.published.as_ref();
        published.and_then(|p| p.day().or(p.start).or(p.end))
    };
    let settings = settings(reports);
    let brief: Vec<bool> = reports.iter().map(|r| is_brief(&r.report.text)).collect();
    let mut weights = candidate_pairs(vectors);
    for ((a, b), weight) in &mut weights {
        let (a, b) = (*a as usize, *b as usize);
        let dated = day(a as u32).is_some() && day(b as u32).is_some();
        let entries = dated && brief[a] && brief[b];
        let half_life = if entries { HALF_LIFE_OF_BRIEFS } else { HALF_LIFE };
        *weight *= decay(day(a as u32), day(b as u32), half_life);
        // An article names other countries too; an entry names the one it is about.
        if entries && settings[a].is_elsewhere(&settings[b]) {
            *weight *= ELSEWHERE;
        }
    }
    for overlap in overlaps.iter().filter(|o| o.containment > 0.3) {
        let weight = weights.entry((overlap.a, overlap.b)).or_default();
        *weight = weight.max(overlap.containment);
    }
    average_linkage(reports.len(), weights, EVENT)
}

/// Whether a report is no more than an entry on a day's news: such come out with the day, and one of
/// another day tells the day's own happening.
pub(crate) fn is_brief(text: &str) -> bool {
    text.split_whitespace().nth(BRIEF).is_none()
}

fn decay(a: Option<Date>, b: Option<Date>, half_life: f32) -> f32 {
    halved(a.zip(b).map(|(a, b)| (b - a).get_days()), half_life)
}

fn halved(days: Option<i32>, half_life: f32) -> f32 {
    days.map_or(1.0, |days| 0.5_f32.powf(days.unsigned_abs() as f32 / half_life))
}

/// What similarity counts so many days apart, where both are `entries` of a day's news or not.
pub(crate) fn decay_over(days: Option<i32>, entries: bool) -> f32 {
    halved(days, if entries { HALF_LIFE_OF_BRIEFS } else { HALF_LIFE })
}

/// How alike two reports are, in [0,1] each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likeness {
    /// As tellings of one event: likeness of words, less with time.
    pub event: f32,
    /// As parts of one story.
    pub story: f32,
    /// Share of the smaller one's words that the other carries.
    pub carried: f32,
}

/// For each report the number of its event cluster, from likenesses of pairs.
pub(crate) fn events_of(count: usize, pairs: &[(u32, u32, Likeness)]) -> Vec<u32> {
    let weights = pairs.iter().map(|&(a, b, l)| ((a.min(b), a.max(b)), l.event)).collect();
    average_linkage(count, weights, EVENT)
}

/// For each report the number of its story, from likenesses of pairs and event clusters.
pub(crate) fn stories_of(pairs: &[(u32, u32, Likeness)], events: &[u32]) -> Vec<u32> {
    stories_from(pairs.iter().map(|&(a, b, l)| ((a, b), l.story)), events)
}

/// Similarities of pairs that share a telling word.
fn candidate_pairs(vectors: &Vectors) -> FxHashMap<(u32, u32), f32> {
    let mut pairs: FxHashMap<(u32, u32), f32> = FxHashMap::default();
    let mut candidates: Vec<u32> = Vec::new();
    for (a, row) in vectors.rows.iter().enumerate() {
        candidates.clear();
        for (word, _) in row {
            let holders = &vectors.holders[*word as usize];
            if holders.len() <= COMMON {
                candidates.extend(holders.iter().filter(|&&b| b > a as u32));
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        for &b in &candidates {
            let similarity = cosine(row, &vectors.rows[b as usize]);
            if similarity >= FAINT {
                pairs.insert((a as u32, b), similarity);
            }
        }
    }
    pairs
}

/// Agglomerative clustering by mean pair weight, a missing pair counting nothing; ties go to the
/// lower numbers.
fn average_linkage(size: usize, weights: FxHashMap<(u32, u32), f32>, threshold: f32) -> Vec<u32> {
    let mut sums: Vec<FxHashMap<u32, f32>> = vec![FxHashMap::default(); size];
    let mut queue = std::collections::BinaryHeap::new();
    for ((a, b), weight) in weights {
        sums[a as usize].insert(b, weight);
        sums[b as usize].insert(a, weight);
        if weight >= threshold {
            queue.push(Join::new(weight, a, b, 1, 1));
        }
    }
    let mut members: Vec<u32> = vec![1; size];
    let mut head: Vec<u32> = (0..size as u32).collect();
    while let Some(join) = queue.pop() {
        let (a, b) = (join.a, join.b);
        let stale = members[a as usize] != join.size_a || members[b as usize] != join.size_b;
        if stale || head[a as usize] != a || head[b as usize] != b {
            continue;
        }
        head[b as usize] = a;
        members[a as usize] += members[b as usize];
        members[b as usize] = 0;
        let moved = std::mem::take(&mut sums[b as usize]);
        for (other, sum) in moved {
            sums[other as usize].remove(&b);
            if other == a {
                continue;
            }
            *sums[a as usize].entry(other).or_default() += sum;
            *sums[other as usize].entry(a).or_default() += sum;
        }
        sums[a as usize].remove(&b);
        for (&other, &sum) in &sums[a as usize] {
            let pairs = (members[a as usize] * members[other as usize]) as f32;
            let mean = sum / pairs;
            if mean >= threshold {
                let (x, y) = (a.min(other), a.max(other));
                queue.push(Join::new(mean, x, y, members[x as usize], members[y as usize]));
            }
        }
    }
    numbered(&head)
}

/// A proposed join; the heap gives the heaviest first, then the lowest numbers.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Join {
    weight: u32,
    order: std::cmp::Reverse<(u32, u32)>,
    a: u32,
    b: u32,
    size_a: u32,
    size_b: u32,
}

impl Join {
    fn new(weight: f32, a: u32, b: u32, size_a: u32, size_b: u32) -> Join {
        // Weights are positive, so their bits order as they do.
        let weight = weight.to_bits();
        Join { weight, order: std::cmp::Reverse((a, b)), a, b, size_a, size_b }
    }
}

/// Cluster numbers in order of first member.
fn numbered(head: &[u32]) -> Vec<u32> {
    let root = |mut i: u32| {
        while head[i as usize] != i {
            i = head[i as usize];
        }
        i
    };
    let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
    (0..head.len() as u32)
        .map(|i| {
            let next = numbers.len() as u32;
            *numbers.entry(root(i)).or_insert(next)
        })
        .collect()
}

/// For each report the number of its story: event clusters whose reports are, on average, alike
/// enough whatever the day.
pub(crate) fn stories(vectors: &Vectors, events: &[u32]) -> Vec<u32> {
    stories_from(candidate_pairs(vectors), events)
}

fn stories_from(pairs: impl IntoIterator<Item = ((u32, u32), f32)>, events: &[u32]) -> Vec<u32> {
    let mut size: FxHashMap<u32, u32> = FxHashMap::default();
    for &e in events {
        *size.entry(e).or_default() += 1;
    }
    let mut sums: FxHashMap<(u32, u32), f32> = FxHashMap::default();
    for ((a, b), weight) in pairs {
        let (x, y) = (events[a as usize], events[b as usize]);
        if x != y {
            *sums.entry((x.min(y), x.max(y))).or_default() += weight;
        }
    }
    let means = sums
        .into_iter()
        .map(|((x, y), sum)| ((x, y), sum / (size[&x] * size[&y]) as f32))
        .collect();
    let count = events.iter().max().map_or(0, |m| *m as usize + 1);
    let story_of_event = average_linkage(count, means, STORY);
    events.iter().map(|&e| story_of_event[e as usize]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn average_linkage_joins_the_alike() {
        let weights: FxHashMap<(u32, u32), f32> =
            [((0, 1), 0.9), ((1, 2), 0.4), ((3, 4), 0.5)].into_iter().collect();
        // 0 and 1 join; 2 is like 1 but not like 0, so its mean is 0.2.
        assert_eq!(average_linkage(5, weights.clone(), 0.3), [0, 0, 1, 2, 2]);
        assert_eq!(average_linkage(5, weights, 0.1), [0, 0, 0, 1, 1]);
    }

    #[test]
    fn time_halves() {
        let half = HALF_LIFE as i64;
        let day = |s: &str| s.parse::<Date>().ok();
        assert_eq!(decay(day("2020-01-01"), day("2020-01-01"), HALF_LIFE), 1.0);
        let later = day("2020-01-01").and_then(|d| d.checked_add(jiff::ToSpan::days(half)).ok());
        assert!((decay(later, day("2020-01-01"), HALF_LIFE) - 0.5).abs() < 1e-6);
        assert_eq!(decay(None, day("2020-01-01"), HALF_LIFE), 1.0);
    }
}
