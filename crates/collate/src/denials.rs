//! Whether it happened: happenings that one side asserts and another denies.

use crate::drafts::{Draft, order};
use crate::happenings::Happening;
use crate::readings::{Claim, readings};
use crate::witnesses::Witnesses;
use variorum_model::{EventType, Modality};

/// An outcome conflict for the happening, if it is both asserted or alleged, and denied.
pub(crate) fn conflict(
    witnesses: &Witnesses<'_>,
    happening: &Happening,
    about: &str,
    event: &str,
) -> Option<Draft> {
    let mut claims = Vec::new();
    let (mut asserted, mut denied) = (false, false);
    for telling in &happening.tellings {
        let coded = witnesses.told(telling.report, telling.event);
        // A refusal is an act of its own, and a clause of no category is too loose to be opposed.
        if matches!(coded.kind, EventType::Other | EventType::Reject | EventType::Statement) {
            continue;
        }
        let value = match coded.modality {
            Modality::Actual | Modality::Ongoing => "happened",
            Modality::Alleged => "alleged",
            Modality::Negated => "denied",
            Modality::Planned | Modality::Hypothetical => continue,
        };
        asserted |= value != "denied";
        denied |= value == "denied";
        let text = &witnesses.report(telling.report).text;
        claims.push(Claim {
            value: value.to_owned(),
            report: telling.report,
            span: coded.span,
            according_to: coded.reported_by.iter().map(|s| s.of(text).to_owned()).collect(),
        });
    }
    (asserted && denied).then(|| {
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
