//! Joining the reports' entities into actors.
//!
//! Candidate pairs come from blocking keys, never from comparing all pairs; pairs are joined from the
//! best supported down, and a group never holds two entities that contradict each other.

use super::local::{Entity, LIKELY};
use super::{bodies, people};
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

/// Pairs compared for one key at the most.
const BLOCK: usize = 200;

/// Groups in order of their first member.
pub(crate) fn join(reports: &[ReadReport], entities: &[Entity]) -> Vec<Group> {
    let company = Company::new(reports, entities);
    let mut proposals: Vec<(usize, usize, Proposal)> = candidate_pairs(entities)
        .into_iter()
        .filter_map(|(a, b)| {
            let (x, y) = (&entities[a], &entities[b]);
            let proposal = match (x.kind, y.kind) {
                (ActorKind::Person, ActorKind::Person) => people::propose(x, y, &company),
                (ActorKind::Person, _) | (_, ActorKind::Person) => None,
                _ => bodies::propose(x, y, &company),
            }?;
            Some((a, b, proposal))
        })
        .collect();
    proposals
        .sort_by(|x, y| y.2.strength.total_cmp(&x.2.strength).then((x.0, x.1).cmp(&(y.0, y.1))));
    let mut group: Vec<usize> = (0..entities.len()).collect();
    let mut groups: Vec<Group> =
        (0..entities.len()).map(|i| Group { members: vec![i], reasons: Vec::new() }).collect();
    for (a, b, proposal) in proposals {
        let (x, y) = (group[a].min(group[b]), group[a].max(group[b]));
        if x == y || contradict(entities, &groups[x].members, &groups[y].members) {
            continue;
        }
        let gone = std::mem::replace(&mut groups[y], Group { members: vec![], reasons: vec![] });
        for &m in &gone.members {
            group[m] = x;
        }
        groups[x].members.extend(gone.members);
        groups[x].reasons.extend(gone.reasons);
        groups[x].reasons.push(proposal.reason);
    }
    groups.retain(|g| !g.members.is_empty());
    for g in &mut groups {
        g.members.sort_unstable();
    }
    groups.sort_by_key(|g| g.members[0]);
    groups
}

/// Whether some member of one group cannot be some member of the other.
fn contradict(entities: &[Entity], a: &[usize], b: &[usize]) -> bool {
    a.iter().any(|&i| {
        b.iter().any(|&j| {
            let (x, y) = (&entities[i], &entities[j]);
            match (x.kind, y.kind) {
                (ActorKind::Person, ActorKind::Person) => people::contradict(x, y),
                (ActorKind::Person, _) | (_, ActorKind::Person) => true,
                _ => bodies::contradict(x, y),
            }
        })
    })
}

fn candidate_pairs(entities: &[Entity]) -> Vec<(usize, usize)> {
    let mut blocks: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (i, entity) in entities.iter().enumerate() {
        for key in entity.name.blocking_keys().into_iter().chain(bodies::keys(entity)) {
            blocks.entry(key).or_default().push(i);
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for block in blocks.values() {
        let block = &block[..block.len().min(BLOCK)];
        for (n, &a) in block.iter().enumerate() {
            pairs.extend(
                block[n + 1..]
                    .iter()
                    .filter(|&&b| entities[b].report != entities[a].report)
                    .map(|&b| (a.min(b), a.max(b))),
            );
        }
    }
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
    /// Full names of the people of all reports, by their last words in lower case.
    bearers: FxHashMap<String, Vec<Name>>,
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
        let mut bearers: FxHashMap<String, Vec<Name>> = FxHashMap::default();
        for person in entities.iter().filter(|e| e.kind == ActorKind::Person && e.full) {
            bearers.entry(last_word(&person.form)).or_default().push(person.name.clone());
        }
        Company { names, bearers }
    }

    /// Whether all people of all reports who bear this surname may be one: nobody else can be meant by
    /// the bare surname.
    pub(crate) fn one_bearer(&self, surname: &str) -> bool {
        let Some(bearers) = self.bearers.get(&last_word(surname)) else { return true };
        let Some((first, others)) = bearers.split_first() else { return true };
        others.iter().all(|other| first.compare(other).score >= LIKELY)
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
