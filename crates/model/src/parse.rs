//! What the language stage hands on: tokens, tags, dependency trees, named mentions.

use crate::Span;
use compact_str::CompactString;

/// One token.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Penn Treebank part-of-speech tag (`NNP`, `VBD`, …).
    pub tag: CompactString,
    /// Universal part of speech (`PROPN`, `VERB`, …).
    pub part: CompactString,
    /// Dictionary form, lower-cased but for names.
    pub lemma: CompactString,
    /// Index (in [`Parse::tokens`]) of the syntactic head; a root is its own head.
    pub head: u32,
    /// Relation to the head, in the ClearNLP set that spaCy's English models use: `nsubj`,
    /// `nsubjpass`, `dobj`, `dative`, `prep`, `pobj`, `agent`, `aux`, `auxpass`, `neg`, `amod`,
    /// `compound`, `poss`, `case`, `det`, `nummod`, `appos`, `conj`, `cc`, `ccomp`, `xcomp`,
    /// `advcl`, `acl`, `relcl`, `mark`, `advmod`, `npadvmod`, `attr`, `prt`, `parataxis`, `punct`,
    /// `dep`, `ROOT`.
    pub relation: CompactString,
}

/// One sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// From the first to the last character, white space trimmed.
    pub span: Span,
    /// First token, as an index into [`Parse::tokens`].
    pub first: u32,
    /// One past the last token.
    pub last: u32,
    /// Index of the block of [`crate::Report::body`] it stands in, or `None` for the title.
    pub block: Option<u32>,
}

/// A named mention as the language stage sees it, before the annotate stage refines it.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedEntity {
    /// Where it stands, without titles, determiners and possessive endings.
    pub span: Span,
    /// What it names.
    pub kind: crate::MentionKind,
    /// Title or office words directly before it ("Defence Minister"), if any.
    pub title: Option<Span>,
    /// Whether the name of a country or capital stands for its government, as the recogniser sees it.
    pub government: bool,
    /// The rule or model that made it.
    pub rule: &'static str,
    /// Chance that it is right, in [0,1].
    pub confidence: f32,
}

/// A report read as English. Title first (if it stands in the text), then blocks in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parse {
    /// All tokens, in text order within each block.
    pub tokens: Vec<Token>,
    /// All sentences.
    pub sentences: Vec<Sentence>,
    /// Named mentions, in the order of their tokens.
    pub names: Vec<NamedEntity>,
}

impl Parse {
    /// The tokens of a sentence.
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        &self.tokens[sentence.first as usize..sentence.last as usize]
    }

    /// Indices of the direct dependents of token `head` within its sentence, in order.
    pub fn children<'p>(
        &'p self,
        sentence: &Sentence,
        head: u32,
    ) -> impl Iterator<Item = u32> + 'p {
        (sentence.first..sentence.last)
            .filter(move |&i| i != head && self.tokens[i as usize].head == head)
    }

    /// First and one-past-last token of the phrase that token `head` governs (its projective
    /// yield), found without recursion.
    pub fn subtree(&self, sentence: &Sentence, head: u32) -> (u32, u32) {
        let (mut first, mut last) = (head, head + 1);
        let mut queue = vec![head];
        // A well-formed tree queues each token once; the count ends a malformed one that loops.
        let mut left = sentence.last - sentence.first;
        while let (Some(h), true) = (queue.pop(), left > 0) {
            left -= 1;
            first = first.min(h);
            last = last.max(h + 1);
            queue.extend(self.children(sentence, h));
        }
        (first, last)
    }
}
