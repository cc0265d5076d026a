//! What is told where the words of the telling come first: "As the paper reported, …", "what Orlo
//! called “a farce”".

use super::attribution::Attribution;
use super::complement::{is_mark, object_end, sentence_end};
use super::cues;
use super::marks::Marked;
use super::phrase::Clause;
use super::subject::subject;
use variorum_model::Modality;

/// "As the paper has reported, the talks failed": what comes after the comma is told.
pub(super) fn as_told(
    clause: &Clause<'_>,
    at: usize,
    start: usize,
    stance: Modality,
) -> Option<Attribution> {
    let source = subject(clause, at, start)?;
    let first = clause.at(source.from());
    let opens = first == 1 || first == 2 && clause.tag(0) == "CC";
    if !opens || clause.word(first - 1) != "as" || clause.after(source.to()) > start {
        return None;
    }
    let n = sentence_end(clause, clause.tokens.len());
    let comma = (at + 1..n.min(at + 15)).find(|&i| clause.word(i) == ",")?;
    // "As he said the talks failed, …" tells something of its own
    let plain = (at + 1..comma).all(|i| !clause.is_finite(i) && !is_mark(clause.word(i)));
    (plain && comma + 2 < n).then(|| Attribution {
        content: clause.span(comma + 1, n),
        cue: clause.tokens[at].span,
        source: Some(source),
        stance,
        rule: "before_content",
        pronoun: false,
    })
}

/// "what Orlo called “a farce”", "which he described as his home": words said of what stands before
/// the verb as "what", "which" or "whom".
pub(super) fn said_of(
    clause: &Clause<'_>,
    marked: &[Marked],
    at: usize,
    start: usize,
    lemma: &str,
    turned: &dyn Fn(Modality) -> Modality,
) -> Option<Attribution> {
    let stance = cues::cue(lemma, "object")?;
    let source = subject(clause, at, start)?;
    let first = clause.at(source.from());
    let fronted = first > 0
        && matches!(clause.word(first - 1), "what" | "which" | "whom" | "who" | "that")
        && clause.child(at, &["nsubj"]).is_some_and(|s| s >= first);
    if !fronted {
        return None;
    }
    let from = at + 1 + usize::from(clause.word(at + 1) == "as");
    let words = clause.tokens.get(from)?.span;
    let index = marked.partition_point(|m| m.span.end <= words.start);
    let quoted = marked.get(index).filter(|m| m.span.start <= words.start);
    let content = match quoted {
        Some(quoted) => quoted.span,
        None if clause.word(at + 1) == "as" || clause.phrase_from(from).is_some() => {
            let end = object_end(clause, at, at + 1);
            if end <= from {
                return None;
            }
            clause.span(from, end)
        }
        None => return None,
    };
    Some(Attribution {
        content,
        cue: clause.tokens[at].span,
        source: Some(source),
        stance: turned(stance),
        rule: if quoted.is_some() { "before_content" } else { "object" },
        pronoun: false,
    })
}
