//! What of a page is no part of its article: kind, place and bytes.
//!
//! The report's text is the article alone, so what was left out has no characters there. It is listed with
//! the empty span between whose neighbours it stood, and with its bytes in the page. Neighbours of one
//! kind are one row, so that a page with a thousand links has a few dozen rows.

use super::page::Page;
use variorum_model::{Removed, Span};

/// A block of the page and where it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stands in the text, from that byte to that.
    Kept(usize, usize),
    /// It was left out, as what; blocks of no kind of their own go with those before them.
    Left(Option<&'static str>),
}

/// The rows of what was left out; `fates` in the order of the page's blocks.
pub(super) fn rows(page: &Page<'_>, fates: &[Fate]) -> Vec<Removed> {
    let mut out: Vec<Removed> = Vec::new();
    let mut at = 0;
    let mut open = false;
    for (block, fate) in page.blocks.iter().zip(fates) {
        match *fate {
            Fate::Kept(_, end) => {
                at = end;
                open = false;
            }
            Fate::Left(kind) => {
                let Some((from, to)) = page.stream.source_of(block.start, block.end) else {
                    continue;
                };
                match out.last_mut().filter(|_| open) {
                    Some(last) if kind.is_none() || kind == Some(last.kind) => {
                        last.source = last.source.map(|(start, _)| (start, to));
                    }
                    _ => {
                        let kind = kind.unwrap_or("other");
                        let span = Span::new(at, at);
                        out.push(Removed { kind, span, source: Some((from, to)) });
                        open = true;
                    }
                }
            }
        }
    }
    out
}
