//! `stories` and `actors`: what the record holds.

use super::Outcome;
use super::output::Output;
use super::tables::{clipped, collate, count, days, facets, refresh, tell_of_none};
use crate::arguments::{ListFormat, ListOptions, StoriesOptions};
use anyhow::Result;
use serde_json::json;
use std::io::Write;
use variorum_model::contract::Actor;
use variorum_record::{RecordFile, Records};

/// Characters of a title or name that are printed.
const TITLE: usize = 80;

pub(crate) fn stories(options: &StoriesOptions) -> Result<Outcome> {
    let list = &options.list;
    let file = RecordFile::open(&list.record.path)?;
    file.settle_stories()?;
    let facets = facets(&list.facets)?;
    if !facets.conflict.is_empty() {
        refresh(&file, &facets, &list.progress)?;
    }
    let mut output = Output::open(None)?;
    let stories = file.stories(&facets, options.reports, list.limit)?;
    tell_of_none(stories.len(), list.form.format, &mut output)?;
    for story in stories {
        let (first, last) = (story.first_day.as_deref(), story.last_day.as_deref());
        match list.form.format {
            ListFormat::Jsonl => writeln!(
                output,
                "{}",
                json!({
                    "id": story.id, "title": story.title, "reports": story.reports,
                    "events": story.events, "outlets": story.outlets, "first_day": first, "last_day": last,
                })
            )?,
            ListFormat::Text => {
                writeln!(output, "{}", clipped(&story.title, TITLE))?;
                let days = days(first, last);
                let reports = count(story.reports, "report", "reports");
                let events = count(story.events, "event", "events");
                writeln!(output, "  {} · {days} · {reports}, {events}", story.id)?;
            }
        }
    }
    output.flush()?;
    Ok(Outcome::default())
}

pub(crate) fn actors(options: &ListOptions) -> Result<Outcome> {
    let file = RecordFile::open(&options.record.path)?;
    let facets = facets(&options.facets)?;
    if let Some(story) = &facets.story {
        file.settle_stories()?;
        let record = Records::of(&file).record(story, &collate)?;
        return resolved(&record.actors, options);
    }
    if !facets.conflict.is_empty() {
        file.settle_stories()?;
        refresh(&file, &facets, &options.progress)?;
    }
    let mut output = Output::open(None)?;
    let names = file.names(&facets, options.limit)?;
    tell_of_none(names.len(), options.form.format, &mut output)?;
    for name in names {
        let (first, last) = (name.first_day.as_deref(), name.last_day.as_deref());
        match options.form.format {
            ListFormat::Jsonl => writeln!(
                output,
                "{}",
                json!({
                    "name": name.name, "kind": name.kind, "country": name.country,
                    "reports": name.reports, "times": name.times, "first_day": first, "last_day": last,
                    "offices": name.offices,
                })
            )?,
            ListFormat::Text => {
                let offices = if name.offices.is_empty() {
                    String::new()
                } else {
                    format!(" · {}", name.offices.join(", "))
                };
                let (reports, days) = (count(name.reports, "report", "reports"), days(first, last));
                let shown = clipped(&name.name, TITLE);
                writeln!(output, "{shown} · {} · {reports} · {days}{offices}", name.kind)?;
            }
        }
    }
    output.flush()?;
    Ok(Outcome::default())
}

/// Actors of one story, each under all its names.
fn resolved(actors: &[Actor], options: &ListOptions) -> Result<Outcome> {
    let mut output = Output::open(None)?;
    let mut actors: Vec<&Actor> = actors.iter().collect();
    actors.sort_by_key(|a| std::cmp::Reverse(a.mentions.len()));
    tell_of_none(actors.len(), options.form.format, &mut output)?;
    for actor in actors.into_iter().take(options.limit) {
        match options.form.format {
            ListFormat::Jsonl => writeln!(output, "{}", serde_json::to_string(actor)?)?,
            ListFormat::Text => {
                let mentions = count(actor.mentions.len(), "mention", "mentions");
                let name = clipped(&actor.name, TITLE);
                writeln!(output, "{name} · {} · {mentions}", actor.kind)?;
                if actor.variants.len() > 1 {
                    writeln!(
                        output,
                        "  written {}",
                        clipped(&actor.variants.join(", "), 2 * TITLE)
                    )?;
                }
                let titles: Vec<&str> = actor.offices.iter().map(|o| o.title.as_str()).collect();
                if !titles.is_empty() {
                    writeln!(output, "  {}", clipped(&titles.join(", "), 2 * TITLE))?;
                }
            }
        }
    }
    output.flush()?;
    Ok(Outcome::default())
}
