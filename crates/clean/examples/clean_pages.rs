//! Cleans pages given as paths on standard input or as arguments, and prints a row for each. With
//! `LEARN_OUTLETS` set it reads them twice, and learns the layouts of their outlets first.

use std::io::{BufRead, Read, Write};
use variorum_clean::html::{Layouts, clean_by};
use variorum_model::{RawReport, SourceForm};

fn main() -> std::io::Result<()> {
    let mut paths: Vec<String> = std::env::args().skip(1).collect();
    if paths.is_empty() {
        paths = std::io::stdin().lock().lines().collect::<Result<_, _>>()?;
    }
    let mut layouts = Layouts::default();
    if std::env::var_os("LEARN_OUTLETS").is_some() {
        let mut seen = Vec::new();
        for path in &paths {
            let cleaned = clean_by(&page(path)?, Some(&layouts));
            seen.extend(cleaned.ok().and_then(|c| c.traits));
        }
        layouts = Layouts::learn(seen);
        writeln!(std::io::stderr(), "{} layouts", layouts.len())?;
    }
    let mut out = std::io::stdout().lock();
    let (mut slowest, mut spent) = (0.0f64, 0.0f64);
    for path in &paths {
        let raw = page(path)?;
        let begun = std::time::Instant::now();
        let cleaned = clean_by(&raw, (!layouts.is_empty()).then_some(&layouts)).map(|c| c.report);
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

/// A page as intake would hand it on.
fn page(path: &str) -> std::io::Result<RawReport> {
    let mut bytes = std::fs::read(path)?;
    if path.ends_with(".gz") {
        let mut plain = Vec::new();
        flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_end(&mut plain)?;
        bytes = plain;
    }
    Ok(RawReport {
        id: path.to_owned(),
        path: path.to_owned(),
        form: SourceForm::Html,
        text: String::from_utf8_lossy(&bytes).into_owned(),
        url: None,
        title: None,
        outlet: None,
        published: None,
        warnings: Vec::new(),
    })
}
