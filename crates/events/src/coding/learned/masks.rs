//! Words with names taken out: what remains true of other people and other places.

use crate::lexicon::{likeness, noun_senses};
use crate::syntax::{Cast, Tree, noun_key, sort};
use variorum_model::{EventType, MentionKind};

/// What token `i` is as a party: the kind of name, pronoun, people, office …
pub(super) fn kind(tree: &Tree<'_>, cast: &Cast<'_>, i: usize) -> &'static str {
    if cast.is_time(i) {
        return "TIME";
    }
    if let Some(mention) = cast.mention(i) {
        return match mention.kind {
            MentionKind::Person => "PERSON",
            MentionKind::Organization => "ORG",
            MentionKind::Place if mention.government => "GOV",
            MentionKind::Place => "PLACE",
            MentionKind::Group => "GROUP",
            MentionKind::Event => "EVENT",
            MentionKind::Facility => "FACILITY",
        };
    }
    match tree.tag(i) {
        "PRP" if tree.lower(i) == "it" => "IT",
        "PRP" | "PRP$" | "WP" => "PRON",
        "WDT" => "REL",
        "CD" => "NUM",
        "NNP" | "NNPS" => sort(tree, i).unwrap_or("NAME"),
        tag if tag.starts_with("VB") => "VERB",
        tag => sort(tree, i).unwrap_or(if tag.starts_with("NN") { "noun" } else { "other" }),
    }
}

/// The lemma of token `i`, or its kind where it is a name, a time or a number.
pub(super) fn masked<'t>(tree: &'t Tree<'_>, cast: &Cast<'_>, i: usize) -> &'t str {
    let name = cast.is_time(i) || cast.mention(i).is_some();
    if name || matches!(tree.tag(i), "NNP" | "NNPS" | "CD" | "PRP") {
        return kind(tree, cast, i);
    }
    tree.lemma(i)
}

/// Classes of the word at `i`, coarse to fine; of a name, its kind.
pub(super) fn classes(tree: &Tree<'_>, cast: &Cast<'_>, i: usize) -> [&'static str; 3] {
    if cast.is_time(i) || cast.mention(i).is_some() || tree.tag(i).starts_with("NNP") {
        return [kind(tree, cast, i); 3];
    }
    let found = likeness(tree.lemma(i)).or_else(|| likeness(tree.lower(i)));
    found.copied().unwrap_or([kind(tree, cast, i); 3])
}

/// The act that the noun at `i` names in the lexicon, or `-`.
pub(super) fn noun_act(tree: &Tree<'_>, i: usize) -> &'static str {
    if !tree.is_noun(i) {
        return "-";
    }
    let keys = noun_key(tree, i);
    keys.iter().find_map(|k| noun_senses(k)).map_or("-", |s| s.code.kind.name())
}

/// The name of a category, or `-`.
pub(super) fn named(kind: Option<EventType>) -> &'static str {
    kind.map_or("-", EventType::name)
}
