//! Who published a report, read from what surrounds it.
//!
//! Evidence stands mostly in matter that is thrown away: a site suffix of the title, a banner, a
//! footer, image paths, addresses. Each piece of evidence has a weight; pieces that name the same
//! outlet add up, and the heaviest wins. The table of outlets joins spellings, domains and slugs
//! of one outlet; an outlet that is in no table goes by its own words.

use crate::word_lists::List;
use crate::{shape, table};
use regex::Regex;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;
use variorum_model::{Basis, Outlet, Removed, Span};

/// Written names, domains and slugs, each to the one name of its outlet.
struct Directory {
    /// By letters and digits alone; with each the written form, for short names whose case matters.
    names: HashMap<String, (&'static str, &'static str)>,
    domains: HashMap<&'static str, &'static str>,
    slugs: HashMap<&'static str, &'static str>,
    platforms: HashSet<&'static str>,
}

static DIRECTORY: LazyLock<Directory> = LazyLock::new(|| {
    let mut d = Directory {
        names: HashMap::new(),
        domains: HashMap::new(),
        slugs: HashMap::new(),
        platforms: table::rows(include_str!("../../../data/clean_platforms.tsv"))
            .map(|r| r[0])
            .collect(),
    };
    for row in table::rows(include_str!("../../../data/outlets.tsv")) {
        let name = row[0];
        let cell = |i: usize| row.get(i).copied().unwrap_or("");
        for form in std::iter::once(name).chain(table::forms(cell(3))) {
            d.names.entry(shape::letters(form)).or_insert((name, form));
        }
        for domain in table::forms(cell(2)) {
            d.domains.entry(domain).or_insert(name);
        }
        for slug in table::forms(cell(4)) {
            d.slugs.entry(slug).or_insert(name);
        }
    }
    d
});

/// The outlet whose written name is exactly `text`, case and punctuation aside; a name of up to
/// four letters must have its case as well ("AP", "RT").
pub fn named(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if text.len() > 60 {
        return None;
    }
    let letters = shape::letters(text);
    let (name, form) = DIRECTORY.names.get(&letters)?;
    (letters.chars().count() > 4 || text == *form).then_some(*name)
}

/// The longest outlet name that stands inside `line`, and where. Names of one short word are too
/// likely to mean something else and are not looked for.
pub fn mentioned(line: &str) -> Option<(&'static str, Range<usize>)> {
    if line.len() > 600 {
        return None;
    }
    let tokens = tokens(line);
    for size in (1..=6.min(tokens.len())).rev() {
        for window in tokens.windows(size) {
            let (start, end) = (window[0].start, window[size - 1].end);
            let (text, end) = without_possessive(&line[start..end], start, end);
            if !text.starts_with(char::is_uppercase) || (size == 1 && text.chars().count() < 6) {
                continue;
            }
            if let Some(name) = named(text) {
                return Some((name, start..end));
            }
        }
    }
    None
}

fn tokens(line: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = None;
    for (i, c) in line.char_indices() {
        let inside = c.is_alphanumeric() || matches!(c, '\'' | '’' | '.' | '-' | '&' | '/');
        match (inside, start) {
            (true, None) => start = Some(i),
            (false, Some(s)) => {
                out.push(s..i);
                start = None;
            }
            _ => {}
        }
    }
    out.extend(start.map(|s| s..line.len()));
    out
}

fn without_possessive(text: &str, start: usize, end: usize) -> (&str, usize) {
    let bare = text.trim_end_matches('.');
    let bare = ["'s", "’s", "'", "’"].iter().find_map(|s| bare.strip_suffix(s)).unwrap_or(bare);
    debug_assert!(start + bare.len() <= end);
    (bare, start + bare.len())
}

/// The host of a web address, without `www.` and port, in lower case.
pub fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    let host = host.split(':').next()?.trim_end_matches('.').to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    (host.contains('.') && !host.contains(char::is_whitespace)).then_some(host)
}

/// The outlet that publishes under `host` or a domain above it.
pub fn of_host(host: &str) -> Option<&'static str> {
    suffixes(host).find_map(|domain| DIRECTORY.domains.get(domain).copied())
}

/// Whether `host` carries other people's matter (a social network, a link shortener, a mail service).
pub fn is_platform(host: &str) -> bool {
    suffixes(host).any(|domain| DIRECTORY.platforms.contains(domain))
}

fn suffixes(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |h| h.split_once('.').map(|(_, rest)| rest))
}

/// One reason to take an outlet for the publisher.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The outlet's name.
    pub name: String,
    /// On what it rests.
    pub basis: Basis,
    /// The characters, if they stand in the text.
    pub span: Option<Span>,
    /// How much it counts: 1 a hint, 5 as good as stated.
    pub weight: u32,
}

/// The outlet for which the evidence weighs most; of two that weigh the same, the one named first.
pub fn decide(evidence: &[Evidence]) -> Option<Outlet> {
    let mut sums: BTreeMap<String, (u32, usize)> = BTreeMap::new();
    for (i, e) in evidence.iter().enumerate() {
        let sum = sums.entry(shape::letters(&e.name)).or_insert((0, i));
        sum.0 += e.weight;
        // Of two settings of one name the one that is not all capitals, then the weightier.
        let rank = |e: &Evidence| (e.name.chars().any(char::is_lowercase), e.weight);
        if rank(e) > rank(&evidence[sum.1]) {
            sum.1 = i;
        }
    }
    let (_, &(_, best)) =
        sums.iter().max_by_key(|(_, (weight, best))| (*weight, std::cmp::Reverse(*best)))?;
    let e = &evidence[best];
    Some(Outlet { name: e.name.clone(), basis: e.basis, span: e.span })
}

/// Evidence in an address of the report itself.
pub fn from_address(url: &str, span: Option<Span>) -> Option<Evidence> {
    let host = host(url)?;
    if is_platform(&host) {
        return None;
    }
    let (name, weight) = match of_host(&host) {
        Some(name) => (name.to_owned(), 5),
        None => (host, 2),
    };
    Some(Evidence { name, basis: Basis::Url, span, weight })
}

/// The name that a slug abbreviates, where the text spells it out: `abc` and "told the Amber Broadcast
/// Company". The name's capitalised words begin with the slug's letters, in order.
pub fn spelled_out(text: &str, slug: &str) -> Option<(String, Span)> {
    let letters: Vec<char> = slug.chars().collect();
    if !(2..=6).contains(&letters.len()) || !letters.iter().all(|c| c.is_ascii_lowercase()) {
        return None;
    }
    let words: Vec<Range<usize>> = tokens(text);
    words.windows(letters.len()).find_map(|run| {
        let initials = run.iter().zip(&letters).all(|(w, l)| {
            text[w.clone()]
                .chars()
                .next()
                .is_some_and(|c| c.is_uppercase() && c.to_ascii_lowercase() == *l)
        });
        let joined = run.windows(2).all(|p| &text[p[0].end..p[1].start] == " ");
        let range = run.first()?.start..run.last()?.end;
        (initials && joined && letters.len() > 1)
            .then(|| (text[range.clone()].to_owned(), Span::new(range.start, range.end)))
    })
}

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:https?://)?(?:www\.)?([a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:com|net|org|info|ir|tv|uk|us|ru|sy|tr|il|ae|sa|eg|lb|jo|iq|qa|kw|ye|de|fr|eu|io|news|ua|cn|in|pk|au|ca|co|me))\b")
        .expect("the address pattern is well formed")
});
static NOTICE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?P<site>[\p{Lu}][\p{L}\p{N}\ .&-]{1,50}?)['’]s?\s(?:website|web\ssite|site)\b
        | (?:©|\(c\)|[Cc]opyright)\s*(?:©|\(c\))?\s*(?:\d{4}(?:\s?[-–]\s?\d{2,4})?)?,?\s*(?:by\s)?(?P<owner>[\p{Lu}][\p{L}\p{N}\ &'’-]{1,50}?)\s*(?:\d{4}.*|[.,|].*|[Aa]ll\s.*|$)
        | ^(?:Follow|Like)\s(?P<followed>[\p{Lu}][\p{L}\p{N}\ .&-]{1,50}?)\son\s
        | ^(?P<disclaimer>[\p{Lu}][\p{L}\p{N}\ .&-]{1,50}?)\sis\s(?:not\sresponsible|an?\s|the\s)",
    )
    .expect("the notice pattern is well formed")
});
/// "…, Harbour Light can be reached at its mirror:". Apart from the others: one pattern of all grows
/// too large.
static MIRROR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:^|[,:;] )(?P<site>\p{Lu}[^,.;:]{1,40}?) can (?:also |always |still )?be (?:reached|accessed|read|watched|found|followed)\b",
    )
    .expect("the mirror pattern is well formed")
});
static IMAGE_PATH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"/\d{4}/\d{1,2}(?:/\d{1,2})?/([a-z][a-z0-9]{2,19})[_-]\d").expect("well formed")
});

/// Evidence in the removed matter of a report.
pub fn from_debris(text: &str, removed: &[Removed]) -> Vec<Evidence> {
    let mut out = Vec::new();
    for piece in removed {
        let line = piece.span.of(text);
        let at = piece.span.from();
        match piece.kind {
            "site_suffix" => push_name(&mut out, line, at, 4, Some(3)),
            "banner" => match line.find(['|', '¦']) {
                Some(mark) => push_name(&mut out, &line[mark..], at + mark, 3, Some(2)),
                None => push_name(&mut out, line, at, 3, None),
            },
            // A headline set again with the site behind it.
            "duplicate_title" => {
                if let Some(mark) = line.find(['|', '¦']) {
                    push_name(&mut out, &line[mark..], at + mark, 4, Some(3));
                }
            }
            "promo" | "share" | "newsletter" | "navigation" | "comments" => {
                push_notice(&mut out, line, at);
                push_name(&mut out, line, at, 1, None);
            }
            "site_notice" => {
                push_notice(&mut out, line, at);
                push_name(&mut out, line, at, 2, None);
                push_addresses(&mut out, line, at);
            }
            "url" => push_addresses(&mut out, line, at),
            "program_dump" | "markup" => push_paths(&mut out, line, at),
            _ => {}
        }
    }
    out
}

fn debris(name: &str, at: usize, range: Range<usize>, weight: u32) -> Evidence {
    let span = Some(Span::new(at + range.start, at + range.end));
    Evidence { name: name.to_owned(), basis: Basis::Debris, span, weight }
}

/// A known name in the line; failing that, for a site suffix, the suffix's own words.
fn push_name(out: &mut Vec<Evidence>, line: &str, at: usize, known: u32, own: Option<u32>) {
    if let Some((name, range)) = mentioned(line) {
        out.push(debris(name, at, range, known));
    } else if let Some(weight) = own
        && let Some((name, range)) = own_words(line)
    {
        // A short name ("RT", "CNN") is looked for only where it is the whole of the suffix.
        let (name, weight) = match named(&name) {
            Some(known_name) => (known_name.to_owned(), known),
            None => (name, weight),
        };
        out.push(debris(&name, at, range, weight));
    }
}

/// The last part of a site suffix, without years and the words that say it is an archive.
fn own_words(suffix: &str) -> Option<(String, Range<usize>)> {
    static EXTRA: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:\s*(?:\benglish\b|\barchives?\b|\bedition\b|\bhome ?page\b|\bofficial (?:web)?site\b|\d{4}|[-–]))*\s*$")
            .expect("well formed")
    });
    let from = suffix
        .rfind(['|', '¦', '»', '›', '·', '•'])
        .map_or(0, |i| i + suffix[i..].chars().next().map_or(1, char::len_utf8));
    let (start, end) = shape::trim(suffix, from, suffix.len());
    let start = start + suffix[start..end].find(char::is_alphanumeric)?;
    let cut = EXTRA.find(&suffix[start..end]).map_or(end, |m| start + m.start());
    let end = if cut > start { cut } else { end };
    (end > start).then(|| (suffix[start..end].to_owned(), start..end))
}

fn push_notice(out: &mut Vec<Evidence>, line: &str, at: usize) {
    let mut push = |m: regex::Match<'_>, weight| {
        let written = m.as_str().trim_end();
        let name = named(written).unwrap_or(written);
        out.push(debris(name, at, m.start()..m.start() + written.len(), weight));
    };
    if let Some(found) = NOTICE.captures(line) {
        for (group, weight) in [("site", 4), ("owner", 3), ("followed", 2), ("disclaimer", 3)] {
            if let Some(m) = found.name(group) {
                push(m, weight);
            }
        }
    } else if let Some(site) = MIRROR.captures(line).and_then(|c| c.name("site")) {
        push(site, 4);
    }
}

fn push_addresses(out: &mut Vec<Evidence>, line: &str, at: usize) {
    for found in ADDRESS.captures_iter(line).take(4) {
        let Some(m) = found.get(1) else { continue };
        let Some(host) = host(m.as_str()) else { continue };
        if is_platform(&host) {
            continue;
        }
        match of_host(&host) {
            Some(name) => out.push(debris(name, at, m.range(), 3)),
            None => out.push(debris(&host, at, m.range(), 1)),
        }
    }
}

/// Image paths and addresses inside program debris. A slug that is in no table must come twice.
fn push_paths(out: &mut Vec<Evidence>, dump: &str, at: usize) {
    let mut slugs: BTreeMap<&str, (usize, Range<usize>)> = BTreeMap::new();
    for found in IMAGE_PATH.captures_iter(dump).take(200) {
        if let Some(m) = found.get(1) {
            slugs.entry(m.as_str()).or_insert((0, m.range())).0 += 1;
        }
    }
    for (slug, (count, range)) in slugs {
        match DIRECTORY.slugs.get(slug) {
            Some(name) => out.push(debris(name, at, range, 2)),
            None if count > 1 && !List::ImageFolder.has(slug) => {
                out.push(debris(slug, at, range, 1))
            }
            None => {}
        }
    }
    push_addresses(out, dump, at);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_whole_and_inside() {
        assert_eq!(named("PRESSTV"), Some("Press TV"));
        assert_eq!(named("AP"), Some("Associated Press"));
        assert_eq!(named("ap"), None);
        for (line, expected) in [
            ("Read it first in ASHARQ AL-AWSAT English", Some(("Asharq Al-Awsat", 17..32))),
            ("Press TV’s website", Some(("Press TV", 0..8))),
            ("The ap in the middle", None),
            ("Harbour Gazette", None),
        ] {
            assert_eq!(mentioned(line), expected, "{line}");
        }
    }

    #[test]
    fn hosts() {
        assert_eq!(host("https://www.Harbour.example:80/a?b").as_deref(), Some("harbour.example"));
        assert_eq!(of_host("edition.cnn.com"), Some("CNN"));
        assert_eq!(of_host("notcnn.com"), None);
        assert!(is_platform("m.facebook.com"));
        assert!(!is_platform("facebook.com.harbour.example"));
    }

    fn outlet_of(kind: &'static str, line: &str) -> Option<(String, String)> {
        let removed = [Removed::of_text(kind, Span::new(0, line.len()))];
        let outlet = decide(&from_debris(line, &removed))?;
        Some((outlet.name, outlet.span?.of(line).to_owned()))
    }

    #[test]
    fn slugs_spelled_out_in_the_text() {
        for (text, slug, want) in [
            (
                "He told the Amber Broadcast Company on Friday.",
                "abc",
                Some("Amber Broadcast Company"),
            ),
            ("Amber, Broadcast and Company are words.", "abc", None),
            ("Nothing of the sort.", "abc", None),
            ("The Amber Broadcast Company.", "harbour", None),
        ] {
            let found = spelled_out(text, slug);
            assert_eq!(found.as_ref().map(|(name, _)| name.as_str()), want, "{text}");
            assert!(found.is_none_or(|(name, span)| span.of(text) == name));
        }
    }

    #[test]
    fn debris_that_names_its_outlet() {
        for (kind, line, name, words) in [
            ("site_suffix", " | Harbour Gazette", "Harbour Gazette", "Harbour Gazette"),
            (
                "site_suffix",
                " | World | Harbour Gazette Archive 1999 -2004",
                "Harbour Gazette",
                "Harbour Gazette",
            ),
            ("site_suffix", " - BBC News", "BBC News", "BBC News"),
            (
                "duplicate_title",
                "Two ships collide | Harbour Gazette",
                "Harbour Gazette",
                "Harbour Gazette",
            ),
            (
                "site_notice",
                "In case of trouble, Harbour Light can be reached at:",
                "Harbour Light",
                "Harbour Light",
            ),
            ("site_suffix", " | RT", "RT", "RT"),
            ("site_notice", "Harbour TV's website can be reached at:", "Harbour TV", "Harbour TV"),
            (
                "site_notice",
                "© 2014 Harbour Gazette. All rights reserved.",
                "Harbour Gazette",
                "Harbour Gazette",
            ),
            ("url", "www.harbourgazette.com", "harbourgazette.com", "harbourgazette.com"),
            ("url", "http://www.tass.com", "TASS", "tass.com"),
            (
                "program_dump",
                r#"["/2014/03/12/harbour_11_a.jpg","/2014/03/13/harbour_12_a.jpg"]"#,
                "harbour",
                "harbour",
            ),
            ("program_dump", r#"["/2014/03/12/presstv_11_a.jpg"]"#, "Press TV", "presstv"),
        ] {
            assert_eq!(outlet_of(kind, line), Some((name.to_owned(), words.to_owned())), "{line}");
        }
    }

    #[test]
    fn debris_that_names_no_outlet() {
        for (kind, line) in [
            ("url", "https://twitter.com/harbour"),
            ("share", "Share this article"),
            ("program_dump", r#"["/2014/03/12/harbour_11_a.jpg"]"#),
            ("date_line", "Press TV, 12 March 2014"),
        ] {
            assert_eq!(outlet_of(kind, line), None, "{line}");
        }
    }
}
