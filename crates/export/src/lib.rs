//! Views of a record (terminal, self-contained page), its events in the formats of event data sets
//! (PLOVER, POLECAT, GDELT), its apparatus as TEI, its citations as Web Annotations, its ledgers as tables, and views of a read report (CoNLL-U, the reasons of an event).
//!
//! A view adds nothing: every line it prints is in the record, and every quotation it shows is cut
//! from a report at the place that the record cites.

mod coded;
mod collation;
mod conllu;
mod csv;
mod days;
mod explanation;
mod ftm;
mod gdelt;
mod page;
mod pairing;
mod parquet;
mod plover;
mod polecat;
mod tei;
mod terminal;
mod ucdp;
mod view;
mod web_annotation;
mod xml;

pub use collation::{Collation, Passage, Witness};
pub use conllu::render_conllu;
pub use csv::{CsvMode, csv_opening, csv_row};
pub use days::{day, day_range, told_day};
pub use explanation::{render_explanation, uncoded_rows};
pub use ftm::render_ftm;
pub use gdelt::{
    GDELT_EVENT_COLUMNS, GDELT_MENTION_COLUMNS, render_gdelt_events, render_gdelt_mentions,
};
pub use page::render_page;
pub use pairing::{render_why, why_row};
pub use parquet::{ColumnType, ParquetRows, column_type};
pub use plover::render_plover;
pub use polecat::{POLECAT_COLUMNS, render_polecat};
pub use tei::render_tei;
pub use terminal::{Ink, TerminalOptions, render_terminal};
pub use ucdp::{UCDP_COLUMNS, render_ucdp};
pub use view::{Selection, TableForm, View, render_view, view_columns, view_rows};
pub use web_annotation::{render_web_annotations, web_annotations};
