//! The ten invariants of ARCHITECTURE.md, each by its number.

use crate::running::{citations, example, record, root, rows, slice, text, variorum};
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;

const CLUSTERS: [&str; 2] = ["harbour-talks", "market-blast"];

#[test]
fn invariant_01_every_span_quotes_its_text() {
    for cluster in CLUSTERS {
        let record = record(&example(cluster));
        let texts: HashMap<&str, &str> = record["reports"]
            .as_array()
            .expect("reports")
            .iter()
            .map(|r| (r["id"].as_str().expect("an id"), r["text"].as_str().expect("a text")))
            .collect();
        let cited = citations(&record);
        assert!(cited.len() > 100, "{cluster}: only {} citations", cited.len());
        for c in cited {
            let text = texts[c["report"].as_str().expect("an id")];
            let at = |key: &str| c[key].as_u64().expect("an offset") as usize;
            assert_eq!(slice(text, at("start"), at("end")), c["quote"].as_str().expect("a quote"));
        }
        for (list, key) in [
            ("events", "mentions"),
            ("actors", "mentions"),
            ("places", "mentions"),
            ("agreements", "evidence"),
            ("framing", "readings"),
            ("conflicts", "readings"),
        ] {
            for fact in record[list].as_array().expect("a list") {
                let cited = fact[key].as_array().expect("evidence");
                assert!(!cited.is_empty(), "{cluster}: {list} without evidence: {fact}");
            }
        }
    }
}

#[test]
fn invariant_02_pure_stages_touch_no_world() {
    let forbidden = [
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "stdin()",
        "stdout()",
        "stderr()",
        "SystemTime",
        "Instant::now",
    ];
    let mut read = 0;
    for stage in [
        "clean", "language", "annotate", "events", "identity", "stories", "collate", "text",
        "model",
    ] {
        let mut queue = vec![root().join("crates").join(stage).join("src")];
        while let Some(folder) = queue.pop() {
            for entry in std::fs::read_dir(&folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    queue.push(path);
                } else if path.extension().is_some_and(|e| e == "rs") {
                    read += 1;
                    assert_pure(&path, &forbidden);
                }
            }
        }
    }
    assert!(read > 50, "only {read} source files were found");
}

/// Code before the tests of a file names nothing of the world.
fn assert_pure(path: &Path, forbidden: &[&str]) {
    let source = std::fs::read_to_string(path).expect("source");
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    if path.ends_with("tests.rs") {
        return;
    }
    for line in code.lines().filter(|l| !l.trim_start().starts_with("//")) {
        for name in forbidden {
            assert!(!line.contains(name), "{}: {line}", path.display());
        }
    }
}

#[test]
fn invariant_03_order_and_threads_do_not_matter() {
    for cluster in CLUSTERS {
        let files = example(cluster);
        let run = |order: Vec<String>, threads: &str| {
            let mut arguments: Vec<String> =
                ["collate", "--format", "json", "--threads", threads].map(str::to_owned).into();
            arguments.extend(order);
            text(&arguments)
        };
        let first = run(files.clone(), "2");
        let mut turned = files.clone();
        turned.reverse();
        assert_eq!(first, run(turned, "1"), "{cluster}: reversed, one thread");
        let mut rolled = files.clone();
        rolled.rotate_left(2);
        rolled.extend(files.iter().take(2).cloned());
        assert_eq!(first, run(rolled, "3"), "{cluster}: rolled, two files given twice");
    }
}

/// An outlet that takes over a report adds a witness, but no independent source, to anything.
#[test]
fn invariant_04_a_copy_raises_no_count() {
    let folder = tempfile::tempdir().expect("a folder");
    for cluster in CLUSTERS {
        let files = example(cluster);
        let before = record(&files);
        let copied = rows("clean", &files[..1]).remove(0);
        let body: Vec<String> = copied["body"]
            .as_array()
            .expect("blocks")
            .iter()
            .filter(|b| b["kind"] == "paragraph")
            .map(|b| {
                let at = |k: &str| b[k].as_u64().expect("an offset") as usize;
                slice(copied["text"].as_str().expect("a text"), at("start"), at("end"))
            })
            .collect();
        let row = serde_json::json!({
            "id": "a-copy", "outlet": "The Copying Gazette", "text": body.join("\n\n"),
        });
        let copy = folder.path().join(format!("{cluster}.jsonl"));
        std::fs::write(&copy, format!("{row}\n")).expect("a file");
        let mut more = files.clone();
        more.push(copy.to_string_lossy().into_owned());
        let after = record(&more);
        let count = |r: &Value| r["lineages"].as_array().expect("lineages").len();
        assert_eq!(count(&before), count(&after), "{cluster}: a copy made a lineage");
        let most = |r: &Value| {
            let lists = ["events", "agreements"];
            lists
                .iter()
                .flat_map(|l| r[*l].as_array().expect("a list"))
                .filter_map(|f| f["independent_sources"].as_u64())
                .max()
        };
        assert_eq!(most(&before), most(&after), "{cluster}: a copy raised a count");
    }
}

#[test]
fn invariant_06_every_merge_keeps_its_reasons() {
    for cluster in CLUSTERS {
        let record = record(&example(cluster));
        let mut merged = 0;
        for actor in record["actors"].as_array().expect("actors") {
            let mut reports: Vec<&str> = actor["mentions"]
                .as_array()
                .expect("mentions")
                .iter()
                .filter_map(|m| m["report"].as_str())
                .collect();
            reports.sort_unstable();
            reports.dedup();
            if reports.len() > 1 && actor["kind"] != "country" {
                merged += 1;
                let reasons = actor["merges"].as_array().expect("merges");
                assert!(
                    !reasons.is_empty(),
                    "{cluster}: {} merged without a reason",
                    actor["name"]
                );
            }
        }
        assert!(merged > 0, "{cluster}: nobody was merged across reports");
        for event in record["events"].as_array().expect("events") {
            let tellings = event["mentions"].as_array().expect("mentions").len();
            let reasons = event["merges"].as_array().expect("merges").len();
            assert!(
                tellings < 2 || reasons > 0,
                "{cluster}: {} without a reason",
                event["summary"]
            );
        }
    }
}

#[test]
fn invariant_08_and_09_a_run_writes_only_where_it_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("report.txt");
    std::fs::write(&report, "The two ministers met in Vienna on Monday, officials said.\n")
        .expect("a file");
    let out = folder.path().join("record.json");
    let done = variorum(&[
        "collate".as_ref(),
        "--format".as_ref(),
        "json".as_ref(),
        "--output".as_ref(),
        out.as_os_str(),
        report.as_os_str(),
    ]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(done.stdout.is_empty());
    let mut names: Vec<_> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["record.json", "report.txt"]);
}

/// One crate can open a connection, and one command uses it.
#[test]
fn invariant_10_no_network_unless_asked() {
    let mut users = Vec::new();
    let mut queue = vec![root().join("crates")];
    while let Some(folder) = queue.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                queue.push(path);
                continue;
            }
            let shown = path.strip_prefix(root()).expect("within").display().to_string();
            let code = shown.ends_with(".rs") && shown.contains("/src/");
            if !code && !shown.ends_with("Cargo.toml") {
                continue;
            }
            let source = std::fs::read_to_string(&path).expect("source");
            for client in ["ureq", "reqwest", "hyper", "TcpStream", "UdpSocket", "variorum_fetch"] {
                if source.contains(client) && !shown.starts_with("crates/fetch/") {
                    users.push(shown.clone());
                }
            }
        }
    }
    assert_eq!(users, ["crates/cli/src/commands/watch.rs"]);
}
