//! The headline: the candidate that most of the page's voices agree on, unless the page has one headline for
//! search engines and one for readers.

mod heading;
mod readers;
mod site;
mod voices;

use super::layout::Layout;
use super::linked::Linked;
use super::meta::Meta;
use super::overlap::folded;
use super::page::Page;
use super::stream::decoded;
use heading::{heading, without_kicker};
use site::without_site;
use voices::{Kind, Voices};

/// The headline of a page.
#[derive(Debug, Default)]
pub(super) struct Headline {
    /// As the page shows or names it.
    pub(super) title: Option<String>,
    /// The page's first-level heading, where that is another headline, written for search engines.
    pub(super) for_search: Option<String>,
}

/// The headline of `page`; `sites` are names of its site, `url` its address.
pub(super) fn headline(
    page: &Page<'_>,
    meta: &Meta,
    linked: &Linked,
    (sites, url): (&[String], Option<&str>),
    layout: Option<&Layout>,
) -> Headline {
    let (voices, heading) = said(page, meta, linked, sites, layout);
    if let Some(title) = readers::headline(page, &voices, url) {
        return Headline { title: Some(title.to_owned()), for_search: Some(heading) };
    }
    Headline { title: voices.agreed().map(str::to_owned), for_search: None }
}

/// What the voices of the page say, without the names of its site and what stands over the headline; with
/// the text of the heading.
fn said(
    page: &Page<'_>,
    meta: &Meta,
    linked: &Linked,
    sites: &[String],
    layout: Option<&Layout>,
) -> (Voices, String) {
    // What the outlet's titles carry beside the headline is cut first, where its layout is known.
    let bare = |title: String| layout.map_or_else(|| title.clone(), |l| l.bare(&title).to_owned());
    let document = bare(page.title.clone().unwrap_or_default());
    let open_graph = bare(meta.first(&["og:title"]).unwrap_or_default().to_owned());
    let open_graph = open_graph.as_str();
    let twitter = meta
        .first(&["twitter:title", "dc.title", "dcterms.title", "parsely-title"])
        .unwrap_or_default();
    let record = linked.headline.as_deref().map(decoded).unwrap_or_default();
    let named: Vec<String> = [&document, open_graph, twitter, &record]
        .iter()
        .map(|t| folded(t))
        .filter(|t| !t.is_empty())
        .collect();
    let (whole, kicker) = heading(page, &named).unwrap_or_default();
    // A line over the headline is cut where another voice leaves it out too.
    let bare = without_site(&whole, sites, &[]);
    let bare = bare.strip_prefix(kicker.as_str()).unwrap_or(&bare).trim_start_matches([':', ' ']);
    let left_out = [open_graph, twitter, &record]
        .iter()
        .any(|t| folded(&without_site(t, sites, &[])) == folded(bare));
    let (heading, kicker) = match left_out && !kicker.is_empty() {
        true => (bare.to_owned(), kicker),
        false => (whole.clone(), String::new()),
    };
    let said = [
        (Kind::Heading, heading.as_str()),
        (Kind::Record, record.as_str()),
        (Kind::OpenGraph, open_graph),
        (Kind::Document, document.as_str()),
        (Kind::Twitter, twitter),
    ];
    let all: Vec<String> = said.iter().map(|v| v.1.to_owned()).collect();
    let mut voices = Voices::default();
    for (kind, text) in said {
        let title = without_kicker(without_site(text, sites, &all), &heading, &kicker);
        if !title.is_empty() && !sites.iter().any(|s| folded(s) == folded(&title)) {
            voices.add(kind, title);
        }
    }
    (voices, whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(source: &str) -> String {
        let page = Page::read(source);
        let meta = Meta::read(&page);
        let sites = ["Quay Post".to_owned()];
        headline(&page, &meta, &Linked::default(), (&sites, None), None).title.unwrap_or_default()
    }

    #[test]
    fn voices_that_agree_win() {
        let cases = [
            ("<title>Ferry runs again - Quay Post</title><h1>Quay Post</h1>", "Ferry runs again"),
            (
                "<title>Ferry: all you must know</title><meta property=og:title content='Ferry runs again'><h1>Ferry runs again</h1>",
                "Ferry runs again",
            ),
            ("<title>Quay Post | Ferry runs again today</title>", "Ferry runs again today"),
            (
                "<h1>Menu</h1><h1>Ferry runs again</h1><title>Ferry runs again | News</title>",
                "Ferry runs again",
            ),
            ("<title>Ferry - a tale of two ports</title>", "Ferry - a tale of two ports"),
            (
                "<title>After the storm: Ferry runs again - Quay Post</title><meta property=og:title content='Ferry runs again'><h1><span class=kicker>After the storm:</span> <span>Ferry runs again</span></h1>",
                "Ferry runs again",
            ),
        ];
        for (source, expected) in cases {
            assert_eq!(title(source), expected, "{source}");
        }
    }
}
