//! Countries by name, capital and adjective, and towns and regions by name.

use crate::tables::{cell, rows};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word says about a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sense {
    /// Its name.
    Name,
    /// Its seat of government.
    Capital,
    /// Its adjective or the word for its people.
    Demonym,
}

type Index = HashMap<String, (Sense, &'static str)>;

static COUNTRIES: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index::new();
    for row in rows(include_str!("../../../data/countries.tsv")) {
        let code = cell(&row, 0);
        let mut add = |words: &'static str, sense| {
            for word in words.split(';').filter(|w| !w.is_empty()) {
                index.entry(key(word)).or_insert((sense, code));
            }
        };
        add(cell(&row, 1), Sense::Name);
        add(cell(&row, 3), Sense::Name);
        add(cell(&row, 4), Sense::Demonym);
        add(cell(&row, 2), Sense::Capital);
    }
    index
});

static PLACES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut index = HashMap::new();
    for row in rows(include_str!("../../../data/gazetteer_places.tsv")) {
        let country = cell(&row, 1);
        for name in std::iter::once(cell(&row, 0)).chain(cell(&row, 5).split(';')) {
            if !name.is_empty() {
                // The table is ordered by fame: the first place of a name keeps it.
                index.entry(key(name)).or_insert(country);
            }
        }
    }
    for row in rows(include_str!("../../../data/gazetteer_regions.tsv")) {
        for name in cell(&row, 1).split(';').filter(|_| cell(&row, 0) != "-") {
            index.entry(key(name)).or_insert(cell(&row, 0));
        }
    }
    index
});

/// Case is kept for short forms ("US" is no "us"), apostrophes are made straight.
fn key(word: &str) -> String {
    word.trim().replace('’', "'")
}

/// The country that a word or name belongs to, and how, if it is the name, adjective or capital of one.
pub(crate) fn country(word: &str) -> Option<(Sense, &'static str)> {
    COUNTRIES.get(&key(word)).copied()
}

/// The country in which the place called `name` lies.
pub(crate) fn country_of_place(name: &str) -> Option<&'static str> {
    country(name).map(|(_, code)| code).or_else(|| PLACES.get(&key(name)).copied())
}

/// The table's own copy of a country code.
pub(crate) fn static_code(code: &str) -> Option<&'static str> {
    static CODES: LazyLock<std::collections::HashSet<&'static str>> =
        LazyLock::new(|| COUNTRIES.values().map(|(_, code)| *code).collect());
    CODES.get(code).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_by_name_capital_and_adjective() {
        assert_eq!(country("Iran"), Some((Sense::Name, "IRN")));
        assert_eq!(country("Moscow"), Some((Sense::Capital, "RUS")));
        assert_eq!(country("Syrian"), Some((Sense::Demonym, "SYR")));
        assert_eq!(country("us"), None);
        assert_eq!(country_of_place("Aleppo"), Some("SYR"));
        assert_eq!(country_of_place("Nowhereton"), None);
    }
}
