//! Since when a state of things has lasted: "gripped by civil war since March 2011", "the strike began in May".

use super::{Condition, is, nations, state};
use crate::participants::country_name;
use crate::tokens::positions;
use crate::witnesses::Witnesses;
use std::ops::Range;
use variorum_model::{Span, TimeExpression, TimeKind};

/// Words between a state and the word that tells since when it lasts ("war in the north since").
const REACH: usize = 5;
/// Words before a state among which a preposition leads to it ("talks on the bitter civil war").
const LEAD: usize = 3;

/// The state whose beginning the words before a time tell, and where its word stands.
fn state_begun(before: &str) -> Option<(&'static str, Range<usize>)> {
    let lower = before.to_lowercase();
    if lower.len() != before.len() {
        return None;
    }
    let words = positions(&lower);
    let word = |i: usize| &lower[words[i].0..words[i].1];
    let of = |i: usize| state(i.checked_sub(1).map_or("", word), word(i));
    let last = words.len().checked_sub(1)?;
    // "the fighting broke out in March": the verb tells it and not the preposition.
    let verb = last.checked_sub(1)?;
    let verb = if word(verb) == "out" || word(verb) == "up" { verb.checked_sub(1)? } else { verb };
    let begins = matches!(word(last), "in" | "on" | "early" | "late") && is("begins", word(verb));
    let since = word(last) == "since";
    if !begins && !since {
        return None;
    }
    let end = if begins { verb } else { last };
    let from = end.saturating_sub(REACH + 1);
    let at = (from..end).rev().find(|&i| of(i).is_some())?;
    // "the war has raged since", "the war which began in": the state is what lasts; "the war, which he has
    // covered since" tells when somebody else's doing began.
    let between: Vec<&str> = (at + 1..end).map(word).collect();
    let verbs = between.iter().any(|w| is("lasts", w));
    let plain = |w: &&str| {
        is("lasts", w)
            || matches!(*w, "has" | "had" | "have" | "been" | "which" | "that")
            || matches!(*w, "in" | "the" | "of" | "on" | "there" | "against" | "under" | "way")
            || before[words[at].1..]
                .split(|c: char| !c.is_alphanumeric())
                .any(|own| own.starts_with(char::is_uppercase) && own.to_lowercase() == **w)
    };
    // "talks on the war began in": the talks did.
    let led = (at.saturating_sub(LEAD)..at).map(word).any(|w| {
        matches!(w, "on" | "over" | "about" | "to" | "for" | "against" | "after" | "with")
            || begins && matches!(w, "of" | "in" | "by" | "from")
    });
    let told = !led && between.iter().all(plain) && (begins || verbs || between.len() < REACH);
    let ranked = words.iter().any(|&(s, e)| is("ranks", &lower[s..e]));
    (told && !ranked).then(|| Some((of(at)?, words[at].0..words[at].1)))?
}

/// Every statement of since when a state has lasted.
pub(super) fn conditions(witnesses: &Witnesses<'_>) -> Vec<Condition> {
    witnesses.in_each(|report| {
        let annotations = witnesses.annotations(report);
        let told = |time: &TimeExpression| {
            let sentence = annotations.sentences.iter().find(|s| s.contains(time.span))?;
            condition(witnesses, report, *sentence, time)
        };
        annotations.times.iter().filter(|t| is_dated(t)).filter_map(told).collect()
    })
}

/// Whether a time is a calendar day, month or year that the report fixes.
fn is_dated(time: &TimeExpression) -> bool {
    time.kind == TimeKind::Date && time.earliest.is_some() && time.latest.is_some()
}

fn condition(
    witnesses: &Witnesses<'_>,
    report: u32,
    sentence: Span,
    time: &TimeExpression,
) -> Option<Condition> {
    let text = &witnesses.report(report).text;
    let before = Span::new(sentence.from(), time.span.from());
    // "since" may stand inside the expression.
    let words = time.span.of(text).split_whitespace().next().unwrap_or_default();
    let led = if words.eq_ignore_ascii_case("since") {
        Span::new(sentence.from(), time.span.from() + words.len())
    } else {
        before
    };
    let (class, at) = state_begun(led.of(text))?;
    // How many came to harm since then tells no beginning.
    if witnesses.annotations(report).quantities.iter().any(|q| before.contains(q.span)) {
        return None;
    }
    let nations = nations(witnesses, report, before);
    let name = nations.first().and_then(|iso| country_name(iso))?;
    let state = &text[sentence.from() + at.start..sentence.from() + at.end];
    Some(Condition {
        key: format!("{class} {:?} {:?}", time.earliest, time.latest),
        value: format!("{name}: {state} since {}", time.span.of(text).trim_start_matches("since ")),
        nations,
        report,
        span: Span::new(sentence.from(), time.span.to()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_began() {
        for (before, want) in [
            ("Mali has been gripped by civil war since", Some("war")),
            ("Mali has been gripped by a foreign-backed militancy since", Some("militancy")),
            ("The conflict in Mali, which began in", Some("conflict")),
            ("Fighting broke out in", Some("Fighting")),
            ("The siege of Gao has lasted since", Some("siege")),
            ("The worst fighting since", None),
            ("Some 300 people were killed in the war since", None),
            ("She has lived in Gao since", None),
            ("He has covered the war for a newspaper since", None),
            ("The talks on the war began in", None),
            ("The war in", None),
        ] {
            assert_eq!(state_begun(before).map(|(_, at)| &before[at]), want, "{before}");
        }
    }
}
