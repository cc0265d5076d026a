//! `verify`: whether the record holds what was put in it.

use super::Outcome;
use super::output::Output;
use super::tables::count;
use crate::arguments::VerifyOptions;
use crate::messages;
use anyhow::Result;
use std::io::Write;
use variorum_record::RecordFile;

pub(crate) fn run(options: &VerifyOptions) -> Result<Outcome> {
    let file = RecordFile::open(&options.record.path)?;
    let mut progress = options.progress.bar("checking");
    let verified = file.verify(|| progress.step())?;
    drop(progress);
    for fault in &verified.faults {
        messages::complain(fault);
    }
    let mut output = Output::open(None)?;
    let reports = count(verified.reports, "report", "reports");
    let records = match verified.records {
        0 => String::new(),
        n => format!(" and {}", count(n, "record of a story", "records of stories")),
    };
    let citations = count(verified.citations, "citation", "citations");
    let verdict = match verified.faults.len() {
        0 => "all as they were added".to_owned(),
        n => count(n, "fault", "faults"),
    };
    writeln!(output, "{reports}{records}, {citations} checked: {verdict}")?;
    output.flush()?;
    Ok(Outcome { unreadable: verified.faults.len(), ..Outcome::default() })
}
