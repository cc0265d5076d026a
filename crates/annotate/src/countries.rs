//! Countries by name, capital and adjective, and the country in which a place lies.

use std::collections::HashSet;
use std::sync::LazyLock;
use variorum_language::gazetteer::{country_of, country_of_people, places_named};

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

/// The country that a word or name belongs to, and how, if it is the name, adjective or capital of one.
pub(crate) fn country(word: &str) -> Option<(Sense, &'static str)> {
    match country_of(word) {
        Some(c) if c.capital => Some((Sense::Capital, c.iso3)),
        Some(c) => Some((Sense::Name, c.iso3)),
        None => country_of_people(word).map(|c| (Sense::Demonym, c.iso3)),
    }
}

/// The country in which the place called `name` lies; the largest town of a name keeps it.
pub(crate) fn country_of_place(name: &str) -> Option<&'static str> {
    country(name)
        .map(|(_, code)| code)
        .or_else(|| places_named(name).first().map(|p| p.country).filter(|c| !c.is_empty()))
}

/// The table's own copy of a country code.
pub(crate) fn static_code(code: &str) -> Option<&'static str> {
    static CODES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        crate::tables::rows(include_str!("../../../data/countries.tsv"))
            .map(|row| crate::tables::cell(&row, 0))
            .collect()
    });
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
