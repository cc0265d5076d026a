//! From frames to event mentions, one sentence at a time.

mod attribution;
mod cast;
mod circumstance;
mod conversion;
mod draft;
mod matching;
mod modality;
mod nominal;
mod selection;
mod verbal;

pub(crate) use attribution::Attributions;

use crate::records::Read;
use crate::syntax::{Cast, Tree};
use variorum_model::{Annotations, EventMention};

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
    let mut drafts = verbal::verbal(tree, cast);
    nominal::nominal(tree, cast, &mut drafts);
    let title = tree.sentence.block.is_none();
    for draft in &mut drafts {
        if draft.modality.is_none() {
            draft.modality = Some(modality::modality(tree, draft, title));
        }
    }
    conversion::convert(tree, &mut drafts);
    let drafts = selection::select(tree, drafts);
    drafts
        .into_iter()
        .map(|d| circumstance::finish(tree, cast, annotations, attributions, d))
        .collect()
}
