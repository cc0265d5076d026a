//! Copies and lineages, same event, same story.

mod found;

pub use found::{Dependence, Leaning, Placement, Source, Stories};
