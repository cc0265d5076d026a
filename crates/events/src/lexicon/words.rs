//! Classes of nouns, and filters made of them.

use super::table;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

type Words = FxHashSet<&'static str>;

static CLASSES: LazyLock<FxHashMap<&'static str, Words>> = LazyLock::new(|| {
    let mut classes: FxHashMap<&'static str, Words> = FxHashMap::default();
    for row in table(include_str!("../../../../data/events_classes.tsv")) {
        let [name, words, ..] = row[..] else { continue };
        let mut set = Words::default();
        for word in words.split('|') {
            match word.strip_prefix('@') {
                // A class names only classes above it.
                Some(other) => set.extend(classes.get(other).into_iter().flatten()),
                None => drop(set.insert(word)),
            }
        }
        classes.insert(name, set);
    }
    classes
});

static ACTORS: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut sorts = FxHashMap::default();
    for row in table(include_str!("../../../../data/events_actors.tsv")) {
        let [sort, words, ..] = row[..] else { continue };
        for word in words.split('|') {
            sorts.entry(word).or_insert(sort);
        }
    }
    sorts
});

static ANSWERING: LazyLock<Words> = LazyLock::new(|| {
    table(include_str!("../../../../data/answering_verbs.tsv"))
        .filter_map(|row| row.first().copied())
        .collect()
});

/// Whether a verb, in its dictionary form, takes up what has happened: no raid is the less for not being
/// retaliated for.
pub(crate) fn is_answering(lemma: &str) -> bool {
    ANSWERING.contains(lemma)
}

/// The nouns of class `name`; empty if there is no such class.
pub(crate) fn class(name: &str) -> &'static Words {
    static EMPTY: LazyLock<Words> = LazyLock::new(Words::default);
    CLASSES.get(name).unwrap_or(&EMPTY)
}

/// Common nouns for people and bodies, with their sort (`office`, `person`, `force`, `body`).
pub(crate) fn actor_nouns() -> &'static FxHashMap<&'static str, &'static str> {
    &ACTORS
}

/// What a slot of a pattern wants.
#[derive(Debug, Clone)]
pub(crate) enum Filter {
    /// Anything or nothing.
    Any,
    /// Nothing.
    Absent,
    /// Something.
    Present,
    /// Somebody who can act; `false`: anything else.
    Actor(bool),
    /// A human being.
    Person(bool),
    /// A place.
    Place(bool),
    /// One of these lemmas; `false`: none of them.
    Words(Words, bool),
}

impl Filter {
    /// Reads one cell: `-`, `0`, `+`, `actor`, `person`, `place`, `@class`, words joined by `|`,
    /// any of them after `!`.
    pub(crate) fn parse(cell: &'static str) -> Filter {
        let (wanted, cell) = cell.strip_prefix('!').map_or((true, cell), |rest| (false, rest));
        match cell {
            "-" | "" => Filter::Any,
            "0" => Filter::Absent,
            "+" => Filter::Present,
            "actor" => Filter::Actor(wanted),
            "person" => Filter::Person(wanted),
            "place" => Filter::Place(wanted),
            words => {
                let mut set = Words::default();
                for word in words.split('|') {
                    match word.strip_prefix('@') {
                        Some(name) => set.extend(class(name)),
                        None => drop(set.insert(word)),
                    }
                }
                Filter::Words(set, wanted)
            }
        }
    }
}
/// Lemma of an irregular past form that lemmatisers tend not to know.
pub(crate) fn lemma_of_past(form: &str) -> Option<&'static str> {
    static LEMMAS: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
        let rows = table(include_str!("../../../../data/irregular_verbs.tsv"));
        rows.filter_map(|row| Some((*row.first()?, *row.get(1)?))).collect()
    });
    LEMMAS.get(form).copied()
}
