//! What can be asked of the binary.

use crate::event_name::EventName;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Reads several reports of one happening and makes one record in which every fact is cited to the
/// exact characters that say it, every variant is kept, and every source is counted once.
#[derive(Debug, Parser)]
#[command(name = "variorum", version, propagate_version = true, arg_required_else_help = true)]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Separate each article from what surrounds it: title, outlet, dates, body, removed debris.
    ///
    /// Reads pages, plain text and JSONL (each also gzipped) and prints one Report a line, in the
    /// order of the inputs.
    Clean(StreamOptions),
    /// Read each report: names, times, amounts, quotations, offices, events.
    ///
    /// Prints one Report with annotations a line, in the order of the inputs. Rows of JSONL
    /// {"id","text"[,"published","title","outlet"]} are taken as already clean.
    Annotate(AnnotateOptions),
    /// Tell how likely two written names are one.
    ///
    /// Reads lines "a<TAB>b[<TAB>kind]" on standard input and prints each with a score in [0,1]
    /// appended. The strings alone are compared.
    Match,
    /// Tell which reports copy one another and which tell the same event and story.
    ///
    /// Prints one row {"id","story","event","duplicate_of"} a report, in the order of the inputs.
    Cluster(StreamOptions),
    /// Make the one record of all reports: what they agree on, where they disagree, who says so.
    Collate(CollateOptions),
}

/// Where reports come from, and how to run.
#[derive(Debug, Args)]
pub(crate) struct InputOptions {
    /// Files, folders, globs, or - for standard input.
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<String>,
    /// Exit with status 1 when an input was rejected.
    #[arg(long)]
    pub(crate) strict: bool,
    /// Threads to work on; all cores unless told.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
    /// Print no progress bar. There is none off a terminal in any case.
    #[arg(long)]
    pub(crate) quiet: bool,
}

/// Options of the commands that print rows.
#[derive(Debug, Args)]
pub(crate) struct StreamOptions {
    /// Where reports come from.
    #[command(flatten)]
    pub(crate) input: InputOptions,
    /// Form of the output.
    #[arg(long, value_enum, default_value_t = RowFormat::Jsonl)]
    pub(crate) format: RowFormat,
    /// Write to this file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Options of `annotate`.
#[derive(Debug, Args)]
pub(crate) struct AnnotateOptions {
    /// Where reports come from.
    #[command(flatten)]
    pub(crate) input: InputOptions,
    /// Form of the output: a Report with all annotations, or the parse alone as CoNLL-U.
    #[arg(long, value_enum, default_value_t = AnnotateFormat::Jsonl)]
    pub(crate) format: AnnotateFormat,
    /// Tell why one event is coded as it is: its words, their ways through the tree, the entry of the
    /// lexicon, and the weights. ID is `e3` as the rows number events, or `@158` for the event told at
    /// that character; with several reports `REPORT:e3`, REPORT being the id of a row or a file name.
    #[arg(long, value_name = "ID", conflicts_with = "uncoded")]
    pub(crate) explain: Option<EventName>,
    /// List the verbs and nouns that stand between two named actors and got no code, a row each.
    #[arg(long)]
    pub(crate) uncoded: bool,
    /// Write to this file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Options of `collate`.
#[derive(Debug, Args)]
pub(crate) struct CollateOptions {
    /// Where reports come from.
    #[command(flatten)]
    pub(crate) input: InputOptions,
    /// Form of the record: text for a person, json as the contract has it, html as one page.
    #[arg(long, value_enum, default_value_t = RecordFormat::Text)]
    pub(crate) format: RecordFormat,
    /// Write to this file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Print every line of every section instead of the weightiest (text only).
    #[arg(long)]
    pub(crate) all: bool,
    /// Columns to print in; those of the terminal unless told, 100 off a terminal (text only).
    #[arg(long, value_name = "COLUMNS")]
    pub(crate) width: Option<usize>,
    /// When to colour; NO_COLOR is honoured (text only).
    #[arg(long, value_enum, default_value_t = ColourChoice::Auto)]
    pub(crate) color: ColourChoice,
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

/// Forms of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RecordFormat {
    /// For a person in a terminal.
    Text,
    /// The contract's Record.
    Json,
    /// The contract's Record on one line.
    Jsonl,
    /// One self-contained page.
    Html,
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
