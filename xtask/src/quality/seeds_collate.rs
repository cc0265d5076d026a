//! `collate` on the seed reports: a sound record, every span true, nothing cited to debris, the
//! same bytes in any order.

use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use super::bench::{Bench, file_name, json};
use super::figure::{Figure, Unit};
use super::record_faults;
use super::seed_gold::{Published, Seed, paths, read};
use super::sets::{Measured, Set};

/// Prints every span of a record through the scorer's own walk.
const WALK: &str = include_str!("walk_spans.py");

/// Collates the seeds twice, forwards and backwards, and looks the record over.
pub(crate) fn measure(bench: &Bench, set: &Set) -> Result<Measured> {
    let gold = set.gold_in(&bench.shared);
    let seeds = read(&gold)?;
    let folder = bench.folder(set.task, set.name)?;
    let (out, turned) = (folder.join("out.json"), folder.join("turned.json"));
    let mut inputs = paths(&seeds, &gold);
    let usage = bench.read("collate", &inputs, "json", &out)?;
    inputs.reverse();
    bench.read("collate", &inputs, "json", &turned)?;

    let record = json(&out)?;
    let faults = record_faults::of(&record, seeds.len());
    fs::write(folder.join("faults.txt"), faults.join("\n"))?;
    let scorer = bench.scorer();
    let folder = scorer.parent().context("the scorer lies in no folder")?;
    let reports = inputs.first().and_then(|path| path.parent()).context("no seeds")?;
    let args =
        ["-c".as_ref(), WALK.as_ref(), folder.as_os_str(), reports.as_os_str(), out.as_os_str()];
    let walked: Value = serde_json::from_slice(&bench.python(&args)?)?;
    let bad = walked["bad"].as_u64().context("the walk counted nothing")?;
    let cited = walked["cited"].as_array().context("the walk found no spans")?;

    let figures = vec![
        Figure::faults("record_faults", faults.len() as u64),
        Figure::faults("bad_spans", bad),
        Figure::faults("cited_to_debris", to_debris(cited, &seeds)),
        Figure::faults("differs_by_order", u64::from(fs::read(&out)? != fs::read(&turned)?)),
        dates(&record, &seeds),
        Figure::told("spans", cited.len() as f64, Unit::Count),
    ];
    Ok((figures, usage))
}

/// How many reports have the day or interval of publication that the five settle together.
fn dates(record: &Value, seeds: &[Seed]) -> Figure {
    let right = seeds.iter().filter(|seed| {
        let reports = record["reports"].as_array().map(Vec::as_slice).unwrap_or_default();
        let report = reports.iter().find(|r| file_name(&r["path"]) == seed.file);
        let published = report.map(|r| &r["published"]);
        match (&seed.settled, published) {
            (Published::Between(start, end), Some(p)) => p["start"] == **start && p["end"] == **end,
            (Published::Unknown, Some(p)) => p.is_null(),
            _ => false,
        }
    });
    Figure::share("dates", right.count() as u64, seeds.len() as u64)
}

/// How many cited spans touch debris; a headline and a caption are text and may be cited.
fn to_debris(cited: &[Value], seeds: &[Seed]) -> u64 {
    let touches = |span: &&Value| {
        let (start, end) = (span["start"].as_u64(), span["end"].as_u64());
        let (Some(start), Some(end)) = (start, end) else { return false };
        let seed = seeds.iter().find(|seed| seed.file == file_name(&span["path"]));
        seed.is_some_and(|seed| {
            let debris = seed.debris.iter().filter(|piece| is_debris(&piece.kind));
            debris.into_iter().any(|piece| start.max(piece.start) < end.min(piece.end))
        })
    };
    cited.iter().filter(touches).count() as u64
}

fn is_debris(kind: &str) -> bool {
    kind.starts_with("debris") || kind == "dup-title"
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::seed_gold::Piece;
    use super::*;

    #[test]
    fn only_what_touches_debris_is_counted() {
        let piece = |kind: &str, start, end| Piece { kind: kind.into(), start, end };
        let seeds = [Seed {
            file: "a.txt".into(),
            chars: 90,
            title: None,
            debris: vec![
                piece("title", 0, 10),
                piece("dup-title", 11, 20),
                piece("caption", 21, 30),
                piece("debris: site notice", 80, 90),
            ],
            body: Vec::new(),
            published: Published::NotAsked,
            settled: Published::NotAsked,
        }];
        for (path, start, end, counted) in [
            ("in/a.txt", 0, 10, 0),
            ("in/a.txt", 12, 14, 1),
            ("in/a.txt", 21, 30, 0),
            ("in/a.txt", 70, 80, 0),
            ("in/a.txt", 70, 81, 1),
            ("in/b.txt", 80, 90, 0),
        ] {
            let span = json!({"path": path, "start": start, "end": end});
            assert_eq!(to_debris(&[span], &seeds), counted, "{path} {start} {end}");
        }
    }
}
