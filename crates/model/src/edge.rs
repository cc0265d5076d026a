//! From byte spans inside to code points and quotes outside.

use crate::contract::Citation;
use crate::ledger::json_number;
use crate::{Annotations, BlockKind, Codings, DatingStep, DayBounds, Report, Span};
use serde_json::{Map, Value, json};

/// Byte offset to code point offset for one text, in constant time per look-up.
///
/// Keeps the number of code points before every 64th byte and counts the rest.
#[derive(Debug, Clone)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points before byte `64 * i`; empty when the text is ASCII.
    steps: Vec<u32>,
}

const STEP: usize = 64;

impl<'t> CodePoints<'t> {
    /// Indexes `text`.
    pub fn new(text: &'t str) -> CodePoints<'t> {
        let mut steps = Vec::new();
        if !text.is_ascii() {
            let mut seen = 0u32;
            for chunk in text.as_bytes().chunks(STEP) {
                steps.push(seen);
                seen += chunk.iter().filter(|b| is_char_start(**b)).count() as u32;
            }
            steps.push(seen);
        }
        CodePoints { text, steps }
    }

    /// Number of code points before byte `at`, which lies on a character boundary.
    pub fn at(&self, at: usize) -> usize {
        if self.steps.is_empty() {
            return at;
        }
        let step = at / STEP;
        let rest = &self.text.as_bytes()[step * STEP..at];
        self.steps[step] as usize + rest.iter().filter(|b| is_char_start(**b)).count()
    }

    /// `[start, end]` in code points.
    pub fn pair(&self, span: Span) -> [usize; 2] {
        [self.at(span.from()), self.at(span.to())]
    }
}

fn is_char_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// The citation of `span` in `report`, whose text `points` indexes.
pub fn citation(report: &Report, points: &CodePoints<'_>, span: Span) -> Citation {
    let [start, end] = points.pair(span);
    Citation { report: report.id.clone(), start, end, quote: span.of(&report.text).to_owned() }
}

/// A report as one row of the contract.
pub fn report_row(report: &Report) -> Value {
    let points = CodePoints::new(&report.text);
    let cite = |span: Option<Span>| span.map(|s| citation(report, &points, s));
    let mut row = json!({
        "id": report.id,
        "path": report.path,
        "url": report.url,
        "text": report.text,
        "language": report.language,
        "title": report.title.as_ref().map(|t| json!({"value": t.value, "span": cite(t.span)})),
        "outlet": report.outlet.as_ref().map(|o| json!({
            "name": o.name, "basis": o.basis, "span": cite(o.span)})),
        "byline": report.byline.as_ref().map(|b| json!({
            "authors": b.authors, "span": cite(b.span)})),
        "dateline": report.dateline.as_ref().map(|d| json!({
            "places": d.places, "agency": d.agency, "span": cite(Some(d.span))})),
        "published": report.published.as_ref().map(|p| json!({
            "start": p.start.map(|d| d.to_string()),
            "end": p.end.map(|d| d.to_string()),
            "value": p.value,
            "basis": p.basis,
            "evidence": p.evidence.iter().map(|&s| citation(report, &points, s)).collect::<Vec<_>>(),
            "steps": p.steps.iter().map(|s| step_row(report, &points, s)).collect::<Vec<_>>(),
        })),
        "body": report.body.iter().map(|b| {
            let [start, end] = points.pair(b.span);
            let kind = match b.kind {
                BlockKind::Paragraph => "paragraph",
                BlockKind::Heading => "heading",
                BlockKind::Caption => "caption",
            };
            json!({"kind": kind, "start": start, "end": end})
        }).collect::<Vec<_>>(),
        "removed": report.removed.iter().map(|r| {
            let [start, end] = points.pair(r.span);
            let mut row = json!({"kind": r.kind, "start": start, "end": end});
            if let Some((from, to)) = r.source {
                row["source"] = json!([from, to]);
            }
            row
        }).collect::<Vec<_>>(),
        "source_map": source_map_row(report),
        "warnings": report.warnings,
    });
    if !report.entries.is_empty() {
        row["entries"] = report
            .entries
            .iter()
            .map(|e| {
                let [start, end] = points.pair(e.span);
                json!({"start": start, "end": end, "published": e.published})
            })
            .collect();
    }
    row
}

/// One step on the way to a day of publication: its own words first, then those of other reports.
fn step_row(report: &Report, points: &CodePoints<'_>, step: &DatingStep) -> Value {
    let own = step.evidence.iter().map(|&span| citation(report, points, span));
    json!({
        "rule": step.rule,
        "start": step.start.map(|d| d.to_string()),
        "end": step.end.map(|d| d.to_string()),
        "evidence": own.chain(step.others.iter().cloned()).collect::<Vec<_>>(),
    })
}

/// The map from article text to page, both in bytes: article text is ours, so bytes are safe there,
/// and the page's bytes are what an archive holds.
fn source_map_row(report: &Report) -> Value {
    if report.source_map.is_empty() {
        return Value::Null;
    }
    Value::from(report.source_map.iter().map(|&(a, b, n)| json!([a, b, n])).collect::<Vec<_>>())
}

/// A report with its annotations as one row of the contract.
pub fn annotated_row(report: &Report, annotations: &Annotations, codings: &Codings) -> Value {
    let mut row = report_row(report);
    let points = CodePoints::new(&report.text);
    if let Some(map) = row.as_object_mut() {
        map.insert("annotations".to_owned(), annotations_value(&points, annotations, codings));
    }
    row
}

fn annotations_value(points: &CodePoints<'_>, a: &Annotations, c: &Codings) -> Value {
    let pair = |s: Span| json!(points.pair(s));
    let pairs = |v: &[Span]| Value::from(v.iter().map(|&s| pair(s)).collect::<Vec<_>>());
    let rows = |v: Vec<Value>| Value::from(v);
    json!({
        "sentences": pairs(&a.sentences),
        "mentions": rows(a.mentions.iter().enumerate().map(|(i, m)| {
            let mut row = spanned(points, m.span);
            row.insert("type".into(), json!(m.kind));
            row.insert("head".into(), pair(m.head));
            if m.government {
                row.insert("role".into(), json!("government"));
            }
            if let Some(title) = m.title {
                row.insert("title".into(), pair(title));
            }
            row.insert("country".into(), json!(m.country));
            row.insert("entity".into(), json!(a.entities.get(i).copied().unwrap_or(i as u32)));
            row.insert("confidence".into(), json!(m.confidence));
            row.insert("rule".into(), json!(m.rule));
            Value::Object(row)
        }).collect()),
        "times": rows(a.times.iter().map(|t| {
            let mut row = spanned(points, t.span);
            row.insert("type".into(), json!(t.kind));
            row.insert("value".into(), json!(t.value));
            row.insert("earliest".into(), json!(t.earliest.map(|d| d.to_string())));
            row.insert("latest".into(), json!(t.latest.map(|d| d.to_string())));
            row.insert("anchor".into(), json!(t.anchor));
            row.insert("confidence".into(), json!(t.confidence));
            row.insert("rule".into(), json!(t.rule));
            Value::Object(row)
        }).collect()),
        "quantities": rows(a.quantities.iter().map(|q| {
            let mut row = spanned(points, q.span);
            row.insert("value".into(), json_number(q.value));
            row.insert("bound".into(), json!(q.bound));
            row.insert("low".into(), q.low.map_or(Value::Null, json_number));
            row.insert("high".into(), q.high.map_or(Value::Null, json_number));
            row.insert("unit".into(), json!(q.unit));
            row.insert("measure".into(), json!(q.measure));
            row.insert("of".into(), q.of.map_or(Value::Null, pair));
            if let Some(d) = q.derived {
                let whole = pair(d.whole);
                let value = json_number(d.value);
                let derived = json!({"value": value, "bound": d.bound, "whole": whole});
                row.insert("derived".into(), derived);
            }
            row.insert("confidence".into(), json!(q.confidence));
            row.insert("rule".into(), json!(q.rule));
            Value::Object(row)
        }).collect()),
        "quotations": rows(a.quotations.iter().map(|q| {
            let mut row = spanned(points, q.span);
            row.insert("kind".into(), json!(q.kind));
            row.insert("cue".into(), q.cue.map_or(Value::Null, pair));
            row.insert("source".into(), q.source.map_or(Value::Null, pair));
            row.insert("speaker".into(), q.speaker.map_or(Value::Null, pair));
            row.insert("anonymous".into(), json!(q.anonymous));
            row.insert("stance".into(), json!(q.stance));
            row.insert("confidence".into(), json!(q.confidence));
            row.insert("rule".into(), json!(q.rule));
            Value::Object(row)
        }).collect()),
        "offices": rows(a.offices.iter().map(|o| {
            let mut row = spanned(points, o.span);
            row.insert("title".into(), json!(o.title));
            row.insert("body".into(), o.body.map_or(Value::Null, pair));
            row.insert("country".into(), json!(o.country));
            row.insert("holder".into(), o.holder.map_or(Value::Null, pair));
            row.insert("standing".into(), json!(o.standing));
            row.insert("from".into(), o.from.map_or(Value::Null, |d| days_value(points, d)));
            row.insert("to".into(), o.to.map_or(Value::Null, |d| days_value(points, d)));
            row.insert("change".into(), o.change.map_or(Value::Null, |c| {
                json!({"kind": c.kind, "cue": pair(c.cue)})
            }));
            row.insert("confidence".into(), json!(o.confidence));
            row.insert("rule".into(), json!(o.rule));
            Value::Object(row)
        }).collect()),
        "coreferences": rows(a.coreferences.iter().map(|r| {
            let mut row = spanned(points, r.span);
            let names = r.antecedents.iter().filter_map(|&i| a.mentions.get(i as usize));
            row.insert("refers_to".into(), names.map(|m| pair(m.span)).collect());
            row.insert("rule".into(), json!(r.rule));
            Value::Object(row)
        }).collect()),
        "events": rows(c.events.iter().enumerate().map(|(n, e)| {
            let mut row = spanned(points, e.span);
            row.insert("id".into(), json!(format!("e{}", n + 1)));
            row.insert("type".into(), json!(e.kind));
            row.insert("mode".into(), json!(e.mode));
            row.insert("contexts".into(), json!(e.contexts));
            row.insert("cameo".into(), json!(e.cameo));
            row.insert("modality".into(), json!(e.modality));
            row.insert("trigger".into(), pair(e.trigger));
            row.insert("actors".into(), pairs(&e.actors));
            row.insert("recipients".into(), pairs(&e.recipients));
            row.insert("place".into(), e.place.map_or(Value::Null, pair));
            let time = e.time.and_then(|t| a.times.get(t as usize));
            row.insert("time".into(), time.map_or(Value::Null, |t| pair(t.span)));
            row.insert("reported_by".into(), pairs(&e.reported_by));
            row.insert("agenda".into(), e.agenda.map_or(Value::Null, pair));
            row.insert("confidence".into(), json!(e.confidence));
            row.insert("rule".into(), json!(e.rule));
            Value::Object(row)
        }).collect()),
    })
}

fn days_value(points: &CodePoints<'_>, days: DayBounds) -> Value {
    json!({
        "earliest": days.earliest.map(|d| d.to_string()),
        "latest": days.latest.map(|d| d.to_string()),
        "evidence": days.evidence.map(|s| points.pair(s)),
    })
}

fn spanned(points: &CodePoints<'_>, span: Span) -> Map<String, Value> {
    let [start, end] = points.pair(span);
    let mut row = Map::new();
    row.insert("start".into(), json!(start));
    row.insert("end".into(), json!(end));
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_are_counted_past_every_kind_of_character() {
        for text in ["", "plain", "Iran’s", "a\u{a0}b", "e\u{301}\u{1f600}x", &"ü".repeat(200)] {
            let points = CodePoints::new(text);
            for (chars, (bytes, _)) in text.char_indices().enumerate() {
                assert_eq!(points.at(bytes), chars, "{text:?} at {bytes}");
            }
            assert_eq!(points.at(text.len()), text.chars().count());
        }
    }

    #[test]
    fn whole_numbers_keep_no_fraction() {
        assert_eq!(json_number(400_000.0).to_string(), "400000");
        assert_eq!(json_number(0.5).to_string(), "0.5");
    }
}
