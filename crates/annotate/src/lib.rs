//! Times, quantities, quotations and offices, with who says so.
//!
//! [`annotate`] reads a cleaned report and its parse and returns all that is said in it short of
//! events. It is pure: the same report and parse give the same annotations, and nothing outside them
//! is consulted but the tables in `data/`.

mod coreference;
mod countries;
mod mentions;
mod numbers;
mod offices;
mod quantities;
mod quotations;
mod reading;
#[cfg(test)]
mod sample;
mod tables;
mod times;
mod words;

use reading::Reading;
use variorum_model::{Annotations, Parse, Report};

/// Reads times, quantities, quotations, offices, mentions and what refers to them.
///
/// Spans are byte ranges into `report.text`; every list is in text order. A report that the parse
/// does not fit, or a parse without sentences, gives what can be read from the characters alone.
pub fn annotate(report: &Report, parse: &Parse) -> Annotations {
    let reading = Reading::new(report, parse);
    let times = times::times(&reading);
    let mentions = mentions::mentions(&reading);
    let mut offices = offices::offices(&reading, &mentions);
    let coreferences = coreference::coreferences(&reading, &mentions, &offices);
    offices::describe(&mut offices, &mentions, &coreferences);
    let quotations = quotations::quotations(&reading, &mentions, &coreferences);
    Annotations {
        sentences: parse.sentences.iter().map(|s| s.span).collect(),
        mentions,
        offices,
        quotations,
        coreferences,
        quantities: quantities::quantities(&reading, &times),
        times,
    }
}
