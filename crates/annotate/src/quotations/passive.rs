//! What is told in the passive, with its agent or with nobody named: "was told by Orlo that …", "is
//! expected to leave", "asked whether …".

use super::attribution::Attribution;
use super::complement::{complement, content_end};
use super::cues;
use super::phrase::Clause;
use variorum_model::Span;

/// "is expected to leave", "was described as a farce", "was told that".
pub(super) fn passive(
    clause: &Clause<'_>,
    at: usize,
    start: usize,
    lemma: &str,
) -> Option<Attribution> {
    let told = told_by(clause, at, lemma).or_else(|| by_agent(clause, at, start, lemma));
    if told.is_some() {
        return told;
    }
    let stance = cues::cue(lemma, "passive")?;
    let next = clause.word(at + 1);
    if !(next == "to" && clause.tag(at + 2) == "VB" || matches!(next, "as" | "of")) {
        return None;
    }
    let from = start.checked_sub(1).and_then(|last| clause.phrase_ending(last))?;
    let end = content_end(clause, at, at + 1);
    Some(Attribution {
        content: clause.span(from, end),
        cue: clause.span(start, at + 1),
        source: None,
        stance,
        rule: "passive",
        pronoun: false,
    })
}

/// "was told by the governor that …", "it is claimed that …": the clause is told, by the agent or by
/// nobody named.
fn told_by(clause: &Clause<'_>, at: usize, lemma: &str) -> Option<Attribution> {
    let stance = ["speech", "passive", "clause"].iter().find_map(|kind| cues::cue(lemma, kind))?;
    let that = (at + 1..clause.tokens.len().min(at + 16)).find(|&i| {
        matches!(clause.word(i), "that" | "whether")
            && clause.tokens[i].relation == "mark"
            && clause.head(clause.head(i)) == at
    })?;
    let end = content_end(clause, at, that);
    (end > that + 1).then(|| Attribution {
        content: clause.span(that, end),
        cue: clause.tokens[at].span,
        source: agent(clause, at),
        stance,
        rule: "passive",
        pronoun: false,
    })
}

/// "was first reported by the paper", "was criticised by Orlo".
fn by_agent(clause: &Clause<'_>, at: usize, start: usize, lemma: &str) -> Option<Attribution> {
    let stance = ["speech", "object"].iter().find_map(|kind| cues::cue(lemma, kind))?;
    let by = clause.child(at, &["agent"]).filter(|&i| i > at)?;
    let source = agent(clause, at)?;
    let subject = clause.child(at, &["nsubjpass"]).filter(|&i| i < start)?;
    let from = clause.phrase_ending(subject).unwrap_or(subject);
    let to = clause.subtree(subject).1.clamp(subject + 1, start);
    Some(Attribution {
        content: clause.span(from, to),
        cue: clause.span(start, by + 1),
        source: Some(source),
        stance,
        rule: "agent",
        pronoun: false,
    })
}

/// Who does what a passive verb tells ("by the ministry").
fn agent(clause: &Clause<'_>, at: usize) -> Option<Span> {
    let by = clause.child(at, &["agent"]).filter(|&i| i > at)?;
    let object = clause.child(by, &["pobj"]).filter(|&i| i > by)?;
    let (first, last) = clause.subtree(object);
    let last = (object + 1..last)
        .find(|&i| clause.word(i) == "," || matches!(clause.tag(i), "WP" | "WDT"))
        .unwrap_or(last);
    Some(clause.span(first.max(by + 1), last.max(object + 1)))
}

/// "Asked whether …", "when told that …": a participle of whom it is asked or told, not by whom.
pub(super) fn is_reduced_passive(clause: &Clause<'_>, at: usize, start: usize) -> bool {
    let opens = start == 0 || matches!(clause.word(start - 1), "when" | "if" | "," | "until");
    matches!(clause.tag(at), "VBN" | "VBD")
        && start == at
        && opens
        && clause.tokens[at].relation == "advcl"
        && clause.child(at, &["nsubj"]).is_none()
}

/// The question or news of a participle, with its agent if it has one.
pub(super) fn asked(clause: &Clause<'_>, at: usize, lemma: &str) -> Option<Attribution> {
    let stance = cues::cue(lemma, "speech")?;
    let source = agent(clause, at);
    let past = source.map_or(at, |s| clause.after(s.to()) - 1);
    let from = complement(clause, past.max(at), false).or_else(|| complement(clause, at, false))?;
    let end = content_end(clause, at, from).min(clause.subtree(at).1);
    (end > from).then(|| Attribution {
        content: clause.span(from, end),
        cue: clause.tokens[at].span,
        source,
        stance,
        rule: "participle",
        pronoun: false,
    })
}
