//! Differences that were judged one, and those that follow from judgements on happenings.

use super::matching::overlap;
use super::references;
use crate::ledger::Lineages;
use variorum_model::contract::{Citation, Conflict, Event, Judged, Reading, Record};

/// Makes the second of two differences part of the first: sides that read the same become one.
pub(super) fn merge(record: &mut Record, pair: (usize, usize)) -> bool {
    let other = record.conflicts.remove(pair.1);
    let at = if pair.1 < pair.0 { pair.0 - 1 } else { pair.0 };
    let lineages = Lineages::of(record);
    let conflict = &mut record.conflicts[at];
    for reading in other.readings {
        let Some(same) = conflict.readings.iter_mut().find(|r| r.value == reading.value) else {
            conflict.readings.push(reading);
            continue;
        };
        for (list, more) in
            [(&mut same.reports, reading.reports), (&mut same.according_to, reading.according_to)]
        {
            let new: Vec<String> = more.into_iter().filter(|id| !list.contains(id)).collect();
            list.extend(new);
        }
        same.evidence.extend(reading.evidence);
        same.evidence.sort();
        same.evidence.dedup();
        same.independent_sources = lineages.independent(&same.reports);
    }
    conflict.event = conflict.event.take().or(other.event);
    conflict.judged.judgements.extend(other.judged.judgements);
    true
}

/// Adds the difference over the days of a happening whose tellings date it apart, unless there is one.
pub(super) fn over_dates(record: &mut Record, event: &Event, reason: &str) {
    let of_event = |c: &Conflict| c.kind == "date" && c.event.as_ref() == Some(&event.id);
    let dates = crate::ledger::datings(event, &Lineages::of(record));
    let told: Vec<_> = dates.into_iter().filter(|d| !d.evidence.is_empty()).collect();
    let apart = told.iter().any(|a| {
        told.iter().any(|b| match (&a.time.latest, &b.time.earliest) {
            (Some(last), Some(first)) => last < first,
            _ => false,
        })
    });
    if !apart || record.conflicts.iter().any(of_event) {
        return;
    }
    let readings = told
        .into_iter()
        .map(|d| Reading {
            value: days(d.time.earliest.as_deref(), d.time.latest.as_deref()),
            reports: d.reports,
            independent_sources: d.independent_sources,
            according_to: Vec::new(),
            evidence: d.evidence,
        })
        .collect();
    record.conflicts.push(Conflict {
        id: references::next_id('c', record.conflicts.iter().map(|c| c.id.as_str())),
        kind: "date".to_owned(),
        about: format!("day: {}", event.summary),
        event: Some(event.id.clone()),
        verdict: "conflict".to_owned(),
        readings,
        reason: reason.to_owned(),
        judged: Judged::default(),
    });
}

fn days(earliest: Option<&str>, latest: Option<&str>) -> String {
    match (earliest, latest) {
        (Some(a), Some(b)) if a == b => a.to_owned(),
        (a, b) => format!("{} to {}", a.unwrap_or("…"), b.unwrap_or("…")),
    }
}

/// After a happening was taken apart: a side that only the tellings taken out read is no side any more. Where
/// all are of one part, the difference is of that part; where fewer than two are left, there is none.
pub(super) fn part(record: &mut Record, events: (&str, &str), moved: &[Citation]) {
    let gone =
        |reading: &Reading| reading.evidence.iter().all(|e| moved.iter().any(|m| overlap(m, e)));
    record.conflicts.retain_mut(|conflict| {
        if conflict.event.as_deref() != Some(events.0) {
            return true;
        }
        let count = conflict.readings.iter().filter(|r| gone(r)).count();
        if count == conflict.readings.len() {
            conflict.event = Some(events.1.to_owned());
            return true;
        }
        conflict.readings.retain(|r| !gone(r));
        count == 0 || conflict.readings.len() > 1
    });
}
