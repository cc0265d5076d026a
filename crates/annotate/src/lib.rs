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
use variorum_model::{Annotations, Parse, Report, TimeExpression};

/// Reads times, quantities, quotations, offices, mentions and what refers to them.
///
/// Spans are byte ranges into `report.text`; every list is in text order. A report that the parse
/// does not fit, or a parse without sentences, gives what can be read from the characters alone.
pub fn annotate(report: &Report, parse: &Parse) -> Annotations {
    let reading = Reading::new(report, parse);
    let times = times::times(&reading);
    let mentions = mentions::mentions(&reading);
    let mut offices = offices::offices(&reading, &mentions);
    let entities = coreference::entities(&reading, &mentions);
    let coreferences = coreference::coreferences(&reading, &mentions, &entities, &offices);
    offices::describe(&mut offices, &mentions, &coreferences);
    offices::same_office(&reading, &mentions, &entities, &mut offices);
    offices::terms(&reading, &mentions, &times, &mut offices);
    let quotations = quotations::quotations(&reading, &mentions, &coreferences);
    Annotations {
        sentences: parse.sentences.iter().map(|s| s.span).collect(),
        mentions,
        entities,
        offices,
        quotations,
        coreferences,
        quantities: quantities::quantities(&reading, &times),
        times,
    }
}

/// The time expressions alone, as [`annotate`] gives them.
pub fn times(report: &Report, parse: &Parse) -> Vec<TimeExpression> {
    times::times(&Reading::new(report, parse))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{named, report};
    use variorum_model::MentionKind::{Person, Place};

    #[test]
    fn broken_text_is_read_without_panic_and_spans_fit_it() {
        for unit in [
            "said Omar Haddad that he minister of Iran 's and , ",
            "“ said ” '' `` ",
            "last Monday 9 June 2016 at 5 ",
            "20 killed and 30 , ",
            "the two he , Iranian minister of the council ",
            "according to said , ",
            "( 2 1 / 2 - ",
            "defence and , minister , of the Iran and ",
            "é\u{a0}ü ‘x’ Sep\u{ad}tember 3 ",
            "",
        ] {
            let text = unit.repeat(20);
            let report = report(&text, Some(("2016-06-28", "2016-06-28")));
            let parse = named(&text, &[("Omar Haddad", Person), ("Iran", Place)]);
            let a = annotate(&report, &parse);
            let times = a.times.iter().map(|t| t.span);
            let quantities = a.quantities.iter().map(|q| q.span);
            let quotations = a.quotations.iter().map(|q| q.span);
            let offices = a.offices.iter().map(|o| o.span);
            for span in times.chain(quantities).chain(quotations).chain(offices) {
                assert!(
                    text.get(span.from()..span.to()).is_some_and(|t| !t.is_empty()),
                    "{unit:?}"
                );
            }
            assert_eq!(annotate(&report, &parse), a, "{unit:?} is read the same way twice");
        }
    }
}
