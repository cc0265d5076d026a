//! Whole records in the formats that other programs read.

use crate::arguments::Format;
use variorum_export::{
    CsvMode, render_ftm, render_gdelt_events, render_gdelt_mentions, render_page, render_plover,
    render_polecat, render_tei, render_ucdp, render_web_annotations, web_annotations,
};
use variorum_model::contract::Record;

/// Where a record stands in what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// There is no other.
    Alone,
    /// Others follow.
    First,
    /// Others stand before it.
    Further,
}

/// The record in a format of whole records; `None` where `format` is none.
pub(super) fn written(
    record: &Record,
    format: Format,
    mode: CsvMode,
    place: Place,
) -> Option<String> {
    Some(match format {
        Format::Html => render_page(record),
        Format::Plover => render_plover(record),
        Format::Polecat => headed(render_polecat(record), place),
        Format::Gdelt => render_gdelt_events(record),
        Format::GdeltMentions => render_gdelt_mentions(record),
        Format::Ucdp => render_ucdp(record, mode, place != Place::Further),
        Format::Ftm => render_ftm(record),
        Format::Tei => render_tei(record),
        // Alone they are one document, among others lines of their own.
        Format::WebAnnotation if place == Place::Alone => render_web_annotations(record),
        Format::WebAnnotation => web_annotations(record).iter().map(|a| format!("{a}\n")).collect(),
        Format::Text | Format::Json | Format::Jsonl | Format::Csv | Format::Parquet => return None,
    })
}

/// A table without its header where another stands before it.
fn headed(table: String, place: Place) -> String {
    match table.split_once('\n') {
        Some((_, rows)) if place == Place::Further => rows.to_owned(),
        _ => table,
    }
}
