//! Pronouns and descriptions that stand for names, where one name is clearly meant.
//!
//! A reference is left open rather than guessed: an antecedent must stand in the sentence or the one
//! before, or hold the office or nationality that the description names.

use crate::countries::{Sense, country};
use crate::offices::within;
use crate::reading::{Line, Reading};
use crate::tables::{cell, rows};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;
use variorum_model::{Coreference, Mention, MentionKind, Office, Span};

static WORDS: LazyLock<HashMap<&'static str, HashSet<&'static str>>> = LazyLock::new(|| {
    rows(include_str!("../../../data/annotate_references.tsv"))
        .map(|row| (cell(&row, 0), cell(&row, 1).split(';').collect()))
        .collect()
});

fn is(class: &str, word: &str) -> bool {
    WORDS.get(class).is_some_and(|words| words.contains(word))
}

/// What the sentences read so far have brought up.
#[derive(Default)]
struct Memory {
    /// Persons of the sentence before, subject first, then by order.
    before: Vec<u32>,
    /// Whether the first of `before` is its subject.
    subject_before: bool,
    /// The stretch of the sentence before.
    stretch: Option<usize>,
    /// Sex as pronouns and forms of address have shown it, by surname: true for women.
    women: HashMap<String, bool>,
}

/// The references of a report, in text order.
pub(crate) fn coreferences(
    reading: &Reading<'_>,
    mentions: &[Mention],
    offices: &[Office],
) -> Vec<Coreference> {
    let mut memory = Memory::default();
    let mut out: Vec<Coreference> = Vec::new();
    for sentence in &reading.parse.sentences {
        let line = Line::new(reading, sentence);
        let stretch = reading.stretch_at(sentence.span.from());
        let near = match (memory.stretch, stretch) {
            (Some(a), Some(b)) => b <= a + 1,
            _ => false,
        };
        if !near {
            memory.before.clear();
        }
        let first = mentions.partition_point(|m| m.span.start < sentence.span.start) as u32;
        let here = Scope {
            line: &line,
            mentions,
            first,
            own: within(mentions, sentence.span),
            offices: offices_before(offices, sentence.span.end),
        };
        let found = here.references(&mut memory);
        here.remember(&mut memory, &found, stretch);
        out.extend(found);
    }
    out.sort_by_key(|c| c.span);
    out
}

/// The offices told before byte `end`, at most the last forty.
fn offices_before(offices: &[Office], end: u32) -> &[Office] {
    const KEPT: usize = 40;
    let to = offices.partition_point(|o| o.span.start < end);
    &offices[to.saturating_sub(KEPT)..to]
}

/// One sentence with the names in it and the offices told so far.
struct Scope<'s> {
    line: &'s Line<'s>,
    mentions: &'s [Mention],
    /// Index of the first mention of the sentence.
    first: u32,
    own: &'s [Mention],
    offices: &'s [Office],
}

impl Scope<'_> {
    fn references(&self, memory: &mut Memory) -> Vec<Coreference> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < self.line.tokens.len() {
            let found = self
                .pair(at, memory)
                .or_else(|| self.description(at))
                .or_else(|| self.pronoun(at, memory, &out));
            match found {
                Some((reference, end)) => {
                    out.push(reference);
                    at = end.max(at + 1);
                }
                None => at += 1,
            }
        }
        out
    }

    fn make(
        &self,
        from: usize,
        to: usize,
        antecedents: Vec<u32>,
        rule: &'static str,
    ) -> Option<(Coreference, usize)> {
        Some((Coreference { span: self.line.span(from, to), antecedents, rule }, to))
    }

    /// Persons named in this sentence before word `at`, in order.
    fn persons_until(&self, at: usize) -> Vec<u32> {
        self.indices_until(at, |m| m.kind == MentionKind::Person)
    }

    /// Mentions of this sentence that end before word `at` and are kept by `keep`; of a sentence with
    /// very many only the last.
    fn indices_until(&self, at: usize, keep: impl Fn(&Mention) -> bool) -> Vec<u32> {
        const KEPT: usize = 40;
        let end = self.line.tokens.get(at).map_or(u32::MAX, |t| t.span.start);
        let to = self.own.partition_point(|m| m.span.end <= end);
        (to.saturating_sub(KEPT)..to)
            .filter(|&i| keep(&self.own[i]))
            .map(|i| self.first + i as u32)
            .collect()
    }

    fn name(&self, index: u32) -> &str {
        self.line.reading.text(self.mentions[index as usize].head)
    }

    /// One index for each different name, the first kept.
    fn distinct(&self, list: &[u32]) -> Vec<u32> {
        let mut seen = HashSet::new();
        list.iter().copied().filter(|&i| seen.insert(self.name(i))).collect()
    }

    /// "the two", "the two sides", "both men", "the two countries".
    fn pair(&self, at: usize, memory: &Memory) -> Option<(Coreference, usize)> {
        let line = self.line;
        let noun = match (line.word(at), line.word(at + 1)) {
            ("the", "two") => at + 2,
            ("both", _) => at + 1,
            _ => return None,
        };
        let word = line.word(noun);
        let bare = line.word(at) == "the"
            && !line.tag(noun).starts_with("NN")
            && !line.tag(noun).starts_with("JJ");
        if is("pair_country", word) && word != "sides" {
            let places = self.indices_until(at, |m| is_country(line, m));
            let two = self.distinct(&places);
            return (two.len() == 2)
                .then(|| self.make(at, noun + 1, two, "pair_of_countries"))
                .flatten();
        }
        if !bare && !is("pair", word) {
            return None;
        }
        let mut persons = self.distinct(&self.persons_until(at));
        if persons.len() < 2 {
            persons = self.distinct(&[persons, memory.before.clone()].concat());
        }
        let end = if bare { noun } else { noun + 1 };
        (persons.len() == 2).then(|| self.make(at, end, persons, "pair")).flatten()
    }

    /// "the Iranian official", "the minister", "the council", "the group".
    fn description(&self, at: usize) -> Option<(Coreference, usize)> {
        let line = self.line;
        if line.word(at) != "the" {
            return None;
        }
        let nation =
            country(line.text(at + 1)).filter(|(s, _)| *s == Sense::Demonym).map(|(_, c)| c);
        let noun = at + 1 + usize::from(nation.is_some());
        let noun = noun
            + usize::from(matches!(
                line.word(noun),
                "top"
                    | "senior"
                    | "foreign"
                    | "prime"
                    | "defence"
                    | "defense"
                    | "armed"
                    | "militant"
            ));
        let word = line.word(noun);
        let next = line.tag(noun + 1);
        // "the minister Omar Haddad", "the council of …" name their own
        if next.starts_with("NN")
            || matches!(line.word(noun + 1), "of" | "for" | "'s" | "-")
                && line.word(noun + 1) != "'s"
        {
            return None;
        }
        if is("official", word) && nation.is_some() || is("office", word) {
            let holder = self.holder(at, word, nation)?;
            return self.make(at, noun + 1, vec![holder], "office");
        }
        let start = line.tokens[at].span.start;
        let before: Vec<u32> = {
            let to = self.mentions.partition_point(|m| m.span.end <= start) as u32;
            (to.saturating_sub(30)..to).rev().collect()
        };
        let text = |i: &u32| line.reading.text(self.mentions[*i as usize].span).to_lowercase();
        if is("group", word)
            && nation.is_none()
            && let Some(&i) = before
                .iter()
                .take(8)
                .find(|&&i| self.mentions[i as usize].kind == MentionKind::Group)
        {
            return self.make(at, noun + 1, vec![i], "group");
        }
        if is("body", word) && nation.is_none() {
            let named = |i: &&u32| {
                self.mentions[**i as usize].kind == MentionKind::Organization
                    && text(i).split(|c: char| !c.is_alphanumeric()).any(|w| w == word)
            };
            let i = *before.iter().find(named)?;
            return self.make(at, noun + 1, vec![i], "body");
        }
        None
    }

    /// The holder told last of an office that `word` and `nation` fit.
    fn holder(&self, at: usize, word: &str, nation: Option<&str>) -> Option<u32> {
        let start = self.line.tokens[at].span.start;
        let generic =
            matches!(word, "official" | "diplomat" | "leader" | "politician" | "statesman");
        let fits = |o: &&Office| {
            let title = o.title.to_lowercase();
            let titled = generic && nation.is_some()
                || title.split(|c: char| !c.is_alphanumeric()).any(|w| w == word)
                || matches!(
                    (word, title.as_str()),
                    ("spokesman" | "spokeswoman", "spokesperson") | ("premier", "prime minister")
                );
            let national = nation.is_none_or(|n| o.country.as_deref() == Some(n));
            titled && national && o.span.end <= start
        };
        let mut holders = self.offices.iter().rev().filter(fits).filter_map(|o| o.holder);
        let nearest = holders.next()?;
        let index = self.index_of(nearest)?;
        // Without a nationality two holders of such an office leave it open
        let other =
            holders.filter_map(|h| self.index_of(h)).find(|&i| self.name(i) != self.name(index));
        (nation.is_some() && !generic || other.is_none()).then_some(index)
    }

    fn index_of(&self, span: Span) -> Option<u32> {
        let at = self.mentions.partition_point(|m| m.span.start < span.start);
        self.mentions.get(at).filter(|m| m.span == span).map(|_| at as u32)
    }

    /// "he", "his", "she", "her".
    fn pronoun(
        &self,
        at: usize,
        memory: &mut Memory,
        found: &[Coreference],
    ) -> Option<(Coreference, usize)> {
        let word = self.line.word(at);
        let woman = is("she", word);
        if !woman && !is("he", word) || !self.line.tag(at).starts_with("PRP") {
            return None;
        }
        // The same pronoun again in a sentence means the same
        let again = found.iter().rev().take(20).find(|c| {
            let said = self.line.reading.text(c.span).to_lowercase();
            c.antecedents.len() == 1 && (is("she", &said) && woman || is("he", &said) && !woman)
        });
        let antecedent = match again {
            Some(c) => c.antecedents[0],
            None => self.antecedent(at, memory, woman)?,
        };
        memory.women.entry(self.name(antecedent).to_owned()).or_insert(woman);
        self.make(at, at + 1, vec![antecedent], "pronoun")
    }

    fn antecedent(&self, at: usize, memory: &Memory, woman: bool) -> Option<u32> {
        let fits = |i: &u32| memory.women.get(self.name(*i)).is_none_or(|w| *w == woman);
        let own: Vec<u32> =
            self.distinct(&self.persons_until(at)).into_iter().filter(fits).collect();
        let before: Vec<u32> = self.distinct(&memory.before).into_iter().filter(fits).collect();
        let own_subject = own.iter().copied().find(|&i| self.is_subject(i));
        match own.as_slice() {
            // One person so far in the sentence: that one, unless it is no subject and the sentence before
            // was about another
            [one] if own_subject.is_some() || before.is_empty() => return Some(*one),
            [_, ..] if own_subject.is_some() => return own_subject,
            _ => {}
        }
        match before.as_slice() {
            [] => None,
            [one] => Some(*one),
            [subject, ..] if memory.subject_before => Some(*subject),
            _ => None,
        }
    }

    /// Whether a mention is the subject of its clause, by the tree or by standing before the first verb.
    fn is_subject(&self, index: u32) -> bool {
        let span = self.mentions[index as usize].span;
        let tokens = self.line.tokens;
        let from = self.line.at(span.from());
        let to = self.line.after(span.to());
        let by_tree = tokens[from.min(to)..to]
            .iter()
            .any(|t| matches!(t.relation.as_str(), "nsubj" | "nsubjpass" | "agent"));
        let verb =
            tokens.iter().position(|t| matches!(t.tag.as_str(), "VBD" | "VBZ" | "VBP" | "MD"));
        let leads = verb.is_some_and(|v| to <= v)
            && from.checked_sub(1).is_none_or(|b| !matches!(self.line.tag(b), "IN" | "TO"));
        by_tree || leads
    }

    /// Stores the persons of this sentence for the next.
    fn remember(&self, memory: &mut Memory, found: &[Coreference], stretch: Option<usize>) {
        memory.stretch = stretch.or(memory.stretch);
        let named = self.persons_until(self.line.tokens.len());
        let referred =
            found.iter().filter(|c| c.antecedents.len() == 1).map(|c| (c.span, c.antecedents[0]));
        let mut all: Vec<(u32, u32, bool)> = named
            .iter()
            .map(|&i| (self.mentions[i as usize].span.start, i, self.is_subject(i)))
            .chain(
                referred
                    .filter(|(_, i)| self.mentions[*i as usize].kind == MentionKind::Person)
                    .map(|(s, i)| (s.start, i, self.subject_word(s))),
            )
            .collect();
        all.sort_by_key(|(start, i, subject)| (!*subject, *start, *i));
        if all.is_empty() {
            // A sentence about nobody keeps the ones before in reach once
            memory.subject_before = memory.subject_before && memory.before.len() == 1;
            if memory.before.len() > 1 {
                memory.before.clear();
            }
            return;
        }
        memory.subject_before = all.first().is_some_and(|(_, _, subject)| *subject);
        memory.before = all.into_iter().map(|(_, i, _)| i).collect();
    }

    fn subject_word(&self, span: Span) -> bool {
        let at = self.line.at(span.from());
        self.line.tokens.get(at).is_some_and(|t| {
            matches!(t.relation.as_str(), "nsubj" | "nsubjpass")
                || matches!(self.line.word(at), "he" | "she")
        })
    }
}

fn is_country(line: &Line<'_>, mention: &Mention) -> bool {
    mention.kind == MentionKind::Place
        && matches!(
            country(line.reading.text(mention.span)),
            Some((Sense::Name | Sense::Capital, _))
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{named, report};

    #[test]
    fn references_to_names() {
        use MentionKind::Person;
        let (haddad, petrov) = (("Omar Haddad", Person), ("Ivan Petrov", Person));
        for (text, names, expected) in [
            ("Omar Haddad said he left", &[haddad][..], &[("he", "Omar Haddad")][..]),
            (
                "Omar Haddad met Ivan Petrov and the two spoke",
                &[haddad, petrov],
                &[("the two", "Omar Haddad+Ivan Petrov")],
            ),
            (
                "Iranian minister Omar Haddad came , the Iranian official said",
                &[haddad],
                &[("the Iranian official", "Omar Haddad")],
            ),
            ("she left", &[], &[]),
            ("the minister left", &[], &[]),
        ] {
            let report = report(text, None);
            let parse = named(text, names);
            let reading = Reading::new(&report, &parse);
            let mentions = crate::mentions::mentions(&reading);
            let offices = crate::offices::offices(&reading, &mentions);
            let found: Vec<(String, String)> = coreferences(&reading, &mentions, &offices)
                .iter()
                .map(|c| {
                    let names: Vec<&str> =
                        c.antecedents.iter().map(|&i| mentions[i as usize].span.of(text)).collect();
                    (c.span.of(text).to_owned(), names.join("+"))
                })
                .collect();
            let rows: Vec<(&str, &str)> =
                found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            assert_eq!(rows, expected, "{text:?}");
        }
    }
}
