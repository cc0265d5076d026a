//! Events as rows of the two tables of the GDELT 2.0 Event Database.
//!
//! A row is a dyad: one that acts and one it is done to. The tables have no mark for what is planned,
//! denied, supposed or alleged, so only what happened or goes on is written, and only the tellings that
//! say so are mentions.

mod events;
mod mentions;

pub use events::{GDELT_EVENT_COLUMNS, render_gdelt_events};
pub use mentions::{GDELT_MENTION_COLUMNS, render_gdelt_mentions};

use crate::coded::parties::PartyCodes;
use crate::coded::{Coded, HAPPENED, Source};
use std::collections::HashSet;
use variorum_model::contract::Actor;

/// So many of the actors and of the recipients of one event are paired with one another; a list of
/// names without end would fill a file with its square.
const MOST_PARTIES: usize = 12;

/// A party with its codes.
type Party<'r> = (&'r Actor, PartyCodes);

/// One row's event: a pair of parties, either of which may be missing.
struct Dyad<'r> {
    id: u64,
    coded: Coded<'r>,
    first: Option<Party<'r>>,
    second: Option<Party<'r>>,
}

/// Every pair of every event that CAMEO has a code for, in order.
fn dyads<'r>(source: &Source<'r>) -> Vec<Dyad<'r>> {
    let mut taken = HashSet::new();
    let mut dyads = Vec::new();
    for coded in source.events(HAPPENED) {
        if event_code(&coded.event.cameo).is_none() {
            continue;
        }
        for (first, second) in pairs(source, &coded) {
            let name = |party: &Option<Party<'_>>| {
                party.as_ref().map(|(actor, _)| actor.name.clone()).unwrap_or_default()
            };
            let id = unique_number(&coded, [&name(&first), &name(&second)], &mut taken);
            dyads.push(Dyad { id, coded: coded.clone(), first, second });
        }
    }
    dyads
}

/// Each that acts with each it is done to; where all act together, each two once.
fn pairs<'r>(
    source: &Source<'r>,
    coded: &Coded<'r>,
) -> Vec<(Option<Party<'r>>, Option<Party<'r>>)> {
    let parties = |ids: &'r [String]| -> Vec<Party<'r>> {
        source.parties(coded, ids).into_iter().take(MOST_PARTIES).collect()
    };
    let (actors, recipients) = (parties(&coded.event.actors), parties(&coded.event.recipients));
    if recipients.is_empty() && actors.len() > 1 {
        let two = |i: usize| actors[i + 1..].iter().map(move |b| (i, b));
        let all = (0..actors.len()).flat_map(two);
        return all.map(|(i, b)| (Some(actors[i].clone()), Some(b.clone()))).collect();
    }
    let some_or_none = |parties: Vec<Party<'r>>| -> Vec<Option<Party<'r>>> {
        if parties.is_empty() { vec![None] } else { parties.into_iter().map(Some).collect() }
    };
    let recipients = some_or_none(recipients);
    let firsts = some_or_none(actors).into_iter();
    firsts.flat_map(|a| recipients.iter().map(move |b| (a.clone(), b.clone()))).collect()
}

/// A number of the pair's digest, below 2^53, so that no reader's floating point blurs it.
fn unique_number(coded: &Coded<'_>, names: [&str; 2], taken: &mut HashSet<u64>) -> u64 {
    let number = |round: u32| {
        let digest = coded.digest(&[names[0], names[1], &round.to_string()]);
        let mut eight = [0; 8];
        eight.copy_from_slice(&digest[..8]);
        u64::from_be_bytes(eight) >> 11
    };
    let id = (0..).map(number).find(|id| *id > 0 && !taken.contains(id)).unwrap_or_default();
    taken.insert(id);
    id
}

/// The CAMEO code as GDELT has it: a root alone is its `0` ("15" is 150, "not specified below").
fn event_code(cameo: &str) -> Option<String> {
    let root: u8 = cameo.get(..2)?.parse().ok()?;
    let digits = cameo.bytes().all(|b| b.is_ascii_digit());
    match cameo.len() {
        2 if digits && (1..=20).contains(&root) => Some(format!("{cameo}0")),
        3 | 4 if digits && (1..=20).contains(&root) => Some(cameo.to_owned()),
        _ => None,
    }
}

/// The class of a CAMEO root: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
fn quad_class(root: &str) -> u8 {
    match root.parse().unwrap_or(0u8) {
        1..=5 => 1,
        6..=8 => 2,
        9..=13 => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_at_least_three_digits_of_a_known_root() {
        for (cameo, want) in [
            ("15", Some("150")),
            ("190", Some("190")),
            ("0842", Some("0842")),
            ("", None),
            ("21", None),
            ("00", None),
            ("4", None),
            ("19x", None),
            ("03*", None),
            ("ü0", None),
        ] {
            assert_eq!(event_code(cameo).as_deref(), want, "{cameo}");
        }
    }

    #[test]
    fn quad_classes_follow_the_root() {
        let classes = ["01", "05", "06", "08", "09", "13", "14", "20"].map(quad_class);
        assert_eq!(classes, [1, 1, 2, 2, 3, 3, 4, 4]);
    }
}
