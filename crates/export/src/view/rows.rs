//! The rows of each ledger.

use super::View;
use crate::Collation;
use crate::coded::tables::fold;
use crate::days::{day, day_range};
use serde_json::{Value, json};
use std::collections::HashMap;
use variorum_model::contract::{
    Actor, Citation, Dating, EndedCount, Event, EventTelling, Interval, OfficeHeld, Place, Record,
};

/// A row: cells in the order of the view's columns, every name it holds, and the passage that shows it.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) cells: Vec<Value>,
    names: Vec<String>,
    pub(super) cited: Option<Citation>,
}

impl Row {
    /// Whether for each of `wanted` a name in the row holds its words.
    pub(super) fn names_all(&self, wanted: &[String]) -> bool {
        wanted.iter().all(|w| {
            let words = fold(w);
            self.names.iter().any(|name| fold(name).contains(&words))
        })
    }
}

/// The rows of `view`.
pub(super) fn rows(c: &Collation<'_>, view: View) -> Vec<Row> {
    let known = Known::of(c);
    match view {
        View::Consultations => consultations(&known),
        View::Accords => accords(&known),
        View::Mandates => mandates(&known),
        View::Offices => offices(&known),
        View::Figures => figures(&known),
        View::Timeline => timeline(&known),
        View::Unnamed => unnamed(&known),
        View::Names => names(&known),
    }
}

/// A record with its actors, places and events by id.
struct Known<'k> {
    c: &'k Collation<'k>,
    record: &'k Record,
    actors: HashMap<&'k str, &'k Actor>,
    places: HashMap<&'k str, &'k Place>,
    events: HashMap<&'k str, &'k Event>,
}

impl<'k> Known<'k> {
    fn of(c: &'k Collation<'k>) -> Known<'k> {
        let record = c.record;
        Known {
            c,
            record,
            actors: record.actors.iter().map(|a| (a.id.as_str(), a)).collect(),
            places: record.places.iter().map(|p| (p.id.as_str(), p)).collect(),
            events: record.events.iter().map(|e| (e.id.as_str(), e)).collect(),
        }
    }

    /// Names of actors, as a cell.
    fn who(&self, ids: &[String]) -> Value {
        json!(ids.iter().map(|id| self.c.name(id)).collect::<Vec<_>>())
    }

    /// Every spelling of actors and of places.
    fn spellings<'i>(&self, ids: impl IntoIterator<Item = &'i String>) -> Vec<String> {
        let mut all = Vec::new();
        for id in ids {
            if let Some(actor) = self.actors.get(id.as_str()) {
                all.push(actor.name.clone());
                all.extend(actor.variants.iter().cloned());
            }
            if let Some(place) = self.places.get(id.as_str()) {
                all.push(place.name.clone());
            }
        }
        all
    }

    fn place(&self, id: Option<&String>) -> Value {
        json!(id.map(|id| self.c.name(id)))
    }

    fn sigla(&self, evidence: &[Citation]) -> Value {
        let reports: Vec<String> = evidence.iter().map(|e| e.report.clone()).collect();
        json!(self.c.sigla(&reports))
    }

    /// The days that reports give: `9 June 2016 (A): “on June 9”`.
    fn dates(&self, dates: &[Dating]) -> Value {
        let told = dates.iter().map(|d| {
            let days = range(Some(&d.time));
            let words: Vec<String> =
                d.evidence.iter().map(|e| format!("“{}”", one_line(&e.quote))).collect();
            let words =
                if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) };
            format!("{days} ({}){words}", self.c.sigla(&d.reports))
        });
        json!(told.collect::<Vec<_>>())
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn range(time: Option<&Interval>) -> String {
    time.map_or_else(String::new, |t| day_range(t.earliest.as_deref(), t.latest.as_deref()))
}

/// What a modality adds to a line; nothing for what happened.
fn marked(modality: &str) -> String {
    match modality {
        "actual" => String::new(),
        "ongoing" => " (going on)".to_owned(),
        "negated" => " (denied)".to_owned(),
        "hypothetical" => " (supposed)".to_owned(),
        other => format!(" ({other})"),
    }
}

fn consultations(k: &Known<'_>) -> Vec<Row> {
    let row = |n: &variorum_model::contract::Consultation| {
        let form = if n.mode.is_empty() { "consultation" } else { &n.mode };
        let agenda: Vec<String> = n.agenda.iter().map(|a| one_line(&a.quote)).collect();
        let ends = |pick: fn(&Interval) -> &Option<String>| {
            json!(n.time.as_ref().and_then(|t| pick(t).clone()))
        };
        Row {
            cells: vec![
                json!(range(n.time.as_ref())),
                k.who(&n.participants),
                k.place(n.place.as_ref()),
                json!(format!("{form}{}", marked(&n.modality))),
                json!(k.c.sigla(&n.reports)),
                json!(n.independent_sources),
                k.dates(&n.dates),
                json!(agenda),
                ends(|t| &t.earliest),
                ends(|t| &t.latest),
                json!(n.event),
            ],
            names: k.spellings(n.participants.iter().chain(&n.place)),
            cited: n.evidence.first().cloned(),
        }
    };
    k.record.consultations.iter().map(row).collect()
}

fn accords(k: &Known<'_>) -> Vec<Row> {
    let row = |a: &variorum_model::contract::AccordEntry| {
        let breaches = a
            .violations
            .iter()
            .map(|id| k.events.get(id.as_str()).map_or_else(|| id.clone(), |e| e.summary.clone()));
        let status: Vec<String> = a.status.iter().map(|s| one_line(&s.quote)).collect();
        Row {
            cells: vec![
                json!(a.kind),
                json!(range(a.in_force.as_ref())),
                k.who(&a.brokers),
                k.who(&a.parties),
                k.who(&a.exempt),
                k.sigla(&a.evidence),
                json!(breaches.collect::<Vec<_>>()),
                json!(status),
                json!(a.event),
            ],
            names: k.spellings(a.brokers.iter().chain(&a.parties).chain(&a.exempt)),
            cited: a.evidence.first().cloned(),
        }
    };
    k.record.accords.iter().map(row).collect()
}

/// By the day on which the report came out that tells the task.
fn mandates(k: &Known<'_>) -> Vec<Row> {
    let mut dated: Vec<(bool, String, Row)> = Vec::new();
    for m in &k.record.mandates {
        let witness = k.c.witness(&m.task.report);
        let first = witness.and_then(|w| w.days.0.clone().or_else(|| w.days.1.clone()));
        let told = witness.map(|w| w.published.clone()).unwrap_or_default();
        let who = |id: &Option<String>| json!(id.as_ref().map(|id| k.c.name(id)));
        let row = Row {
            cells: vec![
                json!(told),
                who(&m.holder),
                json!(one_line(&m.task.quote)),
                who(&m.giver),
                k.sigla(std::slice::from_ref(&m.task)),
            ],
            names: k.spellings(m.holder.iter().chain(&m.giver)),
            cited: Some(m.task.clone()),
        };
        dated.push((first.is_none(), first.unwrap_or_default(), row));
    }
    dated.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    dated.into_iter().map(|(_, _, row)| row).collect()
}

fn offices(k: &Known<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for actor in &k.record.actors {
        for office in &actor.offices {
            rows.push(office_row(k, actor, office));
        }
    }
    rows
}

fn office_row(k: &Known<'_>, actor: &Actor, office: &OfficeHeld) -> Row {
    let end = |told: &Option<String>, bounds: &Option<Interval>| match told {
        Some(told) => day(told),
        None => range(bounds.as_ref()),
    };
    let title = match &office.body {
        Some(body) => format!("{}, {body}", office.title),
        None => office.title.clone(),
    };
    let reports: Vec<String> = office.evidence.iter().map(|e| e.report.clone()).collect();
    Row {
        cells: vec![
            json!(actor.name),
            json!(title),
            json!(office.standing),
            json!(end(&office.from, &office.began)),
            json!(end(&office.to, &office.ended)),
            json!(k.c.sigla(&reports)),
            json!(k.c.independent(&reports)),
            json!(office.country),
            json!(office.changes),
            json!(range(office.held.as_ref())),
        ],
        names: k.spellings([&actor.id]),
        cited: office.evidence.first().cloned(),
    }
}

fn figures(k: &Known<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for series in &k.record.series {
        let event = series.event.as_ref();
        let about = event.and_then(|id| k.events.get(id.as_str())).map(|e| e.summary.clone());
        let about = about.or_else(|| series.place.as_ref().map(|p| k.c.name(p).to_owned()));
        for point in &series.points {
            let value = told_value(point.value, point.high, &point.bound, &series.unit);
            let mut names = k.spellings(series.place.iter());
            names.extend(point.according_to.iter().cloned());
            if let Some(event) = event.and_then(|id| k.events.get(id.as_str())) {
                let parties = event.actors.iter().chain(&event.recipients).chain(&event.place);
                names.extend(k.spellings(parties));
            }
            rows.push(Row {
                cells: vec![
                    json!(series.id),
                    json!(series.measure),
                    json!(range(point.day.as_ref())),
                    json!(value),
                    json!(series.of),
                    json!(point.according_to),
                    json!(k.c.sigla(&point.reports)),
                    json!(point.independent_sources),
                    json!(about),
                    json!(point.value),
                ],
                names,
                cited: point.evidence.first().cloned(),
            });
        }
    }
    rows.extend(k.record.ended_counts.iter().map(|ended| no_longer(k, ended)));
    rows
}

/// A row without a figure: who keeps a count no longer.
fn no_longer(k: &Known<'_>, ended: &EndedCount) -> Row {
    let by: Vec<&str> = ended.by.iter().map(|id| k.c.name(id)).collect();
    Row {
        cells: vec![
            json!(""),
            json!(""),
            json!(""),
            json!("counted no longer"),
            json!(one_line(&ended.counted.quote)),
            json!(by),
            k.sigla(std::slice::from_ref(&ended.evidence)),
            json!(1),
            Value::Null,
            Value::Null,
        ],
        names: k.spellings(&ended.by),
        cited: Some(ended.evidence.clone()),
    }
}

/// `at least 400,000 people`.
fn told_value(value: f64, high: Option<f64>, bound: &str, unit: &str) -> String {
    let bound = match bound {
        "exact" | "range" => String::new(),
        other => format!("{} ", other.replace('_', " ")),
    };
    let range = high.map(|h| format!(" to {}", grouped(h))).unwrap_or_default();
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    format!("{bound}{}{range}{unit}", grouped(value))
}

/// A number with a comma between thousands.
fn grouped(value: f64) -> String {
    let plain = format!("{value}");
    let (whole, rest) = plain.split_once('.').map_or((plain.as_str(), ""), |(w, r)| (w, r));
    let mut out = String::new();
    for (n, c) in whole.chars().enumerate() {
        let left = whole.len() - n;
        if n > 0 && left.is_multiple_of(3) && c.is_ascii_digit() && !out.ends_with('-') {
            out.push(',');
        }
        out.push(c);
    }
    if !rest.is_empty() {
        out.push('.');
        out.push_str(rest);
    }
    out
}

/// Happenings in order of time, those without a day last; without statements and suppositions.
fn timeline(k: &Known<'_>) -> Vec<Row> {
    let told = k.record.events.iter().filter(|e| {
        e.kind != "STATEMENT" && e.modality != "hypothetical" && !e.mentions.is_empty()
    });
    let mut rows: Vec<(bool, Option<Interval>, Row)> = Vec::new();
    for e in told {
        let reports: Vec<String> = e.mentions.iter().map(|m| m.report.clone()).collect();
        let names = e.actors.iter().chain(&e.recipients).chain(&e.place);
        let row = Row {
            cells: vec![
                json!(range(e.time.as_ref())),
                json!(format!("{}{}", e.summary, marked(&e.modality))),
                json!(e.kind.to_lowercase()),
                json!(k.c.sigla(&reports)),
                json!(e.independent_sources),
                k.dates(&e.dates),
                json!(e.modality),
                json!(e.id),
            ],
            names: k.spellings(names),
            cited: e.mentions.first().map(clause),
        };
        rows.push((e.time.is_none(), e.time.clone(), row));
    }
    rows.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    rows.into_iter().map(|(_, _, row)| row).collect()
}

fn clause(telling: &EventTelling) -> Citation {
    Citation {
        report: telling.report.clone(),
        start: telling.start,
        end: telling.end,
        quote: telling.quote.clone(),
    }
}

fn unnamed(k: &Known<'_>) -> Vec<Row> {
    let unnamed = k.record.singles.iter().filter(|s| s.kind == "unnamed_source");
    let row = |s: &variorum_model::contract::Single| Row {
        cells: vec![
            json!(s.about),
            json!(s.evidence.first().map(|e| one_line(&e.quote))),
            k.sigla(&s.evidence),
        ],
        names: s.evidence.iter().map(|e| e.quote.clone()).collect(),
        cited: s.evidence.first().cloned(),
    };
    unnamed.map(row).collect()
}

/// Everyone named, the most often first, with every written form and why they were taken for one.
fn names(k: &Known<'_>) -> Vec<Row> {
    let mut actors: Vec<&Actor> =
        k.record.actors.iter().filter(|a| !a.mentions.is_empty()).collect();
    actors.sort_by_key(|a| std::cmp::Reverse(a.mentions.len()));
    let row = |a: &Actor| Row {
        cells: vec![
            json!(a.name),
            json!(a.kind),
            json!(a.variants.iter().filter(|v| **v != a.name).collect::<Vec<_>>()),
            k.sigla(&a.mentions),
            json!(a.mentions.len()),
            json!(a.merges),
        ],
        names: k.spellings([&a.id]),
        cited: a.mentions.first().cloned(),
    };
    actors.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_as_people_write_them() {
        for (value, high, bound, unit, want) in [
            (400_000.0, None, "at_least", "people", "at least 400,000 people"),
            (12.0, None, "exact", "", "12"),
            (1_900_000.0, None, "about", "people", "about 1,900,000 people"),
            (30.0, Some(40.0), "range", "days", "30 to 40 days"),
            (0.5, None, "at_most", "share", "at most 0.5 share"),
            (1234.5, None, "exact", "usd", "1,234.5 usd"),
        ] {
            assert_eq!(told_value(value, high, bound, unit), want);
        }
    }
}
