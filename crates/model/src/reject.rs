//! What becomes of an input that cannot be read.

use serde::Serialize;

/// One input that was turned away. The batch goes on; the row says what, where and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejection {
    /// Path of the input, as given; a row of a container has `path#row`.
    pub path: String,
    /// The row's own id, where it had one.
    pub id: Option<String>,
    /// Stable machine-readable code, such as `empty` or `line_too_long`.
    pub code: &'static str,
    /// What is wrong and what to do, for a person.
    pub message: String,
    /// Byte offset in the input at which it went wrong.
    pub byte: u64,
    /// Whether the input could not be opened or read at all (as against read and found wanting).
    #[serde(skip)]
    pub unreadable: bool,
}

impl Rejection {
    /// A rejection of readable input.
    pub fn new(
        path: impl Into<String>,
        code: &'static str,
        message: impl Into<String>,
        byte: u64,
    ) -> Rejection {
        Rejection {
            path: path.into(),
            id: None,
            code,
            message: message.into(),
            byte,
            unreadable: false,
        }
    }
}
