//! Web pages: the article's own words, each with the bytes of the page they were copied from.
//!
//! The page is read once by [`page`], which keeps byte offsets. [`container`] finds where its running
//! text stands, and [`select`] which of its blocks are the article, so every character of the report's
//! text was copied from known bytes.

mod assemble;
mod classes;
mod container;
mod entries;
mod instant;
mod layout;
mod lines;
mod linked;
mod meta;
mod origin;
mod overlap;
mod page;
mod published;
mod refusal;
mod removed;
mod select;
mod stream;
mod tags;
mod title;

pub use layout::{Layout, Layouts, MOST_PAGES, Traits};

use crate::word_lists::List;
use crate::{dateline, language, outlet};
use assemble::Assembled;
use entries::Post;
use instant::Order;
use jiff::civil::Date;
use linked::Linked;
use meta::Meta;
use overlap::Runs;
use page::Page;
use select::{Chosen, Evidence};
use variorum_model::{BlockKind, Byline, Entry, RawReport, Rejection, Report};

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
    clean_by(raw, None).map(|cleaned| cleaned.report)
}

/// A page cleaned.
#[derive(Debug)]
pub struct Cleaned {
    /// The report.
    pub report: Report,
    /// Its outlet's host, if the page tells its address, and what it shows of the outlet's layout.
    pub traits: Option<(String, Traits)>,
}

/// As [`clean`], with the layouts of outlets that are known; with any, or none yet, the traits of the page
/// are told for learning from them.
///
/// # Errors
/// As [`clean`].
pub fn clean_by(raw: &RawReport, layouts: Option<&Layouts>) -> Result<Cleaned, Rejection> {
    let page = Page::read(&raw.text);
    let meta = Meta::read(&page);
    let linked = linked::read(&page);
    let url = origin::address(raw.url.as_deref(), &meta);
    let host = url.as_deref().and_then(outlet::host);
    let layout = host.as_deref().and_then(|h| layouts?.of(h));
    let sites = origin::site_names(&meta, &linked, url.as_deref());
    let headline = title::headline(&page, &meta, &linked, (&sites, url.as_deref()), layout);
    let title = headline.title.or_else(|| raw.title.clone());
    let shown_title = title.clone();
    let authors = origin::authors(&page, &meta, &linked, layout);
    let evidence = evidence(&meta, &linked, (title.clone(), headline.for_search), &authors);
    let select::Selection { chosen, kinds, home, several } =
        select::select(&page, &evidence, layout);
    let shown = running_letters(&page, &chosen);
    let record = standing_in(&linked, shown);
    let letters = record.as_deref().map_or(shown, letters_of);
    let titles = [page.title.as_deref().unwrap_or(""), title.as_deref().unwrap_or("")];
    if let Some(reason) = refusal::reason(&titles, &meta, &linked, url.as_deref(), letters) {
        return Err(Rejection::new(&raw.path, "no_article", reason, 0));
    }
    let headline = evidence.headline(&page);
    let first = chosen.iter().find(|c| c.1 == BlockKind::Paragraph).map(|c| c.0);
    let place = published::Place { url: url.as_deref(), headline, first, layout };
    let published = published::published(&page, &meta, &linked, &place)
        .or_else(|| raw.published.as_deref().and_then(published::given));
    // A record that stands in for the text is no block of the page.
    let in_page = if record.is_some() { &[][..] } else { &chosen[..] };
    let (made, mapped) = match &record {
        Some(record) => assemble::assemble_record(&page, title, record),
        None => (assemble::assemble(&page, title, &chosen), true),
    };
    let removed = removed::rows(&page, &assemble::fates(&made, in_page, &kinds));
    let order = published::order_of(meta.language.as_deref());
    let posts = entries::find(&page, in_page, order, linked.is_live);
    let live = live_code(&linked, &posts, url.as_deref());
    let noticed =
        [(!mapped).then_some("unmapped_text"), live, several.then_some("several_articles")];
    let warnings =
        raw.warnings.iter().cloned().chain(noticed.into_iter().flatten().map(str::to_owned));
    let entries = entries_of(posts, &made);
    let traits = host.filter(|_| layouts.is_some()).map(|host| {
        let day = published.as_ref().and_then(variorum_model::Published::day);
        let shown = Shown { chosen: &chosen, home, day, order, authors: &authors };
        (host, shown.traits(&page, &meta, made.title.as_ref().map(|t| t.value.as_str())))
    });
    let text = made.stream.text;
    let lead = made.body.iter().find(|b| b.kind == BlockKind::Paragraph).map(|b| b.span);
    let report = Report {
        id: raw.id.clone(),
        path: raw.path.clone(),
        language: origin::language(language::of_body(&text, &made.body), &meta, &linked),
        title: made.title,
        outlet: origin::outlet(&meta, &linked, url.as_deref(), raw.outlet.as_deref())
            .or_else(|| origin::outlet_of_title(page.title.as_deref()?, shown_title.as_deref()?)),
        byline: (!authors.is_empty()).then_some(Byline { authors, span: None }),
        dateline: lead.and_then(|s| dateline::find(s.of(&text)).map(|f| f.into_dateline(s.from()))),
        published,
        url,
        body: made.body,
        removed,
        entries,
        source_map: made.stream.pieces,
        warnings: warnings.collect(),
        text,
    };
    Ok(Cleaned { report, traits })
}

/// The publisher's own text, where a page that builds its text from it shows little of it by itself: `shown`
/// letters and digits.
fn standing_in(linked: &Linked, shown: usize) -> Option<String> {
    let record = linked.body.as_deref().and_then(record_text)?;
    let letters = letters_of(&record);
    (2 * shown < letters && letters >= FEWEST_IN_RECORD).then_some(record)
}

/// What is noticed of a page that is made of posts.
fn live_code(linked: &Linked, posts: &[Post], url: Option<&str>) -> Option<&'static str> {
    if linked.is_live || !posts.is_empty() && is_live_name(url) {
        return Some("live_blog");
    }
    (!posts.is_empty()).then_some("several_posts")
}

/// Posts as parts of the report's text.
fn entries_of(posts: Vec<Post>, made: &Assembled) -> Vec<Entry> {
    let entry = |post: Post| {
        let blocks = made.body.get(post.blocks.0..post.blocks.1)?;
        let span = blocks.first()?.span.join(blocks.last()?.span);
        Some(Entry { span, published: post.posted })
    };
    posts.into_iter().filter_map(entry).collect()
}

/// What a cleaned page showed, for learning the layout of its outlet.
struct Shown<'a> {
    chosen: &'a [Chosen],
    home: u32,
    day: Option<Date>,
    order: Order,
    authors: &'a [String],
}

impl Shown<'_> {
    fn traits(&self, page: &Page<'_>, meta: &Meta, title: Option<&str>) -> Traits {
        let is_day =
            |line: &str| self.day.is_some() && published::in_text(line, self.order) == self.day;
        let blocks = self.chosen.iter().map(|c| page.text(&page.blocks[c.0]));
        let named = [page.title.as_deref(), meta.first(&["og:title"])];
        let named: Vec<&str> = named.into_iter().flatten().collect();
        layout::traits(page, blocks, self.home, (title, &named[..]), is_day, self.authors)
    }
}

/// Whether an address calls its page a live blog.
fn is_live_name(url: Option<&str>) -> bool {
    url.is_some_and(|u| {
        u.to_ascii_lowercase().split(|c: char| !c.is_ascii_alphabetic()).any(|w| List::Live.has(w))
    })
}

fn evidence(
    meta: &Meta,
    linked: &Linked,
    (title, for_search): (Option<String>, Option<String>),
    authors: &[String],
) -> Evidence {
    let described = ["og:description", "description", "twitter:description"];
    let mut descriptions: Vec<String> =
        described.iter().flat_map(|n| meta.all(n)).map(str::to_owned).collect();
    descriptions.extend(linked.description.as_deref().map(stream::decoded));
    Evidence {
        body: linked.body.as_deref().map(|b| Runs::of([stream::decoded(b).as_str()].into_iter())),
        title,
        for_search,
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
