//! Lists of words that rules go by, from `data/clean_words.tsv`.

use crate::table;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A list of words; the table tells what is in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    Credit,
    AfterParticiple,
    BeforeNoun,
    ImageFolder,
    Live,
}

static WORDS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    table::rows(include_str!("../../../data/clean_words.tsv"))
        .filter_map(|row| Some((*row.first()?, table::forms(row.get(1)?).collect())))
        .collect()
});

impl List {
    fn name(self) -> &'static str {
        match self {
            List::Credit => "credit",
            List::AfterParticiple => "after_participle",
            List::BeforeNoun => "before_noun",
            List::ImageFolder => "image_folder",
            List::Live => "live",
        }
    }

    /// Its words, in the order of the table.
    pub(crate) fn words(self) -> &'static [&'static str] {
        WORDS.get(self.name()).map_or(&[], Vec::as_slice)
    }

    /// Whether the list has the word as it is written.
    pub(crate) fn has(self, word: &str) -> bool {
        self.words().contains(&word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_lists() {
        for (list, word, want) in [
            (List::Credit, "Photo by", true),
            (List::Credit, "photo by", false),
            (List::AfterParticiple, "near", true),
            (List::AfterParticiple, "the", false),
            (List::BeforeNoun, "the", true),
            (List::ImageFolder, "thumb", true),
            (List::Live, "liveblog", true),
            (List::Live, "", false),
        ] {
            assert_eq!(list.has(word), want, "{list:?} {word}");
        }
    }
}
