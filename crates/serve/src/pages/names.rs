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
    let main = html! {
        div.column {
            h1 { "Names" }
            p.standfirst { "As written, the most reported first. Who bears them is told story by story." }
            form.inline action="/names" method="get" {
                label for="actor" { "In reports that name" }
                input id="actor" type="text" name="actor" value=(asked.one("actor").unwrap_or_default());
                button type="submit" { "Show" }
            }
            @if names.is_empty() {
                p.quiet { "No name is here that this asks for." }
            } @else {
                div.scroller role="region" aria-label="Names" tabindex="0" {
                    table.plain role="table" {
                        thead role="rowgroup" { tr role="row" { th scope="col" role="columnheader" { "Name" } th scope="col" role="columnheader" { "Kind" } th scope="col" role="columnheader" { "Reports" } th scope="col" role="columnheader" { "Published" } th scope="col" role="columnheader" { "Offices said to be held" } } }
                        tbody role="rowgroup" {
                            @for name in &names {
                                tr role="row" {
                                    th scope="row" role="rowheader" { a href={ "/search?actor=" (encoded(&name.name)) } { bdi { (name.name) } } }
                                    td role="cell" data-head="Kind" { (name.kind) @if let Some(country) = &name.country { " · " (country) } }
                                    td.number role="cell" data-head="Reports" { (name.reports) }
                                    td role="cell" data-head="Published" { (day_range(name.first_day.as_deref(), name.last_day.as_deref())) }
                                    td role="cell" data-head="Offices said to be held" { bdi { (name.offices.join(", ")) } }
                                }
                            }
                        }
                    }
                }
            }
            (turning("/names", &asked, stretch, next.is_some()))
        }
    };
    Ok(Content::page(framed("Names", "/names", &main)).reply(&headers))
}
