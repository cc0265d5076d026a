//! Groups of people named after their people: "Iraqi soldiers", "the Syrians".
//!
//! Such a phrase names nobody, but it says who acted. It becomes a mention of a group where no name
//! stands.

use super::classify::Found;
use super::runs::Word;
use super::words::{BODY_NOUN, PEOPLE_NOUN};
use crate::gazetteer;
use variorum_model::MentionKind;

/// Words that may stand between the adjective and the noun ("Iraqi special forces soldiers").
const BETWEEN: usize = 2;

/// Adds the groups of people to the names of a report, which stay in the order of their tokens.
pub(super) fn add_groups(words: &[Word<'_>], sentences: &[(usize, usize)], names: &mut Vec<Found>) {
    let mut covered = vec![false; words.len()];
    for name in names.iter() {
        covered[name.first..name.last].fill(true);
    }
    let before = names.len();
    for &(first, last) in sentences {
        for i in first..last {
            if !covered[i]
                && let Some(end) = group_end(&words[..last], i)
                && !covered[i..end].contains(&true)
            {
                covered[i..end].fill(true);
                names.push(Found {
                    first: i,
                    last: end,
                    kind: MentionKind::Group,
                    title: None,
                    government: false,
                    rule: "people",
                    confidence: 0.7,
                });
            }
        }
    }
    if names.len() > before {
        names.sort_by_key(|f| f.first);
    }
}

/// One past the last word of the group that begins with the people's word `i`.
fn group_end(words: &[Word<'_>], i: usize) -> Option<usize> {
    let people = &words[i];
    if !people.people || gazetteer::country_of(people.text).is_some() {
        return None;
    }
    let noun = (i + 1..words.len().min(i + 2 + BETWEEN))
        .take_while(|&k| !words[k].capital && words[k].text != "," && words[k].text != ".")
        .find(|&k| words[k].is(BODY_NOUN | PEOPLE_NOUN));
    match noun {
        Some(k) => Some(k + 1),
        // A plural that governs no noun: "the Syrians", not "Syrians abroad policy".
        None if people.plural => Some(i + 1),
        None => None,
    }
}
