//! Interval algebra over days.

use jiff::civil::Date;
use variorum_model::contract::Interval;

/// A stretch of days, both ends included; a missing end is unbounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Days {
    /// First possible day.
    pub earliest: Option<Date>,
    /// Last possible day.
    pub latest: Option<Date>,
}

/// How one stretch of days stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// One of them says nothing.
    Unknown,
    /// Some day lies in both.
    Overlapping,
    /// No day lies in both; this many days lie between the nearer ends.
    Apart(i64),
}

impl Days {
    /// Whether nothing at all is known.
    pub fn is_unknown(&self) -> bool {
        self.earliest.is_none() && self.latest.is_none()
    }

    /// Number of days, when both ends are known.
    pub fn width(&self) -> Option<i64> {
        Some(days_between(self.earliest?, self.latest?) + 1)
    }

    /// Whether the stretch is narrow enough to contradict another to the day: two days at most,
    /// as "two days ago" gives when the day of writing is itself known to within a day.
    pub fn is_day_precise(&self) -> bool {
        self.width().is_some_and(|w| w <= 2)
    }

    /// How this stretch stands to `other`.
    pub fn relation(&self, other: &Days) -> Relation {
        if self.is_unknown() || other.is_unknown() {
            return Relation::Unknown;
        }
        let gap = |before: Option<Date>, after: Option<Date>| match (before, after) {
            (Some(b), Some(a)) if b < a => Some(days_between(b, a)),
            _ => None,
        };
        match gap(self.latest, other.earliest).or_else(|| gap(other.latest, self.earliest)) {
            Some(days) => Relation::Apart(days),
            None => Relation::Overlapping,
        }
    }

    /// The smallest stretch that holds both.
    pub fn hull(&self, other: &Days) -> Days {
        if self.is_unknown() {
            return *other;
        }
        if other.is_unknown() {
            return *self;
        }
        let least = |a: Option<Date>, b: Option<Date>| a.zip(b).map(|(a, b)| a.min(b));
        let most = |a: Option<Date>, b: Option<Date>| a.zip(b).map(|(a, b)| a.max(b));
        Days {
            earliest: least(self.earliest, other.earliest),
            latest: most(self.latest, other.latest),
        }
    }

    /// As the contract writes it; `None` when nothing is known.
    pub fn interval(&self) -> Option<Interval> {
        (!self.is_unknown()).then(|| Interval {
            earliest: self.earliest.map(|d| d.to_string()),
            latest: self.latest.map(|d| d.to_string()),
        })
    }

    /// The day, month or year that it is, ISO 8601; `None` where it is none of them.
    pub fn as_told(&self) -> Option<String> {
        let (a, b) = (self.earliest?, self.latest?);
        match (a, b) {
            _ if a == b => Some(a.to_string()),
            _ if a == a.first_of_year() && b == a.last_of_year() => {
                Some(format!("{:04}", a.year()))
            }
            _ if a == a.first_of_month() && b == a.last_of_month() => {
                Some(format!("{:04}-{:02}", a.year(), a.month()))
            }
            _ => None,
        }
    }

    /// As a person writes it: one day, or the two ends.
    pub fn phrase(&self) -> String {
        match (self.earliest, self.latest) {
            (Some(a), Some(b)) if a == b => a.to_string(),
            (Some(a), Some(b)) => format!("{a} to {b}"),
            (Some(a), None) => format!("{a} or later"),
            (None, Some(b)) => format!("{b} or earlier"),
            (None, None) => "no date".to_owned(),
        }
    }
}

/// Days from `a` to `b`.
fn days_between(a: Date, b: Date) -> i64 {
    i64::from((b - a).get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(a: Option<&str>, b: Option<&str>) -> Days {
        let date = |s: &str| s.parse::<Date>().expect("a date");
        Days { earliest: a.map(date), latest: b.map(date) }
    }

    #[test]
    fn what_is_told_is_a_day_a_month_or_a_year() {
        for (a, b, told) in [
            ("2013-01-01", "2013-12-31", Some("2013")),
            ("2016-02-01", "2016-02-29", Some("2016-02")),
            ("2016-02-28", "2016-02-28", Some("2016-02-28")),
            ("2016-02-01", "2016-02-28", None),
        ] {
            assert_eq!(days(Some(a), Some(b)).as_told().as_deref(), told, "{a} to {b}");
        }
        assert_eq!(days(None, Some("2013-12-31")).as_told(), None);
    }

    #[test]
    fn relations() {
        let june = days(Some("2016-06-01"), Some("2016-06-30"));
        let ninth = days(Some("2016-06-09"), Some("2016-06-09"));
        let tenth = days(Some("2016-06-10"), Some("2016-06-10"));
        let since = days(Some("2016-06-10"), None);
        for (a, b, want) in [
            (june, ninth, Relation::Overlapping),
            (ninth, tenth, Relation::Apart(1)),
            (tenth, ninth, Relation::Apart(1)),
            (ninth, since, Relation::Apart(1)),
            (since, june, Relation::Overlapping),
            (ninth, Days::default(), Relation::Unknown),
        ] {
            assert_eq!(a.relation(&b), want, "{a:?} and {b:?}");
        }
        assert_eq!(ninth.hull(&tenth), days(Some("2016-06-09"), Some("2016-06-10")));
        assert!(ninth.is_day_precise() && !june.is_day_precise() && !since.is_day_precise());
        assert_eq!(days(Some("2016-02-28"), Some("2016-03-01")).width(), Some(3));
    }
}
