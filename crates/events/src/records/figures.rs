//! Figures: who gives them, as of when, where, and for which event.

use super::{Read, events_in};
use crate::coding::Attributions;
use variorum_model::{
    Annotations, EventMention, EventType, Figure, MentionKind, Modality, Quantity, Span,
    TimeExpression, TimeKind,
};

/// Furthest that a unit or cue may stand from its number to be shown with it, in bytes.
const NEAR: u32 = 60;

/// Makes a figure of every amount that measures something.
pub(crate) fn figures(
    reads: &[Read<'_>],
    annotations: &Annotations,
    attributions: &Attributions<'_>,
    events: &[EventMention],
) -> Vec<Figure> {
    let mut made = Vec::new();
    for (n, quantity) in annotations.quantities.iter().enumerate() {
        if quantity.measure.is_empty() {
            continue;
        }
        let at = reads.partition_point(|r| r.tree.sentence.span.end <= quantity.span.start);
        let sentence =
            reads.get(at).map(|r| r.tree.sentence.span).filter(|s| s.contains(quantity.span));
        let here = sentence.map(|s| events_in(events, s)).unwrap_or(0..0);
        let before = at
            .checked_sub(1)
            .and_then(|b| reads.get(b))
            .map(|r| events_in(events, r.tree.sentence.span))
            .unwrap_or(0..0);
        let event = counted(quantity, events, here).or_else(|| last_blow(quantity, events, before));
        let place = place(quantity, annotations, sentence)
            .or_else(|| event.and_then(|e| events[e as usize].place));
        let mut attributed_to = attributions.sources(quantity.span);
        if attributed_to.is_empty()
            && let Some(e) = event
        {
            let told = &events[e as usize];
            if sentence.is_some_and(|s| s.contains(told.trigger)) {
                attributed_to.clone_from(&told.reported_by);
            }
        }
        let times = match reads.get(at).filter(|_| sentence.is_some()) {
            Some(read) => scope(quantity, annotations, read),
            None => Scope::default(),
        };
        made.push(Figure {
            quantity: n as u32,
            span: whole(quantity, sentence),
            attributed_to,
            as_of: times.as_of,
            since: times.since,
            place,
            event,
        });
    }
    made
}

fn whole(quantity: &Quantity, sentence: Option<Span>) -> Span {
    let mut span = quantity.span;
    for part in [quantity.of, quantity.cue].into_iter().flatten() {
        let gap = part.start.saturating_sub(span.end).max(span.start.saturating_sub(part.end));
        if gap <= NEAR && sentence.is_none_or(|s| s.contains(part)) {
            span = span.join(part);
        }
    }
    span
}

/// Categories of events that a measure can count for.
fn kinds(measure: &str) -> &'static [EventType] {
    use EventType::*;
    match measure {
        "killed" | "injured" | "missing" | "displaced" => &[Assault, Coerce, Protest],
        "detained" => &[Coerce],
        "money" => &[Aid, Agree, Sanction, Cooperate],
        _ => &[],
    }
}

/// The event of the sentence that the amount counts for: the nearest of a fitting category. Who died in a
/// protest was hit by some blow, if the sentence tells of one.
fn counted(
    quantity: &Quantity,
    events: &[EventMention],
    here: std::ops::Range<usize>,
) -> Option<u32> {
    let fitting = here.filter(|&n| kinds(&quantity.measure).contains(&events[n].kind));
    let gap = |n: &usize| {
        let t = events[*n].trigger;
        t.start.saturating_sub(quantity.span.end).max(quantity.span.start.saturating_sub(t.end))
    };
    fitting.min_by_key(|n| (events[*n].kind == EventType::Protest, gap(n))).map(|n| n as u32)
}

/// For casualties told without an act: the last blow of the sentence before.
fn last_blow(
    quantity: &Quantity,
    events: &[EventMention],
    before: std::ops::Range<usize>,
) -> Option<u32> {
    if !matches!(quantity.measure.as_str(), "killed" | "injured" | "missing") {
        return None;
    }
    let real = |e: &EventMention| !matches!(e.modality, Modality::Negated | Modality::Hypothetical);
    before
        .rev()
        .find(|&n| events[n].kind == EventType::Assault && real(&events[n]))
        .map(|n| n as u32)
}

/// The times that bound a figure.
#[derive(Default)]
struct Scope {
    as_of: Option<u32>,
    since: Option<u32>,
}

/// The nearest day of the sentence, and the day since when it counts ("since March").
fn scope(quantity: &Quantity, annotations: &Annotations, read: &Read<'_>) -> Scope {
    let sentence = read.tree.sentence.span;
    let from = annotations.times.partition_point(|t| t.span.end <= sentence.start);
    let near = annotations.times.iter().enumerate().skip(from);
    let (since, days): (Vec<_>, Vec<_>) = near
        .take_while(|(_, t)| t.span.start < sentence.end)
        .filter(|(_, t)| matches!(t.kind, TimeKind::Date | TimeKind::Time))
        .filter(|(_, t)| !t.span.overlaps(quantity.span))
        .partition(|(_, t)| is_start(read.tree.text, sentence, t.span));
    let gap = |t: Span| {
        t.start.saturating_sub(quantity.span.end).max(quantity.span.start.saturating_sub(t.end))
    };
    let nearest = |list: Vec<(usize, &TimeExpression)>| {
        list.into_iter().min_by_key(|(_, t)| gap(t.span)).map(|(n, _)| n as u32)
    };
    Scope { as_of: nearest(days), since: nearest(since) }
}

/// Whether a time is told of as a beginning: "since March", "since early March".
fn is_start(text: &str, sentence: Span, time: Span) -> bool {
    let before = text.get(sentence.from()..time.from()).unwrap_or_default();
    let mut words = before.split_whitespace().rev();
    let led = |w: Option<&str>| w.is_some_and(|w| w.eq_ignore_ascii_case("since"));
    led(words.next()) || led(words.next())
}

/// The nearest place named after the amount in its sentence, else the nearest before it.
fn place(quantity: &Quantity, annotations: &Annotations, sentence: Option<Span>) -> Option<Span> {
    let sentence = sentence?;
    let from = annotations.mentions.partition_point(|m| m.span.end <= sentence.start);
    let near = annotations.mentions[from..].iter().take_while(|m| m.span.start < sentence.end);
    let places = near.filter(|m| m.kind == MentionKind::Place && !m.government);
    places
        .min_by_key(|m| {
            let behind = m.span.end <= quantity.span.start;
            let gap = m
                .span
                .start
                .saturating_sub(quantity.span.end)
                .max(quantity.span.start.saturating_sub(m.span.end));
            (behind, gap)
        })
        .map(|m| m.span)
}
