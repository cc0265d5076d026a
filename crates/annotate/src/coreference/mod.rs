//! Pronouns and descriptions that stand for names, where one name is clearly meant.
//!
//! A report is read sentence by sentence; what was named or described before is in mind by its part in
//! its sentence and by how long ago that was ([`discourse`]). A reference is left open rather than
//! guessed: number, sex, kind and clause must allow its antecedent, and it must be well ahead of the next.

mod descriptions;
mod discourse;
mod names;
mod pairs;
mod pronouns;
mod syntax;
mod words;

pub(crate) use names::entities;

use crate::countries::{Sense, country};
use crate::offices::within;
use crate::reading::{Line, Reading};
use discourse::{Discourse, Key, Phrase, Role, Sort};
use std::collections::HashMap;
use syntax::Tree;
use variorum_model::{Coreference, Mention, MentionKind, Office, Span};
use words::{is, is_womans};

/// The references of a report, in text order. `entities` are those of [`entities`].
pub(crate) fn coreferences(
    reading: &Reading<'_>,
    mentions: &[Mention],
    entities: &[u32],
    offices: &[Office],
) -> Vec<Coreference> {
    let mut memory = Memory::default();
    let mut out: Vec<Coreference> = Vec::new();
    let mut stretch = None;
    let mut quoted = false;
    for sentence in &reading.parse.sentences {
        let here = reading.stretch_at(sentence.span.from());
        if here != stretch || here.is_none() {
            quoted = false;
        }
        stretch = here;
        let line = Line::new(reading, sentence);
        if line.tokens.is_empty() {
            continue;
        }
        let tree = Tree::new(&line, &mut quoted);
        let scope = Scope {
            tree: &tree,
            line: &line,
            mentions,
            entities,
            first: mentions.partition_point(|m| m.span.start < sentence.span.start) as u32,
            own: within(mentions, sentence.span),
            offices: offices_before(offices, sentence.span.end),
        };
        scope.read(&mut memory, &mut out);
        memory.discourse.next_sentence();
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

/// What the sentences read so far have told.
#[derive(Default)]
struct Memory {
    discourse: Discourse,
    /// Who or what has been called by a noun ("a lawyer", "the company"), the last at the end.
    called: HashMap<String, Vec<(Key, u32)>>,
    /// Countries by code, with the last mention of each.
    countries: HashMap<&'static str, (Key, u32)>,
    /// Persons named side by side, for "they": by the noun under which they are kept.
    together: HashMap<String, Vec<u32>>,
}

/// One sentence with the names in it and the offices told so far.
struct Scope<'s> {
    tree: &'s Tree<'s>,
    line: &'s Line<'s>,
    mentions: &'s [Mention],
    entities: &'s [u32],
    /// Index of the first mention of the sentence.
    first: u32,
    own: &'s [Mention],
    offices: &'s [Office],
}

/// What a mention is called by, in the words around it.
const MOST_CALLED: usize = 40;

impl Scope<'_> {
    /// Reads the sentence word by word.
    fn read(&self, memory: &mut Memory, out: &mut Vec<Coreference>) {
        let count = self.line.tokens.len();
        let mut named: Vec<Option<u32>> = vec![None; count];
        let mut inside = vec![false; count];
        for (i, mention) in self.own.iter().enumerate() {
            let from = self.line.at(mention.span.from());
            let to = self.line.after(mention.span.to());
            for token in inside.iter_mut().take(to).skip(from) {
                *token = true;
            }
            // What is said of a name is kept at its last word, so that the name stands before it
            if let Some(last) = to.checked_sub(1).filter(|&l| l < count) {
                named[last] = Some(self.first + i as u32);
            }
        }
        let mut at = 0;
        while at < count {
            let found = if let Some(mention) = named[at] {
                self.name(memory, mention);
                None
            } else if inside[at] {
                None
            } else {
                self.pair(at, memory)
                    .or_else(|| self.relative(at, memory))
                    .or_else(|| self.pronoun(at, memory))
                    .or_else(|| self.description(at, memory))
            };
            match found {
                Some((reference, end)) => {
                    out.push(reference);
                    at = end.max(at + 1);
                }
                None => {
                    if named[at].is_none() && !inside[at] {
                        self.noun(memory, at);
                    }
                    at += 1;
                }
            }
        }
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

    fn mention(&self, index: u32) -> &Mention {
        &self.mentions[index as usize]
    }

    fn text(&self, span: Span) -> &str {
        self.line.reading.text(span)
    }

    fn key(&self, mention: u32) -> Key {
        Key::Entity(self.entities.get(mention as usize).copied().unwrap_or(mention))
    }

    /// Brings a name to mind.
    fn name(&self, memory: &mut Memory, index: u32) {
        let mention = self.mention(index);
        let at = self.tree.head_of(mention.span);
        let key = self.key(index);
        let sort = match mention.kind {
            MentionKind::Person => Sort::Human,
            MentionKind::Place => Sort::Place,
            MentionKind::Organization | MentionKind::Group => Sort::Body,
            MentionKind::Event | MentionKind::Facility => Sort::Thing,
        };
        // "the Orlos", "Syrians"; many a surname ends in "s"
        let family =
            mention.kind == MentionKind::Person && at > 0 && self.line.word(at - 1) == "the";
        let many =
            self.line.tag(at).ends_with('S') && (family || mention.kind == MentionKind::Group);
        if sort == Sort::Human {
            self.learn_sex(memory, &key, mention);
        }
        match country(self.text(mention.span)) {
            Some((Sense::Name, code)) => {
                memory.countries.insert(code, (key.clone(), index));
            }
            Some((Sense::Capital, code)) => self.country_in_mind(memory, code, at),
            _ => {}
        }
        self.learn_calling(memory, &key, index, at);
        let phrase = self.phrase(key, Some(index), sort, at);
        memory.discourse.here.push(Phrase { many, one: !many, ..phrase });
        self.side_by_side(memory, index, at);
    }

    fn phrase(&self, key: Key, mention: Option<u32>, sort: Sort, at: usize) -> Phrase {
        Phrase {
            key,
            mention,
            sort,
            many: false,
            one: true,
            role: self.tree.role(at),
            at,
            verb: self.tree.verb(at),
            quoted: self.tree.quoted[at],
        }
    }

    /// "Mrs", "Queen", "Ana".
    fn learn_sex(&self, memory: &mut Memory, key: &Key, mention: &Mention) {
        let title = mention.title.map_or("", |t| self.text(t));
        let from = self.line.at(mention.span.from());
        let before = from.checked_sub(1).map_or("", |b| self.line.word(b));
        let told = |word: &str| is_womans(word.to_lowercase().trim_end_matches('.'));
        let text = self.text(mention.span);
        let given = text.split_whitespace().next();
        let sex = title
            .split_whitespace()
            .find_map(told)
            .or_else(|| told(before))
            .or_else(|| given.and_then(told));
        if let Some(woman) = sex {
            memory.discourse.women.entry(key.clone()).or_insert(woman);
        }
    }

    /// "the lawyer Ana Orlo", "Ana Orlo, a lawyer", "Ana Orlo is a lawyer".
    fn learn_calling(&self, memory: &mut Memory, key: &Key, index: u32, at: usize) {
        let tree = self.tree;
        let mut nouns: Vec<usize> = Vec::new();
        let from = self.line.at(self.mention(index).span.from());
        if let Some(before) = from.checked_sub(1)
            && tree.head(before) == Some(at)
        {
            nouns.push(before);
        }
        nouns.extend(tree.child(at, &["appos"]));
        if tree.relation(at) == "appos" {
            nouns.extend(tree.head(at));
        }
        if matches!(tree.relation(at), "nsubj" | "nsubjpass")
            && let Some(verb) = tree.head(at)
            && matches!(tree.lemma(verb), "be" | "become" | "remain")
        {
            nouns.extend(tree.child(verb, &["attr"]));
        }
        for noun in nouns.into_iter().filter(|&n| self.tells_sort(n)) {
            let list = memory.called.entry(self.line.word(noun).to_owned()).or_default();
            if list.len() < MOST_CALLED {
                list.push((key.clone(), index));
            }
        }
    }

    /// Whether word `at` is a noun in the singular for a person, body, group or town.
    fn tells_sort(&self, at: usize) -> bool {
        let word = self.line.word(at);
        let classes = ["person", "official", "office", "body", "any_body", "group", "town"];
        matches!(self.line.tag(at), "NN" | "NNP") && classes.iter().any(|c| is(c, word))
    }

    /// "Ana Orlo and Jan Tamm": kept together for "they" and "the two".
    fn side_by_side(&self, memory: &mut Memory, index: u32, at: usize) {
        if self.mention(index).kind != MentionKind::Person || self.tree.relation(at) != "conj" {
            return;
        }
        let lead = self.tree.leading(at);
        let members: Vec<u32> = memory
            .discourse
            .here
            .iter()
            .filter(|p| p.sort == Sort::Human && self.tree.leading(p.at) == lead)
            .filter_map(|p| p.mention)
            .collect();
        if members.len() < 2 {
            return;
        }
        let noun = members.iter().map(|m| format!("&{m}")).collect::<String>();
        let together = self.phrase(Key::Noun(noun.clone()), None, Sort::Human, lead);
        memory.discourse.here.push(Phrase { many: true, one: false, ..together });
        memory.together.insert(noun, members);
    }

    /// Brings what a common noun names to mind, unless it is said of a name ("a lawyer, Ana Orlo").
    fn noun(&self, memory: &mut Memory, at: usize) {
        let tag = self.line.tag(at);
        let before = at.checked_sub(1).map_or("", |b| self.line.text(b));
        let two = format!("{before} {}", self.line.text(at));
        let people = country(&two).or_else(|| country(self.line.text(at)));
        if let Some((Sense::Demonym, code)) = people {
            self.country_in_mind(memory, code, at);
            return;
        }
        if !matches!(tag, "NN" | "NNS" | "NNP") || is("place_time", self.tree.lemma(at)) {
            return;
        }
        let of_name = |i: usize| {
            let start = self.line.tokens[i].span.start;
            self.own.iter().any(|m| m.span.start <= start && start < m.span.end)
        };
        let relation = self.tree.relation(at);
        let beside = self.tree.child(at, &["appos"]).is_some_and(of_name)
            || matches!(relation, "appos" | "compound") && self.tree.head(at).is_some_and(of_name);
        if beside || matches!(relation, "attr" | "compound" | "npadvmod" | "amod" | "nmod") {
            return;
        }
        let lemma = self.tree.lemma(at).to_owned();
        let human = is("person", &lemma) || is("official", &lemma);
        let key = Key::Noun(lemma);
        if let (true, Some(woman)) = (human, is_womans(self.line.word(at))) {
            memory.discourse.women.entry(key.clone()).or_insert(woman);
        }
        let sort = if human { Sort::Human } else { Sort::Thing };
        let many = tag == "NNS";
        let phrase = self.phrase(key, None, sort, at);
        memory.discourse.here.push(Phrase { many, one: !many, ..phrase });
    }

    /// A country named before comes to mind with its adjective or its capital.
    fn country_in_mind(&self, memory: &mut Memory, code: &str, at: usize) {
        if let Some((key, mention)) = memory.countries.get(code).cloned() {
            let phrase = self.phrase(key, Some(mention), Sort::Place, at);
            memory.discourse.here.push(Phrase { role: Role::Modifier, ..phrase });
        }
    }

    /// "who", "which", "whose" after a name.
    fn relative(&self, at: usize, memory: &mut Memory) -> Option<(Coreference, usize)> {
        if !matches!(self.line.word(at), "who" | "which" | "whose" | "whom") {
            return None;
        }
        let before = at.checked_sub(1).filter(|&b| self.line.word(b) == ",").unwrap_or(at);
        let end = self.line.tokens.get(before.checked_sub(1)?)?.span.end;
        let last = memory.discourse.here.iter().rev().find_map(|p| p.mention);
        let mention = last.filter(|&m| self.mention(m).span.end == end)?;
        let person = self.mention(mention).kind == MentionKind::Person;
        let word = self.line.word(at);
        if matches!(word, "who" | "whom") && !person || word == "which" && person {
            return None;
        }
        let mut clause = self.tree.head(at)?;
        for _ in 0..6 {
            if self.tree.relation(clause) == "relcl" {
                break;
            }
            clause = self.tree.head(clause)?;
        }
        let of = self.tree.head(clause).filter(|_| self.tree.relation(clause) == "relcl")?;
        let span = self.line.tokens[of].span;
        let own = self.mention(mention).span;
        own.overlaps(span).then(|| self.make(at, at + 1, vec![mention], "relative")).flatten()
    }
}

#[cfg(test)]
mod tests;
