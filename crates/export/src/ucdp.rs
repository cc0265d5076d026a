//! Deadly events with the columns of UCDP's Georeferenced Event Dataset: a lossy view, to be compared with it.
//!
//! UCDP's own dyads, conflicts and grid cells are decided by UCDP and stay empty, as does whatever the record
//! does not settle. `low` and `high` are the lowest and the highest number of dead that any report gives;
//! `best` is filled only where all give the same: none is chosen here.

use crate::coded::cells::{cell, list_cell};
use crate::coded::span::KnownDay;
use crate::coded::tables::{fold, tables};
use crate::coded::{Coded, HAPPENED, Source, degrees, unique_hex};
use crate::csv::{CsvMode, csv_opening, csv_row};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashSet};
use variorum_model::contract::{FigureEntry, Record};

/// The columns in order.
pub const UCDP_COLUMNS: [&str; 49] = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

/// Events that happened and for which somebody counts dead, as CSV with a header (`header`).
pub fn render_ucdp(record: &Record, mode: CsvMode, header: bool) -> String {
    let source = Source::new(record);
    let mut dead: BTreeMap<&str, Vec<&FigureEntry>> = BTreeMap::new();
    for figure in record.figures.iter().filter(|f| f.measure == "killed" && f.unit == "people") {
        if let Some(event) = &figure.event {
            dead.entry(event).or_default().push(figure);
        }
    }
    let mut out = String::new();
    if header {
        out.push_str(csv_opening(mode));
        out.push_str(&csv_row(&UCDP_COLUMNS.map(|name| json!(name)), mode));
    }
    let mut taken = HashSet::new();
    for coded in source.events(HAPPENED) {
        let id = unique_hex(&coded, &mut taken);
        if let Some(figures) = dead.get(coded.event.id.as_str()) {
            out.push_str(&csv_row(&cells(&source, &coded, &id, figures), mode));
        }
    }
    out
}

fn cells<'r>(
    source: &Source<'r>,
    coded: &Coded<'r>,
    id: &str,
    figures: &[&FigureEntry],
) -> Vec<Value> {
    let mut row: BTreeMap<&str, Value> = BTreeMap::new();
    row.insert("id", json!(id));
    let event = coded.event;
    let names = |ids: &'r [String]| {
        let parties = source.parties(coded, ids);
        list_cell(parties.iter().map(|(actor, _)| actor.name.as_str()))
    };
    row.insert("side_a", json!(names(&event.actors)));
    row.insert("side_b", json!(names(&event.recipients)));
    sources(source, coded, &mut row);
    place(source, coded, &mut row);
    days(coded, &mut row);
    // One happening of its own, not a sum over many.
    row.insert("event_clarity", json!(1));
    deaths(figures, &mut row);
    UCDP_COLUMNS.iter().map(|name| row.remove(name).unwrap_or(Value::Null)).collect()
}

fn sources<'r>(source: &Source<'r>, coded: &Coded<'r>, row: &mut BTreeMap<&str, Value>) {
    let reports = source.reports_of(coded);
    let all = |pick: &dyn Fn(&crate::coded::Report<'_>) -> String| {
        let told: Vec<String> = reports.iter().map(|r| pick(r)).collect();
        json!(list_cell(told.iter().map(String::as_str)))
    };
    row.insert("number_of_sources", json!(source.independent_sources(coded)));
    row.insert("source_article", all(&|r| r.citation()));
    row.insert("source_office", all(&|r| r.outlet.to_owned()));
    row.insert("source_date", all(&|r| r.published.to_owned()));
    row.insert("source_headline", all(&|r| r.title.to_owned()));
    let sayers = coded.tellings.iter().flat_map(|t| &t.reported_by_evidence);
    let mut words: Vec<&str> = Vec::new();
    for sayer in sayers {
        if !words.contains(&sayer.quote.as_str()) {
            words.push(&sayer.quote);
        }
    }
    row.insert("source_original", json!(list_cell(words)));
}

/// Precision 1 is an exact place; 6 a country alone.
fn place<'r>(source: &Source<'r>, coded: &Coded<'r>, row: &mut BTreeMap<&str, Value>) {
    let Some(place) = source.place(coded) else { return };
    let country = place.country.as_deref();
    let whole = tables().country_names.get(&fold(&place.name)).copied();
    let is_country = whole.is_some() && whole == country;
    if let Some(codes) = country.and_then(|c| tables().countries.get(c)) {
        row.insert("country", json!(codes.name));
        row.insert("country_id", json!(codes.cow));
    }
    let words = coded.tellings.iter().find_map(|t| t.place_evidence.as_ref());
    row.insert("where_description", json!(words.map(|w| cell(&w.quote))));
    row.insert("where_coordinates", json!(place.name));
    let point = degrees(place.lat).zip(degrees(place.lon));
    if is_country {
        row.insert("where_prec", json!(6));
    } else if let Some((lat, lon)) = point {
        row.insert("where_prec", json!(1));
        row.insert("latitude", json!(lat));
        row.insert("longitude", json!(lon));
        row.insert("geom_wkt", json!(format!("POINT ({lon} {lat})")));
    }
}

/// Precision 1 is a day; 2 up to six; 3 a week; 4 a month; 5 more.
fn days(coded: &Coded<'_>, row: &mut BTreeMap<&str, Value>) {
    let known = KnownDay::of(coded.time());
    row.insert("year", json!(known.year));
    let Some(time) = coded.time() else { return };
    let (Some(first), Some(last)) = (&time.earliest, &time.latest) else { return };
    row.insert("date_start", json!(first));
    row.insert("date_end", json!(last));
    let precision = match day_number(last).zip(day_number(first)).map(|(b, a)| b - a) {
        Some(0) => 1,
        Some(1..=5) => 2,
        Some(6) => 3,
        Some(7..=30) => 4,
        _ => 5,
    };
    row.insert("date_prec", json!(precision));
}

/// Days since the year 0 of the Gregorian calendar; `None` where `iso` is no day.
fn day_number(iso: &str) -> Option<i64> {
    let mut pieces = iso.split('-').map(|p| p.parse::<i64>().ok());
    let (year, month, day) = (pieces.next()??, pieces.next()??, pieces.next()??);
    // Years begin in March, so that the day that comes and goes is the last.
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    Some(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day)
}

fn deaths(figures: &[&FigureEntry], row: &mut BTreeMap<&str, Value>) {
    let low = figures.iter().map(|f| f.low.unwrap_or(f.value)).fold(f64::INFINITY, f64::min);
    let high = figures.iter().map(|f| f.high.unwrap_or(f.value)).fold(0.0, f64::max);
    let number = |value: f64| json!(value.round() as i64);
    row.insert("low", number(low));
    row.insert("high", number(high));
    if low == high {
        row.insert("best", number(low));
        row.insert("deaths_unknown", number(low));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted() {
        for (first, last, days) in [
            ("2020-02-28", "2020-03-01", 2),
            ("2019-02-28", "2019-03-01", 1),
            ("2019-12-31", "2020-01-01", 1),
            ("2000-01-01", "2001-01-01", 366),
        ] {
            let number = |d: &str| day_number(d).expect("a day");
            assert_eq!(number(last) - number(first), days, "{first} to {last}");
        }
        assert_eq!(day_number("soon"), None);
    }
}
