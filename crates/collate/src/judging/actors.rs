//! Actors that were judged one, or apart.

use super::matching::overlap;
use super::{name_new, reason, references};
use crate::ledger::clause;
use std::collections::BTreeMap;
use variorum_model::contract::{Actor, Citation, JudgementNote, OfficeHeld, Record};

/// Makes the second of two actors part of the first.
pub(super) fn merge(record: &mut Record, pair: (usize, usize), note: &JudgementNote) -> bool {
    let other = record.actors.remove(pair.1);
    let at = if pair.1 < pair.0 { pair.0 - 1 } else { pair.0 };
    let actor = &mut record.actors[at];
    references_of(actor, &other, note);
    let id = actor.id.clone();
    references::move_actor(record, &other.id, &id);
    true
}

fn references_of(actor: &mut Actor, other: &Actor, note: &JudgementNote) {
    actor.mentions.extend(other.mentions.iter().cloned());
    actor.mentions.sort();
    actor.mentions.dedup();
    for variant in &other.variants {
        if !actor.variants.contains(variant) {
            actor.variants.push(variant.clone());
        }
    }
    for office in &other.offices {
        let same = actor.offices.iter_mut().find(|o| {
            (&o.title, &o.body, &o.standing, &o.from, &o.to)
                == (&office.title, &office.body, &office.standing, &office.from, &office.to)
        });
        match same {
            Some(known) => {
                known.evidence.extend(office.evidence.iter().cloned());
                known.evidence.sort();
                known.evidence.dedup();
            }
            None => actor.offices.push(office.clone()),
        }
    }
    actor.country = actor.country.take().or_else(|| other.country.clone());
    actor.merges.extend(other.merges.iter().cloned());
    actor.merges.push(format!("{}: {}", other.name, reason(note, "one")));
    actor.judged.judgements.extend(other.judged.judgements.iter().cloned());
}

/// Makes an actor of its own of the mentions that `apart` names.
pub(super) fn split(
    record: &mut Record,
    at: usize,
    apart: &[Citation],
    note: &JudgementNote,
) -> bool {
    let id = references::next_id('a', record.actors.iter().map(|a| a.id.as_str()));
    let actor = &mut record.actors[at];
    let moves = |m: &Citation| apart.iter().any(|a| overlap(a, m));
    let (moved, left): (Vec<Citation>, Vec<Citation>) =
        actor.mentions.iter().cloned().partition(moves);
    if moved.is_empty() || left.is_empty() {
        return false;
    }
    let (offices_left, offices_moved) = part_offices(&actor.offices, &left, &moved);
    let forms = written_forms(&moved);
    let line = reason(note, "not the same");
    let mut other = Actor {
        id: id.clone(),
        name: fullest(&forms),
        variants: forms,
        offices: offices_moved,
        merges: vec![format!("{}: {line}", actor.name)],
        mentions: moved.clone(),
        listed: None,
        ..actor.clone()
    };
    other.judged.finding.clear();
    other.judged.judgements = vec![note.clone()];
    let kept = written_forms(&left);
    actor.variants.retain(|v| kept.contains(v));
    if !kept.contains(&actor.name) {
        actor.name = fullest(&kept);
    }
    if actor.variants.is_empty() {
        actor.variants = kept;
    }
    actor.offices = offices_left;
    actor.mentions = left.clone();
    actor.merges.push(format!("{}: {line}", other.name));
    let old = actor.id.clone();
    record.actors.push(other);
    share_parts(record, (&old, &id), &left, &moved);
    name_new(record);
    true
}

/// Written forms of mentions, the most frequent first.
fn written_forms(mentions: &[Citation]) -> Vec<String> {
    let mut tally: BTreeMap<&str, usize> = BTreeMap::new();
    for mention in mentions {
        *tally.entry(mention.quote.as_str()).or_default() += 1;
    }
    let mut forms: Vec<(usize, &str)> = tally.into_iter().map(|(form, n)| (n, form)).collect();
    forms.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    forms.into_iter().map(|(_, form)| form.to_owned()).collect()
}

/// The form with most words that begin with a capital, and of those the most frequent.
fn fullest(forms: &[String]) -> String {
    let capitals = |form: &String| {
        form.split_whitespace().filter(|w| w.starts_with(char::is_uppercase)).count()
    };
    let most = forms.iter().map(capitals).max().unwrap_or(0);
    forms.iter().find(|f| capitals(f) == most).cloned().unwrap_or_default()
}

/// Offices go with the mention that stands nearest to the words that tell them.
fn part_offices(
    offices: &[OfficeHeld],
    left: &[Citation],
    moved: &[Citation],
) -> (Vec<OfficeHeld>, Vec<OfficeHeld>) {
    let distance = |words: &Citation, mentions: &[Citation]| {
        let gaps = mentions.iter().filter(|m| m.report == words.report);
        gaps.map(|m| m.start.saturating_sub(words.end).max(words.start.saturating_sub(m.end))).min()
    };
    let goes = |words: &Citation| match (distance(words, moved), distance(words, left)) {
        (Some(a), Some(b)) => a < b,
        (a, _) => a.is_some(),
    };
    let (mut stay, mut go) = (Vec::new(), Vec::new());
    for office in offices {
        let (gone, kept): (Vec<Citation>, Vec<Citation>) =
            office.evidence.iter().cloned().partition(goes);
        for (list, evidence) in [(&mut go, gone), (&mut stay, kept)] {
            if !evidence.is_empty() {
                list.push(OfficeHeld { evidence, ..office.clone() });
            }
        }
    }
    (stay, go)
}

/// Where the old actor took part, the new one does whose mention stands in the words that tell it.
fn share_parts(record: &mut Record, ids: (&str, &str), left: &[Citation], moved: &[Citation]) {
    let inside = |words: &[&Citation], mentions: &[Citation]| {
        words.iter().any(|w| mentions.iter().any(|m| overlap(w, m)))
    };
    let share = |list: &mut Vec<String>, words: &[&Citation]| {
        let Some(at) = list.iter().position(|id| id == ids.0) else { return };
        match (inside(words, moved), inside(words, left)) {
            (true, true) => list.push(ids.1.to_owned()),
            (true, false) => ids.1.clone_into(&mut list[at]),
            _ => {}
        }
    };
    let share_one = |one: &mut Option<String>, words: &[&Citation]| {
        if one.as_deref() == Some(ids.0) && inside(words, moved) && !inside(words, left) {
            *one = Some(ids.1.to_owned());
        }
    };
    for event in &mut record.events {
        let clauses: Vec<Citation> = event.mentions.iter().map(clause).collect();
        let clauses: Vec<&Citation> = clauses.iter().collect();
        share(&mut event.actors, &clauses);
        share(&mut event.recipients, &clauses);
        for telling in &mut event.mentions {
            let words: Vec<&Citation> = telling.reported_by_evidence.iter().collect();
            share(&mut telling.reported_by, &words);
        }
    }
    for accord in &mut record.accords {
        let words: Vec<&Citation> = accord.evidence.iter().collect();
        share(&mut accord.brokers, &words);
        share(&mut accord.parties, &words);
        share(&mut accord.exempt, &words);
    }
    for figure in &mut record.figures {
        let words: Vec<&Citation> = figure.attributed_evidence.iter().collect();
        share(&mut figure.attributed_to, &words);
    }
    for quotation in &mut record.quotations {
        let words: Vec<&Citation> = quotation.source.iter().collect();
        share_one(&mut quotation.speaker, &words);
    }
    for mandate in &mut record.mandates {
        share_one(&mut mandate.holder, &[&mandate.task]);
        share_one(&mut mandate.giver, &[&mandate.task]);
    }
}
