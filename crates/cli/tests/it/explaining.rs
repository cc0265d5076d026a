//! `annotate --explain` and `--uncoded`.

use crate::running::{example, lines, rows, text, variorum, variorum_with};

#[test]
fn an_event_is_explained_by_number_and_by_place() {
    let files = example("harbour-talks");
    let mut all = vec!["annotate".to_owned()];
    all.extend(files.iter().cloned());
    let reports = rows("annotate", &files);
    let report = reports.iter().find(|r| r["annotations"]["events"][0].is_object());
    let report = report.expect("a report with events");
    let event = &report["annotations"]["events"][0];
    let id = report["id"].as_str().expect("an id");
    let by_number = format!("{id}:{}", event["id"].as_str().expect("a number"));
    let by_place = format!("{id}:@{}", event["trigger"][0]);
    let told = |name: &str| {
        let mut arguments = all.clone();
        arguments.extend(["--explain".to_owned(), name.to_owned()]);
        text(&arguments)
    };
    let explained = told(&by_number);
    assert_eq!(explained, told(&by_place));
    let kind = event["type"].as_str().expect("a type");
    assert!(explained.starts_with(&format!("{by_number}  {kind}")), "{explained}");
    for part in ["trigger", "Rule ", "Models ("] {
        assert!(explained.contains(part), "{part}: {explained}");
    }
}

#[test]
fn an_event_that_is_not_there_is_said_to_be_missing() {
    let file = example("harbour-talks").remove(0);
    let output = variorum(&["annotate", &file, "--explain", "e9999"]);
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(message.contains("no such event") && message.contains(&file), "{message}");
    let output = variorum(&["annotate", &file, "--explain", "nonsense"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn gaps_of_the_lexicon_are_rows_with_citations() {
    let report = b"Harbour news\n\nKenya envies Norway. Kenya attacked Norway. Kenya envies its neighbours.\n";
    let output = variorum_with(&["annotate", "--uncoded", "-"], report);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found = lines(&String::from_utf8(output.stdout).expect("UTF-8"));
    let told: Vec<_> = found
        .iter()
        .map(|row| {
            [
                &row["phrase"],
                &row["at"]["quote"],
                &row["actor"]["quote"],
                &row["recipient"]["quote"],
            ]
        })
        .collect();
    assert_eq!(told, [["envy", "envies", "Kenya", "Norway"]], "{found:#?}");
}
