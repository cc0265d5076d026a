//! Human judgement over a record: rows in, rows out.
//!
//! The stages know nothing of judgements: they make the same record from the same reports. What people decided
//! is laid over it here, row by row in the order in which it was decided. A judgement names its finding by id;
//! where a later reading gave the finding another id, it is known by what it cited ([`matching`]).

mod actors;
mod conflicts;
mod events;
mod matching;
mod references;

use crate::findings::{Finding, each_list, identify};
use crate::ledger;
use jiff::Timestamp;
use std::collections::HashMap;
use variorum_model::Judgement;
use variorum_model::contract::{Citation, JudgementNote, Record, SetAside, Subject};

/// The record as people judged it. Merges and splits are applied in the order in which they were made; of
/// several accepting and rejecting judgements on one finding the last holds; what is rejected is set aside.
/// Judgements whose finding is not in the record change nothing.
pub fn judged(mut record: Record, judgements: &[Judgement]) -> Record {
    let undone = undone(judgements);
    let mut touched = false;
    for row in judgements.iter().filter(|j| j.kind != "undo") {
        let Ok(subject) = serde_json::from_value::<Subject>(row.subject.clone()) else { continue };
        let mut note = note(row);
        note.superseded_by = undone.get(&row.number).copied();
        touched |= match row.kind.as_str() {
            "merge" if note.superseded_by.is_none() => merge(&mut record, row, &subject, &note),
            "split" if note.superseded_by.is_none() => split(&mut record, row, &subject, &note),
            _ => remark(&mut record, &subject, &note),
        };
    }
    if touched {
        each_list!(record, list => settle(list));
        set_aside(&mut record);
        ledger::fill(&mut record);
    }
    record
}

/// An instant as ISO 8601, to the second.
pub fn instant(milliseconds: i64) -> String {
    let seconds = milliseconds.div_euclid(1000);
    Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |t| t.to_string())
}

/// Judgements that a later one undid, with its number. What undoes may itself be undone.
fn undone(judgements: &[Judgement]) -> HashMap<i64, i64> {
    let mut undone = HashMap::new();
    for row in judgements.iter().rev() {
        if let (Some(other), false) = (row.undoes, undone.contains_key(&row.number)) {
            undone.entry(other).or_insert(row.number);
        }
    }
    undone
}

fn note(row: &Judgement) -> JudgementNote {
    let told = |key: &str| row.value[key].as_str().unwrap_or_default().to_owned();
    JudgementNote {
        number: row.number,
        kind: row.kind.clone(),
        by: row.by.clone(),
        on: instant(row.made),
        text: told("text"),
        reason: row.reason.clone(),
        version: told("version"),
        superseded_by: None,
    }
}

/// One line that tells why two were taken for one, or apart.
fn reason(note: &JudgementNote, what: &str) -> String {
    let day = note.on.get(..10).unwrap_or(&note.on);
    let why = if note.reason.is_empty() { String::new() } else { format!(": {}", note.reason) };
    format!("judged {what} by {} on {day}{why}", note.by)
}

/// Does something with the list of findings that `kind` names.
macro_rules! of_kind {
    ($record:expr, $kind:expr, $list:ident => $do:expr) => {
        match $kind {
            "actor" => {
                let $list = &mut $record.actors;
                $do
            }
            "event" => {
                let $list = &mut $record.events;
                $do
            }
            "accord" => {
                let $list = &mut $record.accords;
                $do
            }
            "mandate" => {
                let $list = &mut $record.mandates;
                $do
            }
            "figure" => {
                let $list = &mut $record.figures;
                $do
            }
            "quotation" => {
                let $list = &mut $record.quotations;
                $do
            }
            "agreement" => {
                let $list = &mut $record.agreements;
                $do
            }
            "conflict" => {
                let $list = &mut $record.conflicts;
                $do
            }
            "framing" => {
                let $list = &mut $record.framing;
                $do
            }
            "dependence" => {
                let $list = &mut $record.dependence;
                $do
            }
            "single" => {
                let $list = &mut $record.singles;
                $do
            }
            _ => false,
        }
    };
}

/// Puts a note on the finding; whether it is there.
fn remark(record: &mut Record, subject: &Subject, note: &JudgementNote) -> bool {
    fn on<F: Finding>(list: &mut [F], subject: &Subject, note: &JudgementNote) -> bool {
        let Some(at) = matching::find(list, subject) else { return false };
        list[at].judged_mut().judgements.push(note.clone());
        true
    }
    of_kind!(record, subject.kind.as_str(), list => on(list, subject, note))
}

fn merge(record: &mut Record, row: &Judgement, subject: &Subject, note: &JudgementNote) -> bool {
    let Ok(with) = serde_json::from_value::<Subject>(row.value["with"].clone()) else {
        return remark(record, subject, note);
    };
    let done =
        with.kind == subject.kind
            && match subject.kind.as_str() {
                "actor" => pair(&record.actors, subject, &with)
                    .is_some_and(|p| actors::merge(record, p, note)),
                "event" => pair(&record.events, subject, &with)
                    .is_some_and(|p| events::merge(record, p, note)),
                "conflict" => pair(&record.conflicts, subject, &with)
                    .is_some_and(|p| conflicts::merge(record, p)),
                _ => false,
            };
    // Where they are one already, the note is all there is to add.
    remark(record, subject, note) || done
}

/// Places of two different findings.
fn pair<F: Finding>(list: &[F], a: &Subject, b: &Subject) -> Option<(usize, usize)> {
    let pair = (matching::find(list, a)?, matching::find(list, b)?);
    (pair.0 != pair.1).then_some(pair)
}

fn split(record: &mut Record, row: &Judgement, subject: &Subject, note: &JudgementNote) -> bool {
    let Ok(apart) = serde_json::from_value::<Vec<Citation>>(row.value["mentions"].clone()) else {
        return remark(record, subject, note);
    };
    let noted = remark(record, subject, note);
    match subject.kind.as_str() {
        "actor" => matching::find(&record.actors, subject)
            .is_some_and(|at| actors::split(record, at, &apart, note)),
        "event" => matching::find(&record.events, subject)
            .is_some_and(|at| events::split(record, at, &apart, note)),
        _ => false,
    };
    noted
}

/// Of several judgements that accept or reject one finding, the last holds.
fn settle<F: Finding>(list: &mut [F]) {
    for finding in list {
        let notes = &mut finding.judged_mut().judgements;
        notes.sort_by_key(|n| n.number);
        notes.dedup_by_key(|n| n.number);
        let mut later = None;
        for note in notes.iter_mut().rev() {
            if note.superseded_by.is_none() && matches!(note.kind.as_str(), "accept" | "reject") {
                note.superseded_by = later;
                later = later.or(Some(note.number));
            }
        }
    }
}

/// The judgement by which a finding is rejected, if it is.
fn rejection<F: Finding>(finding: &F) -> Option<&JudgementNote> {
    let notes = &finding.judged().judgements;
    notes.iter().find(|n| n.kind == "reject" && n.superseded_by.is_none())
}

fn set_aside(record: &mut Record) {
    let rejected = |note: &JudgementNote| note.clone();
    let gone: Vec<(String, JudgementNote)> = record
        .events
        .iter()
        .filter_map(|e| Some((e.id.clone(), rejected(rejection(e)?))))
        .collect();
    let people: Vec<String> =
        record.actors.iter().filter(|a| rejection(*a).is_some()).map(|a| a.id.clone()).collect();
    let mut aside = Vec::new();
    // What was found only about a happening that there never was goes with it.
    for (event, note) in &gone {
        let follows = JudgementNote { reason: format!("it is about {event}"), ..note.clone() };
        take(&mut record.conflicts, &mut aside, |c| {
            (c.event.as_ref() == Some(event)).then(|| follows.clone())
        });
        take(&mut record.singles, &mut aside, |s| {
            (s.of.as_ref() == Some(event)).then(|| follows.clone())
        });
    }
    each_list!(record, list => take(list, &mut aside, |f| rejection(f).cloned()));
    for (event, _) in &gone {
        references::forget_event(record, event);
    }
    for actor in &people {
        references::forget_actor(record, actor);
    }
    aside.sort_by(|a, b| (&a.on, &a.finding).cmp(&(&b.on, &b.finding)));
    record.set_aside = aside;
}

/// Moves findings with a reason out of their list.
fn take<F: Finding + serde::Serialize>(
    list: &mut Vec<F>,
    aside: &mut Vec<SetAside>,
    reason: impl Fn(&F) -> Option<JudgementNote>,
) {
    list.retain(|finding| {
        let Some(note) = reason(finding) else { return true };
        aside.push(SetAside {
            finding: finding.judged().finding.clone(),
            kind: F::KIND.to_owned(),
            about: finding.about(),
            by: note.by,
            on: note.on,
            reason: note.reason,
            was: serde_json::to_value(finding).unwrap_or_default(),
        });
        false
    });
}

/// Makes ids of findings that have none yet; those that have one keep it.
fn name_new(record: &mut Record) {
    let mut bare = record.clone();
    identify(&mut bare);
    fn adopt<F: Finding>(list: &mut [F], named: &[F]) {
        for (finding, named) in list.iter_mut().zip(named) {
            if finding.judged().finding.is_empty() {
                finding.judged_mut().finding.clone_from(&named.judged().finding);
            }
        }
    }
    adopt(&mut record.actors, &bare.actors);
    adopt(&mut record.events, &bare.events);
    adopt(&mut record.conflicts, &bare.conflicts);
}
