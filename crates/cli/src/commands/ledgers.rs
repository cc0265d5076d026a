//! Ledgers of a record as tables.

use crate::arguments::{Format, ViewOptions};
use anyhow::{Result, ensure};
use variorum_export::{TableForm, TerminalOptions};

/// Refuses forms that a ledger is not printed in.
pub(super) fn check(options: &ViewOptions) -> Result<()> {
    const FORMS: &str = "a ledger is printed as text, csv, jsonl or parquet";
    ensure!(!options.tei, "--tei: {FORMS}");
    let table = options.format.is_table() || matches!(options.format, Format::Text | Format::Json);
    ensure!(table, "--format: {FORMS}");
    Ok(())
}

/// The form asked for, of those that [`check`] lets pass; Parquet is written row by row.
pub(super) fn form(options: &ViewOptions, terminal: TerminalOptions) -> TableForm {
    match options.format {
        Format::Csv => TableForm::Csv(options.csv.mode),
        Format::Jsonl | Format::Json => TableForm::Jsonl,
        _ => TableForm::Text(terminal),
    }
}
