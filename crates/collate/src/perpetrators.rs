//! Who did it: happenings whose tellings name different doers.

use crate::drafts::{Draft, order};
use crate::happenings::{Happening, Telling};
use crate::opposition::Opposition;
use crate::participants::Participants;
use crate::readings::{Claim, readings};
use crate::witnesses::Witnesses;
use crate::word_lists::List;
use variorum_model::{EventType, Modality};

/// An identity conflict for a violent happening, if different named doers are held to have done it.
pub(crate) fn conflict(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    opposition: &Opposition<'_>,
    happening: &Happening,
    about: &str,
    event: &str,
) -> Option<Draft> {
    let mut claims: Vec<Claim> = Vec::new();
    let mut doers: Vec<(&Telling, Vec<u32>)> = Vec::new();
    for telling in &happening.tellings {
        let coded = witnesses.told(telling.report, telling.event);
        if coded.kind != EventType::Assault
            || matches!(coded.modality, Modality::Negated | Modality::Planned)
        {
            continue;
        }
        // "An Islamist group" may well be the one that another report names.
        let is_body = |a: &u32| {
            participants.is_named(*a) && !List::Creed.has(&participants.actors[*a as usize].name)
        };
        let mut named: Vec<u32> = telling.actors.iter().copied().filter(is_body).collect();
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
        doers.push((telling, named));
    }
    let disjoint =
        doers.iter().any(|(x, a)| doers.iter().any(|(y, b)| opposition.of_doers(x, y, a, b)));
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
