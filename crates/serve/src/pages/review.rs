//! What a person may want to look at first: conflicts, merged names, doubtful readings.

use super::frame::{page as framed, turning};
use super::words::{count, passage_address, shown, story_address, verdict};
use crate::asked::{Asked, Stretch};
use crate::failure::Failure;
use crate::judging::{ADDRESS, Secret};
use crate::library::Library;
use crate::reply::Content;
use crate::story::Story;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use maud::{Markup, html};
use serde_json::Value;
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
    let facets = asked.facets()?;
    let stretch = Stretch { limit: STORIES, ..asked.stretch()? };
    library.refresh(&facets).await?;
    let lines = library
        .read(move |file| Ok(file.stories_from(&facets, 2, stretch.offset, STORIES + 1)?))
        .await?;
    let (lines, next) = stretch.cut(lines);
    let mut stories = Vec::new();
    for line in &lines {
        stories.push(library.story(&line.id).await?);
    }
    let desk = library.secret().map(|secret| Desk {
        secret,
        by: asked.one("by").unwrap_or_default(),
        cursor: stretch.offset,
    });
    let main = html! {
        div.column {
            h1 { "Review" }
            p.standfirst { "What is worth a person’s eye, story by story: differences, names taken for one, doubtful readings." }
            @if stories.is_empty() { p.quiet { "No story of two reports or more is here." } }
            @if desk.is_some() {
                p.standfirst { "A judgement is signed with the name you give, dated, and kept beside what was read; a later one can undo it." }
            }
            @for story in &stories { (findings(story, desk.as_ref())) }
            (turning("/review", &asked, stretch, next.is_some()))
        }
    };
    let mut response = Content::page(framed("Review", "/review", &main)).reply(&headers);
    if desk.is_some() {
        // Forms say which page they are sent from, to this server alone.
        let policy = HeaderValue::from_static("same-origin");
        response.headers_mut().insert(header::REFERRER_POLICY, policy);
    }
    Ok(response)
}

/// Where judgements are given.
struct Desk<'d> {
    secret: &'d Secret,
    /// The name that was given last.
    by: &'d str,
    cursor: usize,
}

fn findings(story: &Story, desk: Option<&Desk<'_>>) -> Markup {
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
                (judging(story, &c.judged, desk))
            })))
            (kind("Names taken for one", merged.iter().map(|a| html! {
                a href=(story_address(&story.id, &format!("actors/{}", a.id))) { bdi { (a.name) } }
                " " span.quiet { bdi { (a.variants.join(" = ")) } }
                (judging(story, &a.judged, desk))
            })))
            (kind("Doubtful readings", doubtful.iter().map(|(event, chance)| html! {
                @match event.mentions.first() {
                    Some(t) => {
                        a.said href=(passage_address(&t.trigger)) { q dir="auto" { (t.quote) } }
                        " " span.quiet { "read as " (event.kind.to_lowercase()) ", chance " (format!("{chance:.2}")) }
                    },
                    None => { (event.summary) },
                }
                (judging(story, &event.judged, desk))
            })))
            (kind("Set aside", record.set_aside.iter().map(|aside| html! {
                span dir="auto" { (aside.about) }
                " " span.quiet { "rejected by " bdi { (aside.by) } ", " (aside.on.get(..10).unwrap_or(&aside.on)) }
                @if !aside.reason.is_empty() { ": " bdi { (aside.reason) } }
                @if let (Some(desk), Some(number)) = (desk, rejection(&aside.was)) {
                    (form(story, &aside.finding, &[number], false, desk))
                }
            })))
        }
    }
}

/// Number of the judgement that set a finding aside.
fn rejection(was: &Value) -> Option<i64> {
    let notes = was["judgements"].as_array()?;
    let in_force = |n: &&Value| n["kind"] == "reject" && n["superseded_by"].is_null();
    notes.iter().rev().find(in_force)?["number"].as_i64()
}

/// What was judged of a finding, and the form or the command that judges it.
fn judging(story: &Story, judged: &Judged, desk: Option<&Desk<'_>>) -> Markup {
    let in_force = judged.judgements.iter().filter(|n| n.superseded_by.is_none());
    let numbers: Vec<i64> = in_force.map(|n| n.number).collect();
    html! {
        @for note in &judged.judgements {
            p.judged {
                (note.kind) " by " bdi { (note.by) } ", " (note.on.get(..10).unwrap_or(&note.on))
                @for said in [&note.text, &note.reason].into_iter().filter(|s| !s.is_empty()) { ": " bdi { (said) } }
                @if note.superseded_by.is_some() { " (no longer in force)" }
            }
        }
        @match desk {
            _ if judged.finding.is_empty() => {},
            Some(desk) => (form(story, &judged.finding, &numbers, true, desk)),
            None => p.command { code { "variorum judge " (judged.finding) " reject --by " i { "you" } } },
        }
    }
}

/// The form for a finding: decisions where it `stands`, and the judgements on it that can be undone.
fn form(story: &Story, finding: &str, undoable: &[i64], stands: bool, desk: &Desk<'_>) -> Markup {
    let of = |what: &str| format!("{what}-{finding}");
    html! {
        form.judge id=(of("judged")) method="post" action=(ADDRESS) {
            input type="hidden" name="token" value=(desk.secret.token(finding));
            input type="hidden" name="story" value=(story.id);
            input type="hidden" name="finding" value=(finding);
            input type="hidden" name="cursor" value=(desk.cursor);
            label for=(of("by")) { "Your name" }
            input id=(of("by")) name="by" value=(desk.by) required maxlength="200" autocomplete="name";
            label for=(of("said")) { @if stands { "Why, or a comment" } @else { "Why" } }
            input id=(of("said")) name="said" maxlength="4000" autocomplete="off";
            span.decisions {
                @if stands {
                    @for decision in ["Accept", "Reject", "Comment"] {
                        button type="submit" name="decision" value=(decision.to_lowercase()) { (decision) }
                    }
                }
                @for number in undoable {
                    button type="submit" name="undo" value=(number) { "Undo judgement " (number) }
                }
            }
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
