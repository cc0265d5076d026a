//! Which event mentions tell one happening.
//!
//! Pairs are weighed by who took part, where, when, how and in which story; a pair may be vetoed
//! outright (two calls between the same two people on different days are two calls). Pairs are
//! joined from the strongest down, never across a veto, and each join keeps its reason.
//!
//! A story that a thousand reports tell is told in far fewer ways. Tellings that are alike in all that is
//! weighed are of one *class*; what is found of a class holds for each member, so that the cost grows with
//! the ways of telling and not with the square of the reports.

use crate::happenings::Telling;
use crate::participants::Participants;
use crate::speeches;
use crate::tolls;
use crate::vetoes::{family, vetoed};
use crate::weighing::{Weighed, weigh};
use crate::witnesses::Witnesses;
use crate::wording::Words;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use variorum_identity::agglomeration::{Agglomeration, propose};

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
    let report: Vec<u32> = tellings.iter().map(|t| t.report).collect();
    let pairs = weighed_pairs(witnesses, participants, words, tellings, &class, &report);
    let odd = |i: usize, j: usize| vetoed(witnesses, &tellings[i], &tellings[j]);
    let mut joined = Agglomeration::new(&class, &report, odd);
    for pair in pairs.list {
        joined.join(pair.a, pair.b, || pairs.reasons[pair.reason as usize].clone());
    }
    let mut groups = joined.groups();
    for (_, reasons) in &mut groups {
        reasons.sort();
        reasons.dedup();
    }
    groups
}

/// The class of each telling. Those of one class differ in nothing that [`weigh`] or [`vetoed`] look at but
/// the report, of which these ask only whether it is the same, and which event and story it belongs to.
fn classes(witnesses: &Witnesses<'_>, tellings: &[Telling]) -> Vec<u32> {
    let mut known = FxHashMap::default();
    let mut numbers = Vec::with_capacity(tellings.len());
    for t in tellings {
        let placement = &witnesses.stories.placements[t.report as usize];
        let told = (t.kind as u8, t.mode, t.modality as u8, &t.act, &t.stem, &t.wording);
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
    /// Number of its reason.
    reason: u32,
}

/// Pairs with the reasons for joining them.
struct Pairs {
    list: Vec<Pair>,
    reasons: Vec<String>,
}

/// Two numbers in one, in the same order.
fn both(a: u32, b: u32) -> u64 {
    u64::from(a) << 32 | u64::from(b)
}

/// The two numbers of [`both`].
fn parted(pair: u64) -> (usize, usize) {
    ((pair >> 32) as usize, pair as u32 as usize)
}

/// Pairs heavy enough to join, the heaviest first.
fn weighed_pairs(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    words: &Words,
    tellings: &[Telling],
    class: &[u32],
    report: &[u32],
) -> Pairs {
    let mut proposed: Vec<(usize, usize)> = Vec::new();
    let mut keys: Vec<u64> = Vec::new();
    for block in blocks(witnesses, participants, words, tellings).values() {
        propose(block, class, report, BLOCK, &mut proposed);
        keys.extend(proposed.drain(..).map(|(a, b)| both(a as u32, b as u32)));
    }
    keys.par_sort_unstable();
    keys.dedup();
    // What is found of one pair holds for all of its classes, if both or neither are of one report.
    let mut kinds: Vec<(u64, bool, u64)> = keys
        .into_par_iter()
        .map(|key| {
            let (a, b) = parted(key);
            (both(class[a], class[b]), report[a] == report[b], key)
        })
        .collect();
    kinds.par_sort_unstable();
    let alike: Vec<&[(u64, bool, u64)]> = kinds.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).collect();
    let weighed: Vec<Option<Weighed>> = alike
        .par_iter()
        .map(|pairs| {
            let (a, b) = parted(pairs[0].2);
            weigh(witnesses, participants, words, &tellings[a], &tellings[b])
        })
        .collect();
    let mut list: Vec<Pair> = Vec::new();
    for (reason, (pairs, weighed)) in alike.iter().zip(&weighed).enumerate() {
        let Some(weight) = weighed.as_ref().map(|w| w.weight) else { continue };
        let reason = reason as u32;
        list.extend(pairs.iter().map(|&(_, _, key)| {
            let (a, b) = parted(key);
            Pair { a, b, weight, reason }
        }));
    }
    let mut reasons: Vec<String> =
        weighed.into_iter().map(|w| w.map_or_else(String::new, |w| w.reason)).collect();
    let reason = reasons.len() as u32;
    reasons.push("the toll of the act told with it".to_owned());
    let blows = tolls::of_blows(witnesses, tellings);
    list.extend(blows.map(|(a, b)| Pair { a, b, weight: f32::INFINITY, reason }));
    reasons.push("one speaker goes on".to_owned());
    let speeches = speeches::continued(witnesses, participants, tellings);
    list.extend(speeches.map(|(a, b)| Pair { a, b, weight: f32::INFINITY, reason: reason + 1 }));
    // Acts that categories name are joined before clauses that may tell of any of them.
    let plain: Vec<bool> = tellings.iter().map(|t| t.is_plain()).collect();
    list.par_sort_by_key(|p| (plain[p.a] || plain[p.b], Reverse(Weight(p.weight)), p.a, p.b));
    Pairs { list, reasons }
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
        let family = family(t.kind);
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
