//! What exists is documented, and the reverse.

use crate::running::{example, record, root, rows};
use serde_json::Value;
use std::collections::BTreeSet;

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
