//! Annotates JSONL rows `{"id","text"[,"published"]}` from standard input, taken as already clean,
//! and prints one contract row a line.

use std::io::{BufRead, Write};
use variorum_model::{Basis, Block, BlockKind, Codings, Published, Report, Span};

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

/// A report whose blocks are the paragraphs of `text`.
fn report(id: Option<String>, text: Option<String>, published: Option<String>) -> Report {
    let text = text.unwrap_or_default();
    let mark = if text.contains("\n\n") { "\n\n" } else { "\n" };
    let mut body = Vec::new();
    let mut start = 0;
    for piece in text.split(mark) {
        let trimmed = piece.trim();
        if !trimmed.is_empty() {
            let from = start + (piece.len() - piece.trim_start().len());
            let span = Span::new(from, from + trimmed.len());
            body.push(Block { kind: BlockKind::Paragraph, span });
        }
        start += piece.len() + mark.len();
    }
    let published = published.map(|value| {
        let day = value.get(..10).and_then(|d| d.parse().ok());
        Published { start: day, end: day, value, basis: Basis::Metadata, evidence: Vec::new() }
    });
    Report {
        id: id.unwrap_or_default(),
        path: String::new(),
        text,
        language: "en".into(),
        title: None,
        outlet: None,
        byline: None,
        dateline: None,
        published,
        url: None,
        body,
        removed: Vec::new(),
        source_map: Vec::new(),
        warnings: Vec::new(),
    }
}
