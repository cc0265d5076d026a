//! Dates as they are written, and the publication day they state.
//!
//! [`find`] reads the first full date (day, month and year) of a text in any of the usual forms;
//! [`date_line`] decides whether a line says nothing but a date. Neither knows today's date.

use crate::table;
use jiff::civil::{Date, Weekday};
use regex::{Captures, Regex};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;
use variorum_model::{Basis, Published, Span};

static MONTHS: LazyLock<HashMap<&'static str, i8>> =
    LazyLock::new(|| numbered(include_str!("../../../data/clean_months.tsv")));
static WEEKDAYS: LazyLock<HashMap<&'static str, i8>> =
    LazyLock::new(|| numbered(include_str!("../../../data/clean_weekdays.tsv")));

fn numbered(tsv: &'static str) -> HashMap<&'static str, i8> {
    table::rows(tsv)
        .flat_map(|row| {
            let number = row[0].parse().unwrap_or(0);
            table::forms(row.get(1).copied().unwrap_or("")).map(move |form| (form, number))
        })
        .collect()
}

/// The forms of a table as a regular expression, longest first.
fn alternatives(map: &HashMap<&'static str, i8>) -> String {
    let mut forms: Vec<_> = map.keys().copied().collect();
    forms.sort_unstable_by_key(|form| (std::cmp::Reverse(form.len()), *form));
    forms.iter().map(|form| regex::escape(form)).collect::<Vec<_>>().join("|")
}

/// Month names as a regular expression group, for patterns elsewhere.
pub(crate) static MONTH_NAMES: LazyLock<String> = LazyLock::new(|| alternatives(&MONTHS));
/// Weekday names as a regular expression group, for patterns elsewhere.
pub(crate) static WEEKDAY_NAMES: LazyLock<String> = LazyLock::new(|| alternatives(&WEEKDAYS));

/// The number of a month (1 to 12) from a written form.
pub(crate) fn month(form: &str) -> Option<i8> {
    MONTHS.get(form.to_lowercase().trim_end_matches('.')).copied()
}

/// A day of the week from a written form.
pub(crate) fn weekday(form: &str) -> Option<Weekday> {
    let number = WEEKDAYS.get(form.to_lowercase().trim_end_matches('.')).copied()?;
    Weekday::from_monday_one_offset(number).ok()
}

/// `year-month-day`, then a time; month name, day, year; day, month name, year; all numbers.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    // Month names are any letters here and looked up after: a small automaton, and word bounds are
    // ASCII's, because Unicode's would make it crawl on every curly quotation mark.
    let w = &*WEEKDAY_NAMES;
    let pattern = format!(
        r"(?xi)
        (?:(?-u:\b)(?P<wd>{w})\.?,?\s{{0,3}})?
        (?:
          (?-u:\b)(?P<y1>(?:1[89]|2[01])[0-9]{{2}})(?P<sep>[-/.])(?P<m1>[0-9]{{1,2}})[-/.](?P<d1>[0-9]{{1,2}})
            (?:[T\ ](?P<h1>[0-9]{{2}}):(?P<n1>[0-9]{{2}})(?::(?P<s1>[0-9]{{2}})(?:[.,][0-9]+)?)?\ ?(?P<z1>Z|[+-][0-9]{{2}}:?[0-9]{{2}})?)?
        | (?P<m2>\p{{L}}{{3,10}})\.?[\ -]{{0,2}}(?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s{{0,3}}(?P<y2>(?:1[89]|2[01])[0-9]{{2}})(?-u:\b)
        | (?-u:\b)(?P<d3>[0-9]{{1,2}})(?:st|nd|rd|th|\.)?\s{{0,3}}[-/]?(?:of\s)?(?:de\s)?(?P<m3>\p{{L}}{{3,10}})\.?,?\s{{0,3}}[-/]?(?:de\s)?(?P<y3>(?:1[89]|2[01])[0-9]{{2}})(?-u:\b)
        | (?-u:\b)(?P<a>[0-9]{{1,2}})(?P<sep4>[/.-])(?P<b>[0-9]{{1,2}})[/.-](?P<y4>(?:1[89]|2[01])[0-9]{{2}}|[0-9]{{2}})
        )"
    );
    Regex::new(&pattern).expect("the date pattern is well formed")
});

/// A time of day, with what says in which zone.
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)\b(?P<h>\d{1,2})[:.h](?P<n>\d\d)(?::(?P<s>\d\d))?\s?(?P<half>[ap]\.?m\b\.?)?
          \s?(?P<zone>\(?(?:GMT|UTC|Z|BST|CEST|CET|EEST|EET|MSK|IRST|IST|EDT|EST|ET|CDT|CST|CT|MDT|MST|MT|PDT|PST|PT|AEST|JST)\b
              (?:\s?[+-]\s?\d{1,2}(?::?\d\d)?)?\)?)?
        | \b(?P<h2>\d{1,2})\s?(?P<half2>[ap]\.?m\b\.?)
        | \b(?:at|kl)\s(?P<h4>[0-2]\d)(?P<n4>[0-5]\d)\b",
    )
    .expect("the time pattern is well formed")
});

/// Words that stand about a date on a date line.
static ABOUT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)^(?:published|posted|updated|modified|edited|created|issued|released|uploaded|added|first|last|latest|
          date|time|of|publication|publish|release|on|at|in|the|this|article|story|was|is|local|hrs?|hours|
          issue|updated:?|print|web|online|news|edition|modification|version|upd|pub|publié|veröffentlicht|
          am|pm|le|el|um|uhr|à|reading|min|mins|minutes?|read)$",
    )
    .expect("the vocabulary pattern is well formed")
});

/// Hour, minute, second; second only where stated.
type Clock = (i8, i8, Option<i8>);

/// A date as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedDate {
    /// First day it may mean.
    pub first: Date,
    /// Last day it may mean: another day only where day and month cannot be told apart.
    pub last: Date,
    /// Hour, minute, second; second only where stated.
    pub time: Option<(i8, i8, Option<i8>)>,
    /// `Z` or `+hh:mm`, where stated so.
    pub offset: Option<String>,
    /// Where it stands in the text that was read, in bytes.
    pub range: Range<usize>,
}

impl StatedDate {
    /// ISO 8601: the day, the instant as far as stated, or `first/last`.
    pub fn value(&self) -> String {
        if self.first != self.last {
            return format!("{}/{}", self.first, self.last);
        }
        let mut value = self.first.to_string();
        if let Some((h, n, s)) = self.time {
            value.push_str(&format!("T{h:02}:{n:02}"));
            if let Some(s) = s {
                value.push_str(&format!(":{s:02}"));
            }
            value.push_str(self.offset.as_deref().unwrap_or(""));
        }
        value
    }

    /// The publication interval that this date states.
    pub fn published(&self, basis: Basis, evidence: Vec<Span>) -> Published {
        Published {
            start: Some(self.first),
            end: Some(self.last),
            value: self.value(),
            basis,
            evidence,
            steps: Vec::new(),
        }
    }
}

/// The first full date of `text`.
pub fn find(text: &str) -> Option<StatedDate> {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut from = 0;
    // A string of digits in date form may be no date (31.31.2020): try the next.
    while let Some(found) = DATE.captures_at(text, from) {
        let range = found.get(0)?.range();
        // "1.2.2024a" is a version; a capital may be the next word run into the date.
        let ends = !text[range.end..].starts_with(|c: char| c.is_lowercase() || c.is_numeric());
        if let (Some(date), true) = (read(&found, text), ends) {
            return Some(date);
        }
        from = range.start + text[range.start..].chars().next().map_or(1, char::len_utf8);
    }
    None
}

fn read(found: &Captures<'_>, text: &str) -> Option<StatedDate> {
    let number = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<i16>().ok());
    let range = found.get(0)?.range();
    let stated_weekday = found.name("wd").and_then(|m| weekday(m.as_str()));
    let one = |year: i16, month: i8, day: i16| Date::new(year, month, day as i8).ok();
    let mut days = Vec::new();
    let mut time = None;
    let mut offset = None;
    if let Some(year) = number("y1") {
        days.extend(one(year, number("m1")? as i8, number("d1")?));
        if let (Some(h), Some(n)) = (number("h1"), number("n1")) {
            time = clock(h, n, number("s1"), "");
            offset = found.name("z1").map(|z| tidy_offset(z.as_str()));
        }
    } else if let Some(year) = number("y2") {
        days.extend(one(year, month(&found["m2"])?, number("d2")?));
    } else if let Some(year) = number("y3") {
        days.extend(one(year, month(&found["m3"])?, number("d3")?));
    } else {
        let (a, b, short) = (number("a")?, number("b")?, number("y4")?);
        let year = match short {
            0..=69 => 2000 + short,
            70..=99 => 1900 + short,
            full => full,
        };
        days = either_order(a, b, year, &found["sep4"], stated_weekday, text);
    }
    let (first, last) = (*days.iter().min()?, *days.iter().max()?);
    Some(StatedDate { first, last, time, offset, range })
}

/// Day and month in numbers: decided by a number over 12, by the stated weekday, by dots (day
/// first), by an American time zone or half-day (month first); otherwise both readings stand.
fn either_order(
    a: i16,
    b: i16,
    year: i16,
    sep: &str,
    on: Option<Weekday>,
    text: &str,
) -> Vec<Date> {
    let day_first = Date::new(year, b as i8, a as i8).ok();
    let month_first = Date::new(year, a as i8, b as i8).ok();
    let (Some(d), Some(m)) = (day_first, month_first) else {
        return day_first.or(month_first).into_iter().collect();
    };
    if let Some(on) = on {
        match (d.weekday() == on, m.weekday() == on) {
            (true, false) => return vec![d],
            (false, true) => return vec![m],
            _ => {}
        }
    }
    if sep == "." {
        return vec![d];
    }
    static AMERICAN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b(?:E|C|M|P)[SD]?T\b").expect("the zone pattern is well formed")
    });
    if text.len() < 200 && AMERICAN.is_match(text) {
        return vec![m];
    }
    vec![d, m]
}

fn clock(h: i16, n: i16, s: Option<i16>, half: &str) -> Option<(i8, i8, Option<i8>)> {
    let half = half.to_lowercase();
    let h = match (h, half.starts_with('p'), half.starts_with('a')) {
        (12, false, true) => 0,
        (1..=11, true, _) => h + 12,
        _ => h,
    };
    let fits = (0..24).contains(&h) && (0..60).contains(&n) && s.is_none_or(|s| s < 60);
    fits.then_some((h as i8, n as i8, s.map(|s| s as i8)))
}

fn tidy_offset(zone: &str) -> String {
    if zone.eq_ignore_ascii_case("z") || zone.contains(':') || zone.len() != 5 {
        return zone.to_uppercase();
    }
    format!("{}:{}", &zone[..3], &zone[3..])
}

/// A line that says when the report came out and nothing else of the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateLine {
    /// The date, its time of day included where the line has one.
    pub date: StatedDate,
    /// It is the time of the last change, not of publication.
    pub updated: bool,
    /// It is labelled as a date of publication ("Published: …").
    pub labelled: bool,
    /// Words that are not about the date: an author, a place, an agency.
    pub rest: Option<String>,
}

/// Reads `line` as a date line. `None` if it holds no full date, or more than a date, its labels
/// and up to four capitalised words (who filed it, from where).
pub fn date_line(line: &str) -> Option<DateLine> {
    if line.len() > 160 {
        return None;
    }
    let mut date = find(line)?;
    let before = &line[..date.range.start];
    let after = &line[date.range.end..];
    let mut others = format!("{before} | {after}");
    if date.time.is_none()
        && let Some((time, offset, found)) = time_of_day(&others)
    {
        date.time = Some(time);
        date.offset = offset;
        others.replace_range(found, " | ");
    }
    // A second date ("Published … Updated …") says nothing of the story either.
    while let Some(second) = find(&others) {
        others.replace_range(second.range, " | ");
        if let Some((_, _, found)) = time_of_day(&others) {
            others.replace_range(found, " | ");
        }
    }
    let lower = before.to_lowercase();
    let updated = ["updat", "modif", "edited", "last change"].iter().any(|w| lower.contains(w));
    let labelled =
        ["publi", "posted", "issued", "date", "released"].iter().any(|w| lower.contains(w));
    let rest = remainder(&others)?;
    Some(DateLine { date, updated, labelled, rest })
}

fn time_of_day(text: &str) -> Option<(Clock, Option<String>, Range<usize>)> {
    let found = TIME.captures(text)?;
    let number = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<i16>().ok());
    let text_of = |name: &str| found.name(name).map(|m| m.as_str()).unwrap_or("");
    let time = if let Some(h) = number("h2") {
        clock(h, 0, None, text_of("half2"))?
    } else if let Some(h) = number("h4") {
        clock(h, number("n4")?, None, "")?
    } else {
        clock(number("h")?, number("n")?, number("s"), text_of("half"))?
    };
    let zone = text_of("zone").trim_matches(['(', ')']).to_uppercase();
    let offset = matches!(zone.as_str(), "GMT" | "UTC" | "Z").then(|| "Z".to_owned());
    Some((time, offset, found.get(0)?.range()))
}

/// What is left of a date line: `Some(None)` nothing, `Some(Some(_))` a few names, `None` prose.
fn remainder(others: &str) -> Option<Option<String>> {
    let mut kept = Vec::new();
    for word in others.split(|c: char| {
        c.is_whitespace() || matches!(c, '|' | ',' | '/' | '·' | '•' | '-' | '–' | '—')
    }) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() || ABOUT.is_match(bare) || weekday(bare).is_some() {
            continue;
        }
        if bare.eq_ignore_ascii_case("by") || bare.eq_ignore_ascii_case("and") {
            continue;
        }
        let zone = bare.len() <= 5 && bare.chars().all(|c| c.is_ascii_uppercase());
        if !bare.starts_with(char::is_uppercase)
            && !zone
            && !bare.chars().all(|c| c.is_ascii_digit())
        {
            return None;
        }
        kept.push(bare);
    }
    match kept.len() {
        0 => Some(None),
        1..=4 => Some(Some(kept.join(" "))),
        _ => None,
    }
}

/// A publication day or instant as a row or a page's metadata gives it.
pub fn from_metadata(stated: &str) -> Option<Published> {
    let date = date_line(stated)
        .map(|line| line.date)
        .or_else(|| find(stated))
        .or_else(|| compact(stated))?;
    Some(date.published(Basis::Metadata, Vec::new()))
}

/// `20160628` or `20160628T111105Z`.
fn compact(stated: &str) -> Option<StatedDate> {
    let digits = stated.trim();
    let part = |range: Range<usize>| digits.get(range)?.parse::<i16>().ok();
    if !digits.get(..8)?.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let day = Date::new(part(0..4)?, part(4..6)? as i8, part(6..8)? as i8).ok()?;
    let time = match (part(9..11), part(11..13)) {
        (Some(h), Some(n)) => clock(h, n, part(13..15), ""),
        _ => None,
    };
    let offset = digits.ends_with('Z').then(|| "Z".to_owned());
    Some(StatedDate { first: day, last: day, time, offset, range: 0..stated.len() })
}

/// The day in a web address (`/2016/06/28/`, `/2016-06-28-`), which most outlets set on publication.
pub fn from_url(url: &str) -> Option<Date> {
    static PATH: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"[/_-]((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:[/_.-]|$)")
            .expect("the path pattern is well formed")
    });
    let found = PATH.captures(url)?;
    let part = |i: usize| found[i].parse::<i16>().ok();
    Date::new(part(1)?, part(2)? as i8, part(3)? as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_every_usual_form() {
        for (text, expected) in [
            ("Wed Mar 12, 2014 09:05:07", Some("2014-03-12")),
            ("March 12, 2014", Some("2014-03-12")),
            ("Mar 122014", Some("2014-03-12")),
            ("12 March 2014", Some("2014-03-12")),
            ("12th of March, 2014", Some("2014-03-12")),
            ("12-Mar-2014", Some("2014-03-12")),
            ("2014-03-12", Some("2014-03-12")),
            ("2014/3/12", Some("2014-03-12")),
            ("2014-03-12T09:05:07Z", Some("2014-03-12T09:05:07Z")),
            ("2014-03-12 09:05 +0330", Some("2014-03-12T09:05+03:30")),
            ("12.03.2014", Some("2014-03-12")),
            ("25/12/2014", Some("2014-12-25")),
            ("12/25/14", Some("2014-12-25")),
            ("03/12/2014", Some("2014-03-12/2014-12-03")),
            ("Wednesday 03/12/2014", Some("2014-03-12/2014-12-03")),
            ("Monday 05/12/2014", Some("2014-05-12")),
            ("12 mars 2014", Some("2014-03-12")),
            ("12 de marzo de 2014", Some("2014-03-12")),
            ("12 марта 2014", Some("2014-03-12")),
            ("31.31.2014 and 12.03.2014", Some("2014-03-12")),
            ("March 2014", None),
            ("12 March", None),
            ("1,250 people in 2014", None),
        ] {
            assert_eq!(find(text).map(|d| d.value()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn date_lines_and_lines_that_only_mention_a_date() {
        for (line, expected) in [
            ("Wed Mar 12, 2014 09:05:07", Some("2014-03-12T09:05:07")),
            ("Published: 12 March 2014 | 14:30 GMT", Some("2014-03-12T14:30Z")),
            ("Date Published: Wednesday, March 12, 2014", Some("2014-03-12")),
            ("on Mar 12, 2014", Some("2014-03-12")),
            ("Wed, 12 Mar 2014 02:45 PM", Some("2014-03-12T14:45")),
            ("03/12/14 02:39 PM ET", Some("2014-03-12T14:39")),
            ("BEIRUT | Wed Mar 12, 2014 3:10pm EDT", Some("2014-03-12T15:10")),
            ("Posted on March 12 2014 by Anna Holt", Some("2014-03-12")),
            ("Last updated at Mar 122014", Some("2014-03-12")),
            ("Wed 12 Mar 2014 at 2354", Some("2014-03-12T23:54")),
            ("Published 12 March 2014, updated 13 March 2014", Some("2014-03-12")),
            ("The treaty was signed on 12 March 2014", None),
            ("12 March 2014 was a quiet day.", None),
            ("Harbour fees to rise on 12 March 2014", None),
            ("12 March", None),
        ] {
            let read = date_line(line).map(|l| l.date.value());
            assert_eq!(read.as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn labels_of_date_lines() {
        let line = date_line("Last updated: 12 March 2014").expect("a date line");
        assert!(line.updated);
        let line = date_line("Posted on March 12 2014 by Anna Holt").expect("a date line");
        assert_eq!((line.labelled, line.rest.as_deref()), (true, Some("Anna Holt")));
    }

    #[test]
    fn metadata_and_addresses() {
        for (stated, expected) in [
            ("2014-03-12", "2014-03-12"),
            ("2014-03-12T09:05:07+01:00", "2014-03-12T09:05:07+01:00"),
            ("Mar 12, 2014", "2014-03-12"),
            ("20140312", "2014-03-12"),
            ("20140312T090507Z", "2014-03-12T09:05:07Z"),
        ] {
            assert_eq!(from_metadata(stated).map(|p| p.value).as_deref(), Some(expected));
        }
        assert_eq!(from_metadata("last week"), None);
        for (url, expected) in [
            ("http://harbour.example/2014/03/12/port", Some("2014-03-12")),
            ("http://harbour.example/news/port-2014-03-12", Some("2014-03-12")),
            ("http://harbour.example/item/20140312", None),
        ] {
            assert_eq!(from_url(url).map(|d| d.to_string()).as_deref(), expected, "{url}");
        }
    }
}
