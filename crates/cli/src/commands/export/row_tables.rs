//! Tables that are no ledgers: their columns and rows.

use crate::arguments::RowTable;
use serde_json::{Value, json};
use variorum_model::contract::Conflict;
use variorum_model::{CodePoints, ReadReport, Span};
use variorum_record::ReportLine;

/// Names of the columns of a table.
pub(super) fn columns(table: RowTable) -> &'static [&'static str] {
    match table {
        RowTable::Reports => {
            &["id", "path", "url", "title", "outlet", "first_day", "last_day", "language", "text"]
        }
        RowTable::Mentions => {
            &["report", "start", "end", "quote", "type", "country", "rule", "confidence"]
        }
        RowTable::Events => &[
            "report",
            "start",
            "end",
            "quote",
            "type",
            "mode",
            "cameo",
            "modality",
            "actors",
            "recipients",
            "place",
            "time",
            "earliest",
            "latest",
            "reported_by",
            "rule",
            "confidence",
        ],
        RowTable::Quotations => {
            &["report", "start", "end", "quote", "kind", "source", "speaker", "rule"]
        }
        RowTable::Figures => &[
            "report",
            "start",
            "end",
            "quote",
            "value",
            "bound",
            "low",
            "high",
            "unit",
            "measure",
            "attributed_to",
        ],
        RowTable::Conflicts => &[
            "story",
            "conflict",
            "kind",
            "about",
            "verdict",
            "value",
            "independent_sources",
            "according_to",
            "report",
            "start",
            "end",
            "quote",
        ],
        RowTable::Judgements => &[
            "number", "kind", "by", "on", "finding", "about", "reason", "undoes", "version",
            "subject", "value",
        ],
    }
}

/// The rows that one report has in a table.
pub(super) fn rows(table: RowTable, line: &ReportLine, read: &ReadReport) -> Vec<Vec<Value>> {
    let report = OneReport { line, read, points: CodePoints::new(&read.report.text) };
    match table {
        RowTable::Reports => vec![report.itself()],
        RowTable::Mentions => report.mentions(),
        RowTable::Events => report.events(),
        RowTable::Quotations => report.quotations(),
        RowTable::Figures => report.figures(),
        // These are of stories and of the record.
        RowTable::Conflicts | RowTable::Judgements => Vec::new(),
    }
}

struct OneReport<'r> {
    line: &'r ReportLine,
    read: &'r ReadReport,
    points: CodePoints<'r>,
}

impl OneReport<'_> {
    /// A row that begins with the passage it is about.
    fn cited(&self, span: Span, cells: Vec<Value>) -> Vec<Value> {
        let [start, end] = self.points.pair(span);
        let quote = span.of(&self.read.report.text);
        [vec![json!(self.line.id), json!(start), json!(end), json!(quote)], cells].concat()
    }

    fn words(&self, span: Option<Span>) -> Value {
        json!(span.map(|s| s.of(&self.read.report.text)))
    }

    fn several(&self, spans: &[Span]) -> Value {
        let words: Vec<&str> = spans.iter().map(|s| s.of(&self.read.report.text)).collect();
        json!(words.join("; "))
    }

    fn itself(&self) -> Vec<Value> {
        let line = self.line;
        vec![
            json!(line.id),
            json!(line.path),
            json!(line.url),
            json!(line.title),
            json!(line.outlet),
            json!(line.first_day),
            json!(line.last_day),
            json!(self.read.report.language),
            json!(self.read.report.text),
        ]
    }

    fn mentions(&self) -> Vec<Vec<Value>> {
        let mentions = self.read.annotations.mentions.iter();
        mentions
            .map(|m| {
                let cells =
                    vec![json!(m.kind), json!(m.country), json!(m.rule), json!(m.confidence)];
                self.cited(m.span, cells)
            })
            .collect()
    }

    fn events(&self) -> Vec<Vec<Value>> {
        let times = &self.read.annotations.times;
        let events = self.read.codings.events.iter();
        events
            .map(|e| {
                let time = e.time.and_then(|t| times.get(t as usize));
                let cells = vec![
                    json!(e.kind),
                    json!(e.mode),
                    json!(e.cameo),
                    json!(e.modality),
                    self.several(&e.actors),
                    self.several(&e.recipients),
                    self.words(e.place),
                    self.words(time.map(|t| t.span)),
                    json!(time.and_then(|t| t.earliest).map(|d| d.to_string())),
                    json!(time.and_then(|t| t.latest).map(|d| d.to_string())),
                    self.several(&e.reported_by),
                    json!(e.rule),
                    json!(e.confidence),
                ];
                self.cited(e.span, cells)
            })
            .collect()
    }

    fn quotations(&self) -> Vec<Vec<Value>> {
        let quotations = self.read.annotations.quotations.iter();
        quotations
            .map(|q| {
                let (source, speaker) = (self.words(q.source), self.words(q.speaker));
                self.cited(q.span, vec![json!(q.kind), source, speaker, json!(q.rule)])
            })
            .collect()
    }

    fn figures(&self) -> Vec<Vec<Value>> {
        let quantities = &self.read.annotations.quantities;
        let figures = self.read.codings.figures.iter();
        figures
            .filter_map(|f| {
                let q = quantities.get(f.quantity as usize)?;
                let cells = vec![
                    json!(q.value),
                    json!(q.bound),
                    json!(q.low),
                    json!(q.high),
                    json!(q.unit),
                    json!(q.measure),
                    self.several(&f.attributed_to),
                ];
                Some(self.cited(f.span, cells))
            })
            .collect()
    }
}

/// Readings of the differences of a story, one passage a row.
pub(super) fn conflict_rows(story: &str, conflicts: &[Conflict]) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for conflict in conflicts {
        for reading in &conflict.readings {
            for cited in &reading.evidence {
                rows.push(vec![
                    json!(story),
                    json!(conflict.id),
                    json!(conflict.kind),
                    json!(conflict.about),
                    json!(conflict.verdict),
                    json!(reading.value),
                    json!(reading.independent_sources),
                    json!(reading.according_to.join("; ")),
                    json!(cited.report),
                    json!(cited.start),
                    json!(cited.end),
                    json!(cited.quote),
                ]);
            }
        }
    }
    rows
}
