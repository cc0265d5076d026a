//! The record as one self-contained page.
//!
//! No outside request, no markup from a report: every text is escaped, and the policy in the page
//! allows no script but its own. The page reads and works without JavaScript; with it, the whole
//! cited passage lights up, not only its beginning.

mod facts;
mod html;
mod judged;
mod ledgers;
mod witnesses;

use crate::Collation;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use html::Html;
use sha2::{Digest, Sha256};
use variorum_model::contract::Record;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// The record as a page of HTML, complete in itself.
pub fn render_page(record: &Record) -> String {
    let collation = Collation::new(record);
    let title = record.stories.first().map_or("A record", |s| s.title.as_str());
    let mut page = Html::default();
    page.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.raw(&format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'\">\n",
        fingerprint(STYLE),
        fingerprint(SCRIPT),
    ));
    page.raw("<title>").text(title).raw(" · Variorum</title>\n");
    page.raw("<style>").raw(STYLE).raw("</style>\n</head>\n<body>\n");
    page.raw("<a class=\"skip\" href=\"#record\">To the record</a>\n");
    facts::opening(&mut page, &collation, title);
    page.raw("<div class=\"desk\">\n<main id=\"record\">\n");
    facts::sections(&mut page, &collation);
    page.raw("</main>\n");
    witnesses::pane(&mut page, &collation);
    page.raw("</div>\n<script>").raw(SCRIPT).raw("</script>\n</body>\n</html>\n");
    page.finish()
}

/// SHA-256 in base64, as a content security policy names inline style and script.
fn fingerprint(inline: &str) -> String {
    STANDARD.encode(Sha256::digest(inline.as_bytes()))
}
