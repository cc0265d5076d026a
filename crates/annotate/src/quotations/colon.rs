//! Names and cues set off from what is said: "Orlo: Talks Will Fail", "ORLO: Well, look", "He went on:"
//! before a paragraph of its own, and "“…” — Anna Orlo".

use super::cues;
use super::marks::Marked;
use super::phrase::Clause;
use super::subject::{group_start, subject};
use crate::reading::{Reading, Stretch};
use std::collections::HashMap;
use variorum_model::{MentionKind, Modality, Quotation, QuotationKind, Span};

/// Longest name before a colon, in bytes.
const LONGEST_NAME: usize = 48;

fn quotation(span: Span, cue: Span, source: Span, rule: &'static str, direct: bool) -> Quotation {
    Quotation {
        span,
        kind: if direct { QuotationKind::Direct } else { QuotationKind::Indirect },
        cue: Some(cue),
        source: Some(source),
        speaker: None,
        anonymous: false,
        stance: Modality::Actual,
        rule,
        confidence: 0.75,
    }
}

/// What a paragraph that opens with "Name:" says: source, colon, content.
struct Turn {
    source: Span,
    colon: Span,
    content: Span,
    /// Written in capitals, as transcripts name their speakers.
    capitals: bool,
}

/// Quotations by names before a colon: turns of a transcript, and headlines.
pub(super) fn by_name(reading: &Reading<'_>) -> Vec<Quotation> {
    let turns: Vec<(usize, Turn)> = reading
        .stretches
        .iter()
        .enumerate()
        .filter_map(|(i, s)| Some((i, turn(reading, s)?)))
        .collect();
    let mut count: HashMap<&str, usize> = HashMap::new();
    for (_, t) in turns.iter().filter(|(_, t)| t.capitals) {
        *count.entry(reading.text(t.source)).or_default() += 1;
    }
    // Capitals alone may be a kicker ("WATCH:"): a transcript has two speakers, one of them twice
    let transcript = count.len() >= 2 && count.values().any(|&c| c >= 2);
    let mut out = Vec::new();
    for (i, turn) in turns {
        if turn.capitals && transcript {
            out.push(quotation(turn.content, turn.colon, turn.source, "turn", true));
        } else if !turn.capitals && i <= 1 && is_teller(reading, turn.source) {
            out.push(quotation(turn.content, turn.colon, turn.source, "headline", false));
        }
    }
    out
}

fn turn(reading: &Reading<'_>, stretch: &Stretch) -> Option<Turn> {
    let text = reading.text(stretch.span);
    let head = text.get(..text.len().min(LONGEST_NAME)).unwrap_or_else(|| {
        let cut = (0..=LONGEST_NAME).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
        &text[..cut]
    });
    let colon = head.find(':')?;
    let rest = &text[colon + 1..];
    if !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let name = text[..colon].trim_start_matches(|c: char| !c.is_alphanumeric());
    let from = stretch.span.from() + colon - name.len();
    let named = name.split_whitespace().count() <= 4
        && !name.is_empty()
        && name.split_whitespace().all(|w| {
            w.starts_with(char::is_uppercase) || matches!(w, "de" | "of" | "al" | "bin" | "van")
        });
    let content = rest.trim();
    if !named || content.split_whitespace().count() < 2 {
        return None;
    }
    let start = stretch.span.from() + colon + 1 + (rest.len() - rest.trim_start().len());
    Some(Turn {
        source: Span::new(from, from + name.len()),
        colon: Span::new(stretch.span.from() + colon, stretch.span.from() + colon + 1),
        content: Span::new(start, start + content.trim_end_matches('.').len()),
        capitals: name.len() > 2 && !name.chars().any(char::is_lowercase),
    })
}

/// Whether what stands before the colon of a headline can tell what follows: a person named in the
/// text, officials or police, a report.
fn is_teller(reading: &Reading<'_>, span: Span) -> bool {
    let last = reading.text(span).rsplit(char::is_whitespace).next().unwrap_or("").to_lowercase();
    let can_tell = cues::is_unnamed(&last) || cues::cue(&last, "headline").is_some();
    can_tell || is_named(reading, span)
}

/// Whether a name is one of a person, or of a body that is named elsewhere too.
fn is_named(reading: &Reading<'_>, span: Span) -> bool {
    let last = reading.text(span).rsplit(char::is_whitespace).next().unwrap_or("").to_lowercase();
    let persons = reading.parse.names.iter().filter(|n| n.kind == MentionKind::Person);
    persons.take(400).any(|n| {
        n.span != span
            && reading.text(n.span).rsplit(char::is_whitespace).next().is_some_and(|w| {
                let bare = w.trim_end_matches("'s").trim_end_matches("’s");
                bare.to_lowercase() == last
            })
    })
}

/// A paragraph without marks that the one before leads up to with a cue and a colon ("He added:"); `taken`
/// are the quotations found so far, in text order.
pub(super) fn led_up_to(
    reading: &Reading<'_>,
    marks: &[Marked],
    taken: &[Quotation],
) -> Vec<Quotation> {
    let mut out: Vec<Quotation> = Vec::new();
    for (i, pair) in reading.stretches.windows(2).enumerate() {
        let (before, block) = (&pair[0], &pair[1]);
        if !reading.text(before.span).trim_end().ends_with(':') || before.kind.is_none() {
            continue;
        }
        let marked = marks
            .get(marks.partition_point(|m| m.stretch < i + 1))
            .is_some_and(|m| m.stretch == i + 1 && m.span.start == block.span.start);
        let known = taken[..taken.partition_point(|q| q.span.start <= block.span.start)]
            .iter()
            .rev()
            .take(12)
            .any(|q| q.span.contains(block.span));
        let last = before.span.to().saturating_sub(1);
        let Some(sentence) = reading.sentence_at(last).filter(|_| !marked && !known) else {
            continue;
        };
        let clause = Clause::new(reading, sentence);
        let n = clause.tokens.len();
        // The cue is the last verb before the colon
        let Some(at) = (n.saturating_sub(8)..n).rev().find(|&k| clause.is_verb(k)) else {
            continue;
        };
        let lemma = clause.lemma(at);
        let phrasal = format!("{lemma} {}", clause.word(at + 1));
        let cued = cues::cue(&lemma, "speech").is_some()
            || cues::cue(&lemma, "after").is_some()
            || cues::cue(&phrasal, "after").is_some();
        if let Some(source) = subject(&clause, at, group_start(&clause, at)).filter(|_| cued) {
            out.push(quotation(block.span, clause.tokens[at].span, source, "led_up_to", true));
        }
    }
    out
}

/// "“…” — Anna Orlo" at the end of a paragraph: the dash and the name.
pub(super) fn signed(reading: &Reading<'_>, m: &Marked) -> Option<(Span, Span)> {
    let own = reading.stretches.get(m.stretch)?;
    let mut stretch = own;
    let mut end = m.span.to();
    // The signature may be a line of its own
    if reading.report.text.get(end..own.span.to())?.trim().is_empty() {
        stretch = reading.stretches.get(m.stretch + 1).filter(|s| s.span.from() >= end)?;
        end = stretch.span.from();
    }
    let rest = reading.report.text.get(end..stretch.span.to())?;
    let lead = rest.len() - rest.trim_start().len();
    let dash = rest.trim_start().chars().next().filter(|c| matches!(c, '—' | '–' | '―' | '-'))?;
    let after = rest.trim_start().trim_start_matches(dash);
    let name = after.trim().trim_end_matches('.');
    let words: Vec<&str> = name.split(',').next().unwrap_or("").split_whitespace().collect();
    let named = (1..=6).contains(&words.len())
        && words.iter().all(|w| {
            w.starts_with(char::is_uppercase) || matches!(*w, "de" | "al" | "bin" | "van" | "von")
        });
    let at = end + lead;
    let from = stretch.span.to() - after.trim_start().len();
    named.then(|| (Span::new(at, at + dash.len_utf8()), Span::new(from, from + name.len())))
}

/// "Orlo: “…”": the name of a person right before marked words and a colon.
pub(super) fn named_before(reading: &Reading<'_>, m: &Marked) -> Option<Span> {
    let stretch = reading.stretches.get(m.stretch)?;
    let before = reading.report.text.get(stretch.span.from()..m.span.from())?.trim_end();
    let lead = before.strip_suffix(':')?;
    let end = stretch.span.from() + lead.len();
    let at = end.checked_sub(1)?;
    let name = reading.names_in(Span::new(at, end)).find(|n| n.span.to() == end)?;
    (name.kind == MentionKind::Person).then_some(name.span)
}
