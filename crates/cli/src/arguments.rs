//! What can be asked of the binary.

mod forms;
mod judging;
mod recording;

pub(crate) use forms::{
    AnnotateFormat, ColourChoice, CsvOption, ExportTable, FormOption, Format, ListFormat,
    OutputOption, ProgressOption, RowFormat, RowTable,
};
pub(crate) use judging::{Decision, JudgeOptions};
pub(crate) use recording::{
    AddOptions, ExportOptions, FacetOptions, HistoryOptions, ListOptions, RecordOption,
    SearchOptions, ServeOptions, ShowOptions, StoriesOptions, VerifyOptions, WatchOptions,
};

use crate::event_name::EventName;
use clap::{Args, Parser, Subcommand};
use variorum_export::View;

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
    /// Reads pages, plain text, JSONL, web archives and feeds (each also gzipped or in ZIP and tar archives) and
    /// prints one Report a line, in the order of the inputs.
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
    Cluster(ClusterOptions),
    /// Make the one record of all reports: what they agree on, where they disagree, who says so.
    Collate(CollateOptions),
    /// Add reports to a record file; what is there already is passed over.
    ///
    /// Makes the file if there is none. A report is acknowledged once it is on the disk; a run that is stopped is
    /// taken up by giving the same command again.
    Add(AddOptions),
    /// Poll feeds, lists of feeds and sitemaps, and add the pages that they list.
    ///
    /// The one command that uses the network. Heeds robots.txt, makes one request at a time and waits between two to a
    /// host, and asks for a feed only if it changed. No private address is reached. A run that is stopped is taken up by
    /// giving the same command again.
    Watch(WatchOptions),
    /// Show a report of the record, or the record of a story.
    Show(ShowOptions),
    /// Search the record: words, names in every romanisation, facets.
    Search(SearchOptions),
    /// List the stories of the record, the latest first.
    Stories(StoriesOptions),
    /// List who is named in the record, or who acts in a story.
    Actors(ListOptions),
    /// List where reports of one story differ.
    Conflicts(ListOptions),
    /// List what happened, by day.
    Timeline(ListOptions),
    /// Judge findings: accept, reject, merge, split, comment. Judgements are signed, dated, and never overwritten.
    Judge(JudgeOptions),
    /// Check every report and citation of the record against what was added.
    Verify(VerifyOptions),
    /// Show the versions of a report, or what the record said of a story on a past day.
    History(HistoryOptions),
    /// Write reports or tables of the record for other programs.
    Export(ExportOptions),
    /// Serve the record to browsers, and as JSON to programs, until Ctrl-C.
    ///
    /// Prints its address once it can be opened. Reports may be added meanwhile by `variorum add`.
    Serve(ServeOptions),
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
    /// Whether progress is shown.
    #[command(flatten)]
    pub(crate) progress: ProgressOption,
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
    /// Where output goes.
    #[command(flatten)]
    pub(crate) output: OutputOption,
    /// Read the inputs twice: first to learn how the pages of each outlet are laid out, from three pages of it
    /// or more, then to clean them by that. Takes files and folders, not standard input.
    #[arg(long)]
    pub(crate) learn_outlets: bool,
}

/// Options of `cluster`.
#[derive(Debug, Args)]
pub(crate) struct ClusterOptions {
    /// Where reports come from.
    #[command(flatten)]
    pub(crate) input: InputOptions,
    /// Tell why two of the reports are, or are not, put in one event and story, are copies, and count as one source:
    /// shared wording, names and words, days, and each score beside what it has to reach. A and B are ids or file
    /// names of inputs.
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    pub(crate) explain: Vec<String>,
    /// Form of the output: jsonl for rows; for --explain text, unless told.
    #[arg(long, value_enum)]
    pub(crate) format: Option<ListFormat>,
    /// Where output goes.
    #[command(flatten)]
    pub(crate) output: OutputOption,
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
    /// Where output goes.
    #[command(flatten)]
    pub(crate) output: OutputOption,
}

/// Options of `collate`.
#[derive(Debug, Args)]
pub(crate) struct CollateOptions {
    /// Where reports come from.
    #[command(flatten)]
    pub(crate) input: InputOptions,
    /// How it is printed.
    #[command(flatten)]
    pub(crate) view: ViewOptions,
}

/// How a record is printed.
#[derive(Debug, Args)]
pub(crate) struct ViewOptions {
    /// Form of the record: text for a person, json as the contract has it, html as one page; or its
    /// events alone as event data sets have them.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// The same as --format tei.
    #[arg(long, conflicts_with = "format")]
    pub(crate) tei: bool,
    /// One ledger of the record as a table: text, csv, jsonl or parquet.
    #[arg(long, value_enum, value_name = "LEDGER")]
    pub(crate) view: Option<View>,
    /// Only rows that name this actor or place, in any of its spellings; may be given more than once (with --view).
    #[arg(long, value_name = "NAME", requires = "view")]
    pub(crate) named: Vec<String>,
    /// For whom CSV is written.
    #[command(flatten)]
    pub(crate) csv: CsvOption,
    /// Where output goes.
    #[command(flatten)]
    pub(crate) output: OutputOption,
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

#[cfg(test)]
mod tests {
    use super::Arguments;
    use clap::CommandFactory;

    /// Names and short forms that two options share, and the like.
    #[test]
    fn options_do_not_collide() {
        Arguments::command().debug_assert();
    }
}
