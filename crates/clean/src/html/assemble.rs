//! Puts the chosen blocks together as a report's text, body and map to the page.

use super::overlap::folded;
use super::page::{Page, flag};
use super::removed::Fate;
use super::select::Chosen;
use super::stream::Stream;
use variorum_model::{Block, BlockKind, Span, Title};

/// Text with its parts.
#[derive(Debug, Default)]
pub(super) struct Assembled {
    pub(super) stream: Stream,
    pub(super) body: Vec<Block>,
    pub(super) title: Option<Title>,
    /// The block that holds the headline as the text has it.
    pub(super) title_block: Option<usize>,
}

/// The headline first, if the page shows it, then the chosen blocks, an empty line between any two.
pub(super) fn assemble(page: &Page<'_>, title: Option<String>, chosen: &[Chosen]) -> Assembled {
    let mut out = Assembled::default();
    if let Some(value) = title {
        let before = chosen.first().map_or(page.blocks.len(), |c| c.0);
        let found = shown(page, &value, before);
        out.title_block =
            found.and_then(|(start, _)| page.blocks.iter().position(|b| b.end > start));
        let span = found.map(|(start, end)| {
            let at = out.stream.append(&page.stream, start, end);
            Span::new(at, out.stream.text.len())
        });
        out.title = Some(Title { value, span });
    }
    for &(i, kind) in chosen {
        if !out.stream.text.is_empty() {
            out.stream.text.push_str("\n\n");
        }
        let block = &page.blocks[i];
        let start = out.stream.append(&page.stream, block.start, block.end);
        out.body.push(Block { kind, span: Span::new(start, out.stream.text.len()) });
    }
    out
}

/// What became of each block of the page; `kinds` tell what those are that were left out.
pub(super) fn fates(
    made: &Assembled,
    chosen: &[Chosen],
    kinds: &[Option<&'static str>],
) -> Vec<Fate> {
    let mut fates: Vec<Fate> = kinds.iter().map(|k| Fate::Left(*k)).collect();
    if let (Some(block), Some(span)) = (made.title_block, made.title.as_ref().and_then(|t| t.span))
    {
        fates[block] = Fate::Kept(span.from(), span.to());
    }
    for (block, choice) in made.body.iter().zip(chosen) {
        fates[choice.0] = Fate::Kept(block.span.from(), block.span.to());
    }
    fates
}

/// Puts the publisher's own text, given in the page's record, in the place of the chosen blocks.
/// Paragraphs that stand letter by letter in the page keep their bytes; returns whether all do.
pub(super) fn assemble_record(
    page: &Page<'_>,
    title: Option<String>,
    record: &str,
) -> (Assembled, bool) {
    let mut out = assemble(page, title, &[]);
    let mut all_mapped = true;
    for paragraph in record.lines().map(str::trim).filter(|p| !p.is_empty()) {
        if !out.stream.text.is_empty() {
            out.stream.text.push_str("\n\n");
        }
        let start = out.stream.text.len();
        match memchr::memmem::find(page.source.as_bytes(), paragraph.as_bytes()) {
            Some(at) => out.stream.copy(paragraph, at),
            None => {
                out.stream.text.push_str(paragraph);
                all_mapped = false;
            }
        }
        let span = Span::new(start, out.stream.text.len());
        out.body.push(Block { kind: BlockKind::Paragraph, span });
    }
    (out, all_mapped)
}

/// Where the page shows the headline: bytes of the page's stream. A first-level heading that is
/// the headline goes before a heading that contains it, and either before any other block that is
/// the headline and stands before the text.
fn shown(page: &Page<'_>, title: &str, before: usize) -> Option<(usize, usize)> {
    let key = folded(title);
    if key.is_empty() {
        return None;
    }
    let heading = |i: &usize| page.blocks[*i].flags & flag::HEADING != 0;
    let whole = |i: &usize| folded(page.text(&page.blocks[*i])) == key;
    let all = 0..page.blocks.len();
    if let Some(i) = all.clone().filter(heading).find(whole) {
        return Some((page.blocks[i].start, page.blocks[i].end));
    }
    let inside = |i: usize| {
        let block = &page.blocks[i];
        let at = page.text(block).find(title)?;
        Some((block.start + at, block.start + at + title.len()))
    };
    if let Some(found) = all.filter(heading).find_map(inside) {
        return Some(found);
    }
    let i = (0..before.min(page.blocks.len())).rev().find(whole)?;
    Some((page.blocks[i].start, page.blocks[i].end))
}
