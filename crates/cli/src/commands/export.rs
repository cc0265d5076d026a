//! `export`: reports and tables for other programs.

mod records;

use super::Outcome;
use super::judge::json_row;
use super::ledgers::csv_mode;
use super::output::Output;
use super::tables::{collate, facets, refresh};
use crate::arguments::{ExportFormat, ExportOptions, ExportTable};
use crate::progress::Progress;
use anyhow::{Result, ensure};
use serde_json::{Map, Value, json};
use std::io::Write;
use std::path::Path;
use variorum_export::{ColumnType, CsvMode, ParquetRows, View, column_type, csv_opening, csv_row};
use variorum_model::{CodePoints, ReadReport, Span, annotated_row};
use variorum_record::{RecordFile, Records, ReportLine};

pub(crate) fn run(options: &ExportOptions) -> Result<Outcome> {
    let file = RecordFile::open(&options.record.path)?;
    let facets = facets(&options.facets)?;
    if of_stories(options) || !facets.conflict.is_empty() {
        file.settle_stories()?;
    }
    if options.table == ExportTable::Conflicts || !facets.conflict.is_empty() {
        refresh(&file, &facets, options.quiet)?;
    }
    match options.format {
        ExportFormat::Csv | ExportFormat::Jsonl | ExportFormat::Parquet => {}
        _ => {
            ensure!(
                options.table == ExportTable::Reports,
                "--table: this format is of whole records: leave it out, or choose jsonl, csv or parquet"
            );
            return records::run(options, &file, &facets);
        }
    }
    if let Some(view) = ledger(options.table) {
        return records::ledger(options, &file, &facets, view);
    }
    let mut sheet = Sheet::open(options)?;
    let mut progress = Progress::new("exporting", options.quiet);
    match options.table {
        ExportTable::Conflicts => {
            let records = Records::of(&file);
            for story in file.stories(&facets, 2, usize::MAX >> 1)? {
                for row in conflict_rows(&story.id, &records.record(&story.id, &collate)?.conflicts)
                {
                    sheet.write(row)?;
                }
                progress.step();
            }
        }
        ExportTable::Judgements => {
            for judgement in file.judgements()? {
                let row = json_row(&judgement);
                sheet.write(sheet.columns.iter().map(|name| row[*name].clone()).collect())?;
            }
        }
        _ => {
            for line in file.select(&facets, usize::MAX >> 1)? {
                let read = file.read(&line, i64::MAX)?;
                if options.table == ExportTable::Reports && options.format == ExportFormat::Jsonl {
                    sheet.write_value(&annotated_row(
                        &read.report,
                        &read.annotations,
                        &read.codings,
                    ))?;
                } else {
                    for row in rows(options.table, &line, &read) {
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
    options.table == ExportTable::Conflicts
        || ledger(options.table).is_some()
        || !matches!(
            options.format,
            ExportFormat::Csv | ExportFormat::Jsonl | ExportFormat::Parquet
        )
}

fn ledger(table: ExportTable) -> Option<View> {
    Some(match table {
        ExportTable::Consultations => View::Consultations,
        ExportTable::Accords => View::Accords,
        ExportTable::Mandates => View::Mandates,
        ExportTable::Offices => View::Offices,
        ExportTable::Series => View::Figures,
        ExportTable::Timeline => View::Timeline,
        _ => return None,
    })
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
    fn open(options: &ExportOptions) -> Result<Sheet> {
        let columns = columns(options.table);
        let form = match options.format {
            ExportFormat::Parquet => {
                let figures = options.table == ExportTable::Figures;
                let typed = typed(columns, figures);
                let output = parquet_output(options.output.as_deref())?;
                SheetForm::Parquet(Box::new(ParquetRows::new(output, &typed)?))
            }
            ExportFormat::Csv => {
                let mut output = Output::open(options.output.as_deref())?;
                let mode = csv_mode(options.mode);
                let names: Vec<Value> = columns.iter().map(|c| json!(c)).collect();
                write!(output, "{}{}", csv_opening(mode), csv_row(&names, mode))?;
                SheetForm::Csv(output, mode)
            }
            _ => SheetForm::Jsonl(Output::open(options.output.as_deref())?),
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

/// Where Parquet goes: never to a terminal.
pub(super) fn parquet_output(path: Option<&Path>) -> Result<Output> {
    let output = Output::open(path)?;
    ensure!(
        !output.is_terminal(),
        "--format parquet: this is not for reading: name a file with --output"
    );
    Ok(output)
}

/// Columns with what their cells are.
pub(super) fn typed<'n>(columns: &[&'n str], figures: bool) -> Vec<(&'n str, ColumnType)> {
    columns.iter().map(|name| (*name, column_type(name, figures))).collect()
}

fn columns(table: ExportTable) -> &'static [&'static str] {
    match table {
        ExportTable::Reports => {
            &["id", "path", "url", "title", "outlet", "first_day", "last_day", "language", "text"]
        }
        ExportTable::Mentions => {
            &["report", "start", "end", "quote", "type", "country", "rule", "confidence"]
        }
        ExportTable::Events => &[
            "report",
            "start",
            "end",
            "quote",
            "type",
            "mode",
            "cameo",
            "modality",
            "actors",
            "recipients",
            "place",
            "time",
            "earliest",
            "latest",
            "reported_by",
            "rule",
            "confidence",
        ],
        ExportTable::Quotations => {
            &["report", "start", "end", "quote", "kind", "source", "speaker", "rule"]
        }
        ExportTable::Figures => &[
            "report",
            "start",
            "end",
            "quote",
            "value",
            "bound",
            "low",
            "high",
            "unit",
            "measure",
            "attributed_to",
        ],
        ExportTable::Conflicts => &[
            "story",
            "conflict",
            "kind",
            "about",
            "verdict",
            "value",
            "independent_sources",
            "according_to",
            "report",
            "start",
            "end",
            "quote",
        ],
        ExportTable::Judgements => &[
            "number", "kind", "by", "on", "finding", "about", "reason", "undoes", "version",
            "subject", "value",
        ],
        _ => &[],
    }
}

fn rows(table: ExportTable, line: &ReportLine, read: &ReadReport) -> Vec<Vec<Value>> {
    let text = &read.report.text;
    let points = CodePoints::new(text);
    let cite = |span: Span| {
        let [start, end] = points.pair(span);
        vec![json!(line.id), json!(start), json!(end), json!(span.of(text))]
    };
    let words = |span: Option<Span>| json!(span.map(|s| s.of(text)));
    let several =
        |spans: &[Span]| json!(spans.iter().map(|s| s.of(text)).collect::<Vec<_>>().join("; "));
    let a = &read.annotations;
    let with = |span: Span, cells: Vec<Value>| [cite(span), cells].concat();
    match table {
        ExportTable::Reports => vec![vec![
            json!(line.id),
            json!(line.path),
            json!(line.url),
            json!(line.title),
            json!(line.outlet),
            json!(line.first_day),
            json!(line.last_day),
            json!(read.report.language),
            json!(text),
        ]],
        ExportTable::Mentions => a
            .mentions
            .iter()
            .map(|m| {
                with(
                    m.span,
                    vec![json!(m.kind), json!(m.country), json!(m.rule), json!(m.confidence)],
                )
            })
            .collect(),
        ExportTable::Events => read
            .codings
            .events
            .iter()
            .map(|e| {
                let time = e.time.and_then(|t| a.times.get(t as usize));
                let day = |day: Option<String>| json!(day);
                with(
                    e.span,
                    vec![
                        json!(e.kind),
                        json!(e.mode),
                        json!(e.cameo),
                        json!(e.modality),
                        several(&e.actors),
                        several(&e.recipients),
                        words(e.place),
                        words(time.map(|t| t.span)),
                        day(time.and_then(|t| t.earliest).map(|d| d.to_string())),
                        day(time.and_then(|t| t.latest).map(|d| d.to_string())),
                        several(&e.reported_by),
                        json!(e.rule),
                        json!(e.confidence),
                    ],
                )
            })
            .collect(),
        ExportTable::Quotations => a
            .quotations
            .iter()
            .map(|q| {
                with(q.span, vec![json!(q.kind), words(q.source), words(q.speaker), json!(q.rule)])
            })
            .collect(),
        ExportTable::Figures => read
            .codings
            .figures
            .iter()
            .filter_map(|f| {
                let q = a.quantities.get(f.quantity as usize)?;
                Some(with(
                    f.span,
                    vec![
                        json!(q.value),
                        json!(q.bound),
                        json!(q.low),
                        json!(q.high),
                        json!(q.unit),
                        json!(q.measure),
                        several(&f.attributed_to),
                    ],
                ))
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn conflict_rows(story: &str, conflicts: &[variorum_model::contract::Conflict]) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for conflict in conflicts {
        for reading in &conflict.readings {
            for cited in &reading.evidence {
                rows.push(vec![
                    json!(story),
                    json!(conflict.id),
                    json!(conflict.kind),
                    json!(conflict.about),
                    json!(conflict.verdict),
                    json!(reading.value),
                    json!(reading.independent_sources),
                    json!(reading.according_to.join("; ")),
                    json!(cited.report),
                    json!(cited.start),
                    json!(cited.end),
                    json!(cited.quote),
                ]);
            }
        }
    }
    rows
}
