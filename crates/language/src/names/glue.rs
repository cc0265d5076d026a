//! Words that a page glued to a name: a link's text without a space before it.

use variorum_model::{MentionKind, Span};

/// Fewest small letters of a surname before what is glued to it; "McDonald" and "FitzGerald" have fewer.
const FEWEST: usize = 4;

/// A mention's span without what is glued to its last word: "Lenora OrloGOP" and "Lenora ZorinskaAides" are
/// the names alone. Only of a person named in two words or more, since handles and firms are written so.
pub(super) fn unglued(text: &str, kind: MentionKind, span: Span) -> Span {
    let name = span.of(text);
    let Some((_, last)) = name.rsplit_once(' ').filter(|_| kind == MentionKind::Person) else {
        return span;
    };
    match glue(last) {
        Some(kept) => Span::new(span.from(), span.to() - (last.len() - kept)),
        None => span,
    }
}

/// Bytes of the word before a capital in its middle that starts another word.
fn glue(word: &str) -> Option<usize> {
    let mut small = 0;
    for (at, c) in word.char_indices() {
        if c.is_uppercase() && small >= FEWEST {
            return Some(at);
        }
        small = if c.is_lowercase() { small + 1 } else { 0 };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_glued_to_a_name_is_left_out() {
        for (text, kind, want) in [
            ("Lenora ZorinskaGOP", MentionKind::Person, "Lenora Zorinska"),
            ("Ali Mareth ZorinskaAides", MentionKind::Person, "Ali Mareth Zorinska"),
            ("Lenora McDonald", MentionKind::Person, "Lenora McDonald"),
            ("Ana FitzGerald", MentionKind::Person, "Ana FitzGerald"),
            ("Lenora O’Neill-Shaw", MentionKind::Person, "Lenora O’Neill-Shaw"),
            ("LenoraZorinska", MentionKind::Person, "LenoraZorinska"),
            ("Radio MarketWatch", MentionKind::Organization, "Radio MarketWatch"),
        ] {
            let span = unglued(text, kind, Span::new(0, text.len()));
            assert_eq!(span.of(text), want, "{text}");
        }
    }
}
