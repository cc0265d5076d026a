//! What training sees of the written sentences: JSON lines `{"id","text","events"}` of
//! `train/written_events.py` on standard input, JSON lines of sentences on standard output, spans in
//! code points. Words in a marked trigger come with all features.

use serde_json::{Value, json};
use std::io::{BufRead, Write};
use variorum_language::Language;
use variorum_model::Span;

/// Byte offset to code point, for every byte.
fn points(text: &str) -> Vec<usize> {
    let mut made = vec![0; text.len() + 1];
    for (n, (at, c)) in text.char_indices().enumerate() {
        for slot in &mut made[at..at + c.len_utf8()] {
            *slot = n;
        }
    }
    made[text.len()] = text.chars().count();
    made
}

fn main() -> std::io::Result<()> {
    let language = Language::load();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or("");
        let report = variorum_model::Report::of_lines(row["id"].as_str().unwrap_or(""), text);
        let points = points(text);
        let number = |v: &Value| v.as_u64().unwrap_or(0) as usize;
        let triggers: Vec<(usize, usize)> = row["events"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|e| (number(&e["trigger"][0]), number(&e["trigger"][1])))
            .collect();
        let at = |s: Span| (points[s.start as usize], points[s.end as usize]);
        let full = |s: Span| {
            let (from, to) = at(s);
            triggers.iter().any(|&(a, b)| from < b && a < to)
        };
        let parse = language.read(&report);
        let annotations = variorum_annotate::annotate(&report, &parse);
        let sentences = variorum_events::training_rows(&report, &parse, &annotations, &full);
        let sentences: Vec<Value> = sentences
            .iter()
            .map(|s| {
                let tokens: Vec<Value> =
                    s.tokens.iter().map(|(t, head)| json!([at(*t).0, at(*t).1, head])).collect();
                let candidates: Vec<Value> = s
                    .candidates
                    .iter()
                    .map(|c| {
                        let phrases: Vec<Value> = c
                            .phrases
                            .iter()
                            .map(|p| json!({"token": p.token, "plain": p.plain, "typed": p.typed}))
                            .collect();
                        json!({"token": c.token, "rule": c.rule.map(|k| k.name()), "converted": c.converted,
                            "sure": c.sure, "verb": c.verb, "act": c.act,
                            "reality": c.reality, "phrases": phrases})
                    })
                    .collect();
                let kept: Vec<Value> =
                    s.kept.iter().map(|(h, (a, b))| json!([h, a, b])).collect();
                json!({"tokens": tokens, "candidates": candidates, "kept": kept})
            })
            .collect();
        let row = json!({"id": row["id"], "events": row["events"], "sentences": sentences});
        writeln!(out, "{row}")?;
    }
    Ok(())
}
