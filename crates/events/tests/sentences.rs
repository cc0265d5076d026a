//! Sentence in, events out: every row of `sentences.tsv`, through the reader of the language.

use variorum_language::Language;
use variorum_model::{Codings, EventMention, Report, Span};

fn code(language: &Language, text: &str) -> Codings {
    let report = Report::of_lines("r", text);
    let parse = language.read(&report);
    let annotations = variorum_annotate::annotate(&report, &parse);
    variorum_events::code(&report, &parse, &annotations)
}

/// Whether each of those whom the cell names stands in one of `spans`, and each of these holds one of them.
fn parties(text: &str, spans: &[Span], cell: &str) -> bool {
    match cell {
        "*" => true,
        "-" => spans.is_empty(),
        names => {
            let holds = |s: &Span, n: &str| s.of(text).contains(n);
            names.split('|').all(|n| spans.iter().any(|s| holds(s, n)))
                && spans.iter().all(|s| names.split('|').any(|n| holds(s, n)))
        }
    }
}

fn told(text: &str, event: &EventMention, row: &[&str]) -> bool {
    let [kind, mode, modality, trigger, actors, recipients] = row[..] else { return false };
    event.kind.name() == kind
        && (mode == "-" || event.mode == mode)
        && format!("{:?}", event.modality).to_lowercase() == modality
        && trigger.split(' ').all(|w| event.trigger.of(text).contains(w))
        && parties(text, &event.actors, actors)
        && parties(text, &event.recipients, recipients)
}

#[test]
fn sentences_tell_the_events_of_the_table() {
    let language = Language::load();
    let rows = include_str!("sentences.tsv").lines().filter(|l| !l.starts_with('#'));
    let mut wrong = Vec::new();
    let mut seen = 0;
    for row in rows {
        let cells: Vec<&str> = row.split('\t').collect();
        assert_eq!(cells.len(), 7, "{row}");
        seen += 1;
        let text = cells[0];
        let events = code(&language, text).events;
        let right = match cells[1].strip_prefix('!') {
            Some(kind) => events.iter().all(|e| e.kind.name() != kind),
            None => events.iter().any(|e| told(text, e, &cells[1..])),
        };
        if !right {
            let told: Vec<String> = events
                .iter()
                .map(|e| {
                    let words = |v: &[Span]| v.iter().map(|s| s.of(text)).collect::<Vec<_>>();
                    format!(
                        "{} {} {:?} «{}» {:?} -> {:?} {}",
                        e.kind.name(),
                        e.mode,
                        e.modality,
                        e.trigger.of(text),
                        words(&e.actors),
                        words(&e.recipients),
                        e.rule
                    )
                })
                .collect();
            wrong.push(format!("{row}\n    {}", told.join("\n    ")));
        }
    }
    assert!(seen > 40);
    assert!(wrong.is_empty(), "{} of {seen}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_ceasefire_is_an_accord_with_brokers_parties_and_exemptions() {
    let language = Language::load();
    let text = "A fragile ceasefire brokered by Norway and Sweden took effect in the valley on Monday. \
                The ceasefire does not apply to the Red Valley Brigade.";
    let codings = code(&language, text);
    let words = |v: &[Span]| v.iter().map(|s| s.of(text)).collect::<Vec<_>>();
    assert_eq!(codings.accords.len(), 1, "{:?}", codings.accords);
    let accord = &codings.accords[0];
    assert_eq!(words(&accord.brokers), ["Norway", "Sweden"]);
    assert_eq!(words(&accord.status), ["fragile"]);
    assert_eq!(words(&accord.exempt), ["Red Valley Brigade"]);
}

#[test]
fn accords_in_the_wordings_of_the_press() {
    let language = Language::load();
    // Text; brokers, parties, those left out, standing.
    for (text, want) in [
        (
            "Norway and Sweden announced a nationwide ceasefire from 30 December, excluding the Red Valley Brigade.",
            ["", "Norway|Sweden", "Red Valley Brigade", "nationwide"],
        ),
        (
            "The government and the rebels accepted a Norwegian-brokered cease-fire on Tuesday.",
            ["Norwegian", "government|rebels", "", ""],
        ),
        ("The truce collapsed on Friday after three days.", ["", "", "", "collapsed"]),
        (
            "The ceasefire deal, guaranteed by Norway and Sweden, expired on Tuesday.",
            ["Norway|Sweden", "", "", "expired"],
        ),
    ] {
        let accords = code(&language, text).accords;
        assert_eq!(accords.len(), 1, "{text}: {accords:?}");
        let words = |v: &[Span]| v.iter().map(|s| s.of(text)).collect::<Vec<_>>().join("|");
        let a = &accords[0];
        let found = [words(&a.brokers), words(&a.parties), words(&a.exempt), words(&a.status)];
        assert_eq!(found, want, "{text}");
    }
}

#[test]
fn an_office_given_or_held_is_a_mandate() {
    let language = Language::load();
    let rows = [
        (
            "Erik Dahl was appointed as special envoy for the valley.",
            "Erik Dahl",
            "special envoy for the valley",
        ),
        (
            "Erik Dahl also serves as coordinator of relief work.",
            "Erik Dahl",
            "coordinator of relief work",
        ),
    ];
    for (text, holder, task) in rows {
        let mandates = code(&language, text).mandates;
        assert_eq!(mandates.len(), 1, "{text}: {mandates:?}");
        assert_eq!(mandates[0].span.of(text), task);
        assert_eq!(mandates[0].holder.map(|s| s.of(text)), Some(holder), "{text}");
    }
    assert!(code(&language, "The cook served tea as guests arrived.").mandates.is_empty());
}

#[test]
fn a_figure_knows_its_source_and_its_event() {
    let language = Language::load();
    let text =
        "Rebels attacked a village near Harstad. At least 20 people were killed, police said.";
    let codings = code(&language, text);
    let figure = codings.figures.iter().find(|f| f.span.of(text).contains("20")).expect("a figure");
    let event = &codings.events[figure.event.expect("an event") as usize];
    assert_eq!(event.kind.name(), "ASSAULT");
    assert!(figure.attributed_to.iter().any(|s| s.of(text).contains("police")));
}

#[test]
fn odd_input_is_survived() {
    let language = Language::load();
    for text in ["", " ", "…", "\u{feff}", "(((((", "said said said said", "a\u{0301}b met"] {
        code(&language, text);
    }
    let long = "the army of ".repeat(3000);
    code(&language, &long);
}
