//! Who is said to have done it, and denies it.
//!
//! A denial seldom repeats what it denies ("the army rejected the claims"). It is held against the blow
//! that its speaker, or the speaker's state or body, is said to have dealt.

use crate::drafts::{Draft, order};
use crate::happenings::{Happening, Telling, coded};
use crate::participants::Participants;
use crate::readings::{Claim, readings};
use crate::witnesses::Witnesses;
use crate::wording::{clause_at, lexeme};
use variorum_model::{EventType, Modality, Span};

/// A denial, with those in whose name it is made and their states.
struct Denial {
    report: u32,
    span: Span,
    voices: Vec<u32>,
    states: Vec<String>,
}

/// A participants conflict for each blow whose named doer denies it; a denial is held against the blow
/// that most reports tell.
pub(crate) fn conflicts(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    found: &[Happening],
    about: &[String],
    ids: &[String],
) -> Vec<Draft> {
    let denials = denials(witnesses, participants, found);
    let mut against: Vec<Vec<&Denial>> = vec![Vec::new(); found.len()];
    for denial in &denials {
        let blows = (0..found.len())
            .filter(|&h| !doers(witnesses, participants, &found[h], denial).is_empty());
        let told = |h: &usize| {
            (found[*h].reports().len(), found[*h].tellings.len(), std::cmp::Reverse(*h))
        };
        if let Some(h) = blows.max_by_key(told) {
            against[h].push(denial);
        }
    }
    let mut drafts = Vec::new();
    for (h, denials) in against.iter().enumerate().filter(|(_, d)| !d.is_empty()) {
        let mut claims: Vec<Claim> = Vec::new();
        for denial in denials {
            for telling in doers(witnesses, participants, &found[h], denial) {
                claims.push(claim(
                    witnesses,
                    telling.report,
                    coded(witnesses, telling).span,
                    "did it",
                ));
            }
            claims.push(claim(witnesses, denial.report, denial.span, "denies it"));
        }
        drafts.push(
            Draft::new(
                order(4, &found[h]),
                "participants",
                format!("who did it: {}", about[h]),
                readings(witnesses, &claims),
                "the one who is said to have done it denies it",
            )
            .over(&ids[h])
            .judged("different_sources"),
        );
    }
    drafts
}

fn claim(witnesses: &Witnesses<'_>, report: u32, span: Span, value: &str) -> Claim {
    let said = &witnesses.annotations(report).quotations;
    let source = said.iter().find(|q| q.span.contains(span)).and_then(|q| q.source);
    let text = &witnesses.report(report).text;
    Claim {
        value: value.to_owned(),
        report,
        span,
        according_to: source.map(|s| s.of(text).to_owned()).into_iter().collect(),
    }
}

/// Tellings of a denial: an act of refusing told by a word for denying, or a blow that somebody says
/// was not dealt.
fn denials(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    found: &[Happening],
) -> Vec<Denial> {
    let tellings = found.iter().flat_map(|h| &h.tellings);
    let mut made: Vec<Denial> = tellings
        .filter_map(|t| {
            let event = coded(witnesses, t);
            let clause = clause_at(witnesses, t.report, event.trigger)?;
            let refused = event.kind == EventType::Reject
                && event.modality != Modality::Negated
                && lexeme(&clause.lemma) == "denial";
            // "The army denied that it had shelled the town": somebody says that it did not.
            let undone = matches!(event.kind, EventType::Assault | EventType::Coerce)
                && event.modality == Modality::Negated
                && !event.reported_by.is_empty();
            let states = states(participants, &t.voices);
            ((refused || undone) && !t.voices.is_empty()).then(|| Denial {
                report: t.report,
                span: clause.span,
                voices: t.voices.clone(),
                states,
            })
        })
        .collect();
    made.sort_by_key(|d| (d.report, d.span));
    made
}

fn states(participants: &Participants, actors: &[u32]) -> Vec<String> {
    actors.iter().filter_map(|&a| participants.actors[a as usize].country.clone()).collect()
}

/// The tellings of a blow that name the denier, or the denier's state, as the doer.
fn doers<'h>(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    happening: &'h Happening,
    denial: &Denial,
) -> Vec<&'h Telling> {
    let named = |t: &&Telling| {
        t.voices.iter().any(|v| denial.voices.contains(v))
            || states(participants, &t.voices).iter().any(|s| denial.states.contains(s))
    };
    let blow = |t: &&Telling| {
        let event = coded(witnesses, t);
        matches!(event.kind, EventType::Assault | EventType::Coerce)
            && !matches!(
                event.modality,
                Modality::Negated | Modality::Planned | Modality::Hypothetical
            )
    };
    happening.tellings.iter().filter(blow).filter(named).collect()
}
