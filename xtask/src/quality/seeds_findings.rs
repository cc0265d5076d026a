//! `collate` on the seed reports: the agreements and disagreements of the gold, by the words that both
//! cite.

use std::collections::BTreeSet;
use std::fs;

use anyhow::Result;
use serde_json::Value;

use super::bench::{Bench, file_name, json};
use super::figure::Figure;
use super::seed_collation::{Accordance, Difference, Gold, Spot, Verdict};
use super::seed_gold;
use super::sets::{Measured, Set};

/// Kinds of difference that the record knows by the same word as the gold.
const KINDS: [&str; 3] = ["date", "number", "office"];

/// Where the gold quotes the words of its agreements, whose table has none: ids of its events, people and
/// differences, each list for one agreement of the record.
const WORDS: &[(&str, &[&[&str]])] = &[
    ("A1", &[&["P1"]]),
    ("A2", &[&["E3"]]),
    ("A3", &[&["E1"]]),
    ("A4", &[&["E1i"]]),
    ("A5", &[&["A1-08", "A2-04", "D4"]]),
    ("A6", &[&["P2", "P6"], &["P5"]]),
    ("A7", &[&["P3"]]),
    ("A8", &[&["P4"]]),
    ("A9", &[&["A4-02", "A5-03"]]),
    ("A10", &[&["E9"]]),
    ("A11", &[&["E8"]]),
    ("A12", &[&["A1-20", "A3-08"]]),
    ("A13", &[&["A1-15", "A2-10"]]),
    ("A14", &[&["E6", "E7"]]),
    ("A15", &[&["A1-05", "A2-10", "A3-13"]]),
];

/// Collates the seeds and looks the gold's findings up in the record.
pub(crate) fn measure(bench: &Bench, set: &Set) -> Result<Measured> {
    let path = set.gold_in(&bench.shared);
    let folder = bench.folder(set.task, set.name)?;
    let seeds = seed_gold::read(&path.with_file_name("clean.json"))?;
    let out = folder.join("out.json");
    let usage = bench.read("collate", &seed_gold::paths(&seeds, &path), "json", &out)?;
    let (gold, record) = (Gold::read(&path)?, Record(json(&out)?));
    let (figures, missed) = figures(&gold, &record);
    fs::write(folder.join("missed.txt"), missed.join("\n") + "\n")?;
    Ok((figures, usage))
}

/// The figures, and the ids of what is missed.
fn figures(gold: &Gold, record: &Record) -> (Vec<Figure>, Vec<String>) {
    let mut missed = Vec::new();
    let mut note = |right: bool, id: &str, what: &str| {
        if !right {
            missed.push(format!("{id}: {what}"));
        }
        right
    };
    let (mut differing, mut aliases, mut false_conflicts) = (Count::default(), Count::default(), 0);
    for row in gold.differences() {
        match row.verdict {
            Verdict::Nothing => {}
            Verdict::Alias => aliases.add(note(record.is_one_actor(&row), &row.id, "two actors")),
            _ => differing.add(note(record.has(&row), &row.id, "no such difference")),
        }
        if matches!(row.verdict, Verdict::Nothing | Verdict::Alias) {
            let opposed = record.opposed(&row.sides, |_| true);
            false_conflicts +=
                u64::from(!note(!opposed, &row.id, "a conflict where there is none"));
        }
    }
    let (mut agreed, mut lineages) = (Count::default(), Count::default());
    for row in gold.agreements() {
        let words = WORDS.iter().find(|(id, _)| *id == row.id).map_or(&[][..], |(_, lists)| lists);
        let spots = |list: &&[&str]| list.iter().flat_map(|id| gold.spots(id)).collect::<Vec<_>>();
        let counts: Vec<Option<u64>> =
            words.iter().map(|list| record.agreed(&row, &spots(list))).collect();
        let found = !counts.is_empty() && counts.iter().all(Option::is_some);
        agreed.add(note(found, &row.id, "no such agreement"));
        if row.lineages.is_some() {
            let right = found && counts.iter().all(|&count| count == row.lineages);
            lineages.add(note(right || !found, &row.id, "other lineages") && right);
        }
    }
    let figures = vec![
        differing.share("disagreements"),
        aliases.share("aliases"),
        Figure::faults("false_conflicts", false_conflicts),
        agreed.share("agreements"),
        lineages.share("lineages"),
    ];
    (figures, missed)
}

/// How many of how many.
#[derive(Default)]
struct Count(u64, u64);

impl Count {
    fn add(&mut self, right: bool) {
        self.0 += u64::from(right);
        self.1 += 1;
    }

    fn share(&self, name: &str) -> Figure {
        Figure::share(name, self.0, self.1)
    }
}

/// A record of the seeds.
pub(crate) struct Record(pub(crate) Value);

impl Record {
    /// The entries of one of its lists.
    pub(crate) fn list(&self, name: &str) -> &[Value] {
        list(&self.0[name])
    }

    /// The number of the seed with this report id.
    fn seed(&self, report: &Value) -> Option<&str> {
        let found = self.list("reports").iter().find(|r| &r["id"] == report)?;
        file_name(&found["path"]).get(..3)
    }

    /// Whether a citation touches one of the places.
    pub(crate) fn touches(&self, cited: &Value, spots: &[Spot]) -> bool {
        self.touched(cited, spots).is_some()
    }

    fn touched<'s>(&self, cited: &Value, spots: &'s [Spot]) -> Option<&'s Spot> {
        let (start, end) = (cited["start"].as_u64()?, cited["end"].as_u64()?);
        let seed = self.seed(&cited["report"])?;
        spots.iter().find(|s| s.seed == seed && start < s.end && s.start < end)
    }

    /// Whether any of the citations does.
    pub(crate) fn any(&self, cited: &Value, spots: &[Spot]) -> bool {
        list(cited).iter().any(|c| self.touches(c, spots))
    }

    /// Whether two readings of one finding stand at the words of two sides.
    fn parted(&self, readings: &Value, sides: &[Vec<Spot>; 2]) -> bool {
        let at = |side: usize| {
            let holds = move |(_, r): &(usize, &Value)| self.any(&r["evidence"], &sides[side]);
            list(readings).iter().enumerate().filter(holds).map(|(n, _)| n)
        };
        at(0).any(|a| at(1).any(|b| a != b))
    }

    /// Whether a difference of that sort parts the two sides.
    fn opposed(&self, sides: &[Vec<Spot>; 2], sort: impl Fn(&Value) -> bool) -> bool {
        let conflicts = self.list("conflicts").iter().filter(|c| sort(c));
        conflicts.into_iter().any(|c| self.parted(&c["readings"], sides))
    }

    /// Whether the record has a difference as the gold has it.
    pub(crate) fn has(&self, row: &Difference) -> bool {
        match row.verdict {
            Verdict::Differs(verdict, readings) => self.opposed(&row.sides, |c| {
                let kind = !KINDS.contains(&row.kind.as_str()) || c["kind"] == *row.kind;
                kind && c["verdict"] == verdict && list(&c["readings"]).len() >= readings
            }),
            Verdict::Tension => self.opposed(&row.sides, |_| true),
            Verdict::Framing => {
                let framings = self.list("framing").iter();
                framings.into_iter().any(|f| self.parted(&f["readings"], &row.sides))
            }
            Verdict::Granularity => {
                let told = |e: &Value, side: usize| self.any(&e["mentions"], &row.sides[side]);
                let one = self.list("events").iter().any(|e| told(e, 0) && told(e, 1));
                one && !self.opposed(&row.sides, |_| true)
            }
            Verdict::Alias => self.is_one_actor(row),
            Verdict::Nothing => !self.opposed(&row.sides, |_| true),
        }
    }

    /// Whether what the sides name is one actor, name by name: all actors at the words of one side stand at
    /// those of the other.
    fn is_one_actor(&self, row: &Difference) -> bool {
        let at = |side: usize| -> BTreeSet<&str> {
            let holds = |a: &&Value| self.any(&a["mentions"], &row.sides[side]);
            let actors = self.list("actors").iter().filter(holds);
            actors.filter_map(|a| a["id"].as_str()).collect()
        };
        // Beside a name may stand an actor of the whole phrase that holds it.
        let (one, other) = (at(0), at(1));
        !one.is_empty() && !other.is_empty() && (one.is_subset(&other) || other.is_subset(&one))
    }

    /// The lineages behind an agreement that all seeds of the row share at these places: one that the
    /// record tells outright, an office that they have somebody hold, or, of accords that are alike in
    /// kind, accords of all of them with those to whom they do not apply.
    pub(crate) fn agreed(&self, row: &Accordance, spots: &[Spot]) -> Option<u64> {
        let all = |cited: &[&Value]| {
            let seeds: BTreeSet<&str> =
                cited.iter().filter_map(|c| self.touched(c, spots)).map(|s| &*s.seed).collect();
            row.seeds.iter().all(|s| seeds.contains(s.as_str()))
        };
        let told = self.list("agreements").iter();
        let told = told.filter(|a| all(&list(&a["evidence"]).iter().collect::<Vec<_>>()));
        // The one of the gold's lineages before another that stands at the same words.
        let counts: Vec<u64> = told.filter_map(|a| a["independent_sources"].as_u64()).collect();
        let best = counts.iter().find(|&&c| Some(c) == row.lineages).or(counts.first());
        if let Some(&count) = best {
            return Some(count);
        }
        let offices = self.list("actors").iter().flat_map(|a| list(&a["offices"]));
        for office in offices {
            let evidence: Vec<&Value> = list(&office["evidence"]).iter().collect();
            if all(&evidence) {
                return Some(self.lineages(&evidence));
            }
        }
        let exempting = self.list("accords").iter().filter(|a| !list(&a["exempt"]).is_empty());
        let evidence: Vec<&Value> = exempting.flat_map(|a| list(&a["evidence"])).collect();
        (row.lineages.is_none() && all(&evidence)).then(|| self.lineages(&evidence))
    }

    /// How many lineages cited reports are of.
    fn lineages(&self, cited: &[&Value]) -> u64 {
        let of =
            |report: &Value| self.list("lineages").iter().position(|l| list(l).contains(report));
        cited.iter().map(|c| of(&c["report"])).collect::<BTreeSet<_>>().len() as u64
    }
}

/// The entries of a list, none of what is no list.
pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::seed_collation::tests::gold;
    use super::*;

    fn cited(report: &str, start: u64, end: u64) -> Value {
        json!({"report": report, "start": start, "end": end})
    }

    fn record(conflicts: Value, actors: Value, agreements: Value) -> Record {
        Record(json!({
            "reports": [{"id": "a", "path": "in/000_x.txt"}, {"id": "b", "path": "in/001_x.txt"},
                        {"id": "c", "path": "in/002_x.txt"}],
            "lineages": [["a", "c"], ["b"]],
            "conflicts": conflicts, "actors": actors, "agreements": agreements, "events": [],
        }))
    }

    fn conflict(kind: &str, verdict: &str, one: Value, other: Value) -> Value {
        json!({"kind": kind, "verdict": verdict,
               "readings": [{"evidence": [one]}, {"evidence": [other]}]})
    }

    #[test]
    fn a_difference_is_one_of_its_kind_at_the_words_of_both_sides() {
        let (may2, may3) = (cited("a", 42, 47), cited("b", 52, 55));
        for (kind, verdict, one, other, found) in [
            ("date", "conflict", may2.clone(), may3.clone(), true),
            ("date", "conflict", may3.clone(), may2.clone(), true),
            ("place", "conflict", may2.clone(), may3.clone(), false),
            ("date", "different_sources", may2.clone(), may3.clone(), false),
            ("date", "conflict", may2.clone(), cited("b", 60, 62), false),
            ("date", "conflict", may2.clone(), may2.clone(), false),
        ] {
            let row = &gold().differences()[0];
            let made = record(json!([conflict(kind, verdict, one, other)]), json!([]), json!([]));
            assert_eq!(made.has(row), found, "{kind} {verdict}");
        }
    }

    #[test]
    fn what_is_no_difference_and_is_told_as_one_is_a_fault() {
        let false_one = conflict("place", "conflict", cited("a", 10, 12), cited("c", 7, 8));
        let (told, missed) = figures(&gold(), &record(json!([false_one]), json!([]), json!([])));
        let faults = told.iter().find(|f| f.name == "false_conflicts").map(|f| f.value);
        assert_eq!(faults, Some(1.0), "{missed:?}");
    }

    #[test]
    fn an_alias_is_one_actor_at_both_names() {
        let row = &gold().differences()[2];
        let actor = |id: &str, mentions: Vec<Value>| json!({"id": id, "mentions": mentions});
        let (here, there) = (cited("a", 0, 8), cited("b", 1, 12));
        for (actors, one) in [
            (json!([actor("a1", vec![here.clone(), there.clone()])]), true),
            (json!([actor("a1", vec![here]), actor("a2", vec![there])]), false),
            (json!([]), false),
        ] {
            assert_eq!(record(json!([]), actors, json!([])).is_one_actor(row), one);
        }
    }

    #[test]
    fn an_agreement_stands_at_words_of_all_its_reports() {
        let gold = gold();
        let row = &gold.agreements()[1];
        for (evidence, count) in [
            (vec![cited("a", 9, 12), cited("b", 20, 30)], Some(1)),
            (vec![cited("a", 9, 12)], None),
            (vec![cited("a", 9, 12), cited("b", 30, 40)], None),
        ] {
            let agreed = json!([{"evidence": evidence, "independent_sources": 1}]);
            let made = record(json!([]), json!([]), agreed);
            assert_eq!(made.agreed(row, &gold.spots("E1")), count, "{evidence:?}");
        }
    }
}
