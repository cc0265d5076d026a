//! Dates as pages write them.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use regex::Regex;
use std::sync::LazyLock;

/// A day, with the time of day and the zone if they were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Instant {
    /// The day, in the zone it was given in.
    pub(super) day: Date,
    /// ISO 8601, as exact as the source.
    pub(super) value: String,
}

/// Order of the numbers in "03/04/2016".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// Day first.
    DayFirst,
    /// Month first.
    MonthFirst,
}

static MONTH_TABLE: &str = include_str!("../../../../data/clean_months.tsv");
static MORE_MONTHS: &str = include_str!("../../../../data/clean_page_months.tsv");

static MONTHS: LazyLock<Vec<(String, i8)>> = LazyLock::new(|| {
    let rows = MONTH_TABLE.lines().chain(MORE_MONTHS.lines()).filter(|l| !l.starts_with('#'));
    rows.filter_map(|l| l.split_once('\t'))
        .flat_map(|(number, forms)| {
            let month = number.trim().parse::<i8>().unwrap_or(0);
            forms.split('|').map(move |f| (f.trim().to_owned(), month)).collect::<Vec<_>>()
        })
        .filter(|(form, month)| *month > 0 && !form.is_empty())
        .collect()
});

#[expect(clippy::unwrap_used, reason = "the patterns are constants")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap()
}

static ISO: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[^\d])((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?:[^\d]|$)"));
static COMPACT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[^\d])((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)(?:[^\d]|T\d|$)"));
static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:T|[,\s]+(?:at\s+|um\s+|kl\.?\s*|à\s+)?)(\d{1,2})[:h.](\d\d)(?::?(\d\d))?(?:[.,]\d+)?\s*([AaPp]\.?[Mm]\b)?\s*(Z|GMT|UTC|[+-]\d\d:?\d\d|[+-]\d\d\b)?",
    )
});
/// A time of day in a line of its own, with a zone or a word like "Uhr".
static TIME_LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:at |um |kl\.? ?|à )?(\d{1,2})[:.h](\d\d)(?:[:.]\d\d)?\s*([AaPp]\.?[Mm]\.?)?(?:\s+\p{L}{1,5}\.?)?\W*$",
    )
});
static CJK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"((?:19|20)\d\d)\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
});
static NUMBERS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:^|[^\d.])(\d{1,2})([./-])\s?(\d{1,2})[./-]\s?((?:19|20)\d\d)(?:[^\dA-Za-z]|$)")
});
/// Numbers with a year of two digits, which must open the text: elsewhere they are too often something
/// else.
static SHORT_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:\p{L}{2,10}\.?,?\s+){0,2}(\d{1,2})([./])(\d{1,2})[./](\d\d)(?:[^\d./A-Za-z]|$)")
});
static DAY_MONTH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^\d])(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?\s*(?:de\s+|of\s+|d'|-)?\s*(\p{L}{3,12})\.?,?\s*(?:de\s+|del\s+|-)?\s*((?:19|20)\d\d)(?:[^\d]|$)",
    )
});
static MONTH_DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\.?,?\s+((?:19|20)\d\d)(?:[^\d]|$)")
});

/// The first date in `text`, which is machine-readable or a short piece of writing.
pub(super) fn read(text: &str, order: Order) -> Option<Instant> {
    const LONGEST: usize = 300;
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text[..end].trim();
    if let Some(instant) = unix(text) {
        return Some(instant);
    }
    let numbers = |a: &str, b: &str, c: &str| -> Option<(i16, i8, i8)> {
        Some((a.parse().ok()?, b.parse().ok()?, c.parse().ok()?))
    };
    let mut found: Vec<(usize, usize, Date)> = Vec::new();
    for pattern in [&*ISO, &*CJK, &*COMPACT] {
        if let Some(c) = pattern.captures(text) {
            let day = numbers(&c[1], &c[2], &c[3]).and_then(|(y, m, d)| Date::new(y, m, d).ok());
            found.extend(
                day.map(|d| {
                    (c.get(1).map_or(0, |m| m.start()), c.get(3).map_or(0, |m| m.end()), d)
                }),
            );
        }
    }
    if let Some(c) = DAY_MONTH.captures(text) {
        let day = month_named(&c[2]).and_then(|m| named_day(&c[3], m, &c[1]));
        found.extend(
            day.map(|d| (c.get(1).map_or(0, |m| m.start()), c.get(3).map_or(0, |m| m.end()), d)),
        );
    }
    if let Some(c) = MONTH_DAY.captures(text) {
        let day = month_named(&c[1]).and_then(|m| named_day(&c[3], m, &c[2]));
        found.extend(
            day.map(|d| (c.get(1).map_or(0, |m| m.start()), c.get(3).map_or(0, |m| m.end()), d)),
        );
    }
    if let Some(c) = NUMBERS.captures(text) {
        let order = if &c[2] == "." { Order::DayFirst } else { order };
        let day = ordered(&c[1], &c[3], &c[4], order);
        found.extend(
            day.map(|d| (c.get(1).map_or(0, |m| m.start()), c.get(4).map_or(0, |m| m.end()), d)),
        );
    }
    if found.is_empty()
        && let Some(c) = SHORT_YEAR.captures(text)
    {
        let order = if &c[2] == "." { Order::DayFirst } else { order };
        let day = ordered(&c[1], &c[3], &format!("20{}", &c[4]), order);
        found.extend(
            day.map(|d| (c.get(1).map_or(0, |m| m.start()), c.get(4).map_or(0, |m| m.end()), d)),
        );
    }
    let (_, end, day) = found.into_iter().filter(|f| plausible(f.2)).min_by_key(|f| f.0)?;
    let value = clock(&text[end..]).map(|(time, zone)| {
        let at = DateTime::from_parts(day, time);
        format!("{}{zone}", at.strftime("%Y-%m-%dT%H:%M:%S"))
    });
    Some(Instant { day, value: value.unwrap_or_else(|| day.to_string()) })
}

/// A line that is a time of day, a date or both, and no more than a few words: `T14:05`, or the instant.
pub(super) fn clock_line(line: &str, order: Order) -> Option<String> {
    const LONGEST: usize = 40;
    if line.len() > LONGEST || !line.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    if let Some(instant) = read(line, order) {
        return Some(instant.value);
    }
    let c = TIME_LINE.captures(line)?;
    let mut hour: i8 = c[1].parse().ok()?;
    let minute: i8 = c[2].parse().ok()?;
    if let Some(half) = c.get(3) {
        hour = hour % 12 + if half.as_str().starts_with(['p', 'P']) { 12 } else { 0 };
    }
    let time = Time::new(hour, minute, 0, 0).ok()?;
    Some(time.strftime("T%H:%M").to_string())
}

/// Days on which a web page can have been published.
fn plausible(day: Date) -> bool {
    day.year() >= 1990 && day.year() < 2100
}

fn named_day(year: &str, month: i8, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()
}

fn ordered(a: &str, b: &str, year: &str, order: Order) -> Option<Date> {
    let (a, b): (i8, i8) = (a.parse().ok()?, b.parse().ok()?);
    let year: i16 = year.parse().ok()?;
    let (day, month) = match order {
        Order::DayFirst => (a, b),
        Order::MonthFirst => (b, a),
    };
    Date::new(year, month, day).or_else(|_| Date::new(year, day, month)).ok()
}

fn month_named(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let known = MONTHS.iter().find(|(form, _)| *form == word);
    known.map(|(_, month)| *month)
}

/// Time of day and zone that follow a date: the zone as written, `""` if none is.
fn clock(rest: &str) -> Option<(Time, String)> {
    let c = CLOCK.captures(rest)?;
    let mut hour: i8 = c[1].parse().ok()?;
    let minute: i8 = c[2].parse().ok()?;
    let second: i8 = c.get(3).and_then(|s| s.as_str().parse().ok()).unwrap_or(0);
    if let Some(half) = c.get(4) {
        let after = half.as_str().starts_with(['p', 'P']);
        hour = hour % 12 + if after { 12 } else { 0 };
    }
    let zone = match c.get(5).map(|z| z.as_str()) {
        Some("Z" | "GMT" | "UTC") => "Z".to_owned(),
        Some(z) if z.len() == 5 => format!("{}:{}", &z[..3], &z[3..]),
        Some(z) if z.len() == 3 => format!("{z}:00"),
        Some(z) => z.to_owned(),
        None => String::new(),
    };
    Some((Time::new(hour, minute, second, 0).ok()?, zone))
}

/// Seconds or milliseconds since 1970.
fn unix(text: &str) -> Option<Instant> {
    if !matches!(text.len(), 10 | 13) || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    let seconds = if text.len() == 13 { number / 1000 } else { number };
    let at = Offset::UTC.to_datetime(jiff::Timestamp::from_second(seconds).ok()?);
    let instant = Instant { day: at.date(), value: at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string() };
    Some(instant).filter(|i| plausible(i.day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_many_hands() {
        let cases = [
            ("2024-05-06T07:08:09+02:00", "2024-05-06T07:08:09+02:00"),
            ("2024-05-06T07:08:09.123Z", "2024-05-06T07:08:09Z"),
            ("2024-05-06 07:08", "2024-05-06T07:08:00"),
            ("2024/5/6", "2024-05-06"),
            ("20240506", "2024-05-06"),
            ("Mon, 06 May 2024 07:08:09 GMT", "2024-05-06T07:08:09Z"),
            ("Published: May 6, 2024, 3:30 PM", "2024-05-06T15:30:00"),
            ("6 mai 2024", "2024-05-06"),
            ("6. März 2024", "2024-03-06"),
            ("6 de mayo de 2024", "2024-05-06"),
            ("06.05.2024", "2024-05-06"),
            ("2024年5月6日", "2024-05-06"),
            ("1714979289", "2024-05-06T07:08:09Z"),
            ("31/12/2024", "2024-12-31"),
            ("Do 25.04.24", "2024-04-25"),
            ("am 26/10/13, 03:48 pm", "2013-10-26T15:48:00"),
            ("12/31/2024", "2024-12-31"),
        ];
        for (text, value) in cases {
            let read = read(text, Order::DayFirst);
            assert_eq!(read.map(|i| i.value).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn times_of_day_in_lines_of_their_own() {
        for (line, value) in [
            ("14:05", Some("T14:05")),
            ("2:05 p.m. ET", Some("T14:05")),
            ("9.30 Uhr", Some("T09:30")),
            ("4 March 2021, 14:05", Some("2021-03-04T14:05:00")),
            ("The vote ended 14:05", None),
            ("3:2 win", None),
        ] {
            assert_eq!(clock_line(line, Order::DayFirst).as_deref(), value, "{line}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for text in
            ["2024-06-31", "version 1.2.2024a", "0000-00-00", "tel. 2024 5566", "1969-01-01", ""]
        {
            assert_eq!(read(text, Order::DayFirst), None, "{text}");
        }
    }
}
