//! What a meeting was about, where tellers do not agree on it.
//!
//! That talks dealt with one thing here and another there is no difference: they dealt with both. A teller
//! who says what they *mainly* dealt with, or that something was *not* the main topic, says more, and is set
//! beside the others. The words are data (`data/collate_agendas.tsv`).

use crate::drafts::{Draft, order};
use crate::happenings::Happening;
use crate::meetings::{Meetings, is_talks, teller};
use crate::readings::{Claim, readings};
use crate::tokens::positions;
use crate::witnesses::Witnesses;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;
use variorum_model::Span;

/// Letters from which a word tells something.
const TELLING: usize = 4;
/// Words between the parts of a phrase ("the meeting also reportedly dealt with").
const BETWEEN: usize = 3;

fn words_of(class: &'static str) -> impl Fn(&str) -> bool {
    static TABLE: OnceLock<FxHashSet<(&'static str, &'static str)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let lines = include_str!("../../../data/collate_agendas.tsv").lines();
        lines.filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')).collect()
    });
    move |word| table.contains(&(class, word))
}

/// What weight a teller gives to a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Main,
    NotMain,
    Among,
}

/// What a sentence says that talks were about: the weight, and where in it the topic and the words that say
/// so stand.
fn account(sentence: &str) -> Option<(Weight, Range<usize>, Range<usize>)> {
    let lower = sentence.to_ascii_lowercase();
    let words = positions(&lower);
    let word = |i: usize| words.get(i).map_or("", |&(s, e)| &lower[s..e]);
    let (main, mainly, topic) = (words_of("main"), words_of("mainly"), words_of("topic"));
    let (deals, under) = (words_of("deals"), words_of("under"));
    let is_be = |w: &str| matches!(w, "was" | "were" | "is" | "are");
    for i in 0..words.len() {
        // "the ferry was not the main topic of the talks"
        if is_be(word(i)) {
            let not = usize::from(word(i + 1) == "not");
            let at = i + 1 + not;
            let named = word(at) == "the" && main(word(at + 1)) && topic(word(at + 2));
            if named && (at..words.len()).any(|n| is_talks(word(n))) {
                let weight = if not == 1 { Weight::NotMain } else { Weight::Main };
                let start = opening(&lower, words[i].0);
                let topic = lower[..words[i].0].trim_end().len();
                return Some((weight, start..topic, start..words[at + 2].1));
            }
        }
        if word(i) != "the" || !is_talks(word(i + 1)) {
            continue;
        }
        for n in i + 2..=i + 2 + BETWEEN {
            // "the talks were chiefly on fish"
            if is_be(word(n)) && mainly(word(n + 1)) && under(word(n + 2)) {
                let end = ending(&lower, words[n + 2].0);
                return Some((Weight::Main, words[n + 2].0..end, words[i].0..end));
            }
            // "the talks dealt mainly with fish"
            if deals(word(n)) {
                let chief = [word(n - 1), word(n + 1)].iter().any(|w| mainly(w));
                let at = n + 1 + usize::from(mainly(word(n + 1)));
                if !under(word(at)) {
                    continue;
                }
                let weight = if chief { Weight::Main } else { Weight::Among };
                let end = ending(&lower, words[at].0);
                return Some((weight, words[at].0..end, words[i].0..end));
            }
        }
    }
    None
}

/// Where the clause begins that ends at `end`: behind a comma or "that".
fn opening(text: &str, end: usize) -> usize {
    let comma = text[..end].rfind([',', ':', ';']).map_or(0, |at| at + 1);
    let that = text[..end].rfind(" that ").map_or(0, |at| at + " that ".len());
    let start = comma.max(that);
    start + (text[start..end].len() - text[start..end].trim_start().len())
}

/// Where the clause ends that begins at `start`: before a comma or the end of the sentence.
fn ending(text: &str, start: usize) -> usize {
    let end = text[start..].find([',', ';', '.']).map_or(text.len(), |at| start + at);
    start + text[start..end].trim_end().len()
}

/// One account of one meeting.
pub(crate) struct Account {
    pub(crate) weight: Weight,
    pub(crate) report: u32,
    pub(crate) topic: Span,
    /// The words that say so.
    span: Span,
    teller: String,
    words: FxHashSet<String>,
}

/// What reports say that each meeting was about, by the number of its happening, in order.
pub(crate) fn accounts(
    witnesses: &Witnesses<'_>,
    meetings: &[Meetings],
) -> BTreeMap<usize, Vec<Account>> {
    let in_report = |report: u32| {
        let text = &witnesses.report(report).text;
        let account = |&sentence: &Span| {
            let (weight, topic, cited) = account(sentence.of(text))?;
            let h = meetings[report as usize].spoken_of(sentence, text)?;
            let span =
                |r: Range<usize>| Span::new(sentence.from() + r.start, sentence.from() + r.end);
            let (topic, span) = (span(topic), span(cited));
            let teller = teller(witnesses, report, topic);
            let words = telling(topic.of(text));
            Some((h, Account { weight, report, topic, span, teller, words }))
        };
        witnesses.annotations(report).sentences.iter().filter_map(account).collect()
    };
    let mut by_meeting: BTreeMap<usize, Vec<Account>> = BTreeMap::new();
    for (h, account) in witnesses.in_each(in_report) {
        by_meeting.entry(h).or_default().push(account);
    }
    by_meeting
}

/// Accounts of one meeting that give other topics as the main one.
pub(crate) fn conflicts<'f>(
    witnesses: &Witnesses<'_>,
    found: &'f [Happening],
    accounts: &BTreeMap<usize, Vec<Account>>,
    named: impl Fn(usize) -> (&'f str, &'f str),
) -> Vec<Draft> {
    accounts.iter().filter_map(|(h, told)| draft(witnesses, &found[*h], told, named(*h))).collect()
}

fn telling(phrase: &str) -> FxHashSet<String> {
    let words = phrase.split(|c: char| !c.is_alphanumeric());
    words.filter(|w| w.chars().count() >= TELLING).map(str::to_lowercase).collect()
}

/// Whether two tellers weigh the topics otherwise: each has a main one of his own, or one says what it was not
/// and the other what it was.
fn at_odds(witnesses: &Witnesses<'_>, a: &Account, b: &Account) -> bool {
    let tellers = a.report != b.report || a.teller != b.teller;
    let weighed = a.weight != Weight::Among && b.weight != Weight::Among;
    let both_deny = a.weight == Weight::NotMain && b.weight == Weight::NotMain;
    let apart = a.words.is_disjoint(&b.words) || a.weight != b.weight;
    tellers && weighed && !both_deny && apart && witnesses.same_event(a.report, b.report)
}

fn draft(
    witnesses: &Witnesses<'_>,
    happening: &Happening,
    told: &[Account],
    (about, id): (&str, &str),
) -> Option<Draft> {
    if !told.iter().any(|a| told.iter().any(|b| at_odds(witnesses, a, b))) {
        return None;
    }
    let claims: Vec<Claim> = told
        .iter()
        .map(|a| {
            let topic = a.topic.of(&witnesses.report(a.report).text);
            Claim {
                value: match a.weight {
                    Weight::Main => format!("mainly {topic}"),
                    Weight::NotMain => format!("not mainly {topic}"),
                    Weight::Among => topic.to_owned(),
                },
                report: a.report,
                span: a.span,
                according_to: Some(a.teller.clone())
                    .filter(|t| !t.is_empty())
                    .into_iter()
                    .collect(),
            }
        })
        .collect();
    let draft = Draft::new(
        order(6, happening),
        "identity",
        format!("what it was about: {about}"),
        readings(witnesses, &claims),
        "tellers differ on what it was mainly about",
    );
    Some(draft.over(id).judged("different_sources"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_talks_were_about() {
        for (sentence, want) in [
            (
                "Accra insists that the meeting was chiefly to settle the fishing rights.",
                Some((Weight::Main, "to settle the fishing rights")),
            ),
            (
                "The talks focused mainly on the new harbour, the mayor said.",
                Some((Weight::Main, "on the new harbour")),
            ),
            (
                "The talks also reportedly dealt with the price of salt.",
                Some((Weight::Among, "with the price of salt")),
            ),
            (
                "An envoy said that the harbour was not the main topic of the talks.",
                Some((Weight::NotMain, "the harbour")),
            ),
            ("Salt was the chief subject of the summit.", Some((Weight::Main, "Salt"))),
            ("Salt was the chief export of the island.", None),
            ("The talks were held in Accra.", None),
            ("The film focused mainly on the harbour.", None),
        ] {
            let told = account(sentence).map(|(weight, topic, _)| (weight, &sentence[topic]));
            assert_eq!(told, want, "{sentence}");
        }
    }
}
