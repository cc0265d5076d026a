//! Pairs of short reports: is one a copy of the other, do both tell of the same event.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::bench::{Bench, json as read_json, json_lines, write_lines};
use super::figure::Figure;
use super::sets::{Measured, Set};
use crate::process::Usage;

/// A copy of whose four-word sequences the original has a smaller share than this is a rewording.
const REWORDED: f64 = 0.6;

/// Hits and misses of a yes-or-no question.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Answers {
    true_yes: u64,
    false_yes: u64,
    false_no: u64,
    true_no: u64,
}

impl Answers {
    fn add(&mut self, gold: bool, said: bool) {
        match (gold, said) {
            (true, true) => self.true_yes += 1,
            (false, true) => self.false_yes += 1,
            (true, false) => self.false_no += 1,
            (false, false) => self.true_no += 1,
        }
    }

    fn figures(self) -> Vec<Figure> {
        let said = self.true_yes + self.false_yes;
        let gold = self.true_yes + self.false_no;
        vec![
            // The harmonic mean of precision and recall, as one share.
            Figure::share("f1", 2 * self.true_yes, said + gold),
            Figure::share("precision", self.true_yes, said),
            Figure::share("recall", self.true_yes, gold),
            Figure::share(
                "accuracy",
                self.true_yes + self.true_no,
                gold + self.false_yes + self.true_no,
            ),
        ]
    }
}

/// Copied or independent, asked of `cluster` over all the texts at once; pairs that are trivially
/// one file in the source are left out of the count.
pub(crate) fn reuse(bench: &Bench, set: &Set) -> Result<Measured> {
    let pairs = json_lines(&set.gold_in(&bench.shared))?;
    let mut rows = BTreeMap::new();
    for pair in &pairs {
        for (side, text) in [("a", "text_a"), ("b", "text_b")] {
            let id = reuse_id(pair, side)?;
            let row = row(&id, field(pair, text)?, field(pair, "date")?, field(pair, side)?);
            rows.insert(id, row);
        }
    }
    let folder = bench.folder(set.task, set.name)?;
    let (input, out) = (folder.join("in.jsonl"), folder.join("out"));
    write_lines(&input, &rows.into_values().collect::<Vec<_>>())?;
    let usage = bench.read_lines("cluster", &[input], &out)?;
    let originals = Originals::of(&json_lines(&out)?);
    let (mut answers, mut reworded) = (Answers::default(), (0, 0));
    for pair in pairs.iter().filter(|pair| pair["trivial_same_file"] != json!(true)) {
        let one = originals.same(&reuse_id(pair, "a")?, &reuse_id(pair, "b")?);
        let reuse = field(pair, "label")? == "reuse";
        answers.add(reuse, one);
        if reuse && pair["containment4"].as_f64().is_some_and(|share| share < REWORDED) {
            reworded.0 += u64::from(one);
            reworded.1 += 1;
        }
    }
    let mut figures = answers.figures();
    figures.push(Figure::share("reworded_recall", reworded.0, reworded.1));
    Ok((figures, usage))
}

fn reuse_id(pair: &Value, side: &str) -> Result<String> {
    Ok(format!("{}/{}/{}", field(pair, "topic")?, field(pair, "date")?, field(pair, side)?))
}

/// Same event or not, asked of `cluster` pair by pair, each report dated as its outlet dates it.
pub(crate) fn same_event(bench: &Bench, set: &Set) -> Result<Measured> {
    let gold = read_json(&set.gold_in(&bench.shared))?;
    let folder = bench.folder(set.task, set.name)?;
    let (input, out) = (folder.join("in.jsonl"), folder.join("out"));
    let (mut answers, mut usage) = (Answers::default(), Usage::default());
    for pair in gold.as_array().context("no list of pairs")? {
        let Some(same) = same_event_label(field(pair, "label")?) else { continue };
        let side = |id, text, date, outlet| -> Result<Value> {
            Ok(row(id, field(pair, text)?, field(pair, date)?, field(pair, outlet)?))
        };
        let rows = [side("1", "text_a", "date_a", "a")?, side("2", "text_b", "date_b", "b")?];
        write_lines(&input, &rows)?;
        usage.add(bench.read_lines("cluster", std::slice::from_ref(&input), &out)?);
        answers.add(same, one_event(&json_lines(&out)?));
    }
    Ok((answers.figures(), usage))
}

/// `None` where the reader who made the gold was unsure.
fn same_event_label(label: &str) -> Option<bool> {
    match label {
        "different_event" => Some(false),
        _ if label.starts_with("same_event") => Some(true),
        _ => None,
    }
}

fn one_event(rows: &[Value]) -> bool {
    let events: BTreeSet<&str> = rows.iter().filter_map(|row| row["event"].as_str()).collect();
    rows.len() == 2 && events.len() == 1 && rows.iter().all(|row| row["event"].is_string())
}

/// A row as `annotate`, `cluster` and `collate` read it.
pub(crate) fn row(id: &str, text: &str, published: &str, outlet: &str) -> Value {
    json!({"id": id, "text": text, "published": published, "outlet": outlet})
}

/// The text in a field of the gold.
pub(crate) fn field<'a>(value: &'a Value, name: &str) -> Result<&'a str> {
    value.get(name).and_then(Value::as_str).with_context(|| format!("the gold has no {name}"))
}

/// Which report each report is a copy of, followed to the first.
struct Originals(BTreeMap<String, String>);

impl Originals {
    fn of(rows: &[Value]) -> Originals {
        let of = |row: &Value| {
            Some((row["id"].as_str()?.to_owned(), row["duplicate_of"].as_str()?.to_owned()))
        };
        Originals(rows.iter().filter_map(of).collect())
    }

    fn first<'a>(&'a self, mut id: &'a str) -> &'a str {
        // As many steps as there are copies: a circle ends too.
        for _ in 0..self.0.len() {
            match self.0.get(id) {
                Some(original) => id = original,
                None => break,
            }
        }
        id
    }

    fn same(&self, a: &str, b: &str) -> bool {
        self.first(a) == self.first(b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_followed_to_the_first() {
        let link = |id: &str, of: Option<&str>| json!({"id": id, "duplicate_of": of});
        let rows = [link("a", None), link("b", Some("a")), link("c", Some("b")), link("d", None)];
        let originals = Originals::of(&rows);
        for (a, b, same) in
            [("a", "b", true), ("c", "a", true), ("c", "b", true), ("d", "a", false)]
        {
            assert_eq!(originals.same(a, b), same, "{a} {b}");
        }
        let circle = Originals::of(&[link("a", Some("b")), link("b", Some("a"))]);
        assert!(circle.same("a", "a"));
    }

    #[test]
    fn answers_are_scored_as_usual() {
        let mut answers = Answers::default();
        for (gold, said) in
            [(true, true), (true, true), (true, false), (false, true), (false, false)]
        {
            answers.add(gold, said);
        }
        assert_eq!(
            answers.figures(),
            [
                Figure::share("f1", 4, 6),
                Figure::share("precision", 2, 3),
                Figure::share("recall", 2, 3),
                Figure::share("accuracy", 3, 5),
            ]
        );
    }

    #[test]
    fn one_event_needs_two_rows_that_name_it() {
        for (rows, one) in [
            (vec![json!({"event": "e1"}), json!({"event": "e1"})], true),
            (vec![json!({"event": "e1"}), json!({"event": "e2"})], false),
            (vec![json!({"event": "e1"}), json!({"event": null})], false),
            (vec![json!({"event": "e1"})], false),
        ] {
            assert_eq!(one_event(&rows), one);
        }
    }

    #[test]
    fn the_unsure_are_left_out() {
        for (label, same) in [
            ("same_event_date_conflict", Some(true)),
            ("different_event", Some(false)),
            ("unsure", None),
        ] {
            assert_eq!(same_event_label(label), same);
        }
    }
}
