//! `clean` and `annotate`: a row for each report, in the order of the inputs.

use super::output::Output;
use super::{Outcome, use_threads};
use crate::arguments::StreamOptions;
use crate::progress::Progress;
use anyhow::Result;
use serde_json::Value;
use std::io::Write;
use variorum_intake::read_all;
use variorum_model::{RawReport, Rejection, annotated_row, report_row};
use variorum_pipeline::{Pipeline, in_order, rejection_row};

pub(crate) fn clean(options: &StreamOptions) -> Result<Outcome> {
    stream(options, "cleaning", |raw| Ok(report_row(&Pipeline::clean(raw)?)))
}

pub(crate) fn annotate(options: &StreamOptions) -> Result<Outcome> {
    let pipeline = Pipeline::load();
    stream(options, "reading", |raw| {
        let read = pipeline.read(raw)?;
        Ok(annotated_row(&read.report, &read.annotations, &read.codings))
    })
}

fn stream(
    options: &StreamOptions,
    verb: &'static str,
    row: impl Fn(&RawReport) -> Result<Value, Rejection> + Sync,
) -> Result<Outcome> {
    use_threads(&options.input)?;
    let mut output = Output::open(options.output.as_deref())?;
    let mut progress = Progress::new(verb, options.input.quiet);
    let mut outcome = Outcome::new(&options.input);
    let mut written = Ok(());
    let inputs = read_all(&options.input.paths, &Default::default());
    in_order(
        inputs,
        |raw| raw.and_then(|raw| row(&raw)),
        |result| {
            progress.step();
            let row = result.unwrap_or_else(|rejection| {
                outcome.note(&rejection, &progress);
                rejection_row(&rejection)
            });
            written = writeln!(output, "{row}");
            written.is_ok()
        },
    );
    written?;
    output.flush()?;
    Ok(outcome)
}
