//! Views of a record (terminal, self-contained page) and of a read report (CoNLL-U, the reasons of an
//! event).
//!
//! A view adds nothing: every line it prints is in the record, and every quotation it shows is cut
//! from a report at the place that the record cites.

mod collation;
mod conllu;
mod csv;
mod days;
mod explanation;
mod page;
mod terminal;

pub use collation::{Collation, Passage, Witness};
pub use conllu::render_conllu;
pub use csv::{CsvMode, csv_opening, csv_row};
pub use explanation::{render_explanation, uncoded_rows};
pub use page::render_page;
pub use terminal::{Ink, TerminalOptions, render_terminal};
