//! What is said on standard error.

use std::io::Write;
use variorum_model::Rejection;

/// Prints `variorum: …`. A closed standard error is nothing to fail over.
pub(crate) fn complain(message: &str) {
    let _ = writeln!(std::io::stderr().lock(), "variorum: {message}");
}

/// Prints what is wrong with one input, where, and what to do.
pub(crate) fn report(rejection: &Rejection) {
    let byte = if rejection.byte > 0 { format!(":{}", rejection.byte) } else { String::new() };
    complain(&format!("{}{byte}: {}", rejection.path, rejection.message));
}

/// Whether an error is only that the reader of our output went away (`variorum … | head`).
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let kind = |cause: &(dyn std::error::Error + 'static)| {
        let io = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        // It keeps the error of the writer to itself.
        io.or_else(|| cause.downcast_ref::<serde_json::Error>()?.io_error_kind())
    };
    error.chain().filter_map(kind).any(|kind| kind == std::io::ErrorKind::BrokenPipe)
}
