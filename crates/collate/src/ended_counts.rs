//! Who counts the dead, the hurt or the sick no longer: a figure that is missing is told by nobody's silence, but
//! by "the ministry has stopped its count". The words are data (`data/collate_counting.tsv`).

use crate::participants::Participants;
use crate::tokens::positions;
use crate::witnesses::Witnesses;
use rustc_hash::FxHashSet;
use std::ops::Range;
use std::sync::OnceLock;
use variorum_identity::Located;
use variorum_model::Span;
use variorum_model::contract::EndedCount;

/// Words behind "stopped" within which the count is named ("stopped its official casualty count").
const REACH: usize = 6;
/// Words around the count within which it is told who is counted ("the count of those killed").
const WHO: usize = 4;

fn is(class: &'static str, word: &str) -> bool {
    static TABLE: OnceLock<FxHashSet<(&'static str, &'static str)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let lines = include_str!("../../../data/collate_counting.tsv").lines();
        lines.filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')).collect()
    });
    table.contains(&(class, word))
}

/// Where a sentence tells that a count has ended: the word that says so, and what was counted.
fn ended(sentence: &str) -> Option<(Range<usize>, Range<usize>)> {
    let lower = sentence.to_lowercase();
    if lower.len() != sentence.len() {
        return None;
    }
    let words = positions(&lower);
    let word = |i: usize| words.get(i).map_or("", |&(s, e)| &lower[s..e]);
    for at in (0..words.len()).filter(|&i| is("stopped", word(i))) {
        let before = |back: usize| at.checked_sub(back).map_or("", &word);
        if word(at) == "longer" && before(1) != "no" {
            continue;
        }
        if is("open", before(1)) || is("open", before(2)) {
            continue;
        }
        let Some(count) = (at + 1..=at + REACH).find(|&i| is("count", word(i))) else { continue };
        let around = count.saturating_sub(WHO).max(at + 1)..=count + WHO;
        let Some(harm) = around.into_iter().find(|&i| is("harm", word(i))) else { continue };
        let (first, last) = (count.min(harm), count.max(harm));
        return Some((words[at].0..words[at].1, words[first].0..words[last].1));
    }
    None
}

/// Every count that is told to have ended.
pub(crate) fn entries(
    witnesses: &Witnesses<'_>,
    participants: &mut Participants,
) -> Vec<EndedCount> {
    let mut found = Vec::new();
    for report in 0..witnesses.reports.len() as u32 {
        let text = &witnesses.report(report).text;
        for &sentence in &witnesses.annotations(report).sentences {
            let Some((stop, counted)) = ended(sentence.of(text)) else { continue };
            let at =
                |r: Range<usize>| Span::new(sentence.from() + r.start, sentence.from() + r.end);
            let (stop, counted) = (at(stop), at(counted));
            let clauses = &witnesses.codings(report).clauses;
            let told = |c: &&variorum_model::Clause| {
                c.verb.overlaps(stop) || c.span.contains(stop) && c.verb.start > stop.start
            };
            let subjects = clauses.iter().find(told).map_or(&[][..], |c| &c.subjects);
            let who = subjects.iter().filter(|s| s.end <= stop.start);
            let mut by: Vec<String> = Vec::new();
            let mut span = stop.join(counted);
            for &subject in who {
                span = span.join(subject);
                for actor in participants.of_phrase(witnesses, Located { report, span: subject }) {
                    by.push(format!("a{}", actor + 1));
                }
            }
            by.sort();
            by.dedup();
            found.push(EndedCount {
                by,
                counted: witnesses.cite(report, counted),
                evidence: witnesses.cite(report, span),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_that_ended() {
        for (sentence, want) in [
            ("The agency has stopped its official casualty count in Mali.", Some("casualty count")),
            (
                "The ministry suspended the daily tally of new infections.",
                Some("tally of new infections"),
            ),
            ("The council no longer publishes figures of the dead.", Some("figures of the dead")),
            ("The council stopped counting votes.", None),
            ("The ministry will not stop counting the dead.", None),
            ("The ministry has not stopped counting the dead.", None),
            ("Rain stopped the search for the missing.", None),
            ("The town is no longer cut off; 12 were killed.", None),
        ] {
            assert_eq!(ended(sentence).map(|(_, of)| &sentence[of]), want, "{sentence}");
        }
    }
}
