//! What a person may want to look at first: conflicts, merged names, doubtful readings.

use super::frame::{page as framed, turning};
use super::words::{count, passage_address, shown, story_address, verdict};
use crate::asked::Asked;
use crate::failure::Failure;
use crate::library::Library;
use crate::reply::Content;
use crate::story::Story;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use maud::{Markup, html};
use std::sync::Arc;

use variorum_model::contract::{Actor, Event, Judged};

/// Stories on one page.
const STORIES: usize = 10;
/// Findings of one kind shown of one story.
const EACH: usize = 12;
/// Below this chance a reading is doubtful.
const DOUBT: f32 = 0.4;

pub(super) async fn page(
    State(library): State<Arc<Library>>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (facets, offset) = (asked.facets()?, asked.stretch()?.offset);
    library.refresh(&facets).await?;
    let mut lines =
        library.read(move |file| Ok(file.stories_from(&facets, 2, offset, STORIES + 1)?)).await?;
    let more = lines.len() > STORIES;
    lines.truncate(STORIES);
    let mut stories = Vec::new();
    for line in &lines {
        stories.push(library.story(&line.id).await?);
    }
    let turn = |offset: usize| format!("/review?{}", asked.with("cursor", &offset.to_string()));
    let before = (offset > 0).then(|| turn(offset.saturating_sub(STORIES)));
    let after = more.then(|| turn(offset + STORIES));
    let main = html! {
        div.column {
            h1 { "Review" }
            p.standfirst { "What is worth a person’s eye, story by story: differences, names taken for one, doubtful readings." }
            @if stories.is_empty() { p.quiet { "No story of two reports or more is here." } }
            @for story in &stories { (findings(story)) }
            (turning(before, after))
        }
    };
    Ok(Content::page(framed("Review", "/review", &main)).reply(&headers))
}

fn findings(story: &Story) -> Markup {
    let record = &story.record;
    let merged: Vec<&Actor> =
        record.actors.iter().filter(|a| !a.merges.is_empty() && a.variants.len() > 1).collect();
    let doubtful: Vec<(&Event, f32)> = record
        .events
        .iter()
        .map(|e| (e, e.mentions.iter().map(|t| t.confidence).fold(0.0, f32::max)))
        .filter(|(_, chance)| *chance < DOUBT)
        .collect();
    html! {
        section.review {
            h2 { a href=(story_address(&story.id, "")) { bdi { (story.title()) } } }
            (kind("Differences", record.conflicts.iter().map(|c| html! {
                (shown(verdict(&c.verdict))) " "
                a href={ (story_address(&story.id, "")) "#" (c.id) } dir="auto" { (c.about) }
                " " span.quiet { (c.reason) }
                (judging(&c.judged))
            })))
            (kind("Names taken for one", merged.iter().map(|a| html! {
                a href=(story_address(&story.id, &format!("actors/{}", a.id))) { bdi { (a.name) } }
                " " span.quiet { bdi { (a.variants.join(" = ")) } }
                (judging(&a.judged))
            })))
            (kind("Doubtful readings", doubtful.iter().map(|(event, chance)| html! {
                @match event.mentions.first() {
                    Some(t) => {
                        a.said href=(passage_address(&t.trigger)) { q dir="auto" { (t.quote) } }
                        " " span.quiet { "read as " (event.kind.to_lowercase()) ", chance " (format!("{chance:.2}")) }
                    },
                    None => { (event.summary) },
                }
                (judging(&event.judged))
            })))
        }
    }
}

/// What was judged of a finding, and the command that judges it.
fn judging(judged: &Judged) -> Markup {
    html! {
        @for note in &judged.judgements {
            p.judged {
                (note.kind) " by " bdi { (note.by) } ", " (note.on.get(..10).unwrap_or(&note.on))
                @for said in [&note.text, &note.reason].into_iter().filter(|s| !s.is_empty()) { ": " bdi { (said) } }
            }
        }
        @if !judged.finding.is_empty() {
            p.command { code { "variorum judge " (judged.finding) " reject --by " i { "you" } } }
        }
    }
}

/// Findings of one kind, those beyond the first folded away.
fn kind(name: &str, all: impl ExactSizeIterator<Item = Markup>) -> Markup {
    let total = all.len();
    html! {
        @if total > 0 {
            details open[name == "Differences"] {
                summary { (name) " (" (total) ")" }
                ol.findings { @for finding in all.take(EACH) { li { (finding) } } }
                @if total > EACH { p.more { (count(total - EACH, "more stands", "more stand")) " in the story’s record" } }
            }
        }
    }
}
