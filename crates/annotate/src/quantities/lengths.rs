//! Lengths of time and ages: "more than three weeks", "a five-year-old girl", "half an hour".
//!
//! A date is a point and no figure; how long something lasted, or how old somebody is, is one,
//! whether or not the words are part of a time expression too ("three years ago").

use super::find::{Amount, bound_before, bounded, range};
use super::lexicon::{look_up, phrase_before, phrase_from};
use crate::numbers::{Number, Sharpness, number};
use crate::words::Word;
use variorum_model::{TimeExpression, TimeKind};

/// The length of time whose number begins at word `at`, if one does; nothing before `least` is its.
pub(super) fn length(
    words: &[Word<'_>],
    at: usize,
    least: usize,
    times: &[TimeExpression],
) -> Option<Amount> {
    let (first, article) = counted(words, at, least)?;
    let span = range(words, at, first);
    let (low, high, end) = span.unwrap_or((first.value, first.value, first.end));
    let (unit, end) = unit_of_time(words, end)?;
    let repeats = words[at..end].iter().any(|w| {
        let time = times.get(times.partition_point(|t| t.span.end <= w.span.start));
        time.is_some_and(|t| t.span.overlaps(w.span) && t.kind == TimeKind::Set)
    });
    // "1400 hours" is a time of day.
    let clock = unit == "hours" && words[at].lower.len() == 4 && words[at].is_number();
    if repeats || clock {
        return None;
    }
    let (measure, end) = match old(words, end) {
        Some(after) => ("age", after),
        None => ("duration", end),
    };
    if span.is_none() && is_some_day(words, at, end) && bound_before(words, at).is_none() {
        return None;
    }
    let mut amount = Amount {
        start: at,
        number_at: at,
        end,
        value: low,
        bound: if span.is_some() { "range" } else { "exact" },
        low: span.map(|_| low),
        high: span.map(|_| high),
        unit: Some((unit, measure)),
        fraction: false,
    };
    if span.is_some() && at > least && words[at - 1].lower == "between" {
        amount.start -= 1;
    }
    bounded(words, least, first, &mut amount);
    // Without a word of bound an article counts nothing: "a year ago", "50 dollars a day".
    (!article || amount.bound != "exact").then_some(amount)
}

/// "one day it will end", "one night": some day, and no length, unless something is reckoned by it.
fn is_some_day(words: &[Word<'_>], at: usize, end: usize) -> bool {
    let reckoned = ["after", "before", "later", "earlier", "ago", "of", "apart"];
    words[at].lower == "one"
        && end == at + 2
        && matches!(&*words[at + 1].lower, "day" | "night")
        && !words.get(end).is_some_and(|w| reckoned.contains(&&*w.lower))
}

/// The number at `at`, and whether it is but an article.
fn counted(words: &[Word<'_>], at: usize, least: usize) -> Option<(Number, bool)> {
    if let Some(part) = part_of_one(words, at) {
        return Some((part, false));
    }
    if let Some(found) = number(words, at) {
        return Some((found, false));
    }
    let article = matches!(words[at].lower.as_str(), "a" | "an");
    let bounded = phrase_before(words, at, "bound_before").is_some_and(|(_, from)| from >= least);
    (article && bounded)
        .then_some((Number { value: 1.0, sharpness: Sharpness::Exact, end: at + 1 }, true))
}

/// "half an hour", "a quarter mile", "a quarter of a mile", "half-mile": the part, and where the unit
/// begins.
pub(super) fn part_of_one(words: &[Word<'_>], at: usize) -> Option<Number> {
    let is = |i: usize, list: &[&str]| words.get(i).is_some_and(|w| list.contains(&&*w.lower));
    let mut end = at;
    let (many, led) = match words.get(at)?.lower.as_str() {
        "a" | "an" | "one" => (1.0, true),
        "two" => (2.0, true),
        "three" => (3.0, true),
        _ => (1.0, false),
    };
    end += usize::from(led);
    end += usize::from(led && is(end, &["-"]) && words[end].glued);
    let part = match words.get(end)?.lower.as_str() {
        "half" => 0.5,
        "third" | "thirds" if led => 1.0 / 3.0,
        "quarter" | "quarters" if led => 0.25,
        _ => return None,
    };
    end += 1;
    let of = usize::from(is(end, &["of"]));
    let a = usize::from(is(end + of, &["a", "an"]));
    if of == 1 && a == 0 {
        return None;
    }
    end += of + a;
    end += usize::from(is(end, &["-"]) && words[end].glued);
    let measured = phrase_from(words, end, "unit").is_some_and(|((_, m), _)| m == "distance")
        || look_up("time_unit", &words.get(end)?.lower).is_some();
    measured.then_some(Number { value: many * part, sharpness: Sharpness::Exact, end })
}

/// The unit of time that begins at `at`, past a dash and a word like "full" or "consecutive".
fn unit_of_time(words: &[Word<'_>], at: usize) -> Option<(&'static str, usize)> {
    let mut at = at;
    let dash = words.get(at).is_some_and(|w| w.glued && matches!(&*w.lower, "-" | "‑" | "‐"));
    at += usize::from(dash);
    at += usize::from(words.get(at).is_some_and(|w| look_up("filler", &w.lower).is_some()));
    let unit = look_up("time_unit", &words.get(at)?.lower)?.0;
    Some((unit, at + 1))
}

/// One past "old" or "of age", where they follow.
fn old(words: &[Word<'_>], at: usize) -> Option<usize> {
    let is = |i: usize, word: &str| words.get(i).is_some_and(|w| w.lower == word);
    let dash = usize::from(is(at, "-") && words[at].glued);
    if is(at + dash, "old") || is(at + dash, "olds") {
        return Some(at + dash + 1);
    }
    (is(at, "of") && is(at + 1, "age")).then_some(at + 2)
}
