//! Stretches between quotation marks, in every style of the press.

use crate::reading::Stretch;
use variorum_model::Span;

/// Words between quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marked {
    /// The words with their marks.
    pub span: Span,
    /// Index of the stretch of text.
    pub stretch: usize,
    /// Goes on from the marked words of the stretch before, whose mark was left open.
    pub continues: bool,
}

/// The marked words that overlap `span`, in text order.
pub(super) fn overlapping(marks: &[Marked], span: Span) -> impl Iterator<Item = &Marked> {
    let from = marks.partition_point(|m| m.span.end <= span.start);
    marks[from..].iter().take_while(move |m| m.span.start < span.end)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Curly,
    Straight,
    Doubled,
    Angle,
    Single,
}

/// The marked words of all stretches, in text order. A paragraph whose mark is left open while the
/// next one opens again is read as one speech over several paragraphs.
pub(super) fn marked(text: &str, stretches: &[Stretch]) -> Vec<Marked> {
    let mut out: Vec<Marked> = Vec::new();
    let mut carried = false;
    for (index, stretch) in stretches.iter().enumerate() {
        let (found, open) = in_stretch(text, stretch.span);
        let next_opens = stretches
            .get(index + 1)
            .is_some_and(|next| opening(next.span.of(text), 0).is_some() && next.kind.is_some());
        for (i, (from, to)) in found.iter().enumerate() {
            let continues = carried && i == 0 && *from == stretch.span.from();
            out.push(Marked { span: Span::new(*from, *to), stretch: index, continues });
        }
        let unclosed = open.filter(|_| next_opens);
        if let Some(from) = unclosed {
            let continues = carried && found.is_empty();
            let span = Span::new(from, stretch.span.to());
            out.push(Marked { span, stretch: index, continues });
        }
        carried = unclosed.is_some();
    }
    out
}

/// Pairs of marks in one stretch, and where a mark was left open.
fn in_stretch(text: &str, stretch: Span) -> (Vec<(usize, usize)>, Option<usize>) {
    let piece = stretch.of(text);
    let base = stretch.from();
    let mut out = Vec::new();
    let mut open: Option<(usize, Style)> = None;
    let mut at = 0;
    while at < piece.len() {
        let step = piece[at..].chars().next().map_or(1, char::len_utf8);
        match open {
            None => {
                if let Some((style, len)) = opening(piece, at) {
                    open = Some((at, style));
                    at += len;
                    continue;
                }
            }
            Some((from, style)) => {
                if let Some(len) = closing(piece, at, style) {
                    if at > from + 1 {
                        out.push((base + from, base + at + len));
                    }
                    open = None;
                    at += len;
                    continue;
                }
                // A mark that can only open ends the hold of one left open before
                if let Some((again, len)) =
                    opening(piece, at).filter(|(s, _)| *s == style && style != Style::Single)
                    && style != Style::Straight
                {
                    open = Some((at, again));
                    at += len;
                    continue;
                }
            }
        }
        at += step;
    }
    // A single mark left open was an apostrophe
    let left = open.filter(|(_, style)| *style != Style::Single).map(|(from, _)| base + from);
    (out, left)
}

fn opening(piece: &str, at: usize) -> Option<(Style, usize)> {
    let rest = &piece[at..];
    let before = piece[..at].chars().next_back();
    let free = before.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '-' | '/' | ':' | '“' | '"')
    });
    let style = match rest.chars().next()? {
        '“' | '„' => (Style::Curly, '“'.len_utf8()),
        '«' => (Style::Angle, '«'.len_utf8()),
        '"' | '＂' if free => (Style::Straight, rest.chars().next()?.len_utf8()),
        '‘' if free && !rest.starts_with("‘‘") => (Style::Single, '‘'.len_utf8()),
        '\'' if free && rest.starts_with("''") => (Style::Doubled, 2),
        '`' if rest.starts_with("``") => (Style::Doubled, 2),
        '‘' if rest.starts_with("‘‘") => (Style::Doubled, 2 * '‘'.len_utf8()),
        _ => return None,
    };
    let follows = rest[style.1..].chars().next().is_some_and(|c| !c.is_whitespace());
    (follows || style.0 == Style::Curly).then_some(style)
}

fn closing(piece: &str, at: usize, style: Style) -> Option<usize> {
    let rest = &piece[at..];
    let c = rest.chars().next()?;
    match style {
        Style::Curly => matches!(c, '”' | '"').then(|| c.len_utf8()),
        Style::Straight => matches!(c, '"' | '”' | '＂').then(|| c.len_utf8()),
        Style::Angle => (c == '»').then(|| c.len_utf8()),
        Style::Doubled => {
            if rest.starts_with("''") {
                Some(2)
            } else if rest.starts_with("’’") {
                Some(2 * '’'.len_utf8())
            } else {
                None
            }
        }
        Style::Single => {
            let after = rest[c.len_utf8()..].chars().next();
            (c == '’' && after.is_none_or(|a| !a.is_alphanumeric())).then(|| c.len_utf8())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use variorum_model::BlockKind;

    fn found(text: &str) -> Vec<&str> {
        let mut at = 0;
        let stretches: Vec<Stretch> = text
            .split('\n')
            .map(|line| {
                let span = Span::new(at, at + line.len());
                at += line.len() + 1;
                Stretch { span, kind: Some(BlockKind::Paragraph) }
            })
            .collect();
        marked(text, &stretches).iter().map(|m| m.span.of(text)).collect()
    }

    #[test]
    fn marks_of_every_style() {
        for (text, expected) in [
            ("He said “come” and \"go\".", &["“come”", "\"go\""][..]),
            ("``Come,'' he said, ''now.''", &["``Come,''", "''now.''"]),
            ("‘Come,’ he said; it’s the boys’ day", &["‘Come,’"]),
            ("«Venez», he said", &["«Venez»"]),
            ("It’s 5'4\" tall", &[]),
            ("“One.\n“Two.” he said", &["“One.", "“Two.”"]),
            ("“One.\nTwo he said", &[]),
        ] {
            assert_eq!(found(text), expected, "{text:?}");
        }
    }
}
