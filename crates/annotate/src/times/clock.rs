//! Clock times.

use super::lexicon::{look_up, lower};
use super::meaning::Clock;
use crate::words::Word;

/// A clock time that begins at word `at`, and one past its end with its zone.
pub(super) fn clock(words: &[Word<'_>], at: usize) -> Option<(Clock, usize)> {
    let (mut clock, mut end) = named(words, at)
        .or_else(|| half_day(words, at))
        .or_else(|| colon(words, at))
        .or_else(|| four_digits(words, at))?;
    if let Some((zone, after)) = zone(words, end) {
        clock.utc = matches!(zone, "GMT" | "UTC");
        end = after;
    }
    if lower(words, end) == "local" && lower(words, end + 1) == "time" {
        end += 2;
    }
    if let Some((hour, after)) = bracketed(words, end) {
        clock.utc_hour = Some(hour);
        end = after;
    }
    Some((clock, end))
}

fn at_hour(hour: u32, minute: Option<u32>) -> Option<Clock> {
    let fits = hour < 24 && minute.is_none_or(|m| m < 60) || hour == 24 && minute.unwrap_or(0) == 0;
    fits.then(|| Clock {
        hour: hour as u8,
        minute: minute.map(|m| m as u8),
        utc: false,
        midnight: false,
        utc_hour: None,
    })
}

/// "noon", "midday", "midnight".
fn named(words: &[Word<'_>], at: usize) -> Option<(Clock, usize)> {
    match lower(words, at) {
        "noon" | "midday" => Some((at_hour(12, Some(0))?, at + 1)),
        "midnight" => Some((Clock { midnight: true, ..at_hour(24, Some(0))? }, at + 1)),
        _ => None,
    }
}

/// "10:35 a.m.", "9 am", "5 o'clock", "4 in the morning", "9.30pm".
fn half_day(words: &[Word<'_>], at: usize) -> Option<(Clock, usize)> {
    let word = words.get(at)?;
    let (hour, minute, mut end) = match word.integer().filter(|h| (1..=12).contains(h)) {
        Some(hour) => match minutes(words, at + 1) {
            Some((minute, end)) => (hour, Some(minute), end),
            None => (hour, None, at + 1),
        },
        None => {
            let (h, m) = word.lower.split_once('.').filter(|(_, m)| m.len() == 2)?;
            (h.parse().ok().filter(|h| (1..=12).contains(h))?, Some(m.parse().ok()?), at + 1)
        }
    };
    let later = match lower(words, end) {
        "a.m." | "am" | "a.m" => 0,
        "p.m." | "pm" | "p.m" => 12,
        "o" if lower(words, end + 1) == "'clock" => {
            end += 1;
            part_of_day(words, &mut end).unwrap_or(0)
        }
        "in" | "at" => {
            let mut after = end;
            let later = part_of_day_after(words, &mut after)?;
            end = after - 1;
            later
        }
        _ => return None,
    };
    let hour = if hour == 12 && later < 24 { later } else { hour + later };
    Some((at_hour(hour, minute)?, end + 1))
}

fn part_of_day(words: &[Word<'_>], end: &mut usize) -> Option<u32> {
    let mut after = *end + 1;
    let later = part_of_day_after(words, &mut after)?;
    *end = after - 1;
    Some(later)
}

/// "in the morning", "in the afternoon", "at night": hours to add.
fn part_of_day_after(words: &[Word<'_>], at: &mut usize) -> Option<u32> {
    let (name, end) = match (lower(words, *at), lower(words, *at + 1)) {
        ("in", "the") => (lower(words, *at + 2), *at + 3),
        ("at", "night") => ("night", *at + 2),
        _ => return None,
    };
    *at = end;
    match name {
        "morning" => Some(0),
        "afternoon" | "evening" | "night" => Some(12),
        _ => None,
    }
}

/// ":35" and one past its end, seconds stepped over.
fn minutes(words: &[Word<'_>], at: usize) -> Option<(u32, usize)> {
    let minute = words.get(at + 1).filter(|w| w.glued && w.lower.len() == 2)?.integer()?;
    if lower(words, at) != ":" || !words[at].glued {
        return None;
    }
    let seconds = lower(words, at + 2) == ":"
        && words.get(at + 3).is_some_and(|w| w.glued && w.lower.len() == 2 && w.is_number());
    Some((minute, at + if seconds { 4 } else { 2 }))
}

/// "22:00", "11:11:05".
fn colon(words: &[Word<'_>], at: usize) -> Option<(Clock, usize)> {
    let word = words.get(at)?;
    let hour = word.integer().filter(|_| word.lower.len() <= 2)?;
    let (minute, end) = minutes(words, at + 1)?;
    // "a score of 10:12" and verse numbers are rare in news; a day or zone need not follow
    Some((at_hour(hour, Some(minute))?, end))
}

/// "2200 GMT", "1430 hours".
fn four_digits(words: &[Word<'_>], at: usize) -> Option<(Clock, usize)> {
    let word = words.get(at)?;
    let value = word.integer().filter(|_| word.lower.len() == 4)?;
    let hours = lower(words, at + 1) == "hours";
    let local = lower(words, at + 1) == "local" && lower(words, at + 2) == "time";
    if !hours && !local && zone(words, at + 1).is_none() {
        return None;
    }
    Some((at_hour(value / 100, Some(value % 100))?, at + 1 + usize::from(hours)))
}

/// The name of a time zone in capitals at word `at`, and one past its end ("+3" included).
fn zone(words: &[Word<'_>], at: usize) -> Option<(&'static str, usize)> {
    let word = words.get(at)?;
    let capitals = word.text.chars().all(|c| c.is_uppercase());
    let zone = look_up("zone", &word.lower).filter(|_| capitals)?;
    let shift = matches!(lower(words, at + 1), "+" | "-")
        && words[at + 1].glued
        && words.get(at + 2).is_some_and(|w| w.glued && w.is_number());
    Some((zone, at + if shift { 3 } else { 1 }))
}

/// "(2200 GMT)", "(10:00 GMT)", "(1 p.m. ET)": the hour of Greenwich, and one past the bracket.
fn bracketed(words: &[Word<'_>], at: usize) -> Option<(u8, usize)> {
    if lower(words, at) != "(" {
        return None;
    }
    let (inner, end) = four_digits(words, at + 1).or_else(|| colon(words, at + 1))?;
    let (zone, end) = zone(words, end)?;
    (matches!(zone, "GMT" | "UTC") && lower(words, end) == ")").then_some((inner.hour, end + 1))
}
