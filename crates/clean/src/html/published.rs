//! When a page says that it was published.
//!
//! Machine-readable statements of first publication come first, then dates shown beside the
//! headline, then the address; a date of change is the last resort. A day is kept in the zone in
//! which the page gives it.

use super::instant::{Instant, Order, read};
use super::layout::{self, Layout};
use super::linked::Linked;
use super::meta::Meta;
use super::page::{Page, flag};
use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;
use variorum_model::{Basis, Published};

/// `meta` names that state first publication, the surest first.
const PUBLISHED_NAMES: [&str; 25] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article:published",
    "article.published",
    "og:pubdate",
    "rnews:datepublished",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "publication_date",
    "publication-date",
    "pubdate",
    "article_date_original",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "sailthru.date",
    "parsely-pub-date",
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "article:post_date",
];

/// `meta` names that state some date: often that of publication, at times that of the last change or of
/// the request.
const LOOSE_NAMES: [&str; 9] = [
    "dc.date.created",
    "dcterms.created",
    "datecreated",
    "dc.date",
    "dcterms.date",
    "displaydate",
    "created",
    "timestamp",
    "date",
];

/// `meta` names that state a change.
const CHANGED_NAMES: [&str; 10] = [
    "article:modified_time",
    "og:updated_time",
    "og:article:modified_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dc.date.modified",
    "dcterms.modified",
    "article:modified",
    "modified",
];

/// A day written the other way round in an address, as a name of its own: `/29-10-2021`.
#[expect(clippy::unwrap_used, reason = "the pattern is a constant")]
static TURNED_IN_ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"/(0[1-9]|[12]\d|3[01])[/_-](0[1-9]|1[0-2])[/_-]((?:19|20)\d\d)(?:/|\.|$)").unwrap()
});

#[expect(clippy::unwrap_used, reason = "the pattern is a constant")]
static IN_ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:/|-|_|\b)((?:19|20)\d\d)[/_-]?(0?[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?:/|-|_|\.|\b)").unwrap()
});

/// Where a page stands, and where in it the article.
pub(super) struct Place<'a> {
    /// Its address.
    pub(super) url: Option<&'a str>,
    /// The block of the headline.
    pub(super) headline: Option<usize>,
    /// The first block of the text.
    pub(super) first: Option<usize>,
    /// Its outlet's layout.
    pub(super) layout: Option<&'a Layout>,
}

/// The day that a line shows.
pub(super) fn in_text(line: &str, order: Order) -> Option<Date> {
    line.bytes().any(|b| b.is_ascii_digit()).then(|| read(line, order))?.map(|i| i.day)
}

/// The day where the outlet's pages show theirs.
fn in_slot(page: &Page<'_>, order: Order, layout: Option<&Layout>) -> Option<(Instant, Basis)> {
    let slot = layout?.day.as_deref()?;
    let lines = 0..page.blocks.len();
    lines
        .filter(|&i| layout::path_of(page, page.blocks[i].node) == slot)
        .find_map(|i| in_line(page, i, order))
}

/// When the page was published, if it tells.
pub(super) fn published(
    page: &Page<'_>,
    meta: &Meta,
    linked: &Linked,
    place: &Place<'_>,
) -> Option<Published> {
    let Place { url, headline, first: first_chosen, layout } = *place;
    let order = order_of(meta.language.as_deref());
    let machine = |text: &str| read(text, order).map(|i| (i, Basis::Metadata));
    let from_address = || url.and_then(in_address).map(|i| (i, Basis::Url));
    linked
        .published
        .as_deref()
        .filter(|_| linked.is_article)
        .and_then(machine)
        .or_else(|| PUBLISHED_NAMES.iter().find_map(|n| meta.all(n).find_map(machine)))
        .or_else(|| marked(page, order))
        .or_else(|| linked.published.as_deref().and_then(machine))
        .or_else(|| in_slot(page, order, layout))
        .or_else(|| time_element(page, order, headline, first_chosen))
        .or_else(|| dated_line(page, order, headline, first_chosen))
        .or_else(|| LOOSE_NAMES.iter().find_map(|n| meta.all(n).find_map(machine)))
        .or_else(from_address)
        .or_else(|| shown(page, order, first_chosen))
        .or_else(|| meta.canonical.as_deref().and_then(in_address).map(|i| (i, Basis::Url)))
        .or_else(|| linked.modified.as_deref().and_then(machine))
        .or_else(|| CHANGED_NAMES.iter().find_map(|n| meta.all(n).find_map(machine)))
        .or_else(|| anywhere(page, order))
        .map(|found| first_under(url, found))
        .map(|(instant, basis)| {
            let day = local_day(&instant, url);
            Published { value: instant.value, ..Published::on(day, basis) }
        })
}

/// What was found, or the earlier day in whose folder the page stands.
fn first_under(url: Option<&str>, found: (Instant, Basis)) -> (Instant, Basis) {
    let apart = |day: &Date| found.0.day.since(*day).is_ok_and(|s| s.get_days() > 1);
    match url.and_then(in_folders).filter(apart) {
        Some(day) => (Instant { day, value: day.to_string() }, Basis::Url),
        None => found,
    }
}

/// The day in the outlet's own zone. An instant in UTC may fall on the day before or after; an
/// address that names such a day tells which it was.
fn local_day(instant: &Instant, url: Option<&str>) -> Date {
    let utc = instant.value.ends_with('Z') || instant.value.ends_with("+00:00");
    let address = url.filter(|_| utc).and_then(in_address);
    let near = [instant.day.tomorrow(), instant.day.yesterday()];
    let beside = |d: &Date| near.iter().flatten().any(|n| n == d);
    address.map(|i| i.day).filter(beside).unwrap_or(instant.day)
}

/// A date that came with a row beside the page.
pub(super) fn given(text: &str) -> Option<Published> {
    let found = read(text, Order::DayFirst)?;
    Some(Published { value: found.value, ..Published::on(found.day, Basis::Metadata) })
}

/// Americans write the month first.
pub(super) fn order_of(language: Option<&str>) -> Order {
    match language {
        Some(l) if l.eq_ignore_ascii_case("en-us") || l.eq_ignore_ascii_case("en_us") => {
            Order::MonthFirst
        }
        _ => Order::DayFirst,
    }
}

/// The address of a page that a web archive keeps: it stands in the archive's own, behind the instant
/// of the capture.
fn of_the_archived(url: &str) -> &str {
    url.rfind("/http").map_or(url, |at| &url[at + 1..])
}

/// A day that an address has as folders, `/2017/7/12/`: a page keeps the address it was first published
/// under, so an earlier day there outranks what the page was later dated.
fn in_folders(url: &str) -> Option<Date> {
    let parts: Vec<&str> = of_the_archived(url).split('/').collect();
    parts.windows(3).find_map(|p| {
        let digits = |t: &str, most: usize| {
            (!t.is_empty() && t.len() <= most && t.bytes().all(|b| b.is_ascii_digit()))
                .then_some(())
        };
        if p[0].len() != 4 {
            return None;
        }
        digits(p[0], 4).and(digits(p[1], 2)).and(digits(p[2], 2))?;
        let day = Date::new(p[0].parse().ok()?, p[1].parse().ok()?, p[2].parse().ok()?).ok()?;
        (day.year() >= 1990).then_some(day)
    })
}

fn in_address(url: &str) -> Option<Instant> {
    let url = of_the_archived(url);
    if let Some(c) = IN_ADDRESS.captures(url) {
        return read(&format!("{}-{}-{}", &c[1], &c[2], &c[3]), Order::DayFirst);
    }
    let c = TURNED_IN_ADDRESS.captures(url)?;
    read(&format!("{}-{}-{}", &c[3], &c[2], &c[1]), Order::DayFirst)
}

/// Elements marked as the date of publication in microdata.
fn marked(page: &Page<'_>, order: Order) -> Option<(Instant, Basis)> {
    const MOST: usize = 20;
    let mut looked = 0;
    for node in 0..page.nodes.len() as u32 {
        let property =
            page.raw_attribute(node, "itemprop").or_else(|| page.raw_attribute(node, "property"));
        let says = |p: &str| {
            p.split_whitespace().any(|w| {
                let word = w.rsplit(':').next().unwrap_or(w);
                word.eq_ignore_ascii_case("datePublished")
                    || word.eq_ignore_ascii_case("dateCreated")
            })
        };
        let pubdate = page.nodes[node as usize].name == "time"
            && page.raw_attribute(node, "pubdate").is_some();
        if !property.is_some_and(says) && !pubdate {
            continue;
        }
        looked += 1;
        if looked > MOST {
            break;
        }
        let value = ["content", "datetime", "title"]
            .iter()
            .find_map(|a| page.attribute(node, a).and_then(|v| read(&v, order)));
        let found = value.map(|i| (i, Basis::Metadata)).or_else(|| {
            text_in(page, node).and_then(|t| read(&t, order)).map(|i| (i, Basis::Stated))
        });
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The text of the first block in which an element stands.
fn text_in(page: &Page<'_>, node: u32) -> Option<String> {
    const REACH: u32 = 8;
    let block = page.blocks.iter().find(|b| page.within(b.node, node)).or_else(|| {
        let parent = page
            .path(node)
            .take(REACH as usize)
            .find(|&n| page.blocks.binary_search_by_key(&n, |b| b.node).is_ok())?;
        page.blocks.iter().find(|b| b.node == parent)
    })?;
    Some(page.text(block).to_owned())
}

/// The `time` element nearest to the beginning of the article, those that tell of a change last.
fn time_element(
    page: &Page<'_>,
    order: Order,
    headline: Option<usize>,
    first_chosen: Option<usize>,
) -> Option<(Instant, Basis)> {
    let start = first_chosen.map_or(0, |i| page.blocks[i].node);
    let top = headline.map_or(u32::MAX, |i| page.blocks[i].node);
    let mut best: Option<(u64, Instant)> = None;
    for node in 0..page.nodes.len() as u32 {
        let Some(instant) = instant_of(page, node, order) else { continue };
        let class = page.raw_attribute(node, "class").unwrap_or("").to_ascii_lowercase();
        let mut cost = u64::from(node.abs_diff(start));
        if class.contains("updat") || class.contains("modif") {
            cost += 2_000;
        }
        if class.contains("publish") || class.contains("entry-date") || class.contains("posted") {
            cost /= 4;
        }
        if (top..start).contains(&node) {
            cost /= 4;
        }
        if page.nodes[node as usize].flags & (flag::APART | flag::HIDDEN) != 0 {
            cost += 10_000;
        }
        if node > start {
            cost = cost.saturating_mul(3);
        }
        if best.as_ref().is_none_or(|(c, _)| cost < *c) {
            best = Some((cost, instant));
        }
    }
    best.map(|(_, i)| (i, Basis::Metadata))
}

/// The instant that a `time` element gives, or another that the hentry format marks as one.
fn instant_of(page: &Page<'_>, node: u32, order: Order) -> Option<Instant> {
    if page.nodes[node as usize].name == "time" {
        return page.attribute(node, "datetime").and_then(|v| read(&v, order));
    }
    let classes = page.raw_attribute(node, "class")?;
    let marked = classes
        .split_ascii_whitespace()
        .any(|c| matches!(c, "published" | "updated" | "entry-date" | "dt-published"));
    let title = page.attribute(node, "title").filter(|_| marked)?;
    read(&title, order)
}

/// A date in a line by the headline: below it a line of its own, above it one that opens with the date
/// and stands in the same part of the page.
fn dated_line(
    page: &Page<'_>,
    order: Order,
    headline: Option<usize>,
    first_chosen: Option<usize>,
) -> Option<(Instant, Basis)> {
    const SHORT: usize = 48;
    const REACH: usize = 12;
    const ABOVE: usize = 4;
    const LEVELS: usize = 4;
    let (from, to) = (headline?, first_chosen?);
    let below = (from + 1..to.min(from + REACH))
        .filter(|&i| page.text(&page.blocks[i]).len() <= SHORT)
        .find_map(|i| in_line(page, i, order));
    let near = |i: &usize| {
        let (a, b) = (page.blocks[from].node, page.blocks[*i].node);
        page.around(a, b).is_some_and(|n| page.path(a).take(LEVELS).any(|p| p == n))
    };
    let opens = |i: &usize| page.text(&page.blocks[*i]).starts_with(|c: char| c.is_ascii_digit());
    below.or_else(|| {
        let above = (from.saturating_sub(ABOVE)..from).rev();
        above.filter(near).filter(opens).find_map(|i| in_line(page, i, order))
    })
}

/// A date in a short line near the beginning of the article, before it first.
fn shown(page: &Page<'_>, order: Order, first_chosen: Option<usize>) -> Option<(Instant, Basis)> {
    const BEFORE: usize = 30;
    const AFTER: usize = 6;
    let first = first_chosen?;
    let before = (first.saturating_sub(BEFORE)..first).rev();
    let after = first..(first + AFTER).min(page.blocks.len());
    before.chain(after).find_map(|i| in_line(page, i, order))
}

/// The first date in any short line of the page.
fn anywhere(page: &Page<'_>, order: Order) -> Option<(Instant, Basis)> {
    const MOST: usize = 3_000;
    (0..page.blocks.len().min(MOST)).find_map(|i| in_line(page, i, order))
}

fn in_line(page: &Page<'_>, i: usize, order: Order) -> Option<(Instant, Basis)> {
    const SHORT: usize = 160;
    let text = page.text(&page.blocks[i]);
    if text.len() > SHORT || text.contains('©') || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    read(text, order).map(|i| (i, Basis::Stated))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(source: &str, url: Option<&str>) -> Option<String> {
        let page = Page::read(source);
        let (meta, linked) = (Meta::read(&page), super::super::linked::read(&page));
        let first = page.blocks.iter().position(|b| page.text(b).len() > 60);
        published(&page, &meta, &linked, &Place { url, headline: None, first, layout: None })
            .map(|p| p.value)
    }

    #[test]
    fn first_publication_goes_before_all_else() {
        let lead = "<p>The ferry to the islands runs again after a week of storms, the harbour office said.</p>";
        let cases = [
            (
                r#"<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2021-03-04T05:06:07Z","dateModified":"2022-01-01"}</script>"#,
                None,
                Some("2021-03-04T05:06:07Z"),
            ),
            (
                r#"<meta property="article:modified_time" content="2022-01-01"><meta property="article:published_time" content="2021-03-04">"#,
                None,
                Some("2021-03-04"),
            ),
            (
                r#"<time class="updated" datetime="2022-01-01">x</time><time class="published" datetime="2021-03-04">y</time>"#,
                None,
                Some("2021-03-04"),
            ),
            ("<div>4 March 2021</div>", None, Some("2021-03-04")),
            ("", Some("https://news.example/2021/03/04/ferry"), Some("2021-03-04")),
            ("", Some("https://news.example/notes/29-10-2021"), Some("2021-10-29")),
            (
                "",
                Some("https://archive.example/web/20131110121040/http://news.example/ferry"),
                None,
            ),
            (
                r#"<meta property="article:published_time" content="2022-06-17">"#,
                Some("https://news.example/2021/3/4/ferry"),
                Some("2021-03-04"),
            ),
            (
                r#"<meta name="date" content="2021-03-09"><time datetime="2021-03-04">x</time>"#,
                None,
                Some("2021-03-04"),
            ),
            (
                r#"<span class="published" title="2021-03-04T05:06:07Z">x</span>"#,
                None,
                Some("2021-03-04T05:06:07Z"),
            ),
            ("<div>04.03.21 | 05:06 Uhr</div>", None, Some("2021-03-04")),
            ("<footer>© 2021-03-04</footer>", None, None),
        ];
        for (head, url, expected) in cases {
            assert_eq!(day(&format!("{head}{lead}"), url).as_deref(), expected, "{head}");
        }
    }
}
