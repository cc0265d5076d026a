//! Learns what readings have in common, for form 2 of readings:
//!
//!     reading_prior RECORD > reading_v2.prior
//!
//! RECORD is a record file of the reports to learn from. What was made once is part of the form and stays.

use std::error::Error;
use std::io::Write;
use std::path::Path;
use variorum_record::{Facets, RecordFile, learn_prior};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("want: reading_prior RECORD")?;
    let file = RecordFile::open(Path::new(&path))?;
    let mut lines = file.select(&Facets::default(), usize::MAX >> 1)?;
    lines.sort_by(|a, b| a.id.cmp(&b.id));
    let mut reads = Vec::new();
    for line in lines {
        reads.push(file.read(&line, i64::MAX)?);
    }
    let prior = learn_prior(&reads)?;
    std::io::stdout().lock().write_all(&prior)?;
    Ok(())
}
