//! Whom a source that is no name refers to.

use super::cues;
use super::marks::{Marked, overlapping};
use crate::reading::Reading;
use std::collections::{HashMap, HashSet};
use variorum_model::{Coreference, Mention, MentionKind, Quotation, Sentence, Span};

/// Sentences looked back over for the one a pronoun means.
const REACH: usize = 8;
/// Paragraphs looked back over.
const PARAGRAPHS: usize = 3;

/// Gives each quotation whose source is a pronoun or description the name it refers to, and chains
/// "the source" to the unnamed source told first.
pub(super) fn speakers(
    reading: &Reading<'_>,
    marks: &[Marked],
    mentions: &[Mention],
    coreferences: &[Coreference],
    quotations: &mut [Quotation],
) {
    pronouns(reading, marks, mentions, coreferences, quotations);
    let mut unnamed: Vec<Span> = Vec::new();
    let mut known: HashSet<Span> = HashSet::new();
    for quotation in quotations {
        let Some(source) = quotation.source else { continue };
        if quotation.speaker.is_none() && !is_pronoun(reading.text(source)) {
            quotation.speaker = referred(mentions, coreferences, source);
        }
        if let Some(speaker) = quotation.speaker {
            quotation.anonymous = known.contains(&speaker);
            continue;
        }
        let text = reading.text(source).to_lowercase();
        quotation.anonymous |= text.split_whitespace().any(cues::is_source);
        if !quotation.anonymous {
            continue;
        }
        quotation.speaker = told_before(reading, &unnamed, source);
        if quotation.speaker.is_none() && known.insert(source) {
            unnamed.push(source);
        }
    }
}

/// The unnamed source told last that "the source" or "the Turkish official" may stand for: one that has
/// every word of the later phrase.
fn told_before(reading: &Reading<'_>, unnamed: &[Span], source: Span) -> Option<Span> {
    const LOOKED_AT: usize = 12;
    let text = reading.text(source).to_lowercase();
    let rest = text.strip_prefix("the ").or_else(|| text.strip_prefix("that "))?;
    let words: Vec<&str> = rest.split_whitespace().collect();
    if words.is_empty() || words.len() > 3 {
        return None;
    }
    unnamed.iter().rev().take(LOOKED_AT).copied().find(|first| {
        let first = reading.text(*first).to_lowercase();
        let parts = first.split(|c: char| !c.is_alphanumeric() && c != '-');
        words.iter().all(|word| parts.clone().any(|part| part == *word))
    })
}

/// Whether a description is of one person ("a diplomat").
fn is_one(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or("").to_lowercase();
    matches!(first.as_str(), "a" | "an" | "one" | "the" | "another") && !text.ends_with('s')
}

fn is_pronoun(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "he" | "she")
}

/// What is known of the persons of a report while its quotations are read in order.
struct Persons<'r> {
    reading: &'r Reading<'r>,
    marks: &'r [Marked],
    mentions: &'r [Mention],
    /// Women and men by surname, as titles and pronouns have shown.
    women: HashMap<&'r str, bool>,
    /// Names that sources stand for, by where the source begins.
    sources: Vec<(Span, Span)>,
}

/// Resolves "he said" and "she said". Who spoke last comes first: the press goes on with a pronoun
/// where it goes on with a speaker.
fn pronouns(
    reading: &Reading<'_>,
    marks: &[Marked],
    mentions: &[Mention],
    coreferences: &[Coreference],
    quotations: &mut [Quotation],
) {
    let mut persons =
        Persons { reading, marks, mentions, women: HashMap::new(), sources: Vec::new() };
    for mention in mentions {
        persons.learn_from_title(mention);
    }
    let mut order: Vec<usize> =
        (0..quotations.len()).filter(|&i| quotations[i].source.is_some()).collect();
    order.sort_by_key(|&i| quotations[i].source);
    for i in order {
        let Some(source) = quotations[i].source else { continue };
        let text = reading.text(source);
        if !is_pronoun(text) {
            // "A source said … He added": an unnamed source speaks on too
            let unnamed = (quotations[i].anonymous && is_one(text)).then_some(source);
            let own = persons
                .named_in(source)
                .or_else(|| referred(mentions, coreferences, source))
                .or(unnamed);
            persons.sources.extend(own.map(|name| (source, name)));
            continue;
        }
        let woman = text.eq_ignore_ascii_case("she");
        let found = persons.antecedent(source, woman).or_else(|| {
            referred(mentions, coreferences, source).filter(|&n| persons.fits(n, woman))
        });
        if let Some(name) = found {
            persons.women.entry(persons.surname(name)).or_insert(woman);
            persons.sources.push((source, name));
            quotations[i].speaker = Some(name);
        }
    }
}

impl<'r> Persons<'r> {
    fn surname(&self, name: Span) -> &'r str {
        let text = self.reading.text(name);
        let last = text.rsplit(char::is_whitespace).next().unwrap_or(text);
        last.trim_end_matches("'s").trim_end_matches("’s")
    }

    fn learn_from_title(&mut self, mention: &Mention) {
        if mention.kind != MentionKind::Person {
            return;
        }
        let from = mention.title.map_or(mention.span.start, |t| t.start.min(mention.span.start));
        let text = self.reading.report.text.as_str();
        let whole = self.reading.text(Span { start: from, end: mention.span.end });
        let before = text[..from as usize].trim_end().rsplit(char::is_whitespace).next();
        let mut words = whole.split_whitespace().chain(before);
        let woman = words.find_map(|w| match w {
            "Mr." | "Mr" | "Sir" => Some(false),
            "Mrs." | "Ms." | "Miss" | "Mrs" | "Ms" | "Lady" => Some(true),
            _ => None,
        });
        if let Some(woman) = woman {
            self.women.entry(self.surname(mention.span)).or_insert(woman);
        }
    }

    fn fits(&self, name: Span, woman: bool) -> bool {
        self.women.get(self.surname(name)).is_none_or(|w| *w == woman)
    }

    /// The first person named in a phrase.
    fn named_in(&self, phrase: Span) -> Option<Span> {
        let from = self.mentions.partition_point(|m| m.span.end <= phrase.start);
        self.mentions[from..]
            .iter()
            .take_while(|m| m.span.start < phrase.end)
            .find(|m| m.kind == MentionKind::Person)
            .map(|m| m.span)
    }

    /// Whom a pronoun means: in its own sentence a subject before it; else, sentence by sentence
    /// back, the speaker, the subject, or the only person named.
    fn antecedent(&self, pronoun: Span, woman: bool) -> Option<Span> {
        let text = self.reading.report.text.as_str();
        let own = self.reading.sentence_at(pronoun.from())?;
        let stretch = self.reading.stretch_at(pronoun.from())?;
        if let Some(name) = self.of_sentence(own, pronoun.start, woman) {
            return Some(name);
        }
        let mut start = own.span.from();
        for _ in 0..REACH {
            let before = text[..start].trim_end().len();
            let sentence = before.checked_sub(1).and_then(|at| self.reading.sentence_at(at))?;
            if sentence.span.from() >= start {
                return None;
            }
            start = sentence.span.from();
            let near = self.reading.stretch_at(start).is_some_and(|s| s + PARAGRAPHS >= stretch);
            if !near {
                return None;
            }
            if let Some(name) = self.of_sentence(sentence, pronoun.start, woman) {
                return Some(name);
            }
        }
        None
    }

    /// The speaker of a sentence that fits, or its subject, or the only person named in it.
    fn of_sentence(&self, sentence: &Sentence, until: u32, woman: bool) -> Option<Span> {
        let span = sentence.span;
        let from = self.sources.partition_point(|(s, _)| s.start < span.start);
        let speakers =
            self.sources[from..].iter().take_while(|(s, _)| s.start < span.end.min(until));
        if let Some((_, name)) = speakers.filter(|(_, n)| self.fits(*n, woman)).last() {
            return Some(*name);
        }
        let from = self.mentions.partition_point(|m| m.span.start < span.start);
        let persons: Vec<Span> = self.mentions[from..]
            .iter()
            .take_while(|m| m.span.start < span.end.min(until))
            .take(40)
            .filter(|m| m.kind == MentionKind::Person && self.fits(m.span, woman))
            .filter(|m| overlapping(self.marks, m.span).next().is_none())
            .map(|m| m.span)
            .collect();
        let subject = persons.iter().find(|p| self.is_subject(sentence, **p));
        match persons.as_slice() {
            _ if subject.is_some() => subject.copied(),
            [one] => Some(*one),
            [first, rest @ ..] if rest.iter().all(|r| self.surname(*r) == self.surname(*first)) => {
                Some(*first)
            }
            _ => None,
        }
    }

    fn is_subject(&self, sentence: &Sentence, name: Span) -> bool {
        let tokens = self.reading.parse.tokens_of(sentence);
        let from = tokens.partition_point(|t| t.span.end <= name.start);
        tokens[from..]
            .iter()
            .take_while(|t| t.span.start < name.end)
            .any(|t| matches!(t.relation.as_str(), "nsubj" | "nsubjpass"))
    }
}

/// The name that a reference which begins the source stands for, if it is one name.
fn referred(mentions: &[Mention], coreferences: &[Coreference], source: Span) -> Option<Span> {
    let from = coreferences.partition_point(|c| c.span.start < source.start);
    let reference = coreferences.get(from).filter(|c| source.contains(c.span))?;
    let named = mentions.get(mentions.partition_point(|m| m.span.start < source.start));
    // "the minister, Omar Haddad," names its speaker itself
    if named.is_some_and(|m| m.kind == MentionKind::Person && source.contains(m.span)) {
        return None;
    }
    match reference.antecedents.as_slice() {
        [one] => mentions.get(*one as usize).map(|m| m.span),
        _ => None,
    }
}
