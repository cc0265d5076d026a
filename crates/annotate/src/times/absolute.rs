//! Dates that name a day, month, year or longer calendar span.

use super::foreign::foreign_date;
use super::lexicon::{joined, look_up, lower, month, phrase, weekday, year};
use super::meaning::{Found, Meaning, Way};
use super::periods::{
    century, decade, half_year, lone_year, period_of_year, quarter, season, spoken_year,
};
use crate::numbers::ordinal;
use crate::words::Word;
use jiff::civil::Date;

/// The longest calendar expression that begins at word `at`.
pub(super) fn absolute(words: &[Word<'_>], at: usize) -> Option<Found> {
    let rules = [
        numeric,
        month_first,
        day_first,
        day_before_range,
        holiday,
        foreign_date,
        quarter,
        period_of_year,
        half_year,
        season,
        decade,
        century,
        spoken_year,
        lone_year,
    ];
    let mut best: Option<Found> = None;
    for rule in rules {
        if let Some(found) = rule(words, at)
            && best.as_ref().is_none_or(|b| found.end > b.end)
        {
            best = Some(found);
        }
    }
    best
}

pub(super) fn small(words: &[Word<'_>], at: usize, most: u32) -> Option<u8> {
    let word = words.get(at)?;
    let value = word.integer().filter(|&v| word.lower.len() <= 2 && (1..=most).contains(&v))?;
    Some(value as u8)
}

/// A day of the month and one past its end: "9", "9th", "ninth".
pub(super) fn day_of_month(words: &[Word<'_>], at: usize) -> Option<(u8, usize)> {
    if let Some((n, end)) = ordinal(words, at) {
        return (1..=31).contains(&n).then_some((n as u8, end));
    }
    let day = small(words, at, 31)?;
    let next = words.get(at + 1);
    // "9.30", "10:35", "5%" and "5-year" are no days
    let spoilt = next.is_some_and(|w| {
        w.glued
            && (w.is_word()
                || matches!(w.lower.as_str(), "%" | "/")
                || w.lower == ":" && words.get(at + 2).is_some_and(|w| w.glued && w.is_number())
                || joined(words, at + 1) && !words.get(at + 2).is_some_and(Word::is_number))
    });
    (!spoilt).then_some((day, at + 1))
}

/// A year after a date, with or without a comma: ", 2016", "2016", "this year", "last year", "'16".
pub(super) fn year_after(words: &[Word<'_>], at: usize) -> Option<(i16, usize)> {
    let comma = usize::from(matches!(lower(words, at), "," | "of"));
    let found = year(words, at + comma)?;
    let next = words.get(at + comma + 1);
    let spoilt = next.is_some_and(|w| {
        w.glued
            && (w.lower == ":"
                || w.lower == "," && words.get(at + comma + 2).is_some_and(|w| w.glued))
    }) || joined(words, at + comma + 1)
        && words.get(at + comma + 2).is_some_and(Word::is_word);
    (!spoilt).then_some((found, at + comma + 1))
}

/// "2016-06-09", "2016/06/09", "09/06/2016", "03/04/2016", "9.6.2016".
fn numeric(words: &[Word<'_>], at: usize) -> Option<Found> {
    let first = words.get(at)?;
    if first.lower.matches('.').count() == 2 {
        let mut parts = first.lower.split('.');
        let a = parts.next()?.parse().ok()?;
        let b = parts.next()?.parse().ok()?;
        let y = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
        return dated(at, at + 1, y, b, a, true);
    }
    let mark = lower(words, at + 1);
    let separated = matches!(mark, "-" | "/" | "‑" | ".")
        && words[at + 1].glued
        && lower(words, at + 3) == mark
        && (2..=4).all(|i| words.get(at + i).is_some_and(|w| w.glued));
    if !separated {
        return None;
    }
    if let Some(y) = year(words, at) {
        let (m, d) = (small(words, at + 2, 99)?, small(words, at + 4, 99)?);
        return dated(at, at + 5, y, m, d, false);
    }
    let (a, b) = (small(words, at, 31)?, small(words, at + 2, 31)?);
    let y = year(words, at + 4)?;
    dated(at, at + 5, y, b, a, true)
}

/// A date in figures; `either` when day and month may be swapped.
fn dated(start: usize, end: usize, year: i16, month: u8, day: u8, either: bool) -> Option<Found> {
    let ordered = Date::new(year, month as i8, day as i8).ok();
    let swapped = either.then(|| Date::new(year, day as i8, month as i8).ok()).flatten();
    let meaning = match (ordered, swapped) {
        (Some(a), Some(b)) if a != b => Meaning::EitherDay(a.min(b), a.max(b)),
        (Some(d), _) | (None, Some(d)) => Meaning::Day {
            year: Some(year),
            month: d.month() as u8,
            day: d.day() as u8,
            weekday: None,
            way: Way::Open,
        },
        (None, None) => Meaning::Unplaced(format!("{year:04}-XX-XX")),
    };
    Some(Found::new(start, end, meaning, "numeric_date"))
}

/// A weekday with its comma before a date: "Thursday, ", "Tue ".
fn leading_weekday(words: &[Word<'_>], at: usize) -> (Option<u8>, usize) {
    match weekday(words, at, true) {
        Some((day, end)) => {
            let comma = usize::from(lower(words, end) == ",");
            let article = usize::from(lower(words, end + comma) == "the");
            (Some(day), end + comma + article)
        }
        None => (None, at),
    }
}

/// "June 9, 2016", "Thursday, June 9", "June 2016", "last June", "June".
fn month_first(words: &[Word<'_>], at: usize) -> Option<Found> {
    let (weekday, from) = leading_weekday(words, at);
    let (month, after) = month(words, from)?;
    let the = usize::from(lower(words, after) == "the");
    if let Some((day, end)) = day_of_month(words, after + the) {
        // "June 2016" is read below; "June 20 people" cannot be told from "June 20"
        let clocked = clock_between(words, end).unwrap_or(end);
        let (year, end) = match year_after(words, clocked) {
            Some((y, e)) => (Some(y), e),
            None => (None, end),
        };
        return Some(day_found(at, end, year, month, day, weekday));
    }
    if weekday.is_some() {
        return None;
    }
    if let Some((offset, end)) = relative_year(words, after) {
        return Some(Found::new(at, end, Meaning::MonthOf { month, offset }, "month"));
    }
    let (year, end) = match (year_after(words, after), spoken_year(words, after)) {
        (Some((y, e)), _) => (Some(y), e),
        (None, Some(Found { meaning: Meaning::Year(y), end, .. })) => (Some(y), end),
        _ => (None, after),
    };
    if year.is_none() && !stands_for_month(words, at, after) {
        return None;
    }
    let way = Way::Open;
    Some(Found::new(at, end, Meaning::Month { year, month, way }, "month"))
}

/// "June last year", "January this year": years from that of writing, and one past the end.
fn relative_year(words: &[Word<'_>], at: usize) -> Option<(i32, usize)> {
    let of = usize::from(matches!(lower(words, at), "of" | ","));
    if lower(words, at + of + 1) != "year" {
        return None;
    }
    let offset = match lower(words, at + of) {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        _ => return None,
    };
    Some((offset, at + of + 2))
}

/// In "Jun 28 11:11 2016" the clock time between day and year is stepped over.
fn clock_between(words: &[Word<'_>], at: usize) -> Option<usize> {
    let minute = lower(words, at + 1) == ":" && words.get(at).is_some_and(Word::is_number);
    let end = at + if minute && lower(words, at + 3) == ":" { 5 } else { 3 };
    (minute && year(words, end).is_some()).then_some(end)
}

/// Whether a bare month name is a month here: "May" and "March" and short forms need a word of time
/// before them.
fn stands_for_month(words: &[Word<'_>], at: usize, after: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |i| lower(words, i));
    let follows_time = look_up("month_lead", before).is_some();
    let name = lower(words, at);
    let ambiguous = look_up("month_short", name).is_some()
        || matches!(name, "may" | "march" | "april" | "june" | "august");
    if !ambiguous {
        // "January Smith" is a person, "the December talks" are not
        return true;
    }
    let next_is_name = words.get(after).is_some_and(|w| w.is_capitalised() && w.is_word());
    // "a June agreement", "the March accession"
    let attribute = matches!(before, "a" | "an" | "the" | "its" | "their" | "his" | "her")
        && words.get(after).is_some_and(|w| w.is_word() && !w.is_capitalised() && !w.glued);
    if attribute {
        return !matches!(lower(words, after), "of" | "to" | "in" | "on" | "through" | "from");
    }
    follows_time
        && (!next_is_name || !matches!(before, "to" | "of" | "by" | "before" | "after" | "from"))
}

/// "9 June 2016", "the 9th of June", "Thursday 9 June".
fn day_first(words: &[Word<'_>], at: usize) -> Option<Found> {
    let (weekday, from) = leading_weekday(words, at);
    let the = usize::from(lower(words, from) == "the" && weekday.is_none());
    let (day, after) = day_of_month(words, from + the)?;
    let of = usize::from(lower(words, after) == "of");
    let dash = usize::from(joined(words, after));
    let (month, end) = month(words, after + of + dash)?;
    if month_is_modal(words, after + of + dash) {
        return None;
    }
    let dash = usize::from(dash == 1 && joined(words, end));
    let (year, end) = match year_after(words, end + dash) {
        Some((y, e)) => (Some(y), e),
        None => (None, end),
    };
    Some(day_found(at, end, year, month, day, weekday))
}

/// "9" in "9 to 11 June", "9-11 June 2016", "9 and 11 June": the first of two days of one month.
fn day_before_range(words: &[Word<'_>], at: usize) -> Option<Found> {
    let (day, after) = day_of_month(words, at).or_else(|| Some((small(words, at, 31)?, at + 1)))?;
    let linked =
        matches!(lower(words, after), "to" | "and" | "or" | "until") || joined(words, after);
    if !linked {
        return None;
    }
    let second = day_first(words, after + 1)?;
    let Meaning::Day { year, month, day: last, .. } = second.meaning else { return None };
    let meaning = Meaning::Day { year, month, day, weekday: None, way: Way::Open };
    (day < last).then(|| Found::new(at, after, meaning, "day_range"))
}

/// "11" after "June 9" in "June 9 and 11", "June 9-11", "June 9 to 11, 2016": a further day of the
/// month that `first`, which ends at word `at`, names.
pub(super) fn day_after_range(words: &[Word<'_>], at: usize, first: &Meaning) -> Option<Found> {
    let Meaning::Day { year: None, month, day: before, way, .. } = *first else { return None };
    let linked = matches!(lower(words, at), "to" | "and" | "or" | "through") || joined(words, at);
    if !linked {
        return None;
    }
    let (day, mut end) = day_of_month(words, at + 1).filter(|(d, _)| *d > before)?;
    let year = year_after(words, end).map(|(y, e)| {
        end = e;
        y
    });
    // "June 9 and 11 people", "June 9 to 11 p.m." begin something else
    let next = words.get(end);
    let closed = next.is_none_or(|w| !w.is_number() && (!w.is_word() || is_link(&w.lower)));
    closed.then(|| {
        Found::new(at + 1, end, Meaning::Day { year, month, day, weekday: None, way }, "day_range")
    })
}

fn is_link(word: &str) -> bool {
    look_up("link", word).is_some()
}

fn month_is_modal(words: &[Word<'_>], at: usize) -> bool {
    words.get(at).is_some_and(|w| w.lower == "may" && !w.is_capitalised())
}

fn day_found(
    start: usize,
    end: usize,
    year: Option<i16>,
    month: u8,
    day: u8,
    weekday: Option<u8>,
) -> Found {
    let longest = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let impossible =
        day > longest || year.is_some_and(|y| Date::new(y, month as i8, day as i8).is_err());
    let meaning = if impossible {
        let year = year.map_or("XXXX".to_owned(), |y| format!("{y:04}"));
        Meaning::Unplaced(format!("{year}-{month:02}-XX"))
    } else {
        Meaning::Day { year, month, day, weekday, way: Way::Open }
    };
    Found::new(start, end, meaning, if impossible { "impossible_date" } else { "day" })
}

/// "Christmas Eve", "last Thanksgiving", "New Year's Day 2016".
fn holiday(words: &[Word<'_>], at: usize) -> Option<Found> {
    if !words[at].is_capitalised() {
        return None;
    }
    let (rule, end) = phrase(words, at, "holiday")?;
    let (year, end) = match year_after(words, end) {
        Some((y, e)) => (Some(y), e),
        None => (None, end),
    };
    Some(Found::new(at, end, Meaning::Holiday { rule, year, way: Way::Open }, "holiday"))
}
