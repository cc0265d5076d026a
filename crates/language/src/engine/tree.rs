//! From arcs to trees: edges, sentence starts, and non-projective arcs put back in place
//! (Nivre & Nilsson 2005: an arc labelled `X||Y` was lifted from a head labelled `Y`).

use super::arc_eager::Arc;
use compact_str::CompactString;

/// What separates a lifted arc's label from its head's.
const LIFTED: &str = "||";
/// Rounds of edge propagation; spaCy stops there too.
const ROUNDS: usize = 11;
/// Tokens looked at to put back the lifted arcs of one text, as a multiple of its length: bounds
/// the time on hostile input.
const VISITS: usize = 64;

/// A text's dependency trees.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// By token; a root is its own head.
    pub(crate) heads: Vec<u32>,
    /// By token, an index into the labels.
    pub(crate) labels: Vec<u16>,
    /// By token: whether a sentence starts there.
    pub(crate) starts: Vec<bool>,
    /// First and last token of each subtree.
    left: Vec<u32>,
    right: Vec<u32>,
}

/// The parser's labels, with what putting back needs to know of them.
#[derive(Debug)]
pub(crate) struct Labels {
    pub(crate) names: Vec<CompactString>,
    root: u16,
    /// For a lifted label: the label proper, and that of the head to look for.
    lifted: Vec<Option<(u16, u16)>>,
}

impl Labels {
    /// From the labels of the moves.
    pub(crate) fn new(mut names: Vec<CompactString>) -> Labels {
        let count = names.len();
        let number = |name: &str, names: &mut Vec<CompactString>| {
            names.iter().position(|n| n == name).unwrap_or_else(|| {
                names.push(name.into());
                names.len() - 1
            }) as u16
        };
        let root = number("ROOT", &mut names);
        let mut lifted = vec![None; count];
        for (i, lifted) in lifted.iter_mut().enumerate() {
            if let Some((proper, head)) = names[i].clone().split_once(LIFTED) {
                *lifted = Some((number(proper, &mut names), number(head, &mut names)));
            }
        }
        lifted.resize(names.len(), None);
        Labels { names, root, lifted }
    }
}

impl Tree {
    /// Lets no sentence start but at the first token.
    pub(crate) fn be_one_sentence(&mut self) {
        self.starts.iter_mut().skip(1).for_each(|start| *start = false);
    }

    /// Takes the parser's arcs; `is_space` tells the tokens of white space.
    pub(crate) fn build(
        &mut self,
        arcs: &[Arc],
        labels: &Labels,
        is_space: impl Fn(usize) -> bool,
    ) {
        self.heads.clear();
        self.heads.extend(arcs.iter().map(|a| a.head));
        self.labels.clear();
        self.labels.extend(
            arcs.iter()
                .enumerate()
                .map(|(i, arc)| if arc.head as usize == i { labels.root } else { arc.label }),
        );
        self.set_edges();
        if self.put_back(labels, is_space) {
            self.set_edges();
        }
        self.set_starts();
    }

    /// Gives each arc with a lifted label its head; true if there was one.
    fn put_back(&mut self, labels: &Labels, is_space: impl Fn(usize) -> bool) -> bool {
        let mut any = false;
        let mut visits = VISITS * self.heads.len();
        for token in 0..self.heads.len() {
            if let Some((proper, head_label)) = labels.lifted[self.labels[token] as usize] {
                any = true;
                let old = self.heads[token];
                self.heads[token] =
                    self.find_below(old, token, head_label, &is_space, &mut visits).unwrap_or(old);
                self.labels[token] = proper;
            }
        }
        any
    }

    /// The first token below `top`, breadth first and left to right, with this label.
    fn find_below(
        &self,
        top: u32,
        token: usize,
        label: u16,
        is_space: impl Fn(usize) -> bool,
        visits: &mut usize,
    ) -> Option<u32> {
        let mut queue = vec![top];
        let mut at = 0;
        while at < queue.len() {
            let head = queue[at];
            at += 1;
            let span = self.left[head as usize]..=self.right[head as usize];
            for child in span {
                *visits = visits.checked_sub(1)?;
                let i = child as usize;
                if child == head || self.heads[i] != head || i == token || is_space(i) {
                    continue;
                }
                if self.labels[i] == label {
                    return Some(child);
                }
                queue.push(child);
            }
        }
        None
    }

    /// First and last token of every subtree.
    fn set_edges(&mut self) {
        let length = self.heads.len();
        self.left.clear();
        self.left.extend(0..length as u32);
        self.right.clear();
        self.right.extend(0..length as u32);
        for _ in 0..=ROUNDS {
            for i in (0..length).chain((0..length).rev()) {
                let head = self.heads[i] as usize;
                self.left[head] = self.left[head].min(self.left[i]);
                self.right[head] = self.right[head].max(self.right[i]);
            }
            if self.heads_within_sentences() {
                break;
            }
        }
    }

    /// Whether no arc leaves the sentence that the roots' left edges give it.
    fn heads_within_sentences(&mut self) -> bool {
        self.set_starts();
        let length = self.heads.len();
        let mut first = 0;
        for end in 0..length {
            if end > 0 && self.starts[end] || end + 1 == length {
                let inside = |h: u32| (first..=end).contains(&(h as usize));
                if !self.heads[first..end].iter().all(|&h| inside(h)) {
                    return false;
                }
                first = end;
            }
        }
        true
    }

    /// A sentence starts at the left edge of each root.
    fn set_starts(&mut self) {
        self.starts.clear();
        self.starts.resize(self.heads.len(), false);
        for (i, &head) in self.heads.iter().enumerate() {
            if head as usize == i {
                self.starts[self.left[i] as usize] = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(labels: &Labels, arcs: &[(u32, &str)]) -> Tree {
        let number = |name: &str| labels.names.iter().position(|n| n == name).unwrap() as u16;
        let arcs: Vec<Arc> =
            arcs.iter().map(|&(head, label)| Arc { head, label: number(label) }).collect();
        let mut tree = Tree::default();
        tree.build(&arcs, labels, |_| false);
        tree
    }

    fn labels() -> Labels {
        Labels::new(["", "nsubj", "dobj", "relcl||dobj", "advmod"].map(Into::into).to_vec())
    }

    #[test]
    fn a_lifted_arc_goes_back_to_the_head_that_its_label_names() {
        let labels = labels();
        // "She read books yesterday that pleased": the clause hangs on the verb, lifted.
        let arcs =
            [(1, "nsubj"), (1, ""), (1, "dobj"), (1, "advmod"), (5, "nsubj"), (1, "relcl||dobj")];
        let tree = tree(&labels, &arcs);
        assert_eq!(tree.heads, [1, 1, 1, 1, 5, 2]);
        assert_eq!(labels.names[tree.labels[5] as usize], "relcl");
        assert_eq!(tree.starts, [true, false, false, false, false, false]);
    }

    #[test]
    fn without_such_a_head_the_arc_stays() {
        let labels = labels();
        let tree = tree(&labels, &[(1, "nsubj"), (1, ""), (1, "relcl||dobj")]);
        assert_eq!(tree.heads, [1, 1, 1]);
        assert_eq!(labels.names[tree.labels[2] as usize], "relcl");
    }

    #[test]
    fn each_root_begins_a_sentence_at_its_left_edge() {
        let labels = labels();
        let tree = tree(&labels, &[(1, "nsubj"), (1, ""), (3, "nsubj"), (3, "")]);
        assert_eq!(tree.starts, [true, false, true, false]);
    }
}
