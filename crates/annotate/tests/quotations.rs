//! Text in, attributions out: every row of `quotations.tsv`, through the reader of the language.

use variorum_language::Language;
use variorum_model::{Annotations, Quotation, Report, Span};

fn annotate(language: &Language, text: &str) -> Annotations {
    let report = Report::of_lines("r", text);
    let parse = language.read(&report);
    variorum_annotate::annotate(&report, &parse)
}

/// Cue, source, speaker and content as the table writes them.
fn cells<'t>(text: &'t str, quotation: &Quotation) -> [&'t str; 4] {
    let of = |span: Option<Span>| span.map_or("-", |s| s.of(text));
    [of(quotation.cue), of(quotation.source), of(quotation.speaker), quotation.span.of(text)]
}

#[test]
fn texts_attribute_what_the_table_says() {
    let language = Language::load();
    let rows = include_str!("quotations.tsv").lines().filter(|l| !l.starts_with('#'));
    let mut wrong = Vec::new();
    let mut seen = 0;
    for row in rows {
        let row: Vec<&str> = row.split('\t').collect();
        let [text, cue, source, speaker, content] = row[..] else { panic!("{row:?}") };
        seen += 1;
        let text = text.replace('¶', "\n");
        let found: Vec<[String; 4]> = annotate(&language, &text)
            .quotations
            .iter()
            .map(|q| cells(&text, q).map(|cell| cell.replace('\n', "¶")))
            .collect();
        let right = match cue.strip_prefix('!') {
            Some("-") => found.is_empty(),
            Some(cue) => found.iter().all(|q| q[0] != cue),
            None => found.iter().any(|q| *q == [cue, source, speaker, content]),
        };
        if !right {
            wrong.push(format!("{row:?}\n    found {found:?}"));
        }
    }
    assert!(seen > 30, "the table has rows");
    assert!(wrong.is_empty(), "{} of {seen} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
