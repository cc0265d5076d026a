//! What reports say holds, rather than what they say happened: who is allied with whom, since when a state of
//! things has lasted, that an end to it is sought, who helps whom.
//!
//! No day or place tells one such statement from another, so they are not happenings. Each is brought to a key
//! that is the same whatever the words, and two reports with one key agree. The words are data
//! (`data/collate_conditions.tsv`).

mod alliances;
mod beginnings;
mod help;
mod remedies;

use crate::participants::states_in;
use crate::witnesses::Witnesses;
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use variorum_model::Span;
use variorum_model::contract::Agreement;

/// Whether the table has a word, in lower case, in a class.
fn is(class: &str, word: &str) -> bool {
    static TABLE: OnceLock<FxHashSet<(&'static str, &'static str)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let lines = include_str!("../../../../data/collate_conditions.tsv").lines();
        lines.filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')).collect()
    });
    table.contains(&(class, word))
}

/// The states that last, by their classes in the table.
const STATES: [&str; 5] = ["strife", "siege", "strike", "drought", "ban"];

/// The class of a word for a state that lasts; none behind a word that makes another thing of it ("trade war",
/// "air strike").
fn state(before: &str, word: &str) -> Option<&'static str> {
    let is_of =
        |class: &&str| is(class, word) || word.strip_suffix('s').is_some_and(|w| is(class, w));
    STATES.iter().copied().find(is_of).filter(|_| !is("figurative", before))
}

/// One report's statement that something holds.
struct Condition {
    /// What is told, the same for all who tell it.
    key: String,
    /// States that it is told of; two statements are of one thing where these meet. None where the key names
    /// everybody.
    nations: BTreeSet<String>,
    /// For a person to read.
    value: String,
    report: u32,
    span: Span,
}

impl Condition {
    fn is_one_with(&self, other: &Condition) -> bool {
        let (a, b) = (&self.nations, &other.nations);
        self.key == other.key && (a.is_empty() && b.is_empty() || !a.is_disjoint(b))
    }
}

/// All that two or more reports say holds.
pub(crate) fn agreements(witnesses: &Witnesses<'_>) -> Vec<Agreement> {
    let mut found = Vec::new();
    let kinds: [(&str, Vec<Condition>); 4] = [
        ("who is allied with whom", alliances::conditions(witnesses)),
        ("since when", beginnings::conditions(witnesses)),
        ("what is sought", remedies::conditions(witnesses)),
        ("who helps whom", help::conditions(witnesses)),
    ];
    for (about, conditions) in kinds {
        let groups = alike(&conditions);
        found.extend(folded(groups.iter().filter_map(|g| agreement(witnesses, about, g))));
    }
    found
}

/// Makes one of agreements that cite the same words: "A and C are allies", "B and C are allies".
fn folded(found: impl Iterator<Item = Agreement>) -> Vec<Agreement> {
    let mut folded: Vec<Agreement> = Vec::new();
    for next in found {
        match folded.iter_mut().find(|a| a.evidence == next.evidence) {
            Some(same) => {
                same.value.push_str("; ");
                same.value.push_str(&next.value);
            }
            None => folded.push(next),
        }
    }
    folded
}

/// Statements of one thing, in order of the first.
fn alike(conditions: &[Condition]) -> Vec<Vec<&Condition>> {
    let mut by_key: BTreeMap<&str, Vec<Vec<&Condition>>> = BTreeMap::new();
    for condition in conditions {
        let groups = by_key.entry(&condition.key).or_default();
        // What is of one thing with two groups makes them one.
        let mine = groups.extract_if(.., |g| g.iter().any(|c| c.is_one_with(condition)));
        let mut joined: Vec<&Condition> = mine.flatten().collect();
        joined.push(condition);
        groups.push(joined);
    }
    let mut groups: Vec<Vec<&Condition>> = by_key.into_values().flatten().collect();
    for group in &mut groups {
        group.sort_by_key(|c| (c.report, c.span));
    }
    groups.sort_by_key(|g| g.first().map(|c| (c.report, c.span)));
    groups
}

fn agreement(witnesses: &Witnesses<'_>, about: &str, group: &[&Condition]) -> Option<Agreement> {
    let reports = witnesses.ids(group.iter().map(|c| c.report));
    (reports.len() > 1).then(|| Agreement {
        about: about.to_owned(),
        value: group[0].value.clone(),
        reports,
        independent_sources: witnesses.independent(group.iter().map(|c| c.report)),
        evidence: group.iter().map(|c| witnesses.cite(c.report, c.span)).collect(),
        judged: Default::default(),
    })
}

/// The states that a stretch of text names, by name, by adjective, by a place or people of theirs, or by what
/// refers to one ("the island nation").
fn nations(witnesses: &Witnesses<'_>, report: u32, span: Span) -> BTreeSet<String> {
    let annotations = witnesses.annotations(report);
    let inside = |at: Span| span.contains(at);
    let named = annotations.mentions.iter().filter(|m| inside(m.span));
    let referred = annotations.coreferences.iter().filter(|c| inside(c.span));
    let referred = referred.flat_map(|c| &c.antecedents);
    let referred = referred.filter_map(|&m| annotations.mentions.get(m as usize));
    let mut found: BTreeSet<String> =
        named.chain(referred).filter_map(|m| m.country.clone()).collect();
    let text = span.of(&witnesses.report(report).text);
    found.extend(states_in(text).into_iter().map(|(iso, _)| iso.to_owned()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_that_last() {
        for (before, word, want) in [
            ("civil", "war", Some("strife")),
            ("the", "clashes", None),
            ("a", "blockade", Some("siege")),
            ("teachers", "strikes", Some("strike")),
            ("air", "strikes", None),
            ("trade", "war", None),
            ("a", "ferry", None),
        ] {
            assert_eq!(state(before, word), want, "{before} {word}");
        }
    }

    #[test]
    fn statements_of_one_thing() {
        let told = |report: u32, nations: &[&str]| Condition {
            key: "x".into(),
            nations: nations.iter().map(|&n| n.to_owned()).collect(),
            value: String::new(),
            report,
            span: Span::new(0, 1),
        };
        let all = [told(0, &["MLI"]), told(1, &["TCD"]), told(2, &["MLI", "TCD"]), told(3, &[])];
        let sizes: Vec<usize> = alike(&all).iter().map(Vec::len).collect();
        assert_eq!(sizes, [3, 1]);
    }
}
