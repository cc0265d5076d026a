//! What the list of leaders adds to a record, and what it must not. The people are taken from the list itself: whoever was
//! president of a state on the day of the reports.

use variorum_language::Language;
use variorum_language::gazetteer::country_of_code;
use variorum_model::contract::{Actor, Record};
use variorum_model::{Basis, Block, BlockKind, Published, ReadReport, Report, Span};

const DAY: &str = "2015-03-05";

fn read(language: &Language, id: String, text: &str) -> ReadReport {
    let day = DAY.parse().ok();
    let report = Report {
        id,
        path: String::new(),
        text: text.to_owned(),
        language: "en".to_owned(),
        title: None,
        outlet: None,
        byline: None,
        dateline: None,
        published: Some(Published {
            start: day,
            end: day,
            value: DAY.to_owned(),
            basis: Basis::Metadata,
            evidence: Vec::new(),
            steps: Vec::new(),
        }),
        url: None,
        body: vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }],
        removed: Vec::new(),
        entries: Vec::new(),
        source_map: Vec::new(),
        warnings: Vec::new(),
    };
    let parse = language.read(&report);
    let annotations = variorum_annotate::annotate(&report, &parse);
    let codings = variorum_events::code(&report, &parse, &annotations);
    ReadReport { report, annotations, codings }
}

fn record(language: &Language, texts: &[String]) -> Record {
    let read = |(i, text): (usize, &String)| read(language, format!("r{i}"), text);
    let reports: Vec<ReadReport> = texts.iter().enumerate().map(read).collect();
    let identities = variorum_identity::resolve(&reports);
    let stories = variorum_stories::group(&reports);
    variorum_collate::collate(&reports, &identities, &stories)
}

/// Names of two words of who was president on the day, each with the state and its code.
fn presidents() -> Vec<(&'static str, &'static str, &'static str)> {
    let table = include_str!("../../../data/leaders.tsv");
    let rows = table.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect());
    let held = |row: &Vec<&str>| {
        row[1] == "President" && row[5] <= DAY && DAY <= row[6] && row[3].split(' ').count() == 2
    };
    rows.filter(held)
        .filter_map(|row| Some((row[3], country_of_code(row[0])?.name, row[0])))
        .filter(|(name, state, _)| name.is_ascii() && !state.contains(' '))
        .take(5)
        .collect()
}

fn named<'r>(record: &'r Record, name: &str) -> Vec<&'r Actor> {
    record.actors.iter().filter(|a| a.kind == "person" && a.name == name).collect()
}

/// Who acts or is acted on in the events that one report tells.
fn parties<'r>(record: &'r Record, report: &str) -> Vec<&'r str> {
    let told = |e: &&variorum_model::contract::Event| e.mentions.iter().any(|m| m.report == report);
    let events = record.events.iter().filter(told);
    let ids: Vec<&String> = events.flat_map(|e| e.actors.iter().chain(&e.recipients)).collect();
    let actors = record.actors.iter().filter(|a| ids.contains(&&a.id));
    actors.map(|a| a.name.as_str()).collect()
}

#[test]
fn a_listed_name_codes_and_holds_its_office_and_another_of_that_name_does_not() {
    let language = Language::load();
    let found = presidents();
    assert!(!found.is_empty(), "nobody in the list");
    for (name, state, code) in found {
        let person = format!("{name} visited a school in {state} on Thursday. Children sang.");
        let office = format!("{state}'s president met Norwegian nurses in Oslo on Thursday.");
        let other = format!("The baker {name} sold bread in Leeds on Thursday.");

        let with = record(&language, &[person.clone(), office.clone()]);
        let actors = named(&with, name);
        let listed = actors.first().and_then(|a| a.listed.as_ref());
        assert_eq!(actors.len(), 1, "{name}");
        assert_eq!(listed.map(|l| (l.country.as_str(), l.sector.as_str())), Some((code, "GOV")));
        assert_eq!(actors[0].country, None, "no report says it");
        assert!(actors[0].offices.is_empty(), "no report says it");
        assert!(parties(&with, "r1").contains(&name), "{name}: {:?}", parties(&with, "r1"));

        // Who is named nowhere is not brought in.
        let without = record(&language, &[office]);
        assert!(named(&without, name).is_empty(), "{name}");
        assert!(parties(&without, "r0").contains(&state), "{:?}", parties(&without, "r0"));

        // A namesake is another, and has no codes.
        let two = record(&language, &[person, other]);
        let codes: Vec<bool> = named(&two, name).iter().map(|a| a.listed.is_some()).collect();
        assert_eq!(codes.iter().filter(|c| **c).count(), 1, "{name}: {codes:?}");
        assert_eq!(codes.len(), 2, "{name}");
    }
}
