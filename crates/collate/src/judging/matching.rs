//! Which finding a judgement is about.

use crate::findings::{Finding, normalised};
use std::collections::BTreeMap;
use variorum_model::contract::{Citation, Subject};

/// Of the passages that were cited when a finding was judged, so many must still be cited.
const STILL_CITED: f64 = 0.5;

/// The finding of that id; or else the one that still cites most of what was cited when it was judged.
pub(super) fn find<F: Finding>(list: &[F], subject: &Subject) -> Option<usize> {
    let by_id = list.iter().position(|f| f.judged().finding == subject.finding);
    if by_id.is_some() || subject.cites.is_empty() {
        return by_id;
    }
    let judged = Passages::of(subject.cites.iter());
    let mut best: Option<(f64, usize)> = None;
    for (at, finding) in list.iter().enumerate() {
        // A date and a place of one happening are told by the same words.
        if matches!(F::KIND, "conflict" | "single") && finding.sort() != subject.sort {
            continue;
        }
        let cites = finding.cites();
        let Some(first) = cites.first() else { continue };
        if cites.len() == 1 && !judged.overlaps(first) {
            continue;
        }
        let now = Passages::of(cites.iter().copied());
        let still = subject.cites.iter().filter(|c| now.overlaps(c)).count() as f64;
        if still / (subject.cites.len() as f64) < STILL_CITED {
            continue;
        }
        let likeness = 2.0 * still / (subject.cites.len() + cites.len()) as f64;
        if best.is_none_or(|(other, _)| likeness > other) {
            best = Some((likeness, at));
        }
    }
    best.map(|(_, at)| at)
}

/// Passages by report, in order of their beginnings, each with the furthest end up to it.
struct Passages<'c>(BTreeMap<&'c str, Vec<(usize, usize)>>);

impl<'c> Passages<'c> {
    fn of(cites: impl Iterator<Item = &'c Citation>) -> Passages<'c> {
        let mut by_report: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
        for (report, start, end) in cites.map(normalised) {
            by_report.entry(report).or_default().push((start, end));
        }
        for list in by_report.values_mut() {
            list.sort_unstable();
            let mut furthest = 0;
            for (_, end) in list.iter_mut() {
                furthest = furthest.max(*end);
                *end = furthest;
            }
        }
        Passages(by_report)
    }

    /// Whether one of them shares a character with `cited`.
    fn overlaps(&self, cited: &Citation) -> bool {
        let (report, start, end) = normalised(cited);
        let Some(list) = self.0.get(report) else { return false };
        let before = list.partition_point(|p| p.0 < end);
        before > 0 && list[before - 1].1 > start
    }
}

/// Whether two passages share a character.
pub(super) fn overlap(a: &Citation, b: &Citation) -> bool {
    a.report == b.report && a.start < b.end && b.start < a.end
}
