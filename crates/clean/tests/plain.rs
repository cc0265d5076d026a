//! Plain text with every kind of debris: what becomes of each line. All texts are invented.

use variorum_clean::clean;
use variorum_model::{BlockKind, RawReport, Report, SourceForm};

fn read(text: &str, form: SourceForm) -> Report {
    let raw = RawReport {
        id: "r".to_owned(),
        path: "r.txt".to_owned(),
        form,
        text: text.to_owned(),
        url: None,
        title: None,
        outlet: None,
        published: None,
        warnings: Vec::new(),
    };
    let report = clean(&raw).expect("plain text is never rejected");
    everything_is_kept(&report);
    report
}

/// Every character that is no blank stands in the title, a block or a removed span, once.
fn everything_is_kept(report: &Report) {
    let mut spans: Vec<_> = report.body.iter().map(|b| b.span).collect();
    spans.extend(report.removed.iter().map(|r| r.span));
    spans.extend(report.title.iter().filter_map(|t| t.span));
    spans.sort_unstable();
    let mut at = 0;
    for span in spans {
        assert!(span.from() >= at, "{:?} is told twice", span.of(&report.text));
        let between = &report.text[at..span.from()];
        assert!(between.chars().all(|c| c.is_whitespace()), "{between:?} is lost");
        at = span.to();
    }
    assert!(report.text[at..].chars().all(|c| c.is_whitespace()), "the end is lost");
}

/// One line a span in text order: `= title`, `p paragraph`, `h heading`, `c caption`, `- kind: text`.
fn shown(text: &str) -> Vec<String> {
    let report = read(text, SourceForm::PlainText);
    let of = |kind| match kind {
        BlockKind::Paragraph => "p",
        BlockKind::Heading => "h",
        BlockKind::Caption => "c",
    };
    let mut rows: Vec<(u32, String)> = Vec::new();
    rows.extend(
        report.title.iter().filter_map(|t| Some((t.span?.start, format!("= {}", t.value)))),
    );
    rows.extend(
        report
            .body
            .iter()
            .map(|b| (b.span.start, format!("{} {}", of(b.kind), b.span.of(&report.text)))),
    );
    rows.extend(
        report
            .removed
            .iter()
            .map(|r| (r.span.start, format!("- {}: {}", r.kind, r.span.of(&report.text).trim()))),
    );
    rows.sort();
    rows.into_iter().map(|(_, row)| row).collect()
}

const LEAD: &str =
    "The harbour of the old town was opened again on Monday after five weeks of storm.";
const NEXT: &str = "Ships came back at once, the harbour master said.";

#[test]
fn heads() {
    for (name, head, expected) in [
        (
            "repeated headline",
            "Port reopens after storm\n\nPort reopens after storm\nPort reopens after storm\n",
            vec![
                "= Port reopens after storm",
                "- duplicate_title: Port reopens after storm",
                "- duplicate_title: Port reopens after storm",
            ],
        ),
        (
            "repeated with a site suffix",
            "Port reopens after storm\n\nPort reopens after storm | Harbour Gazette\n",
            vec![
                "= Port reopens after storm",
                "- duplicate_title: Port reopens after storm | Harbour Gazette",
            ],
        ),
        (
            "site suffix",
            "Port reopens after storm - Harbour News\n",
            vec!["= Port reopens after storm", "- site_suffix: - Harbour News"],
        ),
        (
            "banner and breadcrumb",
            "World News | Press TV\nNews \u{a0} / \u{a0} Politics\n\nPort reopens after storm\n",
            vec![
                "- banner: World News | Press TV",
                "- breadcrumb: News \u{a0} / \u{a0} Politics",
                "= Port reopens after storm",
            ],
        ),
        (
            "date line",
            "Port reopens after storm\nWed Mar 12, 2014 09:05:07\n",
            vec!["= Port reopens after storm", "- date_line: Wed Mar 12, 2014 09:05:07"],
        ),
        (
            "headline with a full stop over a date",
            "Port reopens after a storm.\n2014-03-12\n",
            vec!["= Port reopens after a storm.", "- date_line: 2014-03-12"],
        ),
        (
            "captions",
            "Port reopens after storm\n\nA handout picture released on March 2, 2014 shows fishermen on the quay.\n\nHarbour master Anna Holt meeting with bishop Karl Lund\n",
            vec![
                "= Port reopens after storm",
                "c A handout picture released on March 2, 2014 shows fishermen on the quay.",
                "c Harbour master Anna Holt meeting with bishop Karl Lund",
            ],
        ),
        (
            "standfirst",
            "Port reopens after storm\n\nFishermen say they were left alone by the town\n",
            vec!["= Port reopens after storm", "h Fishermen say they were left alone by the town"],
        ),
        (
            "byline",
            "Port reopens after storm\nBy Anna Holt in Aden\n12 March 2014\n",
            vec![
                "= Port reopens after storm",
                "- byline: By Anna Holt in Aden",
                "- date_line: 12 March 2014",
            ],
        ),
        (
            "name over a date",
            "Port reopens after storm\nAnna Holt\n12 March 2014\n",
            vec!["= Port reopens after storm", "- byline: Anna Holt", "- date_line: 12 March 2014"],
        ),
        (
            "labels and ids",
            "Port reopens after storm\nSelect Page\nMedia ID: 8800412\nPrint\nShare this article\n",
            vec![
                "= Port reopens after storm",
                "- navigation: Select Page",
                "- identifier: Media ID: 8800412",
                "- share: Print",
                "- share: Share this article",
            ],
        ),
        ("lost headline", "", vec![]),
        (
            "byte order mark and CRLF",
            "\u{feff}Port reopens after storm\r\n\r\n",
            vec!["- byte_order_mark:", "= Port reopens after storm"],
        ),
    ] {
        let mut expected: Vec<String> = expected
            .into_iter()
            .map(|s| s.replace("order_mark:", "order_mark: \u{feff}"))
            .collect();
        expected.push(format!("p {LEAD}"));
        expected.push(format!("p {NEXT}"));
        assert_eq!(shown(&format!("{head}\n{LEAD}\n\n{NEXT}\n")), expected, "{name}");
    }
}

#[test]
fn middles() {
    for (name, middle, expected) in [
        ("subheading", "Common concerns", "h Common concerns"),
        ("padded subheading", "\u{a0} \u{a0}Common concerns", "h Common concerns"),
        ("advertisement", "Advertisement", "- advertisement: Advertisement"),
        (
            "other story",
            "Read more: Fishermen left alone by the town",
            "- related: Read more: Fishermen left alone by the town",
        ),
        (
            "picture with a credit",
            "Fishermen on the quay (AFP photo)",
            "c Fishermen on the quay (AFP photo)",
        ),
        ("separator", "* * *", "- separator: * * *"),
        (
            "code",
            "googletag.cmd.push(function() { googletag.display('top'); });",
            "- program_dump: googletag.cmd.push(function() { googletag.display('top'); });",
        ),
        // What must stay.
        ("short paragraph", "Nobody was hurt.", "p Nobody was hurt."),
        ("quotation", "“We will go,” she said.", "p “We will go,” she said."),
        ("speech of reading", "Read more books, he said.", "p Read more books, he said."),
        (
            "speech of sharing",
            "Share the water, the mayor told them.",
            "p Share the water, the mayor told them.",
        ),
        (
            "city and dash",
            "Homs – the third city – was quiet.",
            "p Homs – the third city – was quiet.",
        ),
        ("line with a colon", "The mayor named three reasons:", "p The mayor named three reasons:"),
        (
            "date in a sentence",
            "On 12 March 2014 the port was closed.",
            "p On 12 March 2014 the port was closed.",
        ),
    ] {
        let expected = vec![format!("p {LEAD}"), expected.to_owned(), format!("p {NEXT}")];
        assert_eq!(shown(&format!("{LEAD}\n\n{middle}\n\n{NEXT}\n")), expected, "{name}");
        assert_eq!(
            shown(&format!("{LEAD}\n{middle}\n{NEXT}\n")),
            expected,
            "{name}, single line ends"
        );
    }
}

#[test]
fn tails() {
    for (name, tail, expected) in [
        ("initials and number", "AB/1234567", vec!["- identifier: AB/1234567"]),
        (
            "comment form",
            "Your Comment\nName\nEmail *",
            vec!["- comments: Your Comment", "- comments: Name", "- comments: Email *"],
        ),
        (
            "notices and addresses",
            "Harbour TV's website can also be accessed at these addresses:\n\nwww.harbourtv.com\n\nSHARE THIS ARTICLE",
            vec![
                "- site_notice: Harbour TV's website can also be accessed at these addresses:",
                "- url: www.harbourtv.com",
                "- share: SHARE THIS ARTICLE",
            ],
        ),
        (
            "copyright",
            "© 2014 Harbour Gazette. All rights reserved.",
            vec!["- site_notice: © 2014 Harbour Gazette. All rights reserved."],
        ),
        ("topics", "Tags: harbour, storm", vec!["- tags: Tags: harbour, storm"]),
        (
            "other stories",
            "Related Articles\nFishermen left alone by the town\nMayor to speak on Friday",
            vec![
                "- related: Related Articles",
                "- related: Fishermen left alone by the town",
                "- related: Mayor to speak on Friday",
            ],
        ),
        ("agency", "(Reuters)", vec!["- agency_credit: (Reuters)"]),
        (
            "reporters",
            "Reporting by Anna Holt; Editing by Karl Lund",
            vec!["- agency_credit: Reporting by Anna Holt; Editing by Karl Lund"],
        ),
        ("signature", "Anna Holt / Karl Lund", vec!["- byline: Anna Holt / Karl Lund"]),
        (
            "dump",
            "string(13) \"[{\"a\":\"né\"}]\"",
            vec!["- program_dump: string(13) \"[{\"a\":\"né\"}]\""],
        ),
        (
            "date below",
            "Date Published: Wednesday, March 12, 2014",
            vec!["- date_line: Date Published: Wednesday, March 12, 2014"],
        ),
        (
            "paragraph cut off",
            "The mayor said that the town would pay for all the ships that had been lost in the storm, but that nobody could tell when",
            vec![
                "p The mayor said that the town would pay for all the ships that had been lost in the storm, but that nobody could tell when",
            ],
        ),
    ] {
        let mut all = vec![format!("p {LEAD}"), format!("p {NEXT}")];
        all.extend(expected.into_iter().map(str::to_owned));
        assert_eq!(shown(&format!("{LEAD}\n\n{NEXT}\n\n{tail}\n")), all, "{name}");
    }
}

#[test]
fn readers_comments_are_no_article() {
    let long = LEAD.repeat(4);
    let text = format!(
        "{long}\n\n{NEXT}\n\nComments (2)\nanna44 says:\nI was there and it is all wrong.\n3 hours ago\nkarl says:\nSo was I, and it is right.\n"
    );
    let report = read(&text, SourceForm::PlainText);
    let kept: Vec<_> = report.body.iter().map(|b| b.span.of(&text)).collect();
    assert_eq!(kept, [long.as_str(), NEXT]);
}

#[test]
fn metadata() {
    let text = "Port reopens after storm | Harbour Gazette\nBy Anna Holt\nPublished: 12 March 2014 | 14:30 GMT\n\nADEN, March 12 (AFP) — The harbour of the old town was opened again.\n\nShips came back at once, he said.\n\n© 2014 Harbour Gazette\n";
    let report = read(text, SourceForm::PlainText);
    let dateline = report.dateline.expect("a dateline");
    assert_eq!(
        (dateline.places, dateline.agency.as_deref(), dateline.span.of(text)),
        (vec!["Aden".to_owned()], Some("AFP"), "ADEN, March 12 (AFP)")
    );
    assert_eq!(report.outlet.map(|o| o.name).as_deref(), Some("Harbour Gazette"));
    assert_eq!(report.byline.map(|b| b.authors), Some(vec!["Anna Holt".to_owned()]));
    assert_eq!(report.published.map(|p| p.value).as_deref(), Some("2014-03-12T14:30Z"));
    assert_eq!(report.language, "en");
    assert_eq!(report.warnings, Vec::<String>::new());
}

#[test]
fn an_address_on_top_is_the_reports_own() {
    let text = "http://www.tass.com/2014/03/12/port\nPort reopens after storm\nThe harbour of the old town was opened again on Monday.\nShips came back.\n";
    let report = read(text, SourceForm::PlainText);
    assert_eq!(report.url.as_deref(), Some("http://www.tass.com/2014/03/12/port"));
    assert_eq!(report.outlet.map(|o| o.name).as_deref(), Some("TASS"));
    assert_eq!(report.published.map(|p| p.value).as_deref(), Some("2014-03-12"));
}

#[test]
fn chronicles_keep_their_dates_apart() {
    let text = "2014-03-12\nThe port was closed .\n--------\n2014-03-14\nThe port was opened .\n--------\n";
    let expected = [
        "- date_line: 2014-03-12",
        "p The port was closed .",
        "- separator: --------",
        "- date_line: 2014-03-14",
        "p The port was opened .",
        "- separator: --------",
    ];
    assert_eq!(shown(text), expected);
    let report = read(text, SourceForm::PlainText);
    assert_eq!(report.published.map(|p| p.value).as_deref(), Some("2014-03-14/.."));
    assert_eq!(report.warnings, ["no_title"]);
}

#[test]
fn texts_without_an_article() {
    for text in [
        "",
        "\n\n",
        "Port reopens after storm",
        "Share this article\nPrint\n",
        "\u{feff}",
        "{\"a\": [1, \"b\"]}",
    ] {
        let report = read(text, SourceForm::PlainText);
        assert!(report.body.iter().all(|b| b.kind != BlockKind::Paragraph), "{text:?}");
        assert!(report.warnings.contains(&"no_body".to_owned()), "{text:?}");
        assert_eq!(report.language, "und", "{text:?}");
    }
}

#[test]
fn rows_stay_as_they_are() {
    let text = "By Anna Holt\nADEN (AFP) - The port was opened.\nShare this article\n--------\n2014-03-12\nShips came back.";
    let raw = RawReport {
        id: "7".to_owned(),
        path: "r.jsonl#1".to_owned(),
        form: SourceForm::CleanText,
        text: text.to_owned(),
        url: None,
        title: Some("Port reopens".to_owned()),
        outlet: Some("Harbour Gazette".to_owned()),
        published: Some("Mar 12, 2014".to_owned()),
        warnings: Vec::new(),
    };
    let report = clean(&raw).expect("rows are never rejected");
    assert_eq!(report.text, text);
    let blocks: Vec<_> = report.body.iter().map(|b| (b.kind, b.span.of(text))).collect();
    assert_eq!(
        blocks,
        [
            (BlockKind::Heading, "By Anna Holt"),
            (BlockKind::Heading, "ADEN (AFP)"),
            (BlockKind::Paragraph, "The port was opened."),
            (BlockKind::Paragraph, "Share this article"),
            (BlockKind::Paragraph, "Ships came back."),
        ]
    );
    let removed: Vec<_> = report.removed.iter().map(|r| (r.kind, r.span.of(text))).collect();
    assert_eq!(removed, [("separator", "--------"), ("date_line", "2014-03-12")]);
    assert_eq!(report.published.map(|p| p.value).as_deref(), Some("2014-03-12"));
    assert_eq!(report.byline.map(|b| b.authors), Some(vec!["Anna Holt".to_owned()]));
    assert_eq!(report.outlet.map(|o| o.name).as_deref(), Some("Harbour Gazette"));
}

#[test]
fn hostile_texts_take_linear_time() {
    for unit in [
        "word ",
        "ab\n",
        "\n",
        "12 March 2014\n",
        "Share\n",
        "a/b > c | ",
        "March March 1 ",
        "(Reporting by A ",
        "The port opened.\r\n",
        "{\"a\":",
    ] {
        let text = unit.repeat(200_000 / unit.len());
        let started = std::time::Instant::now();
        read(&text, SourceForm::PlainText);
        assert!(started.elapsed().as_secs() < 20, "{unit:?} took {:?}", started.elapsed());
    }
}
