//! Stories, names, search.

use super::{PAGED, paged};
use crate::asked::{Asked, FACETS};
use crate::failure::Failure;
use crate::library::Library;
use crate::reply::Content;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};
use std::sync::Arc;
use variorum_record::{Hit, NameLine, Query, StoryLine};

pub(super) async fn stories(
    State(library): State<Arc<Library>>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    asked.only(&[&PAGED, &FACETS, &["reports"]])?;
    let (facets, stretch) = (asked.facets()?, asked.stretch()?);
    let least = asked.number("reports", 1, 1_000_000)?.unwrap_or(1) as i64;
    library.refresh(&facets).await?;
    let rows = library
        .read(move |file| {
            Ok(file.stories_from(&facets, least, stretch.offset, stretch.limit + 1)?)
        })
        .await?;
    let (rows, next) = stretch.cut(rows);
    let rows = rows.iter().map(story_row).collect();
    Ok(Content::json(&paged(rows, next))?.reply(&headers))
}

fn story_row(story: &StoryLine) -> Value {
    json!({
        "id": story.id, "title": story.title, "reports": story.reports, "events": story.events,
        "outlets": story.outlets, "first_day": story.first_day, "last_day": story.last_day,
    })
}

pub(super) async fn actors(
    State(library): State<Arc<Library>>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    asked.only(&[&PAGED, &FACETS])?;
    let (facets, stretch) = (asked.facets()?, asked.stretch()?);
    library.refresh(&facets).await?;
    let rows = library
        .read(move |file| Ok(file.names_from(&facets, stretch.offset, stretch.limit + 1)?))
        .await?;
    let (rows, next) = stretch.cut(rows);
    let rows = rows.iter().map(name_row).collect();
    Ok(Content::json(&paged(rows, next))?.reply(&headers))
}

fn name_row(name: &NameLine) -> Value {
    json!({
        "name": name.name, "kind": name.kind, "country": name.country, "reports": name.reports,
        "times": name.times, "first_day": name.first_day, "last_day": name.last_day, "offices": name.offices,
    })
}

pub(super) async fn search(
    State(library): State<Arc<Library>>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    asked.only(&[&PAGED, &FACETS, &["q"]])?;
    let (facets, stretch) = (asked.facets()?, asked.stretch()?);
    library.refresh(&facets).await?;
    let text = asked.one("q").unwrap_or_default().to_owned();
    let query = Query { text, facets, offset: stretch.offset, limit: stretch.limit + 1 };
    let found = library.read(move |file| Ok(file.search(&query)?)).await?;
    let spellings: Vec<Value> = found
        .spellings
        .iter()
        .map(|(word, others)| json!({"word": word, "also": others}))
        .collect();
    let (hits, next) = stretch.cut(found.hits);
    let mut page = paged(hits.iter().map(hit_row).collect(), next);
    page["total"] = json!(found.total);
    page["cut"] = json!(found.cut);
    page["spellings"] = json!(spellings);
    Ok(Content::json(&page)?.reply(&headers))
}

fn hit_row(hit: &Hit) -> Value {
    let report = &hit.report;
    json!({
        "id": report.id, "path": report.path, "url": report.url, "title": report.title,
        "outlet": report.outlet, "first_day": report.first_day, "last_day": report.last_day,
        "story": hit.story, "score": hit.score, "passage": hit.passage, "matches": hit.matches,
    })
}
