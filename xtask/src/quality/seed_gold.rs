//! Gold of the seed reports: body, debris, title and the day of publication one report gives.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use super::bench::json;

/// A half-open range of code points and what stands there.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    /// Kind, in the gold's words.
    pub(crate) kind: String,
    /// First code point.
    pub(crate) start: u64,
    /// One past the last code point.
    pub(crate) end: u64,
}

/// When a report was published, as far as the report alone tells.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Published {
    /// Between two days.
    Between(String, String),
    /// It tells nothing.
    Unknown,
    /// Only other reports tell: nothing is asked.
    NotAsked,
}

/// Gold of one seed.
#[derive(Clone, Debug)]
pub(crate) struct Seed {
    /// File name.
    pub(crate) file: String,
    /// Code points of the whole file.
    pub(crate) chars: u64,
    /// Headline, if the file kept one.
    pub(crate) title: Option<String>,
    /// What is not body.
    pub(crate) debris: Vec<Piece>,
    /// Paragraphs and headings.
    pub(crate) body: Vec<Piece>,
    /// Publication.
    pub(crate) published: Published,
    /// Publication as the five reports settle it together.
    pub(crate) settled: Published,
}

/// Reads the gold: `clean.json`, and `clean.md` beside it for the days.
pub(crate) fn read(gold: &Path) -> Result<Vec<Seed>> {
    let notes = gold.with_extension("md");
    let notes =
        fs::read_to_string(&notes).with_context(|| format!("cannot read {}", notes.display()))?;
    json(gold)?.as_array().context("no list of seeds")?.iter().map(|s| seed(s, &notes)).collect()
}

/// The seed files, beside the folder with the gold.
pub(crate) fn paths(seeds: &[Seed], gold: &Path) -> Vec<PathBuf> {
    let folder = gold.parent().and_then(Path::parent).unwrap_or(Path::new("."));
    seeds.iter().map(|seed| folder.join(&seed.file)).collect()
}

fn seed(value: &Value, notes: &str) -> Result<Seed> {
    let file = value["file"].as_str().context("a seed without a file")?;
    Ok(Seed {
        file: file.to_owned(),
        chars: value["chars"].as_u64().context("a seed without a length")?,
        title: value["title"].as_str().map(str::to_owned),
        debris: pieces(&value["debris"])?,
        body: pieces(&value["body"])?,
        published: published(section(notes, file)),
        settled: settled(section(notes, file)),
    })
}

fn pieces(list: &Value) -> Result<Vec<Piece>> {
    let piece = |value: &Value| {
        Some(Piece {
            kind: value["kind"].as_str()?.to_owned(),
            start: value["start"].as_u64()?,
            end: value["end"].as_u64()?,
        })
    };
    let list = list.as_array().context("a seed without spans")?;
    list.iter().map(|value| piece(value).context("a span without kind, start or end")).collect()
}

/// The part of the notes under the heading that names `file`.
fn section<'a>(notes: &'a str, file: &str) -> &'a str {
    let heading = format!("## {file}\n");
    let rest = notes.split_once(heading.as_str()).map_or("", |(_, rest)| rest);
    rest.split("\n## ").next().unwrap_or_default()
}

/// Reads the line on the publication date: a day, an interval, or none from one document.
fn published(section: &str) -> Published {
    let line = section.lines().find_map(|line| line.strip_prefix("- publication date: "));
    let Some(line) = line else { return Published::NotAsked };
    if let Some(day) = day(line) {
        return Published::Between(day.clone(), day);
    }
    if line.contains("single-document date = null") {
        return Published::Unknown;
    }
    // What leans on other reports is not asked of one report alone.
    if line.contains("other document") {
        return Published::NotAsked;
    }
    let bounds = line.rsplit_once("Expected output").and_then(|(_, out)| {
        let (_, rest) = out.split_once("interval [")?;
        let (first, rest) = rest.split_once(", ")?;
        Some(Published::Between(day(first)?, day(rest)?))
    });
    bounds.unwrap_or(Published::NotAsked)
}

/// Reads the same line for what all reports together settle: where nothing is said of the others, what
/// the report alone tells.
fn settled(section: &str) -> Published {
    let line = section.lines().find_map(|line| line.strip_prefix("- publication date: "));
    let line = line.unwrap_or_default();
    let between = |first: &str, last: &str| Some(Published::Between(day(first)?, day(last)?));
    let together = line.split_once("after cross-document resolution `").and_then(|(_, rest)| {
        let (first, rest) = rest.split_once('/')?;
        between(first, rest)
    });
    let with_others = || {
        let (_, rest) =
            line.split_once("interval [").filter(|_| line.contains("other document"))?;
        let (first, rest) = rest.split_once(", ")?;
        between(first, rest)
    };
    together.or_else(with_others).unwrap_or_else(|| published(section))
}

/// The day at the start of `text`, as `YYYY-MM-DD`.
fn day(text: &str) -> Option<String> {
    let day = text.get(..10)?;
    let shape = day.bytes().enumerate().all(|(index, byte)| match index {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    shape.then(|| day.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_on_the_date_is_read() {
        let between = |a: &str, b: &str| Published::Between(a.into(), b.into());
        for (line, expected) in [
            ("2011-05-06T07:08:09 (explicit)", between("2011-05-06", "2011-05-06")),
            (
                "none stated. Expected output: `date: null` with interval [2011-05-01, 2011-06-02]; later",
                between("2011-05-01", "2011-06-02"),
            ),
            ("none at all; single-document date = null. from outside: 2011", Published::Unknown),
            (
                "Expected: interval [2011-05-01, 2011-06-02], basis = other document",
                Published::NotAsked,
            ),
            ("a mystery", Published::NotAsked),
        ] {
            let section = format!("- title: none\n- publication date: {line}\n- language: en\n");
            assert_eq!(published(&section), expected, "{line}");
        }
        assert_eq!(published("- title: none"), Published::NotAsked);
    }

    #[test]
    fn what_the_reports_settle_together() {
        let between = |a: &str, b: &str| Published::Between(a.into(), b.into());
        for (line, expected) in [
            (
                "Expected output: interval [2011-05-01, 2011-06-02]; after cross-document resolution `2011-05-03/2011-05-09`",
                between("2011-05-03", "2011-05-09"),
            ),
            (
                "Expected: interval [2011-05-01, 2011-05-02], basis = other document",
                between("2011-05-01", "2011-05-02"),
            ),
            ("2011-05-06T07:08:09 (explicit)", between("2011-05-06", "2011-05-06")),
            ("none; single-document date = null", Published::Unknown),
        ] {
            let section = format!("- publication date: {line}\n");
            assert_eq!(settled(&section), expected, "{line}");
        }
    }

    #[test]
    fn a_section_ends_at_the_next_heading() {
        let notes = "# N\n## a.txt\none\n### deep\ntwo\n\n## b.txt\nthree\n";
        assert_eq!(section(notes, "a.txt"), "one\n### deep\ntwo\n");
        assert_eq!(section(notes, "b.txt"), "three\n");
        assert_eq!(section(notes, "c.txt"), "");
    }
}
