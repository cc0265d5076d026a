//! How fast reports are placed, in how much memory, and how rightly, as their number grows.
//!
//!     cluster_speed measure RECORD 25000,50000,100000,200000
//!     cluster_speed adding RECORD 100,1000,10000,100000
//!     cluster_speed rows RECORD 1000 [EVENT_SIZE] > rows.jsonl
//!
//! RECORD is a record file with the articles that reports are made of.

#![allow(clippy::print_stdout)] // its table is what it is run for

mod recombined;

use recombined::{Kind, Made, Recombined};
use serde_json::json;
use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};
use variorum_model::ReadReport;
use variorum_pipeline::{Pipeline, Witness, in_order, use_threads};
use variorum_record::{Facets, RecordFile};
use variorum_stories::{Sketch, Sketches};

const SEED: u64 = 20_110_601;
/// Reports of an event of the larger sort.
const SIZE: usize = 10;
/// Reports that are made before the clock runs again.
const BATCH: usize = 2_000;
/// Reports whose comparing is measured, of each number of reports the last.
const LAST: usize = 100;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["measure", record, sizes] => {
            use_threads(2)?;
            println!(
                "reports\tdigests, s\tplacing, s\tCPU, s\treports/s\treports in two CPU seconds\tpeak, MiB\tevents, B-cubed F1\tcopies, F1\treworded found"
            );
            let articles = articles(record)?;
            for size in sizes.split(',') {
                measure(Recombined::new(articles.clone(), SEED, size.parse()?, SIZE));
            }
        }
        ["adding", record, sizes] => {
            let sizes: Vec<usize> = sizes.split(',').map(str::parse).collect::<Result<_, _>>()?;
            let most = sizes.iter().copied().max().unwrap_or(0);
            adding(&Recombined::new(articles(record)?, SEED, most, SIZE), &sizes);
        }
        ["rows", record, reports] => {
            rows(&Recombined::new(articles(record)?, SEED, reports.parse()?, SIZE))
        }
        ["rows", record, reports, size] => {
            rows(&Recombined::new(articles(record)?, SEED, reports.parse()?, size.parse()?));
        }
        _ => return Err(
            "want: measure RECORD SIZES, adding RECORD SIZES, or rows RECORD REPORTS [EVENT_SIZE]"
                .into(),
        ),
    }
    Ok(())
}

fn articles(record: &str) -> Result<Vec<ReadReport>, Box<dyn Error>> {
    let file = RecordFile::open(Path::new(record))?;
    let mut lines = file.select(&Facets::default(), usize::MAX >> 1)?;
    lines.sort_by(|a, b| a.id.cmp(&b.id));
    let mut articles = Vec::new();
    for line in lines {
        articles.push(file.read(&line, i64::MAX)?);
    }
    Ok(articles)
}

fn rows(made: &Recombined) {
    for number in 0..made.len() {
        let Made { read, event, kind } = made.make(number);
        let report = read.report;
        let row = json!({
            "id": report.id,
            "text": report.text.trim_end(),
            "published": report.published.map(|p| p.value),
            "title": report.title.map(|t| t.value),
            "outlet": report.outlet.map(|o| o.name),
            "event": event,
            "kind": format!("{kind:?}").to_lowercase(),
        });
        println!("{row}");
    }
}

fn measure(made: Recombined) {
    let (mut witnesses, mut truth) = (Vec::new(), HashMap::new());
    let (mut digesting, mut cpu) = (Duration::ZERO, 0.0);
    for from in (0..made.len()).step_by(BATCH) {
        let mut batch: Vec<ReadReport> = Vec::new();
        in_order(
            from..(from + BATCH).min(made.len()),
            |n| made.make(n),
            |m| {
                truth.insert(m.read.report.path.clone(), (m.event, m.kind));
                batch.push(m.read);
                true
            },
        );
        let (start, cpu_start) = (Instant::now(), cpu_seconds());
        in_order(batch.into_iter(), Witness::of, |witness| {
            witnesses.push(witness);
            true
        });
        digesting += start.elapsed();
        cpu += cpu_seconds() - cpu_start;
    }
    let (start, cpu_start) = (Instant::now(), cpu_seconds());
    let (reports, placements) = Pipeline::placements(witnesses);
    let placing = start.elapsed();
    cpu += cpu_seconds() - cpu_start;
    let of: Vec<(usize, Kind)> = reports.iter().map(|r| truth[&r.path]).collect();
    let gold: Vec<usize> = of.iter().map(|o| o.0).collect();
    let found: Vec<usize> = placements.iter().map(|p| p.event as usize).collect();
    let (mut right, mut wrong, mut missed, mut reworded, mut reworded_found) = (0, 0, 0, 0, 0);
    for (placement, &(event, kind)) in placements.iter().zip(&of) {
        let copied = placement.duplicate_of.is_some_and(|d| of[d as usize].0 == event);
        // Which of two copies of one original came first is open where both are of one day.
        match kind {
            Kind::Copy | Kind::Excerpt if copied => right += 1,
            Kind::Copy | Kind::Excerpt => missed += 1,
            Kind::Reworded => {
                reworded += 1;
                reworded_found += usize::from(copied);
            }
            Kind::Other => wrong += usize::from(placement.duplicate_of.is_some() && !copied),
            Kind::Original => {}
        }
    }
    let copies = 2.0 * right as f64 / (2 * right + wrong + missed) as f64;
    println!(
        "{}\t{:.1}\t{:.1}\t{cpu:.1}\t{:.0}\t{:.0}\t{}\t{:.3}\t{copies:.3}\t{reworded_found} of {reworded}",
        reports.len(),
        digesting.as_secs_f64(),
        placing.as_secs_f64(),
        reports.len() as f64 / (digesting + placing).as_secs_f64(),
        2.0 * reports.len() as f64 / cpu,
        peak_memory() / 1024,
        b_cubed(&gold, &found),
    );
}

/// What it costs to compare one more report with those that a record file holds, as they grow.
fn adding(made: &Recombined, sizes: &[usize]) {
    println!("reports\tsketch, us\tcompare, us\talike");
    let mut sketches = Sketches::default();
    let (mut sketching, mut comparing, mut alike) = (Vec::new(), Vec::new(), 0);
    for number in 0..made.len() {
        let read = made.make(number).read;
        let start = Instant::now();
        let sketch = Sketch::of(&read);
        let sketched = start.elapsed();
        let found = sketches.compare(&sketch);
        sketches.push(sketch);
        let done = start.elapsed();
        let next = number + 1;
        if sizes.iter().any(|&size| next <= size && next + LAST > size) {
            sketching.push(sketched);
            comparing.push(done - sketched);
            alike += found.len();
        }
        if sizes.contains(&next) {
            let (sketch, compare) = (median(&mut sketching), median(&mut comparing));
            let alike = std::mem::take(&mut alike) as f64 / LAST.min(next) as f64;
            println!("{next}\t{}\t{}\t{alike:.1}", sketch.as_micros(), compare.as_micros());
        }
    }
}

/// The median of these times, which are used up.
fn median(times: &mut Vec<Duration>) -> Duration {
    times.sort_unstable();
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    times.clear();
    median
}

/// F1 of B-cubed precision and recall (Bagga and Baldwin 1998).
fn b_cubed(gold: &[usize], found: &[usize]) -> f64 {
    let count = |keys: &mut dyn Iterator<Item = (usize, usize)>| {
        let mut counts: HashMap<(usize, usize), usize> = HashMap::new();
        keys.for_each(|key| *counts.entry(key).or_default() += 1);
        counts
    };
    let golds = count(&mut gold.iter().map(|&g| (g, 0)));
    let founds = count(&mut found.iter().map(|&f| (f, 0)));
    let both = count(&mut gold.iter().copied().zip(found.iter().copied()));
    let (mut precision, mut recall) = (0.0, 0.0);
    for (&(g, f), &n) in &both {
        precision += (n * n) as f64 / founds[&(f, 0)] as f64;
        recall += (n * n) as f64 / golds[&(g, 0)] as f64;
    }
    let all = gold.len().max(1) as f64;
    let (precision, recall) = (precision / all, recall / all);
    2.0 * precision * recall / (precision + recall)
}

/// CPU seconds of this process so far, all threads; in the hundredths that Linux counts in.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = after.split_whitespace().skip(11).take(2).filter_map(|t| t.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

/// Largest resident set so far, in KiB; 0 where the system does not tell.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}
