//! Sketches read from the file one by one.

use crate::fault::damage;
use rusqlite::{Connection, OptionalExtension};
use rustc_hash::FxHashMap;
use std::sync::Arc;
use variorum_stories::Sketch;

/// Sketches kept at hand; then all are let go.
const MOST: usize = 20_000;

/// Sketches that were read, by report.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    kept: FxHashMap<i64, Arc<Sketch>>,
    read: u64,
}

impl Shelf {
    /// How many were read from the file.
    pub(crate) fn read(&self) -> u64 {
        self.read
    }

    /// The sketch of a report.
    pub(crate) fn sketch(&mut self, db: &Connection, report: i64) -> rusqlite::Result<Arc<Sketch>> {
        if let Some(sketch) = self.kept.get(&report) {
            return Ok(sketch.clone());
        }
        let sql = "SELECT content FROM sketch WHERE report = ?1";
        let bytes: Option<Vec<u8>> =
            db.prepare_cached(sql)?.query_row([report], |row| row.get(0)).optional()?;
        let sketch = match bytes {
            Some(bytes) if Sketch::is_based(&bytes) => {
                let sql = "SELECT base FROM content WHERE report = ?1 AND base < ?1";
                let base: Option<i64> =
                    db.prepare_cached(sql)?.query_row([report], |row| row.get(0)).optional()?;
                let base = base.map(|base| self.sketch(db, base)).transpose()?;
                unpacked(&bytes, base.as_deref())
            }
            Some(bytes) => Sketch::from_bytes(&bytes),
            None => None,
        };
        let sketch = Arc::new(sketch.ok_or_else(|| damaged(report))?);
        self.read += 1;
        if self.kept.len() >= MOST {
            self.kept.clear();
        }
        self.kept.insert(report, sketch.clone());
        Ok(sketch)
    }
}

/// A sketch, told by that of the base of its report's text or by itself.
pub(crate) fn unpacked(bytes: &[u8], base: Option<&Sketch>) -> Option<Sketch> {
    match Sketch::is_based(bytes) {
        true => Sketch::from_bytes_by(bytes, base?),
        false => Sketch::from_bytes(bytes),
    }
}

/// What is told of a report whose sketch cannot be read.
pub(crate) fn damaged(report: i64) -> rusqlite::Error {
    damage(format!("the sketch of report {report} is damaged"))
}
