//! The list of stories.

use super::frame::{page as framed, turning};
use super::words::{count, story_address};
use crate::asked::Asked;
use crate::failure::Failure;
use crate::library::Library;
use crate::reply::Content;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use maud::{Markup, html};
use std::sync::Arc;
use variorum_export::day_range;
use variorum_record::StoryLine;

pub(super) async fn page(
    State(library): State<Arc<Library>>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (facets, stretch) = (asked.facets()?, asked.stretch()?);
    let least = asked.number("reports", 1, 1_000_000)?.unwrap_or(1);
    library.refresh(&facets).await?;
    let (stories, reports) = library
        .read(move |file| {
            let limit = stretch.limit + 1;
            Ok((file.stories_from(&facets, least as i64, stretch.offset, limit)?, file.len()?))
        })
        .await?;
    let (stories, next) = stretch.cut(stories);
    let main = html! {
        div.column {
            p.kicker { (library.name()) " · " (count(reports as usize, "report", "reports")) }
            h1 { "Stories" }
            @if stories.is_empty() {
                p.standfirst { "No story is here. Add saved reports with " code { "variorum add FOLDER" } "." }
            }
            ol.stories { @for story in &stories { li { (entry(story)) } } }
            (turning("/", &asked, stretch, next.is_some()))
        }
    };
    Ok(Content::page(framed("Stories", "/", &main)).reply(&headers))
}

fn entry(story: &StoryLine) -> Markup {
    let days = day_range(story.first_day.as_deref(), story.last_day.as_deref());
    html! {
        article {
            p.kicker { @if days.is_empty() { "no date" } @else { (days) } }
            h2 { a href=(story_address(&story.id, "")) { bdi { (story.title) } } }
            p.quiet {
                (count(story.reports as usize, "report", "reports")) " · "
                (count(story.outlets as usize, "outlet", "outlets")) " · "
                (count(story.events as usize, "event", "events"))
            }
        }
    }
}
