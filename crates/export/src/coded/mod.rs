//! Events of a record as event data sets have them: which of them a format can hold, which of their
//! tellings say so, and ids that follow from what is told.

pub(crate) mod cells;
pub(crate) mod parties;
pub(crate) mod span;
pub(crate) mod tables;

use parties::{PartyCodes, party_codes};
use sha2::{Digest, Sha256};
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap, HashSet};
use variorum_model::contract::{Actor, Event, EventTelling, Interval, Place, Record};

/// Modalities of what happened or goes on.
pub(crate) const HAPPENED: &[&str] = &["actual", "ongoing"];

/// What a row needs to know of a report.
#[derive(Debug, Default)]
pub(crate) struct Report<'r> {
    /// Its id.
    pub(crate) id: &'r str,
    /// Where it came from, or empty.
    pub(crate) url: &'r str,
    /// The headline, or empty.
    pub(crate) title: &'r str,
    /// The outlet, or empty.
    pub(crate) outlet: &'r str,
    /// ISO 639-1, or empty.
    pub(crate) language: &'r str,
    /// The day of publication, where it is known to the day.
    pub(crate) published: &'r str,
    /// Code points of its text.
    pub(crate) length: usize,
    /// End of its first paragraph, in code points.
    pub(crate) lead_end: usize,
}

impl Report<'_> {
    /// A citation in words: outlet, headline, day, report id.
    pub(crate) fn citation(&self) -> String {
        let title =
            if self.title.is_empty() { String::new() } else { format!("“{}”", self.title) };
        let pieces = [self.outlet.to_owned(), title, self.published.to_owned()];
        let known: Vec<String> = pieces.into_iter().filter(|piece| !piece.is_empty()).collect();
        format!("{} [report {}]", known.join(", "), self.id).trim_start().to_owned()
    }
}

/// An event with the tellings that a format can hold.
#[derive(Debug, Clone)]
pub(crate) struct Coded<'r> {
    /// The event.
    pub(crate) event: &'r Event,
    /// Tellings, by report and place.
    pub(crate) tellings: Vec<&'r EventTelling>,
    /// Tellings of the same event that the format cannot hold.
    left_out: Vec<&'r EventTelling>,
    /// What identifies it: category, code, and its first telling.
    key: String,
}

/// A record ready for event rows.
#[derive(Debug)]
pub(crate) struct Source<'r> {
    record: &'r Record,
    actors: HashMap<&'r str, (&'r Actor, PartyCodes)>,
    places: HashMap<&'r str, &'r Place>,
    reports: HashMap<&'r str, Report<'r>>,
    lineages: HashMap<&'r str, usize>,
}

impl<'r> Source<'r> {
    /// Prepares `record`.
    pub(crate) fn new(record: &'r Record) -> Source<'r> {
        let lineages = record.lineages.iter().enumerate();
        Source {
            record,
            actors: record.actors.iter().map(|a| (a.id.as_str(), (a, party_codes(a)))).collect(),
            places: record.places.iter().map(|p| (p.id.as_str(), p)).collect(),
            reports: record.reports.iter().map(report).map(|r| (r.id, r)).collect(),
            lineages: lineages.flat_map(|(i, l)| l.iter().map(move |r| (r.as_str(), i))).collect(),
        }
    }

    /// The record.
    pub(crate) fn record(&self) -> &'r Record {
        self.record
    }

    /// Events of one of `modalities`, each with its tellings of one of them, in the order of their keys.
    pub(crate) fn events(&self, modalities: &[&str]) -> Vec<Coded<'r>> {
        let held = |modality: &str| modalities.contains(&modality);
        let mut events: Vec<Coded<'r>> = self
            .record
            .events
            .iter()
            .filter(|event| held(&event.modality))
            .filter_map(|event| {
                let (mut tellings, left_out): (Vec<&EventTelling>, Vec<_>) =
                    event.mentions.iter().partition(|t| held(&t.modality));
                tellings.sort_by_key(|t| place(t));
                let first = tellings.first()?;
                let key = format!("{}\n{}\n{:?}", event.kind, event.cameo, place(first));
                Some(Coded { event, tellings, left_out, key })
            })
            .collect();
        events.sort_by(Coded::in_time);
        events
    }

    /// The actor of that id, with its codes.
    pub(crate) fn party(&self, id: &str) -> Option<(&'r Actor, PartyCodes)> {
        self.actors.get(id).cloned()
    }

    /// The parties of those ids, less those whom only a left-out telling names: whom an allegation
    /// or a plan adds has no part in what is written as a happening.
    pub(crate) fn parties(
        &self,
        coded: &Coded<'r>,
        ids: &'r [String],
    ) -> Vec<(&'r Actor, PartyCodes)> {
        let told = |(actor, _): &(&Actor, PartyCodes)| {
            let names = |t: &&EventTelling| self.named_in(actor, t).is_some();
            coded.tellings.iter().any(names) || !coded.left_out.iter().any(names)
        };
        ids.iter().filter_map(|id| self.party(id)).filter(told).collect()
    }

    /// The event's place, unless only a left-out telling gives it.
    pub(crate) fn place(&self, coded: &Coded<'r>) -> Option<&'r Place> {
        let id = coded.event.place.as_deref()?;
        let gives = |t: &&EventTelling| t.place.as_deref() == Some(id);
        let told = coded.tellings.iter().any(gives) || !coded.left_out.iter().any(gives);
        self.places.get(id).filter(|_| told).copied()
    }

    /// The report of that id.
    pub(crate) fn report(&self, id: &str) -> Option<&Report<'r>> {
        self.reports.get(id)
    }

    /// Reports that tell the event, each once.
    pub(crate) fn reports_of(&self, coded: &Coded<'r>) -> Vec<&Report<'r>> {
        let ids: BTreeSet<&str> = coded.tellings.iter().map(|t| t.report.as_str()).collect();
        ids.into_iter().filter_map(|id| self.reports.get(id)).collect()
    }

    /// How many independent lineages those reports are; a report of none counts by itself.
    pub(crate) fn independent_sources(&self, coded: &Coded<'r>) -> usize {
        let ids: BTreeSet<&str> = coded.tellings.iter().map(|t| t.report.as_str()).collect();
        let lineages: HashSet<usize> =
            ids.iter().filter_map(|id| self.lineages.get(id)).copied().collect();
        lineages.len() + ids.iter().filter(|id| !self.lineages.contains_key(*id)).count()
    }

    /// The words that name `actor` inside the telling's clause: where they start, and the words.
    pub(crate) fn named_in(
        &self,
        actor: &Actor,
        telling: &EventTelling,
    ) -> Option<(usize, &'r str)> {
        let actor = self.actors.get(actor.id.as_str())?.0;
        let inside = actor.mentions.iter().filter(|m| {
            m.report == telling.report && telling.start <= m.start && m.end <= telling.end
        });
        inside.min_by_key(|m| (m.start, m.end)).map(|m| (m.start, m.quote.as_str()))
    }
}

impl<'r> Coded<'r> {
    /// Order of rows: by time, those without any last, then by what identifies them.
    pub(crate) fn in_time(a: &Coded<'r>, b: &Coded<'r>) -> Ordering {
        let time = |of: &Coded<'r>| (of.event.time.is_none(), of.event.time.clone());
        let names = |of: &Coded<'r>| (of.key.clone(), of.event.summary.clone());
        (time(a), names(a)).cmp(&(time(b), names(b)))
    }

    /// The event's days, unless only left-out tellings give any.
    pub(crate) fn time(&self) -> Option<&'r Interval> {
        let gives = |t: &&EventTelling| t.time.is_some();
        let told = self.tellings.iter().any(gives) || !self.left_out.iter().any(gives);
        self.event.time.as_ref().filter(|_| told)
    }

    /// The telling that speaks for the event: the surest, and of those the first.
    pub(crate) fn lead(&self) -> Option<&'r EventTelling> {
        let better = |a: &&EventTelling, b: &&EventTelling| a.confidence > b.confidence;
        let mut tellings = self.tellings.iter().copied();
        let first = tellings.next()?;
        Some(tellings.fold(first, |best, t| if better(&t, &best) { t } else { best }))
    }

    /// A digest of what identifies the event, with `more`.
    pub(crate) fn digest(&self, more: &[&str]) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.key.as_bytes());
        for piece in more {
            hash.update(b"\n");
            hash.update(piece.as_bytes());
        }
        hash.finalize().into()
    }
}

/// Sixteen hexadecimal digits of the event's digest; a second event of the same digest gets another.
pub(crate) fn unique_hex(coded: &Coded<'_>, taken: &mut HashSet<String>) -> String {
    let hex = |round: u32| {
        let round = if round == 0 { String::new() } else { round.to_string() };
        let digest = coded.digest(&[&round]);
        digest[..8].iter().map(|b| format!("{b:02x}")).collect::<String>()
    };
    let id = (0..).map(hex).find(|id| !taken.contains(id)).unwrap_or_default();
    taken.insert(id.clone());
    id
}

/// Where a telling stands.
fn place(telling: &EventTelling) -> (&str, usize, usize, usize, usize) {
    let t = &telling.trigger;
    (telling.report.as_str(), t.start, t.end, telling.start, telling.end)
}

/// Degrees to the four decimals that the gazetteer holds at most.
pub(crate) fn degrees(value: Option<f64>) -> Option<f64> {
    value.filter(|v| v.is_finite()).map(|v| (v * 10_000.0).round() / 10_000.0)
}

fn text(value: &serde_json::Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// What rows need of a report's row in the record.
fn report(row: &serde_json::Value) -> Report<'_> {
    let published = &row["published"];
    let day = |key: &str| published[key].as_str().filter(|d| span::is_day(d));
    let paragraphs = row["body"].as_array().into_iter().flatten();
    let lead = paragraphs.filter(|b| b["kind"] == "paragraph").find_map(|b| b["end"].as_u64());
    Report {
        id: text(&row["id"]),
        url: text(&row["url"]),
        title: text(&row["title"]["value"]),
        outlet: text(&row["outlet"]["name"]),
        language: text(&row["language"]),
        published: day("start").filter(|&d| day("end") == Some(d)).unwrap_or_default(),
        length: text(&row["text"]).chars().count(),
        lead_end: lead.unwrap_or_default() as usize,
    }
}
