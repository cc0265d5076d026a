//! Whether the clause round a time expression looks back or ahead.

use super::lexicon::{is_answering, look_up};
use crate::reading::Reading;
use variorum_model::{Parse, Sentence, Span};

/// Which way the verb of a clause looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    /// Told as over.
    Past,
    /// Told as to come.
    Future,
    /// No verb tells.
    Unknown,
}

/// Most words between a time and a "had" that bears on it.
const NEAR: usize = 100;

/// Tense of the clause in which `span` stands.
///
/// The verb is the nearest one up the dependency tree, or, where the tree gives none, the nearest to
/// the left and then to the right in the sentence.
pub(super) fn tense(reading: &Reading<'_>, sentence: Option<&Sentence>, span: Span) -> Tense {
    let parse = reading.parse;
    let Some(sentence) = sentence else { return Tense::Unknown };
    let tokens = parse.tokens_of(sentence);
    let first = sentence.first as usize;
    let Some(at) = reading.token_over(sentence, span) else { return Tense::Unknown };
    let lemma = |i: usize| tokens[i].lemma.to_lowercase();
    let near = &tokens[at.saturating_sub(NEAR)..(at + NEAR).min(tokens.len())];
    let perfect = near.iter().any(|t| t.tag == "VBD" && t.lemma == "have");
    if let Some(before) = at.checked_sub(1) {
        match lemma(before).as_str() {
            "since" => return Tense::Past,
            // "effective Feb. 1": nearest, but rather to come
            "effective" => return Tense::Future,
            // "loans through January", but "it rained through Sunday"
            "through" if look_up("weekday", &lemma(at)).is_none() && !perfect => {
                return Tense::Future;
            }
            "until" | "till" => return if perfect { Tense::Past } else { Tense::Future },
            // "as early as Tuesday"
            "as" if before >= 2 && lemma(before - 2) == "as" && !perfect => return Tense::Future,
            _ => {}
        }
    }
    // "Wednesday's ruling" is there already, whatever is yet to be done about it
    let owns = tokens[at..]
        .iter()
        .take(4)
        .find(|t| !t.span.overlaps(span))
        .is_some_and(|t| t.tag == "POS");
    // "under a June agreement": what the month names lies nearest, whatever the verb
    let names = look_up("month", &lemma(at)).is_some()
        && at > 0
        && matches!(lemma(at - 1).as_str(), "a" | "an")
        && tokens.get(at + 1).is_some_and(|t| matches!(t.tag.as_str(), "NN" | "NNS"));
    if names {
        return Tense::Unknown;
    }
    let mut node = at;
    let mut infinitive = false;
    let mut named = false;
    for _ in 0..tokens.len().min(32) {
        if is_verb(&tokens[node].tag) {
            let lemma = tokens[node].lemma.as_str();
            if infinitive && !perfect && look_up("intending", lemma).is_some() {
                return Tense::Future;
            }
            let found = of_verb(parse, sentence, node);
            // "will not apologise for the raid on Monday": the raid is over
            if named && is_answering(lemma) {
                return Tense::Past;
            }
            if found != Tense::Unknown {
                return if owns && found == Tense::Future { Tense::Unknown } else { found };
            }
            infinitive = tokens[node].tag == "VB";
        }
        named |= node != at && matches!(tokens[node].tag.as_str(), "NN" | "NNS");
        let head = (tokens[node].head as usize).wrapping_sub(first);
        if head == node || head >= tokens.len() {
            break;
        }
        node = head;
    }
    let left = (0..at).rev().take(12).filter(|&i| is_verb(&tokens[i].tag));
    let right = (at + 1..tokens.len()).take(12).filter(|&i| is_verb(&tokens[i].tag));
    left.chain(right)
        .map(|i| of_verb(parse, sentence, i))
        .find(|t| *t != Tense::Unknown && !(owns && *t == Tense::Future))
        .unwrap_or(Tense::Unknown)
}

fn is_verb(tag: &str) -> bool {
    tag.starts_with("VB") || tag == "MD"
}

/// Tense of the verb group whose main verb is token `at` of the sentence.
fn of_verb(parse: &Parse, sentence: &Sentence, at: usize) -> Tense {
    let tokens = parse.tokens_of(sentence);
    let verb = &tokens[at];
    if verb.tag == "MD" {
        return if verb.lemma == "could" { Tense::Unknown } else { Tense::Future };
    }
    // The group stands within the four tokens before its main verb.
    let mut have = false;
    let mut had = false;
    let mut be = false;
    for i in (at.saturating_sub(4)..at).rev() {
        let t = &tokens[i];
        let part_of_group =
            t.tag == "MD" || t.tag == "TO" || t.tag.starts_with("RB") || t.tag.starts_with("VB");
        if !part_of_group {
            break;
        }
        match t.tag.as_str() {
            "MD" if t.lemma == "could" => return Tense::Past,
            "MD" => return Tense::Future,
            // "met to discuss" looks back, "plans to meet" ahead: the verb above decides
            "TO" if verb.tag == "VB" => {
                // "is to resume trading"
                let is = i.checked_sub(1).map(|b| &tokens[b]);
                let due =
                    is.is_some_and(|t| t.lemma == "be" && matches!(t.tag.as_str(), "VBZ" | "VBP"));
                return if due { Tense::Future } else { Tense::Unknown };
            }
            _ => {}
        }
        have |= t.lemma == "have";
        had |= t.lemma == "have" && t.tag == "VBD";
        be |= t.lemma == "be" && matches!(t.tag.as_str(), "VBZ" | "VBP" | "VB");
    }
    let next = tokens.get(at + 1).map_or("", |t| t.lemma.as_str());
    let planned = match look_up("planned", &verb.lemma) {
        // "set for June", "due to open", but not "a record set on Monday"
        Some("led") => matches!(next, "to" | "for"),
        Some(_) => true,
        None => false,
    };
    if planned && !had {
        return Tense::Future;
    }
    match verb.tag.as_str() {
        "VBD" => Tense::Past,
        "VBN" if have || !be => Tense::Past,
        "VBN" => Tense::Past,
        "VBG" if be => Tense::Future,
        // "the council meets Monday"
        "VBZ" | "VBP" if look_up("scheduled", &verb.lemma).is_some() => Tense::Future,
        _ => Tense::Unknown,
    }
}
