//! Reports in, agreements out: what reports say alike of meetings and of what holds.

mod made;

use made::record;
use variorum_language::Language;
use variorum_model::contract::Record;

/// Agreements whose `about` begins so, with the number of reports behind each.
fn agreed<'r>(record: &'r Record, about: &str) -> Vec<(&'r str, usize)> {
    let told = record.agreements.iter().filter(|a| a.about.starts_with(about));
    told.map(|a| (a.value.as_str(), a.reports.len())).collect()
}

#[test]
fn what_reports_agree_on() {
    let language = Language::load();
    for (about, texts, want) in [
        (
            "who is allied with whom",
            [
                "Kenya and Uganda are Rwanda's main allies. They sent rice on Monday.",
                "Kenya and Uganda, long the closest allies of Rwanda, sent rice on Monday.",
            ],
            vec!["Kenya and Rwanda are allies; Rwanda and Uganda are allies"],
        ),
        (
            "who is allied with whom",
            [
                "Kenya and Uganda are Rwanda's main allies. They sent rice on Monday.",
                "Kenya, once an ally of Rwanda, sent rice on Monday.",
            ],
            vec![],
        ),
        (
            "since when",
            [
                "Mali has been gripped by civil war since March 2012. Shops were shut on Monday.",
                "The conflict in Mali, which began in March 2012, has ruined the harvest.",
            ],
            vec!["Mali: war since March 2012"],
        ),
        (
            "since when",
            [
                "Mali has been gripped by civil war since March 2012. Shops were shut on Monday.",
                "Chad has been gripped by civil war since March 2012. Shops were shut on Monday.",
            ],
            vec![],
        ),
        (
            "what is sought",
            [
                "The envoys discussed ways to resolve the Malian crisis on Monday.",
                "Chad has been looking for a solution to the conflict in Mali.",
            ],
            vec!["an end to the crisis in Mali"],
        ),
        (
            "what is sought",
            [
                "The envoys discussed ways to resolve the Malian crisis on Monday.",
                "A deal ended the conflict in Mali on Monday.",
            ],
            vec![],
        ),
        (
            "what it was about",
            [
                "The foreign ministers of Kenya and Uganda met in Nairobi on Monday to discuss fishing rights.",
                "The foreign ministers of Kenya and Uganda held talks in Nairobi on Monday. The talks focused on the fishery.",
            ],
            vec!["fishing"],
        ),
        (
            "what it was about",
            [
                "The foreign ministers of Kenya and Uganda met in Nairobi on Monday to discuss fishing rights.",
                "The foreign ministers of Kenya and Uganda held talks in Nairobi on Monday. The talks focused on the railway.",
            ],
            vec![],
        ),
        (
            "who invited",
            [
                "The foreign ministers of Kenya and Uganda met in Nairobi on Monday at the invitation of the Kenyan president.",
                "The foreign ministers of Kenya and Uganda met in Nairobi on Monday. Kenya had invited the Ugandan minister to the bilateral talks.",
            ],
            vec!["Kenya"],
        ),
    ] {
        let record = record(&language, &texts);
        let found = agreed(&record, about);
        let values: Vec<&str> = found.iter().map(|(value, _)| *value).collect();
        assert_eq!(values, want, "{texts:?}");
        assert!(found.iter().all(|(_, reports)| *reports == 2));
    }
}

#[test]
fn who_counts_no_longer() {
    let language = Language::load();
    let texts = [
        "The Kenyan Red Cross has stopped its count of flood victims, citing a lack of staff.",
        "The Kenyan Red Cross will not stop counting flood victims.",
    ];
    let record = record(&language, &texts);
    let [ended] = &record.ended_counts[..] else { panic!("{:?}", record.ended_counts) };
    assert_eq!(ended.counted.quote, "count of flood victims");
    assert_eq!(ended.evidence.report, "r0");
    let by: Vec<&str> = ended
        .by
        .iter()
        .filter_map(|id| record.actors.iter().find(|a| a.id == *id).map(|a| a.name.as_str()))
        .collect();
    assert_eq!(by.len(), 1, "{by:?}");
}
