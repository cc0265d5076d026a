//! English by rules and tables: tokens, tags, dictionary forms, dependency trees.

mod chunk;
mod clause;
mod lemma;
mod lexicon;
mod noun_phrase;
mod nouns;
mod phrases;
mod tagger;
mod tags;
mod token;
mod tree;
mod verbs;

use compact_str::CompactString;
pub(crate) use lexicon::Lexicon;
pub(crate) use tagger::{Case, case_of};
use variorum_model::{Parse, Sentence, Span, Token};

/// The rule-based reader.
pub(crate) struct Rules {
    lexicon: Lexicon,
}

impl Rules {
    pub(crate) fn load() -> Rules {
        Rules { lexicon: Lexicon::load() }
    }

    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Reads one sentence and appends its tokens to `parse`; returns how it is capitalised.
    pub(crate) fn read(
        &self,
        text: &str,
        span: Span,
        block: Option<u32>,
        parse: &mut Parse,
    ) -> Case {
        let mut spans = Vec::with_capacity(span.len() / 4 + 2);
        token::tokenize(text, span, &mut spans);
        if spans.is_empty() {
            return Case::Sentence;
        }
        let words: Vec<&str> = spans.iter().map(|s| s.of(text)).collect();
        let lower: Vec<CompactString> = words.iter().map(|w| lower_case(w)).collect();
        let tags = tagger::tag(&self.lexicon, &words, &lower);
        let lemmas: Vec<CompactString> = (0..words.len())
            .map(|i| lemma::lemma(&self.lexicon, words[i], &lower[i], tags[i]))
            .collect();
        let arcs = tree::parse(&self.lexicon, &lower, &lemmas, tags);
        let first = parse.tokens.len() as u32;
        for (i, (lemma, arc)) in lemmas.into_iter().zip(arcs).enumerate() {
            parse.tokens.push(Token {
                span: spans[i],
                tag: CompactString::const_new(arc.tag.name()),
                lemma,
                head: first + arc.head,
                relation: CompactString::const_new(arc.relation),
            });
        }
        let last = parse.tokens.len() as u32;
        parse.sentences.push(Sentence { span, first, last, block });
        tagger::case_of(&words)
    }
}

fn lower_case(word: &str) -> CompactString {
    let mut s = CompactString::from(word);
    if word.is_ascii() {
        s.make_ascii_lowercase();
    } else {
        s = CompactString::from(word.to_lowercase());
    }
    s
}
