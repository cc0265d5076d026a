//! Gold of the seed reports for figures and times: the table of section 7 of `collation.md`, with who
//! gives a figure (its questions, section 9) and what days are reckoned from (its reports, section 0).

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::bench::{Bench, json};
use super::seed_gold;
use super::sets::Set;
use crate::process::Usage;

/// One row of the table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    /// Number of the seed ("000"), with which its file name begins.
    pub(crate) seed: String,
    /// First code point.
    pub(crate) start: u64,
    /// One past the last code point.
    pub(crate) end: u64,
    /// What it comes to.
    pub(crate) gold: Gold,
}

/// What a row's words come to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Gold {
    /// A figure.
    Figure {
        /// Value.
        value: f64,
        /// Bound, in the record's words; empty where the gold's "<" or ">" leaves nothing to ask.
        bound: &'static str,
        /// Measure, where the gold names one.
        measure: Option<&'static str>,
        /// Who gives it, where the gold names somebody.
        giver: Option<String>,
    },
    /// Days between two bounds, months filled up.
    Days {
        /// First day.
        first: String,
        /// Last day.
        last: String,
        /// The gold calls it vague: some of the days are enough.
        vague: bool,
        /// What they are reckoned from, in the record's words.
        basis: &'static str,
    },
    /// The report alone leaves it open; the value where the gold gives one.
    Open(Option<String>),
    /// No part of the report.
    Debris,
}

/// The table's rows, the record of the seeds, and what it cost to make.
pub(crate) fn collated(bench: &Bench, set: &Set) -> Result<(Vec<Row>, Value, Usage)> {
    let gold = set.gold_in(&bench.shared);
    let out = bench.folder(set.task, set.name)?.join("out.json");
    let seeds = seed_gold::paths(&seed_gold::read(&gold)?, &gold);
    let usage = bench.read("collate", &seeds, "json", &out)?;
    Ok((read(&gold)?, json(&out)?, usage))
}

/// Reads the table in the notes beside `gold`.
pub(crate) fn read(gold: &Path) -> Result<Vec<Row>> {
    let path = gold.with_file_name("collation.md");
    let notes = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let rows = rows(&notes);
    ensure!(!rows.is_empty(), "no table of values in {}", path.display());
    Ok(rows)
}

fn rows(notes: &str) -> Vec<Row> {
    let part = |number: &str| {
        let head = format!("\n## {number}. ");
        let rest = notes.split_once(head.as_str()).map_or("", |(_, rest)| rest);
        rest.split("\n## ").next().unwrap_or_default()
    };
    let (reports, values, questions) = (part("0"), part("7"), part("9"));
    values.lines().filter_map(|line| row(line, reports, questions)).collect()
}

fn row(line: &str, reports: &str, questions: &str) -> Option<Row> {
    let mut cells = line.strip_prefix("| ")?.split(" | ");
    let (place, text) = (cells.next()?, cells.next()?);
    let value = cells.next()?.trim_end_matches([' ', '|']);
    let (seed, span) = place.strip_suffix(']')?.split_once('[')?;
    let (start, end) = span.split_once(':')?;
    let gold = gold(value, text, seed, reports, questions)?;
    Some(Row { seed: seed.into(), start: start.parse().ok()?, end: end.parse().ok()?, gold })
}

fn gold(value: &str, text: &str, seed: &str, reports: &str, questions: &str) -> Option<Gold> {
    if value.contains("(debris)") {
        return Some(Gold::Debris);
    }
    if value.starts_with("pub") {
        return Some(Gold::Open(None));
    }
    if value.starts_with("XXXX") {
        return Some(Gold::Open(Some(value.to_owned())));
    }
    if let Some(figure) = figure(value, text, questions) {
        return Some(figure);
    }
    let dates = dates(value);
    let first = dates.iter().min()?.clone();
    let last = dates.iter().max()?.clone();
    // A year in the words needs no other day; else the report's own day, or one that it lacks.
    let year = text.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() == 4 && run > "1900");
    let lent =
        reports.lines().any(|l| l.starts_with(&format!("| {seed} |")) && l.contains(" by 0"));
    let basis = match (year, lent) {
        (true, _) => "absolute",
        (_, true) => "other_report",
        _ => "publication",
    };
    Some(Gold::Days {
        first: if first.len() == 7 { format!("{first}-01") } else { first },
        last: month_end(last),
        vague: value.contains("vague"),
        basis,
    })
}

fn figure(value: &str, text: &str, questions: &str) -> Option<Gold> {
    let (bound, rest) = match value.chars().next()? {
        '>' => ("at_least", &value[1..]),
        '<' => ("at_most", &value[1..]),
        '~' => ("about", &value[1..]),
        _ => ("exact", value),
    };
    let (number, told) = rest.split_once(' ').unwrap_or((rest, ""));
    let length = number.strip_prefix('P').and_then(|n| n.strip_suffix('Y'));
    let value: f64 = length.unwrap_or(number).parse().ok()?;
    let measures = ["killed", "injured", "displaced"];
    let measure = measures.into_iter().find(|m| told.contains(m));
    // "→ >400,000 (de Mistura, 000)"
    let digits = text.split_whitespace().find(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    let giver = digits.and_then(|d| {
        let (_, rest) = questions.split_once(&format!("{d} ("))?;
        let end = rest.find([',', ')']).into_iter().chain(rest.find(" via ")).min()?;
        Some(rest[..end].to_owned())
    });
    Some(Gold::Figure { value, bound, measure, giver })
}

/// The days and months in a cell, as written.
fn dates(value: &str) -> Vec<String> {
    let parts = value.split(|c: char| !c.is_ascii_digit() && c != '-');
    let dated = parts.filter(|p| matches!(p.len(), 7 | 10) && p.as_bytes()[4] == b'-');
    dated.map(str::to_owned).collect()
}

/// The last day of a month, or the day itself.
fn month_end(date: String) -> String {
    if date.len() != 7 {
        return date;
    }
    let year: u32 = date[..4].parse().unwrap_or_default();
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match &date[5..] {
        "02" => 28 + u32::from(leap),
        "04" | "06" | "09" | "11" => 30,
        _ => 31,
    };
    format!("{date}-{days}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTES: &str = "# N\n\n## 0. Reports\n| 000 | x | none, so by 001 |\n| 001 | y | “2011” |\n\n\
        ## 7. Values\n| seed | text | value |\n|---|---|---|\n\
        | 000[2:9] | over 4,000 | >4000 persons killed |\n\
        | 001[3:9] | nearly half | <0.5 of all displaced |\n\
        | 001[4:9] | over three years | >P3Y |\n\
        | 000[5:9] | in February | 2012-02 |\n\
        | 001[6:9] | in recent weeks | ≈ 2011-06, vague |\n\
        | 001[7:9] | June 3, 2011 | 2011-06-03T00:00+02:00 (= 2011-06-02T22:00Z) |\n\
        | 001[8:9] | Sunday | XXXX-WXX-7 |\n\
        | 001[9:10] | two days ago | pub−2d |\n\
        | 001[10:19] | 2005 -2017 | archive range (debris) |\n\n\
        ## 9. Questions\n- How many? → >4,000 (Ana Orlo via 001); none else\n";

    #[test]
    fn the_table_is_read() {
        let days = |first: &str, last: &str, vague, basis| Gold::Days {
            first: first.into(),
            last: last.into(),
            vague,
            basis,
        };
        let figure = |value, bound, measure, giver: Option<&str>| Gold::Figure {
            value,
            bound,
            measure,
            giver: giver.map(str::to_owned),
        };
        let read = rows(NOTES);
        let golds: Vec<Gold> = read.iter().map(|row| row.gold.clone()).collect();
        assert_eq!(
            golds,
            [
                figure(4000.0, "at_least", Some("killed"), Some("Ana Orlo")),
                figure(0.5, "at_most", Some("displaced"), None),
                figure(3.0, "at_least", None, None),
                days("2012-02-01", "2012-02-29", false, "other_report"),
                days("2011-06-01", "2011-06-30", true, "publication"),
                days("2011-06-02", "2011-06-03", false, "absolute"),
                Gold::Open(Some("XXXX-WXX-7".into())),
                Gold::Open(None),
                Gold::Debris,
            ]
        );
        assert_eq!((read[0].seed.as_str(), read[0].start, read[0].end), ("000", 2, 9));
    }
}
