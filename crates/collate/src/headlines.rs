//! A headline that its own report has overtaken: "Ministers to meet" over "The ministers have met".

use crate::drafts::Draft;
use crate::figures::sentence_of;
use crate::happenings::{Happening, Telling, coded};
use crate::readings::{Claim, readings};
use crate::witnesses::Witnesses;
use crate::word_lists::List;
use crate::wording::{clause_at, is_idle, lexeme};
use variorum_model::{EventType, Modality, Span};

/// Sentences below the headline within which a report tells its main news.
const LEAD: usize = 3;

/// Outcomes that a headline expects and the lead under it tells as done.
pub(crate) fn conflicts<'f>(
    witnesses: &Witnesses<'_>,
    found: &'f [Happening],
    named: impl Fn(usize) -> (&'f str, &'f str),
) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for report in 0..witnesses.reports.len() as u32 {
        let Some(title) = &witnesses.report(report).title else { continue };
        let Some(span) = title.span else { continue };
        let Some(expected) = expected(span.of(&witnesses.report(report).text)) else { continue };
        let Some((h, done)) = done(witnesses, found, report, span, &expected) else { continue };
        let claim = |value: &str, span: Span| Claim {
            value: value.to_owned(),
            report,
            span,
            according_to: Vec::new(),
        };
        let claims = [claim("expected in the headline", span), claim("happened", done)];
        let (about, id) = named(h);
        drafts.push(
            Draft::new(
                (5, report, span.start),
                "outcome",
                format!("whether it has happened yet: {about}"),
                readings(witnesses, &claims),
                "the headline expects what the report under it tells as done",
            )
            .over(id)
            .judged("update_over_time"),
        );
    }
    drafts
}

/// What a headline expects.
#[derive(Debug, PartialEq, Eq)]
struct Expected {
    /// The verb.
    verb: String,
    /// The last word for who is to do it, in the singular and lower case.
    doer: String,
}

/// Letters from which a word tells something.
const TELLING: usize = 4;

/// What a headline expects: headlines tell the future by whoever does it, "to" and a verb. Where another word
/// asks for the "to" ("a plan to", "whether to") nothing is foretold.
fn expected(title: &str) -> Option<Expected> {
    let words: Vec<&str> =
        title.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).collect();
    let to = words.iter().position(|w| w.eq_ignore_ascii_case("to"))?;
    let (before, verb) = (words[..to].last()?, words.get(to + 1)?.to_lowercase());
    if is_idle(&verb) || List::Purpose.has(before) {
        return None;
    }
    let doer = telling_words(before).next()?;
    Some(Expected { verb, doer })
}

/// The words of a phrase that tell something, in the singular and lower case.
fn telling_words(phrase: &str) -> impl Iterator<Item = String> + '_ {
    let words = phrase.split(|c: char| !c.is_alphanumeric() && c != '-');
    let words = words.filter(|w| w.chars().count() >= TELLING).map(str::to_lowercase);
    words.map(|w| w.strip_suffix('s').map_or_else(|| w.clone(), str::to_owned))
}

/// The clause of the lead that tells an act of that sense as done, with the number of its happening; none
/// where the lead expects one too.
fn done(
    witnesses: &Witnesses<'_>,
    found: &[Happening],
    report: u32,
    title: Span,
    expected: &Expected,
) -> Option<(usize, Span)> {
    let head = sentence_of(witnesses, report, title);
    let of_lead = |t: &Telling| {
        let event = coded(witnesses, t);
        let at = sentence_of(witnesses, report, event.trigger);
        // The headline may be no sentence of the text.
        let below = event.trigger.start >= title.end && at <= head.max(1) + LEAD;
        let one_sense = clause_at(witnesses, report, event.trigger)
            .filter(|c| c.verb.overlaps(event.trigger))
            .is_some_and(|c| lexeme(&c.lemma) == lexeme(&expected.verb));
        t.report == report && below && one_sense
    };
    let told = found.iter().enumerate().flat_map(|(h, f)| f.tellings.iter().map(move |t| (h, t)));
    let mut told: Vec<(usize, &Telling)> = told.filter(|(_, t)| of_lead(t)).collect();
    told.sort_by_key(|(_, t)| coded(witnesses, t).trigger);
    let text = &witnesses.report(report).text;
    let is_done = |t: &Telling| {
        let event = coded(witnesses, t);
        // "Harbour tells council to meet": nothing is done yet by a verb after "to".
        let before = text[..event.trigger.from()].trim_end();
        let infinitive = before.len() < event.trigger.from() && before.ends_with(" to");
        event.modality == Modality::Actual
            && !infinitive
            && !matches!(event.kind, EventType::Statement | EventType::Other)
    };
    let open = |t: &Telling| {
        matches!(coded(witnesses, t).modality, Modality::Planned | Modality::Hypothetical)
    };
    if told.iter().any(|(_, t)| open(t)) {
        return None;
    }
    // What the first sentences tell of an earlier day is what the news goes back to.
    let news = |t: &Telling| t.days.is_unknown() || !is_past(witnesses, t);
    // "Council tells mayor to go": whoever is foretold to do it is who does it.
    let does = |t: &Telling| {
        let mut doers = coded(witnesses, t).actors.iter().flat_map(|a| telling_words(a.of(text)));
        doers.any(|w| w == expected.doer)
    };
    told.into_iter()
        .find(|(_, t)| is_done(t) && news(t) && does(t))
        .map(|(h, t)| (h, coded(witnesses, t).span))
}

/// Days before publication from which an act is no longer the news.
const PAST: i64 = 3;

fn is_past(witnesses: &Witnesses<'_>, telling: &Telling) -> bool {
    let out = witnesses.report(telling.report).published.as_ref().and_then(|p| p.start);
    match (out, telling.days.latest) {
        (Some(out), Some(day)) => i64::from((out - day).get_days()) > PAST,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_headlines_expect() {
        for (title, verb) in [
            ("Chad, Mali Ministers to Discuss Border", Some("discuss")),
            ("Mayor to open bridge", Some("open")),
            ("Ministers meet in Oslo", None),
            ("Council weighs whether to open bridge", None),
            ("A plan to open the bridge", None),
            ("To the lighthouse", None),
            ("", None),
        ] {
            assert_eq!(expected(title).map(|e| e.verb).as_deref(), verb, "{title}");
        }
        let doer = expected("Chad, Mali Ministers to Meet").map(|e| e.doer);
        assert_eq!(doer.as_deref(), Some("minister"));
    }
}
