//! Bringing newer reports into the index of sketches.

use crate::likes;
use crate::segments::{self, Segment, Segments, Source, based_on, listing};
use crate::shelf::Shelf;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use variorum_stories::{Posting, Sketch};

/// So many of the newest reports are not indexed; they are compared one by one.
const NEWEST: i64 = 256;
/// Reports that are brought in at once, for the memory that this takes.
const STRETCH: i64 = 32_768;

/// How reports are found that a new one has to do with. Every way comes to the same.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Way {
    /// As costs less.
    #[default]
    Cheaper,
    /// By the index alone, which reports are brought into at once.
    Index,
    /// By reading all.
    All,
}

/// Indexes reports, unless few are not. Left out by a run that is killed, this is made up for by the next.
pub(crate) fn grow(db: &mut Connection, way: Way) -> rusqlite::Result<()> {
    let least = if way == Way::Index { 1 } else { NEWEST };
    loop {
        let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let segments = Segments::load(&change)?;
        let (first, last) = (segments.last() + 1, last_report(&change)?);
        if last + 1 - first < least {
            return Ok(());
        }
        add_stretch(&change, segments, first, last.min(first + STRETCH - 1))?;
        change.commit()?;
    }
}

/// The number of the last report, or 0.
pub(crate) fn last_report(db: &Connection) -> rusqlite::Result<i64> {
    let sql = "SELECT coalesce(max(number), 0) FROM report";
    db.prepare_cached(sql)?.query_row([], |row| row.get(0))
}

/// Indexes the reports from `first` to `last`, together with those before them that stand in segments less than
/// twice as long.
fn add_stretch(
    change: &Transaction<'_>,
    mut segments: Segments,
    first: i64,
    last: i64,
) -> rusqlite::Result<()> {
    let (rows, mut periods) = rows_of(change, first, last)?;
    let mut from = first;
    let mut merged = Vec::new();
    while let Some(before) = segments.list.last() {
        if before.last + 1 - before.first >= 2 * (last + 1 - from) {
            break;
        }
        from = before.first;
        periods = both(periods, before.periods);
        merged.extend(segments.list.pop());
    }
    merged.reverse();
    let number = segments.list.last().map_or(1, |before| before.number + 1);
    let rows = segments::take(change, &merged)?.with(Source::of(rows));
    segments::write(change, Segment { number, first: from, last, periods }, rows)
}

/// First and last period of two stretches together.
fn both(a: Option<(i32, i32)>, b: Option<(i32, i32)>) -> Option<(i32, i32)> {
    let either = a.or(b)?;
    Some(a.zip(b).map_or(either, |(a, b)| (a.0.min(b.0), a.1.max(b.1))))
}

/// Sorted rows, and the first and the last period of the reports.
type Rows = (Vec<Posting>, Option<(i32, i32)>);

fn rows_of(db: &Connection, first: i64, last: i64) -> rusqlite::Result<Rows> {
    let mut shelf = Shelf::default();
    let (mut rows, mut periods) = (Vec::new(), None);
    let sql = "SELECT s.report, c.base, s.likes FROM sketch s
               LEFT JOIN content c ON c.report = s.report AND c.base < s.report
               WHERE s.report BETWEEN ?1 AND ?2 ORDER BY s.report";
    let mut statement = db.prepare_cached(sql)?;
    let mut reports = statement.query([first, last])?;
    while let Some(row) = reports.next()? {
        let (report, base): (i64, Option<i64>) = (row.get(0)?, row.get(1)?);
        let sketch = shelf.sketch(db, report)?;
        let mut keys = sketch.keys();
        if let Some(base) = base {
            let known: Vec<u64> = Sketch::keys(&*shelf.sketch(db, base)?);
            keys.retain(|key| known.binary_search(key).is_err());
            keys.push(based_on(base));
        }
        let period = sketch.dated_period();
        periods = both(periods, period.map(|period| (period, period)));
        let likes = likes::from_bytes(row.get_ref(2)?.as_blob()?);
        keys.extend(likes.into_iter().map(|(other, _)| listing(other)));
        rows.extend(keys.into_iter().map(|key| (key, report as u32)));
    }
    rows.sort_unstable();
    rows.dedup();
    Ok((rows, periods))
}
