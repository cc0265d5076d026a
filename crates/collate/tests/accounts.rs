//! Meetings, tasks and headlines: what two accounts of them come to.

mod made;

use made::record;
use variorum_language::Language;
use variorum_model::contract::Record;

/// What each difference is about, to the colon, with its verdict.
fn differences(record: &Record) -> Vec<(&str, &str)> {
    let about = |about: &'_ str| about.split(':').next().unwrap_or_default().len();
    record.conflicts.iter().map(|c| (&c.about[..about(&c.about)], c.verdict.as_str())).collect()
}

#[test]
fn tellers_of_one_meeting() {
    let language = Language::load();
    let met = "The foreign ministers of Chad and Mali met in Accra on Monday.";
    for (name, texts, want) in [
        (
            "they judge differently how it ended",
            [
                "The talks were constructive, the minister of Chad said.",
                "The talks broke down over the price of salt, an envoy said.",
            ],
            vec![("how it ended", "different_sources")],
        ),
        (
            "both judge it well",
            [
                "The talks were constructive, the minister said.",
                "The talks were fruitful, an envoy said.",
            ],
            vec![],
        ),
        (
            "what somebody hopes for is no judgement",
            ["The talks could be constructive, he said.", "The talks broke down, an envoy said."],
            vec![],
        ),
        (
            "each has a main topic of his own",
            [
                "The talks focused mainly on the price of salt, the minister of Chad said.",
                "An envoy said that the border was the main topic of the talks.",
            ],
            vec![("what it was about", "different_sources")],
        ),
        (
            "a meeting deals with many things",
            ["The talks dealt with the price of salt.", "The talks also dealt with the border."],
            vec![],
        ),
    ] {
        let texts = texts.map(|more| format!("{met} {more}"));
        let made = record(&language, &texts.each_ref().map(String::as_str));
        assert_eq!(differences(&made), want, "{name}: {:#?}", made.conflicts);
    }
}

#[test]
fn a_headline_that_its_report_has_overtaken() {
    let language = Language::load();
    for (text, want) in [
        (
            "Mayors to meet in Accra\n\nThe mayors of Accra and Lagos met in Accra on Monday and spoke of the harbour.",
            vec![("whether it has happened yet", "update_over_time")],
        ),
        (
            "Mayors to meet in Accra\n\nThe mayors of Accra and Lagos will meet in Accra on Friday to speak of the harbour.",
            vec![],
        ),
        (
            "Council urges mayors to meet\n\nThe council met on Monday and urged the mayors of Accra and Lagos to meet.",
            vec![],
        ),
    ] {
        let made = record(&language, &[text]);
        assert_eq!(differences(&made), want, "{text}: {:#?}", made.conflicts);
    }
}

#[test]
fn a_task_with_two_scopes() {
    let language = Language::load();
    let texts = [
        "Lenora Orlo was appointed envoy for the trade and river affairs among the three states on Monday.",
        "Lenora Orlo serves as envoy of Chad's trade and river matters with Mali and Niger.",
    ];
    let made = record(&language, &texts);
    assert_eq!(differences(&made), [("scope of the task of Lenora Orlo", "different_sources")]);
}

#[test]
fn a_meeting_told_after_another_is_where_that_was() {
    let language = Language::load();
    let there = "Maria Aldana met Peter Lindqvist in Lima on Monday. The two sides exchanged views on the harbour. \
        Aldana also met Lenora Orlo.";
    let elsewhere = "Maria Aldana met Lenora Orlo in Quito.";
    let made = record(&language, &[there, elsewhere]);
    let names = |ids: &[String]| -> Vec<&str> {
        let named = made.actors.iter().filter(|a| ids.contains(&a.id));
        named.map(|a| a.name.as_str()).collect()
    };
    let mut met: Vec<(String, &str)> = Vec::new();
    for event in made.events.iter().filter(|e| e.kind == "CONSULT") {
        let who = [event.actors.clone(), event.recipients.clone()].concat();
        let place = made.places.iter().find(|p| Some(&p.id) == event.place.as_ref());
        if names(&who).contains(&"Lenora Orlo") {
            met.push((event.mentions[0].report.clone(), place.map_or("", |p| p.name.as_str())));
        }
    }
    met.sort();
    assert_eq!(met, [("r0".to_owned(), "Lima"), ("r1".to_owned(), "Quito")]);
}

/// Actors and recipients of each event of a category, by name.
fn parties<'r>(record: &'r Record, category: &str) -> Vec<(Vec<&'r str>, Vec<&'r str>)> {
    let names = |ids: &[String]| -> Vec<&'r str> {
        let actors = record.actors.iter().filter(|a| ids.contains(&a.id));
        let mut names: Vec<&str> = actors.map(|a| a.name.as_str()).collect();
        names.sort_unstable();
        names
    };
    let told = record.events.iter().filter(|e| e.kind == category);
    told.map(|e| (names(&e.actors), names(&e.recipients))).collect()
}

#[test]
fn who_stands_beside_whom() {
    let language = Language::load();
    for (text, category, want) in [
        // Who asks three states may ask his own.
        (
            "Kenyan Defence Minister Daniel Otieno spoke on Monday. He called for closer cooperation between governments of Kenya, Rwanda and Chad.",
            "REQUEST",
            (vec!["Daniel Otieno"], vec!["Chad", "Kenya", "Rwanda"]),
        ),
        // Somebody described beside a name is another.
        (
            "The minister Daniel Otieno reminded the envoy of Chad and certain regional countries' habit of breaking promises.",
            "ACCUSE",
            (vec!["Daniel Otieno"], vec!["Chad", "certain regional countries"]),
        ),
    ] {
        let made = record(&language, &[text]);
        assert_eq!(parties(&made, category), [want], "{text}");
    }
}

#[test]
fn two_councils_are_not_two_ministers() {
    let language = Language::load();
    let made = record(
        &language,
        &[
            "Chadian Defence Minister Idriss Kamougue held talks with Malian envoy Oumar Cisse in Accra over the salt crisis, the border posts and the exchange of prisoners.",
            "The National Defence Council of Chad and the Security Council of Mali have held talks over the salt crisis, the border posts and the exchange of prisoners.",
        ],
    );
    let consults = parties(&made, "CONSULT");
    assert_eq!(consults.len(), 2, "{consults:?}");
}
