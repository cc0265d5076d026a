//! Quotations, direct and indirect, with cue and source.
//!
//! A cue word in a sentence gives content and source by its place and the clause it takes; words in
//! quotation marks that a content touches belong to it as a whole, over several sentences and
//! paragraphs. Marked words that nobody is said to say are left alone: most are scare quotes.

mod attribution;
mod colon;
mod complement;
mod cues;
mod dash;
mod fronted;
mod marks;
mod passive;
mod phrase;
mod speaker;
mod speech;
mod subject;

use crate::reading::Reading;
use attribution::{Attribution, attributions};
use marks::{Marked, marked, overlapping};
use phrase::Clause;
use variorum_model::{Coreference, Mention, Modality, Quotation, QuotationKind, Span};

/// Words below which marked words without a cue are taken for scare quotes or titles.
const SPEECH_WORDS: usize = 5;

/// The quotations of a report, in text order, with the speakers that `coreferences` give to pronouns
/// and descriptions.
pub(crate) fn quotations(
    reading: &Reading<'_>,
    mentions: &[Mention],
    coreferences: &[Coreference],
) -> Vec<Quotation> {
    let marks = marked(&reading.report.text, &reading.stretches);
    let mut out: Vec<Quotation> = Vec::new();
    for sentence in &reading.parse.sentences {
        let clause = Clause::new(reading, sentence);
        for found in attributions(&clause, &marks) {
            out.push(quotation(reading, &marks, found));
        }
    }
    let turns = colon::by_name(reading);
    // Within a turn of a transcript all is said by its speaker
    out.retain(|q| {
        let next = turns.partition_point(|t| t.span.end <= q.span.start);
        turns.get(next).is_none_or(|t| t.rule != "turn" || !t.span.overlaps(q.span))
    });
    out.extend(turns);
    out.sort_by_key(|q| (q.span, q.cue));
    continue_speeches(reading, &marks, &mut out);
    let before_dashes = dash::told_before(reading, &out);
    out.extend(before_dashes);
    out.sort_by_key(|q| (q.span, q.cue));
    let blocks = colon::led_up_to(reading, &marks, &out);
    out.extend(blocks);
    out.sort_by_key(|q| (q.span, q.cue));
    drop_doubles(&mut out);
    speaker::speakers(reading, &marks, mentions, coreferences, &mut out);
    out
}

/// Keeps one quotation of each stretch: one with a source before one without.
fn drop_doubles(out: &mut Vec<Quotation>) {
    out.sort_by_key(|q| (q.span, q.source.is_none(), q.cue));
    out.dedup_by(|b, a| a.span == b.span);
    out.sort_by_key(|q| (q.span, q.cue));
}

fn quotation(reading: &Reading<'_>, marks: &[Marked], found: Attribution) -> Quotation {
    let mut span = found.content;
    // Marked words belong to a content as a whole, except for the few words of a scare quote that the
    // content only touches at its edge.
    for m in overlapping(marks, span) {
        if !span.contains(m.span) && found.source.is_none_or(|s| !m.span.contains(s)) {
            span = span.join(m.span);
        }
    }
    Quotation {
        span,
        kind: kind_of(reading, marks, span, found.source),
        cue: Some(found.cue),
        source: found.source,
        speaker: None,
        anonymous: found.source.is_some_and(|s| is_anonymous(reading, s)),
        stance: found.stance,
        rule: found.rule,
        confidence: match found.rule {
            "inverted" | "before_content" | "after_content" | "phrase" => 0.9,
            "clause" | "noun" => 0.75,
            _ => 0.55,
        },
    }
}

fn kind_of(
    reading: &Reading<'_>,
    marks: &[Marked],
    span: Span,
    source: Option<Span>,
) -> QuotationKind {
    let letters = |s: Span| reading.text(s).chars().filter(|c| c.is_alphanumeric()).count();
    let inside: usize = overlapping(marks, span).map(|m| letters(m.span)).sum();
    if inside == 0 {
        return QuotationKind::Indirect;
    }
    // A source that parts two halves of a speech ("“…,” he said, “…”") does not count
    let parted = source.filter(|s| span.contains(*s)).map_or(0, |s| letters(s) + 12);
    if inside + parted + 2 >= letters(span) { QuotationKind::Direct } else { QuotationKind::Mixed }
}

/// Whether a source is described and its name withheld or not given.
fn is_anonymous(reading: &Reading<'_>, source: Span) -> bool {
    let text = reading.text(source);
    let named = reading.names_in(source).any(|n| n.kind == variorum_model::MentionKind::Person);
    let sentence = reading.sentence_at(source.from()).map_or("", |s| reading.text(s.span));
    let head_unnamed = text
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .take_while(|w| !matches!(*w, "of" | "at" | "in" | "from" | "for" | "with" | "who"))
        .filter(|w| !w.is_empty())
        .last()
        .is_some_and(|w| cues::is_unnamed(&w.to_lowercase()));
    !named
        && (head_unnamed
            || cues::withholds_name(sentence)
                && text.chars().next().is_some_and(char::is_lowercase))
}

/// Joins to each speech the marked words that go on with it, and gives whole marked sentences without
/// a cue to the speaker before.
fn continue_speeches(reading: &Reading<'_>, marks: &[Marked], out: &mut Vec<Quotation>) {
    let mut added: Vec<Quotation> = Vec::new();
    let mut last: Option<usize> = None;
    let mut next = 0;
    for m in marks {
        // The latest quotation that begins before the marked words
        while next < out.len() && out[next].span.start <= m.span.start {
            if matches!(out[next].kind, QuotationKind::Direct | QuotationKind::Mixed) {
                last = Some(next);
            }
            next += 1;
        }
        let taken = out[..next].iter().rev().take(12).any(|q| q.span.overlaps(m.span))
            || out[next..].iter().take(4).any(|q| q.span.overlaps(m.span));
        if taken {
            continue;
        }
        let words = reading.text(m.span).split_whitespace().count();
        let follows = last.is_some_and(|i| follows(reading, &out[i], m.span));
        if words < SPEECH_WORDS && !m.continues && !(follows && is_whole(reading, m)) {
            continue;
        }
        if let Some(i) = last.filter(|_| follows || m.continues) {
            out[i].span = out[i].span.join(m.span);
            continue;
        }
        // A speech without a cue may itself be the one that goes on
        let latest = [last.map(|i| &out[i]), added.last()].into_iter().flatten();
        let found = uncued(reading, m, &out[..next], latest.max_by_key(|q| q.span.start));
        added.extend(found);
    }
    out.extend(added);
}

/// Whether marked words are whole sentences.
fn is_whole(reading: &Reading<'_>, m: &Marked) -> bool {
    let Some(first) = reading.sentence_at(m.span.from()) else { return false };
    let last = reading.sentence_at(m.span.to().saturating_sub(1)).unwrap_or(first);
    m.span.start <= first.span.start + 1 && m.span.end + 1 >= last.span.end
}

/// Whether marked words stand right after a speech and its attribution, in the same stretch.
fn follows(reading: &Reading<'_>, quotation: &Quotation, marked: Span) -> bool {
    let end = [Some(quotation.span), quotation.cue, quotation.source]
        .into_iter()
        .flatten()
        .map(|s| s.to())
        .max()
        .unwrap_or(0);
    let closes = reading.sentence_at(end.saturating_sub(1)).map_or(end, |s| s.span.to().max(end));
    let same_stretch = reading.stretch_at(quotation.span.to().saturating_sub(1))
        == reading.stretch_at(marked.from());
    let gap = reading.report.text.get(closes.min(marked.from())..marked.from()).unwrap_or("x");
    same_stretch && gap.chars().all(|c| c.is_whitespace() || c.is_ascii_punctuation())
}

/// Whole marked sentences that no cue attributes: to the name that signs them, to whoever the sentence
/// before is about when it ends in a colon, else to the speaker before.
fn uncued(
    reading: &Reading<'_>,
    m: &Marked,
    told: &[Quotation],
    speech: Option<&Quotation>,
) -> Option<Quotation> {
    if let Some((dash, name)) = colon::signed(reading, m) {
        return Some(uncued_by(m, Some(dash), Some(name), false));
    }
    if let Some(name) = colon::named_before(reading, m) {
        return Some(uncued_by(m, None, Some(name), false));
    }
    let sentence = reading.sentence_at(m.span.from())?;
    if !is_whole(reading, m) {
        // "The ad ends as it began: “Vote for none of them.”" goes to what the sentence is about
        let lead = reading.report.text.get(sentence.span.from()..m.span.from())?;
        let source = lead.trim_end().ends_with(':').then(|| subject_before(reading, sentence, m));
        return source.flatten().map(|s| uncued_by(m, None, Some(s), false));
    }
    let before_it = reading.report.text[..sentence.span.from()].trim_end().len();
    let ahead = before_it.checked_sub(1).and_then(|at| reading.sentence_at(at));
    let stretch = reading.stretches.get(m.stretch)?;
    let opens = m.span.start == stretch.span.start;
    let by_colon = ahead
        .filter(|s| reading.text(s.span).ends_with(':'))
        .and_then(|s| first_subject(reading, s));
    if let Some(source) = by_colon {
        return Some(uncued_by(m, None, Some(source), false));
    }
    // In its paragraph the sentence before tells whose words these are, be it only in short
    let same_paragraph = ahead.filter(|s| !opens && stretch.span.contains(s.span));
    let teller = same_paragraph.and_then(|s| {
        told.iter().rev().take(12).find(|q| q.span.overlaps(s.span) && q.source.is_some())
    });
    if let Some(q) = teller {
        return Some(uncued_by(m, None, q.source, q.anonymous));
    }
    if let Some(subject) = same_paragraph.and_then(|s| first_subject(reading, s))
        && is_person(reading, subject)
    {
        return Some(uncued_by(m, None, Some(subject), false));
    }
    let previous = m.stretch.checked_sub(1).and_then(|i| reading.stretches.get(i));
    let same_speaker = speech.filter(|b| {
        opens && previous.is_some_and(|p| p.span.overlaps(b.span)) || stretch.span.overlaps(b.span)
    });
    let anonymous = same_speaker.is_some_and(|b| b.anonymous);
    Some(uncued_by(m, None, same_speaker.and_then(|b| b.source), anonymous))
}

fn uncued_by(m: &Marked, cue: Option<Span>, source: Option<Span>, anonymous: bool) -> Quotation {
    Quotation {
        span: m.span,
        kind: QuotationKind::Direct,
        cue,
        source,
        speaker: None,
        anonymous,
        stance: Modality::Actual,
        rule: "uncued",
        confidence: if source.is_some() { 0.6 } else { 0.4 },
    }
}

/// Whether a phrase names a person or is a pronoun for one.
fn is_person(reading: &Reading<'_>, span: Span) -> bool {
    let pronoun = matches!(reading.text(span).to_lowercase().as_str(), "he" | "she");
    pronoun || reading.names_in(span).any(|n| n.kind == variorum_model::MentionKind::Person)
}

/// The subject of the last finite verb before marked words in their sentence.
fn subject_before(
    reading: &Reading<'_>,
    sentence: &variorum_model::Sentence,
    m: &Marked,
) -> Option<Span> {
    const REACH: usize = 40;
    let clause = Clause::new(reading, sentence);
    let end = clause.at(m.span.from());
    let at = (end.saturating_sub(REACH)..end).rev().find(|&i| clause.is_finite(i))?;
    subject::subject(&clause, at, at).filter(|s| s.end <= m.span.start)
}

/// The subject of the first finite verb of a sentence.
fn first_subject(reading: &Reading<'_>, sentence: &variorum_model::Sentence) -> Option<Span> {
    let clause = Clause::new(reading, sentence);
    let n = clause.tokens.len();
    let root = (0..n).find(|&i| clause.is_finite(i) && clause.head(i) == i);
    let at = root.or_else(|| (0..n).find(|&i| clause.is_finite(i)))?;
    subject::subject(&clause, at, at)
}

#[cfg(test)]
mod tests;
