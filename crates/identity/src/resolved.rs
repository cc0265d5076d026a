//! Who and where, across reports: what [`crate::resolve`] hands on.

use crate::leaders::Leader;
use variorum_model::{Office, Span};

/// What sort of actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActorKind {
    /// A human being.
    Person,
    /// A body with members.
    Organization,
    /// A country, or its government under the name of the country or its capital.
    Country,
    /// A people, armed group or movement.
    Group,
}

impl ActorKind {
    /// The kind as the contract writes it.
    pub fn name(self) -> &'static str {
        match self {
            ActorKind::Person => "person",
            ActorKind::Organization => "organization",
            ActorKind::Country => "country",
            ActorKind::Group => "group",
        }
    }
}

/// A stretch of one of the reports at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Located {
    /// Index of the report.
    pub report: u32,
    /// Where in its text.
    pub span: Span,
}

/// What the list of leaders has of a person: codes, and no fact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Listing {
    /// The entry.
    pub leader: Leader,
    /// Sector of PLOVER of the office held when the first report came out: "GOV".
    pub sector: &'static str,
    /// Why the person has them.
    pub rule: &'static str,
}

/// One actor with every mention of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolvedActor {
    /// What sort.
    pub kind: ActorKind,
    /// The fullest common form of the name.
    pub name: String,
    /// ISO 3166-1 alpha-3 code.
    pub country: Option<String>,
    /// The entry of a person in the list of leaders.
    pub listed: Option<Listing>,
    /// Mentions by name and by what refers to the name, in order.
    pub mentions: Vec<Located>,
    /// Written forms of the name, the most frequent first.
    pub variants: Vec<String>,
    /// Offices said to be held, each with its report's index.
    pub offices: Vec<(u32, Office)>,
    /// Why the forms were taken for one: a line a merge.
    pub merges: Vec<String>,
}

/// One place with every mention of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolvedPlace {
    /// Name.
    pub name: String,
    /// ISO 3166-1 alpha-3 code.
    pub country: Option<String>,
    /// Whether it is a whole country.
    pub is_country: bool,
    /// Latitude and longitude in degrees, if known.
    pub point: Option<(f64, f64)>,
    /// Every mention, in order.
    pub mentions: Vec<Located>,
}

/// Actors and places of a set of reports, and which mention names which.
#[derive(Debug, Clone, Default)]
pub struct Identities {
    /// Actors, in order of their first mention.
    pub actors: Vec<ResolvedActor>,
    /// Places, in order of their first mention.
    pub places: Vec<ResolvedPlace>,
    /// For each report, for each of its mentions: the actor it names.
    pub actor_of: Vec<Vec<Option<u32>>>,
    /// For each report, for each of its mentions: the place it names. A country that acts has both.
    pub place_of: Vec<Vec<Option<u32>>>,
}
