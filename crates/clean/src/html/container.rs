//! Where the bulk of a page's running text stands: the container of its article.
//!
//! Two readings, both linear in the page. A part that calls itself the text of an article is believed when
//! it holds a good share of the running text. Else paragraphs vote for the element they stand in and,
//! half as strongly, for the one around it (the vote of Readability, after Arc90), less what of it is
//! links.

use super::classes::{VOCABULARY, Words};
use super::layout;
use super::page::Page;

/// Elements that hold the text of the article.
#[derive(Debug)]
pub(super) struct Containers {
    within: Vec<bool>,
    /// Whether the page has another article beside this one.
    pub(super) several: bool,
}

impl Containers {
    /// Whether `node` is one of them or inside one.
    pub(super) fn hold(&self, node: u32) -> bool {
        self.within[node as usize]
    }
}

/// Share of the running text that a part must hold to be believed when it calls itself the text.
const BELIEVED: f32 = 0.4;
/// Share of the running text of the part chosen by votes, below which the search goes outwards.
const ENOUGH: f32 = 0.5;

/// The containers of `page`, of whose blocks those marked in `running` are running text; `words` gives
/// the words that an element shows, `headline` is the element of the heading that is the headline, `known` how
/// the outlet's other pages name the element of their text.
pub(super) fn find(
    page: &Page<'_>,
    running: &[bool],
    words: &dyn Fn(u32) -> Words,
    headline: Option<u32>,
    known: Option<&str>,
) -> Containers {
    let mut weight = vec![0usize; page.nodes.len()];
    for (block, _) in page.blocks.iter().zip(running).filter(|(_, r)| **r) {
        weight[block.node as usize] += block.end - block.start - block.linked;
    }
    let own = weight.clone();
    page.sum_up(&mut weight);
    let article = headline.map_or(0, |n| titled_article(page, n, &weight));
    let total = weight[article as usize];
    let chosen = known
        .and_then(|known| as_known(page, &weight, article, known))
        .or_else(|| named(page, &weight, article, words))
        .unwrap_or_else(|| vec![voted(page, &own, &weight, article, total)]);
    let mut within = vec![false; page.nodes.len()];
    for node in chosen {
        within[node as usize] = true;
    }
    for n in 1..within.len() {
        within[n] |= within[page.nodes[n].parent as usize];
    }
    Containers { within, several: article != 0 }
}

/// The heaviest element named as the outlet's other pages name that of their text.
fn as_known(page: &Page<'_>, weight: &[usize], inside: u32, known: &str) -> Option<Vec<u32>> {
    const SHARE: f32 = 0.2;
    let least = SHARE * weight[inside as usize] as f32;
    let heavy = (1..page.nodes.len() as u32)
        .filter(|&n| weight[n as usize] > 0 && weight[n as usize] as f32 >= least)
        .filter(|&n| inside == 0 || page.within(n, inside))
        .filter(|&n| layout::path_of(page, n) == known);
    heavy.max_by_key(|&n| (weight[n as usize], n)).map(|n| vec![n])
}

/// The parts that call themselves the text of an article, if they hold a good share of the running
/// text: the heaviest, and those beside it that are marked alike.
fn named(
    page: &Page<'_>,
    weight: &[usize],
    inside: u32,
    words: &dyn Fn(u32) -> Words,
) -> Option<Vec<u32>> {
    let total = weight[inside as usize];
    let marked: Vec<u32> = (1..page.nodes.len() as u32)
        .filter(|&n| weight[n as usize] > 0 && words(n) & VOCABULARY.body != 0)
        .filter(|&n| inside == 0 || page.within(n, inside))
        .collect();
    let heaviest = *marked.iter().max_by_key(|&&n| (weight[n as usize], n))?;
    let class = page.raw_attribute(heaviest, "class");
    let article = article_around(page, heaviest);
    let alike = |n: &u32| {
        *n == heaviest
            || class.is_some()
                && page.raw_attribute(*n, "class") == class
                && article_around(page, *n) == article
    };
    let chosen: Vec<u32> = marked.into_iter().filter(alike).collect();
    let held: usize = chosen.iter().map(|&n| weight[n as usize]).sum();
    (held as f32 >= BELIEVED * total as f32).then_some(chosen)
}

/// The `article` element that holds the headline, where the page has another beside it that holds more
/// than a little of the running text: then the page has several articles, and this is the one it is
/// about. The root otherwise.
fn titled_article(page: &Page<'_>, headline: u32, weight: &[usize]) -> u32 {
    const LITTLE: usize = 500;
    let own = article_around(page, headline);
    let other = |n: &u32| {
        page.nodes[*n as usize].name == "article"
            && weight[*n as usize] >= LITTLE
            && !page.within(*n, own)
            && !page.within(own, *n)
    };
    let several = own != 0 && (1..page.nodes.len() as u32).any(|n| other(&n));
    if several && weight[own as usize] >= LITTLE { own } else { 0 }
}

/// The innermost `article` element around `node`; the root if there is none.
fn article_around(page: &Page<'_>, node: u32) -> u32 {
    page.path(node).find(|&n| page.nodes[n as usize].name == "article").unwrap_or(0)
}

/// The element that the paragraphs vote for, or one around it if it holds too little.
fn voted(page: &Page<'_>, own: &[usize], weight: &[usize], inside: u32, total: usize) -> u32 {
    let mut votes = vec![0usize; page.nodes.len()];
    for (n, &size) in own.iter().enumerate().filter(|(_, size)| **size > 0) {
        let parent = page.nodes[n].parent as usize;
        votes[parent] += size;
        votes[page.nodes[parent].parent as usize] += size / 2;
    }
    let within = |n: &usize| inside == 0 || page.within(*n as u32, inside);
    let mut best = (0..votes.len()).filter(within).max_by_key(|&n| (votes[n], n)).unwrap_or(0);
    while best != 0 && (weight[best] as f32) < ENOUGH * total as f32 {
        best = page.nodes[best].parent as usize;
    }
    best as u32
}
