//! Which event mentions tell one happening.
//!
//! Pairs are weighed by who took part, where, when, how and in which story; a pair may be vetoed
//! outright (two calls between the same two people on different days are two calls). Pairs are
//! joined from the strongest down, never across a veto, and each join keeps its reason.

use crate::anchoring;
use crate::days::{Days, Relation};
use crate::participants::{Participants, head_phrase};
use crate::witnesses::Witnesses;
use rustc_hash::FxHashMap;
use variorum_identity::ActorKind;
use variorum_model::{EventMention, EventType, Modality};

/// One mention with what it stands for.
#[derive(Debug, Clone)]
pub(crate) struct Telling {
    pub(crate) report: u32,
    /// Index into the report's codings.
    pub(crate) event: u32,
    pub(crate) actors: Vec<u32>,
    pub(crate) recipients: Vec<u32>,
    pub(crate) place: Option<u32>,
    pub(crate) days: Days,
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

/// The weight from which a pair within one story is taken for one event.
const JOIN: f32 = 4.0;
/// The weight needed when the two reports tell different stories.
const JOIN_ACROSS_STORIES: f32 = 6.0;
/// Pairs compared for one block at the most; a larger block is thinned to its first mentions.
const BLOCK: usize = 400;

/// All tellings of the reports at hand.
pub(crate) fn tellings(witnesses: &Witnesses<'_>, participants: &mut Participants) -> Vec<Telling> {
    let mut all = Vec::new();
    for report in 0..witnesses.reports.len() as u32 {
        for (i, event) in witnesses.codings(report).events.iter().enumerate() {
            let (actors, recipients) = participants.of_event(witnesses, report, event);
            all.push(Telling {
                report,
                event: i as u32,
                actors,
                recipients,
                place: event.place.and_then(|span| place_of(witnesses, report, span)),
                days: anchoring::days_of(witnesses, report, event),
            });
        }
    }
    all
}

/// The place that a phrase names.
pub(crate) fn place_of(
    witnesses: &Witnesses<'_>,
    report: u32,
    span: variorum_model::Span,
) -> Option<u32> {
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
    tellings: Vec<Telling>,
) -> Vec<Happening> {
    let pairs = weighed_pairs(witnesses, participants, &tellings);
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
    found.sort_by_key(|h| (h.tellings[0].report, h.tellings[0].event));
    found
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
    tellings: &[Telling],
) -> Vec<Pair> {
    let mut blocks: FxHashMap<(u8, u32, u32), Vec<usize>> = FxHashMap::default();
    for (i, t) in tellings.iter().enumerate() {
        let family = family(coded(witnesses, t).kind);
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
        .filter_map(|(a, b)| weigh(witnesses, participants, a, &tellings[a], b, &tellings[b]))
        .collect();
    pairs.sort_by(|x, y| y.weight.total_cmp(&x.weight).then((x.a, x.b).cmp(&(y.a, y.b))));
    pairs
}

fn coded<'w>(witnesses: &Witnesses<'w>, telling: &Telling) -> &'w EventMention {
    &witnesses.codings(telling.report).events[telling.event as usize]
}

/// Types that tell one another's happenings: an agreement is told as the meeting that made it less
/// often than as itself, but a concession and a retreat, or a coercion and an assault, are one root.
fn family(kind: EventType) -> u8 {
    match kind {
        EventType::Concede | EventType::Retreat => EventType::Retreat as u8,
        EventType::Aid | EventType::Cooperate => EventType::Aid as u8,
        other => other as u8,
    }
}

/// The weight of a pair, or `None` when it is vetoed or too light.
fn weigh(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    a: usize,
    x: &Telling,
    b: usize,
    y: &Telling,
) -> Option<Pair> {
    if vetoed(witnesses, participants, x, y) {
        return None;
    }
    let (ex, ey) = (coded(witnesses, x), coded(witnesses, y));
    let mut weight = 0.0;
    let mut why: Vec<String> = Vec::new();
    let company = shared_company(witnesses, participants, x, y, &mut why);
    weight += company;
    match x.days.relation(&y.days) {
        Relation::Overlapping if x.days.is_day_precise() && y.days.is_day_precise() => {
            weight += 2.0;
            why.push("same day".to_owned());
        }
        Relation::Overlapping => {
            weight += 0.7;
            why.push("dates agree".to_owned());
        }
        Relation::Apart(days) => {
            weight -= 0.3 * days as f32;
            why.push(format!("dates {days} day(s) apart"));
        }
        Relation::Unknown => {}
    }
    if let (Some(p), Some(q)) = (x.place, y.place)
        && p == q
    {
        let place = &witnesses.identities.places[p as usize];
        weight += if place.is_country { 0.5 } else { 1.5 };
        why.push(format!("same place: {}", place.name));
    }
    if !ex.mode.is_empty() && ex.mode == ey.mode {
        weight += 0.7;
        why.push(format!("both {}", ex.mode));
    }
    if same_trigger(witnesses, x, y) {
        weight += 1.0;
        why.push("same word for the act".to_owned());
    }
    if x.report != y.report && witnesses.same_event(x.report, y.report) {
        weight += 1.0;
        why.push("reports of one event".to_owned());
    }
    if asserted(ex.modality) != asserted(ey.modality) {
        weight -= 0.7;
    }
    let needed = if witnesses.same_story(x.report, y.report) { JOIN } else { JOIN_ACROSS_STORIES };
    // One state in common is little: states do much with many.
    let needed = if company < 1.5 { needed + 1.0 } else { needed };
    // Without a shared party, place and time alone join only what is told in the same words.
    if company <= 0.0 && weight < needed + 0.5 {
        return None;
    }
    (weight >= needed).then(|| Pair { a, b, weight, reason: why.join("; ") })
}

/// Weight of the parties that both tellings name, in the same part or both ways round.
fn shared_company(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    x: &Telling,
    y: &Telling,
    why: &mut Vec<String>,
) -> f32 {
    let parties = |t: &Telling| -> Vec<u32> {
        let mut all: Vec<u32> = t.actors.iter().chain(&t.recipients).copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let (px, py) = (parties(x), parties(y));
    let mut weight = 0.0;
    let mut names: Vec<&str> = Vec::new();
    for &actor in px.iter().filter(|a| py.contains(a)) {
        let actor = &participants.actors[actor as usize];
        weight += match actor.kind {
            ActorKind::Person => 2.0,
            ActorKind::Organization | ActorKind::Group => 1.5,
            ActorKind::Country => 1.2,
        };
        names.push(&actor.name);
    }
    if names.is_empty() {
        // "The ministers of A and B" in one report, the two by name in the other.
        let states = |ids: &[u32]| -> Vec<&str> {
            let mut all: Vec<&str> = ids
                .iter()
                .filter_map(|&a| participants.actors[a as usize].country.as_deref())
                .collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let (sx, sy) = (states(&px), states(&py));
        let shared = sx.iter().filter(|s| sy.contains(s)).count();
        if x.report != y.report && shared >= 2 {
            weight += shared as f32;
            why.push(format!("parties of the same states: {}", sx.join(", ")));
        }
    } else {
        why.push(format!("same parties: {}", names.join(", ")));
    }
    if x.report != y.report {
        let described = |ids: &[u32]| -> Vec<String> {
            ids.iter()
                .filter(|&&a| !participants.is_named(a))
                .map(|&a| head_phrase(&participants.actors[a as usize].name).to_lowercase())
                .collect()
        };
        let (dx, dy) = (described(&px), described(&py));
        for phrase in dx.iter().filter(|d| dy.contains(d)) {
            weight += 1.0;
            why.push(format!("both speak of {phrase}"));
        }
    }
    let _ = witnesses;
    weight
}

fn same_trigger(witnesses: &Witnesses<'_>, x: &Telling, y: &Telling) -> bool {
    let word = |t: &Telling| {
        let text = coded(witnesses, t).trigger.of(&witnesses.report(t.report).text).to_lowercase();
        text.chars().take(5).collect::<String>()
    };
    word(x) == word(y)
}

fn asserted(modality: Modality) -> bool {
    matches!(modality, Modality::Actual | Modality::Ongoing)
}

/// Whether two tellings cannot be one event.
fn vetoed(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    x: &Telling,
    y: &Telling,
) -> bool {
    let (ex, ey) = (coded(witnesses, x), coded(witnesses, y));
    if family(ex.kind) != family(ey.kind) {
        return true;
    }
    // A statement is one speech act: two of them are never shown to be one.
    if ex.kind == EventType::Statement {
        return true;
    }
    let remote = |e: &EventMention| e.mode == "phone";
    let in_person = |e: &EventMention| matches!(e.mode, "visit" | "multilateral");
    if (remote(ex) && (in_person(ey) || y.place.is_some()))
        || (remote(ey) && (in_person(ex) || x.place.is_some()))
    {
        return true;
    }
    // An invitation is no appeal for help; but a blast may be told as a bomb or as a rocket.
    let modes_matter = !matches!(ex.kind, EventType::Consult | EventType::Assault);
    if modes_matter && !ex.mode.is_empty() && !ey.mode.is_empty() && ex.mode != ey.mode {
        return true;
    }
    dates_veto(x, y)
        || people_veto(participants, x, y)
        || places_veto(witnesses, participants, x, y)
        || brokers_veto(ex, ey, x, y)
}

/// Inside one report two dates are two events; across reports a few days may be a disagreement.
fn dates_veto(x: &Telling, y: &Telling) -> bool {
    match x.days.relation(&y.days) {
        Relation::Apart(_) if x.report == y.report => true,
        Relation::Apart(days) => days > 3,
        _ => false,
    }
}

/// Other people are another event: both tellings name persons, and none of them twice.
fn people_veto(participants: &Participants, x: &Telling, y: &Telling) -> bool {
    let people = |t: &Telling| -> Vec<u32> {
        let all = t.actors.iter().chain(&t.recipients).copied();
        all.filter(|&a| participants.actors[a as usize].kind == ActorKind::Person).collect()
    };
    let (px, py) = (people(x), people(y));
    !px.is_empty() && !py.is_empty() && !px.iter().any(|p| py.contains(p))
}

/// Different towns are different events, unless named people and the day agree.
fn places_veto(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    x: &Telling,
    y: &Telling,
) -> bool {
    let (Some(p), Some(q)) = (x.place, y.place) else { return false };
    if p == q {
        return false;
    }
    let (p, q) =
        (&witnesses.identities.places[p as usize], &witnesses.identities.places[q as usize]);
    if p.is_country || q.is_country {
        return p.country.is_some() && q.country.is_some() && p.country != q.country;
    }
    let people = x
        .actors
        .iter()
        .chain(&x.recipients)
        .filter(|a| y.actors.contains(a) || y.recipients.contains(a))
        .filter(|&&a| participants.actors[a as usize].kind == ActorKind::Person)
        .count();
    let same_day = matches!(x.days.relation(&y.days), Relation::Overlapping)
        && x.days.is_day_precise()
        && y.days.is_day_precise();
    !(people >= 2 && same_day)
}

/// Two accords with different brokers are two accords.
fn brokers_veto(ex: &EventMention, ey: &EventMention, x: &Telling, y: &Telling) -> bool {
    ex.mode == "third-party"
        && ey.mode == "third-party"
        && !x.actors.is_empty()
        && !y.actors.is_empty()
        && !x.actors.iter().any(|a| y.actors.contains(a))
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
