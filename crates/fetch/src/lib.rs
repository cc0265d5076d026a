//! The one client that goes out to the web: guarded, bounded, polite.
//!
//! Nothing here is called unless a person asked for the web (`variorum watch`). [`Client`] fetches one address and never
//! reaches a private one; [`Visitor`] adds manners: robots.txt, a pause between requests to a host, and what a server asks
//! to wait.

mod client;
mod clock;
mod fault;
mod guard;
mod manners;
mod retry;
mod robots;

pub use client::{Answer, Client, Conditions};
pub use clock::{Clock, SystemClock};
pub use fault::Fault;
pub use guard::{Guard, is_public};
pub use manners::{Manners, Visitor};
pub use retry::{back_off, retry_after};
pub use robots::Robots;
