//! `show`: one report, or the record of one story.

use super::Outcome;
use super::collate::print_record;
use super::output::Output;
use super::tables::{collate, count, days, one_line};
use crate::arguments::{Format, ShowOptions, ViewOptions};
use anyhow::{Result, bail};
use std::io::Write;
use variorum_model::{BlockKind, ReadReport, annotated_row};
use variorum_record::{RecordFile, Records, ReportLine};

pub(crate) fn run(options: &ShowOptions) -> Result<Outcome> {
    let file = RecordFile::open(&options.record.path)?;
    if options.id.starts_with("s:") {
        if options.raw {
            bail!("{}: a story has no bytes of its own: give the id of a report", options.id);
        }
        file.settle_stories()?;
        let record = Records::of(&file).record(&options.id, &collate)?;
        print_record(&record, &options.view)?;
        return Ok(Outcome::default());
    }
    let line = file.find(&options.id)?;
    if options.raw {
        let mut output = options.view.output.open()?;
        output.write_all(&file.raw(&line)?)?;
        output.flush()?;
        return Ok(Outcome::default());
    }
    let read = file.read(&line, i64::MAX)?;
    print_report(&line, read, &options.view)?;
    Ok(Outcome::default())
}

fn print_report(line: &ReportLine, read: ReadReport, view: &ViewOptions) -> Result<()> {
    if view.view.is_some() || view.tei {
        return print_record(&collate(vec![read]), view);
    }
    let row = || annotated_row(&read.report, &read.annotations, &read.codings);
    match view.format {
        Format::Json | Format::Jsonl => {
            let mut output = view.output.open()?;
            if view.format == Format::Json {
                serde_json::to_writer_pretty(&mut output, &row())?;
            } else {
                serde_json::to_writer(&mut output, &row())?;
            }
            writeln!(output)?;
            output.flush()?;
        }
        Format::Text => {
            let mut output = view.output.open()?;
            print_text(line, &read, &mut output)?;
            output.flush()?;
        }
        // The other forms are those of a record: that of the one report.
        _ => return print_record(&collate(vec![read]), view),
    }
    Ok(())
}

fn print_text(line: &ReportLine, read: &ReadReport, output: &mut Output) -> Result<()> {
    let report = &read.report;
    if let Some(title) = &report.title {
        writeln!(output, "{}", one_line(&title.value))?;
    }
    let outlet = line.outlet.as_deref().map_or("no outlet".to_owned(), one_line);
    let days = days(line.first_day.as_deref(), line.last_day.as_deref());
    writeln!(output, "{} · {outlet} · {days}", line.id)?;
    writeln!(output, "{}", one_line(line.url.as_deref().unwrap_or(&line.path)))?;
    for block in &report.body {
        let mark = match block.kind {
            BlockKind::Paragraph => "",
            BlockKind::Heading => "# ",
            BlockKind::Caption => "[picture] ",
        };
        writeln!(output, "\n{mark}{}", one_line(block.span.of(&report.text)))?;
    }
    let a = &read.annotations;
    writeln!(
        output,
        "\n{}, {}, {}, {}, {}: --format json shows them",
        count(a.mentions.len(), "name", "names"),
        count(a.times.len(), "time", "times"),
        count(a.quotations.len(), "quotation", "quotations"),
        count(a.offices.len(), "office", "offices"),
        count(read.codings.events.len(), "event", "events"),
    )?;
    Ok(())
}
