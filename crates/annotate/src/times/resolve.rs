//! From what an expression says to its TIMEX3 value and days.

use super::calendar::{self, Days, Valued};
use super::feasts::{foreign, holiday};
use super::meaning::{Clock, Found, From, Meaning, Way};
use super::tense::Tense;
use jiff::civil::Date;
use variorum_model::TimeKind;

/// The days from which expressions are counted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Anchors {
    /// First and last day on which the text may have been written; either may be unknown.
    pub written: Option<(Option<Date>, Option<Date>)>,
    /// On what `written` rests: `publication` or `narrative`.
    pub basis: &'static str,
    /// The days that the text told last.
    pub told: Option<Days>,
    /// Year and number of the quarter that the text reports on.
    pub quarter: Option<(i16, u8)>,
}

impl Anchors {
    /// Anchors of a text written between two days.
    pub(super) fn of_days(from: Date, to: Date, basis: &'static str) -> Anchors {
        Anchors { written: Some((Some(from), Some(to))), basis, told: None, quarter: None }
    }
}

/// An anchored expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Resolution {
    pub kind: TimeKind,
    pub value: String,
    pub earliest: Option<Date>,
    pub latest: Option<Date>,
    pub anchor: &'static str,
    pub confidence: f32,
}

impl Resolution {
    fn unplaced(kind: TimeKind, value: impl Into<String>, confidence: f32) -> Resolution {
        let value = value.into();
        Resolution { kind, value, earliest: None, latest: None, anchor: "none", confidence }
    }

    pub(super) fn absolute(valued: Option<Valued>, otherwise: &str) -> Resolution {
        match valued {
            Some((value, (from, to))) => Resolution {
                kind: TimeKind::Date,
                value,
                earliest: Some(from),
                latest: Some(to),
                anchor: "absolute",
                confidence: 0.95,
            },
            None => Resolution::unplaced(TimeKind::Date, otherwise, 0.3),
        }
    }
}

/// Anchors `found`; `tense` is that of its clause.
pub(super) fn resolve(found: &Found, anchors: &Anchors, tense: Tense) -> Resolution {
    let mut resolution = of_meaning(&found.meaning, anchors, tense);
    if let Some(part) = found.part
        && takes_time(&resolution.value)
    {
        resolution.value = format!("{}T{part}", resolution.value);
        resolution.kind = TimeKind::Time;
    }
    if let Some(clock) = &found.clock {
        with_clock(&mut resolution, clock);
    }
    resolution
}

/// Whether a value is of a single day, known or not.
fn takes_time(value: &str) -> bool {
    value.len() == 10 || value.len() == 10 + 1 && value.starts_with("XXXX-WXX-")
}

fn with_clock(resolution: &mut Resolution, clock: &Clock) {
    resolution.kind = TimeKind::Time;
    if !takes_time(&resolution.value) {
        return;
    }
    let zone = if clock.utc { "Z" } else { "" };
    let minute = clock.minute.unwrap_or(0);
    resolution.value = format!("{}T{:02}:{minute:02}{zone}", resolution.value, clock.hour);
    if clock.midnight {
        // Midnight opens or closes the day named, and the hour of Greenwich tells which day it is there.
        let west = clock.utc_hour.is_some_and(|h| h >= 12);
        if west {
            resolution.earliest = resolution.earliest.and_then(|d| calendar::by_days(d, -1));
        } else {
            resolution.latest = resolution.latest.and_then(|d| calendar::by_days(d, 1));
        }
    }
}

fn of_meaning(meaning: &Meaning, anchors: &Anchors, tense: Tense) -> Resolution {
    match meaning {
        Meaning::Day { year: Some(year), month, day, weekday, .. } => {
            let date = Date::new(*year, *month as i8, *day as i8).ok();
            let mut resolution = Resolution::absolute(date.map(calendar::day), "XXXX-XX-XX");
            let differs =
                |d: Date| weekday.is_some_and(|w| d.weekday().to_monday_one_offset() != w as i8);
            if date.is_some_and(differs) {
                resolution.confidence = 0.4;
            }
            resolution
        }
        Meaning::Day { year: None, month, day, weekday, way } => {
            let unknown = format!("XXXX-{month:02}-{day:02}");
            at_writing(anchors, &unknown, &|at| {
                let candidates =
                    around(at).filter_map(|y| Date::new(y, *month as i8, *day as i8).ok());
                let fits = |d: &Date| {
                    weekday.is_none_or(|w| d.weekday().to_monday_one_offset() == w as i8)
                };
                let fitting: Vec<Date> = candidates.clone().filter(fits).collect();
                let all: Vec<Date> =
                    if fitting.is_empty() { candidates.collect() } else { fitting };
                nearest(&all, at, *way, tense).map(calendar::day)
            })
        }
        Meaning::EitherDay(a, b) => {
            let same_month = a.month() == b.month();
            let value = if same_month {
                format!("{:04}-{:02}-XX", a.year(), a.month())
            } else {
                format!("{:04}-XX-XX", a.year())
            };
            Resolution {
                kind: TimeKind::Date,
                value,
                earliest: Some(*a),
                latest: Some(*b),
                anchor: "absolute",
                confidence: 0.5,
            }
        }
        Meaning::Month { year: Some(year), month, .. } => {
            Resolution::absolute(calendar::month(*year, *month), "XXXX-XX")
        }
        Meaning::Month { year: None, month, way } => {
            at_writing(anchors, &format!("XXXX-{month:02}"), &|at| {
                let (year, month) = nearest_month(at, *month, *way, tense)?;
                calendar::month(year, month)
            })
        }
        Meaning::MonthOf { month, offset } => {
            at_writing(anchors, &format!("XXXX-{month:02}"), &|at| {
                calendar::month(at.year().checked_add(*offset as i16)?, *month)
            })
        }
        Meaning::QuarterOf { quarter, offset } => {
            at_writing(anchors, &format!("XXXX-Q{quarter}"), &|at| {
                calendar::quarter(at.year().checked_add(*offset as i16)?, *quarter)
            })
        }
        Meaning::Year(year) => Resolution::absolute(calendar::year(*year), "XXXX"),
        Meaning::Decade(first) => Resolution::absolute(calendar::decade(*first), "XXXX"),
        Meaning::Century(first) => Resolution::absolute(calendar::century(*first), "XXXX"),
        Meaning::Quarter { year: Some(year), quarter, .. } => {
            Resolution::absolute(calendar::quarter(*year, *quarter), "XXXX-QX")
        }
        Meaning::Quarter { year: None, quarter, offset } => {
            at_writing(anchors, &format!("XXXX-Q{quarter}"), &|at| {
                let middle = quarter * 3 - 1;
                // Quarters are mostly reported on when over, whatever the tense
                let year = around(at).min_by_key(|y| {
                    let there = i32::from(*y) * 12 + i32::from(middle) - 1;
                    let far = i64::from(there - calendar::months_of(at));
                    let against =
                        far > 0 && tense == Tense::Past || far < 0 && tense == Tense::Future;
                    far.abs() * if against { 2 } else { 1 }
                })?;
                calendar::quarter(year.checked_add(*offset)?, *quarter)
            })
        }
        Meaning::Half { year: Some(year), half } => {
            Resolution::absolute(calendar::half(*year, *half), "XXXX-HX")
        }
        Meaning::Half { year: None, half } => {
            at_writing(anchors, &format!("XXXX-H{half}"), &|at| calendar::half(at.year(), *half))
        }
        Meaning::Season { year: Some(year), season, .. } => {
            Resolution::absolute(calendar::season(*year, season), "XXXX")
        }
        Meaning::Season { year: None, season, way } => {
            at_writing(anchors, &format!("XXXX-{season}"), &|at| {
                nearest_season(at, season, *way, tense)
            })
        }
        Meaning::Weekday { weekday, way } => {
            at_writing(anchors, &format!("XXXX-WXX-{weekday}"), &|at| {
                let ahead = match way {
                    Way::On => true,
                    Way::Back => false,
                    Way::Here => tense != Tense::Past,
                    Way::Open => tense == Tense::Future,
                };
                let strictly = matches!(way, Way::Back | Way::On);
                let date = if ahead {
                    calendar::weekday_after(at, *weekday, strictly)
                } else {
                    calendar::weekday_before(at, *weekday, strictly)
                };
                date.map(calendar::day)
            })
        }
        Meaning::Weekend { way } => at_writing(anchors, "XXXX-WXX-WE", &|at| {
            let ahead = matches!(way, Way::On | Way::Here)
                && !(*way == Way::Here && tense == Tense::Past)
                || *way == Way::Open && tense == Tense::Future;
            let saturday = if ahead {
                calendar::weekday_after(at, 6, *way == Way::On)
            } else {
                calendar::weekday_before(at, 6, *way == Way::Back)
            };
            calendar::weekend(saturday?)
        }),
        Meaning::Foreign { calendar, year, month, day } => {
            foreign(anchors, *calendar, *year, *month, *day, tense)
        }
        Meaning::Period { back, year, closes } => period(anchors, *back, *year, *closes),
        Meaning::WeekOf(day) => beside(of_meaning(day, anchors, tense), calendar::week),
        Meaning::Beside { day, days } => beside(of_meaning(day, anchors, tense), |d| {
            calendar::by_days(d, i64::from(*days)).map(calendar::day)
        }),
        Meaning::Unit { unit, offset, from } => shift(anchors, unit, *offset, *from, None),
        Meaning::Shift { unit, count, from, written } => {
            shift(anchors, unit, *count, *from, Some(written))
        }
        Meaning::Same { unit } => same(anchors, unit),
        Meaning::Holiday { rule, year, way } => holiday(anchors, rule, *year, *way, tense),
        Meaning::Duration(value) => Resolution::unplaced(TimeKind::Duration, value.clone(), 0.9),
        Meaning::Stretch { value, way } => {
            let mut resolution = Resolution::unplaced(TimeKind::Duration, value.clone(), 0.8);
            if let Some((from, to)) = anchors.written {
                match way {
                    Way::Back => resolution.latest = to,
                    _ => resolution.earliest = from,
                }
                resolution.anchor = anchors.basis;
            }
            resolution
        }
        Meaning::Set(value) => Resolution::unplaced(TimeKind::Set, value.clone(), 0.9),
        Meaning::Reference(value) => Resolution::unplaced(TimeKind::Date, *value, 0.8),
        Meaning::Unplaced(value) => Resolution::unplaced(TimeKind::Date, value.clone(), 0.3),
        Meaning::ClockOnly => match anchors.told.filter(|(a, b)| a == b) {
            Some((day, _)) => Resolution {
                kind: TimeKind::Time,
                value: day.to_string(),
                earliest: Some(day),
                latest: Some(day),
                anchor: "narrative",
                confidence: 0.5,
            },
            None => Resolution::unplaced(TimeKind::Time, "XXXX-XX-XX", 0.5),
        },
    }
}

/// The years that may be meant beside a day of writing.
pub(super) fn around(at: Date) -> impl Iterator<Item = i16> + Clone {
    at.year() - 1..=at.year() + 1
}

/// Counts from the day of writing: exactly if it is known to the day, else by the hull of its bounds,
/// with the value kept where both bounds give the same and `unknown` put where they do not.
pub(super) fn at_writing(
    anchors: &Anchors,
    unknown: &str,
    rule: &dyn Fn(Date) -> Option<Valued>,
) -> Resolution {
    let mut resolution = Resolution::unplaced(TimeKind::Date, unknown, 0.5);
    let Some((from, to)) = anchors.written else { return resolution };
    let first = from.and_then(rule);
    let last = to.and_then(rule);
    resolution.anchor = anchors.basis;
    resolution.confidence = if from == to { 0.9 } else { 0.6 };
    if let (Some(a), Some(b)) = (&first, &last)
        && a.0 == b.0
    {
        resolution.value.clone_from(&a.0);
    }
    resolution.earliest = first.map(|v| v.1.0);
    resolution.latest = last.map(|v| v.1.1);
    if resolution.earliest.is_none() && resolution.latest.is_none() {
        resolution.anchor = "none";
    }
    resolution
}

/// The candidate that lies best by way and tense: nearest, with a day against the tense counted as
/// four times as far, for verbs near a date are often not those of its clause.
pub(super) fn nearest(candidates: &[Date], at: Date, way: Way, tense: Tense) -> Option<Date> {
    let cost = |d: &Date| {
        let days = d.since(at).map_or(i64::MAX / 8, |s| i64::from(s.get_days()));
        cost_of(days, way, tense)
    };
    candidates.iter().copied().min_by_key(cost)
}

fn cost_of(distance: i64, way: Way, tense: Tense) -> i64 {
    let against = match (way, tense) {
        (Way::Back, _) => distance >= 0,
        (Way::On, _) => distance <= 0,
        (Way::Here, _) => return distance.abs(),
        (Way::Open, Tense::Past) => distance > 0,
        (Way::Open, Tense::Future) => distance < 0,
        (Way::Open, Tense::Unknown) => false,
    };
    let factor = match way {
        Way::Back | Way::On => 1000,
        _ => 4,
    };
    if against { distance.abs().max(1) * factor } else { distance.abs() }
}

fn nearest_month(at: Date, month: u8, way: Way, tense: Tense) -> Option<(i16, u8)> {
    if way == Way::Here {
        return Some((at.year(), month));
    }
    let here = calendar::months_of(at);
    around(at)
        .min_by_key(|y| {
            let there = i32::from(*y) * 12 + i32::from(month) - 1;
            cost_of(i64::from(there - here), way, tense)
        })
        .map(|year| (year, month))
}

fn nearest_season(at: Date, season: &str, way: Way, tense: Tense) -> Option<Valued> {
    if way == Way::Here {
        return calendar::season(at.year(), season);
    }
    let begins = match season {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        _ => 12,
    };
    let (year, _) = nearest_month(at, begins, way, tense)?;
    calendar::season(year, season)
}

fn unknown_of(unit: &str) -> &'static str {
    match unit {
        "W" | "F" => "XXXX-WXX",
        "M" => "XXXX-XX",
        "Q" => "XXXX-QX",
        "Y" => "XXXX",
        "E" => "XXX",
        "C" => "XX",
        _ => "XXXX-XX-XX",
    }
}

/// What lies beside or round a day that is known to the day.
fn beside(day: Resolution, rule: impl Fn(Date) -> Option<Valued>) -> Resolution {
    let known = day.earliest.filter(|d| day.latest == Some(*d));
    match known.and_then(rule) {
        Some((value, (from, to))) => {
            Resolution { value, earliest: Some(from), latest: Some(to), ..day }
        }
        None => Resolution::unplaced(TimeKind::Date, "XXXX-XX-XX", 0.3),
    }
}

/// "the latest quarter", "the quarter ended March 31", "the year-ago period": the quarter that the
/// text reports on, or failing that the last whole one, or for comparisons the year before.
fn period(
    anchors: &Anchors,
    back: i16,
    year: Option<i16>,
    closes: Option<(Option<i16>, u8)>,
) -> Resolution {
    if let Some((year, month)) = closes {
        return at_writing(anchors, "XXXX-QX", &|at| {
            // Most of a quarter that ends in a month's first half lies in the one before
            let year =
                year.or_else(|| nearest_month(at, month, Way::Open, Tense::Past).map(|m| m.0))?;
            let (y, m) = calendar::month_from(Date::new(year, month as i8, 1).ok()?, -1)?;
            calendar::quarter(y, (m - 1) / 3 + 1)
        });
    }
    match (anchors.quarter, year) {
        (Some((_, quarter)), Some(year)) => {
            Resolution::absolute(calendar::quarter(year, quarter), "XXXX-QX")
        }
        (None, Some(year)) => Resolution::absolute(calendar::year(year), "XXXX"),
        (Some((told, quarter)), None) => Resolution {
            anchor: "narrative",
            confidence: 0.7,
            ..Resolution::absolute(calendar::quarter(told - back, quarter), "XXXX-QX")
        },
        (None, None) if back == 0 => shift(anchors, "Q", -1, From::Writing, None),
        (None, None) => shift(anchors, "Y", -i32::from(back), From::Writing, None),
    }
}

/// "last week", "two days ago", "a day later".
fn shift(
    anchors: &Anchors,
    unit: &str,
    count: i32,
    from: From,
    written: Option<&String>,
) -> Resolution {
    let fine = matches!(unit, "D" | "W" | "F" | "TH" | "TM" | "TS");
    if let (Some(_), Some(_), "Y", -1) = (written, anchors.quarter, unit, count) {
        return period(anchors, 1, None, None);
    }
    // The clock time that "an hour later" counts from is not kept: only the length is known.
    if let (From::Told, Some(value), true) = (from, written, unit.starts_with('T')) {
        return Resolution::unplaced(TimeKind::Duration, value.clone(), 0.6);
    }
    if from == From::Told {
        let grain_fits = |days: &Days| !fine || days.0 == days.1;
        if let Some((from, to)) = anchors.told.filter(grain_fits) {
            let told = Anchors::of_days(from, to, "narrative");
            return at_writing(&told, unknown_of(unit), &|d| calendar::shifted(d, unit, count));
        }
        if fine {
            return match written {
                Some(value) => Resolution::unplaced(TimeKind::Duration, value.clone(), 0.5),
                None => Resolution::unplaced(TimeKind::Date, unknown_of(unit), 0.4),
            };
        }
    }
    if unit == "E" && written.is_none() || unit == "C" && written.is_none() {
        let years = if unit == "E" { 10 } else { 100 };
        return at_writing(anchors, unknown_of(unit), &|d| {
            let first = d.year().div_euclid(years).checked_add(count as i16)?.checked_mul(years)?;
            if unit == "E" { calendar::decade(first) } else { calendar::century(first) }
        });
    }
    let mut resolution =
        at_writing(anchors, unknown_of(unit), &|d| calendar::shifted(d, unit, count));
    if from == From::Told {
        resolution.confidence = 0.4;
    }
    resolution
}

/// "that day", "the same year".
fn same(anchors: &Anchors, unit: &str) -> Resolution {
    let Some((from, to)) = anchors.told else {
        return Resolution::unplaced(TimeKind::Date, unknown_of(unit), 0.4);
    };
    let told = Anchors::of_days(from, to, "narrative");
    at_writing(&told, unknown_of(unit), &|d| calendar::shifted(d, unit, 0))
}
