//! What the tables know of names: countries and their people, capitals, places, bodies, given names.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;
use variorum_model::MentionKind;

/// A country as a name or word points to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-3 code (XKX for Kosovo).
    pub iso3: &'static str,
    /// Its usual English name.
    pub name: &'static str,
    /// The word names its seat of government, not the country.
    pub capital: bool,
}

/// A place of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Its usual name.
    pub name: &'static str,
    /// ISO 3166-1 alpha-3 code of its country; empty where it lies in none or several.
    pub country: &'static str,
    /// Latitude and longitude in degrees, for towns.
    pub position: Option<(f32, f32)>,
    /// Inhabitants in thousands, for towns; 0 if not known.
    pub thousands: u32,
}

/// What a name is listed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) kind: MentionKind,
    /// Another reading is as likely: a word of running text, a given name.
    pub(crate) weak: bool,
    /// A small town among many names of the world.
    pub(crate) minor: bool,
}

struct Tables {
    countries: FxHashMap<String, Country>,
    people: FxHashMap<String, Country>,
    places: FxHashMap<String, Vec<Place>>,
    listed: FxHashMap<String, Listed>,
    /// First word of a listed name to the most bytes of a name that begins so.
    longest: FxHashMap<String, usize>,
    given: FxHashSet<&'static str>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::read);

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty())
}

/// A name as the tables compare it: curly apostrophes straight, white space single. Case is kept.
pub(crate) fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '’' | '‘' | '`' | 'ʿ' | 'ʾ' => out.push('\''),
            '‐' | '‑' | '–' => out.push('-'),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out
}

/// "DAMASCUS" as "Damascus": each word of a shouted name with one capital.
pub(crate) fn unshouted(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut inside = false;
    for c in name.chars() {
        if inside {
            out.extend(c.to_lowercase());
        } else {
            out.push(c);
        }
        inside = c.is_alphabetic() || c == '\'';
    }
    out
}

impl Tables {
    fn read() -> Tables {
        let mut t = Tables {
            countries: FxHashMap::default(),
            people: FxHashMap::default(),
            places: FxHashMap::default(),
            listed: FxHashMap::default(),
            longest: FxHashMap::default(),
            given: rows(include_str!("../../../data/given_names.tsv"))
                .flat_map(str::split_whitespace)
                .collect(),
        };
        t.read_countries();
        t.read_regions();
        t.read_towns();
        t.read_bodies();
        for name in t.listed.keys() {
            let first = name.split([' ', '-']).next().unwrap_or("");
            let longest = t.longest.entry(first.to_owned()).or_insert(0);
            *longest = (*longest).max(name.len());
        }
        t
    }

    fn list(&mut self, name: &str, kind: MentionKind, weak: bool, minor: bool) {
        let key = folded(name);
        if !key.is_empty() {
            self.listed.entry(key).or_insert(Listed { kind, weak, minor });
        }
    }

    fn read_countries(&mut self) {
        for line in rows(include_str!("../../../data/countries.tsv")) {
            let f: Vec<&'static str> = line.split('\t').collect();
            let [iso3, name, capitals, names, people] = f[..] else { continue };
            let country = Country { iso3, name, capital: false };
            for n in names.split(';').filter(|n| !n.is_empty()) {
                self.countries.entry(folded(n)).or_insert(country);
                self.place(n, Place { name, country: iso3, position: None, thousands: 0 });
                self.list(n, MentionKind::Place, false, false);
            }
            for n in capitals.split(';').filter(|n| !n.is_empty()) {
                self.countries.entry(folded(n)).or_insert(Country { capital: true, ..country });
                self.list(n, MentionKind::Place, false, false);
            }
            for n in people.split(';').filter(|n| !n.is_empty()) {
                self.people.entry(folded(n)).or_insert(country);
            }
        }
    }

    fn place(&mut self, name: &str, place: Place) {
        self.places.entry(folded(name)).or_default().push(place);
    }

    fn read_regions(&mut self) {
        for line in rows(include_str!("../../../data/gazetteer_regions.tsv")) {
            let Some((country, names)) = line.split_once('\t') else { continue };
            let country = if country == "-" { "" } else { country };
            for name in names.split(';') {
                self.place(name, Place { name, country, position: None, thousands: 0 });
                self.list(name, MentionKind::Place, false, false);
            }
        }
    }

    fn read_towns(&mut self) {
        for line in rows(include_str!("../../../data/gazetteer_places.tsv")) {
            let f: Vec<&'static str> = line.split('\t').collect();
            let [name, country, lat, lon, thousands, variants] = f[..] else { continue };
            let position = lat.parse().ok().zip(lon.parse().ok());
            let thousands = thousands.parse().unwrap_or(0);
            let place = Place { name, country, position, thousands };
            for (i, n) in std::iter::once(name)
                .chain(variants.split(';'))
                .filter(|n| !n.is_empty())
                .enumerate()
            {
                self.place(n, place);
                let given = self.given.contains(n);
                self.list(
                    n,
                    MentionKind::Place,
                    given,
                    thousands < 500 && thousands != 20 || i > 0 && thousands < 1000,
                );
            }
        }
    }

    fn read_bodies(&mut self) {
        for line in rows(include_str!("../../../data/gazetteer_organizations.tsv")) {
            let mut f = line.split('\t');
            let (Some(kind), Some(_), Some(names)) = (f.next(), f.next(), f.next()) else {
                continue;
            };
            let kind = if kind == "group" { MentionKind::Group } else { MentionKind::Organization };
            for name in names.split(';') {
                let key = folded(name);
                // A listed body outranks a town of the same name.
                let minor_place =
                    self.listed.get(&key).is_some_and(|l| l.kind == MentionKind::Place && l.minor);
                if minor_place {
                    self.listed.remove(&key);
                }
                self.list(name, kind, false, false);
            }
        }
        for line in rows(include_str!("../../../data/outlets.tsv")) {
            let f: Vec<&'static str> = line.split('\t').collect();
            let names = std::iter::once(f[0]).chain(f.get(3).copied().unwrap_or("").split('|'));
            for name in names.filter(|n| n.len() > 3 && n.contains([' ', '-'])) {
                self.list(name, MentionKind::Organization, false, false);
            }
        }
    }
}

/// The country a name stands for: a country's own name in any listed form, or its capital's.
/// Exact but for the form of apostrophes; adjectives are found by [`country_of_people`].
pub fn country_of(name: &str) -> Option<Country> {
    TABLES.countries.get(&folded(name)).copied()
}

/// The country of an ISO 3166-1 alpha-3 code.
pub fn country_of_code(iso3: &str) -> Option<Country> {
    TABLES
        .countries
        .values()
        .filter(|c| c.iso3 == iso3 && !c.capital)
        .min_by_key(|c| c.name)
        .copied()
}

/// The country of a people's name or adjective ("Iranian", "Syrians").
pub fn country_of_people(word: &str) -> Option<Country> {
    TABLES.people.get(&folded(word)).copied()
}

/// The places of that name, towns by size, largest first.
pub fn places_named(name: &str) -> &'static [Place] {
    TABLES.places.get(&folded(name)).map_or(&[], Vec::as_slice)
}

/// Whether a word is a given name of the table.
pub fn is_given_name(word: &str) -> bool {
    TABLES.given.contains(word)
}

/// What a name is listed as.
pub(crate) fn listed(name: &str) -> Option<Listed> {
    TABLES.listed.get(name).copied()
}

/// The most bytes of a listed name whose first word is `first`; none if no name begins so.
pub(crate) fn longest_from(first: &str) -> Option<usize> {
    TABLES.longest.get(first).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_found_by_name_and_capital() {
        for (name, iso3, capital) in [
            ("Syria", "SYR", false),
            ("U.S.", "USA", false),
            ("Tehran", "IRN", true),
            ("Sana’a", "YEM", true),
        ] {
            let c = country_of(name).map(|c| (c.iso3, c.capital));
            assert_eq!(c, Some((iso3, capital)), "{name}");
        }
        assert_eq!(country_of("Iranian"), None);
        assert_eq!(country_of_people("Iranian").map(|c| c.iso3), Some("IRN"));
    }

    #[test]
    fn towns_have_positions() {
        let aleppo = places_named("Aleppo");
        assert_eq!(aleppo.first().map(|p| p.country), Some("SYR"));
        assert!(aleppo.iter().any(|p| p.position.is_some()));
        assert!(places_named("Nowhere at all").is_empty());
    }
}
