//! Compares the engine with spaCy, layer by layer, on rows that `train/parity.py` writes.
//!
//! Runs where `VARIORUM_PARITY` names such a file; `VARIORUM_WEIGHTS` may name other weights than
//! the ones in `models/`, `VARIORUM_PARITY_SENTENCES` how many sentences there must be at least.
//! `train/parity.sh` makes the rows and runs this; with rows of your own:
//! `VARIORUM_PARITY=rows.jsonl cargo test -p variorum-language --test parity -- --nocapture`
#![allow(clippy::print_stdout)] // the figures are what it is run for

use serde::Deserialize;
use std::io::{BufRead, BufReader};
use std::time::Instant;
use variorum_language::engine::{Doc, Engine};

/// Most differences that float order may make: one in ten thousand.
const TOLERANCE: f64 = 1e-4;
/// Differences that are shown of each layer.
const SHOWN: usize = 12;

#[derive(Deserialize)]
struct Row {
    text: String,
    spans: Vec<usize>,
    tags: Vec<String>,
    deps: Vec<String>,
    heads: Vec<u32>,
    lemmas: Vec<String>,
    pos: Vec<String>,
    starts: Vec<usize>,
    ents: Vec<(u32, u32, String)>,
}

/// The line that ends what one process wrote.
#[derive(Deserialize)]
struct End {
    spacy: String,
    rows: usize,
}

/// The rows of a file of one or more parts, each ended by its [`End`].
fn read_rows(file: impl BufRead) -> Vec<Row> {
    let (mut rows, mut promised) = (Vec::new(), 0);
    let mut ended = false;
    for (number, line) in file.lines().enumerate() {
        let line = line.expect("the rows can be read");
        if let Ok(end) = serde_json::from_str::<End>(&line) {
            println!("{} rows of spaCy {}", end.rows, end.spacy);
            promised += end.rows;
            ended = true;
        } else {
            let row = serde_json::from_str(&line);
            rows.push(row.unwrap_or_else(|error| panic!("line {}: {error}", number + 1)));
            ended = false;
        }
    }
    assert!(ended && promised == rows.len(), "the file is cut short: {} rows", rows.len());
    rows
}

/// A layer's comparisons and differences.
struct Layer {
    name: &'static str,
    compared: usize,
    different: usize,
    shown: Vec<String>,
}

impl Layer {
    fn new(name: &'static str) -> Layer {
        Layer { name, compared: 0, different: 0, shown: Vec::new() }
    }

    fn compare<T: PartialEq + std::fmt::Debug>(&mut self, ours: T, theirs: T, at: &str) {
        self.compared += 1;
        if ours != theirs {
            self.different += 1;
            if self.shown.len() < SHOWN {
                self.shown.push(format!("{at:?}: {ours:?}, spaCy {theirs:?}"));
            }
        }
    }
}

fn compare(row: &Row, doc: &Doc, layers: &mut [Layer; 8]) {
    let [tokens, tags, heads, labels, starts, lemmas, parts, names] = layers;
    let ours: Vec<[usize; 2]> = doc.tokens.iter().map(|t| [t.range.start, t.range.end]).collect();
    let theirs = row.spans.as_chunks::<2>().0;
    if ours != theirs {
        let missed: Vec<&str> = theirs
            .iter()
            .filter(|span| !ours.contains(span))
            .map(|&[start, end]| &row.text[start..end])
            .collect();
        tokens.compared += theirs.len();
        tokens.different += missed.len().max(1);
        if tokens.shown.len() < SHOWN {
            tokens.shown.push(format!("{missed:?}"));
        }
        return;
    }
    tokens.compared += ours.len();
    for (i, token) in doc.tokens.iter().enumerate() {
        let word = &row.text[token.range.clone()];
        tags.compare(&*token.tag, &row.tags[i], word);
        heads.compare(token.head, row.heads[i], word);
        labels.compare(&*token.relation, &row.deps[i], word);
        starts.compare(token.sentence_start, row.starts.binary_search(&i).is_ok(), word);
        lemmas.compare(&*token.lemma, &row.lemmas[i], word);
        parts.compare(&*token.part, &row.pos[i], word);
    }
    let ours = doc.entities.iter().map(|e| (e.tokens.start, e.tokens.end, e.label.as_str()));
    let ours: Vec<(u32, u32, &str)> = ours.collect();
    let theirs: Vec<(u32, u32, &str)> =
        row.ents.iter().map(|(start, end, label)| (*start, *end, label.as_str())).collect();
    for name in &theirs {
        names.compare(ours.iter().find(|n| *n == name), Some(name), &row.text[..0]);
    }
    for name in ours.iter().filter(|n| !theirs.contains(n)) {
        names.compare(Some(name), None, &row.text[..0]);
    }
}

/// CPU time of this thread, where Linux tells it.
fn cpu_seconds() -> Option<f64> {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(times.split_whitespace().next()?.parse::<f64>().ok()? / 1e9)
}

#[test]
fn the_engine_says_what_spacy_says() {
    let Some(path) = std::env::var_os("VARIORUM_PARITY") else {
        println!("skipped: VARIORUM_PARITY names no file of rows from train/parity.py");
        return;
    };
    let weights = std::env::var_os("VARIORUM_WEIGHTS").unwrap_or_else(|| {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/english.weights").into()
    });
    let bytes = std::fs::read(&weights).expect("the weights can be read");
    let begin = Instant::now();
    let engine = Engine::load(&bytes).expect("the weights can be loaded");
    println!("{}: {} bytes, loaded in {:?}", engine.name(), bytes.len(), begin.elapsed());

    let file = BufReader::new(std::fs::File::open(path).expect("the rows can be read"));
    let rows = read_rows(file);
    let sentences: usize = rows.iter().map(|row| row.starts.len()).sum();
    let asked = std::env::var("VARIORUM_PARITY_SENTENCES");
    let asked = asked.map_or(1, |asked| asked.parse().expect("a number of sentences"));
    println!("{sentences} sentences, {asked} asked for");
    assert!(sentences >= asked, "{sentences} sentences, {asked} asked for");
    // One text with one range a row, as a report has paragraphs.
    let (begin, begin_cpu) = (Instant::now(), cpu_seconds());
    let mut docs = Vec::with_capacity(rows.len());
    for group in rows.chunks(24) {
        let mut text = String::new();
        let mut ranges = Vec::new();
        for row in group {
            ranges.push(text.len()..text.len() + row.text.len());
            text.push_str(&row.text);
            text.push('\n');
        }
        for (mut doc, range) in engine.parse(&text, &ranges).into_iter().zip(ranges) {
            for token in &mut doc.tokens {
                token.range = token.range.start - range.start..token.range.end - range.start;
            }
            docs.push(doc);
        }
    }
    let seconds = begin.elapsed().as_secs_f64();
    let count: usize = docs.iter().map(|d| d.tokens.len()).sum();
    println!("{count} tokens in {seconds:.2} s: {:.0} tokens/s", count as f64 / seconds);
    if let (Some(from), Some(to)) = (begin_cpu, cpu_seconds()) {
        println!("{:.0} tokens per CPU second", count as f64 / (to - from));
    }

    let mut layers =
        ["tokens", "tags", "heads", "labels", "starts", "lemmas", "parts", "names"].map(Layer::new);
    for (row, doc) in rows.iter().zip(&docs) {
        compare(row, doc, &mut layers);
    }
    for layer in &layers {
        println!("{:7} {:8} compared, {:5} different", layer.name, layer.compared, layer.different);
        for difference in &layer.shown {
            println!("    {difference}");
        }
    }
    for layer in &layers {
        assert!(layer.compared > 0, "{}: nothing was compared", layer.name);
        let allowed = layer.compared as f64 * TOLERANCE;
        assert!(layer.different as f64 <= allowed, "{}: {}", layer.name, layer.different);
    }
}
