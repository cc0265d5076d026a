//! Who did what to whom, coded in PLOVER and CAMEO.
//!
//! [`code`] reads the verbs and nouns of a parsed report with a lexicon of predicate senses
//! (`data/events_*.tsv`), takes actors and recipients from their frames, and says of every act
//! whether it happened, was planned, denied or only alleged, and who says so. Accords, mandates
//! and figures, which event lists lack, are read beside it.

mod coding;
mod lexicon;
mod records;
mod syntax;

use variorum_model::{Annotations, Codings, Parse, Report, Sentence};

/// Codes all that `report` tells: events, accords, mandates, figures, in text order.
///
/// Pure and total: the same input gives the same output, and a malformed tree gives fewer events,
/// never a panic. `annotations` are those of the same report and parse.
pub fn code(report: &Report, parse: &Parse, annotations: &Annotations) -> Codings {
    let reads = reads(report, parse, annotations);
    let attributions = coding::Attributions::new(annotations);
    let events = coding::code_sentences(&reads, annotations, &attributions);
    Codings {
        accords: records::accords(&reads, &events),
        mandates: records::mandates(&reads),
        figures: records::figures(&reads, annotations, &attributions, &events),
        events,
    }
}

/// Longest sentence that is read; beyond it stands a list or a table, not a sentence.
const MAX_TOKENS: u32 = 400;

fn reads<'a>(
    report: &'a Report,
    parse: &'a Parse,
    annotations: &'a Annotations,
) -> Vec<records::Read<'a>> {
    let whole = |s: &&Sentence| {
        s.first < s.last && s.last as usize <= parse.tokens.len() && s.last - s.first <= MAX_TOKENS
    };
    let sentences = parse.sentences.iter().filter(whole);
    sentences
        .map(|sentence| {
            let tree = syntax::Tree::new(&report.text, parse, sentence);
            let cast = syntax::Cast::new(&tree, annotations);
            records::Read { tree, cast }
        })
        .collect()
}
