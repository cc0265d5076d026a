//! Rows that bring text already clean: the text stays as it is, blocks are its lines.
//!
//! Metadata comes from the row's own fields. Only lines that separate entries or hold just a date
//! are set apart; a dateline or a byline is read but stays readable as a block of its own.

use crate::{byline, dateline, language, outlet, published, shape};
use variorum_model::{
    Basis, Block, BlockKind, Byline, Outlet, Published, RawReport, Removed, Report, Span, Title,
};

/// Cleans a row. A row without text comes back with an empty body and the warning `no_body`.
pub(crate) fn clean(raw: &RawReport) -> Report {
    let text = raw.text.as_str();
    let (mut body, mut removed, mut dates) = (Vec::new(), Vec::new(), Vec::new());
    for piece in crate::plain::pieces(text) {
        let line = piece.of(text);
        if !line.chars().any(char::is_alphanumeric) && line.chars().count() > 2 {
            removed.push(Removed::of_text("separator", piece));
        } else if let Some(date) = bare_date(line) {
            removed.push(Removed::of_text("date_line", piece));
            dates.push((date, piece));
        } else {
            body.push(Block { kind: BlockKind::Paragraph, span: piece });
        }
    }
    let title = raw
        .title
        .as_ref()
        .filter(|t| !t.trim().is_empty())
        .map(|t| Title { value: t.clone(), span: title_span(text, t) });
    let byline = read_byline(text, &mut body);
    let dateline = split_dateline(text, &mut body);
    let published = raw
        .published
        .as_deref()
        .and_then(published::from_metadata)
        .or_else(|| stated(&dates))
        .or_else(|| raw.url.as_deref().and_then(by_url));
    let mut warnings = raw.warnings.clone();
    if title.is_none() {
        warnings.push("no_title".to_owned());
    }
    if body.is_empty() {
        warnings.push("no_body".to_owned());
    }
    Report {
        id: raw.id.clone(),
        path: raw.path.clone(),
        language: language::of_body(text, &body),
        text: raw.text.clone(),
        title,
        outlet: outlet_of(raw),
        byline,
        dateline,
        published,
        url: raw.url.clone(),
        body,
        removed,
        entries: Vec::new(),
        source_map: Vec::new(),
        warnings,
    }
}

/// A line that holds just a date, as entries of a chronicle begin.
fn bare_date(line: &str) -> Option<published::StatedDate> {
    let date = published::date_line(line).filter(|d| d.rest.is_none())?;
    Some(date.date)
}

/// One date states the day; of several, the last bounds it.
fn stated(dates: &[(published::StatedDate, Span)]) -> Option<Published> {
    match dates {
        [] => None,
        [(date, span)] => Some(date.published(Basis::Stated, vec![*span])),
        several => {
            let (last, span) = several.iter().map(|(d, s)| (d.last, *s)).max_by_key(|(d, _)| *d)?;
            let value = format!("{last}/..");
            Some(Published {
                start: Some(last),
                end: None,
                value,
                basis: Basis::Inferred,
                evidence: vec![span],
                steps: Vec::new(),
            })
        }
    }
}

fn by_url(url: &str) -> Option<Published> {
    published::from_url(url).map(|day| Published::on(day, Basis::Url))
}

fn outlet_of(raw: &RawReport) -> Option<Outlet> {
    if let Some(name) = raw.outlet.as_ref().filter(|n| !n.trim().is_empty()) {
        return Some(Outlet { name: name.clone(), basis: Basis::Metadata, span: None });
    }
    let evidence: Vec<_> =
        raw.url.as_deref().and_then(|url| outlet::from_address(url, None)).into_iter().collect();
    outlet::decide(&evidence)
}

/// Where the row's title opens the text, if it does.
fn title_span(text: &str, title: &str) -> Option<Span> {
    let (start, _) = shape::trim(text, 0, text.len());
    let title = title.trim();
    (!title.is_empty() && text[start..].starts_with(title))
        .then(|| Span::new(start, start + title.len()))
}

/// A first line that is a byline is metadata; it is no sentence, so it is set as a heading.
fn read_byline(text: &str, body: &mut [Block]) -> Option<Byline> {
    let first = body.first_mut()?;
    let credit = byline::line(first.span.of(text))?;
    first.kind = BlockKind::Heading;
    Some(Byline { authors: credit.authors, span: Some(first.span) })
}

/// Parts the dateline from the lead: it becomes a block of its own, so that its place and date can
/// still be read and do not run into the first sentence.
fn split_dateline(text: &str, body: &mut Vec<Block>) -> Option<variorum_model::Dateline> {
    let (index, found) = body
        .iter()
        .enumerate()
        .filter(|(_, b)| b.kind == BlockKind::Paragraph)
        .take(2)
        .find_map(|(i, b)| dateline::find(b.span.of(text)).map(|f| (i, f)))
        .filter(|(i, found)| *i == 0 || !found.weak)?;
    let block = body[index].span;
    let (start, end) = shape::trim(text, block.from() + found.body, block.to());
    if start == end {
        return None;
    }
    let dateline = found.into_dateline(block.from());
    body[index].span = Span::new(start, end);
    body.insert(index, Block { kind: BlockKind::Heading, span: dateline.span });
    Some(dateline)
}
