//! The language a report is written in.

use crate::table;
use std::collections::HashMap;
use std::sync::LazyLock;
use variorum_model::{Block, BlockKind};

/// Fewest letters on which a language is named.
const FEWEST: usize = 60;
/// Most bytes that are looked at.
const MOST: usize = 16_384;

/// ISO 639-1 code of the body's language, `und` when there is too little text to tell.
pub(crate) fn of_body(text: &str, body: &[Block]) -> String {
    let mut sample = String::new();
    for block in body.iter().filter(|b| b.kind == BlockKind::Paragraph) {
        let piece = block.span.of(text);
        let mut end = piece.len().min(MOST - sample.len());
        while !piece.is_char_boundary(end) {
            end -= 1;
        }
        sample.push_str(&piece[..end]);
        sample.push('\n');
        if sample.len() + 4 > MOST {
            break;
        }
    }
    of_text(&sample)
}

/// ISO 639-1 code of the language of `text`, or `und`.
pub(crate) fn of_text(text: &str) -> String {
    static CODES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
        table::rows(include_str!("../../../data/clean_languages.tsv"))
            .map(|r| (r[0], r[1]))
            .collect()
    });
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(FEWEST).count();
    // Scripts without small letters say as much with fewer signs.
    let dense =
        text.chars().take(FEWEST).filter(|c| ('\u{3000}'..'\u{E000}').contains(c)).count() * 3;
    if letters + dense < FEWEST {
        return "und".to_owned();
    }
    whatlang::detect(text)
        .and_then(|info| CODES.get(info.lang().code()).copied())
        .unwrap_or("und")
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for (text, expected) in [
            (
                "The harbour of the old town was opened again on Monday, and ships came back from the sea.",
                "en",
            ),
            (
                "Der Hafen der alten Stadt wurde am Montag wieder geöffnet, und die Schiffe kehrten zurück.",
                "de",
            ),
            (
                "أعيد فتح ميناء المدينة القديمة يوم الاثنين وعادت السفن من البحر إلى أرصفتها في الصباح",
                "ar",
            ),
            ("Ships left.", "und"),
            ("", "und"),
        ] {
            assert_eq!(of_text(text), expected, "{text}");
        }
    }
}
