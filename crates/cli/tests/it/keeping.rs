//! The commands over a record file.

use crate::running::{citations, example, lines, slice, text, variorum, variorum_with};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use variorum_record::RecordFile;

/// A folder that goes with the test, and a record of the example clusters in it.
fn made() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let record = folder.path().join("r.db").display().to_string();
    let mut arguments = vec!["add".to_owned(), "--record".into(), record.clone()];
    arguments.extend(example("harbour-talks"));
    arguments.extend(example("market-blast"));
    assert!(text(&arguments).contains("12 reports in 2 stories"));
    (folder, record)
}

fn asked(record: &str, arguments: &[&str]) -> Vec<Value> {
    let mut all = arguments.to_vec();
    all.extend(["--record", record, "--format", "jsonl"]);
    lines(&text(&all))
}

#[test]
fn what_was_added_can_be_found_and_shown() {
    let (_folder, record) = made();
    let again = text(&["add", "examples/harbour-talks", "--record", &record]);
    assert!(again.starts_with("0 new, 0 copied, 6 already there, 0 rejected"), "{again}");
    let hits = asked(&record, &["search", "Kholmirzaev"]);
    assert!(hits.len() >= 5, "{hits:?}");
    let exact = asked(&record, &["search", "Kholmirzaev", "--exact"]);
    assert!(!exact.is_empty() && exact.len() < hits.len());
    for hit in &hits {
        let id = hit["id"].as_str().expect("an id");
        let shown = asked(&record, &["show", id]).remove(0);
        let report = shown["text"].as_str().expect("a text");
        for cited in citations(hit) {
            let at = |key: &str| cited[key].as_u64().expect("an offset") as usize;
            assert_eq!(
                slice(report, at("start"), at("end")),
                cited["quote"].as_str().expect("a quote")
            );
        }
    }
    for (facets, some) in [
        (&["--type", "consult"][..], true),
        (&["--office", "defence minister"], true),
        (&["--place", "Aktau"], true),
        (&["--place", "KAZ"], true),
        (&["--outlet", "meridian"], true),
        (&["--conflict", "date"], true),
        (&["--from", "2018-11-01", "--to", "2018-11-30"], true),
        (&["--actor", "Ghaffarian"], true),
        (&["--actor", "Nobody Known"], false),
        (&["--from", "2031-01-01"], false),
    ] {
        let found = asked(&record, &[&["search"], facets].concat());
        assert_eq!(!found.is_empty(), some, "{facets:?}");
    }
    for command in ["stories", "actors", "conflicts", "timeline"] {
        assert!(!asked(&record, &[command]).is_empty(), "{command}");
        assert!(!text(&[command, "--record", &record]).is_empty(), "{command}");
    }
}

#[test]
fn the_record_of_a_story_is_what_collate_makes() {
    let (_folder, record) = made();
    let collated: Value = {
        let mut arguments = vec!["collate".to_owned(), "--format".into(), "json".into()];
        arguments.extend(example("harbour-talks"));
        serde_json::from_str(&text(&arguments)).expect("JSON")
    };
    let of = collated["reports"][0]["id"].as_str().expect("an id");
    // The first time it is made, the second it is kept.
    for _ in 0..2 {
        let shown = asked(&record, &["show", &format!("s:{of}")]).remove(0);
        assert_eq!(shown, collated);
    }
}

#[test]
fn annotated_reports_come_out_as_they_would_be_read() {
    let (_folder, record) = made();
    let mut arguments = vec!["annotate".to_owned()];
    arguments.extend(example("market-blast"));
    let read: HashMap<String, Value> =
        lines(&text(&arguments)).into_iter().map(|row| (row["id"].to_string(), row)).collect();
    let kept = asked(&record, &["export"]);
    let same = kept.iter().filter(|row| read.get(&row["id"].to_string()) == Some(row)).count();
    assert_eq!(same, 6);
}

#[test]
fn spreadsheets_run_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = folder.path().join("r.db").display().to_string();
    let row =
        json!({"id": "=1+1", "title": "=HYPERLINK(\"x\")", "text": "The council met on Monday."});
    let added = variorum_with(&["add", "-", "--record", &record], row.to_string().as_bytes());
    assert!(added.status.success());
    let csv =
        |mode: &str| text(&["export", "--format", "csv", "--mode", mode, "--record", &record]);
    assert!(csv("machine").contains("\n=1+1,"));
    let sheet = csv("spreadsheet");
    assert!(sheet.starts_with('\u{feff}') && sheet.contains("\n'=1+1,"), "{sheet}");
    assert!(sheet.contains(",\"'=HYPERLINK("), "{sheet}");
    for table in ["mentions", "events", "quotations", "figures", "conflicts"] {
        let head = text(&["export", "--table", table, "--format", "csv", "--record", &record]);
        assert!(head.contains("quote"), "{table}");
    }
}

#[test]
fn parquet_holds_what_csv_does() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    let (folder, record) = made();
    let tables = [
        "reports",
        "mentions",
        "events",
        "quotations",
        "figures",
        "conflicts",
        "judgements",
        "consultations",
        "offices",
        "series",
        "timeline",
    ];
    for table in tables {
        let file = folder.path().join(format!("{table}.parquet"));
        let shown = file.display().to_string();
        let made = ["export", "--table", table, "--format", "parquet", "--output", &shown];
        text(&[&made[..], &["--record", &record]].concat());
        let reader = SerializedFileReader::new(std::fs::File::open(&file).expect("a file"))
            .expect("Parquet");
        let rows: Vec<_> =
            reader.get_row_iter(None).expect("rows").map(|r| r.expect("a row")).collect();
        let csv = text(&[
            "export", "--table", table, "--format", "csv", "--mode", "machine", "--record", &record,
        ]);
        let schema = reader.metadata().file_metadata().schema();
        let names: Vec<&str> = schema.get_fields().iter().map(|f| f.name()).collect();
        assert_eq!(csv.lines().next().expect("a header"), names.join(","), "{table}");
        // Quotes may hold line ends, so rows are counted as JSON.
        let count = match table {
            "reports" => 12,
            _ => asked(&record, &["export", "--table", table]).len(),
        };
        assert_eq!(rows.len(), count, "{table}");
        for (_, field) in rows.iter().flat_map(|row| row.get_column_iter()).take(500) {
            if let Field::Long(n) = field {
                assert!(csv.contains(&n.to_string()), "{table} {n}");
            }
        }
        if table == "mentions" {
            let start = rows[0].get_column_iter().find(|c| c.0 == "start").expect("a column");
            assert!(matches!(start.1, Field::Long(_)), "{start:?}");
        }
    }
}

#[test]
fn the_kept_records_of_stories_are_checked_too() {
    let (_folder, record) = made();
    assert!(!asked(&record, &["conflicts"]).is_empty());
    let verified = text(&["verify", "--record", &record]);
    assert!(verified.starts_with("12 reports and 2 records of stories, "), "{verified}");
    assert!(verified.ends_with("citations checked: all as they were added\n"), "{verified}");
}

#[test]
fn damage_is_told_with_status_2() {
    let (folder, record) = made();
    let sound = variorum(&["verify", "--record", &record]);
    assert!(sound.status.success(), "{}", String::from_utf8_lossy(&sound.stderr));
    let bad = folder.path().join("bad.db");
    let bytes = std::fs::read(&record).expect("a file");
    std::fs::write(&bad, &bytes[..bytes.len() / 2]).expect("written");
    for command in [&["verify"][..], &["stories"], &["search", "truce"], &["add", "README.md"]] {
        let shown = bad.display().to_string();
        let arguments = [command, &["--record", &shown]].concat();
        let output = variorum(&arguments);
        assert_eq!(output.status.code(), Some(2), "{command:?}");
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(message.contains("bad.db:") && message.contains("cut short"), "{message}");
    }
    let missing = variorum(&["stories", "--record", "examples/no.db"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(!Path::new("examples/no.db").exists());
}

#[cfg(unix)]
#[test]
fn a_quota_that_is_met_loses_nothing() {
    let (_folder, record) = made();
    let rows = rows_to_add(_folder.path(), 300);
    // No file of this process may grow past what the record has, and a bit.
    let script = format!(
        "trap '' XFSZ; ulimit -f 400; exec {} add {} --record {record} --quiet",
        env!("CARGO_BIN_EXE_variorum"),
        rows.display()
    );
    let output = Command::new("bash").args(["-c", &script]).output().expect("bash");
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(message.contains("all that was acknowledged is kept"), "{message}");
    let sound = variorum(&["verify", "--record", &record]);
    assert!(sound.status.success(), "{}", String::from_utf8_lossy(&sound.stderr));
    assert!(
        text(&["add", &rows.display().to_string(), "--record", &record]).contains("312 reports")
    );
}

/// Rows of short invented reports.
fn rows_to_add(folder: &Path, count: usize) -> PathBuf {
    let path = folder.join("rows.jsonl");
    let row = |n: usize| {
        let text = format!(
            "Councillor {n} Barlow met the pilots of harbour {n} on Monday. The guild said {n} boats waited."
        );
        json!({"id": format!("row-{n}"), "text": text}).to_string()
    };
    let rows: Vec<String> = (0..count).map(row).collect();
    std::fs::write(&path, rows.join("\n")).expect("written");
    path
}

/// Kills `add` at one moment after another; whatever it acknowledged must be there.
fn kill_again_and_again(rounds: u64) {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = rows_to_add(folder.path(), 400);
    let mut acknowledged_before_a_kill = 0;
    for round in 0..rounds {
        let record = folder.path().join(format!("r{}.db", round / 4));
        let mut child = Command::new(env!("CARGO_BIN_EXE_variorum"))
            .arg("add")
            .arg(&rows)
            .args(["--format", "jsonl", "--quiet", "--record"])
            .arg(&record)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary starts");
        let out = BufReader::new(child.stdout.take().expect("a pipe"));
        let (told, first) = std::sync::mpsc::channel();
        let reader = std::thread::spawn(move || {
            let whole = |line: String| {
                told.send(()).ok();
                serde_json::from_str::<Value>(&line).ok()
            };
            out.lines().map_while(Result::ok).filter_map(whole).collect::<Vec<_>>()
        });
        // Every other kill comes after something was acknowledged, however slow the machine is; moments
        // are spread over a run by the golden ratio.
        if round % 2 == 1 {
            first.recv_timeout(Duration::from_secs(120)).ok();
        }
        std::thread::sleep(Duration::from_millis(100 + round * 1_236 % 2_000));
        child.kill().expect("a kill");
        child.wait().expect("an end");
        let acknowledged = reader.join().expect("rows");
        if acknowledged.is_empty() {
            continue;
        }
        acknowledged_before_a_kill += acknowledged.len();
        let file = RecordFile::open(&record).expect("the record opens");
        for row in &acknowledged {
            let report = file.find(row["id"].as_str().expect("an id")).expect("it is there");
            file.read(&report, i64::MAX).expect("it reads");
        }
        assert_eq!(file.verify(|| ()).expect("it can be checked").faults, Vec::<String>::new());
    }
    assert!(acknowledged_before_a_kill > 0, "no kill came after an acknowledgement");
    let record = folder.path().join("r0.db").display().to_string();
    let rows = rows.display().to_string();
    let done = text(&["add", &rows, "--record", &record]);
    assert!(done.contains("holds 400 reports"), "{done}");
}

#[test]
fn invariant_09_an_acknowledged_report_survives_a_kill() {
    kill_again_and_again(8);
}

#[test]
#[ignore = "takes minutes: two hundred kills"]
fn invariant_09_two_hundred_kills() {
    kill_again_and_again(200);
}
