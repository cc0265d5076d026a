//! Rows of the contract that belong to no one stage.

use serde_json::{Value, json};
use variorum_model::{ReadReport, Rejection};
use variorum_stories::Stories;

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
pub fn placement_row(reports: &[ReadReport], stories: &Stories, index: usize) -> Value {
    let placement = &stories.placements[index];
    let name = |letter: char, number: u32| format!("{letter}{}", number + 1);
    json!({
        "id": reports[index].report.id,
        "path": reports[index].report.path,
        "story": name('s', placement.story),
        "event": name('e', placement.event),
        "duplicate_of": placement.duplicate_of.map(|d| &reports[d as usize].report.id),
    })
}
