//! Gold of the seed reports for what the five say together: `collation.md`, with its events, people,
//! agreements and disagreements, each with the places of its words.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::bench::json_lines;

/// A half-open range of code points of one seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// Number of the seed ("000"), with which its file name begins.
    pub(crate) seed: String,
    /// First code point.
    pub(crate) start: u64,
    /// One past the last code point.
    pub(crate) end: u64,
}

/// What is to be stored of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// A difference of this verdict, in the record's words, with at least so many readings.
    Differs(&'static str, usize),
    /// Any difference at all.
    Tension,
    /// Two labels for one thing.
    Framing,
    /// One happening, told more and less closely.
    Granularity,
    /// One actor by two names: no difference.
    Alias,
    /// No difference.
    Nothing,
}

/// One row of the disagreements.
#[derive(Clone, Debug)]
pub(crate) struct Difference {
    /// Its id ("D1").
    pub(crate) id: String,
    /// Its type, in the gold's word.
    pub(crate) kind: String,
    /// Where the words of both sides stand.
    pub(crate) sides: [Vec<Spot>; 2],
    /// What is to be stored.
    pub(crate) verdict: Verdict,
}

/// One row of the agreements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Accordance {
    /// Its id ("A1").
    pub(crate) id: String,
    /// The seeds that hold it.
    pub(crate) seeds: Vec<String>,
    /// How many lineages stand behind it, where the gold counts them.
    pub(crate) lineages: Option<u64>,
}

/// The whole gold.
pub(crate) struct Gold {
    notes: String,
    rows: Vec<Value>,
}

impl Gold {
    /// Reads `collation.md`, and `events.jsonl` beside it.
    pub(crate) fn read(path: &Path) -> Result<Gold> {
        let notes =
            fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let gold = Gold { notes, rows: json_lines(&path.with_file_name("events.jsonl"))? };
        ensure!(!gold.differences().is_empty(), "no table of differences in {}", path.display());
        Ok(gold)
    }

    /// The part under the heading of that number.
    fn part(&self, number: &str) -> &str {
        let head = format!("\n## {number}. ");
        let rest = self.notes.split_once(head.as_str()).map_or("", |(_, rest)| rest);
        rest.split("\n## ").next().unwrap_or_default()
    }

    /// The cells of the row of that id.
    fn row(&self, number: &str, id: &str) -> Vec<&str> {
        let rows = self.part(number).lines().map(cells);
        rows.into_iter().find(|cells| cells.first() == Some(&id)).unwrap_or_default()
    }

    /// The disagreements.
    pub(crate) fn differences(&self) -> Vec<Difference> {
        let rows = self.part("4").lines().map(cells).filter(|c| is_id(c, 'D'));
        rows.filter_map(|c| {
            Some(Difference {
                id: (*c.first()?).to_owned(),
                kind: (*c.get(1)?).to_owned(),
                sides: [self.side(c.get(3)?), self.side(c.get(4)?)],
                verdict: verdict(c.get(5)?)?,
            })
        })
        .collect()
    }

    /// The agreements.
    pub(crate) fn agreements(&self) -> Vec<Accordance> {
        let rows = self.part("3").lines().map(cells).filter(|c| is_id(c, 'A'));
        rows.filter_map(|c| {
            let [.., seeds, independence] = c.as_slice() else { return None };
            // "000, 001 explicit; 002 …": those that say so outright.
            let outright = seeds.split([';', '(']).next()?;
            let mut found = numbers(outright);
            found.extend(numbers(&seeds.replace(outright, "")).into_iter().filter(|n| {
                // "000 (E6), 002 (E7)"
                seeds.contains(&format!(", {n} ("))
            }));
            found.dedup();
            let lineages = lineages(independence);
            Some(Accordance { id: (*c.first()?).to_owned(), seeds: found, lineages })
        })
        .collect()
    }

    /// Where the gold quotes what goes by an id: an event, a person with his offices, a difference, or a
    /// row of the events of one report.
    pub(crate) fn spots(&self, id: &str) -> Vec<Spot> {
        if let Some(row) = self.rows.iter().find(|row| row["id"] == id) {
            let spot = || {
                let seed = row["file"].as_str()?.get(..3)?.to_owned();
                Some(Spot { seed, start: row["start"].as_u64()?, end: row["end"].as_u64()? })
            };
            return spot().into_iter().collect();
        }
        let number = match id.as_bytes().first() {
            Some(b'E') => "1",
            Some(b'D') => "4",
            _ => "2",
        };
        self.row(number, id).iter().flat_map(|cell| quoted(cell)).collect()
    }

    /// The name of the person or body of that id, as the gold writes it.
    pub(crate) fn name(&self, id: &str) -> &str {
        self.row("2", id).get(1).copied().unwrap_or_default()
    }

    /// The forms of the name of a person or body, each with its seed.
    pub(crate) fn forms(&self, id: &str) -> Vec<(String, Spot)> {
        self.row("2", id).get(2).map(|cell| forms(cell)).unwrap_or_default()
    }

    /// A cell of the table of events, by its number: 2 the days, 3 the place, 4 the participants.
    pub(crate) fn of_event(&self, id: &str, cell: usize) -> &str {
        self.row("1", id).get(cell).copied().unwrap_or_default()
    }

    /// Where the words of a side stand: its quotes; of a report named without any, the whole; of an event,
    /// the quotes of that; of bare names, where the table of people has them.
    fn side(&self, cell: &str) -> Vec<Spot> {
        let mut spots = Vec::new();
        for part in cell.split(';') {
            let here = quoted(part);
            let part = part.trim();
            let number = numbers(part).into_iter().find(|n| part.starts_with(n.as_str()));
            if here.is_empty() {
                spots.extend(number.map(|seed| Spot { seed, start: 0, end: u64::MAX }));
            }
            spots.extend(here);
        }
        if spots.is_empty() {
            let event = cell.split_whitespace().next().filter(|word| {
                word.starts_with('E') && word[1..].chars().all(|c| c.is_ascii_digit())
            });
            spots = event.map(|id| self.spots(id)).unwrap_or_default();
        }
        if spots.is_empty() {
            let people = self.part("2").lines().map(cells).filter(|c| is_id(c, 'P'));
            let all = people.filter_map(|c| c.get(2).map(|cell| forms(cell))).flatten();
            let names: Vec<&str> = cell.split('/').map(str::trim).collect();
            let named =
                |form: &str| names.iter().any(|n| form == *n || form.ends_with(&format!(" {n}")));
            spots = all.filter(|(form, _)| named(form)).map(|(_, spot)| spot).collect();
        }
        spots
    }
}

/// The cells of a row of a table.
fn cells(line: &str) -> Vec<&str> {
    let inner = line.strip_prefix("| ").and_then(|l| l.trim_end().strip_suffix('|'));
    inner.map(|l| l.trim_end().split(" | ").map(str::trim).collect()).unwrap_or_default()
}

fn is_id(cells: &[&str], letter: char) -> bool {
    let id = cells.first().and_then(|id| id.strip_prefix(letter));
    id.is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit()))
}

/// Every `NNN[a:b]` in a cell.
pub(crate) fn quoted(cell: &str) -> Vec<Spot> {
    let spot = |(at, _): (usize, &str)| {
        let seed = cell.get(at.checked_sub(3)?..at)?;
        let (range, _) = cell[at + 1..].split_once(']')?;
        let (start, end) = range.split_once(':')?;
        let seed = seed.chars().all(|c| c.is_ascii_digit()).then(|| seed.to_owned())?;
        Some(Spot { seed, start: start.parse().ok()?, end: end.parse().ok()? })
    };
    cell.match_indices('[').filter_map(spot).collect()
}

/// Numbers of seeds that stand in a text by themselves, in order.
fn numbers(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let number = |w: &&str| w.len() == 3 && w.chars().all(|c| c.is_ascii_digit());
    words.filter(number).map(str::to_owned).collect()
}

/// `000: “NAME” ×2 first 000[4:9]; …`
fn forms(cell: &str) -> Vec<(String, Spot)> {
    let form = |piece: &str| {
        let (_, rest) = piece.split_once('“')?;
        let (name, rest) = rest.split_once('”')?;
        Some((name.to_owned(), quoted(rest).into_iter().next()?))
    };
    cell.split(';').filter_map(form).collect()
}

/// The number before the last "lineage" that has one.
fn lineages(cell: &str) -> Option<u64> {
    let counted = cell.match_indices(" lineage").filter_map(|(at, _)| {
        let word = cell[..at].rsplit(|c: char| !c.is_alphanumeric()).next()?;
        word.parse().ok()
    });
    let one = || cell.starts_with("one ").then_some(1);
    counted.last().or_else(one)
}

fn verdict(cell: &str) -> Option<Verdict> {
    let word = cell.trim_start_matches('*');
    // The longer word first.
    let known = [
        ("conflict of assessment", Verdict::Differs("different_sources", 2)),
        ("conflict", Verdict::Differs("conflict", 2)),
        ("different sources", Verdict::Differs("different_sources", 2)),
        ("three accounts", Verdict::Differs("different_sources", 3)),
        ("partial", Verdict::Differs("different_sources", 2)),
        ("internal", Verdict::Differs("update_over_time", 2)),
        ("tension", Verdict::Tension),
        ("framing", Verdict::Framing),
        ("granularity", Verdict::Granularity),
        ("alias", Verdict::Alias),
        ("different accords", Verdict::Nothing),
        ("not a conflict", Verdict::Nothing),
    ];
    known.into_iter().find(|(start, _)| word.starts_with(start)).map(|(_, verdict)| verdict)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Notes of the gold's shape over invented reports.
    pub(crate) const NOTES: &str = "# N\n\n## 1. Events\n| id | event | date | place | who | seeds |\n|---|---|---|---|---|---|\n\
        | E1 | Talks | 2011-05-02 | Oslo | Orlo, Vidal | “met” 000[10:13]; “spoke” 001[20:25] |\n\n\
        ## 2. People\n| id | canonical | forms | offices |\n|---|---|---|---|\n\
        | P1 | Ana Orlo | 000: “Ana Orlo” ×1 first 000[0:8]; 001: “Anna Orloff” ×2 first 001[1:12] | envoy: “envoy” 000[30:35] |\n\n\
        ## 3. Agreements\n| id | statement | seeds | independence |\n|---|---|---|---|\n\
        | A1 | x (a | b) | 000, 002 (001 silent) | Wire lineage {000,002} + 003 → 2 lineages |\n\
        | A2 | y | 000, 001 explicit; 002 “near” | one established lineage: NOT two |\n\
        | A3 | z | 000 (E1), 002 (E7) | different accords |\n\n\
        ## 4. Disagreements\n| id | type | what | side 1 | side 2 | verdict |\n|---|---|---|---|---|---|\n\
        | D1 | date | day | “May 2” 000[40:45] | “May 3” 001[50:55] | **conflict**, same lineage |\n\
        | D2 | office | x | 001 minister; 000 “chair” 000[4:6] | “dean” 002[1:2] | **conflict of assessment** |\n\
        | D3 | spelling | names | Orlo / Vidal | Anna Orloff | **alias** |\n\
        | D4 | accord | x | E1 talks (000) | “pact” 002[7:9] | **different accords, NOT a conflict** |\n";

    /// The gold of those notes.
    pub(crate) fn gold() -> Gold {
        Gold { notes: NOTES.into(), rows: Vec::new() }
    }

    fn spot(seed: &str, start: u64, end: u64) -> Spot {
        Spot { seed: seed.into(), start, end }
    }

    #[test]
    fn differences_have_their_places_and_verdicts() {
        let read = gold().differences();
        let told: Vec<_> =
            read.iter().map(|d| (d.id.as_str(), d.kind.as_str(), d.verdict)).collect();
        assert_eq!(
            told,
            [
                ("D1", "date", Verdict::Differs("conflict", 2)),
                ("D2", "office", Verdict::Differs("different_sources", 2)),
                ("D3", "spelling", Verdict::Alias),
                ("D4", "accord", Verdict::Nothing),
            ]
        );
        assert_eq!(read[0].sides, [vec![spot("000", 40, 45)], vec![spot("001", 50, 55)]]);
        assert_eq!(read[1].sides[0], [spot("001", 0, u64::MAX), spot("000", 4, 6)]);
        assert_eq!(read[2].sides, [vec![spot("000", 0, 8)], vec![spot("001", 1, 12)]]);
        assert_eq!(read[3].sides[0], [spot("000", 10, 13), spot("001", 20, 25)]);
    }

    #[test]
    fn agreements_have_their_seeds_and_lineages() {
        let row = |id: &str, seeds: &[&str], lineages| Accordance {
            id: id.into(),
            seeds: seeds.iter().map(|&s| s.to_owned()).collect(),
            lineages,
        };
        assert_eq!(
            gold().agreements(),
            [
                row("A1", &["000", "002"], Some(2)),
                row("A2", &["000", "001"], Some(1)),
                row("A3", &["000", "002"], None),
            ]
        );
    }

    #[test]
    fn what_goes_by_an_id_is_found() {
        let gold = gold();
        assert_eq!(gold.spots("E1"), [spot("000", 10, 13), spot("001", 20, 25)]);
        assert_eq!(gold.spots("P1").len(), 3);
        assert_eq!((gold.name("P1"), gold.of_event("E1", 3)), ("Ana Orlo", "Oslo"));
        assert_eq!(gold.forms("P1")[1], ("Anna Orloff".into(), spot("001", 1, 12)));
    }
}
