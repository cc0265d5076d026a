//! Where output goes.

use anyhow::{Context, Result};
use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::Path;

/// Standard output, or a file.
pub(crate) enum Output {
    /// Standard output, flushed at the end of each batch of rows on a terminal.
    Standard(BufWriter<std::io::StdoutLock<'static>>),
    /// A file.
    File(BufWriter<File>),
}

impl Output {
    /// Opens the output.
    pub(crate) fn open(path: Option<&Path>) -> Result<Output> {
        match path {
            None => Ok(Output::Standard(BufWriter::new(std::io::stdout().lock()))),
            Some(path) => {
                let file = File::create(path).with_context(|| {
                    format!(
                        "{}: cannot write there: name a file in a folder you may write to",
                        path.display()
                    )
                })?;
                Ok(Output::File(BufWriter::new(file)))
            }
        }
    }

    /// Whether a person reads it as it comes.
    pub(crate) fn is_terminal(&self) -> bool {
        matches!(self, Output::Standard(_)) && std::io::stdout().is_terminal()
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Output::Standard(out) => out.write(bytes),
            Output::File(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Output::Standard(out) => out.flush(),
            Output::File(out) => out.flush(),
        }
    }
}
