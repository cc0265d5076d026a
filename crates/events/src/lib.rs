//! Who did what to whom, coded in PLOVER and CAMEO.
//!
//! [`code`] reads the verbs and nouns of a parsed report with a lexicon of predicate senses
//! (`data/events_*.tsv`), takes actors and recipients from their frames, and says of every act
//! whether it happened, was planned, denied or only alleged, and who says so. Accords, mandates
//! and figures, which event lists lack, are read beside it.

mod coding;
mod explain;
mod lexicon;
mod records;
mod syntax;
mod uncoded;

pub use coding::{Candidate, Phrase, SentenceRows};
pub use explain::explain;
pub use uncoded::uncoded;

use variorum_model::{
    Annotations, BlockKind, Codings, EventMention, Modality, Parse, Report, Sentence, Span,
};

/// Codes all that `report` tells: events, accords, mandates, figures, in text order.
///
/// Pure and total: the same input gives the same output, and a malformed tree gives fewer events,
/// never a panic. `annotations` are those of the same report and parse.
pub fn code(report: &Report, parse: &Parse, annotations: &Annotations) -> Codings {
    let reads = reads(report, parse, annotations);
    let attributions = coding::Attributions::new(annotations);
    let mut events = coding::code_sentences(&reads, annotations, &attributions);
    settle_by_calendar(report, annotations, &mut events);
    Codings {
        accords: records::accords(&reads, annotations, &events),
        mandates: records::mandates(&reads),
        figures: records::figures(&reads, annotations, &attributions, &events),
        clauses: records::clauses(&reads, annotations, &attributions),
        events,
    }
}

/// What training the coder sees of a report, sentence by sentence: `train/events.sh` makes the models
/// of it. `full` tells which words are wanted with all features.
pub fn training_rows(
    report: &Report,
    parse: &Parse,
    annotations: &Annotations,
    full: &dyn Fn(Span) -> bool,
) -> Vec<SentenceRows> {
    coding::rows(&reads(report, parse, annotations), annotations, full)
}

/// Settles plans by the calendar. What was to be on a day before the report came out is told as having
/// been ("appointed at a meeting on 9 November", in a report of the 13th); what falls on a day after
/// it has not happened, whatever the tense of its words ("the talks of 4 December").
fn settle_by_calendar(report: &Report, annotations: &Annotations, events: &mut [EventMention]) {
    let Some(published) = report.published.as_ref() else { return };
    for event in events {
        let time = event.time.and_then(|t| annotations.times.get(t as usize));
        let Some(time) = time else { continue };
        let past = time.latest.zip(published.start).is_some_and(|(day, out)| day < out);
        let future = time.earliest.zip(published.end).is_some_and(|(day, out)| day > out);
        match event.modality {
            Modality::Planned if past => event.modality = Modality::Actual,
            Modality::Actual | Modality::Ongoing if future => event.modality = Modality::Planned,
            _ => {}
        }
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
    // A caption tells what a picture shows, often of another day: nothing in it is this report's event.
    let told = |s: &&Sentence| {
        let block = s.block.and_then(|b| report.body.get(b as usize));
        block.is_none_or(|b| b.kind != BlockKind::Caption)
    };
    let sentences = parse.sentences.iter().filter(whole).filter(told);
    sentences
        .map(|sentence| {
            let tree = syntax::Tree::new(&report.text, parse, sentence);
            let cast = syntax::Cast::new(&tree, annotations);
            records::Read { tree, cast }
        })
        .collect()
}
