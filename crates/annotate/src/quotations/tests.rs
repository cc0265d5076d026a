use super::*;
use crate::sample::{named, report};
use variorum_model::MentionKind;

/// Content, cue, source and kind of the quotations in a sentence whose words are parted by blanks.
fn read(text: &str) -> Vec<(String, String, String, QuotationKind)> {
    let report = report(text, None);
    let parse = named(text, &[("Omar Haddad", MentionKind::Person)]);
    let reading = Reading::new(&report, &parse);
    let mentions = crate::mentions::mentions(&reading);
    let of = |s: Option<Span>| s.map_or("", |s| s.of(text)).to_owned();
    quotations(&reading, &mentions, &[])
        .into_iter()
        .map(|q| (q.span.of(text).to_owned(), of(q.cue), of(q.source), q.kind))
        .collect()
}

#[test]
fn contents_before_and_after_their_cue() {
    use QuotationKind::{Direct, Indirect, Mixed};
    for (text, expected) in [
        (
            "Omar Haddad said that the talks failed .",
            &[("that the talks failed", "said", "Omar Haddad", Indirect)][..],
        ),
        (
            "the talks failed , Omar Haddad said .",
            &[("the talks failed", "said", "Omar Haddad", Indirect)],
        ),
        (
            "“ the talks failed badly , ” said Omar Haddad .",
            &[("“ the talks failed badly , ”", "said", "Omar Haddad", Direct)],
        ),
        (
            "according to the ministry , the talks failed .",
            &[("the talks failed", "according to", "the ministry", Indirect)],
        ),
        (
            "Omar Haddad said the talks were “ a long farce ” .",
            &[("the talks were “ a long farce ”", "said", "Omar Haddad", Mixed)],
        ),
        (
            "“ we met , ” he said , “ and we parted again ” .",
            &[("“ we met , ” he said , “ and we parted again ”", "said", "he", Direct)],
        ),
        ("the “ farce ” ended .", &[]),
        ("the storm claimed the lives of many .", &[]),
    ] {
        let found = read(text);
        let rows: Vec<_> =
            found.iter().map(|q| (q.0.as_str(), q.1.as_str(), q.2.as_str(), q.3)).collect();
        assert_eq!(rows, expected, "{text:?}");
    }
}

#[test]
fn unnamed_sources_are_told_as_such() {
    let text = "a well-informed source said that the talks failed .";
    let report = report(text, None);
    let parse = named(text, &[]);
    let reading = Reading::new(&report, &parse);
    let found = quotations(&reading, &[], &[]);
    assert_eq!(found.len(), 1);
    assert!(found[0].anonymous);
}
