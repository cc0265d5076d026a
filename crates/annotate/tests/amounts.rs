//! Sentence in, amounts out, where the tree has a say.

use variorum_language::Language;
use variorum_model::Report;

#[test]
fn a_number_without_a_noun_counts_what_was_counted_before() {
    let language = Language::load();
    // Text; the bare number; what it counts.
    for (text, number, want) in [
        ("Five shells were fired, of which four exploded.", "four", Some("shells")),
        (
            "At least one shell fell inside the wall, and three fell outside it.",
            "three",
            Some("shell"),
        ),
        (
            "Four shells were fired within a few moments; two landed in the yard.",
            "two",
            Some("shells"),
        ),
        ("The talks lasted five days and two failed.", "two", None),
    ] {
        let report = Report::of_lines("r", text);
        let annotations = variorum_annotate::annotate(&report, &language.read(&report));
        let found = annotations.quantities.iter().find(|q| q.span.of(text).ends_with(number));
        let of = found.expect(text).of.map(|s| s.of(text));
        assert_eq!(of, want, "{text}");
    }
}
