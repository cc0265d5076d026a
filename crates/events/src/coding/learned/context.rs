//! One sentence as the learned coder sees it: its words, and what the rules make of them.

use super::super::draft::Draft;
use crate::lexicon::{Act, noun_senses, senses};
use crate::syntax::{Cast, Tree, noun_key};
use variorum_model::EventType;

/// A sentence with the drafts of the rules at hand.
pub(crate) struct Context<'a> {
    /// Its tree.
    pub(crate) tree: &'a Tree<'a>,
    /// Its names.
    pub(crate) cast: &'a Cast<'a>,
    /// Headline.
    pub(crate) title: bool,
    /// Drafts before selection.
    pub(crate) raw: &'a [Draft],
    /// Drafts that the rules keep.
    pub(crate) kept: &'a [Draft],
    /// By token: the draft before selection that it heads.
    raw_at: Vec<Option<usize>>,
    /// By token: the kept draft that it heads.
    kept_at: Vec<Option<usize>>,
    /// By token: the kept draft in whose trigger it stands without heading it.
    inside: Vec<Option<usize>>,
}

impl<'a> Context<'a> {
    /// Indexes the drafts by token.
    pub(crate) fn new(
        tree: &'a Tree<'a>,
        cast: &'a Cast<'a>,
        raw: &'a [Draft],
        kept: &'a [Draft],
    ) -> Context<'a> {
        let at = |drafts: &[Draft]| {
            let mut made = vec![None; tree.len()];
            for (n, draft) in drafts.iter().enumerate() {
                made[draft.head].get_or_insert(n);
            }
            made
        };
        let mut inside = vec![None; tree.len()];
        for (n, draft) in kept.iter().enumerate() {
            let range = draft.trigger.0..=draft.trigger.1;
            for i in range.chain(draft.consumed.iter().copied()) {
                if i != draft.head && i < tree.len() {
                    inside[i].get_or_insert(n);
                }
            }
        }
        let title = tree.sentence.block.is_none();
        let (raw_at, kept_at) = (at(raw), at(kept));
        Context { tree, cast, title, raw, kept, raw_at, kept_at, inside }
    }

    /// The draft before selection headed by token `i`.
    pub(crate) fn raw(&self, i: usize) -> Option<&'a Draft> {
        self.raw_at[i].map(|n| &self.raw[n])
    }

    /// The kept draft headed by token `i`.
    pub(crate) fn kept(&self, i: usize) -> Option<&'a Draft> {
        self.kept_at[i].map(|n| &self.kept[n])
    }

    /// The kept draft that takes token `i` in.
    pub(crate) fn inside(&self, i: usize) -> Option<&'a Draft> {
        self.inside[i].map(|n| &self.kept[n])
    }

    /// What the rules make of the word at `i` before selection.
    pub(crate) fn rule_kind(&self, i: usize) -> Option<EventType> {
        self.raw(i).map(|d| d.kind)
    }

    /// The categories that the lexicon knows for the word at `i`, each once, in its order.
    pub(crate) fn lexicon_kinds(&self, i: usize, found: &mut Vec<EventType>) {
        found.clear();
        let mut push = |kind: EventType| {
            if !found.contains(&kind) {
                found.push(kind);
            }
        };
        for sense in senses(self.tree.lemma(i)) {
            if let Act::Coded(code) = &sense.act {
                push(code.kind);
            }
        }
        if self.tree.is_noun(i) {
            for key in noun_key(self.tree, i) {
                if let Some(sense) = noun_senses(&key) {
                    push(sense.code.kind);
                }
            }
        }
    }

    /// Tokens that may tell an act, in order.
    pub(crate) fn candidates(&self) -> Vec<usize> {
        (0..self.tree.len()).filter(|&i| self.may_tell(i)).collect()
    }

    fn may_tell(&self, i: usize) -> bool {
        let tree = self.tree;
        if self.kept_at[i].is_some() || self.raw_at[i].is_some() {
            return true;
        }
        let relation = tree.relation(i);
        if tree.is_verb(i) {
            let idle = matches!(relation, "aux" | "auxpass" | "case" | "compound" | "punct");
            return !idle && self.cast.mention(i).is_none();
        }
        if self.cast.is_time(i) || self.cast.mention(i).is_some() {
            return false;
        }
        match tree.tag(i) {
            "NN" | "NNS" => relation != "compound",
            "JJ" => matches!(relation, "acomp" | "ROOT" | "conj" | "oprd" | "advcl"),
            // A headline's capitals make names of common words.
            "NNP" | "NNPS" => {
                relation != "compound"
                    && (noun_senses(tree.lower(i)).is_some()
                        || senses(tree.lower(i)).next().is_some())
            }
            _ => false,
        }
    }
}
