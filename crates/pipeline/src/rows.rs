//! Rows of the contract that belong to no one stage.

use serde_json::{Value, json};
use variorum_model::{Rejection, Report};
use variorum_stories::Placement;

/// A rejected input as one row.
pub fn rejection_row(rejection: &Rejection) -> Value {
    json!({
        "id": rejection.id,
        "path": rejection.path,
        "rejected": {
            "code": rejection.code,
            "message": rejection.message,
            "byte": rejection.byte,
        },
    })
}

/// Where report `index` belongs, as one row of `variorum cluster`.
pub fn placement_row(reports: &[Report], placements: &[Placement], index: usize) -> Value {
    let placement = &placements[index];
    let name = |letter: char, number: u32| format!("{letter}{}", number + 1);
    json!({
        "id": reports[index].id,
        "path": reports[index].path,
        "story": name('s', placement.story),
        "event": name('e', placement.event),
        "duplicate_of": placement.duplicate_of.map(|d| &reports[d as usize].id),
    })
}
