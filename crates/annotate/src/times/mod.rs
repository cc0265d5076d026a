//! Time expressions after TimeML's TIMEX3, with the days they span.
//!
//! Expressions are found in the words of each stretch of text by rules, longest first, and then
//! anchored: to what they say themselves, to the day of publication, or to a day that the text told
//! before. What no anchor reaches stays open (`XXXX-WXX-1`); the day of publication is never put in
//! its place. Method: Annotation Guidelines for TimeML 1.2.1 (Saurí et al. 2006).

mod absolute;
mod calendar;
mod clock;
mod conversion;
mod feasts;
mod foreign;
mod lengths;
mod lexicon;
mod meaning;
mod periods;
mod relative;
mod resolve;
mod tense;

use crate::reading::{Reading, Stretch};
use crate::words::{Word, words};
use jiff::civil::Date;
use lexicon::{joined, look_up, lower};
use meaning::{Found, From, Meaning};
use resolve::{Anchors, resolve};
use variorum_model::{Published, Span, TimeExpression, TimeKind};

/// Blocks after which a time that the text told is too far back to count from.
const TOLD_REACH: usize = 2;

/// The time expressions of a report, in text order.
pub(crate) fn times(reading: &Reading<'_>) -> Vec<TimeExpression> {
    let mut out = Vec::new();
    let published = reading.report.published.as_ref().and_then(written_days);
    let mut anchors =
        Anchors { written: published, basis: "publication", told: None, quarter: None };
    let mut told_in = 0;
    for (index, stretch) in reading.stretches.iter().enumerate() {
        if index > told_in + TOLD_REACH {
            anchors.told = None;
        }
        let before = out.len();
        let list = words(&reading.report.text, stretch.span);
        read_stretch(reading, &list, &mut anchors, &mut out);
        if out.len() > before {
            told_in = index;
        }
        if anchors.written.is_none()
            && let Some(day) = leading_day(index, stretch, &out[before..])
        {
            anchors.written = Some((Some(day), Some(day)));
            anchors.basis = "dateline";
            // What the stretch itself says is read again from its own date
            out.truncate(before);
            read_stretch(reading, &list, &mut anchors, &mut out);
        }
        if let Some(day) = date_line(&reading.report.text, stretch, &out[before..]) {
            anchors = Anchors::of_days(day, day, "narrative");
        }
    }
    out
}

/// The bounds of publication that may be counted from: none where there are none, nor for the first
/// day of computers' time, which stands for an unset field.
fn written_days(published: &Published) -> Option<(Option<Date>, Option<Date>)> {
    let unset = |d: Date| d.year() <= 1970 && d.day_of_year() == 1 || d.year() < 1500;
    if published.start.is_some_and(unset) || published.end.is_some_and(unset) {
        return None;
    }
    (published.start.is_some() || published.end.is_some())
        .then_some((published.start, published.end))
}

/// The full date with which the first block opens ("Tuesday 20 September 2016 - …"): the day of
/// writing where no other is known.
fn leading_day(index: usize, stretch: &Stretch, found: &[TimeExpression]) -> Option<Date> {
    let first = found
        .first()
        .filter(|t| index <= 1 && stretch.kind.is_some() && t.span.start == stretch.span.start)?;
    first.earliest.filter(|d| first.anchor == "absolute" && first.latest == Some(*d))
}

/// The day of a stretch that holds a full date and nothing else, as heads the entries of a chronicle.
fn date_line(text: &str, stretch: &Stretch, found: &[TimeExpression]) -> Option<Date> {
    let [only] = found else { return None };
    let rest = stretch.span.len() - only.span.len();
    let day = only.earliest.filter(|d| only.latest == Some(*d) && only.anchor == "absolute")?;
    let bare = rest <= 2
        && stretch.span.of(text).chars().filter(|c| c.is_alphanumeric()).count()
            == only.span.of(text).chars().filter(|c| c.is_alphanumeric()).count();
    bare.then_some(day)
}

fn read_stretch(
    reading: &Reading<'_>,
    list: &[Word<'_>],
    anchors: &mut Anchors,
    out: &mut Vec<TimeExpression>,
) {
    let mut at = 0;
    let mut further = None;
    while at < list.len() {
        let Some(found) = further.take().or_else(|| expression(list, at)) else {
            at += 1;
            continue;
        };
        further = absolute::day_after_range(list, found.end, &found.meaning);
        let span = list[found.start].span.join(list[found.end - 1].span);
        let sentence = reading.sentence_at(span.from());
        let tense = tense::tense(reading, sentence, span);
        if is_told_soon(&found, tense) {
            at = found.end;
            continue;
        }
        let resolution = resolve(&found, anchors, tense);
        remember(anchors, &found.meaning, &resolution);
        out.push(TimeExpression {
            span,
            kind: resolution.kind,
            value: resolution.value,
            earliest: resolution.earliest,
            latest: resolution.latest,
            anchor: resolution.anchor,
            rule: found.rule,
            confidence: resolution.confidence,
        });
        at = found.end;
    }
}

/// "soon became": soon after what was told before, not soon after now.
fn is_told_soon(found: &Found, tense: tense::Tense) -> bool {
    found.end == found.start + 1
        && found.meaning == Meaning::Reference("FUTURE_REF")
        && tense == tense::Tense::Past
}

/// Keeps what later expressions count from. What is only held against what was told ("a year
/// earlier", "the year-ago quarter") is not told itself.
fn remember(anchors: &mut Anchors, meaning: &Meaning, resolution: &resolve::Resolution) {
    let compared = match meaning {
        Meaning::Shift { unit, count, .. } => *unit == "Y" && *count == -1,
        Meaning::Period { back, year, .. } => *back > 0 || year.is_some(),
        _ => false,
    };
    if compared {
        return;
    }
    if let Meaning::Duration(length) | Meaning::Stretch { value: length, .. } = meaning
        && matches!(length.as_str(), "P6M" | "P9M" | "P1Y")
    {
        anchors.quarter = None;
    }
    let dated = matches!(resolution.kind, TimeKind::Date | TimeKind::Time);
    if let (true, Some(a), Some(b)) = (dated, resolution.earliest, resolution.latest) {
        anchors.told = Some((a, b));
        // A quarter that is not over is foretold, not reported on
        let over = anchors.written.and_then(|w| w.1).is_none_or(|w| b < w);
        if let (true, Some((year, quarter))) = (over, resolution.value.split_once("-Q")) {
            anchors.quarter = year.parse().ok().zip(quarter.parse().ok());
        }
    }
}

/// The longest expression that begins at word `at`, with clock time and part of day.
fn expression(words: &[Word<'_>], at: usize) -> Option<Found> {
    if !could_begin(&words[at]) {
        return None;
    }
    let mut best = core(words, at).map(|found| with_suffixes(words, found));
    for found in
        [clock_led(words, at), part_led(words, at), modified(words, at)].into_iter().flatten()
    {
        if best.as_ref().is_none_or(|b| found.end > b.end) {
            best = Some(found);
        }
    }
    best
}

/// Whether any expression can begin with this word; marks other than apostrophes begin none.
fn could_begin(word: &Word<'_>) -> bool {
    word.is_word() || word.is_number() || matches!(word.lower.as_str(), "'" | "‘" | "’")
}

fn core(words: &[Word<'_>], at: usize) -> Option<Found> {
    let candidates =
        [absolute::absolute(words, at), relative::relative(words, at), lengths::length(words, at)];
    let best = candidates.into_iter().flatten().reduce(|a, b| if b.end > a.end { b } else { a })?;
    // "Easter week"
    let week = matches!(best.meaning, Meaning::Holiday { .. }) && lower(words, best.end) == "week";
    Some(match week {
        true => {
            let meaning = Meaning::WeekOf(Box::new(best.meaning));
            Found::new(best.start, best.end + 1, meaning, "week_of")
        }
        false => best,
    })
}

fn is_day(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Day { .. }
        | Meaning::Weekday { .. }
        | Meaning::Holiday { .. }
        | Meaning::Foreign { day: Some(_), .. }
        | Meaning::Beside { .. }
        | Meaning::EitherDay(..) => true,
        Meaning::Unit { unit, .. } | Meaning::Same { unit } | Meaning::Shift { unit, .. } => {
            *unit == "D"
        }
        _ => false,
    }
}

/// Adds "evening", "at 9 a.m." and the like to a day.
fn with_suffixes(words: &[Word<'_>], mut found: Found) -> Found {
    if !is_day(&found.meaning) || found.part.is_some() {
        return found;
    }
    let early = usize::from(matches!(lower(words, found.end), "early" | "late"));
    if let Some(part) = look_up("part", lower(words, found.end + early)) {
        found.part = Some(part);
        found.end += 1 + early;
    }
    let comma = usize::from(lower(words, found.end) == ",");
    let at = comma + usize::from(matches!(lower(words, found.end + comma), "at" | "around" | "by"));
    if (at > comma || comma == 0)
        && let Some((clock, end)) = clock::clock(words, found.end + at)
    {
        found.clock = Some(clock);
        found.end = end;
    }
    found
}

/// "10 p.m. Wednesday", "midnight (2200 GMT) on December 30", "around 7:15 p.m.".
fn clock_led(words: &[Word<'_>], at: usize) -> Option<Found> {
    let (clock, end) = clock::clock(words, at)?;
    let comma = usize::from(lower(words, end) == ",");
    let on = comma + usize::from(matches!(lower(words, end + comma), "on" | "of"));
    if end + on < words.len()
        && let Some(day) = core(words, end + on).filter(|f| is_day(&f.meaning))
    {
        let day = with_part(words, day);
        return Some(Found { start: at, clock: Some(clock), part: None, rule: "clock", ..day });
    }
    // "High Noon" and "a midnight raid" tell no time
    let before = at.checked_sub(1).map_or("", |b| lower(words, b));
    let named = !words[at].is_number();
    if named && look_up("clock_lead", before).is_none() {
        return None;
    }
    let found = Found::new(at, end, Meaning::ClockOnly, "clock");
    Some(Found { clock: Some(clock), ..found })
}

fn with_part(words: &[Word<'_>], mut found: Found) -> Found {
    if let Some(part) = look_up("part", lower(words, found.end)) {
        found.part = Some(part);
        found.end += 1;
    }
    found
}

/// "mid-afternoon yesterday", "the morning", "the evening of June 9", "overnight".
fn part_led(words: &[Word<'_>], at: usize) -> Option<Found> {
    let the = usize::from(lower(words, at) == "the");
    let mut i = at + the;
    if matches!(lower(words, i), "early" | "late" | "mid") {
        i += 1;
        i += usize::from(joined(words, i));
    }
    let part = look_up("part", lower(words, i))?;
    let of = usize::from(matches!(lower(words, i + 1), "of" | "on"));
    if i + 1 + of < words.len()
        && let Some(day) =
            core(words, i + 1 + of).filter(|f| is_day(&f.meaning) && f.part.is_none())
    {
        return Some(Found { start: at, part: Some(part), rule: "part_of_day", ..day });
    }
    // "dawn" and "night" without more are no dates
    let bare = the == 0 && i == at;
    let before = at.checked_sub(1).map_or("", |b| lower(words, b));
    if bare
        || !matches!(
            before,
            "in" | "during" | "into" | "through" | "by" | "until" | "of" | "at" | "on"
        )
    {
        return None;
    }
    let found = Found::new(at, i + 1, Meaning::Same { unit: "D" }, "part_of_day");
    Some(Found { part: Some(part), ..found })
}

/// "early next year", "late November", "mid-1996", "earlier this month", "the end of 1990".
fn modified(words: &[Word<'_>], at: usize) -> Option<Found> {
    let the = usize::from(matches!(lower(words, at), "the" | "by"));
    let from = match lower(words, at + the) {
        "early" | "late" => at + the + 1 + usize::from(joined(words, at + the + 1)),
        "mid" => at + the + 1 + usize::from(joined(words, at + the + 1)),
        "earlier" | "later" if the == 0 => {
            let on = usize::from(matches!(lower(words, at + 1), "on" | "in"));
            let pointed = matches!(
                lower(words, at + 1 + on),
                "this" | "that" | "today" | "yesterday" | "the" | "last"
            );
            let weekday = lexicon::weekday(words, at + 1 + on, false).is_some();
            if !pointed && !weekday {
                return None;
            }
            at + 1 + on
        }
        "end" | "beginning" | "middle" | "start" | "close"
            if lower(words, at + the + 1) == "of" =>
        {
            at + the + 2
        }
        "sometime" => at + the + 1,
        _ => return None,
    };
    if from >= words.len() || lower(words, at) == "by" {
        return None;
    }
    let inner = core(words, from)
        .or_else(|| month_of_unit(words, from))
        .filter(|f| is_calendar(&f.meaning))?;
    let inner = with_suffixes(words, inner);
    Some(Found { start: at, ..inner })
}

/// "the end of the month", "the end of the week": units with an article count as this one.
fn month_of_unit(words: &[Word<'_>], at: usize) -> Option<Found> {
    if lower(words, at) != "the" {
        return None;
    }
    let unit = look_up("unit", lower(words, at + 1)).filter(|u| lexicon::is_calendar_unit(u))?;
    let meaning = Meaning::Unit { unit, offset: 0, from: From::Writing };
    Some(Found::new(at, at + 2, meaning, "the_unit"))
}

fn is_calendar(meaning: &Meaning) -> bool {
    !matches!(
        meaning,
        Meaning::Duration(_)
            | Meaning::Set(_)
            | Meaning::Reference(_)
            | Meaning::Unplaced(_)
            | Meaning::Stretch { .. }
            | Meaning::ClockOnly
    )
}

/// Whether a time expression covers byte range `span`; quantities leave such numbers alone.
pub(crate) fn covers(times: &[TimeExpression], span: Span) -> bool {
    let after = times.partition_point(|t| t.span.end <= span.start);
    times.get(after).is_some_and(|t| t.span.overlaps(span))
}

#[cfg(test)]
mod tests;
