//! Checks that the repository runs on itself: `cargo xtask quality` measures the release binary
//! against outside gold, `cargo xtask docs` holds the documentation against the binary.

#![allow(clippy::print_stdout, clippy::print_stderr)] // a command of its own, its output is the point

mod docs;
mod place;
mod process;
mod quality;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Checks that the repository runs on itself")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measure the release binary against outside gold and the floors in quality/floors.toml
    Quality(QualityArgs),
    /// Hold docs/commands.md and the README's samples against what the binary says
    Docs(DocsArgs),
}

#[derive(Args)]
struct QualityArgs {
    /// Rewrite quality/floors.toml upwards where a figure is better than its floor
    #[arg(long)]
    raise: bool,
    /// Only this task or set, such as `pages` or `pages/fundus` (may be given more than once)
    #[arg(long, value_name = "TASK")]
    only: Vec<String>,
    /// Measure this binary instead of building one
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
}

#[derive(Args)]
struct DocsArgs {
    /// Rewrite the sample blocks of the README with what the commands print now
    #[arg(long)]
    bless: bool,
    /// Ask this binary instead of building one
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Quality(args) => quality::run(&quality::Options {
            raise: args.raise,
            only: args.only,
            binary: args.binary,
        }),
        Command::Docs(args) => docs::run(args.bless, args.binary),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::from(2)
        }
    }
}
