//! What can go wrong with a record file, where, and what to do.

use rusqlite::{ErrorCode, ffi};
use std::path::Path;

/// Why a record file could not be used. Shown as `PATH[:BYTE]: what is wrong: what to do`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}: {remedy}")]
pub struct Fault {
    place: String,
    what: String,
    remedy: String,
    kind: FaultKind,
}

/// Sorts of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// There is no such file, or it holds no record.
    NoRecord,
    /// It was made by a later version.
    TooNew,
    /// Another process writes to it.
    Busy,
    /// The disk or a quota is full.
    Full,
    /// It may not be written.
    ReadOnly,
    /// Its bytes are not what was written.
    Damaged,
    /// What was asked for is not in it.
    Unknown,
    /// The system failed.
    System,
}

impl Fault {
    pub(crate) fn new(
        kind: FaultKind,
        path: &Path,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Fault {
        let (what, remedy) = (what.into(), remedy.into());
        Fault { place: path.display().to_string(), what, remedy, kind }
    }

    /// The same, at a byte of the file.
    pub(crate) fn at(mut self, byte: u64) -> Fault {
        self.place = format!("{}:{byte}", self.place);
        self
    }

    pub(crate) fn damaged(path: &Path, what: impl Into<String>) -> Fault {
        Fault::new(FaultKind::Damaged, path, what, DAMAGED)
    }

    /// What sort it is.
    pub fn kind(&self) -> FaultKind {
        self.kind
    }

    /// What SQLite says of the file at `path`.
    pub(crate) fn of(path: &Path, error: &rusqlite::Error) -> Fault {
        let fault = |kind, what: &str, remedy: &str| Fault::new(kind, path, what, remedy);
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => fault(
                FaultKind::Full,
                "there is no room left to write",
                "make room and give the same command again; all that was acknowledged is kept",
            ),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => fault(
                FaultKind::ReadOnly,
                "the file or its folder may not be written",
                "give yourself permission, or copy it to a folder of your own",
            ),
            Some(ErrorCode::CannotOpen) => fault(
                FaultKind::ReadOnly,
                "the file cannot be opened or made",
                "name a file in a folder that is there and that you may write to",
            ),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => busy(path),
            Some(ErrorCode::NotADatabase) => no_record(path),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::TypeMismatch) => {
                Fault::damaged(path, format!("the file is damaged ({error})"))
            }
            Some(ErrorCode::SystemIoFailure) => fault(
                FaultKind::System,
                &format!("the system could not read or write it ({error})"),
                "check the room on the disk, the quota and the disk itself, and give the same \
                 command again; all that was acknowledged is kept",
            ),
            _ => Fault::damaged(path, format!("the file cannot be read as a record ({error})")),
        }
    }
}

/// What SQLite would say of bytes of its own, said of ours.
pub(crate) fn damage(what: String) -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_CORRUPT), Some(what))
}

const DAMAGED: &str =
    "keep it as it is, run `variorum verify` on it, and go on with a copy made before";

pub(crate) fn busy(path: &Path) -> Fault {
    let remedy = "wait for it to end, or name another file with --record";
    Fault::new(FaultKind::Busy, path, "another process is writing to the record", remedy)
}

pub(crate) fn no_record(path: &Path) -> Fault {
    let remedy = "name a record file with --record, or make one with `variorum add`";
    Fault::new(FaultKind::NoRecord, path, "this is no record file", remedy)
}
