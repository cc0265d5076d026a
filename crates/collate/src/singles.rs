//! What only one report says, and what rests on an unnamed source alone.

use crate::happenings::Happening;
use crate::witnesses::Witnesses;
use variorum_model::contract::Single;
use variorum_model::{EventType, Modality, Quotation, QuotationKind};

/// Happenings told by one report of several, in order. Statements and mere plans are left out:
/// every speech is somebody's alone.
pub(crate) fn of_happenings(
    witnesses: &Witnesses<'_>,
    happenings: &[Happening],
    about: &[String],
    ids: &[String],
) -> Vec<Single> {
    if witnesses.reports.len() < 2 {
        return Vec::new();
    }
    let mut found = Vec::new();
    for ((happening, about), id) in happenings.iter().zip(about).zip(ids) {
        let reports = happening.reports();
        let told = happening.tellings.iter().find(|t| {
            let coded = witnesses.told(t.report, t.event);
            coded.kind != EventType::Statement && coded.modality != Modality::Hypothetical
        });
        if let (Some(telling), 1) = (told, reports.len()) {
            let coded = witnesses.told(telling.report, telling.event);
            found.push(Single {
                about: about.clone(),
                kind: "one_report".to_owned(),
                of: Some(id.clone()),
                evidence: vec![witnesses.cite(telling.report, coded.span)],
                judged: Default::default(),
            });
        }
    }
    found
}

/// Whether what is quoted says something: words in quotation marks do, and a clause with its verb. What
/// somebody discussed or gave ("the latest developments", "the toll") is not what he said of it.
fn says_something(witnesses: &Witnesses<'_>, report: u32, quotation: &Quotation) -> bool {
    let clauses = &witnesses.codings(report).clauses;
    let from = clauses.partition_point(|c| c.verb.start < quotation.span.start);
    quotation.kind != QuotationKind::Indirect
        || clauses.get(from).is_some_and(|c| quotation.span.contains(c.verb))
}

/// Words whose only source is unnamed.
pub(crate) fn of_unnamed_sources(witnesses: &Witnesses<'_>) -> Vec<Single> {
    let mut found = Vec::new();
    for report in 0..witnesses.reports.len() as u32 {
        let text = &witnesses.report(report).text;
        for quotation in &witnesses.annotations(report).quotations {
            let Some(source) = quotation.source.filter(|_| quotation.anonymous) else { continue };
            if !says_something(witnesses, report, quotation) {
                continue;
            }
            found.push(Single {
                about: format!("according to {}", source.of(text)),
                kind: "unnamed_source".to_owned(),
                of: None,
                evidence: vec![
                    witnesses.cite(report, quotation.span),
                    witnesses.cite(report, source),
                ],
                judged: Default::default(),
            });
        }
    }
    found
}
