//! Lines of a text and trimming of spans, by bytes.

use variorum_model::Span;

/// One line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The line without what ends it.
    pub span: Span,
    /// Byte at which the next line starts; the text's length for the last line.
    pub next: usize,
}

/// The lines of `text`, ended by `\n`, `\r\n`, `\r`, form feed, U+2028 or U+2029.
///
/// Every byte of the text is in exactly one line or its ending; an empty text has no line, and an
/// ending at the very end of the text starts no further line.
pub fn lines(text: &str) -> impl Iterator<Item = Line> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        if at == bytes.len() {
            return None;
        }
        let start = at;
        let mut end = at;
        loop {
            let length = ending(&bytes[end..]);
            if length > 0 || end == bytes.len() {
                at = end + length;
                return Some(Line { span: Span::new(start, end), next: at });
            }
            end += 1;
        }
    })
}

/// Length in bytes of the line ending that `rest` starts with, or 0.
fn ending(rest: &[u8]) -> usize {
    match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\n' | b'\r' | 0x0C, ..] => 1,
        [0xE2, 0x80, 0xA8 | 0xA9, ..] => 3,
        _ => 0,
    }
}

/// `span` without white space and invisible characters at its ends: Unicode white space (NBSP
/// included), zero-width characters, direction marks and the byte order mark. A span of nothing else
/// becomes empty at its start.
///
/// # Panics
/// If `span` does not fit `text`.
pub fn trim_span(text: &str, span: Span) -> Span {
    let inside = span.of(text);
    let left = inside.trim_start_matches(is_blank);
    if left.is_empty() {
        return Span::new(span.from(), span.from());
    }
    let start = span.to() - left.len();
    Span::new(start, start + left.trim_end_matches(is_blank).len())
}

/// Whether `c` shows nothing at the end of a line.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{180E}')
}

#[cfg(test)]
mod tests {
    use super::{Line, lines, trim_span};
    use proptest::prelude::*;
    use variorum_model::Span;

    fn read(text: &str) -> Vec<&str> {
        lines(text).map(|l| l.span.of(text)).collect()
    }

    #[test]
    fn endings() {
        let table: &[(&str, &[&str])] = &[
            ("", &[]),
            ("a", &["a"]),
            ("a\n", &["a"]),
            ("a\n\nb", &["a", "", "b"]),
            ("a\r\nb\rc\u{C}d\u{2028}e\u{2029}f", &["a", "b", "c", "d", "e", "f"]),
            ("\n\r", &["", ""]),
            ("…‧\u{2030}", &["…‧\u{2030}"]),
        ];
        for (text, expected) in table {
            assert_eq!(&read(text), expected, "{text:?}");
        }
    }

    #[test]
    fn trimming() {
        let table = [
            ("  a b \u{A0}", "a b"),
            ("\u{FEFF}\u{200B}Title\u{2009}\u{200E}", "Title"),
            ("\t\u{3000}", ""),
            ("", ""),
            ("-a-", "-a-"),
        ];
        for (text, expected) in table {
            let span = trim_span(text, Span::new(0, text.len()));
            assert_eq!(span.of(text), expected, "{text:?}");
        }
        assert_eq!(trim_span("x  y", Span::new(1, 3)), Span::new(1, 1));
    }

    proptest! {
        #[test]
        fn lines_and_endings_make_up_the_text(text in "[a\u{A0}é😀\r\n\u{C}\u{2028}]{0,40}") {
            let mut at = 0;
            for Line { span, next } in lines(&text) {
                prop_assert_eq!(span.from(), at);
                prop_assert!(next > at || span.is_empty());
                let ended = span.of(&text).contains(['\n', '\r', '\u{C}', '\u{2028}']);
                prop_assert!(!ended);
                at = next;
            }
            prop_assert_eq!(at, text.len());
        }

        #[test]
        fn a_trimmed_span_holds_all_that_shows(text in "[a \u{A0}é\u{200B}\n]{0,20}") {
            let span = trim_span(&text, Span::new(0, text.len()));
            prop_assert_eq!(span.of(&text), text.trim_matches(super::is_blank));
        }
    }
}
