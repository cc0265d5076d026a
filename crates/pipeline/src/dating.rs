//! Reports that state no day of publication, dated by the others and read again from there.

use crate::{Pipeline, compared, order};
use jiff::civil::Date;
use variorum_identity::Identities;
use variorum_model::{Basis, Parse, Published, ReadReport, Report};
use variorum_stories::Stories;

/// Rounds in which reports date one another: a report dated by one may date the next.
const ROUNDS: usize = 3;

/// The reports with the days of publication that they settle among them, in their final order, and what is
/// found by comparing them; `reader` reads again those that were dated.
pub(crate) fn dated<'a>(
    mut reports: Vec<ReadReport>,
    reader: &dyn Fn() -> &'a Pipeline,
) -> (Vec<ReadReport>, Identities, Stories) {
    let (mut identities, mut stories) = compared(&reports);
    for _ in 0..ROUNDS {
        if !date(&mut reports, &identities, &stories, reader) {
            break;
        }
        reports = order::settle(reports);
        (identities, stories) = compared(&reports);
    }
    (reports, identities, stories)
}

/// Gives reports without a day of publication the days that the others settle, and reads them again
/// from there. Whether any was so settled anew.
fn date<'a>(
    reports: &mut [ReadReport],
    identities: &Identities,
    stories: &Stories,
    reader: &dyn Fn() -> &'a Pipeline,
) -> bool {
    let times_from = |parse: &Parse, report: &Report, day: Date| {
        let mut report = report.clone();
        report.published = Some(Published::on(day, Basis::Inferred));
        variorum_annotate::times(&report, parse)
    };
    let settled = variorum_collate::settle(reports, identities, stories, &|report| {
        let parse = reader().language.read(report);
        Box::new(move |day| times_from(&parse, report, day))
    });
    let mut anew = false;
    for one in settled {
        let read = &mut reports[one.report as usize];
        let known = read.report.published.as_ref().map(|p| (p.start, p.end));
        if known == Some((one.published.start, one.published.end)) {
            continue;
        }
        let mut report = read.report.clone();
        report.published = Some(one.published);
        *read = reader().read_clean(report);
        anew = true;
    }
    anew
}
