//! One task of one person, told with another scope: a coordinator among three states here, of one state's
//! dealings with the other two there.

use crate::drafts::Draft;
use crate::participants::Participants;
use crate::readings::{Claim, readings};
use crate::witnesses::Witnesses;
use std::collections::{BTreeMap, BTreeSet};
use variorum_identity::Located;
use variorum_model::Span;

/// Fewest words for its matter that show that two reports speak of one task.
const SHARED: usize = 2;
/// Letters from which a word tells something.
const TELLING: usize = 4;

/// A task as one report has it.
struct Task {
    report: u32,
    span: Span,
    words: Scope,
}

/// What a task is, in words.
#[derive(Debug, PartialEq, Eq)]
struct Scope {
    /// The noun for who has it: "coordinator".
    head: String,
    /// What it is about.
    matter: BTreeSet<String>,
}

/// Differences over the scope of a task, for each holder.
pub(crate) fn conflicts(witnesses: &Witnesses<'_>, participants: &mut Participants) -> Vec<Draft> {
    let mut by_holder: BTreeMap<u32, Vec<Task>> = BTreeMap::new();
    for report in 0..witnesses.reports.len() as u32 {
        for mandate in &witnesses.codings(report).mandates {
            let Some(span) = mandate.holder else { continue };
            let holders = participants.of_phrase(witnesses, Located { report, span });
            let text = mandate.span.of(&witnesses.report(report).text);
            if let (Some(&holder), Some(words)) = (holders.first(), scope(text)) {
                by_holder.entry(holder).or_default().push(Task {
                    report,
                    span: mandate.span,
                    words,
                });
            }
        }
    }
    let mut drafts = Vec::new();
    for (holder, tasks) in by_holder {
        let at_odds = |t: &&Task| tasks.iter().any(|o| differ(t, o));
        let claims: Vec<Claim> = tasks
            .iter()
            .filter(at_odds)
            .map(|t| Claim {
                value: t.span.of(&witnesses.report(t.report).text).to_owned(),
                report: t.report,
                span: t.span,
                according_to: Vec::new(),
            })
            .collect();
        if claims.is_empty() {
            continue;
        }
        let draft = Draft::new(
            (3, holder, 1),
            "office",
            format!("scope of the task of {}", participants.actors[holder as usize].name),
            readings(witnesses, &claims),
            "one task, told as reaching differently far",
        );
        drafts.push(draft.judged("different_sources"));
    }
    drafts
}

/// Whether two reports tell one task with two scopes: each has words that the other lacks.
fn differ(a: &Task, b: &Task) -> bool {
    let (x, y) = (&a.words.matter, &b.words.matter);
    a.report != b.report
        && a.words.head == b.words.head
        && x.intersection(y).count() >= SHARED
        && !x.is_subset(y)
        && !y.is_subset(x)
}

/// The words of a task: the noun before the first preposition, and what stands behind it.
fn scope(task: &str) -> Option<Scope> {
    let words: Vec<String> = task
        .split(|c: char| !c.is_alphabetic() && !matches!(c, '-' | '’' | '\''))
        .map(|w| w.trim_end_matches("’s").trim_end_matches("'s").to_lowercase())
        .filter(|w| !w.is_empty())
        .collect();
    let prepositions = ["for", "of", "among", "between", "to", "on", "over", "with", "in"];
    let at = words.iter().position(|w| prepositions.contains(&w.as_str()))?;
    let head = words[..at].last()?.clone();
    let matter = words[at..].iter().filter(|w| w.chars().count() >= TELLING).cloned();
    let matter = matter.filter(|w| !prepositions.contains(&w.as_str())).collect();
    Some(Scope { head, matter })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(report: u32, words: &str) -> Task {
        Task { report, span: Span::new(0, 1), words: scope(words).unwrap() }
    }

    #[test]
    fn one_task_with_two_scopes() {
        let three = "senior envoy for trade and river affairs among the three states";
        for (other, want) in [
            ("envoy of Chad’s trade and river matters with Mali", true),
            // Less is told, nothing else.
            ("senior envoy for trade and river affairs", false),
            // Another task.
            ("governor for trade and river affairs of the north", false),
            ("envoy for the elections in the north", false),
        ] {
            assert_eq!(differ(&task(0, three), &task(1, other)), want, "{other}");
            assert!(!differ(&task(0, three), &task(0, other)), "one report: {other}");
        }
        assert_eq!(scope("minister"), None);
    }
}
