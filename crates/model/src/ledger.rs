//! The ledgers of a record: meetings and talks, and figures as series.

use crate::contract::{Citation, Interval, Judged};
use serde::{Deserialize, Serialize};

/// A meeting, visit, call or round of talks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Consultation {
    /// Id within the record.
    pub id: String,
    /// Id of its event.
    pub event: String,
    /// PLOVER mode: `visit`, `third-party`, `multilateral`, `phone`; or empty.
    pub mode: String,
    /// As its event's.
    pub modality: String,
    /// Actor ids of all who take part.
    pub participants: Vec<String>,
    /// Place id.
    pub place: Option<String>,
    /// From the earliest to the latest day that any telling gives.
    pub time: Option<Interval>,
    /// The days as told, each with those who give them.
    pub dates: Vec<Dating>,
    /// What was talked about.
    pub agenda: Vec<Citation>,
    /// Report ids.
    pub reports: Vec<String>,
    /// How many independent lineages tell it.
    pub independent_sources: usize,
    /// The clauses that tell it.
    pub evidence: Vec<Citation>,
}

/// Days given to a happening, and who gives them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dating {
    /// The days.
    pub time: Interval,
    /// Report ids.
    pub reports: Vec<String>,
    /// How many independent lineages give them.
    pub independent_sources: usize,
    /// The words that say when.
    pub evidence: Vec<Citation>,
}

/// A count worked out from a share and the whole told beside it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DerivedValue {
    /// The whole times the share.
    #[serde(serialize_with = "plain_number")]
    pub value: f64,
    /// `exact`, `at_least`, `at_most` or `about`.
    pub bound: String,
    /// The words that state the whole.
    pub whole: Citation,
}

/// A figure somebody gives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureEntry {
    /// Id within the record.
    pub id: String,
    /// `killed`, `injured`, `displaced`, …
    pub measure: String,
    /// What is counted, as told.
    pub of: String,
    /// The value.
    #[serde(serialize_with = "plain_number")]
    pub value: f64,
    /// `exact`, `at_least`, `at_most`, `about` or `range`.
    pub bound: String,
    /// Lowest value meant.
    #[serde(serialize_with = "plain_number_if_any")]
    pub low: Option<f64>,
    /// Highest value meant.
    #[serde(serialize_with = "plain_number_if_any")]
    pub high: Option<f64>,
    /// What the value is counted in: `people`, `usd`, `percent`, `years`, `share`, a noun, or nothing.
    #[serde(default)]
    pub unit: String,
    /// What a share comes to, where the whole is told beside it: worked out, said by nobody.
    pub derived: Option<DerivedValue>,
    /// Actor ids, innermost first.
    pub attributed_to: Vec<String>,
    /// The words that name them.
    pub attributed_evidence: Vec<Citation>,
    /// As of when.
    pub as_of: Option<Interval>,
    /// Counted since when.
    pub since: Option<Interval>,
    /// Place id of where it is told of.
    pub place: Option<String>,
    /// The event it counts for.
    pub event: Option<String>,
    /// The words that say it.
    pub evidence: Citation,
    /// Under which id it is judged, and how.
    #[serde(flatten)]
    pub judged: Judged,
}

/// What is counted in the same way of the same thing, in order of time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// Id within the record.
    pub id: String,
    /// `killed`, `injured`, `displaced`, …
    pub measure: String,
    /// What the values are counted in.
    pub unit: String,
    /// What is counted, as most tell it.
    pub of: String,
    /// Event id, if it counts for one.
    pub event: Option<String>,
    /// Place id, if it counts for one.
    pub place: Option<String>,
    /// The values: by the day as of which they are told, or else the day of publication.
    pub points: Vec<SeriesPoint>,
}

/// One value of a series, with all who give it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeriesPoint {
    /// As of when: as told, or else the day of the report.
    pub day: Option<Interval>,
    /// The value.
    #[serde(serialize_with = "plain_number")]
    pub value: f64,
    /// `exact`, `at_least`, `at_most`, `about` or `range`.
    pub bound: String,
    /// Highest value meant, of a range.
    #[serde(serialize_with = "plain_number_if_any", default)]
    pub high: Option<f64>,
    /// Who is said to say so: names as written, or nothing where the reports say it themselves.
    pub according_to: Vec<String>,
    /// Figure ids.
    pub figures: Vec<String>,
    /// Report ids.
    pub reports: Vec<String>,
    /// How many independent lineages give it.
    pub independent_sources: usize,
    /// The words.
    pub evidence: Vec<Citation>,
}

/// A whole number is written without a fraction, so that 400000 stays 400000.
pub(crate) fn json_number(value: f64) -> serde_json::Value {
    const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53: above it f64 has no exact integers
    if value.fract() == 0.0 && value.abs() < EXACT {
        serde_json::Value::from(value as i64)
    } else {
        serde_json::Value::from(value)
    }
}

fn plain_number<S: serde::Serializer>(value: &f64, to: S) -> Result<S::Ok, S::Error> {
    json_number(*value).serialize(to)
}

fn plain_number_if_any<S: serde::Serializer>(
    value: &Option<f64>,
    to: S,
) -> Result<S::Ok, S::Error> {
    value.map(json_number).serialize(to)
}
