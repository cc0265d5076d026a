//! How fast times are read in texts that are parsed already: one line of JSON for `benches/times`.
//!
//!     time_speed ROWS.jsonl ROUNDS
//!
//! Rows are `{"text"[,"published"]}`. The parses are made first and not counted. Each round reads the
//! times of every text on one thread; CPU seconds are of the fastest round.

use serde_json::{Value, json};
use std::error::Error;
use variorum_language::Language;
use variorum_model::{Basis, Parse, Published, Report};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [rows, rounds] = args.as_slice() else { return Err("give ROWS.jsonl ROUNDS".into()) };
    let language = Language::load();
    let parsed: Vec<(Report, Parse)> = std::fs::read_to_string(rows)?
        .lines()
        .map(|line| {
            let report = report(&serde_json::from_str(line)?);
            let parse = language.read(&report);
            Ok((report, parse))
        })
        .collect::<Result<_, serde_json::Error>>()?;
    let (mut fastest, mut found) = (f64::INFINITY, 0);
    for _ in 0..rounds.parse::<u32>()?.max(1) {
        let begin = cpu_seconds()?;
        found = parsed.iter().map(|(r, p)| variorum_annotate::times(r, p).len()).sum();
        fastest = fastest.min(cpu_seconds()? - begin);
    }
    let words: usize = parsed.iter().map(|(r, _)| r.text.split_whitespace().count()).sum();
    let line = json!({ "words": words, "found": found, "cpu": fastest });
    #[allow(clippy::print_stdout)] // what it is run for
    {
        println!("{line}");
    }
    Ok(())
}

/// A report of a row's lines.
fn report(row: &Value) -> Report {
    let published = row["published"].as_str().map(|value| {
        let day = value.get(..10).and_then(|d| d.parse().ok());
        let value = value.to_owned();
        Published {
            start: day,
            end: day,
            value,
            basis: Basis::Metadata,
            evidence: Vec::new(),
            steps: Vec::new(),
        }
    });
    Report { published, ..Report::of_lines("", row["text"].as_str().unwrap_or("")) }
}

/// CPU seconds of this process: user and system, as Linux counts them for its only thread.
fn cpu_seconds() -> Result<f64, Box<dyn Error>> {
    let stat = std::fs::read_to_string("/proc/self/schedstat")?;
    let nanoseconds: f64 = stat.split_whitespace().next().ok_or("no schedstat")?.parse()?;
    Ok(nanoseconds / 1e9)
}
