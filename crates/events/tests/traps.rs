//! What a hurried reader takes for a happening: questions, plans, conditions, denials.

use variorum_language::Language;
use variorum_model::{Modality, Report};

/// Sentence, a word of the act, the modality it must have if it is coded at all, and who must be said to
/// say so, if anybody.
const TRAPS: [(&str, &str, &[Modality], &str); 9] = [
    ("Will Kenya attack Uganda?", "attack", &[Modality::Hypothetical, Modality::Planned], ""),
    ("Did the rebels release the hostages?", "release", &[Modality::Hypothetical], ""),
    ("Kenya did not attack Uganda.", "attack", &[Modality::Negated], ""),
    ("Kenya may impose sanctions on Uganda.", "impose", &[Modality::Hypothetical], ""),
    (
        "Kenya will withdraw its soldiers from Uganda next week.",
        "withdraw",
        &[Modality::Planned],
        "",
    ),
    (
        "If Kenya attacks Uganda, the talks will end.",
        "attacks",
        &[Modality::Hypothetical, Modality::Planned],
        "",
    ),
    (
        "“We did not bomb any camps,” army spokesman Omar Saleh said.",
        "bomb",
        &[Modality::Negated],
        "Omar Saleh",
    ),
    (
        "The army denied that its planes had bombed the camp.",
        "bombed",
        &[Modality::Negated, Modality::Alleged],
        "army",
    ),
    ("Kenya's army is accused of having bombed the camp.", "bombed", &[Modality::Alleged], ""),
];

#[test]
fn what_did_not_happen_is_never_a_happening() {
    let language = Language::load();
    let mut seen = 0;
    for (text, word, allowed, teller) in TRAPS {
        let report = Report::of_lines("r", text);
        let parse = language.read(&report);
        let annotations = variorum_annotate::annotate(&report, &parse);
        let codings = variorum_events::code(&report, &parse, &annotations);
        for event in codings.events.iter().filter(|e| e.trigger.of(text).contains(word)) {
            seen += 1;
            assert!(allowed.contains(&event.modality), "{text}: {:?}", event.modality);
            let told = event.reported_by.iter().any(|s| s.of(text).contains(teller));
            assert!(teller.is_empty() || told, "{text}: {:?}", event.reported_by);
        }
    }
    // Silence would pass everything: most of these acts must be seen.
    assert!(seen >= 7, "{seen}");
}
