//! The page that tells what went wrong.

use super::frame;
use crate::failure::Failure;
use crate::reply::Content;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use maud::html;

/// The answer to a person.
pub(crate) fn failure_page(failure: &Failure) -> Response {
    let reason = failure.status.canonical_reason().unwrap_or("Error");
    let main = html! {
        div.column {
            p.kicker { "Status " (failure.status.as_u16()) }
            h1 { (reason) }
            p.standfirst { (failure.detail) }
            p { a href="/" { "To all stories" } " · " a href="/search" { "Search" } }
        }
    };
    let page = Content::page(frame::page(reason, "", &main));
    let mut response = page.reply(&HeaderMap::new());
    *response.status_mut() = failure.status;
    response
}

/// What stands under no address.
pub(crate) async fn nothing_here(uri: Uri) -> Failure {
    Failure::not_found(format!("there is nothing under {}", uri.path()))
}
