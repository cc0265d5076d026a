//! `search`: words and facets.

use super::Outcome;
use super::output::Output;
use super::tables::{clipped, count, days, facets, one_line, refresh};
use crate::arguments::{ListFormat, SearchOptions};
use anyhow::Result;
use serde_json::json;
use std::io::Write;
use variorum_record::{Found, Hit, Query, RecordFile};

/// Characters of a passage that are printed.
const PASSAGE: usize = 300;

pub(crate) fn run(options: &SearchOptions) -> Result<Outcome> {
    let file = RecordFile::open(&options.record.path)?;
    let facets = facets(&options.facets)?;
    if !facets.conflict.is_empty() {
        file.settle_stories()?;
        refresh(&file, &facets, &options.progress)?;
    }
    let query = Query { text: options.words.join(" "), facets, offset: 0, limit: options.limit };
    let found = file.search(&query)?;
    let mut output = Output::open(None)?;
    match options.form.format {
        ListFormat::Jsonl => {
            for hit in &found.hits {
                writeln!(output, "{}", row(hit))?;
            }
        }
        ListFormat::Text => print(&found, &mut output)?,
    }
    output.flush()?;
    Ok(Outcome::default())
}

fn row(hit: &Hit) -> serde_json::Value {
    let report = &hit.report;
    json!({
        "id": report.id, "path": report.path, "url": report.url, "title": report.title,
        "outlet": report.outlet, "first_day": report.first_day, "last_day": report.last_day,
        "story": hit.story, "score": hit.score, "passage": hit.passage, "matches": hit.matches,
    })
}

fn print(found: &Found, output: &mut Output) -> Result<()> {
    for hit in &found.hits {
        let report = &hit.report;
        let title = one_line(report.title.as_deref().unwrap_or(&report.path));
        let outlet = report.outlet.as_deref().map(one_line);
        let days = days(report.first_day.as_deref(), report.last_day.as_deref());
        writeln!(output, "{title}")?;
        writeln!(
            output,
            "  {} · {} · {days}",
            report.id,
            outlet.as_deref().unwrap_or("no outlet")
        )?;
        if let Some(passage) = &hit.passage {
            writeln!(output, "  “{}” {}", clipped(&passage.quote, PASSAGE), passage.start)?;
        }
        writeln!(output)?;
    }
    for (word, others) in &found.spellings {
        writeln!(output, "{word} also as {}", others.join(", "))?;
    }
    let shown = found.hits.len();
    let cut = if found.cut { "; of so many, those added last were ranked" } else { "" };
    let matching = count(found.total, "report matches", "reports match");
    writeln!(output, "{matching}, {shown} shown{cut}")?;
    Ok(())
}
