//! Judgements laid over a record: rows in, rows out.

use serde_json::{Value, json};
use variorum_collate::{judged, subjects};
use variorum_model::Judgement;
use variorum_model::contract::{Record, Subject};

fn cited(report: &str, start: usize, quote: &str) -> Value {
    json!({"report": report, "start": start, "end": start + quote.chars().count(), "quote": quote})
}

fn telling(report: &str, start: usize, quote: &str, day: &str) -> Value {
    let mut telling = cited(report, start, quote);
    let more = json!({
        "trigger": cited(report, start + 6, "met"), "modality": "actual", "reported_by": [],
        "reported_by_evidence": [], "time": {"earliest": day, "latest": day},
        "time_evidence": cited(report, start + 20, "that day"), "place": null, "place_evidence": null,
        "agenda": null, "confidence": 0.9, "rule": "verb",
    });
    telling.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    telling
}

fn event(id: &str, actors: &[&str], tellings: Vec<Value>) -> Value {
    json!({
        "id": id, "type": "CONSULT", "mode": "visit", "contexts": [], "cameo": "042",
        "modality": "actual", "actors": actors, "recipients": [], "place": null,
        "time": tellings[0]["time"], "summary": format!("{id} meets"), "mentions": tellings,
        "independent_sources": 1, "merges": [], "finding": format!("event-{id}"),
    })
}

fn actor(id: &str, name: &str, mentions: Vec<Value>) -> Value {
    json!({
        "id": id, "name": name, "kind": "person", "country": null, "mentions": mentions,
        "variants": [name], "offices": [], "merges": [], "finding": format!("actor-{id}"),
    })
}

/// Three reports, two meetings and two people; one conflict.
fn record() -> Record {
    let report = |id: &str| json!({"id": id, "text": "…"});
    let conflict = json!({
        "id": "c1", "kind": "date", "about": "day: e1 meets", "event": "e1", "verdict": "conflict",
        "reason": "", "finding": "conflict-x",
        "readings": [
            {"value": "2031-05-04", "reports": ["r1"], "independent_sources": 1, "according_to": [],
             "evidence": [cited("r1", 20, "that day")]},
            {"value": "2031-05-05", "reports": ["r2"], "independent_sources": 1, "according_to": [],
             "evidence": [cited("r2", 20, "that day")]},
        ],
    });
    let single = json!({
        "about": "e2 meets", "kind": "one_report", "of": "e2", "finding": "single-x",
        "evidence": [cited("r3", 0, "Ortas met the others there that day")],
    });
    let clause = "Ortas met the others there that day";
    serde_json::from_value(json!({
        "variorum": 1, "reports": [report("r1"), report("r2"), report("r3")],
        "lineages": [["r1", "r2"], ["r3"]],
        "actors": [
            actor("a1", "Ortas", vec![cited("r1", 0, "Ortas"), cited("r2", 0, "Ortas")]),
            actor("a2", "Nils Ortas", vec![cited("r3", 0, "Ortas")]),
        ],
        "places": [],
        "events": [
            event("e1", &["a1"], vec![
                telling("r1", 0, clause, "2031-05-04"), telling("r2", 0, clause, "2031-05-05"),
            ]),
            event("e2", &["a2"], vec![telling("r3", 0, clause, "2031-06-01")]),
        ],
        "accords": [], "mandates": [], "figures": [], "quotations": [], "agreements": [],
        "conflicts": [conflict], "framing": [], "dependence": [], "singles": [single],
        "stories": [{"id": "s1", "title": "x", "reports": ["r1"], "events": ["e1", "e2"]}],
        "rejected": [],
    }))
    .expect("a record")
}

fn subject(record: &Record, finding: &str) -> Subject {
    let found = subjects(record).into_iter().find(|(s, _)| s.finding == finding);
    found.expect("the finding").0
}

fn row(number: i64, kind: &str, subject: &Subject, value: Value) -> Judgement {
    Judgement {
        number,
        made: 1_900_000_000_000 + number,
        by: "A. Reader".into(),
        kind: kind.into(),
        subject: serde_json::to_value(subject).unwrap(),
        value,
        reason: "so I read it".into(),
        undoes: None,
    }
}

fn undo(number: i64, undoes: i64) -> Judgement {
    Judgement {
        undoes: Some(undoes),
        subject: Value::Null,
        ..row(number, "undo", &subject(&record(), "conflict-x"), Value::Null)
    }
}

#[test]
fn without_judgements_nothing_changes() {
    assert_eq!(judged(record(), &[]), record());
    let elsewhere = Subject {
        finding: "conflict-other".into(),
        kind: "conflict".into(),
        sort: "date".into(),
        about: String::new(),
        cites: vec![serde_json::from_value(cited("r9", 0, "x")).unwrap()],
    };
    assert_eq!(judged(record(), &[row(1, "reject", &elsewhere, Value::Null)]), record());
}

#[test]
fn the_last_of_accepting_and_rejecting_holds() {
    let conflict = subject(&record(), "conflict-x");
    let judge = |number, kind| row(number, kind, &conflict, Value::Null);
    for (rows, conflicts) in [
        (vec![judge(1, "accept")], 1),
        (vec![judge(1, "reject")], 0),
        (vec![judge(1, "reject"), judge(2, "accept")], 1),
        (vec![judge(1, "accept"), judge(2, "reject")], 0),
        (vec![judge(1, "reject"), undo(2, 1)], 1),
        (vec![judge(1, "reject"), undo(2, 1), undo(3, 2)], 0),
        (vec![judge(1, "reject"), judge(2, "accept"), undo(3, 2)], 0),
    ] {
        let after = judged(record(), &rows);
        assert_eq!(after.conflicts.len(), conflicts, "{rows:?}");
        assert_eq!(after.set_aside.len(), 1 - conflicts, "{rows:?}");
        let again = judged(record(), &rows);
        assert_eq!(after, again);
    }
}

#[test]
fn a_finding_is_known_again_by_what_it_cites() {
    let mut later = record();
    later.conflicts[0].judged.finding = "conflict-new".into();
    let conflict = subject(&record(), "conflict-x");
    for (sort, start, set_aside) in
        [("date", 20, true), ("date", 22, true), ("date", 200, false), ("place", 20, false)]
    {
        let mut moved = conflict.clone();
        moved.sort = sort.into();
        for cited in &mut moved.cites {
            cited.end = cited.end - cited.start + start;
            cited.start = start;
        }
        let after = judged(later.clone(), &[row(1, "reject", &moved, Value::Null)]);
        assert_eq!(after.set_aside.len() == 1, set_aside, "{sort} at {start}");
    }
}

#[test]
fn merged_actors_are_one_everywhere() {
    let (one, two) = (subject(&record(), "actor-a1"), subject(&record(), "actor-a2"));
    let after = judged(record(), &[row(1, "merge", &one, json!({"with": two}))]);
    assert_eq!(after.actors.len(), 1);
    assert_eq!(after.actors[0].mentions.len(), 3);
    assert_eq!(after.actors[0].variants, ["Ortas", "Nils Ortas"]);
    assert_eq!(after.events[1].actors, ["a1"]);
    assert_eq!(after.consultations[1].participants, ["a1"]);
    assert!(after.actors[0].merges[0].contains("judged one by A. Reader on 2030-03-17"));
}

#[test]
fn split_actors_take_their_parts_with_them() {
    let one = subject(&record(), "actor-a1");
    let rows = [row(1, "split", &one, json!({"mentions": [cited("r2", 0, "Ortas")]}))];
    let after = judged(record(), &rows);
    assert_eq!(after.actors.len(), 3);
    let new = &after.actors[2];
    assert_eq!((new.id.as_str(), new.name.as_str(), new.mentions.len()), ("a3", "Ortas", 1));
    assert!(new.judged.finding.starts_with("actor-"));
    // Both tell the meeting.
    assert_eq!(after.events[0].actors, ["a1", "a3"]);
    assert_eq!(after.events[1].actors, ["a2"]);
}

#[test]
fn merged_events_bring_their_days_and_sources() {
    let (one, two) = (subject(&record(), "event-e1"), subject(&record(), "event-e2"));
    let mut before = record();
    before.conflicts.clear();
    let after = judged(before, &[row(1, "merge", &one, json!({"with": two}))]);
    assert_eq!(after.events.len(), 1);
    let event = &after.events[0];
    assert_eq!((event.mentions.len(), event.independent_sources), (3, 2));
    let time = event.time.as_ref().unwrap();
    assert_eq!(time.earliest.as_deref(), Some("2031-05-04"));
    assert_eq!(time.latest.as_deref(), Some("2031-06-01"));
    assert_eq!(after.stories[0].events, ["e1"]);
    assert!(after.singles.is_empty(), "two reports tell it now");
    // They date it apart.
    assert_eq!(after.conflicts.len(), 1);
    assert_eq!(after.conflicts[0].readings.len(), 3);
    assert!(after.conflicts[0].judged.finding.starts_with("conflict-"));
}

#[test]
fn split_events_part_their_tellings() {
    let one = subject(&record(), "event-e1");
    let rows = [row(1, "split", &one, json!({"mentions": [cited("r2", 3, "as")]}))];
    let mut before = record();
    before.places = serde_json::from_value(json!([
        {"id": "p1", "name": "Aktau", "country": "KAZ", "lat": null, "lon": null, "mentions": []},
    ]))
    .unwrap();
    before.events[0].mentions[0].place = Some("p1".into());
    before.events[0].place = Some("p1".into());
    before.events[0].summary = "Ortas meets, Aktau".into();
    let after = judged(before, &rows);
    let told = |n: usize| (after.events[n].place.as_deref(), after.events[n].summary.as_str());
    assert_eq!(told(0), (Some("p1"), "Ortas meets, Aktau"));
    assert_eq!(told(1), (None, "Ortas meets"), "the second report tells no place");
    let events: Vec<(&str, usize)> =
        after.events.iter().map(|e| (e.id.as_str(), e.mentions.len())).collect();
    assert_eq!(events, [("e1", 1), ("e3", 1), ("e2", 1)]);
    assert_eq!(after.events[1].time.as_ref().unwrap().earliest.as_deref(), Some("2031-05-05"));
    assert_eq!(after.stories[0].events, ["e1", "e3", "e2"]);
    assert!(after.conflicts.is_empty(), "each part has one day");
}

#[test]
fn what_is_about_a_rejected_event_goes_with_it() {
    let (one, two) = (subject(&record(), "event-e1"), subject(&record(), "event-e2"));
    let rows = [row(1, "reject", &one, Value::Null), row(2, "reject", &two, Value::Null)];
    let after = judged(record(), &rows);
    assert!(after.events.is_empty() && after.conflicts.is_empty() && after.singles.is_empty());
    assert!(after.stories[0].events.is_empty() && after.consultations.is_empty());
    let kinds: Vec<&str> = after.set_aside.iter().map(|s| s.kind.as_str()).collect();
    assert_eq!(kinds.len(), 4, "{kinds:?}");
}
