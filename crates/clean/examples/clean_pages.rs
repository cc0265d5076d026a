//! Cleans pages given as paths on standard input or as arguments, and prints a row for each.

use std::io::{BufRead, Read, Write};
use variorum_model::{RawReport, SourceForm};

fn main() -> std::io::Result<()> {
    let mut paths: Vec<String> = std::env::args().skip(1).collect();
    if paths.is_empty() {
        paths = std::io::stdin().lock().lines().collect::<Result<_, _>>()?;
    }
    let mut out = std::io::stdout().lock();
    let (mut slowest, mut spent) = (0.0f64, 0.0f64);
    for path in &paths {
        let mut bytes = std::fs::read(path)?;
        if path.ends_with(".gz") {
            let mut plain = Vec::new();
            flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_end(&mut plain)?;
            bytes = plain;
        }
        let raw = RawReport {
            id: path.clone(),
            path: path.clone(),
            form: SourceForm::Html,
            text: String::from_utf8_lossy(&bytes).into_owned(),
            url: None,
            title: None,
            outlet: None,
            published: None,
            warnings: Vec::new(),
        };
        let begun = std::time::Instant::now();
        let cleaned = variorum_clean::html::clean(&raw);
        let seconds = begun.elapsed().as_secs_f64();
        (slowest, spent) = (slowest.max(seconds), spent + seconds);
        let row = match cleaned {
            Ok(report) => variorum_model::report_row(&report),
            Err(rejection) => {
                serde_json::json!({"id": raw.id, "path": path, "rejected": rejection})
            }
        };
        writeln!(out, "{row}")?;
    }
    let rate = paths.len() as f64 / spent.max(1e-9);
    writeln!(std::io::stderr(), "{} pages, {rate:.0} a second, slowest {slowest:.3} s", paths.len())
}
