//! Which event mentions tell one happening.
//!
//! Pairs are weighed by who took part, where, when, how and in which story; a pair may be vetoed
//! outright (two calls between the same two people on different days are two calls). Pairs are
//! joined from the strongest down, never across a veto, and each join keeps its reason.
//!
//! A story that a thousand reports tell is told in far fewer ways. Tellings that are alike in all that is
//! weighed are of one *class*; what is found of a class holds for each member, so that the cost grows with
//! the ways of telling and not with the square of the reports.

use crate::happenings::{Telling, coded};
use crate::participants::Participants;
use crate::tolls;
use crate::vetoes::{family, vetoed};
use crate::weighing::weigh;
use crate::witnesses::Witnesses;
use crate::wording::Words;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

/// Weight of a word from which it proposes pairs.
const RARE: f32 = 2.4;
/// Tellings compared for one block at the most, of those that are of different classes; a larger block is
/// thinned to its first.
const BLOCK: usize = 400;

/// Members of each group with the reasons for joining them, groups in order of their first member.
pub(crate) fn groups(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    words: &Words,
    tellings: &[Telling],
) -> Vec<(Vec<usize>, Vec<String>)> {
    let class = classes(witnesses, tellings);
    let pairs = weighed_pairs(witnesses, participants, words, tellings, &class);
    let mut joined = Joined::new(witnesses, tellings, &class);
    for pair in pairs {
        joined.join(pair.a, pair.b, pair.reason);
    }
    joined.groups()
}

/// The class of each telling. Those of one class differ in nothing that [`weigh`] or [`vetoed`] look at but
/// the report, of which these ask only whether it is the same, and which event and story it belongs to.
fn classes(witnesses: &Witnesses<'_>, tellings: &[Telling]) -> Vec<u32> {
    let mut known = FxHashMap::default();
    let mut numbers = Vec::with_capacity(tellings.len());
    for t in tellings {
        let event = coded(witnesses, t);
        let placement = &witnesses.stories.placements[t.report as usize];
        let told =
            (event.kind as u8, event.mode, event.modality as u8, &t.act, &t.stem, &t.wording);
        let who = (&t.actors, &t.recipients, &t.voices);
        let circumstance = (t.place, t.setting, &t.places, t.days, t.left);
        let next = known.len() as u32;
        let key = (told, who, circumstance, placement.event, placement.story);
        numbers.push(*known.entry(key).or_insert(next));
    }
    numbers
}

/// A weight that is put in order.
#[derive(PartialEq)]
struct Weight(f32);

impl Eq for Weight {}

impl PartialOrd for Weight {
    fn partial_cmp(&self, other: &Weight) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Weight {
    fn cmp(&self, other: &Weight) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

struct Pair {
    a: usize,
    b: usize,
    weight: f32,
    reason: String,
}

/// Pairs heavy enough to join, the heaviest first.
fn weighed_pairs(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    words: &Words,
    tellings: &[Telling],
    class: &[u32],
) -> Vec<Pair> {
    let mut keys: Vec<(usize, usize)> = Vec::new();
    for block in blocks(witnesses, participants, words, tellings).values() {
        propose(tellings, class, block, &mut keys);
    }
    keys.sort_unstable();
    keys.dedup();
    let mut known: FxHashMap<(u32, u32, bool), Option<(f32, String)>> = FxHashMap::default();
    let mut pairs: Vec<Pair> = Vec::new();
    for (a, b) in keys {
        let (x, y) = (&tellings[a], &tellings[b]);
        let found = known.entry((class[a], class[b], x.report == y.report)).or_insert_with(|| {
            weigh(witnesses, participants, words, x, y).map(|w| (w.weight, w.reason))
        });
        if let Some((weight, reason)) = found {
            pairs.push(Pair { a, b, weight: *weight, reason: reason.clone() });
        }
    }
    pairs.extend(tolls::of_blows(witnesses, tellings).map(|(a, b)| Pair {
        a,
        b,
        weight: f32::INFINITY,
        reason: "the toll of the act told with it".to_owned(),
    }));
    // Acts that categories name are joined before clauses that may tell of any of them.
    let plain = |i: usize| tellings[i].is_plain(witnesses);
    let key = |p: &Pair| (plain(p.a) || plain(p.b), Reverse(Weight(p.weight)), p.a, p.b);
    pairs.sort_by_cached_key(key);
    pairs
}

/// Tellings that have something in common by which they may be one.
fn blocks(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    words: &Words,
    tellings: &[Telling],
) -> FxHashMap<(u8, u32, u32), Vec<usize>> {
    let mut blocks: FxHashMap<(u8, u32, u32), Vec<usize>> = FxHashMap::default();
    for (i, t) in tellings.iter().enumerate() {
        let family = family(coded(witnesses, t).kind);
        // Words join what categories part.
        for &word in t.wording.iter().filter(|&&w| words.weight(w) >= RARE) {
            blocks.entry((u8::MAX, 4, word)).or_default().push(i);
        }
        for &actor in t.actors.iter().chain(&t.recipients) {
            if participants.is_named(actor) {
                blocks.entry((family, 0, actor)).or_default().push(i);
            }
        }
        if let Some(place) = t.place {
            blocks.entry((family, 1, place)).or_default().push(i);
        }
        if let Some(day) = t.days.earliest.filter(|_| t.days.is_day_precise()) {
            let number = i32::from(day.year()) * 400 + i32::from(day.day_of_year());
            blocks.entry((family, 2, number as u32)).or_default().push(i);
        }
        let event = witnesses.stories.placements[t.report as usize].event;
        blocks.entry((family, 3, event)).or_default().push(i);
    }
    blocks
}

/// Pairs of a block: the first two of each class with each other and with those of all other classes, all
/// others with the first of their class, and within a report all.
fn propose(tellings: &[Telling], class: &[u32], block: &[usize], keys: &mut Vec<(usize, usize)>) {
    let mut firsts: FxHashMap<u32, [usize; 2]> = FxHashMap::default();
    let mut leading: Vec<usize> = Vec::new();
    for &i in block {
        let known = firsts.entry(class[i]).or_insert([i, i]);
        if known[0] == i {
            leading.push(i);
        } else if known[0] == known[1] {
            known[1] = i;
            leading.push(i);
        } else {
            keys.push((known[0], i));
        }
    }
    leading.truncate(BLOCK);
    for (n, &a) in leading.iter().enumerate() {
        keys.extend(leading[n + 1..].iter().map(|&b| (a.min(b), a.max(b))));
    }
    // A block stands in order of the reports.
    for told in block.chunk_by(|&a, &b| tellings[a].report == tellings[b].report) {
        let told = &told[..told.len().min(BLOCK)];
        for (n, &a) in told.iter().enumerate() {
            keys.extend(told[n + 1..].iter().map(|&b| (a.min(b), a.max(b))));
        }
    }
}

/// Groups as they grow.
struct Joined<'a> {
    witnesses: &'a Witnesses<'a>,
    tellings: &'a [Telling],
    class: &'a [u32],
    /// The group of each telling, by the number of its first member.
    group: Vec<usize>,
    members: Vec<Vec<usize>>,
    reasons: Vec<Vec<String>>,
    /// Groups that can never be joined, since a veto outlives all growing.
    apart: Vec<FxHashSet<usize>>,
    /// Vetoes between classes, in two reports and in one.
    vetoes: FxHashMap<(u32, u32, bool), bool>,
}

impl<'a> Joined<'a> {
    fn new(witnesses: &'a Witnesses<'a>, tellings: &'a [Telling], class: &'a [u32]) -> Joined<'a> {
        Joined {
            witnesses,
            tellings,
            class,
            group: (0..tellings.len()).collect(),
            members: (0..tellings.len()).map(|i| vec![i]).collect(),
            reasons: vec![Vec::new(); tellings.len()],
            apart: vec![FxHashSet::default(); tellings.len()],
            vetoes: FxHashMap::default(),
        }
    }

    /// Joins the groups of two tellings, unless something in one cannot be with something in the other.
    fn join(&mut self, a: usize, b: usize, reason: String) {
        let (a, b) = (self.group[a], self.group[b]);
        let (keep, gone) = (a.min(b), a.max(b));
        if a == b || self.apart[keep].contains(&gone) {
            return;
        }
        if self.contradict(keep, gone) {
            self.apart[keep].insert(gone);
            self.apart[gone].insert(keep);
            return;
        }
        let moved = std::mem::take(&mut self.members[gone]);
        for &m in &moved {
            self.group[m] = keep;
        }
        self.members[keep].extend(moved);
        let lost = std::mem::take(&mut self.reasons[gone]);
        self.reasons[keep].extend(lost);
        self.reasons[keep].push(reason);
        for other in std::mem::take(&mut self.apart[gone]) {
            self.apart[other].remove(&gone);
            self.apart[other].insert(keep);
            self.apart[keep].insert(other);
        }
    }

    /// Whether two groups hold two tellings that cannot be one event.
    fn contradict(&mut self, a: usize, b: usize) -> bool {
        let (x, y) = (self.leading(a), self.leading(b));
        let of_classes = x.iter().any(|&i| y.iter().any(|&j| self.vetoed(i, j)));
        of_classes || self.contradict_within_reports(a, b)
    }

    /// Of each class in a group one telling and, if there is one, another of another report: with them
    /// stands some pair of two reports for any two classes that have one.
    fn leading(&self, group: usize) -> Vec<usize> {
        let report = |i: usize| self.tellings[i].report;
        let mut seen: FxHashMap<u32, (u32, bool)> = FxHashMap::default();
        let mut found = Vec::new();
        for &i in &self.members[group] {
            let known = seen.entry(self.class[i]).or_insert((u32::MAX, false));
            if known.0 == u32::MAX {
                *known = (report(i), false);
                found.push(i);
            } else if !known.1 && known.0 != report(i) {
                known.1 = true;
                found.push(i);
            }
        }
        found
    }

    /// The same for tellings of one report.
    fn contradict_within_reports(&mut self, a: usize, b: usize) -> bool {
        let mut of_report: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for &i in &self.members[a] {
            of_report.entry(self.tellings[i].report).or_default().push(i);
        }
        let pairs: Vec<(usize, usize)> = self.members[b]
            .iter()
            .filter_map(|&j| Some((of_report.get(&self.tellings[j].report)?, j)))
            .flat_map(|(list, j)| list.iter().map(move |&i| (i, j)))
            .collect();
        pairs.into_iter().any(|(i, j)| self.vetoed(i, j))
    }

    fn vetoed(&mut self, i: usize, j: usize) -> bool {
        let (x, y) = (&self.tellings[i], &self.tellings[j]);
        let key = (self.class[i], self.class[j], x.report == y.report);
        let witnesses = self.witnesses;
        *self.vetoes.entry(key).or_insert_with(|| vetoed(witnesses, x, y))
    }

    fn groups(self) -> Vec<(Vec<usize>, Vec<String>)> {
        let filled = self.members.into_iter().zip(self.reasons).filter(|(m, _)| !m.is_empty());
        filled
            .map(|(mut members, mut reasons)| {
                members.sort_unstable();
                reasons.sort();
                reasons.dedup();
                (members, reasons)
            })
            .collect()
    }
}
