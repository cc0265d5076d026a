//! Invented reports and record files made of them.

use std::path::{Path, PathBuf};
use variorum_model::{
    Annotations, Codings, Mention, MentionKind, RawReport, ReadReport, Report, SourceForm, Span,
    Title,
};
use variorum_record::{Added, Adding, Arrival, Entry, RecordFile, content_hash};

/// A day in 2024, in milliseconds since 1970.
pub(crate) const DAY: i64 = 1_704_100_000_000;

/// A report whose names are its words in capitals that open no sentence; its first line is its title.
pub(crate) fn report(path: &str, text: &str) -> ReadReport {
    let id =
        content_hash(text.as_bytes())[..8].iter().map(|b| format!("{b:02x}")).collect::<String>();
    let mut report = Report::of_lines(&id, text);
    report.path = path.to_owned();
    let first = report.body.first().map(|b| b.span);
    report.title = first.map(|span| Title { value: span.of(text).to_owned(), span: Some(span) });
    let sentences = report.body.iter().map(|b| b.span).collect();
    let mut mentions = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        if word.chars().next().is_some_and(char::is_uppercase) && at > 0 {
            let span = Span::new(at, at + word.len());
            mentions.push(Mention {
                span,
                kind: MentionKind::Person,
                head: span,
                government: false,
                title: None,
                country: None,
                rule: "capital",
                confidence: 0.5,
            });
        }
        at += piece.len();
    }
    let annotations = Annotations { sentences, mentions, ..Annotations::default() };
    ReadReport { report, annotations, codings: Codings::default() }
}

/// The report ready to be written.
pub(crate) fn entry(path: &str, text: &str) -> Entry {
    entry_of(text, &report(path, text))
}

/// What was read in a text, ready to be written.
pub(crate) fn entry_of(text: &str, read: &ReadReport) -> Entry {
    let raw = RawReport {
        id: read.report.id.clone(),
        path: read.report.path.clone(),
        form: SourceForm::PlainText,
        text: text.to_owned(),
        url: None,
        title: None,
        outlet: None,
        published: None,
        warnings: Vec::new(),
    };
    Entry::prepare(&raw, text.as_bytes(), false, read).expect("it can be packed")
}

/// Reports as they arrive.
pub(crate) fn arrivals(texts: &[(&str, &str)]) -> Vec<Arrival> {
    texts.iter().map(|(path, text)| Arrival::Report(Box::new(entry(path, text)))).collect()
}

/// Adds reports in one batch.
pub(crate) fn add(path: &Path, texts: &[(&str, &str)], now: i64) -> Vec<Added> {
    let mut adding =
        Adding::new(RecordFile::open_to_add(path).expect("it opens")).expect("it reads");
    let added = adding.write(arrivals(texts), now).expect("it writes");
    adding.finish().expect("it settles");
    added
}

/// Many different texts of some hundred words, frequent and rare.
pub(crate) fn many(count: usize) -> Vec<(String, String)> {
    let stems =
        ["harbour", "pilot", "tanker", "glacier", "bridge", "council", "radio", "mediation"];
    let mut random = 0x9e37_79b9_7f4a_7c15u64;
    let mut below = |most: u64| {
        random =
            random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) % most
    };
    (0..count)
        .map(|n| {
            let mut text = format!("Report {n} of the coast watch\n");
            for _ in 0..200 {
                // Few numbers are frequent, most are rare.
                let number = below(40_000) * below(40_000) / 40_000;
                text.push_str(stems[(number % 8) as usize]);
                text.push_str(&format!("{number} "));
            }
            (format!("{n}.txt"), text)
        })
        .collect()
}

pub(crate) fn borrowed(texts: &[(String, String)]) -> Vec<(&str, &str)> {
    texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

/// Four reports, two of one story and one copy.
pub(crate) const REPORTS: [(&str, &str); 4] = [
    (
        "strike.txt",
        "Harbour pilots strike over pensions\nThe harbour pilots of Aktau struck on Monday over pensions, and tankers waited at anchor in the Caspian roads while the port captain Zhanibek Qaderi asked for mediation.",
    ),
    (
        "strike-2.txt",
        "Tankers wait as pilots strike\nTankers waited off Aktau on Monday as harbour pilots struck over pensions; the port captain, Zhanibek Ghaderi, has asked for mediation, the guild of pilots said.",
    ),
    (
        "lake.txt",
        "Lake bursts its moraine\nA glacier lake above the village burst its moraine and carried away two bridges, shepherds told the district radio of Şırnak.",
    ),
    (
        "strike-3.txt",
        "Harbour pilots strike over pensions\nThe harbour pilots of Aktau struck on Monday over pensions, and tankers waited at anchor in the Caspian roads while the port captain Zhanibek Qaderi asked for mediation. Rain fell.",
    ),
];

/// A folder that goes with the test, and a file in it.
pub(crate) fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("r.db");
    (folder, path)
}
