//! Tellings: event mentions with what they stand for; and happenings: sets of them taken for one event.

use crate::anchoring;
use crate::days::Days;
use crate::joining;
use crate::participants::{Participants, head_phrase};
use crate::publication;
use crate::tolls;
use crate::witnesses::Witnesses;
use crate::wording::{Wording, Words, clause_at, lexeme};
use compact_str::CompactString;
use rustc_hash::FxHashSet;
use variorum_identity::ActorKind;
use variorum_model::{EventMention, EventType, Modality, Span};

/// One mention with what it stands for.
#[derive(Debug, Clone)]
pub(crate) struct Telling {
    pub(crate) report: u32,
    /// Index into the report's codings.
    pub(crate) event: u32,
    /// What the event is coded as; here too, since most pairs of tellings are told apart by no more.
    pub(crate) kind: EventType,
    pub(crate) mode: &'static str,
    pub(crate) modality: Modality,
    pub(crate) actors: Vec<u32>,
    pub(crate) recipients: Vec<u32>,
    pub(crate) place: Option<u32>,
    /// Where its place is not told: that of the consultation told before it, of which it is a part or
    /// the next step ("he also met", "later they called on").
    pub(crate) setting: Option<u32>,
    /// The words of its report that name the setting.
    pub(crate) setting_words: Option<Span>,
    pub(crate) days: Days,
    /// The days that are left for it where it gives none: what is told has happened by the day of
    /// publication, and the lead tells news.
    pub(crate) left: Days,
    /// The words of its clause.
    pub(crate) wording: Wording,
    /// All places that its clause names.
    pub(crate) places: Vec<u32>,
    /// Who is named in the phrases of those who act: the body that a spokesman speaks for, too.
    pub(crate) voices: Vec<u32>,
    /// Those who take part, in order, each once.
    pub(crate) parties: Vec<u32>,
    /// The persons among them.
    pub(crate) people: Vec<u32>,
    /// The states that they are of, in order, each once.
    pub(crate) states: Vec<CompactString>,
    /// How those of them without a name are described, in lower case.
    pub(crate) described: Vec<CompactString>,
    /// The sense of the verb or noun that heads its clause.
    pub(crate) act: Option<CompactString>,
    /// Whether the word for the act is one for killing or hurting.
    pub(crate) is_harm: bool,
    /// The first letters of the word for the act.
    pub(crate) stem: CompactString,
}

impl Telling {
    /// Whether no category names it.
    pub(crate) fn is_plain(&self) -> bool {
        self.kind == EventType::Other
    }
}

/// A set of tellings taken for one event.
#[derive(Debug, Clone)]
pub(crate) struct Happening {
    pub(crate) tellings: Vec<Telling>,
    pub(crate) merges: Vec<String>,
}

impl Happening {
    /// The reports that tell it, each once, in order.
    pub(crate) fn reports(&self) -> Vec<u32> {
        let mut list: Vec<u32> = self.tellings.iter().map(|t| t.report).collect();
        list.sort_unstable();
        list.dedup();
        list
    }

    /// Whether it is no more than people killed or hurt: no doer, place or other act is told of it.
    pub(crate) fn is_bare(&self, witnesses: &Witnesses<'_>) -> bool {
        self.tellings.iter().all(|t| tolls::is_toll(witnesses, t))
    }

    /// Whether it is told as one act: within two days, nobody both dealing and taking blows.
    pub(crate) fn is_one_blow(&self) -> bool {
        let days = self.days();
        let hit: FxHashSet<u32> =
            self.tellings.iter().flat_map(|t| &t.recipients).copied().collect();
        let both = |t: &Telling| t.actors.iter().any(|a| hit.contains(a));
        (days.is_unknown() || days.is_day_precise()) && !self.tellings.iter().any(both)
    }

    /// The days that any telling gives, from first to last.
    pub(crate) fn days(&self) -> Days {
        // A precise telling says more than a vague one: the hull is of the precise, if any.
        let precise: Vec<&Telling> =
            self.tellings.iter().filter(|t| t.days.is_day_precise()).collect();
        if precise.is_empty() {
            return self.tellings.iter().fold(Days::default(), |d, t| d.hull(&t.days));
        }
        precise.iter().fold(Days::default(), |d, t| d.hull(&t.days))
    }
}

/// Letters by which words for an act are taken for one word.
const STEM: usize = 5;

/// All tellings of the reports at hand.
pub(crate) fn tellings(
    witnesses: &Witnesses<'_>,
    participants: &mut Participants,
    words: &Words,
) -> Vec<Telling> {
    let mut all = Vec::new();
    for report in 0..witnesses.reports.len() as u32 {
        for i in 0..witnesses.told_count(report) {
            let event = witnesses.told(report, i);
            let (actors, recipients) = if event.kind == EventType::Other {
                participants.named_of_event(witnesses, report, event)
            } else {
                participants.of_event(witnesses, report, event)
            };
            let mut voices = voices(witnesses, report, event);
            voices.extend(actors.iter().filter(|&&a| participants.is_named(a)));
            voices.sort_unstable();
            voices.dedup();
            let mut parties: Vec<u32> = actors.iter().chain(&recipients).copied().collect();
            parties.sort_unstable();
            parties.dedup();
            let clause = clause_at(witnesses, report, event.trigger);
            let written = event.trigger.of(&witnesses.report(report).text).to_lowercase();
            all.push(Telling {
                people: people(participants, &parties),
                states: states(participants, &parties),
                described: described(participants, &parties),
                parties,
                act: clause.map(|c| lexeme(&c.lemma).into()),
                is_harm: clause.is_some_and(|c| tolls::is_harm(c, event.trigger)),
                stem: written.chars().take(STEM).collect(),
                report,
                event: i,
                kind: event.kind,
                mode: event.mode,
                modality: event.modality,
                actors,
                recipients,
                place: event.place.and_then(|span| place_of(witnesses, report, span)),
                setting: None,
                setting_words: None,
                days: anchoring::days_of(witnesses, report, event),
                left: publication::left_for(witnesses, report, event),
                wording: wording(witnesses, words, report, event),
                places: places_in(witnesses, report, event),
                voices,
            });
        }
    }
    carry_settings(witnesses, participants, &mut all);
    all
}

fn people(participants: &Participants, parties: &[u32]) -> Vec<u32> {
    let person = |a: &u32| participants.actors[*a as usize].kind == ActorKind::Person;
    parties.iter().copied().filter(person).collect()
}

fn states(participants: &Participants, parties: &[u32]) -> Vec<CompactString> {
    let country = |&a: &u32| participants.actors[a as usize].country.as_deref();
    let mut found: Vec<CompactString> =
        parties.iter().filter_map(country).map(CompactString::from).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn described(participants: &Participants, parties: &[u32]) -> Vec<CompactString> {
    let unnamed = parties.iter().filter(|&&a| !participants.is_named(a));
    unnamed
        .map(|&a| head_phrase(&participants.actors[a as usize].name).to_lowercase().into())
        .collect()
}

/// Gives consultations without a place that of the one told before them in the report, if somebody
/// takes part in both. What is told between of people without names ("the two sides discussed") is of
/// the one before.
fn carry_settings(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    tellings: &mut [Telling],
) {
    let mut order: Vec<usize> = (0..tellings.len()).collect();
    order.retain(|&i| coded(witnesses, &tellings[i]).kind == EventType::Consult);
    order.sort_by_key(|&i| (tellings[i].report, coded(witnesses, &tellings[i]).trigger));
    let mut before: Option<usize> = None;
    for i in order {
        let here = &tellings[i];
        if !here.parties.iter().any(|&a| participants.is_named(a)) {
            continue;
        }
        let last = before.replace(i).map(|b| &tellings[b]);
        let Some(last) = last.filter(|l| l.report == here.report) else { continue };
        let company = last.parties.iter().any(|a| here.parties.contains(a));
        let remote = coded(witnesses, here).mode == "phone";
        if company && !remote && here.place.is_none() {
            let words = coded(witnesses, last).place.filter(|_| last.place.is_some());
            let (setting, words) = (last.place.or(last.setting), words.or(last.setting_words));
            (tellings[i].setting, tellings[i].setting_words) = (setting, words);
        }
    }
}

/// Furthest that a word of an event's phrase stands from the verb of its clause, in bytes.
const CLAUSE_REACH: u32 = 500;

/// The words that tell an event: those of its clause; for a statement, those of what is said.
fn wording(witnesses: &Witnesses<'_>, words: &Words, report: u32, event: &EventMention) -> Wording {
    if event.kind == EventType::Statement {
        let clauses = &witnesses.codings(report).clauses;
        let said = &witnesses.annotations(report).quotations;
        let said = said.iter().find(|q| q.cue.is_some_and(|c| c.overlaps(event.trigger)));
        let Some(said) = said else { return Wording::new() };
        let from = clauses.partition_point(|c| c.verb.start < said.span.start);
        let inside = clauses[from..].iter().take_while(|c| c.verb.end <= said.span.end);
        return words.wording(witnesses, report, inside.flat_map(|c| &c.words));
    }
    let Some(clause) = clause_at(witnesses, report, event.trigger) else { return Wording::new() };
    if clause.verb.overlaps(event.trigger) {
        return words.wording(witnesses, report, clause.words.iter());
    }
    // Of several acts told by nouns in one clause each has the words up to the next.
    let others = witnesses.codings(report).events.iter().map(|e| e.trigger);
    let others = others.filter(|t| clause.span.contains(*t) && *t != event.trigger);
    let (mut from, mut to) = (0, u32::MAX);
    for other in others {
        if other.start >= event.trigger.end {
            to = to.min(other.start);
        } else {
            from = event.trigger.start;
        }
    }
    let own = clause.words.iter().filter(|(_, s)| s.start >= from && s.start < to);
    // "The blast in Leer, which killed four": the clause that counts the dead has the blast without its place.
    let clauses = &witnesses.codings(report).clauses;
    let around = clauses.partition_point(|c| c.verb.end + CLAUSE_REACH < event.span.start);
    let around =
        clauses[around..].iter().take_while(|c| c.verb.start < event.span.end + CLAUSE_REACH);
    let phrase = around.flat_map(|c| &c.words).filter(|(_, s)| event.span.contains(*s));
    words.wording(witnesses, report, own.chain(phrase))
}

/// The places that the clause of an event names.
fn places_in(witnesses: &Witnesses<'_>, report: u32, event: &EventMention) -> Vec<u32> {
    let clause = clause_at(witnesses, report, event.trigger).map_or(event.span, |c| c.span);
    places_within(witnesses, report, clause.join(event.span))
}

/// The places named in a stretch of a report.
pub(crate) fn places_within(witnesses: &Witnesses<'_>, report: u32, clause: Span) -> Vec<u32> {
    let mentions = &witnesses.annotations(report).mentions;
    let from = mentions.partition_point(|m| m.span.end <= clause.start);
    let inside = mentions.iter().enumerate().skip(from);
    let mut found: Vec<u32> = inside
        .take_while(|(_, m)| m.span.start < clause.end)
        .filter_map(|(i, _)| witnesses.identities.place_of[report as usize][i])
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Those named in the phrases of an event's actors.
fn voices(witnesses: &Witnesses<'_>, report: u32, event: &EventMention) -> Vec<u32> {
    let mentions = &witnesses.annotations(report).mentions;
    let mut found: Vec<u32> = Vec::new();
    for span in &event.actors {
        let from = mentions.partition_point(|m| m.span.end <= span.start);
        let inside = mentions.iter().enumerate().skip(from);
        found.extend(
            inside
                .take_while(|(_, m)| m.span.start < span.end)
                .filter_map(|(i, _)| witnesses.identities.actor_of[report as usize][i]),
        );
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The place that a phrase names.
pub(crate) fn place_of(witnesses: &Witnesses<'_>, report: u32, span: Span) -> Option<u32> {
    let places = &witnesses.identities.place_of[report as usize];
    let mentions = &witnesses.annotations(report).mentions;
    let named = |i: usize| places.get(i).copied().flatten();
    let at = mentions.iter().position(|m| m.span == span);
    at.and_then(named).or_else(|| {
        let inside = mentions.iter().enumerate().filter(|(_, m)| span.contains(m.span));
        inside.filter_map(|(i, _)| named(i)).next_back()
    })
}

/// Parts the tellings into happenings, in order of their first telling.
pub(crate) fn happenings(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    words: &Words,
    tellings: Vec<Telling>,
) -> Vec<Happening> {
    let mut found: Vec<Happening> = joining::groups(witnesses, participants, words, &tellings)
        .into_iter()
        .map(|(members, merges)| Happening {
            tellings: members.into_iter().map(|i| tellings[i].clone()).collect(),
            merges,
        })
        .collect();
    found.retain(|h| tells(witnesses, h));
    found.sort_by_key(|h| (h.tellings[0].report, h.tellings[0].event));
    found
}

/// Whether a happening belongs in the record: a clause that no category names does when two reports
/// or more tell it, neither a copy, or it has a named party, a day or a place.
fn tells(witnesses: &Witnesses<'_>, happening: &Happening) -> bool {
    let tellings = &happening.tellings;
    if tellings.iter().any(|t| coded(witnesses, t).kind != EventType::Other) {
        return true;
    }
    let placed = tellings.iter().any(|t| {
        !t.actors.is_empty()
            || !t.recipients.is_empty()
            || t.place.is_some()
            || t.days.is_day_precise()
    });
    let copied = |r: &u32| witnesses.stories.placements[*r as usize].duplicate_of.is_some();
    let written = happening.reports().iter().filter(|r| !copied(r)).count();
    happening.reports().len() > 1 && (placed || written > 1)
}

/// The event that a telling tells.
pub(crate) fn coded<'w>(witnesses: &'w Witnesses<'_>, telling: &Telling) -> &'w EventMention {
    witnesses.told(telling.report, telling.event)
}
