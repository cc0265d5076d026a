//! Ledgers of a record as tables: for a terminal, as CSV, as JSON lines.

mod columns;
mod rows;
mod table;

use crate::csv::{CsvMode, csv_opening, csv_row};
use crate::{Collation, TerminalOptions};
use columns::Column;
use rows::Row;
use serde_json::{Map, Value, json};
use std::fmt::Write;
use variorum_model::contract::{Citation, Record};

/// A ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
pub enum View {
    /// Meetings, visits, calls, talks.
    Consultations,
    /// Accords with brokers, parties, those exempt, breaches.
    Accords,
    /// Tasks held by or given to somebody.
    Mandates,
    /// Offices with their holders over time.
    Offices,
    /// Figures as series, with who gives them.
    Figures,
    /// One line a happening, with the days that each report gives it.
    Timeline,
    /// What rests on an unnamed source.
    Unnamed,
    /// Who is written how, and why the forms were taken for one.
    Names,
}

/// Form of a table.
#[derive(Debug, Clone, Copy)]
pub enum TableForm {
    /// For a person in a terminal.
    Text(TerminalOptions),
    /// RFC 4180, with a header.
    Csv(CsvMode),
    /// One object a line.
    Jsonl,
}

/// Which rows are wanted.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Words that a name in the row must hold, in any spelling that the record has of it; all of them.
    pub named: Vec<String>,
    /// Prepended to every row: column and value (`story`, its id).
    pub before: Option<(&'static str, String)>,
    /// Leave out the header of CSV, where other rows stand before.
    pub headless: bool,
}

/// A ledger of `record`.
pub fn render_view(record: &Record, view: View, form: TableForm, selection: &Selection) -> String {
    let collation = Collation::new(record);
    let rows: Vec<Row> = rows::rows(&collation, view)
        .into_iter()
        .filter(|row| row.names_all(&selection.named))
        .collect();
    match form {
        TableForm::Text(options) => table::text(&collation, view, &rows, options),
        TableForm::Csv(mode) => csv(view, &rows, mode, selection),
        TableForm::Jsonl => jsonl(view, &rows, selection),
    }
}

/// The cells of a row and the passage that shows it.
pub(crate) type CitedRow = (Vec<String>, Option<Citation>);

/// Columns for a person, and rows of them, each with the passage that shows it.
pub(crate) fn shown_rows(c: &Collation<'_>, view: View) -> (Vec<String>, Vec<CitedRow>) {
    let kept: Vec<usize> = (0..view.columns().len())
        .filter(|&n| !table::FOR_PROGRAMS.contains(&view.columns()[n].name))
        .collect();
    let columns = kept.iter().map(|&n| view.columns()[n].name.replace('_', " ")).collect();
    let rows = rows::rows(c, view).into_iter().map(|row| {
        let cells = kept.iter().map(|&n| table::shown_as(&row.cells[n])).collect();
        (cells, row.cited)
    });
    (columns, rows.collect())
}

/// Columns of every row behind its own: the passage that shows it.
const CITED: [&str; 4] = ["report", "start", "end", "quote"];

/// Names of the columns of a ledger as programs read it, behind that of `before`.
pub fn view_columns(view: View, before: Option<&'static str>) -> Vec<&'static str> {
    before.into_iter().chain(view.columns().iter().map(|c| c.name)).chain(CITED).collect()
}

/// The rows of a ledger of `record` as programs read it: the cells of [`view_columns`], lists joined.
pub fn view_rows(record: &Record, view: View, selection: &Selection) -> Vec<Vec<Value>> {
    let collation = Collation::new(record);
    let rows = rows::rows(&collation, view);
    let wanted = rows.into_iter().filter(|row| row.names_all(&selection.named));
    wanted.map(|row| cells(&row, selection)).collect()
}

fn cells(row: &Row, selection: &Selection) -> Vec<Value> {
    let mut cells: Vec<Value> = selection.before.iter().map(|b| json!(b.1)).collect();
    cells.extend(row.cells.iter().map(|cell| match cell {
        Value::Array(list) => json!(joined(list)),
        other => other.clone(),
    }));
    match &row.cited {
        Some(c) => cells.extend([json!(c.report), json!(c.start), json!(c.end), json!(c.quote)]),
        None => cells.extend([Value::Null, Value::Null, Value::Null, Value::Null]),
    }
    cells
}

fn csv(view: View, rows: &[Row], mode: CsvMode, selection: &Selection) -> String {
    let mut out = String::new();
    if !selection.headless {
        let names = view_columns(view, selection.before.as_ref().map(|b| b.0));
        let header: Vec<Value> = names.iter().map(|name| json!(name)).collect();
        out.push_str(csv_opening(mode));
        out.push_str(&csv_row(&header, mode));
    }
    rows.iter().for_each(|row| out.push_str(&csv_row(&cells(row, selection), mode)));
    out
}

fn jsonl(view: View, rows: &[Row], selection: &Selection) -> String {
    let mut out = String::new();
    for row in rows {
        let names = view.columns().iter().map(|c| c.name.to_owned());
        let mut object: Map<String, Value> = names.zip(row.cells.iter().cloned()).collect();
        if let Some((name, value)) = &selection.before {
            object.insert((*name).to_owned(), json!(value));
        }
        object.insert("evidence".to_owned(), json!(row.cited));
        let _ = writeln!(out, "{}", Value::Object(object));
    }
    out
}

fn joined(list: &[Value]) -> String {
    let texts = list.iter().map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned));
    texts.collect::<Vec<_>>().join("; ")
}

impl View {
    /// Heading in a terminal.
    fn heading(self) -> &'static str {
        match self {
            View::Consultations => "CONSULTATIONS",
            View::Accords => "ACCORDS",
            View::Mandates => "MANDATES",
            View::Offices => "OFFICES OVER TIME",
            View::Figures => "FIGURES",
            View::Timeline => "TIMELINE",
            View::Unnamed => "ONLY AN UNNAMED SOURCE SAYS SO",
            View::Names => "NAMES",
        }
    }

    fn columns(self) -> &'static [Column] {
        match self {
            View::Consultations => &columns::CONSULTATIONS,
            View::Accords => &columns::ACCORDS,
            View::Mandates => &columns::MANDATES,
            View::Offices => &columns::OFFICES,
            View::Figures => &columns::FIGURES,
            View::Timeline => &columns::TIMELINE,
            View::Unnamed => &columns::UNNAMED,
            View::Names => &columns::NAMES,
        }
    }
}
