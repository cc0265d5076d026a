use super::*;
use crate::sample::{empty_parse, report};

fn read(text: &str, published: Option<(&str, &str)>) -> Vec<(String, String, String)> {
    let report = report(text, published);
    let parse = empty_parse();
    let days = |t: &TimeExpression| match (t.earliest, t.latest) {
        (None, None) => String::new(),
        (a, b) => {
            let end = |d: Option<Date>| d.map_or("?".to_owned(), |d| d.to_string());
            if a == b { end(a) } else { format!("{}..{}", end(a), end(b)) }
        }
    };
    times(&Reading::new(&report, &parse))
        .iter()
        .map(|t| (t.span.of(text).to_owned(), t.value.clone(), days(t)))
        .collect()
}

/// Checks rows of text, expression and value against a publication date.
fn check(published: Option<(&str, &str)>, rows: &[(&str, &[(&str, &str)])]) {
    for (text, expected) in rows {
        let found = read(text, published);
        let pairs: Vec<(&str, &str)> =
            found.iter().map(|(t, v, _)| (t.as_str(), v.as_str())).collect();
        assert_eq!(&pairs, expected, "{text:?}");
    }
}

#[test]
fn calendar_dates_in_every_order() {
    check(
        Some(("2016-06-28", "2016-06-28")),
        &[
            ("They met on June 9.", &[("June 9", "2016-06-09")]),
            ("They met on 9 June 2015.", &[("9 June 2015", "2015-06-09")]),
            (
                "They met on Thursday, June 9, 2016, in Oslo.",
                &[("Thursday, June 9, 2016", "2016-06-09")],
            ),
            ("It began on the 9th of June.", &[("the 9th of June", "2016-06-09")]),
            ("It was signed on 30 December.", &[("30 December", "2015-12-30")]),
            ("It dates from 2014-02-03.", &[("2014-02-03", "2014-02-03")]),
            ("It dates from 25/12/2014.", &[("25/12/2014", "2014-12-25")]),
            ("It dates from Sept. 3, 2014.", &[("Sept. 3, 2014", "2014-09-03")]),
            ("It has gone on since March 2011.", &[("March 2011", "2011-03")]),
            ("It fell in February.", &[("February", "2016-02")]),
            ("Voting in 2013 was calm.", &[("2013", "2013")]),
            ("In the late 1970s and the '80s", &[("the late 1970s", "197"), ("the '80s", "198")]),
            ("in the third quarter of 2015", &[("the third quarter of 2015", "2015-Q3")]),
            ("in the summer of 2014", &[("the summer of 2014", "2014-SU")]),
            ("art of the 19th century", &[("the 19th century", "18")]),
            ("on last Christmas Eve", &[("last Christmas Eve", "2015-12-24")]),
        ],
    );
}

#[test]
fn expressions_that_point_from_publication() {
    check(
        Some(("2016-06-28", "2016-06-28")),
        &[
            ("He came on Monday.", &[("Monday", "2016-06-27")]),
            ("He came on Monday evening.", &[("Monday evening", "2016-06-27TEV")]),
            ("He came two days ago.", &[("two days ago", "2016-06-26")]),
            ("It began last September.", &[("last September", "2015-09")]),
            ("Earlier this month he left.", &[("Earlier this month", "2016-06")]),
            ("He returns next week.", &[("next week", "2016-W27")]),
            ("He left last year.", &[("last year", "2015")]),
            (
                "He left yesterday and is back today.",
                &[("yesterday", "2016-06-27"), ("today", "2016-06-28")],
            ),
            ("He left late last night.", &[("late last night", "2016-06-27TNI")]),
            ("early next year", &[("early next year", "2017")]),
            ("last Friday", &[("last Friday", "2016-06-24")]),
            ("the end of the month", &[("the end of the month", "2016-06")]),
            ("June last year", &[("June last year", "2015-06")]),
            ("He now leads it.", &[("now", "PRESENT_REF")]),
            ("He was recently freed.", &[("recently", "PAST_REF")]),
            ("in recent weeks", &[("recent weeks", "PXW")]),
        ],
    );
}

#[test]
fn lengths_sets_and_clock_times() {
    check(
        Some(("2016-12-31", "2016-12-31")),
        &[
            ("It lasted three years.", &[("three years", "P3Y")]),
            ("the more than five-year-old strife", &[("more than five-year-old", "P5Y")]),
            ("for over three years", &[("over three years", "P3Y")]),
            ("a minute and a half", &[("a minute and a half", "PT1M30S")]),
            ("They pray every Monday.", &[("every Monday", "XXXX-WXX-1")]),
            ("They march on Fridays.", &[("Fridays", "XXXX-WXX-5")]),
            ("It is printed daily.", &[("daily", "P1D")]),
            ("It opens at 10:35 a.m. on Friday.", &[("10:35 a.m. on Friday", "2016-12-30T10:35")]),
            (
                "It holds from midnight (2200 GMT) on December 30, 2016.",
                &[("midnight (2200 GMT) on December 30, 2016", "2016-12-30T24:00")],
            ),
            ("Two decades of war", &[("Two decades", "P20Y")]),
        ],
    );
}

#[test]
fn nothing_is_anchored_without_an_anchor() {
    check(
        None,
        &[
            ("He came on Monday.", &[("Monday", "XXXX-WXX-1")]),
            ("They met on June 9.", &[("June 9", "XXXX-06-09")]),
            ("He came two days ago.", &[("two days ago", "XXXX-XX-XX")]),
            ("It began last September.", &[("last September", "XXXX-09")]),
            ("He came today.", &[("today", "XXXX-XX-XX")]),
        ],
    );
    assert!(read("He came on Monday, June 9 or last year.", None).iter().all(|t| t.2.is_empty()));
}

#[test]
fn a_publication_interval_gives_a_hull() {
    let between = Some(("2016-06-28", "2016-06-30"));
    assert_eq!(read("on Monday", between)[0].1, "2016-06-27");
    assert_eq!(read("yesterday", between)[0].2, "2016-06-27..2016-06-29");
    assert_eq!(read("yesterday", between)[0].1, "XXXX-XX-XX");
    assert_eq!(read("yesterday", Some(("", "2016-06-30")))[0].2, "?..2016-06-29");
}

#[test]
fn impossible_and_ambiguous_dates_stay_open_foreign_ones_are_converted() {
    for (text, value, days) in [
        ("on 31 June 2016", "2016-06-XX", ""),
        ("on June 31", "XXXX-06-XX", ""),
        ("on 03/04/2016", "2016-XX-XX", "2016-03-04..2016-04-03"),
        ("on 20 Khordad 1395", "2016-06-09", "2016-06-09"),
        ("on 3 Ramadan 1437", "2016-06-09", "2016-06-08..2016-06-10"),
        ("at 24:00 on 5 May 2016", "2016-05-05T24:00", "2016-05-05"),
    ] {
        let found = read(text, Some(("2016-07-01", "2016-07-01")));
        assert_eq!(found.len(), 1, "{text:?}: {found:?}");
        assert_eq!((found[0].1.as_str(), found[0].2.as_str()), (value, days), "{text:?}");
    }
    let unset = Some(("1970-01-01", "1970-01-01"));
    assert_eq!(read("on Monday", unset)[0].1, "XXXX-WXX-1");
}

#[test]
fn a_line_that_is_a_date_anchors_what_follows() {
    let found = read("2011-05-30\nFighting began on Friday.\n2011-06-03\nIt ended today.", None);
    let values: Vec<&str> = found.iter().map(|t| t.1.as_str()).collect();
    assert_eq!(values, ["2011-05-30", "2011-05-27", "2011-06-03", "2011-06-03"]);
}

#[test]
fn a_date_that_opens_the_text_stands_in_for_publication() {
    let found = read("Tuesday 28 June 2016 - He came on Monday.", None);
    let values: Vec<&str> = found.iter().map(|t| t.1.as_str()).collect();
    assert_eq!(values, ["2016-06-28", "2016-06-27"]);
}

#[test]
fn later_and_next_count_from_what_was_told() {
    let published = Some(("2016-06-28", "2016-06-28"));
    let found =
        read("They met on May 3. A day later they parted. The next day it rained.", published);
    let values: Vec<&str> = found.iter().map(|t| t.1.as_str()).collect();
    assert_eq!(values, ["2016-05-03", "2016-05-04", "2016-05-05"]);
}

#[test]
fn what_is_no_time() {
    for text in [
        "S-300 and T-90 systems",
        "He may march in the may fair",
        "some 2000 people",
        "1,990 tons",
        "$2000 a head",
        "a second man",
        "The Daily Beacon said",
    ] {
        assert_eq!(read(text, Some(("2016-06-28", "2016-06-28"))), [], "{text:?}");
    }
}

#[test]
fn days_and_months_of_other_calendars() {
    let at = Some(("2016-07-20", "2016-07-20"));
    for (text, span, value, days) in [
        ("since Khordad 1395", "Khordad 1395", "2016", "2016-05-21..2016-06-20"),
        ("on 22nd of Bahman, 1357", "22nd of Bahman, 1357", "1979-02-11", "1979-02-11"),
        ("on Muharram 10, 1437 AH", "Muharram 10, 1437 AH", "2015-10-24", "2015-10-23..2015-10-25"),
        ("It began on 1 Ramadan.", "1 Ramadan", "2016-06-07", "2016-06-06..2016-06-08"),
        ("It ended by Eid al-Fitr.", "Eid al-Fitr", "2016-07-07", "2016-07-06..2016-07-08"),
        ("He left after Easter Monday.", "Easter Monday", "2016-03-28", "2016-03-28"),
        ("He left at Nowruz 2015.", "Nowruz 2015", "2015-03-21", "2015-03-21"),
    ] {
        let found = read(text, at);
        let expected = [(span.to_owned(), value.to_owned(), days.to_owned())];
        assert_eq!(found, expected, "{text:?}");
    }
    // Without a year and without an anchor nothing is known; a month's name alone is often a name
    assert_eq!(read("on 1 Ramadan", None)[0].2, "");
    assert_eq!(read("Mehr said Bahman would wait for Azar.", at), []);
}

#[test]
fn ages_titles_and_kinds_are_no_times() {
    let at = Some(("2016-06-28", "2016-06-28"));
    for text in [
        "The 44-year-old farmer fled.",
        "She is 52 years old.",
        "a 136-year-old mill",
        "He said so on \"This Week\".",
        "They cut the quarterly dividend and future earnings.",
        "He paid a quarter of it.",
        "The party daily Varna wrote so.",
        "High Noon was shown.",
    ] {
        assert_eq!(read(text, at), [], "{text:?}");
    }
}

#[test]
fn quarters_reported_on_are_held_against_those_before() {
    check(
        Some(("2016-10-28", "2016-10-28")),
        &[
            (
                "Third-quarter profit rose from a year earlier. It was low a year ago.",
                &[
                    ("Third-quarter", "2016-Q3"),
                    ("a year earlier", "2015-Q3"),
                    ("a year ago", "2015-Q3"),
                ],
            ),
            (
                "The second quarter was good. In the year-ago quarter it lost money.",
                &[("The second quarter", "2016-Q2"), ("the year-ago quarter", "2015-Q2")],
            ),
            (
                "Sales for the quarter ended June 30 fell against the 2014 period.",
                &[
                    ("the quarter", "2016-Q2"),
                    ("June 30", "2016-06-30"),
                    ("the 2014 period", "2014-Q2"),
                ],
            ),
            (
                "It lost money in the year ended March 31, 2016.",
                &[("the year", "P1Y"), ("March 31, 2016", "2016-03-31")],
            ),
            ("in the latest quarter", &[("the latest quarter", "2016-Q3")]),
            ("It is far above a year ago.", &[("a year ago", "2015")]),
            ("over several quarters", &[("over several quarters", "PXQ")]),
        ],
    );
}

#[test]
fn days_beside_days_and_lists_of_days() {
    check(
        Some(("2016-06-28", "2016-06-28")),
        &[
            ("the week of June 6", &[("the week of June 6", "2016-W23")]),
            ("the day before last Tuesday", &[("the day before last Tuesday", "2016-06-20")]),
            ("the day after the vote", &[("the day", "XXXX-XX-XX")]),
            (
                "It fell on June 9. He had left the day before.",
                &[("June 9", "2016-06-09"), ("the day before", "2016-06-08")],
            ),
            ("on June 9 and 11", &[("June 9", "2016-06-09"), ("11", "2016-06-11")]),
            ("June 9-11.", &[("June 9", "2016-06-09"), ("11", "2016-06-11")]),
            ("from 9 to 11 June", &[("9", "2016-06-09"), ("11 June", "2016-06-11")]),
            ("On June 9 and 11 people died.", &[("June 9", "2016-06-09")]),
            ("under a June agreement", &[("June", "2016-06")]),
            ("`\u{60}now it is over", &[("now", "PRESENT_REF")]),
            ("in the weeks before the vote", &[("the weeks", "PXW")]),
            ("for a while", &[("a while", "PXX")]),
            ("between two to six days", &[("two to six days", "PXD")]),
            ("It will one day be told.", &[("one day", "FUTURE_REF")]),
            ("They shell it five times a day.", &[("a day", "P1D")]),
            ("They met overnight.", &[("overnight", "2016-06-27TNI")]),
        ],
    );
}

#[test]
fn weeks_of_feasts_long_units_and_quarters_of_years() {
    check(
        Some(("2016-06-28", "2016-06-28")),
        &[
            ("It closed in Easter week.", &[("Easter week", "2016-W12")]),
            ("on Election Day 2012", &[("Election Day 2012", "2012-11-06")]),
            ("a decades-long feud", &[("decades-long", "PXY")]),
            ("their third day-long meeting", &[("day-long", "P1D")]),
            ("after yearlong talks", &[("yearlong", "P1Y")]),
            ("An hour later it sank.", &[("An hour later", "PT1H")]),
            ("on \"60 Minutes\" he spoke", &[]),
            ("in the early hours of Monday morning", &[("Monday morning", "2016-06-27TMO")]),
            ("due in next year's first quarter", &[("next year's first quarter", "2017-Q1")]),
            (
                "the winter of nineteen ninety-four",
                &[("the winter of nineteen ninety-four", "1994-WI")],
            ),
            ("the first two quarters of 1990", &[("the first two quarters of 1990", "1990-H1")]),
            ("the last six months of 1990", &[("the last six months of 1990", "1990-H2")]),
        ],
    );
}
