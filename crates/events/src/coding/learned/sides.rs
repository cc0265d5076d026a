//! Who acts in an act, and on whom: the models' chances of each phrase, and the frames that the rules fill.

use super::context::Context;
use super::decision::{Desk, frame_of};
use super::features::crossed;
use super::model::{Linear, Task, model};
use super::parties::{Sought, party, phrases};
use crate::coding::Attributions;
use crate::coding::cast::is_mere_place;
use crate::coding::draft::{Draft, is_hostile};
use crate::coding::nominal::{answers_for, is_undergone};
use crate::coding::verbal::noun_sense;
use crate::lexicon::{List, NounSense, class};
use crate::syntax::Tree;
use variorum_model::{EventType, MentionKind};

/// PLOVER's modes of truces, and of meetings that somebody else brings about.
const CEASEFIRE: &str = "ceasefire";
const THIRD_PARTY: &str = "third-party";

/// What the models make of the phrases of a sentence.
#[derive(Default)]
struct Weighed {
    actors: Party,
    recipients: Party,
    /// Those who are likelier to act than not.
    acting: Vec<usize>,
}

/// Fills the two sides of an act.
pub(super) fn parties(
    context: &Context<'_>,
    attributions: &Attributions<'_>,
    desk: &mut Desk,
    draft: &mut Draft,
) {
    let Some(model) = model(Task::Party).filter(|_| !draft.is_converted()) else { return };
    let known = context.kept(draft.head).or_else(|| context.raw(draft.head));
    let Some(weighed) = weighed(context, attributions, desk, model, (draft, known)) else { return };
    // What the frame of a rule fills stands: it follows the tree, and turns nobody round.
    let (ruled, ruled_on) = known.map_or((&[][..], &[][..]), |d| (&d.actors, &d.recipients));
    let framed = context.kept(draft.head).is_some();
    let side = |found: Party, ruled: &[usize], across: &[usize]| {
        if !framed || ruled.is_empty() {
            return found.found(ruled);
        }
        let mut all = ruled.to_vec();
        all.extend(found.sure.iter().filter(|j| !across.contains(j)));
        all.sort_unstable();
        all.dedup();
        all
    };
    draft.actors = side(weighed.actors, ruled, ruled_on);
    draft.recipients = side(weighed.recipients, ruled_on, ruled);
    settle(context, draft, &weighed.acting);
}

/// Weighs the phrases of the sentence, but for what names the act.
fn weighed(
    context: &Context<'_>,
    attributions: &Attributions<'_>,
    desk: &mut Desk,
    model: &Linear,
    (draft, known): (&Draft, Option<&Draft>),
) -> Option<Weighed> {
    let frame = frame_of(context, draft.head);
    let sought = Sought { head: draft.head, frame: &frame, draft: known };
    let class = draft.kind as usize;
    let side = |name: &str| model.classes.iter().position(|c| *c == name);
    let (actor, recipient) = (side("actor")?, side("recipient")?);
    let mut weighed = Weighed::default();
    // What names the act is no party of it, nor is who only takes it up.
    let named = |j: usize| {
        j == draft.head
            || is_effect(context.tree, j)
            || answers_for(context.tree, draft.head, j)
            || draft.mode == CEASEFIRE && !ruled_party(known, j) && is_beside_a_truce(context, j)
            || (draft.trigger.0..=draft.trigger.1).contains(&j)
                && !ruled_party(known, j)
                && !is_dealt_with(context.tree, draft, j)
    };
    for j in phrases(context).into_iter().filter(|&j| !named(j)) {
        party(context, attributions, &sought, j, &mut desk.features, &mut desk.typed);
        desk.features.hashes.extend(desk.typed.hashes.iter().map(|&h| crossed(h, class)));
        model.chances(&mut desk.features.hashes, &mut desk.chances);
        let (mut one, mut other) = (desk.chances[actor], desk.chances[recipient]);
        if is_undergone(context.tree, draft.head, j) {
            (one, other) = (0.0, one.max(other));
        }
        let setting = tells_where(context, j)
            || context.tree.head(j) == draft.head
                && context.tree.relation(j) != "nsubj"
                && j < draft.head
                && is_mere_place(context.tree, context.cast, j);
        if one >= other && one >= model.least {
            weighed.acting.push(j);
        }
        if one >= other {
            // "Toll of market blast rises as army sends doctors": who acts in another clause dealt no blow of this one.
            let elsewhere =
                known.is_none() && draft.nominal && !is_governed(context.tree, j, draft.head);
            if !setting && !elsewhere {
                weighed.actors.weigh(j, one, model.least, LEAST_ONLY);
            }
        } else if !setting || !opens(context, j) {
            let named = context.cast.mention(j).is_some()
                && context.cast.is_actor(context.tree, j)
                && is_governed(context.tree, j, draft.head);
            let only = if named { LEAST_NAMED } else { LEAST_ONLY };
            weighed.recipients.weigh(j, other, model.least, only);
        }
    }
    Some(weighed)
}

/// What the sort of act says of its sides. `acting`: those whom the models take for actors.
fn settle(context: &Context<'_>, draft: &mut Draft, acting: &[usize]) {
    // A meeting brings nobody together: whoever holds it does.
    let meeting = |s: &NounSense| s.code.kind == EventType::Consult;
    let act = |j: usize| {
        context.cast.mention(j).is_none() && noun_sense(context.tree, j).is_some_and(meeting)
    };
    draft.actors.retain(|&j| !act(j));
    // Who meets whom says little: both do, where the models take both for actors.
    if matches!(draft.kind, EventType::Consult | EventType::Cooperate) {
        let (both, on): (Vec<usize>, Vec<usize>) =
            draft.recipients.iter().partition(|r| acting.contains(r));
        draft.actors.extend(both);
        draft.actors.sort_unstable();
        draft.actors.dedup();
        draft.recipients = on;
    }
    let actors = &draft.actors;
    draft.recipients.retain(|r| !actors.contains(r));
    // Where the words name somebody or something else, a place is only where it was: "bombed an airstrip in Chad".
    if draft.recipients.iter().any(|&r| !tells_where(context, r)) {
        draft.recipients.retain(|&r| !tells_where(context, r));
    }
    // Who is appointed is somebody, and not the office: "X was named minister".
    let is_person = |r: usize| context.cast.kind(r) == Some(MentionKind::Person);
    if draft.kind == EventType::Appoint && draft.recipients.iter().any(|&r| is_person(r)) {
        draft.recipients.retain(|&r| is_person(r));
    }
}

/// Whether the phrase at `j` is no party of a truce but who brings it about ("a truce brokered by Qatar") or where it
/// holds ("took effect in Kumasi").
fn is_beside_a_truce(context: &Context<'_>, j: usize) -> bool {
    let mediates = |d: &Draft| d.mode == THIRD_PARTY && d.actors.contains(&j);
    context.kept.iter().any(mediates) || tells_where(context, j)
}

/// Whether what is done to the thing at `j` is the act, which is told by both words: "overran a mine". "Imposed sanctions"
/// has nothing of the kind.
fn is_dealt_with(tree: &Tree<'_>, draft: &Draft, j: usize) -> bool {
    let object = matches!(tree.relation(j), "dobj" | "nsubjpass") && tree.is_noun(j);
    object && !draft.nominal && is_hostile(draft.kind) && noun_sense(tree, j).is_none()
}

/// Whether the noun at `j` is the force of law that something comes into, and no armed one.
fn is_effect(tree: &Tree<'_>, j: usize) -> bool {
    let governed = tree.relation(j) == "pobj" && matches!(tree.lower(tree.head(j)), "into" | "in");
    governed && class("effect").contains(tree.lower(j)) && tree.children(j).is_empty()
}

/// Whether the place at `j` is where something happens ("near Humera, troops …"), and nobody who does it.
fn tells_where(context: &Context<'_>, j: usize) -> bool {
    let (tree, cast) = (context.tree, context.cast);
    let Some(name) = cast.mention(j).filter(|_| cast.is_place(tree, j)) else { return false };
    let first = tree.tokens_in(name.span).next();
    let before = first.and_then(|f| f.checked_sub(1));
    // "In southern Chad": the preposition may stand before what qualifies the name.
    let over = (tree.relation(j) == "pobj").then(|| tree.head(j));
    before.into_iter().chain(over).any(|word| List::Where.has(tree.lower(word)))
}

/// Whether the phrase of the name at `j` opens the sentence ("In Sudan, …").
fn opens(context: &Context<'_>, j: usize) -> bool {
    let name = context.cast.mention(j);
    name.and_then(|m| context.tree.tokens_in(m.span).next()).is_some_and(|first| first <= 2)
}

/// Whether the rules take token `j` for a party.
fn ruled_party(draft: Option<&Draft>, j: usize) -> bool {
    draft.is_some_and(|d| d.actors.contains(&j) || d.recipients.contains(&j))
}

/// Those of one side, and the likeliest of those who are not sure enough.
#[derive(Default)]
struct Party {
    sure: Vec<usize>,
    next: Option<(usize, f32)>,
}

/// Least chance of the only one that a side may have, and of a name on whom somebody may act.
const LEAST_ONLY: f32 = 0.3;
const LEAST_NAMED: f32 = 0.15;

impl Party {
    fn weigh(&mut self, phrase: usize, chance: f32, least: f32, only: f32) {
        if chance >= least {
            self.sure.push(phrase);
        } else if chance >= only && self.next.is_none_or(|(_, c)| chance > c) {
            self.next = Some((phrase, chance));
        }
    }

    /// The sure ones, else the likeliest, else those of the rules.
    fn found(self, ruled: &[usize]) -> Vec<usize> {
        match (self.sure.is_empty(), self.next) {
            (false, _) => self.sure,
            (true, Some((phrase, _))) => vec![phrase],
            (true, None) => ruled.to_vec(),
        }
    }
}

/// Whether a name stands in the clause of an act, and not in a bracket beside it ("OSLO (Wire) - …").
fn is_governed(tree: &Tree<'_>, name: usize, act: usize) -> bool {
    let clause = |i: usize| {
        let mut way = std::iter::once(i).chain(tree.ancestors(i));
        way.find(|&a| tree.is_verb(a)).unwrap_or(act)
    };
    let bracketed = name > 0 && tree.lower(name - 1) == "(";
    !bracketed && (clause(name) == clause(act) || tree.ancestors(name).any(|a| a == act))
}
