//! Putting reports in events and stories, from how they are like one another.
//!
//! Reports that are linked through any chain of likenesses are one component, and the answer for a component
//! depends on its reports alone, which are taken in order of their content: so the order in which they were
//! added does not matter.

use crate::likes;
use rusqlite::{Connection, TransactionBehavior, params};
use rustc_hash::FxHashMap;
use variorum_stories::{Likeness, place};

/// A report with its event and story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) report: i64,
    pub(crate) event: i64,
    pub(crate) story: i64,
}

/// Whether every report has a place.
pub(crate) fn is_settled(db: &Connection) -> rusqlite::Result<bool> {
    db.query_row(
        "SELECT (SELECT count(*) FROM report) = (SELECT count(*) FROM placement)",
        [],
        |row| row.get(0),
    )
}

/// Places every report that has no place yet, and again those that it is linked with.
pub(crate) fn place_all(db: &mut Connection) -> rusqlite::Result<()> {
    if is_settled(db)? {
        return Ok(());
    }
    let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    {
        let placed = placements(&change, i64::MAX, true)?;
        let mut statement =
            change.prepare("INSERT OR REPLACE INTO placement VALUES (?1, ?2, ?3)")?;
        for row in placed {
            statement.execute(params![row.report, row.event, row.story])?;
        }
    }
    change.commit()
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
