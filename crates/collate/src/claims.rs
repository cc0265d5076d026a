//! Whether anybody has owned up to it yet.
//!
//! The first reports of a blow say that nobody has claimed it; a later one names who did.

use crate::drafts::Draft;
use crate::readings::{Claim, readings};
use crate::witnesses::Witnesses;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;
use variorum_model::Span;

fn cues() -> &'static [(&'static str, &'static str)] {
    static TABLE: OnceLock<Vec<(&'static str, &'static str)>> = OnceLock::new();
    TABLE.get_or_init(|| {
        include_str!("../../../data/collate_claims.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'))
            .filter_map(|l| l.split_once('\t'))
            .collect()
    })
}

/// Whether a sentence says that somebody has claimed a blow: `Some(false)` that nobody has.
fn claimed(sentence: &str) -> Option<bool> {
    let text = sentence.to_lowercase();
    let holds = |sort: &str| cues().iter().any(|(s, phrase)| *s == sort && text.contains(phrase));
    if holds("nobody") {
        return Some(false);
    }
    (holds("somebody") && !holds("other")).then_some(true)
}

/// An outcome that changed with time, for each cluster of reports of one event in which some say that
/// nobody has claimed it and others that somebody has.
pub(crate) fn conflicts(witnesses: &Witnesses<'_>) -> Vec<Draft> {
    let mut by_event: FxHashMap<u32, Vec<(bool, u32, Span)>> = FxHashMap::default();
    let in_report = |report: u32| {
        let text = &witnesses.report(report).text;
        let told = |&sentence: &Span| {
            let yes = claimed(sentence.of(text))?;
            (!is_past(witnesses, report, sentence)).then_some((yes, report, sentence))
        };
        witnesses.annotations(report).sentences.iter().filter_map(told).collect()
    };
    for told in witnesses.in_each(in_report) {
        let event = witnesses.stories.placements[told.1 as usize].event;
        by_event.entry(event).or_default().push(told);
    }
    let mut events: Vec<_> = by_event.into_iter().collect();
    events.sort();
    events.into_iter().filter_map(|(_, told)| draft(witnesses, &told)).collect()
}

/// Days before publication from which a sentence speaks of another blow than the news.
const PAST: i64 = 7;

/// Whether a sentence names a day long before its report came out: "in March it claimed".
fn is_past(witnesses: &Witnesses<'_>, report: u32, sentence: Span) -> bool {
    let Some(published) = witnesses.report(report).published.as_ref().and_then(|p| p.start) else {
        return false;
    };
    let times = &witnesses.annotations(report).times;
    times
        .iter()
        .filter(|t| sentence.contains(t.span))
        .any(|t| t.latest.is_some_and(|day| i64::from((published - day).get_days()) > PAST))
}

fn draft(witnesses: &Witnesses<'_>, told: &[(bool, u32, Span)]) -> Option<Draft> {
    let parted = told.iter().any(|a| told.iter().any(|b| a.0 != b.0 && a.1 != b.1));
    let &(_, report, span) = told.first().filter(|_| parted)?;
    let claims: Vec<Claim> = told
        .iter()
        .map(|&(yes, report, span)| Claim {
            value: if yes { "claimed" } else { "claimed by nobody" }.to_owned(),
            report,
            span,
            according_to: Vec::new(),
        })
        .collect();
    Some(
        Draft::new(
            (5, report, span.start),
            "outcome",
            "whether anybody has claimed it".to_owned(),
            readings(witnesses, &claims),
            "nobody has claimed it in one report, somebody has in another",
        )
        .judged("update_over_time"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_owned_up() {
        for (sentence, want) in [
            ("There was no immediate claim of responsibility.", Some(false)),
            ("No group has claimed responsibility for the fire.", Some(false)),
            ("It was not immediately clear who fired.", Some(false)),
            ("The Front of the North claimed responsibility for the blast.", Some(true)),
            ("The Front has claimed responsibility for previous blasts.", None),
            ("The mayor spoke of his responsibility.", None),
            ("The ferry sank.", None),
        ] {
            assert_eq!(claimed(sentence), want, "{sentence}");
        }
    }
}
