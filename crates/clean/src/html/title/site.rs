//! Takes the name of a site, or of a section, off a title.

use super::super::overlap::folded;

/// The first so many voices show the headline without a site's name: heading and record.
const ANCHORS: usize = 2;

/// Separators between a headline and the name of a site.
const SEPARATORS: [&str; 12] =
    [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", "｜", " / ", "：", " ‹ "];

/// `title` without a site's name, or a section's, at either end.
pub(super) fn without_site(title: &str, sites: &[String], others: &[String]) -> String {
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
