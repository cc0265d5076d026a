//! Pages that are no article: error pages, walls, checks, front pages.

use super::linked::Linked;
use super::meta::Meta;
use regex::Regex;
use std::sync::LazyLock;

static TABLE: &str = include_str!("../../../../data/clean_page_refusals.tsv");

static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|l| !l.starts_with('#'));
    rows.filter_map(|l| l.split('\t').next()).filter_map(|p| Regex::new(p).ok()).collect()
});

/// Letters below which a page with the title of an error page has no article beside it.
const SCANT: usize = 700;

/// Why a page has no article, if it has none. `letters` counts the letters chosen as its text.
pub(super) fn reason(
    titles: &[&str],
    meta: &Meta,
    linked: &Linked,
    url: Option<&str>,
    letters: usize,
) -> Option<&'static str> {
    if letters == 0 {
        return Some("the page shows no running text: give the article's own page, or its text");
    }
    let named = || {
        titles.iter().any(|t| PATTERNS.iter().any(|p| p.is_match(t.trim().to_lowercase().as_str())))
    };
    if letters < SCANT && named() {
        return Some("the page is an error, consent or check page: fetch the article again");
    }
    let article = linked.is_article || meta.first(&["og:type"]) == Some("article");
    if !article && url.is_some_and(is_front) && letters < 3 * SCANT {
        return Some("the page is a front page: give an article's own address");
    }
    None
}

/// Whether an address is that of a whole site.
fn is_front(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, r)| r);
    rest.split_once('/').is_none_or(|(_, path)| path.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_keeps_to_its_examples() {
        for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [pattern, matches, spares] = cells[..] else { panic!("three columns: {line}") };
            let pattern = Regex::new(pattern).unwrap_or_else(|e| panic!("{line}: {e}"));
            assert!(pattern.is_match(&matches.to_lowercase()), "{matches}");
            assert!(!pattern.is_match(&spares.to_lowercase()), "{spares}");
        }
    }

    #[test]
    fn front_pages() {
        assert!(is_front("https://quaypost.example/"));
        assert!(!is_front("https://quaypost.example/ferry"));
    }
}
