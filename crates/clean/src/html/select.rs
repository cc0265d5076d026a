//! Which blocks of a page are its article.
//!
//! The extractor's choice is laid over the page's blocks and corrected by what the page itself
//! shows: where the bulk of the choice stands, which blocks are built like the chosen ones, which
//! stand in parts named as something else, and what the publisher's own `articleBody` holds.

use super::classes::{VOCABULARY, Words, words_of};
use super::lines;
use super::overlap::{Runs, folded, whole_hash};
use super::page::{Block, Page, flag};
use super::vote;
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::{Hash, Hasher};
use variorum_model::BlockKind;

/// What else is known about the article.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// The runs of the publisher's `articleBody`, if it gives the whole text.
    pub(super) body: Option<Runs>,
    /// The headline.
    pub(super) title: Option<String>,
    /// Summaries in the page's metadata.
    pub(super) descriptions: Vec<String>,
    /// Authors' names.
    pub(super) authors: Vec<String>,
}

/// A part that holds at least this share of what was chosen is the article, whatever its name.
const BULK: f32 = 0.35;
/// Share of a block's runs that must have been chosen for the block to be.
const MOSTLY: f32 = 0.5;
/// Letters that make a block a paragraph of running text.
const PARAGRAPH: usize = 60;

/// A chosen block: its index in the page, and what it is.
pub(super) type Chosen = (usize, BlockKind);

/// Chooses the blocks of the article, in page order.
pub(super) fn select(page: &Page<'_>, evidence: &Evidence) -> Vec<Chosen> {
    let mut choice = Choice::new(page, evidence);
    choice.by_voices();
    choice.weigh();
    choice.drop_apart();
    choice.add_alike();
    choice.add_body();
    choice.add_lead();
    choice.trim_to_body();
    choice.drop_before_headline();
    choice.drop_lines();
    choice.drop_repeats();
    choice.finish()
}

struct Choice<'a, 'p> {
    page: &'a Page<'p>,
    evidence: &'a Evidence,
    keep: Vec<bool>,
    /// Words that each element and those around it show.
    words: FxHashMap<u32, Words>,
    /// Words under which the bulk of the choice stands: on this page they mean nothing.
    idle: Words,
    /// Bytes chosen in each element.
    weight: FxHashMap<u32, usize>,
    total: usize,
}

impl<'a, 'p> Choice<'a, 'p> {
    fn new(page: &'a Page<'p>, evidence: &'a Evidence) -> Choice<'a, 'p> {
        let mut choice = Choice {
            page,
            evidence,
            keep: vec![false; page.blocks.len()],
            words: FxHashMap::default(),
            idle: 0,
            weight: FxHashMap::default(),
            total: 0,
        };
        for block in &page.blocks {
            choice.note_words(block.node);
        }
        choice
    }

    /// Notes the words of an element, inherited ones included.
    fn note_words(&mut self, node: u32) {
        let path: Vec<u32> =
            self.page.path(node).take_while(|n| !self.words.contains_key(n)).collect();
        for &n in path.iter().rev() {
            let parent = self.page.nodes[n as usize].parent;
            let inherited = self.words.get(&parent).copied().unwrap_or(0) & VOCABULARY.apart;
            self.words.insert(n, inherited | words_of(self.page, n));
        }
    }

    fn block(&self, i: usize) -> &'a Block {
        &self.page.blocks[i]
    }

    fn text(&self, i: usize) -> &'a str {
        self.page.text(self.block(i))
    }

    /// Asks the extractor; if its answer is poor, at greater length; if that is poor too, takes
    /// the running text as it stands.
    fn by_voices(&mut self) {
        let slim = self.page.slim();
        // Tree builders are quadratic in depth; past the limit the page speaks for itself.
        let asked: &[bool] = if self.page.too_deep { &[] } else { &[false, true] };
        for &thorough in asked {
            let vote = vote::extracted(&slim, thorough);
            self.keep = self.covered(&vote, MOSTLY);
            if !self.is_poor() {
                return;
            }
        }
        let plain: Vec<bool> = self.page.blocks.iter().map(|b| self.is_running(b)).collect();
        if self.size_of(&plain) > 2 * self.size_of(&self.keep) || self.linked_of(&self.keep) {
            self.keep = plain;
        }
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
    fn is_poor(&self) -> bool {
        const SHARE: f32 = 0.25;
        let running: Vec<bool> = self.page.blocks.iter().map(|b| self.is_running(b)).collect();
        let kept: Vec<bool> = running.iter().zip(&self.keep).map(|(r, k)| *r && *k).collect();
        self.linked_of(&self.keep)
            || (self.size_of(&kept) as f32) < SHARE * self.size_of(&running) as f32
            || self.size_of(&self.keep) == 0
    }

    fn weigh(&mut self) {
        self.weight.clear();
        self.total = 0;
        let mut by_word = [0usize; Words::BITS as usize];
        for i in (0..self.keep.len()).filter(|&i| self.keep[i]) {
            let block = &self.page.blocks[i];
            let size = block.end - block.start;
            self.total += size;
            for node in self.page.path(block.node) {
                *self.weight.entry(node).or_insert(0) += size;
            }
            let mut words = self.words_at(block) | self.words_close(block);
            while words != 0 {
                by_word[words.trailing_zeros() as usize] += size;
                words &= words - 1;
            }
        }
        let heavy = |bit: &usize| by_word[*bit] as f32 >= BULK * self.total as f32;
        self.idle |= (0..by_word.len()).filter(heavy).fold(0, |idle, bit| idle | 1 << bit);
    }

    fn words_at(&self, block: &Block) -> Words {
        self.words.get(&block.node).copied().unwrap_or(0)
    }

    /// Whether a block stands in a part that is not the article.
    fn is_apart(&self, block: &Block) -> bool {
        self.words_at(block) & VOCABULARY.apart & !self.idle != 0
    }

    /// Words of the innermost few elements around a block.
    fn words_close(&self, block: &Block) -> Words {
        let near = self.page.path(block.node).take(3);
        near.fold(0, |words, n| words | self.words.get(&n).copied().unwrap_or(0))
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
        let enough = |n: &u32| self.weight[n] as f32 >= NEARLY * self.total as f32;
        self.weight.keys().copied().filter(enough).max().unwrap_or(0)
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
        let title = self.evidence.title.as_deref().map(folded).unwrap_or_default();
        for i in (first.saturating_sub(REACH)..first).rev() {
            let block = self.block(i);
            let text = folded(self.text(i));
            if self.keep[i]
                || text.chars().count() < 30
                || 2 * block.linked > block.end - block.start
            {
                continue;
            }
            if text == title || self.is_apart(block) || self.is_caption(block) {
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

    /// Drops single lines that are no part of an article: the headline again, bylines, labels,
    /// pointers to other articles.
    fn drop_lines(&mut self) {
        let title = self.evidence.title.as_deref().map(whole_hash);
        for i in 0..self.keep.len() {
            if !self.keep[i] {
                continue;
            }
            let block = self.block(i);
            let text = self.text(i);
            let short = text.len() < 3 * PARAGRAPH;
            let all_link = 10 * block.linked >= 9 * text.len();
            let drop = title == Some(whole_hash(text))
                || short && lines::is_label(text)
                || short && lines::is_byline(text, &self.evidence.authors)
                || short && self.is_byline(block)
                || lines::is_pointer(text, block.linked)
                || all_link && block.flags & flag::HEADING == 0 && !self.links_inside(block);
            if drop {
                self.keep[i] = false;
            }
        }
    }

    /// Whether a block is an item of a table of contents: its links lead into the page itself.
    fn links_inside(&self, block: &Block) -> bool {
        block.flags & flag::ITEM != 0
            && (block.node..(block.node + 4).min(self.page.nodes.len() as u32))
                .any(|n| self.page.raw_attribute(n, "href").is_some_and(|h| h.starts_with('#')))
    }

    /// Drops what little was kept from before the headline: polls, trails of sections, side columns. A
    /// page whose text mostly stands before its headline is laid out some other way and left alone.
    fn drop_before_headline(&mut self) {
        let Some(title) = self.evidence.title.as_deref().map(whole_hash) else { return };
        let first_level = |i: &usize| {
            let mut path = self.page.path(self.block(*i).node);
            path.any(|n| self.page.nodes[n as usize].name == "h1")
        };
        let is_headline = |i: &usize| whole_hash(self.text(*i)) == title && first_level(i);
        let Some(at) = (0..self.keep.len()).find(is_headline) else { return };
        let kept = |from: usize, to: usize| -> usize {
            (from..to).filter(|&i| self.keep[i]).map(|i| self.text(i).len()).sum()
        };
        if 5 * kept(0, at) < kept(at, self.keep.len()) {
            self.keep[..at].fill(false);
        }
    }

    fn drop_repeats(&mut self) {
        let mut seen = FxHashSet::default();
        for i in 0..self.keep.len() {
            if self.keep[i]
                && self.text(i).len() >= PARAGRAPH / 2
                && !seen.insert(whole_hash(self.text(i)))
            {
                self.keep[i] = false;
            }
        }
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
