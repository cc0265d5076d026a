//! Invariants 3 and 4 over real clusters of reports: the examples, and those of a bench folder beside the
//! repository where there is one.

use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use variorum_intake::read_all;
use variorum_model::contract::Record;
use variorum_model::{BlockKind, RawReport, ReadReport, SourceForm};
use variorum_pipeline::Pipeline;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(Pipeline::load);

/// Clusters with more reports than this take too long to be made again and again.
const MOST: usize = 12;

static CLUSTERS: LazyLock<Vec<(String, Vec<ReadReport>)>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut folders: Vec<PathBuf> =
        ["harbour-talks", "market-blast"].map(|name| root.join("examples").join(name)).into();
    let bench = root.join("../shared/bench/collate/clusters");
    for entry in std::fs::read_dir(bench).into_iter().flatten().flatten() {
        folders.push(entry.path().join("reports"));
    }
    folders.sort();
    let read = |folder: PathBuf| {
        let path = folder.display().to_string();
        let reports: Vec<ReadReport> = read_all(std::slice::from_ref(&path), &Default::default())
            .filter_map(|raw| PIPELINE.read(&raw.ok()?).ok())
            .collect();
        (path, reports)
    };
    let all: Vec<_> = folders.into_iter().map(read).collect();
    all.into_iter().filter(|(_, reports)| (2..=MOST).contains(&reports.len())).collect()
});

fn bytes(reports: Vec<ReadReport>) -> String {
    serde_json::to_string(&PIPELINE.record(reports, &[])).expect("JSON")
}

/// The article of a report as another outlet would bring it.
fn copy_of(read: &ReadReport) -> RawReport {
    let report = &read.report;
    let body = report.body.iter().filter(|b| b.kind == BlockKind::Paragraph);
    let body: Vec<&str> = body.map(|b| b.span.of(&report.text)).collect();
    RawReport {
        id: "a-copy".into(),
        path: "a-copy.txt".into(),
        form: SourceForm::CleanText,
        text: body.join("\n\n"),
        url: None,
        title: None,
        outlet: Some("The Copying Gazette".into()),
        published: None,
        warnings: Vec::new(),
    }
}

/// The highest count of independent sources of anything in a record.
fn most(record: &Record) -> usize {
    let events = record.events.iter().map(|e| e.independent_sources);
    let agreements = record.agreements.iter().map(|a| a.independent_sources);
    let readings = record.conflicts.iter().flat_map(|c| &c.readings);
    let points = record.series.iter().flat_map(|s| &s.points);
    events
        .chain(agreements)
        .chain(readings.map(|r| r.independent_sources))
        .chain(points.map(|p| p.independent_sources))
        .max()
        .unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn invariant_03_no_order_changes_a_record(
        cluster in any::<prop::sample::Index>(),
        seed in prop::collection::vec(any::<u64>(), MOST),
    ) {
        let (name, reports) = cluster.get(&CLUSTERS);
        let mut shuffled: Vec<(u64, ReadReport)> =
            seed.iter().copied().zip(reports.iter().cloned()).collect();
        shuffled.sort_by_key(|(key, _)| *key);
        let shuffled = shuffled.into_iter().map(|(_, report)| report).collect();
        prop_assert!(bytes(reports.clone()) == bytes(shuffled), "{}", name);
    }

    #[test]
    fn invariant_03_reports_given_again_change_nothing(
        cluster in any::<prop::sample::Index>(),
        again in prop::collection::vec(any::<bool>(), MOST),
    ) {
        let (name, reports) = cluster.get(&CLUSTERS);
        let mut more = reports.clone();
        more.extend(reports.iter().zip(&again).filter(|(_, a)| **a).map(|(r, _)| r.clone()));
        prop_assert!(bytes(reports.clone()) == bytes(more), "{}", name);
    }

    #[test]
    fn invariant_04_a_copy_of_any_report_adds_no_source(
        cluster in any::<prop::sample::Index>(),
        copied in any::<prop::sample::Index>(),
    ) {
        let (name, reports) = cluster.get(&CLUSTERS);
        let original = copied.get(reports);
        let copy = PIPELINE.read(&copy_of(original));
        prop_assume!(copy.is_ok());
        let before = PIPELINE.record(reports.clone(), &[]);
        let mut more = reports.clone();
        more.extend(copy);
        let after = PIPELINE.record(more, &[]);
        let id = &original.report.id;
        prop_assert_eq!(before.lineages.len(), after.lineages.len(), "{}: {}", name, id);
        prop_assert!(most(&after) <= most(&before), "{}: {}", name, id);
    }
}

#[test]
fn there_are_clusters() {
    assert!(CLUSTERS.len() >= 2, "{}", CLUSTERS.len());
    let whole = |reports: &[ReadReport]| PIPELINE.record(reports.to_vec(), &[]);
    for (name, reports) in CLUSTERS.iter() {
        assert!(!whole(reports).events.is_empty(), "{name}");
    }
}
