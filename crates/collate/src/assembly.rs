//! The record, put together.

use crate::accords::{self, Places};
use crate::agendas::{self, Account};
use crate::drafts::Draft;
use crate::figure_conflicts;
use crate::figure_entries::figure_entries;
use crate::figures::{self, Counted};
use crate::happenings::{self, Happening, Telling, coded};
use crate::meetings::Meetings;
use crate::opposition::Opposition;
use crate::participants::Participants;
use crate::parties::{about, parties};
use crate::witnesses::Witnesses;
use crate::wording::Words;
use crate::{
    accusations, agreements, aims, claims, conditions, dates, denials, ended_counts, endings,
    findings, framing, fulfilment, headlines, invitations, ledger, offices, perpetrators, places,
    sayings, singles, tasks, times, weapons,
};
use rayon::prelude::*;
use std::collections::BTreeMap;
use variorum_identity::{ActorKind, Identities, Located};
use variorum_model::contract::{
    Actor, Agreement, Conflict, Dependence, Event, EventTelling, Listed, Place, QuotationEntry,
    Record, Story, VERSION,
};
use variorum_model::{EventType, Modality, ReadReport, Span, report_row};
use variorum_stories::{Source, Stories};

/// The one record of `reports`, which stand in their final order; `identities` and `stories` were
/// made from the same reports in that order.
pub fn collate(reports: &[ReadReport], identities: &Identities, stories: &Stories) -> Record {
    let witnesses = Witnesses::new(reports, identities, stories);
    let mut participants = Participants::new(&witnesses);
    let words = Words::new(&witnesses);
    let tellings = happenings::tellings(&witnesses, &mut participants, &words);
    let mut found = happenings::happenings(&witnesses, &participants, &words, tellings);
    found.sort_by_key(|h| {
        let day = h.days().earliest;
        (day.is_none(), day, h.tellings[0].report, h.tellings[0].event)
    });
    let table = HappeningTable::new(&witnesses, &participants, &found);
    let happening_of = |report: u32, event: u32| table.of.get(&(report, event)).copied();

    let counted = figures::counted(&witnesses, &found, &words, happening_of);
    let figure_groups = figure_conflicts::groups(&witnesses, &counted);
    let mut drafts = sayings::conflicts(&witnesses, &mut participants);
    drafts.extend(tasks::conflicts(&witnesses, &mut participants));
    let (agreements, found_apart) = rayon::join(
        || agreements(&witnesses, &participants, &found, &table, &figure_groups),
        || conflicts(&witnesses, &participants, &words, &found, &table, &figure_groups),
    );
    drafts.extend(found_apart);
    let conflicts = numbered(drafts);
    let actor_id = |a: u32| format!("a{}", a + 1);
    let links = Places { happening_of: &happening_of, ids: &table.ids, actor_id: &actor_id };
    let accords = accords::accords(&witnesses, &mut participants, &found, &links);
    let mandates = accords::mandates(&witnesses, &mut participants, &links);
    let events = events(&witnesses, &mut participants, &found, &table);
    let figures = figure_entries(&witnesses, &mut participants, &counted, &table.ids);
    let quotations = quotations(&witnesses, &mut participants);
    let ended_counts = ended_counts::entries(&witnesses, &mut participants);
    let mut singles = singles::of_happenings(&witnesses, &found, &table.about, &table.ids);
    singles.extend(singles::of_unnamed_sources(&witnesses));

    let mut record = Record {
        variorum: VERSION,
        reports: reports.iter().map(|r| report_row(&r.report)).collect(),
        lineages: stories.lineages.iter().map(|l| witnesses.ids(l.iter().copied())).collect(),
        actors: actors(&witnesses, &participants),
        places: place_entries(&witnesses),
        stories: story_entries(&witnesses, &found, &table),
        dependence: dependence(&witnesses),
        framing: framing::framings(&witnesses),
        events,
        accords,
        mandates,
        figures,
        times: times::entries(&witnesses),
        quotations,
        agreements,
        conflicts,
        singles,
        consultations: Vec::new(),
        series: Vec::new(),
        ended_counts,
        set_aside: Vec::new(),
        rejected: Vec::new(),
    };
    findings::identify(&mut record);
    ledger::fill(&mut record);
    record
}

/// Happenings by the events they hold, with their ids and lines, and what is said of those that are meetings.
struct HappeningTable {
    of: BTreeMap<(u32, u32), u32>,
    ids: Vec<String>,
    about: Vec<String>,
    /// For each report the meetings that it tells.
    meetings: Vec<Meetings>,
    /// What each meeting is said to have been about.
    accounts: BTreeMap<usize, Vec<Account>>,
}

impl HappeningTable {
    fn new(
        witnesses: &Witnesses<'_>,
        participants: &Participants,
        found: &[Happening],
    ) -> HappeningTable {
        let mut of = BTreeMap::new();
        for (h, happening) in found.iter().enumerate() {
            for t in &happening.tellings {
                of.insert((t.report, t.event), h as u32);
            }
        }
        let meetings = Meetings::by_report(witnesses, found);
        HappeningTable {
            of,
            accounts: agendas::accounts(witnesses, &meetings),
            meetings,
            ids: (1..=found.len()).map(|i| format!("e{i}")).collect(),
            about: found.par_iter().map(|h| about(witnesses, participants, h)).collect(),
        }
    }

    /// The line and the id of a happening.
    fn line(&self, h: u32) -> (String, String) {
        (self.about[h as usize].clone(), self.ids[h as usize].clone())
    }
}

/// The telling that asserts most, the earliest among equals.
pub(crate) fn firmest<'w>(
    witnesses: &'w Witnesses<'_>,
    happening: &Happening,
) -> &'w variorum_model::EventMention {
    let coded = |t: &Telling| coded(witnesses, t);
    let rank = |m: Modality| match m {
        Modality::Actual => 0,
        Modality::Ongoing => 1,
        Modality::Alleged => 2,
        Modality::Planned => 3,
        Modality::Negated => 4,
        Modality::Hypothetical => 5,
    };
    let best = happening.tellings.iter().min_by_key(|t| {
        let told = coded(t);
        let plain = told.kind == EventType::Other;
        (plain, rank(told.modality), told.mode.is_empty(), t.report, t.event)
    });
    // A happening has at least one telling by construction.
    coded(best.unwrap_or(&happening.tellings[0]))
}

/// What reports agree on, that on which most of them do first.
fn agreements(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    found: &[Happening],
    table: &HappeningTable,
    figure_groups: &[Vec<&Counted>],
) -> Vec<Agreement> {
    let mut all = agreements::of_happenings(witnesses, found, &table.about);
    all.extend(offices::agreements(witnesses, &participants.actors));
    all.extend(aims::agreements(witnesses, found, &table.accounts, &table.about));
    all.extend(invitations::agreements(witnesses, &table.meetings, &table.about));
    all.extend(conditions::agreements(witnesses));
    all.extend(agreements::of_figures(witnesses, figure_groups, |h| table.line(h)));
    all.sort_by(|a, b| {
        (b.independent_sources, b.reports.len(), &a.value).cmp(&(
            a.independent_sources,
            a.reports.len(),
            &b.value,
        ))
    });
    all
}

/// Differences that need no more than those who are known to take part.
fn conflicts(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    words: &Words,
    found: &[Happening],
    table: &HappeningTable,
    figure_groups: &[Vec<&Counted>],
) -> Vec<Draft> {
    let accused =
        accusations::conflicts(witnesses, participants, words, found, &table.about, &table.ids);
    let is_accused = |id: &String| accused.iter().any(|d| d.conflict.event.as_ref() == Some(id));
    let opposition = Opposition::new(witnesses, participants, words, found);
    let of_happening = |(h, happening): (usize, &Happening)| -> Vec<Draft> {
        let (about, id) = (&table.about[h], &table.ids[h]);
        let odd = &opposition;
        // Who denies having done it is told as that, not as a doubt whether it happened.
        let denied = || denials::conflict(witnesses, odd, happening, about, id);
        let drafts = [
            dates::conflict(witnesses, odd, happening, about, id),
            places::conflict(witnesses, odd, happening, about, id),
            perpetrators::conflict(witnesses, participants, odd, happening, about, id),
            if is_accused(id) { None } else { denied() },
            weapons::conflict(witnesses, odd, happening, about, id),
        ];
        drafts.into_iter().flatten().collect()
    };
    let apart: Vec<Vec<Draft>> = found.par_iter().enumerate().map(of_happening).collect();
    let mut drafts: Vec<Draft> = apart.into_iter().flatten().collect();
    // The main news of a set of reports comes about once: the happening that most of them tell.
    let told = |h: &usize| (found[*h].reports().len(), std::cmp::Reverse(*h));
    let come_about = |h: usize| {
        let draft = fulfilment::conflict(witnesses, &found[h], &table.about[h], &table.ids[h])?;
        Some((h, draft))
    };
    let main = (0..found.len()).filter_map(come_about).max_by_key(|(h, _)| told(h));
    drafts.extend(main.map(|(_, draft)| draft));
    let named = |h: usize| (table.about[h].as_str(), table.ids[h].as_str());
    drafts.extend(headlines::conflicts(witnesses, found, named));
    drafts.extend(endings::conflicts(witnesses, found, &table.meetings, named));
    drafts.extend(agendas::conflicts(witnesses, found, &table.accounts, named));
    drafts.extend(accused);
    drafts.extend(claims::conflicts(witnesses));
    drafts.extend(figure_conflicts::conflicts(witnesses, figure_groups, |h| table.line(h)));
    drafts.extend(offices::conflicts(witnesses, &participants.actors));
    drafts
}

/// Differences in order, each with its id.
fn numbered(mut drafts: Vec<Draft>) -> Vec<Conflict> {
    drafts.sort_by(|a, b| (a.order, &a.conflict.about).cmp(&(b.order, &b.conflict.about)));
    drafts
        .into_iter()
        .enumerate()
        .map(|(i, d)| Conflict { id: format!("c{}", i + 1), ..d.conflict })
        .collect()
}

fn events(
    witnesses: &Witnesses<'_>,
    participants: &mut Participants,
    found: &[Happening],
    table: &HappeningTable,
) -> Vec<Event> {
    let mut entries = Vec::new();
    for (h, happening) in found.iter().enumerate() {
        let best = firmest(witnesses, happening);
        let (actors, recipients) = parties(witnesses, participants, happening);
        let ids = |list: &[u32]| list.iter().map(|a| format!("a{}", a + 1)).collect::<Vec<_>>();
        let mode = happening
            .tellings
            .iter()
            .map(|t| witnesses.told(t.report, t.event).mode)
            .find(|m| !m.is_empty())
            .unwrap_or_default();
        // A place that is told before one that is only where the one before took place.
        let tellings = &happening.tellings;
        let place = tellings.iter().find_map(|t| t.place);
        let place = place.or_else(|| tellings.iter().find_map(|t| t.setting));
        let mut contexts: Vec<String> = happening
            .tellings
            .iter()
            .flat_map(|t| &witnesses.told(t.report, t.event).contexts)
            .map(|c| (*c).to_owned())
            .collect();
        contexts.sort();
        contexts.dedup();
        entries.push(Event {
            id: table.ids[h].clone(),
            kind: best.kind.name().to_owned(),
            mode: mode.to_owned(),
            contexts,
            cameo: best.cameo.to_owned(),
            modality: modality_name(best.modality).to_owned(),
            actors: ids(&actors),
            recipients: ids(&recipients),
            place: place.map(|p| format!("p{}", p + 1)),
            time: happening.days().interval(),
            dates: Vec::new(),
            summary: table.about[h].clone(),
            mentions: happening
                .tellings
                .iter()
                .map(|t| telling_entry(witnesses, participants, t))
                .collect(),
            independent_sources: witnesses.independent(happening.reports()),
            merges: happening.merges.clone(),
            judged: Default::default(),
        });
    }
    entries
}

fn modality_name(modality: Modality) -> &'static str {
    match modality {
        Modality::Actual => "actual",
        Modality::Ongoing => "ongoing",
        Modality::Planned => "planned",
        Modality::Alleged => "alleged",
        Modality::Negated => "negated",
        Modality::Hypothetical => "hypothetical",
    }
}

fn telling_entry(
    witnesses: &Witnesses<'_>,
    participants: &mut Participants,
    telling: &Telling,
) -> EventTelling {
    let report = telling.report;
    let coded = witnesses.told(report, telling.event);
    let clause = witnesses.cite(report, coded.span);
    let time = coded.time.and_then(|t| witnesses.annotations(report).times.get(t as usize));
    let mut sources = Vec::new();
    for &span in &coded.reported_by {
        for actor in participants.of_phrase(witnesses, Located { report, span }) {
            let id = format!("a{}", actor + 1);
            if !sources.contains(&id) {
                sources.push(id);
            }
        }
    }
    EventTelling {
        report: clause.report,
        start: clause.start,
        end: clause.end,
        quote: clause.quote,
        trigger: witnesses.cite(report, coded.trigger),
        modality: modality_name(coded.modality).to_owned(),
        reported_by: sources,
        reported_by_evidence: coded
            .reported_by
            .iter()
            .map(|&s| witnesses.cite(report, s))
            .collect(),
        time: telling.days.interval(),
        time_evidence: time.map(|t| witnesses.cite(report, t.span)),
        place: telling.place.or(telling.setting).map(|p| format!("p{}", p + 1)),
        place_evidence: coded.place.or(telling.setting_words).map(|s| witnesses.cite(report, s)),
        agenda: coded.agenda.map(|s| witnesses.cite(report, s)),
        confidence: coded.confidence,
        rule: coded.rule.clone(),
    }
}

fn quotations(witnesses: &Witnesses<'_>, participants: &mut Participants) -> Vec<QuotationEntry> {
    let mut entries = Vec::new();
    for report in 0..witnesses.reports.len() as u32 {
        for q in &witnesses.annotations(report).quotations {
            let speaker = q.speaker.or(q.source).and_then(|span: Span| {
                participants.of_phrase(witnesses, Located { report, span }).first().copied()
            });
            entries.push(QuotationEntry {
                speaker: speaker.map(|a| format!("a{}", a + 1)),
                kind: format!("{:?}", q.kind).to_lowercase(),
                source: q.source.map(|s| witnesses.cite(report, s)),
                anonymous: q.anonymous,
                evidence: witnesses.cite(report, q.span),
                judged: Default::default(),
            });
        }
    }
    entries
}

fn actors(witnesses: &Witnesses<'_>, participants: &Participants) -> Vec<Actor> {
    participants
        .actors
        .iter()
        .enumerate()
        .map(|(i, a)| Actor {
            id: format!("a{}", i + 1),
            name: a.name.clone(),
            kind: a.kind.name().to_owned(),
            country: a.country.clone(),
            listed: a.listed.map(|l| Listed {
                country: l.leader.country().to_owned(),
                sector: l.sector.to_owned(),
                rule: l.rule.to_owned(),
            }),
            mentions: a.mentions.iter().map(|&at| witnesses.cite_at(at)).collect(),
            variants: a.variants.clone(),
            offices: if a.kind == ActorKind::Person {
                offices::held(witnesses, a)
            } else {
                Vec::new()
            },
            merges: a.merges.clone(),
            judged: Default::default(),
        })
        .collect()
}

fn place_entries(witnesses: &Witnesses<'_>) -> Vec<Place> {
    witnesses
        .identities
        .places
        .iter()
        .enumerate()
        .map(|(i, p)| Place {
            id: format!("p{}", i + 1),
            name: p.name.clone(),
            country: p.country.clone(),
            lat: p.point.map(|(lat, _)| lat),
            lon: p.point.map(|(_, lon)| lon),
            mentions: p.mentions.iter().map(|&at| witnesses.cite_at(at)).collect(),
        })
        .collect()
}

fn dependence(witnesses: &Witnesses<'_>) -> Vec<Dependence> {
    witnesses
        .stories
        .dependences
        .iter()
        .map(|d| Dependence {
            report: witnesses.report(d.report).id.clone(),
            on: match &d.on {
                Source::Report(r) => witnesses.report(*r).id.clone(),
                Source::Agency(name) => name.clone(),
            },
            kind: d.kind.name().to_owned(),
            evidence: d.evidence.iter().map(|&(r, s)| witnesses.cite(r, s)).collect(),
            judged: Default::default(),
        })
        .collect()
}

fn story_entries(
    witnesses: &Witnesses<'_>,
    found: &[Happening],
    table: &HappeningTable,
) -> Vec<Story> {
    let mut by_story: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (r, placement) in witnesses.stories.placements.iter().enumerate() {
        by_story.entry(placement.story).or_default().push(r as u32);
    }
    by_story
        .into_values()
        .enumerate()
        .map(|(i, reports)| Story {
            id: format!("s{}", i + 1),
            title: story_title(witnesses, &reports),
            events: found
                .iter()
                .zip(&table.ids)
                .filter(|(h, _)| {
                    h.tellings.iter().any(|t| reports.binary_search(&t.report).is_ok())
                })
                .map(|(_, id)| id.clone())
                .collect(),
            reports: witnesses.ids(reports),
        })
        .collect()
}

/// The headline of the first report that has one, or the first words of the first body.
fn story_title(witnesses: &Witnesses<'_>, reports: &[u32]) -> String {
    const WORDS: usize = 12;
    let titled = reports.iter().find_map(|&r| witnesses.report(r).title.as_ref());
    if let Some(title) = titled {
        return title.value.clone();
    }
    let first = reports.iter().find_map(|&r| {
        let report = witnesses.report(r);
        report.body.first().map(|b| b.span.of(&report.text))
    });
    first.unwrap_or_default().split_whitespace().take(WORDS).collect::<Vec<_>>().join(" ")
}
