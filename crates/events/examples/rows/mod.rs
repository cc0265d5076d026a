//! Reports made of plain rows.

use variorum_model::{Block, BlockKind, Report, Span};

/// A report of running text, one block a line.
pub(crate) fn report(id: &str, text: &str) -> Report {
    let mut body = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            let span = Span::new(start, start + trimmed.len());
            body.push(Block { kind: BlockKind::Paragraph, span });
        }
        at += line.len() + 1;
    }
    Report {
        id: id.to_owned(),
        path: String::new(),
        text: text.to_owned(),
        language: "en".to_owned(),
        title: None,
        outlet: None,
        byline: None,
        dateline: None,
        published: None,
        url: None,
        body,
        removed: Vec::new(),
        source_map: Vec::new(),
        warnings: Vec::new(),
    }
}
