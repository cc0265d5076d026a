//! Adding reports: batches, each written whole or not at all.

use crate::bases;
use crate::compared::Compared;
use crate::entry::{ContentHash, Entry};
use crate::fault::Fault;
use crate::file::RecordFile;
use crate::growing::{self, Way};
use crate::known::Known;
use crate::likes;
use crate::placing;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::sync::Arc;

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
    known: Arc<Known>,
    /// What new reports are compared with, once there is a new one.
    compared: Option<Compared>,
    way: Way,
}

impl Adding {
    /// Makes `file` ready to be added to. What new reports are compared with is loaded with the first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn new(file: RecordFile) -> Result<Adding, Fault> {
        let last = growing::last_report(&file.db).map_err(|e| file.fault(&e))?;
        let known = Arc::new(Known::until(last, &file.path)?);
        Ok(Adding { file, known, compared: None, way: Way::default() })
    }

    /// Tells what the record held when adding began.
    pub fn known(&self) -> Arc<Known> {
        self.known.clone()
    }

    /// The same by one way of finding what new reports have to do with; for tests.
    #[doc(hidden)]
    pub fn by(self, way: Way) -> Adding {
        Adding { way, ..self }
    }

    /// How many sketches of reports were read, to compare new ones with; for tests.
    #[doc(hidden)]
    pub fn sketches_read(&self) -> u64 {
        self.compared.as_ref().map_or(0, Compared::read)
    }

    /// Writes a batch in one transaction. When this returns, all of it is on the disk.
    ///
    /// `now` is in milliseconds since 1970.
    ///
    /// # Errors
    /// When it cannot be written; then none of it is.
    pub fn write(&mut self, batch: Vec<Arrival>, now: i64) -> Result<Vec<Added>, Fault> {
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
                        Ok(None) => at_hand(&mut self.compared, &change, self.way)
                            .and_then(|compared| insert(&change, *entry, compared, now))
                            .map(Some),
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
        self.known.close();
        let db = &mut self.file.db;
        let settled = placing::place_all(db, self.way).and_then(|()| growing::grow(db, self.way));
        settled.map_err(|e| Fault::of(&self.file.path, &e))?;
        Ok(self.file)
    }
}

/// What new reports are compared with, loaded where this is the first.
fn at_hand<'c>(
    compared: &'c mut Option<Compared>,
    db: &Connection,
    way: Way,
) -> rusqlite::Result<&'c mut Compared> {
    if compared.is_none() {
        *compared = Some(Compared::load(db, way)?);
    }
    Ok(compared.get_or_insert_default())
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
    // Before there is a row of it: what it is compared with may be loaded now.
    let like = compared.like(change, &entry.sketch)?;
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
    let sketch = match base {
        Some(base) => entry.sketch.to_bytes_by(&*compared.sketch(change, base)?),
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
