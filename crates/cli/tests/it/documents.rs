//! What exists is documented, and the reverse.

use crate::running::{example, record, root, rows};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).expect("the document")
}

/// Keys of all objects of a value.
fn keys(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut queue = vec![value];
    while let Some(value) = queue.pop() {
        match value {
            Value::Array(items) => queue.extend(items),
            Value::Object(map) => {
                found.extend(map.keys().cloned());
                queue.extend(map.values());
            }
            _ => {}
        }
    }
    found
}

#[test]
fn every_field_is_documented_and_every_documented_field_exists() {
    let page = read("docs/record.md");
    let mut fields = BTreeSet::new();
    for cluster in ["harbour-talks", "market-blast"] {
        fields.extend(keys(&record(&example(cluster))));
        for row in rows("annotate", &example(cluster)) {
            fields.extend(keys(&row));
        }
    }
    // A refused input, or a page of posts, brings the last few.
    let refused = ["code", "message", "byte", "rejected", "entries"].map(str::to_owned);
    fields.extend(refused);
    for field in &fields {
        let named = [format!("`{field}`"), format!("\"{field}\"")];
        assert!(named.iter().any(|n| page.contains(n)), "{field} is not in docs/record.md");
    }
    let tables = page.lines().filter(|l| l.starts_with("| `"));
    for name in tables.filter_map(|l| l.split('`').nth(1)) {
        assert!(fields.contains(name), "docs/record.md tells of {name}, which does not exist");
    }
}

/// Options of a command with the values that each can take, as its help has them: `--format` and its like.
fn choices(command: &str) -> Vec<(String, Vec<String>)> {
    let help = crate::running::text(&[command, "--help"]);
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for line in help.lines().map(str::trim) {
        let long =
            line.split(", ").last().filter(|_| line.starts_with('-') && !line.starts_with("- "));
        if let Some(flag) = long.and_then(|l| l.split(' ').next()).filter(|f| f.starts_with("--")) {
            found.push((flag.to_owned(), Vec::new()));
        } else if let Some(value) = line.strip_prefix("- ")
            && let Some((_, values)) = found.last_mut()
        {
            values.push(value.split(':').next().unwrap_or(value).to_owned());
        }
    }
    found.retain(|(_, values)| !values.is_empty());
    found
}

#[test]
fn every_value_of_an_option_is_documented_and_every_documented_value_exists() {
    let page = read("docs/commands.md");
    let pieces: Vec<Vec<&str>> = page
        .lines()
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .map(|code| code.split_whitespace().collect())
        .collect();
    let mut all: Vec<(String, String)> = Vec::new();
    for command in page.lines().filter_map(|l| l.strip_prefix("## `variorum ")) {
        let name = command.split([' ', '`']).next().expect("a name");
        for (flag, values) in choices(name) {
            for value in values {
                let named = pieces.iter().any(|words| words.contains(&value.as_str()));
                assert!(named, "docs/commands.md does not name {flag} {value} of {name}");
                all.push((flag.clone(), value));
            }
        }
    }
    assert!(all.len() > 60, "{} values were read from the help", all.len());
    for words in pieces {
        for pair in words.windows(2) {
            let of_flag: Vec<&str> =
                all.iter().filter(|(f, _)| f == pair[0]).map(|(_, v)| v.as_str()).collect();
            let placeholder = pair[1].chars().all(|c| c.is_ascii_uppercase());
            assert!(
                of_flag.is_empty() || placeholder || of_flag.contains(&pair[1]),
                "docs/commands.md names {} {}, which is not there",
                pair[0],
                pair[1]
            );
        }
    }
}

/// The columns that a page documents, by the table under whose heading they stand.
fn documented_columns(page: &str) -> BTreeMap<String, Vec<String>> {
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut table = String::new();
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            table = heading.trim_matches('`').to_owned();
            tables.insert(table.clone(), Vec::new());
        } else if let Some(cell) = line.strip_prefix("| `").and_then(|l| l.split(" | ").next()) {
            let names = cell.trim_end_matches('`').split("`, `").map(str::to_owned);
            tables.entry(table.clone()).or_default().extend(names);
        }
    }
    tables
}

#[test]
fn every_column_of_an_exported_table_is_documented_and_every_documented_column_exists() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = folder.path().join("r.db").display().to_string();
    let mut adding = vec!["add".to_owned(), "--record".into(), record.clone()];
    adding.extend(example("harbour-talks"));
    crate::running::text(&adding);
    let exported = |table: &str| {
        let asked = ["export", "--record", &record, "--table", table, "--format", "csv"];
        let sheet = crate::running::text(&[&asked[..], &["--mode", "machine"]].concat());
        let header = sheet.lines().next().expect("a header").to_owned();
        header.split(',').map(str::to_owned).collect::<Vec<_>>()
    };
    let documented = documented_columns(&read("docs/formats/tables.md"));
    let choices = choices("export");
    let tables = &choices.iter().find(|(flag, _)| flag == "--table").expect("--table").1;
    assert!(tables.len() > 10, "{tables:?}");
    for table in tables {
        let columns = documented.get(table).unwrap_or_else(|| panic!("no columns of {table}"));
        assert_eq!(*columns, exported(table), "docs/formats/tables.md on {table}");
    }
    let unknown: Vec<&String> = documented.keys().filter(|t| !tables.contains(t)).collect();
    assert!(unknown.is_empty(), "docs/formats/tables.md tells of {unknown:?}");
}

#[test]
fn every_limit_stands_in_limits() {
    let page = read("LIMITS.md").replace(',', "");
    let limits = variorum_intake::Limits::default().table();
    assert!(limits.len() >= 10);
    for limit in limits {
        let row = format!("| `{}` | {} |", limit.name, limit.value);
        assert!(page.contains(&row), "no row {row} in LIMITS.md");
        assert!(page.contains(&format!("`{}`", limit.code)), "{}", limit.code);
    }
}

#[test]
fn every_crate_stands_on_the_map() {
    let map = read("ARCHITECTURE.md");
    for entry in std::fs::read_dir(root().join("crates")).expect("crates") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        assert!(map.contains(&format!("| `{name}` |")), "{name} is not in ARCHITECTURE.md");
    }
}

/// The output that the README shows is what its command prints.
#[test]
fn the_readme_shows_real_output() {
    let page = read("README.md");
    let (_, rest) = page.split_once("<!-- sample: variorum ").expect("a sample");
    let (command, rest) = rest.split_once(" -->").expect("the marker's end");
    let (_, rest) = rest.split_once("```text\n").expect("a block");
    let (shown, _) = rest.split_once("```").expect("the block's end");
    let (command, lines) = command.split_once(" | head -n ").expect("a cut");
    let mut arguments: Vec<&str> = command.split(' ').collect();
    arguments.extend(["--width", "100", "--color", "never"]);
    let printed = crate::running::text(&arguments);
    let lines: usize = lines.trim().parse().expect("a number of lines");
    let printed: Vec<&str> = printed.lines().take(lines).collect();
    assert_eq!(shown.lines().collect::<Vec<_>>(), printed, "run `cargo xtask docs --bless`");
}
