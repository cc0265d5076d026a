//! Names against two sets of gold that the bench's scorer does not read: the held-out written
//! passages of this repository, and the roles of countries in re3d.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde_json::{Value, json};

use super::bench::{Bench, json_lines};
use super::figure::Figure;
use super::sets::{Measured, Set};

/// A stretch in code points.
type Stretch = (u64, u64);

/// Exact agreement with the held-out passages of `data/written_names`: span and kind, a country's
/// government as its own kind beside it.
pub(crate) fn written(bench: &Bench, set: &Set) -> Result<Measured> {
    let script = set.gold_in(&bench.shared).join("../../train/written.py");
    let told = String::from_utf8(bench.python(&[script.as_os_str()])?)?;
    let gold: Vec<Value> = told.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let (mentions, usage) = mentions(bench, set, &gold)?;
    let (mut names, mut governments) = (Agreement::default(), Agreement::default());
    for row in &gold {
        let wanted: BTreeSet<(Stretch, &str)> = list(&row["entities"])
            .filter_map(|e| Some((stretch(e)?, kind(e["type"].as_str()?)?)))
            .collect();
        let wanted_governments = list(&row["entities"]).filter(|e| e["type"] == "government");
        let found = mentions.get(row["id"].as_str().unwrap_or_default());
        let found = || found.into_iter().flat_map(list);
        // Groups called after their people are no names, and the passages do not mark them.
        let named = found().filter(|m| m["rule"] != "people");
        names.count(
            &wanted,
            &named.filter_map(|m| Some((stretch(m)?, m["type"].as_str()?))).collect(),
        );
        governments.count(
            &wanted_governments.filter_map(stretch).collect(),
            &found().filter(|m| m["role"] == "government").filter_map(stretch).collect(),
        );
    }
    let mut figures = names.figures(["f1", "precision", "recall"]);
    figures.extend(governments.figures([
        "government",
        "government_precision",
        "government_recall",
    ]));
    Ok((figures, usage))
}

/// Countries and capitals that re3d marks, as an organisation where they act and as a location else:
/// how well `role: "government"` tells the two apart, over mentions that both sides have.
pub(crate) fn roles(bench: &Bench, set: &Set) -> Result<Measured> {
    let gold = json_lines(&set.gold_in(&bench.shared))?;
    let (mentions, usage) = mentions(bench, set, &gold)?;
    let mut roles = Agreement::default();
    let (mut same, mut all) = (0, 0);
    for row in &gold {
        let marked: BTreeMap<Stretch, bool> = list(&row["entities"])
            .filter(|e| e["confidence"].as_f64().is_none_or(|c| c >= 0.5))
            .filter_map(|e| {
                let acts = match e["type"].as_str()? {
                    "Organisation" => true,
                    "Location" => false,
                    _ => return None,
                };
                Some((bare(e)?, acts))
            })
            .collect();
        let Some(found) = mentions.get(row["id"].as_str().unwrap_or_default()) else { continue };
        let (mut wanted, mut told) = (BTreeSet::new(), BTreeSet::new());
        for mention in list(found).filter(|m| m["type"] == "place") {
            let Some(at) = stretch(mention) else { continue };
            let Some(&acts) = marked.get(&at) else { continue };
            let said = mention["role"] == "government";
            wanted.extend(acts.then_some(at));
            told.extend(said.then_some(at));
            same += u64::from(acts == said);
            all += 1;
        }
        roles.count(&wanted, &told);
    }
    let mut figures = roles.figures(["f1", "precision", "recall"]);
    figures.push(Figure::share("right", same, all));
    Ok((figures, usage))
}

/// What `annotate` finds in rows, by id.
fn mentions(
    bench: &Bench,
    set: &Set,
    gold: &[Value],
) -> Result<(BTreeMap<String, Value>, crate::process::Usage)> {
    let rows: Vec<Value> =
        gold.iter().map(|row| json!({"id": row["id"], "text": row["text"]})).collect();
    let (reports, usage) = bench.annotated(set, &rows)?;
    let told = reports.into_iter().map(|report| {
        let id = report["id"].as_str().unwrap_or_default().to_owned();
        (id, report["annotations"]["mentions"].clone())
    });
    Ok((told.collect(), usage))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn stretch(row: &Value) -> Option<Stretch> {
    Some((row["start"].as_u64()?, row["end"].as_u64()?))
}

/// Where a name of re3d stands without its article and possessive ending.
fn bare(entity: &Value) -> Option<Stretch> {
    let (start, end) = stretch(entity)?;
    let value = entity["value"].as_str()?;
    let name = value.strip_prefix("the ").or_else(|| value.strip_prefix("The ")).unwrap_or(value);
    let start = start + (value.len() - name.len()) as u64;
    let owned = name.ends_with("'s") || name.ends_with("’s");
    Some((start, end - if owned { 2 } else { 0 }))
}

/// The kind of mention that a written label asks for; none for titles and peoples.
fn kind(label: &str) -> Option<&str> {
    match label {
        "government" => Some("place"),
        "title" | "people" => None,
        other => Some(other),
    }
}

/// Right, found and wanted.
#[derive(Default)]
struct Agreement {
    right: usize,
    found: usize,
    wanted: usize,
}

impl Agreement {
    fn count<T: Ord>(&mut self, wanted: &BTreeSet<T>, found: &BTreeSet<T>) {
        self.right += wanted.intersection(found).count();
        self.found += found.len();
        self.wanted += wanted.len();
    }

    /// F1, precision and recall under these names.
    fn figures(&self, names: [&str; 3]) -> Vec<Figure> {
        let share = |of: usize| if of == 0 { 0.0 } else { self.right as f64 / of as f64 };
        let (p, r) = (share(self.found), share(self.wanted));
        let f = if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) };
        std::iter::zip(names, [f, p, r]).map(|(name, value)| Figure::rate(name, value)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_and_endings_are_no_part_of_a_name() {
        for (value, expected) in [
            ("the UK", (14, 16)),
            ("Peru’s", (10, 14)),
            ("the Netherlands's", (14, 25)),
            ("Oslo", (10, 14)),
        ] {
            let end = 10 + value.chars().count() as u64;
            let entity = json!({"start": 10, "end": end, "value": value});
            assert_eq!(bare(&entity), Some(expected), "{value}");
        }
    }

    #[test]
    fn agreement_counts_both_ways() {
        let mut agreement = Agreement::default();
        agreement.count(&BTreeSet::from([1, 2, 3, 4]), &BTreeSet::from([3, 4, 5]));
        let values: Vec<f64> = agreement.figures(["f", "p", "r"]).iter().map(|f| f.value).collect();
        assert_eq!(values.iter().map(|v| (v * 1000.0) as i64).collect::<Vec<_>>(), [571, 666, 500]);
    }
}
