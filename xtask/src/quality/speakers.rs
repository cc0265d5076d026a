//! Direct quotations with their speakers, decided one by one.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::bench::Bench;
use super::figure::Figure;
use super::sets::{Measured, Set};

/// The decided quotations; its head says how they were chosen and marked.
const SPEAKERS: &str = include_str!("../../../quality/direct_speakers.tsv");

/// A stretch in code points.
type Stretch = (usize, usize);

/// One decided quotation.
#[derive(Debug, PartialEq)]
struct Quoted<'a> {
    document: &'a str,
    span: Stretch,
    /// The nearest mention of who says it.
    mention: Stretch,
    /// The speaker's name, where the mention is none.
    name: Option<Stretch>,
}

/// Share of the quotations found as direct or mixed speech with the right speaker, and, of those
/// told by a pronoun or description, the share whose speaker's name is found.
pub(crate) fn measure(bench: &Bench, set: &Set) -> Result<Measured> {
    let gold = set.gold_in(&bench.shared);
    let quoted = quoted(SPEAKERS)?;
    let mut texts: BTreeMap<&str, Vec<char>> = BTreeMap::new();
    for row in &quoted {
        if !texts.contains_key(row.document) {
            let (part, name) =
                row.document.split_once('/').context("a document without its part")?;
            let path = gold.join(part).join("text").join(format!("{name}.txt"));
            let text = fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            texts.insert(row.document, text.chars().collect());
        }
    }
    let rows: Vec<Value> = texts
        .iter()
        .map(|(id, text)| json!({"id": id, "text": text.iter().collect::<String>()}))
        .collect();
    let (reports, usage) = bench.annotated(set, &rows)?;
    let reports: BTreeMap<String, Value> = reports
        .into_iter()
        .map(|report| (report["id"].as_str().unwrap_or_default().to_owned(), report))
        .collect();
    let (mut found, mut right, mut named, mut nameless) = (0, 0, 0, 0);
    for row in &quoted {
        let annotations = reports.get(row.document).map(|report| &report["annotations"]);
        let text = &texts[row.document];
        let answer = annotations.and_then(|a| answer(a, row.span));
        found += u64::from(answer.is_some());
        right += u64::from(answer.as_ref().is_some_and(|a| a.is_by(text, row)));
        if let Some(name) = row.name {
            nameless += 1;
            named += u64::from(answer.is_some_and(|a| a.names(text, name)));
        }
    }
    let total = quoted.len() as u64;
    let figures = vec![
        Figure::share("right", right, total),
        Figure::share("found", found, total),
        Figure::share("named", named, nameless),
    ];
    Ok((figures, usage))
}

fn quoted(table: &str) -> Result<Vec<Quoted<'_>>> {
    let lines = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let [document, start, end, from, to, name_from, name_to] = cells[..] else {
                bail!("{line:?} is no document with three stretches");
            };
            let name = (name_from != "-").then(|| stretch(name_from, name_to)).transpose()?;
            Ok(Quoted { document, span: stretch(start, end)?, mention: stretch(from, to)?, name })
        })
        .collect()
}

fn stretch(start: &str, end: &str) -> Result<Stretch> {
    let number = |cell: &str| cell.parse().with_context(|| format!("{cell:?} is no offset"));
    let (start, end) = (number(start)?, number(end)?);
    if start >= end {
        bail!("nothing stands from {start} to {end}");
    }
    Ok((start, end))
}

/// What the annotations say of a quotation: where its source and speaker stand, and what they refer
/// to.
#[derive(Debug)]
struct Answer {
    /// Source, speaker, and what references within them stand for.
    all: Vec<Stretch>,
    /// Source and speaker alone.
    told: Vec<Stretch>,
}

fn pair(value: &Value) -> Option<Stretch> {
    Some((value[0].as_u64()? as usize, value[1].as_u64()? as usize))
}

fn spanned(row: &Value) -> Option<Stretch> {
    Some((row["start"].as_u64()? as usize, row["end"].as_u64()? as usize))
}

fn shared(a: Stretch, b: Stretch) -> usize {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

/// The shortest direct or mixed quotation that covers half of `span` or more.
fn answer(annotations: &Value, span: Stretch) -> Option<Answer> {
    let rows = |list: &str| annotations[list].as_array().cloned().unwrap_or_default();
    let quotation = rows("quotations")
        .into_iter()
        .filter(|q| q["kind"] == "direct" || q["kind"] == "mixed")
        .filter(|q| spanned(q).is_some_and(|s| 2 * shared(s, span) >= span.1 - span.0))
        .min_by_key(|q| spanned(q).map_or(usize::MAX, |s| s.1 - s.0))?;
    let told: Vec<Stretch> =
        ["source", "speaker"].iter().filter_map(|field| pair(&quotation[*field])).collect();
    let mut all = told.clone();
    for reference in rows("coreferences") {
        let within = |t: &Stretch| spanned(&reference).is_some_and(|s| t.0 <= s.0 && s.1 <= t.1);
        if told.iter().any(within) {
            all.extend(reference["refers_to"].as_array().into_iter().flatten().filter_map(pair));
        }
    }
    Some(Answer { all, told })
}

/// The words of a stretch, lower-cased, possessive endings taken off.
fn words(text: &[char], (start, end): Stretch) -> Vec<String> {
    let piece: String = text.get(start..end).unwrap_or_default().iter().collect();
    piece
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-'))
        .map(|w| w.trim_end_matches("'s").trim_end_matches("’s").trim_matches(['\'', '’', '-']))
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

impl Answer {
    /// Whether a stretch of the answer is a mention of the speaker, or has its last name.
    fn is_by(&self, text: &[char], row: &Quoted<'_>) -> bool {
        let gold: Vec<Stretch> = [Some(row.mention), row.name].into_iter().flatten().collect();
        let pronouns = ["he", "she", "they", "it", "i"];
        let last: Vec<String> = gold
            .iter()
            .filter_map(|&g| words(text, g).pop())
            .filter(|w| !pronouns.contains(&w.as_str()))
            .collect();
        self.all.iter().any(|&a| {
            gold.iter().any(|&g| shared(a, g) > 0)
                || words(text, a).iter().any(|word| last.contains(word))
        })
    }

    /// Whether source or speaker has the last name.
    fn names(&self, text: &[char], name: Stretch) -> bool {
        let Some(last) = words(text, name).pop() else { return false };
        self.told.iter().any(|&t| words(text, t).contains(&last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decided_quotations_can_be_read() {
        let rows = quoted(SPEAKERS).unwrap();
        assert_eq!(rows.len(), 300);
        assert!(rows.iter().all(|row| shared(row.span, row.mention) == 0));
    }

    #[test]
    fn a_line_of_another_shape_is_refused() {
        for (table, good) in [
            ("# head\nd/a\t3\t9\t0\t2\t-\t-\n", true),
            ("d/a\t3\t9\t0\t2\t12\t15\n", true),
            ("d/a\t3\t9\t0\t2\n", false),
            ("d/a\t9\t3\t0\t2\t-\t-\n", false),
            ("d/a\tthree\t9\t0\t2\t-\t-\n", false),
        ] {
            assert_eq!(quoted(table).is_ok(), good, "{table:?}");
        }
    }

    #[test]
    fn a_speaker_is_right_by_mention_reference_or_last_name() {
        // 0 Ana Orlo came. 15 “We met today,” 30 she said. 40 Orlo’s aide left.
        let text: Vec<char> =
            "Ana Orlo came. “We met today,” she said. Orlo’s aide left.".chars().collect();
        let row = Quoted { document: "d/a", span: (15, 30), mention: (31, 34), name: Some((0, 8)) };
        let annotations = |source: Value, speaker: Value, kind: &str| {
            json!({
                "quotations": [
                    {"start": 15, "end": 30, "kind": kind, "source": source, "speaker": speaker},
                ],
                "coreferences": [{"start": 31, "end": 34, "refers_to": [[0, 8]]}],
            })
        };
        for (source, speaker, kind, right, named) in [
            (json!([31, 34]), json!(null), "direct", true, false),
            (json!([31, 34]), json!([0, 8]), "mixed", true, true),
            (json!([41, 47]), json!(null), "direct", true, true),
            (json!([48, 52]), json!(null), "direct", false, false),
            (json!(null), json!(null), "direct", false, false),
            (json!([31, 34]), json!([0, 8]), "indirect", false, false),
        ] {
            let answer = answer(&annotations(source.clone(), speaker, kind), row.span);
            let by = answer.as_ref().is_some_and(|a| a.is_by(&text, &row));
            assert_eq!(by, right, "{source} {kind}");
            assert_eq!(answer.is_some_and(|a| a.names(&text, (0, 8))), named, "{source} {kind}");
        }
    }
}
