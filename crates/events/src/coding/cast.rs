//! From the words in a slot to those who act: "the ministry's decision" stands for the ministry.

use crate::lexicon::List;
use crate::syntax::{Cast, Tree, members, nominal_phrases, sort};

/// Those who act in the phrases headed by `heads`; a thing stands for its owner, its maker or,
/// with `outward`, for whom it befalls.
pub(crate) fn actors_in(
    tree: &Tree<'_>,
    cast: &Cast<'_>,
    heads: &[usize],
    outward: bool,
) -> Vec<usize> {
    let mut found = Vec::new();
    for &head in heads {
        let these = if cast.is_actor(tree, head) {
            vec![head]
        } else {
            owners(tree, cast, head, outward, 2)
        };
        for one in these {
            if !found.contains(&one) {
                found.push(one);
            }
        }
    }
    found
}

/// The tokens in relation `inner` to `head`: `poss`, `adj`, or a preposition.
pub(crate) fn dependents(tree: &Tree<'_>, cast: &Cast<'_>, head: usize, inner: &str) -> Vec<usize> {
    match inner {
        "poss" => possessors(tree, cast, head),
        "adj" => adjectives(tree, cast, head),
        prep => nominal_phrases(tree, head)
            .into_iter()
            .filter(|(p, _)| tree.lower(*p) == prep)
            .flat_map(|(_, heads)| heads)
            .collect(),
    }
}

fn possessors(tree: &Tree<'_>, cast: &Cast<'_>, head: usize) -> Vec<usize> {
    let list = tree.kids(head, &["poss"]).flat_map(|p| members(tree, p));
    list.filter(|&p| cast.is_actor(tree, p) || tree.tag(p) == "PRP$").collect()
}

/// Names and nationalities before the noun ("Turkish strikes", "Taliban attack").
fn adjectives(tree: &Tree<'_>, cast: &Cast<'_>, head: usize) -> Vec<usize> {
    let mut found = Vec::new();
    for m in tree.kids(head, &["amod", "compound", "nmod"]).filter(|&m| m < head) {
        for one in members(tree, m) {
            let capital = tree.span(one).of(tree.text).starts_with(char::is_uppercase);
            let adjective = tree.tag(one).starts_with("JJ") && capital;
            let name = tree.is_noun(one) && cast.is_actor(tree, one);
            // "militant targets", "rebel positions".
            let sort = tree.tag(one) == "JJ" && sort(tree, one).is_some();
            if (adjective || name || sort) && !cast.is_time(one) {
                found.push(one);
            }
        }
    }
    found
}

/// Whether a name before a noun is a place's, which tells where rather than who ("the Kabul blast"); what is
/// written as an acronym is a state that acts ("a US strike").
pub(crate) fn is_mere_place(tree: &Tree<'_>, cast: &Cast<'_>, i: usize) -> bool {
    let acronym = |word: &str| word.chars().all(|c| c.is_uppercase() || c == '.');
    tree.is_noun(i)
        && cast.is_place(tree, i)
        && cast.mention(i).is_some_and(|m| !acronym(m.span.of(tree.text)))
}

fn owners(
    tree: &Tree<'_>,
    cast: &Cast<'_>,
    head: usize,
    outward: bool,
    depth: usize,
) -> Vec<usize> {
    let owners = possessors(tree, cast, head);
    if !owners.is_empty() {
        return owners;
    }
    let phrases = nominal_phrases(tree, head);
    for (prep, heads) in &phrases {
        let word = tree.lower(*prep);
        if !(List::Inward.has(word) || outward && List::Outward.has(word)) {
            continue;
        }
        let able: Vec<usize> = heads.iter().copied().filter(|&h| cast.is_actor(tree, h)).collect();
        if !able.is_empty() {
            return able;
        }
        if depth > 0
            && let Some(&thing) = heads.first()
        {
            let deeper = owners_once(tree, cast, thing, depth - 1, outward);
            if !deeper.is_empty() {
                return deeper;
            }
        }
    }
    let mut named = adjectives(tree, cast, head);
    if !outward {
        // "The Kabul blast": where it was, and nobody who did it.
        named.retain(|&one| !is_mere_place(tree, cast, one));
    }
    if !named.is_empty() || !outward {
        return named;
    }
    // "targets in Gaza".
    let within = phrases.iter().filter(|(prep, _)| List::Within.has(tree.lower(*prep)));
    within
        .flat_map(|(_, heads)| heads.iter().copied())
        .filter(|&h| cast.mention(h).is_some() && cast.is_place(tree, h))
        .collect()
}

/// [`owners`] of a thing inside a thing; the depth bounds it.
fn owners_once(
    tree: &Tree<'_>,
    cast: &Cast<'_>,
    thing: usize,
    depth: usize,
    outward: bool,
) -> Vec<usize> {
    if depth == 0 {
        let owners = possessors(tree, cast, thing);
        return if owners.is_empty() { adjectives(tree, cast, thing) } else { owners };
    }
    owners(tree, cast, thing, outward, depth)
}
