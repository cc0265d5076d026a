//! What is taken out of a choice of blocks again.

use super::*;

impl Choice<'_, '_> {
    /// Drops single lines that are no part of an article: the headline again, bylines, labels,
    /// pointers to other articles.
    pub(super) fn drop_lines(&mut self) {
        let titles = self.evidence.title_hashes();
        for i in 0..self.keep.len() {
            if !self.keep[i] {
                continue;
            }
            let block = self.block(i);
            let text = self.text(i);
            let short = text.len() < 3 * PARAGRAPH;
            let all_link = 10 * block.linked >= 9 * text.len();
            let drop = titles.contains(&whole_hash(text))
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

    /// Drops lists of other articles: three headings in a row, or more, that are links elsewhere, each in
    /// a short part of its own; with all that stands in those parts.
    pub(super) fn drop_cards(&mut self) {
        const FEWEST: usize = 3;
        const LONGEST: usize = 300;
        let headings = (0..self.keep.len())
            .filter(|&i| self.keep[i] && self.block(i).flags & flag::HEADING != 0);
        let mut rows: Vec<Vec<u32>> = Vec::new();
        let mut open: Vec<u32> = Vec::new();
        for i in headings {
            let block = self.block(i);
            let leads_away =
                10 * block.linked >= 9 * (block.end - block.start) && !self.links_inside(block);
            if leads_away {
                open.push(block.node);
            } else {
                rows.push(std::mem::take(&mut open));
            }
        }
        rows.push(open);
        for row in rows.iter().filter(|r| r.len() >= FEWEST) {
            let Some(list) = self.page.around(row[0], row[row.len() - 1]) else { continue };
            let parts: FxHashSet<u32> =
                row.iter().filter_map(|&n| self.page.child_towards(list, n)).collect();
            let inside: Vec<usize> = (0..self.keep.len())
                .filter(|&i| self.keep[i])
                .filter(|&i| self.page.path(self.block(i).node).any(|n| parts.contains(&n)))
                .collect();
            let size: usize = inside.iter().map(|&i| self.text(i).len()).sum();
            // A page that is such a list itself stays one.
            let all: usize =
                (0..self.keep.len()).filter(|&i| self.keep[i]).map(|i| self.text(i).len()).sum();
            if parts.len() >= FEWEST && size <= LONGEST * parts.len() && 2 * size <= all {
                inside.into_iter().for_each(|i| self.keep[i] = false);
            }
        }
    }

    /// Drops what little was kept from before the headline: polls, trails of sections, side columns. A
    /// page whose text mostly stands before its headline is laid out some other way and left alone.
    pub(super) fn drop_before_headline(&mut self) {
        let Some(at) = self.evidence.headline(self.page) else { return };
        let kept = |from: usize, to: usize| -> usize {
            (from..to).filter(|&i| self.keep[i]).map(|i| self.text(i).len()).sum()
        };
        if 5 * kept(0, at) < kept(at, self.keep.len()) {
            self.keep[..at].fill(false);
        }
    }

    /// Drops labels that stand here again and again, and of a line that stands here more than once all but the first.
    pub(super) fn drop_repeats(&mut self) {
        const OFTEN: usize = 5;
        // What is shorter may be a label.
        const LINE: usize = PARAGRAPH / 2;
        let mut counts: FxHashMap<u64, usize> = FxHashMap::default();
        let kept = |s: &Self| (0..s.keep.len()).filter(|&i| s.keep[i]).collect::<Vec<_>>();
        for i in kept(self) {
            *counts.entry(whole_hash(self.text(i))).or_insert(0) += 1;
        }
        for i in kept(self) {
            let text = self.text(i);
            let words = text.split_whitespace().nth(1).is_some();
            let label = words && text.len() < LINE && !text.contains(':');
            self.keep[i] = !label || counts[&whole_hash(text)] < OFTEN;
        }
        let mut seen = FxHashSet::default();
        for i in 0..self.keep.len() {
            if self.keep[i] && self.text(i).len() >= LINE && !seen.insert(whole_hash(self.text(i)))
            {
                self.keep[i] = false;
            }
        }
    }

    /// Drops what stands on many pages of the outlet.
    pub(super) fn drop_boilerplate(&mut self) {
        let Some(layout) = self.layout else { return };
        for i in 0..self.keep.len() {
            self.keep[i] &= !layout.repeats(self.text(i));
        }
    }
}
