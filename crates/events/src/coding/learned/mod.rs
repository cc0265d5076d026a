//! The learned part of the coder: linear models, trained on the written sentences, that decide which
//! words tell an act, of which category, whether it happened, who acts and on whom. The drafts of
//! the rules are among what they look at.

mod acts;
mod context;
mod decision;
mod features;
mod masks;
mod model;
mod parties;
mod reality;
mod reasons;
mod rows;
mod sides;
mod weighing;

pub(crate) use context::Context;
pub(crate) use decision::decide;
pub(crate) use reasons::decisions;
pub(crate) use rows::sentence_rows;
pub use rows::{Candidate, Phrase, SentenceRows};
