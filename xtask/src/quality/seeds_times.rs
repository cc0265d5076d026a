//! `collate` on the seed reports: the days of the gold, what they are reckoned from, and what stays
//! open.

use anyhow::Result;
use serde_json::Value;

use super::bench::{Bench, file_name};
use super::figure::Figure;
use super::seed_values::{Gold, Row, collated};
use super::seeds_figures::at;
use super::sets::{Measured, Set};

/// Collates the seeds and looks every time of the gold up in the record.
pub(crate) fn measure(bench: &Bench, set: &Set) -> Result<Measured> {
    let (rows, record, usage) = collated(bench, set)?;
    Ok((figures(&rows, &record), usage))
}

fn figures(rows: &[Row], record: &Value) -> Vec<Figure> {
    let (mut days, mut bases, mut open, mut dated) = ((0, 0), 0, (0, 0), 0);
    for row in rows {
        let told = at(record, "times", row);
        match &row.gold {
            Gold::Days { first, last, vague, basis } => {
                let (right, base) = if is_publication(row, record) {
                    let published = &published(row, record)["published"];
                    let fits = |f: &str| published[f].as_str() == Some(first.as_str());
                    (fits("start") && fits("end"), published["basis"] == "stated")
                } else {
                    let out = published(row, record)["published"]["end"].as_str().unwrap_or(last);
                    let right = told
                        .iter()
                        .any(|t| is_right(&t["days"], first, last, vague.then_some(out)));
                    (right, told.iter().any(|t| is_base(t, basis, published(row, record))))
                };
                days.0 += u64::from(right);
                days.1 += 1;
                bases += u64::from(right && base);
            }
            Gold::Open(value) => {
                let fits = |t: &Value| value.as_deref().is_none_or(|v| t["value"] == v);
                let left = told.iter().any(|t| fits(t))
                    && told.iter().all(|t| {
                        // "pub−2d" is open only until the day of publication is settled.
                        let settled = value.is_none() && t["basis"] == "publication";
                        settled || t["days"].is_null()
                    });
                open.0 += u64::from(left);
                open.1 += 1;
            }
            Gold::Debris => dated += told.len() as u64,
            Gold::Figure { .. } => {}
        }
    }
    vec![
        Figure::share("days", days.0, days.1),
        Figure::share("bases", bases, days.1),
        Figure::share("left_open", open.0, open.1),
        Figure::faults("read_in_debris", dated),
    ]
}

/// Whether a time is reckoned from what the gold says. What another report lends may come by way of a
/// day of publication inferred from it.
fn is_base(time: &Value, basis: &str, report: &Value) -> bool {
    let lent = basis == "other_report"
        && time["basis"] == "publication"
        && report["published"]["basis"] == "inferred";
    time["basis"] == *basis || lent
}

fn published<'r>(row: &Row, record: &'r Value) -> &'r Value {
    let reports = record["reports"].as_array().map_or(&[][..], Vec::as_slice);
    let of = reports.iter().find(|r| file_name(&r["path"]).starts_with(row.seed.as_str()));
    of.unwrap_or(&Value::Null)
}

/// Whether the row's words are those that give the day of publication.
fn is_publication(row: &Row, record: &Value) -> bool {
    let published = &published(row, record)["published"];
    let evidence = published["evidence"].as_array().map_or(&[][..], Vec::as_slice);
    published["basis"] == "stated"
        && evidence
            .iter()
            .any(|e| e["start"].as_u64() == Some(row.start) && e["end"].as_u64() == Some(row.end))
}

/// Whether the days are the gold's, or, where it calls them vague, touch them and end with them or with
/// the last day on which the report can have come out; an open end is none.
fn is_right(days: &Value, first: &str, last: &str, vague: Option<&str>) -> bool {
    let (earliest, latest) = (days["earliest"].as_str(), days["latest"].as_str());
    if let Some(out) = vague {
        let touches = latest.is_some_and(|l| first <= l) && earliest.is_none_or(|e| e <= last);
        return touches && latest.is_some_and(|l| l <= last || l == out);
    }
    earliest == Some(first) && latest == Some(last)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn days_are_right_wrong_or_open() {
        for (earliest, latest, vague, right) in [
            (Some("2011-06-01"), Some("2011-06-30"), None, true),
            (Some("2011-06-02"), Some("2011-06-30"), None, false),
            (None, Some("2011-06-20"), Some("2011-06-20"), true),
            (None, Some("2011-07-03"), Some("2011-07-03"), true),
            (None, Some("2011-07-20"), Some("2011-07-03"), false),
            (None, Some("2011-05-20"), Some("2011-05-20"), false),
            (None, None, Some("2011-07-03"), false),
        ] {
            let days = json!({"earliest": earliest, "latest": latest});
            assert_eq!(is_right(&days, "2011-06-01", "2011-06-30", vague), right, "{days}");
        }
    }

    #[test]
    fn every_row_is_held_against_the_record() {
        let row = |start, end, gold| Row { seed: "000".into(), start, end, gold };
        let day = |day: &str, basis| Gold::Days {
            first: day.into(),
            last: day.into(),
            vague: false,
            basis,
        };
        let rows = [
            row(0, 4, day("2011-06-05", "publication")),
            row(10, 14, day("2011-06-03", "publication")),
            row(20, 24, day("2011-06-02", "other_report")),
            row(30, 34, Gold::Open(Some("XXXX-WXX-7".into()))),
            row(40, 44, Gold::Debris),
        ];
        let time = |start: u64, value: &str, day: Option<&str>, basis: &str| {
            let days = day.map(|d| json!({"earliest": d, "latest": d}));
            let evidence = json!({"report": "r", "start": start, "end": start + 2});
            json!({"value": value, "days": days, "basis": basis, "evidence": evidence})
        };
        let record = json!({
            "reports": [{"id": "r", "path": "in/000_x.txt", "published": {
                "start": "2011-06-05", "end": "2011-06-05", "basis": "stated",
                "evidence": [{"start": 0, "end": 4}]}}],
            "times": [
                time(10, "2011-06-03", Some("2011-06-03"), "publication"),
                time(20, "2011-06-02", Some("2011-06-02"), "absolute"),
                time(30, "XXXX-WXX-7", None, "none"),
                time(40, "2005", Some("2005-01-01"), "absolute"),
            ],
        });
        let told: Vec<String> = figures(&rows, &record).iter().map(Figure::text).collect();
        assert_eq!(told, ["3/3 1.0000", "2/3 0.6667", "1/1 1.0000", "1"]);
    }
}
