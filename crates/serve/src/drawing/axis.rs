//! Days and numbers along a line.

use jiff::civil::{Date, date};

/// Days since the beginning of the year 1970 of an ISO day, month or year; a month or year by its first day.
pub(crate) fn day_number(iso: &str) -> Option<i32> {
    let mut parts = iso.splitn(3, '-');
    let year: i16 = parts.next()?.parse().ok()?;
    let mut part = || parts.next().map_or(Ok(1), str::parse::<i8>);
    let (month, day) = (part().ok()?, part().ok()?);
    let day = Date::new(year, month, day).ok()?;
    Some((day - date(1970, 1, 1)).get_days())
}

fn date_of(number: i32) -> Option<Date> {
    date(1970, 1, 1).checked_add(jiff::Span::new().days(number)).ok()
}

/// Days from left to right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct DayAxis {
    pub(crate) first: i32,
    pub(crate) last: i32,
    /// Pixels that it takes.
    pub(crate) width: f64,
}

/// Fewest days on an axis.
const FEWEST: i32 = 6;
/// Pixels that a label takes.
const LABEL: f64 = 74.0;

impl DayAxis {
    /// An axis that holds `days` with some room beside them; `None` where there are none.
    pub(crate) fn of(days: impl Iterator<Item = i32>, width: f64) -> Option<DayAxis> {
        let (first, last) = days.fold(None, |b: Option<(i32, i32)>, d| {
            Some(b.map_or((d, d), |(a, z)| (a.min(d), z.max(d))))
        })?;
        let room = ((last - first) / 25).max((FEWEST - (last - first)).max(2) / 2);
        Some(DayAxis { first: first.saturating_sub(room), last: last.saturating_add(room), width })
    }

    /// Where a day stands, in pixels; days beyond an end stand at it.
    pub(crate) fn x(&self, day: i32) -> f64 {
        let day = day.clamp(self.first, self.last);
        f64::from(day - self.first) / f64::from((self.last - self.first).max(1)) * self.width
    }

    /// Days that are marked, with what is written at them.
    pub(crate) fn ticks(&self) -> Vec<(i32, String)> {
        let most = (self.width / LABEL).max(2.0) as i32;
        let days = self.last - self.first;
        let each_day =
            |step: i32| (self.first..=self.last).step_by(step as usize).map(day_label).collect();
        if days <= most {
            return each_day(1);
        }
        if days <= most * 7 {
            return each_day((days / most + 1).max(2));
        }
        let months = days / 30 + 1;
        let step = [1, 2, 3, 6].into_iter().find(|s| months <= most * s);
        let (Some(begin), Some(end)) = (date_of(self.first), date_of(self.last)) else {
            return Vec::new();
        };
        match step {
            Some(step) => months_between(begin, end, step),
            None => years_between(begin, end, most),
        }
    }
}

fn day_label(day: i32) -> (i32, String) {
    (day, date_of(day).map_or_else(String::new, |d| d.strftime("%-d %b %Y").to_string()))
}

fn months_between(begin: Date, end: Date, step: i32) -> Vec<(i32, String)> {
    let months = |d: Date| i32::from(d.year()) * 12 + i32::from(d.month()) - 1;
    let (from, to) = (months(begin) + 1, months(end));
    let start = from.div_euclid(step) * step + if from.rem_euclid(step) == 0 { 0 } else { step };
    let at = |m: i32| {
        let first = Date::new(m.div_euclid(12) as i16, (m.rem_euclid(12) + 1) as i8, 1).ok()?;
        Some(((first - date(1970, 1, 1)).get_days(), first.strftime("%b %Y").to_string()))
    };
    (start..=to).step_by(step as usize).filter_map(at).collect()
}

fn years_between(begin: Date, end: Date, most: i32) -> Vec<(i32, String)> {
    let (from, to) = (i32::from(begin.year()) + 1, i32::from(end.year()));
    let step = [1, 2, 5, 10, 20, 50, 100, 500]
        .into_iter()
        .find(|s| (to - from) / s < most)
        .unwrap_or(1000);
    let start = from.div_euclid(step) * step + if from.rem_euclid(step) == 0 { 0 } else { step };
    let at = |y: i32| day_number(&format!("{y:04}-01-01")).map(|d| (d, y.to_string()));
    (start..=to).step_by(step as usize).filter_map(at).collect()
}

/// Round numbers from nought to at least `most`, some four of them.
pub(super) fn round_numbers(most: f64) -> Vec<f64> {
    if !most.is_finite() || most <= 0.0 {
        return vec![0.0, 1.0];
    }
    let rough = most / 4.0;
    let power = 10f64.powf(rough.log10().floor());
    let step =
        [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * power).find(|s| *s >= rough).unwrap_or(rough);
    let count = (most / step).ceil() as usize;
    (0..=count).map(|n| n as f64 * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_numbered() {
        for (iso, want) in [
            ("1970-01-01", Some(0)),
            ("1970-01-02", Some(1)),
            ("1969-12-31", Some(-1)),
            ("1970-02", Some(31)),
            ("1971", Some(365)),
            ("2016-06-31", None),
            ("soon", None),
        ] {
            assert_eq!(day_number(iso), want, "{iso}");
        }
    }

    #[test]
    fn ticks_suit_the_length() {
        for (first, last, one) in [
            ("2018-11-08", "2018-11-09", "8 Nov 2018"),
            ("2018-11-01", "2018-11-20", "6 Nov 2018"),
            ("2016-01-20", "2016-12-20", "Sep 2016"),
            ("2000-01-20", "2016-12-20", "2010"),
            ("1650", "2016", "1900"),
        ] {
            let days = [day_number(first), day_number(last)].into_iter().flatten();
            let axis = DayAxis::of(days, 600.0).unwrap();
            let labels: Vec<String> = axis.ticks().into_iter().map(|(_, l)| l).collect();
            assert!((3..=9).contains(&labels.len()), "{labels:?}");
            assert!(labels.iter().any(|l| l == one), "{labels:?}");
        }
    }

    #[test]
    fn numbers_are_round() {
        for (most, want) in [
            (17.0, vec![0.0, 5.0, 10.0, 15.0, 20.0]),
            (0.0, vec![0.0, 1.0]),
            (f64::NAN, vec![0.0, 1.0]),
        ] {
            assert_eq!(round_numbers(most), want, "{most}");
        }
        assert_eq!(round_numbers(470_000.0).last(), Some(&600_000.0));
    }
}
