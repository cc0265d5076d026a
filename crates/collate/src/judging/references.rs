//! Where findings name one another by running number.

use variorum_model::contract::Record;

/// Puts `to` wherever `from` stands among actors; with `None` it goes.
fn actors(record: &mut Record, from: &str, to: Option<&str>) {
    let list = |ids: &mut Vec<String>| change(ids, from, to);
    let one = |id: &mut Option<String>| {
        if id.as_deref() == Some(from) {
            *id = to.map(str::to_owned);
        }
    };
    for event in &mut record.events {
        list(&mut event.actors);
        list(&mut event.recipients);
        for telling in &mut event.mentions {
            list(&mut telling.reported_by);
        }
    }
    for accord in &mut record.accords {
        list(&mut accord.brokers);
        list(&mut accord.parties);
        list(&mut accord.exempt);
    }
    for mandate in &mut record.mandates {
        one(&mut mandate.holder);
        one(&mut mandate.giver);
    }
    for figure in &mut record.figures {
        list(&mut figure.attributed_to);
    }
    for quotation in &mut record.quotations {
        one(&mut quotation.speaker);
    }
    for ended in &mut record.ended_counts {
        list(&mut ended.by);
    }
}

/// The same among events.
fn events(record: &mut Record, from: &str, to: Option<&str>) {
    let list = |ids: &mut Vec<String>| change(ids, from, to);
    let one = |id: &mut Option<String>| {
        if id.as_deref() == Some(from) {
            *id = to.map(str::to_owned);
        }
    };
    for accord in &mut record.accords {
        one(&mut accord.event);
        list(&mut accord.violations);
    }
    record.figures.iter_mut().for_each(|f| one(&mut f.event));
    record.conflicts.iter_mut().for_each(|c| one(&mut c.event));
    record.singles.iter_mut().for_each(|s| one(&mut s.of));
    record.stories.iter_mut().for_each(|s| list(&mut s.events));
}

/// Replaces one id in a list, which then holds each id once.
fn change(ids: &mut Vec<String>, from: &str, to: Option<&str>) {
    if !ids.iter().any(|id| id == from) {
        return;
    }
    match to {
        Some(to) if !ids.iter().any(|id| id == to) => {
            ids.iter_mut().filter(|id| *id == from).for_each(|id| to.clone_into(id));
        }
        _ => ids.retain(|id| id != from),
    }
}

pub(super) fn move_actor(record: &mut Record, from: &str, to: &str) {
    actors(record, from, Some(to));
}

pub(super) fn forget_actor(record: &mut Record, id: &str) {
    actors(record, id, None);
}

pub(super) fn move_event(record: &mut Record, from: &str, to: &str) {
    events(record, from, Some(to));
}

pub(super) fn forget_event(record: &mut Record, id: &str) {
    events(record, id, None);
}

/// An id of that letter which no finding has: one more than the highest.
pub(super) fn next_id<'i>(letter: char, ids: impl Iterator<Item = &'i str>) -> String {
    let highest = ids.filter_map(|id| id.strip_prefix(letter)?.parse::<usize>().ok()).max();
    format!("{letter}{}", highest.unwrap_or(0) + 1)
}
