//! Reports: as found, and cleaned.

use crate::Span;
use crate::contract::Citation;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What intake found a report to be made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceForm {
    /// A plain-text file, debris and all; offsets are offsets into the whole decoded file.
    PlainText,
    /// A web page.
    Html,
    /// A row `{"id","text"}` whose text is taken as already clean.
    CleanText,
}

/// A report as found: decoded, not yet cleaned.
#[derive(Debug, Clone)]
pub struct RawReport {
    /// Content hash of the raw bytes (hexadecimal), or the id the row came with.
    pub id: String,
    /// Path as given on the command line; `path#row` for a row of a container.
    pub path: String,
    /// What it is made of.
    pub form: SourceForm,
    /// The whole input decoded to Unicode, a byte order mark (U+FEFF) included.
    pub text: String,
    /// Where the page came from, if known.
    pub url: Option<String>,
    /// Title the row came with.
    pub title: Option<String>,
    /// Outlet the row came with.
    pub outlet: Option<String>,
    /// Publication day or instant the row came with, as written.
    pub published: Option<String>,
    /// Codes of what intake noticed: `invalid_utf8`, `likely_mojibake`, …
    pub warnings: Vec<String>,
}

/// On what a piece of metadata rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The text says so outright (a date line, a byline).
    Stated,
    /// Read from matter that is no part of the article (a footer, an image path).
    Debris,
    /// Machine-readable metadata of the page or row.
    Metadata,
    /// The address of the page.
    Url,
    /// Worked out from other evidence.
    Inferred,
}

/// The headline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// The headline, without site suffix.
    pub value: String,
    /// Where it stands in the text, if it does.
    pub span: Option<Span>,
}

/// Who published the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlet {
    /// Name as written, or as the table of outlets has it.
    pub name: String,
    /// On what it rests.
    pub basis: Basis,
    /// The characters that say it, if they stand in the text.
    pub span: Option<Span>,
}

/// Who wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Byline {
    /// Authors' names, in order.
    pub authors: Vec<String>,
    /// The characters that say it, if they stand in the text.
    pub span: Option<Span>,
}

/// The place line at the head of the lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dateline {
    /// Places, in order.
    pub places: Vec<String>,
    /// An agency credited in the dateline: "TEHRAN (AFP) -".
    pub agency: Option<String>,
    /// The dateline as it stands, without the dash that ends it.
    pub span: Span,
}

/// When the report came out: an interval of days, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// First possible day, if bounded.
    pub start: Option<Date>,
    /// Last possible day, if bounded.
    pub end: Option<Date>,
    /// The date as normalised from its source (`2016-06-28T11:11:05`), or the interval.
    pub value: String,
    /// On what it rests.
    pub basis: Basis,
    /// The characters that say it, or from which it was worked out.
    pub evidence: Vec<Span>,
    /// For a day that was worked out: how, step by step.
    pub steps: Vec<DatingStep>,
}

impl Published {
    /// On one day, which no characters of the report say.
    pub fn on(day: Date, basis: Basis) -> Published {
        Published {
            start: Some(day),
            end: Some(day),
            value: day.to_string(),
            basis,
            evidence: Vec::new(),
            steps: Vec::new(),
        }
    }
}

/// One step on the way to a day of publication: a bound, the rule that drew it, and the words it
/// rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatingStep {
    /// Name of the rule: `told_as_past`, `weekday_of_the_news`, `still_to_come`,
    /// `dated_by_other_reports`.
    pub rule: &'static str,
    /// First day that the step leaves possible, if it bounds publication from below.
    pub start: Option<Date>,
    /// Last day that the step leaves possible, if it bounds publication from above.
    pub end: Option<Date>,
    /// The report's own words.
    pub evidence: Vec<Span>,
    /// The words of other reports.
    pub others: Vec<Citation>,
}

impl Published {
    /// An interval as `value` writes it; a missing end is open (`2016-06-13/..`), one day is that day.
    pub fn interval_value(start: Option<Date>, end: Option<Date>) -> String {
        let side = |d: Option<Date>| d.map_or_else(|| "..".to_owned(), |d| d.to_string());
        if start.is_some() && start == end {
            return side(start);
        }
        format!("{}/{}", side(start), side(end))
    }

    /// The day, when it is known to the day.
    pub fn day(&self) -> Option<Date> {
        match (self.start, self.end) {
            (Some(a), Some(b)) if a == b => Some(a),
            _ => None,
        }
    }
}

/// What a stretch of article text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A subheading inside the body.
    Heading,
    /// A picture caption: kept, but read apart from the running text.
    Caption,
}

/// A stretch of article text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands, trimmed of white space.
    pub span: Span,
}

/// A stretch that is no part of the article, kept with its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// Kind, as the contract lists them (`duplicate_title`, `breadcrumb`, `share`, …).
    pub kind: &'static str,
    /// Where it stands. For a page, whose text is the article alone, the empty span between whose
    /// neighbours it stood.
    pub span: Span,
    /// For a page: its first byte in the decoded page, and the byte after its last.
    pub source: Option<(u32, u32)>,
}

impl Removed {
    /// A stretch of a report's own text.
    pub fn of_text(kind: &'static str, span: Span) -> Removed {
        Removed { kind, span, source: None }
    }
}

/// One post of a page that is made of several: an entry of a live blog, an article of a page of articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its part of the text.
    pub span: Span,
    /// Its own day or instant, as normalised (`2016-06-28T11:11:05`); `None` if it shows none.
    pub published: Option<String>,
}

/// A cleaned report.
#[derive(Debug, Clone)]
pub struct Report {
    /// Content hash of the raw bytes, or the id the row came with.
    pub id: String,
    /// Path as given.
    pub path: String,
    /// For plain text the whole decoded file; for pages the article text.
    pub text: String,
    /// ISO 639-1 code, or `und`.
    pub language: String,
    /// The headline.
    pub title: Option<Title>,
    /// Who published it.
    pub outlet: Option<Outlet>,
    /// Who wrote it.
    pub byline: Option<Byline>,
    /// Where it was filed from.
    pub dateline: Option<Dateline>,
    /// When it came out.
    pub published: Option<Published>,
    /// Address of the page, if known.
    pub url: Option<String>,
    /// The article's text in order.
    pub body: Vec<Block>,
    /// What was dropped, in order.
    pub removed: Vec<Removed>,
    /// For a page of several posts: its posts, in the page's order.
    pub entries: Vec<Entry>,
    /// For pages: pieces `(byte in text, byte in the decoded page, length)` of the map back to the
    /// page, in order of the first; runs of equal bytes are one piece. Empty for plain text, whose
    /// text is the file.
    pub source_map: Vec<(u32, u32, u32)>,
    /// Codes of what was noticed.
    pub warnings: Vec<String>,
}

impl Report {
    /// A report of running English text and nothing else known of it: each line that is not blank is
    /// a paragraph, without the white space around it.
    pub fn of_lines(id: &str, text: &str) -> Report {
        let mut body = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let trimmed = line.trim();
            if !trimmed.is_empty() {
                let from = start + (line.len() - line.trim_start().len());
                let span = Span::new(from, from + trimmed.len());
                body.push(Block { kind: BlockKind::Paragraph, span });
            }
            start += line.len();
        }
        Report {
            id: id.to_owned(),
            path: String::new(),
            text: text.to_owned(),
            language: "en".to_owned(),
            title: None,
            outlet: None,
            byline: None,
            dateline: None,
            published: None,
            url: None,
            body,
            removed: Vec::new(),
            entries: Vec::new(),
            source_map: Vec::new(),
            warnings: Vec::new(),
        }
    }
}
