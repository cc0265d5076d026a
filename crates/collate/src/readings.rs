//! Sides of a disagreement: grouping of claims by value.

use crate::witnesses::Witnesses;
use variorum_model::Span;
use variorum_model::contract::{Citation, Reading};

/// One report's claim about one slot.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    /// What it says, for a person; claims with equal values make one reading.
    pub(crate) value: String,
    pub(crate) report: u32,
    /// The words.
    pub(crate) span: Span,
    /// Who says so, as written, where it is not the report itself.
    pub(crate) according_to: Vec<String>,
}

/// Readings in order of their values, each with the claims that make it.
pub(crate) fn readings(witnesses: &Witnesses<'_>, claims: &[Claim]) -> Vec<Reading> {
    let mut order: Vec<&Claim> = claims.iter().collect();
    order.sort_by(|a, b| (&a.value, a.report, a.span).cmp(&(&b.value, b.report, b.span)));
    order.dedup_by(|a, b| a.value == b.value && a.report == b.report && a.span == b.span);
    order
        .chunk_by(|a, b| a.value == b.value)
        .map(|group| {
            let mut according_to: Vec<String> =
                group.iter().flat_map(|c| c.according_to.iter().cloned()).collect();
            according_to.sort();
            according_to.dedup();
            Reading {
                value: group[0].value.clone(),
                reports: witnesses.ids(group.iter().map(|c| c.report)),
                independent_sources: witnesses.independent(group.iter().map(|c| c.report)),
                according_to,
                evidence: group
                    .iter()
                    .map(|c| witnesses.cite(c.report, c.span))
                    .collect::<Vec<Citation>>(),
            }
        })
        .collect()
}
