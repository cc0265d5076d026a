//! Pages for people.

mod failure;
mod frame;
mod names;
mod report;
mod review;
mod search;
mod stories;
mod story;
mod timeline;
mod words;

use crate::library::Library;
use axum::Router;
use axum::routing::get;
use std::sync::Arc;

pub(crate) use failure::{failure_page, nothing_here};

/// Routes of all pages.
pub(crate) fn routes() -> Router<Arc<Library>> {
    Router::new()
        .route("/", get(stories::page))
        .route("/search", get(search::page))
        .route("/names", get(names::page))
        .route("/timeline", get(timeline::page))
        .route("/review", get(review::page))
        .route("/report/{id}", get(report::page))
        .route("/report/{id}/raw", get(report::raw))
        .merge(story::routes())
}
