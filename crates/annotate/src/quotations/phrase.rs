//! Noun phrases round a word, from the tree where it tells and from word order where it does not.

use super::complement::LONGEST_CONTENT;
use crate::reading::{Line, Reading};
use std::ops::Deref;
use variorum_model::{Sentence, Span};

/// A sentence as [`Line`] has it, with what is asked about its phrases.
pub(super) struct Clause<'r>(pub Line<'r>);

impl<'r> Deref for Clause<'r> {
    type Target = Line<'r>;

    fn deref(&self) -> &Line<'r> {
        &self.0
    }
}

impl<'r> Clause<'r> {
    pub(super) fn new(reading: &'r Reading<'r>, sentence: &'r Sentence) -> Clause<'r> {
        Clause(Line::new(reading, sentence))
    }

    /// The dictionary form of word `at`. A short verb doubles its consonant before "-ed" and "-ing", so
    /// that "hoped" is no form of "hop", as rules by ending have it.
    pub(super) fn lemma(&self, at: usize) -> String {
        let lemma: String = self.tokens[at].lemma.to_lowercase().into();
        let ending = self.word(at).strip_prefix(lemma.as_str());
        let short = lemma.len() <= 4
            && lemma.ends_with(['b', 'd', 'g', 'm', 'n', 'p', 'r', 't'])
            && lemma.bytes().filter(|b| b"aeiou".contains(b)).count() == 1
            && lemma.bytes().rev().nth(1).is_some_and(|b| b"aeiou".contains(&b));
        if short && self.is_verb(at) && matches!(ending, Some("es" | "ed" | "ing")) {
            return lemma + "e";
        }
        lemma
    }

    pub(super) fn is_verb(&self, at: usize) -> bool {
        self.tag(at).starts_with("VB")
    }

    /// A finite verb or modal: sign of a clause.
    pub(super) fn is_finite(&self, at: usize) -> bool {
        matches!(self.tag(at), "VBD" | "VBZ" | "VBP" | "MD")
    }

    pub(super) fn is_nominal(&self, at: usize) -> bool {
        let tag = self.tag(at);
        tag.starts_with("NN") || matches!(tag, "PRP" | "CD" | "WP" | "WDT" | "EX")
    }

    fn in_phrase(&self, at: usize) -> bool {
        let tag = self.tag(at);
        self.is_nominal(at)
            || tag.starts_with("JJ")
            || matches!(tag, "DT" | "PDT" | "PRP$" | "POS" | "FW")
            || tag == "VBG" && self.tag(at + 1).starts_with("NN")
            || tag == "VBN" && self.tag(at + 1).starts_with("NN")
            || matches!(self.word(at), "&" | "'s") && at > 0
            || self.word(at) == "-"
    }

    /// First word of the noun phrase whose last word is `last`, phrases with "of", "at", "for" and the
    /// like included, or `None` where no noun phrase ends there.
    pub(super) fn phrase_ending(&self, last: usize) -> Option<usize> {
        if !self.is_nominal(last)
            && !matches!(self.tag(last), "DT" | "JJ" | "JJS" | "JJR")
            && self.word(last) != ")"
        {
            return None;
        }
        let mut from = last;
        if self.word(last) == ")" {
            from = (0..last).rev().take(8).find(|&i| self.word(i) == "(")?.checked_sub(1)?;
        }
        if let Some(named) = self.name_over(from) {
            from = named;
        }
        if self.tag(from) == "PRP" {
            return Some(from);
        }
        while from > 0 {
            let before = from - 1;
            if self.in_phrase(before) && self.tag(before) != "PRP" && self.tag(before) != "EX" {
                // Two names side by side are two phrases ("in Oslo Orlo said")
                if self.name_ends(before) && self.name_begins(from) && !self.is_title_like(before) {
                    break;
                }
                from = before;
            } else if self.tag(before) == "CC"
                && self.word(before) == "and"
                && before > 0
                && self.is_nominal(before - 1)
                || self.tag(before) == "IN"
                    && matches!(
                        self.word(before),
                        "of" | "at" | "for" | "from" | "with" | "in" | "to" | "on"
                    )
                    && before > 0
                    && (self.is_nominal(before - 1) && self.tag(before - 1) != "PRP")
            {
                from = before - 1;
            } else if before >= 2
                && matches!(self.tag(before), "IN" | "TO")
                && matches!(self.tag(before - 1), "VBN" | "VBG")
                && self.is_nominal(before - 2)
                && self.tag(before - 2) != "PRP"
            {
                // "a source based in Oslo"
                from = before - 2;
            } else {
                break;
            }
        }
        Some(from.max(self.phrase_start(last)))
    }

    /// First word of the noun phrase round word `at` as the tree has it: what it qualifies ("a source in
    /// the army") and stands beside included, what a verb governs left out.
    fn phrase_start(&self, at: usize) -> usize {
        const DEPTH: usize = 8;
        let mut node = at;
        for _ in 0..DEPTH {
            let head = self.head(node);
            let over = match self.tokens[node].relation.as_str() {
                "pobj" if head < node && self.tokens[head].relation == "prep" => self.head(head),
                "conj" | "appos" | "nmod" | "compound" | "amod" | "poss" | "nummod" | "acl"
                | "prep" => head,
                _ => break,
            };
            if !self.is_nominal(over) || over == node {
                break;
            }
            node = over;
        }
        if self.tokens.len() > LONGEST_CONTENT {
            return 0;
        }
        let mut start = node.min(at);
        for _ in 0..DEPTH {
            let left = (start.saturating_sub(12)..start).find(|&i| {
                let head = self.head(i);
                (head >= start && head <= node.max(at))
                    && matches!(
                        self.tokens[i].relation.as_str(),
                        "det"
                            | "amod"
                            | "compound"
                            | "nummod"
                            | "poss"
                            | "predet"
                            | "quantmod"
                            | "nmod"
                            | "case"
                            | "advmod"
                            | "punct"
                            | "neg"
                            | "npadvmod"
                            | "nounmod"
                            | "preconj"
                    )
                    && self.word(i) != ","
            });
            match left {
                Some(i) => start = i,
                None => break,
            }
        }
        // A name is one, however the tree parts it
        self.name_over(start).map_or(start, |named| named.min(start))
    }

    /// First word of the named mention that covers word `at`, its title included.
    fn name_over(&self, at: usize) -> Option<usize> {
        let name = self.reading.names_in(self.tokens[at].span).next()?;
        let start = name.title.map_or(name.span.start, |t| t.start.min(name.span.start));
        Some(self.tokens.partition_point(|t| t.span.start < start).min(at))
    }

    fn name_ends(&self, at: usize) -> bool {
        let span = self.tokens[at].span;
        self.reading.names_in(span).any(|n| n.span.end == span.end)
    }

    fn name_begins(&self, at: usize) -> bool {
        let span = self.tokens[at].span;
        let next = Span { start: span.start, end: span.end + 64 };
        self.reading.names_in(next).any(|n| n.title.map_or(n.span.start, |t| t.start) == span.start)
    }

    fn is_title_like(&self, at: usize) -> bool {
        // A place or body before a name qualifies it: "Moscow mayor", "Senate leader Orlo"
        self.tag(at) == "POS" || self.tag(at).starts_with("JJ")
    }

    /// One past the noun phrase that begins at word `from`, phrases with "of", "at" and appositions'
    /// first comma left out.
    pub(super) fn phrase_from(&self, from: usize) -> Option<usize> {
        let mut to = from;
        while to < self.tokens.len() {
            let of = self.tag(to) == "IN"
                && to > from
                && matches!(self.word(to), "of" | "at" | "for" | "from" | "with" | "in" | "by")
                && (self.in_phrase(to + 1));
            let and = self.tag(to) == "CC"
                && to > from
                && self.in_phrase(to + 1)
                && self.is_nominal(to - 1);
            // "a diplomat who asked not to be named"
            let relative = to > from && matches!(self.tag(to), "WP" | "WDT");
            if !relative && (self.in_phrase(to) || of || and) {
                to += 1;
            } else {
                break;
            }
        }
        (to > from && (from..to).any(|i| self.is_nominal(i) || self.tag(i) == "DT")).then_some(to)
    }

    /// Index within the sentence of the head of word `at`, itself for a root.
    pub(super) fn head(&self, at: usize) -> usize {
        let head = (self.tokens[at].head as usize).wrapping_sub(self.sentence.first as usize);
        if head < self.tokens.len() { head } else { at }
    }

    /// The first dependent of word `at` by one of `relations`.
    pub(super) fn child(&self, at: usize, relations: &[&str]) -> Option<usize> {
        const REACH: usize = 60;
        let near = at.saturating_sub(REACH)..self.tokens.len().min(at + REACH);
        near.into_iter().find(|&i| {
            i != at && self.head(i) == at && relations.contains(&self.tokens[i].relation.as_str())
        })
    }

    /// The dependent of word `at` by `relation` that stands nearest before it.
    pub(super) fn child_before(&self, at: usize, relation: &str) -> Option<usize> {
        const REACH: usize = 60;
        (at.saturating_sub(REACH)..at)
            .rev()
            .find(|&i| self.head(i) == at && self.tokens[i].relation == relation)
    }

    /// First and one-past-last word of the phrase that word `head` governs; of a sentence beyond all
    /// measure the word alone.
    pub(super) fn subtree(&self, head: usize) -> (usize, usize) {
        if self.tokens.len() > LONGEST_CONTENT {
            return (head, head + 1);
        }
        let first = self.sentence.first;
        let (from, to) = self.reading.parse.subtree(self.sentence, first + head as u32);
        ((from - first) as usize, (to - first) as usize)
    }
}
