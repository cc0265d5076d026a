//! Acts told by verbs and predicate adjectives.

use super::cast::{actors_in, dependents};
use super::draft::{Draft, first_filled, is_hostile};
use super::matching::{Match, best};
use crate::lexicon::{
    Act, Base, Code, Filter, NounSense, Side, Slot, class, derived, noun_senses, senses,
};
use crate::syntax::{Cast, Frame, Tree, frame, members, nominal_phrases, noun_key};
use variorum_model::EventType;

/// A verb with its frame and sense.
pub(super) struct Reading {
    pub(super) head: usize,
    pub(super) frame: Frame,
    pub(super) found: Match,
}

/// Codes the verbs of a sentence, in order.
pub(super) fn verbal(tree: &Tree<'_>, cast: &Cast<'_>) -> Vec<Draft> {
    let readings: Vec<Reading> = (0..tree.len())
        .filter(|&i| is_predicate(tree, i))
        .filter_map(|head| {
            let frame = frame(tree, cast, head);
            let found = best(tree, cast, head, &frame)?;
            Some(Reading { head, frame, found })
        })
        .collect();
    readings.iter().filter_map(|r| code(tree, cast, r, &readings)).collect()
}

fn is_predicate(tree: &Tree<'_>, i: usize) -> bool {
    let relation = tree.relation(i);
    if tree.is_verb(i) {
        return !matches!(relation, "aux" | "auxpass" | "amod" | "compound" | "case" | "prep");
    }
    // "is willing to", "is ready to".
    tree.tag(i) == "JJ" && matches!(relation, "acomp" | "ROOT" | "conj" | "oprd")
}

fn code(tree: &Tree<'_>, cast: &Cast<'_>, r: &Reading, all: &[Reading]) -> Option<Draft> {
    match &r.found.sense.act {
        Act::Nothing => None,
        Act::Coded(code) => coded(tree, cast, r, all, code),
        Act::OfSubject => named_act(tree, cast, r, surface(r)),
        Act::OfObject => named_act(tree, cast, r, r.frame.objects.first().copied()),
    }
}

fn surface(r: &Reading) -> Option<usize> {
    let list = if r.frame.passive { &r.frame.objects } else { &r.frame.subjects };
    list.first().copied()
}

/// "The ceasefire went into effect": the noun tells what, the verb that it happened.
fn named_act(tree: &Tree<'_>, cast: &Cast<'_>, r: &Reading, noun: Option<usize>) -> Option<Draft> {
    let noun = noun?;
    let sense = noun_sense(tree, noun)?;
    let mut draft = Draft::new(&sense.code, r.head, r.frame.clone());
    let (actors, recipients) = super::nominal::participants(tree, cast, noun, sense);
    draft.actors = actors;
    draft.recipients = recipients;
    if draft.actors.is_empty() && !r.frame.subjects.contains(&noun) {
        draft.actors = actors_in(tree, cast, &r.frame.subjects, false);
    }
    draft.recipients.retain(|x| !draft.actors.contains(x));
    if draft.actors.is_empty() && draft.recipients.is_empty() && sense.weight == 1 {
        return None;
    }
    draft.trigger = trigger(tree, r);
    draft.trigger.0 = draft.trigger.0.min(noun);
    draft.trigger.1 = draft.trigger.1.max(noun);
    if draft.trigger.1 - draft.trigger.0 > 8 {
        draft.reach = Some(draft.trigger);
        draft.trigger = (noun, noun);
    }
    draft.consumed.push(noun);
    draft.named = Some(noun);
    draft.rule = format!("verb:{}/{}", tree.lemma(r.head), tree.lemma(noun));
    draft.confidence = 0.75;
    Some(draft)
}

/// The act that the noun at `i` names.
pub(super) fn noun_sense(tree: &Tree<'_>, i: usize) -> Option<&'static NounSense> {
    noun_key(tree, i).iter().find_map(|k| noun_senses(k))
}

fn coded(
    tree: &Tree<'_>,
    cast: &Cast<'_>,
    r: &Reading,
    all: &[Reading],
    code: &Code,
) -> Option<Draft> {
    let mut draft = Draft::new(code, r.head, r.frame.clone());
    draft.trigger = trigger(tree, r);
    draft.rule = rule(tree, r);
    draft.confidence = confidence(r);
    let inner = inner(tree, r, all);
    if code.derived {
        derive(tree, r, &mut draft, inner.as_ref())?;
    }
    if let Some(inner) = &inner
        && (code.derived || code.kind == EventType::Threaten)
    {
        draft.consumed.push(inner.head);
    }
    let find = |slot: Slot| fill(tree, cast, r, all, slot);
    draft.actors = first_filled(&r.found.sense.roles.actors, |s| {
        let heads = find(s);
        let heads = said_it(tree, cast, r, &heads).unwrap_or(heads);
        actors_in(tree, cast, &heads, false)
    });
    draft.recipients = filled(tree, cast, &r.found.sense.roles.recipients, &find);
    if draft.recipients.is_empty()
        && code.derived
        && let Some(inner) = &inner
    {
        draft.recipients = match inner.reading {
            Some(reading) => complement_participants(tree, cast, reading, all, &draft.actors),
            None => anybody_in(tree, cast, inner.head, &draft.actors),
        };
    }
    let actors = std::mem::take(&mut draft.actors);
    draft.recipients.retain(|x| !actors.contains(x));
    // "Withdrew its troops": what is done with one's own is done to nobody.
    if is_of_ones_own(draft.kind) && !actors.is_empty() {
        draft.recipients.retain(|&x| !matches!(tree.lower(x), "its" | "their" | "his"));
    }
    draft.actors = actors;
    plausible(tree, r, &draft, code.derived).then_some(draft)
}

/// Whether what such an act is done with is most often the actor's own.
fn is_of_ones_own(kind: EventType) -> bool {
    use EventType::*;
    matches!(kind, Agree | Aid | Concede | Mobilize | Retreat)
}

/// Those named in the first slot that holds somebody outright, else in the first whose things
/// belong to somebody.
fn filled(
    tree: &Tree<'_>,
    cast: &Cast<'_>,
    side: &Side,
    find: &dyn Fn(Slot) -> Vec<usize>,
) -> Vec<usize> {
    let outright = first_filled(side, |s| {
        let mut heads = find(s);
        heads.retain(|&h| cast.is_actor(tree, h) || tree.tag(h) == "PRP$");
        heads
    });
    if !outright.is_empty() {
        return outright;
    }
    first_filled(side, |s| actors_in(tree, cast, &find(s), true))
}

/// "Russia said it had withdrawn": the pronoun stands for the one who says so.
fn said_it(tree: &Tree<'_>, cast: &Cast<'_>, r: &Reading, heads: &[usize]) -> Option<Vec<usize>> {
    let [pronoun] = heads[..] else { return None };
    if tree.tag(pronoun) != "PRP" {
        return None;
    }
    let mut clause = r.head;
    for _ in 0..4 {
        if tree.relation(clause) == "ccomp" {
            break;
        }
        clause = tree.head(clause);
    }
    let speech = tree.head(clause);
    if tree.relation(clause) != "ccomp" || speech == clause {
        return None;
    }
    let speaker = tree.kid(speech, &["nsubj", "nsubjpass"]).filter(|&s| s < pronoun)?;
    let plural = members(tree, speaker).len() > 1 || matches!(tree.tag(speaker), "NNS" | "NNPS");
    let fits = match tree.lower(pronoun) {
        "it" => !cast.is_person(tree, speaker) && !plural,
        "he" | "she" => cast.is_person(tree, speaker) && !plural,
        "they" => plural || !cast.is_person(tree, speaker),
        _ => false,
    };
    (fits && cast.is_actor(tree, speaker) && tree.tag(speaker) != "PRP")
        .then(|| members(tree, speaker))
}

/// The act inside another: told by a complement clause, or by a noun.
struct Inner<'r> {
    head: usize,
    kind: Option<EventType>,
    cameo: &'static str,
    reading: Option<&'r Reading>,
}

fn inner<'r>(tree: &Tree<'_>, r: &Reading, all: &'r [Reading]) -> Option<Inner<'r>> {
    let f = &r.frame;
    if let Some(verb) = f.infinitive.or(f.participle).or(f.clause) {
        let reading = all.iter().find(|o| o.head == verb && o.head != r.head);
        let code = reading.and_then(|o| code_of(tree, o));
        return Some(Inner {
            head: verb,
            kind: code.map(|c| c.0),
            cameo: code.map_or("", |c| c.1),
            reading,
        });
    }
    let nouns = f.objects.iter().chain(f.phrases.iter().filter_map(|(_, heads)| heads.first()));
    for &noun in nouns {
        if let Some(sense) = noun_sense(tree, noun) {
            let (kind, cameo) = (Some(sense.code.kind), sense.code.cameo);
            return Some(Inner { head: noun, kind, cameo, reading: None });
        }
    }
    None
}

fn code_of(tree: &Tree<'_>, r: &Reading) -> Option<(EventType, &'static str)> {
    match &r.found.sense.act {
        Act::Coded(code) => Some((code.kind, code.cameo)),
        Act::OfSubject => {
            surface(r).and_then(|n| noun_sense(tree, n)).map(|s| (s.code.kind, s.code.cameo))
        }
        Act::OfObject => r
            .frame
            .objects
            .first()
            .and_then(|&n| noun_sense(tree, n))
            .map(|s| (s.code.kind, s.code.cameo)),
        Act::Nothing => None,
    }
}

/// Codes an agreement, request, refusal or threat after the act it is about. `None`: it is no act
/// of its own ("decided to attack" tells a planned attack).
fn derive(
    tree: &Tree<'_>,
    r: &Reading,
    draft: &mut Draft,
    inner: Option<&Inner<'_>>,
) -> Option<()> {
    let kind = inner.and_then(|i| i.kind);
    let cameo = inner.map_or("", |i| i.cameo);
    if draft.kind == EventType::Agree && kind.is_some_and(is_hostile) {
        let threatens = senses(tree.lemma(r.head))
            .any(|s| matches!(&s.act, Act::Coded(c) if c.kind == EventType::Threaten));
        if !threatens {
            return None;
        }
        draft.kind = EventType::Threaten;
    }
    if let Some(code) = derived(draft.kind, cameo) {
        draft.recode(code);
    }
    if kind.is_none() {
        draft.confidence -= 0.15;
    }
    Some(())
}

fn complement_participants(
    tree: &Tree<'_>,
    cast: &Cast<'_>,
    inner: &Reading,
    all: &[Reading],
    without: &[usize],
) -> Vec<usize> {
    let roles = &inner.found.sense.roles;
    let find = |slot: Slot| fill(tree, cast, inner, all, slot);
    let mut found = filled(tree, cast, &roles.recipients, &find);
    found.retain(|x| !without.contains(x));
    if found.is_empty() {
        found = anybody_in(tree, cast, inner.head, without);
    }
    if found.is_empty() {
        found = actors_in(tree, cast, &inner.frame.subjects, false);
        found.retain(|x| !without.contains(x));
    }
    let own = |&x: &usize| matches!(tree.lower(x), "its" | "their" | "his");
    if found.iter().all(own) {
        let places = where_it_is(tree, cast, &inner.frame);
        return if places.is_empty() { found } else { places };
    }
    found
}

/// Places in which an act is done, or to which what it is done to belongs.
fn where_it_is(tree: &Tree<'_>, cast: &Cast<'_>, frame: &Frame) -> Vec<usize> {
    let on_objects = frame.objects.iter().flat_map(|&o| nominal_phrases(tree, o));
    let mut phrases: Vec<_> = frame.phrases.iter().cloned().chain(on_objects).collect();
    phrases.retain(|(p, _)| matches!(tree.lower(*p), "in" | "into" | "at" | "near" | "across"));
    let heads = phrases.into_iter().map(|(_, heads)| heads);
    let mut places =
        heads.filter(|h| h.iter().all(|&x| cast.mention(x).is_some() && cast.is_place(tree, x)));
    places.next().unwrap_or_default()
}

fn fill(tree: &Tree<'_>, cast: &Cast<'_>, r: &Reading, all: &[Reading], slot: Slot) -> Vec<usize> {
    let heads: Vec<usize> = match slot.base {
        Base::Subject => doers(tree, cast, r),
        Base::Object => r.frame.objects.clone(),
        Base::Indirect => r.frame.indirect.clone(),
        Base::Complement => complement_heads(tree, cast, r, all),
        Base::Preposition(prep) => {
            let own = r.frame.phrases.iter().filter(|(p, _)| tree.lower(*p) == prep);
            let mut heads: Vec<usize> = own.flat_map(|(_, h)| h.clone()).collect();
            if heads.is_empty() {
                // A phrase after the object may hang on the object.
                for &o in &r.frame.objects {
                    heads.extend(dependents(tree, cast, o, prep));
                }
            }
            // "On alert in A": a phrase may hang on the noun of another.
            if heads.is_empty()
                && let Some((_, Some(noun))) = r.found.phrase
            {
                heads = dependents(tree, cast, noun, prep);
            }
            if heads.is_empty() {
                heads = beneath(tree, cast, &r.frame.objects, prep);
            }
            heads
        }
        Base::Possessor | Base::Adjective => Vec::new(),
    };
    match slot.inner {
        None => heads,
        Some(inner) => heads.iter().flat_map(|&h| dependents(tree, cast, h, inner)).collect(),
    }
}

/// The subject; of "issued a statement denouncing B" whoever issues it.
fn doers(tree: &Tree<'_>, cast: &Cast<'_>, r: &Reading) -> Vec<usize> {
    let own = r.frame.subjects.clone();
    let participle = tree.relation(r.head) == "acl" && tree.tag(r.head) == "VBG";
    if !participle || own.iter().any(|&s| cast.is_actor(tree, s)) {
        return own;
    }
    let noun = tree.head(r.head);
    let above = tree.head(noun);
    if tree.relation(noun) != "dobj" || !tree.is_verb(above) {
        return own;
    }
    let subjects = frame(tree, cast, above).subjects;
    if subjects.is_empty() { own } else { subjects }
}

/// "Millions in assistance to A": what a preposition governs on what the object is made of.
fn beneath(tree: &Tree<'_>, cast: &Cast<'_>, objects: &[usize], prep: &str) -> Vec<usize> {
    let made = objects.iter().flat_map(|&o| {
        ["in", "of", "worth"].into_iter().flat_map(move |of| dependents(tree, cast, o, of))
    });
    let made = made.filter(|&thing| !cast.is_actor(tree, thing));
    made.flat_map(|thing| dependents(tree, cast, thing, prep)).collect()
}

fn complement_heads(tree: &Tree<'_>, cast: &Cast<'_>, r: &Reading, all: &[Reading]) -> Vec<usize> {
    let verb = r.frame.clause.or(r.frame.infinitive).or(r.frame.participle);
    let Some(verb) = verb else { return Vec::new() };
    let inner = all.iter().find(|o| o.head == verb);
    if r.frame.clause.is_some() {
        let made;
        let f = match inner {
            Some(i) => &i.frame,
            None => {
                made = frame(tree, cast, verb);
                &made
            }
        };
        let list = if f.passive && f.subjects.is_empty() { &f.objects } else { &f.subjects };
        return list.clone();
    }
    inner
        .map(|i| complement_participants(tree, cast, i, all, &r.frame.subjects))
        .unwrap_or_default()
}

/// Those around a verb (or noun) without a sense of its own: its object, then its phrases.
fn anybody_in(tree: &Tree<'_>, cast: &Cast<'_>, head: usize, without: &[usize]) -> Vec<usize> {
    let f = if tree.is_noun(head) {
        Frame { phrases: nominal_phrases(tree, head), ..Frame::default() }
    } else {
        frame(tree, cast, head)
    };
    let lists = [f.indirect, f.objects].into_iter().chain(f.phrases.into_iter().map(|(_, h)| h));
    for list in lists {
        let mut found = actors_in(tree, cast, &list, true);
        found.retain(|x| !without.contains(x));
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Whether somebody who could do such a thing does it to somebody.
fn plausible(tree: &Tree<'_>, r: &Reading, draft: &Draft, derived: bool) -> bool {
    if draft.actors.is_empty() && draft.recipients.is_empty() {
        // "Talks are scheduled for Monday": between whom may be told elsewhere.
        return draft.kind == EventType::Consult && r.frame.passive && r.found.object.is_some();
    }
    // "Prices hit a high", "floods struck": a thing does not act, unless it is a weapon or a blow.
    if draft.actors.is_empty() && !r.frame.subjects.is_empty() {
        let blow = |&s: &usize| {
            noun_key(tree, s).iter().any(|k| {
                ["attack", "airattack", "bomb", "missile", "violence"]
                    .iter()
                    .any(|c| class(c).contains(k.as_str()))
            }) || noun_sense(tree, s).is_some_and(|n| n.code.kind == EventType::Assault)
        };
        if draft.kind != EventType::Assault || !r.frame.subjects.iter().any(blow) {
            return false;
        }
    }
    // "X attacks" with nobody attacked is most often another sense.
    let roles = &r.found.sense.roles;
    // "A and B fought": each is whom the other does it to.
    let mutual = draft.actors.len() > 1 && roles.is_reciprocal();
    let wants_object = roles.wants_object() && !derived && !mutual;
    if wants_object && r.frame.objects.is_empty() && draft.recipients.is_empty() {
        return false;
    }
    // Acts upon things: only where the lexicon names the thing.
    let named = matches!(r.found.sense.object, Filter::Words(_, true));
    if wants_object && draft.recipients.is_empty() && !named && !draft.kind_allows_thing() {
        return false;
    }
    true
}

impl Draft {
    /// Whether the act may be done to a thing: a proposal rejected, a party banned, a plan backed.
    fn kind_allows_thing(&self) -> bool {
        use EventType::*;
        matches!(
            self.kind,
            Reject | Accuse | Support | Agree | Coerce | Assault | Statement | Consult | Protest
        )
    }
}

fn trigger(tree: &Tree<'_>, r: &Reading) -> (usize, usize) {
    let (mut first, mut last) = (r.head, r.head);
    let parts = [r.found.particle, r.found.object, r.found.phrase.map(|(p, n)| n.unwrap_or(p))];
    for part in parts.into_iter().flatten() {
        // A part far off, or before the verb as a passive's subject is, stays outside.
        if part > r.head
            && part - r.head <= 6
            && tree.sentence.first as usize + part < tree.sentence.last as usize
        {
            last = last.max(part);
        } else if part < r.head && r.head - part <= 5 {
            first = first.min(part);
        }
    }
    (first, last)
}

fn rule(tree: &Tree<'_>, r: &Reading) -> String {
    let mut name = format!("verb:{}", tree.lemma(r.head));
    for part in [r.found.particle, r.found.object].into_iter().flatten() {
        name.push('+');
        name.push_str(tree.lemma(part));
    }
    if let Some((p, _)) = r.found.phrase {
        name.push('+');
        name.push_str(tree.lower(p));
    }
    name.push_str(if r.frame.passive { "/passive" } else { "/active" });
    name
}

/// Chance of being right, by how much the pattern asked for and how the subject was found.
fn confidence(r: &Reading) -> f32 {
    let base: f32 = match r.found.score {
        i32::MIN..=0 => 0.66,
        1..=2 => 0.72,
        3..=4 => 0.8,
        _ => 0.86,
    };
    if r.frame.guessed { base - 0.2 } else { base }
}
