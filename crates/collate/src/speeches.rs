//! One person who goes on speaking: "said the mayor … she added" is one statement, told in several sentences.

use crate::days::Relation;
use crate::happenings::{Telling, coded};
use crate::participants::Participants;
use crate::witnesses::Witnesses;
use rustc_hash::FxHashMap;
use variorum_model::{EventType, Modality};

/// Whether two tellings have one person, and nobody else, who speaks.
pub(crate) fn is_one_speaker(x: &Telling, y: &Telling) -> bool {
    x.people.len() == 1 && x.people == y.people && x.actors == y.actors
}

/// Pairs of a statement and the next one of the same named person in its report, of the same day if both give
/// one.
pub(crate) fn continued<'t>(
    witnesses: &'t Witnesses<'_>,
    participants: &'t Participants,
    tellings: &'t [Telling],
) -> impl Iterator<Item = (usize, usize)> + 't {
    let mut last: FxHashMap<(u32, u32), usize> = FxHashMap::default();
    let said = tellings.iter().enumerate().filter(|(_, t)| {
        let event = coded(witnesses, t);
        event.kind == EventType::Statement
            && matches!(event.modality, Modality::Actual | Modality::Ongoing)
    });
    said.filter_map(move |(i, t)| {
        let &[speaker] = &t.people[..] else { return None };
        if !participants.is_named(speaker) {
            return None;
        }
        let before = last.insert((t.report, speaker), i)?;
        let apart = matches!(tellings[before].days.relation(&t.days), Relation::Apart(_));
        (is_one_speaker(&tellings[before], t) && !apart).then_some((before, i))
    })
}
