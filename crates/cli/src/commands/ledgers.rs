//! Ledgers of a record as tables.

use crate::arguments::{CsvReader, LedgerView, RecordFormat, ViewOptions};
use anyhow::{Result, bail};
use variorum_export::{CsvMode, TableForm, TerminalOptions, View};

/// The ledger of that name.
pub(super) fn view(view: LedgerView) -> View {
    match view {
        LedgerView::Consultations => View::Consultations,
        LedgerView::Accords => View::Accords,
        LedgerView::Mandates => View::Mandates,
        LedgerView::Offices => View::Offices,
        LedgerView::Figures => View::Figures,
        LedgerView::Timeline => View::Timeline,
        LedgerView::Unnamed => View::Unnamed,
        LedgerView::Names => View::Names,
    }
}

/// For whom CSV is written.
pub(super) fn csv_mode(reader: CsvReader) -> CsvMode {
    match reader {
        CsvReader::Machine => CsvMode::Machine,
        CsvReader::Spreadsheet => CsvMode::Spreadsheet,
    }
}

/// The form asked for, where a table has it.
pub(super) fn form(options: &ViewOptions, terminal: TerminalOptions) -> Result<TableForm> {
    Ok(match options.format {
        _ if options.tei => bail!("--tei: a ledger is printed as text, csv, jsonl or parquet"),
        RecordFormat::Text => TableForm::Text(terminal),
        RecordFormat::Csv => TableForm::Csv(csv_mode(options.mode)),
        RecordFormat::Jsonl | RecordFormat::Json => TableForm::Jsonl,
        _ => bail!("--format: a ledger is printed as text, csv, jsonl or parquet"),
    })
}
