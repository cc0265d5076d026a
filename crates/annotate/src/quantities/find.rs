//! Which numbers count or measure something, and how they are bounded.

use super::lexicon::{look_up, phrase_before, phrase_from};
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
    let first = number(words, at)?;
    if covers(times, words[at].span) || names_rather_than_counts(words, at, first.end) {
        return None;
    }
    let range = range(words, at, first);
    let (low, high, mut end) = range.unwrap_or((first.value, first.value, first.end));
    if lone_one(words, at, end) {
        return None;
    }
    let mut amount = Amount {
        start: at,
        number_at: at,
        end,
        value: first.value,
        bound: "exact",
        low: None,
        high: None,
        unit: None,
        fraction: first.sharpness == Sharpness::Fraction,
    };
    if range.is_some() {
        amount.bound = "range";
        amount.value = f64::midpoint(low, high);
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
fn range(words: &[Word<'_>], at: usize, first: Number) -> Option<(f64, f64, usize)> {
    if first.sharpness != Sharpness::Exact {
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

/// Applies words of bound before and after the number.
fn bounded(words: &[Word<'_>], least: usize, first: Number, amount: &mut Amount) {
    let before =
        phrase_before(words, amount.start, "bound_before").filter(|(_, from)| *from >= least);
    let after = phrase_from(words, amount.end, "bound_after");
    let kind = before.map(|(e, _)| e.0).or(after.map(|(e, _)| e.0));
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
    match kind {
        Some("at_least") => {
            amount.bound = "at_least";
            amount.low = Some(amount.value);
        }
        Some("at_most") => {
            amount.bound = "at_most";
            amount.high = Some(amount.value);
        }
        Some("about") => amount.bound = "about",
        Some("almost") => {
            amount.bound = "about";
            amount.high = Some(amount.value);
        }
        _ if first.sharpness == Sharpness::Vague => {
            amount.bound = "at_least";
            amount.low = Some(amount.value);
        }
        _ => {}
    }
}

/// "S-300", "MH17", "+98 21 …", "Resolution 2254", "1." at the head of an item, "G20", "20th".
fn names_rather_than_counts(words: &[Word<'_>], at: usize, end: usize) -> bool {
    let word = &words[at];
    let next = words.get(end);
    let glued_letters = next.is_some_and(|w| w.glued && w.is_word() && words[end - 1].is_number())
        && look_up("unit", lower(words, end)).is_none();
    let ratio = next.is_some_and(|w| w.glued && matches!(w.lower.as_str(), ":" | "/" | "+" | "@"))
        && words.get(end + 1).is_some_and(|w| w.glued && w.is_number());
    let item = at == 0
        && word.is_number()
        && next.is_some_and(|w| w.glued && matches!(w.lower.as_str(), "." | ")"));
    if glued_letters || ratio || item {
        return true;
    }
    let Some(before) = at.checked_sub(1).map(|b| &words[b]) else { return false };
    if word.glued {
        let mark = before.lower.as_str();
        let after_letters = before.is_word()
            || mark == "'s"
            || matches!(mark, "+" | "#" | "_" | "@" | "/" | "&" | ":");
        let after_dash = matches!(mark, "-" | "‑" | "–") && before.glued && at >= 2;
        let currency = look_up("currency_before", mark).is_some();
        if (after_letters || after_dash) && !currency {
            return true;
        }
    }
    let chain = next.is_some_and(|w| w.glued && w.lower == "-")
        && words.get(end + 1).is_some_and(|w| w.glued && w.is_number())
        && words.get(end + 2).is_some_and(|w| w.glued && w.lower == "-");
    if telephone(words, at) {
        return true;
    }
    let bracketed_plus = before.lower == "+" || before.lower == ")" && word.glued;
    let identified = word.is_number() && look_up("identifier", &before.lower).is_some()
        || before.lower == "." && at >= 2 && lower(words, at - 2) == "no" && before.glued;
    // "Sputnik 5", "Wadi 12": a figure after a name, with nothing counted after it
    let named = word.is_number()
        && before.is_capitalised()
        && before.is_word()
        && at >= 2
        && next.is_none_or(|w| {
            !w.is_word()
                || matches!(
                    w.lower.as_str(),
                    "and" | "or" | "in" | "at" | "on" | "is" | "was" | "to" | "from"
                )
        });
    let sentence_initial =
        at >= 2 && matches!(words[at - 2].lower.as_str(), "." | "!" | "?" | "\"" | "“" | "”");
    chain || bracketed_plus || identified || named && !sentence_initial
}

/// Three or more bare runs of digits in a row, or two after a plus sign.
fn telephone(words: &[Word<'_>], at: usize) -> bool {
    const LONGEST: usize = 6;
    let figure = |i: usize| words.get(i).is_some_and(|w| w.integer().is_some());
    if !figure(at) {
        return false;
    }
    let before = (1..LONGEST).take_while(|&n| at >= n && figure(at - n)).count();
    let after = (1..LONGEST).take_while(|&n| figure(at + n)).count();
    let plus = at > before && lower(words, at - before - 1) == "+";
    before + after + 1 >= if plus { 2 } else { 3 }
}

/// "one" is mostly a pronoun: it counts only before a noun for people or a unit, or beside what
/// befalls people.
fn lone_one(words: &[Word<'_>], at: usize, end: usize) -> bool {
    if words[at].lower != "one" || end != at + 1 {
        return false;
    }
    let counted = (end..end + 3).any(|i| look_up("people", lower(words, i)).is_some())
        || phrase_from(words, end, "unit").is_some()
        || look_up("cue", lower(words, end)).is_some()
        || at > 0 && look_up("cue", lower(words, at - 1)).is_some();
    !counted || lower(words, end) == "of"
}
