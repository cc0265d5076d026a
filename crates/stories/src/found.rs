//! What [`crate::group`] hands on: which reports copy, lean on, and tell the same as which.

use variorum_model::Span;

/// Where one report belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    /// Index of the story: reports on one development over time.
    pub story: u32,
    /// Index of the event cluster: reports whose main happening is one.
    pub event: u32,
    /// Index of the report it copies, if it is a copy.
    pub duplicate_of: Option<u32>,
}

/// On what a report leans.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Another report at hand.
    Report(u32),
    /// An agency or outlet that is credited.
    Agency(String),
}

/// How a report leans on its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leaning {
    /// Names it for part of the text.
    Credits,
    /// Carries its text with credit.
    Reprints,
    /// Carries its text without credit.
    Copies,
}

impl Leaning {
    /// The kind as the contract writes it.
    pub fn name(self) -> &'static str {
        match self {
            Leaning::Credits => "credits",
            Leaning::Reprints => "reprints",
            Leaning::Copies => "copies",
        }
    }
}

/// One report leaning on a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependence {
    /// Index of the report that leans.
    pub report: u32,
    /// On what.
    pub on: Source,
    /// How.
    pub kind: Leaning,
    /// The words that show it: index of a report and where in it.
    pub evidence: Vec<(u32, Span)>,
}

/// Copies, lineages, events and stories of a set of reports.
#[derive(Debug, Clone, Default)]
pub struct Stories {
    /// One for each report.
    pub placements: Vec<Placement>,
    /// Who leans on whom, in order.
    pub dependences: Vec<Dependence>,
    /// The reports parted into lineages; each counts as one independent source.
    pub lineages: Vec<Vec<u32>>,
}

impl Stories {
    /// Number of different lineages among `reports`.
    pub fn independent(&self, reports: impl IntoIterator<Item = u32>) -> usize {
        let mut seen: Vec<usize> = reports
            .into_iter()
            .filter_map(|r| self.lineages.iter().position(|l| l.contains(&r)))
            .collect();
        seen.sort_unstable();
        seen.dedup();
        seen.len()
    }
}
