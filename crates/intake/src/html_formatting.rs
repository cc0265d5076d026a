//! The list of active formatting elements: how `<b>` lives on over the ends of blocks.

use crate::html_elements::{Kind, Name};
use crate::html_tree::{Open, SKELETON, Space, Tree};

/// An entry of the list of active formatting elements.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Active<'b> {
    Marker,
    Element {
        name: Name<'b>,
        kind: Kind,
        /// The attributes as written.
        rest: &'b [u8],
        /// [`Open::formatting`] of its element.
        number: u64,
        /// Whether that is still open.
        open: bool,
    },
}

impl<'b> Tree<'b> {
    /// Notes that a formatting element is no longer open.
    pub(crate) fn set_closed(&mut self, wanted: u64) {
        for entry in self.active.iter_mut().rev() {
            if let Active::Element { number, open, .. } = entry
                && *number == wanted
            {
                *open = false;
                return;
            }
        }
    }

    /// The start tag of a formatting element.
    pub(crate) fn start_formatting(&mut self, name: Name<'b>, kind: Kind, rest: &'b [u8]) {
        // A link or `nobr` inside another ends it.
        if (name.is("a") || name.is("nobr")) && self.last_active(name).is_some() {
            self.end_formatting(name);
            if let Some(at) = self.last_active(name) {
                self.active.remove(at);
            }
        }
        self.reopen_formatting();
        self.forget_fourth_alike(name, rest);
        self.open_formatting(name, kind, rest);
    }

    fn open_formatting(&mut self, name: Name<'b>, kind: Kind, rest: &'b [u8]) {
        self.formatting_made += 1;
        let number = self.formatting_made;
        self.active.push(Active::Element { name, kind, rest, number, open: true });
        self.push(Open { name, kind, space: Space::Html, formatting: number, marker: false });
    }

    /// Three alike at most are kept since the last marker (the standard's Noah's Ark clause).
    fn forget_fourth_alike(&mut self, wanted: Name<'b>, attributes: &[u8]) {
        let mut alike = 0;
        for at in (0..self.active.len()).rev() {
            match self.active[at] {
                Active::Marker => return,
                Active::Element { name, rest, .. } if name == wanted && rest == attributes => {
                    alike += 1;
                    if alike == 3 {
                        self.active.remove(at);
                        return;
                    }
                }
                Active::Element { .. } => {}
            }
        }
    }

    /// Opens again the formatting elements that the end of a block has closed.
    pub(crate) fn reopen_formatting(&mut self) {
        let settled =
            |a: &Active<'_>| matches!(a, Active::Marker | Active::Element { open: true, .. });
        let first = self.active.iter().rposition(settled).map_or(0, |at| at + 1);
        for at in first..self.active.len() {
            self.formatting_made += 1;
            let made = self.formatting_made;
            if let Active::Element { name, kind, number, open, .. } = &mut self.active[at] {
                (*number, *open) = (made, true);
                let (name, kind) = (*name, *kind);
                self.push(Open { name, kind, space: Space::Html, formatting: made, marker: false });
            }
        }
    }

    /// Place in the list of the last element of that name since the last marker.
    fn last_active(&self, wanted: Name<'b>) -> Option<usize> {
        for (at, entry) in self.active.iter().enumerate().rev() {
            match entry {
                Active::Marker => return None,
                Active::Element { name, .. } if *name == wanted => return Some(at),
                Active::Element { .. } => {}
            }
        }
        None
    }

    /// The adoption agency algorithm.
    pub(crate) fn end_formatting(&mut self, name: Name<'b>) {
        if self.stack.last().is_some_and(|top| top.name == name && top.formatting > 0)
            && self.last_active(name).is_none()
        {
            self.pop();
            return;
        }
        for _ in 0..8 {
            let Some(entry) = self.last_active(name) else { return self.end_ordinary(name) };
            let Active::Element { number, open, .. } = self.active[entry] else { return };
            if !open {
                self.active.remove(entry);
                return;
            }
            let Some(at) = self.find_in_scope(|o| o.formatting == number) else { return };
            let block = (at + 1..self.stack.len()).find(|&i| self.stack[i].kind.special);
            let Some(block) = block else {
                self.truncate(at);
                self.active.remove(entry);
                return;
            };
            self.adopt(at, block, entry);
        }
    }

    /// One round of the adoption agency: the formatting element at `at` moves below `block`; of what
    /// stands between, the three nearest formatting elements are cloned, the rest is dropped.
    fn adopt(&mut self, at: usize, block: usize, entry: usize) {
        let moved = self.stack[at];
        let mut between = Vec::new();
        for i in (at + 1..block).rev() {
            let open = self.stack[i];
            let listed = open.formatting > 0 && self.is_listed(open.formatting);
            if listed && block - i <= 3 {
                between.push(open);
                self.nodes += 1;
            } else if listed {
                self.active.retain(
                    |a| !matches!(a, Active::Element { number, .. } if *number == open.formatting),
                );
            }
        }
        between.reverse();
        let above = self.stack.split_off(block + 1);
        let block = self.stack[block];
        self.stack.truncate(at);
        self.stack.extend(between);
        self.stack.push(block);
        // The clone takes the place of the old one, in the list too.
        self.stack.push(moved);
        self.stack.extend(above);
        self.nodes += 1;
        self.deepest = self.deepest.max(self.stack.len() + SKELETON);
        debug_assert!(entry <= self.active.len());
    }

    fn is_listed(&self, wanted: u64) -> bool {
        self.active.iter().any(|a| matches!(a, Active::Element { number, .. } if *number == wanted))
    }
}
