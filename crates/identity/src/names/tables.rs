//! The shipped tables of name knowledge, read once.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// Rows of a tab-separated table, without comments and empty lines.
pub(super) fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines()
        .filter(|l| !l.trim().is_empty() && !l.starts_with('#'))
        .map(|l| l.split('\t').map(str::trim).collect())
}

/// What a small or leading word of a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Minor {
    Office,
    Honorific,
    Field,
    Suffix,
    After,
    Light,
    Article,
    Son,
    Kunya,
    Link,
}

/// Word tables of the name parser.
pub(super) struct Tables {
    pub(super) minor: FxHashMap<&'static str, Minor>,
    /// Generic words of organisations' names, with the groups of words that mean the same.
    pub(super) organization: FxHashMap<&'static str, ()>,
    /// Endings that come and go: the stem's ending and the other form's.
    pub(super) endings: Vec<(&'static str, &'static str)>,
    /// Words that only join the words of a body's name.
    pub(super) connectors: FxHashSet<&'static str>,
    /// Groups a given name belongs to, by folded form.
    pub(super) groups: FxHashMap<&'static str, Vec<u16>>,
    /// How much a matching word tells, by folded form; words not listed tell 1.
    pub(super) weights: FxHashMap<&'static str, f32>,
}

/// The tables, built on first use.
pub(super) fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| Tables {
        minor: minor_words(),
        organization: rows(include_str!("../../../../data/names_organization_words.tsv"))
            .flat_map(|r| r[0].split(' ').collect::<Vec<_>>())
            .map(|w| (w, ()))
            .collect(),
        connectors: rows(include_str!("../../../../data/name_words.tsv"))
            .filter(|r| r[0] == "connector")
            .flat_map(|r| r.get(1).copied().unwrap_or_default().split(' '))
            .collect(),
        endings: rows(include_str!("../../../../data/names_endings.tsv"))
            .map(|r| (r[0], r.get(1).copied().unwrap_or("")))
            .collect(),
        groups: given_name_groups(),
        weights: rows(include_str!("../../../../data/names_frequent.tsv"))
            .filter_map(|r| Some((r[0], r.get(1)?.parse().ok()?)))
            .collect(),
    })
}

fn minor_words() -> FxHashMap<&'static str, Minor> {
    let titles = rows(include_str!("../../../../data/names_titles.tsv"));
    let particles = rows(include_str!("../../../../data/names_particles.tsv"));
    titles
        .chain(particles)
        .filter_map(|r| {
            let class = match *r.get(1)? {
                "office" => Minor::Office,
                "honorific" => Minor::Honorific,
                "field" => Minor::Field,
                "suffix" => Minor::Suffix,
                "after" => Minor::After,
                "light" => Minor::Light,
                "article" => Minor::Article,
                "son" => Minor::Son,
                "kunya" => Minor::Kunya,
                "link" => Minor::Link,
                _ => return None,
            };
            Some((r[0], class))
        })
        .collect()
}

fn given_name_groups() -> FxHashMap<&'static str, Vec<u16>> {
    let mut groups: FxHashMap<&'static str, Vec<u16>> = FxHashMap::default();
    let given = rows(include_str!("../../../../data/names_nicknames.tsv"));
    let generic = rows(include_str!("../../../../data/names_organization_words.tsv"));
    let spellings = rows(include_str!("../../../../data/names_spellings.tsv"));
    for (id, row) in given.chain(spellings).chain(generic).enumerate() {
        for form in row[0].split(' ') {
            groups.entry(form).or_default().push(u16::try_from(id).unwrap_or(u16::MAX));
        }
    }
    groups
}
