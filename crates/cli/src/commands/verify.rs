//! `verify`: whether the record holds what was put in it.

use super::Outcome;
use super::output::Output;
use crate::arguments::VerifyOptions;
use crate::messages;
use crate::progress::Progress;
use anyhow::Result;
use std::io::Write;
use variorum_record::RecordFile;

pub(crate) fn run(options: &VerifyOptions) -> Result<Outcome> {
    let file = RecordFile::open(&options.record.path)?;
    let mut progress = Progress::new("checking", options.quiet);
    let verified = file.verify(|| progress.step())?;
    drop(progress);
    for fault in &verified.faults {
        messages::complain(fault);
    }
    let mut output = Output::open(None)?;
    let (reports, citations) = (verified.reports, verified.citations);
    let verdict = match verified.faults.len() {
        0 => "all as they were added".to_owned(),
        1 => "1 fault".to_owned(),
        n => format!("{n} faults"),
    };
    writeln!(output, "{reports} reports, {citations} citations checked: {verdict}")?;
    output.flush()?;
    Ok(Outcome { unreadable: verified.faults.len(), ..Outcome::default() })
}
