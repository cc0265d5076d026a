//! The reports at hand, and how to cite them.

use crate::plain;
use rayon::prelude::*;
use variorum_identity::{Identities, Located};
use variorum_model::contract::Citation;
use variorum_model::{
    Annotations, CodePoints, Codings, EventMention, ReadReport, Report, Span, citation,
};
use variorum_stories::Stories;

/// Everything collation reads from.
pub(crate) struct Witnesses<'a> {
    pub(crate) reports: &'a [ReadReport],
    pub(crate) identities: &'a Identities,
    pub(crate) stories: &'a Stories,
    points: Vec<CodePoints<'a>>,
    /// For each report the clauses that no event tells, as mentions of no category.
    plain: Vec<Vec<EventMention>>,
}

impl<'a> Witnesses<'a> {
    pub(crate) fn new(
        reports: &'a [ReadReport],
        identities: &'a Identities,
        stories: &'a Stories,
    ) -> Witnesses<'a> {
        let points = reports.iter().map(|r| CodePoints::new(&r.report.text)).collect();
        let plain = reports.par_iter().map(plain::tellings).collect();
        Witnesses { reports, identities, stories, points, plain }
    }

    /// How many events and plain clauses a report tells.
    pub(crate) fn told_count(&self, report: u32) -> u32 {
        (self.codings(report).events.len() + self.plain[report as usize].len()) as u32
    }

    /// The event of that number in a report: those coded first, then the plain clauses.
    pub(crate) fn told(&self, report: u32, event: u32) -> &EventMention {
        let events = &self.codings(report).events;
        let coded = events.len();
        match events.get(event as usize) {
            Some(event) => event,
            None => &self.plain[report as usize][event as usize - coded],
        }
    }

    /// What is found in each report by itself, in order of the reports, which are read side by side.
    pub(crate) fn in_each<T: Send>(&self, find: impl Fn(u32) -> Vec<T> + Sync) -> Vec<T> {
        let reports = (0..self.reports.len() as u32).into_par_iter();
        let found: Vec<Vec<T>> = reports.map(&find).collect();
        found.into_iter().flatten().collect()
    }

    pub(crate) fn report(&self, index: u32) -> &'a Report {
        &self.reports[index as usize].report
    }

    pub(crate) fn annotations(&self, index: u32) -> &'a Annotations {
        &self.reports[index as usize].annotations
    }

    pub(crate) fn codings(&self, index: u32) -> &'a Codings {
        &self.reports[index as usize].codings
    }

    pub(crate) fn text(&self, at: Located) -> &'a str {
        at.span.of(&self.report(at.report).text)
    }

    pub(crate) fn cite(&self, report: u32, span: Span) -> Citation {
        citation(self.report(report), &self.points[report as usize], span)
    }

    pub(crate) fn cite_at(&self, at: Located) -> Citation {
        self.cite(at.report, at.span)
    }

    /// Ids of `reports`, each once, in order of the reports.
    pub(crate) fn ids(&self, reports: impl IntoIterator<Item = u32>) -> Vec<String> {
        let mut list: Vec<u32> = reports.into_iter().collect();
        list.sort_unstable();
        list.dedup();
        list.into_iter().map(|r| self.report(r).id.clone()).collect()
    }

    pub(crate) fn independent(&self, reports: impl IntoIterator<Item = u32>) -> usize {
        self.stories.independent(reports)
    }

    /// Whether two reports belong to one story.
    pub(crate) fn same_story(&self, a: u32, b: u32) -> bool {
        self.stories.placements[a as usize].story == self.stories.placements[b as usize].story
    }

    /// Whether the main happening of two reports is one.
    pub(crate) fn same_event(&self, a: u32, b: u32) -> bool {
        self.stories.placements[a as usize].event == self.stories.placements[b as usize].event
    }
}
