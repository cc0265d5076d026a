//! Exports of the records of stories.

use super::typed;
use crate::arguments::{ExportOptions, Format};
use crate::commands::Outcome;
use crate::commands::formats::{Place, written};
use crate::commands::output::Output;
use crate::commands::tables::collate;
use anyhow::{Context, Result, ensure};
use std::io::Write;
use variorum_export::{
    ParquetRows, Selection, TableForm, View, render_view, view_columns, view_rows,
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
    if options.format == Format::Parquet {
        return parquet_ledger(options, file, facets, view);
    }
    let form = match options.format {
        Format::Csv => TableForm::Csv(options.csv.mode),
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
    let mut rows = ParquetRows::new(options.output.open_for_parquet()?, &columns)?;
    let records = Records::of(file);
    let mut progress = options.progress.bar("exporting");
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
    ensure!(
        !options.format.is_document() || facets.story.is_some(),
        "--format: this is a document of one story: name it with --story"
    );
    each(options, file, facets, |output, _, record, first| {
        let place = if first { Place::First } else { Place::Further };
        let text = written(record, options.format, options.csv.mode, place);
        let text = text.context("--format: choose a table")?;
        Ok(output.write_all(text.as_bytes())?)
    })
}

fn each(
    options: &ExportOptions,
    file: &RecordFile,
    facets: &Facets,
    mut write: impl FnMut(&mut Output, &str, &Record, bool) -> Result<()>,
) -> Result<Outcome> {
    let records = Records::of(file);
    let mut output = options.output.open()?;
    let mut progress = options.progress.bar("exporting");
    for (n, story) in file.stories(facets, 1, usize::MAX >> 1)?.iter().enumerate() {
        write(&mut output, &story.id, &records.record(&story.id, &collate)?, n == 0)?;
        progress.step();
    }
    drop(progress);
    output.flush()?;
    Ok(Outcome::default())
}
