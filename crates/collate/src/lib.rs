//! Readings, agreements, conflicts and framing: the record.
//!
//! Textual criticism compares disagreeing witnesses: collect them, find which copy which, align
//! them, and print one text with every variant and who reads it. This crate does that fact by fact.
//! A **happening** is a set of event mentions taken for one event; a **reading** is what one side
//! says of one slot of it; a **verdict** follows from interval and set algebra, not from strings.

mod accords;
mod agreements;
mod anchoring;
mod assembly;
mod dates;
mod days;
mod denials;
mod figures;
mod framing;
mod happenings;
mod offices;
mod participants;
mod perpetrators;
mod places;
mod readings;
mod singles;
mod summary;
mod witnesses;

pub use assembly::collate;
pub use days::Days;
