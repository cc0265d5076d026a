//! Exports of the records of stories.

use super::{parquet_output, typed};
use crate::arguments::{ExportFormat, ExportOptions};
use crate::commands::Outcome;
use crate::commands::ledgers::csv_mode;
use crate::commands::output::Output;
use crate::commands::tables::collate;
use crate::progress::Progress;
use anyhow::{Result, bail, ensure};
use std::io::Write;
use variorum_export::{
    ParquetRows, Selection, TableForm, View, render_ftm, render_gdelt_events,
    render_gdelt_mentions, render_page, render_plover, render_polecat, render_tei, render_ucdp,
    render_view, view_columns, view_rows, web_annotations,
};
use variorum_model::contract::Record;
use variorum_record::{Facets, RecordFile, Records};

/// A ledger of every story.
pub(super) fn ledger(
    options: &ExportOptions,
    file: &RecordFile,
    facets: &Facets,
    view: View,
) -> Result<Outcome> {
    if options.format == ExportFormat::Parquet {
        return parquet_ledger(options, file, facets, view);
    }
    let form = match options.format {
        ExportFormat::Csv => TableForm::Csv(csv_mode(options.mode)),
        _ => TableForm::Jsonl,
    };
    each(options, file, facets, |output, story, record, first| {
        let before = Some(("story", story.to_owned()));
        let selection = Selection { before, headless: !first, ..Selection::default() };
        Ok(output.write_all(render_view(record, view, form, &selection).as_bytes())?)
    })
}

fn parquet_ledger(
    options: &ExportOptions,
    file: &RecordFile,
    facets: &Facets,
    view: View,
) -> Result<Outcome> {
    let columns = typed(&view_columns(view, Some("story")), false);
    let mut rows = ParquetRows::new(parquet_output(options.output.as_deref())?, &columns)?;
    let records = Records::of(file);
    let mut progress = Progress::new("exporting", options.quiet);
    for story in file.stories(facets, 1, usize::MAX >> 1)? {
        let before = Some(("story", story.id.clone()));
        let selection = Selection { before, ..Selection::default() };
        let record = records.record(&story.id, &collate)?;
        for row in view_rows(&record, view, &selection) {
            rows.write(row)?;
        }
        progress.step();
    }
    drop(progress);
    rows.finish()?;
    Ok(Outcome::default())
}

/// Whole records in a format of their own.
pub(super) fn run(options: &ExportOptions, file: &RecordFile, facets: &Facets) -> Result<Outcome> {
    let alone = matches!(options.format, ExportFormat::Tei | ExportFormat::Html);
    ensure!(
        !alone || facets.story.is_some(),
        "--format: this is a document of one story: name it with --story"
    );
    let mode = csv_mode(options.mode);
    each(options, file, facets, |output, _, record, first| {
        let text = match options.format {
            ExportFormat::Plover => render_plover(record),
            ExportFormat::Polecat => headed(render_polecat(record), first),
            ExportFormat::Gdelt => render_gdelt_events(record),
            ExportFormat::GdeltMentions => render_gdelt_mentions(record),
            ExportFormat::Ucdp => render_ucdp(record, mode, first),
            ExportFormat::Ftm => render_ftm(record),
            ExportFormat::Tei => render_tei(record),
            ExportFormat::Html => render_page(record),
            ExportFormat::WebAnnotation => {
                web_annotations(record).iter().map(|a| format!("{a}\n")).collect()
            }
            ExportFormat::Csv | ExportFormat::Jsonl | ExportFormat::Parquet => {
                bail!("--format: choose a table")
            }
        };
        Ok(output.write_all(text.as_bytes())?)
    })
}

/// A table without its header where another stands before it.
fn headed(table: String, first: bool) -> String {
    match table.split_once('\n') {
        Some((_, rows)) if !first => rows.to_owned(),
        _ => table,
    }
}

fn each(
    options: &ExportOptions,
    file: &RecordFile,
    facets: &Facets,
    mut write: impl FnMut(&mut Output, &str, &Record, bool) -> Result<()>,
) -> Result<Outcome> {
    let records = Records::of(file);
    let mut output = Output::open(options.output.as_deref())?;
    let mut progress = Progress::new("exporting", options.quiet);
    for (n, story) in file.stories(facets, 1, usize::MAX >> 1)?.iter().enumerate() {
        write(&mut output, &story.id, &records.record(&story.id, &collate)?, n == 0)?;
        progress.step();
    }
    drop(progress);
    output.flush()?;
    Ok(Outcome::default())
}
