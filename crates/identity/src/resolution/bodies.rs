//! When two reports' bodies or groups are one.
//!
//! Written forms of one body that share no sound (acronyms, translations, nicknames of armed groups)
//! are data (`data/body_aliases.tsv`).

use super::joining::{Company, Proposal};
use super::local::{Entity, compatible};
use super::roles::is_listed;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;
use variorum_language::gazetteer;

/// Written forms, lower-cased, to the number of the row of aliases they stand in.
fn aliases() -> &'static FxHashMap<String, u64> {
    static ALIASES: OnceLock<FxHashMap<String, u64>> = OnceLock::new();
    ALIASES.get_or_init(|| {
        include_str!("../../../../data/body_aliases.tsv")
            .lines()
            .filter(|l| !l.starts_with('#') && !l.trim().is_empty())
            .enumerate()
            .flat_map(|(row, line)| {
                line.split('|').map(move |form| (form.trim().to_lowercase(), row as u64))
            })
            .collect()
    })
}

/// The row of aliases that a form stands in: as it is, or without what it is called ("takfiri", "militants").
pub(crate) fn row(form: &str) -> Option<u64> {
    let form = form.to_lowercase();
    let bare = form.strip_prefix("the ").unwrap_or(&form);
    aliases().get(bare).or_else(|| aliases().get(unlabelled(bare)?)).copied()
}

/// A name in lower case without the labels before and behind it: "terrorist Band of Oak", "Band of Oak fighters". Nothing if
/// it has none.
fn unlabelled(name: &str) -> Option<&str> {
    let label = |word: &str| is_listed(word, "label");
    let mut rest = name;
    while let Some((first, others)) = rest.split_once(' ').filter(|(first, _)| label(first)) {
        _ = first;
        rest = others;
    }
    while let Some((others, _)) = rest.rsplit_once(' ').filter(|(_, last)| label(last)) {
        rest = others;
    }
    (rest.len() < name.len()).then_some(rest)
}

/// Whether two forms stand in one row of aliases.
fn are_aliases(a: &str, b: &str) -> bool {
    row(a).is_some_and(|known| row(b) == Some(known))
}

/// Key under which an entity is found by its aliases, or as the forces of a state.
pub(crate) fn keys(entity: &Entity) -> Option<u64> {
    // The upper half of the keys is kept free of the hashes of sounds by the constants.
    let alias = row(&entity.form).map(|row| 0xA11A_5000_0000_0000 | row);
    let letters = |state: &str| state.bytes().fold(0, |key, b| key << 8 | u64::from(b));
    alias.or_else(|| forces_of(&entity.form).map(|state| 0xF02C_E000_0000_0000 | letters(state)))
}

/// The state whose armed forces a name means, if it says no more than that: "Freedonian army", "Freedonia's
/// military" and "Freedonia Armed Forces" are one, its air force another.
fn forces_of(form: &str) -> Option<&'static str> {
    let form = form.replace("’s", "").replace("'s", "");
    let words: Vec<&str> = form.split_whitespace().collect();
    let state =
        |name: &str| gazetteer::country_of_people(name).or_else(|| gazetteer::country_of(name));
    let two = words.get(..2).and_then(|two| state(&two.join(" ")));
    let (state, rest) = match two {
        Some(state) => (state, &words[2..]),
        None => (state(words.first()?)?, &words[1..]),
    };
    let forces = rest.iter().all(|w| is_listed(&w.to_lowercase(), "forces"));
    (forces && !rest.is_empty()).then_some(state.iso3)
}

/// Score from which names of bodies are one: bodies share words ("Ministry of …") that people do
/// not.
pub(crate) const LIKELY: f64 = 0.8;

/// What speaks for two bodies of two reports being one, but for who is named beside them.
pub(crate) struct Likely {
    score: f64,
    /// Their names are listed as forms of one, or mean the forces of one state.
    alias: bool,
    same_country: bool,
}

impl Likely {
    /// Nothing where names or countries rule it out.
    pub(crate) fn of(x: &Entity, y: &Entity) -> Option<Likely> {
        if contradict(x, y) {
            return None;
        }
        let alias = are_aliases(&x.form, &y.form);
        let forces = forces_of(&x.form);
        let alias = alias || forces.is_some() && forces == forces_of(&y.form);
        let score = if alias { 1.0 } else { x.name.compare(&y.name).score };
        let same_country = x.country.is_some() && x.country == y.country;
        (score >= LIKELY).then_some(Likely { score, alias, same_country })
    }

    /// A proposal to join the two, when something beside the names speaks for it.
    pub(crate) fn proposal(&self, x: &Entity, y: &Entity, company: &Company) -> Option<Proposal> {
        let mut support: Vec<String> = Vec::new();
        if self.alias {
            support.push("forms of one name".to_owned());
        }
        if self.same_country {
            support.push("same country".to_owned());
        }
        let shared = company.shared(x, y);
        if shared >= 2 {
            support.push(format!("{shared} other names in common"));
        }
        (!support.is_empty()).then(|| Proposal {
            strength: self.score + 0.1 * support.len() as f64,
            reason: format!("{} = {}: like names; {}", x.form, y.form, support.join(", ")),
        })
    }
}

/// Bodies of two countries, or of one report under unlike names, are two.
pub(crate) fn contradict(x: &Entity, y: &Entity) -> bool {
    if !compatible(x.country.as_deref(), y.country.as_deref()) {
        return true;
    }
    match (row(&x.form), row(&y.form)) {
        (Some(a), Some(b)) => a != b,
        _ => {
            let forces = forces_of(&x.form);
            let alike = forces.is_some() && forces == forces_of(&y.form);
            x.report == y.report && !alike && x.name.compare(&y.name).score < LIKELY
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_with_labels() {
        for (a, b, want) in [
            ("Daesh", "Islamic State", true),
            ("Takfiri Daesh", "ISIS", true),
            ("the so-called Islamic State", "ISIL militants", true),
            ("Houthi rebels", "Houthis", false),
            ("Hamas", "Taliban fighters", false),
            ("terrorist group", "Daesh", false),
            ("Mosul Daesh", "Daesh", false),
        ] {
            assert_eq!(are_aliases(a, b), want, "{a} / {b}");
        }
    }

    #[test]
    fn the_forces_of_a_state() {
        for (form, want) in [
            ("Sudanese military", Some("SDN")),
            ("Sudan's army", Some("SDN")),
            ("Sudan Armed Forces", Some("SDN")),
            ("South Korean army", Some("KOR")),
            ("Sudanese government", None),
            ("Sudanese air force", None),
            ("Sudan Liberation Army", None),
            ("Free Syrian Army", None),
            ("Sudan", None),
            ("", None),
        ] {
            assert_eq!(forces_of(form), want, "{form}");
        }
    }
}
