//! What pages show of the layout of their outlets, kept so that later pages of the same outlet are read by it.

use crate::entry::ContentHash;
use crate::fault::{Fault, FaultKind};
use crate::file::RecordFile;
use rusqlite::{TransactionBehavior, params};

/// A page: its host, the hash of its bytes, and its traits as JSON.
pub type OutletPage = (String, ContentHash, String);

impl RecordFile {
    /// All pages kept, in order of host and hash.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn outlet_pages(&self) -> Result<Vec<OutletPage>, Fault> {
        let sql = "SELECT host, page, traits FROM outlet_page ORDER BY host, page";
        let all = self.db.prepare(sql).and_then(|mut statement| {
            let rows = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
            rows.collect::<rusqlite::Result<Vec<OutletPage>>>()
        });
        all.map_err(|e| self.fault(&e))
    }

    /// Keeps `pages`, of each host the `most` with the smallest hashes: which stay does not depend on the
    /// order in which they come.
    ///
    /// # Errors
    /// When they cannot be written; then none of them is.
    pub fn keep_outlet_pages(&mut self, pages: &[OutletPage], most: usize) -> Result<(), Fault> {
        let path = self.path.clone();
        let fault = |e: rusqlite::Error| Fault::of(&path, &e);
        let behavior = TransactionBehavior::Immediate;
        let change = self.db.transaction_with_behavior(behavior).map_err(fault)?;
        for (host, page, traits) in pages {
            change
                .prepare_cached("INSERT OR IGNORE INTO outlet_page VALUES (?1, ?2, ?3)")
                .and_then(|mut s| s.execute(params![host, page, traits]))
                .map_err(fault)?;
            change
                .prepare_cached(
                    "DELETE FROM outlet_page WHERE host = ?1 AND page > (SELECT page FROM outlet_page
                     WHERE host = ?1 ORDER BY page LIMIT 1 OFFSET ?2)",
                )
                .and_then(|mut s| s.execute(params![host, most as i64 - 1]))
                .map_err(fault)?;
        }
        change.commit().map_err(fault)
    }

    /// A fault that says that the traits of a page cannot be read.
    pub fn damaged_traits(&self, host: &str) -> Fault {
        Fault::new(
            FaultKind::Damaged,
            &self.path,
            format!("what is kept of the layout of {host} cannot be read"),
            "make the record anew from its reports",
        )
    }
}
