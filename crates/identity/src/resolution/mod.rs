//! Which mentions, within a report and across reports, name one person, body, group or place.
//!
//! First each report is resolved on its own: full names, then bare surnames and acronyms against
//! them ([`local`]). Then the reports' entities are joined ([`joining`]): names propose, but office,
//! country and company decide; a likeness of strings alone joins nobody.

mod bodies;
mod forms;
mod joining;
mod listed;
mod local;
mod people;
mod places;
mod roles;

use crate::resolved::{ActorKind, Identities, Listing, Located, ResolvedActor};
use local::Entity;
use rayon::prelude::*;
use variorum_model::{MentionKind, ReadReport};

/// Resolves the mentions of `reports`, which stand in their final order. Every index in the answer
/// is an index into `reports` or into their mentions.
pub fn resolve(reports: &[ReadReport]) -> Identities {
    let of_report = |(i, r): (usize, &ReadReport)| {
        let mut found = local::entities(i as u32, &r.report.text, &r.annotations);
        listed::find(r, &mut found);
        found
    };
    let entities: Vec<Vec<Entity>> = reports.par_iter().enumerate().map(of_report).collect();
    let entities: Vec<Entity> = entities.into_iter().flatten().collect();
    let groups = joining::join(reports, &entities);
    let mut identities = Identities {
        actor_of: reports.iter().map(|r| vec![None; r.annotations.mentions.len()]).collect(),
        ..Identities::default()
    };
    for group in groups {
        let id = identities.actors.len() as u32;
        let members: Vec<&Entity> = group.members.iter().map(|&m| &entities[m]).collect();
        for member in &members {
            for &mention in &member.mentions {
                identities.actor_of[member.report as usize][mention as usize] = Some(id);
            }
        }
        identities.actors.push(actor(reports, &members, group.reasons));
    }
    places::resolve(reports, &mut identities);
    refer(reports, &mut identities);
    identities
}

/// The actor that a group of report-level entities makes.
fn actor(reports: &[ReadReport], members: &[&Entity], reasons: Vec<String>) -> ResolvedActor {
    let mut mentions: Vec<Located> = Vec::new();
    let (mut forms, mut titled): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for member in members {
        let read = &reports[member.report as usize];
        for &m in &member.mentions {
            let mention = &read.annotations.mentions[m as usize];
            mentions.push(Located { report: member.report, span: mention.span });
            let form = mention.span.of(&read.report.text);
            let name = forms::name(&read.report.text, mention);
            forms.push(name.to_owned());
            if name != form {
                titled.push(form.to_owned());
            }
            if forms::kind_of(&read.report.text, mention) == MentionKind::Person {
                let more = forms::form_with_titles(&read.report.text, mention.span);
                titled.extend(more.map(str::to_owned));
            }
            // "President Haddad" is a written form of him too.
            if let Some(title) = mention.title.filter(|t| t.end <= mention.span.start) {
                titled.push(title.join(mention.span).of(&read.report.text).to_owned());
            }
        }
    }
    mentions.sort_unstable();
    let mut variants = by_frequency(forms);
    let name = fullest(&variants);
    variants.extend(by_frequency(titled));
    let mut seen: Vec<String> = Vec::new();
    variants.retain(|v| {
        let new = !seen.contains(v);
        seen.push(v.clone());
        new
    });
    let mut merges = reasons;
    merges.extend(members.iter().flat_map(|m| m.reasons.iter().cloned()));
    merges.sort();
    merges.dedup();
    let mut offices: Vec<_> =
        members.iter().flat_map(|m| m.offices.iter().map(|o| (m.report, o.clone()))).collect();
    offices.sort_by_key(|(r, o)| (*r, o.span));
    ResolvedActor {
        kind: members.first().map_or(ActorKind::Group, |m| m.kind),
        name,
        country: commonest(members.iter().filter_map(|m| m.country.clone())),
        listed: listing(reports, members),
        mentions,
        variants,
        offices,
        merges,
    }
}

/// The entry in the list of leaders that the reports' people have, if they have one and the same.
fn listing(reports: &[ReadReport], members: &[&Entity]) -> Option<Listing> {
    let mut listed = members.iter().filter_map(|m| Some((m.leader?, m.report)));
    let (leader, report) = listed.next()?;
    let published = reports[report as usize].report.published.as_ref()?;
    listed.all(|(other, _)| other == leader).then_some(Listing {
        leader,
        sector: leader.sector(published)?,
        rule: listed::RULE,
    })
}

/// Written forms, the most frequent first, then by letters.
fn by_frequency(mut forms: Vec<String>) -> Vec<String> {
    forms.sort();
    let mut tally: Vec<(usize, String)> =
        forms.chunk_by(|a, b| a == b).map(|g| (g.len(), g[0].clone())).collect();
    tally.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    tally.into_iter().map(|(_, form)| form).collect()
}

/// The most frequent form of two or more words, else the most frequent form.
fn fullest(variants: &[String]) -> String {
    let full = variants.iter().find(|v| v.split_whitespace().count() > 1);
    full.or(variants.first()).cloned().unwrap_or_default()
}

fn commonest(values: impl Iterator<Item = String>) -> Option<String> {
    by_frequency(values.collect()).into_iter().next()
}

/// Adds pronouns and descriptions to the mentions of the one actor they stand for.
fn refer(reports: &[ReadReport], identities: &mut Identities) {
    for (i, read) in reports.iter().enumerate() {
        for reference in &read.annotations.coreferences {
            if let [one] = reference.antecedents[..]
                && let Some(Some(actor)) = identities.actor_of[i].get(one as usize).copied()
            {
                let at = Located { report: i as u32, span: reference.span };
                identities.actors[actor as usize].mentions.push(at);
            }
        }
    }
    for actor in &mut identities.actors {
        actor.mentions.sort_unstable();
        actor.mentions.dedup();
    }
}
