//! An index on disk of who stands under which key.
//!
//! Reports are indexed in stretches, the older the longer (the logarithmic method of Bentley and Saxe, 1980): a new
//! stretch is merged with those before it that are not much longer, so that there are few and each row is written
//! few times. What is indexed are the keys of sketches, who is told by whose text, and who is listed as like
//! whom.

use crate::fault::damage;
use rusqlite::{Connection, Row, params};
use variorum_stories::{KEYS_OF_SKETCHES, Posting, pack_postings, unpack_postings};

/// Under the number of a report: those whose texts are told by its text.
const BASED_ON: u64 = KEYS_OF_SKETCHES;
/// Under the number of a report: those whose lists of likenesses name it.
const LISTING: u64 = KEYS_OF_SKETCHES + (1 << 40);
/// Keys are below this one.
const KEYS: u64 = 1 << 48;
/// Bits of what tells what a key is of.
const SORT: u32 = 40;
/// Bytes before a block that check it.
const CHECK: usize = 4;
/// Bytes of a block, unless one key alone has more: eight fill a page of the file.
const BLOCK: usize = 1_000;
/// Rows that are more than a block holds.
const ROWS: usize = 1_200;

/// The key of those that are told by a report's text.
pub(crate) fn based_on(report: i64) -> u64 {
    BASED_ON + report as u64
}

/// The key of those that list a report.
pub(crate) fn listing(report: i64) -> u64 {
    LISTING + report as u64
}

/// A stretch of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) number: i64,
    pub(crate) first: i64,
    pub(crate) last: i64,
    /// First and last period in which one was published.
    pub(crate) periods: Option<(i32, i32)>,
}

/// All stretches, in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Segments {
    pub(crate) list: Vec<Segment>,
}

impl Segments {
    /// Those of the file.
    pub(crate) fn load(db: &Connection) -> rusqlite::Result<Segments> {
        let sql = "SELECT number, first, last, earliest, latest FROM segment ORDER BY number";
        let mut statement = db.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            let periods = row.get::<_, Option<i32>>(3)?.zip(row.get::<_, Option<i32>>(4)?);
            let (number, first, last) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Segment { number, first, last, periods })
        })?;
        Ok(Segments { list: rows.collect::<Result<_, _>>()? })
    }

    /// The last report that is indexed, or 0.
    pub(crate) fn last(&self) -> i64 {
        self.list.last().map_or(0, |segment| segment.last)
    }

    /// First and last period in which an indexed report was published.
    pub(crate) fn periods(&self) -> Option<(i32, i32)> {
        let periods = self.list.iter().filter_map(|segment| segment.periods);
        periods.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    }

    /// Calls `found` for each report that stands under a key in one of the `ranges`, which are sorted, with the
    /// number of the range and the key.
    pub(crate) fn look_up(
        &self,
        db: &Connection,
        ranges: &[(u64, u64)],
        mut found: impl FnMut(usize, u64, i64),
    ) -> rusqlite::Result<()> {
        for segment in &self.list {
            let mut blocks = Blocks { db, segment: segment.number, block: None };
            for (number, &(from, to)) in ranges.iter().enumerate() {
                blocks.seek(from)?;
                while let Some(block) = &blocks.block {
                    let start = block.rows.partition_point(|row| row.0 < from);
                    let within = block.rows[start..].iter().take_while(|row| row.0 <= to);
                    within.for_each(|row| found(number, row.0, i64::from(row.1)));
                    if block.rows.last().is_some_and(|row| row.0 >= to) {
                        break;
                    }
                    blocks.next(to)?;
                }
            }
        }
        Ok(())
    }
}

/// A block of postings as it was read.
#[derive(Debug)]
struct Block {
    place: i64,
    rows: Vec<Posting>,
}

/// The blocks of a segment, of which one is at hand.
#[derive(Debug)]
struct Blocks<'c> {
    db: &'c Connection,
    segment: i64,
    block: Option<Block>,
}

impl Blocks<'_> {
    fn place(&self, key: u64) -> i64 {
        place(self.segment, key)
    }

    /// Goes to the block in which `key` stands, or would stand.
    fn seek(&mut self, key: u64) -> rusqlite::Result<()> {
        let around = |block: &Block| {
            let ends = block.rows.first().zip(block.rows.last());
            ends.is_some_and(|(first, last)| first.0 <= key && key <= last.0)
        };
        if self.block.as_ref().is_some_and(around) {
            return Ok(());
        }
        let sql = "SELECT place, content FROM posting WHERE place BETWEEN ?1 AND ?2
                   ORDER BY place DESC LIMIT 1";
        self.read(sql, self.place(0), self.place(key))?;
        // Where the first block begins behind the key, it is the one.
        if self.block.is_none() {
            let sql = "SELECT place, content FROM posting WHERE place BETWEEN ?1 AND ?2
                       ORDER BY place LIMIT 1";
            self.read(sql, self.place(key), self.place(KEYS - 1))?;
        }
        Ok(())
    }

    /// Goes to the next block, if one begins at `to` or before.
    fn next(&mut self, to: u64) -> rusqlite::Result<()> {
        let Some(block) = self.block.take() else { return Ok(()) };
        let sql = "SELECT place, content FROM posting WHERE place BETWEEN ?1 AND ?2
                   ORDER BY place LIMIT 1";
        self.read(sql, block.place + 1, self.place(to))
    }

    fn read(&mut self, sql: &str, from: i64, to: i64) -> rusqlite::Result<()> {
        // Whoever looks again for what lies behind a block's last row means the same block.
        let kept = self.block.take();
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query([from, to])?;
        let Some(row) = rows.next()? else { return Ok(()) };
        let place = row.get(0)?;
        self.block = match kept {
            Some(block) if block.place == place => Some(block),
            _ => Some(Block { place, rows: unpacked(row)? }),
        };
        Ok(())
    }
}

/// Where the block of a segment stands that begins with a key.
fn place(segment: i64, key: u64) -> i64 {
    segment * KEYS as i64 + key as i64
}

/// The rows of the block in a row of `place, content`.
fn unpacked(row: &Row<'_>) -> rusqlite::Result<Vec<Posting>> {
    let place: i64 = row.get(0)?;
    unpack_block(place, row.get_ref(1)?.as_blob()?)
}

fn unpack_block(place: i64, bytes: &[u8]) -> rusqlite::Result<Vec<Posting>> {
    let rows = bytes.split_at_checked(CHECK).and_then(|(check, block)| {
        let sound = blake3::hash(block).as_bytes()[..CHECK] == *check;
        sound.then(|| unpack_postings(block, place as u64 % KEYS)).flatten()
    });
    rows.ok_or_else(|| damage(format!("the index of sketches is damaged at {place}")))
}

/// Whether every block can be read; for `verify`.
pub(crate) fn check(db: &Connection) -> rusqlite::Result<()> {
    let mut statement = db.prepare("SELECT place, content FROM posting")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        unpacked(row)?;
    }
    Ok(())
}

/// Writes the sorted rows of a segment, block by block.
pub(crate) fn write(
    db: &Connection,
    segment: Segment,
    rows: impl Iterator<Item = rusqlite::Result<Posting>>,
) -> rusqlite::Result<()> {
    let Segment { number, first, last, periods } = segment;
    let (earliest, latest) = (periods.map(|p| p.0), periods.map(|p| p.1));
    let sql = "INSERT INTO segment VALUES (?1, ?2, ?3, ?4, ?5)";
    db.prepare_cached(sql)?.execute(params![number, first, last, earliest, latest])?;
    let mut block: Vec<Posting> = Vec::new();
    for row in rows {
        let row = row?;
        let sort = block.first().map(|first| first.0 >> SORT);
        if sort.is_some_and(|sort| sort != row.0 >> SORT) {
            while !block.is_empty() {
                write_block(db, number, &mut block)?;
            }
        } else if block.len() >= ROWS && block.last().is_some_and(|last| last.0 != row.0) {
            write_block(db, number, &mut block)?;
        }
        block.push(row);
    }
    while !block.is_empty() {
        write_block(db, number, &mut block)?;
    }
    Ok(())
}

/// Writes as many of the rows as fill a block, and takes them away. The rows of one key stand in one block, so that
/// blocks are told apart by their first keys.
fn write_block(db: &Connection, segment: i64, rows: &mut Vec<Posting>) -> rusqlite::Result<()> {
    let Some(&(first, _)) = rows.first() else { return Ok(()) };
    let mut count = rows.len();
    let packed = loop {
        let packed = pack_postings(&rows[..count]);
        let fewer = (count * BLOCK / packed.len()).min(count - 1);
        // The end of the key before the last that goes in.
        let end = (1..=fewer).rev().find(|&end| rows[end - 1].0 != rows[end].0);
        match end {
            Some(end) if packed.len() > BLOCK => count = end,
            _ => break packed,
        }
    };
    let mut bytes = blake3::hash(&packed).as_bytes()[..CHECK].to_vec();
    bytes.extend(packed);
    let sql = "INSERT INTO posting VALUES (?1, ?2)";
    db.prepare_cached(sql)?.execute(params![place(segment, first), bytes])?;
    rows.drain(..count);
    Ok(())
}

/// Takes the segments from `number` on away and gives their rows, merged.
pub(crate) fn take(db: &Connection, segments: &[Segment]) -> rusqlite::Result<Merged> {
    let mut sources = Vec::new();
    for segment in segments {
        let (from, to) = (place(segment.number, 0), place(segment.number, KEYS - 1));
        let sql = "SELECT place, content FROM posting WHERE place BETWEEN ?1 AND ?2 ORDER BY place";
        let mut statement = db.prepare_cached(sql)?;
        let blocks = statement.query_map([from, to], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let blocks: Vec<(i64, Vec<u8>)> = blocks.collect::<Result<_, _>>()?;
        sources.push(Source { blocks: blocks.into_iter(), rows: Vec::new().into_iter() });
        // Its pages are free for what is written in its place.
        db.prepare_cached("DELETE FROM posting WHERE place BETWEEN ?1 AND ?2")?
            .execute([from, to])?;
        db.prepare_cached("DELETE FROM segment WHERE number = ?1")?.execute([segment.number])?;
    }
    Ok(Merged { sources, next: Vec::new() })
}

/// Rows of one segment in order, unpacked block by block.
#[derive(Debug)]
pub(crate) struct Source {
    blocks: std::vec::IntoIter<(i64, Vec<u8>)>,
    rows: std::vec::IntoIter<Posting>,
}

impl Source {
    /// Rows that are at hand.
    pub(crate) fn of(rows: Vec<Posting>) -> Source {
        Source { blocks: Vec::new().into_iter(), rows: rows.into_iter() }
    }

    fn next(&mut self) -> rusqlite::Result<Option<Posting>> {
        loop {
            if let Some(row) = self.rows.next() {
                return Ok(Some(row));
            }
            let Some((place, bytes)) = self.blocks.next() else { return Ok(None) };
            self.rows = unpack_block(place, &bytes)?.into_iter();
        }
    }
}

/// Rows of several segments in one order.
#[derive(Debug)]
pub(crate) struct Merged {
    sources: Vec<Source>,
    /// The next row of each source, once asked for.
    next: Vec<Option<Posting>>,
}

impl Merged {
    /// The same with another source.
    pub(crate) fn with(mut self, source: Source) -> Merged {
        self.sources.push(source);
        self
    }

    fn least(&mut self) -> rusqlite::Result<Option<Posting>> {
        while self.next.len() < self.sources.len() {
            let row = self.sources[self.next.len()].next()?;
            self.next.push(row);
        }
        let rows = self.next.iter().enumerate();
        let least = rows.filter_map(|(at, row)| Some(((*row)?, at))).min();
        let Some((row, at)) = least else { return Ok(None) };
        self.next[at] = self.sources[at].next()?;
        Ok(Some(row))
    }
}

impl Iterator for Merged {
    type Item = rusqlite::Result<Posting>;

    fn next(&mut self) -> Option<rusqlite::Result<Posting>> {
        self.least().transpose()
    }
}
