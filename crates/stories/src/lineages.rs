//! Who leans on whom, and what therefore counts as one source.

use crate::copies::Overlap;
use crate::credits::Credit;
use crate::found::{Dependence, Leaning, Source};
use crate::shingles::{Print, shared};
use variorum_model::{ReadReport, Span};

/// Word sequences that two reports which credit one source must share to count as one lineage. One
/// office title of common length gives one or two by chance.
pub(crate) const SHARED_WORDING: u32 = 3;

/// Dependences in order of report, then place.
pub(crate) fn dependences(
    reports: &[ReadReport],
    prints: &[Print],
    duplicate_of: &[Option<(u32, Leaning)>],
    credits: &[Vec<Credit>],
) -> Vec<Dependence> {
    let mut found = Vec::new();
    for i in 0..reports.len() as u32 {
        if let Some((original, kind)) = duplicate_of[i as usize] {
            let mut evidence = passage_shared(i, original, prints);
            let name = outlet_name(reports, original);
            let credit = credits[i as usize].iter().find(|c| name.as_deref() == Some(&c.source));
            evidence.extend(credit.map(|c| (i, c.span)));
            found.push(Dependence { report: i, on: Source::Report(original), kind, evidence });
        }
        let mut seen: Vec<&str> = Vec::new();
        for credit in &credits[i as usize] {
            if seen.contains(&credit.source.as_str()) {
                continue;
            }
            seen.push(&credit.source);
            let at_hand = (0..reports.len() as u32)
                .find(|&r| r != i && outlet_name(reports, r).as_deref() == Some(&credit.source));
            if at_hand.is_some_and(|r| duplicate_of[i as usize].is_some_and(|(o, _)| o == r)) {
                continue;
            }
            found.push(Dependence {
                report: i,
                on: at_hand.map_or_else(|| Source::Agency(credit.source.clone()), Source::Report),
                kind: Leaning::Credits,
                evidence: credits[i as usize]
                    .iter()
                    .filter(|c| c.source == credit.source)
                    .map(|c| (i, c.span))
                    .collect(),
            });
        }
    }
    found
}

fn outlet_name(reports: &[ReadReport], report: u32) -> Option<String> {
    reports[report as usize].report.outlet.as_ref().map(|o| o.name.clone())
}

/// The paragraph of `copy` that shares most with a paragraph of `original`, and that paragraph.
fn passage_shared(copy: u32, original: u32, prints: &[Print]) -> Vec<(u32, Span)> {
    let (mine, theirs) = (&prints[copy as usize], &prints[original as usize]);
    let mut best: Option<(usize, Span, Span)> = None;
    for (span, hashes) in &mine.paragraphs {
        for (other, others) in &theirs.paragraphs {
            let n = shared(hashes, others);
            if n > best.map_or(0, |b| b.0) {
                best = Some((n, *span, *other));
            }
        }
    }
    best.map(|(_, a, b)| vec![(copy, a), (original, b)]).unwrap_or_default()
}

/// The reports parted into lineages, each in order, in order of their first.
///
/// Joined are a copy and its original; two reports that credit the same source, or of which one
/// credits the other's outlet, when they also share wording. Counting too few sources is the
/// smaller fault.
pub(crate) fn lineages(
    reports: &[ReadReport],
    overlaps: &[Overlap],
    duplicate_of: &[Option<(u32, Leaning)>],
    credits: &[Vec<Credit>],
) -> Vec<Vec<u32>> {
    let mut head: Vec<u32> = (0..reports.len() as u32).collect();
    for (i, original) in duplicate_of.iter().enumerate() {
        if let Some((original, _)) = original {
            join(&mut head, i as u32, *original);
        }
    }
    for overlap in overlaps.iter().filter(|o| o.shared >= SHARED_WORDING) {
        if lean_alike(reports, credits, overlap.a, overlap.b) {
            join(&mut head, overlap.a, overlap.b);
        }
    }
    let mut groups: Vec<Vec<u32>> = vec![Vec::new(); reports.len()];
    for i in 0..reports.len() as u32 {
        let h = find(&mut head, i);
        groups[h as usize].push(i);
    }
    groups.retain(|g| !g.is_empty());
    groups
}

fn lean_alike(reports: &[ReadReport], credits: &[Vec<Credit>], a: u32, b: u32) -> bool {
    let sources = |i: u32| credits[i as usize].iter().map(|c| c.source.as_str());
    let outlet = |i: u32| reports[i as usize].report.outlet.as_ref().map(|o| o.name.as_str());
    let one_credits_other =
        |x: u32, y: u32| outlet(y).is_some_and(|name| sources(x).any(|s| s == name));
    let same_outlet = outlet(a).is_some() && outlet(a) == outlet(b);
    same_outlet
        || one_credits_other(a, b)
        || one_credits_other(b, a)
        || sources(a).any(|s| sources(b).any(|t| s == t))
}

fn find(head: &mut [u32], mut i: u32) -> u32 {
    while head[i as usize] != i {
        let up = head[i as usize];
        head[i as usize] = head[up as usize];
        i = up;
    }
    i
}

fn join(head: &mut [u32], a: u32, b: u32) {
    let (a, b) = (find(head, a), find(head, b));
    head[a.max(b) as usize] = a.min(b);
}
