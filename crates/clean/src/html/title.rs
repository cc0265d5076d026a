//! The headline: the candidate that most of the page's voices agree on.

use super::classes::{self, Known, VOCABULARY};
use super::layout::Layout;
use super::linked::Linked;
use super::meta::Meta;
use super::overlap::folded;
use super::page::{Page, flag};
use super::stream::decoded;

/// How far each voice is trusted alone, from how often it is right on news pages. What is written for
/// search engines and for sharing is seldom written twice, so those voices count less together.
const HEADING: f32 = 1.0;
const LINKED: f32 = 0.95;
const OPEN_GRAPH: f32 = 0.9;
const TWITTER: f32 = 0.4;
const DOCUMENT: f32 = 0.5;

/// The first so many voices show the headline without a site's name: heading and record.
const ANCHORS: usize = 2;

/// Separators between a headline and the name of a site.
const SEPARATORS: [&str; 12] =
    [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", "｜", " / ", "：", " ‹ "];

/// The headline as the page shows or names it.
pub(super) fn headline(
    page: &Page<'_>,
    meta: &Meta,
    linked: &Linked,
    sites: &[String],
    layout: Option<&Layout>,
) -> Option<String> {
    // What the outlet's titles carry beside the headline is cut first, where its layout is known.
    let bare = |title: String| layout.map_or_else(|| title.clone(), |l| l.bare(&title).to_owned());
    let document = bare(page.title.clone().unwrap_or_default());
    let open_graph = bare(meta.first(&["og:title"]).unwrap_or_default().to_owned());
    let open_graph = open_graph.as_str();
    let twitter = meta
        .first(&["twitter:title", "dc.title", "dcterms.title", "parsely-title"])
        .unwrap_or_default();
    let record = linked.headline.as_deref().map(decoded).unwrap_or_default();
    let named: Vec<String> = [&document, open_graph, twitter, &record]
        .iter()
        .map(|t| folded(t))
        .filter(|t| !t.is_empty())
        .collect();
    let (heading, kicker) = heading(page, &named).unwrap_or_default();
    // A line over the headline is cut where another voice leaves it out too.
    let bare = without_site(&heading, sites, &[]);
    let bare = bare.strip_prefix(kicker.as_str()).unwrap_or(&bare).trim_start_matches([':', ' ']);
    let left_out = [open_graph, twitter, &record]
        .iter()
        .any(|t| folded(&without_site(t, sites, &[])) == folded(bare));
    let (heading, kicker) = match left_out && !kicker.is_empty() {
        true => (bare.to_owned(), kicker),
        false => (heading, String::new()),
    };
    let mut candidates: Vec<(String, f32)> = Vec::new();
    let voices = [
        (heading.as_str(), HEADING),
        (record.as_str(), LINKED),
        (open_graph, OPEN_GRAPH),
        (document.as_str(), DOCUMENT),
        (twitter, TWITTER),
    ];
    let all: Vec<String> = voices.iter().map(|v| v.0.to_owned()).collect();
    for (text, trust) in voices {
        let title = without_site(text, sites, &all);
        let title = without_kicker(title, &heading, &kicker);
        if title.is_empty() || sites.iter().any(|s| folded(s) == folded(&title)) {
            continue;
        }
        candidates.push((title, trust));
    }
    let score = |title: &str| -> f32 {
        let key = folded(title);
        candidates.iter().filter(|c| folded(&c.0) == key).map(|c| c.1).sum()
    };
    let mut best: Option<(f32, &str)> = None;
    for (title, _) in &candidates {
        let score = score(title);
        if best.is_none_or(|(s, _)| score > s) {
            best = Some((score, title));
        }
    }
    best.map(|(_, title)| title.to_owned())
}

/// The first-level heading that fits the page's other titles best; the only one if none fits. With it the
/// line over it, if the heading holds one.
fn heading(page: &Page<'_>, named: &[String]) -> Option<(String, String)> {
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
fn without_kicker(title: String, heading: &str, kicker: &str) -> String {
    if kicker.is_empty() || folded(&title) != folded(&format!("{kicker}{heading}")) {
        return title;
    }
    heading.to_owned()
}

/// Length of the common beginning of two folded texts.
fn words_shared(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count()
}

/// `title` without a site's name, or a section's, at either end.
fn without_site(title: &str, sites: &[String], others: &[String]) -> String {
    let mut title = title.trim().to_owned();
    if let Some(shorter) = others.iter().take(ANCHORS).find_map(|o| before_tail(&title, o)) {
        title = shorter;
    }
    for _ in 0..4 {
        let Some(shorter) = cut(&title, sites, others) else { break };
        title = shorter;
    }
    title
}

/// `title` up to where `anchor` ends, if it is `anchor` with a separator and a short tail behind it.
fn before_tail(title: &str, anchor: &str) -> Option<String> {
    const SHORTEST: usize = 12;
    const LONGEST_TAIL: usize = 40;
    let tail = title.strip_prefix(anchor.trim())?.trim_start();
    let separated =
        tail.starts_with(['-', '|', '–', '—', '·', '•', '»', '‹', '[', '｜', 'ㅣ', '：']);
    (separated && anchor.chars().count() >= SHORTEST && tail.chars().count() <= LONGEST_TAIL)
        .then(|| anchor.trim().to_owned())
}

fn cut(title: &str, sites: &[String], others: &[String]) -> Option<String> {
    let is_site = |part: &str| {
        let key = folded(part);
        !key.is_empty()
            && sites.iter().map(|s| folded(s)).any(|s| {
                !s.is_empty()
                    && (s == key
                        || key.len() >= 4 && s.starts_with(&key)
                        || s.len() >= 4 && key.starts_with(&s) && key.len() <= s.len() + 12)
            })
    };
    let is_title = |part: &str| {
        others.iter().any(|o| folded(o) == folded(part) && folded(part).chars().count() >= 8)
    };
    if let Some((head, tail)) = title.split_once(": ")
        && sites.iter().any(|s| folded(s) == folded(head))
    {
        return Some(tail.trim().to_owned());
    }
    for separator in SEPARATORS {
        if let Some((head, tail)) = title.rsplit_once(separator)
            && (is_site(tail) || is_title(head) && folded(head) != folded(title))
        {
            return Some(head.trim().to_owned());
        }
        if let Some((head, tail)) = title.split_once(separator)
            && is_site(head)
            && folded(tail).chars().count() >= 8
        {
            return Some(tail.trim().to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(source: &str) -> String {
        let page = Page::read(source);
        let meta = Meta::read(&page);
        headline(&page, &meta, &Linked::default(), &["Quay Post".to_owned()], None)
            .unwrap_or_default()
    }

    #[test]
    fn voices_that_agree_win() {
        let cases = [
            ("<title>Ferry runs again - Quay Post</title><h1>Quay Post</h1>", "Ferry runs again"),
            (
                "<title>Ferry: all you must know</title><meta property=og:title content='Ferry runs again'><h1>Ferry runs again</h1>",
                "Ferry runs again",
            ),
            ("<title>Quay Post | Ferry runs again today</title>", "Ferry runs again today"),
            (
                "<h1>Menu</h1><h1>Ferry runs again</h1><title>Ferry runs again | News</title>",
                "Ferry runs again",
            ),
            ("<title>Ferry - a tale of two ports</title>", "Ferry - a tale of two ports"),
            (
                "<title>After the storm: Ferry runs again - Quay Post</title><meta property=og:title content='Ferry runs again'><h1><span class=kicker>After the storm:</span> <span>Ferry runs again</span></h1>",
                "Ferry runs again",
            ),
        ];
        for (source, expected) in cases {
            assert_eq!(title(source), expected, "{source}");
        }
    }
}
