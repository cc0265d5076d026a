//! Who published a page, who wrote it, where it stands and in which language.

use super::layout::{self, Layout};
use super::linked::Linked;
use super::meta::Meta;
use super::overlap::folded;
use super::page::Page;
use crate::outlet;
use variorum_model::{Basis, Outlet};

/// Authors of one page, and elements looked at for them.
const MOST_AUTHORS: usize = 20;

/// Names the site goes by: for telling them from headlines.
pub(super) fn site_names(meta: &Meta, linked: &Linked, url: Option<&str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    names.extend(
        meta.first(&["og:site_name", "application-name", "apple-mobile-web-app-title"])
            .map(str::to_owned),
    );
    names.extend(linked.publisher.clone());
    if let Some(host) = url.and_then(outlet::host) {
        names.extend(label_of(&host).map(str::to_owned));
        names.push(host);
    }
    names.retain(|n| !folded(n).is_empty());
    names
}

/// The outlet: as the directory or the page names it, or its domain.
pub(super) fn outlet(
    meta: &Meta,
    linked: &Linked,
    url: Option<&str>,
    given: Option<&str>,
) -> Option<Outlet> {
    let host = url.and_then(outlet::host);
    if let Some(name) = host.as_deref().and_then(outlet::of_host) {
        return Some(Outlet { name: name.to_owned(), basis: Basis::Url, span: None });
    }
    let site = meta.first(&["og:site_name"]).or(linked.publisher.as_deref());
    let site = site.or_else(|| meta.first(&["application-name", "dc.publisher", "publisher"]));
    if let Some(name) = site.filter(|n| !n.contains("://")).or(given) {
        let name = outlet::named(name).unwrap_or(name).to_owned();
        return Some(Outlet { name, basis: Basis::Metadata, span: None });
    }
    host.filter(|h| !outlet::is_platform(h)).map(|name| Outlet {
        name,
        basis: Basis::Url,
        span: None,
    })
}

/// The outlet that a page's title names behind the headline: what stands up to the next mark, when it is
/// set like a name ("Headline » Quay Post - all the news of the quay").
pub(super) fn outlet_of_title(page_title: &str, headline: &str) -> Option<Outlet> {
    let behind = page_title.trim().strip_prefix(headline.trim())?;
    let behind = behind.trim_start().strip_prefix(['|', '»', '-', '–', '—', '·', '•', ':'])?;
    let name = behind.split(['|', '»', '–', '—', '·', '•']).next()?;
    let name = name.split(" - ").next()?.trim();
    let words = name.split_whitespace().count();
    let set_as_name = name.split_whitespace().all(|w| w.starts_with(char::is_uppercase));
    ((1..=5).contains(&words) && set_as_name).then(|| Outlet {
        name: outlet::named(name).unwrap_or(name).to_owned(),
        basis: Basis::Debris,
        span: None,
    })
}

/// The label of a host that carries the site's name: the longest but for the last.
fn label_of(host: &str) -> Option<&str> {
    let (front, _) = host.rsplit_once('.')?;
    front.split('.').max_by_key(|l| l.len()).filter(|l| l.len() >= 3)
}

/// Address of the page: as known from outside, or as the page gives it.
pub(super) fn address(given: Option<&str>, meta: &Meta) -> Option<String> {
    let own =
        given.or(meta.canonical.as_deref()).or_else(|| meta.first(&["og:url", "twitter:url"]));
    own.filter(|u| u.starts_with("http")).map(str::to_owned)
}

/// Authors' names, without what is no name.
pub(super) fn authors(
    page: &Page<'_>,
    meta: &Meta,
    linked: &Linked,
    layout: Option<&Layout>,
) -> Vec<String> {
    let mut names = linked.authors.clone();
    if names.is_empty() {
        for key in
            ["author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl"]
        {
            names.extend(meta.all(key).map(str::to_owned));
            names.retain(|n| !n.contains("://"));
            if !names.is_empty() {
                break;
            }
        }
    }
    if names.is_empty() {
        names = linked_authors(page);
    }
    if names.is_empty()
        && let Some(slot) = layout.and_then(|l| l.authors.as_deref())
    {
        names = authors_in(page, slot);
    }
    let mut out: Vec<String> = Vec::new();
    for name in names.iter().flat_map(|n| n.split([',', ';'])).take(MOST_AUTHORS).map(tidy) {
        if is_name(&name) && !out.iter().any(|o| folded(o) == folded(&name)) {
            out.push(name);
        }
    }
    out
}

/// What stands where the outlet's pages name their authors.
fn authors_in(page: &Page<'_>, slot: &str) -> Vec<String> {
    let found = page.blocks.iter().find(|b| layout::path_of(page, b.node) == slot);
    let line = found.map_or("", |b| page.text(b));
    line.split([',', '|', '·', '•']).flat_map(|p| p.split(" and ")).map(str::to_owned).collect()
}

/// Links that the page marks as leading to an author.
fn linked_authors(page: &Page<'_>) -> Vec<String> {
    let marked = |node: u32| {
        let says = |key: &str, word: &str| {
            page.raw_attribute(node, key)
                .is_some_and(|v| v.split_whitespace().any(|w| w.eq_ignore_ascii_case(word)))
        };
        says("rel", "author") || says("itemprop", "author")
    };
    let mut names = Vec::new();
    for node in (0..page.nodes.len() as u32).filter(|&n| marked(n)).take(MOST_AUTHORS) {
        // The element may be inline: its block is the one around it.
        if let Some(block) = page.blocks.iter().find(|b| page.within(b.node, node)) {
            names.push(page.text(block).to_owned());
        }
    }
    names
}

fn tidy(name: &str) -> String {
    let name = name.trim();
    let lower = name.to_lowercase();
    let cut =
        ["by ", "von ", "par ", "por ", "di ", "von: "].iter().find(|p| lower.starts_with(*p));
    let name = cut.map_or(name, |p| name.get(p.len()..).unwrap_or(name));
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a string can be a name: a few words, no digits, no address.
fn is_name(name: &str) -> bool {
    const LONGEST: usize = 60;
    let words = name.split_whitespace().count();
    (1..=6).contains(&words)
        && name.len() <= LONGEST
        && !name.contains(['@', '/', '|', '<', '{'])
        && !name.chars().any(|c| c.is_ascii_digit())
        && name.chars().filter(|c| c.is_alphabetic()).count() >= 3
}

/// The language: as the words show, or as the page says; `und` if neither tells.
pub(super) fn language(shown: String, meta: &Meta, linked: &Linked) -> String {
    if shown != "und" {
        return shown;
    }
    let stated = meta.language.as_deref().or(linked.language.as_deref());
    let stated = stated.or_else(|| meta.first(&["og:locale", "content-language", "language"]));
    let code = stated.and_then(|l| l.split(['-', '_']).next()).map(str::to_lowercase);
    code.filter(|c| c.len() == 2 && c.bytes().all(|b| b.is_ascii_lowercase())).unwrap_or(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_and_names() {
        assert_eq!(label_of("news.quaypost.co.uk"), Some("quaypost"));
        assert!(is_name("Ana de la Prole"));
        assert!(!is_name("https://quaypost.example/ana"));
        assert_eq!(tidy("By  Ana Prole"), "Ana Prole");
    }

    #[test]
    fn outlets_behind_the_headline() {
        for (page, headline, want) in [
            (
                "Ferry runs again » Quay Post - all of the quay",
                "Ferry runs again",
                Some("Quay Post"),
            ),
            ("Ferry runs again | Quay Post", "Ferry runs again", Some("Quay Post")),
            ("Ferry runs again - says the mayor", "Ferry runs again", None),
            ("Ferry runs again", "Ferry runs again", None),
            ("Quay Post", "Ferry runs again", None),
        ] {
            let found = outlet_of_title(page, headline).map(|o| o.name);
            assert_eq!(found.as_deref(), want, "{page}");
        }
    }
}
