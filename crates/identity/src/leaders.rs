//! The list of world leaders with dated offices (`data/leaders.tsv`): who of the people that reports name stands in it.
//!
//! The list gives codes and one more reason to take two written forms for one person. It is never a source: no name and
//! no office gets into a record from it, and what a report says of a person goes before it.

use crate::names::Name;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;
use variorum_model::Published;

/// A person of the list.
#[derive(Debug, Clone, Copy)]
pub struct Leader(&'static Person);

impl PartialEq for Leader {
    fn eq(&self, other: &Self) -> bool {
        self.0.number == other.0.number
    }
}

impl Eq for Leader {}

impl std::hash::Hash for Leader {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.number.hash(state);
    }
}

/// An office held by a person of the list.
#[derive(Debug)]
struct Term {
    office: &'static str,
    sector: &'static str,
    from: Date,
    to: Date,
}

#[derive(Debug)]
struct Person {
    number: u32,
    country: &'static str,
    /// The usual form of the name first.
    forms: Vec<&'static str>,
    names: Vec<Name>,
    terms: Vec<Term>,
}

/// The list, read.
#[derive(Debug, Default)]
pub(crate) struct Leaders {
    people: Vec<Person>,
    /// Two words of a name, to who has both.
    by_words: FxHashMap<u64, Vec<u32>>,
    by_country: FxHashMap<&'static str, Vec<u32>>,
}

/// Likeness from which a written name is a form of a listed one.
const SAME: f64 = 0.9;

/// Likeness from which a bare surname is that of a listed name.
const SURNAME: f64 = 0.9;

/// The list of the program.
pub(crate) fn leaders() -> &'static Leaders {
    static LEADERS: OnceLock<Leaders> = OnceLock::new();
    LEADERS.get_or_init(|| Leaders::read(include_str!("../../../data/leaders.tsv")))
}

impl Leaders {
    pub(crate) fn read(table: &'static str) -> Leaders {
        let mut list = Leaders::default();
        let mut known: FxHashMap<(&str, &str), u32> = FxHashMap::default();
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&'static str> = line.split('\t').collect();
            let [country, office, sector, form, others, from, to, _] = cells[..] else { continue };
            let (Some(from), Some(to)) = (first_day(from), last_day(to.trim_end_matches('+')))
            else {
                continue;
            };
            let number = *known.entry((country, form)).or_insert(list.people.len() as u32);
            if number as usize == list.people.len() {
                let others = others.split(';').filter(|f| !f.is_empty());
                let forms: Vec<&'static str> = std::iter::once(form).chain(others).collect();
                let names = forms.iter().map(|f| Name::parse(f)).collect();
                list.people.push(Person { number, country, forms, names, terms: Vec::new() });
                list.by_country.entry(country).or_default().push(number);
            }
            list.people[number as usize].terms.push(Term { office, sector, from, to });
        }
        for person in &list.people {
            let mut keys: Vec<u64> = person.names.iter().flat_map(Name::word_pairs).collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                list.by_words.entry(key).or_default().push(person.number);
            }
        }
        list
    }

    /// The one listed person in office when a report came out of whom a full name in it may be; nobody where two fit.
    pub(crate) fn of_full_name(
        &'static self,
        name: &Name,
        published: &Published,
    ) -> Option<Leader> {
        let near = name.word_pairs();
        let mut near: Vec<u32> =
            near.iter().filter_map(|key| self.by_words.get(key)).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        one(near.into_iter().map(|number| &self.people[number as usize]).filter(|person| {
            person.held(published).next().is_some()
                && person.names.iter().any(|listed| listed.compare(name).score >= SAME)
        }))
    }

    /// The one listed person of a country of whom a bare surname and an office held when a report came out may be; nobody
    /// where two fit. `fit` tells how well a surname fits a full name.
    pub(crate) fn of_surname(
        &'static self,
        surname: &str,
        country: &str,
        office: &str,
        published: &Published,
        fit: impl Fn(&str, &str) -> f64,
    ) -> Option<Leader> {
        let people = self.by_country.get(country)?.iter();
        one(people.map(|&number| &self.people[number as usize]).filter(|person| {
            person.held(published).any(|term| term.office == office)
                && person.forms.iter().any(|form| fit(form, surname) >= SURNAME)
        }))
    }
}

/// The only one, if there is but one.
fn one(mut people: impl Iterator<Item = &'static Person>) -> Option<Leader> {
    people.next().filter(|_| people.next().is_none()).map(Leader)
}

/// The first day of a day, month or year.
fn first_day(written: &str) -> Option<Date> {
    let mut parts = written.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next().map_or(Some(1), |m| m.parse().ok())?;
    let day = parts.next().map_or(Some(1), |d| d.parse().ok())?;
    Date::new(year, month, day).ok()
}

/// The last day of a day, month or year.
fn last_day(written: &str) -> Option<Date> {
    let first = first_day(written)?;
    match written.split('-').count() {
        1 => Some(first.last_of_year()),
        2 => Some(first.last_of_month()),
        _ => Some(first),
    }
}

impl Person {
    /// The offices held on all days on which a report may have come out.
    fn held(&self, published: &Published) -> impl Iterator<Item = &Term> {
        let bounds = published.start.zip(published.end);
        self.terms.iter().filter(move |t| bounds.is_some_and(|(a, b)| t.from <= a && b <= t.to))
    }
}

impl Leader {
    /// ISO 3166-1 alpha-3 code of the state whose office it is; `UNO` for the United Nations.
    #[must_use]
    pub fn country(self) -> &'static str {
        self.0.country
    }

    /// Sector of PLOVER of the first office held when a report came out: "GOV".
    #[must_use]
    pub fn sector(self, published: &Published) -> Option<&'static str> {
        self.0.held(published).next().map(|t| t.sector)
    }

    /// Whether the office of that title was held when a report came out.
    #[must_use]
    pub fn holds(self, title: &str, published: &Published) -> bool {
        self.0.held(published).any(|t| t.office == title)
    }

    /// Whether a word is of the title of any listed office of this person, in lower case.
    pub(crate) fn has_title_word(self, word: &str) -> bool {
        let in_title = |t: &Term| t.office.to_lowercase().split_whitespace().any(|w| w == word);
        self.0.terms.iter().any(in_title)
    }

    pub(crate) fn number(self) -> u64 {
        u64::from(self.0.number)
    }

    /// The usual form of the name.
    pub(crate) fn form(self) -> &'static str {
        self.0.forms[0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_months_and_years() {
        for (written, first, last) in [
            ("2014-02-05", "2014-02-05", "2014-02-05"),
            ("2016-02", "2016-02-01", "2016-02-29"),
            ("2003", "2003-01-01", "2003-12-31"),
        ] {
            let day = |d: Option<Date>| d.map(|d| d.to_string()).unwrap_or_default();
            assert_eq!(
                (day(first_day(written)), day(last_day(written))),
                (first.into(), last.into())
            );
        }
        assert_eq!(first_day("soon"), None);
        assert_eq!(first_day("2014-13"), None);
    }

    #[test]
    fn every_row_of_the_list_is_read() {
        let rows = include_str!("../../../data/leaders.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'))
            .count();
        let read: usize = leaders().people.iter().map(|p| p.terms.len()).sum();
        assert_eq!(read, rows);
    }
}
