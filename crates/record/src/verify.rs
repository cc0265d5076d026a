//! Checking that the file holds what was put in it.

use crate::fault::Fault;
use crate::file::RecordFile;
use crate::pack::{READING, TEXT, unpack};
use crate::reports::{LINE, ReportLine};
use crate::wire::PRIOR;
use rusqlite::{OptionalExtension, params_from_iter};
use rustc_hash::FxHashMap;
use serde_json::Value;
use variorum_model::{ReadReport, annotated_row};
use variorum_text::{Hints, decode};

/// Complaints of SQLite that are listed.
const MOST: usize = 20;

/// What was checked and what is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Reports whose bytes, text and readings were checked.
    pub reports: u64,
    /// Citations cut from their texts again.
    pub citations: u64,
    /// Records of stories whose citations were checked.
    pub records: u64,
    /// What is wrong, a line each.
    pub faults: Vec<String>,
}

impl RecordFile {
    /// Checks every page of the file, every report against the hash of its raw bytes, every text against the raw
    /// bytes and every citation against its text. `step` is called for each report.
    ///
    /// # Errors
    /// Where the file is too damaged to be looked through.
    pub fn verify(&self, mut step: impl FnMut()) -> Result<Verified, Fault> {
        let mut found = Verified::default();
        self.check_pages(&mut found)?;
        self.check_index(&mut found);
        self.check_dictionaries(&mut found)?;
        let sql = format!("SELECT {LINE} FROM report ORDER BY number");
        let mut texts = 0u64;
        for report in self.lines(&sql, [])? {
            match self.check_report(&report) {
                Ok(citations) => found.citations += citations,
                Err(fault) => found.faults.push(fault.to_string()),
            }
            texts += 1;
            step();
        }
        found.reports = texts;
        self.check_records(&mut found)?;
        Ok(found)
    }

    fn check_pages(&self, found: &mut Verified) -> Result<(), Fault> {
        for pragma in ["PRAGMA integrity_check(20)", "PRAGMA foreign_key_check"] {
            let lines = self.db.prepare(pragma).and_then(|mut statement| {
                let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
                rows.take(MOST).collect::<Result<Vec<_>, _>>()
            });
            let lines = lines.map_err(|e| self.fault(&e))?;
            let wrong = lines.into_iter().filter(|line| line != "ok");
            found.faults.extend(wrong.map(|line| format!("{}: {line}", self.path.display())));
        }
        Ok(())
    }

    /// Whether the index of sketches can be read.
    fn check_index(&self, found: &mut Verified) {
        if let Err(error) = crate::segments::check(&self.db) {
            found.faults.push(self.fault(&error).to_string());
        }
    }

    /// Whether the dictionaries that other tools need are those that were used.
    fn check_dictionaries(&self, found: &mut Verified) -> Result<(), Fault> {
        for (name, want) in [("text", TEXT), ("reading", READING), ("prior", PRIOR)] {
            let sql = "SELECT content FROM dictionary WHERE name = ?1";
            let kept: Option<Vec<u8>> = self
                .db
                .query_row(sql, [name], |row| row.get(0))
                .optional()
                .map_err(|e| self.fault(&e))?;
            if kept.as_deref() != Some(want) {
                let path = self.path.display();
                found.faults.push(format!("{path}: the dictionary `{name}` is damaged"));
            }
        }
        Ok(())
    }

    /// Number of citations in what was read in the report.
    fn check_report(&self, report: &ReportLine) -> Result<u64, Fault> {
        let raw = self.raw(report)?;
        let read = self.read(report, i64::MAX)?;
        let form: String = self
            .db
            .prepare_cached("SELECT form FROM report WHERE number = ?1")
            .and_then(|mut s| s.query_row([report.number], |row| row.get(0)))
            .map_err(|e| self.fault(&e))?;
        if !is_taken_from(&read, &raw, &form) {
            return Err(self.damage(report, "the text is not what the raw bytes say"));
        }
        self.check_names(report, &read)?;
        let row = annotated_row(&read.report, &read.annotations, &read.codings);
        let texts = [(read.report.id.clone(), read.report.text)].into_iter().collect();
        let (count, wrong) = check_citations(&row, &texts);
        match wrong {
            Some(wrong) => Err(self.damage(report, &wrong)),
            // Annotations are pairs of offsets; each was seen to lie on bounds of characters when it was read.
            None => Ok(count + pairs(&row["annotations"])),
        }
    }

    /// Whether the names that can be searched for are those that the report writes.
    fn check_names(&self, report: &ReportLine, read: &ReadReport) -> Result<(), Fault> {
        let mut written: Vec<(&str, String)> = read
            .annotations
            .mentions
            .iter()
            .map(|m| (m.kind.name(), crate::entry::written(&read.report.text, m)))
            .collect();
        written.sort_unstable();
        written.dedup();
        let exists = "SELECT EXISTS (SELECT 1 FROM naming g JOIN name n ON n.number = g.name
                      WHERE n.kind = ?1 AND n.name = ?2 AND g.report = ?3)";
        let mut statement = self.db.prepare_cached(exists).map_err(|e| self.fault(&e))?;
        for (kind, name) in written {
            let there: bool = statement
                .query_row((kind, &name, report.number), |row| row.get(0))
                .map_err(|e| self.fault(&e))?;
            if !there {
                return Err(
                    self.damage(report, &format!("the name `{name}` is missing from the index"))
                );
            }
        }
        Ok(())
    }

    fn check_records(&self, found: &mut Verified) -> Result<(), Fault> {
        let fault = |e: rusqlite::Error| self.fault(&e);
        let mut statement =
            self.db.prepare("SELECT story, content FROM collation").map_err(fault)?;
        let mut rows = statement.query([]).map_err(fault)?;
        while let Some(row) = rows.next().map_err(fault)? {
            let (story, packed): (i64, Vec<u8>) =
                (row.get(0).map_err(fault)?, row.get(1).map_err(fault)?);
            let record = unpack(&packed, b"").ok().and_then(|b| serde_json::from_slice(&b).ok());
            let Some(record): Option<Value> = record else {
                found.faults.push(format!(
                    "{}: the record kept for story {story} is damaged",
                    self.path.display()
                ));
                continue;
            };
            let ids: Vec<&str> = record["reports"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|report| report["id"].as_str())
                .collect();
            let list = vec!["?"; ids.len()].join(",");
            let sql = format!("SELECT {LINE} FROM report WHERE id IN ({list})");
            let mut texts = FxHashMap::default();
            for report in self.lines(&sql, params_from_iter(&ids))? {
                if let Ok(read) = self.read(&report, i64::MAX) {
                    texts.insert(report.id, read.report.text);
                }
            }
            let (count, wrong) = check_citations(&record, &texts);
            found.citations += count;
            found.records += 1;
            found
                .faults
                .extend(wrong.map(|w| format!("{}: story {story}: {w}", self.path.display())));
        }
        Ok(())
    }
}

/// Whether a report's text is what its raw bytes say.
fn is_taken_from(read: &ReadReport, raw: &[u8], form: &str) -> bool {
    let text = &read.report.text;
    let source = if form == "row" {
        let row: Option<Value> = serde_json::from_slice(raw).ok();
        let field = |name: &str| row.as_ref().and_then(|r| r[name].as_str()).map(str::to_owned);
        field("text").or_else(|| field("html"))
    } else {
        Some(decode(raw, Hints { http_charset: None, html: form == "page" }).text)
    };
    let Some(source) = source else { return false };
    if read.report.source_map.is_empty() {
        // Plain text is the whole file; a page without a map has no text of its own.
        return *text == source || form == "page" || form == "row";
    }
    read.report.source_map.iter().all(|&(at, from, length)| {
        let slice = |s: &str, start: u32| {
            let start = start as usize;
            s.as_bytes().get(start..start + length as usize).map(<[u8]>::to_vec)
        };
        slice(text, at).is_some() && slice(text, at) == slice(&source, from)
    })
}

/// How many citations there are anywhere in `value`, and the first that does not quote its text.
fn check_citations(value: &Value, texts: &FxHashMap<String, String>) -> (u64, Option<String>) {
    let points: FxHashMap<&str, (Vec<u32>, &str)> =
        texts.iter().map(|(id, text)| (id.as_str(), (starts(text), text.as_str()))).collect();
    let (mut count, mut queue) = (0, vec![value]);
    while let Some(value) = queue.pop() {
        match value {
            Value::Array(items) => queue.extend(items),
            Value::Object(map) => {
                queue.extend(map.values());
                let (Some(id), Some(start), Some(end), Some(quote)) = (
                    map.get("report").and_then(Value::as_str),
                    map.get("start").and_then(Value::as_u64),
                    map.get("end").and_then(Value::as_u64),
                    map.get("quote").and_then(Value::as_str),
                ) else {
                    continue;
                };
                count += 1;
                let cut = points.get(id).and_then(|(starts, text)| {
                    let (from, to) = (starts.get(start as usize)?, starts.get(end as usize)?);
                    text.get(*from as usize..*to as usize)
                });
                if cut != Some(quote) {
                    let wrong =
                        format!("a citation at {start} of report {id} does not quote its text");
                    return (count, Some(wrong));
                }
            }
            _ => {}
        }
    }
    (count, None)
}

/// Byte at which each code point starts, and the end.
fn starts(text: &str) -> Vec<u32> {
    text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect()
}

/// Pairs of offsets anywhere in annotations.
fn pairs(annotations: &Value) -> u64 {
    let (mut count, mut queue) = (0, vec![annotations]);
    while let Some(value) = queue.pop() {
        match value {
            Value::Array(items) if items.len() == 2 && items.iter().all(Value::is_u64) => {
                count += 1
            }
            Value::Array(items) => queue.extend(items),
            Value::Object(map) => {
                count += u64::from(map.contains_key("start") && map.contains_key("end"));
                queue.extend(map.values());
            }
            _ => {}
        }
    }
    count
}
