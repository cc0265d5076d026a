//! Days of yearly feasts and of other calendars, anchored.

use super::calendar::{self, Days, by_days};
use super::conversion::{Foreign, easter};
use super::meaning::Way;
use super::resolve::{Anchors, Resolution, around, at_writing, nearest};
use super::tense::Tense;
use jiff::civil::Date;

/// The day that a feast falls on in a year, or the first of its days, with all days it may be.
///
/// `rule` is `MM-DD`, `MM-n-w` (the n-th weekday w of the month, `+1` for the day after), `easter±n`, or a day or month of
/// another calendar (`hijri-10-1`, `hijri-9`).
fn feast(rule: &str, year: i16) -> Option<(Date, Days)> {
    if let Some(days) = rule.strip_prefix("easter") {
        let at = by_days(easter(year)?, days.parse().ok()?)?;
        return Some((at, (at, at)));
    }
    let mut parts = rule.split('-');
    let first = parts.next()?;
    if let Some(calendar) = Foreign::named(first) {
        let month = parts.next()?.parse().ok()?;
        let day = parts.next().and_then(|d| d.parse().ok());
        return calendar.in_year(year, month, day);
    }
    let (month, second) = (first.parse().ok()?, parts.next()?.parse().ok()?);
    let at = match parts.next() {
        Some(rest) => {
            let (weekday, later) = rest.split_once('+').unwrap_or((rest, "0"));
            let day = calendar::nth_weekday(year, month, second, weekday.parse().ok()?)?;
            by_days(day, later.parse().ok()?)
        }
        None => Date::new(year, month as i8, second).ok(),
    }?;
    Some((at, (at, at)))
}

/// TIMEX3 value of days around `at`: the day, or the year where they are the days of a month.
fn valued((at, days): (Date, Days)) -> (String, Days) {
    let lasts = days.1.since(days.0).map_or(0, |s| s.get_days()) > 2;
    let year = |d: Date| format!("{:04}", d.year());
    let value = match lasts {
        false => at.to_string(),
        true if days.0.year() == days.1.year() => year(at),
        true => "XXXX".to_owned(),
    };
    (value, days)
}

/// "Christmas Eve", "last Thanksgiving", "Eid al-Fitr 2016".
pub(super) fn holiday(
    anchors: &Anchors,
    rule: &str,
    year: Option<i16>,
    way: Way,
    tense: Tense,
) -> Resolution {
    let month = rule.get(..2).filter(|m| m.bytes().all(|b| b.is_ascii_digit()));
    match year {
        Some(y) => Resolution::absolute(feast(rule, y).map(valued), "XXXX-XX-XX"),
        None => at_writing(anchors, &format!("XXXX-{}-XX", month.unwrap_or("XX")), &|at| {
            let candidates: Vec<(Date, Days)> = around(at).filter_map(|y| feast(rule, y)).collect();
            let days: Vec<Date> = candidates.iter().map(|c| c.0).collect();
            let day = nearest(&days, at, way, tense)?;
            candidates.into_iter().find(|c| c.0 == day).map(valued)
        }),
    }
}

/// "20 Khordad 1395", "3 Ramadan".
pub(super) fn foreign(
    anchors: &Anchors,
    calendar: Foreign,
    year: Option<i32>,
    month: u8,
    day: Option<u8>,
    tense: Tense,
) -> Resolution {
    let mut resolution = match year {
        Some(y) => Resolution::absolute(calendar.dated(y, month, day).map(valued), "XXXX-XX-XX"),
        None => at_writing(anchors, "XXXX-XX-XX", &|at| {
            let candidates: Vec<(Date, Days)> =
                around(at).filter_map(|y| calendar.in_year(y, month, day)).collect();
            let days: Vec<Date> = candidates.iter().map(|c| c.0).collect();
            let day = nearest(&days, at, Way::Open, tense)?;
            candidates.into_iter().find(|c| c.0 == day).map(valued)
        }),
    };
    if calendar.slack() > 0 {
        resolution.confidence = resolution.confidence.min(0.6);
    }
    resolution
}
