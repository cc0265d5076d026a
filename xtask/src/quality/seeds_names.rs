//! `collate` on the seed reports: the people, bodies, groups and places of the gold with their kinds, and
//! whether all spellings of one are one.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::bench::{Bench, file_name};
use super::figure::Figure;
use super::seed_values::collated;
use super::sets::{Measured, Set};

/// What a row of the gold names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Person,
    Body,
    Place,
}

/// A spelling at the first place where a report has it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Spelling {
    /// Number of the seed ("000"), with which its file name begins.
    seed: String,
    /// Code points.
    start: u64,
    end: u64,
}

/// One row: somebody or something, and how it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    kind: Kind,
    spellings: Vec<Spelling>,
}

/// Collates the seeds and looks every name of section 2 of `collation.md` up in the record.
pub(crate) fn measure(bench: &Bench, set: &Set) -> Result<Measured> {
    let (_, record, usage) = collated(bench, set)?;
    let path = set.gold_in(&bench.shared).with_file_name("collation.md");
    let notes = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let rows = rows(&notes);
    ensure!(!rows.is_empty(), "no table of names in {}", path.display());
    Ok((figures(&rows, &record), usage))
}

/// The rows of section 2. A form in lower case describes somebody and is no name.
fn rows(notes: &str) -> Vec<Row> {
    let section = notes.split_once("\n## 2. ").map_or("", |(_, rest)| rest);
    let section = section.split("\n## ").next().unwrap_or_default();
    let mut kind = Kind::Person;
    let mut found = Vec::new();
    for line in section.lines() {
        if let Some(head) = line.strip_prefix("### ") {
            kind = match head.split_whitespace().next() {
                Some("People") => Kind::Person,
                Some("Places") => Kind::Place,
                _ => Kind::Body,
            };
        }
        let spellings = if line.starts_with('|') { spellings(line) } else { Vec::new() };
        if !spellings.is_empty() {
            found.push(Row { kind, spellings });
        }
    }
    found
}

/// The parts of a row that read `000: “Form” ×2 first 000[10:14]`.
fn spellings(line: &str) -> Vec<Spelling> {
    let mut found = Vec::new();
    for part in line.split(';') {
        let Some((form, at)) = part.split_once("” ×") else { continue };
        let Some((_, form)) = form.split_once('“') else { continue };
        let named = form.chars().next().is_some_and(char::is_uppercase)
            // "al-Nusra Front"
            || form.starts_with("al-");
        let Some((seed, span)) = at.split_once(" first ").and_then(|(_, s)| s.split_once('['))
        else {
            continue;
        };
        let Some((start, end)) = span.split(']').next().and_then(|s| s.split_once(':')) else {
            continue;
        };
        if let (true, Ok(start), Ok(end)) = (named, start.parse(), end.parse()) {
            found.push(Spelling { seed: seed.trim().to_owned(), start, end });
        }
    }
    found
}

/// Ids of the record's actors or places of the kinds of `row` that have a mention at `spelling`.
fn ids(record: &Value, kind: Kind, spelling: &Spelling) -> BTreeSet<String> {
    let list = |name: &str| record[name].as_array().cloned().unwrap_or_default();
    let report = list("reports")
        .into_iter()
        .find(|r| file_name(&r["path"]).starts_with(spelling.seed.as_str()))
        .map(|r| r["id"].clone());
    let touches = |m: &Value| {
        Some(&m["report"]) == report.as_ref()
            && m["start"].as_u64().is_some_and(|s| s < spelling.end)
            && m["end"].as_u64().is_some_and(|e| spelling.start < e)
    };
    let fits = |entry: &Value| match (kind, entry["kind"].as_str()) {
        (Kind::Person, kind) => kind == Some("person"),
        (Kind::Body, kind) => matches!(kind, Some("organization" | "group" | "country")),
        (Kind::Place, kind) => matches!(kind, None | Some("country")),
    };
    let mut entries = list("actors");
    if kind == Kind::Place {
        entries.extend(list("places"));
    }
    entries
        .iter()
        .filter(|e| fits(e))
        .filter(|e| e["mentions"].as_array().is_some_and(|ms| ms.iter().any(touches)))
        .filter_map(|e| e["id"].as_str().map(str::to_owned))
        .collect()
}

fn figures(rows: &[Row], record: &Value) -> Vec<Figure> {
    let kinds = [(Kind::Person, "people"), (Kind::Body, "bodies"), (Kind::Place, "places")];
    let mut told = Vec::new();
    for (kind, name) in kinds {
        let (mut found, mut all, mut joined, mut several) = (0, 0, 0, 0);
        for row in rows.iter().filter(|r| r.kind == kind) {
            let ids: Vec<_> = row.spellings.iter().map(|s| ids(record, kind, s)).collect();
            all += ids.len() as u64;
            found += ids.iter().filter(|i| !i.is_empty()).count() as u64;
            if ids.len() > 1 {
                several += 1;
                let shared = ids.iter().cloned().reduce(|a, b| &a & &b).unwrap_or_default();
                joined += u64::from(!shared.is_empty());
            }
        }
        told.push(Figure::share(name, found, all));
        told.push(Figure::share(&format!("{name}_joined"), joined, several));
    }
    told
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_are_found_by_kind_and_joined_when_one_entry_has_them_all() {
        let notes = "\n## 2. Table\n### People\n| P1 | A | 000: “Anna Weiss” ×1 first 000[0:10]; \
                     001: “Weiss” ×2 first 001[5:10]; 001: “the minister” ×1 first 001[20:32] | x |\n\
                     ### Organisations\n| O1 | B | 000: “Harbour Office” ×1 first 000[20:34] |\n\
                     ### Places\n| Oslo | 000: “Oslo” ×1 first 000[40:44] |\n## 3. Next\n";
        let at = |report: &str, start: u64, end: u64| json!({"report": report, "start": start, "end": end});
        let record = json!({
            "reports": [{"id": "a", "path": "000_a.txt"}, {"id": "b", "path": "001_b.txt"}],
            "actors": [
                {"id": "a1", "kind": "person", "mentions": [at("a", 0, 10), at("b", 5, 10)]},
                {"id": "a2", "kind": "person", "mentions": [at("a", 20, 34)]},
            ],
            "places": [{"id": "p1", "mentions": [at("a", 40, 44)]}],
        });
        let told: Vec<String> = figures(&rows(notes), &record)
            .iter()
            .map(|f| format!("{} {}", f.name, f.text()))
            .collect();
        assert_eq!(
            told,
            [
                "people 2/2 1.0000",
                "people_joined 1/1 1.0000",
                "bodies 0/1 0.0000",
                "bodies_joined 0/0 0.0000",
                "places 1/1 1.0000",
                "places_joined 0/0 0.0000"
            ]
        );
    }
}
