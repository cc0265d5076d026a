//! Expressions that point from the day of writing or from a time told before.

use super::absolute::absolute;
use super::lexicon::{is_calendar_unit, joined, look_up, lower, month, phrase, weekday};
use super::meaning::{Found, From, Meaning, Way};
use crate::numbers::ordinal;
use crate::words::Word;

/// The longest relative expression that begins at word `at`.
pub(super) fn relative(words: &[Word<'_>], at: usize) -> Option<Found> {
    let rules = [
        day_word,
        pointed,
        lone_weekday,
        the_unit,
        latest_period,
        framed,
        that_unit,
        reference,
        year_compound,
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

/// "today", "yesterday", "tomorrow", "tonight", "overnight".
fn day_word(words: &[Word<'_>], at: usize) -> Option<Found> {
    let name = lower(words, at);
    let today = |end: usize, rule| {
        Found::new(at, end, Meaning::Unit { unit: "D", offset: 0, from: From::Writing }, rule)
    };
    if name == "tonight" {
        return Some(Found { part: Some("NI"), ..today(at + 1, "tonight") });
    }
    if name == "overnight" {
        let meaning = Meaning::Unit { unit: "D", offset: -1, from: From::Writing };
        return Some(Found { part: Some("NI"), ..Found::new(at, at + 1, meaning, "overnight") });
    }
    if name == "the" && lower(words, at + 1) == "day" {
        let offset = match (lower(words, at + 2), lower(words, at + 3)) {
            ("before", "yesterday") => -2,
            ("after", "tomorrow") => 2,
            _ => return None,
        };
        let meaning = Meaning::Unit { unit: "D", offset, from: From::Writing };
        return Some(Found::new(at, at + 4, meaning, "day_word"));
    }
    let offset = look_up("day", name)?.parse().ok()?;
    // The newspaper "Today" and "USA Today"
    let named = words[at].is_capitalised()
        && at > 0
        && words[at - 1].is_capitalised()
        && words[at - 1].is_word();
    (!named).then(|| {
        let meaning = Meaning::Unit { unit: "D", offset, from: From::Writing };
        Found::new(at, at + 1, meaning, "day_word")
    })
}

fn way_of(word: &str) -> Option<Way> {
    match word {
        "last" | "past" | "previous" | "preceding" => Some(Way::Back),
        "this" | "current" => Some(Way::Here),
        "next" | "coming" | "following" | "upcoming" => Some(Way::On),
        _ => None,
    }
}

/// "last week", "next month", "this Monday", "last September", "last night", "this weekend".
fn pointed(words: &[Word<'_>], at: usize) -> Option<Found> {
    let the = usize::from(
        matches!(lower(words, at), "the" | "this") && way_of(lower(words, at + 1)).is_some(),
    );
    let pointer = lower(words, at + the);
    let way = way_of(pointer)?;
    let i = at + the + 1;
    if is_title(words, at, i) {
        return None;
    }
    // "the next day", "the following year", "the previous Friday" count from a time told before
    let told = the == 1
        && lower(words, at) == "the"
        && pointer != "last"
        && pointer != "past"
        && pointer != "coming"
        && pointer != "current"
        || matches!(pointer, "previous" | "preceding" | "following");
    let from = if told { From::Told } else { From::Writing };
    let name = lower(words, i);
    let offset = match way {
        Way::Back => -1,
        Way::Here | Way::Open => 0,
        Way::On => 1,
    };
    if let Some(part) = look_up("part", name) {
        let meaning = Meaning::Unit { unit: "D", offset, from };
        return Some(Found { part: Some(part), ..Found::new(at, i + 1, meaning, "part_of_day") });
    }
    if name == "weekend" {
        return Some(Found::new(at, i + 1, Meaning::Weekend { way }, "weekend"));
    }
    if let Some((month, end)) = month(words, i).filter(|_| !told) {
        if let Some(Found {
            meaning: Meaning::Day { year: None, month, day, weekday, .. },
            end,
            ..
        }) = absolute(words, i)
        {
            let meaning = Meaning::Day { year: None, month, day, weekday, way };
            return Some(Found::new(at, end, meaning, "pointed_day"));
        }
        return Some(Found::new(
            at,
            end,
            Meaning::Month { year: None, month, way },
            "pointed_month",
        ));
    }
    if let Some((weekday, end)) = weekday(words, i, false) {
        return Some(Found::new(at, end, Meaning::Weekday { weekday, way }, "pointed_weekday"));
    }
    if let Some((rule, end)) = phrase(words, i, "holiday").filter(|_| words[i].is_capitalised()) {
        return Some(Found::new(at, end, Meaning::Holiday { rule, year: None, way }, "holiday"));
    }
    let fiscal = usize::from(matches!(name, "fiscal" | "calendar" | "full"));
    let unit = look_up("unit", lower(words, i + fiscal)).filter(|u| is_calendar_unit(u))?;
    // "the past year", "the last decade" are lengths; "past week" stands with an article only
    if pointer == "past" || the == 1 && pointer == "last" && matches!(unit, "E" | "C") {
        return None;
    }
    if matches!(unit, "D") && matches!(way, Way::Here) && pointer == "current" {
        return None;
    }
    let end = i + fiscal + 1;
    // "next year's first quarter"
    if unit == "Y"
        && from == From::Writing
        && lower(words, end) == "'s"
        && let Some((quarter, after)) = ordinal(words, end + 1).filter(|(n, _)| (1..=4).contains(n))
        && lower(words, after) == "quarter"
    {
        let meaning = Meaning::QuarterOf { quarter: quarter as u8, offset };
        return Some(Found::new(at, after + 1, meaning, "quarter"));
    }
    Some(Found::new(at, end, Meaning::Unit { unit, offset, from }, "pointed_unit"))
}

/// "Monday", "on Mondays" (a set), "Tuesday nights" (a set).
fn lone_weekday(words: &[Word<'_>], at: usize) -> Option<Found> {
    if let Some(n) = look_up("weekdays", lower(words, at)).filter(|_| words[at].is_capitalised()) {
        let value = format!("XXXX-WXX-{n}");
        return Some(Found::new(at, at + 1, Meaning::Set(value), "weekdays"));
    }
    let (weekday, end) = weekday(words, at, false).filter(|_| words[at].is_capitalised())?;
    if let Some(part) = look_up("parts", lower(words, end)) {
        let value = format!("XXXX-WXX-{weekday}T{part}");
        return Some(Found::new(at, end + 1, Meaning::Set(value), "weekdays"));
    }
    Some(Found::new(at, end, Meaning::Weekday { weekday, way: Way::Open }, "weekday"))
}

/// "the weekend", "the year", "the quarter", "the latest quarter", "the morning".
fn the_unit(words: &[Word<'_>], at: usize) -> Option<Found> {
    if lower(words, at) != "the" {
        return None;
    }
    let plain = |end, meaning| Some(Found::new(at, end, meaning, "the_unit"));
    let unit = |unit| Meaning::Unit { unit, offset: 0, from: From::Writing };
    match (lower(words, at + 1), lower(words, at + 2)) {
        ("weekend", _) => plain(at + 2, Meaning::Weekend { way: Way::Open }),
        ("fiscal" | "full", "year") => match ending(words, at + 3) {
            true => plain(at + 3, Meaning::Duration("P1Y".into())),
            false => plain(at + 3, unit("Y")),
        },
        ("quarter", next) if !matches!(next, "of" | "-") => {
            let closes = quarter_end(words, at + 2);
            plain(at + 2, Meaning::Period { back: 0, year: None, closes })
        }
        ("year", _) if ending(words, at + 2) => plain(at + 2, Meaning::Duration("P1Y".into())),
        ("week", next) if !matches!(next, "of" | "-" | "ending" | "ended") => {
            plain(at + 2, unit("W"))
        }
        ("year", next) if !matches!(next, "of" | "when" | "that" | "in" | "he" | "she") => {
            plain(at + 2, unit("Y"))
        }
        _ => None,
    }
}

/// "`This Week`", "“60 Minutes”": capitals behind a quotation mark are a title.
pub(super) fn is_title(words: &[Word<'_>], at: usize, noun: usize) -> bool {
    let quoted = at > 0 && matches!(lower(words, at - 1), "\"" | "“" | "`" | "'" | "‘");
    let first = words[at].is_capitalised() || words[at].is_number();
    quoted && first && words.get(noun).is_some_and(Word::is_capitalised)
}

/// "ended March 31", "to 31 March": whether the day on which a span ends follows.
fn ending(words: &[Word<'_>], at: usize) -> bool {
    matches!(lower(words, at), "ended" | "ending")
        && absolute(words, at + 1).is_some_and(|f| matches!(f.meaning, Meaning::Day { .. }))
}

/// Year, if written, and month in which a quarter ends, by the day that follows.
fn quarter_end(words: &[Word<'_>], at: usize) -> Option<(Option<i16>, u8)> {
    if !ending(words, at) {
        return None;
    }
    match absolute(words, at + 1)?.meaning {
        Meaning::Day { year, month, .. } => Some((year, month)),
        _ => None,
    }
}

/// "the latest quarter", "the most recent fiscal year", "the latest period".
fn latest_period(words: &[Word<'_>], at: usize) -> Option<Found> {
    let i = match (lower(words, at), lower(words, at + 1), lower(words, at + 2)) {
        ("the", "latest", _) => at + 2,
        ("the", "most", "recent") => at + 3,
        _ => return None,
    };
    let fiscal = usize::from(lower(words, i) == "fiscal");
    let back = |unit| Meaning::Unit { unit, offset: -1, from: From::Writing };
    let meaning = match lower(words, i + fiscal) {
        "period" | "quarter" => Meaning::Period { back: 0, year: None, closes: None },
        "week" => Meaning::Unit { unit: "W", offset: 0, from: From::Writing },
        "month" => back("M"),
        "year" if fiscal == 1 => back("Y"),
        _ => return None,
    };
    Some(Found::new(at, i + fiscal + 1, meaning, "latest_period"))
}

/// "the week of March 6", "the day before last Tuesday", "the day after the vote".
fn framed(words: &[Word<'_>], at: usize) -> Option<Found> {
    if lower(words, at) != "the" {
        return None;
    }
    let inner = |from: usize| {
        let found = [absolute(words, from), pointed(words, from), lone_weekday(words, from)];
        found.into_iter().flatten().find(|f| {
            matches!(
                f.meaning,
                Meaning::Day { .. } | Meaning::Weekday { .. } | Meaning::Holiday { .. }
            )
        })
    };
    match (lower(words, at + 1), lower(words, at + 2)) {
        ("week", "of") => {
            let day = inner(at + 3)?;
            Some(Found::new(at, day.end, Meaning::WeekOf(Box::new(day.meaning)), "week_of"))
        }
        ("day", beside @ ("before" | "after")) => {
            let days = if beside == "before" { -1 } else { 1 };
            if let Some(day) = inner(at + 3) {
                let meaning = Meaning::Beside { day: Box::new(day.meaning), days };
                return Some(Found::new(at, day.end, meaning, "beside_day"));
            }
            let goes_on = words.get(at + 3).is_some_and(|w| w.is_word() || w.is_number());
            match goes_on {
                true => {
                    let open = Meaning::Unplaced("XXXX-XX-XX".into());
                    Some(Found::new(at, at + 2, open, "beside_event"))
                }
                false => {
                    let meaning = Meaning::Unit { unit: "D", offset: days, from: From::Told };
                    Some(Found::new(at, at + 3, meaning, "beside_told"))
                }
            }
        }
        _ => None,
    }
}

/// "that day", "that same year", "the same week", "that time".
fn that_unit(words: &[Word<'_>], at: usize) -> Option<Found> {
    let i = match (lower(words, at), lower(words, at + 1)) {
        ("that" | "the", "same") => at + 2,
        ("that", _) => at + 1,
        _ => return None,
    };
    if i == at + 1 && lower(words, i) == "time" && lower(words, at.wrapping_sub(1)) == "at" {
        return Some(Found::new(at, i + 1, Meaning::Reference("PAST_REF"), "that_time"));
    }
    if let Some(part) = look_up("part", lower(words, i)) {
        let found = Found::new(at, i + 1, Meaning::Same { unit: "D" }, "that_unit");
        return Some(Found { part: Some(part), ..found });
    }
    let unit = look_up("unit", lower(words, i)).filter(|u| is_calendar_unit(u))?;
    Some(Found::new(at, i + 1, Meaning::Same { unit }, "that_unit"))
}

/// "now", "recently", "the past", "the near future", "current", "recent".
fn reference(words: &[Word<'_>], at: usize) -> Option<Found> {
    if let Some((value, end)) = phrase(words, at, "reference_phrase") {
        // "the past three years" is a length
        let adjective = look_up("units", lower(words, end)).is_some()
            || look_up("unit", lower(words, end)).is_some()
            || words.get(end).is_some_and(Word::is_number)
            || matches!(
                lower(words, end),
                "few"
                    | "several"
                    | "couple"
                    | "two"
                    | "three"
                    | "four"
                    | "five"
                    | "six"
                    | "seven"
                    | "eight"
                    | "nine"
                    | "ten"
                    | "dozen"
            );
        let joined_up = matches!(value, "FUTURE_REF" | "PAST_REF")
            && words.get(end).is_some_and(|w| w.is_word() && !w.is_capitalised())
            && matches!(lower(words, end - 1), "future" | "past")
            && look_up("reference_follower", lower(words, end)).is_none();
        let spoilt = adjective || joined_up;
        if !spoilt && words[end - 1].span.to() > words[at].span.from() {
            return Some(Found::new(at, end, Meaning::Reference(value), "reference"));
        }
    }
    let name = lower(words, at);
    let joins = joined(words, at + 1)
        || words[at].glued && at > 0 && matches!(lower(words, at - 1), "-" | "‑");
    if joins {
        return None;
    }
    if let Some(value) = look_up("reference", name) {
        // "soon after", "shortly before" count from something else
        if value == "FUTURE_REF"
            && matches!(
                lower(words, at + 1),
                "after" | "before" | "afterward" | "afterwards" | "as"
            )
        {
            return None;
        }
        return Some(Found::new(at, at + 1, Meaning::Reference(value), "reference"));
    }
    let value = look_up("reference_adjective", name)?;
    let noun_follows = words.get(at + 1).is_some_and(Word::is_word);
    if name == "future" {
        // "future earnings" say what kind, "future quarters" when
        let unit = unit_word(lower(words, at + 1)).is_some_and(|(_, plural)| plural);
        return unit.then(|| Found::new(at, at + 2, Meaning::Reference(value), "future_units"));
    }
    if let Some((letter, plural)) = unit_word(lower(words, at + 1))
        && name == "recent"
        && plural
    {
        let value = unknown_length(letter);
        let meaning = Meaning::Stretch { value, way: Way::Back };
        return Some(Found::new(at, at + 2, meaning, "recent_units"));
    }
    noun_follows.then(|| Found::new(at, at + 1, Meaning::Reference(value), "reference"))
}

/// "year-earlier", "year-ago", "year-end".
fn year_compound(words: &[Word<'_>], at: usize) -> Option<Found> {
    let the = usize::from(lower(words, at) == "the");
    let i = at + the;
    if lower(words, i) != "year" {
        return None;
    }
    let dash = usize::from(joined(words, i + 1));
    match lower(words, i + 1 + dash) {
        "earlier" | "ago" if dash == 1 => {
            let mut end = i + 3;
            end += usize::from(matches!(lower(words, end), "quarter" | "period" | "month"));
            let meaning = Meaning::Period { back: 1, year: None, closes: None };
            Some(Found::new(at, end, meaning, "year_compound"))
        }
        "'s" if lower(words, i + 2) == "end" && the == 0 => {
            let meaning = Meaning::Unit { unit: "Y", offset: 0, from: From::Writing };
            Some(Found::new(at, i + 3, meaning, "year_compound"))
        }
        "end" => {
            let meaning = Meaning::Unit { unit: "Y", offset: 0, from: From::Writing };
            Some(Found::new(at, i + 2 + dash, meaning, "year_compound"))
        }
        _ => None,
    }
}

/// The TIMEX3 letter of a unit word, and whether it is a plural.
pub(super) fn unit_word(word: &str) -> Option<(&'static str, bool)> {
    look_up("units", word).map(|u| (u, true)).or_else(|| look_up("unit", word).map(|u| (u, false)))
}

/// TIMEX3 value of an unknown number of a unit.
pub(super) fn unknown_length(letter: &str) -> String {
    match letter {
        "TH" => "PTXH".into(),
        "TM" => "PTXM".into(),
        "TS" => "PTXS".into(),
        "F" => "PXW".into(),
        "E" => "PXY".into(),
        other => format!("PX{other}"),
    }
}
