//! Words for bodies, groups, buildings, places and happenings inside a run of capitalised words.

use super::classify::Context;
use super::words::{
    CONNECTOR, EVENT, FACILITY, GROUP, MODIFIER, ORGANIZATION, PLACE, PORTFOLIO, TITLE,
};
use crate::gazetteer;
use variorum_model::MentionKind;

impl Context<'_, '_> {
    /// The last word in `p..b` that tells of a body, group, facility, event or place.
    pub(super) fn body_head(&self, p: usize, b: usize) -> Option<usize> {
        (p..b).rev().find(|&i| {
            self.words[i].is(ORGANIZATION | GROUP | FACILITY | EVENT | PLACE)
                && self.words[i].capital
        })
    }

    pub(super) fn kind_of_head(&self, i: usize) -> (MentionKind, &'static str) {
        let w = &self.words[i];
        if w.is(ORGANIZATION) {
            (MentionKind::Organization, "body_word")
        } else if w.is(GROUP) {
            (MentionKind::Group, "group_word")
        } else if w.is(FACILITY) {
            (MentionKind::Facility, "facility_word")
        } else if w.is(EVENT) {
            (MentionKind::Event, "event_word")
        } else {
            (MentionKind::Place, "place_word")
        }
    }

    /// A word for a body with a small connecting word after it, both inside `q..b`.
    pub(super) fn joined_body(&self, q: usize, b: usize) -> Option<usize> {
        (q..b - 1).find(|&i| {
            self.words[i].is(ORGANIZATION | GROUP)
                && self.words[i].capital
                && !self.words[i + 1].capital
                && self.words[i + 1].is(CONNECTOR)
        })
    }

    /// A word for a body in `q..b` with a title or a given name right after it.
    pub(super) fn body_before_person(&self, q: usize, b: usize) -> Option<usize> {
        (q..b - 1).find(|&i| {
            let next = &self.words[i + 1];
            let person = next.is(TITLE) || gazetteer::is_given_name(next.text);
            self.words[i].is(ORGANIZATION | GROUP) && person && i + 2 < b
        })
    }

    /// Where a body's name ends if a person's name follows it in the same run.
    pub(super) fn person_tail(&self, from: usize, b: usize) -> usize {
        (from + 1..b)
            .find(|&i| {
                let before = &self.words[i - 1];
                let ends = before.is(PORTFOLIO | ORGANIZATION)
                    || gazetteer::country_of(before.text).is_some();
                let title = self.words[i].is(TITLE) && self.words[i].capital && i + 1 < b;
                title
                    || gazetteer::is_given_name(self.words[i].text)
                        && b - i >= 2
                        && before.capital
                        && ends
            })
            .map(|i| {
                if self.words[i].is(TITLE)
                    && self.words[i - 1].is(MODIFIER)
                    && self.words[i - 1].capital
                    && i > from + 1
                {
                    i - 1
                } else {
                    i
                }
            })
            .unwrap_or(b)
    }

    /// The end of a people's name or adjective at `p`, of one word or two ("Costa Rican").
    pub(super) fn people_end(&self, p: usize, b: usize) -> Option<usize> {
        if p + 1 < b {
            let two = &self.text[self.words[p].span.from()..self.words[p + 1].span.to()];
            if gazetteer::country_of_people(two).is_some() {
                return Some(p + 2);
            }
        }
        self.words[p].people.then_some(p + 1)
    }
}
