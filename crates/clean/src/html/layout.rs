//! Layouts of outlets, learned from their own pages without rules or labels.
//!
//! Each page that was cleaned leaves its traits: what its chosen blocks say (as hashes), which element held
//! the text, what its titles carry beside the headline, and which elements showed its day and its authors
//! where these were known from elsewhere. What most pages of an outlet share is its layout. Both
//! steps are pure, and learning does not mind the order of pages.

use super::overlap::{folded, whole_hash};
use super::page::Page;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Pages of one outlet from which its layout can be learned.
const FEWEST: usize = 3;
/// Pages of one outlet that are learned from; more tell little more.
pub const MOST_PAGES: usize = 24;
/// Share of an outlet's pages that must agree.
const AGREE: f32 = 0.6;
/// Share of an outlet's pages on which a block must stand to be no part of any article.
const REPEATED: f32 = 0.4;

/// What one page shows of its outlet's layout.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Traits {
    /// Hashes of the blocks of its text.
    blocks: BTreeSet<u64>,
    /// The element that held the text, and the one around it.
    body: Option<String>,
    /// What stands before and behind the headline in the page's titles.
    affixes: BTreeSet<(String, String)>,
    /// The elements of the line that shows the day of publication.
    day: Option<String>,
    /// The elements of the line that shows the authors.
    authors: Option<String>,
}

/// What the pages of an outlet have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    repeated: BTreeSet<u64>,
    pub(super) body: Option<String>,
    affixes: BTreeSet<(String, String)>,
    pub(super) day: Option<String>,
    pub(super) authors: Option<String>,
}

/// Layouts by host.
#[derive(Debug, Clone, Default)]
pub struct Layouts(BTreeMap<String, Layout>);

impl Layouts {
    /// Learns the layouts of all hosts from which there are pages enough: rows of host and traits, in any
    /// order.
    pub fn learn(pages: impl IntoIterator<Item = (String, Traits)>) -> Layouts {
        let mut by_host: BTreeMap<String, BTreeSet<Traits>> = BTreeMap::new();
        for (host, traits) in pages {
            by_host.entry(host).or_default().insert(traits);
        }
        let learned = by_host.into_iter().filter_map(|(host, pages)| Some((host, learn(pages)?)));
        Layouts(learned.collect())
    }

    /// The layout of a host.
    pub(super) fn of(&self, host: &str) -> Option<&Layout> {
        self.0.get(host)
    }

    /// Hosts whose layout is known.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The layout that pages share; `None` of too few.
fn learn(pages: BTreeSet<Traits>) -> Option<Layout> {
    let mut apart: Vec<Traits> = Vec::new();
    for page in pages {
        // Another state of an article that is here repeats its paragraphs, and says nothing of the outlet.
        let same = |other: &Traits| {
            2 * other.blocks.intersection(&page.blocks).count()
                > page.blocks.len().min(other.blocks.len())
        };
        if apart.len() < MOST_PAGES && !apart.iter().any(same) {
            apart.push(page);
        }
    }
    if apart.len() < FEWEST {
        return None;
    }
    let at_least = |share: f32| ((share * apart.len() as f32).ceil() as usize).max(2);
    let blocks = counted(apart.iter().flat_map(|p| p.blocks.iter().copied()));
    let affixes = counted(apart.iter().flat_map(|p| p.affixes.iter().cloned()));
    let agreed = |each: fn(&Traits) -> Option<&String>| {
        let all = counted(apart.iter().filter_map(each).cloned());
        let best = all.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)))?;
        (best.1 >= at_least(AGREE)).then_some(best.0)
    };
    Some(Layout {
        repeated: often(blocks, at_least(REPEATED)),
        affixes: often(affixes, at_least(AGREE)),
        body: agreed(|p| p.body.as_ref()),
        day: agreed(|p| p.day.as_ref()),
        authors: agreed(|p| p.authors.as_ref()),
    })
}

fn counted<T: Ord>(items: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_insert(0) += 1;
    }
    counts
}

fn often<T: Ord>(counts: BTreeMap<T, usize>, least: usize) -> BTreeSet<T> {
    counts.into_iter().filter(|(_, n)| *n >= least).map(|(item, _)| item).collect()
}

impl Layout {
    /// Whether a text stands on many pages of the outlet.
    pub(super) fn repeats(&self, text: &str) -> bool {
        self.repeated.contains(&whole_hash(text))
    }

    /// A title without what the outlet's titles carry beside the headline.
    pub(super) fn bare<'t>(&self, title: &'t str) -> &'t str {
        const LEAST: usize = 8;
        let cut = self.affixes.iter().filter_map(|(before, behind)| {
            let rest = title.strip_prefix(before.as_str())?.strip_suffix(behind.as_str())?;
            (rest.chars().count() >= LEAST).then_some(rest)
        });
        // The longest affixes are cut, for one may end with another.
        cut.min_by_key(|rest| rest.len()).unwrap_or(title).trim()
    }
}

/// What a page tells of its outlet: `blocks` are the texts chosen, `home` the element around them.
pub(super) fn traits<'t>(
    page: &Page<'_>,
    blocks: impl Iterator<Item = &'t str>,
    home: u32,
    (title, titles): (Option<&str>, &[&str]),
    is_day: impl Fn(&str) -> bool,
    authors: &[String],
) -> Traits {
    const LONGEST: usize = 60;
    const LINE: usize = 160;
    let lines = || page.blocks.iter().filter(|b| b.end - b.start <= LINE);
    let names: Vec<String> = authors.iter().map(|a| folded(a)).collect();
    let names_all = |text: &str| {
        let text = folded(text);
        names.iter().all(|n| text.contains(n))
    };
    let affixes = titles.iter().filter_map(|whole| {
        let at = whole.find(title?)?;
        let (before, behind) = (&whole[..at], &whole[at + title?.len()..]);
        let short = before.chars().count() + behind.chars().count() <= LONGEST;
        (short && before.len() + behind.len() > 0).then(|| (before.to_owned(), behind.to_owned()))
    });
    Traits {
        blocks: blocks.filter(|b| b.len() >= 8).map(whole_hash).collect(),
        body: (home != 0).then(|| path_of(page, home)),
        affixes: affixes.collect(),
        day: lines().find(|b| is_day(page.text(b))).map(|b| path_of(page, b.node)),
        authors: (!names.is_empty())
            .then(|| lines().find(|b| names_all(page.text(b))).map(|b| path_of(page, b.node)))
            .flatten(),
    }
}

/// The name and classes of an element and of the one around it. Numbers in classes are left out: they
/// are often the page's own.
pub(super) fn path_of(page: &Page<'_>, node: u32) -> String {
    let mut path = String::new();
    for n in page.path(node).take(2) {
        path.push('<');
        path.push_str(page.nodes[n as usize].name);
        for class in page.raw_attribute(n, "class").unwrap_or("").split_ascii_whitespace().take(8) {
            path.push('.');
            path.extend(class.chars().filter(|c| !c.is_ascii_digit()));
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(own: &[u64], body: &str) -> (String, Traits) {
        let mut blocks: BTreeSet<u64> = own.iter().copied().collect();
        blocks.insert(7);
        let affixes = BTreeSet::from([(String::new(), " | Quay Post".to_owned())]);
        let traits =
            Traits { blocks, body: Some(body.to_owned()), affixes, day: None, authors: None };
        ("quaypost.example".to_owned(), traits)
    }

    #[test]
    fn what_most_pages_share_is_the_layout() {
        let pages =
            [page(&[1, 2, 3], "<div.text"), page(&[4, 5, 6], "<div.text"), page(&[8, 9, 10], "<p")];
        let learned = Layouts::learn(pages.clone());
        let layout = learned.of("quaypost.example").expect("three pages are enough");
        assert_eq!(layout.repeated, BTreeSet::from([7]));
        assert_eq!(layout.body.as_deref(), Some("<div.text"));
        assert_eq!(layout.bare("Ferry runs again | Quay Post"), "Ferry runs again");
        assert_eq!(layout.bare("Ferry runs again"), "Ferry runs again");
        let turned = Layouts::learn(pages.iter().rev().cloned());
        assert_eq!(turned.of("quaypost.example"), Some(layout), "in any order");
        assert!(Layouts::learn(pages[..2].to_vec()).is_empty(), "two are too few");
    }

    #[test]
    fn another_state_of_an_article_is_no_second_page() {
        let pages = [page(&[1, 2, 3], "<p"), page(&[1, 2, 4], "<p"), page(&[5, 6, 8], "<p")];
        assert!(Layouts::learn(pages).is_empty());
    }
}
