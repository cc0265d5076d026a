//! Plain text: the whole decoded file, debris and all. Offsets are offsets into the file.
//!
//! The text is cut into pieces (lines, or wrapped lines joined), each piece is judged by its own
//! words and shape, then by its place: before the lead, inside the body, after the last paragraph.
//! Nothing is thrown away: what is no article text is kept as a removed span with its kind.

mod body;
mod caption;
mod dump;
mod head;
mod item;
mod labels;
mod lines;
mod peel;

use crate::published::DateLine;
use crate::{byline, dateline, infer, language, outlet, published, shape};
use item::{Item, Role};
use variorum_model::{
    Basis, Block, BlockKind, Byline, Dateline, Published, RawReport, Removed, Report, Span, Title,
};

/// Everything read so far of one text.
struct Draft<'t> {
    text: &'t str,
    items: Vec<Item>,
    title: Option<Title>,
    byline: Option<Byline>,
    dateline: Option<Dateline>,
    body: Vec<Block>,
    removed: Vec<Removed>,
    /// Dates stated on lines of their own or at the head of the lead, with their place.
    dates: Vec<(DateLine, Span)>,
    /// Index of the first piece of running text.
    lead: usize,
}

/// Cleans a plain-text report. A text that holds no article comes back with an empty body and the
/// warning `no_body`; it is no error.
pub(crate) fn clean(raw: &RawReport) -> Report {
    let text = raw.text.as_str();
    let mut draft = Draft::new(text);
    let head = head::read(text, &mut draft.items);
    draft.title = head.title;
    draft.byline = head.byline;
    draft.removed.extend(head.removed);
    draft.lead = head.lead;
    let below = body::read(text, &mut draft.items, head.lead);
    draft.byline = draft.byline.take().or(below);
    draft.collect();
    draft.peel_lead();
    draft.find_dateline();
    draft.set_caption_over_lead();
    draft.peel_end();
    draft.into_report(raw)
}

impl<'t> Draft<'t> {
    fn new(text: &'t str) -> Draft<'t> {
        let dumps = dump::find(text);
        let holes: Vec<_> = dumps.iter().map(|d| d.range.clone()).collect();
        let items = lines::pieces(text, &holes).into_iter().map(|p| Item::read(text, p)).collect();
        let mut removed: Vec<Removed> = dumps
            .into_iter()
            .map(|d| Removed::of_text(d.kind, Span::new(d.range.start, d.range.end)))
            .collect();
        let mark = '\u{FEFF}'.len_utf8();
        if text.starts_with('\u{FEFF}') {
            removed.push(Removed::of_text("byte_order_mark", Span::new(0, mark)));
        }
        Draft {
            text,
            items,
            title: None,
            byline: None,
            dateline: None,
            body: Vec::new(),
            removed,
            dates: Vec::new(),
            lead: 0,
        }
    }

    /// Turns the roles of the pieces into blocks, removed spans and dates.
    fn collect(&mut self) {
        for item in &self.items {
            match item.role {
                Role::Block(kind) => self.body.push(Block { kind, span: item.span }),
                Role::Removed(kind) => {
                    self.removed.push(Removed::of_text(kind, item.span));
                    if let (Some(date), "date_line") = (&item.date, kind) {
                        self.dates.push((date.clone(), item.span));
                    }
                }
                Role::Title => {}
                // Nothing is left undecided but a text without any running text.
                Role::Open => self.removed.push(Removed::of_text("leftover", item.span)),
            }
        }
    }

    /// Takes the headline, dates and credits off the head of the first paragraph.
    fn peel_lead(&mut self) {
        let title = self.title.as_ref().map(|t| t.value.clone()).unwrap_or_default();
        let Some(lead) = self.body.iter_mut().find(|b| b.kind == BlockKind::Paragraph) else {
            return;
        };
        let at = lead.span.from();
        let (peeled, body) = peel::head(lead.span.of(self.text), &title);
        lead.span.start = (at + body) as u32;
        for part in peeled {
            let span = Span::new(at + part.range.start, at + part.range.end);
            self.removed.push(Removed::of_text(part.kind, span));
            if let Some(date) = part.date {
                let stated = span.of(self.text).to_lowercase();
                let updated = stated.starts_with("updated") || stated.starts_with("last updated");
                let line = DateLine { date, updated, labelled: false, rest: None };
                self.dates.push((line, span));
            }
            if part.kind == "byline" && self.byline.is_none() {
                let credit = byline::line(&capitalised(span.of(self.text)));
                self.byline = credit.map(|c| Byline { authors: c.authors, span: Some(span) });
            }
        }
    }

    /// Takes the dateline off the lead. A standfirst may stand before the lead, so the first
    /// three paragraphs are looked at.
    fn find_dateline(&mut self) {
        let paragraphs = self.body.iter_mut().filter(|b| b.kind == BlockKind::Paragraph).take(3);
        for (i, block) in paragraphs.enumerate() {
            let at = block.span.from();
            let found = dateline::find(block.span.of(self.text)).filter(|f| i == 0 || !f.weak);
            let Some(found) = found else { continue };
            let (start, end) = shape::trim(self.text, at + found.body, block.span.to());
            let (a, b) = shape::trim(self.text, at, start);
            if start == end {
                continue;
            }
            block.span = Span::new(start, end);
            self.removed.push(Removed::of_text("dateline", Span::new(a, b)));
            self.dateline = Some(found.into_dateline(at));
            return;
        }
    }

    /// A phrase without a verb over a lead that has a dateline is the caption of the picture there.
    fn set_caption_over_lead(&mut self) {
        let Some(dateline) = &self.dateline else { return };
        let start = dateline.span.start;
        for block in self.body.iter_mut().filter(|b| b.kind == BlockKind::Paragraph) {
            if block.span.start > start {
                return;
            }
            let line = block.span.of(self.text);
            if !shape::has_inner_stop(line) && caption::is_noun_phrase(line) {
                block.kind = BlockKind::Caption;
            }
        }
    }

    /// Takes credits, signatures and labels off the end of the last paragraph.
    fn peel_end(&mut self) {
        let Some(last) = self.body.iter_mut().rfind(|b| b.kind == BlockKind::Paragraph) else {
            return;
        };
        // Three at most: reporters, the agency, a label.
        for _ in 0..3 {
            let text = last.span.of(self.text);
            let credit = byline::trailing(text).map(|range| ("agency_credit", range));
            let Some((kind, range)) = credit.or_else(|| peel::end(text)) else { break };
            let at = last.span.from();
            let (start, end) = shape::trim(self.text, at, at + range.start);
            if start == end {
                break;
            }
            let span = Span::new(at + range.start, at + range.end);
            if kind == "byline" && self.byline.is_none() {
                let credit = byline::bare(span.of(self.text));
                self.byline = credit.map(|c| Byline { authors: c.authors, span: Some(span) });
            }
            self.removed.push(Removed::of_text(kind, span));
            last.span = Span::new(start, end);
        }
    }

    fn into_report(mut self, raw: &RawReport) -> Report {
        self.removed.sort_by_key(|r| (r.span.start, r.span.end));
        self.body.sort_by_key(|b| b.span.start);
        let address = self.address();
        let url = raw.url.clone().or_else(|| address.map(|span| span.of(self.text).to_owned()));
        let published = raw
            .published
            .as_deref()
            .and_then(published::from_metadata)
            .or_else(|| self.stated())
            .or_else(|| url.as_deref().and_then(|url| published_by_url(url, address)))
            .or_else(|| infer::interval(self.text, &self.body));
        let title = self
            .title
            .take()
            .or_else(|| raw.title.as_ref().map(|t| Title { value: t.clone(), span: None }));
        let outlet = self.outlet(raw, address);
        let mut warnings = raw.warnings.clone();
        if title.is_none() {
            warnings.push("no_title".to_owned());
        }
        if self.body.iter().all(|b| b.kind != BlockKind::Paragraph) {
            warnings.push("no_body".to_owned());
        }
        Report {
            id: raw.id.clone(),
            path: raw.path.clone(),
            language: language::of_body(self.text, &self.body),
            text: raw.text.clone(),
            title,
            outlet,
            byline: self.byline,
            dateline: self.dateline,
            published,
            url,
            body: self.body,
            removed: self.removed,
            entries: Vec::new(),
            source_map: Vec::new(),
            warnings,
        }
    }

    /// A web address before the lead is the report's own.
    fn address(&self) -> Option<Span> {
        let head = self.items[..self.lead].iter().filter(|i| i.role == Role::Removed("url"));
        head.map(|i| i.span).find(|span| {
            let line = span.of(self.text);
            line.contains("://") && !line.contains(char::is_whitespace)
        })
    }

    /// The date of publication that the text states: one labelled so, else the first before the
    /// lead, else one labelled below; a date of change only where there is no other. Bare dates
    /// between paragraphs head the entries of a chronicle and state nothing; their last is a bound.
    fn stated(&self) -> Option<Published> {
        let from = self
            .body
            .iter()
            .find(|b| b.kind == BlockKind::Paragraph)
            .map_or(u32::MAX, |b| b.span.start);
        let to = self.body.last().map_or(0, |b| b.span.end);
        let outside = |span: &Span| span.end <= from || span.start >= to;
        let between: Vec<_> =
            self.dates.iter().filter(|(d, s)| !outside(s) && !d.labelled && !d.updated).collect();
        if !between.is_empty() {
            let (last, span) = between
                .iter()
                .copied()
                .chain(&self.dates)
                .map(|(d, s)| (d.date.last, *s))
                .max_by_key(|(d, _)| *d)?;
            return Some(Published {
                start: Some(last),
                end: None,
                value: format!("{last}/.."),
                basis: Basis::Inferred,
                evidence: vec![span],
                steps: Vec::new(),
            });
        }
        let rank = |(line, span): &(DateLine, Span)| {
            let place = if span.end <= from { 0 } else { 1 };
            (line.updated, !line.labelled && place == 1, place, !line.labelled, span.start)
        };
        let best = self.dates.iter().min_by_key(|d| rank(d))?;
        Some(best.0.date.published(Basis::Stated, vec![best.1]))
    }

    fn outlet(&self, raw: &RawReport, address: Option<Span>) -> Option<variorum_model::Outlet> {
        if let Some(name) = &raw.outlet {
            return Some(variorum_model::Outlet {
                name: name.clone(),
                basis: Basis::Metadata,
                span: None,
            });
        }
        let mut evidence = outlet::from_debris(self.text, &self.removed);
        if let Some(url) = raw.url.as_deref() {
            evidence.extend(outlet::from_address(url, None));
        } else if let Some(span) = address {
            evidence.extend(outlet::from_address(span.of(self.text), Some(span)));
        }
        let mut found = outlet::decide(&evidence)?;
        if let Some((name, span)) = outlet::spelled_out(self.text, &found.name) {
            (found.name, found.span) = (name, Some(span));
        }
        Some(found)
    }
}

fn published_by_url(url: &str, span: Option<Span>) -> Option<Published> {
    let day = published::from_url(url)?;
    Some(Published {
        start: Some(day),
        end: Some(day),
        value: day.to_string(),
        basis: Basis::Url,
        evidence: span.into_iter().collect(),
        steps: Vec::new(),
    })
}

/// With the first letter as a capital ("by Anna Holt" as a byline has it).
fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The pieces of a text that brings no debris: its lines, wrapped lines joined.
pub(crate) fn pieces(text: &str) -> Vec<Span> {
    lines::pieces(text, &[]).into_iter().map(|p| p.span).collect()
}
