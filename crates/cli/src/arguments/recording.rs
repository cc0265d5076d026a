//! What can be asked of a record file.

use super::forms::exported;
use super::{
    CsvOption, ExportTable, FormOption, Format, InputOptions, ListFormat, OutputOption,
    ProgressOption, ViewOptions,
};
use crate::commands::length;
use clap::Args;
use std::net::SocketAddr;
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
    /// Whether progress is shown.
    #[command(flatten)]
    pub(crate) progress: ProgressOption,
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
    #[command(flatten)]
    pub(crate) form: FormOption,
    /// Whether progress is shown.
    #[command(flatten)]
    pub(crate) progress: ProgressOption,
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
    #[command(flatten)]
    pub(crate) form: FormOption,
    /// Whether progress is shown.
    #[command(flatten)]
    pub(crate) progress: ProgressOption,
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
    /// Whether progress is shown.
    #[command(flatten)]
    pub(crate) progress: ProgressOption,
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
    #[arg(long, value_enum, default_value = "reports")]
    pub(crate) table: ExportTable,
    /// Form of the output; html and tei are documents of one story, named with --story.
    #[arg(long, value_parser = exported(), default_value = "jsonl")]
    pub(crate) format: Format,
    /// For whom CSV is written.
    #[command(flatten)]
    pub(crate) csv: CsvOption,
    /// Where output goes.
    #[command(flatten)]
    pub(crate) output: OutputOption,
    /// Whether progress is shown.
    #[command(flatten)]
    pub(crate) progress: ProgressOption,
}

/// Options of `serve`.
#[derive(Debug, Args)]
pub(crate) struct ServeOptions {
    /// Which record.
    #[command(flatten)]
    pub(crate) record: RecordOption,
    /// The address to listen on; port 0 takes any that is free. Whoever can reach it can read the record.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080", value_parser = listening)]
    pub(crate) listen: SocketAddr,
    /// Take judgements from the page for review. There is no login: whoever can open the pages can judge, under
    /// any name.
    #[arg(long)]
    pub(crate) judge: bool,
}

/// An address of this machine with a port. Names are none: to look one up could take the network.
fn listening(value: &str) -> Result<SocketAddr, String> {
    value.parse().map_err(|_| {
        "write an IP address with a port, such as 127.0.0.1:8080 or [::1]:8080".to_owned()
    })
}
