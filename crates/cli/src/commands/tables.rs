//! What the commands over a record file share: which reports are meant, and lines for a terminal.

use super::output::Output;
use crate::arguments::{FacetOptions, ListFormat, ProgressOption};
use anyhow::{Result, ensure};
use std::fmt::Display;
use std::io::Write;
use variorum_model::ReadReport;
use variorum_model::contract::Record;
use variorum_pipeline::Pipeline;
use variorum_record::{Facets, RecordFile, Records, is_day};

/// The facets asked for.
pub(super) fn facets(options: &FacetOptions) -> Result<Facets> {
    for (name, day) in [("--from", &options.from), ("--to", &options.to)] {
        if let Some(day) = day {
            ensure!(is_day(day), "{name} {day}: this is no day: write it as YYYY-MM-DD");
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
pub(super) fn refresh(file: &RecordFile, facets: &Facets, shown: &ProgressOption) -> Result<()> {
    let mut progress = shown.bar("collating");
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

/// A number with its noun.
pub(super) fn count<N: Display + PartialEq + From<u8>>(n: N, one: &str, several: &str) -> String {
    let noun = if n == N::from(1) { one } else { several };
    format!("{n} {noun}")
}

/// Says to a person that a list has no rows; a program sees that it has none.
pub(super) fn tell_of_none(rows: usize, format: ListFormat, output: &mut Output) -> Result<()> {
    if rows == 0 && format == ListFormat::Text {
        writeln!(output, "nothing found")?;
    }
    Ok(())
}

/// Days from the first to the last, as short as they can be told.
pub(super) fn days(first: Option<&str>, last: Option<&str>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first == last => first.to_owned(),
        (None, None) => "no date".to_owned(),
        (first, last) => format!("{} – {}", first.unwrap_or("…"), last.unwrap_or("…")),
    }
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn one_is_told_apart() {
        assert_eq!(count(0_u64, "story", "stories"), "0 stories");
        assert_eq!(count(1_i64, "story", "stories"), "1 story");
        assert_eq!(count(2_usize, "story", "stories"), "2 stories");
    }
}
