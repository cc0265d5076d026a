//! What is counted, and what befell those counted.

use super::derived::derive;
use super::find::Amount;
use super::governing::governing;
use super::lexicon::look_up;
use crate::reading::Reading;
use crate::words::Word;
use variorum_model::{Quantity, Span, Token};

/// Words before a number within which a verb may govern it.
const BEFORE: usize = 9;
/// Words after a number within which a participle may tell of it.
const AFTER: usize = 7;

/// Gives unit, measure and counted phrase to the amounts of one stretch.
pub(super) fn measured(
    reading: &Reading<'_>,
    words: &[Word<'_>],
    amounts: &[Amount],
) -> Vec<Quantity> {
    let mut out: Vec<Quantity> = Vec::new();
    let bounds = reaches(amounts, words.len());
    for (i, amount) in amounts.iter().enumerate() {
        let (least, most) = bounds[i];
        let next = amounts.get(i + 1).map_or(words.len(), |n| n.start);
        let counted = counted_phrase(reading, words, amount.end, next);
        let people = counted.is_some_and(|(_, people)| people);
        let (measure, cue) = match amount.unit {
            Some((_, measure)) => (measure, None),
            None => match age(words, amount) || ages_go_on(words, amount, least, out.last()) {
                true => ("age", None),
                false => befallen(reading, words, amount, least, most)
                    .map(|(m, at)| (m, words[at].span))
                    .or_else(|| governing(reading, words[amount.number_at].span))
                    .map_or(("count", None), |(m, span)| (m, Some(span))),
            },
        };
        let inherited =
            inherited(words, amount, least, out.last(), measure, people || counted.is_none());
        let (measure, cue) = inherited.unwrap_or((measure, cue));
        let thing = counted.is_some_and(|(span, _)| is_thing(&head_word(reading.text(span))));
        let (measure, cue) = match happens_to_people(measure) && thing {
            true => ("count", None),
            false => (measure, cue),
        };
        // "20 loyalists were killed": whoever is killed and no known thing is somebody
        let people = people || happens_to_people(measure) && !thing;
        let of_people = people || counted.is_none() && is_of_people(measure);
        let unit = match amount.unit {
            Some((unit, _)) => unit.to_owned(),
            None if measure == "age" => "years".to_owned(),
            None if amount.fraction => "share".to_owned(),
            None if of_people => "people".to_owned(),
            None => counted.map_or(String::new(), |(span, _)| head_word(reading.text(span))),
        };
        out.push(Quantity {
            span: words[amount.start].span.join(words[amount.end - 1].span),
            value: amount.value,
            bound: amount.bound,
            low: amount.low,
            high: amount.high,
            unit,
            measure: measure.to_owned(),
            of: counted.map(|(span, _)| span),
            cue,
            derived: None,
            rule: if amount.unit.is_some() { "unit" } else { "counted" },
            confidence: if cue.is_some() || amount.unit.is_some() { 0.9 } else { 0.6 },
        });
    }
    derive(words, amounts, &mut out);
    out
}

/// For each amount, the words between which something may tell of it. Another count is a bound; a length
/// of time is not.
fn reaches(amounts: &[Amount], words: usize) -> Vec<(usize, usize)> {
    let mut reaches = vec![(0, words); amounts.len()];
    let mut least = 0;
    for (reach, amount) in reaches.iter_mut().zip(amounts) {
        reach.0 = least;
        least = if amount.is_length() { least } else { amount.end };
    }
    let mut most = words;
    for (reach, amount) in reaches.iter_mut().zip(amounts).rev() {
        reach.1 = most;
        most = if amount.is_length() { most } else { amount.start };
    }
    reaches
}

/// Whether a measure tells what befalls people and not things.
fn happens_to_people(measure: &str) -> bool {
    matches!(
        measure,
        "killed"
            | "injured"
            | "missing"
            | "displaced"
            | "detained"
            | "abducted"
            | "freed"
            | "sentenced"
            | "infected"
            | "casualties"
    )
}

fn is_thing(noun: &str) -> bool {
    look_up("thing", noun).is_some()
}

fn is_of_people(measure: &str) -> bool {
    !matches!(measure, "count" | "destroyed" | "money" | "percent" | "age" | "deployed")
}

fn head_word(phrase: &str) -> String {
    phrase.rsplit(char::is_whitespace).next().unwrap_or("").to_lowercase()
}

fn lower<'w>(words: &'w [Word<'_>], at: usize) -> &'w str {
    words.get(at).map_or("", |w| w.lower.as_str())
}

/// "Orlo, 34, said", "aged 34": a number between commas after a name, or after "aged".
fn age(words: &[Word<'_>], amount: &Amount) -> bool {
    let at = amount.start;
    if !(0.0..=115.0).contains(&amount.value) || at < 1 {
        return false;
    }
    let led = |at: usize| matches!(lower(words, at), "aged" | "age" | "ages");
    let of = usize::from(lower(words, at - 1) == "of" && at >= 2);
    if led(at - 1 - of) {
        return true;
    }
    if amount.bound != "exact" {
        return false;
    }
    let closed = matches!(lower(words, amount.end), "," | "." | ")" | "");
    let name = at >= 2 && words[at - 2].is_capitalised() && words[at - 2].is_word();
    closed
        && name
        && matches!(lower(words, at - 1), "," | "(")
        && amount.end == at + 1
        && words[at].is_number()
}

/// "ages 10, 9 and 4": the second number of a row of ages.
fn ages_go_on(words: &[Word<'_>], amount: &Amount, least: usize, last: Option<&Quantity>) -> bool {
    let joined = &words[least.min(amount.start)..amount.start];
    last.is_some_and(|q| q.measure == "age" && q.cue.is_none())
        && !joined.is_empty()
        && joined.iter().all(|w| matches!(&*w.lower, "," | "and" | "or"))
        && !words
            .get(amount.end)
            .is_some_and(|w| w.is_word() && w.lower != "and" && w.lower != "or")
}

/// The phrase that names what is counted, and whether it is people.
fn counted_phrase(
    reading: &Reading<'_>,
    words: &[Word<'_>],
    from: usize,
    most: usize,
) -> Option<(Span, bool)> {
    let mut start = from;
    if lower(words, start) == "of" {
        start += 1;
    }
    while matches!(
        lower(words, start),
        "the" | "its" | "their" | "his" | "her" | "our" | "those" | "these" | "-"
    ) {
        start += 1;
    }
    let limit = most.min(start + 7).min(words.len());
    let mut last = None;
    let mut people = false;
    for (at, word) in words.iter().enumerate().take(limit).skip(start) {
        let token = token_at(reading, word.span);
        let tag = token.map_or("", |t| t.tag.as_str());
        let joins = word.glued && matches!(word.lower.as_str(), "-" | "‑") || word.lower == "'s";
        let named_people = look_up("people", &word.lower).is_some();
        let nominal = tag.starts_with("NN") || named_people && word.is_word();
        let modifies = tag.starts_with("JJ")
            || tag == "VBN" && last.is_none()
            || tag == "VBG" && last.is_none()
            || tag == "CD";
        if nominal {
            last = Some(at);
            people = named_people;
        } else if !(joins || modifies && word.is_word())
            || look_up("cue", &word.lower).is_some() && last.is_some()
        {
            break;
        }
        // Without tags one noun of the table is as far as it goes
        if tag.is_empty() && named_people {
            break;
        }
    }
    let last = last?;
    Some((words[start].span.join(words[last].span), people))
}

pub(super) fn token_at<'r>(reading: &Reading<'r>, span: Span) -> Option<&'r Token> {
    let sentence = reading.sentence_at(span.from())?;
    let at = reading.token_over(sentence, span)?;
    reading.parse.tokens_of(sentence).get(at)
}

fn is_boundary(word: &Word<'_>) -> bool {
    matches!(word.lower.as_str(), ";" | ":" | "." | "!" | "?" | "\"" | "“" | "”" | "(" | ")")
}

/// What befell those counted, and the word that tells: after the number ("20 people were killed",
/// "20 dead"), or before it ("killing 20", "the death toll rose to 20").
fn befallen(
    reading: &Reading<'_>,
    words: &[Word<'_>],
    amount: &Amount,
    least: usize,
    most: usize,
) -> Option<(&'static str, usize)> {
    let before = cue_before(words, amount, least);
    let after = cue_after(reading, words, amount, most);
    match (before, after) {
        // "killing 20 people wounded earlier" and "left 20 people dead"
        (Some((m, at)), Some((n, later))) => {
            let close =
                amount.start - at <= 2 && !matches!(words[at].lower.as_str(), "toll" | "claimed");
            let adjacent = later - amount.end <= 1;
            Some(if close && !adjacent { (m, at) } else { (n, later) })
        }
        (before, after) => after.or(before),
    }
}

fn cue_after(
    reading: &Reading<'_>,
    words: &[Word<'_>],
    amount: &Amount,
    most: usize,
) -> Option<(&'static str, usize)> {
    let limit = most.min(amount.end + AFTER);
    for (at, word) in words.iter().enumerate().take(limit).skip(amount.end) {
        if is_boundary(word)
            || at > amount.end
                && matches!(
                    word.lower.as_str(),
                    "," | "and"
                        | "who"
                        | "that"
                        | "but"
                        | "which"
                        | "after"
                        | "while"
                        | "when"
                        | "by"
                )
        {
            return None;
        }
        if let Some((measure, _)) = look_up("cue", &word.lower) {
            // "12 people, killed" no; "12 civilians killed" and "12 were killed" yes; "20 refugees" are
            // not said to be displaced by this
            let noun = look_up("people", &word.lower).is_some()
                && !matches!(measure, "killed" | "casualties");
            // "20 people in besieged Oslo": the word belongs to what follows it
            let modifies = at > amount.end
                && words.get(at + 1).is_some_and(|next| {
                    next.is_word()
                        && token_at(reading, next.span).is_some_and(|t| t.tag.starts_with("NN"))
                        && token_at(reading, word.span).is_some_and(|t| t.tag != "VBD")
                });
            if !noun && !modifies {
                return Some((measure, at));
            }
        }
    }
    None
}

fn cue_before(words: &[Word<'_>], amount: &Amount, least: usize) -> Option<(&'static str, usize)> {
    let from = least.max(amount.start.saturating_sub(BEFORE));
    let mut commas = 0;
    for at in (from..amount.start).rev() {
        let word = &words[at];
        if is_boundary(word) && word.lower != "(" {
            return None;
        }
        commas += usize::from(word.lower == ",");
        if commas > 1 {
            return None;
        }
        if let Some((measure, _)) = look_up("cue", &word.lower) {
            let noun = look_up("people", &word.lower).is_some()
                && look_up("toll", &word.lower).is_none()
                && taker(words, at).is_none();
            if noun || word.lower == "claimed" && !claims_lives(words, amount.end) {
                continue;
            }
            // "was killed when 12 men broke in", "killed by 12 gunmen": the number is of others.
            let crossed =
                words[at + 1..amount.start].iter().any(|w| look_up("clause", &w.lower).is_some());
            let tally = look_up("tally", &word.lower).is_some();
            if crossed && !tally {
                return None;
            }
            // "death toll": either word will do, the pair is one cue
            return Some((measure, taker(words, at).unwrap_or(at)));
        }
    }
    None
}

/// The word before the "lives" at `at` that says they were lost: "claimed the lives of 12".
fn taker(words: &[Word<'_>], at: usize) -> Option<usize> {
    let from = at.saturating_sub(3);
    let near = (from..at).rev().find(|&i| look_up("taker", lower(words, i)).is_some());
    near.filter(|_| words[at].lower == "lives")
}

/// Whether what follows a claimed number are lives: "claimed 12 lives" but not "claimed 12 seats".
fn claims_lives(words: &[Word<'_>], end: usize) -> bool {
    (end..end + 4).any(|i| look_up("lost", lower(words, i)).is_some())
}

/// "killed 12 soldiers and 3 civilians", "killing 40, including 11 children": the second number
/// takes the measure of the first.
fn inherited(
    words: &[Word<'_>],
    amount: &Amount,
    least: usize,
    previous: Option<&Quantity>,
    measure: &str,
    of_people: bool,
) -> Option<(&'static str, Option<Span>)> {
    if measure != "count" || amount.unit.is_some() || least == 0 || !of_people {
        return None;
    }
    let previous = previous.filter(|p| p.unit == "people" && p.measure != "count")?;
    let between = words.get(least..amount.start)?;
    let linked = between.iter().any(|w| {
        matches!(w.lower.as_str(), "and" | "including" | "among" | "," | "or" | "plus" | "of")
    }) && between.len() <= 6
        && !between.iter().any(is_boundary);
    // What is no cue by itself took lives ("cost the lives of 12 men and 3 women").
    let measure = look_up("cue", word_of(words, previous.cue?)?).map_or("killed", |e| e.0);
    linked.then_some((measure, previous.cue))
}

/// The lower-cased word that `span` covers.
fn word_of<'w>(words: &'w [Word<'_>], span: Span) -> Option<&'w str> {
    let at = words.partition_point(|w| w.span.start < span.start);
    words.get(at).filter(|w| w.span == span).map(|w| w.lower.as_str())
}
