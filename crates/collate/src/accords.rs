//! Accords and mandates of the record.

use crate::days::Days;
use crate::happenings::Happening;
use crate::participants::Participants;
use crate::witnesses::Witnesses;
use variorum_identity::Located;
use variorum_model::contract::{AccordEntry, MandateEntry};
use variorum_model::{AccordKind, EventType, Modality, Span};

/// Index of the happening that holds an event of a report, and happenings' ids.
pub(crate) struct Places<'h> {
    pub(crate) happening_of: &'h dyn Fn(u32, u32) -> Option<u32>,
    pub(crate) ids: &'h [String],
    pub(crate) actor_id: &'h dyn Fn(u32) -> String,
}

/// Accords, those that tell one happening joined.
pub(crate) fn accords(
    witnesses: &Witnesses<'_>,
    participants: &mut Participants,
    happenings: &[Happening],
    places: &Places<'_>,
) -> Vec<AccordEntry> {
    let mut found: Vec<(Option<u32>, AccordEntry)> = Vec::new();
    for report in 0..witnesses.reports.len() as u32 {
        for accord in &witnesses.codings(report).accords {
            let happening = (places.happening_of)(report, accord.event);
            let event = &witnesses.codings(report).events[accord.event as usize];
            let mut side = |spans: &[Span]| -> Vec<String> {
                let mut ids = Vec::new();
                for &span in spans {
                    for actor in participants.of_phrase(witnesses, Located { report, span }) {
                        let id = (places.actor_id)(actor);
                        if !ids.contains(&id) {
                            ids.push(id);
                        }
                    }
                }
                ids
            };
            let (brokers, parties, exempt) =
                (side(&accord.brokers), side(&accord.parties), side(&accord.exempt));
            let days = accord
                .in_force
                .and_then(|t| witnesses.annotations(report).times.get(t as usize))
                .map(|t| Days { earliest: t.earliest, latest: t.latest });
            let mut evidence = vec![event.span];
            evidence.extend(accord.brokers.iter().chain(&accord.parties).chain(&accord.exempt));
            evidence.sort_unstable();
            evidence.dedup();
            let entry = AccordEntry {
                id: String::new(),
                kind: match accord.kind {
                    AccordKind::Ceasefire => "ceasefire",
                    AccordKind::Agreement => "agreement",
                    AccordKind::Talks => "talks",
                }
                .to_owned(),
                event: happening.map(|h| places.ids[h as usize].clone()),
                brokers,
                parties,
                exempt,
                in_force: days.and_then(|d| d.interval()),
                status: accord.status.iter().map(|&s| witnesses.cite(report, s)).collect(),
                violations: accord
                    .breaches
                    .iter()
                    .filter_map(|&b| (places.happening_of)(report, b))
                    .map(|h| places.ids[h as usize].clone())
                    .collect(),
                evidence: evidence.iter().map(|&s| witnesses.cite(report, s)).collect(),
                judged: Default::default(),
            };
            let same = found
                .iter_mut()
                .find(|(h, e)| h.is_some() && *h == happening && e.kind == entry.kind);
            match same {
                Some((_, known)) => join(known, entry),
                None => found.push((happening, entry)),
            }
        }
    }
    found.sort_by_key(|(h, e)| {
        let day = h.and_then(|h| happenings[h as usize].days().earliest);
        (day.is_none(), day, e.evidence.first().cloned())
    });
    let mut entries: Vec<AccordEntry> = found.into_iter().map(|(_, e)| e).collect();
    for (i, entry) in entries.iter_mut().enumerate() {
        entry.id = format!("k{}", i + 1);
    }
    entries
}

fn join(known: &mut AccordEntry, more: AccordEntry) {
    let add = |list: &mut Vec<String>, ids: Vec<String>| {
        for id in ids {
            if !list.contains(&id) {
                list.push(id);
            }
        }
    };
    add(&mut known.brokers, more.brokers);
    add(&mut known.parties, more.parties);
    add(&mut known.exempt, more.exempt);
    add(&mut known.violations, more.violations);
    known.in_force = known.in_force.take().or(more.in_force);
    known.status.extend(more.status);
    known.evidence.extend(more.evidence);
}

/// Mandates, in order of report and text.
pub(crate) fn mandates(
    witnesses: &Witnesses<'_>,
    participants: &mut Participants,
    places: &Places<'_>,
) -> Vec<MandateEntry> {
    let mut entries = Vec::new();
    for report in 0..witnesses.reports.len() as u32 {
        for mandate in &witnesses.codings(report).mandates {
            let mut who = |span: Option<Span>| {
                let at = Located { report, span: span? };
                let actor = participants.of_phrase(witnesses, at).first().copied()?;
                Some((places.actor_id)(actor))
            };
            let (holder, told) = (who(mandate.holder), who(mandate.giver));
            let giver = told.or_else(|| {
                let lone = witnesses.codings(report).mandates.len() == 1;
                let holder = holder.as_deref().filter(|_| lone)?;
                appointer(witnesses, participants, places, report, holder)
            });
            entries.push(MandateEntry {
                id: format!("m{}", entries.len() + 1),
                holder,
                giver,
                task: witnesses.cite(report, mandate.span),
                scope: mandate.scope.map(|s| witnesses.cite(report, s)),
                judged: Default::default(),
            });
        }
    }
    entries
}

/// Who is told elsewhere in a report to have appointed somebody: the one who did so there, if it is only one.
fn appointer(
    witnesses: &Witnesses<'_>,
    participants: &mut Participants,
    places: &Places<'_>,
    report: u32,
    holder: &str,
) -> Option<String> {
    let events = witnesses.codings(report).events.iter();
    let appointments =
        events.filter(|e| e.kind == EventType::Appoint && e.modality == Modality::Actual);
    let mut givers: Vec<u32> = Vec::new();
    for event in appointments {
        let (actors, recipients) = participants.of_event(witnesses, report, event);
        if recipients.iter().any(|&r| (places.actor_id)(r) == holder) {
            givers.extend(actors.into_iter().filter(|&a| participants.is_named(a)));
        }
    }
    givers.sort_unstable();
    givers.dedup();
    let [giver] = givers[..] else { return None };
    Some((places.actor_id)(giver))
}
