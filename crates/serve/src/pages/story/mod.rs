//! Pages of one story.

mod accords;
mod actors;
mod apparatus;
mod figures;
mod happenings;
mod header;
mod map;
mod readings;

pub(super) use happenings::{bar_class, bounds};

use super::words::story_address;
use crate::asked::Asked;
use crate::failure::Failure;
use crate::library::Library;
use crate::reply::Content;
use crate::story::Story;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::Markup;
use std::sync::Arc;
use variorum_export::Collation;

/// A page of a story: its name in the address, its name in the list of pages, and what makes it.
struct View {
    path: &'static str,
    name: &'static str,
    make: fn(&Story, &Collation<'_>) -> Markup,
}

/// All views, in order.
const VIEWS: [View; 6] = [
    View { path: "", name: "Readings", make: readings::body },
    View { path: "timeline", name: "Timeline", make: happenings::body },
    View { path: "actors", name: "Actors", make: actors::body },
    View { path: "map", name: "Map", make: map::body },
    View { path: "figures", name: "Figures", make: figures::body },
    View { path: "accords", name: "Accords", make: accords::body },
];

/// The view of actors, to which the page of an actor belongs.
const ACTORS: usize = 2;

pub(super) fn routes() -> Router<Arc<Library>> {
    let mut routes = Router::new();
    for (n, view) in VIEWS.iter().enumerate() {
        let path = if view.path.is_empty() {
            "/story/{id}".to_owned()
        } else {
            format!("/story/{{id}}/{}", view.path)
        };
        let answer = move |library, id, asked, headers| page(library, id, asked, headers, n);
        routes = routes.route(&path, get(answer));
    }
    routes.route("/story/{id}/actors/{actor}", get(actor))
}

async fn page(
    State(library): State<Arc<Library>>,
    Path(id): Path<String>,
    _asked: Asked,
    headers: HeaderMap,
    view: usize,
) -> Result<Response, Failure> {
    let story = library.story(&id).await?;
    let view = &VIEWS[view];
    if id != story.short_id() {
        // Any report's id finds its story; only one address is its own.
        return Ok(Redirect::temporary(&story_address(&story.id, view.path)).into_response());
    }
    let page = story.page(view.path.to_owned(), || {
        let collation = Collation::new(&story.record);
        let body = (view.make)(&story, &collation);
        Ok(Content::page(header::framed(&story, view, &body)))
    })?;
    Ok(page.reply(&headers))
}

async fn actor(
    State(library): State<Arc<Library>>,
    Path((id, actor)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let story = library.story(&id).await?;
    if id != story.short_id() {
        let page = format!("actors/{}", crate::asked::encoded(&actor));
        return Ok(Redirect::temporary(&story_address(&story.id, &page)).into_response());
    }
    let missing = || Failure::not_found(format!("this story has no actor `{actor}`"));
    let page = story.page(format!("actors/{actor}"), || {
        let entry = story.actor(&actor).ok_or_else(missing)?;
        let collation = Collation::new(&story.record);
        let body = actors::page(&story, &collation, entry);
        Ok(Content::page(header::framed(&story, &VIEWS[ACTORS], &body)))
    })?;
    Ok(page.reply(&headers))
}
