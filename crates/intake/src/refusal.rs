//! Why an input is turned away, before it is known under what path to say so.

use crate::gunzip::Fault;
use std::io;
use variorum_model::Rejection;

/// A rejection without its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: &'static str,
    /// `what is wrong: what to do`.
    pub(crate) message: String,
    pub(crate) byte: u64,
    pub(crate) unreadable: bool,
}

impl Refusal {
    pub(crate) fn new(code: &'static str, message: impl Into<String>, byte: u64) -> Refusal {
        Refusal { code, message: message.into(), byte, unreadable: false }
    }

    pub(crate) fn of(self, path: impl Into<String>) -> Rejection {
        let Refusal { code, message, byte, unreadable } = self;
        Rejection { path: path.into(), id: None, code, message, byte, unreadable }
    }
}

/// From what the system or a decompressor says while a file is opened or read.
impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Refusal {
        if let Some(fault) = error.get_ref().and_then(|e| e.downcast_ref::<Fault>()) {
            return Refusal::new(fault.code(), fault.to_string(), fault.byte());
        }
        let (code, message) = match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                ("not_found", "there is no such file: check the path".to_owned())
            }
            io::ErrorKind::PermissionDenied => (
                "unreadable",
                "the file may not be read: give yourself permission to read it".to_owned(),
            ),
            _ => ("unreadable", format!("the file cannot be read ({error}): check the disk")),
        };
        Refusal { code, message, byte: 0, unreadable: true }
    }
}
