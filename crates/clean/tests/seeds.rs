//! The five first reports against their hand-made gold: every title, block and removed span.
//!
//! The reports lie beside the repository (`../shared/seeds`) and are not part of it. Where they are
//! missing the test is skipped, but not in continuous integration (`CI=true`).

use serde_json::Value;
use std::path::PathBuf;
use variorum_clean::clean;
use variorum_model::{BlockKind, CodePoints, RawReport, Report, SourceForm, Span};

fn seeds() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let seeds = root.join("../shared/seeds");
    let there = seeds.join("gold/clean.json").is_file();
    let ci = std::env::var("CI").is_ok_and(|v| v == "true");
    assert!(there || !ci, "{} is missing", seeds.display());
    there.then_some(seeds)
}

fn read(seeds: &std::path::Path, file: &str) -> Report {
    let text = std::fs::read_to_string(seeds.join(file)).expect("a seed is UTF-8");
    clean(&RawReport {
        id: file.to_owned(),
        path: file.to_owned(),
        form: SourceForm::PlainText,
        text,
        url: None,
        title: None,
        outlet: None,
        published: None,
        warnings: Vec::new(),
    })
    .expect("plain text is never rejected")
}

fn gold(seeds: &std::path::Path) -> Vec<Value> {
    let text = std::fs::read_to_string(seeds.join("gold/clean.json")).expect("the gold is there");
    serde_json::from_str(&text).expect("the gold is JSON")
}

fn ranges(value: &Value, wanted: impl Fn(&str) -> bool) -> Vec<[usize; 2]> {
    let pair = |v: &Value| {
        [v["start"].as_u64().unwrap_or(0) as usize, v["end"].as_u64().unwrap_or(0) as usize]
    };
    let list = value.as_array().expect("a list of spans");
    list.iter().filter(|v| wanted(v["kind"].as_str().unwrap_or(""))).map(pair).collect()
}

#[test]
fn bodies_titles_and_debris_equal_the_gold() {
    let Some(seeds) = seeds() else { return };
    for row in gold(&seeds) {
        let file = row["file"].as_str().expect("a file name");
        let report = read(&seeds, file);
        let points = CodePoints::new(&report.text);
        let pair = |s: Span| points.pair(s);
        let of = |kind: BlockKind| -> Vec<[usize; 2]> {
            report.body.iter().filter(|b| b.kind == kind).map(|b| pair(b.span)).collect()
        };
        let title = report.title.as_ref().map(|t| t.value.as_str());
        assert_eq!(title, row["title"].as_str(), "title of {file}");
        assert_eq!(
            of(BlockKind::Paragraph),
            ranges(&row["body"], |k| k == "p"),
            "paragraphs of {file}"
        );
        assert_eq!(
            of(BlockKind::Heading),
            ranges(&row["body"], |k| k == "heading"),
            "headings of {file}"
        );
        assert_eq!(
            of(BlockKind::Caption),
            ranges(&row["debris"], |k| k == "caption"),
            "captions of {file}"
        );
        let removed: Vec<[usize; 2]> = report.removed.iter().map(|r| pair(r.span)).collect();
        let debris = ranges(&row["debris"], |k| k != "caption" && !k.starts_with("title"));
        for range in &debris {
            assert!(removed.contains(range), "{file} {range:?} of {removed:?}");
        }
        // Nothing else is removed but what the title line and the lead carry.
        let extra = report.removed.iter().filter(|r| !debris.contains(&pair(r.span)));
        for r in extra {
            assert!(
                matches!(r.kind, "site_suffix" | "dateline"),
                "{file}: {} {:?}",
                r.kind,
                r.span.of(&report.text)
            );
        }
        assert!(report.warnings.iter().all(|w| w == "no_title"), "{file}: {:?}", report.warnings);
        assert_eq!(report.language, "en", "{file}");
    }
}

#[test]
fn metadata_is_read_from_debris_before_it_is_dropped() {
    let Some(seeds) = seeds() else { return };
    let rows = gold(&seeds);
    let files: Vec<_> = rows.iter().map(|row| row["file"].as_str().expect("a file name")).collect();
    let reports: Vec<_> = files.iter().map(|file| read(&seeds, file)).collect();
    let outlets: Vec<_> =
        reports.iter().map(|r| r.outlet.as_ref().map(|o| o.name.as_str())).collect();
    assert_eq!(outlets, [None, Some("Al-Alam"), Some("Press TV"), None, Some("Asharq Al-Awsat")]);
    let published: Vec<_> =
        reports.iter().map(|r| r.published.as_ref().map(|p| p.value.as_str())).collect();
    assert_eq!(
        published,
        [None, Some("2016-06-28T11:11:05"), Some("2017-01-16/2017-01-22"), None, None]
    );
    let places: Vec<_> =
        reports.iter().map(|r| r.dateline.as_ref().map(|d| d.places.join(" "))).collect();
    assert_eq!(places, [None, None, None, None, Some("London Moscow".to_owned())]);
    assert!(reports.iter().all(|r| r.byline.is_none()));
}
