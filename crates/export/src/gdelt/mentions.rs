//! The Mentions table: 16 columns, tab-separated, no header.

use super::{Dyad, Party, dyads};
use crate::coded::cells::row as line;
use crate::coded::{Report, Source};
use variorum_model::contract::{EventTelling, Record};

/// The columns in order; the file itself has no header.
pub const GDELT_MENTION_COLUMNS: [&str; 16] = [
    "GLOBALEVENTID",
    "EventTimeDate",
    "MentionTimeDate",
    "MentionType",
    "MentionSourceName",
    "MentionIdentifier",
    "SentenceID",
    "Actor1CharOffset",
    "Actor2CharOffset",
    "ActionCharOffset",
    "InRawText",
    "Confidence",
    "MentionDocLen",
    "MentionDocTone",
    "MentionDocTranslationInfo",
    "Extras",
];

/// The tellings of the record's events as rows of GDELT's Mentions table.
pub fn render_gdelt_mentions(record: &Record) -> String {
    let source = Source::new(record);
    let mut out = String::new();
    for dyad in dyads(&source) {
        for telling in &dyad.coded.tellings {
            if let Some(report) = source.report(&telling.report) {
                out.push_str(&line(&cells(&source, &dyad, telling, report)));
            }
        }
    }
    out
}

fn cells(
    source: &Source<'_>,
    dyad: &Dyad<'_>,
    telling: &EventTelling,
    report: &Report<'_>,
) -> [String; 16] {
    let web = !report.url.is_empty();
    let offset = |party: Option<&Party<'_>>| {
        let named = party.and_then(|(actor, _)| source.named_in(actor, telling));
        named.map_or_else(|| "-1".to_owned(), |(start, _)| start.to_string())
    };
    let percent = (telling.confidence.clamp(0.0, 1.0) * 100.0).round() as u8;
    [
        dyad.id.to_string(),
        String::new(),
        String::new(),
        if web { "1" } else { "2" }.to_owned(),
        host(report.url).unwrap_or(report.outlet).to_owned(),
        if web { report.url.to_owned() } else { report.citation() },
        String::new(),
        offset(dyad.first.as_ref()),
        offset(dyad.second.as_ref()),
        telling.trigger.start.to_string(),
        "1".to_owned(),
        percent.to_string(),
        report.length.to_string(),
        String::new(),
        String::new(),
        format!("report:{};start:{};end:{}", report.id, telling.start, telling.end),
    ]
}

/// The host of an address, without `www.`.
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    let host = host.split(':').next().unwrap_or(host);
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|h| !h.is_empty())
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn hosts() {
        for (url, want) in [
            ("https://www.meridianwire.example/a/b", Some("meridianwire.example")),
            ("http://x@harbour.example:8080?q", Some("harbour.example")),
            ("file.txt", None),
            ("https:///a", None),
            ("", None),
        ] {
            assert_eq!(host(url), want, "{url}");
        }
    }
}
