//! Numbers that leave out their noun: "Five shells were fired, of which four exploded".

use super::measure::token_at;
use crate::reading::Reading;
use crate::words::Word;
use variorum_model::{Quantity, Span, Token};

/// Gives a bare number before a verb the noun of the number before it in its sentence, for it tells of some
/// of those or of the same. `quantities` are those of one stretch, in text order.
pub(super) fn resolve(reading: &Reading<'_>, words: &[Word<'_>], quantities: &mut [Quantity]) {
    for i in 1..quantities.len() {
        let bare = &quantities[i];
        if bare.of.is_some() || bare.measure != "count" || !bare.unit.is_empty() {
            continue;
        }
        if !is_subject(reading, words, bare.span) {
            continue;
        }
        let sentence = reading.sentence_at(bare.span.from());
        let told = quantities[..i].iter().rev().find(|q| is_told_of(reading, q));
        let here = |q: &&Quantity| reading.sentence_at(q.span.from()) == sentence;
        let Some(told) = told.filter(here) else { continue };
        let (of, unit) = (told.of, told.unit.clone());
        quantities[i].of = of;
        quantities[i].unit = unit;
        quantities[i].rule = "counted_before";
    }
}

/// Whether a quantity counts what its clause tells something of: a subject or object, not "within five days".
fn is_told_of(reading: &Reading<'_>, q: &Quantity) -> bool {
    let measured =
        matches!(q.measure.as_str(), "money" | "percent" | "age" | "duration" | "distance");
    let head = q.of.and_then(|of| token_at(reading, Span { start: of.end - 1, end: of.end }));
    let told =
        |t: &Token| matches!(t.relation.as_str(), "nsubj" | "nsubjpass" | "dobj" | "attr" | "ROOT");
    !measured && q.unit != "share" && head.is_some_and(told)
}

/// Whether a verb follows, at most an adverb between.
fn is_subject(reading: &Reading<'_>, words: &[Word<'_>], number: Span) -> bool {
    let at = words.partition_point(|w| w.span.start < number.end);
    let tag = |at: usize| {
        words.get(at).and_then(|w| token_at(reading, w.span)).map_or("", |t| t.tag.as_str())
    };
    let verb = |at: usize| tag(at).starts_with("VB") || tag(at) == "MD";
    verb(at) || tag(at).starts_with("RB") && verb(at + 1)
}
