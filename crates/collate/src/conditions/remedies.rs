//! That an end to a war, crisis or strike is sought: "a solution to the crisis", "ways to resolve the conflict".

use super::{Condition, is, nations, state};
use crate::participants::country_name;
use crate::tokens::positions;
use crate::witnesses::Witnesses;
use std::ops::Range;
use variorum_model::Span;

/// Words between the word for the end and that for what it ends ("resolve the more than five-year-old crisis").
const REACH: usize = 7;
/// Words between what says that it is sought and the word for the end.
const SOUGHT: usize = 16;
/// Words behind the state within which its place is told ("the crisis that has plagued the island").
const PLACE: usize = 10;

/// What a sentence says is sought.
#[derive(Debug, PartialEq, Eq)]
struct Remedy {
    class: &'static str,
    /// From what says that it is sought to the word for the state.
    told: Range<usize>,
    /// Where the place of the state may be named.
    of: Range<usize>,
    /// The word for the state.
    state: Range<usize>,
}

fn remedy(sentence: &str) -> Option<Remedy> {
    let lower = sentence.to_lowercase();
    if lower.len() != sentence.len() {
        return None;
    }
    let words = positions(&lower);
    let word = |i: usize| words.get(i).map_or("", |&(s, e)| &lower[s..e]);
    let class = |i: usize| state(i.checked_sub(1).map_or("", word), word(i));
    for at in 0..words.len() {
        let noun = is("remedy", word(at)) && matches!(word(at + 1), "to" | "of" | "for");
        // "to resolve", "for ending", "help end": not "the war will end".
        let verb = is("ends", word(at))
            && at > 0
            && (word(at).ends_with("ing") || matches!(word(at - 1), "to" | "help"));
        if !noun && !verb {
            continue;
        }
        let first = at + 1 + usize::from(noun);
        let stops = |i: &usize| matches!(word(*i), "" | "that" | "which" | "by" | "with" | "and");
        let reach = (first..first + REACH).take_while(|i| !stops(i));
        let Some(of) = reach.into_iter().find(|&i| class(i).is_some()) else { continue };
        let from = at.saturating_sub(SOUGHT);
        let Some(sought) = (from..at).find(|&i| is("seeks", word(i))) else { continue };
        if (from..of).any(|i| is("refused", word(i)) || word(i) == "t") {
            continue;
        }
        let last = (of + PLACE).min(words.len() - 1);
        return Some(Remedy {
            class: class(of)?,
            told: words[sought].0..words[of].1,
            of: words[at].1..words[last].1,
            state: words[of].0..words[of].1,
        });
    }
    None
}

/// Every statement that an end to something is sought, where it is told where that is.
pub(super) fn conditions(witnesses: &Witnesses<'_>) -> Vec<Condition> {
    witnesses.in_each(|report| {
        let sentences = witnesses.annotations(report).sentences.iter();
        sentences.filter_map(|&sentence| condition(witnesses, report, sentence)).collect()
    })
}

fn condition(witnesses: &Witnesses<'_>, report: u32, sentence: Span) -> Option<Condition> {
    let text = &witnesses.report(report).text;
    let remedy = remedy(sentence.of(text))?;
    let span = |r: Range<usize>| Span::new(sentence.from() + r.start, sentence.from() + r.end);
    let nations = nations(witnesses, report, span(remedy.of));
    let name = nations.first().and_then(|iso| country_name(iso))?;
    Some(Condition {
        key: remedy.class.to_owned(),
        value: format!("an end to the {} in {name}", span(remedy.state).of(text)),
        nations,
        report,
        span: span(remedy.told),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sought() {
        for (sentence, want) in [
            (
                "They discussed ways to resolve the Malian crisis.",
                Some("discussed ways to resolve the Malian crisis"),
            ),
            (
                "Chad and Niger have been looking for a solution to a crisis in Mali.",
                Some("looking for a solution to a crisis"),
            ),
            (
                "The envoys stressed the need for talks on ending the five-year-old war in Mali.",
                Some("stressed the need for talks on ending the five-year-old war"),
            ),
            ("The envoy called for an end to the strike.", Some("called for an end to the strike")),
            ("The deal ended the war in Mali.", None),
            ("Mali rejected calls for an end to the war.", None),
            ("The war in Mali will end in May.", None),
            ("A solution to the puzzle is sought in Mali.", None),
        ] {
            let told = remedy(sentence).map(|r| &sentence[r.told]);
            assert_eq!(told, want, "{sentence}");
        }
    }
}
