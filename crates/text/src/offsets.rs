//! Positions in one text counted in bytes, code points and UTF-16 units.

use unicode_segmentation::{GraphemeCursor, GraphemeIncomplete};
use variorum_model::Span;

const STEP: usize = 64;

/// Converts positions in one text between bytes, code points (what the contract counts) and UTF-16
/// code units (what browsers and Java count).
///
/// Keeps both counts at every 64th byte: byte to count is constant time, the way back is a binary
/// search. Positions outside the text or inside a character give `None`.
#[derive(Debug, Clone)]
pub struct Offsets<'t> {
    text: &'t str,
    /// Code points and UTF-16 units that start before byte `64 * i`; empty when the text is ASCII.
    steps: Vec<(u32, u32)>,
}

impl<'t> Offsets<'t> {
    /// Indexes `text`.
    pub fn new(text: &'t str) -> Offsets<'t> {
        let mut steps = Vec::new();
        if !text.is_ascii() {
            let (mut points, mut units) = (0, 0);
            for chunk in text.as_bytes().chunks(STEP) {
                steps.push((points, units));
                let (p, u) = counts(chunk);
                points += p;
                units += u;
            }
            steps.push((points, units));
        }
        Offsets { text, steps }
    }

    /// Code points before byte `at`.
    pub fn code_point(&self, at: usize) -> Option<usize> {
        self.counts_before(at).map(|(points, _)| points)
    }

    /// UTF-16 units before byte `at`.
    pub fn utf16(&self, at: usize) -> Option<usize> {
        self.counts_before(at).map(|(_, units)| units)
    }

    /// The byte at which code point `n` starts; the text's length for the number of code points.
    pub fn byte_of_code_point(&self, n: usize) -> Option<usize> {
        self.byte_where(n, |(points, _)| points as usize, |_| 1)
    }

    /// The byte of the character that starts at UTF-16 unit `n`; `None` within a surrogate pair.
    pub fn byte_of_utf16(&self, n: usize) -> Option<usize> {
        self.byte_where(n, |(_, units)| units as usize, char::len_utf16)
    }

    /// The span from code point `start` to code point `end`.
    pub fn span_of_code_points(&self, start: usize, end: usize) -> Option<Span> {
        let (start, end) = (self.byte_of_code_point(start)?, self.byte_of_code_point(end)?);
        (start <= end).then(|| Span::new(start, end))
    }

    /// The span from UTF-16 unit `start` to UTF-16 unit `end`.
    pub fn span_of_utf16(&self, start: usize, end: usize) -> Option<Span> {
        let (start, end) = (self.byte_of_utf16(start)?, self.byte_of_utf16(end)?);
        (start <= end).then(|| Span::new(start, end))
    }

    fn counts_before(&self, at: usize) -> Option<(usize, usize)> {
        if !self.text.is_char_boundary(at) {
            return None;
        }
        if self.steps.is_empty() {
            return Some((at, at));
        }
        let step = at / STEP;
        let (points, units) = self.steps[step];
        let (p, u) = counts(&self.text.as_bytes()[step * STEP..at]);
        Some(((points + p) as usize, (units + u) as usize))
    }

    fn byte_where(
        &self,
        wanted: usize,
        count: impl Fn((u32, u32)) -> usize,
        weight: impl Fn(char) -> usize,
    ) -> Option<usize> {
        if self.steps.is_empty() {
            return (wanted <= self.text.len()).then_some(wanted);
        }
        // The last step that has at most `wanted` before it; step 0 has none before it.
        let step = self.steps.partition_point(|&s| count(s) <= wanted) - 1;
        let mut seen = count(self.steps[step]);
        let mut at = (step * STEP).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at += 1; // the character began before the step and is counted there
        }
        let mut rest = self.text[at..].chars();
        while seen < wanted {
            let c = rest.next()?;
            seen += weight(c);
            at += c.len_utf8();
        }
        (seen == wanted).then_some(at)
    }
}

/// Code points and UTF-16 units that start in `bytes`.
fn counts(bytes: &[u8]) -> (u32, u32) {
    let points = bytes.iter().filter(|&&b| b & 0xC0 != 0x80).count() as u32;
    let astral = bytes.iter().filter(|&&b| b >= 0xF0).count() as u32;
    (points, points + astral)
}

/// The smallest span around `span` that cuts no user-perceived character (extended grapheme cluster,
/// UAX #29). Ends inside a character are widened too.
///
/// # Panics
/// If `span` does not fit `text`.
pub fn widen_to_graphemes(text: &str, span: Span) -> Span {
    assert!(span.to() <= text.len(), "span does not fit the text");
    let mut start = span.from();
    while !is_grapheme_boundary(text, start) {
        start -= 1;
    }
    let mut end = span.to();
    while !is_grapheme_boundary(text, end) {
        end += 1;
    }
    Span::new(start, end)
}

fn is_grapheme_boundary(text: &str, at: usize) -> bool {
    if !text.is_char_boundary(at) {
        return false;
    }
    // The whole text is at hand, so the cursor never asks for more of it.
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    let answer: Result<bool, GraphemeIncomplete> = cursor.is_boundary(text, 0);
    answer.unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use super::{Offsets, widen_to_graphemes};
    use proptest::prelude::*;
    use variorum_model::{CodePoints, Span};

    #[test]
    fn counts_of_mixed_text() {
        let text = "\u{FEFF}a\u{A0}é\r\n😀e\u{301}";
        let offsets = Offsets::new(text);
        let table = [(0, 0, 0), (3, 1, 1), (4, 2, 2), (6, 3, 3), (8, 4, 4), (10, 6, 6), (14, 7, 8)];
        for (byte, points, units) in table {
            assert_eq!(offsets.code_point(byte), Some(points), "byte {byte}");
            assert_eq!(offsets.utf16(byte), Some(units), "byte {byte}");
            assert_eq!(offsets.byte_of_code_point(points), Some(byte));
            assert_eq!(offsets.byte_of_utf16(units), Some(byte));
        }
        assert_eq!(offsets.byte_of_utf16(7), None, "inside the surrogate pair");
        assert_eq!(offsets.code_point(1), None, "inside a character");
        assert_eq!(offsets.code_point(99), None);
        assert_eq!(offsets.byte_of_code_point(99), None);
        assert_eq!(offsets.span_of_code_points(6, 7), Some(Span::new(10, 14)));
        assert_eq!(offsets.span_of_utf16(6, 8), Some(Span::new(10, 14)));
        assert_eq!(offsets.span_of_code_points(3, 2), None);
    }

    #[test]
    fn citations_keep_graphemes_whole() {
        let table = [
            ("ae\u{301}b", (1, 2), "e\u{301}"),
            ("ab", (0, 1), "a"),
            ("x👩\u{200D}👧y", (1, 5), "👩\u{200D}👧"),
            ("a\r\nb", (0, 2), "a\r\n"),
        ];
        for (text, (start, end), expected) in table {
            assert_eq!(widen_to_graphemes(text, Span::new(start, end)).of(text), expected);
        }
        let stack = format!("e{}", "\u{301}".repeat(10_000));
        assert_eq!(widen_to_graphemes(&stack, Span::new(0, 1)).len(), stack.len());
    }

    /// Characters that break careless counting, in texts longer than one step of the index.
    pub(crate) fn awkward_text() -> impl Strategy<Value = String> {
        let awkward = "[a-c \u{A0}\u{301}\u{2009}\u{FEFF}é中😀👩\u{200D}\r\n]{0,300}";
        prop_oneof![awkward, ".{0,120}", "[a-z]{0,200}", any::<String>()]
    }

    proptest! {
        #[test]
        fn there_and_back(text in awkward_text()) {
            let offsets = Offsets::new(&text);
            let model = CodePoints::new(&text);
            let (mut points, mut units) = (0, 0);
            for (byte, c) in text.char_indices().chain([(text.len(), ' ')]) {
                prop_assert_eq!(offsets.code_point(byte), Some(points));
                prop_assert_eq!(model.at(byte), points);
                prop_assert_eq!(offsets.utf16(byte), Some(units));
                prop_assert_eq!(offsets.byte_of_code_point(points), Some(byte));
                prop_assert_eq!(offsets.byte_of_utf16(units), Some(byte));
                points += 1;
                units += c.len_utf16();
            }
            prop_assert_eq!(offsets.byte_of_code_point(points), None);
            prop_assert_eq!(offsets.byte_of_utf16(units), None);
            prop_assert_eq!(points - 1, text.chars().count());
            prop_assert_eq!(units - 1, text.encode_utf16().count());
        }
    }
}
