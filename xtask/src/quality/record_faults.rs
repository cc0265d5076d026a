//! What is wrong with the shape of a record: lists that are missing, facts without a span,
//! references that lead nowhere.

use std::collections::BTreeSet;

use serde_json::Value;

/// The lists every record has.
const LISTS: &[&str] = &[
    "reports",
    "actors",
    "places",
    "events",
    "accords",
    "figures",
    "times",
    "quotations",
    "agreements",
    "conflicts",
    "framing",
    "dependence",
    "stories",
];

/// Where each fact keeps its spans.
const SPANS: &[(&str, &str)] = &[
    ("actors", "mentions"),
    ("places", "mentions"),
    ("events", "mentions"),
    ("figures", "evidence"),
    ("times", "evidence"),
    ("quotations", "evidence"),
    ("agreements", "evidence"),
    ("dependence", "evidence"),
];

/// What is referred to by id: the list it stands in, the field that refers, the list referred to.
const REFERENCES: &[(&str, &str, &str)] = &[
    ("events", "actors", "actors"),
    ("events", "recipients", "actors"),
    ("events", "place", "places"),
    ("accords", "event", "events"),
    ("accords", "violations", "events"),
    ("conflicts", "event", "events"),
    ("quotations", "speaker", "actors"),
    ("agreements", "reports", "reports"),
    ("stories", "reports", "reports"),
    ("stories", "events", "events"),
    ("dependence", "report", "reports"),
];

/// Every fault of the record, one line each; `reports` is how many went in.
pub(crate) fn of(record: &Value, reports: usize) -> Vec<String> {
    let mut faults = Vec::new();
    if record["variorum"] != 1 {
        faults.push("variorum is not 1".to_owned());
    }
    for list in LISTS {
        if !record[*list].is_array() {
            faults.push(format!("{list} is no list"));
        }
    }
    let found = list(record, "reports").len();
    if found != reports {
        faults.push(format!("{found} reports of {reports}"));
    }
    for (name, field) in SPANS {
        faults.extend(unevidenced(list(record, name), name, field));
    }
    for name in ["conflicts", "framing"] {
        for item in list(record, name) {
            faults.extend(unevidenced(
                list(item, "readings"),
                &format!("{name} reading"),
                "evidence",
            ));
            if list(item, "readings").len() < 2 && name == "conflicts" {
                faults.push(format!("conflict {} has under two readings", item["id"]));
            }
        }
    }
    for (name, field, target) in REFERENCES {
        faults.extend(dangling(record, name, field, target));
    }
    faults
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

fn unevidenced(items: &[Value], name: &str, field: &str) -> Vec<String> {
    let none = |item: &&Value| match &item[field] {
        Value::Array(spans) => spans.is_empty() || !spans.iter().all(is_span),
        span => !is_span(span),
    };
    items.iter().filter(none).map(|item| format!("{name} {} has no span", item["id"])).collect()
}

fn is_span(value: &Value) -> bool {
    value["report"].is_string()
        && value["start"].as_u64() < value["end"].as_u64()
        && value["quote"].is_string()
}

fn dangling(record: &Value, name: &str, field: &str, target: &str) -> Vec<String> {
    let ids: BTreeSet<&str> =
        list(record, target).iter().filter_map(|item| item["id"].as_str()).collect();
    let mut faults = Vec::new();
    for item in list(record, name) {
        let one = std::slice::from_ref(&item[field]);
        let references = item[field].as_array().map_or(one, Vec::as_slice);
        for reference in references.iter().filter_map(Value::as_str) {
            if !ids.contains(reference) {
                faults.push(format!("{name} {} refers to no {target}: {reference}", item["id"]));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn record() -> Value {
        let span = json!({"report": "r1", "start": 1, "end": 3, "quote": "ab"});
        json!({
            "variorum": 1,
            "reports": [{"id": "r1"}],
            "actors": [{"id": "a1", "mentions": [span]}],
            "places": [], "accords": [], "figures": [{"id": "f1", "evidence": span}],
            "times": [{"id": "t1", "evidence": span}],
            "events": [{"id": "e1", "actors": ["a1"], "recipients": [], "place": null,
                        "mentions": [span]}],
            "quotations": [{"speaker": null, "evidence": span}],
            "agreements": [], "framing": [], "dependence": [],
            "conflicts": [{"id": "c1", "event": "e1",
                           "readings": [{"evidence": [span]}, {"evidence": [span]}]}],
            "stories": [{"id": "s1", "reports": ["r1"], "events": ["e1"]}],
        })
    }

    #[test]
    fn a_sound_record_has_no_fault() {
        assert_eq!(of(&record(), 1), Vec::<String>::new());
    }

    #[test]
    fn each_break_is_one_fault() {
        for (at, value, fault) in [
            ("/variorum", json!(2), "variorum is not 1"),
            ("/places", Value::Null, "places is no list"),
            ("/actors/0/mentions", json!([]), "actors \"a1\" has no span"),
            ("/figures/0/evidence/end", json!(1), "figures \"f1\" has no span"),
            ("/events/0/recipients", json!(["a7"]), "events \"e1\" refers to no actors: a7"),
            ("/events/0/place", json!("p1"), "events \"e1\" refers to no places: p1"),
            ("/conflicts/0/readings/1/evidence", json!([]), "conflicts reading null has no span"),
            ("/stories/0/reports/0", json!("r9"), "stories \"s1\" refers to no reports: r9"),
        ] {
            let mut record = record();
            *record.pointer_mut(at).unwrap() = value;
            assert_eq!(of(&record, 1), [fault], "{at}");
        }
        assert_eq!(of(&record(), 2), ["1 reports of 2"]);
    }
}
