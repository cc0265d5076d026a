//! From raw report to title, outlet, dates, body and removed debris.
//!
//! [`clean`] takes a report as intake found it and says what of it is article text and what is
//! not. Nothing is lost: what is dropped stays as a removed span with its kind, because evidence
//! for outlet and date stands mostly there.

pub mod byline;
pub mod dateline;
pub mod html;
pub mod infer;
mod language;
pub mod outlet;
mod plain;
pub mod published;
mod rows;
mod shape;
mod table;
pub mod title;
mod word_lists;

use variorum_model::{RawReport, Rejection, Report, SourceForm};

/// A report cleaned, and what its page shows of the layout of its outlet.
pub type WithTraits = (Report, Option<(String, html::Traits)>);

/// As [`clean`], with the layouts of outlets that are known.
///
/// # Errors
/// As [`clean`].
pub fn clean_by(raw: &RawReport, layouts: &html::Layouts) -> Result<WithTraits, Rejection> {
    if raw.form == SourceForm::Html {
        return html::clean_by(raw, Some(layouts)).map(|c| (c.report, c.traits));
    }
    Ok((clean(raw)?, None))
}

/// Cleans one report.
///
/// # Errors
/// A page that cannot be read as one is rejected; plain text and rows never are: at worst they
/// come back with an empty body and the warning `no_body`.
pub fn clean(raw: &RawReport) -> Result<Report, Rejection> {
    match raw.form {
        SourceForm::PlainText => Ok(plain::clean(raw)),
        SourceForm::CleanText => Ok(rows::clean(raw)),
        SourceForm::Html => html::clean(raw),
    }
}
