//! Durations, sets, and what is counted in durations ("two days ago").

use super::lexicon::{joined, look_up, lower, month, phrase, weekday};
use super::meaning::{Found, From, Meaning, Way};
use super::relative::{is_title, unit_word, unknown_length};
use crate::numbers::{Number, Sharpness, number, ordinal};
use crate::words::Word;

/// The longest length or set that begins at word `at`.
pub(super) fn length(words: &[Word<'_>], at: usize) -> Option<Found> {
    let rules = [
        counted,
        past_or_next,
        bare_plural,
        one_long,
        units_beside,
        unmeasured,
        every,
        frequency,
        nth_unit,
    ];
    let mut best: Option<Found> = None;
    for rule in rules {
        if let Some(found) = rule(words, at)
            && best.as_ref().is_none_or(|b| found.end > b.end)
        {
            best = Some(found);
        }
    }
    best
}

/// An amount of a unit of time.
struct Amount {
    number: Number,
    unit: &'static str,
    end: usize,
    /// "five-year" and "five-year-old" qualify a noun.
    adjective: bool,
    /// "five-year-old", "five years old".
    age: bool,
}

/// "two days", "a year", "1.5 hours", "five-year", "a couple of weeks", "a few more days".
fn amount(words: &[Word<'_>], at: usize) -> Option<Amount> {
    let article = matches!(lower(words, at), "a" | "an" | "one");
    let counted = number(words, at);
    let (number, mut i) = match counted.map(|n| ranged(words, n)) {
        Some(n) => (n, n.end),
        None if article => {
            let further = usize::from(matches!(
                lower(words, at + 1),
                "full" | "whole" | "further" | "additional" | "single" | "good"
            ));
            let sharpness = Sharpness::Exact;
            (Number { value: 1.0, sharpness, end: at + 1 }, at + 1 + further)
        }
        None => return None,
    };
    if number.sharpness == Sharpness::Fraction {
        return None;
    }
    if counted.is_none() && article && unit_word(lower(words, i)).is_none_or(|(_, plural)| plural) {
        return None;
    }
    i += usize::from(counted.is_some() && lower(words, i) == "of");
    i += usize::from(matches!(
        lower(words, i),
        "more" | "full" | "consecutive" | "straight" | "long" | "whole" | "trading" | "working"
    ));
    let dash = usize::from(joined(words, i));
    let (unit, plural) = unit_word(lower(words, i + dash))?;
    let adjective = dash == 1 && !plural;
    let mut end = i + dash + 1;
    // "the 1988 quarter" counts nothing, nor does "a year-earlier loss"
    let dated = !plural && dash == 0 && counted.is_some() && number.value >= 1000.0;
    let compound = joined(words, end) && matches!(lower(words, end + 1), "earlier" | "ago" | "end");
    if dated || compound {
        return None;
    }
    let mut age = false;
    if adjective || dash == 0 && plural {
        let old = usize::from(joined(words, end));
        if lower(words, end + old) == "old" && (old == 1 || plural) {
            end += old + 1;
            age = true;
        } else if adjective && old == 1 && lower(words, end + 1) == "long" {
            end += 2;
        }
    }
    // "a minute and a half"
    let mut value = number.value;
    if lower(words, end) == "and" && lower(words, end + 1) == "a" && lower(words, end + 2) == "half"
    {
        value += 0.5;
        end += 3;
    }
    Some(Amount { number: Number { value, ..number }, unit, end, adjective, age })
}

/// "two to three", "12-18", "three or four": a count that is left open, where a unit in the plural follows.
fn ranged(words: &[Word<'_>], first: Number) -> Number {
    let at = first.end;
    let linked = matches!(lower(words, at), "to" | "or") || joined(words, at);
    let second = linked.then(|| number(words, at + 1)).flatten();
    match second.filter(|n| unit_word(lower(words, n.end)).is_some_and(|(_, plural)| plural)) {
        Some(n) if n.value > first.value => Number { sharpness: Sharpness::Vague, ..n },
        _ => first,
    }
}

/// Whether what follows "ten-year-old" lasts ("war", "blockade"), so that its age is a length of
/// time; the age of a person or a thing is none.
fn lasts(words: &[Word<'_>], at: usize) -> bool {
    (at..at + 3)
        .take_while(|&i| words.get(i).is_some_and(|w| w.is_word() && !w.is_capitalised()))
        .any(|i| look_up("lasting", lower(words, i)).is_some())
}

/// "$500 million a year", "24 hours a day", "four flights a week": so much in each unit.
fn is_rate(words: &[Word<'_>], at: usize) -> bool {
    if !matches!(lower(words, at), "a" | "an") || at == 0 {
        return false;
    }
    let before = lower(words, at - 1);
    let counts =
        |i: usize| words[i].is_number() || number(words, i).is_some_and(|n| n.end == i + 1);
    matches!(before, "once" | "twice" | "times" | "%")
        || counts(at - 1)
        || at >= 2 && before.ends_with('s') && words[at - 1].is_word() && counts(at - 2)
}

/// TIMEX3 value of `count` units.
fn length_value(unit: &str, number: Number) -> String {
    if number.sharpness == Sharpness::Vague {
        return unknown_length(unit);
    }
    let whole = number.value.fract() == 0.0;
    let n = number.value;
    let text = |n: f64| format!("{n}");
    match unit {
        "TH" if !whole => format!("PT{}H{}M", n.floor(), (n.fract() * 60.0).round()),
        "TM" if !whole => format!("PT{}M{}S", n.floor(), (n.fract() * 60.0).round()),
        "Y" if n.fract() == 0.5 => format!("P{}Y6M", n.floor()),
        "TH" => format!("PT{}H", text(n)),
        "TM" => format!("PT{}M", text(n)),
        "TS" => format!("PT{}S", text(n)),
        "F" => format!("P{}W", text(n * 2.0)),
        "Q" => format!("P{}Q", text(n)),
        "E" => format!("P{}Y", text(n * 10.0)),
        "C" => format!("P{}Y", text(n * 100.0)),
        letter => format!("P{}{letter}", text(n)),
    }
}

/// "nearly two years", "more than five-year-old", "two days ago", "a week later".
fn counted(words: &[Word<'_>], at: usize) -> Option<Found> {
    let from = approximation(words, at).unwrap_or(at);
    let mut amount = amount(words, from)?;
    let mut end = amount.end;
    if is_title(words, at, end - 1) {
        return None;
    }
    if amount.age && !lasts(words, end) {
        return None;
    }
    if lower(words, end) == "or" && matches!(lower(words, end + 1), "so" | "more" | "less") {
        end += 2;
    } else if lower(words, end) == "or" && lower(words, end + 1) == "two" && from + 2 == end {
        amount.number.sharpness = Sharpness::Vague;
        end += 2;
    }
    let written = length_value(amount.unit, amount.number);
    if some_day(words, from, end) {
        return Some(Found::new(at, end, Meaning::Reference("FUTURE_REF"), "some_day"));
    }
    if !amount.adjective
        && let Some(found) = shifted(words, at, end, &amount, &written)
    {
        return Some(found);
    }
    if is_rate(words, at) {
        return Some(Found::new(at, end, Meaning::Set(written), "rate"));
    }
    // "a quarter" without more is a fourth part
    if amount.unit == "Q" && end == from + 2 && matches!(lower(words, from), "a" | "one") {
        return None;
    }
    Some(Found::new(at, end, Meaning::Duration(written), "counted_units"))
}

/// "it will one day be", "one day will": a day that is not told.
fn some_day(words: &[Word<'_>], at: usize, end: usize) -> bool {
    let one_day = lower(words, at) == "one" && lower(words, end - 1) == "day" && end == at + 2;
    let modal = |i: usize| look_up("modal", lower(words, i)).is_some();
    one_day && (at.checked_sub(1).is_some_and(modal) || modal(end))
}

/// "… ago", "… earlier", "… later", "… before", "… after that".
fn shifted(
    words: &[Word<'_>],
    at: usize,
    end: usize,
    amount: &Amount,
    written: &str,
) -> Option<Found> {
    let (back, from, after) = match lower(words, end) {
        "ago" => (true, From::Writing, end + 1),
        "earlier" | "previously" => (true, From::Told, end + 1),
        "later" => (false, From::Told, end + 1),
        "from" if matches!(lower(words, end + 1), "now" | "today") => {
            (false, From::Writing, end + 2)
        }
        "before" | "prior" if ends_clause(words, end + 1) => (true, From::Told, end + 1),
        "afterwards" | "afterward" => (false, From::Told, end + 1),
        "hence" => (false, From::Writing, end + 1),
        _ => return None,
    };
    if amount.number.sharpness == Sharpness::Vague || amount.number.value > 1e6 {
        let way = if back { Way::Back } else { Way::On };
        let meaning = match from {
            From::Writing if back => Meaning::Reference("PAST_REF"),
            _ => Meaning::Stretch { value: written.to_owned(), way },
        };
        return Some(Found::new(at, after, meaning, "shifted_units"));
    }
    // Half years shift by months
    let (unit, count) = match (amount.unit, amount.number.value.fract() == 0.0) {
        ("Y", false) => ("M", amount.number.value * 12.0),
        (unit, _) => (unit, amount.number.value),
    };
    let count = count.round() as i32 * if back { -1 } else { 1 };
    let meaning = Meaning::Shift { unit, count, from, written: written.to_owned() };
    Some(Found::new(at, after, meaning, "shifted_units"))
}

fn ends_clause(words: &[Word<'_>], at: usize) -> bool {
    words.get(at).is_none_or(|w| !w.is_word() && !w.is_number() && w.lower != "$")
}

/// One past "nearly", "more than", "at least" at word `at`.
fn approximation(words: &[Word<'_>], at: usize) -> Option<usize> {
    phrase(words, at, "approximation_phrase")
        .or_else(|| phrase(words, at, "approximation"))
        .map(|(_, end)| end)
}

/// "the past two years", "the next few days", "the last decade", "coming weeks".
fn past_or_next(words: &[Word<'_>], at: usize) -> Option<Found> {
    let the =
        usize::from(matches!(lower(words, at), "the" | "these" | "his" | "her" | "its" | "their"));
    let way = match lower(words, at + the) {
        "past" | "last" | "previous" | "preceding" => Way::Back,
        "next" | "coming" | "following" => Way::On,
        "first" | "final" | "latest" | "early" | "opening" | "closing" if the == 1 => Way::Open,
        _ => return None,
    };
    let i = at + the + 1;
    let from = approximation(words, i).unwrap_or(i);
    let past = lower(words, at + the) == "past";
    if let Some(amount) = amount(words, from).filter(|_| !matches!(lower(words, from), "a" | "an"))
    {
        let value = length_value(amount.unit, amount.number);
        let mut end = amount.end;
        if lower(words, end) == "or" && lower(words, end + 1) == "so" {
            end += 2;
        }
        let meaning = stretch(value, way);
        return Some(Found::new(at, end, meaning, "past_units"));
    }
    let couple = lower(words, i) == "couple" && lower(words, i + 1) == "of";
    if couple {
        let (unit, _) = unit_word(lower(words, i + 2))?;
        let two = Number { value: 2.0, sharpness: Sharpness::Exact, end: i };
        return Some(Found::new(at, i + 3, stretch(length_value(unit, two), way), "past_units"));
    }
    let (unit, plural) = unit_word(lower(words, i))?;
    if plural {
        // "the early hours of Monday" are a part of the day
        if unit == "TH" && lower(words, at + the) == "early" {
            return None;
        }
        return Some(Found::new(at, i + 1, stretch(unknown_length(unit), way), "past_units"));
    }
    let one = Number { value: 1.0, sharpness: Sharpness::Exact, end: i };
    let whole = past || matches!(unit, "E" | "C") && way == Way::Back;
    (whole && way != Way::Open)
        .then(|| Found::new(at, i + 1, stretch(length_value(unit, one), way), "past_units"))
}

fn stretch(value: String, way: Way) -> Meaning {
    match way {
        Way::Back | Way::On => Meaning::Stretch { value, way },
        Way::Here | Way::Open => Meaning::Duration(value),
    }
}

/// "years", "weeks or months", "for decades", "decades-long".
fn bare_plural(words: &[Word<'_>], at: usize) -> Option<Found> {
    let the = usize::from(lower(words, at) == "the");
    let unit = look_up("units", lower(words, at + the))?;
    let mut end = at + the + 1;
    if matches!(unit, "TS") || lower(words, at + the) == "quarters" {
        return None;
    }
    let before = at.checked_sub(1).map_or("", |b| lower(words, b));
    let long = joined(words, end) && matches!(lower(words, end + 1), "long" | "old");
    // "the early hours" are a part of a day.
    if unit == "TH" && matches!(before, "early" | "small" | "wee") {
        return None;
    }
    if long {
        end += 2;
    } else if lower(words, end) == "ago" {
        return Some(Found::new(at, end + 1, Meaning::Reference("PAST_REF"), "units_ago"));
    } else if matches!(lower(words, end), "or" | "and")
        && look_up("units", lower(words, end + 1)).is_some()
    {
        end += 2;
    }
    // "business hours", "school days", "the 40 days" read elsewhere; "of years" belongs to a noun
    let before_is_noun = words
        .get(at.wrapping_sub(1))
        .is_some_and(|w| at > 0 && (w.is_number() || w.lower == "-" && words[at].glued));
    let counts = look_up("length_lead", before).is_some();
    ((counts || long) && !before_is_noun && the == 0)
        .then(|| Found::new(at, end, Meaning::Duration(unknown_length(unit)), "bare_units"))
}

/// "day-long", "daylong", "year-long": the length of one unit.
fn one_long(words: &[Word<'_>], at: usize) -> Option<Found> {
    let word = lower(words, at);
    let (unit, end) = match word.strip_suffix("long") {
        Some(unit) if !unit.is_empty() => (unit, at + 1),
        _ if joined(words, at + 1) && lower(words, at + 2) == "long" => (word, at + 3),
        _ => return None,
    };
    let unit = look_up("unit", unit)?;
    let one = Number { value: 1.0, sharpness: Sharpness::Exact, end };
    let joins = at > 0 && words[at].glued && lower(words, at - 1) == "-";
    (!joins).then(|| Found::new(at, end, Meaning::Duration(length_value(unit, one)), "one_long"))
}

/// "the weeks before", "the days that followed", "over the years": units told by what they stand beside.
fn units_beside(words: &[Word<'_>], at: usize) -> Option<Found> {
    let unit = look_up("units", lower(words, at + 1)).filter(|_| lower(words, at) == "the")?;
    let end = at + 2;
    let before = at.checked_sub(1).map_or("", |b| lower(words, b));
    let beside = look_up("beside", lower(words, end)).is_some()
        || matches!(lower(words, end), "that" | "which")
            && lower(words, end + 1).starts_with("follow")
        || matches!(before, "over" | "through" | "down");
    (beside && unit != "TS")
        .then(|| Found::new(at, end, Meaning::Duration(unknown_length(unit)), "units_beside"))
}

/// "a while", "some time": a length without a unit.
fn unmeasured(words: &[Word<'_>], at: usize) -> Option<Found> {
    let (value, end) = phrase(words, at, "unmeasured")?;
    let before = at.checked_sub(1).map_or("", |b| lower(words, b));
    let led =
        matches!(before, "for" | "after" | "quite" | "within" | "in" | "take" | "takes" | "took");
    led.then(|| Found::new(at, end, Meaning::Duration(value.to_owned()), "unmeasured"))
}

/// "every Monday", "each July", "every day", "every two years".
fn every(words: &[Word<'_>], at: usize) -> Option<Found> {
    if !matches!(lower(words, at), "every" | "each") {
        return None;
    }
    let set = |end, value| Some(Found::new(at, end, Meaning::Set(value), "every"));
    if let Some((day, end)) = weekday(words, at + 1, false) {
        return match look_up("part", lower(words, end)) {
            Some(part) => set(end + 1, format!("XXXX-WXX-{day}T{part}")),
            None => set(end, format!("XXXX-WXX-{day}")),
        };
    }
    if let Some((month, end)) = month(words, at + 1) {
        return set(end, format!("XXXX-{month:02}"));
    }
    if let Some(part) = look_up("part", lower(words, at + 1)) {
        return set(at + 2, format!("XXXX-XX-XXT{part}"));
    }
    if let Some(season) = look_up("season", lower(words, at + 1)) {
        return set(at + 2, format!("XXXX-{season}"));
    }
    let other = usize::from(lower(words, at + 1) == "other");
    if let Some(unit) = look_up("unit", lower(words, at + 1 + other)) {
        let n = Number { value: 1.0 + other as f64, sharpness: Sharpness::Exact, end: at };
        return set(at + 2 + other, length_value(unit, n));
    }
    let amount = amount(words, at + 1)?;
    set(amount.end, length_value(amount.unit, amount.number))
}

/// "daily", "weekly", "annually".
fn frequency(words: &[Word<'_>], at: usize) -> Option<Found> {
    let value = look_up("frequency", lower(words, at))?;
    // "the Daily Star" and "The Weekly" are names
    let named = words[at].is_capitalised() && at > 0;
    let joins = words[at].glued && at > 0 && lower(words, at - 1) == "-";
    // "the party daily Varna" is a newspaper
    let names = words.get(at + 1).is_some_and(|w| w.is_word() && w.is_capitalised());
    (!named && !joins && !names)
        .then(|| Found::new(at, at + 1, Meaning::Set(value.to_owned()), "frequency"))
}

/// "the third day", "eighth day": a day counted from a beginning the text knows.
fn nth_unit(words: &[Word<'_>], at: usize) -> Option<Found> {
    let the = usize::from(
        lower(words, at) == "the" || matches!(lower(words, at), "his" | "her" | "its" | "their"),
    );
    let (n, after) = ordinal(words, at + the)?;
    let _ = n;
    let straight = usize::from(matches!(lower(words, after), "straight" | "consecutive"));
    let unit = look_up("unit", lower(words, after + straight))?;
    // "their third day-long meeting" is no third day.
    if joined(words, after + straight + 1) {
        return None;
    }
    let day = matches!(unit, "D" | "W" | "M" | "Y") && (the == 1 || straight == 1);
    day.then(|| {
        let value = match unit {
            "D" => "XXXX-XX-XX",
            "W" => "XXXX-WXX",
            "M" => "XXXX-XX",
            _ => "XXXX",
        };
        Found::new(at, after + straight + 1, Meaning::Unplaced(value.into()), "nth_unit")
    })
}
