//! Which event mentions tell one happening.
//!
//! Pairs are weighed by who took part, where, when, how and in which story; a pair may be vetoed
//! outright (two calls between the same two people on different days are two calls). Pairs are
//! joined from the strongest down, never across a veto, and each join keeps its reason.

use crate::anchoring;
use crate::days::Days;
use crate::participants::Participants;
use crate::publication;
use crate::tolls;
use crate::vetoes::{family, vetoed};
use crate::weighing::weigh;
use crate::witnesses::Witnesses;
use crate::wording::{Wording, Words, clause_at};
use rustc_hash::FxHashMap;
use variorum_model::{EventMention, EventType, Span};

/// One mention with what it stands for.
#[derive(Debug, Clone)]
pub(crate) struct Telling {
    pub(crate) report: u32,
    /// Index into the report's codings.
    pub(crate) event: u32,
    pub(crate) actors: Vec<u32>,
    pub(crate) recipients: Vec<u32>,
    pub(crate) place: Option<u32>,
    /// Where its place is not told: that of the consultation told before it, of which it is a part or
    /// the next step ("he also met", "later they called on").
    pub(crate) setting: Option<u32>,
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
}

impl Telling {
    /// Whether no category names it.
    pub(crate) fn is_plain(&self, witnesses: &Witnesses<'_>) -> bool {
        coded(witnesses, self).kind == EventType::Other
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
        let both = |t: &Telling| {
            let other = |a: &u32| self.tellings.iter().any(|o| o.recipients.contains(a));
            t.actors.iter().any(other)
        };
        let days = self.days();
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

/// Weight of a word from which it proposes pairs.
const RARE: f32 = 2.4;
/// Pairs compared for one block at the most; a larger block is thinned to its first mentions.
const BLOCK: usize = 400;

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
            all.push(Telling {
                report,
                event: i,
                actors,
                recipients,
                place: event.place.and_then(|span| place_of(witnesses, report, span)),
                setting: None,
                days: anchoring::days_of(witnesses, report, event),
                left: publication::left_for(witnesses, report, event),
                wording: wording(witnesses, words, report, event),
                places: places_in(witnesses, report, event),
                voices,
            });
        }
    }
    carry_settings(witnesses, &mut all);
    all
}

/// Gives consultations without a place that of the one told before them in the report, if somebody
/// takes part in both.
fn carry_settings(witnesses: &Witnesses<'_>, tellings: &mut [Telling]) {
    let mut order: Vec<usize> = (0..tellings.len()).collect();
    order.retain(|&i| coded(witnesses, &tellings[i]).kind == EventType::Consult);
    order.sort_by_key(|&i| (tellings[i].report, coded(witnesses, &tellings[i]).trigger));
    for pair in order.windows(2) {
        let (before, here) = (&tellings[pair[0]], &tellings[pair[1]]);
        let together = |a: &u32| here.actors.contains(a) || here.recipients.contains(a);
        let company = before.actors.iter().chain(&before.recipients).any(together);
        let remote = coded(witnesses, here).mode == "phone";
        let setting = before.place.or(before.setting);
        if before.report == here.report && company && !remote && here.place.is_none() {
            tellings[pair[1]].setting = setting;
        }
    }
}

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
    words.wording(witnesses, report, own)
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
    let pairs = weighed_pairs(witnesses, participants, words, &tellings);
    let mut group: Vec<usize> = (0..tellings.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..tellings.len()).map(|i| vec![i]).collect();
    let mut reasons: Vec<Vec<String>> = vec![Vec::new(); tellings.len()];
    for pair in pairs {
        let (a, b) = (group[pair.a], group[pair.b]);
        if a == b || vetoed_groups(witnesses, participants, &tellings, &members[a], &members[b]) {
            continue;
        }
        let (keep, gone) = (a.min(b), a.max(b));
        let moved = std::mem::take(&mut members[gone]);
        for &m in &moved {
            group[m] = keep;
        }
        members[keep].extend(moved);
        let lost = std::mem::take(&mut reasons[gone]);
        reasons[keep].extend(lost);
        reasons[keep].push(pair.reason);
    }
    let mut found: Vec<Happening> = members
        .into_iter()
        .zip(reasons)
        .filter(|(m, _)| !m.is_empty())
        .map(|(mut m, mut merges)| {
            m.sort_unstable();
            merges.sort();
            merges.dedup();
            Happening { tellings: m.into_iter().map(|i| tellings[i].clone()).collect(), merges }
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

/// A weight that is put in order.
#[derive(PartialEq)]
struct Weight(f32);

impl Eq for Weight {}

impl PartialOrd for Weight {
    fn partial_cmp(&self, other: &Weight) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Weight {
    fn cmp(&self, other: &Weight) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

struct Pair {
    a: usize,
    b: usize,
    weight: f32,
    reason: String,
}

/// Pairs heavy enough to join, the heaviest first.
fn weighed_pairs(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    words: &Words,
    tellings: &[Telling],
) -> Vec<Pair> {
    let mut blocks: FxHashMap<(u8, u32, u32), Vec<usize>> = FxHashMap::default();
    for (i, t) in tellings.iter().enumerate() {
        let family = family(coded(witnesses, t).kind);
        // Words join what categories part.
        for &word in t.wording.iter().filter(|&&w| words.weight(w) >= RARE) {
            blocks.entry((u8::MAX, 4, word)).or_default().push(i);
        }
        for &actor in t.actors.iter().chain(&t.recipients) {
            if participants.is_named(actor) {
                blocks.entry((family, 0, actor)).or_default().push(i);
            }
        }
        if let Some(place) = t.place {
            blocks.entry((family, 1, place)).or_default().push(i);
        }
        if let Some(day) = t.days.earliest.filter(|_| t.days.is_day_precise()) {
            let number = i32::from(day.year()) * 400 + i32::from(day.day_of_year());
            blocks.entry((family, 2, number as u32)).or_default().push(i);
        }
        let event = witnesses.stories.placements[t.report as usize].event;
        blocks.entry((family, 3, event)).or_default().push(i);
    }
    let mut keys: Vec<(usize, usize)> = Vec::new();
    for block in blocks.values() {
        let block = &block[..block.len().min(BLOCK)];
        for (n, &a) in block.iter().enumerate() {
            keys.extend(block[n + 1..].iter().map(|&b| (a.min(b), a.max(b))));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    let mut pairs: Vec<Pair> = keys
        .into_iter()
        .filter_map(|(a, b)| {
            let found = weigh(witnesses, participants, words, &tellings[a], &tellings[b])?;
            Some(Pair { a, b, weight: found.weight, reason: found.reason })
        })
        .collect();
    pairs.extend(tolls::of_blows(witnesses, tellings).map(|(a, b)| Pair {
        a,
        b,
        weight: f32::INFINITY,
        reason: "the toll of the act told with it".to_owned(),
    }));
    // Acts that categories name are joined before clauses that may tell of any of them.
    let plain = |i: usize| tellings[i].is_plain(witnesses);
    let key = |p: &Pair| (plain(p.a) || plain(p.b), std::cmp::Reverse(Weight(p.weight)), p.a, p.b);
    pairs.sort_by_cached_key(key);
    pairs
}

/// The event that a telling tells.
pub(crate) fn coded<'w>(witnesses: &'w Witnesses<'_>, telling: &Telling) -> &'w EventMention {
    witnesses.told(telling.report, telling.event)
}

fn vetoed_groups(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    tellings: &[Telling],
    a: &[usize],
    b: &[usize],
) -> bool {
    a.iter()
        .any(|&i| b.iter().any(|&j| vetoed(witnesses, participants, &tellings[i], &tellings[j])))
}
