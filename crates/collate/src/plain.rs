//! Clauses that no category has a name for, as mentions that can be compared all the same.

use crate::wording::{is_idle, is_listed};
use variorum_model::{Clause, EventMention, EventType, MentionKind, ReadReport, Span};

/// Fewest content words of a clause that tells something by itself.
const FEWEST: usize = 3;

/// Prepositions that say where.
const WHERE: [&str; 7] = ["in", "at", "near", "outside", "inside", "across", "to"];

/// The clauses of a report that no event of it tells, in text order.
pub(crate) fn tellings(read: &ReadReport) -> Vec<EventMention> {
    let events = &read.codings.events;
    let coded = |c: &&Clause| events.iter().any(|e| e.trigger.overlaps(c.verb));
    read.codings
        .clauses
        .iter()
        .filter(|c| c.words.len() >= FEWEST && !coded(c) && tells(c))
        .map(|c| mention(read, c))
        .collect()
}

/// Whether a clause tells a happening: by its verb, or by a noun for one ("there were celebrations").
fn tells(clause: &Clause) -> bool {
    !is_idle(&clause.lemma) || clause.words.iter().any(|(w, _)| is_listed(w))
}

fn mention(read: &ReadReport, clause: &Clause) -> EventMention {
    EventMention {
        kind: EventType::Other,
        mode: "",
        contexts: Vec::new(),
        cameo: "",
        modality: clause.modality,
        trigger: clause.verb,
        span: clause.span,
        actors: clause.subjects.clone(),
        recipients: clause.objects.clone(),
        place: place(read, clause.span),
        time: clause.time,
        reported_by: clause.reported_by.clone(),
        agenda: None,
        rule: "clause".to_owned(),
        confidence: 0.5,
    }
}

/// The first place that a preposition of place leads to.
fn place(read: &ReadReport, clause: Span) -> Option<Span> {
    let mentions = &read.annotations.mentions;
    let from = mentions.partition_point(|m| m.span.end <= clause.start);
    let places = mentions[from..]
        .iter()
        .take_while(|m| m.span.start < clause.end)
        .filter(|m| m.kind == MentionKind::Place && clause.contains(m.span));
    let led = |m: Span| {
        let before = &read.report.text[clause.from()..m.from()];
        let mut words = before.split_whitespace().rev();
        // "in the capital, X" and "in Unity State, X" are not followed: the nearest word leads.
        let nearest = words.next().unwrap_or_default();
        let word = if nearest.eq_ignore_ascii_case("the") {
            words.next().unwrap_or_default()
        } else {
            nearest
        };
        WHERE.contains(&word.to_lowercase().as_str())
    };
    places.map(|m| m.span).find(|&m| led(m))
}
