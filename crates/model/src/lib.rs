//! The nouns of Variorum, and nothing else.
//!
//! Inside the program every span is a half-open **byte** range into a report's text ([`Span`]).
//! At the edge the same facts are written as the public contract has them ([`contract`]): half-open
//! ranges of Unicode **code points**, each with its quote.

pub mod annotation;
pub mod contract;
mod edge;
pub mod event;
pub mod explanation;
pub mod judgement;
pub mod ledger;
pub mod parse;
pub mod reject;
pub mod report;
pub mod span;

pub use annotation::{
    Annotations, Coreference, DayBounds, Derived, Mention, MentionKind, Modality, Office,
    OfficeChange, Quantity, Quotation, QuotationKind, Standing, TimeExpression, TimeKind,
};
pub use edge::{CodePoints, annotated_row, citation, report_row};
pub use event::{Accord, AccordKind, Clause, Codings, EventMention, EventType, Figure, Mandate};
pub use explanation::{Decision, Explanation, LexiconEntry, PartyPath, Uncoded};
pub use judgement::Judgement;
pub use parse::{NamedEntity, Parse, Sentence, Token};
pub use reject::Rejection;
pub use report::{
    Basis, Block, BlockKind, Byline, Dateline, DatingStep, Entry, Outlet, Published, RawReport,
    Removed, Report, SourceForm, Title,
};
pub use span::Span;

/// A report with all that was read in it: what the stages after `events` work on.
#[derive(Debug, Clone)]
pub struct ReadReport {
    /// The cleaned report.
    pub report: Report,
    /// Mentions, times, quantities, quotations, offices.
    pub annotations: Annotations,
    /// Events, accords, mandates, figures.
    pub codings: Codings,
}
