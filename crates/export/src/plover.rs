//! Events as JSONL in the fields of the PLOVER manual, draft 0.8.
//!
//! The manual has marks for what is planned, denied and supposed (its auxiliary modes) and none for
//! what is only alleged, so the first three are written with their mark and the last is left out.

use crate::coded::parties::PartyCodes;
use crate::coded::span::KnownDay;
use crate::coded::tables::{Category, tables};
use crate::coded::{Coded, HAPPENED, Source, degrees, unique_hex};
use serde::Serialize;
use std::collections::HashSet;
use variorum_model::contract::{Actor, EventTelling, Record};

/// The manual that the fields follow.
const CODEBOOK: &str = "plover-0.8";

/// One event, fields in the manual's order, and behind them one of our own.
#[derive(Serialize)]
struct Row<'r> {
    id: String,
    has_event: bool,
    date: Option<&'r str>,
    actor: Vec<Entity<'r>>,
    recipient: Vec<Entity<'r>>,
    event: [&'r str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    event_loc: Option<Location<'r>>,
    event_text: Vec<&'r str>,
    quad_code: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_scale: Option<f64>,
    mode: Vec<&'r str>,
    context: Vec<&'r str>,
    text_info: TextInfo,
    cite_info: CiteInfo<'r>,
    #[serde(skip_serializing_if = "Size::is_empty")]
    size: Size,
    coder: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    comment: String,
    variorum: Own<'r>,
}

#[derive(Serialize)]
struct Entity<'r> {
    #[serde(skip_serializing_if = "str::is_empty")]
    code: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    sector: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity_text: Option<&'r str>,
    identifier_text: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    office: Option<&'r str>,
}

#[derive(Serialize)]
struct Location<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    extracted_place: Option<&'r str>,
    resolved_place: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lon: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country_code: Option<&'r str>,
}

#[derive(Serialize)]
struct TextInfo {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct CiteInfo<'r> {
    citation: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    url: &'r str,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'r str,
    #[serde(skip_serializing_if = "str::is_empty")]
    language: &'r str,
    #[serde(skip_serializing_if = "str::is_empty")]
    publication: &'r str,
    coder: &'static str,
    codebook: &'static str,
}

#[derive(Serialize, Default)]
struct Size {
    #[serde(skip_serializing_if = "Option::is_none")]
    dead: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    injured: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arrested: Option<u64>,
}

impl Size {
    fn is_empty(&self) -> bool {
        self.dead.is_none() && self.injured.is_none() && self.arrested.is_none()
    }
}

/// What the manual has no field for.
#[derive(Serialize)]
struct Own<'r> {
    event: &'r str,
    modality: &'r str,
    cameo: &'r str,
    independent_sources: usize,
    earliest: Option<&'r str>,
    latest: Option<&'r str>,
    mentions: Vec<Mention<'r>>,
}

#[derive(Serialize)]
struct Mention<'r> {
    report: &'r str,
    start: usize,
    end: usize,
    quote: &'r str,
    modality: &'r str,
    reported_by: Vec<&'r str>,
}

/// The record's events as PLOVER JSONL: one object a line, by time and place of telling.
pub fn render_plover(record: &Record) -> String {
    let source = Source::new(record);
    let mut taken = HashSet::new();
    let mut out = String::new();
    let marked = [HAPPENED, &["planned"], &["negated"], &["hypothetical"]];
    let mut events: Vec<Coded<'_>> = marked.iter().flat_map(|m| source.events(m)).collect();
    events.sort_by(Coded::in_time);
    for coded in &events {
        let Some(row) = row(&source, coded, &mut taken) else { continue };
        if let Ok(line) = serde_json::to_string(&row) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}

/// The row of an event that the manual has a category for.
fn row<'r>(source: &Source<'r>, coded: &Coded<'r>, taken: &mut HashSet<String>) -> Option<Row<'r>> {
    let event = coded.event;
    let category = tables().categories.get(event.kind.as_str())?;
    let lead = coded.lead()?;
    let modes = modes(category, &event.mode, &event.modality);
    let known = KnownDay::of(coded.time());
    Some(Row {
        id: unique_hex(coded, taken),
        has_event: true,
        date: known.day,
        actor: entities(source, coded, &event.actors, lead),
        recipient: entities(source, coded, &event.recipients, lead),
        event: [event.kind.as_str()],
        event_loc: location(source, coded, lead),
        event_text: coded.tellings.iter().map(|t| t.trigger.quote.as_str()).collect(),
        quad_code: category.quad,
        event_scale: category.score.filter(|_| event.mode.is_empty()),
        mode: modes,
        context: contexts(&event.contexts),
        text_info: TextInfo { start: lead.start, end: lead.end },
        cite_info: citation(source, lead),
        size: size(source, &event.id),
        coder: "variorum",
        comment: comment(&known),
        variorum: own(source, coded),
    })
}

/// The mode, where the category has it, and the mark of what did not simply happen.
fn modes<'r>(category: &Category, mode: &'r str, modality: &str) -> Vec<&'r str> {
    let mark = match modality {
        "planned" => Some("future"),
        "negated" => Some("negation"),
        "hypothetical" => Some("hypothetical"),
        _ => None,
    };
    mark.into_iter().chain(category.modes.contains(&mode).then_some(mode)).collect()
}

/// The contexts that the manual lists.
pub(crate) fn contexts(told: &[String]) -> Vec<&str> {
    let listed = |context: &&str| tables().contexts.contains(context);
    told.iter().map(String::as_str).filter(listed).collect()
}

fn entities<'r>(
    source: &Source<'r>,
    coded: &Coded<'r>,
    ids: &'r [String],
    lead: &EventTelling,
) -> Vec<Entity<'r>> {
    let found = source.parties(coded, ids).into_iter();
    found.map(|(actor, codes)| entity(source, actor, &codes, lead)).collect()
}

fn entity<'r>(
    source: &Source<'r>,
    actor: &'r Actor,
    codes: &PartyCodes,
    lead: &EventTelling,
) -> Entity<'r> {
    Entity {
        code: codes.plover,
        sector: codes.sector,
        entity_text: source.named_in(actor, lead).map(|(_, words)| words),
        identifier_text: &actor.name,
        office: title(actor),
    }
}

/// The title of the first office that the actor is said to hold now.
pub(crate) fn title(actor: &Actor) -> Option<&str> {
    let now = |standing: &str| matches!(standing, "current" | "acting");
    actor.offices.iter().find(|o| now(&o.standing)).map(|o| o.title.as_str())
}

fn location<'r>(
    source: &Source<'r>,
    coded: &Coded<'r>,
    lead: &'r EventTelling,
) -> Option<Location<'r>> {
    let place = source.place(coded)?;
    let here = lead.place.as_deref() == Some(place.id.as_str());
    let extracted = lead.place_evidence.as_ref().filter(|_| here);
    let country = place.country.as_deref();
    Some(Location {
        extracted_place: extracted.map(|c| c.quote.as_str()),
        resolved_place: &place.name,
        lat: degrees(place.lat),
        lon: degrees(place.lon),
        country: country.and_then(|c| tables().countries.get(c)).map(|c| c.name),
        country_code: country,
    })
}

fn citation<'r>(source: &Source<'r>, lead: &EventTelling) -> CiteInfo<'r> {
    let report = source.report(&lead.report);
    let part = |of: fn(&crate::coded::Report<'r>) -> &'r str| report.map(of).unwrap_or_default();
    CiteInfo {
        citation: report.map(|r| r.citation()).unwrap_or_default(),
        url: part(|r| r.url),
        title: part(|r| r.title),
        language: part(|r| r.language),
        publication: part(|r| r.outlet),
        coder: "variorum",
        codebook: CODEBOOK,
    }
}

/// Figures on which every telling of the event that gives one agrees, as exact numbers.
fn size(source: &Source<'_>, event: &str) -> Size {
    let agreed = |measures: &[&str]| {
        let of_event = source.record().figures.iter().filter(|f| {
            f.event.as_deref() == Some(event) && measures.contains(&f.measure.as_str())
        });
        let mut value = None;
        for figure in of_event {
            let whole = figure.value >= 0.0 && figure.value < 1e9 && figure.value.fract() == 0.0;
            if figure.bound != "exact" || !whole || value.is_some_and(|v| v != figure.value) {
                return None;
            }
            value = Some(figure.value);
        }
        value.map(|v| v as u64)
    };
    Size {
        dead: agreed(&["killed"]),
        injured: agreed(&["injured"]),
        arrested: agreed(&["detained"]),
    }
}

/// What a reader who knows only the manual must be told.
fn comment(known: &KnownDay<'_>) -> String {
    match known.day {
        Some(_) => String::new(),
        None => "the reports settle no single day; see variorum.earliest and latest".to_owned(),
    }
}

fn own<'r>(source: &Source<'r>, coded: &Coded<'r>) -> Own<'r> {
    let event = coded.event;
    let time = coded.time();
    let name = |id: &'r String| source.party(id).map(|(actor, _)| actor.name.as_str());
    let mentions = coded.tellings.iter().map(|t| Mention {
        report: &t.report,
        start: t.start,
        end: t.end,
        quote: &t.quote,
        modality: &t.modality,
        reported_by: t.reported_by.iter().filter_map(name).collect(),
    });
    Own {
        event: &event.id,
        modality: &event.modality,
        cameo: &event.cameo,
        independent_sources: source.independent_sources(coded),
        earliest: time.and_then(|t| t.earliest.as_deref()),
        latest: time.and_then(|t| t.latest.as_deref()),
        mentions: mentions.collect(),
    }
}
