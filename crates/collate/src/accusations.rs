//! Who is said to have done it, and denies it.
//!
//! A denial seldom repeats what it denies ("the army rejected the claims"). It is held against the blow
//! that its speaker, or the speaker's state or body, is said to have dealt.

use crate::drafts::{Draft, order};
use crate::figures::sentence_of;
use crate::happenings::{Happening, Telling, coded};
use crate::participants::Participants;
use crate::readings::{Claim, readings};
use crate::witnesses::Witnesses;
use crate::word_lists::List;
use crate::wording::{Wording, Words, clause_at, lexeme};
use variorum_model::{Clause, EventType, Modality, Span};

/// A denial, with those in whose name it is made and their states.
struct Denial {
    report: u32,
    span: Span,
    voices: Vec<u32>,
    states: Vec<String>,
    /// The words for what is denied.
    denied: Wording,
    /// Whether they name nothing but that something was said ("the claims", "any involvement").
    is_bare: bool,
}

/// Furthest that a denial of "the claims" stands from the blow that it denies, in sentences.
const REACH: usize = 5;

/// A participants conflict for each blow whose named doer denies it; a denial is held against the blow
/// that most reports tell.
pub(crate) fn conflicts(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    words: &Words,
    found: &[Happening],
    about: &[String],
    ids: &[String],
) -> Vec<Draft> {
    let denials = denials(witnesses, participants, words, found);
    let blows: Vec<Vec<&Telling>> = found.iter().map(|h| blows(witnesses, h)).collect();
    let mut against: Vec<Vec<&Denial>> = vec![Vec::new(); found.len()];
    for denial in &denials {
        let dealt = (0..found.len())
            .filter(|&h| !doers(witnesses, participants, words, &blows[h], denial).is_empty());
        let told = |h: &usize| {
            (found[*h].reports().len(), found[*h].tellings.len(), std::cmp::Reverse(*h))
        };
        if let Some(h) = dealt.max_by_key(told) {
            against[h].push(denial);
        }
    }
    let mut drafts = Vec::new();
    for (h, denials) in against.iter().enumerate().filter(|(_, d)| !d.is_empty()) {
        let mut claims: Vec<Claim> = Vec::new();
        for denial in denials {
            for telling in doers(witnesses, participants, words, &blows[h], denial) {
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
    words: &Words,
    found: &[Happening],
) -> Vec<Denial> {
    let tellings = found.iter().flat_map(|h| &h.tellings);
    let mut made: Vec<Denial> = tellings
        .filter_map(|t| {
            let event = coded(witnesses, t);
            let may_deny = matches!(event.kind, EventType::Reject | EventType::Assault);
            if t.voices.is_empty() || !may_deny {
                return None;
            }
            let clause = clause_at(witnesses, t.report, event.trigger)?;
            let refused = event.kind == EventType::Reject
                && event.modality != Modality::Negated
                && lexeme(&clause.lemma) == "denial";
            // "The army denied that it had shelled the town": somebody says that it did not. What it is
            // not to do is another matter.
            let undone = event.kind == EventType::Assault
                && event.modality == Modality::Negated
                && !event.reported_by.is_empty()
                && !clause.span.of(&witnesses.report(t.report).text).starts_with("to ");
            (refused || undone).then(|| {
                let (denied, is_bare) = denied(witnesses, words, t.report, clause);
                Denial {
                    report: t.report,
                    span: clause.span,
                    voices: t.voices.clone(),
                    states: states(participants, &t.voices),
                    denied,
                    is_bare,
                }
            })
        })
        .collect();
    made.sort_by_key(|d| (d.report, d.span));
    made
}

/// The words for what a clause denies: its own and those of the clauses after it in the sentence; and
/// whether none of them says what it is.
fn denied(
    witnesses: &Witnesses<'_>,
    words: &Words,
    report: u32,
    clause: &Clause,
) -> (Wording, bool) {
    let sentences = &witnesses.annotations(report).sentences;
    let end = sentences.iter().find(|s| s.contains(clause.verb)).map_or(clause.span.end, |s| s.end);
    let clauses = &witnesses.codings(report).clauses;
    let from = clauses.partition_point(|c| c.verb.start < clause.verb.start);
    let said = || {
        let all = clauses[from..].iter().take_while(|c| c.verb.end <= end);
        all.flat_map(|c| &c.words).filter(|(_, s)| s.start >= clause.verb.end)
    };
    let known = |w: &str| List::Bare.has(w);
    let bare = said().next().is_some() && said().all(|(w, _)| known(w));
    (words.wording(witnesses, report, said()), bare)
}

fn states(participants: &Participants, actors: &[u32]) -> Vec<String> {
    actors.iter().filter_map(|&a| participants.actors[a as usize].country.clone()).collect()
}

/// The tellings of a happening that tell a blow that may be denied.
fn blows<'h>(witnesses: &Witnesses<'_>, happening: &'h Happening) -> Vec<&'h Telling> {
    let blow = |t: &&Telling| {
        let event = coded(witnesses, t);
        // A critic attacks, too: a blow that is denied has a weapon, a place or somebody hurt.
        let bodily = !event.mode.is_empty() || t.place.is_some() || t.is_harm;
        event.kind == EventType::Assault
            && bodily
            && !matches!(
                event.modality,
                Modality::Negated | Modality::Planned | Modality::Hypothetical
            )
    };
    happening.tellings.iter().filter(blow).collect()
}

/// The tellings of a blow that name the denier, or the denier's state, as the doer.
fn doers<'h>(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    words: &Words,
    blows: &[&'h Telling],
    denial: &Denial,
) -> Vec<&'h Telling> {
    let country = |v: &u32| participants.actors[*v as usize].country.as_ref();
    let named = |t: &&Telling| {
        t.voices.iter().any(|v| denial.voices.contains(v))
            || t.voices.iter().filter_map(country).any(|s| denial.states.contains(s))
    };
    // What is denied is that blow: some word for it stands in the denial, or the report tells it just
    // before it tells that "the claims" are denied.
    let near = |t: &Telling| {
        let sentence = |at: Span| sentence_of(witnesses, t.report, at);
        t.report == denial.report
            && sentence(coded(witnesses, t).trigger).abs_diff(sentence(denial.span)) <= REACH
    };
    let meant = |t: &&Telling| match denial.is_bare {
        true => near(t),
        false => words.likeness(&t.wording, &denial.denied).plain > 0.0,
    };
    let dealt: Vec<&Telling> = blows.iter().copied().filter(named).collect();
    if dealt.is_empty() || !blows.iter().any(meant) {
        return Vec::new();
    }
    dealt
}
