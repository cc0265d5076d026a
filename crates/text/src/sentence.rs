//! Sentence boundaries of English news text.
//!
//! A sentence ends at a full stop, question mark, exclamation mark or ellipsis (with any closing
//! quotation marks and brackets) unless the stop belongs to an abbreviation or initial, or the text
//! goes on in lower case; and at a line break, unless the lines are wrapped at a fixed width. The
//! tables `abbreviations.tsv` and `sentence_starters.tsv` hold the words. Measured by
//! `cargo xtask quality --only sentences`.

mod line_breaks;
mod stops;
#[cfg(test)]
mod tests;
mod words;

use line_breaks::LineBreaks;
use variorum_model::Span;
pub use words::is_abbreviation;

/// Marks that open an item of a list, also within a line.
const BULLETS: [char; 9] = ['•', '▪', '●', '◦', '■', '‣', '►', '➤', '∙'];

/// The sentences of `text` within `block`, in order, each without surrounding white space.
///
/// Spans are byte ranges into `text`. An empty or blank block has no sentences.
///
/// ```
/// use variorum_model::Span;
/// let text = "Gen. Orlo spoke. He left.";
/// let found = variorum_text::sentence::sentences(text, Span::new(0, text.len()));
/// assert_eq!(found.iter().map(|s| s.of(text)).collect::<Vec<_>>(), ["Gen. Orlo spoke.", "He left."]);
/// ```
pub fn sentences(text: &str, block: Span) -> Vec<Span> {
    let (from, to) = (block.from(), block.to());
    let piece = &text[from..to];
    let breaks = LineBreaks::of(piece);
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let bytes = piece.as_bytes();
    while at < bytes.len() {
        let (end, next) = match bytes[at] {
            b'.' | b'!' | b'?' => stops::judge(piece, at, start),
            0xE2 if piece[at..].starts_with('…') => stops::judge(piece, at, start),
            0xE2 if piece[at..].starts_with(BULLETS) && at > start => (Some(at), at + 1),
            b'\n' => breaks.judge(piece, at, start),
            _ => (None, at + 1),
        };
        if let Some(end) = end {
            push_trimmed(piece, start, end, from, &mut out);
            start = end;
        }
        at = next;
    }
    push_trimmed(piece, start, piece.len(), from, &mut out);
    out
}

fn push_trimmed(piece: &str, start: usize, end: usize, offset: usize, out: &mut Vec<Span>) {
    let raw = &piece[start..end];
    let lead = raw.len() - raw.trim_start().len();
    let body = raw.trim();
    if !body.is_empty() {
        let at = offset + start + lead;
        out.push(Span::new(at, at + body.len()));
    }
}
