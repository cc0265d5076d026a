//! Clauses that no category has a name for, as mentions that can be compared all the same.

use crate::word_lists::List;
use crate::wording::{is_idle, is_listed};
use variorum_model::{Clause, EventMention, EventType, MentionKind, ReadReport, Span};

/// Fewest content words of a clause that tells something by itself.
const FEWEST: usize = 3;

/// The clauses of a report that no event of it tells, in text order.
pub(crate) fn tellings(read: &ReadReport) -> Vec<EventMention> {
    let events = &read.codings.events;
    let coded = |c: &&Clause| events.iter().any(|e| e.trigger.overlaps(c.verb));
    read.codings
        .clauses
        .iter()
        .filter(|c| c.words.len() >= FEWEST && !coded(c) && tells(&read.codings.clauses, c))
        .map(|c| mention(read, c))
        .collect()
}

/// Whether a clause tells a happening: by its verb, or by a noun for one ("there were celebrations") unless
/// a clause inside it tells it by a verb ("the day brought relief as the ferry arrived").
fn tells(all: &[Clause], clause: &Clause) -> bool {
    if !is_idle(&clause.lemma) {
        return true;
    }
    let from = all.partition_point(|c| c.verb.start < clause.span.start);
    let mut inside = all[from..].iter().take_while(|c| c.verb.end <= clause.span.end);
    let told = inside.any(|c| c.words.len() >= FEWEST && !is_idle(&c.lemma));
    !told && clause.words.iter().any(|(w, _)| is_listed(w))
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
        List::Where.has(word)
    };
    places.map(|m| m.span).find(|&m| led(m))
}

#[cfg(test)]
mod tests {
    use super::*;
    use variorum_model::Modality;

    #[test]
    fn clauses_that_tell() {
        let clause = |lemma: &str, span: (usize, usize), words: &[&str]| Clause {
            span: Span::new(span.0, span.1),
            verb: Span::new(span.0, span.0 + 1),
            lemma: lemma.into(),
            modality: Modality::Actual,
            subjects: Vec::new(),
            objects: Vec::new(),
            words: words.iter().map(|w| ((*w).into(), Span::new(span.0, span.0 + 1))).collect(),
            time: None,
            reported_by: Vec::new(),
            title: false,
        };
        let sail = clause("sail", (10, 20), &["ferry", "sail", "harbour"]);
        for (lemma, words, inner, want) in [
            ("sail", vec!["ferry"], false, true),
            ("be", vec!["celebration", "square"], false, true),
            ("be", vec!["harbour", "old"], false, false),
            ("give", vec!["celebration"], true, false),
        ] {
            let outer = clause(lemma, (0, 30), &words);
            let mut all = vec![outer.clone()];
            all.extend(inner.then(|| sail.clone()));
            assert_eq!(tells(&all, &outer), want, "{lemma} {words:?}");
        }
    }
}
