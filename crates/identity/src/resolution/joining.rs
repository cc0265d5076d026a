//! Joining the reports' entities into actors.
//!
//! Candidate pairs come from blocking keys, never from comparing all pairs; pairs are joined from the
//! best supported down, and a group never holds two entities that contradict each other.

use super::local::{Entity, LIKELY};
use super::{bodies, people};
use crate::agglomeration::{Agglomeration, propose};
use crate::names::Name;
use crate::resolved::ActorKind;
use rustc_hash::{FxHashMap, FxHashSet};
use variorum_model::ReadReport;

/// Entities taken for one, in order, and why.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) members: Vec<usize>,
    pub(crate) reasons: Vec<String>,
}

/// A proposal to join two entities.
#[derive(Debug, Clone)]
pub(crate) struct Proposal {
    pub(crate) strength: f64,
    pub(crate) reason: String,
}

/// Entities of different classes compared for one key at the most.
const BLOCK: usize = 200;

/// Groups in order of their first member.
pub(crate) fn join(reports: &[ReadReport], entities: &[Entity]) -> Vec<Group> {
    let company = Company::new(reports, entities);
    let class = classes(entities);
    let report: Vec<u32> = entities.iter().map(|e| e.report).collect();
    let mut known: FxHashMap<(u32, u32), Option<Likely>> = FxHashMap::default();
    let mut proposals: Vec<(usize, usize, Proposal)> = candidate_pairs(entities, &class, &report)
        .into_iter()
        .filter_map(|(a, b)| {
            let (x, y) = (&entities[a], &entities[b]);
            let likely = known.entry((class[a], class[b])).or_insert_with(|| Likely::of(x, y));
            Some((a, b, likely.as_ref()?.proposal(x, y, &company)?))
        })
        .collect();
    proposals
        .sort_by(|x, y| y.2.strength.total_cmp(&x.2.strength).then((x.0, x.1).cmp(&(y.0, y.1))));
    let odd = |i: usize, j: usize| contradict(&entities[i], &entities[j]);
    let mut joined = Agglomeration::new(&class, &report, odd);
    for (a, b, proposal) in proposals {
        joined.join(a, b, || proposal.reason);
    }
    joined.groups().into_iter().map(|(members, reasons)| Group { members, reasons }).collect()
}

/// What the names, offices and descriptions of two entities of two reports say of their being one.
enum Likely {
    People(people::Likely),
    Bodies(bodies::Likely),
}

impl Likely {
    fn of(x: &Entity, y: &Entity) -> Option<Likely> {
        match (x.kind, y.kind) {
            (ActorKind::Person, ActorKind::Person) => people::Likely::of(x, y).map(Likely::People),
            (ActorKind::Person, _) | (_, ActorKind::Person) => None,
            _ => bodies::Likely::of(x, y).map(Likely::Bodies),
        }
    }

    fn proposal(&self, x: &Entity, y: &Entity, company: &Company) -> Option<Proposal> {
        match self {
            Likely::People(likely) => likely.proposal(x, y, company),
            Likely::Bodies(likely) => likely.proposal(x, y, company),
        }
    }
}

/// The class of each entity: those of one class differ only in where they stand.
fn classes(entities: &[Entity]) -> Vec<u32> {
    let mut known = FxHashMap::default();
    let mut numbers = Vec::with_capacity(entities.len());
    for e in entities {
        let offices: Vec<(&str, Option<&str>)> =
            e.offices.iter().map(|o| (o.title.as_str(), o.country.as_deref())).collect();
        let next = known.len() as u32;
        let key = (e.kind as u8, &e.form, e.full, &e.country, offices, &e.roles, e.leader);
        numbers.push(*known.entry(key).or_insert(next));
    }
    numbers
}

/// Whether two entities cannot be one.
fn contradict(x: &Entity, y: &Entity) -> bool {
    match (x.kind, y.kind) {
        (ActorKind::Person, ActorKind::Person) => people::contradict(x, y),
        (ActorKind::Person, _) | (_, ActorKind::Person) => true,
        _ => bodies::contradict(x, y),
    }
}

fn candidate_pairs(entities: &[Entity], class: &[u32], report: &[u32]) -> Vec<(usize, usize)> {
    let mut blocks: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (i, entity) in entities.iter().enumerate() {
        let listed = bodies::keys(entity).or_else(|| people::key(entity));
        for key in entity.name.blocking_keys().into_iter().chain(listed) {
            blocks.entry(key).or_default().push(i);
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for block in blocks.values() {
        propose(block, class, report, BLOCK, &mut pairs);
    }
    pairs.retain(|&(a, b)| report[a] != report[b]);
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The last word of a name in lower case, its particle off.
fn last_word(form: &str) -> String {
    let last = form.split_whitespace().next_back().unwrap_or(form).to_lowercase();
    last.split_once('-')
        .filter(|(p, _)| p.len() <= 3)
        .map_or(last.clone(), |(_, rest)| rest.to_owned())
}

/// Who and what is named beside an entity in its report.
pub(crate) struct Company {
    names: Vec<FxHashSet<String>>,
    /// Last words of the full names of people of all reports, in lower case, and whether all who bear the
    /// surname may be one.
    bearers: FxHashMap<String, bool>,
}

impl Company {
    fn new(reports: &[ReadReport], entities: &[Entity]) -> Company {
        let mut names: Vec<FxHashSet<String>> = reports
            .iter()
            .map(|r| {
                let text = &r.report.text;
                r.annotations.mentions.iter().map(|m| m.span.of(text).to_lowercase()).collect()
            })
            .collect();
        for entity in entities {
            names[entity.report as usize].insert(entity.form.to_lowercase());
        }
        let mut bearers: FxHashMap<String, Vec<&Name>> = FxHashMap::default();
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        for person in entities.iter().filter(|e| e.kind == ActorKind::Person && e.full) {
            let known = bearers.entry(last_word(&person.form)).or_default();
            if seen.insert(person.form.as_str()) {
                known.push(&person.name);
            }
        }
        let one = |names: Vec<&Name>| {
            names[1..].iter().all(|other| names[0].compare(other).score >= LIKELY)
        };
        let bearers = bearers.into_iter().map(|(word, names)| (word, one(names))).collect();
        Company { names, bearers }
    }

    /// Whether all people of all reports who bear this surname may be one: nobody else can be meant by
    /// the bare surname.
    pub(crate) fn one_bearer(&self, surname: &str) -> bool {
        self.bearers.get(&last_word(surname)).copied().unwrap_or(true)
    }

    /// How many names two reports share, other than those of the entities themselves.
    pub(crate) fn shared(&self, a: &Entity, b: &Entity) -> usize {
        let (x, y) = (&self.names[a.report as usize], &self.names[b.report as usize]);
        let own = |n: &&String| {
            !a.form.to_lowercase().contains(n.as_str())
                && !b.form.to_lowercase().contains(n.as_str())
        };
        let (small, large) = if x.len() < y.len() { (x, y) } else { (y, x) };
        small.iter().filter(own).filter(|n| large.contains(*n)).count()
    }
}
