//! The record file: one SQLite file that holds reports as they were found, what was read in them, the stories
//! they tell, and what people decided about them.
//!
//! Reports are known by the hash of their raw bytes, so adding them again adds nothing. A batch is on the disk
//! before it is acknowledged ([`Adding::write`]). What was found is never changed; what was read can be read
//! anew, beside the old; stories and their records follow from both; judgements stand in a table of
//! their own that nothing overwrites. `docs/record-file.md` describes every table.

mod adding;
mod bases;
mod clock;
mod compared;
mod entry;
mod fault;
mod file;
mod growing;
mod history;
mod judgements;
mod known;
mod likes;
mod names;
mod outlets;
mod pack;
mod placing;
mod reports;
mod schema;
mod search;
mod segments;
mod selection;
mod shelf;
mod spelling;
mod stories;
mod verify;
mod watching;
mod wire;

pub use adding::{Added, Adding, Arrival, Standing};
pub use clock::{end_of_day, instant, is_day};
pub use entry::{ContentHash, Entry, content_hash};
pub use fault::{Fault, FaultKind};
pub use file::RecordFile;
#[doc(hidden)]
pub use growing::Way;
pub use history::{Change, Version};
pub use known::Known;
pub use names::NameLine;
pub use outlets::OutletPage;
pub use reports::ReportLine;
pub use search::{Found, Hit, Query};
pub use selection::Facets;
pub use stories::{Collate, Records, StoryLine};
pub use variorum_collate::subjects;
pub use variorum_model::Judgement;
pub use verify::Verified;
/// The prior of [`wire`], learnt from readings; for its example alone.
#[doc(hidden)]
pub fn learn_prior(reads: &[variorum_model::ReadReport]) -> std::io::Result<Vec<u8>> {
    wire::learn(reads, &wire::COLUMNS.concat())
}

pub use watching::{Outcome, Source, Waiting};
