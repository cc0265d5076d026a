//! Every answer to programs is as `openapi.json` describes it.

use crate::service::{get, json, story};
use serde_json::Value;
use std::collections::BTreeSet;

/// What of `value` is not as `schema` says; of JSON Schema, what the description uses.
fn faults(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = root.pointer(reference.trim_start_matches('#'));
        return faults(root, target.unwrap_or_else(|| panic!("{reference}")), value, at);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let each: Vec<_> = any.iter().map(|s| faults(root, s, value, at)).collect();
        return each.into_iter().min_by_key(Vec::len).unwrap_or_default();
    }
    let right = match schema["type"].as_str() {
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        Some("null") => value.is_null(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        other => panic!("{at}: {other:?}"),
    };
    if !right {
        return vec![format!("{at}: {value} is no {}", schema["type"])];
    }
    let mut found = Vec::new();
    if let Some(values) = schema["enum"].as_array().filter(|v| !v.contains(value)) {
        found.push(format!("{at}: {value} is none of {values:?}"));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(name).is_none() {
            found.push(format!("{at}: no {name}"));
        }
    }
    for (name, of) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(value) = value.get(name) {
            found.extend(faults(root, of, value, &format!("{at}.{name}")));
        }
    }
    for (n, item) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(faults(root, &schema["items"], item, &format!("{at}[{n}]")));
    }
    found
}

#[test]
fn answers_are_as_described() {
    let description = json("/api/v1/openapi.json");
    let story = story();
    let report = json("/api/v1/search?q=Aktau")["items"][0]["id"].as_str().unwrap().to_owned();
    let mut met = BTreeSet::new();
    for (path, of) in [
        ("/api/v1/stories".to_owned(), "/api/v1/stories"),
        ("/api/v1/stories?type=consult&limit=1".to_owned(), "/api/v1/stories"),
        (format!("/api/v1/stories/{story}"), "/api/v1/stories/{id}"),
        (format!("/api/v1/stories/s:{story}"), "/api/v1/stories/{id}"),
        ("/api/v1/stories/none".to_owned(), "/api/v1/stories/{id}"),
        (format!("/api/v1/reports/{report}"), "/api/v1/reports/{id}"),
        ("/api/v1/reports/none".to_owned(), "/api/v1/reports/{id}"),
        ("/api/v1/search?q=Kholmirzaev".to_owned(), "/api/v1/search"),
        ("/api/v1/search?conflict=any&exact=true".to_owned(), "/api/v1/search"),
        ("/api/v1/search?from=May".to_owned(), "/api/v1/search"),
        ("/api/v1/actors?place=KAZ".to_owned(), "/api/v1/actors"),
        ("/api/v1/actors?limit=0".to_owned(), "/api/v1/actors"),
        ("/api/v1/conflicts".to_owned(), "/api/v1/conflicts"),
        ("/api/v1/conflicts?colour=red".to_owned(), "/api/v1/conflicts"),
        ("/api/v1/figures?measure=killed".to_owned(), "/api/v1/figures"),
        (format!("/api/v1/timeline?story={story}"), "/api/v1/timeline"),
        ("/api/v1/timeline?story=none".to_owned(), "/api/v1/timeline"),
        ("/api/v1/openapi.json".to_owned(), "/api/v1/openapi.json"),
    ] {
        let answer = get(&path);
        let body: Value = serde_json::from_str(&answer.body).unwrap();
        let told =
            &description["paths"][of]["get"]["responses"][answer.status.to_string()]["content"];
        let kind = answer.header("content-type").unwrap_or_default();
        let schema = &told[kind]["schema"];
        assert!(schema.is_object(), "{path}: {} {kind} is not described", answer.status);
        assert_eq!(faults(&description, schema, &body, "$"), Vec::<String>::new(), "{path}");
        met.insert(of);
    }
    let described: BTreeSet<&str> =
        description["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(met, described, "every path is asked for");
}

/// A parameter that is not known is refused with a list of those that are.
#[test]
fn parameters_are_those_that_are_described() {
    let description = json("/api/v1/openapi.json");
    for (path, of) in description["paths"].as_object().unwrap() {
        let described: BTreeSet<&str> = of["get"]["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|p| match p["$ref"].as_str() {
                Some(place) => description.pointer(&place[1..]).unwrap(),
                None => p,
            })
            .filter(|p| p["in"] == "query")
            .map(|p| p["name"].as_str().unwrap())
            .collect();
        let answer = get(&format!("{}?unheard-of=1", path.replace("{id}", &story())));
        assert_eq!(answer.status, 400, "{path}");
        let said: Value = serde_json::from_str(&answer.body).unwrap();
        let detail = said["detail"].as_str().unwrap();
        let (_, known) = detail.split_once("take one of").unwrap_or((detail, ""));
        let known: BTreeSet<&str> =
            known.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        assert_eq!(known, described, "{path}");
    }
}

#[test]
fn addresses_are_told_of_in_the_documents() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/serve.md"));
    let page = page.unwrap().replace("ID", "{id}");
    let description = json("/api/v1/openapi.json");
    for path in description["paths"].as_object().unwrap().keys() {
        let short = path.strip_prefix("/api/v1/").unwrap();
        let told = [format!("`{short}`"), format!("`{path}`")];
        assert!(told.iter().any(|t| page.contains(t)), "{path} is not in docs/serve.md");
    }
}

#[test]
fn pages_hold_every_row_once() {
    for path in [
        "/api/v1/actors",
        "/api/v1/timeline",
        "/api/v1/figures",
        "/api/v1/conflicts",
        "/api/v1/search",
    ] {
        let whole = json(&format!("{path}?limit=200"));
        let whole = whole["items"].as_array().unwrap();
        let mut pieced: Vec<Value> = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = json(&format!("{path}?limit=3{cursor}"));
            pieced.extend(page["items"].as_array().unwrap().iter().cloned());
            match page["next"].as_str() {
                Some(next) if pieced.len() < whole.len() => cursor = format!("&cursor={next}"),
                _ => break,
            }
        }
        assert!(whole.len() > 3, "{path}");
        pieced.truncate(whole.len());
        assert_eq!(&pieced, whole, "{path}");
    }
}

#[test]
fn the_record_is_the_one_that_show_prints() {
    let story = story();
    let record = json(&format!("/api/v1/stories/{story}"));
    let cited = &record["conflicts"][0]["readings"][0]["evidence"][0];
    let reports = record["reports"].as_array().unwrap();
    let text =
        reports.iter().find(|r| r["id"] == cited["report"]).unwrap()["text"].as_str().unwrap();
    let (start, end) =
        (cited["start"].as_u64().unwrap() as usize, cited["end"].as_u64().unwrap() as usize);
    let quote: String = text.chars().skip(start).take(end - start).collect();
    assert_eq!(cited["quote"], quote);
}
