//! What a report says of a meeting in sentences that do not tell it: "the talks were fruitful".

use crate::happenings::{Happening, coded};
use crate::witnesses::Witnesses;
use crate::wording::lexeme;
use variorum_model::{EventType, Modality, Span};

/// The meetings of one report.
pub(crate) struct Meetings(Vec<(Span, usize)>);

impl Meetings {
    /// Those that each report tells as having been held, by the words for them, in text order. Talks of which
    /// nobody tells who held them are no meeting of their own: "the talks went on" is said of one told before.
    pub(crate) fn by_report(witnesses: &Witnesses<'_>, found: &[Happening]) -> Vec<Meetings> {
        let mut of: Vec<Meetings> =
            witnesses.reports.iter().map(|_| Meetings(Vec::new())).collect();
        let held = |h: &Happening| h.tellings.iter().any(|t| !t.parties.is_empty());
        for (h, happening) in found.iter().enumerate().filter(|(_, h)| held(h)) {
            for telling in &happening.tellings {
                let event = coded(witnesses, telling);
                if event.kind == EventType::Consult && event.modality == Modality::Actual {
                    of[telling.report as usize].0.push((event.trigger, h));
                }
            }
        }
        of.iter_mut().for_each(|m| m.0.sort_unstable());
        of
    }

    /// The meeting that a sentence tells or speaks of: the one told in it, or with "the talks" the one told
    /// last before it.
    pub(crate) fn spoken_of(&self, sentence: Span, text: &str) -> Option<usize> {
        let inside = self.0.iter().find(|(at, _)| sentence.contains(*at));
        let before = || {
            let before = self.0.iter().rev().find(|(at, _)| at.start < sentence.start);
            before.filter(|_| speaks_of_talks(sentence.of(text)))
        };
        inside.or_else(before).map(|&(_, h)| h)
    }

    /// The meeting that a sentence tells, or whose name it gives with "the" and a word that tells which ("the
    /// trilateral meeting"): the one told last before it.
    pub(crate) fn named_in(&self, sentence: Span, text: &str) -> Option<usize> {
        let before = || {
            let before = self.0.iter().rev().find(|(at, _)| at.start < sentence.start);
            before.filter(|_| names_talks(sentence.of(text)))
        };
        self.spoken_of(sentence, text).or_else(|| before().map(|&(_, h)| h))
    }
}

/// Whether a word is one for talks.
pub(crate) fn is_talks(word: &str) -> bool {
    lexeme(word) == lexeme("talks")
}

/// Whether a sentence speaks of talks by a noun with "the".
fn speaks_of_talks(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).collect();
    words.windows(2).any(|w| w[0] == "the" && is_talks(w[1]))
}

/// Whether a sentence names talks by "the", a word and a noun for them.
fn names_talks(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).collect();
    // "the ministers meet" names none.
    let noun = |w: &str| is_talks(w) && !matches!(w, "meet" | "talk" | "discuss" | "negotiate");
    words.windows(3).any(|w| w[0] == "the" && noun(w[2]))
}

/// Who says what stands there, as written; nobody but the report where nothing says so.
pub(crate) fn teller(witnesses: &Witnesses<'_>, report: u32, at: Span) -> String {
    let text = &witnesses.report(report).text;
    let said = &witnesses.annotations(report).quotations;
    let said = said.iter().find(|q| q.span.overlaps(at) && q.source.is_some());
    said.and_then(|q| q.source).map_or_else(String::new, |s| s.of(text).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_talks_and_some_talks() {
        for (sentence, want) in [
            ("The talks broke down.", true),
            ("Moreover, the meeting ended late.", true),
            ("The ferry broke down.", false),
            ("Talks with Chad are planned.", false),
        ] {
            assert_eq!(speaks_of_talks(sentence), want, "{sentence}");
        }
    }

    #[test]
    fn which_talks() {
        for (sentence, want) in [
            ("He asked them to come for the trilateral meeting.", true),
            ("After the peace talks he left.", true),
            ("The ministers meet today.", false),
            ("He asked them to come.", false),
        ] {
            assert_eq!(names_talks(sentence), want, "{sentence}");
        }
    }
}
