//! The record as entities of FollowTheMoney (followthemoney.tech): one JSON object a line.
//!
//! Actors become `Person`, `Organization`, `PublicBody` or `LegalEntity`; offices a `Position` with an
//! `Occupancy`; happenings `Event`; reports `Article`, each with a `Mention` for every actor in it. Ids
//! follow from what is told and cited, so that the same readings give the same entities in every run.

use crate::coded::span::KnownDay;
use crate::coded::{Coded, HAPPENED, Source};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashSet};
use variorum_model::contract::{Actor, Citation, OfficeHeld, Record};

/// Entities of the record, in the order actors with offices, happenings, reports, mentions.
pub fn render_ftm(record: &Record) -> String {
    let source = Source::new(record);
    let mut entities = Entities::default();
    for actor in record.actors.iter().filter(|a| !a.mentions.is_empty()) {
        entities.actor(actor);
        for office in &actor.offices {
            entities.office(actor, office);
        }
    }
    for coded in source.events(HAPPENED) {
        entities.event(&source, &coded);
    }
    for row in &record.reports {
        entities.article(row);
    }
    for actor in record.actors.iter().filter(|a| !a.mentions.is_empty()) {
        entities.mentions(actor);
    }
    entities.out
}

#[derive(Default)]
struct Entities {
    out: String,
    taken: HashSet<String>,
}

/// Properties under construction: only what is told.
#[derive(Default)]
struct Properties(Map<String, Value>);

impl Properties {
    fn put<T: AsRef<str>>(&mut self, name: &str, values: impl IntoIterator<Item = T>) {
        let told: BTreeSet<String> = values
            .into_iter()
            .map(|v| v.as_ref().split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|v| !v.is_empty())
            .collect();
        if !told.is_empty() {
            self.0.insert(name.to_owned(), json!(told));
        }
    }
}

impl Entities {
    fn write(&mut self, id: &str, schema: &str, caption: &str, properties: Properties) {
        if self.taken.insert(id.to_owned()) {
            let entity = json!({
                "id": id, "schema": schema, "caption": caption, "properties": properties.0,
            });
            self.out.push_str(&entity.to_string());
            self.out.push('\n');
        }
    }

    fn actor(&mut self, actor: &Actor) {
        let mut p = Properties::default();
        p.put("name", [&actor.name]);
        p.put("alias", actor.variants.iter().filter(|v| **v != actor.name));
        p.put("country", country(actor.country.as_deref()));
        let schema = match actor.kind.as_str() {
            "person" => {
                p.put("position", actor.offices.iter().map(|o| &o.title));
                "Person"
            }
            "organization" => "Organization",
            "country" => "PublicBody",
            _ => "LegalEntity",
        };
        self.write(&actor_id(actor), schema, &actor.name, p);
    }

    fn office(&mut self, actor: &Actor, office: &OfficeHeld) {
        let name = match &office.body {
            Some(body) => format!("{}, {body}", office.title),
            None => office.title.clone(),
        };
        let state = office.country.as_deref();
        let post = id(&["position", &name, state.unwrap_or_default()]);
        let mut p = Properties::default();
        p.put("name", [&name]);
        p.put("country", country(state));
        self.write(&post, "Position", &name, p);
        let mut p = Properties::default();
        p.put("holder", [actor_id(actor)]);
        p.put("post", [&post]);
        p.put("startDate", &office.from);
        p.put("endDate", &office.to);
        p.put("status", [if office.standing == "former" { "ended" } else { "current" }]);
        p.put("proof", office.evidence.iter().map(|e| article_id(&e.report)));
        p.put("summary", office.evidence.iter().map(quoted));
        let told = [office.from.as_deref(), office.to.as_deref()].map(Option::unwrap_or_default);
        let id = id(&["occupancy", &actor_id(actor), &post, &office.standing, told[0], told[1]]);
        self.write(&id, "Occupancy", &name, p);
    }

    fn event<'r>(&mut self, source: &Source<'r>, coded: &Coded<'r>) {
        let event = coded.event;
        let mut p = Properties::default();
        p.put("name", [&event.summary]);
        p.put("keywords", [event.kind.as_str(), &event.cameo, &event.mode, &event.modality]);
        let known = KnownDay::of(coded.time());
        p.put("date", known.day.or(known.month).or(known.year));
        if let Some(place) = source.place(coded) {
            p.put("location", [&place.name]);
            p.put("country", country(place.country.as_deref()));
        }
        let parties = event.actors.iter().chain(&event.recipients);
        let involved = parties.filter_map(|id| source.party(id)).map(|(actor, _)| actor_id(actor));
        p.put("involved", involved);
        p.put("proof", coded.tellings.iter().map(|t| article_id(&t.report)));
        p.put("sourceUrl", source.reports_of(coded).iter().map(|r| r.url));
        p.put("publisher", source.reports_of(coded).iter().map(|r| r.outlet));
        p.put(
            "summary",
            coded
                .tellings
                .iter()
                .map(|t| format!("{}:{}-{} “{}”", t.report, t.start, t.end, t.quote)),
        );
        p.put("recordId", [&event.judged.finding]);
        self.write(&id(&["event", &event.judged.finding]), "Event", &event.summary, p);
    }

    fn article(&mut self, row: &Value) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let report = text(&row["id"]);
        let mut p = Properties::default();
        let title = text(&row["title"]["value"]);
        p.put("title", [&title]);
        p.put("publisher", [text(&row["outlet"]["name"])]);
        p.put("sourceUrl", [text(&row["url"])]);
        p.put("fileName", [text(&row["path"])]);
        p.put("language", language(&text(&row["language"])));
        let (first, last) = (text(&row["published"]["start"]), text(&row["published"]["end"]));
        if first == last {
            p.put("publishedAt", [first]);
        }
        let authors = row["byline"]["authors"].as_array().into_iter().flatten();
        p.put("author", authors.filter_map(Value::as_str));
        p.0.insert("bodyText".to_owned(), json!([text(&row["text"])]));
        self.write(&article_id(&report), "Article", &title, p);
    }

    /// One for each report that names the actor.
    fn mentions(&mut self, actor: &Actor) {
        let reports: BTreeSet<&str> = actor.mentions.iter().map(|m| m.report.as_str()).collect();
        for report in reports {
            let names = actor.mentions.iter().filter(|m| m.report == report).map(|m| &m.quote);
            let mut p = Properties::default();
            p.put("document", [article_id(report)]);
            p.put("resolved", [actor_id(actor)]);
            p.put("name", names);
            let schema = match actor.kind.as_str() {
                "person" => "Person",
                "organization" => "Organization",
                "country" => "PublicBody",
                _ => "LegalEntity",
            };
            p.put("detectedSchema", [schema]);
            let id = id(&["mention", report, &actor_id(actor)]);
            self.write(&id, "Mention", &actor.name, p);
        }
    }
}

fn quoted(cited: &Citation) -> String {
    format!("{}:{}-{} “{}”", cited.report, cited.start, cited.end, cited.quote)
}

fn actor_id(actor: &Actor) -> String {
    id(&["actor", &actor.judged.finding])
}

fn article_id(report: &str) -> String {
    id(&["report", report])
}

/// FollowTheMoney writes countries by ISO 3166-1 alpha-2 in lower case.
fn country(iso3: Option<&str>) -> Option<String> {
    let codes = crate::coded::tables::tables().countries.get(iso3?)?;
    Some(codes.alpha2.to_lowercase()).filter(|code| !code.is_empty())
}

/// FollowTheMoney writes languages by ISO 639-3; others are left out.
fn language(iso1: &str) -> Option<&'static str> {
    (iso1 == "en").then_some("eng")
}

fn id(pieces: &[&str]) -> String {
    let mut hash = Sha256::new();
    for piece in pieces {
        hash.update(piece.as_bytes());
        hash.update(b"\n");
    }
    let digits: String = hash.finalize()[..20].iter().map(|b| format!("{b:02x}")).collect();
    format!("variorum-{digits}")
}
