//! What can be asked of a record file.

use super::{InputOptions, ViewOptions};
use crate::commands::length;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

/// Which record.
#[derive(Debug, Args)]
pub(crate) struct RecordOption {
    /// The record file.
    #[arg(long = "record", value_name = "FILE", default_value = "variorum.db")]
    pub(crate) path: PathBuf,
}

/// Options of `add`.
#[derive(Debug, Args)]
pub(crate) struct AddOptions {
    /// Where reports come from.
    #[command(flatten)]
    pub(crate) input: InputOptions,
    /// Which record.
    #[command(flatten)]
    pub(crate) record: RecordOption,
    /// Form of the output: a summary, or a row for each report once it is on the disk.
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
}

/// Options of `watch`.
#[derive(Debug, Args)]
pub(crate) struct WatchOptions {
    /// Addresses of feeds (RSS, Atom, JSON Feed), OPML lists or sitemaps.
    #[arg(value_name = "URL", required = true)]
    pub(crate) sources: Vec<String>,
    /// Which record.
    #[command(flatten)]
    pub(crate) record: RecordOption,
    /// Poll each once, fetch what is listed, and end.
    #[arg(long)]
    pub(crate) once: bool,
    /// How long from one poll to the next: 90s, 15m, 2h, 1d.
    #[arg(long, value_name = "LENGTH", default_value = "15m", value_parser = length)]
    pub(crate) every: Duration,
    /// Least pause between two requests to one host.
    #[arg(long, value_name = "LENGTH", default_value = "1s", value_parser = length)]
    pub(crate) pause: Duration,
    /// Reach this host and port although its address is not public; may be given more than once.
    #[arg(long, value_name = "HOST:PORT")]
    pub(crate) allow_private: Vec<String>,
    /// Form of the output: a line for each poll, or a row for each report once it is on the disk.
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
    /// Print no progress bar.
    #[arg(long)]
    pub(crate) quiet: bool,
}

/// Which reports are meant; all that is given must hold.
#[derive(Debug, Args)]
pub(crate) struct FacetOptions {
    /// Somebody named in it, by words of the name.
    #[arg(long, value_name = "NAME")]
    pub(crate) actor: Vec<String>,
    /// An office that it speaks of, by words of the title.
    #[arg(long, value_name = "TITLE")]
    pub(crate) office: Vec<String>,
    /// A place named in it, or a country by its three-letter code.
    #[arg(long, value_name = "NAME")]
    pub(crate) place: Vec<String>,
    /// A category of event that it tells: consult, assault, agree, …
    #[arg(long = "type", value_name = "CATEGORY")]
    pub(crate) kind: Vec<String>,
    /// The outlet, by words of its name.
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Vec<String>,
    /// A kind of difference that it takes part in: date, number, place, office, …, or any.
    #[arg(long, value_name = "KIND")]
    pub(crate) conflict: Vec<String>,
    /// The story, by its id or that of any of its reports.
    #[arg(long, value_name = "ID")]
    pub(crate) story: Option<String>,
    /// Published on this day or later (YYYY-MM-DD).
    #[arg(long, value_name = "DAY")]
    pub(crate) from: Option<String>,
    /// Published on this day or earlier (YYYY-MM-DD).
    #[arg(long, value_name = "DAY")]
    pub(crate) to: Option<String>,
    /// Find names and words only as they are spelled here, not in other romanisations.
    #[arg(long)]
    pub(crate) exact: bool,
}

/// Options of the commands that list.
#[derive(Debug, Args)]
pub(crate) struct ListOptions {
    /// Which record.
    #[command(flatten)]
    pub(crate) record: RecordOption,
    /// Which reports.
    #[command(flatten)]
    pub(crate) facets: FacetOptions,
    /// Rows at most; for timeline, stories.
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: usize,
    /// Form of the output.
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
    /// Print no progress bar.
    #[arg(long)]
    pub(crate) quiet: bool,
}

/// Options of `stories`.
#[derive(Debug, Args)]
pub(crate) struct StoriesOptions {
    /// What is listed, and how.
    #[command(flatten)]
    pub(crate) list: ListOptions,
    /// Only stories that this many reports tell.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) reports: i64,
}

/// Options of `search`.
#[derive(Debug, Args)]
pub(crate) struct SearchOptions {
    /// Words that must all stand in the report; in quotes also '\"a phrase\"', 'with -without', 'begin*'. None: facets
    /// alone.
    #[arg(value_name = "WORD")]
    pub(crate) words: Vec<String>,
    /// Which record.
    #[command(flatten)]
    pub(crate) record: RecordOption,
    /// Which reports.
    #[command(flatten)]
    pub(crate) facets: FacetOptions,
    /// Reports at most.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    /// Form of the output.
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
}

/// Options of `show`.
#[derive(Debug, Args)]
pub(crate) struct ShowOptions {
    /// Id of a report (its beginning is enough) or of a story (s:…).
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Which record.
    #[command(flatten)]
    pub(crate) record: RecordOption,
    /// How it is printed.
    #[command(flatten)]
    pub(crate) view: ViewOptions,
    /// Write the bytes that were added, as they were (reports only).
    #[arg(long, conflicts_with = "format")]
    pub(crate) raw: bool,
}

/// Options of `verify`.
#[derive(Debug, Args)]
pub(crate) struct VerifyOptions {
    /// Which record.
    #[command(flatten)]
    pub(crate) record: RecordOption,
    /// Print no progress bar.
    #[arg(long)]
    pub(crate) quiet: bool,
}

/// Options of `history`.
#[derive(Debug, Args)]
pub(crate) struct HistoryOptions {
    /// An address, a path, or the id of a report or story.
    #[arg(value_name = "URL|PATH|ID")]
    pub(crate) of: String,
    /// Which record.
    #[command(flatten)]
    pub(crate) record: RecordOption,
    /// Show the record of the story as it stood at the end of this day, UTC (YYYY-MM-DD).
    #[arg(long, value_name = "DAY")]
    pub(crate) as_of: Option<String>,
    /// How it is printed; versions are printed as text or as rows (jsonl).
    #[command(flatten)]
    pub(crate) view: ViewOptions,
}

/// Options of `export`.
#[derive(Debug, Args)]
pub(crate) struct ExportOptions {
    /// Which record.
    #[command(flatten)]
    pub(crate) record: RecordOption,
    /// Which reports.
    #[command(flatten)]
    pub(crate) facets: FacetOptions,
    /// What is written.
    #[arg(long, value_enum, default_value_t = ExportTable::Reports)]
    pub(crate) table: ExportTable,
    /// Form of the output.
    #[arg(long, value_enum, default_value_t = ExportFormat::Jsonl)]
    pub(crate) format: ExportFormat,
    /// For whom CSV is written: machine gives every cell as it is, spreadsheet defuses formulas.
    #[arg(long, value_enum, default_value_t = CsvReader::Spreadsheet)]
    pub(crate) mode: CsvReader,
    /// Write to this file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Print no progress bar.
    #[arg(long)]
    pub(crate) quiet: bool,
}

/// Options of `serve`.
#[derive(Debug, Args)]
pub(crate) struct ServeOptions {
    /// Which record.
    #[command(flatten)]
    pub(crate) record: RecordOption,
    /// The address to listen on; port 0 takes any that is free. Whoever can reach it can read the record.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    pub(crate) listen: std::net::SocketAddr,
    /// Take judgements from the page for review. There is no login: whoever can open the pages can judge, under
    /// any name.
    #[arg(long)]
    pub(crate) judge: bool,
}

/// What can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportTable {
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
    /// Meetings, visits, calls, talks.
    Consultations,
    /// Accords with brokers, parties, those exempt, breaches.
    Accords,
    /// Tasks held by or given to somebody.
    Mandates,
    /// Offices with their holders over time.
    Offices,
    /// Figures as series, with who gives them.
    Series,
    /// One row a happening, with the days that each report gives it.
    Timeline,
}

/// Forms of exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values, RFC 4180.
    Csv,
    /// Apache Parquet with typed columns.
    Parquet,
    /// Events of the records of stories as PLOVER JSONL.
    Plover,
    /// The same as rows of POLECAT.
    Polecat,
    /// The same as rows of the GDELT 2.0 Event table.
    Gdelt,
    /// Tellings of those events, as rows of the GDELT 2.0 Mentions table.
    GdeltMentions,
    /// Deadly events as CSV with the columns of UCDP's georeferenced event data.
    Ucdp,
    /// Entities of FollowTheMoney, one a line.
    Ftm,
    /// Critical apparatus of one story (--story) in TEI P5.
    Tei,
    /// Every citation in the Web Annotation data model, one annotation a line.
    WebAnnotation,
    /// One story (--story) as a self-contained page.
    Html,
}

/// For whom CSV is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CsvReader {
    /// Every cell as it is.
    Machine,
    /// No cell can run as a formula.
    Spreadsheet,
}

/// Forms of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For a person in a terminal.
    Text,
    /// One JSON object a line.
    Jsonl,
}
