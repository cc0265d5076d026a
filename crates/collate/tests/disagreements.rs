//! Reports in, disagreements out: a table of invented reports of one day.

mod made;

use made::{dated_record, read_reports, record};
use variorum_language::Language;
use variorum_model::contract::{EventTelling, Record};

#[test]
fn reports_that_were_placed_apart_are_compared_on_what_both_lead_with() {
    let language = Language::load();
    let texts = [
        "Shells were fired at the Tashir camp on Monday. Four shells, which did not explode, fell inside the camp.",
        "The Tashir camp was shelled on Monday. Two shells landed inside the camp, teachers said.",
        "Teachers opened a school on Monday. Two shells landed inside the wall of a museum of war.",
    ];
    let dated: Vec<(&str, &str)> = texts.iter().map(|t| ("2019-05-14", *t)).collect();
    let reports = read_reports(&language, &dated);
    let identities = variorum_identity::resolve(&reports);
    let mut stories = variorum_stories::group(&reports);
    for (event, placement) in stories.placements.iter_mut().enumerate() {
        placement.event = event as u32;
    }
    let record = variorum_collate::collate(&reports, &identities, &stories);
    let values: Vec<Vec<&str>> = record
        .conflicts
        .iter()
        .map(|c| c.readings.iter().map(|r| r.value.as_str()).collect())
        .collect();
    assert_eq!(values, [["2", "4"]]);
    assert!(
        record.conflicts[0].readings.iter().all(|r| r.evidence.iter().all(|c| c.report != "r2"))
    );
}

/// Kinds of the disagreements, in order of the record.
fn kinds(record: &Record) -> Vec<&str> {
    record.conflicts.iter().map(|c| c.kind.as_str()).collect()
}

#[test]
fn what_two_reports_disagree_on() {
    let language = Language::load();
    for (about, texts, want) in [
        (
            "another toll of one blast",
            [
                "A bomb exploded at the fish market in Aktau on Monday. At least 31 people were killed in the blast, police said.",
                "A bomb exploded at the fish market in Aktau on Monday, killing 12 people, the mayor said.",
            ],
            vec!["number"],
        ),
        (
            "a bound that the other figure meets",
            [
                "A bomb exploded at the fish market in Aktau on Monday. At least 20 people were killed in the blast.",
                "A bomb exploded at the fish market in Aktau on Monday, killing 23 people.",
            ],
            vec![],
        ),
        (
            "some of the shells, on one side of a wall",
            [
                "Shells were fired at the Tashir camp on Monday. Two of the shells fell within the Tashir camp, police said.",
                "Shells were fired at the Tashir camp on Monday. Four shells, which did not explode, fell inside the Tashir camp, police said.",
            ],
            vec!["number"],
        ),
        (
            "shells on both sides of a wall",
            [
                "Shells were fired at the Tashir camp on Monday. Two shells fell within the Tashir camp, police said.",
                "Shells were fired at the Tashir camp on Monday. Four shells fell near the Tashir camp, police said.",
            ],
            vec![],
        ),
        (
            "an age",
            [
                "Police in Aktau arrested Lenora Orlo, 27, on Monday over the blast at the fish market.",
                "Police in Aktau arrested Lenora Orlo, 29, on Monday over the blast at the fish market.",
            ],
            vec!["number"],
        ),
        (
            "polls",
            [
                "A poll on Monday gave the Harbour Party 24 percent of the vote.",
                "A poll on Monday gave the Harbour Party 31 percent of the vote.",
            ],
            vec![],
        ),
        (
            "some of the wounded",
            [
                "A bomb exploded at the fish market in Aktau on Monday and wounded 40 people.",
                "A bomb exploded at the fish market in Aktau on Monday. Fifteen of the wounded were in critical condition.",
            ],
            vec![],
        ),
        (
            "nobody hurt",
            [
                "A rocket hit the bus depot in Aktau on Monday. Nine people were killed, the mayor said.",
                "A rocket hit the bus depot in Aktau on Monday. No one was killed, the police said.",
            ],
            vec!["number"],
        ),
        (
            "another weapon",
            [
                "A bomb exploded at the bus depot in Aktau on Monday and damaged nine buses of the city.",
                "A rocket hit the bus depot in Aktau on Monday and damaged nine buses of the city.",
            ],
            vec!["identity"],
        ),
        (
            "the same words in two mouths",
            [
                "\"No ship will leave this harbour before every lamp on the pier is lit,\" said Maria Aldana.",
                "\"No ship will leave this harbour before every lamp on the pier is lit,\" said Peter Lindqvist.",
            ],
            vec!["identity"],
        ),
        (
            "the one who is blamed denies it",
            [
                "The Peruvian army attacked a copper mine near Arica on Monday, the miners said.",
                "A copper mine near Arica was attacked on Monday. The Peruvian army denied that it had attacked the mine.",
            ],
            vec!["participants"],
        ),
        (
            "the day of saying is not the day of the act",
            [
                "A bridge over the Syr Darya collapsed on Sunday near the town of Aralsk, killing four people.",
                "The governor said on Monday that a bridge over the Syr Darya had collapsed near the town of Aralsk, killing four people.",
            ],
            vec![],
        ),
        (
            "claimed and not claimed",
            [
                "A bomb exploded at the fish market in Aktau on Monday. There was no immediate claim of responsibility for the bombing.",
                "A bomb exploded at the fish market in Aktau on Monday. The Northern Front claimed responsibility for the bombing.",
            ],
            vec!["outcome"],
        ),
    ] {
        let made = record(&language, &texts);
        assert_eq!(kinds(&made), want, "{about}: {:#?}", made.conflicts);
    }
}

#[test]
fn one_happening_told_in_other_words() {
    let language = Language::load();
    for (about, texts, joined) in [
        (
            "no category has a name for it",
            [
                "The ferry Meridian arrived in Aktau on Sunday with 200 pilgrims on board.",
                "On Sunday the ferry Meridian, with pilgrims from Baku, reached Aktau.",
            ],
            true,
        ),
        (
            "the same verb of other things",
            [
                "The ferry Meridian arrived in Aktau on Sunday with 200 pilgrims on board.",
                "The finance minister of Peru arrived in Geneva on Sunday for talks with bankers.",
            ],
            false,
        ),
        (
            "a war and a fight of one day",
            [
                "The army of Chad has been fighting rebels near Aktau, a spokesman said.",
                "On Monday the army of Chad fought rebels near Aktau.",
            ],
            false,
        ),
    ] {
        let made = record(&language, &texts);
        let both = made.events.iter().any(|e| {
            e.mentions.iter().any(|m| m.report == "r0")
                && e.mentions.iter().any(|m| m.report == "r1")
        });
        assert_eq!(both, joined, "{about}: {:#?}", made.events);
    }
}

#[test]
fn mentions_of_one_report_that_are_one_event() {
    let language = Language::load();
    for (about, text, one, other, joined) in [
        (
            "one speaker goes on",
            "Mayor Ann Lee said the bridge was closed. It would open in May, said Ann Lee.",
            "said the bridge",
            "said Ann Lee",
            true,
        ),
        (
            "two speakers",
            "Mayor Ann Lee said the bridge was closed. It would open in May, said Sami Orr.",
            "said the bridge",
            "said Sami Orr",
            false,
        ),
    ] {
        let made = record(&language, &[text]);
        let event_at = |words: &str| {
            let from = text.find(words).expect("the words stand in the text");
            let told =
                |m: &EventTelling| m.trigger.start < from + words.len() && from < m.trigger.end;
            made.events.iter().find(|e| e.mentions.iter().any(told))
        };
        let (a, b) = (event_at(one), event_at(other));
        assert!(a.is_some() && b.is_some(), "{about}: {:#?}", made.events);
        assert_eq!(a.map(|e| &e.id) == b.map(|e| &e.id), joined, "{about}: {:#?}", made.events);
    }
}

#[test]
fn a_toll_told_as_risen_from_the_other_is_an_update() {
    let language = Language::load();
    for (later, verdict) in [
        (
            "The toll of Monday's bombing of the fish market in Aktau rose to 31 from 12 people killed after some of the wounded died, the mayor said.",
            "update_over_time",
        ),
        (
            "The bombing of the fish market in Aktau on Monday killed 31 people, the mayor said.",
            "conflict",
        ),
    ] {
        let texts =
            ["A bomb exploded at the fish market in Aktau on Monday, killing 12 people.", later];
        let made = record(&language, &texts);
        let tolls: Vec<&str> = made
            .conflicts
            .iter()
            .filter(|c| c.kind == "number")
            .map(|c| c.verdict.as_str())
            .collect();
        assert_eq!(tolls, [verdict], "{later}: {:#?}", made.conflicts);
    }
}

#[test]
fn acts_done_again_are_no_disagreement() {
    let language = Language::load();
    let meeting =
        "Norwegian Foreign Minister Lenora Orlo met Peruvian President Ali Mareth in Oslo";
    for (about, texts, want) in [
        (
            "two days given for one meeting",
            [
                ("2019-05-14", format!("{meeting} on Sunday.")),
                ("2019-05-14", format!("{meeting} on Monday.")),
            ],
            vec!["date"],
        ),
        (
            "each report tells the news of its own day",
            [
                ("2019-05-13", format!("{meeting} on Monday.")),
                ("2019-05-14", format!("{meeting} on Tuesday.")),
            ],
            vec![],
        ),
        (
            "one report tells both meetings",
            [
                (
                    "2019-05-14",
                    format!("{meeting} on Sunday. Orlo met Mareth again in Oslo on Monday."),
                ),
                ("2019-05-14", format!("{meeting} on Monday.")),
            ],
            vec![],
        ),
        (
            "the day on which it was spoken of",
            [
                (
                    "2019-05-14",
                    "Speaking on Sunday, the mayor recalled how rebels shelled the grain port of Tashir.".to_owned(),
                ),
                (
                    "2019-05-14",
                    "Speaking on Monday, the mayor recalled how rebels shelled the grain port of Tashir.".to_owned(),
                ),
            ],
            vec![],
        ),
        (
            "the day of one of two acts in a sentence",
            [
                (
                    "2019-05-14",
                    "The deputy chief, Lenora Orlo, who met Ali Mareth in Oslo, resigned on Sunday.".to_owned(),
                ),
                (
                    "2019-05-14",
                    "The deputy chief, Lenora Orlo, who met Ali Mareth in Oslo, resigned on Monday.".to_owned(),
                ),
            ],
            vec!["date"],
        ),
        (
            "statements are made every day",
            [
                ("2019-05-14", "Lenora Orlo criticised Peru on Sunday.".to_owned()),
                ("2019-05-14", "Lenora Orlo criticised Peru on Monday.".to_owned()),
            ],
            vec![],
        ),
        (
            "two armies that strike each other",
            [
                (
                    "2019-05-14",
                    "The Peruvian army shelled Norwegian positions near Arica on Monday."
                        .to_owned(),
                ),
                (
                    "2019-05-14",
                    "The Norwegian army shelled Peruvian positions near Arica on Monday."
                        .to_owned(),
                ),
            ],
            vec![],
        ),
        (
            "a state and its president are one side",
            [
                (
                    "2019-05-14",
                    "Peru bombed a depot in Arica on Monday, killing Ali Mareth.".to_owned(),
                ),
                (
                    "2019-05-14",
                    "The Peruvian air force bombed a depot in Arica on Monday, killing Ali Mareth."
                        .to_owned(),
                ),
            ],
            vec![],
        ),
        (
            "what one denies and another tells of two meetings",
            [
                ("2019-05-14", format!("{meeting} on Monday.")),
                ("2019-05-14", "Norwegian Foreign Minister Lenora Orlo did not meet the mayor of Arica on Monday.".to_owned()),
            ],
            vec![],
        ),
        (
            "denied and told of one meeting",
            [
                ("2019-05-14", format!("{meeting} on Monday.")),
                ("2019-05-14", "Norwegian Foreign Minister Lenora Orlo did not meet Peruvian President Ali Mareth on Monday.".to_owned()),
            ],
            vec!["outcome"],
        ),
        (
            "an office by the name and another man's beside it",
            [
                ("2019-05-14", "Peruvian Foreign Minister Ali Mareth left on Monday.".to_owned()),
                (
                    "2019-05-14",
                    "Ali Mareth left on Monday. Like Mareth, the president was silent.".to_owned(),
                ),
            ],
            vec![],
        ),
        (
            "tolls that grow from day to day",
            [
                (
                    "2019-05-14",
                    "A bomb exploded at the fish market in Aktau on Monday, killing 12 people."
                        .to_owned(),
                ),
                (
                    "2019-05-16",
                    "A bomb exploded at the fish market in Aktau on Monday, killing 31 people."
                        .to_owned(),
                ),
            ],
            vec!["number"],
        ),
    ] {
        let texts = texts.each_ref().map(|(day, text)| (*day, text.as_str()));
        let made = dated_record(&language, &texts);
        assert_eq!(kinds(&made), want, "{about}: {:#?} {:#?}", made.conflicts, made.events);
    }
}
