//! The days and times that the reports tell, each with what it was reckoned from.

use crate::anchoring::settled;
use crate::days::Days;
use crate::witnesses::Witnesses;
use variorum_model::contract::TimeEntry;
use variorum_model::{Modality, TimeExpression, TimeKind};

/// Every time of every report that points to a day, a part of one, or a stretch up to now, in text order.
pub(crate) fn entries(witnesses: &Witnesses<'_>) -> Vec<TimeEntry> {
    let mut entries = Vec::new();
    for report in 0..witnesses.reports.len() as u32 {
        for (n, time) in witnesses.annotations(report).times.iter().enumerate() {
            if !points(time) {
                continue;
            }
            let own = Days { earliest: time.earliest, latest: time.latest };
            let other = (own.is_unknown() && !lies_ahead(witnesses, report, n))
                .then(|| settled(witnesses, report, time))
                .flatten();
            let settled_by = other.as_ref().map(|(_, by)| witnesses.ids(by.iter().copied()));
            let basis = if other.is_some() { "other_report" } else { time.anchor };
            let days = other.map_or(own, |(days, _)| days);
            entries.push(TimeEntry {
                id: format!("t{}", entries.len() + 1),
                kind: time.kind,
                value: time.value.clone(),
                days: days.interval(),
                basis: basis.to_owned(),
                settled_by: settled_by.unwrap_or_default(),
                evidence: witnesses.cite(report, time.span),
            });
        }
    }
    entries
}

fn points(time: &TimeExpression) -> bool {
    matches!(time.kind, TimeKind::Date | TimeKind::Time)
        || time.kind == TimeKind::Duration && time.rule == "recent_units"
}

/// Whether the time is that of nothing but what is still to come.
fn lies_ahead(witnesses: &Witnesses<'_>, report: u32, time: usize) -> bool {
    let events = &witnesses.codings(report).events;
    let of_time = |e: &&variorum_model::EventMention| e.time == Some(time as u32);
    let mut told = events.iter().filter(of_time).peekable();
    told.peek().is_some() && told.all(|e| matches!(e.modality, Modality::Planned))
}
