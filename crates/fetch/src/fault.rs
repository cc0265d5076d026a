//! Why something was not fetched.

/// Why an address was not fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    /// Stable machine-readable code, such as `private_address` or `fetch_timeout`.
    pub code: &'static str,
    /// `what is wrong: what to do`.
    pub message: String,
    /// When it may be tried again, in milliseconds since 1970, where the server or good manners say so.
    pub retry_at: Option<i64>,
}

impl Fault {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Fault {
        Fault { code, message: message.into(), retry_at: None }
    }

    /// Whether trying again later may help.
    pub fn may_pass(&self) -> bool {
        !matches!(
            self.code,
            "private_address"
                | "bad_address"
                | "robots_disallow"
                | "document_too_large"
                | "not_there"
        )
    }
}
