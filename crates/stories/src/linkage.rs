//! Same event, same story: average linkage over similarity and time.

use crate::copies::Overlap;
use crate::digest::Digest;
use crate::likeness::Pair;
use crate::scaling;
use rustc_hash::FxHashMap;

/// Mean similarity from which two clusters tell one event.
pub(crate) const EVENT: f32 = 0.14;
/// The same for likenesses of sketches.
pub const EVENT_OF_SKETCHES: f32 = 0.18;
/// Similarity of words from which two event clusters belong to one story.
pub const STORY: f32 = 0.10;
/// Days after which similarity counts half.
const HALF_LIFE: f32 = 14.0;
/// The same for entries of a sentence or two.
const HALF_LIFE_OF_BRIEFS: f32 = 1.5;
/// Words of the longest entry.
const BRIEF: usize = 60;
/// Likeness of topics from which it takes nothing off two entries that share words.
const TOPICS_OF_BRIEFS: f32 = 0.6;
/// What similarity counts when two reports are set in different countries.
pub(crate) const ELSEWHERE: f32 = 0.2;
/// From this containment on two reports are as alike as the words that they share.
pub(crate) const CARRIES: f32 = 0.3;

/// What a pair weighs.
pub(crate) type Weight = ((u32, u32), f32);

/// How alike two reports are as tellings of one event, their neighbours left aside.
pub(crate) fn as_one_event(a: &Digest, b: &Digest, pair: &Pair) -> f32 {
    let days = a.day.zip(b.day).map(|(a, b)| b - a);
    let entries = days.is_some() && a.brief && b.brief;
    let mut weight = pair.about() * decay_over(days, entries);
    weight *= share_of_topics(pair.topics, entries);
    // An article names other countries too; an entry names the one it is about.
    if entries && a.setting.is_elsewhere(&b.setting) {
        weight *= ELSEWHERE;
    }
    weight
}

/// For each report the number of its event cluster, numbered in order of first report.
pub(crate) fn events(digests: &[Digest], pairs: &[Pair], overlaps: &[Overlap]) -> Vec<u32> {
    average_linkage(digests.len(), &weights(digests, pairs, overlaps), EVENT)
}

/// How alike pairs are as tellings of one event, all told; in order, each pair once.
pub(crate) fn weights(digests: &[Digest], pairs: &[Pair], overlaps: &[Overlap]) -> Vec<Weight> {
    let mut carried = overlaps.iter().filter(|o| o.containment > CARRIES).peekable();
    let mut weights = Vec::with_capacity(pairs.len());
    for (pair, weight) in scaling::scaled(digests, pairs) {
        while let Some(overlap) = carried.next_if(|o| (o.a, o.b) < pair) {
            weights.push(((overlap.a, overlap.b), overlap.containment));
        }
        let both = carried.next_if(|o| (o.a, o.b) == pair);
        weights.push((pair, both.map_or(weight, |o| weight.max(o.containment))));
    }
    weights.extend(carried.map(|o| ((o.a, o.b), o.containment)));
    weights
}

/// Whether a report is no more than an entry on a day's news: such come out with the day, and one of
/// another day tells the day's own happening.
pub(crate) fn is_brief(text: &str) -> bool {
    text.split_whitespace().nth(BRIEF).is_none()
}

/// What similarity counts for the topics of two `entries`: a rig that sinks and one that burns share all their
/// words but the one that matters.
pub(crate) fn share_of_topics(topics: f32, entries: bool) -> f32 {
    if entries { (topics / TOPICS_OF_BRIEFS).clamp(0.0, 1.0) } else { 1.0 }
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
    let weights: Vec<Weight> =
        pairs.iter().map(|&(a, b, l)| ((a.min(b), a.max(b)), l.event)).collect();
    average_linkage(count, &weights, EVENT_OF_SKETCHES)
}

/// For each report the number of its story, from likenesses of pairs and event clusters.
pub(crate) fn stories_of(pairs: &[(u32, u32, Likeness)], events: &[u32]) -> Vec<u32> {
    stories_from(pairs.iter().map(|&(a, b, l)| ((a, b), l.story)), events)
}

/// The same groups, numbered in order of their first members.
pub(crate) fn numbered_anew(groups: &[u32]) -> Vec<u32> {
    let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
    let number = |group: &u32| {
        let next = numbers.len() as u32;
        *numbers.entry(*group).or_insert(next)
    };
    groups.iter().map(number).collect()
}

/// Agglomerative clustering by mean pair weight, a missing pair counting nothing; ties go to the
/// lower numbers.
fn average_linkage(size: usize, weights: &[Weight], threshold: f32) -> Vec<u32> {
    // No two that no chain of strong pairs connects come together, so a pair across such bounds says nothing.
    let mut head: Vec<u32> = (0..size as u32).collect();
    for &((a, b), _) in weights.iter().filter(|(_, weight)| *weight >= threshold) {
        let (a, b) = (root(&mut head, a), root(&mut head, b));
        head[a.max(b) as usize] = a.min(b);
    }
    let mut sums: Vec<FxHashMap<u32, f32>> = vec![FxHashMap::default(); size];
    let mut queue = std::collections::BinaryHeap::new();
    for &((a, b), weight) in weights {
        if root(&mut head, a) != root(&mut head, b) {
            continue;
        }
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

fn root(head: &mut [u32], mut i: u32) -> u32 {
    while head[i as usize] != i {
        let up = head[i as usize];
        head[i as usize] = head[up as usize];
        i = up;
    }
    i
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
    let roots: Vec<u32> = (0..head.len() as u32).map(root).collect();
    numbered_anew(&roots)
}

/// For each report the number of its story: event clusters whose reports are, on average, alike
/// enough whatever the day.
pub(crate) fn stories(pairs: &[Pair], events: &[u32]) -> Vec<u32> {
    stories_from(pairs.iter().map(|p| ((p.a, p.b), p.words)), events)
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
    let means: Vec<Weight> = sums
        .into_iter()
        .map(|((x, y), sum)| ((x, y), sum / (size[&x] * size[&y]) as f32))
        .collect();
    let count = events.iter().max().map_or(0, |m| *m as usize + 1);
    let story_of_event = average_linkage(count, &means, STORY);
    events.iter().map(|&e| story_of_event[e as usize]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn average_linkage_joins_the_alike() {
        let weights = [((0, 1), 0.9), ((1, 2), 0.4), ((3, 4), 0.5)];
        // 0 and 1 join; 2 is like 1 but not like 0, so its mean is 0.2.
        assert_eq!(average_linkage(5, &weights, 0.3), [0, 0, 1, 2, 2]);
        assert_eq!(average_linkage(5, &weights, 0.1), [0, 0, 0, 1, 1]);
    }

    #[test]
    fn time_halves() {
        for (days, entries, want) in [
            (Some(0), false, 1.0),
            (Some(14), false, 0.5),
            (Some(-14), false, 0.5),
            (Some(3), true, 0.25),
            (None, false, 1.0),
        ] {
            assert!((decay_over(days, entries) - want).abs() < 1e-6, "{days:?} {entries}");
        }
    }

    #[test]
    fn entries_need_one_topic() {
        for (topics, entries, want) in [
            (0.9, true, 1.0),
            (0.6, true, 1.0),
            (0.3, true, 0.5),
            (-0.1, true, 0.0),
            (0.3, false, 1.0),
        ] {
            assert!((share_of_topics(topics, entries) - want).abs() < 1e-6, "{topics} {entries}");
        }
    }
}
