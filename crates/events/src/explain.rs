//! Why an event was coded as it is, for those who check or mend the lexicon.

use crate::coding::{self, Attributions, Told};
use crate::records::Read;
use crate::syntax::Tree;
use crate::{lexicon, reads};
use variorum_model::{Annotations, EventMention, Explanation, Parse, PartyPath, Report};

/// Explains one event of a report; `event` is one that [`crate::code`] gave for the same report, parse
/// and annotations. `None` if it is not.
pub fn explain(
    report: &Report,
    parse: &Parse,
    annotations: &Annotations,
    event: &EventMention,
) -> Option<Explanation> {
    let reads = reads(report, parse, annotations);
    let read = reads.iter().find(|r| r.tree.sentence.span.contains(event.trigger))?;
    let attributions = Attributions::new(annotations);
    let told = coding::told(read, annotations, &attributions);
    let Told { draft, decisions, .. } = told
        .into_iter()
        .find(|t| t.event.trigger == event.trigger && t.event.kind == event.kind)?;
    let Read { tree, cast } = read;
    let sides = [("actor", &draft.actors), ("recipient", &draft.recipients)];
    let parties = sides.into_iter().flat_map(|(side, heads)| {
        heads.iter().map(move |&head| PartyPath {
            side,
            span: cast.phrase(tree, head),
            path: path(tree, head, draft.head),
        })
    });
    let mut words = vec![tree.lemma(draft.head)];
    words.extend(draft.consumed.iter().map(|&c| tree.lemma(c)));
    Some(Explanation {
        event: event.clone(),
        sentence: tree.sentence.span,
        parties: parties.collect(),
        entries: lexicon::entries(&words, draft.kind, draft.cameo),
        decisions,
    })
}

/// The way from one word to another: each word, then its relation to the next.
fn path(tree: &Tree<'_>, from: usize, to: usize) -> String {
    let mut down = vec![to];
    down.extend(tree.ancestors(to));
    let mut way = String::new();
    let mut at = from;
    loop {
        way.push_str(tree.span(at).of(tree.text));
        if let Some(steps) = down.iter().position(|&d| d == at) {
            for &below in down[..steps].iter().rev() {
                let word = tree.span(below).of(tree.text);
                way.push_str(&format!(" ─has {}→ {word}", tree.relation(below)));
            }
            return way;
        }
        let above = tree.head(at);
        if above == at {
            return way;
        }
        way.push_str(&format!(" ─{} of→ ", tree.relation(at)));
        at = above;
    }
}
