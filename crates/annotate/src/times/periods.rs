//! Calendar spans longer than a month: quarters, halves, seasons, years, decades, centuries.

use super::absolute::{small, year_after};
use super::lexicon::{joined, look_up, lower, year};
use super::meaning::{Found, Meaning, Way};
use crate::numbers::{ordinal, spoken_below_hundred};
use crate::words::Word;

/// "the third quarter of 1990", "the 1989 second quarter", "2016-Q3", "Q3 2016", "third-quarter".
pub(super) fn quarter(words: &[Word<'_>], at: usize) -> Option<Found> {
    let mut i = at + usize::from(lower(words, at) == "the");
    let mut year_of = None;
    let mut offset = 0;
    if let Some(y) = year(words, i) {
        year_of = Some(y);
        i += 1;
    } else if matches!(lower(words, i), "year-earlier" | "year-ago") {
        i += 1;
    }
    if lower(words, i) == "year"
        && joined(words, i + 1)
        && matches!(lower(words, i + 2), "earlier" | "ago")
    {
        offset = -1;
        i += 3;
    }
    i += usize::from(lower(words, i) == "fiscal");
    i += usize::from(i > at && joined(words, i));
    if lower(words, i) == "q"
        && words.get(i + 1).is_some_and(|w| w.glued)
        && let Some(q) = small(words, i + 1, 4)
    {
        let (y, end) = year_after(words, i + 2).map_or((year_of, i + 2), |(y, e)| (Some(y), e));
        return Some(Found::new(
            at,
            end,
            Meaning::Quarter { year: y, quarter: q, offset },
            "quarter",
        ));
    }
    let (n, after) = ordinal(words, i)?;
    let dash = usize::from(joined(words, after));
    let is_quarter = lower(words, after + dash) == "quarter" && (1..=4).contains(&n);
    if !is_quarter {
        return None;
    }
    let mut end = after + dash + 1;
    if let Some((y, e)) = year_after(words, end) {
        (year_of, end) = (Some(y), e);
    }
    // "the second quarter of the match" is no date, but "of the year" may follow
    let of_other = lower(words, end) == "of"
        && lower(words, end + 1) == "the"
        && !matches!(lower(words, end + 2), "year" | "fiscal");
    (!of_other).then(|| {
        Found::new(at, end, Meaning::Quarter { year: year_of, quarter: n as u8, offset }, "quarter")
    })
}

/// "the 2015 period", "the 2015 quarter": that of a year which the one reported on is held against.
pub(super) fn period_of_year(words: &[Word<'_>], at: usize) -> Option<Found> {
    let i = at + usize::from(lower(words, at) == "the");
    let year = year(words, i)?;
    let dash = usize::from(joined(words, i + 1));
    matches!(lower(words, i + 1 + dash), "period" | "quarter").then(|| {
        let meaning = Meaning::Period { back: 0, year: Some(year), closes: None };
        Found::new(at, i + 2 + dash, meaning, "period_of_year")
    })
}

/// "the first half of 2016", "the second half of the year".
pub(super) fn half_year(words: &[Word<'_>], at: usize) -> Option<Found> {
    let i = at + usize::from(lower(words, at) == "the");
    let half = match lower(words, i) {
        "first" => 1,
        "second" | "last" | "latter" => 2,
        _ => return None,
    };
    // "the first two quarters of 1990", "the last six months of 1990"
    let half_told = matches!(
        (lower(words, i + 1), lower(words, i + 2), lower(words, i + 3)),
        ("two", "quarters", "of") | ("six" | "6", "months", "of")
    );
    if half_told && lower(words, i) != "latter" {
        let y = year(words, i + 4)?;
        return Some(Found::new(at, i + 5, Meaning::Half { year: Some(y), half }, "half"));
    }
    if lower(words, i + 1) != "half" || lower(words, i + 2) != "of" {
        return None;
    }
    if let Some(y) = year(words, i + 3) {
        return Some(Found::new(at, i + 4, Meaning::Half { year: Some(y), half }, "half"));
    }
    let of_year = matches!(lower(words, i + 3), "the" | "this") && lower(words, i + 4) == "year";
    of_year.then(|| Found::new(at, i + 5, Meaning::Half { year: None, half }, "half"))
}

/// "summer 2016", "the winter of 1994", "this fall", "last spring", "this past spring".
pub(super) fn season(words: &[Word<'_>], at: usize) -> Option<Found> {
    let lead = lower(words, at);
    let (mut way, mut i) = match lead {
        "last" => (Way::Back, at + 1),
        "next" | "coming" => (Way::On, at + 1),
        "this" => (Way::Here, at + 1),
        "the" | "early" | "late" => (Way::Open, at + 1),
        _ => (Way::Open, at),
    };
    if way == Way::Here && matches!(lower(words, i), "past" | "coming") {
        way = if lower(words, i) == "past" { Way::Back } else { Way::On };
        i += 1;
    }
    i += usize::from(matches!(lower(words, i), "early" | "late"));
    let season = look_up("season", lower(words, i))?;
    let spoken = || {
        let of = usize::from(lower(words, i + 1) == "of");
        let found = spoken_year(words, i + 1 + of)?;
        match found.meaning {
            Meaning::Year(y) => Some((y, found.end)),
            _ => None,
        }
    };
    let (year, end) = match year_after(words, i + 1).or_else(spoken) {
        Some((y, e)) => (Some(y), e),
        None => (None, i + 1),
    };
    // Bare "spring" and "fall" are mostly springs and falls
    let before = at.checked_sub(1).map_or("", |b| lower(words, b));
    let led = lead == "the"
        || matches!(before, "in" | "by" | "since" | "until" | "during" | "of" | "over");
    let seasonal = matches!(lower(words, i), "summer" | "winter" | "autumn");
    let named = words[i].is_capitalised() && year.is_none();
    (year.is_some() || (way != Way::Open || seasonal && led) && !named)
        .then(|| Found::new(at, end, Meaning::Season { year, season, way }, "season"))
}

/// "the 1990s", "the late 1970s", "the '80s", "the nineties".
pub(super) fn decade(words: &[Word<'_>], at: usize) -> Option<Found> {
    let mut i = at + usize::from(lower(words, at) == "the");
    if matches!(lower(words, i), "early" | "late" | "mid") {
        i += 1;
        i += usize::from(joined(words, i));
    }
    let plural =
        |i: usize| words.get(i).is_some_and(|w| w.glued && matches!(w.lower.as_str(), "s" | "'s"));
    if let Some(y) = year(words, i)
        && y % 10 == 0
        && plural(i + 1)
    {
        return Some(Found::new(at, i + 2, Meaning::Decade(y), "decade"));
    }
    if matches!(lower(words, i), "'" | "’" | "‘")
        && let Some(tens) = small(words, i + 1, 90)
        && tens % 10 == 0
        && plural(i + 2)
    {
        return Some(Found::new(at, i + 3, Meaning::Decade(1900 + i16::from(tens)), "decade"));
    }
    if i == at {
        return None;
    }
    let tens = match lower(words, i) {
        "twenties" => 20,
        "thirties" => 30,
        "forties" => 40,
        "fifties" => 50,
        "sixties" => 60,
        "seventies" => 70,
        "eighties" => 80,
        "nineties" => 90,
        _ => return None,
    };
    Some(Found::new(at, i + 1, Meaning::Decade(1900 + tens), "decade"))
}

/// "the 20th century", "the nineteenth century".
pub(super) fn century(words: &[Word<'_>], at: usize) -> Option<Found> {
    let i = at + usize::from(lower(words, at) == "the");
    let (n, after) = ordinal(words, i)?;
    let dash = usize::from(joined(words, after));
    let fits = lower(words, after + dash) == "century" && (1..=22).contains(&n);
    fits.then(|| {
        Found::new(at, after + dash + 1, Meaning::Century((n as i16 - 1) * 100), "century")
    })
}

/// "nineteen ninety-six", "the year two thousand".
pub(super) fn spoken_year(words: &[Word<'_>], at: usize) -> Option<Found> {
    if lower(words, at) == "the" && lower(words, at + 1) == "year" {
        let thousand = lower(words, at + 2) == "two" && lower(words, at + 3) == "thousand";
        return thousand.then(|| Found::new(at, at + 4, Meaning::Year(2000), "spoken_year"));
    }
    let century = match lower(words, at) {
        "eighteen" => 1800,
        "nineteen" => 1900,
        _ => return None,
    };
    let (rest, end) = spoken_below_hundred(words, at + 1)?;
    (rest >= 10).then(|| Found::new(at, end, Meaning::Year(century + rest as i16), "spoken_year"))
}

/// "2016", "fiscal 1989", "mid-1996", "early 1990", where it cannot be a count.
pub(super) fn lone_year(words: &[Word<'_>], at: usize) -> Option<Found> {
    let i = at + usize::from(lower(words, at) == "fiscal");
    let y = year(words, i).filter(|y| (1800..2100).contains(y))?;
    let next = words.get(i + 1);
    let spoilt = next.is_some_and(|w| {
        w.glued
            && (matches!(w.lower.as_str(), "%" | ":" | "/" | "s" | "'s") && w.lower != "'s"
                || w.is_word())
    });
    let counts = |w: &Word<'_>| look_up("counted", &w.lower).is_some();
    let before = at.checked_sub(1).and_then(|b| words.get(b));
    let money = before.is_some_and(|w| {
        matches!(w.lower.as_str(), "$" | "€" | "£" | "¥" | "#" | "no" | "page" | "+")
            || w.lower == "/" && words[at].glued
    });
    let dashed = before.is_some_and(|w| {
        w.glued
            && words[at].glued
            && matches!(w.lower.as_str(), "-")
            && at >= 2
            && words[at - 2].is_number()
            && year(words, at - 2).is_none()
    });
    if spoilt || money || dashed || next.is_some_and(counts) || at_clock(words, at) {
        return None;
    }
    Some(Found::new(at, i + 1, Meaning::Year(y), "year"))
}

/// "at 1900", "2000 hours" are clock times.
fn at_clock(words: &[Word<'_>], at: usize) -> bool {
    at > 0
        && lower(words, at - 1) == "at"
        && words[at].lower.ends_with('0')
        && words[at].integer().is_some_and(|y| !(1900..2000).contains(&y))
}
