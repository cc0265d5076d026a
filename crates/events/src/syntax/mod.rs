//! A sentence's tree, its noun phrases, and the frames of its verbs.

mod frame;
mod mending;
mod nominal;
mod phrase;
mod tree;

pub(crate) use frame::{Frame, frame};
pub(crate) use nominal::{nominal_phrases, noun_key};
pub(crate) use phrase::{Cast, members, sort};
pub(crate) use tree::Tree;
