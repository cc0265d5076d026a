//! Which blocks of a page are its article.
//!
//! The extractor's choice is laid over the page's blocks and corrected by what the page itself
//! shows: where the bulk of the choice stands, which blocks are built like the chosen ones, which
//! stand in parts named as something else, and what the publisher's own `articleBody` holds.

use super::classes::{VOCABULARY, Words, words_of};
use super::lines;
use super::overlap::{Runs, folded, whole_hash};
use super::page::{Block, Page, flag};
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::{Hash, Hasher};
use variorum_model::BlockKind;

/// What else is known about the article.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// The runs of what the extractor keeps.
    pub(super) vote: Runs,
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
    choice.by_vote();
    choice.weigh();
    choice.drop_apart();
    choice.add_alike();
    choice.add_body();
    choice.add_lead();
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

    fn by_vote(&mut self) {
        let page = self.page;
        let shares = self.evidence.vote.cover(page.blocks.iter().map(|b| page.text(b)));
        self.keep = shares.into_iter().map(|s| s >= MOSTLY).collect();
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
            let mut words = self.words_at(block);
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
    fn words_near(&self, block: &Block) -> Words {
        let near = self.page.path(block.node).take(3);
        near.fold(0, |words, n| words | self.words.get(&n).copied().unwrap_or(0)) & !self.idle
    }

    fn is_caption(&self, block: &Block) -> bool {
        block.flags & (flag::CAPTION | flag::FIGURE) != 0
            || self.words_near(block) & VOCABULARY.caption != 0
    }

    fn is_byline(&self, block: &Block) -> bool {
        self.words_near(block) & VOCABULARY.byline != 0
    }

    fn drop_apart(&mut self) {
        for i in 0..self.keep.len() {
            if self.keep[i] && self.is_apart(self.block(i)) {
                self.keep[i] = false;
            }
        }
        self.weigh();
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
        let page = self.page;
        let shares = body.cover(page.blocks.iter().map(|b| page.text(b)));
        for (i, share) in shares.into_iter().enumerate() {
            let block = self.block(i);
            if share >= 0.8 && !self.is_caption(block) && !self.is_apart(block) {
                self.keep[i] = true;
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
                || all_link && block.flags & flag::ITEM == 0 && block.flags & flag::HEADING == 0;
            if drop {
                self.keep[i] = false;
            }
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
