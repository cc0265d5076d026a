//! What surrounds every page.

use crate::asked::{Asked, Stretch};
use crate::assets;
use maud::{DOCTYPE, Markup, html};

/// Sections of the masthead: address and name.
const SECTIONS: [(&str, &str); 4] =
    [("/", "Stories"), ("/timeline", "Timeline"), ("/names", "Names"), ("/review", "Review")];

/// A page with a title, one of the sections it belongs to (or none), and its content.
pub(super) fn page(title: &str, section: &str, main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Variorum" }
                link rel="stylesheet" href=(assets::style());
                link rel="icon" type="image/svg+xml" href=(assets::mark());
                script defer src=(assets::script()) {}
            }
            body {
                a.skip href="#main" { "To the content" }
                header.masthead {
                    a.brand href="/" { "Variorum" }
                    nav aria-label="Sections" {
                        @for (address, name) in SECTIONS {
                            a href=(address) aria-current=[(address == section).then_some("page")] { (name) }
                        }
                    }
                    form.find role="search" action="/search" method="get" {
                        label.hidden for="find" { "Search words and names" }
                        input id="find" type="search" name="q" placeholder="Search" autocomplete="off";
                        button type="submit" { "Search" }
                    }
                }
                main id="main" tabindex="-1" { (main) }
                footer.colophon {
                    p {
                        "Every fact is cited to the characters that say it; nothing is decided for the reader. "
                        a href="/api/v1/openapi.json" { "For programs" }
                    }
                }
            }
        }
    }
}

/// Links from a stretch of the list at `path` to the rows before it and, where there are any, after it.
pub(super) fn turning(path: &str, asked: &Asked, stretch: Stretch, more: bool) -> Markup {
    let at = |offset: usize| format!("{path}?{}", asked.with("cursor", &offset.to_string()));
    html! {
        @if stretch.offset > 0 || more {
            nav.turning aria-label="Pages" {
                @if stretch.offset > 0 {
                    a rel="prev" href=(at(stretch.offset.saturating_sub(stretch.limit))) { "← Before" }
                }
                @if more { a rel="next" href=(at(stretch.offset + stretch.limit)) { "Further →" } }
            }
        }
    }
}
