//! Codes rows that were parsed elsewhere, to compare parsers: JSON lines on standard input with
//! `id`, `text`, `title` (number of the block, or null), `tokens`
//! [[start, end, tag, lemma, 0, head, relation]], `sents` [[first, last, block]] and `ents`
//! [[start, end, label]], all offsets in bytes; annotated rows of the contract on standard output.

use serde_json::Value;
use std::io::{BufRead, Write};
use variorum_model::{
    Annotations, Mention, MentionKind, Parse, Sentence, Span, TimeExpression, TimeKind, Token,
    annotated_row,
};

fn number(v: &Value) -> usize {
    v.as_u64().unwrap_or(0) as usize
}

fn span(v: &Value) -> Span {
    Span::new(number(&v[0]), number(&v[1]))
}

fn list(v: &Value) -> &[Value] {
    v.as_array().map_or(&[], Vec::as_slice)
}

fn word(v: &Value) -> &str {
    v.as_str().unwrap_or("")
}

fn parse(row: &Value) -> Parse {
    let tokens = list(&row["tokens"]).iter().map(|t| Token {
        span: span(t),
        tag: word(&t[2]).into(),
        part: "X".into(),
        lemma: word(&t[3]).into(),
        head: number(&t[5]) as u32,
        relation: word(&t[6]).into(),
    });
    let tokens: Vec<Token> = tokens.collect();
    let sentences = list(&row["sents"]).iter().map(|s| {
        let (first, last) = (number(&s[0]), number(&s[1]));
        let block = (row["title"] != s[2]).then(|| number(&s[2]) as u32);
        Sentence {
            span: tokens[first].span.join(tokens[last - 1].span),
            first: first as u32,
            last: last as u32,
            block,
        }
    });
    Parse { sentences: sentences.collect(), tokens, names: Vec::new() }
}

fn annotations(row: &Value, parse: &Parse) -> Annotations {
    let mut made = Annotations {
        sentences: parse.sentences.iter().map(|s| s.span).collect(),
        ..Annotations::default()
    };
    for e in list(&row["ents"]) {
        let kind = match word(&e[2]) {
            "PERSON" => MentionKind::Person,
            "ORG" => MentionKind::Organization,
            "NORP" => MentionKind::Group,
            "GPE" | "LOC" => MentionKind::Place,
            "FAC" => MentionKind::Facility,
            "EVENT" => MentionKind::Event,
            "DATE" | "TIME" => {
                made.times.push(TimeExpression {
                    span: span(e),
                    kind: TimeKind::Date,
                    value: String::new(),
                    earliest: None,
                    latest: None,
                    anchor: "none",
                    rule: "given",
                    confidence: 1.0,
                });
                continue;
            }
            _ => continue,
        };
        made.mentions.push(Mention {
            span: span(e),
            kind,
            head: span(e),
            government: false,
            title: None,
            country: None,
            rule: "given",
            confidence: 1.0,
        });
    }
    made
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let (report, parse) =
            (variorum_model::Report::of_lines(word(&row["id"]), word(&row["text"])), parse(&row));
        let annotations = annotations(&row, &parse);
        let codings = variorum_events::code(&report, &parse, &annotations);
        writeln!(out, "{}", annotated_row(&report, &annotations, &codings))?;
    }
    Ok(())
}
