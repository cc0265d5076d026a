//! What befell those counted, by the sentence's tree: for wordings that no window of words reaches
//! ("12 people, women and children among them, were killed").

use super::lexicon::look_up;
use super::measure::token_at;
use crate::reading::Reading;
use variorum_model::{Span, Token};

/// Most steps from a number up to the verb that governs it.
const STEPS: usize = 6;

/// The measure that the word governing the number at `number` tells, and that word.
pub(super) fn governing(reading: &Reading<'_>, number: Span) -> Option<(&'static str, Span)> {
    let tokens = &reading.parse.tokens;
    let mut at = token_at(reading, number)?;
    for _ in 0..STEPS {
        let head = tokens.get(at.head as usize).filter(|h| h.span != at.span)?;
        match at.relation.as_str() {
            "nummod" | "quantmod" | "compound" | "amod" | "advmod" | "conj" | "appos" | "nmod" => {}
            // "hundreds of men were killed": what the number counts stands below it.
            "nsubjpass" => return cue(reading, head).filter(|_| is_verb(head)),
            "nsubj" => return befalls(reading, head),
            "dobj" => {
                let own = cue(reading, head).filter(|_| is_verb(head));
                return own.or_else(|| tally(reading, head));
            }
            "pobj" => return tally_before(reading, head),
            _ => return None,
        }
        at = head;
    }
    None
}

fn cue(reading: &Reading<'_>, token: &Token) -> Option<(&'static str, Span)> {
    let word = reading.word(token).to_lowercase();
    let claimed = word == "claimed";
    look_up("cue", &word).filter(|_| !claimed).map(|(measure, _)| (measure, token.span))
}

fn is_verb(token: &Token) -> bool {
    token.tag.starts_with("VB")
}

/// What the subject of `verb` suffers: by a verb that does nothing to others ("died", "fled"), or by what
/// "were" leads to ("were missing").
fn befalls(reading: &Reading<'_>, verb: &Token) -> Option<(&'static str, Span)> {
    let word = reading.word(verb).to_lowercase();
    if look_up("suffers", &word).is_some() {
        return cue(reading, verb);
    }
    if verb.lemma != "be" && verb.lemma != "remain" && verb.lemma != "go" {
        return None;
    }
    let told =
        |t: &&Token| matches!(t.relation.as_str(), "acomp" | "attr") && !t.tag.starts_with("NN");
    below(reading, verb).find(told).and_then(|t| cue(reading, t))
}

/// "the death toll reached 12": the measure of the verb's subject.
fn tally(reading: &Reading<'_>, verb: &Token) -> Option<(&'static str, Span)> {
    let subject = below(reading, verb).find(|t| t.relation.starts_with("nsubj"))?;
    let named = |t: &Token| look_up("tally", &reading.word(t).to_lowercase()).is_some();
    if named(subject) {
        return cue(reading, subject);
    }
    // "the number of dead", "the total number of militant casualties"
    let of = below(reading, subject).find(|t| t.relation == "prep" && reading.word(t) == "of")?;
    let object = below(reading, of).find(|t| t.relation == "pobj")?;
    named(object).then(|| cue(reading, object)).flatten()
}

/// "rose to 12", "the deaths of 12": what the preposition hangs on.
fn tally_before(reading: &Reading<'_>, preposition: &Token) -> Option<(&'static str, Span)> {
    let head = reading.parse.tokens.get(preposition.head as usize)?;
    let word = reading.word(preposition).to_lowercase();
    if is_verb(head) {
        return matches!(word.as_str(), "to" | "at" | "by" | "above" | "over")
            .then(|| tally(reading, head))
            .flatten();
    }
    let noun = reading.word(head).to_lowercase();
    (word == "of" && look_up("deed", &noun).is_some()).then(|| cue(reading, head)).flatten()
}

/// Most words between a word and one that hangs on it.
const FAR: usize = 60;

/// The words near `head` that hang on it, in its sentence.
fn below<'r>(reading: &Reading<'r>, head: &Token) -> impl Iterator<Item = &'r Token> + use<'r> {
    let sentence = reading.sentence_at(head.span.from());
    let tokens = sentence.map(|s| reading.parse.tokens_of(s)).unwrap_or_default();
    let at = tokens.partition_point(|t| t.span.end <= head.span.start);
    let tokens = &tokens[at.saturating_sub(FAR)..(at + FAR).min(tokens.len())];
    let all = &reading.parse.tokens;
    let span = head.span;
    tokens
        .iter()
        .filter(move |t| t.span != span && all.get(t.head as usize).is_some_and(|h| h.span == span))
}
