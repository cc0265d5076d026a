//! `clean` on the seed reports, span by span.

use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::Value;

use super::bench::{Bench, file_name, json_lines};
use super::figure::Figure;
use super::seed_gold::{Piece, Published, Seed, paths, read};
use super::sets::{Measured, Set};

/// The gold's words for a kind of debris, and the kinds of removed spans that say the same.
const KINDS: &[(&str, &[&str])] = &[
    ("dup-title", &["duplicate_title"]),
    ("date-line", &["dateline", "date_line", "date"]),
    ("PHP var_dump", &["program_dump"]),
    ("breadcrumb", &["breadcrumb", "banner", "section"]),
    ("banner", &["banner", "breadcrumb", "site_notice"]),
    ("site notice", &["site_notice"]),
    ("URL", &["site_notice", "url"]),
    ("share widget", &["share", "widget"]),
    ("site promo", &["site_notice", "promotion", "related"]),
    ("internal article id", &["identifier"]),
    ("media id", &["identifier"]),
    ("comment-form", &["comment", "widget", "share", "site_notice"]),
    ("mobile-menu", &["menu", "navigation", "widget", "breadcrumb", "site_notice"]),
];

/// Cleans the seeds and counts spans that are exactly the gold's.
pub(crate) fn measure(bench: &Bench, set: &Set) -> Result<Measured> {
    let gold = set.gold_in(&bench.shared);
    let seeds = read(&gold)?;
    let out = bench.folder(set.task, set.name)?.join("out");
    let usage = bench.read_lines("clean", &paths(&seeds, &gold), &out)?;
    let rows = json_lines(&out)?;
    let by_name: BTreeMap<&str, &Value> =
        rows.iter().map(|row| (file_name(&row["path"]), row)).collect();
    let mut tally = Tally::default();
    for seed in &seeds {
        tally.add(seed, by_name.get(seed.file.as_str()).copied().unwrap_or(&Value::Null));
    }
    Ok((tally.figures(), usage))
}

/// Part and whole.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Part(u64, u64);

impl Part {
    fn count(&mut self, right: bool) {
        self.0 += u64::from(right);
        self.1 += 1;
    }
}

/// Counts over all seeds.
#[derive(Default)]
struct Tally {
    texts: Part,
    body: Part,
    body_extra: u64,
    removed: Part,
    removed_kinds: Part,
    body_removed: u64,
    titles: Part,
    dates: Part,
    dates_wrong: u64,
}

impl Tally {
    fn add(&mut self, seed: &Seed, report: &Value) {
        let chars = report["text"].as_str().map(|text| text.chars().count() as u64);
        self.texts.count(chars == Some(seed.chars));
        self.add_body(seed, &pieces(&report["body"]));
        self.add_removed(seed, report);
        self.titles.count(
            report.is_object() && report["title"]["value"].as_str() == seed.title.as_deref(),
        );
        let (asked, right, wrong) = date(&seed.published, report);
        if asked {
            self.dates.count(right);
        }
        self.dates_wrong += u64::from(wrong);
    }

    fn add_body(&mut self, seed: &Seed, body: &[Piece]) {
        let captions = seed.debris.iter().filter(|piece| piece.kind == "caption");
        let gold: Vec<Piece> = seed
            .body
            .iter()
            .chain(captions)
            .map(|piece| {
                let kind = if piece.kind == "p" { "paragraph" } else { piece.kind.as_str() };
                Piece { kind: kind.into(), ..piece.clone() }
            })
            .collect();
        for piece in &gold {
            self.body.count(body.contains(piece));
        }
        self.body_extra += body.iter().filter(|piece| !gold.contains(piece)).count() as u64;
    }

    fn add_removed(&mut self, seed: &Seed, report: &Value) {
        let removed = pieces(&report["removed"]);
        for gold in seed.debris.iter().filter(|gold| is_removed(&gold.kind)) {
            let found = removed.iter().find(|r| (r.start, r.end) == (gold.start, gold.end));
            let consumed = gold.kind == "date-line" && consumed_as_date(gold, report);
            self.removed.count(found.is_some() || consumed);
            self.removed_kinds
                .count(consumed || found.is_some_and(|r| kind_fits(&gold.kind, &r.kind)));
        }
        let hits_body =
            |r: &&Piece| seed.body.iter().any(|b| r.start.max(b.start) < r.end.min(b.end));
        self.body_removed += removed.iter().filter(hits_body).count() as u64;
    }

    fn figures(&self) -> Vec<Figure> {
        let share = |name, part: Part| Figure::share(name, part.0, part.1);
        vec![
            share("whole_texts", self.texts),
            share("body_spans", self.body),
            Figure::faults("body_extra", self.body_extra),
            share("removed_spans", self.removed),
            share("removed_kinds", self.removed_kinds),
            Figure::faults("body_removed", self.body_removed),
            share("titles", self.titles),
            share("dates", self.dates),
            Figure::faults("dates_wrong", self.dates_wrong),
        ]
    }
}

/// The headline and captions are kept, everything else among the gold's debris goes.
fn is_removed(kind: &str) -> bool {
    kind != "caption" && kind != "title" && !kind.starts_with("title +")
}

fn kind_fits(gold: &str, kind: &str) -> bool {
    KINDS.iter().any(|(words, kinds)| gold.contains(words) && kinds.contains(&kind))
}

/// A date line may go into the publication date instead of the removed spans.
fn consumed_as_date(gold: &Piece, report: &Value) -> bool {
    pieces_of(&report["published"]["evidence"], |_| Some(String::new()))
        .iter()
        .any(|span| gold.start <= span.start && span.end <= gold.end && span.start < span.end)
}

fn pieces(list: &Value) -> Vec<Piece> {
    pieces_of(list, |value| value["kind"].as_str().map(str::to_owned))
}

fn pieces_of(list: &Value, kind: impl Fn(&Value) -> Option<String>) -> Vec<Piece> {
    let piece = |value: &Value| {
        let (start, end) = (value["start"].as_u64()?, value["end"].as_u64()?);
        Some(Piece { kind: kind(value)?, start, end })
    };
    list.as_array().map_or(&[][..], Vec::as_slice).iter().filter_map(piece).collect()
}

/// Whether a date is asked, whether it is the gold's, and whether it is one that cannot be.
fn date(gold: &Published, report: &Value) -> (bool, bool, bool) {
    let said = &report["published"];
    let said = said["start"]
        .as_str()
        .or(said["end"].as_str())
        .map(|any| (said["start"].as_str().unwrap_or(any), said["end"].as_str().unwrap_or(any)));
    match (gold, said) {
        (Published::NotAsked, _) => (false, false, false),
        (Published::Unknown, None) => (true, report.is_object(), false),
        (Published::Unknown, Some(_)) => (true, false, true),
        (Published::Between(..), None) => (true, false, false),
        (Published::Between(first, last), Some((start, end))) => {
            let apart = end < first.as_str() || last.as_str() < start;
            (true, (start, end) == (first.as_str(), last.as_str()), apart)
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn piece(kind: &str, start: u64, end: u64) -> Piece {
        Piece { kind: kind.into(), start, end }
    }

    fn seed() -> Seed {
        Seed {
            file: "a.txt".into(),
            chars: 60,
            title: Some("A Headline".into()),
            debris: vec![
                piece("title", 0, 10),
                piece("dup-title", 11, 21),
                piece("date-line", 22, 25),
                piece("caption", 26, 30),
                piece("debris: site notice", 50, 60),
            ],
            body: vec![piece("p", 31, 40), piece("heading", 41, 45)],
            published: Published::Between("2011-05-06".into(), "2011-05-06".into()),
            settled: Published::NotAsked,
        }
    }

    fn figures(report: &Value) -> BTreeMap<String, String> {
        let mut tally = Tally::default();
        tally.add(&seed(), report);
        tally.figures().into_iter().map(|f| (f.name.clone(), f.text())).collect()
    }

    #[test]
    fn a_report_like_the_gold_has_every_figure_full() {
        let report = json!({
            "text": "x".repeat(60),
            "title": {"value": "A Headline"},
            "published": {"start": "2011-05-06", "end": "2011-05-06",
                          "evidence": [{"start": 22, "end": 25}]},
            "body": [{"kind": "caption", "start": 26, "end": 30},
                     {"kind": "paragraph", "start": 31, "end": 40},
                     {"kind": "heading", "start": 41, "end": 45}],
            "removed": [{"kind": "duplicate_title", "start": 11, "end": 21},
                        {"kind": "site_notice", "start": 50, "end": 60}],
        });
        let figures = figures(&report);
        for (name, text) in [
            ("whole_texts", "1/1 1.0000"),
            ("body_spans", "3/3 1.0000"),
            ("body_extra", "0"),
            ("removed_spans", "3/3 1.0000"),
            ("removed_kinds", "3/3 1.0000"),
            ("body_removed", "0"),
            ("titles", "1/1 1.0000"),
            ("dates", "1/1 1.0000"),
            ("dates_wrong", "0"),
        ] {
            assert_eq!(figures[name], text, "{name}");
        }
    }

    #[test]
    fn every_departure_is_counted() {
        let report = json!({
            "text": "x",
            "title": null,
            "published": {"start": "2011-07-01", "end": "2011-07-02"},
            "body": [{"kind": "paragraph", "start": 26, "end": 30}],
            "removed": [{"kind": "share", "start": 50, "end": 60},
                        {"kind": "share", "start": 39, "end": 46}],
        });
        let figures = figures(&report);
        for (name, text) in [
            ("whole_texts", "0/1 0.0000"),
            ("body_spans", "0/3 0.0000"),
            ("body_extra", "1"),
            ("removed_spans", "1/3 0.3333"),
            ("removed_kinds", "0/3 0.0000"),
            ("body_removed", "1"),
            ("titles", "0/1 0.0000"),
            ("dates", "0/1 0.0000"),
            ("dates_wrong", "1"),
        ] {
            assert_eq!(figures[name], text, "{name}");
        }
    }

    #[test]
    fn a_report_that_is_missing_gets_nothing() {
        let mut seed = seed();
        seed.title = None;
        seed.published = Published::Unknown;
        let mut tally = Tally::default();
        tally.add(&seed, &Value::Null);
        assert_eq!((tally.titles, tally.dates), (Part(0, 1), Part(0, 1)));
    }

    #[test]
    fn a_date_is_wrong_only_where_it_cannot_be() {
        let between = Published::Between("2011-05-01".into(), "2011-05-31".into());
        let said = |start: &str, end: &str| json!({"published": {"start": start, "end": end}});
        for (gold, report, expected) in [
            (&between, said("2011-05-01", "2011-05-31"), (true, true, false)),
            (&between, said("2011-05-09", "2011-05-09"), (true, false, false)),
            (&between, said("2011-06-09", "2011-06-09"), (true, false, true)),
            (&between, json!({"published": null}), (true, false, false)),
            (&Published::Unknown, json!({"published": null}), (true, true, false)),
            (&Published::Unknown, said("2011-06-09", "2011-06-09"), (true, false, true)),
            (&Published::NotAsked, said("2011-06-09", "2011-06-09"), (false, false, false)),
        ] {
            assert_eq!(date(gold, &report), expected, "{gold:?} {report}");
        }
    }
}
