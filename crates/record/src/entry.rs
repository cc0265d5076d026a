//! What is kept of one report, made ready on the thread that read it.

use crate::pack::{pack_raw, pack_text};
use crate::wire;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::io;
use variorum_identity::names::sound_key;
use variorum_model::{
    BlockKind, EventType, Mention, Modality, RawReport, ReadReport, SourceForm, Span,
};
use variorum_stories::Sketch;

/// Letters from which a word is worth finding by its sound.
const SOUNDED: usize = 3;
/// A longer run of letters is no word.
const LONGEST_WORD: usize = 64;

/// The BLAKE3 hash of raw bytes, by which a report is known.
pub type ContentHash = [u8; 32];

/// The hash of a report's raw bytes.
pub fn content_hash(bytes: &[u8]) -> ContentHash {
    *blake3::hash(bytes).as_bytes()
}

/// A name as written in a report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Naming {
    pub(crate) kind: &'static str,
    pub(crate) name: String,
}

/// A report ready to be written: everything that takes time is done.
#[derive(Debug)]
pub struct Entry {
    pub(crate) id: String,
    pub(crate) hash: ContentHash,
    pub(crate) form: &'static str,
    pub(crate) path: String,
    pub(crate) url: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) language: String,
    pub(crate) retrieved: Option<String>,
    pub(crate) first_day: Option<String>,
    pub(crate) last_day: Option<String>,
    /// The report's text, and packed.
    pub(crate) plain: String,
    pub(crate) text: Vec<u8>,
    pub(crate) raw: Option<Vec<u8>>,
    pub(crate) reading: Vec<u8>,
    /// The article's running text, for the full-text index.
    pub(crate) article: String,
    pub(crate) namings: Vec<(Naming, Option<String>, u32)>,
    /// Sounds and words.
    pub(crate) spellings: BTreeSet<(String, String)>,
    /// Title, country, holder.
    pub(crate) offices: BTreeSet<(String, String, String)>,
    pub(crate) tellings: Vec<(&'static str, u32)>,
    pub(crate) sketch: Sketch,
}

impl Entry {
    /// Makes a report ready. `bytes` are those it was made of, `row` says that they are a row of JSON Lines.
    ///
    /// # Errors
    /// When it cannot be compressed for want of memory.
    pub fn prepare(
        raw: &RawReport,
        bytes: &[u8],
        row: bool,
        read: &ReadReport,
    ) -> io::Result<Entry> {
        let report = &read.report;
        let text = report.text.as_bytes();
        let day = |day: Option<jiff::civil::Date>| day.map(|d| d.to_string());
        let published = report.published.as_ref();
        Ok(Entry {
            id: report.id.clone(),
            hash: content_hash(bytes),
            form: match (row, raw.form) {
                (true, _) => "row",
                (false, SourceForm::Html) => "page",
                (false, _) => "text",
            },
            path: report.path.clone(),
            url: report.url.clone(),
            title: report.title.as_ref().map(|t| t.value.clone()),
            outlet: report.outlet.as_ref().map(|o| o.name.clone()),
            language: report.language.clone(),
            retrieved: None,
            first_day: day(published.and_then(|p| p.start)),
            last_day: day(published.and_then(|p| p.end)),
            plain: report.text.clone(),
            text: pack_text(&report.text)?,
            raw: if bytes == text { None } else { Some(pack_raw(bytes, &report.text, row)?) },
            reading: wire::encode(read),
            article: article(read),
            namings: namings(read),
            spellings: spellings(read),
            offices: offices(read),
            tellings: tellings(read),
            sketch: Sketch::of(read),
        })
    }

    /// The same, fetched from the web at this time (ISO 8601).
    pub fn retrieved(self, retrieved: Option<String>) -> Entry {
        Entry { retrieved, ..self }
    }
}

fn article(read: &ReadReport) -> String {
    let report = &read.report;
    let mut article = String::with_capacity(report.text.len());
    for block in &report.body {
        article.push_str(block.span.of(&report.text));
        article.push('\n');
    }
    article
}

/// The name that a mention writes, on one line.
pub(crate) fn written(text: &str, mention: &Mention) -> String {
    mention.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn namings(read: &ReadReport) -> Vec<(Naming, Option<String>, u32)> {
    let mut found: FxHashMap<Naming, (Option<String>, u32)> = FxHashMap::default();
    for mention in &read.annotations.mentions {
        let name = written(&read.report.text, mention);
        let entry = found.entry(Naming { kind: mention.kind.name(), name }).or_default();
        entry.0 = entry.0.take().or_else(|| mention.country.clone());
        entry.1 += 1;
    }
    let mut rows: Vec<_> =
        found.into_iter().map(|(n, (country, times))| (n, country, times)).collect();
    rows.sort_unstable();
    rows
}

/// Runs of letters and digits in lower case, as the full-text index parts them.
pub(crate) fn words(text: &str) -> impl Iterator<Item = (Span, String)> + '_ {
    let start = text.as_ptr() as usize;
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(move |word| {
        let from = word.as_ptr() as usize - start;
        (Span::new(from, from + word.len()), word.to_lowercase())
    })
}

fn spellings(read: &ReadReport) -> BTreeSet<(String, String)> {
    let report = &read.report;
    let mut found: BTreeSet<String> = BTreeSet::new();
    for mention in &read.annotations.mentions {
        found.extend(words(mention.span.of(&report.text)).map(|(_, word)| word));
    }
    for block in report.body.iter().filter(|b| b.kind != BlockKind::Caption) {
        let others = words(block.span.of(&report.text)).map(|(_, word)| word);
        found.extend(others.filter(|word| !word.is_ascii()));
    }
    let sounded = found.into_iter().filter(|word| {
        let letters = word.chars().take(LONGEST_WORD + 1).count();
        (SOUNDED..=LONGEST_WORD).contains(&letters) && word.chars().any(char::is_alphabetic)
    });
    sounded.map(|word| (sound_key(&word), word)).filter(|(sounds, _)| !sounds.is_empty()).collect()
}

fn offices(read: &ReadReport) -> BTreeSet<(String, String, String)> {
    let text = &read.report.text;
    let offices = read.annotations.offices.iter();
    offices
        .map(|o| {
            let holder = o.holder.map(|h| h.of(text).to_owned()).unwrap_or_default();
            (o.title.clone(), o.country.clone().unwrap_or_default(), holder)
        })
        .collect()
}

fn tellings(read: &ReadReport) -> Vec<(&'static str, u32)> {
    let mut counted: FxHashMap<&'static str, u32> = FxHashMap::default();
    for event in &read.codings.events {
        if event.kind != EventType::Other && event.modality != Modality::Negated {
            *counted.entry(event.kind.name()).or_default() += 1;
        }
    }
    let mut rows: Vec<_> = counted.into_iter().collect();
    rows.sort_unstable();
    rows
}
