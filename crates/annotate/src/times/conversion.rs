//! Days of the Persian, Hijri and Hebrew calendars and of movable feasts, as days of the Gregorian one.
//!
//! Conversion is by `icu_calendar`. The Hijri months of real life begin when the moon is seen, which
//! differs by country and by a day from the tabular calendar of Friday epoch that is used here, so
//! what comes from it always has a day of slack on either side. Easter is that of the western
//! churches (Meeus/Jones/Butcher).

use super::calendar::{Days, by_days};
use icu_calendar::cal::Hijri;
use icu_calendar::cal::hijri::{TabularAlgorithmEpoch, TabularAlgorithmLeapYears};
use icu_calendar::{AsCalendar, Date as Dated, types::Month};
use jiff::civil::Date;

/// A calendar whose days are converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Foreign {
    /// The solar calendar of Iran and Afghanistan.
    Persian,
    /// The lunar calendar of Islam.
    Hijri,
    /// The calendar of the Jews.
    Hebrew,
}

impl Foreign {
    /// The calendar that a table names.
    pub(super) fn named(name: &str) -> Option<Foreign> {
        match name {
            "persian" => Some(Foreign::Persian),
            "hijri" => Some(Foreign::Hijri),
            "hebrew" => Some(Foreign::Hebrew),
            _ => None,
        }
    }

    /// The rule's name for what was converted from this calendar.
    pub(super) fn rule(self) -> &'static str {
        match self {
            Foreign::Persian => "persian_calendar",
            Foreign::Hijri => "hijri_calendar",
            Foreign::Hebrew => "hebrew_calendar",
        }
    }

    /// Whether texts of our time may write `year` in this calendar.
    pub(super) fn has_year(self, year: u32) -> bool {
        match self {
            Foreign::Persian | Foreign::Hijri => (1200..1600).contains(&year),
            Foreign::Hebrew => (5500..6000).contains(&year),
        }
    }

    /// Days by which the calendar as lived may differ from that of the tables.
    pub(super) fn slack(self) -> i64 {
        i64::from(self == Foreign::Hijri)
    }

    /// The years of this calendar that may touch a Gregorian year.
    fn years_near(self, year: i16) -> std::ops::RangeInclusive<i32> {
        let year = i32::from(year);
        match self {
            Foreign::Persian => year - 622..=year - 621,
            Foreign::Hijri => {
                let about = (year - 622) * 33 / 32;
                about - 1..=about + 2
            }
            Foreign::Hebrew => year + 3760..=year + 3761,
        }
    }

    /// The Gregorian day of a day of this calendar.
    pub(super) fn day(self, year: i32, month: u8, day: u8) -> Option<Date> {
        match self {
            Foreign::Persian => gregorian(&Dated::try_new_persian(year, month, day).ok()?),
            Foreign::Hijri => {
                let table = Hijri::new_tabular(
                    TabularAlgorithmLeapYears::TypeII,
                    TabularAlgorithmEpoch::Friday,
                );
                gregorian(&Dated::try_new_hijri_with_calendar(year, month, day, table).ok()?)
            }
            Foreign::Hebrew => {
                gregorian(&Dated::try_new_hebrew_v2(year, Month::new(month), day).ok()?)
            }
        }
    }

    /// The days of a month, slack included.
    pub(super) fn month(self, year: i32, month: u8) -> Option<Days> {
        let first = self.day(year, month, 1)?;
        let last = (28..=31).rev().find_map(|d| self.day(year, month, d))?;
        Some((by_days(first, -self.slack())?, by_days(last, self.slack())?))
    }

    /// The days that a day or month may be in Gregorian `year`, with that in the middle of a day's
    /// slack first.
    pub(super) fn in_year(self, year: i16, month: u8, day: Option<u8>) -> Option<(Date, Days)> {
        self.years_near(year).find_map(|y| {
            let (middle, days) = self.dated(y, month, day)?;
            (middle.year() == year).then_some((middle, days))
        })
    }

    /// The day, or the first day of the month, with the days it may be.
    pub(super) fn dated(self, year: i32, month: u8, day: Option<u8>) -> Option<(Date, Days)> {
        match day {
            Some(d) => {
                let at = self.day(year, month, d)?;
                Some((at, (by_days(at, -self.slack())?, by_days(at, self.slack())?)))
            }
            None => Some((self.day(year, month, 1)?, self.month(year, month)?)),
        }
    }
}

fn gregorian<C: AsCalendar>(date: &Dated<C>) -> Option<Date> {
    let iso = date.to_calendar(icu_calendar::Iso);
    let year = i16::try_from(iso.year().extended_year()).ok()?;
    Date::new(year, iso.month().ordinal as i8, iso.day_of_month().0 as i8).ok()
}

/// Easter Sunday of the western churches.
pub(super) fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_of_other_calendars_are_converted() {
        let (p, h, j) = (Foreign::Persian, Foreign::Hijri, Foreign::Hebrew);
        for (calendar, year, month, day, expected) in [
            (p, 1395, 3, 20, Some(date(2016, 6, 9))),
            (p, 1357, 11, 22, Some(date(1979, 2, 11))),
            (p, 1399, 12, 30, Some(date(2021, 3, 20))),
            (p, 1398, 12, 30, None),
            (h, 1437, 9, 1, Some(date(2016, 6, 7))),
            (h, 1400, 1, 1, Some(date(1979, 11, 21))),
            (h, 1437, 13, 1, None),
            (j, 5734, 1, 10, Some(date(1973, 10, 6))),
        ] {
            assert_eq!(calendar.day(year, month, day), expected, "{year}-{month}-{day}");
        }
        assert_eq!(p.in_year(2016, 1, Some(1)).map(|d| d.0), Some(date(2016, 3, 20)));
        let eid = h.in_year(2016, 12, Some(10));
        assert_eq!(eid, Some((date(2016, 9, 13), (date(2016, 9, 12), date(2016, 9, 14)))));
    }

    #[test]
    fn easter_moves() {
        for (year, month, day) in [(2016, 3, 27), (2019, 4, 21), (2000, 4, 23), (1943, 4, 25)] {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
    }
}
