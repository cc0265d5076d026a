//! Rows as CSV (RFC 4180): for programs, or for a spreadsheet.

use serde_json::Value;

/// For whom rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
pub enum CsvMode {
    /// Every cell as it is.
    Machine,
    /// No cell is taken for a formula, none is longer than a sheet holds, and the encoding is told.
    Spreadsheet,
}

/// Characters that a spreadsheet holds in one cell.
const CELL: usize = 32_767;
/// What a cell that was cut ends with.
const CUT: &str = " [cut]";
/// With these, wide or not, a spreadsheet begins a formula.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// What stands before the first row.
pub fn csv_opening(mode: CsvMode) -> &'static str {
    match mode {
        CsvMode::Machine => "",
        CsvMode::Spreadsheet => "\u{feff}",
    }
}

/// One row with its line end. `null` is an empty cell; lists and objects are written as JSON.
pub fn csv_row(cells: &[Value], mode: CsvMode) -> String {
    let mut row = String::new();
    for (n, cell) in cells.iter().enumerate() {
        if n > 0 {
            row.push(',');
        }
        let text = match cell {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let text = match mode {
            CsvMode::Machine => text,
            CsvMode::Spreadsheet => defused(text, cell.is_number()),
        };
        if text.contains([',', '"', '\n', '\r']) || text.starts_with(' ') || text.ends_with(' ') {
            row.push('"');
            row.push_str(&text.replace('"', "\"\""));
            row.push('"');
        } else {
            row.push_str(&text);
        }
    }
    row.push_str("\r\n");
    row
}

/// A text that a spreadsheet shows and does not run: an apostrophe goes before what could begin a formula, also
/// behind blanks, which some programs cut off.
fn defused(text: String, number: bool) -> String {
    let mut text: String =
        text.chars().filter(|&c| !c.is_control() || matches!(c, '\n' | '\t' | '\r')).collect();
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}');
    let begins = text.trim_start_matches(blank).starts_with(FORMULA);
    if !number && (begins || text.starts_with(['\t', '\r', '\n'])) {
        text.insert(0, '\'');
    }
    if text.chars().nth(CELL).is_some() {
        text = text.chars().take(CELL - CUT.len()).collect();
        text.push_str(CUT);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn cells() {
        for (cell, machine, spreadsheet) in [
            (json!("plain"), "plain", "plain"),
            (json!("a, b"), "\"a, b\"", "\"a, b\""),
            (json!("say \"no\""), "\"say \"\"no\"\"\"", "\"say \"\"no\"\"\""),
            (json!("=HYPERLINK(1)"), "=HYPERLINK(1)", "'=HYPERLINK(1)"),
            (json!("+1 more"), "+1 more", "'+1 more"),
            (json!("-2"), "-2", "'-2"),
            (json!(-2), "-2", "-2"),
            (json!("@home"), "@home", "'@home"),
            (json!("\u{a0} =1"), "\u{a0} =1", "'\u{a0} =1"),
            (json!("\u{ff1d}1"), "\u{ff1d}1", "'\u{ff1d}1"),
            (json!("\tx"), "\tx", "'\tx"),
            (json!("two\nlines"), "\"two\nlines\"", "\"two\nlines\""),
            (json!("bell\u{7}"), "bell\u{7}", "bell"),
            (json!(null), "", ""),
            (json!(["a", 1]), "\"[\"\"a\"\",1]\"", "\"[\"\"a\"\",1]\""),
        ] {
            let row = |mode| csv_row(std::slice::from_ref(&cell), mode);
            assert_eq!(row(CsvMode::Machine), format!("{machine}\r\n"), "{cell}");
            assert_eq!(row(CsvMode::Spreadsheet), format!("{spreadsheet}\r\n"), "{cell}");
        }
        let long = csv_row(&[json!("x".repeat(40_000))], CsvMode::Spreadsheet);
        assert_eq!(long.len(), CELL + 2);
        assert!(long.ends_with(" [cut]\r\n"));
    }
}
