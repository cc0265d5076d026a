//! What new reports are compared with: few of those that the record holds, or all.
//!
//! Who may be like a new report the index of sketches tells; only the newest reports, which are not indexed yet, are
//! all compared. Where many reports are added at once, loading all sketches costs less than looking up. Both
//! ways give the same likenesses.

use crate::growing::Way;
use crate::segments::{Segments, based_on};
use crate::shelf::{Shelf, damaged, unpacked};
use rusqlite::Connection;
use rustc_hash::FxHashMap;
use std::sync::Arc;
use variorum_stories::{Likeness, Sketch, Sketches, may_be_alike};

/// Looking up for one report costs as much as loading some so many sketches.
const LOOK_UP: i64 = 300;

/// The sketches of reports, by which others are compared with them.
#[derive(Debug, Default)]
pub(crate) struct Compared {
    /// Finds those that are not at hand.
    index: Segments,
    shelf: Shelf,
    sketches: Sketches,
    /// The report of each sketch at hand, rising.
    numbers: Vec<i64>,
    /// Sketches loaded before any report was added.
    loaded: u64,
    looked_up: i64,
    way: Way,
}

impl Compared {
    /// Ready for the first new report.
    pub(crate) fn load(db: &Connection, way: Way) -> rusqlite::Result<Compared> {
        let mut compared = Compared { index: Segments::load(db)?, way, ..Compared::default() };
        match compared.is_dear() {
            true => compared.load_all(db)?,
            false => compared.load_from(db, compared.index.last() + 1)?,
        }
        Ok(compared)
    }

    /// How many sketches were read from the file.
    pub(crate) fn read(&self) -> u64 {
        self.loaded + self.shelf.read()
    }

    /// Whether looking up has cost, or will at once, what loading all does.
    fn is_dear(&self) -> bool {
        match self.way {
            Way::Cheaper => (self.looked_up + 1) * LOOK_UP > self.index.last(),
            Way::Index => false,
            Way::All => true,
        }
    }

    fn load_all(&mut self, db: &Connection) -> rusqlite::Result<()> {
        (self.index, self.shelf) = (Segments::default(), Shelf::default());
        (self.sketches, self.numbers) = (Sketches::default(), Vec::new());
        self.load_from(db, 0)
    }

    /// Loads the sketches of the reports from `first` on.
    fn load_from(&mut self, db: &Connection, first: i64) -> rusqlite::Result<()> {
        let sql = "SELECT r.number, s.content, c.base FROM report r
                   LEFT JOIN sketch s ON s.report = r.number
                   LEFT JOIN content c ON c.report = r.number
                   WHERE r.number >= ?1 ORDER BY r.number";
        let mut statement = db.prepare_cached(sql)?;
        let mut rows = statement.query([first])?;
        while let Some(row) = rows.next()? {
            let (number, base): (i64, Option<i64>) = (row.get(0)?, row.get(2)?);
            let bytes: Option<Vec<u8>> = row.get(1)?;
            let sketch = match (bytes, base) {
                (Some(bytes), Some(base)) if base < number && Sketch::is_based(&bytes) => {
                    let base = self.sketch(db, base)?;
                    unpacked(&bytes, Some(&base))
                }
                (bytes, _) => bytes.and_then(|bytes| unpacked(&bytes, None)),
            };
            self.push(number, sketch.ok_or_else(|| damaged(number))?);
            self.loaded += 1;
        }
        Ok(())
    }

    /// A report that was added.
    pub(crate) fn push(&mut self, number: i64, sketch: Sketch) {
        self.sketches.push(sketch);
        self.numbers.push(number);
    }

    /// The sketch of a report.
    pub(crate) fn sketch(&mut self, db: &Connection, report: i64) -> rusqlite::Result<Arc<Sketch>> {
        let at_hand = self.numbers.binary_search(&report).ok();
        match at_hand.and_then(|at| self.sketches.get(at)) {
            Some(sketch) => Ok(Arc::new(sketch.clone())),
            None => self.shelf.sketch(db, report),
        }
    }

    /// The reports that a sketch is like, and how; in order.
    pub(crate) fn like(
        &mut self,
        db: &Connection,
        sketch: &Sketch,
    ) -> rusqlite::Result<Vec<(i64, Likeness)>> {
        let mut found = Vec::new();
        if self.index.last() > 0 {
            if self.is_dear() {
                self.load_all(db)?;
            }
            self.looked_up += 1;
            let comparing = sketch.comparing();
            for report in self.candidates(db, sketch)? {
                let other = self.shelf.sketch(db, report)?;
                found.extend(comparing.like(&other).map(|likeness| (report, likeness)));
            }
        }
        let at_hand = self.sketches.compare(sketch).into_iter();
        found.extend(at_hand.map(|(at, likeness)| (self.numbers[at as usize], likeness)));
        Ok(found)
    }

    /// The indexed reports that a sketch may be like, in order.
    fn candidates(&self, db: &Connection, sketch: &Sketch) -> rusqlite::Result<Vec<i64>> {
        let questions = sketch.questions(self.index.periods());
        let ranges: Vec<(u64, u64)> = questions.iter().map(|q| (q.from, q.to)).collect();
        // Keys shared, of words and of runs.
        let mut shared: FxHashMap<i64, (u32, u32)> = FxHashMap::default();
        self.index.look_up(db, &ranges, |question, _, report| {
            let (words, runs) = shared.entry(report).or_default();
            *(if questions[question].run { runs } else { words }) += 1;
        })?;
        // A report told by another stands only under the keys that the other lacks.
        let mut bases: Vec<i64> = shared.keys().copied().collect();
        bases.sort_unstable();
        let ranges: Vec<(u64, u64)> = bases.iter().map(|&b| (based_on(b), based_on(b))).collect();
        let mut told: Vec<(i64, i64)> = Vec::new();
        self.index.look_up(db, &ranges, |base, _, report| told.push((report, bases[base])))?;
        let of_bases: Vec<(i64, (u32, u32))> =
            told.into_iter().map(|(report, base)| (report, shared[&base])).collect();
        for (report, (words, runs)) in of_bases {
            let own = shared.entry(report).or_default();
            *own = (own.0 + words, own.1 + runs);
        }
        let may_be = shared.into_iter().filter(|(_, (words, runs))| may_be_alike(*words, *runs));
        let mut candidates: Vec<i64> = may_be.map(|(report, _)| report).collect();
        candidates.sort_unstable();
        Ok(candidates)
    }
}
