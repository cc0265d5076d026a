//! Stories, and the records made of them.

use crate::adding::READER;
use crate::fault::{Fault, FaultKind, busy};
use crate::file::RecordFile;
use crate::growing::Way;
use crate::pack::{pack, unpack};
use crate::placing;
use crate::reports::{LINE, ReportLine};
use crate::selection::Facets;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use rustc_hash::FxHashMap;
use serde_json::json;
use std::collections::BTreeSet;
use variorum_model::contract::Record;
use variorum_model::{ReadReport, report_row};

/// What a kept record holds: told apart from records kept before findings had ids and ledgers.
const FORM: &[u8] = b"ledgers";

/// What makes a record of reports.
pub type Collate<'c> = &'c dyn Fn(Vec<ReadReport>) -> Record;

/// A story in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryLine {
    /// Its id: `s:` and the id of one of its reports, the same for the same reports in whatever order they came.
    pub id: String,
    /// Headline of its earliest report.
    pub title: String,
    /// How many reports tell it.
    pub reports: i64,
    /// How many event clusters it has.
    pub events: i64,
    /// How many outlets.
    pub outlets: i64,
    /// First day of publication.
    pub first_day: Option<String>,
    /// Last day of publication.
    pub last_day: Option<String>,
}

impl RecordFile {
    /// Makes sure that every report has its story, where a run that added reports was cut short.
    ///
    /// # Errors
    /// When they have none and the file cannot be written.
    pub fn settle_stories(&self) -> Result<(), Fault> {
        if placing::is_settled(&self.db).map_err(|e| self.fault(&e))? {
            return Ok(());
        }
        let mut db = self.beside().ok_or_else(|| {
            Fault::new(
                FaultKind::ReadOnly,
                &self.path,
                "some reports have no story yet, and the file may not be written",
                "give yourself permission, or copy it to a folder of your own",
            )
        })?;
        placing::place_all(&mut db, Way::default()).map_err(|e| self.fault(&e))
    }

    /// How many stories there are.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn story_count(&self) -> Result<u64, Fault> {
        let sql = "SELECT stories FROM tally";
        let count: rusqlite::Result<i64> = self.db.query_row(sql, [], |row| row.get(0));
        Ok(count.map_err(|e| self.fault(&e))? as u64)
    }

    /// Number of the report that names the story of `report`.
    pub(crate) fn story_of(&self, report: &ReportLine) -> Result<i64, Fault> {
        let sql = "SELECT story FROM placement WHERE report = ?1";
        let story = self.db.query_row(sql, [report.number], |row| row.get(0)).optional();
        Ok(story.map_err(|e| self.fault(&e))?.unwrap_or(report.number))
    }

    /// The id of the story of `report`, if it has one yet.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn story_id(&self, report: &ReportLine) -> Result<Option<String>, Fault> {
        let sql = "SELECT 's:' || r.id FROM placement p JOIN report r ON r.number = p.story
                   WHERE p.report = ?1";
        let id = self
            .db
            .prepare_cached(sql)
            .and_then(|mut s| s.query_row([report.number], |row| row.get(0)).optional());
        id.map_err(|e| self.fault(&e))
    }

    /// Stories that hold a report that `facets` ask for, the latest first; of at least `least` reports.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn stories(
        &self,
        facets: &Facets,
        least: i64,
        limit: usize,
    ) -> Result<Vec<StoryLine>, Fault> {
        self.stories_from(facets, least, 0, limit)
    }

    /// As [`RecordFile::stories`], without the first `offset` of them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn stories_from(
        &self,
        facets: &Facets,
        least: i64,
        offset: usize,
        limit: usize,
    ) -> Result<Vec<StoryLine>, Fault> {
        let conditions = self.conditions(facets)?;
        let within = if conditions.is_empty() {
            String::new()
        } else {
            let and = conditions.sql("report");
            format!("WHERE p.story IN (SELECT story FROM placement WHERE true{and})")
        };
        let sql = format!(
            "SELECT 's:' || n.id, count(*), count(DISTINCT p.event), count(DISTINCT r.outlet),
                    min(coalesce(r.first_day, r.last_day)), max(coalesce(r.last_day, r.first_day)),
                    p.story
             FROM placement p JOIN report r ON r.number = p.report JOIN report n ON n.number = p.story
             {within} GROUP BY p.story HAVING count(*) >= {least}
             ORDER BY max(coalesce(r.last_day, r.first_day)) DESC NULLS LAST, count(*) DESC, n.hash
             LIMIT {limit} OFFSET {offset}"
        );
        let rows = self.db.prepare(&sql).and_then(|mut statement| {
            let rows = statement.query_map(params_from_iter(&conditions.parameters), |row| {
                let line = StoryLine {
                    id: row.get(0)?,
                    title: String::new(),
                    reports: row.get(1)?,
                    events: row.get(2)?,
                    outlets: row.get(3)?,
                    first_day: row.get(4)?,
                    last_day: row.get(5)?,
                };
                Ok((line, row.get::<_, i64>(6)?))
            })?;
            rows.collect::<Result<Vec<_>, _>>()
        });
        let mut stories = Vec::new();
        for (mut line, story) in rows.map_err(|e| self.fault(&e))? {
            line.title = self.story_title(story)?;
            stories.push(line);
        }
        Ok(stories)
    }

    fn story_title(&self, story: i64) -> Result<String, Fault> {
        let sql = "SELECT coalesce(r.title, r.path) FROM placement p JOIN report r ON r.number = p.report
                   WHERE p.story = ?1
                   ORDER BY r.title IS NULL, coalesce(r.first_day, r.last_day) NULLS LAST, r.hash LIMIT 1";
        let title =
            self.db.prepare_cached(sql).and_then(|mut s| s.query_row([story], |row| row.get(0)));
        title.map_err(|e| self.fault(&e))
    }

    /// The id of a story, given by it or by that of any of its reports, and its version: as long as that is the
    /// same, so is its record.
    ///
    /// # Errors
    /// When there is no such story.
    pub fn story_version(&self, story: &str) -> Result<(String, String), Fault> {
        let reports = self.story_reports(story)?;
        let Some(first) = reports.first() else {
            let what = format!("there is no story `{story}`");
            return Err(self.unknown(what, "take an id from `variorum stories`"));
        };
        let id = self.story_id(first)?.unwrap_or_else(|| format!("s:{}", first.id));
        let sql = "SELECT coalesce(max(number), 0) FROM judgement";
        let judged: i64 =
            self.db.query_row(sql, [], |row| row.get(0)).map_err(|e| self.fault(&e))?;
        let made_of = made_of(reports.iter().map(|r| r.id.as_str()));
        let hex: String = made_of.iter().map(|b| format!("{b:02x}")).collect();
        Ok((id, format!("{hex}-{judged}")))
    }

    /// The reports of a story, given by its id or by that of any of its reports.
    ///
    /// # Errors
    /// When there is none.
    pub fn story_reports(&self, story: &str) -> Result<Vec<ReportLine>, Fault> {
        let number = self.story_of(&self.of_story(story)?)?;
        let line = LINE.split(", ").map(|c| format!("r.{c}")).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "SELECT {line} FROM placement p JOIN report r ON r.number = p.report
             WHERE p.story = ?1 ORDER BY r.number"
        );
        self.lines(&sql, [number])
    }

    /// The reports of the story of `report` as it stood at `until` (milliseconds since 1970).
    ///
    /// # Errors
    /// When the report was not there yet.
    pub fn story_reports_at(&self, report: &str, until: i64) -> Result<Vec<ReportLine>, Fault> {
        let report = self.of_story(report)?;
        let fault = |e: rusqlite::Error| self.fault(&e);
        let last: Option<i64> = self
            .db
            .query_row("SELECT max(number) FROM report WHERE added <= ?1", [until], |row| {
                row.get(0)
            })
            .map_err(fault)?;
        if report.added > until {
            let what = format!("report {} was not in the record by then", report.id);
            return Err(self.unknown(what, "ask for a later day"));
        }
        let placed = placing::placements(&self.db, last.unwrap_or(0), false).map_err(fault)?;
        let own = placed.iter().find(|p| p.report == report.number).map(|p| p.story);
        let sql = format!("SELECT {LINE} FROM report WHERE number = ?1");
        let mut lines = Vec::new();
        for member in placed.iter().filter(|p| Some(p.story) == own) {
            lines.extend(self.lines(&sql, [member.report])?);
        }
        Ok(lines)
    }

    /// The record of some reports as they were read, and judged, by the time `until`.
    ///
    /// # Errors
    /// When one is damaged.
    pub fn record_at(
        &self,
        reports: &[ReportLine],
        until: i64,
        collate: Collate<'_>,
    ) -> Result<Record, Fault> {
        self.judged(self.unjudged_at(reports, until, collate)?, until)
    }

    fn unjudged_at(
        &self,
        reports: &[ReportLine],
        until: i64,
        collate: Collate<'_>,
    ) -> Result<Record, Fault> {
        let read: Result<Vec<ReadReport>, Fault> =
            reports.iter().map(|report| self.read(report, until)).collect();
        Ok(collate(read?))
    }
}

/// Makes records of stories and keeps them, as long as their reports are the same.
pub struct Records<'f> {
    file: &'f RecordFile,
    /// Where they are kept; `None` where the file may not be written.
    keep: Option<Connection>,
}

impl<'f> Records<'f> {
    /// Records of the stories in `file`.
    pub fn of(file: &'f RecordFile) -> Records<'f> {
        Records { file, keep: file.beside() }
    }

    /// The record of a story as people judged it, given by its id or by that of any of its reports.
    ///
    /// # Errors
    /// When there is no such story or a report is damaged.
    pub fn record(&self, story: &str, collate: Collate<'_>) -> Result<Record, Fault> {
        Ok(self.made(story, collate)?.0)
    }

    /// The record of a story, and whether the file has it now.
    fn made(&self, story: &str, collate: Collate<'_>) -> Result<(Record, bool), Fault> {
        let reports = self.file.story_reports(story)?;
        let Some(first) = reports.first() else {
            let what = format!("there is no story `{story}`");
            return Err(self.file.unknown(what, "take an id from `variorum stories`"));
        };
        let number = self.file.story_of(first)?;
        let made_of = made_of(reports.iter().map(|r| r.id.as_str()));
        if let Some(record) = self.kept(number, &made_of, &reports)? {
            return Ok((self.file.judged(record, i64::MAX)?, true));
        }
        let record = self.file.unjudged_at(&reports, i64::MAX, collate)?;
        let judged = self.file.judged(record.clone(), i64::MAX)?;
        let kept = self.keep(number, &made_of, &reports, &record, &judged);
        Ok((judged, kept.is_some()))
    }

    fn kept(
        &self,
        story: i64,
        made_of: &[u8],
        reports: &[ReportLine],
    ) -> Result<Option<Record>, Fault> {
        let sql = "SELECT content FROM collation WHERE story = ?1 AND made_of = ?2";
        let kept: Option<Vec<u8>> = self
            .file
            .db
            .prepare_cached(sql)
            .and_then(|mut s| s.query_row(params![story, made_of], |row| row.get(0)).optional())
            .map_err(|e| self.file.fault(&e))?;
        // What is damaged or of another form is made anew: it is only kept to save time.
        let bytes = kept.and_then(|kept| unpack(&kept, b"").ok());
        let Some(mut record) = bytes.and_then(|b| serde_json::from_slice::<Record>(&b).ok()) else {
            return Ok(None);
        };
        let mut rows: FxHashMap<&str, serde_json::Value> = FxHashMap::default();
        for report in reports {
            rows.insert(&report.id, report_row(&self.file.read(report, i64::MAX)?.report));
        }
        for row in &mut record.reports {
            let Some(mut full) = row["id"].as_str().and_then(|id| rows.remove(id)) else {
                return Ok(None);
            };
            full["published"] = row["published"].take();
            *row = full;
        }
        Ok(Some(record))
    }

    /// Keeps a record as it was made, and the differences that are left when it is judged; `None` where it cannot,
    /// which is no fault of the record: it is made again the next time.
    fn keep(
        &self,
        story: i64,
        made_of: &[u8],
        reports: &[ReportLine],
        record: &Record,
        judged: &Record,
    ) -> Option<()> {
        let db = self.keep.as_ref()?;
        let mut bare = record.clone();
        for row in &mut bare.reports {
            // The day of publication may be one that the others settled.
            *row = json!({"id": row["id"], "published": row["published"]});
        }
        let packed = serde_json::to_vec(&bare).ok().and_then(|json| pack(&json, b"").ok())?;
        let numbers: FxHashMap<&str, i64> =
            reports.iter().map(|r| (r.id.as_str(), r.number)).collect();
        let written = db.execute_batch("BEGIN IMMEDIATE").and_then(|()| {
            write(db, story, made_of, &packed, judged, &numbers)?;
            db.execute_batch("COMMIT")
        });
        if written.is_err() {
            let _ = db.execute_batch("ROLLBACK");
        }
        written.ok()
    }

    /// Brings the records of all stories with two reports or more that hold a report that `facets` ask for up
    /// to date; `step` is called for each.
    ///
    /// # Errors
    /// When a report is damaged, and when a record that had to be made cannot be kept: what is asked of the file
    /// would not find its differences.
    pub fn refresh(
        &self,
        facets: &Facets,
        collate: Collate<'_>,
        mut step: impl FnMut(),
    ) -> Result<(), Fault> {
        let facets = Facets { conflict: Vec::new(), ..facets.clone() };
        for story in self.stale(&facets)? {
            let (_, kept) = self.made(&story, collate)?;
            if !kept {
                return Err(self.unkept());
            }
            step();
        }
        Ok(())
    }

    fn unkept(&self) -> Fault {
        match self.keep {
            Some(_) => busy(&self.file.path),
            None => Fault::new(
                FaultKind::ReadOnly,
                &self.file.path,
                "the differences between its reports were not looked for yet, and the file may not be written",
                "give yourself permission, or copy it to a folder of your own",
            ),
        }
    }

    /// Ids of stories whose record is not kept as it would be made now.
    fn stale(&self, facets: &Facets) -> Result<Vec<String>, Fault> {
        let conditions = self.file.conditions(facets)?;
        let sql = format!(
            "SELECT n.id, r.id, c.made_of FROM placement p JOIN report r ON r.number = p.report
             JOIN report n ON n.number = p.story LEFT JOIN collation c ON c.story = p.story
             WHERE p.story IN (SELECT story FROM placement WHERE true{}) ORDER BY p.story",
            conditions.sql("report")
        );
        let rows = self.file.db.prepare(&sql).and_then(|mut statement| {
            let rows = statement.query_map(params_from_iter(&conditions.parameters), |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, Option<Vec<u8>>>(2)?,
                ))
            })?;
            rows.collect::<Result<Vec<_>, _>>()
        });
        let rows = rows.map_err(|e| self.file.fault(&e))?;
        let stories = rows.chunk_by(|a, b| a.0 == b.0).filter(|members| {
            let now = made_of(members.iter().map(|m| m.1.as_str()));
            members.len() > 1 && members[0].2.as_deref() != Some(&now)
        });
        Ok(stories.map(|members| members[0].0.clone()).collect())
    }
}

/// A hash of the reports that a record is made of, and of what made it.
fn made_of<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let ids: BTreeSet<&str> = ids.collect();
    let mut hasher = blake3::Hasher::new();
    hasher.update(READER.as_bytes());
    hasher.update(FORM);
    for id in ids {
        hasher.update(&[0]);
        hasher.update(id.as_bytes());
    }
    hasher.finalize().as_bytes()[..16].to_vec()
}

fn write(
    db: &Connection,
    story: i64,
    made_of: &[u8],
    packed: &[u8],
    record: &Record,
    numbers: &FxHashMap<&str, i64>,
) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO collation VALUES (?1, ?2, ?3)")?
        .execute(params![story, made_of, packed])?;
    // Reports may have come from another story: theirs is no longer, and neither are its differences.
    for number in numbers.values() {
        db.prepare_cached("DELETE FROM conflict WHERE report = ?1")?.execute([number])?;
    }
    db.prepare_cached("DELETE FROM conflict WHERE story = ?1")?.execute([story])?;
    for (conflict, n) in record.conflicts.iter().zip(1i64..) {
        let reports: BTreeSet<i64> = conflict
            .readings
            .iter()
            .flat_map(|r| &r.reports)
            .filter_map(|id| numbers.get(id.as_str()).copied())
            .collect();
        for report in reports {
            db.prepare_cached("INSERT INTO conflict VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![story, n, conflict.kind, conflict.verdict, report])?;
        }
    }
    Ok(())
}
