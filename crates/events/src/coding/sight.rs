//! All that is seen of a sentence when its acts are decided upon, and the decisions on sentences seen before.
//!
//! A draft speaks of the tokens of its sentence alone. What it is made of is laid down here whole, with places counted
//! from the beginning of the sentence: sentences that are the same in all of it have the same drafts.

use super::attribution::Attributions;
use super::decided;
use super::draft::Draft;
use crate::syntax::{Cast, Tree};
use std::sync::{Arc, LazyLock};
use variorum_model::{Annotations, Span};
use variorum_text::Memory;

/// Bytes of sentences in a generation that is remembered.
const REMEMBERED: usize = 6 << 20;

static MEMORY: LazyLock<Memory<Vec<Draft>>> = LazyLock::new(|| Memory::new(REMEMBERED));

/// The drafts of a sentence.
pub(super) fn drafts(
    tree: &Tree<'_>,
    cast: &Cast<'_>,
    annotations: &Annotations,
    attributions: &Attributions<'_>,
) -> Arc<Vec<Draft>> {
    let seen = seen(tree, cast, annotations, attributions);
    MEMORY.recall(&seen).unwrap_or_else(|| {
        let made = Arc::new(decided(tree, cast, attributions));
        MEMORY.note(&seen, made.clone(), seen.len());
        made
    })
}

/// All that is seen of a sentence, as bytes.
fn seen(
    tree: &Tree<'_>,
    cast: &Cast<'_>,
    annotations: &Annotations,
    attributions: &Attributions<'_>,
) -> Vec<u8> {
    let sentence = tree.sentence.span;
    let mut to = Sight { bytes: Vec::with_capacity(32 * tree.len()), from: sentence.start };
    to.word(sentence.of(tree.text));
    to.bytes.push(u8::from(tree.sentence.block.is_none()));
    let mut before = None;
    for i in 0..tree.len() {
        to.span(tree.span(i));
        to.number(tree.head(i) as u32);
        for word in [tree.tag(i), tree.relation(i), tree.lemma(i)] {
            to.word(word);
        }
        let flags = [cast.is_time(i), cast.is_known(tree, i)];
        to.bytes.extend(flags.map(u8::from));
        let mention = cast.mention_number(i);
        to.bytes.extend([u8::from(mention.is_some()), u8::from(mention != before)]);
        if mention != before
            && let Some(mention) = mention.map(|m| &annotations.mentions[m as usize])
        {
            to.bytes.extend([mention.kind as u8, u8::from(mention.government)]);
            to.span(mention.span);
            to.span(mention.head);
            to.may_be(mention.title);
            to.word(mention.country.as_deref().unwrap_or_default());
        }
        before = mention;
    }
    for quotation in attributions.overlapping(sentence) {
        to.span(quotation.span);
        to.bytes.extend([quotation.kind as u8, quotation.stance as u8]);
        to.bytes.push(u8::from(quotation.anonymous));
        for span in [quotation.cue, quotation.source, quotation.speaker] {
            to.may_be(span);
        }
    }
    to.bytes
}

struct Sight {
    bytes: Vec<u8>,
    /// Where the sentence begins.
    from: u32,
}

impl Sight {
    fn number(&mut self, number: u32) {
        self.bytes.extend(number.to_le_bytes());
    }

    fn word(&mut self, word: &str) {
        self.number(word.len() as u32);
        self.bytes.extend(word.as_bytes());
    }

    fn span(&mut self, span: Span) {
        // What stands before the sentence has a number that wraps round, which is as good as any.
        self.number(span.start.wrapping_sub(self.from));
        self.number(span.end.wrapping_sub(self.from));
    }

    fn may_be(&mut self, span: Option<Span>) {
        self.bytes.push(u8::from(span.is_some()));
        if let Some(span) = span {
            self.span(span);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_laid_down_can_be_told_apart() {
        let laid = |words: [&str; 2], span: Option<Span>| {
            let mut to = Sight { bytes: Vec::new(), from: 10 };
            words.iter().for_each(|w| to.word(w));
            to.may_be(span);
            to.bytes
        };
        assert_eq!(laid(["a", "b"], None), laid(["a", "b"], None));
        assert_ne!(laid(["a", "b"], None), laid(["ab", ""], None));
        assert_ne!(laid(["a", "b"], None), laid(["a", "b"], Some(Span::new(10, 11))));
        assert_ne!(
            laid(["a", "b"], Some(Span::new(10, 11))),
            laid(["a", "b"], Some(Span::new(4, 11)))
        );
    }
}
