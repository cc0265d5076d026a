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

use crate::syntax::{Cast, Tree};
use variorum_model::{Annotations, EventMention, Parse, Report, Sentence};

/// Codes every sentence; events come in text order.
pub(crate) fn code_sentences(
    report: &Report,
    parse: &Parse,
    annotations: &Annotations,
) -> Vec<EventMention> {
    let attributions = Attributions::new(annotations);
    let mut events = Vec::new();
    for sentence in &parse.sentences {
        if sentence.first >= sentence.last || sentence.last as usize > parse.tokens.len() {
            continue;
        }
        events.extend(code_sentence(report, parse, annotations, &attributions, sentence));
    }
    events.sort_by_key(|e| (e.trigger.start, e.trigger.end, e.kind));
    events
}

/// Longest sentence that is read; beyond it stands a list or a table, not a sentence.
const MAX_TOKENS: u32 = 400;

fn code_sentence(
    report: &Report,
    parse: &Parse,
    annotations: &Annotations,
    attributions: &Attributions<'_>,
    sentence: &Sentence,
) -> Vec<EventMention> {
    if sentence.last - sentence.first > MAX_TOKENS {
        return Vec::new();
    }
    let tree = Tree::new(&report.text, parse, sentence);
    let cast = Cast::new(&tree, annotations);
    let mut drafts = verbal::verbal(&tree, &cast);
    nominal::nominal(&tree, &cast, &mut drafts);
    let title = sentence.block.is_none();
    for draft in &mut drafts {
        if draft.modality.is_none() {
            draft.modality = Some(modality::modality(&tree, draft, title));
        }
    }
    conversion::convert(&tree, &mut drafts);
    let drafts = selection::select(&tree, drafts);
    drafts
        .into_iter()
        .map(|d| circumstance::finish(&tree, &cast, annotations, attributions, d))
        .collect()
}
