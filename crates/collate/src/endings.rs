//! How talks ended: who tells that they went well, and who that they did not.
//!
//! The phrases are data (`data/collate_endings.tsv`). A phrase counts where its sentence tells a meeting or
//! speaks of "the talks" that the report told last before it; two tellers who judge one meeting differently
//! are set side by side, and neither is taken to be right.

use crate::drafts::{Draft, order};
use crate::happenings::Happening;
use crate::meetings::{Meetings, teller};
use crate::readings::{Claim, readings};
use crate::witnesses::Witnesses;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use variorum_model::Span;

/// The verdict of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Well,
    Badly,
}

/// Whether a sentence, as [`padded`] makes it, holds a phrase of a class of the table.
fn has(padded: &str, class: &str) -> bool {
    static TABLE: OnceLock<Vec<(&'static str, String)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let lines = include_str!("../../../data/collate_endings.tsv").lines();
        let rows = lines.filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
        rows.map(|(class, phrase)| (class, format!(" {phrase} "))).collect()
    });
    table.iter().any(|(of, phrase)| *of == class && padded.contains(phrase.as_str()))
}

/// How a sentence says that talks ended, if it says so one way only.
fn ending(sentence: &str) -> Option<Ending> {
    let padded = padded(sentence);
    if has(&padded, "expects") {
        return None;
    }
    // "no breakthrough" holds "breakthrough": what is denied is told by the longer phrase.
    let denied = has(&padded, "denies") || padded.contains("n't ");
    match (has(&padded, "well"), has(&padded, "badly")) {
        (_, true) => Some(Ending::Badly),
        (true, false) if !denied => Some(Ending::Well),
        _ => None,
    }
}

/// The words of a sentence in lower case, one blank before and behind each.
fn padded(sentence: &str) -> String {
    let mut words = String::from(" ");
    for word in sentence.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\'' | '’')) {
        if !word.is_empty() {
            words.push_str(&word.to_lowercase().replace('’', "'"));
            words.push(' ');
        }
    }
    words
}

/// One judgement of one meeting.
struct Judged {
    ending: Ending,
    report: u32,
    sentence: Span,
    teller: String,
}

/// Assessments of one meeting that do not go together.
pub(crate) fn conflicts<'f>(
    witnesses: &Witnesses<'_>,
    found: &'f [Happening],
    meetings: &[Meetings],
    named: impl Fn(usize) -> (&'f str, &'f str),
) -> Vec<Draft> {
    let in_report = |report: u32| {
        let text = &witnesses.report(report).text;
        let judged = |&sentence: &Span| {
            let ending = ending(sentence.of(text))?;
            let h = meetings[report as usize].spoken_of(sentence, text)?;
            let teller = teller(witnesses, report, sentence);
            Some((h, Judged { ending, report, sentence, teller }))
        };
        witnesses.annotations(report).sentences.iter().filter_map(judged).collect()
    };
    let mut by_meeting: BTreeMap<usize, Vec<Judged>> = BTreeMap::new();
    for (h, judged) in witnesses.in_each(in_report) {
        by_meeting.entry(h).or_default().push(judged);
    }
    by_meeting
        .iter()
        .filter_map(|(h, told)| draft(witnesses, &found[*h], told, named(*h)))
        .collect()
}

fn draft(
    witnesses: &Witnesses<'_>,
    happening: &Happening,
    told: &[Judged],
    (about, id): (&str, &str),
) -> Option<Draft> {
    let two_tellers = |a: &Judged, b: &Judged| {
        a.ending != b.ending
            && (a.report != b.report || a.teller != b.teller)
            && witnesses.same_event(a.report, b.report)
    };
    if !told.iter().any(|a| told.iter().any(|b| two_tellers(a, b))) {
        return None;
    }
    let claims: Vec<Claim> = told
        .iter()
        .map(|j| Claim {
            value: match j.ending {
                Ending::Well => "ended well",
                Ending::Badly => "did not end well",
            }
            .to_owned(),
            report: j.report,
            span: j.sentence,
            according_to: Some(j.teller.clone()).filter(|t| !t.is_empty()).into_iter().collect(),
        })
        .collect();
    let draft = Draft::new(
        order(5, happening),
        "outcome",
        format!("how it ended: {about}"),
        readings(witnesses, &claims),
        "two tellers judge differently how it ended",
    );
    Some(draft.over(id).judged("different_sources"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_talks_ended() {
        for (sentence, want) in [
            ("The talks were constructive, the envoy said.", Some(Ending::Well)),
            ("Everything was settled by consensus.", Some(Ending::Well)),
            ("The talks broke down at midnight.", Some(Ending::Badly)),
            ("The summit ended with no breakthrough.", Some(Ending::Badly)),
            ("The meeting did not end as Accra had hoped.", Some(Ending::Badly)),
            ("The talks were not constructive for everybody.", None),
            ("The ferry broke down at midnight.", Some(Ending::Badly)),
            ("The talks will be constructive, he hopes.", None),
            ("The ministers met in Oslo.", None),
        ] {
            assert_eq!(ending(sentence), want, "{sentence}");
        }
    }
}
