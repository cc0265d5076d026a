//! Adding reports: batches, each written whole or not at all.

use crate::bases;
use crate::entry::{ContentHash, Entry};
use crate::fault::Fault;
use crate::file::RecordFile;
use crate::likes;
use crate::placing;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use rustc_hash::FxHashSet;
use std::sync::Arc;
use variorum_stories::{Likeness, Sketch, Sketches};

/// What the reader that made a reading calls itself.
pub(crate) const READER: &str = concat!("variorum ", env!("CARGO_PKG_VERSION"));

/// What arrives to be added.
#[derive(Debug)]
pub enum Arrival {
    /// A report that was read.
    Report(Box<Entry>),
    /// Bytes that the record held when adding began, so that they were not read again.
    Known {
        /// Their hash.
        hash: ContentHash,
        /// Where they were found this time.
        path: String,
    },
}

/// What became of an arrival, once it is on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It was not there, and its words stand in no other report.
    New,
    /// It was not there, but carries the words of another report.
    Copy,
    /// It was there.
    Known,
}

impl Standing {
    /// The word for it in output.
    pub fn name(self) -> &'static str {
        match self {
            Standing::New => "new",
            Standing::Copy => "copy",
            Standing::Known => "known",
        }
    }
}

/// The acknowledgement of an arrival.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The report's id in the record.
    pub id: String,
    /// Where it was found.
    pub path: String,
    /// What became of it.
    pub standing: Standing,
}

/// A record file that reports are being added to.
#[derive(Debug)]
pub struct Adding {
    file: RecordFile,
    known: Arc<FxHashSet<ContentHash>>,
    /// What new reports are compared with, once there is a new one.
    compared: Option<Compared>,
}

/// The sketches of reports, by which others are compared with them.
#[derive(Debug, Default)]
struct Compared {
    sketches: Sketches,
    /// The report of each sketch, rising.
    numbers: Vec<i64>,
}

impl Compared {
    /// Those of all reports that the record holds.
    fn load(file: &RecordFile) -> Result<Compared, Fault> {
        let fault = |e: rusqlite::Error| file.fault(&e);
        let sql = "SELECT r.number, s.content, c.base FROM report r
                   LEFT JOIN sketch s ON s.report = r.number
                   LEFT JOIN content c ON c.report = r.number ORDER BY r.number";
        let mut statement = file.db.prepare(sql).map_err(fault)?;
        let mut rows = statement.query([]).map_err(fault)?;
        let mut loaded = Compared::default();
        while let Some(row) = rows.next().map_err(fault)? {
            let number: i64 = row.get(0).map_err(fault)?;
            let bytes: Option<Vec<u8>> = row.get(1).map_err(fault)?;
            let base: Option<i64> = row.get(2).map_err(fault)?;
            let base = base.and_then(|base| loaded.sketch(base));
            let sketch = bytes.as_deref().and_then(|bytes| unpacked(bytes, base));
            let sketch = sketch.ok_or_else(|| {
                Fault::damaged(&file.path, format!("the sketch of report {number} is damaged"))
            })?;
            loaded.push(number, sketch);
        }
        Ok(loaded)
    }

    fn push(&mut self, number: i64, sketch: Sketch) {
        self.sketches.push(sketch);
        self.numbers.push(number);
    }

    /// The sketch of a report.
    fn sketch(&self, report: i64) -> Option<&Sketch> {
        self.sketches.get(self.numbers.binary_search(&report).ok()?)
    }

    /// The reports that a sketch is like, and how.
    fn like(&mut self, sketch: &Sketch) -> Vec<(i64, Likeness)> {
        let found = self.sketches.compare(sketch).into_iter();
        found.map(|(n, likeness)| (self.numbers[n as usize], likeness)).collect()
    }
}

/// A sketch, told by that of the base of its report's text or by itself.
fn unpacked(bytes: &[u8], base: Option<&Sketch>) -> Option<Sketch> {
    match Sketch::is_based(bytes) {
        true => Sketch::from_bytes_by(bytes, base?),
        false => Sketch::from_bytes(bytes),
    }
}

impl Adding {
    /// Makes `file` ready to be added to: loads what known reports are told by. What new reports are compared with
    /// is loaded with the first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn new(file: RecordFile) -> Result<Adding, Fault> {
        let known = {
            let fault = |e: rusqlite::Error| file.fault(&e);
            let mut statement = file.db.prepare("SELECT hash FROM report").map_err(fault)?;
            let rows = statement.query_map([], |row| row.get(0)).map_err(fault)?;
            rows.collect::<Result<FxHashSet<ContentHash>, _>>().map_err(fault)?
        };
        Ok(Adding { file, known: Arc::new(known), compared: None })
    }

    /// Hashes of what the record held when adding began.
    pub fn known(&self) -> Arc<FxHashSet<ContentHash>> {
        self.known.clone()
    }

    /// Writes a batch in one transaction. When this returns, all of it is on the disk.
    ///
    /// `now` is in milliseconds since 1970.
    ///
    /// # Errors
    /// When it cannot be written; then none of it is.
    pub fn write(&mut self, batch: Vec<Arrival>, now: i64) -> Result<Vec<Added>, Fault> {
        let new = |arrival: &Arrival| match arrival {
            Arrival::Report(entry) => !self.known.contains(&entry.hash),
            Arrival::Known { .. } => false,
        };
        if self.compared.is_none() && batch.iter().any(new) {
            self.compared = Some(Compared::load(&self.file)?);
        }
        let path = self.file.path.clone();
        let fault = |e: rusqlite::Error| Fault::of(&path, &e);
        let behavior = TransactionBehavior::Immediate;
        let change = self.file.db.transaction_with_behavior(behavior).map_err(fault)?;
        let mut done = Vec::with_capacity(batch.len());
        for arrival in batch {
            let added = match arrival {
                Arrival::Known { hash, path } => sight(&change, &hash, path, now),
                Arrival::Report(entry) => {
                    match sight(&change, &entry.hash, entry.path.clone(), now) {
                        Ok(None) => {
                            let compared = self.compared.get_or_insert_default();
                            insert(&change, *entry, compared, now).map(Some)
                        }
                        other => other,
                    }
                }
            };
            done.extend(added.map_err(fault)?);
        }
        change.commit().map_err(fault)?;
        Ok(done)
    }

    /// The file that is added to, for what is kept beside reports.
    pub fn file(&mut self) -> &mut RecordFile {
        &mut self.file
    }

    /// Puts what was added in its stories. Left out by a run that is killed, this is made up for by the next.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> Result<RecordFile, Fault> {
        placing::place_all(&mut self.file.db).map_err(|e| Fault::of(&self.file.path, &e))?;
        Ok(self.file)
    }
}

/// Notes a path for bytes that are there; `None` where they are not.
fn sight(
    change: &Transaction<'_>,
    hash: &ContentHash,
    path: String,
    now: i64,
) -> rusqlite::Result<Option<Added>> {
    let known: Option<(i64, String, String)> = change
        .prepare_cached("SELECT number, id, path FROM report WHERE hash = ?1")?
        .query_row(params![hash], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((number, id, first)) = known else { return Ok(None) };
    if first != path {
        change
            .prepare_cached("INSERT OR IGNORE INTO sighting VALUES (?1, ?2, ?3)")?
            .execute(params![number, path, now])?;
    }
    Ok(Some(Added { id, path, standing: Standing::Known }))
}

fn insert(
    change: &Transaction<'_>,
    mut entry: Entry,
    compared: &mut Compared,
    now: i64,
) -> rusqlite::Result<Added> {
    let id = free_id(change, &entry)?;
    change
        .prepare_cached(
            "INSERT INTO report (id, hash, form, path, url, title, outlet, language, first_day, last_day, added,
                                 retrieved)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            id, entry.hash, entry.form, entry.path, entry.url, entry.title, entry.outlet,
            entry.language, entry.first_day, entry.last_day, now, entry.retrieved
        ])?;
    let number = change.last_insert_rowid();
    let like = compared.like(&entry.sketch);
    let copy = like.iter().any(|(_, l)| l.is_copy());
    let (text, base) =
        bases::pack_by_likest(change, &entry.plain, std::mem::take(&mut entry.text), &like)?;
    change
        .prepare_cached("INSERT INTO content (report, text, raw, base) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![number, text, entry.raw, base])?;
    change.prepare_cached("INSERT INTO reading VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        number,
        now,
        READER,
        entry.reading
    ])?;
    change
        .prepare_cached("INSERT INTO words (rowid, title, body) VALUES (?1, ?2, ?3)")?
        .execute(params![number, entry.title, entry.article])?;
    insert_facets(change, &entry, number)?;
    let sketch = match base.and_then(|base| compared.sketch(base)) {
        Some(base) => entry.sketch.to_bytes_by(base),
        None => entry.sketch.to_bytes(),
    };
    change.prepare_cached("INSERT INTO sketch VALUES (?1, ?2, ?3)")?.execute(params![
        number,
        sketch,
        likes::to_bytes(like)
    ])?;
    compared.push(number, entry.sketch);
    let standing = if copy { Standing::Copy } else { Standing::New };
    Ok(Added { id, path: entry.path, standing })
}

/// The report's id; where other bytes bear it, with the head of the hash behind it.
fn free_id(change: &Transaction<'_>, entry: &Entry) -> rusqlite::Result<String> {
    let taken: bool = change
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM report WHERE id = ?1)")?
        .query_row([&entry.id], |row| row.get(0))?;
    if !taken {
        return Ok(entry.id.clone());
    }
    let head: String = entry.hash[..8].iter().map(|b| format!("{b:02x}")).collect();
    Ok(format!("{}-{head}", entry.id))
}

fn insert_facets(change: &Transaction<'_>, entry: &Entry, number: i64) -> rusqlite::Result<()> {
    for (naming, country, times) in &entry.namings {
        let name = name_number(change, naming.kind, &naming.name, country.as_deref())?;
        change
            .prepare_cached("INSERT INTO naming VALUES (?1, ?2, ?3)")?
            .execute(params![name, number, times])?;
    }
    for (sounds, word) in &entry.spellings {
        change
            .prepare_cached("INSERT OR IGNORE INTO spelling VALUES (?1, ?2)")?
            .execute(params![sounds, word])?;
    }
    for (title, country, holder) in &entry.offices {
        let office = number_of(
            change,
            "SELECT number FROM office WHERE title = ?1 AND country = ?2 AND holder = ?3",
            "INSERT INTO office (title, country, holder) VALUES (?1, ?2, ?3)",
            [title, country, holder],
        )?;
        change.prepare_cached("INSERT INTO held VALUES (?1, ?2)")?.execute([office.0, number])?;
    }
    for (kind, times) in &entry.tellings {
        let category = number_of(
            change,
            "SELECT number FROM category WHERE name = ?1",
            "INSERT INTO category (name) VALUES (?1)",
            [kind],
        )?;
        change
            .prepare_cached("INSERT INTO told VALUES (?1, ?2, ?3)")?
            .execute(params![category.0, number, times])?;
    }
    Ok(())
}

fn name_number(
    change: &Transaction<'_>,
    kind: &str,
    name: &str,
    country: Option<&str>,
) -> rusqlite::Result<i64> {
    let select = "SELECT number FROM name WHERE kind = ?1 AND name = ?2 AND ?3 IS ?3";
    let insert = "INSERT INTO name (kind, name, country) VALUES (?1, ?2, ?3)";
    let (number, new) = number_of(change, select, insert, params![kind, name, country])?;
    if !new {
        return Ok(number);
    }
    for (_, word) in crate::entry::words(name) {
        change
            .prepare_cached("INSERT OR IGNORE INTO name_word VALUES (?1, ?2)")?
            .execute(params![word, number])?;
    }
    Ok(number)
}

/// The number of a row that is there once, and whether it was put there now.
fn number_of(
    change: &Transaction<'_>,
    select: &str,
    insert: &str,
    parameters: impl rusqlite::Params + Clone,
) -> rusqlite::Result<(i64, bool)> {
    let mut statement = change.prepare_cached(select)?;
    let known: Option<i64> =
        statement.query_row(parameters.clone(), |row| row.get(0)).optional()?;
    if let Some(number) = known {
        return Ok((number, false));
    }
    change.prepare_cached(insert)?.execute(parameters)?;
    Ok((change.last_insert_rowid(), true))
}
