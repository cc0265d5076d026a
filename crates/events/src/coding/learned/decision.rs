//! From what is seen to events: the models decide, the rules' drafts lend frame, code and trigger.

use super::acts::act;
use super::context::Context;
use super::features::{Features, crossed};
use super::model::{Linear, Task, model};
use super::reality::reality;
use super::sides::parties;
use super::weighing::{Weighed, chosen, weigh};
use crate::coding::Attributions;
use crate::coding::draft::Draft;
use crate::coding::modality::only_talked_of;
use crate::lexicon::{Act, Code, Cue, List, cues, noun_senses, senses};
use crate::syntax::{Frame, Tree, frame, nominal_phrases, noun_key};
use variorum_model::{EventType, Modality};

/// The room that scoring needs, used again for every word.
#[derive(Default)]
pub(super) struct Desk {
    pub(super) features: Features,
    pub(super) typed: Features,
    pub(super) chances: Vec<f32>,
}

/// Least share that a mode has in its category: a wrong weapon parts tellings of one blow.
const SURE_MODE: f32 = 0.75;

/// Begins the name of what told an act that no rule tells.
const LEARNED: &str = "learned:";

/// How much the modality of the rules is believed.
const TRUST_REALITY: f32 = 0.5;

/// The acts of a sentence, in order of their triggers. `None` where there are no models.
pub(crate) fn decide(context: &Context<'_>, attributions: &Attributions<'_>) -> Option<Vec<Draft>> {
    let acts = model(Task::Act)?;
    let mut desk = Desk::default();
    let mut found = Vec::new();
    for w in told(context, acts, &mut desk) {
        let mut draft = draft(context, w.token, w.kind);
        draft.confidence = w.confidence();
        mode(context, &mut desk, &mut draft);
        modality(context, attributions, &mut desk, &mut draft);
        parties(context, attributions, &mut desk, &mut draft);
        found.push(draft);
    }
    Some(once(context.tree, found))
}

/// The words of a sentence that tell an act.
fn told(context: &Context<'_>, acts: &Linear, desk: &mut Desk) -> Vec<Weighed> {
    let words = context.candidates().into_iter().filter_map(|i| {
        act(context, i, &mut desk.features);
        acts.chances(&mut desk.features.hashes, &mut desk.chances);
        let rule = context.kept(i);
        // "The offensive began": what began is asked too.
        if let Some(noun) = rule.and_then(|draft| draft.named) {
            act(context, noun, &mut desk.features);
            let none = desk.chances.first().copied();
            let verb = std::mem::take(&mut desk.chances);
            acts.chances(&mut desk.features.hashes, &mut desk.chances);
            if desk.chances.first().copied() > none {
                desk.chances = verb;
            }
        }
        let mut weighed = weigh(acts, rule, i, context.tree.is_verb(i), &desk.chances)?;
        weighed.spare = rule.is_none() && context.raw(i).is_some();
        Some(weighed)
    });
    chosen(words.collect())
}

fn largest(chances: &[f32]) -> Option<(usize, f32)> {
    chances.iter().copied().enumerate().fold(None, |best, (n, c)| match best {
        Some((_, b)) if b >= c => best,
        _ => Some((n, c)),
    })
}

/// The frame around a verb, or the phrases around another word.
pub(super) fn frame_of(context: &Context<'_>, i: usize) -> Frame {
    if let Some(draft) = context.kept(i).or_else(|| context.raw(i)) {
        return draft.frame.clone();
    }
    if context.tree.is_verb(i) {
        return frame(context.tree, context.cast, i);
    }
    Frame { phrases: nominal_phrases(context.tree, i), ..Frame::default() }
}

fn draft(context: &Context<'_>, i: usize, kind: EventType) -> Draft {
    let tree = context.tree;
    let known = context.kept(i).or_else(|| context.raw(i));
    let mut made = known.cloned().unwrap_or_else(|| {
        let mut made = Draft::blank(i, frame_of(context, i));
        made.nominal = !tree.is_verb(i);
        made.trigger = trigger(tree, i);
        made.modality = None;
        made
    });
    match known {
        Some(known) if known.kind == kind => made.rule.push_str("/learned"),
        _ => {
            made.kind = kind;
            made.modality = None;
            made.mode = "";
            // What is conceded and what is withdrawn have one root: the finer code still holds.
            if root(kind).is_empty() || !made.cameo.starts_with(root(kind)) {
                made.contexts.clear();
                made.cameo = root(kind);
            }
            if let Some(code) = lexicon_code(tree, i, kind) {
                made.cameo = code.cameo;
                made.mode = code.mode;
                made.contexts.clone_from(&code.contexts);
            }
            made.rule = format!("{LEARNED}{}", tree.lemma(i));
        }
    }
    made
}

/// The CAMEO root of a category, by PLOVER's table.
fn root(kind: EventType) -> &'static str {
    use EventType::*;
    match kind {
        Agree => "03",
        Consult => "04",
        Support => "05",
        Concede | Retreat => "08",
        Cooperate => "06",
        Aid => "07",
        Request => "10",
        Accuse => "11",
        Reject => "12",
        Threaten => "13",
        Protest => "14",
        Sanction => "16",
        Mobilize => "15",
        Coerce => "17",
        Assault => "18",
        Statement => "01",
        Appoint | Other => "",
    }
}

/// The code that some sense of the word at `i` has in this category.
fn lexicon_code(tree: &Tree<'_>, i: usize, kind: EventType) -> Option<&'static Code> {
    let of_verb = senses(tree.lemma(i)).find_map(|s| match &s.act {
        Act::Coded(code) if code.kind == kind => Some(code),
        _ => None,
    });
    of_verb.or_else(|| {
        let keys = noun_key(tree, i);
        keys.iter().filter_map(|k| noun_senses(k)).map(|s| &s.code).find(|c| c.kind == kind)
    })
}

/// The word with its particle, or with the nouns before it.
fn trigger(tree: &Tree<'_>, i: usize) -> (usize, usize) {
    if tree.is_noun(i) {
        let lead = tree.kids(i, &["compound"]).filter(|&c| c < i && tree.tag(c) == "NN").min();
        return (lead.unwrap_or(i), i);
    }
    let particle = tree.kids(i, &["prt"]).find(|&p| p > i && p - i < 4);
    (i, particle.unwrap_or(i))
}

fn mode(context: &Context<'_>, desk: &mut Desk, draft: &mut Draft) {
    let Some(model) = model(Task::Mode) else { return };
    act(context, draft.head, &mut desk.features);
    model.chances(&mut desk.features.hashes, &mut desk.chances);
    let mut best: Option<(&'static str, f32)> = None;
    let mut all = 0.0;
    for (name, &chance) in model.classes.iter().zip(&desk.chances) {
        let (kind, mode) = name.split_once(':').unwrap_or((name, ""));
        if kind != draft.kind.name() {
            continue;
        }
        all += chance;
        if best.is_none_or(|(_, b)| chance > b) {
            best = Some((mode, chance));
        }
    }
    // A mode that a rule reads off the words stands.
    let sure = best.filter(|(_, chance)| draft.mode.is_empty() && *chance >= SURE_MODE * all);
    if let Some((mode, _)) = sure {
        draft.mode = mode;
    }
}

fn modality(
    context: &Context<'_>,
    attributions: &Attributions<'_>,
    desk: &mut Desk,
    draft: &mut Draft,
) {
    let Some(model) = model(Task::Reality) else { return };
    reality(context, attributions, draft.head, &mut desk.features);
    let class = draft.kind as usize;
    desk.typed.hashes.clear();
    let first = desk.features.hashes.iter().take(super::reality::CROSSED);
    desk.typed.hashes.extend(first.map(|&h| crossed(h, class)));
    desk.features.hashes.append(&mut desk.typed.hashes);
    model.chances(&mut desk.features.hashes, &mut desk.chances);
    // What the rules read off the auxiliaries and governors counts beside it.
    if let Some(ruled) = draft.modality {
        for (name, chance) in model.classes.iter().zip(desk.chances.iter_mut()) {
            if modality_named(name) == Some(ruled) {
                *chance += TRUST_REALITY;
            }
        }
    }
    // What did not happen is told in words that say so.
    if draft.modality != Some(Modality::Negated) && !tells_a_negation(context.tree) {
        for (name, chance) in model.classes.iter().zip(desk.chances.iter_mut()) {
            if modality_named(name) == Some(Modality::Negated) {
                *chance = 0.0;
            }
        }
    }
    // "Would resign", "may meet", "talked of leaving": what is held open has not happened.
    let talked_of = only_talked_of(context.tree, draft.head).is_some();
    if talked_of || is_held_open(context.tree, draft.head) {
        for (name, chance) in model.classes.iter().zip(desk.chances.iter_mut()) {
            if matches!(modality_named(name), Some(Modality::Actual | Modality::Ongoing)) {
                *chance = 0.0;
            }
        }
    }
    let best = largest(&desk.chances).and_then(|(n, _)| modality_named(model.classes[n]));
    // Of an act that a noun names and a verb makes real, the verb's words are the rules' to read.
    let shared = draft.consumed.iter().any(|&c| context.tree.is_noun(c));
    if (shared || draft.is_converted()) && draft.modality.is_some() {
        return;
    }
    draft.settled = best.is_some();
    draft.modality = best.or(draft.modality);
}

/// Whether a verb stands behind an auxiliary for what will or may be, and not for what would have been.
fn is_held_open(tree: &Tree<'_>, verb: usize) -> bool {
    let mut auxiliaries = tree.kids(verb, &["aux"]);
    tree.is_verb(verb)
        && tree.tag(verb) == "VB"
        && auxiliaries.any(|a| cues(Cue::Aux, tree.lower(a)).is_some())
}

/// Whether any word of a sentence says that something did not happen.
fn tells_a_negation(tree: &Tree<'_>) -> bool {
    (0..tree.len()).any(|i| {
        let negates = |cue: Cue, word: &str| cues(cue, word) == Some(Modality::Negated);
        tree.relation(i) == "neg"
            || List::Nothing.has(tree.lower(i))
            || negates(Cue::Adverb, tree.lower(i))
            || negates(Cue::Adjective, tree.lower(i))
            || negates(Cue::Verb, tree.lemma(i))
            || negates(Cue::Noun, tree.lemma(i))
    })
}

fn modality_named(name: &str) -> Option<Modality> {
    Some(match name {
        "actual" => Modality::Actual,
        "ongoing" => Modality::Ongoing,
        "planned" => Modality::Planned,
        "alleged" => Modality::Alleged,
        "negated" => Modality::Negated,
        "hypothetical" => Modality::Hypothetical,
        _ => return None,
    })
}

/// Whether a noun is the meeting that the verb of `by` tells of, as its subject: "the meeting brought together A and B".
fn is_met_at(tree: &Tree<'_>, d: &Draft, by: &Draft) -> bool {
    let subject = matches!(tree.relation(d.head), "nsubj" | "nsubjpass");
    d.kind == EventType::Consult
        && d.nominal
        && !by.nominal
        && subject
        && tree.head(d.head) == by.head
}

/// Whether a noun without a rule of its own is what the rule of `other` says something is done to: "imposed sanctions",
/// "cancelled a planned visit" are one act each.
fn names_part_of(d: &Draft, other: &Draft) -> bool {
    let inside = other.trigger.0 <= d.head && d.head <= other.trigger.1;
    let ruled = |d: &Draft| !d.rule.starts_with(LEARNED);
    d.head != other.head && d.nominal && inside && !ruled(d) && ruled(other) && !other.nominal
}

/// One act told by two words is told by the first of them: "held talks", "a truce took effect".
fn once(tree: &Tree<'_>, mut found: Vec<Draft>) -> Vec<Draft> {
    let all = found.clone();
    found.retain(|d| {
        !all.iter().any(|o| {
            if o.kind == d.kind && is_met_at(tree, d, o) || names_part_of(d, o) {
                return true;
            }
            let takes_in =
                o.trigger.0 <= d.head && d.head <= o.trigger.1 || o.consumed.contains(&d.head);
            let back =
                d.trigger.0 <= o.head && o.head <= d.trigger.1 || d.consumed.contains(&o.head);
            o.head != d.head
                && o.kind == d.kind
                && takes_in
                && !(back && (d.confidence, o.head) > (o.confidence, d.head))
        })
    });
    found.sort_by_key(|d| (d.trigger, d.head));
    found
}
