//! What is watched: sources, what they said last, and the pages that they listed. All of it survives a kill.

use crate::fault::Fault;
use crate::file::RecordFile;
use rusqlite::{OptionalExtension, params};

/// What is known of a source: a feed, a list of feeds, or a sitemap. Times are in milliseconds since 1970.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// Its `ETag` when it was read last.
    pub etag: Option<String>,
    /// Its `Last-Modified` then.
    pub modified: Option<String>,
    /// Failures in a row.
    pub failures: u32,
    /// When it may be asked for again.
    pub due: i64,
}

/// A page that waits to be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its address.
    pub url: String,
    /// Failures so far.
    pub failures: u32,
}

/// What became of a page that was listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is in the record.
    Added,
    /// It will not be had.
    GivenUp,
    /// It is tried again at this time.
    Later(i64),
}

impl RecordFile {
    /// What is known of a source; nothing but its address, at first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn source(&self, url: &str) -> Result<Source, Fault> {
        let sql = "SELECT etag, modified, failures, due FROM source WHERE url = ?1";
        let found = self.db.prepare_cached(sql).and_then(|mut statement| {
            let source = statement.query_row([url], |row| {
                Ok(Source {
                    etag: row.get(0)?,
                    modified: row.get(1)?,
                    failures: row.get(2)?,
                    due: row.get(3)?,
                })
            });
            source.optional()
        });
        Ok(found.map_err(|e| self.fault(&e))?.unwrap_or_default())
    }

    /// Keeps what a source said, with the pages that it lists, together or not at all. Returns how many pages were not
    /// listed before.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn note_source(
        &mut self,
        url: &str,
        source: &Source,
        pages: &[String],
    ) -> Result<usize, Fault> {
        let path = self.path.clone();
        let change = self.db.transaction().map_err(|e| Fault::of(&path, &e))?;
        let noted = || -> rusqlite::Result<usize> {
            let sql = "INSERT OR REPLACE INTO source VALUES (?1, ?2, ?3, ?4, ?5)";
            let Source { etag, modified, failures, due } = source;
            change.prepare_cached(sql)?.execute(params![url, etag, modified, failures, due])?;
            let sql = "INSERT OR IGNORE INTO listed
                       SELECT ?1, ?2, 'waiting', 0, 0
                       WHERE NOT EXISTS (SELECT 1 FROM report WHERE url = ?1)";
            let mut insert = change.prepare_cached(sql)?;
            pages.iter().try_fold(0, |new, page| Ok(new + insert.execute([&**page, url])?))
        };
        let new = noted().map_err(|e| Fault::of(&path, &e))?;
        change.commit().map_err(|e| Fault::of(&path, &e))?;
        Ok(new)
    }

    /// Pages of these sources that may be fetched at the time `now`, in order of their addresses.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn waiting(&self, now: i64) -> Result<Vec<Waiting>, Fault> {
        let sql =
            "SELECT url, failures FROM listed WHERE state = 'waiting' AND due <= ?1 ORDER BY url";
        let rows = self.db.prepare(sql).and_then(|mut statement| {
            let rows = statement
                .query_map([now], |row| Ok(Waiting { url: row.get(0)?, failures: row.get(1)? }))?;
            rows.collect::<Result<Vec<_>, _>>()
        });
        rows.map_err(|e| self.fault(&e))
    }

    /// Keeps what became of a page.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn note_page(&mut self, url: &str, outcome: Outcome) -> Result<(), Fault> {
        let (state, failed, due) = match outcome {
            Outcome::Added => ("added", 0, 0),
            Outcome::GivenUp => ("given up", 1, 0),
            Outcome::Later(due) => ("waiting", 1, due),
        };
        let sql = "UPDATE listed SET state = ?2, failures = failures + ?3, due = ?4 WHERE url = ?1";
        self.db.execute(sql, params![url, state, failed, due]).map_err(|e| self.fault(&e))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_watched_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.db");
        let mut file = RecordFile::open_to_add(&path).unwrap();
        assert_eq!(file.source("https://q.example/rss").unwrap(), Source::default());
        let source = Source { etag: Some("\"a\"".into()), modified: None, failures: 0, due: 5 };
        let pages = ["https://q.example/2".to_owned(), "https://q.example/1".to_owned()];
        assert_eq!(file.note_source("https://q.example/rss", &source, &pages).unwrap(), 2);
        assert_eq!(file.note_source("https://q.example/rss", &source, &pages).unwrap(), 0);
        file.note_page("https://q.example/1", Outcome::Later(100)).unwrap();
        drop(file);

        let mut file = RecordFile::open_to_add(&path).unwrap();
        assert_eq!(file.source("https://q.example/rss").unwrap(), source);
        let waiting = |file: &RecordFile, now| -> Vec<(String, u32)> {
            file.waiting(now).unwrap().into_iter().map(|w| (w.url, w.failures)).collect()
        };
        assert_eq!(waiting(&file, 99), [("https://q.example/2".to_owned(), 0)]);
        assert_eq!(waiting(&file, 100).len(), 2);
        file.note_page("https://q.example/2", Outcome::Added).unwrap();
        file.note_page("https://q.example/1", Outcome::GivenUp).unwrap();
        assert_eq!(waiting(&file, 1_000), []);
    }
}
