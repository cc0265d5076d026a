//! Annotates JSONL rows `{"id","text"[,"published"]}` from standard input, taken as already clean,
//! and prints one contract row a line.

use std::io::{BufRead, Write};
use variorum_model::{Basis, Codings, Published, Report};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let language = variorum_language::Language::load();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let field = |name: &str| row[name].as_str().map(str::to_owned);
        let report = report(field("id"), field("text"), field("published"));
        let parse = language.read(&report);
        let annotations = variorum_annotate::annotate(&report, &parse);
        let row = variorum_model::annotated_row(&report, &annotations, &Codings::default());
        writeln!(out, "{row}")?;
    }
    Ok(())
}

/// A report of a row's lines.
fn report(id: Option<String>, text: Option<String>, published: Option<String>) -> Report {
    let published = published.map(|value| {
        let day = value.get(..10).and_then(|d| d.parse().ok());
        Published {
            start: day,
            end: day,
            value,
            basis: Basis::Metadata,
            evidence: Vec::new(),
            steps: Vec::new(),
        }
    });
    Report { published, ..Report::of_lines(&id.unwrap_or_default(), &text.unwrap_or_default()) }
}
