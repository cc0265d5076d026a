//! Where output goes.

use anyhow::{Result, anyhow};
use std::fs::File;
use std::io::{BufWriter, Error, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Standard output, or a file.
pub(crate) enum Output {
    /// Standard output, flushed at the end of each batch of rows on a terminal.
    Standard(BufWriter<std::io::StdoutLock<'static>>),
    /// A file, with its path.
    File(BufWriter<File>, PathBuf),
}

impl Output {
    /// Opens the output.
    pub(crate) fn open(path: Option<&Path>) -> Result<Output> {
        match path {
            None => Ok(Output::Standard(BufWriter::new(std::io::stdout().lock()))),
            Some(path) => {
                let file = File::create(path).map_err(|e| anyhow!("{}", unopened(path, &e)))?;
                Ok(Output::File(BufWriter::new(file), path.to_owned()))
            }
        }
    }

    /// The error with where it happened and what to do; that a reader went away is left as it is.
    fn told(&self, error: Error) -> Error {
        let place = match self {
            _ if error.kind() == ErrorKind::BrokenPipe => return error,
            Output::Standard(_) => "standard output".to_owned(),
            Output::File(_, path) => path.display().to_string(),
        };
        let remedy = "make room there, or write to another place with --output";
        Error::new(error.kind(), format!("{place}: cannot be written ({error}): {remedy}"))
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
            Output::File(out, _) => out.write(bytes),
        }
        .map_err(|e| self.told(e))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Output::Standard(out) => out.flush(),
            Output::File(out, _) => out.flush(),
        }
        .map_err(|e| self.told(e))
    }
}

/// Why a file cannot be written, and what to do.
fn unopened(path: &Path, error: &Error) -> String {
    let why = match error.kind() {
        ErrorKind::IsADirectory => "this is a folder: name a file in it".to_owned(),
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            "its folder is not there: make it, or name a file in another".to_owned()
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "the file or its folder may not be written: name a file in a folder of your own"
                .to_owned()
        }
        _ => format!("the file cannot be made ({error}): name another"),
    };
    format!("{}: {why}", path.display())
}
