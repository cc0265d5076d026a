//! Reports made from sentences, for tests.

use variorum_model::{Basis, Block, BlockKind, Parse, Published, Report, Span};

/// A report whose lines are its paragraphs, published between two days.
pub(crate) fn report(text: &str, published: Option<(&str, &str)>) -> Report {
    let body = text
        .split('\n')
        .scan(0, |at, line| {
            let span = Span::new(*at, *at + line.len());
            *at += line.len() + 1;
            Some(Block { kind: BlockKind::Paragraph, span })
        })
        .collect();
    Report {
        id: String::new(),
        path: String::new(),
        text: text.to_owned(),
        language: "en".into(),
        title: None,
        outlet: None,
        byline: None,
        dateline: None,
        published: published.map(|(a, b)| Published {
            start: a.parse().ok(),
            end: b.parse().ok(),
            value: String::new(),
            basis: Basis::Metadata,
            evidence: Vec::new(),
        }),
        url: None,
        body,
        removed: Vec::new(),
        source_map: Vec::new(),
        warnings: Vec::new(),
    }
}

/// A parse that tells nothing.
pub(crate) fn empty_parse() -> Parse {
    Parse::default()
}
