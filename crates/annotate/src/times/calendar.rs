//! Day arithmetic and TIMEX3 values of calendar spans.

use jiff::civil::{Date, Weekday};
use jiff::{Span as Length, ToSpan};

/// A span of days, both ends included.
pub(super) type Days = (Date, Date);

/// A TIMEX3 value with the days it spans.
pub(super) type Valued = (String, Days);

/// `date` moved by `length`, where the calendar reaches that far.
pub(super) fn moved(date: Date, length: Length) -> Option<Date> {
    date.checked_add(length).ok()
}

/// `date` moved by `days`.
pub(super) fn by_days(date: Date, days: i64) -> Option<Date> {
    moved(date, Length::new().try_days(days).ok()?)
}

/// The day itself.
pub(super) fn day(date: Date) -> Valued {
    (date.to_string(), (date, date))
}

/// The ISO week that holds `date`.
pub(super) fn week(date: Date) -> Option<Valued> {
    let iso = date.iso_week_date();
    let monday = by_days(date, 1 - i64::from(iso.weekday().to_monday_one_offset()))?;
    let value = format!("{:04}-W{:02}", iso.year(), iso.week());
    Some((value, (monday, by_days(monday, 6)?)))
}

/// The weekend of the ISO week that holds `date`.
pub(super) fn weekend(date: Date) -> Option<Valued> {
    let (value, (monday, sunday)) = week(date)?;
    Some((format!("{value}-WE"), (by_days(monday, 5)?, sunday)))
}

/// A calendar month.
pub(super) fn month(year: i16, month: u8) -> Option<Valued> {
    let first = Date::new(year, month as i8, 1).ok()?;
    Some((format!("{year:04}-{month:02}"), (first, first.last_of_month())))
}

/// A calendar quarter, 1 to 4.
pub(super) fn quarter(year: i16, quarter: u8) -> Option<Valued> {
    let first = Date::new(year, (quarter * 3).checked_sub(2)? as i8, 1).ok()?;
    let last = Date::new(year, (quarter * 3) as i8, 1).ok()?.last_of_month();
    Some((format!("{year:04}-Q{quarter}"), (first, last)))
}

/// A half-year, 1 or 2.
pub(super) fn half(year: i16, half: u8) -> Option<Valued> {
    let first = Date::new(year, if half == 1 { 1 } else { 7 }, 1).ok()?;
    let last = Date::new(year, if half == 1 { 6 } else { 12 }, 1).ok()?.last_of_month();
    Some((format!("{year:04}-H{half}"), (first, last)))
}

/// A calendar year.
pub(super) fn year(year: i16) -> Option<Valued> {
    let first = Date::new(year, 1, 1).ok()?;
    Some((format!("{year:04}"), (first, first.last_of_year())))
}

/// A northern season of a year; winter is that which begins in December of it or ran into it, so it
/// spans from the December before to the March after.
pub(super) fn season(year: i16, season: &str) -> Option<Valued> {
    let (from, to) = match season {
        "SP" => ((year, 3), (year, 6)),
        "SU" => ((year, 6), (year, 9)),
        "FA" => ((year, 9), (year, 12)),
        _ => ((year.checked_sub(1)?, 12), (year.checked_add(1)?, 3)),
    };
    let first = Date::new(from.0, from.1, 1).ok()?;
    let last = Date::new(to.0, to.1, 1).ok()?.last_of_month();
    Some((format!("{year:04}-{season}"), (first, last)))
}

/// The decade that begins with `first`.
pub(super) fn decade(first: i16) -> Option<Valued> {
    let from = Date::new(first, 1, 1).ok()?;
    let to = Date::new(first.checked_add(9)?, 12, 31).ok()?;
    Some((format!("{}", first / 10), (from, to)))
}

/// The century that begins with year `first` ("the 20th century" begins with 1900 as values go).
pub(super) fn century(first: i16) -> Option<Valued> {
    let from = Date::new(first.max(1), 1, 1).ok()?;
    let to = Date::new(first.checked_add(99)?, 12, 31).ok()?;
    Some((format!("{:02}", first / 100), (from, to)))
}

/// The day of weekday `weekday` (ISO number) nearest to `from`, on or before it.
pub(super) fn weekday_before(from: Date, weekday: u8, strictly: bool) -> Option<Date> {
    let back = (7 + from.weekday().to_monday_one_offset() - weekday as i8) % 7;
    by_days(from, if back == 0 && strictly { -7 } else { -i64::from(back) })
}

/// The day of weekday `weekday` (ISO number) nearest to `from`, on or after it.
pub(super) fn weekday_after(from: Date, weekday: u8, strictly: bool) -> Option<Date> {
    let on = (7 + weekday as i8 - from.weekday().to_monday_one_offset()) % 7;
    by_days(from, if on == 0 && strictly { 7 } else { i64::from(on) })
}

/// The `nth` weekday (ISO number) of a month.
pub(super) fn nth_weekday(year: i16, month: u8, nth: i8, weekday: u8) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(weekday as i8).ok()?;
    Date::new(year, month as i8, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
}

/// Months from year 0, for comparing.
pub(super) fn months_of(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

/// The year and month `offset` months from `date`.
pub(super) fn month_from(date: Date, offset: i32) -> Option<(i16, u8)> {
    let months = months_of(date).checked_add(offset)?;
    let year = i16::try_from(months.div_euclid(12)).ok()?;
    Some((year, (months.rem_euclid(12) + 1) as u8))
}

/// `count` of the unit `letter` from `date`, with the value's grain set by the unit.
pub(super) fn shifted(date: Date, letter: &str, count: i32) -> Option<Valued> {
    match letter {
        "D" => by_days(date, i64::from(count)).map(day),
        "W" => week(by_days(date, i64::from(count.checked_mul(7)?))?),
        "F" => week(by_days(date, i64::from(count.checked_mul(14)?))?),
        "M" => month_from(date, count).and_then(|(y, m)| month(y, m)),
        "Q" => {
            let (y, m) = month_from(date, count.checked_mul(3)?)?;
            quarter(y, (m - 1) / 3 + 1)
        }
        "Y" => year(i16::try_from(i32::from(date.year()).checked_add(count)?).ok()?),
        "E" => {
            year(i16::try_from(i32::from(date.year()).checked_add(count.checked_mul(10)?)?).ok()?)
        }
        "C" => {
            year(i16::try_from(i32::from(date.year()).checked_add(count.checked_mul(100)?)?).ok()?)
        }
        "TH" | "TM" | "TS" => {
            let hours = if letter == "TH" { count } else { 0 };
            let to = moved(date, i64::from(hours / 24).days())?;
            let slack = if hours == 0 { 0 } else { i64::from(hours.signum()) };
            let far = by_days(to, slack)?;
            Some((to.to_string(), (to.min(far), to.max(far))))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn calendar_spans_have_timex_values() {
        let d = date(2016, 6, 28);
        assert_eq!(week(d).map(|v| v.0).as_deref(), Some("2016-W26"));
        assert_eq!(weekend(d).map(|v| v.1), Some((date(2016, 7, 2), date(2016, 7, 3))));
        assert_eq!(quarter(2016, 2).map(|v| v.1), Some((date(2016, 4, 1), date(2016, 6, 30))));
        assert_eq!(decade(1990).map(|v| v.0).as_deref(), Some("199"));
        assert_eq!(weekday_before(d, 1, false), Some(date(2016, 6, 27)));
        assert_eq!(weekday_before(d, 2, false), Some(d));
        assert_eq!(weekday_after(d, 1, false), Some(date(2016, 7, 4)));
        assert_eq!(nth_weekday(1999, 11, 4, 4), Some(date(1999, 11, 25)));
        assert_eq!(shifted(d, "M", -6).map(|v| v.0).as_deref(), Some("2015-12"));
        assert_eq!(shifted(d, "Y", i32::MAX), None);
    }
}
