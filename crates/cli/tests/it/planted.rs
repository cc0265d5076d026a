//! What is planted in the examples: what must come out, and what must not.

use crate::running::{citations, example, record, root, rows, slice};
use serde_json::Value;
use toml::Table;

const CLUSTERS: [&str; 2] = ["harbour-talks", "market-blast"];

fn expected(cluster: &str) -> Table {
    let path = root().join("examples/expected").join(format!("{cluster}.toml"));
    std::fs::read_to_string(path).expect("the list").parse().expect("TOML")
}

fn entries<'t>(table: &'t Table, key: &str) -> Vec<&'t Table> {
    let list = table.get(key).and_then(toml::Value::as_array);
    list.into_iter().flatten().filter_map(toml::Value::as_table).collect()
}

fn string<'t>(table: &'t Table, key: &str) -> &'t str {
    table.get(key).and_then(toml::Value::as_str).unwrap_or_default()
}

/// White space folded, as a page lays it out.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The report of a file.
fn report<'r>(record: &'r Value, file: &str) -> &'r Value {
    record["reports"]
        .as_array()
        .expect("reports")
        .iter()
        .find(|r| r["path"].as_str().is_some_and(|p| p.contains(file)))
        .unwrap_or_else(|| panic!("no report of {file}"))
}

fn blocks(report: &Value, kinds: &[&str]) -> String {
    let text = report["text"].as_str().expect("a text");
    let body = report["body"].as_array().expect("blocks");
    body.iter()
        .filter(|b| kinds.contains(&b["kind"].as_str().unwrap_or_default()))
        .map(|b| {
            let at = |k: &str| b[k].as_u64().expect("an offset") as usize;
            slice(text, at("start"), at("end"))
        })
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn titles_outlets_and_days() {
    for cluster in CLUSTERS {
        let record = record(&example(cluster));
        for want in entries(&expected(cluster), "report") {
            let file = string(want, "file");
            let got = report(&record, file);
            assert_eq!(got["title"]["value"].as_str().unwrap_or_default(), string(want, "title"));
            let outlet = want.get("outlet").and_then(toml::Value::as_table);
            if let Some(outlet) = outlet.filter(|o| string(o, "basis") != "none") {
                let name = got["outlet"]["name"].as_str().unwrap_or_default();
                assert_eq!(name, string(outlet, "name"), "{file}");
            }
            let published = want.get("published").and_then(toml::Value::as_table);
            if let Some(day) = published.filter(|p| string(p, "basis") != "inferred") {
                assert_eq!(
                    got["published"]["start"].as_str().unwrap_or_default(),
                    string(day, "start"),
                    "{file}"
                );
                assert_eq!(
                    got["published"]["end"].as_str().unwrap_or_default(),
                    string(day, "end"),
                    "{file}"
                );
            }
        }
    }
}

#[test]
fn debris_stays_out_of_the_body_and_of_the_record() {
    for cluster in CLUSTERS {
        let record = record(&example(cluster));
        for never in entries(&expected(cluster), "never") {
            let file = string(never, "file");
            let body = folded(&blocks(report(&record, file), &["paragraph", "heading", "caption"]));
            let strings = never.get("strings").or(never.get("string"));
            let list: Vec<&str> = match strings {
                Some(toml::Value::Array(all)) => {
                    all.iter().filter_map(toml::Value::as_str).collect()
                }
                Some(toml::Value::String(one)) => vec![one],
                _ => Vec::new(),
            };
            assert!(!list.is_empty(), "{file}: an entry without strings");
            for debris in list {
                assert!(!body.contains(&folded(debris)), "{file}: {debris:?} stands in the body");
            }
        }
        // Nothing is cited from what was removed.
        for cited in citations(&record) {
            let id = cited["report"].as_str().expect("an id");
            let at = |v: &Value, k: &str| v[k].as_u64().expect("an offset");
            let list = record["reports"].as_array().expect("reports");
            let home = list.iter().find(|r| r["id"] == id).expect("its report");
            let evidence_of_report = citations(home).contains(&cited);
            for removed in home["removed"].as_array().expect("removed") {
                let apart = at(cited, "end") <= at(removed, "start")
                    || at(cited, "start") >= at(removed, "end");
                assert!(apart || evidence_of_report || is_credit(&record, cited), "{cited}");
            }
        }
    }
}

/// A sign-off or date line is debris, and still the evidence of who is credited and when.
fn is_credit(record: &Value, cited: &Value) -> bool {
    citations(&record["dependence"]).contains(&cited)
        || record["reports"]
            .as_array()
            .expect("reports")
            .iter()
            .any(|r| citations(r).contains(&cited))
}

#[test]
fn captions_and_headings_are_no_paragraphs() {
    for cluster in CLUSTERS {
        let rows = rows("clean", &example(cluster));
        let record = serde_json::json!({ "reports": rows });
        for (key, kind) in [("caption", "caption"), ("heading", "heading")] {
            for entry in entries(&expected(cluster), key) {
                let row = report(&record, string(entry, "file"));
                let words = folded(string(entry, "text"));
                assert!(!folded(&blocks(row, &["paragraph"])).contains(&words), "{words:?}");
                if kind == "heading" {
                    assert!(folded(&blocks(row, &[kind])).contains(&words), "{words:?}");
                }
            }
        }
    }
}

/// Plans, denials and allegations are kept, but no event that rests on their words alone is told as
/// having happened.
#[test]
fn invariant_05_plans_denials_and_allegations_are_no_happenings() {
    for cluster in CLUSTERS {
        let record = record(&example(cluster));
        let expected = expected(cluster);
        let mut checked = 0;
        for key in ["planned", "denial", "allegation"] {
            for entry in entries(&expected, key) {
                let sources: Vec<&Table> = match entry.get("evidence").or(entry.get("reading")) {
                    Some(toml::Value::Array(all)) => {
                        all.iter().filter_map(toml::Value::as_table).collect()
                    }
                    _ => vec![entry],
                };
                for source in sources {
                    checked += 1;
                    no_happening(&record, cluster, key, source);
                }
            }
        }
        assert!(checked > 3, "{cluster}: only {checked} passages were found in the list");
    }
}

fn no_happening(record: &Value, cluster: &str, key: &str, source: &Table) {
    let (file, quote) = (string(source, "file"), folded(string(source, "quote")));
    let home = report(record, file);
    for event in record["events"].as_array().expect("events") {
        // What is said, asked or refused did happen; what it is about did not.
        if matches!(
            event["type"].as_str().expect("a type"),
            "STATEMENT" | "REJECT" | "ACCUSE" | "REQUEST" | "AGREE" | "SUPPORT" | "THREATEN"
        ) {
            continue;
        }
        for telling in event["mentions"].as_array().expect("mentions") {
            let inside = telling["report"] == home["id"]
                && quote.contains(&folded(telling["trigger"]["quote"].as_str().expect("a quote")))
                && quote.contains(&folded(telling["quote"].as_str().expect("a quote")));
            let modality = telling["modality"].as_str().expect("a modality");
            assert!(
                !inside || !matches!(modality, "actual" | "ongoing"),
                "{cluster}: {key} told as {modality}: {} in {quote:?}",
                telling["quote"]
            );
        }
    }
}
