//! Which reports carry the words of which.

use crate::credits::Credit;
use crate::found::Leaning;
use crate::shingles::Print;
use rustc_hash::FxHashMap;
use variorum_model::ReadReport;

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
/// A sequence that stands in more reports than this is a phrase of the trade.
const COMMON: usize = 40;

/// Overlaps of all pairs that share a sequence, in order.
pub(crate) fn overlaps(prints: &[Print]) -> Vec<Overlap> {
    let mut holders: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (i, print) in prints.iter().enumerate() {
        for &hash in &print.hashes {
            holders.entry(hash).or_default().push(i as u32);
        }
    }
    let mut shared: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    for list in holders.values().filter(|l| l.len() > 1) {
        let list = &list[..list.len().min(COMMON)];
        for (n, &a) in list.iter().enumerate() {
            for &b in &list[n + 1..] {
                *shared.entry((a, b)).or_default() += 1;
            }
        }
    }
    let mut found: Vec<Overlap> = shared
        .into_iter()
        .map(|((a, b), shared)| {
            let smaller =
                prints[a as usize].hashes.len().min(prints[b as usize].hashes.len()).max(1);
            Overlap { a, b, shared, containment: shared as f32 / smaller as f32 }
        })
        .collect();
    found.sort_by_key(|o| (o.a, o.b));
    found
}

/// For each report the earliest report whose words it carries, and whether with credit.
///
/// The original is the one that the other credits, else the earlier by publication, else the one
/// that stands first.
pub(crate) fn duplicates(
    reports: &[ReadReport],
    overlaps: &[Overlap],
    credits: &[Vec<Credit>],
) -> Vec<Option<(u32, Leaning)>> {
    let mut found: Vec<Option<(u32, Leaning)>> = vec![None; reports.len()];
    let mut best: Vec<f32> = vec![0.0; reports.len()];
    for overlap in overlaps.iter().filter(|o| o.containment >= COPY) {
        let (original, copy, kind) = direction(reports, credits, overlap.a, overlap.b);
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
                Some((further, _)) if further != i as u32 && steps < reports.len() => {
                    found[i] = Some((further, kind));
                    steps += 1;
                }
                _ => break,
            }
        }
    }
    found
}

fn direction(
    reports: &[ReadReport],
    credits: &[Vec<Credit>],
    a: u32,
    b: u32,
) -> (u32, u32, Leaning) {
    let outlet = |i: u32| reports[i as usize].report.outlet.as_ref().map(|o| o.name.as_str());
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
    let day = |i: u32| reports[i as usize].report.published.as_ref().and_then(|p| p.start);
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
