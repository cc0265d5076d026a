//! What stands before the lead: banners, the headline and its repetitions, dates, bylines, captions.

use super::item::{Item, Role};
use super::{caption, peel};
use crate::{byline, outlet, shape, title};
use std::collections::HashMap;
use std::ops::Range;
use variorum_model::{BlockKind, Byline, Removed, Span, Title};

/// How far down the headline and the lead are looked for, in pieces.
const REACH: usize = 60;

/// What the head of the text was found to hold.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The headline.
    pub title: Option<Title>,
    /// The author.
    pub byline: Option<Byline>,
    /// Parts of lines that were dropped: site suffixes.
    pub removed: Vec<Removed>,
    /// Index of the first piece of running text; the number of pieces if there is none.
    pub lead: usize,
}

/// Decides every piece before the lead.
pub(super) fn read(text: &str, items: &mut [Item]) -> Head {
    let mut head = Head { lead: lead(text, items), ..Head::default() };
    let lead_text = items.get(head.lead).map(|i| i.span.of(text)).unwrap_or("");
    mark_edges(&mut items[..head.lead]);
    let candidates: Vec<usize> =
        (0..head.lead).filter(|&i| is_candidate(text, &items[i])).collect();
    let splits = split_all(text, items, &candidates);
    let chosen = choose(text, items, &candidates, &splits, lead_text);
    if let Some(chosen) = chosen {
        set_title(text, items, chosen, &splits[&chosen], &mut head);
    }
    let title = head.title.as_ref().map(|t| shape::letters(&t.value)).unwrap_or_default();
    for i in 0..head.lead {
        if items[i].is_open() {
            let after = chosen.is_some_and(|c| i > c);
            decide(text, items, i, after, &title, splits.get(&i), &mut head);
        }
    }
    head
}

/// The first piece of running text, a headline set as a sentence aside.
fn lead(text: &str, items: &[Item]) -> usize {
    let first = items.iter().position(|i| i.is_open() && i.edge.is_none() && i.words > 0);
    let skip = first.filter(|&i| is_headline_sentence(text, items, i));
    let from = skip.map_or(0, |i| i + 1);
    let reach = items.len().min(REACH);
    let plain =
        items.iter().take(items.len()).skip(from).position(|i| i.is_paragraph() && !i.caption);
    if let Some(at) = plain {
        return from + at;
    }
    // A text without full stops, or nothing but a caption: the longest piece, if it is long.
    let longest = (from..reach)
        .filter(|&i| items[i].is_open())
        .max_by_key(|&i| (items[i].span.len(), reach - i));
    longest.filter(|&i| items[i].words >= 20 && Some(i) != skip).unwrap_or(items.len())
}

/// A headline that ends with a stop: one short sentence on the first line that is repeated below,
/// stands directly over a date line, is set in capitals, or asks something.
fn is_headline_sentence(text: &str, items: &[Item], i: usize) -> bool {
    let item = &items[i];
    let line = item.span.of(text);
    if !item.sentence
        || item.words > 30
        || line.len() > 220
        || item.caption
        || shape::has_inner_stop(line)
    {
        return false;
    }
    let below = items.get(i + 1..).unwrap_or(&[]);
    if below.is_empty() {
        return false;
    }
    let letters = shape::letters(line);
    let repeated = below.iter().take(8).any(|b| {
        let there = b.span.of(text);
        there.len() < line.len() + 40 && shape::letters(there) == letters
            || peel::repeats_headline(there, line)
    });
    repeated
        || below[0].date.is_some()
        || shape::is_title_case(line)
        || (shape::ends_with_question(line) && item.words <= 16 && !line.ends_with(['"', '”']))
}

/// Labels that hold only at the edge of a text.
fn mark_edges(items: &mut [Item]) {
    for item in items.iter_mut().filter(|i| i.is_open()) {
        if let Some(kind) = item.edge {
            item.role = Role::Removed(kind);
        } else if item.date.is_some() {
            item.role = Role::Removed("date_line");
        }
    }
}

fn is_candidate(text: &str, item: &Item) -> bool {
    let line = item.span.of(text);
    item.is_open()
        && item.words >= 2
        && item.words <= 40
        && line.len() <= 300
        // A site's name behind a bar marks a headline, be it a phrase without a verb.
        && (!item.caption || line.contains(['|', '¦']))
        && byline::line(line).is_none()
}

/// Headlines apart from site names; a name that stands alone or twice is known to all lines.
fn split_all(text: &str, items: &[Item], candidates: &[usize]) -> HashMap<usize, title::Split> {
    let mut parts: HashMap<String, usize> = HashMap::new();
    for &i in candidates {
        let line = items[i].span.of(text);
        let mut seen: Vec<String> = line.split(['|', '¦']).map(|p| p.trim().to_owned()).collect();
        seen.dedup();
        if seen.len() > 1 {
            seen.drain(..1);
            seen.into_iter().for_each(|p| *parts.entry(p).or_default() += 1);
        }
    }
    let mut sites: Vec<&str> =
        parts.iter().filter(|(_, n)| **n > 1).map(|(p, _)| p.as_str()).collect();
    sites.sort_unstable();
    candidates.iter().map(|&i| (i, title::split(items[i].span.of(text), &sites))).collect()
}

/// The headline among the candidates: one that is repeated, else the first that names no section
/// and no outlet and is not a mere kicker.
fn choose(
    text: &str,
    items: &[Item],
    candidates: &[usize],
    splits: &HashMap<usize, title::Split>,
    lead: &str,
) -> Option<usize> {
    let headline = |i: usize| &items[i].span.of(text)[splits[&i].title.clone()];
    let usable: Vec<usize> = candidates
        .iter()
        .copied()
        .filter(|&i| {
            let h = headline(i);
            !h.is_empty() && !shape::is_all_sections(h) && outlet::named(h).is_none()
        })
        .collect();
    let mut count: HashMap<String, usize> = HashMap::new();
    for &i in &usable {
        *count.entry(shape::letters(headline(i))).or_default() += 1;
    }
    let repeated = usable.iter().copied().find(|&i| {
        shape::words(headline(i), 3) >= 2
            && (count[&shape::letters(headline(i))] > 1
                || peel::repeats_headline(lead, headline(i)))
    });
    repeated
        .or_else(|| below_banner(text, items, splits, &usable))
        .or_else(|| usable.iter().copied().find(|&i| shape::words(headline(i), 3) >= 3))
        .or_else(|| usable.first().copied())
}

/// The second of two lines that carry one site's name: the first is the site's own banner, with its
/// motto before the name.
fn below_banner(
    text: &str,
    items: &[Item],
    splits: &HashMap<usize, title::Split>,
    usable: &[usize],
) -> Option<usize> {
    let site = |i: usize| {
        let dropped = splits[&i].dropped.last()?;
        let name = shape::letters(&items[i].span.of(text)[dropped.clone()]);
        (!name.is_empty()).then_some(name)
    };
    let (first, second) = (*usable.first()?, *usable.get(1)?);
    let (a, b) = (site(first)?, site(second)?);
    (a.starts_with(&b) || b.starts_with(&a)).then_some(second)
}

fn set_title(text: &str, items: &mut [Item], i: usize, split: &title::Split, head: &mut Head) {
    let at = items[i].span.from();
    let span = |r: &Range<usize>| Span::new(at + r.start, at + r.end);
    let title = span(&split.title);
    head.title = Some(Title { value: tidy(title.of(text)), span: Some(title) });
    head.removed.extend(split.dropped.iter().map(|r| Removed::of_text("site_suffix", span(r))));
    items[i].role = Role::Title;
}

/// Blanks as single spaces.
fn tidy(title: &str) -> String {
    title.split(shape::is_blank).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What an undecided piece of the head is.
fn decide(
    text: &str,
    items: &mut [Item],
    i: usize,
    after_title: bool,
    title: &str,
    split: Option<&title::Split>,
    head: &mut Head,
) {
    let item = &items[i];
    let line = item.span.of(text);
    let words = split.map_or(line, |s| &line[s.title.clone()]);
    let role = if !title.is_empty() && shape::letters(words) == title {
        Role::Removed("duplicate_title")
    } else if let Some(credit) = byline::line(line) {
        keep_byline(head, credit, item.span);
        Role::Removed("byline")
    } else if !after_title {
        // Only matter of the site stands over a headline; a caption is kept wherever it stands.
        if item.caption { Role::Block(BlockKind::Caption) } else { Role::Removed("banner") }
    } else if item.caption {
        Role::Block(BlockKind::Caption)
    } else if let Some(credit) = bare_byline(text, items, i) {
        keep_byline(head, credit, item.span);
        Role::Removed("byline")
    } else if shape::is_all_sections(line) || (item.words <= 4 && outlet::named(line).is_some()) {
        Role::Removed("banner")
    } else if caption::is_noun_phrase(line) {
        Role::Block(BlockKind::Caption)
    } else {
        Role::Block(BlockKind::Heading)
    };
    items[i].role = role;
}

fn keep_byline(head: &mut Head, credit: byline::Credit, span: Span) {
    if head.byline.is_none() {
        head.byline = Some(Byline { authors: credit.authors, span: Some(span) });
    }
}

/// Names alone are a byline beside a date line, or with a place ("Anna Holt in Beirut").
fn bare_byline(text: &str, items: &[Item], i: usize) -> Option<byline::Credit> {
    let line = items[i].span.of(text);
    let credit = byline::bare(line)?;
    let dated = |j: Option<usize>| j.and_then(|j| items.get(j)).is_some_and(|n| n.date.is_some());
    let placed = line.contains(" in ") || line.contains(" from ");
    (placed || dated(i.checked_sub(1)) || dated(Some(i + 1))).then_some(credit)
}
