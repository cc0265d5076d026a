//! The ten questions of `docs/questions.md` on the seed reports: the documented commands are run, and what
//! they print is held against the gold's answers, by name, day, place and the words cited.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::Value;

use super::bench::{Bench, json, json_lines};
use super::figure::Figure;
use super::seed_collation::{Gold, Spot};
use super::seed_gold;
use super::seed_values::{self, Gold as Worth};
use super::seeds_findings::{Record, list};
use super::sets::{Measured, Set};
use crate::process::Usage;

/// The commands: a name, the ledger, and for whom it is asked, by the gold's ids of people and, with a
/// "@", of events that have a place.
const COMMANDS: &[(&str, &str, &[&str])] = &[
    ("met", "consultations", &["P1", "@E3"]),
    ("when", "timeline", &["P5", "@E1"]),
    ("killed", "figures", &[]),
    ("conferred", "consultations", &["P1", "P3"]),
    ("talked", "consultations", &["P1", "P4"]),
    ("accords", "accords", &[]),
    ("one_person", "names", &["P2"]),
    ("other_person", "names", &["P6"]),
    ("task", "mandates", &["P1"]),
    ("unnamed", "unnamed", &[]),
];

/// Runs the commands and holds their rows against the gold.
pub(crate) fn measure(bench: &Bench, set: &Set) -> Result<Measured> {
    let path = set.gold_in(&bench.shared);
    let folder = bench.folder(set.task, set.name)?;
    let seeds = seed_gold::read(&path.with_file_name("clean.json"))?;
    let inputs = seed_gold::paths(&seeds, &path);
    let gold = Gold::read(&path)?;
    let out = folder.join("out.json");
    let mut usage = bench.read("collate", &inputs, "json", &out)?;
    let mut answers = Answers { gold, record: Record(json(&out)?), rows: Vec::new() };
    for (name, view, asked) in COMMANDS {
        let named: Vec<String> = asked.iter().map(|id| name_of(&answers.gold, id)).collect();
        let out = folder.join(format!("{name}.jsonl"));
        usage.add(asks(bench, &inputs, view, &named, &out)?);
        answers.rows.push((name, json_lines(&out)?));
    }
    let killed = seed_values::read(&path.with_file_name("clean.json"))?;
    let parts = answers.all(&killed);
    let missed: Vec<String> = parts
        .iter()
        .flat_map(|(n, parts)| parts.iter().map(move |(what, right)| (n, what, right)))
        .filter(|(_, _, right)| !**right)
        .map(|(n, what, _)| format!("question {n}: {what}"))
        .collect();
    fs::write(folder.join("missed.txt"), missed.join("\n") + "\n")?;
    Ok((figures(&parts), usage))
}

fn asks(
    bench: &Bench,
    inputs: &[PathBuf],
    view: &str,
    named: &[String],
    out: &Path,
) -> Result<Usage> {
    let mut args: Vec<OsString> = vec!["collate".into()];
    args.extend(inputs.iter().map(|path| path.clone().into_os_string()));
    args.extend(["--view".into(), view.into(), "--format".into(), "jsonl".into()]);
    args.extend(named.iter().flat_map(|name| ["--named".into(), name.into()]));
    bench.variorum(args, None, out)?.done()
}

/// The name of a person, or with "@" the place of an event.
fn name_of(gold: &Gold, id: &str) -> String {
    match id.strip_prefix('@') {
        Some(event) => gold.of_event(event, 3).to_owned(),
        None => gold.name(id).to_owned(),
    }
}

/// The parts of an answer, each with whether it is right.
type Parts = Vec<(&'static str, bool)>;

fn figures(answers: &[(u64, Parts)]) -> Vec<Figure> {
    let right = |parts: &Parts| parts.iter().filter(|(_, right)| *right).count() as u64;
    let whole = answers.iter().filter(|(_, p)| right(p) == p.len() as u64).count() as u64;
    let parts: u64 = answers.iter().map(|(_, p)| right(p)).sum();
    let all: u64 = answers.iter().map(|(_, p)| p.len() as u64).sum();
    vec![
        Figure::share("questions", whole, answers.len() as u64),
        Figure::share("parts", parts, all),
    ]
}

/// What the commands printed, beside the gold and the whole record.
struct Answers {
    gold: Gold,
    record: Record,
    rows: Vec<(&'static str, Vec<Value>)>,
}

impl Answers {
    fn rows(&self, name: &str) -> &[Value] {
        self.rows.iter().find(|(n, _)| *n == name).map_or(&[], |(_, rows)| rows)
    }

    /// Rows of a command that stand for a happening told at the words of an event of the gold.
    fn of(&self, name: &str, event: &str) -> Vec<&Value> {
        let spots = self.gold.spots(event);
        let rows = self.rows(name).iter();
        rows.filter(|row| {
            let events = self.record.list("events").iter().filter(|e| e["id"] == row["event"]);
            self.record.touches(&row["evidence"], &spots)
                || events.into_iter().any(|e| self.record.any(&e["mentions"], &spots))
        })
        .collect()
    }

    fn all(&self, killed: &[seed_values::Row]) -> Vec<(u64, Parts)> {
        vec![
            (1, self.met()),
            (2, self.when()),
            (3, self.killed(killed)),
            (4, self.twice("conferred", [("E3b", "A1-03"), ("E4", "A3-02")])),
            (5, self.twice("talked", [("E3c", "A1-04"), ("E5", "A4-01")])),
            (6, self.accords()),
            (7, self.one_person()),
            (8, self.task()),
            (9, self.unnamed()),
            (10, self.independent()),
        ]
    }

    /// Whether a name is a form of that of a person or body.
    fn is(&self, id: &str, name: &Value) -> bool {
        let name = name.as_str().unwrap_or_default();
        let forms = self.gold.forms(id);
        name == self.gold.name(id) || forms.iter().any(|(form, _)| form == name)
    }

    fn met(&self) -> Parts {
        let rows = self.rows("met");
        let met = |id: &str| {
            rows.iter().any(|r| list(&r["participants"]).iter().any(|name| self.is(id, name)))
        };
        let month = month_of(&self.gold, "E3");
        let out_of_month = |r: &Value| {
            let day = r["earliest"].as_str().unwrap_or_default();
            !day.is_empty() && !day.starts_with(&month)
        };
        vec![
            ("the first is met", met("P2")),
            ("the second is met", met("P3")),
            ("the third is met", met("P4")),
            ("all in that month", !rows.is_empty() && !rows.iter().any(out_of_month)),
        ]
    }

    fn when(&self) -> Parts {
        let rows = self.of("when", "E1");
        let told: Vec<&str> =
            rows.iter().flat_map(|r| list(&r["dates"])).filter_map(Value::as_str).collect();
        let days = days_of(&self.gold, "E1");
        let both = days.len() == 2 && days.iter().all(|d| told.iter().any(|t| t.starts_with(d)));
        let row = self.gold.differences().into_iter().find(|d| d.id == "D1");
        let flagged = row.is_some_and(|row| self.record.has(&row));
        vec![("it is one happening", rows.len() == 1), ("both days", both), ("flagged", flagged)]
    }

    fn killed(&self, values: &[seed_values::Row]) -> Parts {
        let rows = self.rows("killed");
        let figures = values.iter().filter_map(|row| match &row.gold {
            Worth::Figure { value, measure: Some("killed"), giver: Some(giver), .. } => {
                Some((*value, giver))
            }
            _ => None,
        });
        let given = |value: f64, giver: &str| {
            let gives = |name: &str| name.contains(giver) || initials(name) == giver;
            rows.iter().any(|r| {
                let names = list(&r["according_to"]).iter().filter_map(Value::as_str);
                r["amount"].as_f64() == Some(value) && names.into_iter().any(gives)
            })
        };
        let mut parts: Parts = figures
            .map(|(value, giver)| ("a figure with its giver", given(value, giver)))
            .collect();
        let stopped = self.gold.spots("A1-14");
        let told = rows.iter().any(|r| self.record.touches(&r["evidence"], &stopped));
        parts.push(("who counts no longer", told));
        parts
    }

    /// Two consultations of two people, each told by a row of its own with its place, its day as far as the
    /// gold has one, and whether it was by telephone. Each goes by its id, and by that of the clause that
    /// tells it.
    fn twice(&self, name: &str, events: [(&str, &str); 2]) -> Parts {
        let found = events.map(|(_, clause)| self.of(name, clause));
        let events = events.map(|(event, _)| event);
        let apart = found.iter().all(|rows| rows.len() == 1)
            && found[0][0]["event"] != found[1][0]["event"];
        let fits = |n: usize| {
            let place = self.gold.of_event(events[n], 3);
            let by_phone = place.contains("telephone");
            let days = days_of(&self.gold, events[n]);
            !found[n].is_empty()
                && found[n].iter().all(|row| {
                    let told = row["day"].as_str().unwrap_or_default();
                    let dated = days.iter().all(|d| told.contains(d.as_str()));
                    let placed = if by_phone {
                        row["form"].as_str().is_some_and(|f| f.contains("phone"))
                    } else {
                        row["place"] == place
                    };
                    dated && placed
                })
        };
        vec![
            ("two, and no more", self.rows(name).len() == 2),
            ("apart", apart),
            ("the first with its place and day", fits(0)),
            ("the second with its place and day", fits(1)),
        ]
    }

    fn accords(&self) -> Parts {
        let rows = ["E6", "E7"].map(|event| {
            let spots = self.gold.spots(event);
            let of = self.rows("accords").iter();
            let found: Vec<&Value> =
                of.filter(|r| self.record.touches(&r["evidence"], &spots)).collect();
            (event, found)
        });
        let told = |(event, found): &(&str, Vec<&Value>)| {
            let (brokers, exempt) = terms(self.gold.of_event(event, 4));
            found.len() == 1
                && named_alike(&brokers, &found[0]["brokers"])
                && list(&found[0]["exempt"]).len() == exempt.len()
        };
        let apart = rows[0].1.iter().all(|r| !rows[1].1.contains(r));
        vec![
            ("the first with its brokers and exemptions", told(&rows[0])),
            ("the second with its brokers and exemptions", told(&rows[1])),
            ("two accords", apart),
        ]
    }

    fn one_person(&self) -> Parts {
        let whole = |name: &str, id: &str| {
            let rows = self.rows(name);
            let full = self.gold.forms(id).into_iter().filter(|(form, _)| form.contains(' '));
            rows.len() == 1
                && full.into_iter().all(|(form, _)| {
                    let written = list(&rows[0]["written"]).iter().chain([&rows[0]["name"]]);
                    written.into_iter().any(|w| *w == *form)
                })
        };
        let row = self.gold.differences().into_iter().find(|d| d.id == "D3");
        vec![
            ("the first is one person", whole("one_person", "P2")),
            ("the second is one person", whole("other_person", "P6")),
            ("his office is disputed", row.is_some_and(|row| self.record.has(&row))),
        ]
    }

    fn task(&self) -> Parts {
        let rows = self.rows("task");
        let row = self.gold.differences().into_iter().find(|d| d.id == "D5");
        let sides = row.map(|d| d.sides).unwrap_or_default();
        let at = |side: usize| {
            rows.iter().position(|r| self.record.touches(&r["evidence"], &sides[side]))
        };
        let first = at(0).map(|n| &rows[n]);
        let giver = first.is_some_and(|r| self.is("O1", &r["giver"]));
        vec![
            ("who first says so", at(0) == Some(0)),
            ("who gave it", giver),
            ("who repeats it", at(1) > at(0)),
        ]
    }

    fn unnamed(&self) -> Parts {
        let rows = self.rows("unnamed");
        let outcome = self.gold.differences().into_iter().find(|d| d.id == "D6");
        let outcome = outcome.map(|d| d.sides[1].clone()).unwrap_or_default();
        let said =
            [self.gold.spots("A5-10"), self.gold.spots("A5-11"), outcome, self.gold.spots("A5-12")];
        let has = |n: usize| rows.iter().any(|r| self.record.touches(&r["evidence"], &said[n]));
        let all: Vec<Spot> = said.concat();
        let only = rows.iter().all(|r| self.record.touches(&r["evidence"], &all));
        vec![
            ("the first statement", has(0)),
            ("the second statement", has(1)),
            ("the third statement", has(2)),
            ("the fourth statement", has(3)),
            ("no other", only && !rows.is_empty()),
        ]
    }

    fn independent(&self) -> Parts {
        let row = self.gold.agreements().into_iter().find(|a| a.id == "A3");
        let spots = self.gold.spots("E1");
        let right = row.is_some_and(|row| {
            row.lineages.is_some() && self.record.agreed(&row, &spots) == row.lineages
        });
        vec![("counted once each", right)]
    }
}

/// The days that the gold gives an event, as the ledgers write them.
fn days_of(gold: &Gold, event: &str) -> Vec<String> {
    // What stands in brackets or behind the first sentence says how the days were found.
    let told = gold.of_event(event, 2).split(". ").next().unwrap_or_default();
    let outside = told.split('(').map(|part| part.rsplit(')').next().unwrap_or_default());
    let text = outside.collect::<Vec<_>>().join(" ");
    let words = text.split(|c: char| !c.is_ascii_digit() && c != '-');
    words.filter(|w| w.len() == 10).filter_map(written).collect()
}

/// The month in which the gold has an event, as `YYYY-MM`.
fn month_of(gold: &Gold, event: &str) -> String {
    gold.of_event(event, 2).get(..7).unwrap_or_default().to_owned()
}

/// A day as the ledgers write it: "3 May 2011".
fn written(day: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut parts = day.split('-');
    let year = parts.next()?;
    let month = MONTHS.get(parts.next()?.parse::<usize>().ok()?.checked_sub(1)?)?;
    let day: u32 = parts.next()?.parse().ok()?;
    Some(format!("{day} {month} {year}"))
}

/// The brokers and those exempt, in a cell of participants: "A, B (brokers); exempt: C, D".
fn terms(cell: &str) -> (Vec<&str>, Vec<&str>) {
    let (brokers, exempt) = cell.split_once("exempt:").unwrap_or((cell, ""));
    let brokers = brokers.split('(').next().unwrap_or_default();
    (pieces(brokers), pieces(exempt))
}

fn pieces(text: &str) -> Vec<&str> {
    text.split(',').map(str::trim).filter(|p| !p.is_empty()).collect()
}

/// Whether the names told are those of the gold, by name or initials, and no more.
fn named_alike(gold: &[&str], told: &Value) -> bool {
    let told: Vec<&str> = list(told).iter().filter_map(Value::as_str).collect();
    told.len() == gold.len()
        && gold.iter().all(|g| told.iter().any(|t| t == g || initials(t) == *g))
}

/// The first letters of the words with capitals.
fn initials(name: &str) -> String {
    let words = name.split_whitespace();
    words.filter_map(|w| w.chars().next().filter(|c| c.is_uppercase())).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_commands_are_the_documented_ones() {
        let documented = include_str!("../../../docs/questions.md");
        for (name, view, _) in COMMANDS {
            assert!(documented.contains(&format!("--view {view}")), "{name}");
        }
    }

    #[test]
    fn an_answer_is_right_with_all_its_parts() {
        let answers = [(1, vec![("a", true), ("b", true)]), (2, vec![("a", true), ("b", false)])];
        let told: Vec<String> = figures(&answers).iter().map(Figure::text).collect();
        assert_eq!(told, ["1/2 0.5000", "3/4 0.7500"]);
    }

    #[test]
    fn names_days_and_terms_as_the_gold_has_them() {
        assert_eq!(written("2011-05-03").as_deref(), Some("3 May 2011"));
        assert_eq!(
            terms("UK, Chad (brokers); exempt: A, B C"),
            (vec!["UK", "Chad"], vec!["A", "B C"])
        );
        for (told, alike) in [
            (json!(["United Kingdom", "Chad"]), true),
            (json!(["Chad", "Mali"]), false),
            (json!(["Chad"]), false),
        ] {
            assert_eq!(named_alike(&["UK", "Chad"], &told), alike, "{told}");
        }
    }
}
