//! From text to pieces: lines, or runs of lines that were one before they were wrapped.

use crate::shape;
use std::ops::Range;
use variorum_model::Span;

/// A stretch that is decided on as a whole: a line, or lines that belong to one paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it stands, blanks trimmed.
    pub span: Span,
    /// An empty line (or the beginning of the text) stands before it.
    pub apart: bool,
}

/// A non-blank line.
#[derive(Debug, Clone, Copy)]
struct Line {
    start: usize,
    end: usize,
    /// Columns, counted in characters.
    width: usize,
    apart: bool,
}

/// Pieces of `text` outside the `holes` (byte ranges in order, already decided on).
pub(crate) fn pieces(text: &str, holes: &[Range<usize>]) -> Vec<Piece> {
    let lines = lines(text, holes);
    let wrapped = wrap_width(text, &lines);
    let mut out: Vec<Piece> = Vec::new();
    let mut before: Option<Line> = None;
    for line in lines {
        let joined = before.is_some_and(|b| !line.apart && runs_on(text, b, line, wrapped));
        match out.last_mut() {
            Some(last) if joined => last.span.end = line.end as u32,
            _ => out.push(Piece { span: Span::new(line.start, line.end), apart: line.apart }),
        }
        before = Some(line);
    }
    out
}

fn lines(text: &str, holes: &[Range<usize>]) -> Vec<Line> {
    let mut out = Vec::new();
    let mut apart = true;
    let mut push = |start: usize, end: usize, apart: &mut bool| {
        let (a, b) = shape::trim(text, start, end);
        if a == b {
            *apart = true;
            return;
        }
        out.push(Line { start: a, end: b, width: text[a..b].chars().count(), apart: *apart });
        *apart = false;
    };
    let mut holes = holes.iter().peekable();
    let mut at = 0;
    while at < text.len() {
        while holes.peek().is_some_and(|h| h.end <= at) {
            holes.next();
        }
        let hole = holes.peek().map(|h| h.start.max(at)..h.end);
        let limit = hole.as_ref().map_or(text.len(), |h| h.start);
        let bytes = &text.as_bytes()[at..limit];
        // A carriage return ends a line too; the line feed after it then makes no empty line.
        let line_end = memchr::memchr2(b'\n', b'\r', bytes).map_or(limit, |i| at + i);
        let separator = paragraph_separator(&text[at..line_end]).map(|(i, n)| (at + i, n));
        let (end, skip) = separator.unwrap_or((line_end, 1));
        if end < limit {
            push(at, end, &mut apart);
            let crlf =
                text.as_bytes()[end] == b'\r' && text.as_bytes().get(end + 1) == Some(&b'\n');
            at = end + if crlf { 2 } else { skip };
        } else {
            if limit > at {
                push(at, limit, &mut apart);
            }
            at = hole.map_or(text.len(), |h| {
                apart = true;
                h.end
            });
        }
    }
    out
}

/// U+2028, U+2029 and U+0085 end lines as well.
fn paragraph_separator(text: &str) -> Option<(usize, usize)> {
    if text.is_ascii() {
        return None;
    }
    text.char_indices()
        .find(|(_, c)| matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}'))
        .map(|(i, c)| (i, c.len_utf8()))
}

/// The width at which the text was wrapped, if it was: most lines that another line follows
/// directly are about equally long, not over 100 columns, and end inside a sentence.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let followed: Vec<&Line> = lines.windows(2).filter(|w| !w[1].apart).map(|w| &w[0]).collect();
    if followed.len() < 4 {
        return None;
    }
    let mut widths: Vec<usize> = followed.iter().map(|l| l.width).collect();
    widths.sort_unstable();
    let wide = widths[widths.len() * 9 / 10];
    if !(40..=100).contains(&wide) {
        return None;
    }
    let full = followed.iter().filter(|l| l.width * 4 >= wide * 3).count();
    let open = followed.iter().filter(|l| !shape::ends_sentence(&text[l.start..l.end])).count();
    (full * 10 >= followed.len() * 7 && open * 2 >= followed.len()).then_some(wide)
}

/// Whether `next` goes on with the sentence or the wrapped paragraph that `line` belongs to.
fn runs_on(text: &str, line: Line, next: Line, wrapped: Option<usize>) -> bool {
    let (here, there) = (&text[line.start..line.end], &text[next.start..next.end]);
    let open = !shape::ends_sentence(here);
    if let Some(wide) = wrapped {
        return line.width * 4 >= wide * 3 && (open || line.width * 10 >= wide * 9);
    }
    // A line broken inside a sentence: it is long, does not end, and small letters follow.
    let small = there.starts_with(char::is_lowercase)
        && !there.starts_with("www.")
        && !there.starts_with("http");
    open && small && line.width >= 40 && shape::words(there, 4) >= 3 && !here.ends_with(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        pieces(text, &[]).iter().map(|p| p.span.of(text)).collect()
    }

    #[test]
    fn lines_and_empty_lines_part_pieces() {
        assert_eq!(cut("One.\nTwo.\n\n\nThree.\u{a0} \u{a0}\n"), ["One.", "Two.", "Three."]);
        assert_eq!(cut("One.\r\nTwo.\rThree."), ["One.", "Two.", "Three."]);
        assert_eq!(cut("One.\u{2028}Two."), ["One.", "Two."]);
        assert_eq!(cut(" \u{a0}\n\n"), Vec::<&str>::new());
        let apart: Vec<_> =
            pieces("One.\r\nTwo.\r\n\r\nThree.", &[]).iter().map(|p| p.apart).collect();
        assert_eq!(apart, [true, false, true]);
    }

    #[test]
    fn holes_part_pieces() {
        let text = "One. XXXX Two.";
        let hole = 5..9;
        let spans: Vec<_> =
            pieces(text, std::slice::from_ref(&hole)).iter().map(|p| p.span.of(text)).collect();
        assert_eq!(spans, ["One.", "Two."]);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "Port reopens\n\nThe harbour of the old town was opened again on Monday after five weeks in\n\
                    which no ship could enter, because the storm had sunk two barges in the\n\
                    channel and nobody could be found to raise them, the harbour master told\n\
                    the council of the town at a meeting that went on late into the night.\n\
                    It was closed.\n\nShips came back at once, and by noon there were so many of them in the\n\
                    roads that some had to wait.";
        let cut = cut(text);
        assert_eq!(cut.len(), 3, "{cut:#?}");
        assert!(cut[1].starts_with("The harbour") && cut[1].ends_with("closed."));
        assert!(cut[2].ends_with("wait."));
    }

    #[test]
    fn short_paragraphs_on_lines_of_their_own_are_not_joined() {
        let text = "The port was opened on Monday.\nShips came back at once from the sea.\n\
                    There were many of them by noon.\nSome had to wait until the evening.\n\
                    Nobody was hurt in the crush.\nThe mayor was glad of it all.";
        assert_eq!(cut(text).len(), 6);
    }

    #[test]
    fn a_line_broken_inside_a_sentence_is_joined() {
        let text = "The council spoke of the political and economic,\nsecurity and military affairs of the town.\nThen it rose.";
        assert_eq!(cut(text).len(), 2);
    }
}
