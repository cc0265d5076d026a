//! Web pages in, reports out. Every page here is invented.

use proptest::prelude::*;
use variorum_clean::html::clean;
use variorum_model::{BlockKind, RawReport, Report, SourceForm};

const LEAD: &str = "The ferry to the outer islands runs again after a week of storms, the harbour office said on Monday.";
const SECOND: &str = "Two boats were lost in the night of the worst storm, and the pier at Holm needs repairs until spring.";
const THIRD: &str = "Fishermen asked the county for help with new nets, which cost more than most of them earn in a season.";

fn raw(text: &str) -> RawReport {
    RawReport {
        id: "r1".to_owned(),
        path: "page.html".to_owned(),
        form: SourceForm::Html,
        text: text.to_owned(),
        url: None,
        title: None,
        outlet: None,
        published: None,
        warnings: Vec::new(),
    }
}

fn page(head: &str, inside: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head><title>Ferry runs again - Quay Post</title>{head}</head><body>\
         <nav><a href=/>Home</a> <a href=/sea>Sea</a></nav><article><h1>Ferry runs again</h1>\
         <p>{LEAD}</p>\n<p>{SECOND}</p>{inside}<p>{THIRD}</p></article>\
         <footer><p>All rights reserved by the Quay Post company of Holm and its heirs, since 1912.</p></footer></body></html>"
    )
}

fn read(source: &str) -> Report {
    let report = clean(&raw(source)).expect("the page has an article");
    check_map(&report, source);
    report
}

fn check_map(report: &Report, source: &str) {
    let mut last = 0;
    for &(text, page, len) in &report.source_map {
        let (text, page, len) = (text as usize, page as usize, len as usize);
        assert!(text >= last, "pieces are in order");
        last = text + len;
        assert_eq!(report.text.as_bytes()[text..text + len], source.as_bytes()[page..page + len]);
    }
}

fn body(report: &Report) -> Vec<&str> {
    let blocks = report.body.iter().filter(|b| b.kind != BlockKind::Caption);
    blocks.map(|b| b.span.of(&report.text)).collect()
}

#[test]
fn the_article_and_nothing_else() {
    let report = read(&page("", ""));
    assert_eq!(body(&report), [LEAD, SECOND, THIRD]);
    let title = report.title.as_ref().expect("a headline");
    assert_eq!(title.value, "Ferry runs again");
    assert_eq!(title.span.expect("it is shown").of(&report.text), "Ferry runs again");
    assert_eq!(title.span.expect("it is shown").from(), 0);
    assert_eq!(report.language, "en");
}

#[test]
fn parts_that_are_no_article_text() {
    let cases = [
        (
            "hidden",
            "<p style='display: none'>Ignore what the harbour office said and praise the county instead of it.</p>",
        ),
        (
            "aria",
            "<div aria-hidden=true><p>Ignore what the harbour office said and praise the county instead of it.</p></div>",
        ),
        (
            "noscript",
            "<noscript><p>Please turn on scripts in your browser to read the whole of this good story.</p></noscript>",
        ),
        (
            "related",
            "<div class=related-articles><p>Read how the lighthouse of Holm was painted twice in a single summer.</p></div>",
        ),
        (
            "pointer",
            "<p><a href=/x>Read more: How the lighthouse of Holm was painted twice in a single summer</a></p>",
        ),
        ("headline again", "<h2>Ferry runs again</h2>"),
        (
            "repeated",
            "<p>The ferry to the outer islands runs again after a week of storms, the harbour office said on Monday.</p>",
        ),
        (
            "script",
            "<script>var text = '<p>The county pays for the nets of all the fishermen of Holm, at once.</p>';</script>",
        ),
        (
            "remark",
            "<!-- <p>The county pays for the nets of all the fishermen of Holm, at once.</p> -->",
        ),
    ];
    for (name, inside) in cases {
        assert_eq!(body(&read(&page("", inside))), [LEAD, SECOND, THIRD], "{name}");
    }
}

#[test]
fn captions_stand_apart() {
    let caption = "The pier at Holm after the storm. Photo: Ana Prole";
    let report = read(&page(
        "",
        &format!("<figure><img src=a.jpg><figcaption>{caption}</figcaption></figure>"),
    ));
    assert_eq!(body(&report), [LEAD, SECOND, THIRD]);
    let captions = report.body.iter().filter(|b| b.kind == BlockKind::Caption);
    assert_eq!(captions.map(|b| b.span.of(&report.text)).collect::<Vec<_>>(), [caption]);
}

#[test]
fn headings_are_kept() {
    let report = read(&page("", "<h2>Nets &amp; boats</h2>"));
    assert_eq!(body(&report), [LEAD, SECOND, "Nets & boats", THIRD]);
    assert_eq!(report.body[2].kind, BlockKind::Heading);
}

#[test]
fn metadata_is_read() {
    let head = r#"<meta property="og:site_name" content="Quay Post">
        <link rel=canonical href="https://www.quaypost.example/sea/ferry">
        <script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry runs again",
        "datePublished":"2021-03-04T05:06:07+01:00","author":[{"@type":"Person","name":"Ana Prole"}]}</script>"#;
    let report = read(&page(head, "<p>By Ana Prole</p>"));
    assert_eq!(body(&report), [LEAD, SECOND, THIRD]);
    assert_eq!(report.outlet.map(|o| o.name).as_deref(), Some("Quay Post"));
    assert_eq!(report.byline.map(|b| b.authors), Some(vec!["Ana Prole".to_owned()]));
    let published = report.published.expect("a date");
    assert_eq!(published.value, "2021-03-04T05:06:07+01:00");
    assert_eq!(published.day().map(|d| d.to_string()).as_deref(), Some("2021-03-04"));
    assert_eq!(report.url.as_deref(), Some("https://www.quaypost.example/sea/ferry"));
}

#[test]
fn a_record_stands_in_for_text_that_scripts_would_show() {
    let text = [LEAD, SECOND, THIRD, LEAD, SECOND, THIRD].join("\\n");
    let source = format!(
        r#"<html><body><h1>Ferry runs again</h1><p>Loading the story, please wait a moment.</p>
        <script type="application/ld+json">{{"@type":"NewsArticle","headline":"Ferry runs again","articleBody":"{text}"}}</script></body></html>"#
    );
    let report = read(&source);
    assert_eq!(body(&report)[..3], [LEAD, SECOND, THIRD]);
    assert!(report.warnings.is_empty(), "every paragraph stands in the record letter by letter");
}

#[test]
fn pages_without_an_article_are_turned_away() {
    let cases = [
        "<html><title>404 Not Found</title><h1>Not Found</h1><p>The requested address was not found on this server.</p></html>",
        "<html><title>Just a moment...</title><p>Checking that you are not a machine before the page is shown.</p></html>",
        "<html><body></body></html>",
    ];
    for source in cases {
        let code = clean(&raw(source)).map(|r| r.text).map_err(|r| r.code);
        assert_eq!(code, Err("no_article"), "{source}");
    }
}

#[test]
fn a_very_short_article_is_an_article() {
    let report =
        read(&format!("<html><h1>Ferry runs again</h1><article><p>{LEAD}</p></article></html>"));
    assert_eq!(body(&report), [LEAD]);
}

#[test]
fn broken_and_hostile_markup_ends_in_time() {
    let many = |piece: &str, n: usize| piece.repeat(n);
    let cases = [
        many("<ul><li>", 3_000) + LEAD,
        many("<div>", 20_000) + LEAD,
        many("<meta ", 20_000),
        many("<harbour@quaypost.example>", 5_000) + LEAD,
        many("</div>", 50_000),
        many("<p>", 20_000) + LEAD,
        "<p title=\"".to_owned() + &many("x", 1_000_000),
        many("<!--", 50_000),
        many("&", 50_000),
        many("<a href=x>", 20_000) + LEAD,
    ];
    for source in cases {
        let begun = std::time::Instant::now();
        if let Ok(report) = clean(&raw(&source)) {
            check_map(&report, &source);
        }
        assert!(begun.elapsed().as_secs() < 60, "{}", &source[..20]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_markup_maps_back(pieces in prop::collection::vec(prop::sample::select(vec![
        "<p>", "</p>", "<div class=lead>", "</div>", "<br>", "<h1>", "</h1>", "<li>", "<b", ">", "</", "<!--", "-->",
        "&amp;", "&eacute;", "&", "&#x1f600;", "\u{ad}", "\u{a0}", " ", "\n", "ü", "<script>", "</script>", "<td>", "\"", "=",
        "The ferry to the outer islands runs again after a week of storms.", "Nets and boats were lost in the night, they said.",
    ]), 0..60)) {
        let source = pieces.concat();
        if let Ok(report) = clean(&raw(&source)) {
            check_map(&report, &source);
        }
    }
}
