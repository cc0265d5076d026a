//! Forms of output, and the options about output that several commands share.

use crate::commands::Output;
use crate::progress::Progress;
use anyhow::{Result, ensure};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use variorum_export::{CsvMode, View};

/// Where output goes.
#[derive(Debug, Args)]
pub(crate) struct OutputOption {
    /// Write to this file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl OutputOption {
    /// Opens the file, or standard output.
    pub(crate) fn open(&self) -> Result<Output> {
        Output::open(self.output.as_deref())
    }

    /// The same for bytes that no person reads.
    pub(crate) fn open_for_parquet(&self) -> Result<Output> {
        let output = self.open()?;
        ensure!(
            !output.is_terminal(),
            "--format parquet: this is not for reading: name a file with --output"
        );
        Ok(output)
    }
}

/// Whether progress is shown.
#[derive(Debug, Args)]
pub(crate) struct ProgressOption {
    /// Print no progress bar. There is none off a terminal in any case.
    #[arg(long)]
    quiet: bool,
}

impl ProgressOption {
    /// A bar that counts what `verb` says is done.
    pub(crate) fn bar(&self, verb: &'static str) -> Progress {
        Progress::new(verb, self.quiet)
    }
}

/// For whom CSV is written.
#[derive(Debug, Args)]
pub(crate) struct CsvOption {
    /// For whom CSV is written: machine gives every cell as it is, spreadsheet defuses formulas.
    #[arg(long, value_enum, default_value = "spreadsheet")]
    pub(crate) mode: CsvMode,
}

/// The form of a list.
#[derive(Debug, Args)]
pub(crate) struct FormOption {
    /// Form of the output.
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: ListFormat,
}

/// Forms of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For a person in a terminal.
    Text,
    /// One JSON object a line.
    Jsonl,
}

/// Forms of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowFormat {
    /// One JSON object a line.
    Jsonl,
}

/// Forms of read reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnnotateFormat {
    /// One JSON object a line.
    Jsonl,
    /// Tokens, tags and trees in CoNLL-U, with the names of mentions in its last column.
    Conllu,
}

/// Forms of records and of their tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a person in a terminal.
    Text,
    /// The contract's Record.
    Json,
    /// A row, or the contract's Record, on one line.
    Jsonl,
    /// A table as comma-separated values, RFC 4180.
    Csv,
    /// A table as Apache Parquet with typed columns, into a file.
    Parquet,
    /// One self-contained page.
    Html,
    /// Events as JSONL in the fields of the PLOVER manual; plans, denials and suppositions are marked.
    Plover,
    /// Events that happened, tab-separated, with the columns of POLECAT.
    Polecat,
    /// Events that happened, as rows of the GDELT 2.0 Event table.
    Gdelt,
    /// Tellings of those events, as rows of the GDELT 2.0 Mentions table.
    GdeltMentions,
    /// Deadly events as CSV with the columns of UCDP's georeferenced event data.
    Ucdp,
    /// Entities of FollowTheMoney, one a line.
    Ftm,
    /// Critical apparatus in TEI P5.
    Tei,
    /// Every citation in the Web Annotation data model.
    WebAnnotation,
}

impl Format {
    /// Whether it is of rows, whatever they hold.
    pub(crate) fn is_table(self) -> bool {
        matches!(self, Format::Jsonl | Format::Csv | Format::Parquet)
    }

    /// Whether it is a document, of which one story fills one.
    pub(crate) fn is_document(self) -> bool {
        matches!(self, Format::Html | Format::Tei)
    }
}

/// Takes the forms that are written for many stories: those for a reader of one are not among them.
pub(super) fn exported() -> impl TypedValueParser<Value = Format> {
    let forms =
        Format::value_variants().iter().filter(|f| !matches!(f, Format::Text | Format::Json));
    PossibleValuesParser::new(forms.filter_map(Format::to_possible_value))
        .try_map(|name| Format::from_str(&name, false))
}

/// What can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExportTable {
    /// Rows of their own.
    Rows(RowTable),
    /// A ledger of each story.
    Ledger(View),
}

/// Tables that are no ledgers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowTable {
    /// Reports; as JSONL with their annotations, as `variorum annotate` prints them.
    Reports,
    /// Names as mentioned.
    Mentions,
    /// Events as told.
    Events,
    /// Attributed words.
    Quotations,
    /// Figures with who gives them.
    Figures,
    /// Readings of differences, one a row.
    Conflicts,
    /// What people decided.
    Judgements,
}

impl ValueEnum for ExportTable {
    fn value_variants<'a>() -> &'a [ExportTable] {
        use ExportTable::{Ledger, Rows};
        &[
            Rows(RowTable::Reports),
            Rows(RowTable::Mentions),
            Rows(RowTable::Events),
            Rows(RowTable::Quotations),
            Rows(RowTable::Figures),
            Rows(RowTable::Conflicts),
            Rows(RowTable::Judgements),
            Ledger(View::Consultations),
            Ledger(View::Accords),
            Ledger(View::Mandates),
            Ledger(View::Offices),
            Ledger(View::Figures),
            Ledger(View::Timeline),
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            ExportTable::Rows(table) => table.to_possible_value(),
            // `figures` are the rows of figures as each report gives them.
            ExportTable::Ledger(View::Figures) => {
                let about = View::Figures.to_possible_value()?.get_help()?.clone();
                Some(PossibleValue::new("series").help(about))
            }
            ExportTable::Ledger(view) => view.to_possible_value(),
        }
    }
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColourChoice {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}
