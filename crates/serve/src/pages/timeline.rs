//! What happened, over all stories.

use super::frame::{page as framed, turning};
use super::words::{count, days, modality, shown, story_address};
use crate::api::dated;
use crate::asked::{Asked, Stretch};
use crate::drawing::{Bar, DayAxis, axis_head, interval};
use crate::failure::Failure;
use crate::library::Library;
use crate::pages::story::{bar_class, bounds};
use crate::reply::Content;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use maud::html;
use std::sync::Arc;

/// Pixels of the column of bars.
const WIDTH: f64 = 300.0;

pub(super) async fn page(
    State(library): State<Arc<Library>>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (facets, stretch) = (asked.facets()?, asked.stretch()?);
    let (told, stories) = dated(&library, &facets).await?;
    let total = told.len();
    // Without a cursor the latest are shown: they are what a reader comes for.
    let stretch = match asked.one("cursor") {
        Some(_) => stretch,
        None => Stretch { offset: total.saturating_sub(stretch.limit), ..stretch },
    };
    let told: Vec<_> = told.into_iter().skip(stretch.offset).take(stretch.limit).collect();
    let axis = DayAxis::of(
        told.iter()
            .flat_map(|t| {
                let (a, b) = bounds(t.event().time.as_ref());
                [a, b]
            })
            .flatten(),
        WIDTH,
    );
    let main = html! {
        div.column {
            h1 { "Timeline" }
            p.standfirst { (count(total, "happening", "happenings")) " with a day, of the latest " (count(stories, "story", "stories")) "." }
            form.inline action="/timeline" method="get" {
                label for="actor" { "In reports that name" }
                input id="actor" type="text" name="actor" value=(asked.one("actor").unwrap_or_default());
                label for="type" { "Kind of event" }
                input id="type" type="text" name="type" value=(asked.one("type").unwrap_or_default());
                button type="submit" { "Show" }
            }
            @if told.is_empty() {
                p.quiet { "Nothing that this asks for has a day." }
            } @else {
                div.scroller role="region" aria-label="Happenings by day" tabindex="0" {
                    table.plain.happenings role="table" {
                        thead role="rowgroup" { tr role="row" {
                            th scope="col" role="columnheader" { "When" }
                            @if let Some(axis) = &axis { th.bars scope="col" role="columnheader" { span.hidden { "Drawn" } (axis_head(axis)) } }
                            th scope="col" role="columnheader" { "What" } th scope="col" role="columnheader" { "Sources" }
                        } }
                        tbody role="rowgroup" {
                            @for t in &told {
                                @let event = t.event();
                                @let (first, last) = bounds(event.time.as_ref());
                                tr role="row" {
                                    td.when role="cell" data-head="When" { (days(event.time.as_ref())) }
                                    @if let Some(axis) = &axis { td.bars role="cell" { (interval(axis, Bar { first, last, class: bar_class(event) })) } }
                                    td role="cell" data-head="What" {
                                        @if let Some(mark) = modality(&event.modality) { (shown(mark)) " " }
                                        a href={ (story_address(&t.story.id, "timeline")) "#" (event.id) } dir="auto" { (event.summary) }
                                        " " span.kind { (event.kind.to_lowercase()) }
                                    }
                                    td.number role="cell" data-head="Sources" { (event.independent_sources) }
                                }
                            }
                        }
                    }
                }
            }
            (turning("/timeline", &asked, stretch, stretch.offset + stretch.limit < total))
        }
    };
    Ok(Content::page(framed("Timeline", "/timeline", &main)).reply(&headers))
}
