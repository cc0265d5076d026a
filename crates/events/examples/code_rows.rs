//! Codes rows of text, to score the coder: JSON lines `{"id","text"[,"published"]}` on standard
//! input, annotated rows of the contract on standard output.

mod rows;

use serde_json::Value;
use std::io::{BufRead, Write};
use variorum_language::Language;
use variorum_model::{Basis, Published, annotated_row};

fn main() -> std::io::Result<()> {
    let language = Language::load();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let word = |key: &str| row[key].as_str().unwrap_or("").to_owned();
        let mut report = rows::report(&word("id"), &word("text"));
        let day = word("published").get(..10).and_then(|d| d.parse().ok());
        report.published = day.map(|day| Published {
            start: Some(day),
            end: Some(day),
            value: word("published"),
            basis: Basis::Metadata,
            evidence: Vec::new(),
        });
        let parse = language.read(&report);
        let annotations = variorum_annotate::annotate(&report, &parse);
        let codings = variorum_events::code(&report, &parse, &annotations);
        writeln!(out, "{}", annotated_row(&report, &annotations, &codings))?;
    }
    Ok(())
}
