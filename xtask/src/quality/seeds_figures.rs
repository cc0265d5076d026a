//! `collate` on the seed reports: the figures of the gold with value, bound, measure and giver, and
//! what a share of a stated whole comes to.

use anyhow::Result;
use serde_json::Value;

use super::bench::{Bench, file_name};
use super::figure::Figure;
use super::seed_values::{Gold, Row, collated};
use super::sets::{Measured, Set};

/// Collates the seeds and looks every figure of the gold up in the record.
pub(crate) fn measure(bench: &Bench, set: &Set) -> Result<Measured> {
    let (rows, record, usage) = collated(bench, set)?;
    Ok((figures(&rows, &record), usage))
}

/// Entries of a list of the record whose evidence touches `row`'s words.
pub(crate) fn at<'r>(record: &'r Value, list: &str, row: &Row) -> Vec<&'r Value> {
    let empty = Vec::new();
    let reports = record["reports"].as_array().unwrap_or(&empty);
    let id = reports
        .iter()
        .find(|r| file_name(&r["path"]).starts_with(row.seed.as_str()))
        .map(|r| &r["id"]);
    let touches = |entry: &&Value| {
        let evidence = &entry["evidence"];
        let (start, end) = (evidence["start"].as_u64(), evidence["end"].as_u64());
        id == Some(&evidence["report"])
            && start.is_some_and(|s| s < row.end)
            && end.is_some_and(|e| row.start < e)
    };
    let entries = record[list].as_array().map_or(&[][..], Vec::as_slice);
    entries.iter().filter(touches).collect()
}

fn figures(rows: &[Row], record: &Value) -> Vec<Figure> {
    let mut counts = [(0, 0); 5];
    let mut count = |n: usize, right: bool| {
        counts[n].0 += u64::from(right);
        counts[n].1 += 1;
    };
    let mut share: Option<(&Row, f64)> = None;
    for row in rows {
        let Gold::Figure { value, bound, measure, giver } = &row.gold else {
            share = None;
            continue;
        };
        let told = at(record, "figures", row);
        let has = |test: &dyn Fn(&Value) -> bool| {
            told.iter().any(|f| f["value"].as_f64() == Some(*value) && test(f))
        };
        count(0, has(&|_| true));
        count(1, has(&|f| f["bound"] == **bound));
        if let Some(measure) = measure {
            count(2, has(&|f| f["measure"] == **measure));
        }
        if let Some(giver) = giver {
            count(3, has(&|f| gives(f, record, giver)));
        }
        // A share and then its whole, of one report.
        if let Some((of, part)) = share.filter(|(of, _)| of.seed == row.seed) {
            let worked_out = at(record, "figures", of)
                .iter()
                .any(|f| f["derived"]["value"].as_f64() == Some(part * value));
            count(4, worked_out);
        }
        share = (*value < 1.0).then_some((row, *value));
    }
    let names = ["values", "bounds", "measures", "givers", "shares_worked_out"];
    let counts = names.into_iter().zip(counts);
    counts.map(|(name, (part, whole))| Figure::share(name, part, whole)).collect()
}

/// Whether `giver`, or a name that it abbreviates, is among those who give the figure.
fn gives(figure: &Value, record: &Value, giver: &str) -> bool {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let ids = list(&figure["attributed_to"]);
    let actors = list(&record["actors"]);
    let named = actors.iter().filter(|a| ids.contains(&a["id"])).map(|a| a["name"].clone());
    let written = list(&figure["attributed_evidence"]).into_iter().map(|e| e["quote"].clone());
    let names: Vec<Value> = named.chain(written).collect();
    names.iter().filter_map(Value::as_str).any(|name| {
        let initials: String = name
            .split_whitespace()
            .filter_map(|w| w.chars().next().filter(|c| c.is_uppercase()))
            .collect();
        name.contains(giver) || initials == giver
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_slot_is_asked_where_the_gold_has_it() {
        let row = |start, end, value, bound, measure, giver: Option<&str>| Row {
            seed: "000".into(),
            start,
            end,
            gold: Gold::Figure { value, bound, measure, giver: giver.map(str::to_owned) },
        };
        let rows = [
            row(0, 4, 40.0, "at_least", Some("killed"), Some("HOA")),
            row(10, 14, 0.5, "at_most", Some("displaced"), None),
            row(20, 24, 60.0, "about", None, None),
            row(30, 34, 3.0, "exact", None, None),
        ];
        let at = |start: u64, end: u64| json!({"report": "r", "start": start, "end": end});
        let record = json!({
            "reports": [{"id": "r", "path": "in/000_x.txt"}],
            "actors": [{"id": "a1", "name": "Harbour Office of Aden"}],
            "figures": [
                {"value": 40, "bound": "at_least", "measure": "killed", "attributed_to": ["a1"],
                 "attributed_evidence": [], "evidence": at(1, 9)},
                {"value": 0.5, "bound": "about", "measure": "displaced", "attributed_to": [],
                 "attributed_evidence": [], "evidence": at(8, 12), "derived": {"value": 30}},
                {"value": 60, "bound": "about", "measure": "population", "attributed_to": [],
                 "attributed_evidence": [], "evidence": at(20, 24)},
                {"value": 3, "bound": "exact", "measure": "count", "attributed_to": [],
                 "attributed_evidence": [], "evidence": at(50, 54)},
            ],
        });
        let told: Vec<String> =
            figures(&rows, &record).iter().map(|f| format!("{} {}", f.name, f.text())).collect();
        assert_eq!(
            told,
            [
                "values 3/4 0.7500",
                "bounds 2/4 0.5000",
                "measures 2/2 1.0000",
                "givers 1/1 1.0000",
                "shares_worked_out 1/1 1.0000",
            ]
        );
    }
}
