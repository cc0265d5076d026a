//! Happenings that were judged one, or apart.

use super::matching::overlap;
use super::{conflicts, name_new, reason, references};
use crate::ledger::{Lineages, clause};
use std::collections::HashMap;
use variorum_model::contract::{
    Actor, Citation, Event, EventTelling, Interval, JudgementNote, Record,
};

/// Modalities, the firmest first.
const FIRMNESS: [&str; 6] = ["actual", "ongoing", "planned", "alleged", "negated", "hypothetical"];

/// Makes the second of two happenings part of the first. Where the tellings date it apart, that is a conflict.
pub(super) fn merge(record: &mut Record, pair: (usize, usize), note: &JudgementNote) -> bool {
    let other = record.events.remove(pair.1);
    let at = if pair.1 < pair.0 { pair.0 - 1 } else { pair.0 };
    let order = order(record);
    let lineages = Lineages::of(record);
    let event = &mut record.events[at];
    event.mentions.extend(other.mentions.iter().cloned());
    event.mentions.sort_by_key(|t| (order.get(&t.report).copied(), t.start, t.end));
    for (list, more) in [
        (&mut event.actors, &other.actors),
        (&mut event.recipients, &other.recipients),
        (&mut event.contexts, &other.contexts),
    ] {
        let new: Vec<String> = more.iter().filter(|id| !list.contains(id)).cloned().collect();
        list.extend(new);
    }
    if event.mode.is_empty() {
        event.mode.clone_from(&other.mode);
    }
    event.merges.extend(other.merges.iter().cloned());
    event.merges.push(format!("{}: {}", other.summary, reason(note, "one")));
    event.judged.judgements.extend(other.judged.judgements.iter().cloned());
    reckon(event, &lineages);
    let event = event.clone();
    references::move_event(record, &other.id, &event.id);
    let several = event.mentions.iter().any(|t| t.report != event.mentions[0].report);
    record.singles.retain(|s| !several || s.of.as_ref() != Some(&event.id));
    conflicts::over_dates(record, &event, &reason(note, "one happening"));
    name_new(record);
    true
}

/// Makes a happening of its own of the tellings that `apart` names.
pub(super) fn split(
    record: &mut Record,
    at: usize,
    apart: &[Citation],
    note: &JudgementNote,
) -> bool {
    let id = references::next_id('e', record.events.iter().map(|e| e.id.as_str()));
    let lineages = Lineages::of(record);
    let event = &mut record.events[at];
    let moves = |t: &EventTelling| apart.iter().any(|a| overlap(a, &clause(t)));
    let (moved, left): (Vec<EventTelling>, Vec<EventTelling>) =
        event.mentions.iter().cloned().partition(moves);
    if moved.is_empty() || left.is_empty() {
        return false;
    }
    let line = reason(note, "not the same");
    let mut other = Event { id: id.clone(), mentions: moved, ..event.clone() };
    other.merges = vec![format!("{}: {line}", event.summary)];
    other.judged.finding.clear();
    other.judged.judgements = vec![note.clone()];
    event.mentions = left;
    event.merges.push(line);
    let others = [other.mentions.clone(), event.mentions.clone()];
    for (part, rest) in [(&mut other, &others[1]), (&mut *event, &others[0])] {
        let own = part.mentions.clone();
        let stays = |id: &String| takes_part(&record.actors, id, &own, rest);
        part.actors.retain(stays);
        part.recipients.retain(stays);
        let before = part.place.clone();
        reckon(part, &lineages);
        // The line ends with the place; without it, it does not.
        let name = record.places.iter().find(|p| before.as_ref() == Some(&p.id));
        let name = name.filter(|_| part.place.is_none()).map(|p| format!(", {}", p.name));
        if let Some(line) = name.and_then(|n| part.summary.strip_suffix(&n)) {
            part.summary = line.to_owned();
        }
    }
    let old = event.id.clone();
    let moved: Vec<Citation> = other.mentions.iter().map(clause).collect();
    record.events.insert(at + 1, other);
    for story in &mut record.stories {
        if let Some(at) = story.events.iter().position(|e| *e == old) {
            story.events.insert(at + 1, id.clone());
        }
    }
    for figure in &mut record.figures {
        let told = moved.iter().any(|m| overlap(m, &figure.evidence));
        if told && figure.event.as_ref() == Some(&old) {
            figure.event = Some(id.clone());
        }
    }
    conflicts::part(record, (&old, &id), &moved);
    name_new(record);
    true
}

/// Whether an actor belongs to tellings: one of them names it, or none of all does.
fn takes_part(actors: &[Actor], id: &str, own: &[EventTelling], rest: &[EventTelling]) -> bool {
    let Some(actor) = actors.iter().find(|a| a.id == id) else { return true };
    let named = |tellings: &[EventTelling]| {
        tellings.iter().any(|t| actor.mentions.iter().any(|m| overlap(m, &clause(t))))
    };
    named(own) || !named(rest)
}

/// What follows from the tellings: days, place, firmness, sources.
fn reckon(event: &mut Event, lineages: &Lineages) {
    let times = || event.mentions.iter().filter_map(|t| t.time.as_ref());
    let told = times().next().is_some();
    let earliest = times().filter_map(|t| t.earliest.clone()).min();
    let latest = times().filter_map(|t| t.latest.clone()).max();
    event.time = told.then_some(Interval { earliest, latest });
    event.place = event.mentions.iter().find_map(|t| t.place.clone());
    let rank = |m: &str| FIRMNESS.iter().position(|f| *f == m).unwrap_or(FIRMNESS.len());
    if let Some(firmest) = event.mentions.iter().map(|t| &t.modality).min_by_key(|m| rank(m)) {
        event.modality = firmest.clone();
    }
    event.independent_sources = lineages.independent(event.mentions.iter().map(|t| &t.report));
}

/// Reports by their place in the record.
fn order(record: &Record) -> HashMap<String, usize> {
    let ids = record.reports.iter().filter_map(|r| r["id"].as_str());
    ids.enumerate().map(|(n, id)| (id.to_owned(), n)).collect()
}
