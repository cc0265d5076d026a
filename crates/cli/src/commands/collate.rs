//! `collate`: the one record of all reports.

use super::cluster::read_reports;
use super::export::typed;
use super::formats::{Place, written};
use super::ledgers;
use super::{Outcome, use_threads};
use crate::arguments::{CollateOptions, ColourChoice, Format, ViewOptions};
use anyhow::{Result, bail, ensure};
use std::io::Write;
use terminal_size::{Width, terminal_size};
use variorum_export::{
    Ink, ParquetRows, Selection, TerminalOptions, View, render_terminal, render_view, view_columns,
    view_rows,
};
use variorum_model::contract::Record;
use variorum_pipeline::Pipeline;

/// Columns to print in where there is no terminal to ask.
const COLUMNS: usize = 100;

pub(crate) fn run(options: &CollateOptions) -> Result<Outcome> {
    check(&options.view)?;
    use_threads(&options.input)?;
    let pipeline = Pipeline::load();
    let mut progress = options.input.progress.bar("reading");
    let mut outcome = Outcome::new(&options.input);
    let (reports, rejected) =
        read_reports(&pipeline, &options.input, &mut progress, &mut outcome, |read| read);
    if reports.is_empty() {
        drop(progress);
        bail!("no report could be read, so there is nothing to collate: name files with articles");
    }
    progress.phase("collating");
    let record = pipeline.record(reports, &rejected);
    drop(progress);
    print_record(&record, &options.view)?;
    Ok(outcome)
}

/// Refuses forms that nothing can be printed in, before the work is done.
fn check(options: &ViewOptions) -> Result<()> {
    if options.view.is_some() {
        return ledgers::check(options);
    }
    ensure!(
        options.tei || !matches!(options.format, Format::Csv | Format::Parquet),
        "--format: a record is no table: choose a ledger with --view"
    );
    Ok(())
}

/// Prints a record in the form asked for.
pub(super) fn print_record(record: &Record, options: &ViewOptions) -> Result<()> {
    check(options)?;
    if let Some(view) = options.view {
        return print_ledger(record, view, options);
    }
    let format = if options.tei { Format::Tei } else { options.format };
    let mut output = options.output.open()?;
    match format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut output, record)?;
            writeln!(output)?;
        }
        Format::Jsonl => {
            serde_json::to_writer(&mut output, record)?;
            writeln!(output)?;
        }
        other => {
            let whole = written(record, other, options.csv.mode, Place::Alone);
            let text = whole.unwrap_or_else(|| {
                render_terminal(record, terminal_options(options, output.is_terminal()))
            });
            output.write_all(text.as_bytes())?;
        }
    }
    Ok(output.flush()?)
}

fn print_ledger(record: &Record, view: View, options: &ViewOptions) -> Result<()> {
    let wanted = Selection { named: options.named.clone(), ..Selection::default() };
    if options.format == Format::Parquet {
        let columns = typed(&view_columns(view, None), false);
        let mut rows = ParquetRows::new(options.output.open_for_parquet()?, &columns)?;
        for row in view_rows(record, view, &wanted) {
            rows.write(row)?;
        }
        rows.finish()?;
        return Ok(());
    }
    let mut output = options.output.open()?;
    let form = ledgers::form(options, terminal_options(options, output.is_terminal()));
    output.write_all(render_view(record, view, form, &wanted).as_bytes())?;
    Ok(output.flush()?)
}

fn terminal_options(options: &ViewOptions, terminal: bool) -> TerminalOptions {
    let asked_plain = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let ink = match options.color {
        ColourChoice::Always => Ink::Colour,
        ColourChoice::Auto if terminal && !asked_plain => Ink::Colour,
        ColourChoice::Auto | ColourChoice::Never => Ink::Plain,
    };
    let width = options.width.unwrap_or_else(|| match terminal_size() {
        Some((Width(columns), _)) if terminal => usize::from(columns),
        _ => COLUMNS,
    });
    TerminalOptions { width, ink, all: options.all }
}
