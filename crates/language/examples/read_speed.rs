//! How fast English is read: one line of JSON for `benches/reading`.
//!
//!     read_speed WEIGHTS ROWS.jsonl parse|read THREADS
//!
//! `parse` gives each paragraph to the engine with these weights: tokens, tags, trees, lemmas, names
//! (what spaCy's pipeline does). `read` gives each text to [`Language`] with the weights that the
//! program carries: sentence splitting and the rules of names besides. Rows are `{"text"}`.

use serde_json::{Value, json};
use std::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use variorum_language::{Language, engine::Engine};
use variorum_model::Span;

/// Reads one text and counts its tokens.
type Reader = Box<dyn Fn(&str) -> usize + Sync>;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [weights, rows, stage, threads] = args.as_slice() else {
        return Err("give WEIGHTS ROWS.jsonl parse|read THREADS".into());
    };
    let threads: usize = threads.parse()?;
    let texts: Vec<String> = std::fs::read_to_string(rows)?
        .lines()
        .map(|line| Ok(serde_json::from_str::<Value>(line)?["text"].as_str().unwrap_or("").into()))
        .collect::<Result<_, serde_json::Error>>()?;

    let (begin, begin_cpu) = (Instant::now(), cpu_seconds()?);
    let read: Reader = match stage.as_str() {
        "parse" => {
            let engine = Engine::load(&std::fs::read(weights)?)?;
            Box::new(move |text| parse(&engine, text))
        }
        "read" => {
            let language = Language::load();
            Box::new(move |text| {
                let parse = language.read_blocks(text, &blocks(text));
                parse.tokens.len()
            })
        }
        _ => return Err("the stage is parse or read".into()),
    };
    let (start_wall, start_cpu) = (begin.elapsed().as_secs_f64(), cpu_seconds()? - begin_cpu);

    let (begin, begin_cpu) = (Instant::now(), cpu_seconds()?);
    let (next, tokens) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(text) = texts.get(next.fetch_add(1, Ordering::Relaxed)) {
                    tokens.fetch_add(read(text), Ordering::Relaxed);
                }
            });
        }
    });
    let (wall, cpu) = (begin.elapsed().as_secs_f64(), cpu_seconds()? - begin_cpu);
    let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
    let line = json!({
        "words": words, "tokens": tokens.into_inner(), "cpu": cpu, "wall": wall,
        "start_cpu": start_cpu, "start_wall": start_wall, "peak_kib": peak_kib(),
    });
    #[allow(clippy::print_stdout)] // what it is run for
    {
        println!("{line}");
    }
    Ok(())
}

/// The paragraphs of a text: its lines that are not blank.
fn paragraphs(text: &str) -> impl Iterator<Item = (usize, usize)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, start + line.trim_end().len()))
    })
}

fn parse(engine: &Engine, text: &str) -> usize {
    let ranges: Vec<_> = paragraphs(text)
        .filter(|(start, end)| start < end)
        .map(|(start, end)| start..end)
        .collect();
    engine.parse(text, &ranges).iter().map(|doc| doc.tokens.len()).sum()
}

fn blocks(text: &str) -> Vec<(Option<u32>, Span)> {
    let spans = paragraphs(text).filter(|(start, end)| start < end);
    spans.enumerate().map(|(i, (start, end))| (Some(i as u32), Span::new(start, end))).collect()
}

/// CPU time of this process, its ended threads included.
fn cpu_seconds() -> Result<f64, Box<dyn Error>> {
    // User and system time in hundredths of a second, the 14th and 15th field; the second is a name
    // in brackets and may hold spaces.
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let after_name = stat.rsplit(')').next().unwrap_or("");
    let field = |i: usize| after_name.split_whitespace().nth(i).unwrap_or("0").parse::<f64>();
    Ok((field(11)? + field(12)?) / 100.0)
}

/// The largest resident set so far, in KiB.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
