//! Web pages in, reports out. Every page here is invented.

use proptest::prelude::*;
use variorum_clean::html::{Layouts, clean, clean_by};
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
fn of_two_headlines_the_one_for_readers_is_the_title() {
    let head = "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Back on the water at last\"}</script>";
    let source = page(head, "").replace("</h1>", "</h1><h2>Back on the water at last</h2>");
    let report = read(&source);
    let title = report.title.as_ref().expect("a headline");
    assert_eq!(title.value, "Back on the water at last");
    assert_eq!(title.span.map(|s| s.of(&report.text)), Some("Back on the water at last"));
    assert_eq!(body(&report), [LEAD, SECOND, THIRD]);
    let other: Vec<&str> = report
        .removed
        .iter()
        .filter(|r| r.kind == "duplicate_title")
        .filter_map(|r| r.source)
        .map(|(from, to)| &source[from as usize..to as usize])
        .collect();
    assert_eq!(other, ["Ferry runs again"], "the heading is told among what was left out");
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
fn of_lines_that_stand_again_the_first_stays() {
    let line = "The bridge at Holm stays closed until the county has looked at it.";
    let label = "Send a tip";
    for (times, text, kept) in [(2, line, 1), (6, line, 1), (4, label, 4), (5, label, 0)] {
        let report = read(&page("", &format!("<p>{text}</p>").repeat(times)));
        let found = body(&report).iter().filter(|b| **b == text).count();
        assert_eq!(found, kept, "{text} {times} times");
    }
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
fn what_is_left_out_is_listed_with_its_bytes() {
    let inside = "<div class=related-articles><p>Read how the lighthouse of Holm was painted twice in a single summer.</p>\
                  <p>Six of the best walks around the bay.</p></div>";
    let source = page("", inside);
    let report = read(&source);
    let rows: Vec<(&str, &str)> = report
        .removed
        .iter()
        .map(|r| {
            assert!(r.span.is_empty(), "the text holds nothing of it");
            let (from, to) = r.source.expect("bytes of the page");
            (r.kind, &source[from as usize..to as usize])
        })
        .collect();
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert_eq!(rows[0].0, "navigation");
    assert!(rows[0].1.starts_with("Home") && rows[0].1.ends_with("Sea"));
    assert_eq!(rows[1].0, "related");
    assert!(rows[1].1.starts_with("Read how") && rows[1].1.ends_with("around the bay."));
    assert_eq!(report.text[..report.removed[1].span.from()].lines().last(), Some(SECOND));
    assert_eq!(rows[2].0, "site_notice");
}

#[test]
fn posts_of_a_live_blog_are_told_apart() {
    let post = |stamp: &str, text: &str| {
        format!("<section><p class=when>{stamp}</p><h3>News</h3><p>{text}</p></section>")
    };
    let marked = |at: &str| format!("<time datetime={at}>a while ago</time>");
    let cases = [
        (["16:40", "14:05", "9:30"].map(str::to_owned), ["T16:40", "T14:05", "T09:30"]),
        (
            ["2021-03-04T09:30Z", "2021-03-04T14:05Z", "2021-03-05T08:00Z"].map(marked),
            ["2021-03-04T09:30:00Z", "2021-03-04T14:05:00Z", "2021-03-05T08:00:00Z"],
        ),
    ];
    for (stamps, values) in cases {
        let texts = [LEAD, SECOND, THIRD];
        let posts: String = stamps.iter().zip(texts).map(|(s, t)| post(s, t)).collect();
        let report = read(&format!(
            "<html><article><h1>Ferry runs again</h1><div>{posts}</div></article></html>"
        ));
        let told: Vec<&str> =
            report.entries.iter().filter_map(|e| e.published.as_deref()).collect();
        assert_eq!(told, values);
        for (entry, text) in report.entries.iter().zip(texts) {
            assert!(entry.span.of(&report.text).ends_with(text));
        }
        assert_eq!(report.warnings, ["several_posts"]);
    }
    // One stamp over three paragraphs makes no blog, nor do stamps in no order.
    assert!(read(&page("", "<p>14:05</p>")).entries.is_empty());
    let shuffled: String = ["14:05", "9:30", "16:40", "11:11"]
        .iter()
        .zip([LEAD, SECOND, THIRD, LEAD])
        .map(|(s, t)| post(s, &format!("{t} {s}")))
        .collect();
    assert!(
        read(&format!("<html><h1>Ferry runs again</h1><div>{shuffled}</div></html>"))
            .entries
            .is_empty()
    );
}

#[test]
fn of_several_articles_the_one_with_the_headline_is_kept() {
    let other =
        "The lighthouse of Holm was painted twice in a single summer, and the town paid for both. ";
    let own = format!("{LEAD} {SECOND} {THIRD} {LEAD} {SECOND}");
    let source = format!(
        "<html><title>Ferry runs again</title><body><main><article><h1>Ferry runs again</h1><div class=article-body><p>{own}</p></div></article>\
         <article><h1>Lighthouse painted</h1><div class=article-body><p>{}</p><p>{}</p></div></article></main></body></html>",
        other.repeat(8),
        other.repeat(6),
    );
    let report = read(&source);
    assert_eq!(body(&report), [own]);
    assert_eq!(report.warnings, ["several_articles"]);
}

#[test]
fn what_an_outlets_pages_share_is_learned_and_left_out() {
    const OFFER: &str =
        "The Quay Post comes by boat every morning to all who live on the islands of the bay.";
    let article = |n: usize| {
        let told = ["nets", "boats", "piers", "gulls"][n];
        format!(
            "<html><head><title>{told} are scarce this year ~ Post of the Quay</title><link rel=canonical href='https://quaypost.example/{n}'></head>\
             <body><div class=text-{n}><div class=stamp>{} March 2021</div><p>The {told} of Holm are scarce this year, said those who work with {told} every day.</p>\
             <p>{OFFER}</p><p>Nobody could say when {told} will be had again, and prices of {told} rose by half.</p></div></body></html>",
            n + 1
        )
    };
    let pages: Vec<String> = (0..4).map(article).collect();
    let seen = |order: &[usize]| {
        let none = Layouts::default();
        let traits =
            order.iter().filter_map(|&n| clean_by(&raw(&pages[n]), Some(&none)).ok()?.traits);
        Layouts::learn(traits)
    };
    let layouts = seen(&[0, 1, 2]);
    assert_eq!(layouts.len(), 1);
    let alone = clean(&raw(&pages[3])).expect("an article");
    assert!(body(&alone).contains(&OFFER));
    let told = clean_by(&raw(&pages[3]), Some(&layouts)).expect("an article").report;
    check_map(&told, &pages[3]);
    assert!(!body(&told).contains(&OFFER));
    assert_eq!(body(&told).len(), body(&alone).len() - 1);
    assert!(told.removed.iter().any(|r| r.kind == "site_notice"));
    let turned = clean_by(&raw(&pages[3]), Some(&seen(&[2, 0, 1]))).expect("an article").report;
    assert_eq!(turned.text, told.text);
    assert!(seen(&[0, 1]).is_empty(), "two pages are too few");
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
