//! What a blow was dealt with: a bomb in one report, a rocket in another.

use crate::drafts::{Draft, order};
use crate::happenings::{Happening, Telling, coded};
use crate::opposition::Opposition;
use crate::readings::{Claim, readings};
use crate::tolls::is_blow;
use crate::witnesses::Witnesses;
use crate::wording::clause_at;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;
use variorum_model::Span;

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

/// The weapons that the clause of a telling names: the word, its sort, where.
pub(crate) fn named<'w>(
    witnesses: &Witnesses<'w>,
    telling: &Telling,
) -> impl Iterator<Item = (&'static str, &'static str, Span)> + use<'w> {
    let trigger = coded(witnesses, telling).trigger;
    let words = clause_at(witnesses, telling.report, trigger).map(|c| c.words.iter());
    words.into_iter().flatten().filter_map(|(w, span)| {
        let (word, (sort, _)) = sorts().get_key_value(w.to_lowercase().as_str())?;
        Some((*word, *sort, *span))
    })
}

/// An identity conflict over what hit, if reports name weapons that cannot be one. Only where each
/// telling names one sort: who lists several tells of several blows.
pub(crate) fn conflict(
    witnesses: &Witnesses<'_>,
    opposition: &Opposition<'_>,
    happening: &Happening,
    about: &str,
    event: &str,
) -> Option<Draft> {
    let mut told: Vec<(&str, &Telling, Claim)> = Vec::new();
    for telling in happening.tellings.iter().filter(|t| is_blow(witnesses, t) || t.is_plain()) {
        let mut words = named(witnesses, telling);
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
        told.push((word, telling, claim));
    }
    let odd = told.iter().any(|(a, x, one)| {
        told.iter().any(|(b, y, other)| {
            at_odds(a, b) && opposition.of_weapons(x, y, (&one.value, &other.value))
        })
    });
    if !odd {
        return None;
    }
    let claims: Vec<Claim> = told.into_iter().map(|(_, _, c)| c).collect();
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
