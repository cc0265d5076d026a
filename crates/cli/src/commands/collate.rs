//! `collate`: the one record of all reports.

use super::cluster::read_reports;
use super::export::{parquet_output, typed};
use super::ledgers;
use super::output::Output;
use super::{Outcome, use_threads};
use crate::arguments::{CollateOptions, ColourChoice, RecordFormat, ViewOptions};
use crate::progress::Progress;
use anyhow::{Result, bail};
use std::io::Write;
use terminal_size::{Width, terminal_size};
use variorum_export::{
    Ink, ParquetRows, Selection, TerminalOptions, render_ftm, render_gdelt_events,
    render_gdelt_mentions, render_page, render_plover, render_polecat, render_tei, render_terminal,
    render_ucdp, render_view, render_web_annotations, view_columns, view_rows,
};
use variorum_model::contract::Record;
use variorum_pipeline::Pipeline;

/// Columns to print in where there is no terminal to ask.
const COLUMNS: usize = 100;

pub(crate) fn run(options: &CollateOptions) -> Result<Outcome> {
    use_threads(&options.input)?;
    let pipeline = Pipeline::load();
    let mut progress = Progress::new("reading", options.input.quiet);
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

/// Prints a record in the form asked for.
pub(super) fn print_record(record: &Record, options: &ViewOptions) -> Result<()> {
    if let (Some(view), RecordFormat::Parquet) = (options.view, options.format) {
        let view = ledgers::view(view);
        let columns = typed(&view_columns(view, None), false);
        let mut rows = ParquetRows::new(parquet_output(options.output.as_deref())?, &columns)?;
        let wanted = Selection { named: options.named.clone(), ..Selection::default() };
        for row in view_rows(record, view, &wanted) {
            rows.write(row)?;
        }
        rows.finish()?;
        return Ok(());
    }
    let mut output = Output::open(options.output.as_deref())?;
    if let Some(view) = options.view {
        let form = ledgers::form(options, terminal_options(options, output.is_terminal()))?;
        let wanted = Selection { named: options.named.clone(), ..Selection::default() };
        output.write_all(render_view(record, ledgers::view(view), form, &wanted).as_bytes())?;
        output.flush()?;
        return Ok(());
    }
    let format = if options.tei { RecordFormat::Tei } else { options.format };
    match format {
        RecordFormat::Csv | RecordFormat::Parquet => {
            bail!("--format: a record is no table: choose a ledger with --view")
        }
        RecordFormat::Tei => output.write_all(render_tei(record).as_bytes())?,
        RecordFormat::WebAnnotation => {
            output.write_all(render_web_annotations(record).as_bytes())?;
        }
        RecordFormat::Ftm => output.write_all(render_ftm(record).as_bytes())?,
        RecordFormat::Ucdp => {
            let mode = ledgers::csv_mode(options.mode);
            output.write_all(render_ucdp(record, mode, true).as_bytes())?;
        }
        RecordFormat::Json => {
            serde_json::to_writer_pretty(&mut output, record)?;
            writeln!(output)?;
        }
        RecordFormat::Jsonl => {
            serde_json::to_writer(&mut output, record)?;
            writeln!(output)?;
        }
        RecordFormat::Html => output.write_all(render_page(record).as_bytes())?,
        RecordFormat::Plover => output.write_all(render_plover(record).as_bytes())?,
        RecordFormat::Polecat => output.write_all(render_polecat(record).as_bytes())?,
        RecordFormat::Gdelt => output.write_all(render_gdelt_events(record).as_bytes())?,
        RecordFormat::GdeltMentions => {
            output.write_all(render_gdelt_mentions(record).as_bytes())?;
        }
        RecordFormat::Text => {
            let options = terminal_options(options, output.is_terminal());
            output.write_all(render_terminal(record, options).as_bytes())?;
        }
    }
    output.flush()?;
    Ok(())
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
