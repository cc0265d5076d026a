//! Findings before they have their ids.

use crate::happenings::Happening;
use variorum_model::contract::{Conflict, Reading};

/// A difference before it has its id, with its place in the order of findings.
pub(crate) struct Draft {
    /// Rank of what differs, then where it is first told: report, and place in it.
    pub(crate) order: (u8, u32, u32),
    pub(crate) conflict: Conflict,
}

impl Draft {
    /// A difference between `readings` that cannot all be right, for the `reason` given.
    pub(crate) fn new(
        order: (u8, u32, u32),
        kind: &str,
        about: String,
        readings: Vec<Reading>,
        reason: &str,
    ) -> Draft {
        let conflict = Conflict {
            id: String::new(),
            kind: kind.to_owned(),
            about,
            event: None,
            verdict: "conflict".to_owned(),
            readings,
            reason: reason.to_owned(),
            judged: Default::default(),
        };
        Draft { order, conflict }
    }

    /// The same over the event of this id.
    pub(crate) fn over(mut self, event: &str) -> Draft {
        self.conflict.event = Some(event.to_owned());
        self
    }

    /// The same with another verdict than a conflict.
    pub(crate) fn judged(mut self, verdict: &str) -> Draft {
        verdict.clone_into(&mut self.conflict.verdict);
        self
    }
}

/// The place of a difference over one happening.
pub(crate) fn order(rank: u8, happening: &Happening) -> (u8, u32, u32) {
    (rank, happening.tellings[0].report, happening.tellings[0].event)
}
