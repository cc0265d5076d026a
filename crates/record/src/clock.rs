//! Days and instants of a record, UTC.

use jiff::civil::Date;
use jiff::tz::TimeZone;
pub use variorum_collate::instant;

/// The last millisecond of a day, since 1970; `None` where `day` is no ISO 8601 day.
pub fn end_of_day(day: &str) -> Option<i64> {
    let day: Date = day.trim().parse().ok()?;
    let next = day.tomorrow().ok()?.to_zoned(TimeZone::UTC).ok()?;
    Some(next.timestamp().as_millisecond() - 1)
}

/// Whether `day` is a day as it is asked for: `YYYY-MM-DD`.
pub fn is_day(day: &str) -> bool {
    day.len() == "YYYY-MM-DD".len() && day.parse::<Date>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_end() {
        for (day, end) in [
            ("1970-01-01", Some(86_399_999)),
            ("2020-02-30", None),
            ("yesterday", None),
            (" 1970-01-02 ", Some(172_799_999)),
        ] {
            assert_eq!(end_of_day(day), end, "{day}");
        }
        for (day, want) in
            [("2020-02-29", true), ("2020-02-30", false), ("20200229", false), ("May", false)]
        {
            assert_eq!(is_day(day), want, "{day}");
        }
        assert_eq!(instant(86_399_999), "1970-01-01T23:59:59Z");
    }
}
