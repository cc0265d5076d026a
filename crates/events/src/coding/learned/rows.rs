//! What training sees of a sentence.

use super::acts::act;
use super::context::Context;
use super::decision::frame_of;
use super::features::Features;
use super::parties::{Sought, party, phrases};
use super::reality::reality;
use crate::coding::Attributions;
use crate::coding::draft::Draft;
use variorum_model::{EventType, Span};

/// A phrase that may be a party of an act.
#[derive(Debug, Clone)]
pub struct Phrase {
    /// Its head, counted from the first token of the sentence.
    pub token: usize,
    /// Features.
    pub plain: Vec<u32>,
    /// Features to be crossed with the category.
    pub typed: Vec<u32>,
}

/// A word that may tell an act.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its token, counted from the first of the sentence.
    pub token: usize,
    /// What the rules keep for it, if anything.
    pub rule: Option<EventType>,
    /// The confidence of that rule; nought if there is none.
    pub sure: f32,
    /// A reading that the manual prescribes made it that.
    pub converted: bool,
    /// It is a verb.
    pub verb: bool,
    /// Features of the act.
    pub act: Vec<u32>,
    /// Features that say whether it happened; only where asked for.
    pub reality: Vec<u32>,
    /// The phrases of the sentence; only where asked for.
    pub phrases: Vec<Phrase>,
}

/// One sentence.
#[derive(Debug, Clone)]
pub struct SentenceRows {
    /// Span and head of every token.
    pub tokens: Vec<(Span, usize)>,
    /// Its candidates, in order.
    pub candidates: Vec<Candidate>,
    /// Trigger, as tokens, and the parts taken in, of each act the rules keep.
    pub kept: Vec<(usize, (usize, usize))>,
}

/// The rows of one sentence; `full` tells for which tokens all features are wanted.
pub(crate) fn sentence_rows(
    context: &Context<'_>,
    attributions: &Attributions<'_>,
    full: &dyn Fn(Span) -> bool,
) -> SentenceRows {
    let tree = context.tree;
    let mut features = Features::default();
    let mut typed = Features::default();
    let mut candidates = Vec::new();
    for i in context.candidates() {
        act(context, i, &mut features);
        let mut made = Candidate {
            token: i,
            rule: context.kept(i).map(|d| d.kind),
            sure: context.kept(i).map_or(0.0, |d| d.confidence),
            converted: context.kept(i).is_some_and(Draft::is_converted),
            verb: tree.is_verb(i),
            act: features.hashes.clone(),
            reality: Vec::new(),
            phrases: Vec::new(),
        };
        if full(tree.span(i)) {
            reality(context, attributions, i, &mut features);
            made.reality.clone_from(&features.hashes);
            let frame = frame_of(context, i);
            let draft = context.kept(i).or_else(|| context.raw(i));
            let sought = Sought { head: i, frame: &frame, draft };
            for j in phrases(context).into_iter().filter(|&j| j != i) {
                party(context, attributions, &sought, j, &mut features, &mut typed);
                let (plain, typed) = (features.hashes.clone(), typed.hashes.clone());
                made.phrases.push(Phrase { token: j, plain, typed });
            }
        }
        candidates.push(made);
    }
    SentenceRows {
        tokens: (0..tree.len()).map(|i| (tree.span(i), tree.head(i))).collect(),
        candidates,
        kept: context.kept.iter().map(|d| (d.head, d.trigger)).collect(),
    }
}
