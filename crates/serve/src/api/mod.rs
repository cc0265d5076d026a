//! Answers to programs: JSON, paged, tagged, described by `openapi.json`.

mod findings;
mod lists;

pub(crate) use findings::dated;

use crate::asked::{Asked, Stretch};
use crate::failure::Failure;
use crate::library::Library;
use crate::reply::Content;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};
use std::sync::{Arc, LazyLock};
use variorum_model::annotated_row;

/// The description of this interface.
const DESCRIPTION: &str = include_str!("../../../../web/openapi.json");

/// Parameters of paged lists.
const PAGED: [&str; 2] = ["limit", "cursor"];

pub(crate) fn routes() -> Router<Arc<Library>> {
    Router::new()
        .route("/api/v1/openapi.json", get(description))
        .route("/api/v1/stories", get(lists::stories))
        .route("/api/v1/stories/{id}", get(story))
        .route("/api/v1/reports/{id}", get(report))
        .route("/api/v1/search", get(lists::search))
        .route("/api/v1/actors", get(lists::actors))
        .route("/api/v1/conflicts", get(findings::conflicts))
        .route("/api/v1/figures", get(findings::figures))
        .route("/api/v1/timeline", get(findings::timeline))
}

async fn description(asked: Asked, headers: HeaderMap) -> Result<Response, Failure> {
    asked.only(&[])?;
    static CONTENT: LazyLock<Content> =
        LazyLock::new(|| Content::new(DESCRIPTION, "application/json"));
    Ok(CONTENT.reply(&headers))
}

async fn story(
    State(library): State<Arc<Library>>,
    Path(id): Path<String>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    asked.only(&[])?;
    Ok(library.story(&id).await?.json.reply(&headers))
}

async fn report(
    State(library): State<Arc<Library>>,
    Path(id): Path<String>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    asked.only(&[])?;
    let row = library
        .read(move |file| {
            let line = file.find(&id)?;
            let read = file.read(&line, i64::MAX)?;
            let mut row = annotated_row(&read.report, &read.annotations, &read.codings);
            row["story"] = json!(file.story_id(&line)?);
            Ok(row)
        })
        .await?;
    Ok(Content::json(&row)?.reply(&headers))
}

/// A page of a list: its rows and the cursor to those that follow, `null` at the end.
fn paged(rows: Vec<Value>, next: Option<String>) -> Value {
    json!({"items": rows, "next": next})
}

/// A page of rows that are all at hand.
fn page_of(rows: Vec<Value>, stretch: Stretch) -> Value {
    let wanted = rows.into_iter().skip(stretch.offset).take(stretch.limit + 1).collect();
    let (rows, next) = stretch.cut(wanted);
    paged(rows, next)
}
