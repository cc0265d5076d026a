//! Tokens, tags, dependency trees and named mentions.
//!
//! [`Language::read`] reads a cleaned report as English. Tags are those of the Penn Treebank,
//! relations those of ClearNLP as spaCy's English models write them.

mod capitals;
pub mod engine;
pub mod gazetteer;
mod headlines;
mod names;
mod reading;

pub use names::{Proposal, Recogniser};

use engine::Engine;
use names::{Label, Learned};
use variorum_model::{Parse, Report, Span};
use variorum_text::sentence::sentences;

/// The weights that the program carries; `models/README.md` is their card.
const WEIGHTS: &[u8] = include_bytes!("../../../models/english.weights");

/// The reader of English: weights and tables held in memory, read-only, shared between threads.
pub struct Language {
    engine: Engine,
    /// Whether the recogniser of the weights tells our kinds of name.
    own_kinds: bool,
}

impl Language {
    /// Loads the weights and tables that the program carries. Costs some tens of milliseconds; do
    /// it once.
    ///
    /// # Panics
    /// If the weights that were built in are damaged, which a test of this crate rules out.
    pub fn load() -> Language {
        let engine = Engine::load(WEIGHTS).expect("the weights built into the program are whole");
        let own_kinds = engine.name_kinds().iter().any(|kind| Label::named(kind).is_some());
        Language { engine, own_kinds }
    }

    /// Reads a report: its title, where that stands in the text, then every block of the body in
    /// order, captions included. No sentence crosses a block.
    pub fn read(&self, report: &Report) -> Parse {
        let title = report.title.as_ref().and_then(|t| t.span);
        let blocks: Vec<(Option<u32>, Span)> = title
            .into_iter()
            .map(|span| (None, span))
            .chain(report.body.iter().enumerate().map(|(i, b)| (Some(i as u32), b.span)))
            .collect();
        self.read_blocks(&report.text, &blocks)
    }

    /// Reads stretches of `text`: each the title (`None`) or the block of that number.
    pub fn read_blocks(&self, text: &str, blocks: &[(Option<u32>, Span)]) -> Parse {
        let (mut parse, learned, headline) = self.parse_blocks(text, blocks);
        // A recogniser of other kinds of name is left out.
        let learned = self.own_kinds.then_some(learned.as_slice());
        parse.names = names::names(text, &parse, learned, &headline);
        parse
    }

    /// Every name that a rule proposes in `text`, beside what the recogniser says there: what the
    /// weights of the rules are counted from.
    pub fn proposals(&self, text: &str) -> Vec<Proposal> {
        let whole = [(None, Span::new(0, text.len()))];
        let (parse, learned, headline) = self.parse_blocks(text, &whole);
        names::proposals(text, &parse, &learned, &headline)
    }

    /// Tokens and trees, what the recogniser found, and which sentences are written like headlines.
    fn parse_blocks(
        &self,
        text: &str,
        blocks: &[(Option<u32>, Span)],
    ) -> (Parse, Vec<Learned>, Vec<bool>) {
        let all: Vec<(Option<u32>, Span)> = blocks
            .iter()
            .flat_map(|&(block, span)| sentences(text, span).into_iter().map(move |s| (block, s)))
            .collect();
        let mut parse = Parse::default();
        let learned = reading::read(&self.engine, text, &all, &mut parse);
        let is_headline = |sentence| {
            let tokens = parse.tokens_of(sentence);
            let words: Vec<&str> = tokens.iter().map(|t| t.span.of(text)).collect();
            capitals::is_headline(&words)
        };
        let headline: Vec<bool> = parse.sentences.iter().map(is_headline).collect();
        headlines::reread(&self.engine, text, &headline, &mut parse);
        (parse, learned, headline)
    }
}
