//! `cluster`: which reports copy one another and tell the same.

use super::output::Output;
use super::{Outcome, use_threads};
use crate::arguments::{InputOptions, StreamOptions};
use crate::progress::Progress;
use anyhow::Result;
use std::collections::HashMap;
use std::io::Write;
use variorum_intake::read_all;
use variorum_model::{ReadReport, Rejection};
use variorum_pipeline::{Pipeline, in_order, placement_row, rejection_row};

pub(crate) fn run(options: &StreamOptions) -> Result<Outcome> {
    use_threads(&options.input)?;
    let pipeline = Pipeline::load();
    let mut output = Output::open(options.output.as_deref())?;
    let mut progress = Progress::new("reading", options.input.quiet);
    let mut outcome = Outcome::new(&options.input);
    let (reports, order, rejected) =
        read_reports(&pipeline, &options.input, &mut progress, &mut outcome);
    progress.phase("comparing");
    let (reports, stories) = pipeline.placements(reports);
    let index: HashMap<&str, usize> =
        reports.iter().enumerate().map(|(i, r)| (r.report.path.as_str(), i)).collect();
    // Rows come in the order of the inputs; a report given twice is one row each time.
    for path in &order {
        if let Some(&i) = index.get(path.as_str()) {
            writeln!(output, "{}", placement_row(&reports, &stories, i))?;
        }
    }
    for rejection in &rejected {
        writeln!(output, "{}", rejection_row(rejection))?;
    }
    output.flush()?;
    Ok(outcome)
}

/// All reports that can be read, their paths in the order of the inputs, and those turned away.
pub(crate) fn read_reports(
    pipeline: &Pipeline,
    input: &InputOptions,
    progress: &mut Progress,
    outcome: &mut Outcome,
) -> (Vec<ReadReport>, Vec<String>, Vec<Rejection>) {
    let (mut reports, mut order, mut rejected) = (Vec::new(), Vec::new(), Vec::new());
    in_order(
        read_all(&input.paths, &Default::default()),
        |raw| raw.and_then(|raw| pipeline.read(&raw)),
        |result| {
            progress.step();
            match result {
                Ok(read) => {
                    order.push(read.report.path.clone());
                    reports.push(read);
                }
                Err(rejection) => {
                    outcome.note(&rejection, progress);
                    rejected.push(rejection);
                }
            }
            true
        },
    );
    (reports, order, rejected)
}
