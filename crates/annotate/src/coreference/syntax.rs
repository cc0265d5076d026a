//! What a pronoun needs to know of the tree of its sentence.

use super::discourse::Role;
use crate::reading::Line;
use variorum_model::Span;

/// A sentence with the dependents of each word.
pub(super) struct Tree<'s> {
    pub line: &'s Line<'s>,
    children: Vec<Vec<usize>>,
    /// Index of the sentence's first token in the parse.
    first: usize,
    /// Whether a word stands within quotation marks.
    pub quoted: Vec<bool>,
    /// First finite verb, for what the tree tells nothing of.
    verb: usize,
}

impl<'s> Tree<'s> {
    /// `quoted` says whether quotation marks were open before the sentence, and is left so for the next.
    pub(super) fn new(line: &'s Line<'s>, quoted: &mut bool) -> Tree<'s> {
        let first = line.sentence.first as usize;
        let count = line.tokens.len();
        let mut children = vec![Vec::new(); count];
        let mut marks = Vec::with_capacity(count);
        for (i, token) in line.tokens.iter().enumerate() {
            let head = (token.head as usize).wrapping_sub(first);
            if head != i && head < count {
                children[head].push(i);
            }
            match line.text(i) {
                "“" | "``" | "«" => *quoted = true,
                "”" | "''" | "»" => *quoted = false,
                "\"" => *quoted = !*quoted,
                _ => {}
            }
            marks.push(*quoted);
        }
        let finite = |t: &str| matches!(t, "VBD" | "VBZ" | "VBP" | "MD");
        let verb = line.tokens.iter().position(|t| finite(t.tag.as_str())).unwrap_or(count);
        Tree { line, children, first, quoted: marks, verb }
    }

    pub(super) fn len(&self) -> usize {
        self.children.len()
    }

    /// The head of word `i`, if it is another word of the sentence.
    pub(super) fn head(&self, i: usize) -> Option<usize> {
        let head = (self.line.tokens[i].head as usize).wrapping_sub(self.first);
        (head != i && head < self.len()).then_some(head)
    }

    pub(super) fn relation(&self, i: usize) -> &str {
        self.line.tokens[i].relation.as_str()
    }

    pub(super) fn lemma(&self, i: usize) -> &str {
        self.line.tokens[i].lemma.as_str()
    }

    /// The dependents of word `i` behind it.
    pub(super) fn after(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        self.children[i].iter().copied().filter(move |&c| c > i)
    }

    /// Whether word `i` has a dependent with that relation behind it.
    pub(super) fn after_in(&self, i: usize, relation: &str) -> bool {
        i < self.len() && self.after(i).any(|c| self.relation(c) == relation)
    }

    /// The first dependent of word `i` with a relation of `relations`.
    pub(super) fn child(&self, i: usize, relations: &[&str]) -> Option<usize> {
        self.children[i].iter().copied().find(|&c| relations.contains(&self.relation(c)))
    }

    /// The word of `span` that the rest of the span depends on.
    pub(super) fn head_of(&self, span: Span) -> usize {
        let from = self.line.at(span.from()).min(self.len() - 1);
        let to = self.line.after(span.to()).clamp(from + 1, self.len());
        let outside = |i: &usize| self.head(*i).is_none_or(|h| h < from || h >= to);
        (from..to).rev().find(outside).unwrap_or(to - 1)
    }

    /// The word whose part in the sentence word `i` has: the first of its list, or what it stands
    /// beside in apposition.
    pub(super) fn leading(&self, mut i: usize) -> usize {
        for _ in 0..self.len().min(32) {
            match self.head(i) {
                Some(up) if matches!(self.relation(i), "conj" | "appos") => i = up,
                _ => break,
            }
        }
        i
    }

    /// The part of word `i` in its clause.
    pub(super) fn role(&self, i: usize) -> Role {
        let lead = self.leading(i);
        match self.relation(lead) {
            "nsubj" | "nsubjpass" | "csubj" | "agent" => Role::Subject,
            "dobj" | "dative" | "oprd" | "ROOT" => Role::Object,
            "poss" => Role::Owner,
            "compound" | "nmod" | "amod" | "quantmod" | "nummod" => Role::Modifier,
            "dep" if lead < self.verb && !self.after_preposition(lead) => Role::Subject,
            _ => Role::Oblique,
        }
    }

    fn after_preposition(&self, i: usize) -> bool {
        (0..i).rev().take(3).any(|b| matches!(self.line.tag(b), "IN" | "TO"))
    }

    /// The verb that word `i` is an argument of, prepositions passed over.
    pub(super) fn verb(&self, i: usize) -> Option<usize> {
        let lead = self.leading(i);
        if matches!(self.relation(lead), "poss" | "compound" | "nmod" | "amod") {
            return None;
        }
        let mut up = self.head(lead)?;
        for _ in 0..4 {
            // "made them strong": what is made strong is what the verb is done to
            let small = matches!(self.relation(up), "ccomp" | "oprd") && self.line.tag(up) == "JJ";
            if !small && !matches!(self.relation(up), "prep" | "agent" | "dative" | "pcomp") {
                break;
            }
            up = self.head(up)?;
        }
        let tag = self.line.tag(up);
        (tag.starts_with("VB") || tag == "MD").then_some(up)
    }

    /// The verbs whose subject is also that of `verb`: itself, and those it hangs on without a subject
    /// of its own.
    pub(super) fn same_subject(&self, verb: usize) -> Vec<usize> {
        let mut verbs = vec![verb];
        let mut at = verb;
        for _ in 0..6 {
            let own = self.child(at, &["nsubj", "nsubjpass"]).is_some();
            let Some(up) = self.head(at) else { break };
            if own || !matches!(self.relation(at), "xcomp" | "conj" | "advcl" | "pcomp" | "prep") {
                break;
            }
            verbs.push(up);
            at = up;
        }
        verbs
    }
}
