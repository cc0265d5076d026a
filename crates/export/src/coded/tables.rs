//! The code tables of event data, read once.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Codes of one state or territory.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CountryCodes {
    /// Name in English.
    pub(crate) name: &'static str,
    /// CAMEO actor code.
    pub(crate) cameo: &'static str,
    /// FIPS 10-4, or empty.
    pub(crate) fips: &'static str,
    /// Correlates of War state number, or empty.
    pub(crate) cow: &'static str,
    /// ISO 3166-1 alpha-2, or empty.
    pub(crate) alpha2: &'static str,
}

/// What goes with a PLOVER category.
#[derive(Debug)]
pub(crate) struct Category {
    /// 1 to 4: verbal cooperation, material cooperation, verbal conflict, material conflict.
    pub(crate) quad: u8,
    /// Score without a mode, where it is known.
    pub(crate) score: Option<f64>,
    /// Its modes.
    pub(crate) modes: Vec<&'static str>,
}

/// A body that belongs to no single state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct InternationalBody {
    /// PLOVER actor code.
    pub(crate) plover: &'static str,
    /// CAMEO type.
    pub(crate) cameo: &'static str,
    /// CAMEO known group, or empty.
    pub(crate) group: &'static str,
}

/// Where the words of a sector stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the title of an office.
    Office,
    /// In such a title where a country goes with it.
    Seat,
    /// In the name of a body.
    Name,
    /// In the name of a group.
    People,
}

/// A sector in both schemes; either may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sector {
    /// PLOVER's code.
    pub(crate) plover: &'static str,
    /// CAMEO's code.
    pub(crate) cameo: &'static str,
}

/// All tables.
#[derive(Debug)]
pub(crate) struct Tables {
    /// By ISO 3166-1 alpha-3 code.
    pub(crate) countries: HashMap<&'static str, CountryCodes>,
    /// Codes of countries by folded name, people's name and adjective; what stands for two is left out.
    pub(crate) country_names: HashMap<String, &'static str>,
    /// By name.
    pub(crate) categories: HashMap<&'static str, Category>,
    /// In the manual's order.
    pub(crate) contexts: Vec<&'static str>,
    /// By folded name.
    pub(crate) bodies: HashMap<String, InternationalBody>,
    /// Code of the country, `IMG` or empty, by folded name.
    pub(crate) armed_groups: HashMap<String, &'static str>,
    /// Folded words, from narrow to wide.
    pub(crate) sectors: Vec<(Place, Sector, Vec<String>)>,
}

/// The tables, built on first use.
pub(crate) fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| Tables {
        countries: countries(),
        country_names: country_names(),
        categories: categories(),
        contexts: rows(include_str!("../../../../data/plover_contexts.tsv"))
            .map(|r| r[0])
            .collect(),
        bodies: bodies(),
        armed_groups: armed_groups(),
        sectors: sectors(),
    })
}

/// Lower-cased words with one blank before, between and behind: ` ministry of defence `, so that
/// looking for one string in the other finds whole words only.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::from(" ");
    for c in text.replace('’', "'").chars() {
        if c.is_alphanumeric() || c == '\'' || c == '.' {
            folded.extend(c.to_lowercase());
        } else if !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    if !folded.ends_with(' ') {
        folded.push(' ');
    }
    folded
}

/// Rows of a tab-separated table, without comments and empty lines; `-` stands for nothing.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')).map(|l| {
        l.split('\t').map(|cell| if cell.trim() == "-" { "" } else { cell.trim() }).collect()
    })
}

/// The pieces of a list in a cell.
fn list(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split(';').map(str::trim).filter(|piece| !piece.is_empty())
}

fn countries() -> HashMap<&'static str, CountryCodes> {
    let names: HashMap<&str, &'static str> =
        rows(include_str!("../../../../data/countries.tsv")).map(|r| (r[0], r[1])).collect();
    rows(include_str!("../../../../data/country_codes.tsv"))
        .map(|r| {
            let name = names.get(r[0]).copied().unwrap_or_default();
            (r[0], CountryCodes { name, cameo: r[1], fips: r[2], cow: r[3], alpha2: r[4] })
        })
        .collect()
}

fn country_names() -> HashMap<String, &'static str> {
    let mut found: HashMap<String, Option<&'static str>> = HashMap::new();
    for row in rows(include_str!("../../../../data/countries.tsv")) {
        for name in list(row[3]).chain(list(row[4])) {
            let code = found.entry(fold(name)).or_insert(Some(row[0]));
            if *code != Some(row[0]) {
                *code = None;
            }
        }
    }
    found.into_iter().filter_map(|(name, code)| Some((name, code?))).collect()
}

fn categories() -> HashMap<&'static str, Category> {
    rows(include_str!("../../../../data/plover_categories.tsv"))
        .map(|r| {
            let modes = r.get(3).copied().map(|cell| list(cell).collect()).unwrap_or_default();
            (r[0], Category { quad: r[1].parse().unwrap_or(0), score: r[2].parse().ok(), modes })
        })
        .collect()
}

fn bodies() -> HashMap<String, InternationalBody> {
    rows(include_str!("../../../../data/international_bodies.tsv"))
        .flat_map(|r| {
            let body = InternationalBody { plover: r[0], cameo: r[1], group: r[2] };
            list(r[3]).map(move |name| (fold(name), body))
        })
        .collect()
}

fn armed_groups() -> HashMap<String, &'static str> {
    rows(include_str!("../../../../data/armed_groups.tsv"))
        .flat_map(|r| list(r[1]).map(move |name| (fold(name), r[0])))
        .collect()
}

fn sectors() -> Vec<(Place, Sector, Vec<String>)> {
    rows(include_str!("../../../../data/sector_words.tsv"))
        .filter_map(|r| {
            let place = match r[0] {
                "office" => Place::Office,
                "seat" => Place::Seat,
                "name" => Place::Name,
                "people" => Place::People,
                _ => return None,
            };
            let sector = Sector { plover: r[1], cameo: r[2] };
            Some((place, sector, list(r[3]).map(fold).collect()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_whole() {
        let t = tables();
        assert_eq!((t.categories.len(), t.contexts.len()), (16, 37));
        assert!(t.categories.values().all(|c| (1..=4).contains(&c.quad)));
        assert!(t.countries.len() > 195);
        assert!(t.countries.values().all(|c| !c.name.is_empty() && c.cameo.len() >= 3));
        let iran = t.countries["IRN"];
        assert_eq!((iran.name, iran.cameo, iran.fips, iran.cow), ("Iran", "IRN", "IR", "630"));
        assert_eq!(t.countries["XKX"].cameo, "KSV");
        assert_eq!(t.sectors.len(), 32);
    }

    #[test]
    fn what_names_two_countries_names_none() {
        assert_eq!(tables().country_names.get(&fold("Iraqi")), Some(&"IRQ"));
        assert_eq!(tables().country_names.get(&fold("Congolese")), None);
    }

    #[test]
    fn words_are_folded_whole() {
        for (text, folded) in [
            ("Ministry of  Defence", " ministry of defence "),
            ("(U.N.)", " u.n. "),
            ("Lord’s Army", " lord's army "),
            ("", " "),
        ] {
            assert_eq!(fold(text), folded);
        }
    }
}
