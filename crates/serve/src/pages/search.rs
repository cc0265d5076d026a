//! Search: words, names in every romanisation, facets.

use super::frame::{page as framed, turning};
use super::words::{file_name, passage_address, report_address, story_address};
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
use variorum_model::contract::Citation;
use variorum_record::{Found, Hit, Query};

/// Facets that are asked for in a field of their own: name, label, kind of field.
const FIELDS: [(&str, &str, &str); 8] = [
    ("actor", "Somebody named", "text"),
    ("office", "Office", "text"),
    ("place", "Place", "text"),
    ("type", "Kind of event", "text"),
    ("outlet", "Outlet", "text"),
    ("conflict", "Kind of difference", "text"),
    ("from", "Published from", "date"),
    ("to", "Published until", "date"),
];

/// What the fields of kinds suggest.
const EVENTS: [&str; 18] = [
    "agree",
    "consult",
    "support",
    "concede",
    "cooperate",
    "aid",
    "retreat",
    "request",
    "accuse",
    "reject",
    "threaten",
    "protest",
    "sanction",
    "mobilize",
    "coerce",
    "assault",
    "statement",
    "appoint",
];
const DIFFERENCES: [&str; 9] =
    ["any", "date", "number", "place", "office", "participants", "identity", "sequence", "outcome"];

pub(super) async fn page(
    State(library): State<Arc<Library>>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (facets, stretch) = (asked.facets()?, asked.stretch()?);
    let text = asked.one("q").unwrap_or_default().to_owned();
    let found = if text.is_empty() && facets.is_empty() {
        None
    } else {
        library.refresh(&facets).await?;
        let query = Query { text, facets, offset: stretch.offset, limit: stretch.limit };
        Some(library.read(move |file| Ok(file.search(&query)?)).await?)
    };
    let end = (stretch.offset + stretch.limit) as i64;
    let more = found.as_ref().is_some_and(|f| f.total > end);
    let main = html! {
        div.column {
            h1 { "Search" }
            (form(&asked))
            @if let Some(found) = &found { (results(found)) }
            (turning("/search", &asked, stretch, more))
        }
    };
    Ok(Content::page(framed("Search", "/search", &main)).reply(&headers))
}

fn form(asked: &Asked) -> Markup {
    let open =
        FIELDS.iter().any(|(name, _, _)| asked.one(name).is_some()) || asked.one("exact").is_some();
    html! {
        form.search action="/search" method="get" {
            label for="q" { "Words" }
            input id="q" type="search" name="q" value=(asked.one("q").unwrap_or_default()) aria-describedby="q-help";
            p.quiet id="q-help" {
                "All must stand in the report. " code { "\"a phrase\"" } ", " code { "-without" } ", " code { "begin*" }
                ". Names are found in every romanisation."
            }
            details open[open] {
                summary { "Narrow it down" }
                div.fields {
                    @for (name, label, kind) in FIELDS {
                        div {
                            label for=(name) { (label) }
                            input id=(name) type=(kind) name=(name) value=(asked.one(name).unwrap_or_default())
                                list=[match name { "type" => Some("events"), "conflict" => Some("differences"), _ => None }];
                        }
                    }
                    div.tick {
                        input id="exact" type="checkbox" name="exact" value="true" checked[asked.one("exact").is_some()];
                        label for="exact" { "Only as spelled here" }
                    }
                }
                datalist id="events" { @for kind in EVENTS { option value=(kind) {} } }
                datalist id="differences" { @for kind in DIFFERENCES { option value=(kind) {} } }
            }
            button type="submit" { "Search" }
        }
    }
}

fn results(found: &Found) -> Markup {
    html! {
        p.quiet role="status" {
            (found.total) @if found.total == 1 { " report matches" } @else { " reports match" }
            @if found.cut { "; of so many, those added last were ranked" }
            "."
        }
        @for (word, others) in &found.spellings {
            p.quiet { bdi { (word) } " also as " bdi { (others.join(", ")) } }
        }
        ol.hits { @for hit in &found.hits { li { (entry(hit)) } } }
    }
}

fn entry(hit: &Hit) -> Markup {
    let report = &hit.report;
    let days = day_range(report.first_day.as_deref(), report.last_day.as_deref());
    html! {
        article {
            p.kicker {
                @if let Some(outlet) = &report.outlet { bdi { (outlet) } " · " }
                @if days.is_empty() { "no date" } @else { (days) }
            }
            h2 { a href=(report_address(&report.id)) { bdi { (report.title.as_deref().unwrap_or_else(|| file_name(&report.path))) } } }
            @if let Some(passage) = &hit.passage {
                p { a.said href=(passage_address(passage)) { q dir="auto" { (lit(passage, &hit.matches)) } } }
            }
            @if let Some(story) = &hit.story { p.quiet { a href=(story_address(story, "")) { "Its story" } } }
        }
    }
}

/// A passage with the words that match marked.
fn lit(passage: &Citation, matches: &[Citation]) -> Markup {
    let text: Vec<char> = passage.quote.chars().collect();
    let mut pieces: Vec<(String, bool)> = Vec::new();
    let mut at = 0;
    let cut = |from: usize, to: usize| text[from..to].iter().collect::<String>();
    for m in matches {
        let from = m.start.saturating_sub(passage.start).min(text.len());
        let to = m.end.saturating_sub(passage.start).min(text.len());
        if from >= at && from < to {
            pieces.push((cut(at, from), false));
            pieces.push((cut(from, to), true));
            at = to;
        }
    }
    pieces.push((cut(at, text.len()), false));
    html! {
        @for (piece, matched) in &pieces { @if *matched { b { (piece) } } @else { (piece) } }
    }
}
