//! `clean` and `annotate`: a row for each report, in the order of the inputs.

use super::{Outcome, use_threads};
use crate::arguments::{
    AnnotateFormat, AnnotateOptions, InputOptions, OutputOption, StreamOptions,
};
use crate::event_name::EventName;
use anyhow::Result;
use std::io::Write;
use variorum_export::{render_conllu, render_explanation, uncoded_rows};
use variorum_intake::read_all;
use variorum_model::{RawReport, Rejection, annotated_row, report_row};
use variorum_pipeline::{Layouts, Pipeline, in_order, rejection_row};

/// How a report's row is made from its bytes.
type MakeRow<'a> = &'a (dyn Fn(&RawReport) -> Result<String, Rejection> + Sync);

pub(crate) fn clean(options: &StreamOptions) -> Result<Outcome> {
    use_threads(&options.input)?;
    let layouts = if options.learn_outlets { learned(&options.input)? } else { Layouts::default() };
    let row = |raw: &RawReport| {
        let report = match layouts.is_empty() {
            true => Pipeline::clean(raw)?,
            false => Pipeline::clean_by(raw, &layouts)?.0,
        };
        Ok(report_row(&report).to_string())
    };
    stream(&options.input, &options.output, "cleaning", &row, &rejected_row)
}

/// The layouts of the outlets of which there are pages enough among the inputs.
fn learned(input: &InputOptions) -> Result<Layouts> {
    anyhow::ensure!(
        !input.paths.iter().any(|p| p == "-"),
        "standard input cannot be read twice: give files or folders with --learn-outlets"
    );
    let none = Layouts::default();
    let mut pages = Vec::new();
    in_order(
        read_all(&input.paths, &Default::default()),
        |raw| raw.and_then(|raw| Ok(Pipeline::clean_by(&raw, &none)?.1)),
        |traits| {
            pages.extend(traits.ok().flatten());
            true
        },
    );
    Ok(Layouts::learn(pages))
}

pub(crate) fn annotate(options: &AnnotateOptions) -> Result<Outcome> {
    use_threads(&options.input)?;
    let pipeline = Pipeline::load();
    if let Some(name) = &options.explain {
        return explain(&pipeline, options, name);
    }
    let gaps = |raw: &RawReport| {
        let (report, found) = pipeline.uncoded(raw)?;
        let rows: Vec<String> =
            uncoded_rows(&report, &found).iter().map(ToString::to_string).collect();
        Ok(rows.join("\n"))
    };
    let full = |raw: &RawReport| {
        let read = pipeline.read(raw)?;
        Ok(annotated_row(&read.report, &read.annotations, &read.codings).to_string())
    };
    let parsed = |raw: &RawReport| {
        let (report, parse, annotations) = pipeline.parse(raw)?;
        Ok(render_conllu(&report, &parse, &annotations))
    };
    let output = &options.output;
    match options.format {
        _ if options.uncoded => stream(&options.input, output, "reading", &gaps, &rejected_row),
        AnnotateFormat::Jsonl => stream(&options.input, output, "reading", &full, &rejected_row),
        AnnotateFormat::Conllu => {
            stream(&options.input, output, "reading", &parsed, &rejected_comment)
        }
    }
}

/// Explains one event, in the first report that has it.
fn explain(pipeline: &Pipeline, options: &AnnotateOptions, name: &EventName) -> Result<Outcome> {
    let mut output = options.output.open()?;
    let progress = options.input.progress.bar("reading");
    let mut outcome = Outcome::new(&options.input);
    let mut looked_at: Vec<String> = Vec::new();
    for raw in read_all(&options.input.paths, &Default::default()) {
        let explained =
            raw.and_then(|raw| pipeline.explain(&raw, &|report, events| name.find(report, events)));
        match explained {
            Ok((read, Some((number, explanation)))) => {
                write!(output, "{}", render_explanation(&read, number, &explanation))?;
                output.flush()?;
                return Ok(outcome);
            }
            Ok((read, None)) if name.may_be_in(&read.report) => {
                let events = read.codings.events.len();
                looked_at.push(format!("{} has {events} (e1 to e{events})", read.report.path));
            }
            Ok(_) => {}
            Err(rejection) => outcome.note(&rejection, &progress),
        }
    }
    let reports =
        if looked_at.is_empty() { "no such report".to_owned() } else { looked_at.join("; ") };
    anyhow::bail!("no such event: {reports}: give the number that `variorum annotate` gives it")
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
    output: &OutputOption,
    verb: &'static str,
    row: MakeRow<'_>,
    rejected: &dyn Fn(&Rejection) -> String,
) -> Result<Outcome> {
    let mut output = output.open()?;
    let mut progress = input.progress.bar(verb);
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
            // A report may have nothing to list.
            written = if row.is_empty() { Ok(()) } else { writeln!(output, "{row}") };
            written.is_ok()
        },
    );
    written?;
    output.flush()?;
    Ok(outcome)
}
