//! Codes rows of text, to score the coder: JSON lines `{"id","text"[,"published"]}` on standard
//! input, annotated rows of the contract on standard output, with accords, mandates and figures.

use serde_json::{Value, json};
use std::io::{BufRead, Write};
use variorum_language::Language;
use variorum_model::{Basis, Published, Span, annotated_row};

fn main() -> std::io::Result<()> {
    let language = Language::load();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let word = |key: &str| row[key].as_str().unwrap_or("").to_owned();
        let mut report = variorum_model::Report::of_lines(&word("id"), &word("text"));
        let day = word("published").get(..10).and_then(|d| d.parse().ok());
        report.published = day.map(|day| Published::on(day, Basis::Metadata));
        let parse = language.read(&report);
        let annotations = variorum_annotate::annotate(&report, &parse);
        let codings = variorum_events::code(&report, &parse, &annotations);
        let mut coded = annotated_row(&report, &annotations, &codings);
        let words =
            |spans: &[Span]| -> Vec<&str> { spans.iter().map(|s| s.of(&report.text)).collect() };
        coded["accords"] = Value::from_iter(codings.accords.iter().map(|a| {
            json!({"kind": a.kind, "event": a.event, "brokers": words(&a.brokers),
                "parties": words(&a.parties), "exempt": words(&a.exempt),
                "status": words(&a.status), "in_force": a.in_force, "breaches": a.breaches})
        }));
        coded["mandates"] = Value::from_iter(codings.mandates.iter().map(|m| {
            let word = |s: Option<Span>| s.map(|s| s.of(&report.text));
            json!({"task": m.span.of(&report.text), "holder": word(m.holder),
                "giver": word(m.giver), "scope": word(m.scope)})
        }));
        coded["figures"] = Value::from_iter(codings.figures.iter().map(|f| {
            json!({"figure": f.span.of(&report.text), "by": words(&f.attributed_to),
                "event": f.event, "place": f.place.map(|s| s.of(&report.text))})
        }));
        writeln!(out, "{coded}")?;
    }
    Ok(())
}
