//! Words of running text, which begin no name though a sentence or headline capitalises them
//! (`common_words.tsv`).

use rustc_hash::FxHashSet;
use std::sync::LazyLock;

static WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let table = include_str!("../../../../data/common_words.tsv");
    table.lines().filter(|l| !l.starts_with('#')).collect()
});

/// Whether a lower-case word is a word of running text rather than part of names.
pub(crate) fn is_plain(lower: &str) -> bool {
    WORDS.contains(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_and_names() {
        for (word, want) in
            [("ministers", true), ("talks", true), ("paris", false), ("smith", false)]
        {
            assert_eq!(is_plain(word), want, "{word}");
        }
    }
}
