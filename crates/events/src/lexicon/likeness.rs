//! Classes of words alike in use, for words that training has not seen.

use super::table;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

static CLASSES: LazyLock<FxHashMap<&'static str, [&'static str; 3]>> = LazyLock::new(|| {
    let rows = table(include_str!("../../../../data/word_clusters.tsv"));
    rows.filter_map(|row| match row[..] {
        [word, coarse, middle, fine] => Some((word, [coarse, middle, fine])),
        _ => None,
    })
    .collect()
});

/// The classes of `word`, coarse to fine; a word joined by a hyphen has those of its last part.
pub(crate) fn likeness(word: &str) -> Option<&'static [&'static str; 3]> {
    CLASSES.get(word).or_else(|| {
        let (_, last) = word.rsplit_once('-')?;
        CLASSES.get(last)
    })
}
