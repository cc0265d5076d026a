//! `history`: versions of a report, and what the record said on a past day.

use super::Outcome;
use super::collate::print_record;
use super::output::Output;
use super::tables::{collate, one_line};
use crate::arguments::{Format, HistoryOptions};
use anyhow::{Context, Result, bail};
use serde_json::json;
use std::io::Write;
use variorum_record::{RecordFile, Version, end_of_day, instant};

pub(crate) fn run(options: &HistoryOptions) -> Result<Outcome> {
    let file = RecordFile::open(&options.record.path)?;
    if let Some(day) = &options.as_of {
        let until = end_of_day(day)
            .with_context(|| format!("--as-of {day}: this is no day: write it as YYYY-MM-DD"))?;
        let reports = file.story_reports_at(&options.of, until)?;
        let record = file.record_at(&reports, until, &collate)?;
        print_record(&record, &options.view)?;
        return Ok(Outcome::default());
    }
    let versions = file.versions(options.of.strip_prefix("s:").unwrap_or(&options.of))?;
    let mut output = options.view.output.open()?;
    match options.view.format {
        Format::Text => print(&versions, &mut output)?,
        Format::Json | Format::Jsonl => {
            for version in &versions {
                writeln!(output, "{}", row(version))?;
            }
        }
        _ => bail!("--format: versions are printed as text or jsonl: choose one, or add --as-of"),
    }
    output.flush()?;
    Ok(Outcome::default())
}

fn row(version: &Version) -> serde_json::Value {
    let report = &version.report;
    let changes: Vec<_> = version
        .changes
        .iter()
        .map(|change| json!({"before": change.before, "after": change.after}))
        .collect();
    json!({
        "id": report.id, "path": report.path, "url": report.url, "title": report.title,
        "added": instant(report.added), "changes": changes,
    })
}

fn print(versions: &[Version], output: &mut Output) -> Result<()> {
    for (version, n) in versions.iter().zip(1..) {
        let report = &version.report;
        let title = one_line(report.title.as_deref().unwrap_or(&report.path));
        writeln!(output, "version {n} · {} · added {}", report.id, instant(report.added))?;
        writeln!(output, "  {title}")?;
        for change in &version.changes {
            for (mark, text) in [('-', &change.before), ('+', &change.after)] {
                if !text.is_empty() {
                    writeln!(output, "  {mark} {}", one_line(text))?;
                }
            }
        }
    }
    Ok(())
}
