//! Who did it: happenings whose tellings name different doers.

use crate::drafts::{Draft, order};
use crate::happenings::Happening;
use crate::participants::Participants;
use crate::readings::{Claim, readings};
use crate::witnesses::Witnesses;
use variorum_identity::{ActorKind, ResolvedActor};
use variorum_model::{EventType, Modality};

/// An identity conflict for a violent happening, if different named doers are held to have done it.
pub(crate) fn conflict(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    happening: &Happening,
    about: &str,
    event: &str,
) -> Option<Draft> {
    let mut claims: Vec<Claim> = Vec::new();
    let mut doers: Vec<Vec<u32>> = Vec::new();
    for telling in &happening.tellings {
        let coded = witnesses.told(telling.report, telling.event);
        let violent = matches!(coded.kind, EventType::Assault | EventType::Coerce);
        if !violent || matches!(coded.modality, Modality::Negated | Modality::Planned) {
            continue;
        }
        let mut named: Vec<u32> =
            telling.actors.iter().copied().filter(|&a| participants.is_named(a)).collect();
        named.sort_unstable();
        if named.is_empty() {
            continue;
        }
        let text = &witnesses.report(telling.report).text;
        let names: Vec<&str> =
            named.iter().map(|&a| participants.actors[a as usize].name.as_str()).collect();
        claims.push(Claim {
            value: names.join(", "),
            report: telling.report,
            span: coded.span,
            according_to: coded.reported_by.iter().map(|s| s.of(text).to_owned()).collect(),
        });
        doers.push(named);
    }
    let one = |x: &u32, y: &u32| x == y || state_and_arm(participants, *x, *y);
    let disjoint =
        doers.iter().any(|a| doers.iter().any(|b| !a.iter().any(|x| b.iter().any(|y| one(x, y)))));
    if !disjoint {
        return None;
    }
    let sides = readings(witnesses, &claims);
    if sides.len() < 2 {
        return None;
    }
    Some(
        Draft::new(
            order(4, happening),
            "identity",
            format!("who did it: {about}"),
            sides,
            "different doers are named",
        )
        .over(event),
    )
}

/// Whether one of two is a state and the other an arm of it: a state does what its bodies do.
fn state_and_arm(participants: &Participants, x: u32, y: u32) -> bool {
    let (x, y) = (&participants.actors[x as usize], &participants.actors[y as usize]);
    let arm = |a: &ResolvedActor| matches!(a.kind, ActorKind::Organization | ActorKind::Country);
    let state = |a: &ResolvedActor| a.kind == ActorKind::Country;
    x.country.is_some() && x.country == y.country && arm(x) && arm(y) && (state(x) || state(y))
}
