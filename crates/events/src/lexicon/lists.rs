//! Lists of words that rules go by, from `data/events_words.tsv`.

use super::table;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A list of words; the table tells what is in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    Where,
    Topic,
    Discussing,
    Weekday,
    Calendar,
    Occasion,
    Inward,
    Outward,
    Nothing,
    Idle,
    Within,
    Accusing,
    Binding,
    Holding,
    Giving,
    Undergone,
}

/// Names of the lists in the table.
const NAMES: [(&str, List); 16] = [
    ("where", List::Where),
    ("topic", List::Topic),
    ("discussing", List::Discussing),
    ("weekday", List::Weekday),
    ("calendar", List::Calendar),
    ("occasion", List::Occasion),
    ("inward", List::Inward),
    ("outward", List::Outward),
    ("nothing", List::Nothing),
    ("idle", List::Idle),
    ("within", List::Within),
    ("accusing", List::Accusing),
    ("binding", List::Binding),
    ("holding", List::Holding),
    ("giving", List::Giving),
    ("undergone", List::Undergone),
];

/// For each word a bit for each list that has it.
static WORDS: LazyLock<FxHashMap<&'static str, u16>> = LazyLock::new(|| {
    let mut words: FxHashMap<&'static str, u16> = FxHashMap::default();
    for row in table(include_str!("../../../../data/events_words.tsv")) {
        let [name, listed, ..] = row[..] else { continue };
        let Some((_, list)) = NAMES.iter().find(|(known, _)| *known == name) else { continue };
        listed.split('|').for_each(|word| *words.entry(word).or_default() |= list.bit());
    }
    words
});

impl List {
    fn bit(self) -> u16 {
        1 << self as u16
    }

    /// Whether the list has the word, which is in lower case.
    pub(crate) fn has(self, word: &str) -> bool {
        WORDS.get(word).is_some_and(|lists| lists & self.bit() != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_lists() {
        for (list, word, want) in [
            (List::Where, "near", true),
            (List::Where, "on", false),
            (List::Topic, "on", true),
            (List::Outward, "on", true),
            (List::Inward, "on", false),
            (List::Weekday, "friday", true),
            (List::Calendar, "friday", false),
            (List::Occasion, "sidelines", true),
            (List::Discussing, "tackle", true),
            (List::Nothing, "nobody", true),
            (List::Idle, "seem", true),
            (List::Idle, "", false),
            (List::Giving, "offer", true),
            (List::Giving, "attack", false),
            (List::Undergone, "arrest", true),
            (List::Undergone, "protest", false),
        ] {
            assert_eq!(list.has(word), want, "{list:?} {word}");
        }
    }

    #[test]
    fn the_table_has_no_other_list() {
        for row in table(include_str!("../../../../data/events_words.tsv")) {
            assert!(NAMES.iter().any(|(name, _)| *name == row[0]), "{}", row[0]);
        }
    }
}
