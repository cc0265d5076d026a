//! What is read in a report short of events: who and where is named, when, how many, who says so.

use crate::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a mention names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionKind {
    /// A human being.
    Person,
    /// A body with members: ministry, council, agency, company, newspaper.
    Organization,
    /// A country, city, region or natural feature.
    Place,
    /// A people, armed group or movement.
    Group,
    /// A named happening.
    Event,
    /// A building, base, road, port.
    Facility,
}

impl MentionKind {
    /// The name that the contract gives it.
    pub fn name(self) -> &'static str {
        match self {
            MentionKind::Person => "person",
            MentionKind::Organization => "organization",
            MentionKind::Place => "place",
            MentionKind::Group => "group",
            MentionKind::Event => "event",
            MentionKind::Facility => "facility",
        }
    }
}

/// A named mention.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// The name, without title, determiner and possessive ending.
    pub span: Span,
    /// What it names.
    pub kind: MentionKind,
    /// The word that carries the name.
    pub head: Span,
    /// The place name stands for its government ("Tehran said").
    pub government: bool,
    /// Title or office words directly before the name.
    pub title: Option<Span>,
    /// ISO 3166-1 alpha-3 code of the country it belongs to, where the text or the tables say so.
    pub country: Option<String>,
    /// The rule or model that made it.
    pub rule: &'static str,
    /// Chance that it is right, in [0,1].
    pub confidence: f32,
}

/// TIMEX3 type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TimeKind {
    /// A calendar day or coarser.
    Date,
    /// Finer than a day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

/// A time expression.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeExpression {
    /// Its characters.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value: `2016-06-09`, `2016-W26`, `P5Y`, `PRESENT_REF`, `XXXX-WXX-1`, …
    pub value: String,
    /// First day it may mean, once anchored.
    pub earliest: Option<Date>,
    /// Last day it may mean, once anchored.
    pub latest: Option<Date>,
    /// What it was anchored to: `absolute`, `publication`, `narrative`, `none`.
    pub anchor: &'static str,
    /// The rule that made it.
    pub rule: &'static str,
    /// Chance that it is right, in [0,1].
    pub confidence: f32,
}

/// A counted or measured amount.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// Number and modifier: "over 400,000", "at least 20".
    pub span: Span,
    /// The value; the bound for `at_least` and `at_most`; the low end of a range.
    pub value: f64,
    /// `exact`, `at_least`, `at_most`, `about` or `range`.
    pub bound: &'static str,
    /// Lowest value meant, where one is stated.
    pub low: Option<f64>,
    /// Highest value meant, where one is stated.
    pub high: Option<f64>,
    /// What is counted: `people`, `usd`, `percent`, …
    pub unit: String,
    /// What befell them or what is measured: `killed`, `injured`, `missing`, `displaced`,
    /// `detained`, `money`, `votes`, `percent`, `age`, `distance`, `count`, …
    pub measure: String,
    /// The phrase that names what is counted ("people", "ruling party members").
    pub of: Option<Span>,
    /// The word that gives the measure ("killed", "toll"), if any.
    pub cue: Option<Span>,
    /// What a share comes to, where the whole is told beside it.
    pub derived: Option<Derived>,
    /// The rule that made it.
    pub rule: &'static str,
    /// Chance that it is right, in [0,1].
    pub confidence: f32,
}

/// A count that no words state, worked out from a share and its whole ("half of the 300 men").
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Derived {
    /// The whole times the share.
    pub value: f64,
    /// `exact`, `at_least`, `at_most` or `about`, as both bounds allow.
    pub bound: &'static str,
    /// The words that state the whole.
    pub whole: Span,
}

/// How words are attributed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuotationKind {
    /// In quotation marks.
    Direct,
    /// Reported without quotation marks.
    Indirect,
    /// Reported, with some words in quotation marks.
    Mixed,
}

/// An attributed content.
#[derive(Debug, Clone, PartialEq)]
pub struct Quotation {
    /// The attributed content (quotation marks included for direct speech).
    pub span: Span,
    /// How it is attributed.
    pub kind: QuotationKind,
    /// The word that attributes ("said", "according to").
    pub cue: Option<Span>,
    /// Who is said to say it: a name, an office, "a well-informed source".
    pub source: Option<Span>,
    /// The source's name, when `source` is a pronoun or description that refers back to one.
    pub speaker: Option<Span>,
    /// The source is not named ("a source", "officials who asked not to be named").
    pub anonymous: bool,
    /// The cue says the reported thing in a way that leaves it open (claims, alleges, denies…).
    pub stance: Modality,
    /// The rule that made it.
    pub rule: &'static str,
    /// Chance that it is right, in [0,1].
    pub confidence: f32,
}

/// Whether an event is said to have happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// Happened.
    Actual,
    /// Goes on.
    Ongoing,
    /// Announced, scheduled, intended.
    Planned,
    /// Only a party asserts it.
    Alleged,
    /// Said not to have happened.
    Negated,
    /// Supposed, feared, conditional, asked.
    Hypothetical,
}

/// Whether an office is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Holds it.
    Current,
    /// Held it once.
    Former,
    /// Holds it for the time being.
    Acting,
    /// Has been chosen, not yet installed.
    Elect,
    /// Holds it still, and is about to leave it.
    Outgoing,
}

/// A day that lies between two others, with the words that tell it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DayBounds {
    /// First day it may be.
    pub earliest: Option<Date>,
    /// Last day it may be.
    pub latest: Option<Date>,
    /// The time expression that tells it; none where it follows from the day of publication.
    pub evidence: Option<Span>,
}

/// That somebody came into an office or left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfficeChange {
    /// `appointed`, `elected`, `nominated`, `took_office`, `dismissed` or `resigned`.
    pub kind: &'static str,
    /// The word that says so.
    pub cue: Span,
}

/// An office said to be held by somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Office {
    /// The whole phrase: "secretary of Iran's Supreme National Security Council".
    pub span: Span,
    /// The title as the table of offices has it: "Minister of Defence".
    pub title: String,
    /// The body or country it belongs to, as written.
    pub body: Option<Span>,
    /// ISO 3166-1 alpha-3 code of its country.
    pub country: Option<String>,
    /// The name of the holder, if named.
    pub holder: Option<Span>,
    /// Whether it is held.
    pub standing: Standing,
    /// The day on which the holder came into it.
    pub from: Option<DayBounds>,
    /// The day on which the holder left it.
    pub to: Option<DayBounds>,
    /// The change that the text tells, if it tells one.
    pub change: Option<OfficeChange>,
    /// The rule that made it.
    pub rule: &'static str,
    /// Chance that it is right, in [0,1].
    pub confidence: f32,
}

/// A pronoun or description that stands for a named mention of the same report.
#[derive(Debug, Clone, PartialEq)]
pub struct Coreference {
    /// The pronoun or description ("he", "the Iranian official", "the two").
    pub span: Span,
    /// Indices into [`Annotations::mentions`] of those it stands for (several for "the two").
    pub antecedents: Vec<u32>,
    /// The rule that made it.
    pub rule: &'static str,
}

/// All that is read in one report short of events.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Annotations {
    /// Sentence bounds, title first, then blocks in order.
    pub sentences: Vec<Span>,
    /// Named mentions in text order.
    pub mentions: Vec<Mention>,
    /// For each mention, the first mention of the report that names the same; itself where none does.
    pub entities: Vec<u32>,
    /// Time expressions in text order.
    pub times: Vec<TimeExpression>,
    /// Amounts in text order.
    pub quantities: Vec<Quantity>,
    /// Attributed contents in text order.
    pub quotations: Vec<Quotation>,
    /// Offices in text order.
    pub offices: Vec<Office>,
    /// Pronouns and descriptions that refer to names, in text order.
    pub coreferences: Vec<Coreference>,
}
