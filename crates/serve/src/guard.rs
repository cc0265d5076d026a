//! What holds for every answer: who may ask, and what the answer may do.

use crate::failure::Failure;
use crate::{judging, pages};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::{IpAddr, SocketAddr};

/// No request leaves for elsewhere, nothing runs but our own script, no other page may frame ours.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(&str, &str); 5] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

/// What is let in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Door {
    /// The address that is listened on.
    pub(crate) address: SocketAddr,
    /// Whether judgements are taken.
    pub(crate) judging: bool,
}

/// Checks who is asked for, has the request answered, and puts the answer in the asker's form.
pub(crate) async fn guard(State(door): State<Door>, request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let judges = door.judging && request.uri().path() == judging::ADDRESS;
    let allowed: &[Method] = if judges { &[Method::POST] } else { &[Method::GET, Method::HEAD] };
    let mut response = if !is_for_us(request.headers(), door.address) {
        let detail = "this server answers only under its own name: open it as localhost";
        Failure::new(StatusCode::MISDIRECTED_REQUEST, detail).into_response()
    } else if !allowed.contains(request.method()) {
        let (detail, methods) = if judges {
            ("judgements are sent here by the page for review", "POST")
        } else {
            ("only reading is possible: use GET", "GET, HEAD")
        };
        let mut refusal = Failure::new(StatusCode::METHOD_NOT_ALLOWED, detail).into_response();
        refusal.headers_mut().insert(header::ALLOW, HeaderValue::from_static(methods));
        refusal
    } else {
        next.run(request).await
    };
    if response.status().is_client_error() || response.status().is_server_error() {
        let status = response.status();
        let failure = response.extensions_mut().remove::<Failure>();
        let failure = failure.unwrap_or_else(|| Failure::new(status, "this cannot be answered"));
        let allow = response.headers_mut().remove(header::ALLOW);
        response = if api { failure.problem() } else { pages::failure_page(&failure) };
        if let Some(allow) = allow {
            response.headers_mut().insert(header::ALLOW, allow);
        }
    }
    for (name, value) in HEADERS {
        let name = HeaderName::from_static(name);
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Whether the request names this server. On loopback a foreign name means that a page elsewhere had its name
/// point here (DNS rebinding); on other addresses any name may be ours.
fn is_for_us(headers: &HeaderMap, address: SocketAddr) -> bool {
    if !address.ip().is_loopback() {
        return true;
    }
    let Some(host) = headers.get(header::HOST).and_then(|h| h.to_str().ok()) else { return false };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    bare.eq_ignore_ascii_case("localhost")
        || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_names_are_answered_on_loopback() {
        let (loopback, open) = ("127.0.0.1:8080".parse().unwrap(), "192.0.2.7:80".parse().unwrap());
        for (host, on_loopback) in [
            ("localhost:8080", true),
            ("LOCALHOST", true),
            ("127.0.0.1:8080", true),
            ("[::1]:8080", true),
            ("localhost.example.org", false),
            ("example.org:8080", false),
            ("127.0.0.1.example.org", false),
            ("192.0.2.7", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            assert_eq!(is_for_us(&headers, loopback), on_loopback, "{host}");
            assert!(is_for_us(&headers, open), "{host}");
        }
        assert!(!is_for_us(&HeaderMap::new(), loopback));
    }
}
