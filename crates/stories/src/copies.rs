//! Which reports carry the words of which.

use crate::candidates::{Holders, Tally};
use crate::credits::Credit;
use crate::digest::Digest;
use crate::found::Leaning;
use crate::shingles;
use rayon::prelude::*;

/// How much of two reports is the same words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Overlap {
    pub(crate) a: u32,
    pub(crate) b: u32,
    /// Number of word sequences in both.
    pub(crate) shared: u32,
    /// Share of the smaller report's sequences that stand in the larger.
    pub(crate) containment: f32,
}

/// From this containment on a report is a copy. Reprints lose paragraphs and gain a sentence or two,
/// and a light rewrite breaks each sequence that a changed word touches.
pub(crate) const COPY: f32 = 0.34;
/// The same where both are entries of a sentence or two: one changed word breaks five of their few sequences.
const COPY_OF_BRIEFS: f32 = 0.28;
/// From so many reports on, one word sequence in [`SAMPLE`] proposes pairs.
const MANY: usize = 5_000;
const SAMPLE: u32 = 4;
/// Reports that a report looks at for one sequence: what more hold is a phrase of the trade, or known by others.
const REACH: usize = 40;
/// Word sequences that two of many reports must share to be looked at.
const SHARED: f32 = 2.0;

/// Overlaps of pairs that share a sequence, in order.
pub(crate) fn overlaps(digests: &[Digest], days: &[Option<i32>]) -> Vec<Overlap> {
    let many = digests.len() >= MANY;
    let sampled = |run: u32| !many || run.is_multiple_of(SAMPLE);
    let keyed = digests.iter().zip(0..).flat_map(|(digest, i)| {
        digest.runs.iter().filter(|&&run| sampled(run)).map(move |&run| (run, i, 1.0))
    });
    let holders = Holders::of(keyed.collect(), days, REACH);
    let found: Vec<Vec<Overlap>> = (0..digests.len() as u32)
        .into_par_iter()
        .map_init(
            || Tally::new(digests.len()),
            |tally, a| {
                let own = &digests[a as usize].runs;
                for &run in own.iter().filter(|&&run| sampled(run)) {
                    // Words are copied whenever they were written.
                    holders.following(run, a, i32::MAX).for_each(|(b, one)| tally.add(b, one));
                }
                let candidates = tally.take(if many { SHARED } else { 1.0 });
                let overlap = |b: u32| overlap(own, &digests[b as usize].runs, a, b);
                candidates.into_iter().map(overlap).collect()
            },
        )
        .collect();
    found.into_iter().flatten().collect()
}

/// From which containment on one of two reports is a copy of the other.
pub(crate) fn copy_from(a: &Digest, b: &Digest) -> f32 {
    if a.brief && b.brief { COPY_OF_BRIEFS } else { COPY }
}

pub(crate) fn overlap(own: &[u32], others: &[u32], a: u32, b: u32) -> Overlap {
    let shared = shingles::shared(own, others) as u32;
    let smaller = own.len().min(others.len()).max(1);
    Overlap { a, b, shared, containment: shared as f32 / smaller as f32 }
}

/// For each report the earliest report whose words it carries, and whether with credit.
///
/// The original is the one that the other credits, else the earlier by publication, else the one
/// that stands first.
pub(crate) fn duplicates(
    digests: &[Digest],
    overlaps: &[Overlap],
    credits: &[Vec<Credit>],
) -> Vec<Option<(u32, Leaning)>> {
    let mut found: Vec<Option<(u32, Leaning)>> = vec![None; digests.len()];
    let mut best: Vec<f32> = vec![0.0; digests.len()];
    for overlap in overlaps {
        let (a, b) = (&digests[overlap.a as usize], &digests[overlap.b as usize]);
        if overlap.containment < copy_from(a, b) {
            continue;
        }
        let (original, copy, kind) = direction(digests, credits, overlap.a, overlap.b);
        let at = copy as usize;
        if overlap.containment > best[at] {
            best[at] = overlap.containment;
            found[at] = Some((original, kind));
        }
    }
    // Follow chains to their head, so that all copies of one text name one original.
    for i in 0..found.len() {
        let mut steps = 0;
        while let Some((original, kind)) = found[i] {
            match found[original as usize] {
                Some((further, _)) if further != i as u32 && steps < digests.len() => {
                    found[i] = Some((further, kind));
                    steps += 1;
                }
                _ => break,
            }
        }
    }
    found
}

fn direction(digests: &[Digest], credits: &[Vec<Credit>], a: u32, b: u32) -> (u32, u32, Leaning) {
    let outlet = |i: u32| digests[i as usize].outlet.as_deref();
    let credits_outlet = |copy: u32, original: u32| {
        outlet(original).is_some_and(|name| {
            credits[copy as usize].iter().any(|c| c.source.eq_ignore_ascii_case(name))
        })
    };
    let whole = |i: u32| credits[i as usize].iter().any(|c| c.whole);
    if credits_outlet(b, a) {
        return (a, b, Leaning::Reprints);
    }
    if credits_outlet(a, b) {
        return (b, a, Leaning::Reprints);
    }
    // What an agency sent is the original, whoever carries it.
    let agency = |i: u32| outlet(i).is_some_and(is_agency);
    if agency(a) != agency(b) {
        let (original, copy) = if agency(a) { (a, b) } else { (b, a) };
        let kind = if whole(copy) { Leaning::Reprints } else { Leaning::Copies };
        return (original, copy, kind);
    }
    let day = |i: u32| digests[i as usize].first_day;
    let later = match (day(a), day(b)) {
        (Some(x), Some(y)) if x < y => b,
        (Some(x), Some(y)) if y < x => a,
        _ => b,
    };
    let earlier = if later == a { b } else { a };
    let kind = if whole(later) { Leaning::Reprints } else { Leaning::Copies };
    (earlier, later, kind)
}

/// Whether an outlet calls itself an agency.
fn is_agency(outlet: &str) -> bool {
    outlet
        .split_whitespace()
        .any(|w| w.eq_ignore_ascii_case("agency") || w.eq_ignore_ascii_case("wire"))
}
