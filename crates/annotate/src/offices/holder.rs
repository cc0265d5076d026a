//! Who holds an office, by where the name stands.

use super::titles::is_rank;
use crate::reading::Line;
use variorum_model::{Mention, MentionKind, Span};

/// The holder of the office whose phrase runs from word `from` to word `to`, and the rule that says so.
pub(super) fn holder(
    line: &Line<'_>,
    mentions: &[Mention],
    from: usize,
    to: usize,
) -> Option<(Span, &'static str)> {
    let to = past_acronym(line, to);
    before_name(line, mentions, to)
        .or_else(|| name_first(line, mentions, from, to))
        .or_else(|| name_set_off(line, mentions, to))
        .or_else(|| predicate(line, mentions, from))
}

/// One past "(SNSC)" after the phrase.
fn past_acronym(line: &Line<'_>, to: usize) -> usize {
    let bracketed = line.word(to) == "(" && line.word(to + 2) == ")";
    let acronym = line.text(to + 1).chars().all(|c| c.is_uppercase() || c == '.' || c == '-');
    if bracketed && acronym { to + 3 } else { to }
}

/// The person named by words that begin at `at`.
fn person_at(line: &Line<'_>, mentions: &[Mention], at: usize) -> Option<Span> {
    let start = line.tokens.get(at)?.span.start;
    super::named_from(mentions, start).filter(|m| m.kind == MentionKind::Person).map(|m| m.span)
}

/// "Defence Minister Brigadier General Omar Haddad".
fn before_name(line: &Line<'_>, mentions: &[Mention], to: usize) -> Option<(Span, &'static str)> {
    let mut at = to;
    while at < to + 5 && person_at(line, mentions, at).is_none() && is_rank(line.word(at)) {
        at += 1;
    }
    person_at(line, mentions, at).map(|span| (span, "title_before_name"))
}

/// "Omar Haddad, secretary of the council,", "Omar Haddad, who is the secretary …".
fn name_first(
    line: &Line<'_>,
    mentions: &[Mention],
    from: usize,
    to: usize,
) -> Option<(Span, &'static str)> {
    let mut before = from.checked_sub(1)?;
    while before > 0
        && matches!(line.word(before), "the" | "a" | "an" | "his" | "her" | "its" | "their")
    {
        before -= 1;
    }
    let mark = line.word(before);
    if !matches!(mark, "," | "(" | "—" | "–") || before == 0 {
        return None;
    }
    let end = line.tokens[before - 1].span.end;
    let named = super::named_until(mentions, end).filter(|m| m.kind == MentionKind::Person)?;
    // "Ivan Petrov, Oslo mayors say": the title goes on as part of another phrase
    let goes_on = line.tag(to).starts_with("NN") || line.tag(to).starts_with("JJ");
    (!goes_on).then_some((named.span, "apposition"))
}

/// "the secretary of the council, Omar Haddad, …", "Russia's envoy for Syria – Ivan Petrov".
fn name_set_off(line: &Line<'_>, mentions: &[Mention], to: usize) -> Option<(Span, &'static str)> {
    if !matches!(line.word(to), "," | "–" | "—" | "(" | ":") {
        return None;
    }
    let mut at = to + 1;
    while at < to + 5 && person_at(line, mentions, at).is_none() && is_rank(line.word(at)) {
        at += 1;
    }
    let span = person_at(line, mentions, at)?;
    let after = line.after(span.to());
    let closed = after >= line.tokens.len()
        || matches!(line.word(after), "," | "." | ")" | "–" | "—" | ";" | ":" | "\"" | "”");
    // In a list the name after the comma is the next member
    let member = matches!(line.word(after), ",") && matches!(line.word(after + 1), "and");
    (closed && !member).then_some((span, "apposition_after"))
}

/// "Omar Haddad serves as coordinator", "Omar Haddad was appointed minister".
fn predicate(line: &Line<'_>, mentions: &[Mention], from: usize) -> Option<(Span, &'static str)> {
    let mut at = from.checked_sub(1)?;
    while at > 0
        && matches!(
            line.word(at),
            "the"
                | "a"
                | "an"
                | "as"
                | "new"
                | "its"
                | "his"
                | "her"
                | "their"
                | "to"
                | "be"
                | "also"
        )
    {
        at -= 1;
    }
    let lemma = line.tokens[at].lemma.as_str();
    let copula = matches!(
        lemma,
        "be" | "become"
            | "serve"
            | "act"
            | "remain"
            | "appoint"
            | "name"
            | "elect"
            | "work"
            | "reappoint"
            | "inaugurate"
    );
    if !copula || !line.tag(at).starts_with("VB") {
        return None;
    }
    let active_gift = matches!(lemma, "appoint" | "name" | "elect")
        && !line.tokens[..at].iter().rev().take(3).any(|t| t.lemma == "be");
    // "appointed Omar Haddad as minister" puts the name between; "appointed minister" needs the passive
    if active_gift {
        return None;
    }
    let verb = line.tokens[at].span.start;
    let before = &mentions[..mentions.partition_point(|m| m.span.end <= verb)];
    let subject = before.iter().rev().take(8).find(|m| m.kind == MentionKind::Person)?;
    let gap = at.checked_sub(line.after(subject.span.to()))?;
    let who = line.word(line.after(subject.span.to())) == "," && gap <= 5;
    (gap <= 4 || who).then_some((subject.span, "predicate"))
}
