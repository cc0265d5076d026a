//! What is answered when something cannot be: a problem (RFC 9457) to programs, a page to people.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use variorum_record::{Fault, FaultKind};

/// Why a request has no answer.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    /// The status of the answer.
    pub(crate) status: StatusCode,
    /// What is wrong and what to do.
    pub(crate) detail: String,
}

impl Failure {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Failure {
        Failure { status, detail: detail.into() }
    }

    pub(crate) fn bad(detail: impl Into<String>) -> Failure {
        Failure::new(StatusCode::BAD_REQUEST, detail)
    }

    pub(crate) fn not_found(detail: impl Into<String>) -> Failure {
        Failure::new(StatusCode::NOT_FOUND, detail)
    }

    /// The answer to a program.
    pub(crate) fn problem(&self) -> Response {
        let title = self.status.canonical_reason().unwrap_or("Error");
        let body = json!({
            "type": "about:blank", "title": title, "status": self.status.as_u16(), "detail": self.detail,
        });
        let kind = HeaderValue::from_static("application/problem+json");
        (self.status, [(header::CONTENT_TYPE, kind)], body.to_string()).into_response()
    }
}

/// Carries the failure to the layer that knows who asked.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Failure {
        let status = match fault.kind() {
            FaultKind::Unknown => StatusCode::NOT_FOUND,
            FaultKind::Busy => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        // The path of the file is nobody's business over a network; what follows it is.
        let told = fault.to_string();
        let detail = told.split_once(": ").map_or(told.as_str(), |(_, rest)| rest).to_owned();
        Failure { status, detail }
    }
}
