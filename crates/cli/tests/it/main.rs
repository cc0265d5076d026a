//! The binary from outside: what a user, a test set or another program sees.

mod collating;
mod documents;
mod explaining;
mod exporting;
mod hostile;
mod invariants;
mod judging;
mod keeping;
mod mistakes;
mod planted;
#[cfg(unix)]
mod read_only;
mod running;
mod watching;
