//! Event mentions and the records that event lists lack.

use crate::{Modality, Span};
use compact_str::CompactString;
use serde::{Deserialize, Serialize};

/// PLOVER 0.8 categories, with statements (CAMEO 01) and changes of office beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)] // the names are the manual's
pub enum EventType {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
    Statement,
    Appoint,
    /// Told, but in no category: an arrival, a wedding, a change of weather. No coder gives it.
    Other,
}

impl EventType {
    /// The category's name as PLOVER writes it.
    pub fn name(self) -> &'static str {
        use EventType::*;
        match self {
            Agree => "AGREE",
            Consult => "CONSULT",
            Support => "SUPPORT",
            Concede => "CONCEDE",
            Cooperate => "COOPERATE",
            Aid => "AID",
            Retreat => "RETREAT",
            Request => "REQUEST",
            Accuse => "ACCUSE",
            Reject => "REJECT",
            Threaten => "THREATEN",
            Protest => "PROTEST",
            Sanction => "SANCTION",
            Mobilize => "MOBILIZE",
            Coerce => "COERCE",
            Assault => "ASSAULT",
            Statement => "STATEMENT",
            Appoint => "APPOINT",
            Other => "OTHER",
        }
    }

    /// The category called `name`, if there is one; [`EventType::Other`] is none.
    pub fn named(name: &str) -> Option<EventType> {
        use EventType::*;
        [
            Agree, Consult, Support, Concede, Cooperate, Aid, Retreat, Request, Accuse, Reject,
            Threaten, Protest, Sanction, Mobilize, Coerce, Assault, Statement, Appoint,
        ]
        .into_iter()
        .find(|t| t.name() == name)
    }
}

/// One mention of an event.
#[derive(Debug, Clone, PartialEq)]
pub struct EventMention {
    /// PLOVER category.
    pub kind: EventType,
    /// PLOVER mode (`visit`, `phone`, `aerial`, …), or empty.
    pub mode: &'static str,
    /// PLOVER contexts.
    pub contexts: Vec<&'static str>,
    /// CAMEO code, as fine as the text supports.
    pub cameo: &'static str,
    /// Whether it is said to have happened.
    pub modality: Modality,
    /// The words that name the act.
    pub trigger: Span,
    /// The clause that tells it.
    pub span: Span,
    /// Who acts; all parties of a reciprocal event. Phrases as written (names, offices, pronouns).
    pub actors: Vec<Span>,
    /// Whom it is done to.
    pub recipients: Vec<Span>,
    /// Where, as written.
    pub place: Option<Span>,
    /// When: index into [`crate::Annotations::times`].
    pub time: Option<u32>,
    /// Who says so, innermost first, as written.
    pub reported_by: Vec<Span>,
    /// What was talked about, for meetings, as written.
    pub agenda: Option<Span>,
    /// The rule or model that decided.
    pub rule: String,
    /// Chance that it is right, in [0,1].
    pub confidence: f32,
}

/// What sort of accord.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AccordKind {
    /// A ceasefire, truce, cessation of hostilities.
    Ceasefire,
    /// Another agreement, deal, treaty.
    Agreement,
    /// A round of talks.
    Talks,
}

/// An accord as one report tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Accord {
    /// What sort.
    pub kind: AccordKind,
    /// Index into [`Codings::events`] of the event that tells it.
    pub event: u32,
    /// Who brokered it.
    pub brokers: Vec<Span>,
    /// Between whom.
    pub parties: Vec<Span>,
    /// To whom it does not apply.
    pub exempt: Vec<Span>,
    /// When it came or comes into force: index into the times.
    pub in_force: Option<u32>,
    /// Phrases that tell how it stands ("fragile", "largely holding").
    pub status: Vec<Span>,
    /// Indices into [`Codings::events`] of acts told as breaches.
    pub breaches: Vec<u32>,
}

/// A task said to be held by or given to somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Mandate {
    /// The phrase that names the task.
    pub span: Span,
    /// Who holds it.
    pub holder: Option<Span>,
    /// Who gave it.
    pub giver: Option<Span>,
    /// For what or over whom.
    pub scope: Option<Span>,
}

/// A figure: a quantity that somebody gives for something.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Index into [`crate::Annotations::quantities`].
    pub quantity: u32,
    /// Number, unit and measure together: the characters that say it.
    pub span: Span,
    /// Who gives it, innermost first.
    pub attributed_to: Vec<Span>,
    /// As of when: index into the times.
    pub as_of: Option<u32>,
    /// Counted since when ("since March"): index into the times.
    pub since: Option<u32>,
    /// Where: as written.
    pub place: Option<Span>,
    /// Index into [`Codings::events`] of the event it counts for, if one was found.
    pub event: Option<u32>,
}

/// A clause as the report words it, whatever it tells: a verb with all that it governs.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// From its first to its last word, clauses inside it that stand at the edge cut off.
    pub span: Span,
    /// Its verb.
    pub verb: Span,
    /// Dictionary form of the verb, lower-cased.
    pub lemma: CompactString,
    /// Whether what it tells is said to have happened.
    pub modality: Modality,
    /// Phrases for who does it, voice undone.
    pub subjects: Vec<Span>,
    /// Phrases for what it is done to.
    pub objects: Vec<Span>,
    /// Its nouns, verbs, adjectives and names in text order: dictionary form, and where.
    pub words: Vec<(CompactString, Span)>,
    /// When: index into [`crate::Annotations::times`].
    pub time: Option<u32>,
    /// Who says so, innermost first, as written.
    pub reported_by: Vec<Span>,
    /// It stands in the title.
    pub title: bool,
}

/// All that the events stage codes in one report.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Codings {
    /// Event mentions in text order.
    pub events: Vec<EventMention>,
    /// Accords.
    pub accords: Vec<Accord>,
    /// Mandates.
    pub mandates: Vec<Mandate>,
    /// Figures in text order.
    pub figures: Vec<Figure>,
    /// Clauses in text order of their verbs.
    pub clauses: Vec<Clause>,
}
