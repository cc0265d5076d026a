//! Putting reports in events and stories, from how they are like one another.
//!
//! Reports that are linked through any chain of likenesses are one component, and the answer for a component
//! depends on its reports alone, which are taken in order of their content: so the order in which they were
//! added does not matter. Where few reports are new, only what they change is asked for ([`around`]); it is the same.

mod around;
mod ground;
mod links;
#[cfg(test)]
mod tests;

use crate::growing::{Way, last_report};
use crate::likes;
use crate::segments::Segments;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use rustc_hash::FxHashMap;
use variorum_stories::{Likeness, place};

/// A report with its event and story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) report: i64,
    pub(crate) event: i64,
    pub(crate) story: i64,
}

/// Of so many reports or fewer all are placed anew: it costs less than to find out which.
const FEW: i64 = 500;
/// Where more than one report in so many is new, or stands elsewhere for a new one, all are placed anew.
const SHARE: i64 = 8;

/// The first report that has no place, if there is one. Reports are placed together, so none behind it has one.
fn open(db: &Connection) -> rusqlite::Result<Option<i64>> {
    let sql = "SELECT (SELECT max(number) FROM report), (SELECT max(report) FROM placement)";
    let (last, placed): (Option<i64>, Option<i64>) =
        db.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let first = placed.unwrap_or(0) + 1;
    Ok(last.filter(|&last| last >= first).map(|_| first))
}

/// Whether every report has a place.
pub(crate) fn is_settled(db: &Connection) -> rusqlite::Result<bool> {
    Ok(open(db)?.is_none())
}

/// Places every report that has no place yet, and again those that stand elsewhere for it.
pub(crate) fn place_all(db: &mut Connection, way: Way) -> rusqlite::Result<()> {
    if is_settled(db)? {
        return Ok(());
    }
    let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let Some(open) = open(&change)? else { return Ok(()) };
    let last = last_report(&change)?;
    let index = Segments::load(&change)?;
    // Who is not indexed is looked at as well.
    let new = last + 1 - open.min(index.last() + 1);
    // Places in a file that was never indexed may go back to earlier rules.
    let only_open = !index.list.is_empty();
    let most = match way {
        Way::Cheaper if last > FEW && new <= last / SHARE => last / SHARE,
        Way::Cheaper | Way::All => 0,
        Way::Index => i64::MAX,
    };
    let placed = match most {
        0 => None,
        most => around::placements_around(&change, index, open, most as usize)?,
    };
    let placed = match placed {
        Some(placed) => placed,
        None => placements(&change, i64::MAX, only_open)?,
    };
    write(&change, &placed)?;
    change.commit()
}

/// Writes the places that are not as they were.
fn write(change: &Connection, placed: &[Placed]) -> rusqlite::Result<()> {
    let mut before =
        change.prepare_cached("SELECT event, story FROM placement WHERE report = ?1")?;
    let mut statement =
        change.prepare_cached("INSERT OR REPLACE INTO placement VALUES (?1, ?2, ?3)")?;
    // A story is named by one of its reports.
    let mut stories = 0;
    for &Placed { report, event, story } in placed {
        let places = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let stood: Option<(i64, i64)> = before.query_row([report], places).optional()?;
        if stood != Some((event, story)) {
            statement.execute(params![report, event, story])?;
            let named = stood.is_some_and(|(_, story)| story == report);
            stories += i64::from(report == story) - i64::from(named);
        }
    }
    change.execute("UPDATE tally SET stories = stories + ?1", [stories])?;
    Ok(())
}

/// Places of the reports up to number `last`; with `only_open`, of those whose component holds a report without
/// a place.
pub(crate) fn placements(
    db: &Connection,
    last: i64,
    only_open: bool,
) -> rusqlite::Result<Vec<Placed>> {
    let sql = "SELECT r.number, r.hash, s.likes, p.report IS NULL FROM report r
               JOIN sketch s ON s.report = r.number
               LEFT JOIN placement p ON p.report = r.number
               WHERE r.number <= ?1 ORDER BY r.number";
    let mut reports: Vec<(i64, Vec<u8>, bool)> = Vec::new();
    let mut links: Vec<(u32, u32, Likeness)> = Vec::new();
    let mut index: FxHashMap<i64, u32> = FxHashMap::default();
    let mut statement = db.prepare(sql)?;
    let mut rows = statement.query([last])?;
    while let Some(row) = rows.next()? {
        let (number, at): (i64, u32) = (row.get(0)?, reports.len() as u32);
        index.insert(number, at);
        let bytes: Vec<u8> = row.get(2)?;
        let known = likes::from_bytes(&bytes).into_iter();
        let known = known.filter_map(|(n, l)| Some((*index.get(&n)?, at, l)));
        links.extend(known.filter(|(a, b, _)| a != b));
        reports.push((number, row.get(1)?, row.get(3)?));
    }
    Ok(place_components(&reports, &links, only_open))
}

fn place_components(
    reports: &[(i64, Vec<u8>, bool)],
    links: &[(u32, u32, Likeness)],
    only_open: bool,
) -> Vec<Placed> {
    let mut head: Vec<u32> = (0..reports.len() as u32).collect();
    for &(a, b, _) in links {
        let (a, b) = (find(&mut head, a), find(&mut head, b));
        head[a.max(b) as usize] = a.min(b);
    }
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); reports.len()];
    for i in 0..reports.len() as u32 {
        let head = find(&mut head, i);
        members[head as usize].push(i);
    }
    let mut linked: Vec<Vec<(u32, u32, Likeness)>> = vec![Vec::new(); reports.len()];
    for &(a, b, likeness) in links {
        let head = find(&mut head, a);
        linked[head as usize].push((a, b, likeness));
    }
    let mut placed = Vec::new();
    for (mut members, links) in members.into_iter().zip(linked) {
        if only_open && !members.iter().any(|&m| reports[m as usize].2) {
            continue;
        }
        members.sort_by(|&a, &b| reports[a as usize].1.cmp(&reports[b as usize].1));
        let rank: FxHashMap<u32, u32> = members.iter().copied().zip(0..).collect();
        let mut links: Vec<(u32, u32, Likeness)> = links
            .into_iter()
            .map(|(a, b, l)| (rank[&a].min(rank[&b]), rank[&a].max(rank[&b]), l))
            .collect();
        links.sort_by_key(|link| (link.0, link.1));
        let number = |rank: u32| reports[members[rank as usize] as usize].0;
        let places = place(members.len(), &links);
        placed.extend(places.into_iter().zip(0..).map(|((event, story), m)| Placed {
            report: number(m),
            event: number(event),
            story: number(story),
        }));
    }
    placed
}

fn find(head: &mut [u32], mut i: u32) -> u32 {
    while head[i as usize] != i {
        let up = head[i as usize];
        head[i as usize] = head[up as usize];
        i = up;
    }
    i
}
