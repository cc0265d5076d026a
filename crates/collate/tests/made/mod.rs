//! Records made of invented reports, from the reading on.

use variorum_language::Language;
use variorum_model::contract::Record;
use variorum_model::{Basis, Block, BlockKind, Outlet, Published, ReadReport, Report, Span, Title};

fn report(id: &str, text: &str, day: &str) -> Report {
    let value = day;
    let day = day.parse().ok();
    Report {
        id: id.to_owned(),
        path: String::new(),
        text: text.to_owned(),
        language: "en".to_owned(),
        title: None,
        outlet: Some(Outlet { name: format!("Outlet {id}"), basis: Basis::Metadata, span: None }),
        byline: None,
        dateline: None,
        published: Some(Published {
            start: day,
            end: day,
            value: value.to_owned(),
            basis: Basis::Metadata,
            evidence: Vec::new(),
            steps: Vec::new(),
        }),
        url: None,
        body: vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }],
        removed: Vec::new(),
        entries: Vec::new(),
        source_map: Vec::new(),
        warnings: Vec::new(),
    }
}

/// The record of texts that came out on one day.
pub(crate) fn record(language: &Language, texts: &[&str]) -> Record {
    let dated: Vec<(&str, &str)> = texts.iter().map(|t| ("2019-05-14", *t)).collect();
    dated_record(language, &dated)
}

/// A first line set off by an empty one is the headline.
fn headline(report: &mut Report) {
    let Some((title, _)) = report.text.split_once("\n\n") else { return };
    let value = title.to_owned();
    let (end, length) = (value.len(), report.text.len());
    report.title = Some(Title { value, span: Some(Span::new(0, end)) });
    report.body[0].span = Span::new(end + 2, length);
}

/// Texts read, each with its day of publication.
pub(crate) fn read_reports(language: &Language, texts: &[(&str, &str)]) -> Vec<ReadReport> {
    let read = |(i, (day, text)): (usize, &(&str, &str))| {
        let mut report = report(&format!("r{i}"), text, day);
        headline(&mut report);
        let parse = language.read(&report);
        let annotations = variorum_annotate::annotate(&report, &parse);
        let codings = variorum_events::code(&report, &parse, &annotations);
        ReadReport { report, annotations, codings }
    };
    texts.iter().enumerate().map(read).collect()
}

/// The record of texts, each with its day of publication.
pub(crate) fn dated_record(language: &Language, texts: &[(&str, &str)]) -> Record {
    let reports = read_reports(language, texts);
    let identities = variorum_identity::resolve(&reports);
    let stories = variorum_stories::group(&reports);
    variorum_collate::collate(&reports, &identities, &stories)
}
