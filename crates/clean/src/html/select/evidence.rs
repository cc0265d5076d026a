//! What is known about an article beside its blocks.

use super::super::overlap::{Runs, folded, whole_hash};
use super::super::page::{Block, Page, flag};

/// What else is known about the article.
#[derive(Debug, Default)]
pub(in super::super) struct Evidence {
    /// The runs of the publisher's `articleBody`, if it gives the whole text.
    pub(in super::super) body: Option<Runs>,
    /// The headline.
    pub(in super::super) title: Option<String>,
    /// The first-level heading, where it is another headline.
    pub(in super::super) for_search: Option<String>,
    /// Summaries in the page's metadata.
    pub(in super::super) descriptions: Vec<String>,
    /// Authors' names.
    pub(in super::super) authors: Vec<String>,
}

impl Evidence {
    /// The block of the first-level heading that is a headline of the page.
    pub(in super::super) fn headline(&self, page: &Page<'_>) -> Option<usize> {
        self.titles().find_map(|title| headline(page, title))
    }

    /// Hashes of the headlines, for finding them again in the text.
    pub(super) fn title_hashes(&self) -> Vec<u64> {
        self.titles().map(whole_hash).collect()
    }

    pub(super) fn titles(&self) -> impl Iterator<Item = &str> {
        [&self.title, &self.for_search].into_iter().filter_map(|t| t.as_deref())
    }
}

/// The block of the first-level heading that is the headline, or nearly is.
fn headline(page: &Page<'_>, title: &str) -> Option<usize> {
    const LEAST: usize = 16;
    let title = folded(title);
    let first_level =
        |block: &Block| page.path(block.node).any(|n| page.nodes[n as usize].name == "h1");
    let headings = || {
        let all = page.blocks.iter().enumerate();
        all.filter(|(_, b)| b.flags & flag::HEADING != 0 && first_level(b))
    };
    let whole = headings().find(|(_, b)| folded(page.text(b)) == title);
    let nearly = |b: &Block| {
        let heading = folded(page.text(b));
        let (short, long) = (heading.len().min(title.len()), heading.len().max(title.len()));
        short >= LEAST
            && 10 * short >= 6 * long
            && (heading.starts_with(&title) || title.starts_with(&heading))
    };
    whole.or_else(|| headings().find(|(_, b)| nearly(b))).map(|(i, _)| i)
}
