//! Whether it happened: happenings that one side asserts and another denies.

use crate::drafts::{Draft, order};
use crate::happenings::{Happening, Telling, coded};
use crate::opposition::Opposition;
use crate::readings::{Claim, readings};
use crate::witnesses::Witnesses;
use variorum_model::{EventType, Modality};

/// An outcome conflict for the happening, if it is both asserted or alleged, and denied.
pub(crate) fn conflict(
    witnesses: &Witnesses<'_>,
    opposition: &Opposition<'_>,
    happening: &Happening,
    about: &str,
    event: &str,
) -> Option<Draft> {
    // A refusal is an act of its own, and a clause of no category is too loose to be opposed.
    let fit = |t: &&Telling| {
        let kind = coded(witnesses, t).kind;
        !matches!(kind, EventType::Other | EventType::Reject | EventType::Statement)
    };
    let tellings: Vec<&Telling> = happening.tellings.iter().filter(fit).collect();
    let side = |t: &Telling| match coded(witnesses, t).modality {
        Modality::Actual | Modality::Ongoing => Some("happened"),
        Modality::Alleged => Some("alleged"),
        Modality::Negated => Some("denied"),
        Modality::Planned | Modality::Hypothetical => None,
    };
    let opposed = |x: &Telling| {
        tellings.iter().any(|y| match (side(x), side(y)) {
            (Some("denied"), Some("happened" | "alleged")) => opposition.of_outcomes(y, x),
            (Some("happened" | "alleged"), Some("denied")) => opposition.of_outcomes(x, y),
            _ => false,
        })
    };
    let claim = |t: &Telling| {
        let event = coded(witnesses, t);
        let text = &witnesses.report(t.report).text;
        Some(Claim {
            value: side(t)?.to_owned(),
            report: t.report,
            span: event.span,
            according_to: event.reported_by.iter().map(|s| s.of(text).to_owned()).collect(),
        })
    };
    let at_odds = tellings.iter().filter(|t| opposed(t));
    let claims: Vec<Claim> = at_odds.filter_map(|t| claim(t)).collect();
    (!claims.is_empty()).then(|| {
        Draft::new(
            order(5, happening),
            "outcome",
            format!("whether it happened: {about}"),
            readings(witnesses, &claims),
            "one side says so, another denies it",
        )
        .over(event)
    })
}
