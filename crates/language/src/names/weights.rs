//! How far a rule's name is to be believed beside the recogniser, counted on held-out sentences.

use super::classify::Found;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A rule's weights.
#[derive(Debug, Clone, Copy)]
struct Weight {
    /// Chance that its name is right where the recogniser finds none.
    silent: f32,
    /// The same where the recogniser thinks of another name but is unsure.
    doubted: f32,
    /// The same where the recogniser surely finds another name.
    against: f32,
}

static WEIGHTS: LazyLock<FxHashMap<(&'static str, &'static str, &'static str), Weight>> =
    LazyLock::new(|| {
        let number = |cell: Option<&str>| cell.and_then(|c| c.parse().ok()).unwrap_or(0.0);
        include_str!("../../../../data/name_rule_weights.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let mut cells = line.split('\t');
                let key = (cells.next()?, cells.next()?, cells.next()?);
                let mut chance = || number(cells.next());
                Some((key, Weight { silent: chance(), doubted: chance(), against: chance() }))
            })
            .collect()
    });

/// How sure the rule is by itself.
pub(super) fn level(found: &Found) -> &'static str {
    match found.confidence {
        c if c < 0.5 => "low",
        c if c < 0.8 => "middle",
        _ => "high",
    }
}

fn weight(found: &Found) -> Weight {
    let c = found.confidence;
    let unknown = Weight { silent: c * 0.5, doubted: c * 0.5, against: c * 0.25 };
    let of = |kind| WEIGHTS.get(&(found.rule, level(found), kind)).copied();
    of(found.kind.name()).or_else(|| of("any")).unwrap_or(unknown)
}

/// The chance of a rule's name where the recogniser finds none.
pub(super) fn silent(found: &Found) -> f32 {
    weight(found).silent
}

/// The chance of a rule's name where the recogniser thinks of another but is unsure.
pub(super) fn doubted(found: &Found) -> f32 {
    weight(found).doubted
}

/// The chance of a rule's name where the recogniser surely finds another.
pub(super) fn against(found: &Found) -> f32 {
    weight(found).against
}
