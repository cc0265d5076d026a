//! Events as tab-separated rows with the columns of POLECAT's weekly files.
//!
//! The columns have no mark for what is planned, denied, supposed or alleged, so only what happened or
//! goes on is written. A row is an event of the record, however many reports tell it.

use crate::coded::cells::{aligned_cell, list_cell, row as line};
use crate::coded::parties::PartyCodes;
use crate::coded::span::KnownDay;
use crate::coded::tables::tables;
use crate::coded::{Coded, HAPPENED, Source, degrees, unique_hex};
use crate::plover::{contexts, title};
use std::collections::{BTreeSet, HashSet};
use variorum_model::contract::{Actor, Record};

/// The header, in order.
pub const POLECAT_COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// The names of the quad codes.
const QUADS: [&str; 4] =
    ["VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"];

/// The record's events as a POLECAT file: the header and one row an event.
pub fn render_polecat(record: &Record) -> String {
    let source = Source::new(record);
    let mut taken = HashSet::new();
    let mut out = line(&POLECAT_COLUMNS.map(str::to_owned));
    for coded in source.events(HAPPENED) {
        if let Some(cells) = cells(&source, &coded, &mut taken) {
            out.push_str(&line(&cells));
        }
    }
    out
}

fn cells<'r>(
    source: &Source<'r>,
    coded: &Coded<'r>,
    taken: &mut HashSet<String>,
) -> Option<[String; 40]> {
    let event = coded.event;
    let category = tables().categories.get(event.kind.as_str())?;
    let quad = QUADS.get(usize::from(category.quad).checked_sub(1)?)?;
    let mode = if category.modes.contains(&event.mode.as_str()) { event.mode.as_str() } else { "" };
    let intensity = category.score.filter(|_| event.mode.is_empty());
    let known = KnownDay::of(coded.time());
    let mut cells = vec![
        format!("{}_{}", unique_hex(coded, taken), event.kind),
        known.day.unwrap_or_default().to_owned(),
        event.kind.clone(),
        mode.to_owned(),
        intensity.map(|score| score.to_string()).unwrap_or_default(),
        (*quad).to_owned(),
        list_cell(contexts(&event.contexts)),
    ];
    cells.extend(parties(source, coded, &event.actors));
    cells.extend(parties(source, coded, &event.recipients));
    cells.extend(location(source, coded));
    cells.extend(stories(source, coded));
    cells.try_into().ok()
}

/// The eight columns of actors or recipients; several are parted by `; ` in one order in all columns.
fn parties<'r>(source: &Source<'r>, coded: &Coded<'r>, ids: &'r [String]) -> [String; 8] {
    let found: Vec<(&Actor, PartyCodes)> = source.parties(coded, ids);
    let cow = |codes: &PartyCodes| tables().countries.get(codes.country).map_or("", |c| c.cow);
    let raw = |actor: &Actor| {
        let words = coded.tellings.iter().find_map(|t| source.named_in(actor, t));
        words.map_or("", |(_, words)| words)
    };
    [
        aligned_cell(found.iter().map(|(actor, _)| actor.name.as_str())),
        aligned_cell(found.iter().map(|(_, codes)| codes.plover)),
        aligned_cell(found.iter().map(|(_, codes)| cow(codes))),
        found.first().map(|(_, codes)| codes.sector.to_owned()).unwrap_or_default(),
        aligned_cell(found.iter().map(|(_, codes)| codes.sector)),
        aligned_cell(found.iter().map(|(actor, _)| title(actor).unwrap_or_default())),
        aligned_cell(found.iter().map(|(actor, _)| raw(actor))),
        String::new(),
    ]
}

/// The ten columns of the place.
fn location<'r>(source: &Source<'r>, coded: &Coded<'r>) -> [String; 10] {
    let mut cells: [String; 10] = Default::default();
    let Some(place) = source.place(coded) else { return cells };
    let raw = coded.tellings.iter().find(|t| t.place.as_deref() == Some(place.id.as_str()));
    let degrees = |value| degrees(value).map(|v| v.to_string()).unwrap_or_default();
    cells[0].clone_from(&place.name);
    if place.lat.is_some() && place.lon.is_some() {
        cells[1].clone_from(&place.name);
    }
    cells[4] = place.country.clone().unwrap_or_default();
    cells[5] = degrees(place.lat);
    cells[6] = degrees(place.lon);
    if let Some(words) = raw.and_then(|t| t.place_evidence.as_ref()) {
        cells[8].clone_from(&words.quote);
    }
    cells
}

/// The seven columns of the stories: of all reports that tell the event.
fn stories<'r>(source: &Source<'r>, coded: &Coded<'r>) -> [String; 7] {
    let reports = source.reports_of(coded);
    let ids: HashSet<&str> = reports.iter().map(|r| r.id).collect();
    let set = |pieces: Vec<&str>| list_cell(pieces.into_iter().collect::<BTreeSet<_>>());
    let named = |kinds: &[&str]| {
        let of_kind = source.record().actors.iter().filter(|a| kinds.contains(&a.kind.as_str()));
        let told = of_kind.filter(|a| a.mentions.iter().any(|m| ids.contains(m.report.as_str())));
        set(told.map(|a| a.name.as_str()).collect())
    };
    let places = source.record().places.iter();
    let places = places.filter(|p| p.mentions.iter().any(|m| ids.contains(m.report.as_str())));
    let published = reports.iter().map(|r| r.published).filter(|day| !day.is_empty()).min();
    [
        set(reports.iter().map(|r| r.outlet).collect()),
        published.unwrap_or_default().to_owned(),
        named(&["person"]),
        named(&["organization", "group"]),
        set(places.map(|p| p.name.as_str()).collect()),
        set(reports.iter().map(|r| r.language).collect()),
        concat!("variorum-", env!("CARGO_PKG_VERSION")).to_owned(),
    ]
}
