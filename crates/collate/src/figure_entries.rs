//! Figures as the record shows them.

use crate::days::Days;
use crate::figures::Counted;
use crate::participants::Participants;
use crate::witnesses::Witnesses;
use variorum_identity::Located;
use variorum_model::Figure;
use variorum_model::contract::{DerivedValue, FigureEntry, Interval};

/// The record's figures, in the order of `counted`; `event_ids` are the ids of the happenings.
pub(crate) fn figure_entries(
    witnesses: &Witnesses<'_>,
    participants: &mut Participants,
    counted: &[Counted],
    event_ids: &[String],
) -> Vec<FigureEntry> {
    let mut entries = Vec::new();
    for (i, f) in counted.iter().enumerate() {
        let figure = &witnesses.codings(f.report).figures[f.index as usize];
        let mut attributed_to = Vec::new();
        for &span in &figure.attributed_to {
            for actor in participants.of_phrase(witnesses, Located { report: f.report, span }) {
                attributed_to.push(format!("a{}", actor + 1));
            }
        }
        let text = &witnesses.report(f.report).text;
        entries.push(FigureEntry {
            id: format!("f{}", i + 1),
            measure: f.quantity.measure.clone(),
            of: f.quantity.of.map(|s| s.of(text).to_owned()).unwrap_or_default(),
            value: f.quantity.value,
            bound: f.quantity.bound.to_owned(),
            low: f.quantity.low,
            high: f.quantity.high,
            unit: f.quantity.unit.clone(),
            derived: f.quantity.derived.map(|d| DerivedValue {
                value: d.value,
                bound: d.bound.to_owned(),
                whole: witnesses.cite(f.report, d.whole),
            }),
            attributed_to,
            attributed_evidence: figure
                .attributed_to
                .iter()
                .map(|&s| witnesses.cite(f.report, s))
                .collect(),
            as_of: f.as_of.interval(),
            since: since(witnesses, f.report, figure),
            place: f.place.map(|p| format!("p{}", p + 1)),
            event: f.happening.map(|h| event_ids[h as usize].clone()),
            evidence: witnesses.cite(f.report, f.span),
            judged: Default::default(),
        });
    }
    entries
}

/// The days from which on a figure counts.
fn since(witnesses: &Witnesses<'_>, report: u32, figure: &Figure) -> Option<Interval> {
    let time = witnesses.annotations(report).times.get(figure.since? as usize)?;
    Days { earliest: time.earliest, latest: time.latest }.interval()
}
