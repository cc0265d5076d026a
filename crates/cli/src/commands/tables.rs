//! What the commands over a record file share: which reports are meant, and lines for a terminal.

use crate::arguments::FacetOptions;
use crate::progress::Progress;
use anyhow::{Result, ensure};
use variorum_model::ReadReport;
use variorum_model::contract::Record;
use variorum_pipeline::Pipeline;
use variorum_record::{Facets, RecordFile, Records, end_of_day};

/// The facets asked for.
pub(super) fn facets(options: &FacetOptions) -> Result<Facets> {
    for (name, day) in [("--from", &options.from), ("--to", &options.to)] {
        if let Some(day) = day {
            let is_day = end_of_day(day).is_some() && day.len() == 10;
            ensure!(is_day, "{name} {day}: this is no day: write it as YYYY-MM-DD");
        }
    }
    Ok(Facets {
        actor: options.actor.clone(),
        office: options.office.clone(),
        place: options.place.clone(),
        kind: options.kind.clone(),
        outlet: options.outlet.clone(),
        conflict: options.conflict.clone(),
        story: options.story.clone(),
        from: options.from.clone(),
        to: options.to.clone(),
        fold: !options.exact,
    })
}

/// The record of reports that were read before.
pub(super) fn collate(reports: Vec<ReadReport>) -> Record {
    Pipeline::collate(reports, &[])
}

/// Brings the records of the stories meant up to date, where differences are asked for.
pub(super) fn refresh(file: &RecordFile, facets: &Facets, quiet: bool) -> Result<()> {
    let mut progress = Progress::new("collating", quiet);
    Records::of(file).refresh(facets, &collate, || progress.step())?;
    Ok(())
}

/// A text on one line, without anything a terminal could take for a command.
pub(super) fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most so many characters of a text on one line.
pub(super) fn clipped(text: &str, most: usize) -> String {
    let line = one_line(text);
    if line.chars().nth(most).is_none() {
        return line;
    }
    let mut cut: String = line.chars().take(most.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

/// Days from the first to the last, as short as they can be told.
pub(super) fn days(first: Option<&str>, last: Option<&str>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first == last => first.to_owned(),
        (None, None) => "no date".to_owned(),
        (first, last) => format!("{} – {}", first.unwrap_or("…"), last.unwrap_or("…")),
    }
}
