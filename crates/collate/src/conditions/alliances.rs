//! Who is allied with whom: "A and B are C's main allies", "A, a close ally of C", "its ally" of nobody named.

use super::{Condition, is};
use crate::tokens::positions;
use crate::witnesses::Witnesses;
use std::collections::BTreeSet;
use variorum_identity::ActorKind;
use variorum_model::Span;

/// A word of a sentence, a name, or a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Item {
    /// The number of a mention of the report.
    Name(usize),
    Word(String),
    Mark,
}

use Item::{Mark, Name, Word};

/// An alliance in items of a sentence: who is an ally, of whom.
#[derive(Debug, PartialEq, Eq)]
struct Alliance {
    allies: Vec<usize>,
    of: Vec<usize>,
    /// First and last item of the words for it.
    items: (usize, usize),
}

fn word(items: &[Item], at: Option<usize>) -> &str {
    match at.and_then(|i| items.get(i)) {
        Some(Word(word)) => word,
        _ => "",
    }
}

/// The names of a list that begins at `at`, and the item behind it: "A", "the A and B", "A, B and C".
fn list_from(items: &[Item], at: usize) -> (Vec<usize>, usize) {
    let mut names = Vec::new();
    let mut next = at;
    loop {
        let skip = usize::from(word(items, Some(next)) == "the");
        let Some(&Name(name)) = items.get(next + skip) else { break };
        names.push(name);
        next += skip + 1;
        let ahead = |by: usize| {
            let skip = usize::from(word(items, Some(next + by)) == "the");
            matches!(items.get(next + by + skip), Some(Name(_)))
        };
        match items.get(next) {
            Some(Word(and)) if and == "and" && ahead(1) => next += 1,
            Some(Mark) if ahead(1) && closes(items, next + 1) => next += 1,
            _ => break,
        }
    }
    (names, next)
}

/// Whether a list that goes on at `at` ends with "and" and a name.
fn closes(items: &[Item], at: usize) -> bool {
    let rest = items.get(at..).unwrap_or_default();
    let list = |i: &&Item| matches!(i, Name(_) | Mark) || matches!(i, Word(w) if w == "the");
    let end = rest.iter().take_while(list).count();
    word(rest, Some(end)) == "and" && matches!(rest.get(end + 1), Some(Name(_)))
}

/// The names of a list that ends at `at`, in order, and its first item.
fn list_to(items: &[Item], at: usize) -> (Vec<usize>, usize) {
    let starts = (0..=at).filter(|&s| {
        let opens = matches!(items.get(s), Some(Name(_)));
        opens && list_from(items, s).1 == at + 1
    });
    starts.min().map_or((Vec::new(), at), |s| (list_from(items, s).0, s))
}

/// The alliance that the word for an ally at `at` tells.
fn alliance(items: &[Item], at: usize) -> Option<Alliance> {
    let noun = word(items, Some(at));
    if !is("ally", noun) {
        return None;
    }
    let plural = noun == "allies";
    let mut left = at.checked_sub(1)?;
    while is("close", word(items, Some(left))) {
        left = left.checked_sub(1)?;
    }
    // Of whom: "C's allies", "allies of C".
    let (of, before, mut end) = if word(items, Some(left)) == "s" {
        let Some(&Name(name)) = left.checked_sub(1).and_then(|i| items.get(i)) else { return None };
        (vec![name], left.checked_sub(2), at)
    } else {
        if word(items, Some(at + 1)) != "of" {
            return None;
        }
        let (of, behind) = list_from(items, at + 2);
        (of, Some(left), behind.checked_sub(1)?)
    };
    if of.is_empty() {
        return None;
    }
    // "C's allies A and B", "C's main allies, A and B,"
    let possessed = end == at;
    if possessed {
        let mark = usize::from(items.get(at + 1) == Some(&Mark));
        let (allies, behind) = list_from(items, at + 1 + mark);
        let closed = mark == 0 || matches!(items.get(behind), None | Some(Mark));
        if !allies.is_empty() && closed && plural == (allies.len() > 1) {
            end = behind - 1;
            return Some(Alliance { allies, of, items: (left - 1, end) });
        }
    }
    // "A and B are C's allies", "A, a close ally of C"
    let mut at = before?;
    let mut holds = Vec::new();
    while let Some(Word(held)) = items.get(at).filter(|i| matches!(i, Word(w) if is("holds", w))) {
        holds.push(held.as_str());
        at = at.checked_sub(1)?;
    }
    let told = holds.iter().any(|w| matches!(*w, "is" | "are" | "remain" | "remains" | "been"));
    let apposed = items.get(at) == Some(&Mark);
    if apposed && !told {
        at = at.checked_sub(1)?;
    } else if !told || apposed {
        return None;
    }
    if matches!(word(items, Some(at)), "has" | "have") {
        at = at.checked_sub(1)?;
    }
    let (mut allies, mut start) = list_to(items, at);
    if !plural && !allies.is_empty() {
        // "told A and B, an ally of C": the last one is.
        allies = allies.split_off(allies.len() - 1);
        start = at;
    }
    let fits = !allies.is_empty() && plural == (allies.len() > 1);
    fits.then_some(Alliance { allies, of, items: (start, end) })
}

/// The items of a sentence, each with its span.
fn items(witnesses: &Witnesses<'_>, report: u32, sentence: Span) -> Vec<(Item, Span)> {
    let text = &witnesses.report(report).text;
    let mentions = &witnesses.annotations(report).mentions;
    let mut found: Vec<(Item, Span)> = Vec::new();
    let mut done = sentence.from();
    for (start, end) in positions(sentence.of(text)) {
        let span = Span::new(sentence.from() + start, sentence.from() + end);
        if span.from() < done {
            continue;
        }
        if text[done..span.from()].contains([',', ';', ':', '(', ')', '–', '—']) {
            found.push((Mark, Span::new(done, span.from())));
        }
        match mentions.iter().position(|m| m.span.overlaps(span)) {
            Some(name) => {
                done = mentions[name].span.to().max(span.to());
                found.push((Name(name), mentions[name].span));
            }
            None => {
                done = span.to();
                found.push((Word(span.of(text).to_lowercase()), span));
            }
        }
    }
    found
}

/// Whom a mention names, as a key and for a person to read: a state, or another actor; no town.
fn party(witnesses: &Witnesses<'_>, report: u32, mention: usize) -> Option<String> {
    let identities = witnesses.identities;
    let of = |table: &[Vec<Option<u32>>]| table[report as usize].get(mention).copied().flatten();
    let actor = of(&identities.actor_of).map(|a| &identities.actors[a as usize]);
    let place = of(&identities.place_of).map(|p| &identities.places[p as usize]);
    let state = place.filter(|p| p.is_country).map(|p| p.name.clone());
    let acts = || actor.filter(|a| place.is_none() || a.kind == ActorKind::Country);
    state.or_else(|| acts().map(|a| a.name.clone()))
}

/// Every alliance that is told.
pub(super) fn conditions(witnesses: &Witnesses<'_>) -> Vec<Condition> {
    witnesses.in_each(|report| {
        let sentences = witnesses.annotations(report).sentences.iter();
        sentences.flat_map(|&sentence| told(witnesses, report, sentence)).collect()
    })
}

/// Alliances told in one sentence, one for each pair.
fn told(witnesses: &Witnesses<'_>, report: u32, sentence: Span) -> Vec<Condition> {
    let text = sentence.of(&witnesses.report(report).text);
    if !text.contains("all") {
        return Vec::new();
    }
    let spanned = items(witnesses, report, sentence);
    let items: Vec<Item> = spanned.iter().map(|(item, _)| item.clone()).collect();
    let mut found = Vec::new();
    for alliance in (0..items.len()).filter_map(|at| alliance(&items, at)) {
        let (first, last) = alliance.items;
        let span = Span::new(spanned[first].1.from(), spanned[last].1.to());
        let parties = |list: &[usize]| -> Vec<String> {
            list.iter().filter_map(|&m| party(witnesses, report, m)).collect()
        };
        let (allies, of) = (parties(&alliance.allies), parties(&alliance.of));
        for a in &allies {
            for b in of.iter().filter(|b| *b != a) {
                let pair = if a < b { [a.as_str(), b] } else { [b.as_str(), a] };
                let [a, b] = pair;
                let (key, value) = (format!("{a}\u{1}{b}"), format!("{a} and {b} are allies"));
                let nations = BTreeSet::new();
                found.push(Condition { key, nations, value, report, span });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words with a capital are names, numbered in order.
    fn items(text: &str) -> Vec<Item> {
        let mut names = 0;
        let spaced = text.replace(',', " , ").replace("'s", " s");
        let item = |w: &str| match w {
            "," => Mark,
            _ if w.starts_with(char::is_uppercase) => {
                names += 1;
                Name(names - 1)
            }
            _ => Word(w.to_owned()),
        };
        spaced.split_whitespace().map(item).collect()
    }

    #[test]
    fn who_is_an_ally_of_whom() {
        for (text, want) in [
            ("Chad and Mali are Niger's main allies and help it", Some((vec![0, 1], vec![2]))),
            ("Chad and Mali, known as the main allies of Niger, met", Some((vec![0, 1], vec![2]))),
            ("Chad, a close ally of Niger, sent rice", Some((vec![0], vec![1]))),
            ("he told Mali and Chad, an ally of Niger, so", Some((vec![1], vec![2]))),
            ("Niger's ally Chad sent rice", Some((vec![1], vec![0]))),
            ("Niger's main allies, Chad and Mali, sent rice", Some((vec![1, 2], vec![0]))),
            ("Chad remains a key ally of Niger and Mali", Some((vec![0], vec![1, 2]))),
            ("Chad has long been an ally of Niger", Some((vec![0], vec![1]))),
            ("Chad is not an ally of Niger", None),
            ("Chad was an ally of Niger", None),
            ("Chad, a former ally of Niger, sent rice", None),
            ("Niger and its allies sent rice", None),
            ("Niger's allies said Chad was late", None),
            ("Chad struck Niger's allies", None),
        ] {
            let items = items(text);
            let found = (0..items.len()).find_map(|at| alliance(&items, at));
            assert_eq!(found.map(|a| (a.allies, a.of)), want, "{text}");
        }
    }
}
