//! A report with a cited passage lit in it, who says so, and how to cite it.

use super::frame;
use super::words::{plain, report_address, shown as marked, story_address};
use crate::asked::Asked;
use crate::failure::Failure;
use crate::library::Library;
use crate::reply::Content;
use crate::story::Held;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::sync::Arc;
use variorum_export::{Collation, Witness};
use variorum_record::{RecordFile, ReportLine, Version, instant};

mod passage;

use passage::{Passage, Use};

/// A report read for its page.
struct Shown {
    line: ReportLine,
    story: Held,
    versions: Vec<Version>,
}

pub(super) async fn page(
    State(library): State<Arc<Library>>,
    Path(id): Path<String>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let most = u32::MAX as usize;
    let bounds = (asked.number("from", 0, most)?, asked.number("to", 0, most)?);
    let (line, versions) = library.read(move |file| find(file, &id)).await?;
    let story = library.story(&line.id).await?;
    let shown = Shown { line, story, versions };
    let collation = Collation::new(&shown.story.record);
    let witness = collation.witness(&shown.line.id);
    // The story's record may be older than the report by a moment.
    let witness = witness.ok_or_else(|| {
        Failure::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "the report is being placed: ask again in a moment",
        )
    })?;
    let passage = match bounds {
        (Some(from), Some(to)) if from < to && to <= witness.text.len() => {
            Some(passage::read(&shown.story, &witness.id, from, to))
        }
        (None, None) => None,
        _ => {
            let detail = format!(
                "`from` and `to` bound no passage: this report has {} characters",
                witness.text.len()
            );
            return Err(Failure::bad(detail));
        }
    };
    let page = html! {
        div.report-desk {
            (text(&shown, witness, passage.as_ref()))
            aside.evidence aria-label="Where this comes from" {
                @if let Some(passage) = &passage { (evidence(&shown, &collation, witness, passage)) }
                (provenance(&shown, witness))
            }
        }
    };
    let title = if witness.title.is_empty() { &witness.outlet } else { &witness.title };
    Ok(Content::page(frame::page(title, "", &page)).reply(&headers))
}

fn find(file: &RecordFile, id: &str) -> Result<(ReportLine, Vec<Version>), Failure> {
    let line = file.find(id)?;
    let versions = file.versions(&line.id)?;
    Ok((line, versions))
}

/// The bytes that were added, never to be taken for a page of ours.
pub(super) async fn raw(
    State(library): State<Arc<Library>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let (id, bytes) = library
        .read(move |file| {
            let line = file.find(&id)?;
            Ok((line.id.clone(), file.raw(&line)?))
        })
        .await?;
    let name: String = id.chars().filter(char::is_ascii_alphanumeric).collect();
    let sent = Response::builder()
        .header(header::CONTENT_TYPE, "application/octet-stream")
        .header(header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))
        .header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")
        .body(Body::from(bytes));
    Ok(sent.unwrap_or_else(|_| Redirect::temporary("/").into_response()))
}

/// The article with its passage lit, and what was left out greyed.
fn text(shown: &Shown, w: &Witness, passage: Option<&Passage>) -> Markup {
    let mut stretches: Vec<(usize, usize, &str)> = Vec::new();
    stretches.extend(w.title_at.map(|(s, e)| (s, e, "title")));
    stretches.extend(w.body.iter().map(|(kind, s, e)| (*s, *e, kind.as_str())));
    stretches.extend(w.removed.iter().map(|(kind, s, e)| (*s, *e, kind.as_str())));
    stretches.sort_unstable();
    let language = shown.story.record.reports.iter().find(|r| r["id"] == shown.line.id.as_str());
    let language = language.and_then(|r| r["language"].as_str()).filter(|l| *l != "und");
    let bounds = passage.map(|p| (p.from, p.to));
    // The first stretch that holds a part of the passage carries the address.
    let first =
        bounds.and_then(|(from, to)| stretches.iter().position(|&(s, e, _)| s < to && e > from));
    html! {
        article.report id="report" lang=[language] {
            p.kicker {
                span.siglum { (w.siglum) } " " (w.outlet) " · "
                @if w.published.is_empty() { "no date" } @else { (w.published) }
            }
            @if w.title_at.is_none() {
                h1 dir="auto" { @if w.title.is_empty() { "(no headline)" } @else { (w.title) } }
            }
            @for (n, &(start, end, kind)) in stretches.iter().enumerate() {
                @let inside = lit(w, start, end, bounds, first == Some(n));
                @match kind {
                    "title" => h1 dir="auto" { (inside) },
                    "paragraph" => p dir="auto" { (inside) },
                    "heading" => h2 dir="auto" { (inside) },
                    "caption" => p.caption dir="auto" { (inside) },
                    _ => p.removed dir="auto" { span.why { "left out: " (plain(kind)) } " " (inside) },
                }
            }
            @if let (Some((from, to)), None) = (bounds, first) {
                p.removed { (lit(w, from, to, bounds, true)) }
            }
        }
    }
}

/// Text from `start` to `end`, the part between `bounds` marked.
fn lit(
    w: &Witness,
    start: usize,
    end: usize,
    bounds: Option<(usize, usize)>,
    named: bool,
) -> Markup {
    let cut = |from: usize, to: usize| -> String {
        let length = w.text.len();
        w.text[from.min(length)..to.clamp(from.min(length), length)].iter().collect()
    };
    let inside =
        bounds.map(|(from, to)| (from.max(start), to.min(end))).filter(|(from, to)| from < to);
    html! {
        @match inside {
            Some((from, to)) => {
                (cut(start, from)) mark.passage id=[named.then_some("passage")] { (cut(from, to)) } (cut(to, end))
            },
            None => { (cut(start, end)) },
        }
    }
}

/// Who says so, what rests on it, and how to cite it.
fn evidence(shown: &Shown, c: &Collation<'_>, w: &Witness, passage: &Passage) -> Markup {
    let address =
        format!("{}?from={}&to={}#passage", report_address(&w.id), passage.from, passage.to);
    let quote: String = w.text[passage.from..passage.to].iter().collect();
    let day = if w.published.is_empty() { "no date" } else { &w.published };
    html! {
        section.chain aria-labelledby="chain" {
            h2 id="chain" { "Who says so" }
            ol {
                @for source in &passage.sources {
                    li {
                        @if source.anonymous { span.mark.anonymous { span aria-hidden="true" { "◌" } " unnamed" } " " }
                        q dir="auto" { (source.words) }
                        @if let Some(name) = &source.name { " " span.quiet { "(" (name) ")" } }
                    }
                }
                li { "told by " strong { (w.outlet) } ", " (day) }
                @for d in shown.story.record.dependence.iter().filter(|d| d.report == w.id) {
                    @let on = c.witness(&d.on).map_or(d.on.as_str(), |o| o.outlet.as_str());
                    li { "which " (d.kind) " " strong { (on) } }
                }
            }
            p.quiet { "Counts with " (lineage(shown, c, w)) "." }
        }
        @if !passage.uses.is_empty() {
            section aria-labelledby="uses" {
                h2 id="uses" { "What rests on it" }
                ul.uses {
                    @for Use { mark, about, page } in &passage.uses {
                        li {
                            @if let Some(mark) = mark { (marked(*mark)) " " }
                            a href={ (story_address(&shown.story.id, "")) (page) } dir="auto" { (about) }
                        }
                    }
                }
            }
        }
        section.cite aria-labelledby="cite" {
            h2 id="cite" { "Cite it" }
            p.citation id="citation" {
                "“" bdi { (quote) } "”, " (w.outlet) @if !w.title.is_empty() { ", “" bdi { (w.title) } "”" } ", " (day)
                ", characters " (passage.from) "–" (passage.to) " of report " (w.id) "."
            }
            p { a.permalink href=(address) { "Link to this passage" } " " button.copy type="button" data-copy="citation" hidden { "Copy" } }
        }
    }
}

fn lineage(shown: &Shown, c: &Collation<'_>, w: &Witness) -> String {
    let own = shown.story.record.lineages.iter().find(|l| l.contains(&w.id));
    match own {
        Some(own) if own.len() > 1 => format!("{} as one source", c.sigla(own)),
        _ => "no other account: a source of its own".to_owned(),
    }
}

/// Where the report was found and what is kept of it.
fn provenance(shown: &Shown, w: &Witness) -> Markup {
    let line = &shown.line;
    html! {
        section aria-labelledby="origin" {
            h2 id="origin" { "The report" }
            dl {
                dt { "Story" } dd { a href=(story_address(&shown.story.id, "")) { bdi { (shown.story.title()) } } }
                @if let Some(url) = &line.url { dt { "Address" } dd.address { bdi { (url) } } }
                dt { "Found at" } dd.address { bdi { (line.path) } }
                dt { "Added" } dd { (instant(line.added)) }
                dt { "Id" } dd { code { (line.id) } }
                dt { "Characters" } dd { (w.text.len()) }
            }
            p {
                a href={ (report_address(&line.id)) "/raw" } { "The bytes that were added" } " · "
                a href={ "/api/v1/reports/" (crate::asked::encoded(&line.id)) } { "what was read in it, as JSON" }
            }
            (versions(shown))
        }
    }
}

fn versions(shown: &Shown) -> Markup {
    html! {
        @if shown.versions.len() > 1 {
            h3 { "Versions" }
            ol.versions {
                @for version in &shown.versions {
                    li {
                        a href=(report_address(&version.report.id)) { (instant(version.report.added)) }
                        @if version.report.id == shown.line.id { " (this one)" }
                        @for change in &version.changes {
                            @if !change.before.is_empty() { p { del dir="auto" { (change.before) } } }
                            @if !change.after.is_empty() { p { ins dir="auto" { (change.after) } } }
                        }
                    }
                }
            }
        }
    }
}
