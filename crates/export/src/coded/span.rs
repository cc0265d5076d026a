//! What is known of an event's day.

use variorum_model::contract::Interval;

/// The day, month and year of an event, each only where the record settles it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct KnownDay<'r> {
    /// ISO 8601, where first and last possible day are one.
    pub(crate) day: Option<&'r str>,
    /// `2019-03`, where both lie in one month.
    pub(crate) month: Option<&'r str>,
    /// `2019`, where both lie in one year.
    pub(crate) year: Option<&'r str>,
}

impl<'r> KnownDay<'r> {
    /// Of an interval; one with an open end settles nothing.
    pub(crate) fn of(time: Option<&'r Interval>) -> KnownDay<'r> {
        let ends = time.and_then(|t| Some((t.earliest.as_deref()?, t.latest.as_deref()?)));
        match ends {
            Some((first, last)) if is_day(first) && is_day(last) => {
                let shared =
                    |length: usize| (first[..length] == last[..length]).then(|| &first[..length]);
                KnownDay { day: shared(10), month: shared(7), year: shared(4) }
            }
            _ => KnownDay::default(),
        }
    }

    /// The day as the fraction of its year that GDELT's files hold: `2019.1863`, months of thirty
    /// days in a year of 365.
    pub(crate) fn fraction(&self) -> Option<String> {
        let day = self.day?;
        let number = |piece: &str| piece.parse::<u32>().ok();
        let (year, month, of_month) = (&day[..4], number(&day[5..7])?, number(&day[8..])?);
        let part = (month.checked_sub(1)? * 30 + of_month) * 10_000;
        let rounded = (part + 182) / 365;
        Some(format!("{year}.{rounded:04}"))
    }
}

/// Whether `text` is `YYYY-MM-DD`.
pub(crate) fn is_day(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| match i {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_settled_is_told() {
        let interval = |first: &str, last: &str| Interval {
            earliest: (!first.is_empty()).then(|| first.to_owned()),
            latest: (!last.is_empty()).then(|| last.to_owned()),
        };
        for (first, last, day, month, year) in [
            ("2019-03-08", "2019-03-08", "2019-03-08", "2019-03", "2019"),
            ("2019-03-08", "2019-03-09", "", "2019-03", "2019"),
            ("2019-02-28", "2019-03-01", "", "", "2019"),
            ("2018-12-31", "2019-01-01", "", "", ""),
            ("2019-03-08", "", "", "", ""),
            ("", "2019-03-08", "", "", ""),
            ("early in März", "early in März", "", "", ""),
        ] {
            let time = interval(first, last);
            let known = KnownDay::of(Some(&time));
            let told = [known.day, known.month, known.year].map(Option::unwrap_or_default);
            assert_eq!(told, [day, month, year], "{first} to {last}");
        }
        assert_eq!(KnownDay::of(None), KnownDay::default());
    }

    #[test]
    fn fractions_are_those_of_gdelt() {
        for (day, fraction) in
            [("2015-02-18", "2015.1315"), ("2015-01-01", "2015.0027"), ("2019-12-31", "2019.9890")]
        {
            let time = Interval { earliest: Some(day.into()), latest: Some(day.into()) };
            assert_eq!(KnownDay::of(Some(&time)).fraction().as_deref(), Some(fraction));
        }
    }
}
