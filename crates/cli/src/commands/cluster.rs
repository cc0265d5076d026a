//! `cluster`: which reports copy one another and tell the same.

use super::{Outcome, use_threads};
use crate::arguments::{ClusterOptions, InputOptions, ListFormat};
use crate::progress::Progress;
use anyhow::{Result, bail};
use std::collections::HashMap;
use std::io::Write;
use std::path::Path;
use variorum_export::{render_why, why_row};
use variorum_intake::read_all;
use variorum_model::{ReadReport, Rejection};
use variorum_pipeline::{Pipeline, Witness, in_order, placement_row, rejection_row};

pub(crate) fn run(options: &ClusterOptions) -> Result<Outcome> {
    if let [a, b] = &options.explain[..] {
        return explain(options, a, b);
    }
    if options.format == Some(ListFormat::Text) {
        bail!("rows are printed as jsonl: add --explain A B for text");
    }
    use_threads(&options.input)?;
    let pipeline = Pipeline::load();
    let mut output = options.output.open()?;
    let mut progress = options.input.progress.bar("reading");
    let mut outcome = Outcome::new(&options.input);
    let (witnesses, rejected) =
        read_reports(&pipeline, &options.input, &mut progress, &mut outcome, Witness::of);
    let order: Vec<String> = witnesses.iter().map(|w| w.path().to_owned()).collect();
    progress.phase("comparing");
    let (reports, placements) = Pipeline::placements(witnesses);
    let index: HashMap<&str, usize> =
        reports.iter().enumerate().map(|(i, r)| (r.path.as_str(), i)).collect();
    // Rows come in the order of the inputs; a report given twice is one row each time.
    for path in &order {
        if let Some(&i) = index.get(path.as_str()) {
            writeln!(output, "{}", placement_row(&reports, &placements, i))?;
        }
    }
    for rejection in &rejected {
        writeln!(output, "{}", rejection_row(rejection))?;
    }
    output.flush()?;
    Ok(outcome)
}

/// Explains why two reports are put together or are not.
fn explain(options: &ClusterOptions, a: &str, b: &str) -> Result<Outcome> {
    use_threads(&options.input)?;
    let pipeline = Pipeline::load();
    let mut output = options.output.open()?;
    let mut progress = options.input.progress.bar("reading");
    let mut outcome = Outcome::new(&options.input);
    let (reports, _) =
        read_reports(&pipeline, &options.input, &mut progress, &mut outcome, |read| read);
    progress.phase("comparing");
    let mut missing = None;
    let (reports, why) = Pipeline::explain_pair(reports, |reports| {
        let mut find = |name: &str| {
            let at = reports.iter().position(|r| is_named(r, name));
            if at.is_none() {
                missing = Some(name.to_owned());
            }
            at
        };
        Some((find(a)?, find(b)?))
    });
    drop(progress);
    let Some((a, b, why)) = why else {
        let name = missing.unwrap_or_default();
        bail!(
            "no report `{name}` among {}: give an id or a file name of one of the inputs",
            reports.len()
        );
    };
    let (a, b) = (&reports[a], &reports[b]);
    match options.format {
        Some(ListFormat::Jsonl) => writeln!(output, "{}", why_row(a, b, &why))?,
        Some(ListFormat::Text) | None => write!(output, "{}", render_why(a, b, &why))?,
    }
    output.flush()?;
    Ok(outcome)
}

/// Whether a person who says `name` means this report: its id or the beginning of it, its path or file name.
fn is_named(read: &ReadReport, name: &str) -> bool {
    let report = &read.report;
    let file = Path::new(&report.path).file_name().and_then(|f| f.to_str());
    let begins = name.len() >= 6 && report.id.starts_with(name);
    report.id == name || report.path == name || file == Some(name) || begins
}

/// What `make` makes of each report that can be read, in the order of the inputs, and those turned away.
pub(crate) fn read_reports<T: Send>(
    pipeline: &Pipeline,
    input: &InputOptions,
    progress: &mut Progress,
    outcome: &mut Outcome,
    make: impl Fn(ReadReport) -> T + Sync,
) -> (Vec<T>, Vec<Rejection>) {
    let (mut made, mut rejected) = (Vec::new(), Vec::new());
    in_order(
        read_all(&input.paths, &Default::default()),
        |raw| raw.and_then(|raw| pipeline.read(&raw)).map(&make),
        |result| {
            progress.step();
            match result {
                Ok(one) => made.push(one),
                Err(rejection) => {
                    outcome.note(&rejection, progress);
                    rejected.push(rejection);
                }
            }
            true
        },
    );
    (made, rejected)
}
