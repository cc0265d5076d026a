//! The record file from outside: what it keeps, and what it does when things go wrong.

#![allow(clippy::print_stderr)] // the long test says what it measured

mod faults;
mod finding;
mod growing;
mod keeping;
mod made;
