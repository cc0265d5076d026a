//! What the file knows of reports and their places, read where it is asked for.

use super::Placed;
use super::links::Links;
use crate::segments::Segments;
use rusqlite::Connection;
use rustc_hash::FxHashMap;
use std::rc::Rc;
use variorum_stories::Likeness;

/// Some reports by number.
pub(super) type Reports = Rc<[i64]>;

/// Links and earlier places of the reports that were asked for.
#[derive(Debug)]
pub(super) struct Ground<'c> {
    db: &'c Connection,
    pub(super) links: Links<'c>,
    places: FxHashMap<i64, Placed>,
    /// Reports of an event, of every story asked for.
    events: FxHashMap<i64, Reports>,
    stories: FxHashMap<i64, Reports>,
}

impl<'c> Ground<'c> {
    pub(super) fn of(db: &'c Connection, index: Segments) -> rusqlite::Result<Ground<'c>> {
        let links = Links::of(db, index)?;
        let (places, events, stories) = Default::default();
        Ok(Ground { db, links, places, events, stories })
    }

    /// Where a report stood before.
    pub(super) fn placed(&mut self, report: i64) -> rusqlite::Result<Placed> {
        if let Some(&placed) = self.places.get(&report) {
            return Ok(placed);
        }
        let sql = "SELECT event, story FROM placement WHERE report = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let placed = statement.query_row([report], |row| {
            Ok(Placed { report, event: row.get(0)?, story: row.get(1)? })
        })?;
        self.places.insert(report, placed);
        Ok(placed)
    }

    /// The reports that stood in an event before.
    pub(super) fn in_event(&mut self, event: i64) -> rusqlite::Result<Reports> {
        let story = self.placed(event)?.story;
        self.in_story(story)?;
        Ok(self.events.get(&event).cloned().unwrap_or_default())
    }

    /// The reports that stood in a story before.
    pub(super) fn in_story(&mut self, story: i64) -> rusqlite::Result<Reports> {
        if let Some(reports) = self.stories.get(&story) {
            return Ok(reports.clone());
        }
        let sql = "SELECT report, event FROM placement WHERE story = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map([story], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (mut reports, mut events) = (Vec::new(), FxHashMap::<i64, Vec<i64>>::default());
        for row in rows {
            let (report, event): (i64, i64) = row?;
            self.places.insert(report, Placed { report, event, story });
            events.entry(event).or_default().push(report);
            reports.push(report);
        }
        self.events.extend(events.into_iter().map(|(event, reports)| (event, reports.into())));
        let reports = Reports::from(reports);
        self.stories.insert(story, reports.clone());
        Ok(reports)
    }

    /// Reports in order of their content.
    pub(super) fn ranked(&self, reports: &[i64]) -> rusqlite::Result<Vec<i64>> {
        let mut statement = self.db.prepare_cached("SELECT hash FROM report WHERE number = ?1")?;
        let mut ranked: Vec<(Vec<u8>, i64)> = Vec::with_capacity(reports.len());
        for &report in reports {
            ranked.push((statement.query_row([report], |row| row.get(0))?, report));
        }
        ranked.sort_unstable();
        Ok(ranked.into_iter().map(|(_, report)| report).collect())
    }

    /// The links among reports, by their places in a list.
    pub(super) fn links_among(
        &mut self,
        ranked: &[i64],
    ) -> rusqlite::Result<Vec<(u32, u32, Likeness)>> {
        let rank: FxHashMap<i64, u32> = ranked.iter().copied().zip(0..).collect();
        let mut links = Vec::new();
        for (&report, own) in ranked.iter().zip(0..) {
            for (other, likeness) in &*self.links.listed(report)? {
                let other = rank.get(other).map(|&other| (own.min(other), own.max(other)));
                links.extend(other.map(|(a, b)| (a, b, *likeness)));
            }
        }
        links.sort_unstable_by_key(|link| (link.0, link.1));
        Ok(links)
    }
}
