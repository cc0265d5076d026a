//! `clean` and `annotate`: a row for each report, in the order of the inputs.

use super::output::Output;
use super::{Outcome, use_threads};
use crate::arguments::{AnnotateFormat, AnnotateOptions, InputOptions, StreamOptions};
use crate::progress::Progress;
use anyhow::Result;
use std::io::Write;
use std::path::Path;
use variorum_export::render_conllu;
use variorum_intake::read_all;
use variorum_model::{RawReport, Rejection, annotated_row, report_row};
use variorum_pipeline::{Pipeline, in_order, rejection_row};

/// How a report's row is made from its bytes.
type MakeRow<'a> = &'a (dyn Fn(&RawReport) -> Result<String, Rejection> + Sync);

pub(crate) fn clean(options: &StreamOptions) -> Result<Outcome> {
    let row = |raw: &RawReport| Ok(report_row(&Pipeline::clean(raw)?).to_string());
    stream(&options.input, options.output.as_deref(), "cleaning", &row, &rejected_row)
}

pub(crate) fn annotate(options: &AnnotateOptions) -> Result<Outcome> {
    let pipeline = Pipeline::load();
    let full = |raw: &RawReport| {
        let read = pipeline.read(raw)?;
        Ok(annotated_row(&read.report, &read.annotations, &read.codings).to_string())
    };
    let parsed = |raw: &RawReport| {
        let (report, parse, annotations) = pipeline.parse(raw)?;
        Ok(render_conllu(&report, &parse, &annotations))
    };
    let output = options.output.as_deref();
    match options.format {
        AnnotateFormat::Jsonl => stream(&options.input, output, "reading", &full, &rejected_row),
        AnnotateFormat::Conllu => {
            stream(&options.input, output, "reading", &parsed, &rejected_comment)
        }
    }
}

fn rejected_row(rejection: &Rejection) -> String {
    rejection_row(rejection).to_string()
}

/// A rejected input where rows are CoNLL-U: a comment, which treebank tools pass over.
fn rejected_comment(rejection: &Rejection) -> String {
    format!("# rejected = {}", rejection_row(rejection))
}

fn stream(
    input: &InputOptions,
    output: Option<&Path>,
    verb: &'static str,
    row: MakeRow<'_>,
    rejected: &dyn Fn(&Rejection) -> String,
) -> Result<Outcome> {
    use_threads(input)?;
    let mut output = Output::open(output)?;
    let mut progress = Progress::new(verb, input.quiet);
    let mut outcome = Outcome::new(input);
    let mut written = Ok(());
    in_order(
        read_all(&input.paths, &Default::default()),
        |raw| raw.and_then(|raw| row(&raw)),
        |result| {
            progress.step();
            let row = result.unwrap_or_else(|rejection| {
                outcome.note(&rejection, &progress);
                rejected(&rejection)
            });
            written = writeln!(output, "{row}");
            written.is_ok()
        },
    );
    written?;
    output.flush()?;
    Ok(outcome)
}
