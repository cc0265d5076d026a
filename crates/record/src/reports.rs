//! Reading reports back.

use crate::bases::unpack_by;
use crate::fault::{Fault, FaultKind};
use crate::file::RecordFile;
use crate::pack::{READING, unpack, unpack_raw};
use crate::wire;
use rusqlite::{OptionalExtension, Row};
use variorum_model::{ReadReport, Report, Span};

/// What lists show of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportLine {
    /// Number in order of arrival.
    pub number: i64,
    /// Its id.
    pub id: String,
    /// Path under which it was first added.
    pub path: String,
    /// Address of the page.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// First possible day of publication.
    pub first_day: Option<String>,
    /// Last possible day of publication.
    pub last_day: Option<String>,
    /// When it was added, in milliseconds since 1970.
    pub added: i64,
}

pub(crate) const LINE: &str = "number, id, path, url, title, outlet, first_day, last_day, added";

pub(crate) fn line(row: &Row<'_>) -> rusqlite::Result<ReportLine> {
    Ok(ReportLine {
        number: row.get(0)?,
        id: row.get(1)?,
        path: row.get(2)?,
        url: row.get(3)?,
        title: row.get(4)?,
        outlet: row.get(5)?,
        first_day: row.get(6)?,
        last_day: row.get(7)?,
        added: row.get(8)?,
    })
}

impl RecordFile {
    /// The report with this id, or the one whose id begins so.
    ///
    /// # Errors
    /// When there is none, or several begin so.
    pub fn find(&self, id: &str) -> Result<ReportLine, Fault> {
        self.known(id)?.ok_or_else(|| {
            self.unknown(
                format!("there is no report with the id `{}`", id.trim()),
                "take an id from `variorum search` or `variorum stories`",
            )
        })
    }

    /// The report that names a story: a story has the id of its first report behind `s:`.
    pub(crate) fn of_story(&self, story: &str) -> Result<ReportLine, Fault> {
        let Some(id) = story.trim().strip_prefix("s:") else { return self.find(story) };
        self.known(id)?.ok_or_else(|| {
            let what = format!("there is no story `{}`", story.trim());
            self.unknown(what, "take an id from `variorum stories`")
        })
    }

    fn known(&self, id: &str) -> Result<Option<ReportLine>, Fault> {
        let id = id.trim();
        let exact = format!("SELECT {LINE} FROM report WHERE id = ?1");
        let found = self.db.query_row(&exact, [id], line).optional();
        if let Some(found) = found.map_err(|e| self.fault(&e))? {
            return Ok(Some(found));
        }
        let sql = format!("SELECT {LINE} FROM report WHERE substr(id, 1, ?2) = ?1 LIMIT 2");
        let mut several = self.lines(&sql, (id, id.chars().count() as i64))?;
        match (several.pop(), several.is_empty()) {
            (Some(one), true) if !id.is_empty() => Ok(Some(one)),
            (Some(_), false) => Err(self.unknown(
                format!("more than one report has an id that begins with `{id}`"),
                "give more of it",
            )),
            _ => Ok(None),
        }
    }

    pub(crate) fn unknown(&self, what: String, remedy: &str) -> Fault {
        Fault::new(FaultKind::Unknown, &self.path, what, remedy)
    }

    pub(crate) fn lines(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
    ) -> Result<Vec<ReportLine>, Fault> {
        let rows = self.db.prepare(sql).and_then(|mut statement| {
            let rows = statement.query_map(parameters, line)?;
            rows.collect::<Result<Vec<_>, _>>()
        });
        rows.map_err(|e| self.fault(&e))
    }

    /// What was read in a report, at the latest or by the time `until` (milliseconds since 1970).
    ///
    /// # Errors
    /// When it is damaged.
    pub fn read(&self, report: &ReportLine, until: i64) -> Result<ReadReport, Fault> {
        let (text, reading) = self.text_and_reading(report, until)?;
        let mut read =
            wire::decode(&reading, text).map_err(|e| self.damage(report, &e.to_string()))?;
        read.report.id.clone_from(&report.id);
        Ok(read)
    }

    /// A report and its sentences alone.
    pub(crate) fn sentences(&self, report: &ReportLine) -> Result<(Report, Vec<Span>), Fault> {
        let (text, reading) = self.text_and_reading(report, i64::MAX)?;
        let (mut read, sentences) = wire::decode_sentences(&reading, text)
            .map_err(|e| self.damage(report, &e.to_string()))?;
        read.id.clone_from(&report.id);
        Ok((read, sentences))
    }

    fn text_and_reading(
        &self,
        report: &ReportLine,
        until: i64,
    ) -> Result<(String, Vec<u8>), Fault> {
        let sql = "SELECT c.text, r.content, b.text FROM content c
                   JOIN reading r ON r.report = c.report AND r.made <= ?2
                   LEFT JOIN content b ON b.report = c.base
                   WHERE c.report = ?1 ORDER BY r.made DESC LIMIT 1";
        type Row = (Vec<u8>, Vec<u8>, Option<Vec<u8>>);
        let row: rusqlite::Result<Row> = self.db.prepare_cached(sql).and_then(|mut statement| {
            statement.query_row((report.number, until), |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
        });
        let (text, reading, base) = row.map_err(|e| match e {
            rusqlite::Error::QueryReturnedNoRows => {
                self.damage(report, "text or reading is missing")
            }
            e => self.fault(&e),
        })?;
        let text = self.text_of(report, &text, base.as_deref())?;
        if wire::is_coded(&reading) {
            return Ok((text, reading));
        }
        let reading = unpack(&reading, READING)
            .map_err(|e| self.damage(report, &format!("reading is damaged ({e})")))?;
        Ok((text, reading))
    }

    fn text_of(
        &self,
        report: &ReportLine,
        packed: &[u8],
        base: Option<&[u8]>,
    ) -> Result<String, Fault> {
        let text = unpack_by(packed, base)
            .map_err(|e| self.damage(report, &format!("text is damaged ({e})")))?;
        String::from_utf8(text).map_err(|_| self.damage(report, "text is not UTF-8"))
    }

    pub(crate) fn damage(&self, report: &ReportLine, what: &str) -> Fault {
        Fault::damaged(&self.path, format!("report {}: {what}", report.id))
    }

    /// The raw bytes of a report, as they were added.
    ///
    /// # Errors
    /// When they are damaged: their hash is checked.
    pub fn raw(&self, report: &ReportLine) -> Result<Vec<u8>, Fault> {
        let sql = "SELECT c.text, c.raw, r.hash, b.text FROM content c
                   JOIN report r ON r.number = c.report
                   LEFT JOIN content b ON b.report = c.base WHERE c.report = ?1";
        type Row = (Vec<u8>, Option<Vec<u8>>, Vec<u8>, Option<Vec<u8>>);
        let (text, raw, hash, base): Row = self
            .db
            .query_row(sql, [report.number], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
            .map_err(|e| self.fault(&e))?;
        let text = self.text_of(report, &text, base.as_deref())?;
        let bytes = match raw {
            None => text.into_bytes(),
            Some(raw) => unpack_raw(&raw, &text)
                .map_err(|e| self.damage(report, &format!("raw bytes are damaged ({e})")))?,
        };
        if crate::entry::content_hash(&bytes)[..] != hash[..] {
            return Err(self.damage(report, "raw bytes are not those that were added"));
        }
        Ok(bytes)
    }
}
