//! Who is like whom, read for as many reports as are asked for.
//!
//! A report lists those before it that it is like; those after it that list it the index of sketches tells, or
//! the lists of the newest.

use crate::likes;
use crate::segments::{Segments, listing};
use rusqlite::{Connection, OptionalExtension};
use rustc_hash::FxHashMap;
use std::rc::Rc;
use variorum_stories::Likeness;

/// Likenesses of a report to others.
pub(super) type List = Rc<[(i64, Likeness)]>;

/// Likenesses that were read.
#[derive(Debug)]
pub(super) struct Links<'c> {
    db: &'c Connection,
    index: Segments,
    /// Of reports that are not indexed: by whom each report is listed.
    newest: FxHashMap<i64, Vec<i64>>,
    /// What a report lists.
    lists: FxHashMap<i64, List>,
    /// All that a report is like, before it and after.
    around: FxHashMap<i64, List>,
}

impl<'c> Links<'c> {
    pub(super) fn of(db: &'c Connection, index: Segments) -> rusqlite::Result<Links<'c>> {
        let mut links = Links {
            db,
            index,
            newest: FxHashMap::default(),
            lists: FxHashMap::default(),
            around: FxHashMap::default(),
        };
        let sql = "SELECT report, likes FROM sketch WHERE report > ?1";
        let mut statement = db.prepare_cached(sql)?;
        let mut rows = statement.query([links.index.last()])?;
        while let Some(row) = rows.next()? {
            let report: i64 = row.get(0)?;
            let list = listed(report, row.get_ref(1)?.as_blob()?);
            for &(other, _) in &*list {
                links.newest.entry(other).or_default().push(report);
            }
            links.lists.insert(report, list);
        }
        Ok(links)
    }

    /// Reads all that some reports are like, those before them and those after.
    pub(super) fn read(&mut self, reports: impl Iterator<Item = i64>) -> rusqlite::Result<()> {
        let mut wanted: Vec<i64> = reports.filter(|r| !self.around.contains_key(r)).collect();
        wanted.sort_unstable();
        let ranges: Vec<(u64, u64)> = wanted.iter().map(|&r| (listing(r), listing(r))).collect();
        let mut listing: Vec<Vec<i64>> = vec![Vec::new(); wanted.len()];
        self.index.look_up(self.db, &ranges, |at, _, later| listing[at].push(later))?;
        for (report, mut later) in wanted.into_iter().zip(listing) {
            later.extend(self.newest.get(&report).into_iter().flatten());
            let mut around = self.listed(report)?.to_vec();
            for later in later {
                let back = self.listed(later)?;
                let own = back.binary_search_by_key(&report, |row| row.0).ok();
                around.extend(own.map(|at| (later, back[at].1)));
            }
            self.around.insert(report, around.into());
        }
        Ok(())
    }

    /// All that a report is like, once read.
    pub(super) fn around(&self, report: i64) -> List {
        self.around.get(&report).cloned().unwrap_or_default()
    }

    /// What a report lists.
    pub(super) fn listed(&mut self, report: i64) -> rusqlite::Result<List> {
        if let Some(list) = self.lists.get(&report) {
            return Ok(list.clone());
        }
        let sql = "SELECT likes FROM sketch WHERE report = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let list =
            statement.query_row([report], |row| Ok(listed(report, row.get_ref(0)?.as_blob()?)));
        let list = list.optional()?.unwrap_or_default();
        self.lists.insert(report, list.clone());
        Ok(list)
    }
}

/// The list of a report, in order of reports.
fn listed(report: i64, bytes: &[u8]) -> List {
    let rows = likes::from_bytes(bytes).into_iter();
    let mut rows: Vec<_> = rows.filter(|&(other, _)| other < report).collect();
    rows.sort_by_key(|row| row.0);
    rows.into()
}
