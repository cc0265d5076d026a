//! Placing new reports without looking at all others.
//!
//! Average linkage always joins what is likest, and what has joined is no liker to a third than its parts were: so
//! groups that never come to be joined grow as if the others were not there. Some of the reports, the
//! *moved*, are grouped anew together with the groups that stand around them, those that anything links with them
//! from the bound on. If each of these comes out as it was, it grew by itself, and so does all that stands behind it:
//! the groups of the moved are those that grouping all reports would give. If one does not, its members
//! move too, and the same is asked again. At first the new reports move, for events; then the events that are not as
//! they were, with what shared a story with one that stands no more.

use super::Placed;
use super::ground::{Ground, Reports};
use crate::fault::damage;
use crate::segments::Segments;
use rusqlite::Connection;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use variorum_stories::{Likeness, ONE_EVENT, ONE_STORY, place_in_events, place_in_stories};

/// Means this near below the bound are taken for links as well: their last bits depend on the order of adding up. To
/// look at more than is needed changes nothing.
const NEARLY: f64 = 0.999;

/// Places of the reports from `open` to the end, and of all that move with them; `None` where more than `most` would
/// have to be looked at.
pub(super) fn placements_around(
    db: &Connection,
    index: Segments,
    open: i64,
    most: usize,
) -> rusqlite::Result<Option<Vec<Placed>>> {
    let mut ground = Ground::of(db, index)?;
    let mut statement = db.prepare_cached("SELECT number FROM report WHERE number >= ?1")?;
    let new =
        statement.query_map([open], |row| row.get(0))?.collect::<Result<BTreeSet<i64>, _>>()?;
    let Some(events) = events_of(&mut ground, new, most)? else { return Ok(None) };
    Anew::of(&mut ground, open, events)?.stories(most)
}

/// The event of each report that moves, in order of their content.
fn events_of(
    ground: &mut Ground<'_>,
    mut moved: BTreeSet<i64>,
    most: usize,
) -> rusqlite::Result<Option<Vec<(i64, i64)>>> {
    loop {
        ground.links.read(moved.iter().copied())?;
        let mut around: BTreeSet<i64> = BTreeSet::new();
        for &report in &moved {
            for (other, likeness) in &*ground.links.around(report) {
                if f64::from(likeness.event) >= f64::from(ONE_EVENT) * NEARLY
                    && !moved.contains(other)
                {
                    around.insert(ground.placed(*other)?.event);
                }
            }
        }
        let around: Vec<Reports> =
            around.into_iter().map(|event| ground.in_event(event)).collect::<Result<_, _>>()?;
        let all = together(&moved, &around);
        if all.len() > most {
            return Ok(None);
        }
        let ranked = ground.ranked(&all)?;
        let events = place_in_events(ranked.len(), &ground.links_among(&ranked)?);
        let found = named(&ranked, &events);
        let unlike = unlike(&around, &found);
        if unlike.is_empty() {
            let own = found.into_iter().filter(|(report, _)| moved.contains(report));
            return Ok(Some(own.collect()));
        }
        moved.extend(unlike.into_iter().flat_map(|event| event.to_vec()));
    }
}

/// Reports that move, and all groups around them.
fn together(moved: &BTreeSet<i64>, around: &[Reports]) -> Vec<i64> {
    moved.iter().copied().chain(around.iter().flat_map(|group| group.to_vec())).collect()
}

/// Each report with the one that names its group.
fn named(ranked: &[i64], groups: &[u32]) -> Vec<(i64, i64)> {
    let names = groups.iter().map(|&group| ranked[group as usize]);
    ranked.iter().copied().zip(names).collect()
}

/// The groups that did not come out as they were.
fn unlike<'g>(around: &'g [Reports], found: &[(i64, i64)]) -> Vec<&'g Reports> {
    let of: FxHashMap<i64, i64> = found.iter().copied().collect();
    let mut size: FxHashMap<i64, usize> = FxHashMap::default();
    found.iter().for_each(|(_, group)| *size.entry(*group).or_default() += 1);
    let is_as_it_was = |group: &&Reports| {
        let name = group.first().and_then(|report| of.get(report));
        name.is_some_and(|name| size[name] == group.len())
            && group.iter().all(|report| of.get(report) == name)
    };
    around.iter().filter(|group| !is_as_it_was(group)).collect()
}

/// Events after those of some reports were made anew.
struct Anew<'g, 'c> {
    ground: &'g mut Ground<'c>,
    /// The event of each report that moved, if it is not as it was.
    event: FxHashMap<i64, i64>,
    /// The reports of each such event.
    reports: FxHashMap<i64, Reports>,
    /// Events that stand no more.
    gone: BTreeSet<i64>,
}

impl<'g, 'c> Anew<'g, 'c> {
    /// From the events of reports that moved.
    fn of(
        ground: &'g mut Ground<'c>,
        open: i64,
        moved: Vec<(i64, i64)>,
    ) -> rusqlite::Result<Anew<'g, 'c>> {
        let mut made: FxHashMap<i64, Vec<i64>> = FxHashMap::default();
        let mut gone: BTreeSet<i64> = BTreeSet::new();
        for &(report, event) in &moved {
            made.entry(event).or_default().push(report);
            if report < open {
                gone.insert(ground.placed(report)?.event);
            }
        }
        let stood: Vec<(i64, Reports)> = gone
            .iter()
            .map(|&event| Ok((event, ground.in_event(event)?)))
            .collect::<rusqlite::Result<_>>()?;
        for (event, before) in stood {
            let mut now = made.get(&event).cloned().unwrap_or_default();
            let mut before = before.to_vec();
            now.sort_unstable();
            before.sort_unstable();
            if now == before {
                made.remove(&event);
                gone.remove(&event);
            }
        }
        let of = moved.into_iter().filter(|(_, event)| made.contains_key(event));
        let event = of.collect();
        let reports = made.into_iter().map(|(event, reports)| (event, reports.into())).collect();
        Ok(Anew { ground, event, reports, gone })
    }

    /// The places of the reports whose event or story is not as it was, and of some that stay.
    fn stories(mut self, most: usize) -> rusqlite::Result<Option<Vec<Placed>>> {
        let mut moved: BTreeSet<i64> = self.reports.keys().copied().collect();
        for event in self.gone.clone() {
            let story = self.ground.placed(event)?.story;
            moved.extend(self.events_in(story)?);
        }
        let mut around: BTreeSet<i64> = BTreeSet::new();
        let mut asked: FxHashSet<i64> = FxHashSet::default();
        loop {
            let mut reports: BTreeSet<i64> = BTreeSet::new();
            for &event in &moved {
                reports.extend(&*self.members(event)?);
            }
            if reports.len() > most {
                return Ok(None);
            }
            self.ground.links.read(reports.iter().copied())?;
            for &event in moved.iter().filter(|event| asked.insert(**event)) {
                around.extend(self.stories_near(event)?);
            }
            // What moves since stands around no more.
            let mut groups: Vec<Reports> = Vec::new();
            for &story in &around {
                let group = self.ground.in_story(story)?;
                groups.extend(
                    (!group.iter().any(|report| reports.contains(report))).then_some(group),
                );
            }
            let all = together(&reports, &groups);
            if all.len() > most {
                return Ok(None);
            }
            let found = self.place(&all)?;
            let stories: Vec<(i64, i64)> = found.iter().map(|p| (p.report, p.story)).collect();
            let unlike = unlike(&groups, &stories);
            if unlike.is_empty() {
                let own = found.into_iter().filter(|placed| reports.contains(&placed.report));
                return Ok(Some(own.collect()));
            }
            for group in unlike {
                for &report in &**group {
                    moved.insert(self.event_of(report)?);
                }
            }
        }
    }

    /// The event of a report now.
    fn event_of(&mut self, report: i64) -> rusqlite::Result<i64> {
        match self.event.get(&report) {
            Some(&event) => Ok(event),
            None => Ok(self.ground.placed(report)?.event),
        }
    }

    /// The reports of an event now.
    fn members(&mut self, event: i64) -> rusqlite::Result<Reports> {
        match self.reports.get(&event) {
            Some(reports) => Ok(reports.clone()),
            None => self.ground.in_event(event),
        }
    }

    /// The events now of the reports that stood in a story.
    fn events_in(&mut self, story: i64) -> rusqlite::Result<BTreeSet<i64>> {
        let reports = self.ground.in_story(story)?;
        reports.iter().map(|&report| self.event_of(report)).collect()
    }

    /// The stories, as they stood, of the events that stay whose mean likeness to one is as of one story.
    fn stories_near(&mut self, event: i64) -> rusqlite::Result<Vec<i64>> {
        let members = self.members(event)?;
        let mut sums: FxHashMap<i64, Sum> = FxHashMap::default();
        for &report in &*members {
            for &(other, likeness) in &*self.ground.links.around(report) {
                if !self.event.contains_key(&other) {
                    let near = self.ground.placed(other)?.event;
                    sums.entry(near).or_default().add(other, likeness);
                }
            }
        }
        let mut near = Vec::new();
        for (other, sum) in sums.into_iter().filter(|(other, _)| *other != event) {
            // How many reports the other has is asked for only where it may matter.
            if sum.reaches(members.len(), sum.others.len())
                && sum.reaches(members.len(), self.ground.in_event(other)?.len())
            {
                near.push(self.ground.placed(other)?.story);
            }
        }
        Ok(near)
    }

    /// Stories of the reports of whole events, with their events.
    fn place(&mut self, reports: &[i64]) -> rusqlite::Result<Vec<Placed>> {
        let ranked = self.ground.ranked(reports)?;
        let links = self.ground.links_among(&ranked)?;
        let events: Vec<i64> =
            ranked.iter().map(|&report| self.event_of(report)).collect::<Result<_, _>>()?;
        let rank: FxHashMap<i64, u32> = ranked.iter().copied().zip(0..).collect();
        let named_by = |event: &i64| {
            let what = || damage(format!("the event of report {event} is damaged"));
            rank.get(event).copied().ok_or_else(what)
        };
        let ranks: Vec<u32> = events.iter().map(named_by).collect::<Result<_, _>>()?;
        let stories = named(&ranked, &place_in_stories(&ranks, &links));
        let placed = stories.into_iter().zip(events);
        Ok(placed.map(|((report, story), event)| Placed { report, event, story }).collect())
    }
}

/// Likenesses of two events, added up.
#[derive(Debug, Default)]
struct Sum {
    of: f64,
    others: FxHashSet<i64>,
}

impl Sum {
    fn add(&mut self, other: i64, likeness: Likeness) {
        self.of += f64::from(likeness.story);
        self.others.insert(other);
    }

    /// Whether the mean is as of one story, where the two have so many reports.
    fn reaches(&self, own: usize, other: usize) -> bool {
        self.of >= f64::from(ONE_STORY) * NEARLY * (own * other) as f64
    }
}
