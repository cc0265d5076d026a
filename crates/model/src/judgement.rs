//! What people decide about findings.

use crate::contract::Citation;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A decision of a person, as a record file keeps it: one row, added and never changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// Its number in the record; 0 before it is added.
    pub number: i64,
    /// When it was made, in milliseconds since 1970.
    pub made: i64,
    /// Who made it.
    pub by: String,
    /// `accept`, `reject`, `merge`, `split`, `comment` or `undo`.
    pub kind: String,
    /// What it is about: a [`Subject`] as JSON.
    pub subject: Value,
    /// What was decided: for a merge `with` (a [`Subject`]), for a split `mentions` (citations), for a comment
    /// `text`; and the `version` of the program that it was made with.
    pub value: Value,
    /// Why.
    pub reason: String,
    /// Number of the judgement that it undoes.
    pub undoes: Option<i64>,
}

/// A finding as a judgement names it: by its id, and by what it cites, so that it is known again when a later
/// reading gives it another id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Subject {
    /// The finding's id.
    pub finding: String,
    /// `actor`, `event`, `conflict`, …
    pub kind: String,
    /// For a conflict its kind, for an event its category, for a figure its measure; or nothing.
    #[serde(default)]
    pub sort: String,
    /// The finding in a few words, as it stood when it was judged.
    #[serde(default)]
    pub about: String,
    /// What it cited then.
    pub cites: Vec<Citation>,
}

/// Under which id a finding is judged, and what was decided about it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// Id that follows from what the finding cites: the same in every run over the same readings.
    #[serde(default)]
    pub finding: String,
    /// Judgements about it, in the order in which they were made.
    #[serde(default)]
    pub judgements: Vec<JudgementNote>,
}

/// A judgement as a finding shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JudgementNote {
    /// Its number in the record file.
    pub number: i64,
    /// `accept`, `reject`, `merge`, `split` or `comment`.
    pub kind: String,
    /// Who made it.
    pub by: String,
    /// When, ISO 8601 UTC.
    pub on: String,
    /// What was said, of a comment.
    #[serde(default)]
    pub text: String,
    /// Why.
    #[serde(default)]
    pub reason: String,
    /// Version of the program that it was made with.
    #[serde(default)]
    pub version: String,
    /// Number of the later judgement that takes its place or undoes it.
    #[serde(default)]
    pub superseded_by: Option<i64>,
}

/// A finding that somebody rejected: no longer shown among the others, but kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SetAside {
    /// The finding's id.
    pub finding: String,
    /// `actor`, `event`, `conflict`, …
    pub kind: String,
    /// The finding in a few words.
    pub about: String,
    /// Who rejected it.
    pub by: String,
    /// When, ISO 8601 UTC.
    pub on: String,
    /// Why.
    pub reason: String,
    /// The finding as it would stand.
    pub was: Value,
}
