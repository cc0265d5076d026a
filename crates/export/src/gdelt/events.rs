//! The Event table: 61 columns, tab-separated, no header.

use super::{Dyad, Party, dyads, event_code, quad_class};
use crate::coded::cells::row as line;
use crate::coded::span::KnownDay;
use crate::coded::tables::{fold, tables};
use crate::coded::{Coded, Source, degrees};
use variorum_model::contract::Record;

/// The columns in order; the file itself has no header.
pub const GDELT_EVENT_COLUMNS: [&str; 61] = [
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1EthnicCode",
    "Actor1Religion1Code",
    "Actor1Religion2Code",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2EthnicCode",
    "Actor2Religion1Code",
    "Actor2Religion2Code",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    "Actor1Geo_Type",
    "Actor1Geo_FullName",
    "Actor1Geo_CountryCode",
    "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat",
    "Actor1Geo_Long",
    "Actor1Geo_FeatureID",
    "Actor2Geo_Type",
    "Actor2Geo_FullName",
    "Actor2Geo_CountryCode",
    "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat",
    "Actor2Geo_Long",
    "Actor2Geo_FeatureID",
    "ActionGeo_Type",
    "ActionGeo_FullName",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "ActionGeo_FeatureID",
    "DATEADDED",
    "SOURCEURL",
];

/// The record's events as rows of GDELT's Event table.
pub fn render_gdelt_events(record: &Record) -> String {
    let source = Source::new(record);
    let mut out = String::new();
    for dyad in dyads(&source) {
        if let Some(cells) = cells(&source, &dyad) {
            out.push_str(&line(&cells));
        }
    }
    out
}

fn cells<'r>(source: &Source<'r>, dyad: &Dyad<'r>) -> Option<[String; 61]> {
    let coded = &dyad.coded;
    let code = event_code(&coded.event.cameo)?;
    let (base, root) = (code[..3].to_owned(), code[..2].to_owned());
    let known = KnownDay::of(coded.time());
    let digits = |text: Option<&str>| text.unwrap_or_default().replace('-', "");
    let mut cells = vec![
        dyad.id.to_string(),
        digits(known.day),
        digits(known.month),
        digits(known.year),
        known.fraction().unwrap_or_default(),
    ];
    cells.extend(actor(dyad.first.as_ref()));
    cells.extend(actor(dyad.second.as_ref()));
    cells.push(u8::from(in_lead(source, coded)).to_string());
    let quad = quad_class(&root).to_string();
    let articles = source.reports_of(coded).len().to_string();
    cells.extend([code, base, root, quad]);
    cells.push(String::new()); // GoldsteinScale
    cells.push(coded.tellings.len().to_string());
    cells.push(source.independent_sources(coded).to_string());
    cells.push(articles);
    cells.push(String::new()); // AvgTone
    cells.extend(std::iter::repeat_n(String::new(), 16)); // Actor1Geo, Actor2Geo
    cells.extend(action_geo(source, coded));
    cells.push(String::new()); // DATEADDED
    cells.push(source_url(source, coded));
    cells.try_into().ok()
}

/// The ten columns of an actor.
fn actor(party: Option<&Party<'_>>) -> [String; 10] {
    let mut cells: [String; 10] = Default::default();
    let Some((actor, codes)) = party else { return cells };
    cells[0] = codes.cameo();
    cells[1] = actor.name.to_uppercase();
    cells[2] = codes.cameo_country().to_owned();
    cells[3] = codes.known_group.to_owned();
    for (cell, code) in cells[7..].iter_mut().zip(&codes.types) {
        *cell = (*code).to_owned();
    }
    cells
}

/// Whether a telling stands in the first paragraph of its report or above it.
fn in_lead<'r>(source: &Source<'r>, coded: &Coded<'r>) -> bool {
    let lead_end = |report: &str| source.report(report).map_or(0, |r| r.lead_end);
    coded.tellings.iter().any(|t| t.end <= lead_end(&t.report))
}

/// The eight columns of the place: a country, a city with coordinates, or a name of unknown sort.
fn action_geo<'r>(source: &Source<'r>, coded: &Coded<'r>) -> [String; 8] {
    let mut cells: [String; 8] = Default::default();
    let Some(place) = source.place(coded) else { return cells };
    let country = place.country.as_deref();
    let codes = country.and_then(|c| tables().countries.get(c));
    cells[1].clone_from(&place.name);
    cells[2] = codes.map_or("", |c| c.fips).to_owned();
    let named = tables().country_names.get(&fold(&place.name)).copied();
    if named.is_some() && named == country {
        cells[0] = "1".to_owned();
        cells[3] = cells[2].clone();
        cells[7] = cells[2].clone();
        return cells;
    }
    if let Some(codes) = codes {
        cells[1] = format!("{}, {}", place.name, codes.name);
    }
    if let (Some(lat), Some(lon)) = (degrees(place.lat), degrees(place.lon)) {
        cells[0] = if country == Some("USA") { "3" } else { "4" }.to_owned();
        cells[5] = lat.to_string();
        cells[6] = lon.to_string();
    }
    cells
}

/// Where the telling that speaks for the event came from, or any other; without an address, a citation.
fn source_url<'r>(source: &Source<'r>, coded: &Coded<'r>) -> String {
    let lead = coded.lead().and_then(|t| source.report(&t.report));
    let mut reports = lead.into_iter().chain(source.reports_of(coded));
    let first_with = reports.find(|r| !r.url.is_empty()).map(|r| r.url.to_owned());
    first_with.or_else(|| lead.map(|r| r.citation())).unwrap_or_default()
}
