//! Counts of nobody: "no casualties", "no one was killed or injured".
//!
//! That nobody came to harm is a figure like any other, and the one that a report of twelve dead is
//! held against.

use super::lexicon::look_up;
use crate::words::Word;
use variorum_model::{Quantity, Span};

/// Most words between "no" and what there was none of: "no immediate civilian casualties".
const BETWEEN: usize = 2;
/// Most words between "no one" and what befell them: "no one is believed to have been".
const BEFORE_VERB: usize = 5;

/// The measures of which `words` say that there were none.
pub(super) fn nothing(words: &[Word<'_>]) -> Vec<Quantity> {
    let mut out = Vec::new();
    for at in 0..words.len() {
        let (found, last) = match words[at].lower.as_str() {
            "no" if is_one(words, at + 1) => befell(words, at + 2),
            "nobody" | "none" => befell(words, at + 1),
            "no" => harm(words, at + 1),
            "without" => harm(words, at + 1),
            _ => continue,
        };
        let span = words[at].span.join(words[last.min(words.len() - 1)].span);
        out.extend(found.into_iter().map(|(measure, cue)| nil(span, measure, words[cue].span)));
    }
    out
}

fn is_one(words: &[Word<'_>], at: usize) -> bool {
    words.get(at).is_some_and(|w| look_up("standing", &w.lower).is_some())
}

type Found = (Vec<(&'static str, usize)>, usize);

/// "was killed or injured", from the word after "no one" on.
fn befell(words: &[Word<'_>], from: usize) -> Found {
    let mut found = Vec::new();
    let mut last = from;
    for (at, word) in words.iter().enumerate().take(from + BEFORE_VERB + 3).skip(from) {
        if !word.is_word() {
            break;
        }
        let measure = match word.lower.as_str() {
            "killed" | "died" => "killed",
            "injured" | "wounded" | "hurt" => "injured",
            "or" | "and" | "nor" => continue,
            word if found.is_empty() && look_up("auxiliary", word).is_some() => continue,
            _ => break,
        };
        found.push((measure, at));
        last = at;
    }
    (found, last)
}

/// "casualties", "confirmed deaths or injuries", from the word after "no" on.
fn harm(words: &[Word<'_>], from: usize) -> Found {
    let mut found: Vec<(&'static str, usize)> = Vec::new();
    let mut last = from;
    for (at, word) in words.iter().enumerate().take(from + BETWEEN + 4).skip(from) {
        if !word.is_word() {
            break;
        }
        let measures = look_up("harm", &word.lower).map(|e| e.1).unwrap_or_default();
        if measures.is_empty() {
            let word = word.lower.as_str();
            let link = matches!(word, "or" | "and");
            // "No reports of casualties" says nothing of casualties.
            if !found.is_empty() && !link || at >= from + BETWEEN || word == "of" {
                break;
            }
            continue;
        }
        for measure in measures.split('+') {
            if !found.iter().any(|(m, _)| *m == measure) {
                found.push((measure, at));
            }
        }
        last = at;
    }
    (found, last)
}

fn nil(span: Span, measure: &'static str, cue: Span) -> Quantity {
    Quantity {
        span,
        value: 0.0,
        bound: "exact",
        low: None,
        high: None,
        unit: "people".to_owned(),
        measure: measure.to_owned(),
        of: None,
        cue: Some(cue),
        derived: None,
        rule: "nil",
        confidence: 0.8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words;

    #[test]
    fn none_came_to_harm() {
        for (text, want) in [
            ("There were no casualties in the harbour.", "killed injured"),
            ("The quake caused no deaths or injuries.", "killed injured"),
            ("No one was killed in the fire.", "killed"),
            ("Nobody was hurt.", "injured"),
            ("No one was killed or injured.", "killed injured"),
            ("It caused no civilian casualties.", "killed injured"),
            ("There are no immediate reports of casualties.", ""),
            ("No reports of casualties came in.", ""),
            ("No one knows who was killed.", ""),
            ("No tickets were sold.", ""),
            ("Nobody, he said, was", ""),
        ] {
            let list = words(text, Span::new(0, text.len()));
            let found: Vec<String> = nothing(&list).into_iter().map(|q| q.measure).collect();
            assert_eq!(found.join(" "), want, "{text}");
        }
    }
}
