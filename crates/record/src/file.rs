//! Opening and making record files.

use crate::fault::{Fault, FaultKind, busy, no_record};
use crate::growing::last_report;
use crate::schema::{self, Form};
use rusqlite::{Connection, OpenFlags};
use std::fs::{File, TryLockError};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long another process may hold the file before we give up.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open record file.
#[derive(Debug)]
pub struct RecordFile {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
    /// Whether there was nothing at `path` before this process made it.
    made: bool,
    /// Held by the one process that adds. Closed after `db`: closing any handle of a file drops the locks
    /// that SQLite holds on it.
    _adding: Option<File>,
}

impl RecordFile {
    /// Opens the record at `path` to read it. Needs no permission to write.
    ///
    /// # Errors
    /// When there is no record or it cannot be read.
    pub fn open(path: &Path) -> Result<RecordFile, Fault> {
        if !check_length(path)? {
            return Err(Fault::new(
                FaultKind::NoRecord,
                path,
                "there is no record there",
                "make one with `variorum add`, or name another with --record",
            ));
        }
        let db = open_to_read(path)?;
        match schema::form(&db, path)? {
            Form::Current => {
                Ok(RecordFile { db, path: path.to_owned(), made: false, _adding: None })
            }
            Form::Empty => Err(no_record(path)),
            Form::Earlier => {
                drop(db);
                RecordFile::open_to_add(path)
            }
        }
    }

    /// Opens a record that this process has open already to read it once more. Unlike [`RecordFile::open`] it takes
    /// no look at the file beside SQLite: closing any handle of a file drops the locks that SQLite holds on it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open_again(path: &Path) -> Result<RecordFile, Fault> {
        let db = open_to_read(path)?;
        match schema::form(&db, path)? {
            Form::Current => {
                Ok(RecordFile { db, path: path.to_owned(), made: false, _adding: None })
            }
            Form::Empty | Form::Earlier => Err(no_record(path)),
        }
    }

    /// Opens the record at `path` to change what it keeps for itself (stories, records made of them); `None` where
    /// the file may not be written or somebody adds to it.
    pub(crate) fn beside(&self) -> Option<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(&self.path, flags).ok()?;
        settle(&db).ok()?;
        Some(db)
    }

    /// Opens the record at `path` to add to it, and makes it if there is none. One process at a time may.
    ///
    /// # Errors
    /// When it cannot be opened, made or written, or another process adds to it.
    pub fn open_to_add(path: &Path) -> Result<RecordFile, Fault> {
        let there = check_length(path)?;
        let made = !path.try_exists().unwrap_or(true);
        let file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(|e| unopened(path, &e))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(busy(path)),
            // A file system without locks; SQLite's own still part the writers.
            Err(TryLockError::Error(_)) => {}
        }
        let opened = connect_to_add(path);
        if opened.is_err() && !there {
            // Nothing was there, so nothing stays.
            let _ = std::fs::remove_file(path);
        }
        Ok(RecordFile { db: opened?, path: path.to_owned(), made, _adding: Some(file) })
    }

    /// The file, once nothing more is added to it; `None` where this process made it and it holds no report: then
    /// it is taken away again.
    ///
    /// # Errors
    /// When it cannot be read or taken away.
    pub fn unless_made_for_nothing(self) -> Result<Option<RecordFile>, Fault> {
        if !self.made || !self.is_empty()? {
            return Ok(Some(self));
        }
        let RecordFile { db, path, made: _, _adding } = self;
        db.close().map_err(|(_, e)| Fault::of(&path, &e))?;
        // Nobody else adds meanwhile: the lock is held until the file is gone.
        std::fs::remove_file(&path).map_err(|e| unopened(&path, &e))?;
        drop(_adding);
        Ok(None)
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many reports it holds.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn len(&self) -> Result<u64, Fault> {
        // Reports are numbered from 1, and none is ever taken away.
        let count = last_report(&self.db).map_err(|e| self.fault(&e))?;
        Ok(count as u64)
    }

    /// Whether it holds no report.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn is_empty(&self) -> Result<bool, Fault> {
        Ok(self.len()? == 0)
    }

    /// What SQLite says, of this file.
    pub(crate) fn fault(&self, error: &rusqlite::Error) -> Fault {
        Fault::of(&self.path, error)
    }

    /// Bounds the file, in pages; for tests of a full disk.
    #[doc(hidden)]
    pub fn bound_pages(&self, pages: u32) -> Result<(), Fault> {
        let set = self.db.pragma_update(None, "max_page_count", pages);
        set.map_err(|e| self.fault(&e))
    }
}

fn connect_to_add(path: &Path) -> Result<Connection, Fault> {
    let fault = |e: rusqlite::Error| Fault::of(path, &e);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut db = Connection::open_with_flags(path, flags).map_err(fault)?;
    settle(&db).map_err(fault)?;
    let form = schema::form(&db, path)?;
    if form == Form::Empty {
        db.pragma_update(None, "page_size", 8_192).map_err(fault)?;
    }
    // What is acknowledged is on the disk: every commit waits for it.
    db.pragma_update(None, "journal_mode", "WAL").map_err(fault)?;
    db.pragma_update(None, "synchronous", "FULL").map_err(fault)?;
    if form != Form::Current {
        schema::migrate(&mut db).map_err(fault)?;
    }
    Ok(db)
}

fn settle(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(PATIENCE)?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "trusted_schema", false)?;
    db.pragma_update(None, "cell_size_check", true)?;
    db.pragma_update(None, "cache_size", -65_536)?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(())
}

fn open_to_read(path: &Path) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = Connection::open_with_flags(path, flags).and_then(|db| {
        settle(&db)?;
        db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(db)
    });
    let error = match opened {
        Ok(db) => return Ok(db),
        Err(error) => Fault::of(path, &error),
    };
    // In a folder that may not be written SQLite cannot make what it needs beside a file with a log; where
    // the log is empty the file is whole without it.
    if error.kind() != FaultKind::ReadOnly || log_length(path) > 0 {
        return Err(error);
    }
    let uri = format!("file:{}?immutable=1", percent(&path.to_string_lossy()));
    let db = Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)
        .map_err(|_| error.clone())?;
    settle(&db).map_err(|_| error)?;
    Ok(db)
}

fn percent(path: &str) -> String {
    path.replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

fn log_length(path: &Path) -> u64 {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).map_or(0, |m| m.len())
}

fn unopened(path: &Path, error: &std::io::Error) -> Fault {
    let fault = |kind, what: &str, remedy: &str| Fault::new(kind, path, what, remedy);
    match error.kind() {
        std::io::ErrorKind::IsADirectory => {
            fault(FaultKind::NoRecord, "this is a folder", "name a file in it with --record")
        }
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => fault(
            FaultKind::ReadOnly,
            "the file cannot be made",
            "name a file in a folder that is there and that you may write to",
        ),
        std::io::ErrorKind::StorageFull => fault(
            FaultKind::Full,
            "there is no room left to write",
            "make room and give the same command again",
        ),
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => fault(
            FaultKind::ReadOnly,
            "the file or its folder may not be written",
            "give yourself permission, or name a file in a folder of your own with --record",
        ),
        _ => fault(
            FaultKind::System,
            &format!("the file cannot be opened ({error})"),
            "check the disk, or name another with --record",
        ),
    }
}

/// Whether there is anything at `path`; a fault where it is no SQLite file, or one cut short.
fn check_length(path: &Path) -> Result<bool, Fault> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(e) => return Err(unopened(path, &e)),
    };
    let length = file.metadata().map_err(|e| unopened(path, &e))?.len();
    let mut head = [0; 100];
    match file.read_exact(&mut head) {
        Ok(()) if head.starts_with(b"SQLite format 3\0") => {}
        Err(_) if length == 0 => return Ok(false),
        Err(e) if e.kind() != std::io::ErrorKind::UnexpectedEof => return Err(unopened(path, &e)),
        _ => return Err(no_record(path)),
    }
    let field =
        |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    let page = match u16::from_be_bytes([head[16], head[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    // The count of pages is to be trusted where both counters agree, and where no log waits.
    let expected = u64::from(field(28)) * page;
    if field(24) == field(92) && expected > length && log_length(path) == 0 {
        let what = format!("the file is cut short: it ends here and was {expected} bytes long");
        return Err(Fault::damaged(path, what).at(length));
    }
    Ok(true)
}
