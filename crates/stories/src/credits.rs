//! Whom a report credits: agencies in the dateline, outlets that "reported", sign-offs.
//!
//! Agencies and outlets are data (`data/agencies.tsv`, `data/outlets.tsv`), but an outlet need not
//! be listed: a source of reported speech whose name is that of another report's outlet counts too.

use rustc_hash::FxHashMap;
use std::sync::OnceLock;
use variorum_model::{ReadReport, Span};

/// A credit given by a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Credit {
    /// The agency or outlet, by the one name it goes by here.
    pub(crate) source: String,
    /// The words that give it.
    pub(crate) span: Span,
    /// The whole report is credited (dateline, sign-off), not one sentence.
    pub(crate) whole: bool,
}

/// Written forms of agencies and outlets to the one name.
fn names() -> &'static FxHashMap<String, String> {
    static NAMES: OnceLock<FxHashMap<String, String>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names = FxHashMap::default();
        let rows = |table: &'static str| {
            table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty())
        };
        for row in rows(include_str!("../../../data/outlets.tsv")) {
            let cells: Vec<&str> = row.split('\t').collect();
            let Some(name) = cells.first() else { continue };
            let others = cells.get(3).copied().unwrap_or_default();
            for form in others.split('|').chain([*name]).filter(|f| !f.is_empty()) {
                names.insert(form.to_lowercase(), (*name).to_owned());
            }
        }
        for row in rows(include_str!("../../../data/agencies.tsv")) {
            let cells: Vec<&str> = row.split('\t').collect();
            let (Some(name), Some(forms)) = (cells.first(), cells.get(2)) else { continue };
            for form in forms.split('|').chain([*name]).filter(|f| !f.is_empty()) {
                names.entry(form.to_lowercase()).or_insert_with(|| (*name).to_owned());
            }
        }
        names
    })
}

/// The one name of an outlet or agency written as `text`, listed or the outlet of a report at hand.
fn known(text: &str, outlets: &FxHashMap<String, String>) -> Option<String> {
    let form = text.trim().trim_start_matches("the ").trim_start_matches("The ").to_lowercase();
    names().get(&form).or_else(|| outlets.get(&form)).cloned()
}

/// As [`known`], or the outlet of a report at hand that begins with these words: a dateline or sign-off
/// gives an agency by its first word.
fn known_in_short(text: &str, outlets: &FxHashMap<String, String>) -> Option<String> {
    let form = text.trim().to_lowercase();
    let full = outlets.iter().filter(|(name, _)| form.len() >= 4 && is_own(name, &form));
    known(text, outlets).or_else(|| full.map(|(_, name)| name).min().cloned())
}

/// Words of a report that may give credit: they do where they name an agency or outlet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claim {
    /// What is written, and the names in it.
    forms: Vec<Box<str>>,
    span: Span,
    whole: bool,
}

/// Words of a report that may give credit, in order of kind, then text.
pub(crate) fn claims(read: &ReadReport) -> Vec<Claim> {
    let report = &read.report;
    let mut found: Vec<Claim> = Vec::new();
    let mut whole = |form: &str, span| {
        found.push(Claim { forms: vec![form.into()], span, whole: true });
    };
    if let Some(dateline) = &report.dateline
        && let Some(agency) = &dateline.agency
    {
        whole(agency, dateline.span);
    }
    for removed in report.removed.iter().filter(|r| r.kind == "agency_credit") {
        let text = removed.span.of(&report.text);
        whole(text.trim_matches(|c: char| !c.is_alphanumeric()), removed.span);
    }
    for quotation in &read.annotations.quotations {
        let Some(span) = quotation.source else { continue };
        let inside = read.annotations.mentions.iter().map(|m| m.span).filter(|m| span.contains(*m));
        let forms = [span].into_iter().chain(inside).map(|s| s.of(&report.text).into()).collect();
        found.push(Claim { forms, span, whole: false });
    }
    found
}

/// The agencies and outlets at hand, for telling which claims are credits.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Outlets of the reports, as written, by lower case.
    outlets: FxHashMap<String, String>,
}

impl Known {
    /// Those of reports of these outlets.
    pub(crate) fn of<'o>(outlets: impl Iterator<Item = &'o str>) -> Known {
        Known { outlets: outlets.map(|o| (o.to_lowercase(), o.to_owned())).collect() }
    }

    /// Credits among `claims`, in text order. A report's own outlet is not credited by it.
    pub(crate) fn credits(&self, claims: &[Claim], own: Option<&str>) -> Vec<Credit> {
        let source = |claim: &Claim| {
            if claim.whole {
                let form = &claim.forms[0];
                return Some(
                    known_in_short(form, &self.outlets).unwrap_or_else(|| form.to_string()),
                );
            }
            claim.forms.iter().find_map(|form| known(form, &self.outlets))
        };
        let mut found: Vec<Credit> = claims
            .iter()
            .filter_map(|c| Some(Credit { source: source(c)?, span: c.span, whole: c.whole }))
            .collect();
        if let Some(own) = own.map(str::to_lowercase) {
            found.retain(|c| !is_own(&own, &c.source.to_lowercase()));
        }
        found.sort_by(|a, b| (a.span, &a.source).cmp(&(b.span, &b.source)));
        found.dedup();
        found
    }
}

/// Whether a credit names the outlet itself, in full or by its first words ("(Harbour)" in the dateline
/// of Harbour Wire).
fn is_own(own: &str, credited: &str) -> bool {
    own == credited || own.strip_prefix(credited).is_some_and(|rest| rest.starts_with(' '))
}
