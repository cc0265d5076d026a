//! Numbers that name, order or time something rather than count: "S-300", "Resolution 2254", scores.

use super::lexicon::{look_up, phrase_before, phrase_from};
use crate::words::Word;

fn lower<'w>(words: &'w [Word<'_>], at: usize) -> &'w str {
    words.get(at).map_or("", |w| w.lower.as_str())
}

/// "S-300", "MH17", "+98 21 …", "Resolution 2254", "1." at the head of an item, "G20", "20th".
pub(super) fn names_rather_than_counts(words: &[Word<'_>], at: usize, end: usize) -> bool {
    let word = &words[at];
    let next = words.get(end);
    let glued_letters = next.is_some_and(|w| w.glued && w.is_word() && words[end - 1].is_number())
        && look_up("unit", lower(words, end)).is_none();
    let ratio = next
        .is_some_and(|w| w.glued && matches!(w.lower.as_str(), ":" | "/" | "+" | "@" | "^"))
        && words.get(end + 1).is_some_and(|w| w.glued && w.is_number());
    let item = at == 0
        && word.is_number()
        && next.is_some_and(|w| w.glued && matches!(w.lower.as_str(), "." | ")"));
    // "0154", "032017": what is written with a zero before it is no count.
    let padded = word.lower.len() > 1
        && word.lower.starts_with('0')
        && word.lower.bytes().all(|b| b.is_ascii_digit());
    if padded || is_bare_few(words, at) || is_clock(words, at) {
        return true;
    }
    if glued_letters || ratio || item || is_score(words, at, end) || is_address(words, end) {
        return true;
    }
    let Some(before) = at.checked_sub(1).map(|b| &words[b]) else { return false };
    if word.glued {
        let mark = before.lower.as_str();
        let after_letters = before.is_word()
            || mark == "'s"
            || matches!(mark, "+" | "#" | "_" | "@" | "/" | "&" | ":" | "^");
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
    // "Resolution 2254", "ID: 5535"
    let colon = usize::from(before.lower == ":" && at >= 2);
    let identified = word.is_number()
        && look_up("identifier", lower(words, at - 1 - colon)).is_some()
        || is_ordered_half(words, at)
        || is_bare_year(words, at, end)
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

/// "the first half of the year", "the other half": one of two, and no share of a count.
fn is_ordered_half(words: &[Word<'_>], at: usize) -> bool {
    words[at].lower == "half"
        && at > 0
        && matches!(lower(words, at - 1), "first" | "second" | "latter" | "other" | "last")
}

/// "few came": that hardly any did is no number of them.
fn is_bare_few(words: &[Word<'_>], at: usize) -> bool {
    words[at].lower == "few"
        && !(at > 0
            && matches!(lower(words, at - 1), "a" | "the" | "past" | "last" | "next" | "first"))
}

/// "at 1459": a time of day.
fn is_clock(words: &[Word<'_>], at: usize) -> bool {
    let minutes = |n: u32| n / 100 < 24 && n % 100 < 60;
    at > 0
        && lower(words, at - 1) == "at"
        && words[at].lower.len() == 4
        && words[at].integer().is_some_and(minutes)
        && words.get(at + 1).is_none_or(|w| look_up("people", &w.lower).is_none())
}

/// Four digits that look like a year, with nothing counted after them, no word of bound before them
/// and nobody come to harm.
fn is_bare_year(words: &[Word<'_>], at: usize, end: usize) -> bool {
    const WITHIN: usize = 5;
    let written = &words[at];
    let year = written.lower.len() == 4
        && written.integer().is_some_and(|n| (1900..2100).contains(&n) && n % 100 != 0);
    let next = lower(words, end);
    let alone = !next.starts_with(char::is_alphabetic) || look_up("function", next).is_some();
    let harm =
        words[at.saturating_sub(WITHIN)..at].iter().any(|w| look_up("cue", &w.lower).is_some());
    let unit = look_up("currency_before", lower(words, at - 1)).is_some()
        || phrase_from(words, end, "unit").is_some();
    let bound = phrase_before(words, at, "bound_before").is_some();
    year && alone && !harm && !unit && !bound
}

/// "won 3-2", "a 2-1 win", "voted 12-3": two numbers of one result.
fn is_score(words: &[Word<'_>], at: usize, end: usize) -> bool {
    let dash = |i: usize| words.get(i).is_some_and(|w| w.glued && matches!(&*w.lower, "-" | "–"));
    let digits = |i: usize| words.get(i).is_some_and(|w| w.glued && w.integer().is_some());
    let small = |i: usize| words[i].integer().is_some_and(|n| n < 300);
    if end != at + 1 || !words[at].is_number() || !dash(end) || !digits(end + 1) || !small(at) {
        return false;
    }
    let contest = |w: &Word<'_>| look_up("contest", &w.lower).is_some();
    let before = words[at.saturating_sub(4)..at].iter().any(contest);
    before || words[end + 2..].iter().take(2).any(contest)
}

/// "at 35 Elm Street": a number before the name of a street.
fn is_address(words: &[Word<'_>], end: usize) -> bool {
    let capitals = words[end.min(words.len())..].iter().take(4).take_while(|w| w.is_capitalised());
    capitals.skip(1).any(|w| look_up("street", &w.lower).is_some())
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
