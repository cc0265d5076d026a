//! Lists of words that the comparing goes by, from `data/collate_words.tsv`.

use rustc_hash::FxHashSet;
use std::sync::LazyLock;

static WORDS: LazyLock<FxHashSet<(&'static str, &'static str)>> = LazyLock::new(|| {
    include_str!("../../../data/collate_words.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('\t'))
        .collect()
});

/// A list of words; the table tells what is in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    Bare,
    Lessening,
    Denying,
    Vague,
    Anybody,
    Further,
    Part,
    Nobody,
    Pronoun,
    Where,
    Inside,
    Outside,
    Time,
    Grouping,
    Relative,
    Whole,
    Qualifier,
    Determiner,
    Lead,
    Reason,
    Creed,
    Opening,
    Purpose,
}

impl List {
    fn name(self) -> &'static str {
        match self {
            List::Bare => "bare",
            List::Lessening => "lessening",
            List::Denying => "denying",
            List::Vague => "vague",
            List::Anybody => "anybody",
            List::Further => "further",
            List::Part => "part",
            List::Nobody => "nobody",
            List::Pronoun => "pronoun",
            List::Where => "where",
            List::Inside => "inside",
            List::Outside => "outside",
            List::Time => "time",
            List::Grouping => "grouping",
            List::Relative => "relative",
            List::Whole => "whole",
            List::Qualifier => "qualifier",
            List::Determiner => "determiner",
            List::Lead => "lead",
            List::Reason => "reason",
            List::Creed => "creed",
            List::Opening => "opening",
            List::Purpose => "purpose",
        }
    }

    /// Whether the list has the word, in whatever case.
    pub(crate) fn has(self, word: &str) -> bool {
        WORDS.contains(&(self.name(), word.to_lowercase().as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_lists() {
        for (list, word, want) in [
            (List::Vague, "Dozens", true),
            (List::Vague, "twelve", false),
            (List::Part, "children", true),
            (List::Part, "people", false),
            (List::Anybody, "people", true),
            (List::Outside, "near", true),
            (List::Inside, "near", false),
        ] {
            assert_eq!(list.has(word), want, "{list:?} {word}");
        }
    }
}
