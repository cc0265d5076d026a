use super::*;
use crate::sample::{empty_parse, report};

fn read(text: &str) -> Vec<(String, f64, &'static str, String, String)> {
    let report = report(text, None);
    let parse = empty_parse();
    let reading = Reading::new(&report, &parse);
    let times = crate::times::times(&reading);
    quantities(&reading, &times)
        .into_iter()
        .map(|q| (q.span.of(text).to_owned(), q.value, q.bound, q.unit, q.measure))
        .collect()
}

#[test]
fn casualties_in_the_wordings_of_the_press() {
    for (text, expected) in [
        (
            "The blast claimed the lives of over 400 people.",
            &[("over 400", 400.0, "at_least", "killed")][..],
        ),
        ("The death toll rose to 19.", &[("19", 19.0, "exact", "killed")]),
        (
            "A bomb went off, killing at least 15 people.",
            &[("at least 15", 15.0, "at_least", "killed")],
        ),
        ("The raid left 30 wounded.", &[("30", 30.0, "exact", "injured")]),
        ("Rescuers counted 20 dead.", &[("20", 20.0, "exact", "killed")]),
        ("12 were killed.", &[("12", 12.0, "exact", "killed")]),
        (
            "It killed some 470 people and injured 1.9 million others.",
            &[("some 470", 470.0, "about", "killed"), ("1.9 million", 1.9e6, "exact", "injured")],
        ),
        (
            "15 people were killed and 30 wounded.",
            &[("15", 15.0, "exact", "killed"), ("30", 30.0, "exact", "injured")],
        ),
        (
            "They killed 12 soldiers and 3 civilians.",
            &[("12", 12.0, "exact", "killed"), ("3", 3.0, "exact", "killed")],
        ),
        ("Dozens were injured.", &[("Dozens", 24.0, "at_least", "injured")]),
        ("Police arrested up to 40 people.", &[("up to 40", 40.0, "at_most", "detained")]),
        ("Nearly 200 people are missing.", &[("Nearly 200", 200.0, "about", "missing")]),
        ("Between 20 and 30 men were killed.", &[("Between 20 and 30", 25.0, "range", "killed")]),
        ("20-30 people were hurt.", &[("20-30", 25.0, "range", "injured")]),
        ("One person was killed.", &[("One", 1.0, "exact", "killed")]),
    ] {
        let found = read(text);
        let rows: Vec<_> = found.iter().map(|q| (q.0.as_str(), q.1, q.2, q.4.as_str())).collect();
        assert_eq!(rows, expected, "{text:?}");
        assert!(found.iter().all(|q| q.3 == "people"), "{text:?}: {found:?}");
    }
}

#[test]
fn money_shares_lengths_and_ages() {
    for (text, span, value, unit, measure) in [
        ("a loan of $5.6bn", "$5.6bn", 5.6e9, "usd", "money"),
        ("some 5 million euros", "some 5 million euros", 5e6, "eur", "money"),
        ("it won 52 percent", "52 percent", 52.0, "percent", "percent"),
        ("it won 52.5% of it", "52.5%", 52.5, "percent", "percent"),
        ("it lies 30 km off", "30 km", 30.0, "km", "distance"),
        ("Anna Orlo, 34, said", "34", 34.0, "years", "age"),
        ("nearly half of the village", "nearly half", 0.5, "share", "count"),
    ] {
        let found = read(text);
        assert_eq!(found.len(), 1, "{text:?}: {found:?}");
        let (s, v, _, u, m) = &found[0];
        assert_eq!(
            (s.as_str(), *v, u.as_str(), m.as_str()),
            (span, value, unit, measure),
            "{text:?}"
        );
    }
}

#[test]
fn what_counts_nothing() {
    for text in [
        "on 9 June 2016",
        "at 10:35 a.m.",
        "an S-300 battery and a T-90 tank",
        "the five-year-old strife",
        "Resolution 2254 was passed",
        "call +98 21 555 0100",
        "the 20th man",
        "One of them spoke.",
        "the G20 and the P5+1",
        "1. First item",
    ] {
        assert_eq!(read(text), [], "{text:?}");
    }
}
