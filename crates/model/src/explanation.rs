//! Why an event was coded as it is.

use crate::{EventMention, Span};

/// What made one event: the words, the way through the tree, the entry of the lexicon and the weights.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The event.
    pub event: EventMention,
    /// The sentence that tells it.
    pub sentence: Span,
    /// Where each party hangs in the tree.
    pub parties: Vec<PartyPath>,
    /// The lexicon's entries for these words in this category.
    pub entries: Vec<LexiconEntry>,
    /// What the models decided, in the order of their questions.
    pub decisions: Vec<Decision>,
}

/// One party, and the way from its head to the word that tells the act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyPath {
    /// `actor` or `recipient`.
    pub side: &'static str,
    /// Its words.
    pub span: Span,
    /// The way: each word, then its relation to the next.
    pub path: String,
}

/// One line of a table in `data/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconEntry {
    /// Name of the table.
    pub table: &'static str,
    /// Its line, counted from 1.
    pub line: usize,
    /// The line.
    pub text: &'static str,
}

/// One decision of a model.
#[derive(Debug, Clone)]
pub struct Decision {
    /// What was asked, in plain words.
    pub question: String,
    /// The class that stands in the event.
    pub answer: String,
    /// Its chance by the model alone, in [0, 1].
    pub chance: f32,
    /// The other likeliest classes with their chances, the likeliest first.
    pub others: Vec<(String, f32)>,
    /// The features that weighed most, for or against the answer, in log odds.
    pub weights: Vec<(String, f32)>,
}

/// A phrase between two named actors that no event takes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncoded {
    /// The phrase as a lexicon would hold it: lemma, particle, preposition.
    pub phrase: String,
    /// `verb` or `noun`.
    pub kind: &'static str,
    /// Its word in the text.
    pub span: Span,
    /// Who stands before it.
    pub actor: Span,
    /// Who stands behind it.
    pub recipient: Span,
}
