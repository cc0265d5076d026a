//! Named votes: "the 2014 Kenyan general election", "Brazil presidential elections", "2016 referendum".
//!
//! Such a name holds the name of a country or region, which is then no mention of its own.

use super::classify::Found;
use super::runs::Word;
use super::words::{VOTE, VOTE_KIND};
use variorum_model::MentionKind;

/// Words between the year and the vote at most.
const LONGEST: usize = 10;

/// Puts the votes of a report in the place of the names inside them.
pub(super) fn absorb(words: &[Word<'_>], sentences: &[(usize, usize)], names: &mut Vec<Found>) {
    let votes: Vec<Found> = sentences
        .iter()
        .flat_map(|&(first, last)| (first..last).map(move |i| (first, i)))
        .filter_map(|(first, i)| Some((start(words, first, i)?, i + 1)))
        .map(|(first, last)| Found {
            first,
            last,
            kind: MentionKind::Event,
            title: None,
            government: false,
            rule: "vote",
            confidence: 0.9,
        })
        .collect();
    if votes.is_empty() {
        return;
    }
    names.retain(|n| !votes.iter().any(|v| v.first < n.last && n.first < v.last));
    names.extend(votes);
    names.sort_by_key(|f| f.first);
}

/// First token of the vote that ends with token `i`, if one does.
fn start(words: &[Word<'_>], first: usize, i: usize) -> Option<usize> {
    if !words[i].is(VOTE) {
        return None;
    }
    let least = first.max(i.saturating_sub(LONGEST));
    let mut at = i;
    while at > least && (words[at - 1].is(VOTE_KIND) || words[at - 1].text == "-") {
        at -= 1;
    }
    let kinds = at;
    while at > least && words[at - 1].capital && !words[at - 1].is(super::words::NOT_NAME) {
        at -= 1;
    }
    let named = at < kinds;
    let year = at > least && is_year(words[at - 1].text);
    // A name before the bare word ("Brazil election") needs the kind of vote or the year with it.
    let told = kinds < i && named || year;
    told.then(|| if year { at - 1 } else { at })
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) && word.starts_with(['1', '2'])
}
