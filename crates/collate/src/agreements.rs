//! What two or more reports say alike, and how many independent lineages stand behind it.

use crate::figure_conflicts::{counts, phrase};
use crate::figures::Counted;
use crate::happenings::{Happening, coded};
use crate::witnesses::Witnesses;
use variorum_model::contract::Agreement;
use variorum_model::{EventType, Modality};

/// Happenings that two or more reports assert.
pub(crate) fn of_happenings(
    witnesses: &Witnesses<'_>,
    happenings: &[Happening],
    about: &[String],
) -> Vec<Agreement> {
    let mut found = Vec::new();
    for (happening, about) in happenings.iter().zip(about) {
        let asserting: Vec<_> = happening
            .tellings
            .iter()
            .filter(|t| {
                let coded = witnesses.told(t.report, t.event);
                coded.kind != EventType::Statement
                    && matches!(coded.modality, Modality::Actual | Modality::Ongoing)
            })
            .collect();
        let reports = witnesses.ids(asserting.iter().map(|t| t.report));
        // A lone doer on no day and at no place ("X refuses") tells too little to be agreed on.
        let parties = happening.tellings.iter().map(|t| t.actors.len() + t.recipients.len()).max();
        let told = parties > Some(1)
            || !happening.days().is_unknown()
            || happening.tellings.iter().any(|t| t.place.is_some());
        let independent = witnesses.independent(asserting.iter().map(|t| t.report));
        // A clause of no category that one lineage repeats is its wording, no agreement.
        let plain = happening.tellings.iter().all(|t| t.is_plain());
        if reports.len() < 2
            || !told
            || plain && (independent < 2 || !stands_alone(witnesses, happening))
        {
            continue;
        }
        found.push(Agreement {
            about: "it happened".to_owned(),
            value: about.clone(),
            reports,
            independent_sources: independent,
            evidence: asserting
                .iter()
                .map(|t| {
                    let coded = witnesses.told(t.report, t.event);
                    witnesses.cite(t.report, coded.span)
                })
                .collect(),
            judged: Default::default(),
        });
    }
    found
}

/// Whether the clause that stands for a happening of no category reads by itself: it begins with whoever
/// does it ("the ferry arrived"), and not with what hangs it on another ("that the ferry", "joined by").
fn stands_alone(witnesses: &Witnesses<'_>, happening: &Happening) -> bool {
    let first = &happening.tellings[0];
    let clause = coded(witnesses, first);
    let text = clause.span.of(&witnesses.report(first.report).text);
    let opens = clause.actors.iter().map(|a| a.start).min().is_some_and(|at| {
        let lead = at.checked_sub(clause.span.start).and_then(|end| text.get(..end as usize));
        lead.is_some_and(|lead| {
            lead.split_whitespace().all(|w| ["the", "a", "an"].contains(&w.to_lowercase().as_str()))
        })
    });
    opens && !text.starts_with(|c: char| !c.is_alphanumeric())
}

/// Figures that two or more reports give alike.
pub(crate) fn of_figures(
    witnesses: &Witnesses<'_>,
    groups: &[Vec<&Counted>],
    about_of: impl Fn(u32) -> (String, String),
) -> Vec<Agreement> {
    let mut found = Vec::new();
    for group in groups {
        let mut sorted = group.clone();
        sorted.sort_by(|a, b| {
            (phrase(&a.quantity), a.report, a.index).cmp(&(phrase(&b.quantity), b.report, b.index))
        });
        for same in sorted.chunk_by(|a, b| phrase(&a.quantity) == phrase(&b.quantity)) {
            let reports = witnesses.ids(same.iter().map(|f| f.report));
            let independent = witnesses.independent(same.iter().map(|f| f.report));
            if reports.len() < 2 || same[0].quantity.measure == "count" && independent < 2 {
                continue;
            }
            let about = same[0].happening.map(|h| format!(": {}", about_of(h).0));
            found.push(Agreement {
                about: format!("{}{}", counts(witnesses, same[0]), about.unwrap_or_default()),
                value: phrase(&same[0].quantity),
                reports,
                independent_sources: independent,
                evidence: same.iter().map(|f| witnesses.cite(f.report, f.span)).collect(),
                judged: Default::default(),
            });
        }
    }
    found
}
