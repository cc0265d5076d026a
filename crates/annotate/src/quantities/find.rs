//! Which numbers count or measure something, and how they are bounded.

use super::lengths::{length, part_of_one};
use super::lexicon::{look_up, phrase_before, phrase_from};
use super::names::names_rather_than_counts;
use crate::numbers::{Number, Sharpness, number};
use crate::times::covers;
use crate::words::Word;
use variorum_model::TimeExpression;

/// A number that counts or measures, before its measure is known.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Amount {
    /// First word: bound or number.
    pub start: usize,
    /// First word of the number itself.
    pub number_at: usize,
    /// One past the number and its unit and bound.
    pub end: usize,
    /// The value, as [`variorum_model::Quantity::value`] has it.
    pub value: f64,
    pub bound: &'static str,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Unit and measure, where a unit is written.
    pub unit: Option<(&'static str, &'static str)>,
    /// The number is a share of a whole.
    pub fraction: bool,
}

impl Amount {
    /// Whether it is a length of time or an age.
    pub(super) fn is_length(&self) -> bool {
        self.unit.is_some_and(|(_, measure)| matches!(measure, "duration" | "age"))
    }
}

/// The amounts among `words`, in order.
pub(super) fn numbers_that_count(words: &[Word<'_>], times: &[TimeExpression]) -> Vec<Amount> {
    let mut out: Vec<Amount> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let least = out.last().map_or(0, |a| a.end);
        match amount(words, at, least, times) {
            Some(found) => {
                at = found.end;
                out.push(found);
            }
            // Words of a number that does not count must not count either
            None => at = number(words, at).map_or(at + 1, |n| n.end.max(at + 1)),
        }
    }
    out
}

fn lower<'w>(words: &'w [Word<'_>], at: usize) -> &'w str {
    words.get(at).map_or("", |w| w.lower.as_str())
}

fn amount(words: &[Word<'_>], at: usize, least: usize, times: &[TimeExpression]) -> Option<Amount> {
    if let Some(length) = length(words, at, least, times) {
        return Some(length);
    }
    let first =
        part_of_one(words, at).or_else(|| share(words, at)).or_else(|| number(words, at))?;
    if covers(times, words[at].span) || names_rather_than_counts(words, at, first.end) {
        return None;
    }
    let range = range(words, at, first);
    let (low, high, mut end) = range.unwrap_or((first.value, first.value, first.end));
    if lone_one(words, at, end, least) {
        return None;
    }
    let mut amount = Amount {
        start: at,
        number_at: at,
        end,
        value: low,
        bound: "exact",
        low: None,
        high: None,
        unit: None,
        fraction: first.sharpness == Sharpness::Fraction,
    };
    if range.is_some() {
        amount.bound = "range";
        (amount.low, amount.high) = (Some(low), Some(high));
        amount.start -= usize::from(at > least && lower(words, at - 1) == "between");
    }
    if at > least
        && let Some((unit, from)) = phrase_before(words, at, "currency_before")
    {
        // "US$5" is cut in two
        let us =
            from > least && words[from].glued && matches!(lower(words, from - 1), "us" | "u.s.");
        amount.start = from - usize::from(us);
        amount.unit = Some(unit);
    }
    let dash = usize::from(lower(words, end) == "-" && words[end].glued);
    if let Some((unit, after)) = phrase_from(words, end + dash, "unit") {
        let money_twice = amount.unit.is_some() && unit.1 != "money";
        if !money_twice {
            amount.unit = amount.unit.or(Some(unit));
            end = after;
        }
    }
    amount.end = end;
    bounded(words, least, first, &mut amount);
    Some(amount)
}

/// "20 to 30", "20-30", "between 20 and 30": low, high and one past the end.
pub(super) fn range(words: &[Word<'_>], at: usize, first: Number) -> Option<(f64, f64, usize)> {
    if first.sharpness != Sharpness::Exact || changes(words, at) {
        return None;
    }
    let between = at > 0 && lower(words, at - 1) == "between";
    let link = words.get(first.end)?;
    let linked = match link.lower.as_str() {
        "to" | "or" => true,
        "-" | "–" | "—" => link.glued && words.get(first.end + 1).is_some_and(|w| w.glued),
        "and" => between,
        _ => false,
    };
    let second = linked.then(|| number(words, first.end + 1)).flatten()?;
    let mut low = first.value;
    // "20 to 30 thousand", "1-2 million"
    for scale in [1e3, 1e6, 1e9] {
        if second.value >= scale
            && low < 1000.0
            && second.value / scale >= low
            && second.value / scale < 1000.0
        {
            low = first.value * scale;
        }
    }
    let near = second.value <= low * 20.0 + 10.0;
    let fits = second.sharpness == Sharpness::Exact && low < second.value && near;
    let or_far = link.lower == "or" && second.value > low + 10.0;
    (fits && !or_far).then_some((low, second.value, second.end))
}

/// "rose from 12 to 19": two figures of two times, not the ends of one.
fn changes(words: &[Word<'_>], at: usize) -> bool {
    const WITHIN: usize = 6;
    at > 0
        && lower(words, at - 1) == "from"
        && words[at.saturating_sub(WITHIN)..at]
            .iter()
            .any(|w| look_up("change", &w.lower).is_some())
}

/// Applies words of bound before and after the number.
pub(super) fn bounded(words: &[Word<'_>], least: usize, first: Number, amount: &mut Amount) {
    let before = bound_before(words, amount.start).filter(|(_, from)| *from >= least);
    let after = phrase_from(words, amount.end, "bound_after").filter(|(_, end)| {
        // "200+" but not "200 + 300", "100-plus" but not "100 - plus"
        lower(words, amount.end).starts_with(char::is_alphabetic)
            || words[amount.end].glued && !words.get(*end).is_some_and(|w| w.glued && w.is_number())
    });
    let kind = before.or(after.map(|(e, _)| (e.0, 0))).map(|(kind, _)| kind);
    if let Some((_, from)) = before {
        // "the over", "of some": the bound itself may be led by an article
        amount.start = from;
    }
    if let (None, Some((_, end))) = (before, after) {
        amount.end = end;
    }
    if amount.bound == "range" {
        return;
    }
    amount.bound = match kind {
        Some("longer") if denied(words, amount.start, least) => "at_most",
        Some("longer") => "at_least",
        // Who says "nearly 200" means fewer.
        Some("almost") => "at_most",
        Some(kind) => kind,
        None if first.sharpness == Sharpness::Vague => "at_least",
        None => return,
    };
    match amount.bound {
        "at_least" => amount.low = Some(amount.value),
        "at_most" => amount.high = Some(amount.value),
        _ => {}
    }
}

/// The word of bound before the number at `at`, "another" or "a further" between them or not, and
/// its first word.
pub(super) fn bound_before(words: &[Word<'_>], at: usize) -> Option<(&'static str, usize)> {
    let further = || phrase_before(words, at, "further").map(|(_, from)| from);
    phrase_before(words, at, "bound_before")
        .or_else(|| phrase_before(words, further()?, "bound_before"))
        .map(|((kind, _), from)| (kind, from))
}

/// Whether the clause before `at` is negated: "cannot be held for longer than three weeks".
fn denied(words: &[Word<'_>], at: usize, least: usize) -> bool {
    const WITHIN: usize = 14;
    let before = words[least.min(at)..at].iter().rev().take(WITHIN);
    before
        .take_while(|w| w.is_word() || w.is_number() || w.lower.starts_with('\''))
        .any(|w| matches!(&*w.lower, "not" | "cannot" | "never" | "n't" | "'t" | "nobody"))
}

/// "one in five", "three out of four": a share.
fn share(words: &[Word<'_>], at: usize) -> Option<Number> {
    let top = number(words, at).filter(|n| n.sharpness == Sharpness::Exact)?;
    let (out, after) = match (lower(words, top.end), lower(words, top.end + 1)) {
        ("out", "of") => (true, top.end + 2),
        ("in", "every") => (true, top.end + 2),
        ("in", _) => (false, top.end + 1),
        _ => return None,
    };
    let bottom = number(words, after).filter(|n| n.sharpness == Sharpness::Exact)?;
    // "three in 10 attacks" may be a count: "in" tells a share only of one, or of ten or a hundred.
    let one = words[at].lower == "one";
    let round = out || one || matches!(bottom.value as u64, 10 | 100);
    (round && top.value < bottom.value && bottom.value <= 1000.0).then_some(Number {
        value: top.value / bottom.value,
        sharpness: Sharpness::Fraction,
        end: bottom.end,
    })
}

/// "one" is mostly a pronoun: it counts only before a noun for people or a unit, or beside what
/// befalls people.
fn lone_one(words: &[Word<'_>], at: usize, end: usize, least: usize) -> bool {
    if words[at].lower != "one" || end != at + 1 {
        return false;
    }
    if bound_before(words, at).is_some_and(|(_, from)| from >= least) {
        return false;
    }
    let thing = |i: usize| {
        let noun = lower(words, i);
        look_up("thing", noun).is_some() && look_up("idiom", noun).is_none()
    };
    let counted = (end..end + 3).any(|i| look_up("people", lower(words, i)).is_some())
        || (end..end + 2).any(thing)
        || phrase_from(words, end, "unit").is_some()
        || look_up("cue", lower(words, end)).is_some()
        || at > 0 && look_up("cue", lower(words, at - 1)).is_some();
    !counted || lower(words, end) == "of"
}
