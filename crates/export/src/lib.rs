//! Views of a record: terminal, self-contained page.
//!
//! A view adds nothing: every line it prints is in the record, and every quotation it shows is cut
//! from a report at the place that the record cites.

mod collation;
mod days;
mod page;
mod terminal;

pub use collation::{Collation, Passage, Witness};
pub use page::render_page;
pub use terminal::{Ink, TerminalOptions, render_terminal};
