//! What is and what is not parted.

use super::*;

fn split(text: &str) -> Vec<&str> {
    sentences(text, Span::new(0, text.len())).iter().map(|s| s.of(text)).collect()
}

#[track_caller]
fn check(parts: &[&str]) {
    assert_eq!(split(&parts.join(" ")), parts);
}

#[test]
fn abbreviations_and_initials_do_not_end_sentences() {
    check(&["Lt. Col. Pavel R. Orlo met Gen. Sato of the U.S. Navy.", "They left."]);
    check(&["It happened at 5 p.m. on Friday near St. Odo.", "Nobody was hurt."]);
    check(&["He lives in the U.S.", "The house is old."]);
    check(&["Talks with Nimbus Inc. Chairman Lee failed."]);
    check(&["See No. 4 on the list.", "No.", "That is wrong."]);
}

#[test]
fn quotations_end_sentences_with_their_marks() {
    check(&["“We will stay.”", "Orlo said no more."]);
    check(&["\"Why now?\" he asked.", "Nobody knew."]);
    check(&["\"Go home!\" Mayor Orlo said.", "They went."]);
}

#[test]
fn a_missing_space_is_supplied() {
    assert_eq!(split("It ended the war.The army left."), ["It ended the war.", "The army left."]);
    assert_eq!(
        split("He reads www.example.Com and node.js daily."),
        ["He reads www.example.Com and node.js daily."]
    );
}

#[test]
fn ellipses_numbers_and_bullets() {
    check(&["It cost 3.5 million.", "Then ... nothing came."]);
    assert_eq!(split("• One item • Two items"), ["• One item", "• Two items"]);
    assert_eq!(split("Short heading\nThe port reopened."), ["Short heading", "The port reopened."]);
}

#[test]
fn wrapped_lines_stay_together() {
    let text = "The council of the river province met in the old town hall\nof Varna to hear the engineers.";
    assert_eq!(split(text).len(), 1);
}

#[test]
fn blank_input_has_no_sentences() {
    assert!(split(" \n\u{a0} ").is_empty());
}

#[test]
fn stops_of_titles_days_numbers_and_places_stay() {
    check(&[
        "U.S. President Orlo met Lt. Gen. Ana Sato in St. Odo on Jan. 5 at No. 7 Mill St. today.",
    ]);
    check(&[
        "Nimbus Inc. said so.",
        "He followed Orlo Sr.",
        "The elder left.",
        "He owns Orlo & Co.",
    ]);
    check(&["The Hill St. shop moved to Ft. Varna.", "She lives on Main St.", "The baker stayed."]);
    check(&[
        "Rep. Ana Orlo (D-Pa.) Tuesday spoke.",
        "Rep. Orlo spoke (in Pa.)",
        "The others left.",
    ]);
    check(&["Dr. Orlo, Ph.D. and M.D. Sato agreed.", "Fees, fines etc.", "Orlo paid them."]);
}

#[test]
fn an_hour_ends_before_a_capital_unless_a_day_or_zone_follows() {
    check(&["It began at 9 a.m. Sunday and ended at 5 p.m. Eastern.", "Few came."]);
    check(&["Doors open at 6 p.m.", "Orlo speaks later.", "Come at 7 p.m.", "The hall is small."]);
    check(&["A debate — it starts at 9 p.m. — will be shown.", "Few came."]);
    check(&["The mayor is who I am.", "Orlo is not.", "Come at 9 am. Monday."]);
}

#[test]
fn a_quotation_and_its_speaker_are_one() {
    check(&["“Why now?” Mayor Orlo demanded.", "Nobody knew."]);
    check(&["“Why now?” Orlo asked, “and why here?”", "Nobody knew."]);
    check(&["“Why now?”", "He answered, “I do not know.”"]);
    check(&["“He never asked.", "He took.” — Ana Orlo, baker"]);
    check(&["“Go!”", "— The crowd moved on."]);
    check(&[
        "“Go!”",
        "— Crowds moved on that day and nobody in the long street looked back at the old hall.",
    ]);
    check(&["Is it “safe”?", "Perhaps.", "He left.“", "Then he slept."]);
}

#[test]
fn ellipses_end_where_the_next_word_begins_a_sentence() {
    check(&["We tried. ...", "Nobody helped us."]);
    check(&["We tried. . . .", "Orlo slept."]);
    check(&["Who tried?", "…Orlo slept."]);
    check(&["I do not know…", "Orlo left early."]);
    check(&["It rests on trade and ... Varnan law."]);
    check(&["It was a plan... ‘a good one’ in all."]);
    check(&["Well . . . the man left.", "“… They spoke well.”"]);
}

#[test]
fn lost_capitals_and_names_in_lower_case_begin_sentences() {
    check(&["They left the city.", "the army followed."]);
    check(&["They left by al-Bab.", "al-Furat lies beyond."]);
    check(&["It holds a large share. she added."]);
    check(&["He sells cars, boats etc. the rest he keeps."]);
    check(&["They saw approx. the same."]);
}

#[test]
fn a_missing_space_after_a_number_or_capitals_needs_a_starter() {
    for (text, parts) in [
        ("They fought in 2014.In June they left.", 2),
        ("It joined NATO.The vote was close.", 2),
        ("Shares of Orlo.IXIC rose.", 1),
        ("See https://odo.example/War.The and rest.", 1),
        ("R.J/Orlo wrote it.", 1),
        ("\u{201c}We stay.\u{201d}The army left.", 2),
    ] {
        assert_eq!(split(text).len(), parts, "{text}");
    }
}

#[test]
fn lines_end_sentences_unless_they_are_wrapped() {
    for (text, parts) in [
        // A heading over a longer paragraph, however long the heading.
        (
            "Port of Varna reopens after the long winter storm\nThe first ship came in at dawn and left by noon.",
            2,
        ),
        // Items of a list.
        (
            "Tell them what the new bridge would cost the town\nBe brief\nShow them the plans of the engineers.",
            3,
        ),
        ("Council weighs bridge;\nEngineers want more time", 2),
        // A broken sentence.
        ("Note: Ana Orlo of\nVarna regularly\nwrites here", 1),
        ("The bridge, the tunnel,\nVarna itself", 1),
        // Wrapped at a width, with a capital at the start of a line and one after a stop.
        (
            "The council of the river province met in the hall\nof Varna on Tuesday to hear what Ana Orlo and Pavel\nSato had found. The bridge, they said, was unsafe.\nThe council closed it.",
            3,
        ),
        // A blank line always ends.
        ("The council met in the\n\nhall", 2),
    ] {
        assert_eq!(split(text).len(), parts, "{text}: {:?}", split(text));
    }
}

#[test]
fn datelines_colons_and_semicolons_end_nothing() {
    check(&["VARNA, Jan. 5 (ODO) — The port reopened.", "Ships came."]);
    check(&["ODO, Va. - The port reopened: \"We are glad,\" he said; Orlo agreed."]);
}

proptest::proptest! {
    #[test]
    fn sentences_hold_all_that_is_not_white_space(text in "[a-zA-Z .!?…“”\"'\n\u{a0}•é―-]{0,80}") {
        let found = sentences(&text, Span::new(0, text.len()));
        let mut end = 0;
        for span in &found {
            proptest::prop_assert!(span.from() >= end);
            proptest::prop_assert!(text[end..span.from()].trim().is_empty());
            proptest::prop_assert_eq!(span.of(&text), span.of(&text).trim());
            end = span.to();
        }
        proptest::prop_assert!(text[end..].trim().is_empty());
    }
}
