//! Names, offices and places across reports.

pub mod agglomeration;
mod leaders;
pub mod names;
mod resolution;
mod resolved;

pub use leaders::Leader;
pub use resolution::resolve;
pub use resolved::{ActorKind, Identities, Listing, Located, ResolvedActor, ResolvedPlace};
