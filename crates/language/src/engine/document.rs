//! What the engine says of a text.

use compact_str::CompactString;
use std::ops::Range;

/// A paragraph as read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Doc {
    /// Its tokens in order. White space other than single spaces is a token of its own, with the
    /// tag `_SP`.
    pub tokens: Vec<Token>,
    /// Its names in order; they do not overlap.
    pub entities: Vec<Entity>,
}

impl Doc {
    /// The same, of a text that begins `by` bytes later.
    pub(crate) fn moved(&self, by: usize) -> Doc {
        self.at(|place| place + by)
    }

    /// The same, with places counted from `start`, which none stands before.
    pub(crate) fn counted_from(&self, start: usize) -> Doc {
        self.at(|place| place - start)
    }

    fn at(&self, place: impl Fn(usize) -> usize) -> Doc {
        let mut doc = self.clone();
        let tokens = doc.tokens.iter_mut().map(|t| &mut t.range);
        for range in tokens.chain(doc.entities.iter_mut().map(|e| &mut e.range)) {
            *range = place(range.start)..place(range.end);
        }
        doc
    }
}

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Bytes in the text given to [`crate::engine::Engine::parse`].
    pub range: Range<usize>,
    /// Penn Treebank tag: `NNP`, `VBD`, …
    pub tag: CompactString,
    /// Part of speech of Universal Dependencies: `PROPN`, `VERB`, …
    pub part: CompactString,
    /// Relation to the head, in the ClearNLP set: `nsubj`, `dobj`, `ROOT`, …
    pub relation: CompactString,
    /// Index of the head in [`Doc::tokens`]; a root is its own head.
    pub head: u32,
    /// Dictionary form.
    pub lemma: CompactString,
    /// Whether a sentence starts here.
    pub sentence_start: bool,
}

/// A name.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// Bytes in the text given to [`crate::engine::Engine::parse`].
    pub range: Range<usize>,
    /// Its tokens, as indices into [`Doc::tokens`].
    pub tokens: Range<u32>,
    /// Its kind, as the weights name it.
    pub label: CompactString,
    /// The least chance that the recogniser gave any of the moves that made it, in (0,1].
    pub chance: f32,
}
