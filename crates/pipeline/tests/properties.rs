//! Invariants 1 to 3 on arbitrary Unicode, through every stage.

use proptest::prelude::*;
use serde_json::Value;
use std::sync::LazyLock;
use variorum_model::contract::Record;
use variorum_model::{RawReport, ReadReport, SourceForm, annotated_row};
use variorum_pipeline::Pipeline;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(Pipeline::load);

fn raw(id: usize, form: SourceForm, text: &str) -> RawReport {
    RawReport {
        id: format!("r{id}"),
        path: format!("r{id}.txt"),
        form,
        text: text.to_owned(),
        url: None,
        title: None,
        outlet: Some(format!("Outlet {id}")),
        published: Some("2019-03-09".to_owned()),
        warnings: Vec::new(),
    }
}

/// Pieces of wires with everything between them that a file may hold.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("President Omar Haddad met Ivan Petrov in Vienna on Monday. ".to_owned()),
        Just("“At least 12 people were killed,” a ministry spokesman said.".to_owned()),
        Just("Gunmen attacked the town of Rawa on March 9, killing 3,100 civilians, Reuters reported."
            .to_owned()),
        Just("\r\n\r\n".to_owned()),
        Just("\u{a0}\u{a0} \u{a0}\n".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("e\u{301}\u{302}\u{1f1f8}\u{1f1fe}\u{1f600}\u{200d}".to_owned()),
        Just("\u{fffd}\u{0}\u{202e}Тегеран\u{2028}".to_owned()),
        Just("string(5) \"abcde\"\n".to_owned()),
        "\\PC{0,40}",
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// `[start, end]` pairs and objects with `start` and `end` stay inside the text and run forwards.
fn assert_spans(row: &Value, length: usize) -> Result<(), TestCaseError> {
    let mut queue = vec![row];
    while let Some(value) = queue.pop() {
        match value {
            Value::Object(map) => {
                if let (Some(a), Some(b)) = (
                    map.get("start").and_then(Value::as_u64),
                    map.get("end").and_then(Value::as_u64),
                ) {
                    prop_assert!(a <= b && b as usize <= length, "{a}..{b} of {length}");
                }
                queue.extend(map.values());
            }
            Value::Array(items) => queue.extend(items),
            _ => {}
        }
    }
    Ok(())
}

/// Every citation of a record is a slice of its report.
fn assert_citations(record: &Record) -> Result<(), TestCaseError> {
    let value = serde_json::to_value(record).expect("a record is JSON");
    let mut queue = vec![&value];
    while let Some(value) = queue.pop() {
        match value {
            Value::Object(map) => {
                if let (Some(id), Some(quote)) = (
                    map.get("report").and_then(Value::as_str),
                    map.get("quote").and_then(Value::as_str),
                ) {
                    let report = record.reports.iter().find(|r| r["id"] == id);
                    let text = report.and_then(|r| r["text"].as_str()).unwrap_or_default();
                    let at = |k: &str| map[k].as_u64().unwrap_or_default() as usize;
                    let cut: String =
                        text.chars().skip(at("start")).take(at("end") - at("start")).collect();
                    prop_assert_eq!(&cut, quote);
                }
                queue.extend(map.values());
            }
            Value::Array(items) => queue.extend(items),
            _ => {}
        }
    }
    Ok(())
}

fn read(reports: &[RawReport]) -> Vec<ReadReport> {
    reports.iter().filter_map(|r| PIPELINE.read(r).ok()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn spans_hold_on_arbitrary_text(text in text(), clean in any::<bool>()) {
        let form = if clean { SourceForm::CleanText } else { SourceForm::PlainText };
        let report = raw(0, form, &text);
        let read = PIPELINE.read(&report).expect("plain text is never turned away");
        prop_assert_eq!(&read.report.text, &text, "the text is the file");
        let row = annotated_row(&read.report, &read.annotations, &read.codings);
        assert_spans(&row, text.chars().count())?;
    }

    #[test]
    fn records_hold_in_any_order(texts in prop::collection::vec(text(), 1..4)) {
        let mut reports: Vec<RawReport> = texts
            .iter()
            .enumerate()
            .map(|(i, t)| raw(i, SourceForm::PlainText, t))
            .collect();
        let first = PIPELINE.record(read(&reports), &[]);
        assert_citations(&first)?;
        reports.reverse();
        let second = PIPELINE.record(read(&reports), &[]);
        prop_assert_eq!(
            serde_json::to_string(&first).expect("JSON"),
            serde_json::to_string(&second).expect("JSON")
        );
    }
}
