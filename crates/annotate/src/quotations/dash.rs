//! Words before a dash, where whoever spoke in the sentence before goes on speaking behind it: "The talks failed –
//! the source said that nobody had wanted them."
//!
//! By itself such a dash may as well lead from the report's own words to somebody's. Between two sayings of one
//! source, what stands before it is that source's.

use super::phrase::Clause;
use crate::reading::Reading;
use variorum_model::{Quotation, QuotationKind, Span};

/// What sources are said to say before a dash, for quotations in text order.
pub(super) fn told_before(reading: &Reading<'_>, said: &[Quotation]) -> Vec<Quotation> {
    said.iter().filter_map(|q| before(reading, said, q)).collect()
}

fn before(reading: &Reading<'_>, said: &[Quotation], behind: &Quotation) -> Option<Quotation> {
    let source = behind.source.filter(|s| s.end <= behind.span.start)?;
    let sentence = reading.sentence_at(source.from())?;
    let text = &reading.report.text;
    let lead = text.get(sentence.span.from()..source.from())?.trim_end();
    let dashes = ['–', '—', '―'];
    let bare = lead
        .strip_suffix(dashes)
        .or_else(|| lead.strip_suffix("--"))
        .or_else(|| lead.strip_suffix(" -"))?
        .trim_end();
    let span = Span::new(sentence.span.from(), sentence.span.from() + bare.len());
    // A pair of dashes sets off an aside, and what somebody else says before it is his.
    let rest = text.get(behind.span.to().min(sentence.span.to())..sentence.span.to())?;
    let aside = bare.contains(dashes) || rest.contains(dashes);
    if aside || bare.is_empty() || said.iter().any(|q| q.span.overlaps(span)) {
        return None;
    }
    let clause = Clause::new(reading, sentence);
    let tells = (0..clause.at(span.to())).any(|i| clause.is_finite(i));
    let last = said.iter().rev().find(|q| q.span.end <= span.start)?;
    let previous = reading.sentence_at(sentence.span.from().checked_sub(2)?)?;
    let one = last.span.overlaps(previous.span)
        && last.source.is_some_and(|s| reading.text(s).eq_ignore_ascii_case(reading.text(source)));
    (tells && one).then(|| Quotation {
        span,
        kind: QuotationKind::Indirect,
        rule: "dash",
        confidence: 0.6,
        ..behind.clone()
    })
}
