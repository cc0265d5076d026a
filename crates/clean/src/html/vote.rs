//! What the extractor takes for the article: one voice, which the page's own structure corrects.

use super::overlap::Runs;
use super::page::Page;
use trafilatura::{HtmlDateMode, Options};

/// Extracts with the `trafilatura` crate and returns the character runs of what it kept.
///
/// Its `content_html` is read rather than its text, which loses paragraphs. `thorough` lets it try
/// its other algorithms too, at twice the cost.
pub(super) fn extracted(slim: &str, thorough: bool) -> Runs {
    let options = Options::default()
        .with_fallback(thorough)
        .with_exclude_comments(true)
        .with_html_date_mode(HtmlDateMode::Disabled);
    match trafilatura::extract(slim, &options) {
        Ok(result) => {
            let content = Page::read(&result.content_html);
            Runs::of(content.blocks.iter().map(|b| content.text(b)))
        }
        Err(_) => Runs::default(),
    }
}
