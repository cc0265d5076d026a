//! Which bytes the record held when adding began.

use crate::entry::ContentHash;
use crate::fault::Fault;
use crate::file::RecordFile;
use rusqlite::Connection;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Looks up hashes of bytes that need not be read again, for any number of threads. It reads through a connection of
/// its own, so nobody waits for whoever writes.
#[derive(Debug)]
pub struct Known {
    /// The last report that was there.
    last: i64,
    db: Mutex<Option<Connection>>,
}

impl Known {
    /// What the file holds whose last report is `last`.
    pub(crate) fn until(last: i64, path: &Path) -> Result<Known, Fault> {
        let db = if last > 0 { Some(RecordFile::open_again(path)?.db) } else { None };
        Ok(Known { last, db: Mutex::new(db) })
    }

    /// Whether the record held bytes of that hash when adding began. Where it cannot be told the answer is no: the
    /// bytes are read again, and writing finds out.
    pub fn contains(&self, hash: &ContentHash) -> bool {
        let db = self.db.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(db) = &*db else { return false };
        let sql = "SELECT EXISTS (SELECT 1 FROM report WHERE hash = ?1 AND number <= ?2)";
        let found = db.prepare_cached(sql).and_then(|mut statement| {
            statement.query_row((hash, self.last), |row| row.get::<_, bool>(0))
        });
        found.unwrap_or(false)
    }

    /// Lets go of the file: who closes it last has to be one that may write, so that its log is taken in.
    pub(crate) fn close(&self) {
        self.db.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}
