//! What one report expects and another tells as done.

use crate::days::Relation;
use crate::drafts::{Draft, order};
use crate::figures::sentence_of;
use crate::happenings::{Happening, Telling, coded};
use crate::readings::{Claim, readings};
use crate::witnesses::Witnesses;
use crate::wording::{clause_at, is_idle, lexeme};
use variorum_model::{EventType, Modality};

/// Sentences from the top within which a report tells its main news.
const LEAD: usize = 3;

/// Whether both name the act by verbs of one sense; what goes with it ("the journey", "the truce") is in
/// both and says nothing of whether it came about.
fn one_verb(witnesses: &Witnesses<'_>, a: &Telling, b: &Telling) -> bool {
    let verb = |t: &Telling| {
        let clause = clause_at(witnesses, t.report, coded(witnesses, t).trigger)?;
        Some(lexeme(&clause.lemma).to_owned()).filter(|v| !is_idle(v))
    };
    verb(a).is_some_and(|v| verb(b) == Some(v))
}

/// Whether what is told as to come is what something done was for ("the ministers met to discuss the dam"): it
/// came about with that.
fn is_purpose(witnesses: &Witnesses<'_>, planned: &Telling) -> bool {
    let own = coded(witnesses, planned);
    let events = witnesses.codings(planned.report).events.iter();
    events.filter(|e| e.modality == Modality::Actual && e.kind == own.kind).any(|e| {
        e.trigger.end <= own.trigger.start && e.span.contains(own.trigger) && e.span != own.span
    })
}

/// An outcome that changed with time: planned at the top of one report, done in another that came out no
/// earlier. What stands further down is background, whose tense says little.
pub(crate) fn conflict(
    witnesses: &Witnesses<'_>,
    happening: &Happening,
    about: &str,
    event: &str,
) -> Option<Draft> {
    // Nobody announces a blow: one that is told as to come has its day misread.
    let lead = |t: &&Telling| {
        let event = coded(witnesses, t);
        !matches!(event.kind, EventType::Assault | EventType::Coerce | EventType::Statement)
            && sentence_of(witnesses, t.report, coded(witnesses, t).trigger) <= LEAD
    };
    let of = |wanted: Modality| -> Vec<&Telling> {
        let list = happening.tellings.iter().filter(lead);
        list.filter(|t| coded(witnesses, t).modality == wanted).collect()
    };
    let (mut planned, done) = (of(Modality::Planned), of(Modality::Actual));
    planned.retain(|p| !is_purpose(witnesses, p));
    let follows = |p: &Telling, d: &Telling| {
        let out = |r: u32| witnesses.report(r).published.as_ref();
        let not_before = match (out(p.report), out(d.report)) {
            (Some(p), Some(d)) => p.start <= d.end,
            _ => true,
        };
        let one_day = !matches!(p.days.relation(&d.days), Relation::Apart(_));
        p.report != d.report && not_before && one_day && one_verb(witnesses, p, d)
    };
    let pairs = planned.iter().any(|p| done.iter().any(|d| follows(p, d)));
    if !pairs {
        return None;
    }
    let claim = |t: &&Telling, value: &str| Claim {
        value: value.to_owned(),
        report: t.report,
        span: coded(witnesses, t).span,
        according_to: Vec::new(),
    };
    let mut claims: Vec<Claim> = planned.iter().map(|t| claim(t, "expected")).collect();
    claims.extend(done.iter().map(|t| claim(t, "happened")));
    Some(
        Draft::new(
            order(5, happening),
            "outcome",
            format!("whether it has happened yet: {about}"),
            readings(witnesses, &claims),
            "expected in one report, told as done in another",
        )
        .over(event)
        .judged("update_over_time"),
    )
}
