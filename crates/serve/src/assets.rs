//! Style, script and mark, built into the binary and named by their content.

use crate::failure::Failure;
use crate::library::Library;
use crate::reply::Content;
use axum::Router;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use std::sync::{Arc, LazyLock};

const STYLE: &str = include_str!("../../../web/style.css");
const SCRIPT: &str = include_str!("../../../web/page.js");
const MARK: &str = include_str!("../../../web/mark.svg");

/// One file that pages refer to.
struct Asset {
    name: String,
    content: Content,
}

fn asset(stem: &str, ending: &str, bytes: &'static str, kind: &'static str) -> Asset {
    let content = Content::new(bytes, kind);
    Asset { name: format!("{stem}-{}.{ending}", content.mark()), content }
}

static ASSETS: LazyLock<[Asset; 3]> = LazyLock::new(|| {
    [
        asset("style", "css", STYLE, "text/css; charset=utf-8"),
        asset("page", "js", SCRIPT, "text/javascript; charset=utf-8"),
        asset("mark", "svg", MARK, "image/svg+xml"),
    ]
});

/// Address of the style sheet.
pub(crate) fn style() -> String {
    format!("/assets/{}", ASSETS[0].name)
}

/// Address of the script.
pub(crate) fn script() -> String {
    format!("/assets/{}", ASSETS[1].name)
}

/// Address of the mark.
pub(crate) fn mark() -> String {
    format!("/assets/{}", ASSETS[2].name)
}

pub(crate) fn routes() -> Router<Arc<Library>> {
    Router::new().route("/assets/{name}", get(file))
}

async fn file(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Failure> {
    let found = ASSETS.iter().find(|a| a.name == name);
    let found = found.ok_or_else(|| Failure::not_found("there is no such file"))?;
    Ok(found.content.for_ever(&headers))
}
