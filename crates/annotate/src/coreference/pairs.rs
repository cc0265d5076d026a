//! "the two", "both men", "the two countries".

use super::discourse::{Role, Sort};
use super::words::is;
use super::{Memory, Scope};
use crate::countries::{Sense, country};
use std::collections::HashSet;
use variorum_model::{Coreference, Mention, MentionKind};

impl Scope<'_> {
    /// The two persons or countries that a phrase at word `at` stands for.
    pub(super) fn pair(&self, at: usize, memory: &Memory) -> Option<(Coreference, usize)> {
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
        // "both sides of the street", "the two-month wait"
        let of_itself = self.tree.after_in(noun, "prep") || matches!(line.tag(noun), "HYPH" | ":");
        let loose =
            line.word(at) == "both" && word == "sides" && self.tree.role(noun) != Role::Subject;
        if of_itself || word == "-" || loose {
            return None;
        }
        if is("pair_country", word) && word != "sides" {
            let two = self.two_countries(at, memory);
            return (two.len() == 2)
                .then(|| self.make(at, noun + 1, two, "pair_of_countries"))
                .flatten();
        }
        if !bare && !is("pair", word) || word == "women" && self.any_man(memory) {
            return None;
        }
        let mut persons = self.distinct(self.persons(memory, 0));
        if persons.len() < 2 {
            persons = self.distinct(self.persons(memory, 1));
        }
        let end = if bare { noun } else { noun + 1 };
        (persons.len() == 2).then(|| self.make(at, end, persons, "pair")).flatten()
    }

    /// Persons in mind of this sentence and the `back` before, the first named first.
    fn persons(&self, memory: &Memory, back: usize) -> Vec<u32> {
        let recent = memory.discourse.recent().take_while(|(apart, _)| *apart <= back);
        let mut list: Vec<u32> =
            recent.filter(|(_, p)| p.sort == Sort::Human).filter_map(|(_, p)| p.mention).collect();
        list.reverse();
        list
    }

    fn any_man(&self, memory: &Memory) -> bool {
        let man = |m: &u32| memory.discourse.women.get(&self.key(*m)) == Some(&false);
        self.persons(memory, 1).iter().any(man)
    }

    /// The only two countries of this sentence, else of this and the one before.
    fn two_countries(&self, at: usize, memory: &Memory) -> Vec<u32> {
        let end = self.line.tokens[at].span.start;
        let own = self.own.iter().enumerate().take_while(|(_, m)| m.span.end <= end);
        let own = own.filter(|(_, m)| self.is_country(m)).map(|(i, _)| self.first + i as u32);
        let two = self.distinct(own.collect());
        if two.len() == 2 {
            return two;
        }
        let recent = memory.discourse.recent().take_while(|(apart, _)| *apart <= 1);
        let mut list: Vec<u32> = recent
            .filter_map(|(_, p)| p.mention)
            .filter(|&m| self.is_country(self.mention(m)))
            .collect();
        list.reverse();
        self.distinct(list)
    }

    fn is_country(&self, mention: &Mention) -> bool {
        mention.kind == MentionKind::Place
            && matches!(country(self.text(mention.span)), Some((Sense::Name | Sense::Capital, _)))
    }

    /// One index for each entity, the first kept.
    fn distinct(&self, list: Vec<u32>) -> Vec<u32> {
        let mut seen = HashSet::new();
        list.into_iter().filter(|&m| seen.insert(self.key(m))).collect()
    }
}
