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
        ("Nearly 200 people are missing.", &[("Nearly 200", 200.0, "at_most", "missing")]),
        ("Between 20 and 30 men were killed.", &[("Between 20 and 30", 20.0, "range", "killed")]),
        ("20-30 people were hurt.", &[("20-30", 20.0, "range", "injured")]),
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

#[test]
fn bounds_in_the_wordings_of_the_press() {
    for (text, span, value, bound) in [
        ("over 20 lorries", "over 20", 20.0, "at_least"),
        ("at least one lorry", "at least one", 1.0, "at_least"),
        ("nearly 20 lorries", "nearly 20", 20.0, "at_most"),
        ("roughly another 20 lorries", "roughly another 20", 20.0, "about"),
        ("at least a further 20 lorries", "at least a further 20", 20.0, "at_least"),
        ("20 or more lorries", "20 or more", 20.0, "at_least"),
        ("200+ lorries", "200+", 200.0, "at_least"),
        ("100-odd lorries", "100-odd", 100.0, "about"),
        ("some 20 lorries", "some 20", 20.0, "about"),
        ("a mere 20 lorries", "20", 20.0, "exact"),
        ("dozens of lorries", "dozens", 24.0, "at_least"),
        ("a score of lorries", "a score of", 20.0, "exact"),
        ("half a dozen lorries", "half a dozen", 6.0, "exact"),
        ("more than a dozen lorries", "more than a dozen", 12.0, "at_least"),
        ("as many as 55,000 lorries", "as many as 55,000", 55_000.0, "at_most"),
        ("between 150 and 200 lorries", "between 150 and 200", 150.0, "range"),
        ("three or four lorries", "three or four", 3.0, "range"),
        ("one in five lorries", "one in five", 0.2, "exact"),
        ("three out of four lorries", "three out of four", 0.75, "exact"),
        ("one bomb fell", "one", 1.0, "exact"),
        ("0.4m lorries", "0.4m", 400_000.0, "exact"),
        ("4 lakh lorries", "4 lakh", 400_000.0, "exact"),
        ("400.000 lorries", "400.000", 400_000.0, "exact"),
    ] {
        let found = read(text);
        let rows: Vec<_> = found.iter().map(|q| (q.0.as_str(), q.1, q.2)).collect();
        assert_eq!(rows, [(span, value, bound)], "{text:?}");
    }
}

#[test]
fn what_changed_is_told_with_both_its_figures() {
    let found = read("The death toll rose from 12 to 19.");
    let rows: Vec<_> = found.iter().map(|q| (q.1, q.2)).collect();
    assert_eq!(rows, [(12.0, "exact"), (19.0, "exact")]);
}

#[test]
fn lengths_of_time_and_ages() {
    for (text, span, value, bound, unit, measure) in [
        ("it lasted two weeks", "two weeks", 2.0, "exact", "weeks", "duration"),
        ("after more than a year here", "more than a year", 1.0, "at_least", "years", "duration"),
        ("for over three years", "over three years", 3.0, "at_least", "years", "duration"),
        ("it began three years ago", "three years", 3.0, "exact", "years", "duration"),
        ("over the past 24-hours", "24-hours", 24.0, "exact", "hours", "duration"),
        ("held up to three days", "up to three days", 3.0, "at_most", "days", "duration"),
        ("in five decades of war", "five decades", 5.0, "exact", "decades", "duration"),
        ("half an hour later", "half an hour", 0.5, "exact", "hours", "duration"),
        ("for two to three hours", "two to three hours", 2.0, "range", "hours", "duration"),
        ("ten straight days", "ten straight days", 10.0, "exact", "days", "duration"),
        (
            "they cannot be held for longer than three weeks",
            "longer than three weeks",
            3.0,
            "at_most",
            "weeks",
            "duration",
        ),
        (
            "it went on for longer than three weeks",
            "longer than three weeks",
            3.0,
            "at_least",
            "weeks",
            "duration",
        ),
        ("a nearly six-year-old strife", "nearly six-year-old", 6.0, "at_most", "years", "age"),
        ("her 2-year-old daughter", "2-year-old", 2.0, "exact", "years", "age"),
        ("children as young as 4-years-old", "4-years-old", 4.0, "exact", "years", "age"),
        ("men aged 20 to 30", "20 to 30", 20.0, "range", "years", "age"),
        ("at the age of 34", "34", 34.0, "exact", "years", "age"),
        ("under 16 years of age", "under 16 years of age", 16.0, "at_most", "years", "age"),
        ("about a quarter mile off", "about a quarter mile", 0.25, "about", "miles", "distance"),
        ("half a mile off", "half a mile", 0.5, "exact", "miles", "distance"),
    ] {
        let found = read(text);
        let rows: Vec<_> =
            found.iter().map(|q| (q.0.as_str(), q.1, q.2, q.3.as_str(), q.4.as_str())).collect();
        assert_eq!(rows, [(span, value, bound, unit, measure)], "{text:?}");
    }
}

#[test]
fn numbers_that_name_or_order() {
    for text in [
        "Media ID: 5535240",
        "the harbour at 35 Elm Street burnt",
        "the Reds won 3-2",
        "a 2-1 win for the Reds",
        "the second half of the match",
        "at 1400 hours",
        "every two weeks",
        "a year ago",
        "flight MH17 and page 12",
        "10^400",
        "at 24:00",
        "on 31 June",
        "on 03/04/2016",
        "in the 1990s",
        "since September 11",
        "one day it will end",
        "on one side",
        "Tel. +44 20 7946 0123",
        "the G8, 3G phones and B-52s",
        "the 2,000th ship",
        "article 5 of the treaty and chapter 7",
    ] {
        assert_eq!(read(text), [], "{text:?}");
    }
}

#[test]
fn shares_of_a_stated_whole() {
    let report = |text: &str| report(text, None);
    let parse = empty_parse();
    for (text, value, bound) in [
        ("half of the 300 men", Some(150.0), "exact"),
        ("nearly half of the old town of 300", Some(150.0), "at_most"),
        ("nearly half of the town's people of about 300", Some(150.0), "about"),
        ("20 percent of the 300 men", Some(60.0), "exact"),
        ("over a third of at least 300 men", Some(100.0), "at_least"),
        ("half of the men and 300 women", None, ""),
        ("half of the men lost 300", None, ""),
    ] {
        let report = report(text);
        let reading = Reading::new(&report, &parse);
        let found = quantities(&reading, &[]);
        let derived = found[0].derived.map(|d| (d.value, d.bound));
        assert_eq!(derived, value.map(|v| (v, bound)), "{text:?}");
    }
}

#[test]
fn a_row_of_ages() {
    let found = read("her sons, ages 10, 9 and 4, slept");
    let rows: Vec<_> = found.iter().map(|q| (q.1, q.4.as_str())).collect();
    assert_eq!(rows, [(10.0, "age"), (9.0, "age"), (4.0, "age")]);
}

#[test]
fn what_does_not_befall_those_counted() {
    for (text, value, measure) in [
        ("The mayor was killed when 12 men broke in.", 12.0, "count"),
        ("The mayor was killed by 12 men.", 12.0, "count"),
        ("The party claimed 12 rooms.", 12.0, "count"),
        ("The storm claimed 12 lives.", 12.0, "killed"),
        ("The storm cost the lives of 12 men.", 12.0, "killed"),
        ("The storm changed the lives of 12 men.", 12.0, "count"),
        ("The toll of the two-day storm rose to 12.", 12.0, "killed"),
    ] {
        let found = read(text);
        let found = found.iter().find(|q| q.4 != "duration").expect(text);
        assert_eq!((found.1, found.4.as_str()), (value, measure), "{text:?}");
    }
}
