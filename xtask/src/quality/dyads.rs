//! Who acts on whom, against the directed relations that re3d marks in reports of conflict: those who
//! fight, and those who speak with each other.

use anyhow::Result;
use serde_json::{Value, json};

use super::bench::{Bench, json_lines};
use super::figure::Figure;
use super::sets::{Measured, Set};

type Span = (u64, u64);
/// Source and target, or actor and recipient.
type Dyad = (Span, Span);

/// Relations, and the categories of events that tell them.
const RELATIONS: [(&str, &str, &[&str]); 2] = [
    ("FightingAgainst", "fighting", &["ASSAULT", "COERCE"]),
    ("CommWith", "communicating", &["CONSULT", "AGREE", "REQUEST", "STATEMENT"]),
];

/// Annotates the documents and compares the dyads, one relation after the other and both together.
pub(crate) fn measure(bench: &Bench, set: &Set) -> Result<Measured> {
    let gold = json_lines(&set.gold_in(&bench.shared))?;
    let rows: Vec<Value> =
        gold.iter().map(|row| json!({"id": row["id"], "text": row["text"]})).collect();
    let (coded, usage) = bench.annotated(set, &rows)?;
    let mut all = Count::default();
    let mut figures = Vec::new();
    for (relation, name, kinds) in RELATIONS {
        let mut count = Count::default();
        for (row, coded) in gold.iter().zip(&coded) {
            count.add(&marked(row, relation), &told(&coded["annotations"]["events"], kinds));
        }
        figures.push(Figure::rate(&format!("{name}_f1"), count.f1()));
        figures.push(Figure::share(&format!("{name}_precision"), count.right, count.given));
        figures.push(Figure::share(&format!("{name}_recall"), count.found, count.wanted));
        all = all.plus(&count);
    }
    figures.insert(0, Figure::rate("f1", all.f1()));
    Ok((figures, usage))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn span(value: &Value) -> Span {
    (value[0].as_u64().unwrap_or(0), value[1].as_u64().unwrap_or(0))
}

/// The dyads of a document in one relation, each once.
fn marked(row: &Value, relation: &str) -> Vec<Dyad> {
    let of_relation = list(&row["relations"]).iter().filter(|r| r["type"] == relation);
    once(of_relation.map(|r| (span(&r["source"]), span(&r["target"]))).collect())
}

/// The dyads of events of some categories; those who act together, on nobody, act with each other.
fn told(events: &Value, kinds: &[&str]) -> Vec<Dyad> {
    let of_kind = |e: &&Value| e["type"].as_str().is_some_and(|kind| kinds.contains(&kind));
    let mut made = Vec::new();
    for event in list(events).iter().filter(of_kind) {
        let (actors, recipients) = (list(&event["actors"]), list(&event["recipients"]));
        for (n, actor) in actors.iter().enumerate() {
            let others = if recipients.is_empty() { &actors[n + 1..] } else { recipients };
            made.extend(others.iter().map(|other| (span(actor), span(other))));
        }
    }
    once(made)
}

fn once(mut dyads: Vec<Dyad>) -> Vec<Dyad> {
    dyads.sort_unstable();
    dyads.dedup();
    dyads
}

fn overlap(a: Span, b: Span) -> bool {
    a.0.max(b.0) < a.1.min(b.1)
}

fn same(a: &Dyad, b: &Dyad) -> bool {
    overlap(a.0, b.0) && overlap(a.1, b.1)
}

/// Given dyads and those of them that are right; wanted ones and those of them that are found.
#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    right: u64,
    given: u64,
    found: u64,
    wanted: u64,
}

impl Count {
    fn add(&mut self, wanted: &[Dyad], given: &[Dyad]) {
        let met = |of: &[Dyad], by: &[Dyad]| {
            of.iter().filter(|a| by.iter().any(|b| same(a, b))).count() as u64
        };
        self.right += met(given, wanted);
        self.found += met(wanted, given);
        self.given += given.len() as u64;
        self.wanted += wanted.len() as u64;
    }

    fn plus(&self, other: &Count) -> Count {
        Count {
            right: self.right + other.right,
            given: self.given + other.given,
            found: self.found + other.found,
            wanted: self.wanted + other.wanted,
        }
    }

    fn f1(&self) -> f64 {
        let share = |a: u64, b: u64| if b == 0 { 0.0 } else { a as f64 / b as f64 };
        let (precision, recall) = (share(self.right, self.given), share(self.found, self.wanted));
        let both = precision + recall;
        if both == 0.0 { 0.0 } else { 2.0 * precision * recall / both }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dyad_is_right_in_its_own_direction_only() {
        let wanted = [((0, 4), (10, 14))];
        for (given, right) in [(((2, 6), (12, 20)), 1), (((12, 20), (2, 6)), 0)] {
            let mut count = Count::default();
            count.add(&wanted, &[given]);
            assert_eq!(count, Count { right, given: 1, found: right, wanted: 1 });
        }
    }

    #[test]
    fn those_who_meet_are_a_dyad() {
        let events = json!([
            {"type": "CONSULT", "actors": [[0, 2], [5, 7]], "recipients": []},
            {"type": "CONSULT", "actors": [[0, 2]], "recipients": [[9, 11]]},
            {"type": "AID", "actors": [[0, 2]], "recipients": [[20, 22]]}]);
        assert_eq!(told(&events, &["CONSULT"]), [((0, 2), (5, 7)), ((0, 2), (9, 11))]);
    }
}
