//! One sentence as a tree with children at hand.

use super::mending::{Words, mend};
use compact_str::CompactString;
use variorum_model::{Parse, Sentence, Span};

/// Longest way up a tree that is followed; deeper trees are malformed or hostile.
pub(crate) const MAX_DEPTH: usize = 48;

/// A sentence; tokens are counted from its first.
pub(crate) struct Tree<'a> {
    /// Text of the report.
    pub(crate) text: &'a str,
    /// The sentence.
    pub(crate) sentence: &'a Sentence,
    parse: &'a Parse,
    heads: Vec<usize>,
    relations: Vec<&'a str>,
    children: Vec<Vec<usize>>,
    words: Words<'a>,
}

impl<'a> Tree<'a> {
    /// Indexes `sentence`.
    pub(crate) fn new(text: &'a str, parse: &'a Parse, sentence: &'a Sentence) -> Tree<'a> {
        let tokens = parse.tokens_of(sentence);
        let count = tokens.len();
        let mut heads = Vec::with_capacity(count);
        for (i, token) in tokens.iter().enumerate() {
            let head = (token.head as usize).checked_sub(sentence.first as usize);
            heads.push(head.filter(|&h| h < count).unwrap_or(i));
        }
        let mut relations: Vec<&'a str> = tokens.iter().map(|t| t.relation.as_str()).collect();
        let lower = |s: &str| CompactString::from(s.to_lowercase());
        let lemmas: Vec<CompactString> = tokens.iter().map(|t| lower(&t.lemma)).collect();
        let lowers: Vec<CompactString> = tokens.iter().map(|t| lower(t.span.of(text))).collect();
        let tags: Vec<&'a str> = tokens.iter().map(|t| t.tag.as_str()).collect();
        let stopped =
            lowers.last().is_some_and(|l| matches!(l.as_str(), "." | "!" | "?" | "”" | "\"" | ":"));
        let headline = sentence.block.is_none() || !stopped;
        let mut words = Words { tags, lemmas, lowers, headline };
        mend(&mut words, &mut heads, &mut relations);
        let mut children = vec![Vec::new(); count];
        for (i, &head) in heads.iter().enumerate() {
            if head != i {
                children[head].push(i);
            }
        }
        Tree { text, sentence, parse, heads, relations, children, words }
    }

    /// Number of tokens.
    pub(crate) fn len(&self) -> usize {
        self.heads.len()
    }

    fn token(&self, i: usize) -> &variorum_model::parse::Token {
        &self.parse.tokens[self.sentence.first as usize + i]
    }

    /// Where token `i` stands.
    pub(crate) fn span(&self, i: usize) -> Span {
        self.token(i).span
    }

    /// From token `first` to token `last`.
    pub(crate) fn range(&self, first: usize, last: usize) -> Span {
        self.span(first).join(self.span(last))
    }

    /// Part-of-speech tag of token `i`.
    pub(crate) fn tag(&self, i: usize) -> &str {
        self.words.tags[i]
    }

    /// Relation of token `i` to its head.
    pub(crate) fn relation(&self, i: usize) -> &str {
        self.relations[i]
    }

    /// Lemma of token `i`, lower-cased.
    pub(crate) fn lemma(&self, i: usize) -> &str {
        &self.words.lemmas[i]
    }

    /// Token `i` as written, lower-cased.
    pub(crate) fn lower(&self, i: usize) -> &str {
        &self.words.lowers[i]
    }

    /// Head of token `i`; a root is its own.
    pub(crate) fn head(&self, i: usize) -> usize {
        self.heads[i]
    }

    /// Dependents of token `i`, in order.
    pub(crate) fn children(&self, i: usize) -> &[usize] {
        &self.children[i]
    }

    /// Dependents of token `i` with one of these relations, in order.
    pub(crate) fn kids<'t>(
        &'t self,
        i: usize,
        relations: &'t [&'t str],
    ) -> impl DoubleEndedIterator<Item = usize> + 't {
        self.children[i].iter().copied().filter(move |&c| relations.contains(&self.relation(c)))
    }

    /// First dependent of token `i` with one of these relations.
    pub(crate) fn kid(&self, i: usize, relations: &[&str]) -> Option<usize> {
        self.children[i].iter().copied().find(|&c| relations.contains(&self.relation(c)))
    }

    /// Whether the tag is a verb's.
    pub(crate) fn is_verb(&self, i: usize) -> bool {
        self.tag(i).starts_with("VB")
    }

    /// Whether the tag is a noun's.
    pub(crate) fn is_noun(&self, i: usize) -> bool {
        self.tag(i).starts_with("NN")
    }

    /// First and last token of all that token `i` governs.
    pub(crate) fn reach(&self, i: usize) -> (usize, usize) {
        let (mut first, mut last) = (i, i);
        let mut queue = vec![i];
        let mut left = self.len();
        while let (Some(at), true) = (queue.pop(), left > 0) {
            left -= 1;
            first = first.min(at);
            last = last.max(at);
            queue.extend(&self.children[at]);
        }
        (first, last)
    }

    /// Tokens above `i`, nearest first, without `i`.
    pub(crate) fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = i;
        std::iter::from_fn(move || {
            let head = self.heads[at];
            (head != at).then(|| {
                at = head;
                at
            })
        })
        .take(MAX_DEPTH)
    }

    /// Whether `above` governs `i`, directly or not.
    pub(crate) fn governs(&self, above: usize, i: usize) -> bool {
        self.ancestors(i).any(|a| a == above)
    }

    /// Tokens that overlap `span`.
    pub(crate) fn tokens_in(&self, span: Span) -> impl Iterator<Item = usize> + '_ {
        (0..self.len()).filter(move |&i| self.span(i).overlaps(span))
    }
}
