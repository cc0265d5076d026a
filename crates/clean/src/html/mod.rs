//! Web pages: the article's own words, each with the bytes of the page they were copied from.
//!
//! The page is read once by [`page`], which keeps byte offsets, and once by the extractor
//! ([`vote`]), which does not. [`select`] lays the extractor's choice over the blocks of the first
//! reading and corrects it by the page's structure, so every character of the report's text was
//! copied from known bytes.

mod assemble;
mod classes;
mod instant;
mod lines;
mod linked;
mod meta;
mod origin;
mod overlap;
mod page;
mod published;
mod refusal;
mod select;
mod stream;
mod tags;
mod title;
mod vote;

use crate::{dateline, language};
use linked::Linked;
use meta::Meta;
use overlap::Runs;
use page::Page;
use select::{Chosen, Evidence};
use variorum_model::{BlockKind, Byline, RawReport, Rejection, Report};

/// Cleans a web page.
///
/// `text` of the report is the article: the headline first if the page shows it, then paragraphs,
/// headings and captions, an empty line between any two. `source_map` leads from each run of it to
/// the same bytes of the decoded page; characters that the page writes as entities, and runs of
/// white space, lie between two runs.
///
/// # Errors
/// `no_article` if the page has none: an error page, a consent wall, a front page.
pub fn clean(raw: &RawReport) -> Result<Report, Rejection> {
    let page = Page::read(&raw.text);
    let meta = Meta::read(&page);
    let linked = linked::read(&page);
    let url = origin::address(raw.url.as_deref(), &meta);
    let sites = origin::site_names(&meta, &linked, url.as_deref());
    let title = title::headline(&page, &meta, &linked, &sites).or_else(|| raw.title.clone());
    let shown_title = title.clone();
    let authors = origin::authors(&page, &meta, &linked);
    let evidence = evidence(&meta, &linked, title.as_deref(), &authors);
    let chosen = select::select(&page, &evidence);
    let record = linked.body.as_deref().and_then(record_text);
    let shown = running_letters(&page, &chosen);
    // A page that builds its text from a record shows little of it by itself.
    let record = record.filter(|r| 2 * shown < letters_of(r) && letters_of(r) >= FEWEST_IN_RECORD);
    let letters = record.as_deref().map_or(shown, letters_of);
    let titles = [page.title.as_deref().unwrap_or(""), title.as_deref().unwrap_or("")];
    if let Some(reason) = refusal::reason(&titles, &meta, &linked, url.as_deref(), letters) {
        return Err(Rejection::new(&raw.path, "no_article", reason, 0));
    }
    let first = chosen.iter().find(|c| c.1 == BlockKind::Paragraph).map(|c| c.0);
    let published = published::published(&page, &meta, &linked, url.as_deref(), first)
        .or_else(|| raw.published.as_deref().and_then(published::given));
    let mut warnings = raw.warnings.clone();
    let made = match record {
        Some(record) => {
            let (made, mapped) = assemble::assemble_record(&page, title, &record);
            if !mapped {
                warnings.push("unmapped_text".to_owned());
            }
            made
        }
        None => assemble::assemble(&page, title, &chosen),
    };
    let text = made.stream.text;
    let lead = made.body.iter().find(|b| b.kind == BlockKind::Paragraph).map(|b| b.span);
    let dateline =
        lead.and_then(|s| dateline::find(s.of(&text)).map(|f| f.into_dateline(s.from())));
    let spoken = language::of_body(&text, &made.body);
    Ok(Report {
        id: raw.id.clone(),
        path: raw.path.clone(),
        language: origin::language(spoken, &meta, &linked),
        title: made.title,
        outlet: origin::outlet(&meta, &linked, url.as_deref(), raw.outlet.as_deref())
            .or_else(|| origin::outlet_of_title(page.title.as_deref()?, shown_title.as_deref()?)),
        byline: (!authors.is_empty()).then_some(Byline { authors, span: None }),
        dateline,
        published,
        url,
        body: made.body,
        removed: Vec::new(),
        source_map: made.stream.pieces,
        warnings,
        text,
    })
}

fn evidence(meta: &Meta, linked: &Linked, title: Option<&str>, authors: &[String]) -> Evidence {
    let described = ["og:description", "description", "twitter:description"];
    let mut descriptions: Vec<String> =
        described.iter().flat_map(|n| meta.all(n)).map(str::to_owned).collect();
    descriptions.extend(linked.description.as_deref().map(stream::decoded));
    Evidence {
        body: linked.body.as_deref().map(|b| Runs::of([stream::decoded(b).as_str()].into_iter())),
        title: title.map(str::to_owned),
        descriptions,
        authors: authors.to_vec(),
    }
}

/// Letters below which the record's text is no better than what the page shows.
const FEWEST_IN_RECORD: usize = 400;

/// The publisher's own text as plain paragraphs; `None` if it is markup.
fn record_text(body: &str) -> Option<String> {
    if body.contains("</") {
        return None;
    }
    Some(body.lines().map(stream::decoded).collect::<Vec<_>>().join("\n"))
}

fn letters_of(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// Letters and digits of the running text.
fn running_letters(page: &Page<'_>, chosen: &[Chosen]) -> usize {
    let paragraphs = chosen.iter().filter(|c| c.1 == BlockKind::Paragraph);
    paragraphs.map(|c| letters_of(page.text(&page.blocks[c.0]))).sum()
}
