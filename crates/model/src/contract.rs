//! The public record format, version 1: what is written as JSON.
//!
//! Offsets here are Unicode code points. Fields may be added; none is renamed, dropped or given
//! another meaning without raising [`VERSION`].

pub use crate::judgement::{Judged, JudgementNote, SetAside, Subject};
pub use crate::ledger::{Consultation, Dating, DerivedValue, FigureEntry, Series, SeriesPoint};
use serde::{Deserialize, Serialize};

/// Version of the record format.
pub const VERSION: u32 = 1;

/// The exact characters of a report that say something: `text[start..end] == quote`, in code points.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Citation {
    /// The report's id.
    pub report: String,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The characters.
    pub quote: String,
}

/// A span of days; a missing end is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Interval {
    /// First possible day, ISO 8601.
    pub earliest: Option<String>,
    /// Last possible day, ISO 8601.
    pub latest: Option<String>,
}

/// An office that an actor is said to hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfficeHeld {
    /// The title, in its usual form.
    pub title: String,
    /// The body or country it belongs to.
    pub body: Option<String>,
    /// ISO 3166-1 alpha-3 code of its country.
    #[serde(default)]
    pub country: Option<String>,
    /// `current`, `former`, `acting`, `elect` or `outgoing`.
    pub standing: String,
    /// From when, if told: a day, month or year, ISO 8601.
    pub from: Option<String>,
    /// Until when, if told: a day, month or year, ISO 8601.
    pub to: Option<String>,
    /// The bounds of the day on which the holder came into it.
    #[serde(default)]
    pub began: Option<Interval>,
    /// The bounds of the day on which the holder left it.
    #[serde(default)]
    pub ended: Option<Interval>,
    /// The first and last day of publication of the reports that have it held.
    #[serde(default)]
    pub held: Option<Interval>,
    /// How the holder came into it or left it: `appointed`, `elected`, `nominated`, `took_office`,
    /// `dismissed`, `resigned`.
    #[serde(default)]
    pub changes: Vec<String>,
    /// Who says so.
    pub evidence: Vec<Citation>,
}

/// The codes of a person whose name stands in the list of leaders (`data/leaders.tsv`), in office when the reports came out. No
/// report need say them: they code, and are no fact of the record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Listed {
    /// ISO 3166-1 alpha-3 code of the state; `UNO` for the United Nations.
    pub country: String,
    /// Sector of PLOVER: `GOV`, `MIL`, `SPY`, `LEG`, `JUD`, `IGO`.
    pub sector: String,
    /// The rule by which the person has them.
    pub rule: String,
}

/// Somebody who acts: a person, an organization, a country, a group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    /// Id within the record.
    pub id: String,
    /// The fullest common form of the name.
    pub name: String,
    /// `person`, `organization`, `country` or `group`.
    pub kind: String,
    /// ISO 3166-1 alpha-3 code.
    pub country: Option<String>,
    /// What the list of leaders has for the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<Listed>,
    /// Every mention, names and what refers to them.
    pub mentions: Vec<Citation>,
    /// Every written form, in order of frequency.
    pub variants: Vec<String>,
    /// Offices said to be held.
    pub offices: Vec<OfficeHeld>,
    /// Why the forms were taken for one: one line a merge.
    pub merges: Vec<String>,
    /// Under which id it is judged, and how.
    #[serde(flatten)]
    pub judged: Judged,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Id within the record.
    pub id: String,
    /// Name.
    pub name: String,
    /// ISO 3166-1 alpha-3 code.
    pub country: Option<String>,
    /// Latitude in degrees, if known.
    pub lat: Option<f64>,
    /// Longitude in degrees, if known.
    pub lon: Option<f64>,
    /// Every mention.
    pub mentions: Vec<Citation>,
}

/// One report's telling of an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventTelling {
    /// The report's id.
    pub report: String,
    /// First code point of the clause.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
    /// The clause.
    pub quote: String,
    /// The words that name the act.
    pub trigger: Citation,
    /// Whether this report says it happened.
    pub modality: String,
    /// Who says so, innermost first: actor ids.
    pub reported_by: Vec<String>,
    /// The words that name who says so.
    pub reported_by_evidence: Vec<Citation>,
    /// When, by this report.
    pub time: Option<Interval>,
    /// The words that say when.
    pub time_evidence: Option<Citation>,
    /// Place id, by this report.
    pub place: Option<String>,
    /// The words that say where.
    pub place_evidence: Option<Citation>,
    /// What was talked about.
    pub agenda: Option<Citation>,
    /// Chance that it was read right, in [0,1].
    pub confidence: f32,
    /// The rule or model that decided.
    pub rule: String,
}

/// A happening, with every telling of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Id within the record.
    pub id: String,
    /// PLOVER category.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER mode, or empty.
    pub mode: String,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// CAMEO code.
    pub cameo: String,
    /// Whether it is said to have happened, by the firmest telling.
    pub modality: String,
    /// Actor ids.
    pub actors: Vec<String>,
    /// Actor ids.
    pub recipients: Vec<String>,
    /// Place id.
    pub place: Option<String>,
    /// From the earliest to the latest day that any telling gives.
    pub time: Option<Interval>,
    /// The days as told, each with those who give them: the most independent first.
    #[serde(default)]
    pub dates: Vec<Dating>,
    /// The happening in one line of plain words.
    pub summary: String,
    /// The tellings, in order of report and position.
    pub mentions: Vec<EventTelling>,
    /// How many independent lineages tell it.
    pub independent_sources: usize,
    /// Why its tellings were taken for one happening.
    pub merges: Vec<String>,
    /// Under which id it is judged, and how.
    #[serde(flatten)]
    pub judged: Judged,
}

/// An accord: ceasefire, agreement or talks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccordEntry {
    /// Id within the record.
    pub id: String,
    /// `ceasefire`, `agreement` or `talks`.
    pub kind: String,
    /// Event id.
    pub event: Option<String>,
    /// Actor ids.
    pub brokers: Vec<String>,
    /// Actor ids.
    pub parties: Vec<String>,
    /// Actor ids of those it does not apply to.
    pub exempt: Vec<String>,
    /// When it came or comes into force.
    pub in_force: Option<Interval>,
    /// How it stands, as told.
    pub status: Vec<Citation>,
    /// Event ids of breaches.
    pub violations: Vec<String>,
    /// The words that say all this.
    pub evidence: Vec<Citation>,
    /// Under which id it is judged, and how.
    #[serde(flatten)]
    pub judged: Judged,
}

/// A task held by or given to somebody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MandateEntry {
    /// Id within the record.
    pub id: String,
    /// Actor id of the holder.
    pub holder: Option<String>,
    /// Actor id of the giver.
    pub giver: Option<String>,
    /// The task, as told.
    pub task: Citation,
    /// For what or over whom, as told.
    pub scope: Option<Citation>,
    /// Under which id it is judged, and how.
    #[serde(flatten)]
    pub judged: Judged,
}

/// A day or time that a report tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TimeEntry {
    /// Id within the record.
    pub id: String,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: crate::TimeKind,
    /// TIMEX3 value as the report alone gives it: `2016-06-09`, `XXXX-06-09`, `XXXX-WXX-7`.
    pub value: String,
    /// The days it may mean; nothing where nothing settles it.
    pub days: Option<Interval>,
    /// What the days were reckoned from: `absolute` (the words alone), `publication` (the report's own
    /// day), `narrative` (a time told before), `other_report` (the day of another report of the same
    /// event) or `none`.
    pub basis: String,
    /// Ids of the other reports that settle it.
    pub settled_by: Vec<String>,
    /// The words that say it.
    pub evidence: Citation,
}

/// Attributed words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuotationEntry {
    /// Actor id of the speaker.
    pub speaker: Option<String>,
    /// `direct`, `indirect` or `mixed`.
    pub kind: String,
    /// The words that name the speaker.
    pub source: Option<Citation>,
    /// Whether the speaker is not named.
    pub anonymous: bool,
    /// The words.
    pub evidence: Citation,
    /// Under which id it is judged, and how.
    #[serde(flatten)]
    pub judged: Judged,
}

/// Something that two or more reports say alike.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// On what.
    pub about: String,
    /// What they say.
    pub value: String,
    /// Report ids.
    pub reports: Vec<String>,
    /// How many independent lineages.
    pub independent_sources: usize,
    /// The words.
    pub evidence: Vec<Citation>,
    /// Under which id it is judged, and how.
    #[serde(flatten)]
    pub judged: Judged,
}

/// One side of a disagreement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// What this side says.
    pub value: String,
    /// Report ids.
    pub reports: Vec<String>,
    /// How many independent lineages.
    pub independent_sources: usize,
    /// Who says so, where it is not the report itself: names as written.
    pub according_to: Vec<String>,
    /// The words.
    pub evidence: Vec<Citation>,
}

/// A disagreement, with every side of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// Id within the record.
    pub id: String,
    /// `date`, `number`, `place`, `office`, `participants`, `identity`, `sequence` or `outcome`.
    pub kind: String,
    /// On what.
    pub about: String,
    /// Event id, if it concerns one.
    pub event: Option<String>,
    /// `conflict`, `different_sources` or `update_over_time`.
    pub verdict: String,
    /// The sides.
    pub readings: Vec<Reading>,
    /// Why this verdict.
    pub reason: String,
    /// Under which id it is judged, and how.
    #[serde(flatten)]
    pub judged: Judged,
}

/// One wording for a thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FramingReading {
    /// The label.
    pub label: String,
    /// Where it stands.
    pub evidence: Vec<Citation>,
}

/// Other words for the same thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Framing {
    /// For what.
    pub about: String,
    /// The wordings.
    pub readings: Vec<FramingReading>,
    /// Under which id it is judged, and how.
    #[serde(flatten)]
    pub judged: Judged,
}

/// One report leaning on another or on an agency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dependence {
    /// The report that leans.
    pub report: String,
    /// What it leans on: a report id or an agency's name.
    pub on: String,
    /// `credits`, `reprints` or `copies`.
    pub kind: String,
    /// The words that show it.
    pub evidence: Vec<Citation>,
    /// Under which id it is judged, and how.
    #[serde(flatten)]
    pub judged: Judged,
}

/// Reports that tell one story.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// Id within the record.
    pub id: String,
    /// Title: the headline of its earliest report, or its first words.
    pub title: String,
    /// Report ids.
    pub reports: Vec<String>,
    /// Event ids.
    pub events: Vec<String>,
}

/// What only one report says, or only an unnamed source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Single {
    /// What is said, in short.
    pub about: String,
    /// `one_report` or `unnamed_source`.
    pub kind: String,
    /// Event or figure id, if it concerns one.
    pub of: Option<String>,
    /// The words.
    pub evidence: Vec<Citation>,
    /// Under which id it is judged, and how.
    #[serde(flatten)]
    pub judged: Judged,
}

/// A count that somebody is said to keep no longer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EndedCount {
    /// Actor ids of who kept it.
    pub by: Vec<String>,
    /// What was counted, as written.
    pub counted: Citation,
    /// The words.
    pub evidence: Citation,
}

/// The one record of a set of reports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Version of the format.
    pub variorum: u32,
    /// The reports, with what was read in them left out.
    pub reports: Vec<serde_json::Value>,
    /// Report ids grouped by lineage; each group counts as one independent source.
    pub lineages: Vec<Vec<String>>,
    /// Everyone who acts.
    pub actors: Vec<Actor>,
    /// Everywhere.
    pub places: Vec<Place>,
    /// What happened, is planned, alleged or denied, in order of time.
    pub events: Vec<Event>,
    /// Accords.
    pub accords: Vec<AccordEntry>,
    /// Mandates.
    pub mandates: Vec<MandateEntry>,
    /// Figures.
    pub figures: Vec<FigureEntry>,
    /// Days and times told, with what they were reckoned from.
    #[serde(default)]
    pub times: Vec<TimeEntry>,
    /// Attributed words.
    pub quotations: Vec<QuotationEntry>,
    /// What two or more reports say alike.
    pub agreements: Vec<Agreement>,
    /// Where they disagree.
    pub conflicts: Vec<Conflict>,
    /// Other words for the same thing.
    pub framing: Vec<Framing>,
    /// Who leans on whom.
    pub dependence: Vec<Dependence>,
    /// What only one says.
    pub singles: Vec<Single>,
    /// Stories.
    pub stories: Vec<Story>,
    /// Meetings, visits, calls and rounds of talks, in order of time.
    #[serde(default)]
    pub consultations: Vec<Consultation>,
    /// Figures that count the same, as series.
    #[serde(default)]
    pub series: Vec<Series>,
    /// Counts that are said to be kept no longer.
    #[serde(default)]
    pub ended_counts: Vec<EndedCount>,
    /// Findings that somebody rejected.
    #[serde(default)]
    pub set_aside: Vec<SetAside>,
    /// Inputs that could not be read, each with what is wrong and where.
    pub rejected: Vec<serde_json::Value>,
}
