//! `conflicts` and `timeline`: what the records of stories say.

use super::Outcome;
use super::output::Output;
use super::tables::{clipped, collate, days, facets, one_line, refresh, tell_of_none};
use crate::arguments::{ListFormat, ListOptions};
use anyhow::Result;
use serde_json::json;
use std::io::Write;
use variorum_model::contract::{Conflict, Event};
use variorum_record::{RecordFile, Records};

/// Characters of a line that are printed.
const LINE: usize = 110;

pub(crate) fn conflicts(options: &ListOptions) -> Result<Outcome> {
    let file = RecordFile::open(&options.record.path)?;
    file.settle_stories()?;
    let mut facets = facets(&options.facets)?;
    refresh(&file, &facets, &options.progress)?;
    let kinds = facets.conflict.clone();
    if kinds.is_empty() {
        facets.conflict.push("any".to_owned());
    }
    let records = Records::of(&file);
    let mut output = Output::open(None)?;
    let (mut left, mut aside_of_all) = (options.limit, 0);
    for story in file.stories(&facets, 2, options.limit)? {
        let record = records.record(&story.id, &collate)?;
        let wanted =
            |c: &&Conflict| kinds.is_empty() || kinds.iter().any(|k| k == "any" || *k == c.kind);
        for conflict in record.conflicts.iter().filter(wanted) {
            if left == 0 {
                break;
            }
            left -= 1;
            match options.form.format {
                ListFormat::Jsonl => {
                    let mut row = serde_json::to_value(conflict)?;
                    row["story"] = json!(story.id);
                    writeln!(output, "{row}")?;
                }
                ListFormat::Text => print_conflict(&story.id, conflict, &mut output)?,
            }
        }
        let aside: Vec<_> = record.set_aside.iter().filter(|s| s.kind == "conflict").collect();
        aside_of_all += aside.len();
        if options.form.format == ListFormat::Text && !aside.is_empty() {
            writeln!(output, "{} set aside in {}", aside.len(), story.id)?;
            for s in aside {
                let (by, day) = (one_line(&s.by), s.on.get(..10).unwrap_or_default());
                writeln!(output, "  by {by} on {day}: {}", clipped(&s.about, LINE))?;
            }
            writeln!(output)?;
        }
    }
    tell_of_none(options.limit - left + aside_of_all, options.form.format, &mut output)?;
    output.flush()?;
    Ok(Outcome::default())
}

fn print_conflict(story: &str, conflict: &Conflict, output: &mut Output) -> Result<()> {
    let verdict = conflict.verdict.replace('_', " ");
    writeln!(output, "{}: {} ({verdict})", conflict.kind, clipped(&conflict.about, LINE))?;
    for reading in &conflict.readings {
        let sources = reading.independent_sources;
        writeln!(output, "  {} · {sources} independent", one_line(&reading.value))?;
        if let Some(cited) = reading.evidence.first() {
            let quote = clipped(&cited.quote, LINE);
            writeln!(output, "    “{quote}” {}:{}", cited.report, cited.start)?;
        }
    }
    for note in conflict.judged.judgements.iter().filter(|n| n.superseded_by.is_none()) {
        let said = [note.text.as_str(), &note.reason].join(" ");
        let (kind, by, day) =
            (&note.kind, one_line(&note.by), note.on.get(..10).unwrap_or_default());
        writeln!(output, "  {kind} by {by} on {day}: {}", clipped(said.trim(), LINE))?;
    }
    writeln!(output, "  {} · {story}\n", conflict.judged.finding)?;
    Ok(())
}

pub(crate) fn timeline(options: &ListOptions) -> Result<Outcome> {
    let file = RecordFile::open(&options.record.path)?;
    file.settle_stories()?;
    let facets = facets(&options.facets)?;
    if !facets.conflict.is_empty() {
        refresh(&file, &facets, &options.progress)?;
    }
    let records = Records::of(&file);
    let mut progress = options.progress.bar("collating");
    let mut rows: Vec<(String, Event)> = Vec::new();
    let kinds: Vec<String> = facets.kind.iter().map(|k| k.to_uppercase()).collect();
    for story in file.stories(&facets, 1, options.limit)? {
        let record = records.record(&story.id, &collate)?;
        let told = record.events.into_iter().filter(|e| e.time.is_some());
        let wanted = told.filter(|e| kinds.is_empty() || kinds.contains(&e.kind));
        rows.extend(wanted.map(|event| (story.id.clone(), event)));
        progress.step();
    }
    drop(progress);
    rows.sort_by_cached_key(|(story, event)| {
        let time = event.time.as_ref();
        let day = time.and_then(|t| t.earliest.clone().or_else(|| t.latest.clone()));
        (day, time.and_then(|t| t.latest.clone()), story.clone())
    });
    let mut output = Output::open(None)?;
    tell_of_none(rows.len(), options.form.format, &mut output)?;
    for (story, event) in &rows {
        let time = event.time.as_ref();
        let (first, last) =
            (time.and_then(|t| t.earliest.as_deref()), time.and_then(|t| t.latest.as_deref()));
        match options.form.format {
            ListFormat::Jsonl => writeln!(
                output,
                "{}",
                json!({
                    "earliest": first, "latest": last, "summary": event.summary, "type": event.kind,
                    "modality": event.modality, "independent_sources": event.independent_sources,
                    "story": story, "event": event.id, "finding": event.judged.finding,
                    "dates": event.dates, "mentions": event.mentions,
                })
            )?,
            ListFormat::Text => {
                let modality = match event.modality.as_str() {
                    "actual" => String::new(),
                    other => format!(" ({other})"),
                };
                let summary = clipped(&event.summary, LINE);
                let sources = event.independent_sources;
                writeln!(output, "{}  {summary}{modality} · {sources}", days(first, last))?;
                // Where they date it apart, every dating with the first words that give it.
                for dating in event.dates.iter().filter(|_| event.dates.len() > 1) {
                    let time = &dating.time;
                    let given = days(time.earliest.as_deref(), time.latest.as_deref());
                    let words = dating.evidence.first().map_or("", |e| e.quote.as_str());
                    let reports = dating.reports.join(", ");
                    writeln!(output, "    {given} “{}” {reports}", clipped(words, LINE))?;
                }
                if let Some(told) = event.mentions.first() {
                    let quote = clipped(&told.quote, LINE);
                    writeln!(output, "    “{quote}” {}:{}", told.report, told.start)?;
                }
            }
        }
    }
    output.flush()?;
    Ok(Outcome::default())
}
