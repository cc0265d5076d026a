//! Of two headlines that a page has, the one for readers.
//!
//! Many outlets write a headline for search engines, which becomes the document's title, the first-level
//! heading and the address, and one for readers, which they show above the text as another heading, keep
//! in the page's record, or give where the page is shared. Nothing tells which is which by its words; the
//! page does by where it uses them.

use super::super::overlap::folded;
use super::super::page::{Page, flag};
use super::voices::{Kind, Voices};
use std::collections::BTreeSet;
use variorum_text::fold_key;

/// Voices that may give the headline for readers, the surest first.
const READERS: [Kind; 2] = [Kind::Record, Kind::OpenGraph];

/// Letters and digits below which a title may be a label.
const SHORTEST: usize = 12;

/// The headline for readers, where the heading is another; `None` where the page does not tell.
pub(super) fn headline<'v>(
    page: &Page<'_>,
    voices: &'v Voices,
    url: Option<&str>,
) -> Option<&'v str> {
    let (heading, heading_key) = voices.of(Kind::Heading)?;
    let others = || {
        let said = READERS.iter().filter_map(|&kind| voices.of(kind));
        said.filter(|(_, key)| *key != heading_key && key.chars().count() >= SHORTEST)
    };
    let for_search = voices.key(Kind::Document) == Some(heading_key);
    let address = url.filter(|_| for_search).map(address_words).unwrap_or_default();
    others()
        .find(|(_, key)| is_shown(page, key))
        .or_else(|| others().find(|(title, _)| is_made_of(&address, heading, title)))
        .or_else(|| others().find(|(_, key)| is_under_kicker(heading, key)))
        .map(|(title, _)| title)
}

/// Whether a heading of the first two levels that is no link is `key`.
fn is_shown(page: &Page<'_>, key: &str) -> bool {
    let headings = page.blocks.iter().filter(|b| b.flags & flag::HEADING != 0 && b.linked == 0);
    headings
        .filter(|b| folded(page.text(b)) == key)
        .any(|b| page.path(b.node).any(|n| matches!(page.nodes[n as usize].name, "h1" | "h2")))
}

/// Whether an address was made of `heading` rather than of `title`: more of its words stand in the one alone
/// than in the other alone.
fn is_made_of(address: &BTreeSet<String>, heading: &str, title: &str) -> bool {
    const FEWEST: usize = 2;
    let in_address = |text: &str| -> BTreeSet<String> {
        words(text).into_iter().filter(|w| address.contains(w)).collect()
    };
    let (of_heading, of_title) = (in_address(heading), in_address(title));
    of_heading.len() >= FEWEST
        && of_heading.difference(&of_title).count() > of_title.difference(&of_heading).count()
}

/// Whether `heading` is the title `key` with a line over it and a colon.
fn is_under_kicker(heading: &str, key: &str) -> bool {
    const MOST: usize = 4;
    heading.match_indices(':').take(MOST).any(|(at, _)| folded(&heading[at + 1..]) == key)
}

/// The words of the path of an address.
fn address_words(url: &str) -> BTreeSet<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.split(['?', '#']).next().and_then(|r| r.split_once('/')).map_or("", |p| p.1);
    words(path)
}

/// Words as addresses write them: plain letters, no apostrophes, one spelling for both ways to write an
/// umlaut.
fn words(text: &str) -> BTreeSet<String> {
    let plain = fold_key(text).replace('\'', "");
    let split = plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    split.map(|w| w.replace("ae", "a").replace("oe", "o").replace("ue", "u")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEARCH: &str = "Ferry timetable for Holm islands";
    const READERS: &str = "Back on the water after a week of storms";

    fn of(body: &str, said: &[(Kind, &str)], url: Option<&str>) -> Option<String> {
        let mut voices = Voices::default();
        said.iter().for_each(|(kind, title)| voices.add(*kind, (*title).to_owned()));
        headline(&Page::read(body), &voices, url).map(str::to_owned)
    }

    #[test]
    fn what_the_page_shows_beside_the_heading() {
        let both = [(Kind::Heading, SEARCH), (Kind::Record, READERS), (Kind::Document, SEARCH)];
        let h1 = format!("<h1>{SEARCH}</h1>");
        for (second, expected) in [
            (format!("<h2>{READERS}</h2>"), Some(READERS)),
            (format!("<h2><a href=/x>{READERS}</a></h2>"), None),
            (format!("<h4>{READERS}</h4>"), None),
            (format!("<p>{READERS}</p>"), None),
        ] {
            let found = of(&format!("{h1}{second}"), &both, None);
            assert_eq!(found.as_deref(), expected, "{second}");
        }
    }

    #[test]
    fn an_address_tells_what_was_written_for_search() {
        let both = [(Kind::Heading, SEARCH), (Kind::OpenGraph, READERS), (Kind::Document, SEARCH)];
        for (url, expected) in [
            ("https://quaypost.example/news/ferry-timetable-holm-islands-4711", Some(READERS)),
            ("https://quaypost.example/news/back-on-the-water-after-storms", None),
            ("https://quaypost.example/news/4711", None),
        ] {
            assert_eq!(of("", &both, Some(url)).as_deref(), expected, "{url}");
        }
        // A heading that is not the document's title was not written for search.
        let own = [(Kind::Heading, SEARCH), (Kind::OpenGraph, READERS), (Kind::Document, "Ferry")];
        let url = Some("https://quaypost.example/news/ferry-timetable-holm-islands-4711");
        assert_eq!(of("", &own, url), None);
    }

    #[test]
    fn a_line_over_the_headline_is_no_part_of_it() {
        for (heading, expected) in [
            ("Seven days of storm: Back on the water after a week of storms", Some(READERS)),
            ("Seven days of storm back on the water after a week of storms", None),
        ] {
            let said = [(Kind::Heading, heading), (Kind::OpenGraph, READERS)];
            assert_eq!(of("", &said, None).as_deref(), expected, "{heading}");
        }
    }

    #[test]
    fn words_of_addresses() {
        let made = words("Fähre nach Ærø: won’t run");
        assert_eq!(made, words("faehre-nach-aero-wont-run"));
        assert!(address_words("https://quaypost.example").is_empty());
    }
}
