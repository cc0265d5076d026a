//! From frames to event mentions, one sentence at a time.

mod attribution;
mod cast;
mod circumstance;
mod conversion;
mod draft;
mod learned;
mod matching;
mod modality;
mod nominal;
mod selection;
mod sight;
mod verbal;

pub(crate) use attribution::Attributions;
pub use learned::{Candidate, Phrase, SentenceRows};

use crate::records::Read;
use crate::syntax::{Cast, Tree};
use draft::Draft;
use learned::Context;
use variorum_model::{Annotations, Decision, EventMention, Span};

/// Codes every sentence; events come in text order.
pub(crate) fn code_sentences(
    reads: &[Read<'_>],
    annotations: &Annotations,
    attributions: &Attributions<'_>,
) -> Vec<EventMention> {
    let mut events: Vec<EventMention> = Vec::new();
    for Read { tree, cast } in reads {
        events.extend(code_sentence(tree, cast, annotations, attributions));
    }
    events.sort_by_key(|e| (e.trigger.start, e.trigger.end, e.kind));
    events
}

fn code_sentence(
    tree: &Tree<'_>,
    cast: &Cast<'_>,
    annotations: &Annotations,
    attributions: &Attributions<'_>,
) -> Vec<EventMention> {
    let drafts = sight::drafts(tree, cast, annotations, attributions);
    drafts
        .iter()
        .map(|d| circumstance::finish(tree, cast, annotations, attributions, d.clone()))
        .collect()
}

/// The drafts of a sentence, as they are decided upon.
fn decided(tree: &Tree<'_>, cast: &Cast<'_>, attributions: &Attributions<'_>) -> Vec<Draft> {
    let (raw, kept) = ruled(tree, cast);
    let context = Context::new(tree, cast, &raw, &kept);
    learned::decide(&context, attributions).unwrap_or_else(|| kept.clone())
}

/// An event of one sentence with what made it.
pub(crate) struct Told {
    /// The event.
    pub(crate) event: EventMention,
    /// What it was made of.
    pub(crate) draft: Draft,
    /// What the models decided.
    pub(crate) decisions: Vec<Decision>,
}

/// The events of one sentence, each with what made it.
pub(crate) fn told(
    read: &Read<'_>,
    annotations: &Annotations,
    attributions: &Attributions<'_>,
) -> Vec<Told> {
    let Read { tree, cast } = read;
    let (raw, kept) = ruled(tree, cast);
    let context = Context::new(tree, cast, &raw, &kept);
    let drafts = decided(tree, cast, attributions);
    let explained = drafts.into_iter().map(|draft| Told {
        event: circumstance::finish(tree, cast, annotations, attributions, draft.clone()),
        decisions: learned::decisions(&context, attributions, &draft),
        draft,
    });
    explained.collect()
}

/// The drafts of the rules, before and after selection.
fn ruled(tree: &Tree<'_>, cast: &Cast<'_>) -> (Vec<Draft>, Vec<Draft>) {
    let mut drafts = verbal::verbal(tree, cast);
    nominal::nominal(tree, cast, &mut drafts);
    let title = tree.sentence.block.is_none();
    for draft in &mut drafts {
        if draft.modality.is_none() {
            draft.modality = Some(modality::modality(tree, draft, title));
        }
    }
    conversion::convert(tree, cast, &mut drafts);
    let kept = selection::select(tree, drafts.clone());
    (drafts, kept)
}

/// What training sees of every sentence; all features only for words where `full` says so.
pub(crate) fn rows(
    reads: &[Read<'_>],
    annotations: &Annotations,
    full: &dyn Fn(Span) -> bool,
) -> Vec<SentenceRows> {
    let attributions = Attributions::new(annotations);
    let rows = reads.iter().map(|Read { tree, cast }| {
        let (raw, kept) = ruled(tree, cast);
        learned::sentence_rows(&Context::new(tree, cast, &raw, &kept), &attributions, full)
    });
    rows.collect()
}
