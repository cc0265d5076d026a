//! `export`: reports and tables for other programs.

use super::Outcome;
use super::output::Output;
use super::tables::{collate, facets, refresh};
use crate::arguments::{CsvReader, ExportFormat, ExportOptions, ExportTable};
use crate::progress::Progress;
use anyhow::Result;
use serde_json::{Map, Value, json};
use std::io::Write;
use variorum_export::{CsvMode, csv_opening, csv_row};
use variorum_model::{CodePoints, ReadReport, Span, annotated_row};
use variorum_record::{RecordFile, Records, ReportLine};

pub(crate) fn run(options: &ExportOptions) -> Result<Outcome> {
    let file = RecordFile::open(&options.record.path)?;
    let facets = facets(&options.facets)?;
    let of_records = options.table == ExportTable::Conflicts;
    if of_records || !facets.conflict.is_empty() {
        file.settle_stories()?;
        refresh(&file, &facets, options.quiet)?;
    }
    let mut sheet = Sheet::open(options)?;
    let mut progress = Progress::new("exporting", options.quiet);
    if of_records {
        let records = Records::of(&file);
        for story in file.stories(&facets, 2, usize::MAX >> 1)? {
            for row in conflict_rows(&story.id, &records.record(&story.id, &collate)?.conflicts) {
                sheet.write(row)?;
            }
            progress.step();
        }
    } else {
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
    drop(progress);
    sheet.output.flush()?;
    Ok(Outcome::default())
}

/// Where rows go.
struct Sheet {
    output: Output,
    columns: &'static [&'static str],
    format: ExportFormat,
    mode: CsvMode,
}

impl Sheet {
    fn open(options: &ExportOptions) -> Result<Sheet> {
        let mut output = Output::open(options.output.as_deref())?;
        let mode = match options.mode {
            CsvReader::Machine => CsvMode::Machine,
            CsvReader::Spreadsheet => CsvMode::Spreadsheet,
        };
        let columns = columns(options.table);
        if options.format == ExportFormat::Csv {
            let names: Vec<Value> = columns.iter().map(|c| json!(c)).collect();
            write!(output, "{}{}", csv_opening(mode), csv_row(&names, mode))?;
        }
        Ok(Sheet { output, columns, format: options.format, mode })
    }

    fn write(&mut self, cells: Vec<Value>) -> Result<()> {
        match self.format {
            ExportFormat::Csv => write!(self.output, "{}", csv_row(&cells, self.mode))?,
            ExportFormat::Jsonl => {
                let names = self.columns.iter().map(|c| (*c).to_owned());
                let row: Map<String, Value> = names.zip(cells).collect();
                self.write_value(&Value::Object(row))?;
            }
        }
        Ok(())
    }

    fn write_value(&mut self, value: &Value) -> Result<()> {
        writeln!(self.output, "{value}")?;
        Ok(())
    }
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
        ExportTable::Conflicts => Vec::new(),
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
