//! Small groups of accounts that give counts of killed and wounded, each with a typed verdict.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::Value;

use super::bench::{Bench, json, write_lines};
use super::figure::Figure;
use super::pairs::{field, row};
use super::sets::{Measured, Set};
use crate::process::Usage;

/// Collates each group by itself and holds the record against its verdict and its claims.
pub(crate) fn measure(bench: &Bench, set: &Set) -> Result<Measured> {
    let folder = bench.folder(set.task, set.name)?;
    let gold = json(&set.gold_in(&bench.shared))?;
    let groups = gold.as_array().context("no list of groups")?;
    let (mut right, mut found, mut claimed, mut false_conflicts) = (0, 0, 0, 0);
    let mut usage = Usage::default();
    for (number, group) in groups.iter().enumerate() {
        let input = folder.join(format!("{number}.jsonl"));
        let out = folder.join(format!("{number}.json"));
        let rows = accounts(group)?;
        write_lines(&input, &rows)?;
        usage.add(bench.read("collate", &[input], "json", &out)?);
        let record = json(&out)?;
        let verdict = field(group, "verdict")?;
        right += u64::from(verdict_right(verdict, &record));
        false_conflicts += u64::from(verdict != "conflict" && conflict_of_numbers(&record));
        let claims = group["claims"].as_array().context("a group without claims")?;
        claimed += claims.len() as u64;
        found += values_found(claims, &record, &rows);
    }
    let figures = vec![
        Figure::share("verdict_right", right, groups.len() as u64),
        Figure::share("values_found", found, claimed),
        Figure::faults("false_conflicts", false_conflicts),
    ];
    Ok((figures, usage))
}

fn accounts(group: &Value) -> Result<Vec<Value>> {
    let date = field(group, "date")?;
    let accounts = group["accounts"].as_array().context("a group without accounts")?;
    accounts
        .iter()
        .map(|account| {
            let source = field(account, "source")?;
            Ok(row(source, field(account, "text")?, date, source))
        })
        .collect()
}

fn list<'a>(record: &'a Value, name: &str) -> &'a [Value] {
    record[name].as_array().map_or(&[], Vec::as_slice)
}

fn conflict_of_numbers(record: &Value) -> bool {
    list(record, "conflicts").iter().any(|c| c["kind"] == "number" && c["verdict"] == "conflict")
}

fn copied(record: &Value) -> bool {
    list(record, "dependence").iter().any(|d| d["kind"] == "copies" || d["kind"] == "reprints")
}

/// A conflict must be told as one; counts that only bound each other must not; a copy must be told
/// as a copy and conflicts with nothing.
fn verdict_right(verdict: &str, record: &Value) -> bool {
    match verdict {
        "conflict" => conflict_of_numbers(record),
        "copy" => copied(record) && !conflict_of_numbers(record),
        _ => !conflict_of_numbers(record),
    }
}

/// Claims whose number stands among the record's figures, cited to the report that makes it.
fn values_found(claims: &[Value], record: &Value, rows: &[Value]) -> u64 {
    let sources = sources(record, rows);
    let stands = |claim: &Value| {
        list(record, "figures").iter().any(|figure| {
            let report = figure["evidence"]["report"].as_str().unwrap_or_default();
            let same_value = figure["value"].as_f64() == claim["value"].as_f64();
            same_value && sources.get(report).is_some_and(|source| claim["source"] == **source)
        })
    };
    claims.iter().filter(|claim| stands(claim)).count() as u64
}

/// The source of each report, by its id in the record: the row of that id, or of that text.
fn sources<'a>(record: &'a Value, rows: &'a [Value]) -> BTreeMap<&'a str, &'a Value> {
    let source = |report: &'a Value| {
        let id = report["id"].as_str()?;
        let by = |key: &str| rows.iter().find(|row| row[key] == report[key]);
        Some((id, &by("id").or_else(|| by("text"))?["id"]))
    };
    list(record, "reports").iter().filter_map(source).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_verdict_is_held_against_what_the_record_says() {
        let number = json!([{"kind": "number", "verdict": "conflict"}]);
        let sources = json!([{"kind": "number", "verdict": "different_sources"}]);
        let copy = json!([{"kind": "copies"}]);
        for (verdict, conflicts, dependence, right) in [
            ("conflict", &number, &json!([]), true),
            ("conflict", &sources, &json!([]), false),
            ("compatible_bounds", &sources, &json!([]), true),
            ("compatible_bounds", &number, &json!([]), false),
            ("copy", &json!([]), &copy, true),
            ("copy", &json!([]), &json!([{"kind": "credits"}]), false),
            ("copy", &number, &copy, false),
        ] {
            let record = json!({"conflicts": conflicts, "dependence": dependence});
            assert_eq!(verdict_right(verdict, &record), right, "{verdict} {record}");
        }
    }

    #[test]
    fn a_value_counts_only_for_the_report_that_gives_it() {
        let rows = [row("one", "text one", "", ""), row("two", "text two", "", "")];
        let claims = [
            json!({"source": "one", "value": 26}),
            json!({"source": "two", "value": 21}),
            json!({"source": "two", "value": 26}),
        ];
        let record = json!({
            "reports": [{"id": "one", "text": "text one"}, {"id": "hash", "text": "text two"}],
            "figures": [
                {"value": 26, "evidence": {"report": "one"}},
                {"value": 21.0, "evidence": {"report": "hash"}},
            ],
        });
        assert_eq!(values_found(&claims, &record, &rows), 2);
    }
}
