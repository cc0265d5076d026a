//! Names, offices and places across reports.

pub mod names;
