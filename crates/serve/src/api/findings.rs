//! What the records of stories say, over several stories.

use super::{PAGED, page_of, paged};
use crate::asked::{Asked, FACETS, Stretch};
use crate::failure::Failure;
use crate::library::Library;
use crate::reply::Content;
use crate::story::Held;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};
use std::sync::Arc;
use variorum_model::contract::{Conflict, Event};
use variorum_record::Facets;

/// Stories whose records are looked into for one answer.
const STORIES: usize = 50;

pub(super) async fn conflicts(
    State(library): State<Arc<Library>>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    asked.only(&[&PAGED, &FACETS, &["verdict"]])?;
    let facets = asked.facets()?;
    let kinds = facets.conflict.clone();
    let verdict = asked.one("verdict").map(str::to_owned);
    let wanted = move |c: &Conflict| {
        let kind =
            kinds.is_empty() || kinds.iter().any(|k| k == "any" || k.eq_ignore_ascii_case(&c.kind));
        kind && verdict.as_ref().is_none_or(|v| *v == c.verdict)
    };
    let of = move |story: &Held| rows(story, story.record.conflicts.iter().filter(|c| wanted(c)));
    let page = gathered(&library, &facets, 2, asked.stretch()?, of).await?;
    Ok(Content::json(&page)?.reply(&headers))
}

pub(super) async fn figures(
    State(library): State<Arc<Library>>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    asked.only(&[&PAGED, &FACETS, &["measure"]])?;
    let facets = asked.facets()?;
    let measures: Vec<String> = asked.all("measure").map(str::to_lowercase).collect();
    let of = move |story: &Held| {
        let all = story.record.figures.iter();
        rows(story, all.filter(|f| measures.is_empty() || measures.contains(&f.measure)))
    };
    let page = gathered(&library, &facets, 1, asked.stretch()?, of).await?;
    Ok(Content::json(&page)?.reply(&headers))
}

/// Entries of a story's record as rows that name the story.
fn rows<T: serde::Serialize>(story: &Held, entries: impl Iterator<Item = T>) -> Vec<Value> {
    let row = |entry| {
        let mut row = serde_json::to_value(entry).unwrap_or(Value::Null);
        row["story"] = json!(story.id);
        row
    };
    entries.map(row).collect()
}

/// Rows of the stories that hold reports asked for, story by story, the latest first.
async fn gathered(
    library: &Arc<Library>,
    facets: &Facets,
    least: i64,
    stretch: Stretch,
    of: impl Fn(&Held) -> Vec<Value>,
) -> Result<Value, Failure> {
    let mut all: Vec<Value> = Vec::new();
    let mut at = 0;
    // Records are looked into only as far as the page reaches.
    while all.len() <= stretch.offset + stretch.limit {
        let stories = stories(library, facets, least, at).await?;
        for story in &stories {
            all.extend(of(&library.story(story).await?));
        }
        at += STORIES;
        if stories.len() < STORIES {
            break;
        }
    }
    Ok(page_of(all, stretch))
}

async fn stories(
    library: &Arc<Library>,
    facets: &Facets,
    least: i64,
    at: usize,
) -> Result<Vec<String>, Failure> {
    library.refresh(facets).await?;
    let facets = facets.clone();
    let lines =
        library.read(move |file| Ok(file.stories_from(&facets, least, at, STORIES)?)).await?;
    Ok(lines.into_iter().map(|line| line.id).collect())
}

/// An event of a story, for a timeline.
pub(crate) struct Told {
    /// The story.
    pub(crate) story: Held,
    /// Place of the event in its record.
    pub(crate) number: usize,
}

impl Told {
    /// The event.
    pub(crate) fn event(&self) -> &Event {
        &self.story.record.events[self.number]
    }
}

/// Dated events of the latest stories that hold reports asked for, in order of their days, and how many of these
/// stories were looked into.
pub(crate) async fn dated(
    library: &Arc<Library>,
    facets: &Facets,
) -> Result<(Vec<Told>, usize), Failure> {
    let kinds: Vec<String> = facets.kind.iter().map(|k| k.to_uppercase()).collect();
    let stories = stories(library, facets, 1, 0).await?;
    let mut told = Vec::new();
    for id in &stories {
        let story = library.story(id).await?;
        for (number, event) in story.record.events.iter().enumerate() {
            if event.time.is_some() && (kinds.is_empty() || kinds.contains(&event.kind)) {
                told.push(Told { story: story.clone(), number });
            }
        }
    }
    told.sort_by_cached_key(|t| {
        let time = t.event().time.as_ref();
        let day = time.and_then(|t| t.earliest.clone().or_else(|| t.latest.clone()));
        (day, time.and_then(|t| t.latest.clone()), t.story.id.clone(), t.number)
    });
    Ok((told, stories.len()))
}

pub(super) async fn timeline(
    State(library): State<Arc<Library>>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    asked.only(&[&PAGED, &FACETS])?;
    let stretch = asked.stretch()?;
    let (told, stories) = dated(&library, &asked.facets()?).await?;
    let (told, next) =
        stretch.cut(told.into_iter().skip(stretch.offset).take(stretch.limit + 1).collect());
    let row = |t: &Told| {
        let event = t.event();
        let time = event.time.as_ref();
        json!({
            "earliest": time.and_then(|t| t.earliest.as_ref()), "latest": time.and_then(|t| t.latest.as_ref()),
            "summary": event.summary, "type": event.kind, "modality": event.modality,
            "independent_sources": event.independent_sources, "story": t.story.id, "event": event.id,
            "mentions": event.mentions,
        })
    };
    let mut page = paged(told.iter().map(row).collect(), next);
    page["stories"] = json!(stories);
    Ok(Content::json(&page)?.reply(&headers))
}
