//! How much speaks for two tellings being one happening.
//!
//! Who took part, where, when, how, in which words and in which story. A category alone decides
//! nothing: one happening is told as an assault here and as a wounding there.

use crate::days::Relation;
use crate::figures::is_anybody;
use crate::happenings::Telling;
use crate::participants::Participants;
use crate::vetoes::{family, vetoed};
use crate::witnesses::Witnesses;
use crate::wording::{Likeness, Words};
use variorum_identity::ActorKind;
use variorum_model::{EventType, Modality};

/// The weight from which a pair within one story is taken for one event.
const JOIN: f32 = 4.0;
/// The weight needed when the two reports tell different stories.
const JOIN_ACROSS_STORIES: f32 = 6.0;
/// What the words of two tellings weigh at the most.
const WORDS_MOST: f32 = 5.0;
/// From this on the words show by themselves that one act is told.
const WORDS_TELL: f32 = 2.5;
/// From this on they do so even when the categories differ.
const WORDS_OVERRULE: f32 = 3.3;

/// Weight of shared words other than names that tells one act under two verbs.
const OTHER_WORDS: f32 = 4.5;
/// What one day adds to words, and one town.
const SAME_DAY: f32 = 1.0;
const SAME_TOWN: f32 = 0.7;
/// Cosine of two wordings that say the same.
const ALMOST_ALL: f32 = 0.8;

/// What speaks for two tellings being one.
pub(crate) struct Weighed {
    pub(crate) weight: f32,
    pub(crate) reason: String,
}

/// Reasons, if they are wanted: most pairs are too light, and none is asked for.
struct Why(Vec<String>, bool);

impl Why {
    fn push(&mut self, reason: impl FnOnce() -> String) {
        if self.1 {
            self.0.push(reason());
        }
    }
}

/// The weight of a pair, or `None` when it is vetoed or too light.
pub(crate) fn weigh(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    words: &Words,
    x: &Telling,
    y: &Telling,
) -> Option<Weighed> {
    weighed(witnesses, participants, words, (x, y), false)?;
    weighed(witnesses, participants, words, (x, y), true)
}

fn weighed(
    witnesses: &Witnesses<'_>,
    participants: &Participants,
    words: &Words,
    (x, y): (&Telling, &Telling),
    reasons: bool,
) -> Option<Weighed> {
    if vetoed(witnesses, x, y) {
        return None;
    }
    let mut weight = 0.0;
    let mut why = Why(Vec::new(), reasons);
    let company = shared_company(participants, x, y, &mut why);
    weight += company;
    let likeness = likeness(words, x, y);
    let text = likeness.shared * likeness.cosine;
    let plain = x.kind == EventType::Other || y.kind == EventType::Other;
    // Inside one report a clause without a category would double what is coded.
    if plain && x.report == y.report {
        return None;
    }
    // Clauses of no category are one act only if they share the word for it, or enough beside names.
    let circumstance = circumstance(witnesses, x, y);
    if plain {
        let act =
            (x.act.is_some() && x.act == y.act) || likeness.plain + circumstance >= OTHER_WORDS;
        let known = company > 0.0 || circumstance > 0.0;
        let enough = if known { WORDS_TELL } else { WORDS_OVERRULE };
        if !act || text + circumstance < enough {
            return None;
        }
    }
    // What is only supposed is one with what happens elsewhere when hardly a word differs.
    let supposed = |t: &Telling| plain && t.modality == Modality::Hypothetical;
    if (supposed(x) || supposed(y)) && likeness.cosine < ALMOST_ALL && text < WORDS_MOST {
        return None;
    }
    // Somebody else's words are another statement, unless they are the same words.
    let repeated = likeness.cosine >= ALMOST_ALL && likeness.shared >= OTHER_WORDS;
    if x.kind == EventType::Statement && !repeated && !x.voices.iter().any(|v| y.voices.contains(v))
    {
        return None;
    }
    if family(x.kind) != family(y.kind) && !plain && text < WORDS_OVERRULE {
        return None;
    }
    // A meeting is known by who meets: other parties in other words held another one.
    let consult = x.kind == EventType::Consult && y.kind == EventType::Consult;
    let parties = |t: &Telling| !t.actors.is_empty() || !t.recipients.is_empty();
    if consult && company <= 0.0 && parties(x) && parties(y) && likeness.cosine < ALMOST_ALL {
        return None;
    }
    if text >= 1.0 {
        weight += text.min(WORDS_MOST);
        why.push(|| "told in the same words".to_owned());
    }
    match x.days.relation(&y.days) {
        Relation::Overlapping if x.days.is_day_precise() && y.days.is_day_precise() => {
            weight += 2.0;
            why.push(|| "same day".to_owned());
        }
        Relation::Overlapping => {
            weight += 0.7;
            why.push(|| "dates agree".to_owned());
        }
        Relation::Apart(days) => {
            // Who takes part may outweigh a day; common words are cheap among days of one story.
            weight -= if text > company { 1.0 } else { 0.3 } * days as f32;
            why.push(|| format!("dates {days} day(s) apart"));
        }
        Relation::Unknown => {}
    }
    if let (Some(p), Some(q)) = (x.place, y.place)
        && p == q
    {
        let place = &witnesses.identities.places[p as usize];
        weight += if place.is_country { 0.5 } else { 1.5 };
        why.push(|| format!("same place: {}", place.name));
    }
    if !x.mode.is_empty() && x.mode == y.mode {
        weight += 0.7;
        why.push(|| format!("both {}", x.mode));
    }
    if x.stem == y.stem {
        weight += 1.0;
        why.push(|| "same word for the act".to_owned());
    }
    if x.report != y.report && witnesses.same_event(x.report, y.report) {
        weight += 1.0;
        why.push(|| "reports of one event".to_owned());
    }
    if asserted(x.modality) != asserted(y.modality) {
        weight -= 0.7;
    }
    let needed = if witnesses.same_story(x.report, y.report) { JOIN } else { JOIN_ACROSS_STORIES };
    let words_tell = text + if plain { circumstance } else { 0.0 } >= WORDS_TELL;
    // One state in common is little: states do much with many.
    let needed = if company < 1.5 && !words_tell { needed + 1.0 } else { needed };
    // Without a shared party, place and time alone join only what is told in the same words.
    if company <= 0.0 && !words_tell && weight < needed + 0.5 {
        return None;
    }
    (weight >= needed).then(|| Weighed { weight, reason: why.0.join("; ") })
}

/// What day and town add to the words: the same word for an act tells more of one day in one town.
fn circumstance(witnesses: &Witnesses<'_>, x: &Telling, y: &Telling) -> f32 {
    let days = matches!(x.days.relation(&y.days), Relation::Overlapping)
        && x.days.is_day_precise()
        && y.days.is_day_precise();
    let town = |p: &u32| !witnesses.identities.places[*p as usize].is_country;
    let towns = x.places.iter().any(|p| y.places.contains(p) && town(p));
    f32::from(u8::from(days)) * SAME_DAY + f32::from(u8::from(towns)) * SAME_TOWN
}

/// How alike the words are. Within one report the same words come back for other things, so there they
/// show nothing.
fn likeness(words: &Words, x: &Telling, y: &Telling) -> Likeness {
    if x.report == y.report {
        return Likeness::default();
    }
    words.likeness(&x.wording, &y.wording)
}

/// Weight of the parties that both tellings name, in the same part or both ways round.
fn shared_company(participants: &Participants, x: &Telling, y: &Telling, why: &mut Why) -> f32 {
    let mut weight = 0.0;
    let mut names: Vec<&str> = Vec::new();
    for &actor in x.parties.iter().filter(|a| y.parties.contains(a)) {
        let named = participants.is_named(actor);
        let actor = &participants.actors[actor as usize];
        weight += match actor.kind {
            _ if is_anybody(&actor.name) => 0.3,
            _ if !named => 1.0,
            ActorKind::Person => 2.0,
            ActorKind::Organization | ActorKind::Group => 1.5,
            ActorKind::Country => 1.2,
        };
        names.push(&actor.name);
    }
    if names.is_empty() {
        // "The ministers of A and B" in one report, the two by name in the other; two councils that are named are
        // not two ministers that are.
        let named = |t: &Telling, kind: ActorKind| {
            let mut kinds = t.parties.iter().map(|&a| (a, participants.actors[a as usize].kind));
            kinds.any(|(a, k)| k == kind && participants.is_named(a))
        };
        let body = |t: &Telling| named(t, ActorKind::Organization) && !named(t, ActorKind::Person);
        let unlike = |x: &Telling, y: &Telling| body(x) && named(y, ActorKind::Person);
        let shared = x.states.iter().filter(|s| y.states.contains(s)).count();
        if x.report != y.report && shared >= 2 && !unlike(x, y) && !unlike(y, x) {
            weight += shared as f32;
            why.push(|| format!("parties of the same states: {}", x.states.join(", ")));
        }
    } else {
        why.push(|| format!("same parties: {}", names.join(", ")));
    }
    if x.report != y.report {
        for phrase in x.described.iter().filter(|d| y.described.contains(d)) {
            weight += if is_anybody(phrase) { 0.3 } else { 1.0 };
            why.push(|| format!("both speak of {phrase}"));
        }
    }
    weight
}

fn asserted(modality: Modality) -> bool {
    matches!(modality, Modality::Actual | Modality::Ongoing)
}
