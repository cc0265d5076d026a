//! What can be asked of judgements and ledgers.

use super::{FormOption, RecordOption};
use clap::{Args, ValueEnum};

/// Options of `judge`.
#[derive(Debug, Args)]
pub(crate) struct JudgeOptions {
    /// A finding: its id or the beginning of it, or its number with its story (s:…/c1). With --findings: a kind.
    #[arg(value_name = "FINDING")]
    pub(crate) finding: Option<String>,
    /// What you decide.
    #[arg(value_enum, value_name = "DECISION")]
    pub(crate) decision: Option<Decision>,
    /// For merge the other finding; for split the places of what is something else (REPORT:START-END); for comment
    /// its text.
    #[arg(value_name = "MORE")]
    pub(crate) rest: Vec<String>,
    /// Who judges.
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: Option<String>,
    /// The story that the finding is of.
    #[arg(long, value_name = "ID")]
    pub(crate) story: Option<String>,
    /// Undo a judgement, given by its number.
    #[arg(long, value_name = "N", conflicts_with_all = ["finding", "list", "findings"])]
    pub(crate) undo: Option<i64>,
    /// List all judgements, in the order in which they were made.
    #[arg(long, conflicts_with_all = ["finding", "findings"])]
    pub(crate) list: bool,
    /// List what can be judged.
    #[arg(long)]
    pub(crate) findings: bool,
    /// Which record.
    #[command(flatten)]
    pub(crate) record: RecordOption,
    /// Form of the output.
    #[command(flatten)]
    pub(crate) form: FormOption,
}

/// What can be decided about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Decision {
    /// It holds.
    Accept,
    /// It does not: it is set aside.
    Reject,
    /// It and another are one.
    Merge,
    /// Some of its mentions are something else.
    Split,
    /// Something to be said beside it.
    Comment,
}

impl Decision {
    /// As the record file calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Decision::Accept => "accept",
            Decision::Reject => "reject",
            Decision::Merge => "merge",
            Decision::Split => "split",
            Decision::Comment => "comment",
        }
    }
}
