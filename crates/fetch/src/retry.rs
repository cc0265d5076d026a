//! When to try again.

use jiff::fmt::rfc2822::DateTimeParser;
use std::time::Duration;

/// Longest that is waited on a server's word, or after failures.
const LONGEST: i64 = 24 * 60 * 60 * 1000;

/// What `Retry-After` says (RFC 9110, 10.2.3), as milliseconds since 1970: seconds from `now`, or a date. At most a day
/// from now.
pub fn retry_after(value: &str, now: i64) -> Option<i64> {
    let value = value.trim();
    let at = match value.parse::<u32>() {
        Ok(seconds) => now.saturating_add(i64::from(seconds) * 1000),
        Err(_) => {
            let date = DateTimeParser::new().relaxed_weekday(true).parse_timestamp(value).ok()?;
            date.as_millisecond()
        }
    };
    Some(at.clamp(now, now.saturating_add(LONGEST)))
}

/// How long to wait after so many failures in a row: `first`, doubled each time, at most a day.
pub fn back_off(first: Duration, failures: u32) -> Duration {
    let factor = 1u32 << failures.saturating_sub(1).min(16);
    first.saturating_mul(factor).min(Duration::from_millis(LONGEST as u64))
}

#[cfg(test)]
mod tests {
    use super::{back_off, retry_after};
    use std::time::Duration;

    #[test]
    fn what_servers_ask() {
        let now = 1_588_672_800_000; // 2020-05-05T10:00:00Z
        for (value, wait) in [
            ("120", Some(120_000)),
            (" 0 ", Some(0)),
            ("4000000000", Some(86_400_000)),
            ("Tue, 05 May 2020 10:01:00 GMT", Some(60_000)),
            ("Mon, 04 May 2020 10:01:00 GMT", Some(0)),
            ("soon", None),
            ("-5", None),
        ] {
            assert_eq!(retry_after(value, now).map(|at| at - now), wait, "{value}");
        }
    }

    #[test]
    fn failures_double_the_wait() {
        let minute = Duration::from_secs(60);
        for (failures, minutes) in [(0, 1), (1, 1), (2, 2), (5, 16), (40, 1440)] {
            assert_eq!(back_off(minute, failures), minute * minutes, "{failures}");
        }
    }
}
