//! Pages of several posts: live blogs, and pages with several articles.
//!
//! Posts are parts of one list. Each shows a day or a time of day of its own and running text, and they
//! stand in the order of their times, newest first or last. A page whose record says that it is a live
//! blog needs two posts, any other three.

use super::instant::{Instant, Order, clock_line, read};
use super::page::{Page, flag};
use super::select::Chosen;
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// A post: the blocks of it that were chosen, and when it says that it was posted.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Post {
    /// Places in the list of chosen blocks, from the first to one past the last.
    pub(super) blocks: (usize, usize),
    /// Its instant, or its time of day as `T14:05`.
    pub(super) posted: Option<String>,
}

/// Letters of running text below which a part is no post.
const LEAST: usize = 40;
/// Stamps looked at.
const MOST: usize = 4_000;
/// Elements looked at around a stamp.
const LEVELS: usize = 24;

/// A day or time of day that the page shows.
struct Stamp {
    node: u32,
    /// What orders it among others: day and time, or time alone.
    value: String,
}

/// The posts of a page, none if it is no page of posts.
pub(super) fn find(page: &Page<'_>, chosen: &[Chosen], order: Order, live: bool) -> Vec<Post> {
    let fewest = if live { 2 } else { 3 };
    let stamps = stamps(page, order);
    let size = |at: usize| {
        let block = &page.blocks[chosen[at].0];
        block.end - block.start
    };
    let total: usize = (0..chosen.len()).map(size).sum();
    // For each element: its children that hold a stamp, with the first of each.
    let mut lists: FxHashMap<u32, BTreeMap<u32, usize>> = FxHashMap::default();
    for (n, stamp) in stamps.iter().enumerate() {
        let mut child = stamp.node;
        for parent in page.path(stamp.node).skip(1).take(LEVELS) {
            lists.entry(parent).or_default().entry(child).or_insert(n);
            child = parent;
        }
    }
    // Of lists as long as one another the innermost; blocks are looked up in the few that are long.
    let mut best: Option<(usize, u32, Vec<Post>)> = None;
    let mut named: Vec<(u32, BTreeMap<u32, usize>)> =
        lists.into_iter().filter(|(_, children)| children.len() >= fewest).collect();
    named.sort_unstable_by_key(|(list, children)| (std::cmp::Reverse(children.len()), *list));
    for (list, children) in named.into_iter().take(LEVELS) {
        let posts = posts_of(page, chosen, &children, &stamps, list);
        let held: usize =
            posts.iter().map(|p| (p.blocks.0..p.blocks.1).map(size).sum::<usize>()).sum();
        let good = posts.len() >= fewest && 2 * held >= total && in_order(&posts);
        if good && best.as_ref().is_none_or(|b| (posts.len(), list) > (b.0, b.1)) {
            best = Some((posts.len(), list, posts));
        }
    }
    best.map_or_else(Vec::new, |b| b.2)
}

/// The children of `list` that hold running text and a stamp before or right behind its beginning.
fn posts_of(
    page: &Page<'_>,
    chosen: &[Chosen],
    children: &BTreeMap<u32, usize>,
    stamps: &[Stamp],
    list: u32,
) -> Vec<Post> {
    let mut posts: Vec<Post> = Vec::new();
    let mut from = 0;
    while from < chosen.len() {
        let child = page.child_towards(list, page.blocks[chosen[from].0].node);
        let Some(child) = child.filter(|c| children.contains_key(c)) else {
            from += 1;
            continue;
        };
        let same = |c: &&Chosen| page.within(page.blocks[c.0].node, child);
        let to = from + chosen[from..].iter().take_while(same).count().max(1);
        let letters: usize =
            chosen[from..to].iter().map(|c| page.blocks[c.0].end - page.blocks[c.0].start).sum();
        if letters >= LEAST {
            let posted = children.get(&child).map(|&n| stamps[n].value.clone());
            posts.push(Post { blocks: (from, to), posted });
        }
        from = to;
    }
    posts
}

/// Whether the posts run forwards or backwards in time, but for a few; all alike are no order.
fn in_order(posts: &[Post]) -> bool {
    let (mut on, mut back, mut same) = (0usize, 0usize, 0usize);
    for pair in posts.windows(2) {
        // A time of day and a full instant do not compare.
        match (&pair[0].posted, &pair[1].posted) {
            (Some(a), Some(b)) if a.starts_with('T') == b.starts_with('T') => match a.cmp(b) {
                Ordering::Less => on += 1,
                Ordering::Greater => back += 1,
                Ordering::Equal => same += 1,
            },
            _ => {}
        }
    }
    let all = posts.len() - 1;
    5 * (back.max(on) + same) >= 4 * all && back.max(on) > 0
}

/// What the page shows of days and times: marked instants, and lines that are a time and little else.
fn stamps(page: &Page<'_>, order: Order) -> Vec<Stamp> {
    let mut out: Vec<Stamp> = Vec::new();
    for (n, node) in page.nodes.iter().enumerate() {
        if node.name == "time" && node.flags & flag::HIDDEN == 0 {
            let n = n as u32;
            let instant = page.attribute(n, "datetime").and_then(|v| read(&v, order));
            out.extend(instant.map(|Instant { value, .. }| Stamp { node: n, value }));
        }
        if out.len() >= MOST {
            break;
        }
    }
    let marked = !out.is_empty();
    for block in page.blocks.iter().take(MOST) {
        if let Some(value) = clock_line(page.text(block), order).filter(|v| !marked || v.len() > 6)
        {
            out.push(Stamp { node: block.node, value });
        }
    }
    out.sort_by_key(|s| s.node);
    out
}
