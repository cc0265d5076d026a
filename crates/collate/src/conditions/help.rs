//! Who helps whom, as something that goes on: "has been sending the army rice", "gives rice to the state".
//!
//! Help that goes on has no day, and the helped are named now as a state, now as its forces, so that such
//! tellings are not one happening; that they speak of one thing shows in the states and in what is given.

use super::{Condition, nations};
use crate::participants::country_name;
use crate::witnesses::Witnesses;
use crate::wording::lexeme;
use std::collections::{BTreeMap, BTreeSet};
use variorum_model::{EventMention, EventType, Modality, Span};

/// What help that goes on consists of, by the words of its clause.
pub(super) fn conditions(witnesses: &Witnesses<'_>) -> Vec<Condition> {
    let goes_on = |e: &&EventMention| e.kind == EventType::Aid && e.modality == Modality::Ongoing;
    witnesses.in_each(|report| {
        let events = witnesses.codings(report).events.iter().filter(goes_on);
        events.flat_map(|event| told(witnesses, report, event)).collect()
    })
}

/// One statement for each helper, helped state and sort of help.
fn told(witnesses: &Witnesses<'_>, report: u32, event: &EventMention) -> Vec<Condition> {
    let of = |list: &[Span]| -> BTreeSet<String> {
        list.iter().flat_map(|&s| nations(witnesses, report, s)).collect()
    };
    let (helpers, helped) = (of(&event.actors), of(&event.recipients));
    let gifts = gifts(witnesses, report, event);
    let mut found = Vec::new();
    for helper in &helpers {
        for one in helped.iter().filter(|h| *h != helper) {
            let (Some(a), Some(b)) = (country_name(helper), country_name(one)) else { continue };
            for (sense, word) in &gifts {
                found.push(Condition {
                    key: format!("{helper} {one} {sense}"),
                    nations: BTreeSet::new(),
                    value: format!("{a} helps {b}: {word}"),
                    report,
                    span: event.span,
                });
            }
        }
    }
    found
}

/// What is given: the words of the act that are no names and no verb, by their sense.
fn gifts(witnesses: &Witnesses<'_>, report: u32, event: &EventMention) -> BTreeMap<String, String> {
    let annotations = witnesses.annotations(report);
    let clauses = &witnesses.codings(report).clauses;
    let words = clauses.iter().filter(|c| event.span.contains(c.verb)).flat_map(|c| {
        c.words.iter().filter(move |(_, at)| !at.overlaps(c.verb) && event.trigger.overlaps(*at))
    });
    let named = |at: Span| annotations.mentions.iter().any(|m| m.span.overlaps(at));
    let plain = words.filter(|(_, at)| !named(*at));
    let lower = plain.map(|(word, _)| word.to_lowercase().to_string());
    let mut given: BTreeMap<String, String> =
        lower.map(|word| (lexeme(&word).to_owned(), word)).collect();
    // "Medical help": what it consists of says more.
    if given.len() > 1 {
        given.remove(lexeme("help"));
    }
    given
}
