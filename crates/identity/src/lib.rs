//! Names, offices and places across reports.

pub mod names;
mod resolved;

pub use resolved::{ActorKind, Identities, Located, ResolvedActor, ResolvedPlace};
