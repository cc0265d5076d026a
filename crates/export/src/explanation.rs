//! The reasons of an event for a person, and the list of what got no code.

use serde_json::{Value, json};
use std::fmt::Write;
use variorum_model::{
    CodePoints, Decision, Explanation, ReadReport, Report, Span, Uncoded, citation,
};

/// Characters of a sentence that are shown at the most.
const SENTENCE: usize = 600;

/// Tells why event `number` (counted from 0) of a report is what it is: its words with their places, the
/// way of each party through the tree, the lexicon's lines, and what weighed in the models.
pub fn render_explanation(read: &ReadReport, number: usize, explanation: &Explanation) -> String {
    let report = &read.report;
    let points = CodePoints::new(&report.text);
    let event = &explanation.event;
    let mut out = String::new();
    let modality = format!("{:?}", event.modality).to_lowercase();
    let mode = if event.mode.is_empty() { String::new() } else { format!(":{}", event.mode) };
    let code =
        if event.cameo.is_empty() { String::new() } else { format!(", CAMEO {}", event.cameo) };
    let _ = writeln!(
        out,
        "{}:e{}  {}{mode}, {modality}{code}, confidence {:.2}",
        report.id,
        number + 1,
        event.kind.name(),
        event.confidence
    );
    let sentence = flat(explanation.sentence.of(&report.text));
    let _ = writeln!(out, "\n  {}\n", shortened(&sentence));
    let mut line = |what: &str, span: Span, more: &str| {
        let [start, end] = points.pair(span);
        let words = flat(span.of(&report.text));
        let _ = writeln!(out, "  {what:<10} [{start}:{end}] {words}{more}");
    };
    line("trigger", event.trigger, "");
    for party in &explanation.parties {
        line(party.side, party.span, &format!("\n             {}", party.path));
    }
    if let Some(place) = event.place {
        line("place", place, "");
    }
    if let Some(time) = event.time.and_then(|t| read.annotations.times.get(t as usize)) {
        line("time", time.span, &format!("  = {}", time.value));
    }
    for &span in &event.reported_by {
        line("told by", span, "");
    }
    let _ = writeln!(out, "\nRule {}", event.rule);
    for entry in &explanation.entries {
        let _ =
            writeln!(out, "  {}:{}  {}", entry.table, entry.line, entry.text.replace('\t', "  "));
    }
    if !explanation.decisions.is_empty() {
        let _ = writeln!(out, "\nModels (models/events.weights)");
    }
    for decision in &explanation.decisions {
        write_decision(&mut out, decision);
    }
    out
}

fn write_decision(out: &mut String, decision: &Decision) {
    let others: Vec<String> =
        decision.others.iter().map(|(name, chance)| format!("{name} {chance:.2}")).collect();
    let _ = writeln!(
        out,
        "  {}: {} {:.2} (else {})",
        decision.question,
        decision.answer,
        decision.chance,
        others.join(", ")
    );
    for (feature, weight) in &decision.weights {
        let _ = writeln!(out, "    {weight:+.2}  {feature}");
    }
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SENTENCE) {
        Some((end, _)) => format!("{} …", &text[..end]),
        None => text.to_owned(),
    }
}

/// One row for each phrase that got no code: `phrase`, `kind`, and where it and the two actors stand.
pub fn uncoded_rows(report: &Report, found: &[Uncoded]) -> Vec<Value> {
    let points = CodePoints::new(&report.text);
    let row = |u: &Uncoded| {
        json!({
            "report": report.id,
            "path": report.path,
            "phrase": u.phrase,
            "kind": u.kind,
            "at": citation(report, &points, u.span),
            "actor": citation(report, &points, u.actor),
            "recipient": citation(report, &points, u.recipient),
        })
    };
    found.iter().map(row).collect()
}
