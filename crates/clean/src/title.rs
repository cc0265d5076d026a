//! A headline and the name of the site that was set behind or before it.

use crate::{outlet, shape, table};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// What may stand between a headline and the name of the site, the clearest first.
const MARKS: [(&str, bool); 12] = [
    ("|", true),
    ("¦", true),
    (" :: ", true),
    (" » ", true),
    (" « ", true),
    (" › ", true),
    (" • ", true),
    (" · ", true),
    (" - ", false),
    (" – ", false),
    (" — ", false),
    (" : ", false),
];

/// Words that a publisher's name is likely to hold.
static OUTLET_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    table::rows(include_str!("../../../data/clean_outlet_words.tsv")).map(|r| r[0]).collect()
});

/// A headline apart from the name of its site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The headline, blanks trimmed.
    pub title: Range<usize>,
    /// What stood before or behind it, marks and blanks included.
    pub dropped: Vec<Range<usize>>,
}

/// Splits `line` at the marks between headline and site. `sites` are names of the site known from
/// elsewhere (a banner, page metadata, a domain); they count as the table of outlets does.
///
/// A bar splits off any short part that can be no clause; a dash, a hyphen or a colon only a known
/// outlet or a name that sounds like one, because headlines use them too ("… – witness").
pub fn split(line: &str, sites: &[&str]) -> Split {
    let (start, end) = shape::trim(line, 0, line.len());
    let mut title = start..end;
    let mut dropped = Vec::new();
    // A headline with more parts than this is a menu.
    for _ in 0..6 {
        let Some((mark, strong)) = last_mark(line, title.clone()) else { break };
        let (a, b) = shape::trim(line, mark.end, title.end);
        let (c, d) = shape::trim(line, title.start, mark.start);
        // "… - Region - World - Site": once a site is found, the sections before it go with it.
        let section = !dropped.is_empty() && shape::is_all_sections(&line[a..b]);
        if section || is_site(&line[a..b], &line[c..d], strong, sites) {
            dropped.push(d..title.end);
            title = c..d;
        } else {
            break;
        }
    }
    if let Some((mark, _)) = first_mark(line, title.clone()) {
        let (a, b) = shape::trim(line, title.start, mark.start);
        let (c, d) = shape::trim(line, mark.end, title.end);
        if shape::words(&line[c..d], 3) >= 2 && is_known(&line[a..b], sites) {
            dropped.push(title.start..c);
            title = c..d;
        }
    }
    if dropped.iter().any(|r| r.end == end) {
        // One suffix, however many parts it has.
        let suffix = title.end..end;
        dropped.retain(|r| r.start < title.start);
        dropped.push(suffix);
    }
    Split { title, dropped }
}

fn last_mark(line: &str, within: Range<usize>) -> Option<(Range<usize>, bool)> {
    let text = &line[within.clone()];
    MARKS
        .iter()
        .filter_map(|(mark, strong)| {
            text.rfind(mark).map(|i| (within.start + i..within.start + i + mark.len(), *strong))
        })
        .max_by_key(|(range, _)| range.start)
}

fn first_mark(line: &str, within: Range<usize>) -> Option<(Range<usize>, bool)> {
    let text = &line[within.clone()];
    MARKS
        .iter()
        .chain([(": ", false)].iter())
        .filter_map(|(mark, strong)| {
            text.find(mark).map(|i| (within.start + i..within.start + i + mark.len(), *strong))
        })
        .min_by_key(|(range, _)| range.start)
}

fn is_site(part: &str, headline: &str, strong: bool, sites: &[&str]) -> bool {
    if part.is_empty() || headline.is_empty() {
        return false;
    }
    let words = shape::words(part, 12);
    if is_known(part, sites) || (words <= 8 && strong && outlet::mentioned(part).is_some()) {
        return true;
    }
    if words > 8 || shape::ends_sentence(part) && !part.contains(".com") {
        return false;
    }
    let key = shape::key(part);
    let named = part.starts_with(char::is_uppercase)
        && key
            .split(' ')
            .any(|w| OUTLET_WORDS.contains(w.trim_matches(|c: char| !c.is_alphanumeric())))
        && words <= 6
        && capitals(part);
    if strong {
        shape::words(headline, 3) >= 3
            && (named || shape::is_all_sections(part) || part.len() * 2 <= headline.len().max(24))
            && !shape::has_finite_verb(part, false)
    } else {
        named
            && words >= 2
            && shape::words(headline, 4) >= 3
            && !shape::has_finite_verb(part, false)
    }
}

fn capitals(part: &str) -> bool {
    part.split_whitespace()
        .filter(|w| w.chars().count() > 3 && w.starts_with(char::is_alphabetic))
        .all(|w| w.starts_with(char::is_uppercase))
}

fn is_known(part: &str, sites: &[&str]) -> bool {
    let letters = shape::letters(part);
    outlet::named(part).is_some()
        || outlet::host(part).is_some_and(|h| !part.contains(' ') && h.len() > 3)
        || (letters.len() > 2 && sites.iter().any(|site| shape::letters(site) == letters))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn site_suffixes_and_prefixes() {
        for (line, title, sites) in [
            ("Port reopens after storm | Harbour Gazette", "Port reopens after storm", vec![]),
            (
                "Port reopens after storm | World | Harbour Gazette 1999 -2004",
                "Port reopens after storm",
                vec![],
            ),
            ("Port reopens after storm - Harbour News", "Port reopens after storm", vec![]),
            ("Port reopens after storm - Reuters", "Port reopens after storm", vec![]),
            ("Port reopens after storm : Press TV", "Port reopens after storm", vec![]),
            (
                "Port reopens after storm – Kystposten",
                "Port reopens after storm",
                vec!["Kystposten"],
            ),
            (
                "Port reopens after storm - Region - World - Ahram Online",
                "Port reopens after storm",
                vec![],
            ),
            ("BBC News - Port reopens after storm", "Port reopens after storm", vec![]),
            ("Port reopens after storm | harbour.com", "Port reopens after storm", vec![]),
            ("Port reopens after storm - witness", "Port reopens after storm - witness", vec![]),
            ("Port reopens: harbour master", "Port reopens: harbour master", vec![]),
            ("Port reopens – at last", "Port reopens – at last", vec![]),
            (
                "Port reopens | Ships return after five weeks of storm",
                "Port reopens | Ships return after five weeks of storm",
                vec![],
            ),
            ("Mayor - Bishop - Judge", "Mayor - Bishop - Judge", vec![]),
            ("Port reopens after storm", "Port reopens after storm", vec![]),
            ("", "", vec![]),
        ] {
            let split = split(line, &sites);
            assert_eq!(&line[split.title.clone()], title, "{line}");
            let kept: usize =
                split.title.len() + split.dropped.iter().map(|r| r.len()).sum::<usize>();
            assert_eq!(kept, line.len(), "nothing is lost: {line}");
        }
    }
}
