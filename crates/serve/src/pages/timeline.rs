//! What happened, over all stories.

use super::frame::{page as framed, turning};
use super::words::{days, modality, shown, story_address};
use crate::api::dated;
use crate::asked::Asked;
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
    let offset = if asked.one("cursor").is_some() {
        stretch.offset
    } else {
        total.saturating_sub(stretch.limit)
    };
    let told: Vec<_> = told.into_iter().skip(offset).take(stretch.limit).collect();
    let axis = DayAxis::of(
        told.iter()
            .flat_map(|t| {
                let (a, b) = bounds(t.event().time.as_ref());
                [a, b]
            })
            .flatten(),
        WIDTH,
    );
    let turn = |offset: usize| format!("/timeline?{}", asked.with("cursor", &offset.to_string()));
    let before = (offset > 0).then(|| turn(offset.saturating_sub(stretch.limit)));
    let after = (offset + stretch.limit < total).then(|| turn(offset + stretch.limit));
    let main = html! {
        div.column {
            h1 { "Timeline" }
            p.standfirst { (total) " happenings with a day, of the latest " (stories) " stories." }
            form.inline action="/timeline" method="get" {
                label for="actor" { "In reports that name" }
                input id="actor" type="text" name="actor" value=(asked.one("actor").unwrap_or_default());
                label for="type" { "Kind of event" }
                input id="type" type="text" name="type" value=(asked.one("type").unwrap_or_default());
                button type="submit" { "Show" }
            }
            div.scroller role="region" aria-label="Happenings by day" tabindex="0" {
                table.plain.happenings {
                    thead { tr {
                        th scope="col" { "When" }
                        @if let Some(axis) = &axis { th.bars scope="col" { span.hidden { "Drawn" } (axis_head(axis)) } }
                        th scope="col" { "What" } th scope="col" { "Sources" }
                    } }
                    tbody {
                        @for t in &told {
                            @let event = t.event();
                            @let (first, last) = bounds(event.time.as_ref());
                            tr {
                                td.when { (days(event.time.as_ref())) }
                                @if let Some(axis) = &axis { td.bars { (interval(axis, Bar { first, last, class: bar_class(event) })) } }
                                td {
                                    @if let Some(mark) = modality(&event.modality) { (shown(mark)) " " }
                                    a href={ (story_address(&t.story.id, "timeline")) "#" (event.id) } dir="auto" { (event.summary) }
                                    " " span.kind { (event.kind.to_lowercase()) }
                                }
                                td.number { (event.independent_sources) }
                            }
                        }
                    }
                }
            }
            (turning(before, after))
        }
    };
    Ok(Content::page(framed("Timeline", "/timeline", &main)).reply(&headers))
}
