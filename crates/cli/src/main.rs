//! The binary `variorum`: one cited record from many reports of one happening.

mod arguments;
mod commands;
mod event_name;
mod messages;
mod progress;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    match commands::run(arguments) {
        Ok(outcome) => outcome.exit_code(),
        Err(error) if messages::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            messages::complain(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}
