//! Every citation of a record in the Web Annotation data model (w3.org/TR/annotation-model).
//!
//! An annotation says in its body what is cited for, and in its target where: by `TextPositionSelector` in code
//! points of the report's text as variorum made it, and by `TextQuoteSelector` for a reader who has
//! another form of it. The state of the target holds the hash of that text.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use variorum_model::contract::Record;

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// Code points of text on either side of the quote.
const AROUND: usize = 32;
/// What names a thing, in the order in which it is looked for.
const LABELS: [&str; 8] =
    ["summary", "about", "name", "title", "label", "measure", "task", "value"];

/// All citations as one `AnnotationPage`.
pub fn render_web_annotations(record: &Record) -> String {
    let items: Vec<Value> = web_annotations(record)
        .into_iter()
        .map(|mut item| {
            // The page says it for all.
            if let Some(map) = item.as_object_mut() {
                map.remove("@context");
            }
            item
        })
        .collect();
    let ids: Vec<&str> = items.iter().filter_map(|i| i["id"].as_str()).collect();
    let id = format!("urn:variorum:annotations:{}", hex(&ids));
    let page = json!({
        "@context": CONTEXT, "id": id, "type": "AnnotationPage", "items": items,
    });
    let mut out = serde_json::to_string_pretty(&page).unwrap_or_default();
    out.push('\n');
    out
}

/// All citations, each an annotation complete in itself, section by section.
pub fn web_annotations(record: &Record) -> Vec<Value> {
    let reports: HashMap<&str, Source> = record.reports.iter().filter_map(source).collect();
    let mut made = Vec::new();
    let mut taken = HashSet::new();
    let Ok(Value::Object(sections)) = serde_json::to_value(record) else { return made };
    for (section, list) in sections {
        let Value::Array(items) = list else { continue };
        for item in &items {
            let finding = item["finding"].as_str().or_else(|| item["id"].as_str());
            let finding = finding.unwrap_or_default();
            for (role, cited) in citations(&section, item) {
                let at = [cited["report"].as_str(), cited["quote"].as_str()];
                let [Some(report), Some(_)] = at else { continue };
                let Some(source) = reports.get(report) else { continue };
                let place = format!("{}-{}", cited["start"], cited["end"]);
                let id = hex(&[&section, finding, &role, report, &place]);
                if taken.insert(id.clone()) {
                    made.push(annotation(&id, &section, finding, (&role, item), cited, source));
                }
            }
        }
    }
    made
}

/// A report as a target.
struct Source {
    iri: String,
    text: Vec<char>,
    hash: String,
}

fn source(row: &Value) -> Option<(&str, Source)> {
    let (id, text) = (row["id"].as_str()?, row["text"].as_str()?);
    let iri = match row["url"].as_str() {
        Some(url) => url.to_owned(),
        None => format!("urn:variorum:report:{}", escaped(id)),
    };
    let digest = Sha256::digest(text.as_bytes());
    let hash: String = digest.iter().map(|b| format!("{b:02x}")).collect();
    Some((id, Source { iri, text: text.chars().collect(), hash }))
}

/// What stands in a URN beside letters and digits, by percent signs.
fn escaped(id: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
    id.bytes()
        .map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

/// Citations inside a finding, each with the way to it (`readings/evidence`), in order.
fn citations<'v>(section: &str, item: &'v Value) -> Vec<(String, &'v Value)> {
    let mut found = Vec::new();
    let mut queue: Vec<(String, &Value)> = vec![(section.to_owned(), item)];
    while let Some((way, value)) = queue.pop() {
        match value {
            Value::Object(map) => {
                if ["report", "start", "end", "quote"].iter().all(|key| map.contains_key(*key)) {
                    found.push((way.clone(), value));
                }
                queue.extend(map.iter().rev().map(|(key, v)| (format!("{way}/{key}"), v)));
            }
            Value::Array(items) => queue.extend(items.iter().rev().map(|v| (way.clone(), v))),
            _ => {}
        }
    }
    found
}

fn annotation(
    id: &str,
    section: &str,
    finding: &str,
    (role, item): (&str, &Value),
    cited: &Value,
    source: &Source,
) -> Value {
    let at = |key: &str| cited[key].as_u64().unwrap_or_default() as usize;
    let (start, end) = (at("start").min(source.text.len()), at("end").min(source.text.len()));
    let cut = |from: usize, to: usize| source.text[from..to.max(from)].iter().collect::<String>();
    let mut quote = Map::new();
    quote.insert("type".into(), json!("TextQuoteSelector"));
    quote.insert("exact".into(), cited["quote"].clone());
    quote.insert("prefix".into(), json!(cut(start.saturating_sub(AROUND), start)));
    quote.insert("suffix".into(), json!(cut(end, (end + AROUND).min(source.text.len()))));
    let mut bodies = vec![json!({
        "type": "TextualBody", "purpose": "describing", "format": "text/plain",
        "value": format!("{role}: {}", label(item)),
    })];
    if !finding.is_empty() {
        let of = format!("urn:variorum:{}:{}", escaped(section), escaped(finding));
        bodies.push(json!({"type": "SpecificResource", "purpose": "identifying", "source": of}));
    }
    json!({
        "@context": CONTEXT,
        "id": format!("urn:variorum:annotation:{id}"),
        "type": "Annotation",
        "motivation": "describing",
        "body": bodies,
        "target": {
            "source": source.iri,
            "selector": [{"type": "TextPositionSelector", "start": start, "end": end}, quote],
            "state": {"type": "State", "value": format!("sha256:{}", source.hash)},
        },
    })
}

/// A finding in a few words.
fn label(item: &Value) -> String {
    let told = LABELS.iter().find_map(|key| match &item[*key] {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Object(map) => {
            let inner = map.get("value").or_else(|| map.get("quote"));
            inner.and_then(Value::as_str).map(str::to_owned)
        }
        _ => None,
    });
    told.or_else(|| item["kind"].as_str().map(str::to_owned)).unwrap_or_default()
}

/// Thirty-two digits of the hash of `pieces`.
fn hex(pieces: &[&str]) -> String {
    let mut hash = Sha256::new();
    for piece in pieces {
        hash.update(piece.as_bytes());
        hash.update(b"\n");
    }
    hash.finalize()[..16].iter().map(|b| format!("{b:02x}")).collect()
}
