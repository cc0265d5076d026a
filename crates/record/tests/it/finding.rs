//! Search and facets.

use crate::made::{DAY, REPORTS, add, place};
use variorum_record::{Facets, Query, RecordFile};

#[test]
fn words_names_and_facets() {
    let (_folder, path) = place();
    add(&path, &REPORTS, DAY);
    let file = RecordFile::open(&path).unwrap();
    let search = |text: &str, fold: bool, actor: &[&str]| {
        let actor = actor.iter().map(|a| (*a).to_owned()).collect();
        let facets = Facets { fold, actor, ..Facets::default() };
        let found =
            file.search(&Query { text: text.into(), facets, offset: 0, limit: 10 }).unwrap();
        for hit in &found.hits {
            let text = file.read(&hit.report, i64::MAX).unwrap().report.text;
            for cited in hit.passage.iter().chain(&hit.matches) {
                let cut: String =
                    text.chars().skip(cited.start).take(cited.end - cited.start).collect();
                assert_eq!(cut, cited.quote);
            }
        }
        let mut paths: Vec<String> = found.hits.into_iter().map(|h| h.report.path).collect();
        paths.sort();
        paths.join(" ")
    };
    let all_strikes = "strike-2.txt strike-3.txt strike.txt";
    for (text, fold, actor, want) in [
        ("tankers", true, &[][..], all_strikes),
        ("tankers -rain", true, &[], "strike-2.txt strike.txt"),
        ("\"harbour pilots struck\"", true, &[], "strike-2.txt"),
        ("Qaderi", false, &[], "strike-3.txt strike.txt"),
        ("Qaderi", true, &[], all_strikes),
        ("Sirnak", true, &[], "lake.txt"),
        ("Sirnak", false, &[], ""),
        ("moraine*", true, &[], "lake.txt"),
        ("", true, &["qaderi"], all_strikes),
        ("", false, &["QADERI"], "strike-3.txt strike.txt"),
        ("", false, &["Ghaderi"], "strike-2.txt"),
        ("tankers", true, &["Nobody Known"], ""),
        ("\"'); DROP TABLE report; --", true, &[], ""),
        ("AND OR NOT ( * ^", true, &[], ""),
    ] {
        assert_eq!(search(text, fold, actor), want, "{text:?} {fold} {actor:?}");
    }
}

#[test]
fn every_facet_can_be_asked_for() {
    let (_folder, path) = place();
    add(&path, &REPORTS, DAY);
    let file = RecordFile::open(&path).unwrap();
    let one = || vec!["x".to_owned()];
    let all = [
        Facets { office: one(), ..Facets::default() },
        Facets { place: one(), ..Facets::default() },
        Facets { place: vec!["KAZ".into()], ..Facets::default() },
        Facets { kind: one(), ..Facets::default() },
        Facets { outlet: one(), ..Facets::default() },
        Facets { conflict: one(), ..Facets::default() },
        Facets { conflict: vec!["any".into()], ..Facets::default() },
        Facets { from: Some("2020-01-01".into()), ..Facets::default() },
        Facets { to: Some("2020-01-01".into()), ..Facets::default() },
    ];
    for facets in all {
        assert!(!facets.is_empty());
        assert_eq!(file.select(&facets, 10).unwrap(), [], "{facets:?}");
        assert_eq!(file.stories(&facets, 1, 10).unwrap(), [], "{facets:?}");
        assert_eq!(file.names(&facets, 10).unwrap(), [], "{facets:?}");
        let query = Query { text: "tankers".into(), facets, offset: 0, limit: 10 };
        assert_eq!(file.search(&query).unwrap().total, 0);
    }
}
