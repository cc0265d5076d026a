//! When two reports' bodies or groups are one.
//!
//! Written forms of one body that share no sound (acronyms, translations, nicknames of armed groups)
//! are data (`data/body_aliases.tsv`).

use super::joining::{Company, Proposal};
use super::local::{Entity, compatible};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

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

fn row(form: &str) -> Option<u64> {
    let form = form.to_lowercase();
    let bare = form.strip_prefix("the ").unwrap_or(&form);
    aliases().get(bare).copied()
}

/// Keys under which an entity is found by its aliases.
pub(crate) fn keys(entity: &Entity) -> Option<u64> {
    // The upper half of the keys is kept free of the hashes of sounds by the constant.
    row(&entity.form).map(|row| 0xA11A_5000_0000_0000 | row)
}

/// Score from which names of bodies are one: bodies share words ("Ministry of …") that people do
/// not.
pub(crate) const LIKELY: f64 = 0.8;

/// What speaks for two bodies of two reports being one, but for who is named beside them.
pub(crate) struct Likely {
    score: f64,
    /// Their names are listed as forms of one.
    alias: bool,
    same_country: bool,
}

impl Likely {
    /// Nothing where names or countries rule it out.
    pub(crate) fn of(x: &Entity, y: &Entity) -> Option<Likely> {
        if contradict(x, y) {
            return None;
        }
        let alias = row(&x.form).is_some() && row(&x.form) == row(&y.form);
        let score = if alias { 1.0 } else { x.name.compare(&y.name).score };
        let same_country = x.country.is_some() && x.country == y.country;
        (score >= LIKELY).then_some(Likely { score, alias, same_country })
    }

    /// A proposal to join the two, when something beside the names speaks for it.
    pub(crate) fn proposal(&self, x: &Entity, y: &Entity, company: &Company) -> Option<Proposal> {
        let mut support: Vec<String> = Vec::new();
        if self.alias {
            support.push("listed as forms of one name".to_owned());
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
        _ => x.report == y.report && x.name.compare(&y.name).score < LIKELY,
    }
}
