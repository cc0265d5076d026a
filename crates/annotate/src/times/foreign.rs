//! Dates of the Persian, Hijri and Hebrew calendars.

use super::absolute::{day_of_month, small};
use super::conversion::Foreign;
use super::lexicon::{lower, phrase};
use super::meaning::{Found, Meaning};
use crate::words::Word;

/// "3 Ramadan 1437", "20th of Khordad, 1395", "Khordad 1395", "Muharram 10, 1440 AH".
///
/// A month name alone is none: most of them are also names of people and agencies.
pub(super) fn foreign_date(words: &[Word<'_>], at: usize) -> Option<Found> {
    let first = words.get(at)?;
    if !first.is_number() && !first.is_capitalised() {
        return None;
    }
    let before = day_of_month(words, at);
    let name = before.map_or(at, |(_, end)| end);
    let name = name + usize::from(before.is_some() && lower(words, name) == "of");
    if !words.get(name).is_some_and(Word::is_capitalised) {
        return None;
    }
    let (value, mut end) = phrase(words, name, "foreign_month")?;
    let (calendar, month) = value.split_once('-')?;
    let (calendar, month) = (Foreign::named(calendar)?, month.parse().ok()?);
    let mut day = before.map(|(day, _)| day);
    if day.is_none()
        && let Some(after) = small(words, end, 30)
    {
        day = Some(after);
        end += 1;
    }
    let comma = usize::from(lower(words, end) == ",");
    let year = words
        .get(end + comma)
        .and_then(Word::integer)
        .filter(|y| words[end + comma].lower.len() == 4 && calendar.has_year(*y));
    if year.is_some() {
        end += comma + 1;
        end += usize::from(matches!(lower(words, end), "ah" | "a.h." | "sh" | "ap" | "am"));
    }
    let year = year.map(|y| y as i32);
    let meaning = Meaning::Foreign { calendar, year, month, day };
    (year.is_some() || day.is_some()).then(|| Found::new(at, end, meaning, calendar.rule()))
}
