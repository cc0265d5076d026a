//! Which blocks of a page are its article.
//!
//! What stands in the container of the page's running text is corrected by what the page itself
//! shows: where the bulk of the choice stands, which blocks are built like the chosen ones, which
//! stand in parts named as something else, and what the publisher's own `articleBody` holds.

mod dropping;
mod evidence;

use super::classes::{Known, VOCABULARY, Words, kind_of, words_of};
use super::container;
use super::layout::Layout;
use super::lines;
use super::overlap::{Runs, folded, whole_hash};
use super::page::{Block, Page, flag};
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::{Hash, Hasher};
use variorum_model::BlockKind;

pub(super) use evidence::Evidence;

/// A part that holds at least this share of what was chosen is the article, whatever its name.
const BULK: f32 = 0.35;
/// Share of a block's runs that must have been chosen for the block to be.
const MOSTLY: f32 = 0.5;
/// Letters that make a block a paragraph of running text.
const PARAGRAPH: usize = 60;

/// A chosen block: its index in the page, and what it is.
pub(super) type Chosen = (usize, BlockKind);

/// What was chosen, and what all other blocks are.
#[derive(Debug)]
pub(super) struct Selection {
    /// The blocks of the article, in page order.
    pub(super) chosen: Vec<Chosen>,
    /// For each block of the page: what it is listed as if it is left out.
    pub(super) kinds: Vec<Option<&'static str>>,
    /// The element that holds nearly all of the choice.
    pub(super) home: u32,
    /// Whether the page has another article beside the chosen one.
    pub(super) several: bool,
}

/// Chooses the blocks of the article.
pub(super) fn select(page: &Page<'_>, evidence: &Evidence, layout: Option<&Layout>) -> Selection {
    let mut choice = Choice::new(page, evidence, layout);
    let several = choice.by_structure();
    choice.weigh();
    choice.drop_apart();
    choice.add_alike();
    choice.add_body();
    choice.add_lead();
    choice.trim_to_body();
    choice.drop_before_headline();
    choice.drop_cards();
    choice.drop_lines();
    choice.drop_repeats();
    choice.drop_boilerplate();
    let home = choice.home();
    let chosen = choice.finish();
    let kinds = choice.kinds(&chosen);
    Selection { chosen, kinds, home, several }
}

struct Choice<'a, 'p> {
    page: &'a Page<'p>,
    evidence: &'a Evidence,
    layout: Option<&'a Layout>,
    keep: Vec<bool>,
    /// Words that each element and those around it show.
    words: Vec<Words>,
    /// Words under which the bulk of the choice stands: on this page they mean nothing.
    idle: Words,
    /// Bytes chosen in each element.
    weight: Vec<usize>,
    total: usize,
}

impl<'a, 'p> Choice<'a, 'p> {
    fn new(
        page: &'a Page<'p>,
        evidence: &'a Evidence,
        layout: Option<&'a Layout>,
    ) -> Choice<'a, 'p> {
        Choice {
            page,
            evidence,
            layout,
            keep: vec![false; page.blocks.len()],
            words: words_of_all(page),
            idle: 0,
            weight: Vec::new(),
            total: 0,
        }
    }

    fn words_of(&self, node: u32) -> Words {
        self.words[node as usize]
    }

    fn block(&self, i: usize) -> &'a Block {
        &self.page.blocks[i]
    }

    fn text(&self, i: usize) -> &'a str {
        self.page.text(self.block(i))
    }

    /// Takes what stands in the page's container of running text as text does; if that leaves most of the
    /// running text, takes the running text as it stands.
    /// Returns whether the page has another article beside that.
    fn by_structure(&mut self) -> bool {
        self.idle = self.idle_words();
        let running: Vec<bool> = self.page.blocks.iter().map(|b| self.is_running(b)).collect();
        let containers = container::find(
            self.page,
            &running,
            &|n| self.words_of(n),
            self.evidence.headline(self.page).map(|i| self.block(i).node),
            self.layout.and_then(|l| l.body.as_deref()),
        );
        self.keep = self
            .page
            .blocks
            .iter()
            .map(|b| self.reads_as_text(b) && containers.hold(b.node))
            .collect();
        if self.is_poor(&running)
            && (self.size_of(&running) > 2 * self.size_of(&self.keep) || self.linked_of(&self.keep))
        {
            self.keep = running;
            return false;
        }
        containers.several
    }

    /// Words under which most of the page's long blocks stand, before anything is chosen.
    fn idle_words(&self) -> Words {
        const MOST: f32 = 0.5;
        const ALL: f32 = 0.95;
        let long = |b: &&Block| b.end - b.start >= PARAGRAPH && 3 * b.linked < b.end - b.start;
        let mut by_word = [0usize; Words::BITS as usize];
        let mut total = 0;
        for block in self.page.blocks.iter().filter(long) {
            let size = block.end - block.start;
            total += size;
            count_words(self.words_at(block) | self.words_close(block), size, &mut by_word);
        }
        let heavy = heavy_words(&by_word, MOST * total as f32);
        // A story may have more words of readers than of its own.
        heavy & !(VOCABULARY.comment & !heavy_words(&by_word, ALL * total as f32))
    }

    /// Whether a block of the container is part of the text: not apart, no caption, not mostly links.
    fn reads_as_text(&self, block: &Block) -> bool {
        let size = block.end - block.start;
        let all_link = 2 * block.linked > size;
        !self.is_apart(block)
            && !self.is_caption(block)
            && (!all_link || block.flags & flag::HEADING != 0)
    }

    fn covered(&self, runs: &Runs, least: f32) -> Vec<bool> {
        let page = self.page;
        let shares = runs.cover(page.blocks.iter().map(|b| page.text(b)));
        shares.into_iter().map(|s| s >= least).collect()
    }

    /// A paragraph of running text, by its looks alone.
    fn is_running(&self, block: &Block) -> bool {
        let size = block.end - block.start;
        size >= PARAGRAPH
            && 3 * block.linked < size
            && !self.is_apart(block)
            && !self.is_caption(block)
    }

    fn size_of(&self, chosen: &[bool]) -> usize {
        let blocks = self.page.blocks.iter().zip(chosen).filter(|(_, c)| **c);
        blocks.map(|(b, _)| b.end - b.start - b.linked).sum()
    }

    /// Whether most of what is chosen is link text.
    fn linked_of(&self, chosen: &[bool]) -> bool {
        let blocks = self.page.blocks.iter().zip(chosen).filter(|(_, c)| **c);
        let linked: usize = blocks.map(|(b, _)| b.linked).sum();
        linked > self.size_of(chosen)
    }

    /// Whether the choice is mostly links, or leaves most of the page's running text.
    fn is_poor(&self, running: &[bool]) -> bool {
        const SHARE: f32 = 0.25;
        let kept: Vec<bool> = running.iter().zip(&self.keep).map(|(r, k)| *r && *k).collect();
        self.linked_of(&self.keep)
            || (self.size_of(&kept) as f32) < SHARE * self.size_of(running) as f32
            || self.size_of(&self.keep) == 0
    }

    fn weigh(&mut self) {
        self.weight = vec![0; self.page.nodes.len()];
        self.total = 0;
        let mut by_word = [0usize; Words::BITS as usize];
        for i in (0..self.keep.len()).filter(|&i| self.keep[i]) {
            let block = &self.page.blocks[i];
            let size = block.end - block.start;
            self.total += size;
            self.weight[block.node as usize] += size;
            count_words(self.words_at(block) | self.words_close(block), size, &mut by_word);
        }
        self.page.sum_up(&mut self.weight);
        self.idle |= heavy_words(&by_word, BULK * self.total as f32);
    }

    fn words_at(&self, block: &Block) -> Words {
        self.words_of(block.node)
    }

    /// Whether a block stands in a part that is not the article.
    fn is_apart(&self, block: &Block) -> bool {
        self.words_at(block) & VOCABULARY.apart & !self.idle != 0
    }

    /// Words of the innermost few elements around a block.
    fn words_close(&self, block: &Block) -> Words {
        let near = self.page.path(block.node).take(3);
        near.fold(0, |words, n| words | self.words_of(n))
    }

    /// The same, without those that mean nothing on this page.
    fn words_near(&self, block: &Block) -> Words {
        self.words_close(block) & !self.idle
    }

    fn is_caption(&self, block: &Block) -> bool {
        const LONGEST: usize = 600;
        let marked = self.words_near(block) & VOCABULARY.caption != 0;
        block.end - block.start <= LONGEST
            && (marked || lines::ends_with_credit(self.page.text(block)))
    }

    fn is_byline(&self, block: &Block) -> bool {
        self.words_near(block) & VOCABULARY.byline != 0
    }

    /// Drops what stands in parts named as something else, unless that would leave little.
    fn drop_apart(&mut self) {
        const ENOUGH: f32 = 0.3;
        let (before, total) = (self.keep.clone(), self.total);
        for i in 0..self.keep.len() {
            if self.keep[i] && self.is_apart(self.block(i)) {
                self.keep[i] = false;
            }
        }
        self.weigh();
        if (self.total as f32) < ENOUGH * total as f32 {
            self.keep = before;
            self.idle |= VOCABULARY.apart;
            self.weigh();
        }
    }

    /// The deepest element that holds nearly all that was chosen.
    fn home(&self) -> u32 {
        const NEARLY: f32 = 0.9;
        let enough = |n: &usize| self.weight[*n] as f32 >= NEARLY * self.total as f32;
        (0..self.weight.len()).rev().find(enough).unwrap_or(0) as u32
    }

    fn signature(&self, node: u32) -> u64 {
        let mut hasher = rustc_hash::FxHasher::default();
        for n in self.page.path(node).take(2) {
            self.page.nodes[n as usize].name.hash(&mut hasher);
            self.page.raw_attribute(n, "class").hash(&mut hasher);
        }
        hasher.finish()
    }

    /// Adds paragraphs built like those that make up the bulk of the choice.
    fn add_alike(&mut self) {
        let mut by_signature: FxHashMap<u64, usize> = FxHashMap::default();
        for i in (0..self.keep.len()).filter(|&i| self.keep[i]) {
            let size = self.text(i).len();
            *by_signature.entry(self.signature(self.block(i).node)).or_insert(0) += size;
        }
        let home = self.home();
        for i in 0..self.keep.len() {
            let block = self.block(i);
            let size = block.end - block.start;
            if self.keep[i]
                || size < PARAGRAPH
                || 2 * block.linked > size
                || !self.page.within(block.node, home)
            {
                continue;
            }
            let like = by_signature.get(&self.signature(block.node)).copied().unwrap_or(0);
            if like as f32 >= BULK * self.total as f32
                && !self.is_apart(block)
                && !self.is_caption(block)
                && !self.is_byline(block)
            {
                self.keep[i] = true;
            }
        }
    }

    /// Where the publisher's own text is at hand and whole, it decides.
    fn add_body(&mut self) {
        let Some(body) = &self.evidence.body else { return };
        for (i, covered) in self.covered(body, 0.8).into_iter().enumerate() {
            let block = self.block(i);
            if covered && !self.is_caption(block) && !self.is_apart(block) {
                self.keep[i] = true;
            }
        }
    }

    /// Where the publisher's own text is at hand and as long as the choice, what follows its last
    /// paragraph is no part of the article.
    fn trim_to_body(&mut self) {
        const WHOLE: f32 = 0.7;
        let Some(body) = &self.evidence.body else { return };
        let kept = (0..self.keep.len()).filter(|&i| self.keep[i]);
        let letters: usize = kept.map(|i| folded(self.text(i)).chars().count()).sum();
        if (body.letters() as f32) < WHOLE * letters as f32 {
            return;
        }
        let covered = self.covered(body, MOSTLY);
        let long = |i: &usize| self.text(*i).len() >= PARAGRAPH;
        if let Some(last) =
            (0..covered.len()).rev().filter(long).find(|&i| covered[i] && self.keep[i])
        {
            for (keep, covered) in self.keep.iter_mut().zip(covered).skip(last + 1) {
                *keep &= covered;
            }
        }
    }

    /// Adds the summary that stands between headline and text.
    fn add_lead(&mut self) {
        const REACH: usize = 25;
        let Some(first) = self.first_paragraph() else { return };
        let summaries: Vec<String> = self.evidence.descriptions.iter().map(|d| folded(d)).collect();
        let titles: Vec<String> = self.evidence.titles().map(folded).collect();
        for i in (first.saturating_sub(REACH)..first).rev() {
            let block = self.block(i);
            let text = folded(self.text(i));
            if self.keep[i]
                || text.chars().count() < 30
                || 2 * block.linked > block.end - block.start
            {
                continue;
            }
            if titles.contains(&text) || self.is_apart(block) || self.is_caption(block) {
                continue;
            }
            let summary = summaries.iter().any(|s| same_start(s, &text));
            let named = self.words_near(block) & VOCABULARY.lead != 0;
            if summary || named && !self.is_byline(block) {
                self.keep[i] = true;
            }
        }
    }

    fn first_paragraph(&self) -> Option<usize> {
        (0..self.keep.len()).find(|&i| self.keep[i] && self.text(i).len() >= PARAGRAPH)
    }

    /// What each block is listed as if it is left out.
    fn kinds(&self, chosen: &[Chosen]) -> Vec<Option<&'static str>> {
        let titles = self.evidence.title_hashes();
        let told: FxHashSet<u64> = chosen.iter().map(|c| whole_hash(self.text(c.0))).collect();
        (0..self.keep.len()).map(|i| self.kind(i, &titles, &told)).collect()
    }

    fn kind(&self, i: usize, titles: &[u64], told: &FxHashSet<u64>) -> Option<&'static str> {
        let (block, text) = (self.block(i), self.text(i));
        let short = text.len() < 3 * PARAGRAPH;
        let hash = whole_hash(text);
        if titles.contains(&hash) {
            return Some("duplicate_title");
        }
        if self.layout.is_some_and(|l| l.repeats(text)) {
            return Some("site_notice");
        }
        if text.len() >= PARAGRAPH / 2 && told.contains(&hash) {
            return Some("repeat");
        }
        if let Some(kind) = kind_of(self.words_at(block) & VOCABULARY.apart & !self.idle) {
            return Some(kind);
        }
        if short && (lines::is_byline(text, &self.evidence.authors) || self.is_byline(block)) {
            return Some("byline");
        }
        if lines::is_pointer(text, block.linked) {
            return Some("related");
        }
        if self.is_caption(block) {
            return Some("caption");
        }
        (2 * block.linked > text.len()).then_some("navigation")
    }

    fn finish(&self) -> Vec<Chosen> {
        let kept: Vec<usize> = (0..self.keep.len()).filter(|&i| self.keep[i]).collect();
        let (Some(&first), Some(&last)) = (kept.first(), kept.last()) else { return Vec::new() };
        let home = self.home();
        let mut out = Vec::new();
        for i in first.saturating_sub(6)..=last {
            let block = self.block(i);
            if self.is_caption(block) {
                let inside = self.page.within(block.node, home) && !self.is_apart(block);
                if self.keep[i] || inside && block.flags & flag::CAPTION != 0 {
                    out.push((i, BlockKind::Caption));
                }
            } else if self.keep[i] {
                let heading = block.flags & flag::HEADING != 0;
                out.push((i, if heading { BlockKind::Heading } else { BlockKind::Paragraph }));
            }
        }
        // A heading with nothing under it introduces what was left out.
        while out.last().is_some_and(|c| c.1 == BlockKind::Heading) {
            out.pop();
        }
        out
    }
}

/// Whether two folded texts begin alike for long enough to be one summary.
fn same_start(a: &str, b: &str) -> bool {
    const ENOUGH: usize = 30;
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    shared >= ENOUGH && 10 * shared >= 7 * a.chars().count().min(b.chars().count())
}

/// The words that each element of a page and those around it show.
fn words_of_all(page: &Page<'_>) -> Vec<Words> {
    let mut all: Vec<Words> = Vec::with_capacity(page.nodes.len());
    let mut known = Known::default();
    for (n, node) in page.nodes.iter().enumerate() {
        let inherited = all.get(node.parent as usize).copied().unwrap_or(0) & VOCABULARY.apart;
        all.push(inherited | words_of(page, n as u32, &mut known));
    }
    all
}

fn count_words(mut words: Words, size: usize, by_word: &mut [usize; Words::BITS as usize]) {
    while words != 0 {
        by_word[words.trailing_zeros() as usize] += size;
        words &= words - 1;
    }
}

/// The words that were counted at least `least` times.
fn heavy_words(by_word: &[usize; Words::BITS as usize], least: f32) -> Words {
    let heavy = |bit: &usize| by_word[*bit] as f32 >= least;
    (0..by_word.len()).filter(heavy).fold(0, |words, bit| words | 1 << bit)
}
