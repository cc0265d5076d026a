//! What a report has brought up so far, and how much each of it is in mind.
//!
//! Every phrase that somebody or something is named or described by counts for what it stands for, by
//! its part in the sentence, and half as much with each sentence that follows (after Lappin and Leass
//! 1994, "An Algorithm for Pronominal Anaphora Resolution"). Phrases that name nobody compete: where one
//! of them is foremost, a pronoun is left open.

use std::collections::{HashMap, VecDeque};

/// Sentences that a phrase is kept in mind.
const KEPT: usize = 6;

/// Phrases of one sentence that are looked at; of a sentence with very many only the last.
const MOST: usize = 60;

/// What a phrase stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Key {
    /// What names of the report stand for, by their first mention.
    Entity(u32),
    /// Somebody or something unnamed, by its noun.
    Noun(String),
}

/// What kind of thing it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Human,
    Body,
    Place,
    Thing,
}

/// Its part in the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Subject,
    Object,
    Oblique,
    Owner,
    Modifier,
}

impl Role {
    fn weight(self) -> f64 {
        match self {
            Role::Subject => 1.0,
            Role::Object => 0.6,
            Role::Oblique => 0.5,
            Role::Owner => 0.5,
            Role::Modifier => 0.2,
        }
    }
}

/// A phrase.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Phrase {
    pub key: Key,
    /// The mention that names it, or that it refers to.
    pub mention: Option<u32>,
    pub sort: Sort,
    /// Several, or a body of several.
    pub many: bool,
    /// One.
    pub one: bool,
    pub role: Role,
    /// Its head, as a token of its sentence.
    pub at: usize,
    /// The verb that it is an argument of.
    pub verb: Option<usize>,
    /// It stands within quotation marks.
    pub quoted: bool,
}

/// What is in mind at a word.
#[derive(Default)]
pub(super) struct Discourse {
    /// Phrases of the sentences before, the last first.
    before: VecDeque<Vec<Phrase>>,
    /// Phrases of this sentence so far.
    pub here: Vec<Phrase>,
    /// Sex as forms of address, given names and pronouns have shown it: true for women.
    pub women: HashMap<Key, bool>,
    /// How often each has been named or referred to.
    said: HashMap<Key, u32>,
}

/// How far the foremost is ahead of the next.
#[derive(Debug, PartialEq)]
pub(super) struct Foremost {
    pub key: Key,
    pub mention: Option<u32>,
}

impl Discourse {
    /// Ends a sentence.
    pub(super) fn next_sentence(&mut self) {
        let mut done = std::mem::take(&mut self.here);
        for phrase in &done {
            *self.said.entry(phrase.key.clone()).or_insert(0) += 1;
        }
        let over = done.len().saturating_sub(MOST);
        done.drain(..over);
        self.before.push_front(done);
        self.before.truncate(KEPT);
    }

    /// How often `key` came up in the sentences before.
    pub(super) fn times_said(&self, key: &Key) -> u32 {
        self.said.get(key).copied().unwrap_or(0)
    }

    /// Phrases with the sentences that lie between, the last first.
    pub(super) fn recent(&self) -> impl Iterator<Item = (usize, &Phrase)> {
        let over = self.here.len().saturating_sub(MOST);
        let here = self.here[over..].iter().rev().map(|p| (0, p));
        let before = self.before.iter().enumerate();
        here.chain(before.flat_map(|(i, list)| list.iter().rev().map(move |p| (i + 1, p))))
    }

    /// The key that counts most of those whose phrases `fits` keeps, with its last mention, if it counts
    /// `lead` times as much as the next.
    pub(super) fn foremost(
        &self,
        within: usize,
        lead: f64,
        weigh: impl Fn(&Phrase, usize) -> Option<f64>,
    ) -> Option<Foremost> {
        let mut order: Vec<(&Key, f64, Option<u32>)> = Vec::new();
        let mut place: HashMap<&Key, usize> = HashMap::new();
        for (apart, phrase) in self.recent().take_while(|(apart, _)| *apart <= within) {
            let Some(factor) = weigh(phrase, apart) else { continue };
            let weight = factor * phrase.role.weight() * 0.5f64.powi(apart as i32);
            let at = *place.entry(&phrase.key).or_insert_with(|| {
                order.push((&phrase.key, 0.0, None));
                order.len() - 1
            });
            // The same again adds less than somebody new
            let entry = &mut order[at];
            entry.1 = entry.1.max(weight) + 0.2 * entry.1.min(weight);
            entry.2 = entry.2.or(phrase.mention);
        }
        let best =
            order.iter().enumerate().max_by(|a, b| a.1.1.total_cmp(&b.1.1).then(b.0.cmp(&a.0)))?;
        let next = order.iter().filter(|o| o.0 != best.1.0).map(|o| o.1).fold(0.0, f64::max);
        (best.1.1 >= lead * next).then(|| Foremost { key: best.1.0.clone(), mention: best.1.2 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(noun: &str, role: Role) -> Phrase {
        Phrase {
            key: Key::Noun(noun.to_owned()),
            mention: None,
            sort: Sort::Human,
            many: false,
            one: true,
            role,
            at: 0,
            verb: None,
            quoted: false,
        }
    }

    #[test]
    fn the_nearer_and_the_subject_come_first() {
        use Role::{Object, Oblique, Subject};
        for (sentences, lead, expected) in [
            (&[&[("a", Subject), ("b", Object)][..]][..], 1.2, Some("a")),
            (&[&[("a", Subject), ("b", Object)]], 2.0, None),
            (&[&[("a", Subject)], &[("b", Subject)]], 1.2, Some("b")),
            (&[&[("a", Subject)], &[("b", Oblique)]], 1.2, None),
            (&[&[("a", Subject)], &[("a", Subject), ("b", Subject)]], 1.05, Some("a")),
            (&[&[]], 1.0, None),
        ] {
            let mut discourse = Discourse::default();
            for (i, sentence) in sentences.iter().enumerate() {
                if i > 0 {
                    discourse.next_sentence();
                }
                discourse.here.extend(sentence.iter().map(|(noun, role)| phrase(noun, *role)));
            }
            let found = discourse.foremost(3, lead, |_, _| Some(1.0)).map(|f| f.key);
            assert_eq!(found, expected.map(|e| Key::Noun(e.to_owned())), "{sentences:?}");
        }
    }

    #[test]
    fn what_was_said_long_ago_is_forgotten() {
        let mut discourse = Discourse::default();
        discourse.here.push(phrase("a", Role::Subject));
        for _ in 0..KEPT {
            discourse.next_sentence();
        }
        assert!(discourse.foremost(KEPT, 1.0, |_, _| Some(1.0)).is_some());
        discourse.next_sentence();
        assert!(discourse.foremost(KEPT, 1.0, |_, _| Some(1.0)).is_none());
    }
}
