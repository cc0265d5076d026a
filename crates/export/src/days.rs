//! Days as a person writes them.

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Year, month and day of an ISO date.
fn parts(iso: &str) -> Option<(&str, usize, u8)> {
    let mut cells = iso.split('-');
    let (year, month, day) = (cells.next()?, cells.next()?, cells.next()?);
    Some((year, month.parse().ok()?, day.parse().ok()?))
}

/// `9 June 2016`; what is no ISO date is shown as it is.
pub fn day(iso: &str) -> String {
    match parts(iso) {
        Some((year, month @ 1..=12, day)) => format!("{day} {} {year}", MONTHS[month - 1]),
        _ => iso.to_owned(),
    }
}

/// A stretch of days as short as it can be told: `9–10 June 2016`, `June 2016`, `2016`,
/// `from 9 June 2016`, `by 9 June 2016`; empty when nothing is known.
pub fn day_range(start: Option<&str>, end: Option<&str>) -> String {
    match (start, end) {
        (None, None) => String::new(),
        (Some(a), None) => format!("from {}", day(a)),
        (None, Some(b)) => format!("by {}", day(b)),
        (Some(a), Some(b)) if a == b => day(a),
        (Some(a), Some(b)) => match (parts(a), parts(b)) {
            (Some((ya, ma @ 1..=12, da)), Some((yb, mb @ 1..=12, db))) => {
                let whole_month = da == 1 && db >= 28 && ma == mb && ya == yb;
                let whole_year = ya == yb && (ma, da, mb, db) == (1, 1, 12, 31);
                if whole_year {
                    ya.to_owned()
                } else if whole_month {
                    format!("{} {ya}", MONTHS[ma - 1])
                } else if ya == yb && ma == mb {
                    format!("{da}–{db} {} {ya}", MONTHS[ma - 1])
                } else if ya == yb {
                    format!("{da} {} – {db} {} {ya}", MONTHS[ma - 1], MONTHS[mb - 1])
                } else {
                    format!("{} – {}", day(a), day(b))
                }
            }
            _ => format!("{a} – {b}"),
        },
    }
}

/// A reading of a date, ISO in the record (`2016-06-09`, `2016-06-09 to 2016-06-10`), as people
/// write it; `None` for any other reading.
pub fn told_day(reading: &str) -> Option<String> {
    let iso = |d: &str| d.len() == 10 && parts(d).is_some();
    match reading.split_once(" to ") {
        Some((a, b)) if iso(a) && iso(b) => Some(day_range(Some(a), Some(b))),
        None if iso(reading) => Some(day(reading)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_told_short() {
        for (start, end, want) in [
            (Some("2016-06-09"), Some("2016-06-09"), "9 June 2016"),
            (Some("2016-06-09"), Some("2016-06-10"), "9–10 June 2016"),
            (Some("2016-06-01"), Some("2016-06-30"), "June 2016"),
            (Some("2016-01-01"), Some("2016-12-31"), "2016"),
            (Some("2016-06-27"), Some("2016-07-03"), "27 June – 3 July 2016"),
            (Some("2016-12-30"), Some("2017-01-02"), "30 December 2016 – 2 January 2017"),
            (Some("2016-06-09"), None, "from 9 June 2016"),
            (None, Some("2016-06-09"), "by 9 June 2016"),
            (None, None, ""),
            (Some("soon"), Some("soon"), "soon"),
        ] {
            assert_eq!(day_range(start, end), want);
        }
    }

    #[test]
    fn readings_of_dates_are_told_as_days() {
        for (reading, want) in [
            ("2016-06-09", Some("9 June 2016")),
            ("2016-06-09 to 2016-06-10", Some("9–10 June 2016")),
            ("at least 20", None),
            ("30 to 40", None),
        ] {
            assert_eq!(told_day(reading).as_deref(), want, "{reading}");
        }
    }
}
