//! Readings, agreements, conflicts and framing: the record.
//!
//! Textual criticism compares disagreeing witnesses: collect them, find which copy which, align
//! them, and print one text with every variant and who reads it. This crate does that fact by fact.
//! A **happening** is a set of event mentions taken for one event; a **reading** is what one side
//! says of one slot of it; a **verdict** follows from interval and set algebra, not from strings.

mod accords;
mod accusations;
mod agendas;
mod agreements;
mod aims;
mod anchoring;
mod assembly;
mod claims;
mod comparable;
mod conditions;
mod dates;
mod days;
mod denials;
mod drafts;
mod ended_counts;
mod endings;
mod figure_conflicts;
mod figure_entries;
mod figures;
mod findings;
mod framing;
mod fulfilment;
mod happenings;
mod headlines;
mod invitations;
mod joining;
mod judging;
mod ledger;
mod meetings;
mod offices;
mod opposition;
mod participants;
mod parties;
mod perpetrators;
mod places;
mod plain;
mod publication;
mod readings;
mod sayings;
mod singles;
mod speeches;
mod summary;
mod tasks;
mod times;
mod tokens;
mod tolls;
mod vetoes;
mod weapons;
mod weighing;
mod witnesses;
mod word_lists;
mod wording;

pub use assembly::collate;
pub use days::Days;
pub use findings::subjects;
pub use judging::{instant, judged};
pub use publication::{Settled, TimesFrom, settle};
