//! What weighed in the decisions of the models, told in words.

use super::acts::act;
use super::context::Context;
use super::decision::frame_of;
use super::features::{Features, crossed};
use super::model::{Linear, Task, model};
use super::parties::{Sought, party};
use super::reality::{CROSSED, reality};
use crate::coding::Attributions;
use crate::coding::draft::Draft;
use variorum_model::Decision;

/// Features and other classes that are told of one decision.
const TOLD: usize = 6;
const OTHERS: usize = 2;
/// Least weight that is told.
const LEAST: f32 = 0.01;

/// The decisions behind a draft: which act, whether it happened, who takes part.
pub(crate) fn decisions(
    context: &Context<'_>,
    attributions: &Attributions<'_>,
    draft: &Draft,
) -> Vec<Decision> {
    let mut made = Vec::new();
    let mut features = Features::told();
    if let Some(model) = model(Task::Act) {
        act(context, draft.head, &mut features);
        made.extend(decision(model, "which act", draft.kind.name(), &features));
    }
    if let (Some(model), Some(modality)) = (model(Task::Reality), draft.modality) {
        reality(context, attributions, draft.head, &mut features);
        cross(&mut features, draft, CROSSED);
        let answer = format!("{modality:?}").to_lowercase();
        made.extend(decision(model, "did it happen", &answer, &features));
    }
    if let Some(model) = model(Task::Party) {
        let frame = frame_of(context, draft.head);
        let known = context.kept(draft.head).or_else(|| context.raw(draft.head));
        let sought = Sought { head: draft.head, frame: &frame, draft: known };
        let sides = [("actor", &draft.actors), ("recipient", &draft.recipients)];
        for (side, heads) in sides {
            for &j in heads {
                let mut typed = Features::told();
                party(context, attributions, &sought, j, &mut features, &mut typed);
                let all = typed.hashes.len();
                cross(&mut typed, draft, all);
                features.hashes.append(&mut typed.hashes);
                if let (Some(named), Some(more)) = (&mut features.named, typed.named) {
                    named.extend(more);
                }
                let question = format!("part of “{}”", context.tree.lower(j));
                made.extend(decision(model, &question, side, &features));
            }
        }
    }
    made
}

/// Adds the first `count` features once more, seen together with the category of the draft.
fn cross(features: &mut Features, draft: &Draft, count: usize) {
    let class = draft.kind as usize;
    let hashes: Vec<u32> = features.hashes.iter().take(count).map(|&h| crossed(h, class)).collect();
    features.hashes.extend(&hashes);
    if let Some(named) = &mut features.named {
        let with_kind = |(h, name): &(u32, String)| {
            (crossed(*h, class), format!("{name} and {}", draft.kind.name()))
        };
        let more: Vec<_> = named.iter().take(count).map(with_kind).collect();
        named.extend(more);
    }
}

fn decision(model: &Linear, question: &str, answer: &str, features: &Features) -> Option<Decision> {
    let class = model.classes.iter().position(|c| *c == answer)?;
    let mut hashes = features.hashes.clone();
    let mut chances = Vec::new();
    model.chances(&mut hashes, &mut chances);
    let mut others: Vec<(String, f32)> = model
        .classes
        .iter()
        .zip(&chances)
        .enumerate()
        .filter(|(n, _)| *n != class)
        .map(|(_, (name, &chance))| ((*name).to_owned(), chance))
        .collect();
    others.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    others.truncate(OTHERS);
    let mut weights: Vec<(u32, String, f32)> = features
        .named
        .iter()
        .flatten()
        .map(|(hash, name)| (*hash, name.clone(), model.weight(*hash, class)))
        .filter(|(_, _, weight)| weight.abs() >= LEAST)
        .collect();
    // A feature counts once, however often it is seen.
    weights.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    weights.dedup_by_key(|w| w.0);
    weights.sort_by(|a, b| b.2.abs().total_cmp(&a.2.abs()).then_with(|| a.1.cmp(&b.1)));
    weights.truncate(TOLD);
    Some(Decision {
        question: question.to_owned(),
        answer: answer.to_owned(),
        chance: chances[class],
        others,
        weights: weights.into_iter().map(|(_, name, weight)| (name, weight)).collect(),
    })
}
