//! The commands.

mod add;
mod cluster;
mod collate;
mod export;
mod findings;
mod formats;
mod history;
mod judge;
mod ledgers;
mod lists;
mod match_names;
mod outlet_pages;
mod output;
mod rows;
mod search;
mod serve;
mod show;
mod tables;
mod verify;
mod watch;

pub(crate) use output::Output;
pub(crate) use watch::length;

use crate::arguments::{Arguments, Command, InputOptions};
use crate::messages;
use crate::progress::Progress;
use anyhow::Result;
use std::process::ExitCode;
use variorum_model::Rejection;

/// How a run went.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    rejected: usize,
    unreadable: usize,
    failed: usize,
    strict: bool,
}

impl Outcome {
    fn new(input: &InputOptions) -> Outcome {
        Outcome { strict: input.strict, ..Outcome::default() }
    }

    /// Counts a rejection and tells it.
    fn note(&mut self, rejection: &Rejection, progress: &Progress) {
        self.rejected += 1;
        self.unreadable += usize::from(rejection.unreadable);
        self.failed += usize::from(rejection.code == "internal_error");
        progress.above(|| messages::report(rejection));
    }

    /// 0 done; 1 done with rejected inputs under `--strict`; 2 unreadable input; 3 internal error.
    pub(crate) fn exit_code(&self) -> ExitCode {
        if self.failed > 0 {
            ExitCode::from(3)
        } else if self.unreadable > 0 {
            ExitCode::from(2)
        } else if self.strict && self.rejected > 0 {
            ExitCode::from(1)
        } else {
            ExitCode::SUCCESS
        }
    }
}

/// Does what is asked.
///
/// # Errors
/// Where output cannot be written; inputs that cannot be read are part of the outcome.
pub(crate) fn run(arguments: Arguments) -> Result<Outcome> {
    match arguments.command {
        Command::Clean(options) => rows::clean(&options),
        Command::Annotate(options) => rows::annotate(&options),
        Command::Match => match_names::run(),
        Command::Cluster(options) => cluster::run(&options),
        Command::Collate(options) => collate::run(&options),
        Command::Add(options) => add::run(&options),
        Command::Watch(options) => watch::run(&options),
        Command::Show(options) => show::run(&options),
        Command::Search(options) => search::run(&options),
        Command::Stories(options) => lists::stories(&options),
        Command::Actors(options) => lists::actors(&options),
        Command::Conflicts(options) => findings::conflicts(&options),
        Command::Timeline(options) => findings::timeline(&options),
        Command::Judge(options) => judge::run(&options),
        Command::Verify(options) => verify::run(&options),
        Command::History(options) => history::run(&options),
        Command::Export(options) => export::run(&options),
        Command::Serve(options) => serve::run(&options),
    }
}

/// Sets the number of threads.
fn use_threads(input: &InputOptions) -> Result<()> {
    if let Some(threads) = input.threads {
        variorum_pipeline::use_threads(usize::from(threads))?;
    }
    Ok(())
}
