//! Names, offices and places across reports.

pub mod agglomeration;
pub mod names;
mod resolution;
mod resolved;

pub use resolution::resolve;
pub use resolved::{ActorKind, Identities, Located, ResolvedActor, ResolvedPlace};
