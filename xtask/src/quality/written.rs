//! The tenth of the written sentences that is never trained on: types, modality, parties, and how
//! far the confidence can be believed.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::bench::Bench;
use super::figure::{Figure, Unit};
use super::sets::{Measured, Set};
use crate::place;

/// Bins of the expected calibration error.
const BINS: usize = 10;

/// Annotates the held-out passages and scores the events.
pub(crate) fn measure(bench: &Bench, set: &Set) -> Result<Measured> {
    let script = place::root()?.join("train").join("written_events.py");
    let gold = bench.python(&[script.as_os_str(), "rows".as_ref(), "--held".as_ref()])?;
    let gold = String::from_utf8(gold).context("the written sentences are not UTF-8")?;
    let gold: Vec<Value> = gold.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    ensure!(!gold.is_empty(), "no passage is held out");
    let rows: Vec<Value> =
        gold.iter().map(|row| json!({"id": row["id"], "text": row["text"]})).collect();
    let (reports, usage) = bench.annotated(set, &rows)?;
    let mut tally = Tally::default();
    for (row, coded) in gold.iter().zip(reports) {
        ensure!(row["id"] == coded["id"], "reports do not come in the order of the rows");
        tally.add(row, &coded["annotations"]["events"]);
    }
    Ok((tally.figures(), usage))
}

type Span = (u64, u64);

fn span(value: &Value) -> Span {
    (value[0].as_u64().unwrap_or(0), value[1].as_u64().unwrap_or(0))
}

fn spans(value: &Value) -> Vec<Span> {
    list(value).iter().map(span).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn overlap(a: Span, b: Span) -> bool {
    a.0.max(b.0) < a.1.min(b.1)
}

/// The last word of a phrase: in marked phrases nothing follows the head.
fn head(text: &[char], phrase: Span) -> Span {
    let words = text.get(phrase.0 as usize..phrase.1 as usize).unwrap_or_default();
    let last = words.iter().rposition(|c| *c == ' ').map_or(0, |at| at + 1);
    (phrase.0 + last as u64, phrase.1)
}

/// Right, given and wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Count {
    right: u64,
    given: u64,
    wanted: u64,
}

impl Count {
    fn f1(self) -> f64 {
        let both = self.given + self.wanted;
        if both == 0 { 0.0 } else { (2 * self.right) as f64 / both as f64 }
    }

    fn plus(self, other: Count) -> Count {
        Count {
            right: self.right + other.right,
            given: self.given + other.given,
            wanted: self.wanted + other.wanted,
        }
    }
}

/// What has been scored so far.
#[derive(Debug, Default)]
struct Tally {
    types: BTreeMap<String, Count>,
    modality: (u64, u64),
    actors: Count,
    recipients: Count,
    /// Sum of confidences, right ones and all, by bin.
    bins: [(f64, u64, u64); BINS],
}

impl Tally {
    fn add(&mut self, row: &Value, coded: &Value) {
        let text: Vec<char> = row["text"].as_str().unwrap_or("").chars().collect();
        let (gold, coded) = (list(&row["events"]), list(coded));
        let pairs = pairs(gold, coded);
        for event in gold {
            self.of(event).wanted += 1;
        }
        for event in coded {
            self.of(event).given += 1;
        }
        let mut right = vec![false; coded.len()];
        for (wanted, found) in pairs {
            right[found] = true;
            let event = &coded[found];
            self.of(wanted).right += 1;
            self.modality.1 += 1;
            self.modality.0 += u64::from(wanted["modality"] == event["modality"]);
            let side = |name: &str| parties(&text, &wanted[name], &event[name]);
            self.actors = self.actors.plus(side("actors"));
            self.recipients = self.recipients.plus(side("recipients"));
        }
        for (event, right) in coded.iter().zip(right) {
            let confidence = event["confidence"].as_f64().unwrap_or(0.0);
            let bin = ((confidence * BINS as f64) as usize).min(BINS - 1);
            self.bins[bin].0 += confidence;
            self.bins[bin].1 += u64::from(right);
            self.bins[bin].2 += 1;
        }
    }

    fn of(&mut self, event: &Value) -> &mut Count {
        self.types.entry(event["type"].as_str().unwrap_or("").to_owned()).or_default()
    }

    /// Mean distance between what is believed and what is right.
    fn calibration_error(&self) -> f64 {
        let all: u64 = self.bins.iter().map(|b| b.2).sum();
        let apart: f64 = self.bins.iter().map(|b| (b.0 - b.1 as f64).abs()).sum();
        if all == 0 { 1.0 } else { apart / all as f64 }
    }

    fn figures(&self) -> Vec<Figure> {
        let all = self.types.values().fold(Count::default(), |sum, c| sum.plus(*c));
        let mut figures = vec![
            Figure::rate("type_f1", all.f1()),
            Figure::share("type_precision", all.right, all.given),
            Figure::share("type_recall", all.right, all.wanted),
            Figure::share("modality", self.modality.0, self.modality.1),
            Figure::rate("actors", self.actors.f1()),
            Figure::rate("recipients", self.recipients.f1()),
            Figure::rate("calibrated", 1.0 - self.calibration_error()),
        ];
        let each = self.types.iter();
        figures.extend(each.map(|(name, count)| {
            Figure::told(&format!("f1_{}", name.to_lowercase()), count.f1(), Unit::Rate)
        }));
        figures
    }
}

/// Marked and coded events of one type whose triggers overlap, each once.
fn pairs<'a>(gold: &'a [Value], coded: &[Value]) -> Vec<(&'a Value, usize)> {
    let mut used = vec![false; coded.len()];
    let mut made = Vec::new();
    for wanted in gold {
        let found = (0..coded.len()).find(|&n| {
            !used[n]
                && coded[n]["type"] == wanted["type"]
                && overlap(span(&coded[n]["trigger"]), span(&wanted["trigger"]))
        });
        if let Some(n) = found {
            used[n] = true;
            made.push((wanted, n));
        }
    }
    made
}

/// A marked party is found where a coded phrase holds its head; a phrase that holds several is as
/// many.
fn parties(text: &[char], gold: &Value, coded: &Value) -> Count {
    let heads: Vec<Span> = spans(gold).into_iter().map(|g| head(text, g)).collect();
    let coded = spans(coded);
    let right = heads.iter().filter(|h| coded.iter().any(|c| overlap(*c, **h))).count();
    let held = |c: &Span| heads.iter().filter(|h| overlap(*c, **h)).count().max(1);
    let given: usize = coded.iter().map(held).sum();
    Count { right: right as u64, given: given as u64, wanted: heads.len() as u64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_scored_by_overlap_of_triggers_and_heads() {
        let row = json!({"text": "Envoys of Norway met the mayor.", "events": [
            {"type": "CONSULT", "modality": "actual", "trigger": [17, 20], "actors": [[0, 6]],
             "recipients": [[25, 30]]}]});
        let coded = json!([
            {"type": "CONSULT", "modality": "planned", "trigger": [17, 30], "actors": [[0, 16]],
             "recipients": [], "confidence": 0.75},
            {"type": "AID", "modality": "actual", "trigger": [0, 6], "actors": [],
             "recipients": [], "confidence": 0.25}]);
        let mut tally = Tally::default();
        tally.add(&row, &coded);
        assert_eq!(tally.types["CONSULT"], Count { right: 1, given: 1, wanted: 1 });
        assert_eq!(tally.types["AID"], Count { right: 0, given: 1, wanted: 0 });
        assert_eq!(tally.modality, (0, 1));
        assert_eq!(tally.actors, Count { right: 1, given: 1, wanted: 1 });
        assert_eq!(tally.recipients, Count { right: 0, given: 0, wanted: 1 });
        assert!((tally.calibration_error() - 0.25).abs() < 1e-9);
    }

    #[test]
    fn the_head_is_the_last_word() {
        let text: Vec<char> = "the foreign minister spoke".chars().collect();
        assert_eq!(head(&text, (4, 20)), (12, 20));
        assert_eq!(head(&text, (21, 26)), (21, 26));
    }
}
