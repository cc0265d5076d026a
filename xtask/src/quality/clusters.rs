//! The clusters of real reports with hand-made gold: one `collate` each, counts summed over them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::bench::{Bench, files};
use super::figure::Figure;
use super::sets::{Measured, Set};
use crate::process::Usage;

/// Shares of the summed counts: figure, part, whole.
const SHARES: &[(&str, &str, &str)] = &[
    ("conflict_recall", "/conflicts/found", "/conflicts/must"),
    ("conflict_kind_right", "/conflicts/kind_right", "/conflicts/must"),
    ("conflict_precision", "/conflicts/true", "/conflicts/reported"),
    ("variant_recall", "/people/variant_pairs_joined", "/people/variant_pairs"),
    ("event_recall", "/events/found_typed", "/events/must"),
    ("event_recall_any_type", "/events/found_any_type", "/events/must"),
    ("events_linked", "/events/linked_across_reports", "/events/linkable"),
    ("figure_recall", "/figures/value_right", "/figures/gold"),
    ("figure_bound_recall", "/figures/value_and_bound_right", "/figures/gold"),
];

/// Summed counts that should be nothing.
const FAULTS: &[(&str, &str)] = &[
    ("bad_spans", "/bad_spans"),
    ("traps_hit", "/conflicts/traps_hit"),
    ("wrongly_joined", "/people/wrongly_joined"),
];

/// Collates every cluster and sums the scorer's counts.
pub(crate) fn measure(bench: &Bench, set: &Set) -> Result<Measured> {
    let folder = bench.folder(set.task, set.name)?;
    let (mut sums, mut usage) = (Sums::default(), Usage::default());
    let clusters = folders(&set.gold_in(&bench.shared))?;
    ensure!(!clusters.is_empty(), "no clusters");
    for gold in clusters {
        let name = gold.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let out = folder.join(format!("{name}.json"));
        let cost = bench.read("collate", &files(&gold.join("reports"))?, "json", &out);
        usage.add(cost.with_context(|| name.clone())?);
        sums.add(&bench.score(set.task, &gold, &out).with_context(|| name.clone())?)?;
    }
    Ok((sums.figures(), usage))
}

/// The folders below `parent` that hold a cluster, by name.
fn folders(parent: &Path) -> Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(parent)? {
        let path = entry?.path();
        if path.join("gold.json").is_file() {
            folders.push(path);
        }
    }
    folders.sort();
    Ok(folders)
}

/// Counts by their JSON pointer, summed over clusters.
#[derive(Default)]
struct Sums(BTreeMap<&'static str, u64>);

impl Sums {
    fn add(&mut self, scores: &Value) -> Result<()> {
        let shares = SHARES.iter().flat_map(|&(_, part, whole)| [part, whole]);
        let mut pointers: Vec<&'static str> = shares.chain(FAULTS.iter().map(|f| f.1)).collect();
        pointers.sort_unstable();
        pointers.dedup();
        for pointer in pointers {
            let count = scores.pointer(pointer).and_then(Value::as_u64);
            *self.0.entry(pointer).or_default() +=
                count.with_context(|| format!("the scorer gave no {pointer}"))?;
        }
        Ok(())
    }

    fn get(&self, pointer: &str) -> u64 {
        self.0.get(pointer).copied().unwrap_or(0)
    }

    fn figures(&self) -> Vec<Figure> {
        let share = |&(name, part, whole): &(&str, &str, &str)| {
            Figure::share(name, self.get(part), self.get(whole))
        };
        let faults = |&(name, at): &(&str, &str)| Figure::faults(name, self.get(at));
        SHARES.iter().map(share).chain(FAULTS.iter().map(faults)).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn scores(found: u64, must: u64, traps: u64) -> Value {
        json!({
            "bad_spans": 0,
            "conflicts": {"found": found, "kind_right": 0, "must": must, "reported": 4, "true": 2,
                          "traps_hit": traps, "traps": 9},
            "people": {"variant_pairs_joined": 1, "variant_pairs": 2, "wrongly_joined": 0},
            "events": {"found_typed": 1, "found_any_type": 1, "must": 3,
                       "linked_across_reports": 0, "linkable": 1, "reported": 5},
            "figures": {"value_right": 2, "value_and_bound_right": 1, "gold": 4, "reported": 4},
        })
    }

    #[test]
    fn rates_come_from_the_sums_not_from_the_rates() {
        let mut sums = Sums::default();
        sums.add(&scores(1, 1, 2)).unwrap();
        sums.add(&scores(0, 9, 1)).unwrap();
        let figures = sums.figures();
        let get = |name: &str| figures.iter().find(|f| f.name == name).unwrap().clone();
        assert_eq!(get("conflict_recall"), Figure::share("conflict_recall", 1, 10));
        assert_eq!(get("conflict_precision"), Figure::share("conflict_precision", 4, 8));
        assert_eq!(get("traps_hit"), Figure::faults("traps_hit", 3));
    }

    #[test]
    fn a_count_the_scorer_does_not_give_is_an_error() {
        let mut scores = scores(1, 1, 1);
        scores["people"] = Value::Null;
        assert!(Sums::default().add(&scores).is_err());
    }
}
