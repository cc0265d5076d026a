//! Who a happening's parties are, and the happening in one line.

use crate::assembly::firmest;
use crate::happenings::{Happening, Telling, coded};
use crate::participants::Participants;
use crate::summary;
use crate::witnesses::Witnesses;
use crate::word_lists::List;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use variorum_identity::{ActorKind, Located};
use variorum_model::EventType;

/// Parties of a happening: named ones of all tellings; the described only where nobody is named, or beside a name
/// ("Oman and some neighbours"). Who is told by most stands first.
pub(crate) fn parties(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    happening: &Happening,
) -> (Vec<u32>, Vec<u32>) {
    let sides =
        sides(witnesses, happening).map(|side| side.into_iter().map(|(id, _)| id).collect());
    let sides: [Vec<u32>; 2] = sides;
    let noun = |a: u32| {
        let name = participants.actors[a as usize].name.to_lowercase();
        name.rsplit(' ').next().unwrap_or_default().to_owned()
    };
    let named_only = |ids: Vec<u32>| {
        let is_named = |a: &u32| participants.is_named(*a);
        if ids.iter().any(is_named) {
            let beside = |a: u32| is_listed_with_a_name(witnesses, participants, happening, a);
            return ids.into_iter().filter(|&a| is_named(&a) || beside(a)).collect();
        }
        // Two reports of one happening that describe somebody by the same noun ("gunmen", "two gunmen") mean the
        // same.
        let mut described: Vec<u32> = Vec::new();
        for id in ids {
            if described.len() < 3 && !described.iter().any(|&d| noun(d) == noun(id)) {
                described.push(id);
            }
        }
        described
    };
    // A state beside a person of that state is that person's state, not a party more; of what people do together,
    // on whichever side he is told. Who asks three states for something may ask his own.
    let kinds = happening.tellings.iter().map(|t| coded(witnesses, t).kind);
    let kind = kinds.into_iter().find(|kind| *kind != EventType::Other);
    let together = kind.is_some_and(is_done_together);
    let [does, befalls] = [0, 1].map(|side| {
        let beside = sides.iter().enumerate().filter(|(other, _)| together || *other == side);
        let people: Vec<u32> = beside.flat_map(|(_, ids)| ids).copied().collect();
        let stands_for = |a: u32| {
            let state = &participants.actors[a as usize];
            state.kind == ActorKind::Country
                && people.iter().any(|&p| {
                    let person = &participants.actors[p as usize];
                    person.kind == ActorKind::Person && person.country == state.country
                })
        };
        sides[side].iter().copied().filter(|&a| !stands_for(a)).collect::<Vec<u32>>()
    });
    let (actors, recipients) = (named_only(does), named_only(befalls));
    let recipients = recipients.into_iter().filter(|r| !actors.contains(r)).collect();
    (actors, recipients)
}

/// Whether somebody described is told of in a list with somebody named: "Oman and certain neighbours", and not "received
/// his guests, Petrov and Saleh".
fn is_listed_with_a_name(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    happening: &Happening,
    described: u32,
) -> bool {
    // In order of their reports.
    let places = |a: u32, report: u32| {
        let all = &participants.actors[a as usize].mentions;
        let from = all.partition_point(|m| m.report < report);
        all[from..].iter().take_while(move |m| m.report == report)
    };
    happening.tellings.iter().any(|t| {
        let list = [&t.actors, &t.recipients].into_iter().find(|list| list.contains(&described));
        let named = list.into_iter().flatten().filter(|&&a| participants.is_named(a));
        let text = &witnesses.report(t.report).text;
        let lists = |name: &Located, phrase: &Located| {
            let gap = text.get(name.span.end as usize..phrase.span.start as usize);
            let mut words = gap.unwrap_or_default().split_whitespace();
            words.next() == Some("and") && words.all(|w| List::Determiner.has(&w.to_lowercase()))
        };
        named
            .flat_map(|&a| places(a, t.report))
            .any(|name| places(described, t.report).any(|phrase| lists(name, phrase)))
    })
}

/// Whether such an act has parties rather than a doer and somebody it is done to.
fn is_done_together(kind: EventType) -> bool {
    use EventType::*;
    matches!(kind, Consult | Agree | Cooperate)
}

/// Doers and those it befell, each with the number of reports that tell so, most first. Whom tellings have on
/// both sides is where more of them have him; a clause that no category covers tells no side where another does.
fn sides(witnesses: &Witnesses<'_>, happening: &Happening) -> [Vec<(u32, usize)>; 2] {
    let is_coded = |t: &&Telling| coded(witnesses, t).kind != EventType::Other;
    let filled = |t: &Telling| !t.actors.is_empty() || !t.recipients.is_empty();
    let any_coded = happening.tellings.iter().filter(is_coded).any(filled);
    let telling = || happening.tellings.iter().filter(|t| !any_coded || is_coded(t));
    let mut told: Vec<(u32, [BTreeSet<u32>; 2], [usize; 2])> = Vec::new();
    for t in telling() {
        for (side, ids) in [&t.actors, &t.recipients].into_iter().enumerate() {
            for &id in ids {
                let at = told.iter().position(|(other, ..)| *other == id).unwrap_or_else(|| {
                    told.push((id, Default::default(), [0; 2]));
                    told.len() - 1
                });
                told[at].1[side].insert(t.report);
                told[at].2[side] += 1;
            }
        }
    }
    [0, 1].map(|side| {
        let mine = told.iter().filter(|(_, _, times)| match side {
            0 => times[0] > 0 && times[0] >= times[1],
            _ => times[1] > times[0],
        });
        let mut list: Vec<(u32, usize)> = mine.map(|(id, by, _)| (*id, by[side].len())).collect();
        list.sort_by_key(|(_, by)| Reverse(*by));
        list
    })
}

/// Of each side those whom a third of the reports name that name its best known; who is only described, a third
/// of those that name the best known of both.
fn often(participants: &Participants, sides: [Vec<(u32, usize)>; 2]) -> [Vec<u32>; 2] {
    let most = |side: &[(u32, usize)]| side.first().map_or(0, |(_, by)| *by);
    let of_all = sides.iter().map(|side| most(side)).max().unwrap_or(0);
    sides.map(|side| {
        let least = |id: u32| if participants.is_named(id) { most(&side) } else { of_all };
        side.iter().filter(|(id, by)| by * 3 >= least(*id)).map(|(id, _)| *id).collect()
    })
}

/// The happening in one line: who did what to whom, where.
pub(crate) fn about(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    happening: &Happening,
) -> String {
    let best = firmest(witnesses, happening);
    if best.kind == EventType::Other {
        // No verb phrase stands for it: its own words do, those of a clause that stands by itself before others.
        let clauses = happening.tellings.iter().map(|t| {
            let clause = coded(witnesses, t).span.of(&witnesses.report(t.report).text);
            clause.split_whitespace().collect::<Vec<_>>()
        });
        let opens = |clause: &[&str]| clause.first().is_some_and(|w| List::Opening.has(w));
        let best = clauses.min_by_key(|clause| opens(clause)).unwrap_or_default();
        return best[usize::from(opens(&best))..].join(" ");
    }
    let place = happening.tellings.iter().find_map(|t| t.place);
    let place = place.map(|p| witnesses.identities.places[p as usize].name.as_str());
    let name = |id: u32| participants.actors[id as usize].name.as_str();
    let (actors, recipients) = parties(witnesses, participants, happening);
    let often = often(participants, sides(witnesses, happening));
    let told = [&actors, &recipients].into_iter().zip(&often);
    let told = told.map(|(all, often)| all.iter().filter(|id| often.contains(id)).count());
    let any = told.sum::<usize>() > 0;
    let shown = |all: Vec<u32>, often: &[u32]| {
        let mut list: Vec<u32> = all.iter().copied().filter(|id| often.contains(id)).collect();
        // "Arrived in Aktau": where it was is told once.
        if list.iter().any(|&id| Some(name(id)) != place) {
            list.retain(|&id| participants.is_named(id) || Some(name(id)) != place);
        }
        if any { list } else { all }
    };
    let (actors, recipients) = (shown(actors, &often[0]), shown(recipients, &often[1]));
    let line = summary::line(participants, best, &actors, &recipients);
    match place.filter(|&p| !actors.iter().chain(&recipients).any(|&id| name(id) == p)) {
        Some(place) => format!("{line}, {place}"),
        None => line,
    }
}
