//! What of a report is needed to place it among others: words, word sequences, day, setting, credits.
//!
//! A digest takes some kilobytes where a report with all that was read in it takes many times as much, so a
//! collection can be placed that would not fit in memory.

use crate::credits::{self, Claim};
use crate::linkage::is_brief;
use crate::settings::{Setting, setting};
use crate::shingles;
use crate::similarity;
use crate::topics::Topic;
use jiff::civil::Date;
use variorum_model::ReadReport;

/// A report reduced to what tells its likes.
#[derive(Debug, Clone, Default)]
pub struct Digest {
    /// Day of publication, or the first day that it may be, as days since 1970-01-01.
    pub(crate) day: Option<i32>,
    /// First day of publication, where known.
    pub(crate) first_day: Option<i32>,
    /// It is an entry of a sentence or two.
    pub(crate) brief: bool,
    /// The outlet's name.
    pub(crate) outlet: Option<Box<str>>,
    /// Words by hash, sorted, with how often they stand there, title and lead counting more.
    pub(crate) words: Vec<(u32, f32)>,
    /// What it is about.
    pub(crate) topic: Topic,
    /// Word sequences by hash, sorted, each once.
    pub(crate) runs: Vec<u32>,
    /// Where a brief is set.
    pub(crate) setting: Setting,
    /// Whom it may credit.
    pub(crate) claims: Vec<Claim>,
}

impl Digest {
    /// The digest of a report.
    pub fn of(read: &ReadReport) -> Digest {
        let report = &read.report;
        let published = report.published.as_ref();
        let brief = is_brief(&report.text);
        let words = similarity::counted(read);
        let topic = Topic::of(similarity::background_weights(&words));
        Digest {
            day: published.and_then(|p| p.day().or(p.start).or(p.end)).map(day_number),
            first_day: published.and_then(|p| p.start).map(day_number),
            brief,
            outlet: report.outlet.as_ref().map(|o| o.name.as_str().into()),
            topic,
            runs: shingles::runs(report),
            setting: if brief { setting(read) } else { Setting::default() },
            claims: credits::claims(read),
            words,
        }
    }
}

/// Days since 1970-01-01.
pub(crate) fn day_number(day: Date) -> i32 {
    (day - Date::constant(1970, 1, 1)).get_days()
}
