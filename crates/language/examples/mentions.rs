//! Named mentions of rows `{"id","text"}` on standard input, as rows
//! `{"id","annotations":{"mentions":[{"start","end","type","head","title"}]}}` in code points.

use serde_json::{Value, json};
use std::io::{BufRead, Write};
use variorum_language::Language;
use variorum_model::{CodePoints, Span};

fn main() -> std::io::Result<()> {
    let language = Language::load();
    let out = std::io::stdout();
    let mut out = std::io::BufWriter::new(out.lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let Ok(row) = serde_json::from_str::<Value>(&line) else { continue };
        let text = row["text"].as_str().unwrap_or("");
        let parse = language.read_blocks(text, &[(Some(0), Span::new(0, text.len()))]);
        let points = CodePoints::new(text);
        let mentions: Vec<Value> = parse
            .names
            .iter()
            .map(|n| {
                let [start, end] = points.pair(n.span);
                json!({"start": start, "end": end, "type": n.kind, "head": [start, end],
                    "title": n.title.map(|t| points.pair(t)), "rule": n.rule, "confidence": n.confidence})
            })
            .collect();
        writeln!(out, "{}", json!({"id": row["id"], "annotations": {"mentions": mentions}}))?;
    }
    out.flush()
}
