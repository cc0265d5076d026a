//! The record in a terminal.
//!
//! What a reader needs first comes first: where the witnesses disagree, what they agree on, what
//! happened, what only one says, who leans on whom, how they say it. Every line can be checked: it
//! ends with the witness's letter and the code point at which the words stand.

pub(crate) mod paint;
pub(crate) mod sections;

pub use paint::Ink;

use crate::Collation;
use paint::Page;
use variorum_model::contract::Record;

/// How to print.
#[derive(Debug, Clone, Copy)]
pub struct TerminalOptions {
    /// Columns.
    pub width: usize,
    /// Colour, or plain characters.
    pub ink: Ink,
    /// Print every line of every section instead of the weightiest.
    pub all: bool,
}

/// Lines shown of a section unless all are asked for.
const SHORT: usize = 14;

/// The record as text for a terminal, ending with a line break.
pub fn render_terminal(record: &Record, options: TerminalOptions) -> String {
    let collation = Collation::new(record);
    let mut page = Page::new(options.width.clamp(60, 240), options.ink);
    let most = if options.all { usize::MAX } else { SHORT };
    sections::opening(&mut page, &collation);
    sections::conflicts(&mut page, &collation, most);
    sections::agreements(&mut page, &collation, most);
    sections::happenings(&mut page, &collation, most);
    sections::accords(&mut page, &collation, most);
    sections::singles(&mut page, &collation, most);
    sections::dependence(&mut page, &collation);
    sections::framing(&mut page, &collation, most);
    sections::spellings(&mut page, &collation, most);
    sections::set_aside(&mut page, &collation);
    page.finish()
}
