//! The first-level heading, and the line over the headline in it.

use super::super::classes::{self, Known, VOCABULARY};
use super::super::overlap::folded;
use super::super::page::{Page, flag};

/// The first-level heading that fits the page's other titles best; the only one if none fits. With it the
/// line over it, if the heading holds one.
pub(super) fn heading(page: &Page<'_>, named: &[String]) -> Option<(String, String)> {
    const MOST: usize = 12;
    let mut found: Vec<(u32, String)> = Vec::new();
    let parted = |(node, text): (u32, String)| {
        let kicker = kicker_of(page, node);
        (text, kicker)
    };
    for block in page.blocks.iter().filter(|b| b.flags & flag::HEADING != 0) {
        let Some(node) = page.path(block.node).find(|&n| page.nodes[n as usize].name == "h1")
        else {
            continue;
        };
        if let Some((_, text)) = found.last_mut().filter(|f| f.0 == node) {
            text.push(' ');
            text.push_str(page.text(block));
        } else if found.len() < MOST {
            found.push((node, page.text(block).to_owned()));
        }
    }
    let fit = |text: &str| -> usize {
        let key = folded(text);
        if key.is_empty() {
            return 0;
        }
        named
            .iter()
            .map(|n| {
                if n.contains(&key) || key.contains(n.as_str()) {
                    2 * key.len().min(n.len())
                } else {
                    words_shared(&key, n)
                }
            })
            .max()
            .unwrap_or(0)
    };
    if found.len() == 1 {
        return found.pop().map(parted);
    }
    let best = found.into_iter().max_by_key(|f| fit(&f.1)).filter(|f| fit(&f.1) > 0);
    best.map(parted)
}

/// The text of a heading's parts that are named as the line over the headline.
fn kicker_of(page: &Page<'_>, heading: u32) -> String {
    let named = |n: u32| classes::words_of(page, n, &mut Known::default()) & VOCABULARY.kicker != 0;
    let from = page.in_headings.partition_point(|r| r.0 < heading);
    let inside = page.in_headings[from..].iter().take_while(|r| page.within(r.0, heading));
    let over = inside.take_while(|r| page.path(r.0).take_while(|&n| n != heading).any(named));
    let text: String = over.map(|&(_, a, b)| &page.stream.text[a..b]).collect();
    text.trim().to_owned()
}

/// `title` without the line over the headline, where it repeats that before the headline.
pub(super) fn without_kicker(title: String, heading: &str, kicker: &str) -> String {
    if kicker.is_empty() || folded(&title) != folded(&format!("{kicker}{heading}")) {
        return title;
    }
    heading.to_owned()
}

/// Length of the common beginning of two folded texts.
fn words_shared(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count()
}
