//! Tokens, tags, dependency trees and named mentions.
//!
//! [`Language::read`] reads a cleaned report as English. Tags are those of the Penn Treebank,
//! relations those of ClearNLP as spaCy's English models write them.

pub mod engine;
pub mod gazetteer;
mod names;
mod rules;

use rules::Case;
use variorum_model::{Parse, Report, Span};
use variorum_text::sentence::sentences;

/// The reader of English: tables held in memory, read-only, shared between threads.
pub struct Language {
    rules: rules::Rules,
}

impl Language {
    /// Loads the tables that the program carries. Costs some tens of milliseconds; do it once.
    pub fn load() -> Language {
        Language { rules: rules::Rules::load() }
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
        let mut parse = Parse::default();
        let mut headline = Vec::new();
        for &(block, span) in blocks {
            for sentence in sentences(text, span) {
                let before = parse.sentences.len();
                let case = self.rules.read(text, sentence, block, &mut parse);
                if parse.sentences.len() > before {
                    headline.push(case == Case::Headline);
                }
            }
        }
        parse.names = names::names(self.rules.lexicon(), text, &parse, &headline);
        parse
    }
}
