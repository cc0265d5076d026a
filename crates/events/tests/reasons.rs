//! Why an event is what it is, and what is none: through the reader of the language.

use variorum_language::Language;
use variorum_model::{Report, Uncoded};

#[test]
fn an_event_is_explained_by_its_words_tree_entry_and_weights() {
    let text = "Ambassador Lena Hartwig held talks with President Omar Saleh in Vienna.";
    let language = Language::load();
    let report = Report::of_lines("r", text);
    let parse = language.read(&report);
    let annotations = variorum_annotate::annotate(&report, &parse);
    let codings = variorum_events::code(&report, &parse, &annotations);
    let event = &codings.events[0];
    let told = variorum_events::explain(&report, &parse, &annotations, event).expect("its reasons");
    assert_eq!(told.event, *event);
    assert_eq!(told.sentence.of(text), text);
    let parties: Vec<_> = told.parties.iter().map(|p| (p.side, p.path.as_str())).collect();
    assert_eq!(
        parties,
        [
            ("actor", "Hartwig ─nsubj of→ held"),
            ("actor", "Saleh ─pobj of→ with ─prep of→ talks ─dobj of→ held"),
        ]
    );
    assert!(told.entries[0].text.contains("hold|") && told.entries[0].text.contains("CONSULT"));
    let decisions: Vec<_> =
        told.decisions.iter().map(|d| (d.question.as_str(), d.answer.as_str())).collect();
    assert_eq!(
        decisions,
        [
            ("which act", "CONSULT"),
            ("did it happen", "actual"),
            ("part of “hartwig”", "actor"),
            ("part of “saleh”", "actor"),
        ]
    );
    for decision in &told.decisions {
        let others: f32 = decision.others.iter().map(|(_, chance)| chance).sum();
        assert!(decision.chance + others <= 1.001, "{decision:?}");
        assert!(!decision.weights.is_empty(), "{decision:?}");
    }
}

#[test]
fn phrases_between_named_actors_without_a_code() {
    let language = Language::load();
    for (text, want) in [
        ("Kenya envies Norway.", vec![("verb", "envy", "Kenya", "Norway")]),
        // Coded, or nobody named on one side, or somebody's office.
        ("Kenya attacked Norway.", vec![]),
        ("Kenya envies its neighbours.", vec![]),
        ("Kenya's envoy to Norway slept.", vec![]),
    ] {
        let report = Report::of_lines("r", text);
        let parse = language.read(&report);
        let annotations = variorum_annotate::annotate(&report, &parse);
        let codings = variorum_events::code(&report, &parse, &annotations);
        let found = variorum_events::uncoded(&report, &parse, &annotations, &codings.events);
        let rows: Vec<_> = found.iter().map(|u| row(text, u)).collect();
        assert_eq!(rows, want, "{text}");
    }
}

fn row<'a>(text: &'a str, u: &'a Uncoded) -> (&'static str, &'a str, &'a str, &'a str) {
    (u.kind, &u.phrase, u.actor.of(text), u.recipient.of(text))
}
