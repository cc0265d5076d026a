//! What a meeting was for or about, where reports say so alike.
//!
//! One report says that ministers met "to step up the fight against terror groups", another that the talks were
//! "chiefly on counter-terrorism". The words that say so are gathered for each meeting, brought to topics
//! (`data/collate_topics.tsv`), and a topic that two reports give is agreed on.

use crate::agendas::{Account, Weight};
use crate::happenings::{Happening, Telling, coded};
use crate::witnesses::Witnesses;
use crate::wording::rarity;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use variorum_identity::ActorKind;
use variorum_model::contract::Agreement;
use variorum_model::{EventType, Modality, Span};

/// Rarity in news from which a word that the table does not have is a topic: 1 article in 16 has it.
const TELLING: f32 = 2.8;
/// Letters of the shortest word that is one.
const SHORTEST: usize = 4;

/// The topic that a word in its dictionary form stands for.
fn topic(lemma: &str) -> Option<&str> {
    static TABLE: OnceLock<FxHashMap<&'static str, &'static str>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        include_str!("../../../data/collate_topics.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'))
            .filter_map(|l| l.split_once('\t'))
            .flat_map(|(topic, words)| words.split('|').map(move |w| (w, topic)))
            .collect()
    });
    match table.get(lemma) {
        Some(&"-") => None,
        Some(&topic) => Some(topic),
        None => {
            let word = lemma.chars().all(char::is_alphabetic) && lemma.chars().count() >= SHORTEST;
            (word && rarity(lemma) >= TELLING).then_some(lemma)
        }
    }
}

/// Words of one report that say what a meeting was for.
type Passage = (u32, Span);

/// Topics of meetings that two or more reports give.
pub(crate) fn agreements(
    witnesses: &Witnesses<'_>,
    found: &[Happening],
    accounts: &BTreeMap<usize, Vec<Account>>,
    about: &[String],
) -> Vec<Agreement> {
    let agreed = |h: usize| {
        let mut said = told(witnesses, &found[h]);
        let accounts = accounts.get(&h).into_iter().flatten();
        let given = accounts.filter(|a| a.weight != Weight::NotMain);
        said.extend(given.map(|a| (a.report, a.topic)));
        shared(witnesses, &found[h], &said, &about[h])
    };
    let by_meeting: Vec<Vec<Agreement>> = (0..found.len()).into_par_iter().map(agreed).collect();
    by_meeting.into_iter().flatten().collect()
}

/// What the tellings of a meeting themselves say of it: their agenda, and what was agreed in the same sentence.
fn told(witnesses: &Witnesses<'_>, happening: &Happening) -> Vec<Passage> {
    // A blow that one report tells by a visit is no meeting.
    let coded_as = |t: &Telling| coded(witnesses, t).kind;
    let kinds = happening.tellings.iter().map(coded_as).filter(|&k| k != EventType::Other);
    let (met, other): (Vec<_>, Vec<_>) = kinds.partition(|&k| k == EventType::Consult);
    if met.len() <= other.len() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for telling in &happening.tellings {
        let event = coded(witnesses, telling);
        if event.kind != EventType::Consult || event.modality == Modality::Negated {
            continue;
        }
        found.extend(event.agenda.map(|a| (telling.report, a)));
        found.extend(agreed_on(witnesses, telling).map(|a| (telling.report, a)));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What those who meet agree on in the sentence that tells it: what stands behind "agreed".
fn agreed_on(witnesses: &Witnesses<'_>, telling: &Telling) -> Option<Span> {
    let annotations = witnesses.annotations(telling.report);
    let met = coded(witnesses, telling);
    let sentence = annotations.sentences.iter().find(|s| s.contains(met.trigger))?;
    let events = &witnesses.codings(telling.report).events;
    let agreed = events.iter().find(|e| {
        e.kind == EventType::Agree
            && e.modality == Modality::Actual
            && e.trigger.start >= met.trigger.end
            && sentence.contains(e.trigger)
            && e.actors == met.actors
    })?;
    Some(Span::new(agreed.trigger.from(), sentence.to()))
}

/// The topics of one meeting that two or more reports give, those of the same reports together.
fn shared(
    witnesses: &Witnesses<'_>,
    happening: &Happening,
    passages: &[Passage],
    about: &str,
) -> Vec<Agreement> {
    let parties = happening.tellings.iter().flat_map(|t| &t.parties);
    let met: FxHashSet<u32> = parties.copied().collect();
    let mut by_topic: BTreeMap<String, BTreeSet<Passage>> = BTreeMap::new();
    for &(report, span) in passages {
        for topic in topics(witnesses, &met, report, span) {
            by_topic.entry(topic).or_default().insert((report, span));
        }
    }
    let mut by_reports: BTreeMap<Vec<String>, (Vec<String>, BTreeSet<Passage>)> = BTreeMap::new();
    for (topic, at) in by_topic {
        let reports = witnesses.ids(at.iter().map(|p| p.0));
        if reports.len() > 1 {
            let (topics, all) = by_reports.entry(reports).or_default();
            topics.push(topic);
            all.extend(at);
        }
    }
    let agreement =
        |(reports, (topics, at)): (Vec<String>, (Vec<String>, BTreeSet<Passage>))| Agreement {
            about: format!("what it was about: {about}"),
            value: topics.join(", "),
            reports,
            independent_sources: witnesses.independent(at.iter().map(|p| p.0)),
            evidence: at.iter().map(|&(report, span)| witnesses.cite(report, span)).collect(),
            judged: Default::default(),
        };
    by_reports.into_iter().map(agreement).collect()
}

/// The topics that some words of a report tell: its plain words, and the places and bodies that it names and
/// that did not themselves meet.
fn topics(
    witnesses: &Witnesses<'_>,
    met: &FxHashSet<u32>,
    report: u32,
    span: Span,
) -> BTreeSet<String> {
    let annotations = witnesses.annotations(report);
    let named = |at: Span| annotations.mentions.iter().any(|m| m.span.overlaps(at));
    let clauses = &witnesses.codings(report).clauses;
    let words = clauses.iter().flat_map(|c| &c.words).filter(|(_, at)| span.contains(*at));
    // What is done ("to thank the crews") is no topic.
    let verb = |at: Span| clauses.iter().any(|c| c.verb == at);
    let plain = words.filter(|(_, at)| !named(*at) && !verb(*at));
    let lower = |w: &str| w.to_lowercase();
    let mut found: BTreeSet<String> =
        plain.filter_map(|(w, _)| topic(&lower(w)).map(str::to_owned)).collect();
    let identities = witnesses.identities;
    for (i, _) in annotations.mentions.iter().enumerate().filter(|(_, m)| span.contains(m.span)) {
        let of = |table: &[Vec<Option<u32>>]| table[report as usize].get(i).copied().flatten();
        let actor = of(&identities.actor_of);
        if actor.is_some_and(|a| met.contains(&a)) {
            continue;
        }
        let place = of(&identities.place_of).map(|p| identities.places[p as usize].name.clone());
        let body = actor.map(|a| &identities.actors[a as usize]);
        let body = body.filter(|a| a.kind != ActorKind::Person).map(|a| a.name.clone());
        found.extend(place.or(body));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_topic() {
        for (word, want) in [
            ("counter-terrorism", Some("terrorism")),
            ("terror", Some("terrorism")),
            ("fishery", Some("fishing")),
            ("cooperation", None),
            ("meeting", None),
            ("vaccine", Some("vaccine")),
            ("go", None),
        ] {
            assert_eq!(topic(word), want, "{word}");
        }
    }

    #[test]
    fn a_word_stands_in_one_row() {
        let mut seen = BTreeMap::new();
        for line in include_str!("../../../data/collate_topics.tsv").lines() {
            let Some((topic, words)) = line.split_once('\t').filter(|_| !line.starts_with('#'))
            else {
                continue;
            };
            for word in words.split('|') {
                let before = seen.insert(word, topic);
                assert!(before.is_none_or(|b| b == topic), "{word}");
            }
        }
    }
}
