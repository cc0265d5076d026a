//! What people decide about findings, from outside.

use crate::running::{example, lines, text, variorum};
use serde_json::Value;

/// A record of reports of one story, in a folder that goes with the test.
fn made(files: &[String]) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let record = folder.path().join("r.db").display().to_string();
    add(&record, files);
    (folder, record)
}

fn add(record: &str, files: &[String]) {
    let mut arguments = vec!["add".to_owned(), "--record".into(), record.to_owned()];
    arguments.extend_from_slice(files);
    text(&arguments);
}

fn asked(record: &str, arguments: &[&str]) -> Vec<Value> {
    lines(&text(&[arguments, &["--record", record, "--format", "jsonl"]].concat()))
}

fn judge(record: &str, arguments: &[&str]) -> Value {
    asked(record, &[&["judge", "--by", "A. Reader"], arguments].concat()).remove(0)
}

/// The story added first: any of its reports' ids finds it, whatever is added later.
fn story(record: &str) -> String {
    let story = asked(record, &["stories"]).remove(0);
    story["id"].as_str().expect("an id").to_owned()
}

fn shown(record: &str, story: &str) -> Value {
    asked(record, &["show", story]).remove(0)
}

fn ids(record: &Value, list: &str) -> Vec<String> {
    let found = record[list].as_array().expect("a list");
    found.iter().map(|f| f["finding"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn invariant_08_a_judgement_survives_later_runs() {
    let files = example("harbour-talks");
    let (_folder, record) = made(&files[..4]);
    let story = story(&record);
    let conflicts = asked(&record, &["conflicts"]);
    let first = &conflicts[0];
    let id = first["finding"].as_str().expect("an id").to_owned();
    let made = judge(&record, &[&id, "reject", "--why", "a misprint"]);
    assert_eq!((made["number"].as_i64(), made["finding"].as_str()), (Some(1), Some(id.as_str())));
    let left = asked(&record, &["conflicts"]);
    assert_eq!(left.len(), conflicts.len() - 1);
    let kept = asked(&record, &["judge", "--list"]);
    // Later runs: the same reports again, more of the same story, another story.
    for more in [&files[..4], &files[4..], &example("market-blast")] {
        add(&record, more);
        assert_eq!(asked(&record, &["judge", "--list"]), kept);
    }
    // The finding cites more now and has another id, but it is the same finding.
    let now = shown(&record, &story);
    let aside = now["set_aside"].as_array().expect("a list");
    assert_eq!(aside.len(), 1, "{aside:?}");
    assert_eq!(aside[0]["by"], "A. Reader");
    assert_eq!(aside[0]["reason"], "a misprint");
    assert!(aside[0]["on"].as_str().expect("a time").ends_with('Z'));
    let about = &aside[0]["was"]["about"];
    assert!(now["conflicts"].as_array().expect("a list").iter().all(|c| c["about"] != *about));
    // A later judgement takes its place; the earlier stays where it is.
    let again = aside[0]["finding"].as_str().expect("an id");
    if *again == id {
        judge(&record, &[&id, "accept"]);
        let now = shown(&record, &story);
        assert_eq!(now["set_aside"].as_array().expect("a list").len(), 0);
        let all = asked(&record, &["judge", "--list"]);
        assert_eq!(all[0], kept[0]);
    }
    judge(&record, &["--undo", "1"]);
    assert_eq!(asked(&record, &["judge", "--list"])[0], kept[0]);
    assert_eq!(shown(&record, &story)["set_aside"].as_array().expect("a list").len(), 0);
}

#[test]
fn findings_keep_their_ids() {
    let files = example("harbour-talks");
    let (_one, first) = made(&files);
    let mut turned = files.clone();
    turned.reverse();
    let (_two, second) = made(&turned);
    let (a, b) = (shown(&first, &story(&first)), shown(&second, &story(&second)));
    for list in ["actors", "events", "conflicts", "agreements", "figures", "singles"] {
        assert_eq!(ids(&a, list), ids(&b, list), "{list}");
        assert!(!ids(&a, list).is_empty(), "{list}");
    }
    let arguments = [&["collate".to_owned(), "--format".into(), "json".into()], &files[..]];
    let collated: Value = serde_json::from_str(&text(&arguments.concat())).expect("JSON");
    assert_eq!(ids(&a, "conflicts"), ids(&collated, "conflicts"));
}

#[test]
fn what_is_judged_is_shown_so() {
    let (_folder, record) = made(&example("harbour-talks"));
    let story = story(&record);
    let before = shown(&record, &story);
    let actors = before["actors"].as_array().expect("actors");
    let people: Vec<&Value> = actors.iter().filter(|a| a["kind"] == "person").collect();
    let (one, other) = (people[0], people[1]);
    let id = |a: &Value| a["finding"].as_str().expect("an id").to_owned();
    let mentions = |a: &Value| a["mentions"].as_array().expect("mentions").len();
    judge(&record, &[&id(one), "merge", &id(other), "--why", "one person"]);
    let merged = shown(&record, &story);
    let list = merged["actors"].as_array().expect("actors");
    assert_eq!(list.len(), actors.len() - 1);
    let joined = list.iter().find(|a| id(a) == id(one)).expect("the first stays");
    assert_eq!(mentions(joined), mentions(one) + mentions(other));
    let reasons = joined["merges"].to_string();
    assert!(reasons.contains("judged one by A. Reader"), "{reasons}");
    assert!(!merged["events"].to_string().contains(&format!("{}\"", other["id"])[1..]));
    // Apart again, by the places of what is somebody else.
    let places: Vec<String> = other["mentions"]
        .as_array()
        .expect("mentions")
        .iter()
        .map(|m| format!("{}:{}", m["report"].as_str().expect("an id"), m["start"]))
        .collect();
    let mut arguments = vec![id(one), "split".to_owned()];
    arguments.extend(places);
    judge(&record, &arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let split = shown(&record, &story);
    let list = split["actors"].as_array().expect("actors");
    assert_eq!(list.len(), actors.len());
    let kept = list.iter().find(|a| id(a) == id(one)).expect("the first stays");
    assert_eq!(mentions(kept), mentions(one));
    // A comment stands beside its finding, in every form.
    let conflict = before["conflicts"][0]["finding"].as_str().expect("an id").to_owned();
    judge(&record, &[&conflict, "comment", "ask the harbour master"]);
    for format in ["text", "json", "html", "tei"] {
        let out = text(&["show", &story, "--record", &record, "--format", format]);
        assert!(out.contains("ask the harbour master"), "{format}");
    }
    let exported = asked(&record, &["export", "--table", "judgements"]);
    assert_eq!(exported.len(), 3);
    assert_eq!(exported[2]["value"]["text"], "ask the harbour master");
}

#[test]
fn wrong_judgements_are_told() {
    let (_folder, record) = made(&example("market-blast"));
    let conflict = asked(&record, &["conflicts"]).remove(0);
    let id = conflict["finding"].as_str().expect("an id");
    for (arguments, told) in [
        (&[id, "accept"][..], "--by"),
        (&["conflict-000000000000", "accept", "--by", "A"], "no such finding"),
        (&["c1", "accept", "--by", "A"], "--story"),
        (&[id, "merge", id, "--by", "A"], "one already"),
        (&[id, "split", "A:1", "--by", "A"], "only actors and events"),
        (&[id, "comment", "--by", "A"], "needs its text"),
        (&["--undo", "9", "--by", "A"], "no such judgement"),
        (&["--by", "A"], "give a finding"),
    ] {
        let all = [&["judge", "--record", &record], arguments].concat();
        let output = variorum(&all);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(message.contains(told), "{arguments:?}: {message}");
    }
    assert_eq!(asked(&record, &["judge", "--list"]).len(), 0);
}
