//! `export`: reports and tables for other programs.

mod records;
mod row_tables;

use super::Outcome;
use super::judge::json_row;
use super::output::Output;
use super::tables::{collate, facets, refresh};
use crate::arguments::{ExportOptions, ExportTable, Format, RowTable};
use anyhow::{Result, ensure};
use row_tables::{columns, conflict_rows, rows};
use serde_json::{Map, Value, json};
use std::io::Write;
use variorum_export::{ColumnType, CsvMode, ParquetRows, column_type, csv_opening, csv_row};
use variorum_model::annotated_row;
use variorum_record::{Facets, RecordFile, Records};

const CONFLICTS: ExportTable = ExportTable::Rows(RowTable::Conflicts);

pub(crate) fn run(options: &ExportOptions) -> Result<Outcome> {
    let file = RecordFile::open(&options.record.path)?;
    let facets = facets(&options.facets)?;
    if of_stories(options) || !facets.conflict.is_empty() {
        file.settle_stories()?;
    }
    if options.table == CONFLICTS || !facets.conflict.is_empty() {
        refresh(&file, &facets, &options.progress)?;
    }
    if !options.format.is_table() {
        ensure!(
            options.table == ExportTable::Rows(RowTable::Reports),
            "--table: this format is of whole records: leave it out, or choose jsonl, csv or parquet"
        );
        return records::run(options, &file, &facets);
    }
    match options.table {
        ExportTable::Ledger(view) => records::ledger(options, &file, &facets, view),
        ExportTable::Rows(table) => export_rows(options, &file, &facets, table),
    }
}

fn export_rows(
    options: &ExportOptions,
    file: &RecordFile,
    facets: &Facets,
    table: RowTable,
) -> Result<Outcome> {
    let mut sheet = Sheet::open(options, table)?;
    let mut progress = options.progress.bar("exporting");
    match table {
        RowTable::Conflicts => {
            let records = Records::of(file);
            for story in file.stories(facets, 2, usize::MAX >> 1)? {
                for row in conflict_rows(&story.id, &records.record(&story.id, &collate)?.conflicts)
                {
                    sheet.write(row)?;
                }
                progress.step();
            }
        }
        RowTable::Judgements => {
            for judgement in file.judgements()? {
                let row = json_row(&judgement);
                sheet.write(sheet.columns.iter().map(|name| row[*name].clone()).collect())?;
            }
        }
        _ => {
            for line in file.select(facets, usize::MAX >> 1)? {
                let read = file.read(&line, i64::MAX)?;
                if table == RowTable::Reports && options.format == Format::Jsonl {
                    sheet.write_value(&annotated_row(
                        &read.report,
                        &read.annotations,
                        &read.codings,
                    ))?;
                } else {
                    for row in rows(table, &line, &read) {
                        sheet.write(row)?;
                    }
                }
                progress.step();
            }
        }
    }
    drop(progress);
    sheet.finish()?;
    Ok(Outcome::default())
}

/// Whether what is asked for is made of the records of stories.
fn of_stories(options: &ExportOptions) -> bool {
    options.table == CONFLICTS
        || matches!(options.table, ExportTable::Ledger(_))
        || !options.format.is_table()
}

/// Where rows go.
struct Sheet {
    columns: &'static [&'static str],
    form: SheetForm,
}

enum SheetForm {
    Csv(Output, CsvMode),
    Jsonl(Output),
    Parquet(Box<ParquetRows<Output>>),
}

impl Sheet {
    fn open(options: &ExportOptions, table: RowTable) -> Result<Sheet> {
        let columns = columns(table);
        let form = match options.format {
            Format::Parquet => {
                let figures = table == RowTable::Figures;
                let typed = typed(columns, figures);
                let output = options.output.open_for_parquet()?;
                SheetForm::Parquet(Box::new(ParquetRows::new(output, &typed)?))
            }
            Format::Csv => {
                let mut output = options.output.open()?;
                let mode = options.csv.mode;
                let names: Vec<Value> = columns.iter().map(|c| json!(c)).collect();
                write!(output, "{}{}", csv_opening(mode), csv_row(&names, mode))?;
                SheetForm::Csv(output, mode)
            }
            _ => SheetForm::Jsonl(options.output.open()?),
        };
        Ok(Sheet { columns, form })
    }

    fn write(&mut self, cells: Vec<Value>) -> Result<()> {
        match &mut self.form {
            SheetForm::Csv(output, mode) => write!(output, "{}", csv_row(&cells, *mode))?,
            SheetForm::Parquet(rows) => rows.write(cells)?,
            SheetForm::Jsonl(output) => {
                let names = self.columns.iter().map(|c| (*c).to_owned());
                let row: Map<String, Value> = names.zip(cells).collect();
                writeln!(output, "{}", Value::Object(row))?;
            }
        }
        Ok(())
    }

    /// A row that is no list of cells; in JSON Lines alone.
    fn write_value(&mut self, value: &Value) -> Result<()> {
        if let SheetForm::Jsonl(output) = &mut self.form {
            writeln!(output, "{value}")?;
        }
        Ok(())
    }

    fn finish(self) -> Result<()> {
        match self.form {
            SheetForm::Csv(mut output, _) | SheetForm::Jsonl(mut output) => output.flush()?,
            SheetForm::Parquet(rows) => drop(rows.finish()?),
        }
        Ok(())
    }
}

/// Columns with what their cells are.
pub(super) fn typed<'n>(columns: &[&'n str], figures: bool) -> Vec<(&'n str, ColumnType)> {
    columns.iter().map(|name| (*name, column_type(name, figures))).collect()
}
