//! What a blow was dealt with: a bomb in one report, a rocket in another.

use crate::drafts::{Draft, order};
use crate::happenings::{Happening, coded};
use crate::readings::{Claim, readings};
use crate::tolls::is_blow;
use crate::witnesses::Witnesses;
use crate::wording::clause_at;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

type Sorts = FxHashMap<&'static str, (&'static str, Vec<&'static str>)>;

/// Sort of each word, with the sorts it goes with.
fn sorts() -> &'static Sorts {
    static TABLE: OnceLock<Sorts> = OnceLock::new();
    TABLE.get_or_init(|| {
        include_str!("../../../data/collate_weapons.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'))
            .filter_map(|l| {
                let mut cells = l.split('\t');
                let (word, sort, with) = (cells.next()?, cells.next()?, cells.next()?);
                Some((word, (sort, with.split('|').collect())))
            })
            .collect()
    })
}

/// Whether two words name things that cannot be one.
fn at_odds(a: &str, b: &str) -> bool {
    let (Some((x, with_x)), Some((y, with_y))) = (sorts().get(a), sorts().get(b)) else {
        return false;
    };
    x != y && !with_x.contains(y) && !with_y.contains(x)
}

/// An identity conflict over what hit, if reports name weapons that cannot be one. Only where each
/// telling names one sort: who lists several tells of several blows.
pub(crate) fn conflict(
    witnesses: &Witnesses<'_>,
    happening: &Happening,
    about: &str,
    event: &str,
) -> Option<Draft> {
    let mut named: Vec<(&str, Claim)> = Vec::new();
    for telling in
        happening.tellings.iter().filter(|t| is_blow(witnesses, t) || t.is_plain(witnesses))
    {
        let trigger = coded(witnesses, telling).trigger;
        let Some(clause) = clause_at(witnesses, telling.report, trigger) else { continue };
        let mut words = clause.words.iter().filter_map(|(w, span)| {
            let (word, (sort, _)) = sorts().get_key_value(w.to_lowercase().as_str())?;
            Some((*word, *sort, *span))
        });
        let Some((word, sort, span)) = words.next() else { continue };
        if words.any(|(_, other, _)| other != sort) {
            continue;
        }
        let claim = Claim {
            value: sort.to_owned(),
            report: telling.report,
            span,
            according_to: Vec::new(),
        };
        named.push((word, claim));
    }
    let odd =
        named.iter().any(|(a, x)| named.iter().any(|(b, y)| x.report != y.report && at_odds(a, b)));
    if !odd {
        return None;
    }
    let claims: Vec<Claim> = named.into_iter().map(|(_, c)| c).collect();
    Some(
        Draft::new(
            order(4, happening),
            "identity",
            format!("what it was: {about}"),
            readings(witnesses, &claims),
            "the things named cannot be one",
        )
        .over(event),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weapons_at_odds() {
        for (a, b, want) in [
            ("bomb", "rocket", true),
            ("rocket", "bomb", true),
            ("blast", "bomb", false),
            ("rocket", "explosion", false),
            ("rocket", "missile", false),
            ("gunfire", "shell", true),
            ("bomb", "bomb", false),
            ("lantern", "bomb", false),
        ] {
            assert_eq!(at_odds(a, b), want, "{a} {b}");
        }
    }
}
