//! Records that event lists lack: accords, mandates, figures, clauses.

mod accords;
mod clauses;
mod figures;
mod mandates;

pub(crate) use accords::accords;
pub(crate) use clauses::clauses;
pub(crate) use figures::figures;
pub(crate) use mandates::mandates;

use crate::lexicon::table;
use crate::syntax::{Cast, Tree};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;
use variorum_model::{EventMention, Span};

/// A sentence made ready to read.
pub(crate) struct Read<'a> {
    /// Its tree.
    pub(crate) tree: Tree<'a>,
    /// The names in it.
    pub(crate) cast: Cast<'a>,
}

type Words = FxHashSet<&'static str>;

static WORDS: LazyLock<FxHashMap<&'static str, Words>> = LazyLock::new(|| {
    table(include_str!("../../../../data/events_records.tsv"))
        .filter_map(|row| match row[..] {
            [sort, words, ..] => Some((sort, words.split('|').collect())),
            _ => None,
        })
        .collect()
});

/// Whether `lemma` is one of the words of `sort`.
fn is_word(sort: &str, lemma: &str) -> bool {
    WORDS.get(sort).is_some_and(|w| w.contains(lemma))
}

/// Indices of the events whose trigger stands in `sentence`. Events are in text order.
fn events_in(events: &[EventMention], sentence: Span) -> std::ops::Range<usize> {
    let first = events.partition_point(|e| e.trigger.start < sentence.start);
    let last = events.partition_point(|e| e.trigger.start < sentence.end);
    first..last.max(first)
}

/// The phrases headed by `heads`, as written.
fn spans(read: &Read<'_>, heads: &[usize]) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for &h in heads {
        let span = read.cast.phrase(&read.tree, h);
        if !found.iter().any(|f| f.overlaps(span)) {
            found.push(span);
        }
    }
    found
}
