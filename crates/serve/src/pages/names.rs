//! Who is named in the reports.

use super::frame::{page as framed, turning};
use crate::asked::{Asked, encoded};
use crate::failure::Failure;
use crate::library::Library;
use crate::reply::Content;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use maud::html;
use std::sync::Arc;
use variorum_export::day_range;

pub(super) async fn page(
    State(library): State<Arc<Library>>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (facets, stretch) = (asked.facets()?, asked.stretch()?);
    library.refresh(&facets).await?;
    let names = library
        .read(move |file| Ok(file.names_from(&facets, stretch.offset, stretch.limit + 1)?))
        .await?;
    let (names, next) = stretch.cut(names);
    let turn = |cursor: String| format!("/names?{}", asked.with("cursor", &cursor));
    let before = (stretch.offset > 0)
        .then(|| turn(stretch.offset.saturating_sub(stretch.limit).to_string()));
    let main = html! {
        div.column {
            h1 { "Names" }
            p.standfirst { "As written, the most reported first. Who bears them is told story by story." }
            form.inline action="/names" method="get" {
                label for="actor" { "In reports that name" }
                input id="actor" type="text" name="actor" value=(asked.one("actor").unwrap_or_default());
                button type="submit" { "Show" }
            }
            div.scroller role="region" aria-label="Names" tabindex="0" {
                table.plain {
                    thead { tr { th scope="col" { "Name" } th scope="col" { "Kind" } th scope="col" { "Reports" } th scope="col" { "Published" } th scope="col" { "Offices said to be held" } } }
                    tbody {
                        @for name in &names {
                            tr {
                                th scope="row" { a href={ "/search?actor=" (encoded(&name.name)) } { bdi { (name.name) } } }
                                td { (name.kind) @if let Some(country) = &name.country { " · " (country) } }
                                td.number { (name.reports) }
                                td { (day_range(name.first_day.as_deref(), name.last_day.as_deref())) }
                                td { bdi { (name.offices.join(", ")) } }
                            }
                        }
                    }
                }
            }
            (turning(before, next.map(turn)))
        }
    };
    Ok(Content::page(framed("Names", "/names", &main)).reply(&headers))
}
