//! Views of a record (terminal, self-contained page) and of a read report (CoNLL-U).
//!
//! A view adds nothing: every line it prints is in the record, and every quotation it shows is cut
//! from a report at the place that the record cites.

mod collation;
mod conllu;
mod days;
mod page;
mod terminal;

pub use collation::{Collation, Passage, Witness};
pub use conllu::render_conllu;
pub use page::render_page;
pub use terminal::{Ink, TerminalOptions, render_terminal};
