//! Verbs of saying: what is said before them, after them, or round them.

use super::attribution::{Attribution, is_inside};
use super::complement::{LONGEST_CONTENT, complement, content_end, is_day, is_mark, sentence_end};
use super::cues;
use super::marks::{Marked, overlapping};
use super::phrase::Clause;
use super::subject::subject;
use variorum_model::{Modality, Span};

/// What the verb of saying at `at` attributes, its group beginning at `start`.
pub(super) fn speech(
    clause: &Clause<'_>,
    marked: &[Marked],
    at: usize,
    start: usize,
    stance: Modality,
) -> Option<Attribution> {
    let cue = clause.tokens[at].span;
    let make = |content, source, rule| {
        Some(Attribution { content, cue, source, stance, rule, pronoun: false })
    };
    // "… ,” said Orlo."
    if let Some((source, before)) = inverted(clause, marked, at, start) {
        let content = before_content(clause, marked, before)?;
        return make(content, Some(source), "inverted");
    }
    // Whoever speaks within the marks is not who says them
    let source = subject(clause, at, start).filter(|s| !is_inside(marked, *s));
    // "“…,” Orlo said, adding …": what stands before belongs to another verb
    let own = clause.child_before(at, "nsubj").map(|i| clause.tokens[i].span);
    let adjacent = clause.tag(at) != "VBG"
        && source.is_some_and(|s| {
            clause.after(s.to()) + 1 >= start || own.is_some_and(|own| s.contains(own))
        });
    // "“… too big?” Orlo asked." where the stop within the marks ended a sentence
    if let Some(content) = source.and_then(|s| sentence_before(clause, marked, at, s)) {
        return make(content, source, "after_content");
    }
    // "The plan, Orlo said, had failed": all of it is said
    if let Some(content) = source.and_then(|s| round(clause, marked, at, s)) {
        return make(content, source, "before_content");
    }
    // "In “The Long Road,” Orlo said that …": the marked words are a title, the clause is told
    let told_after = clause.child(at, &["ccomp"]).is_some_and(|c| c > at);
    let quoted_before =
        source.filter(|_| !told_after && adjacent).and_then(|s| quoted_content(clause, marked, s));
    if let Some(from) = complement(clause, at, true)
        && (quoted_before.is_none()
            || is_mark(clause.word(from)) && !(at + 1..from).any(|i| clause.is_finite(i)))
    {
        source?;
        let end = content_end(clause, at, from);
        // "“…,” Orlo said, “…”": what stands before is said too
        let quoted_before = quoted_before.or_else(|| {
            source
                .filter(|_| adjacent && is_mark(clause.word(from)))
                .and_then(|s| leading_content(clause, marked, s))
        });
        let content = whole_marks(clause, marked, clause.span(from, end.max(from + 1)));
        return make(quoted_before.map_or(content, |w| w.join(content)), source, "before_content");
    }
    if quoted_before.is_some() {
        return make(quoted_before?, source, "after_content");
    }
    let source = source.filter(|_| ends_clause(clause, at))?;
    let content = leading_content(clause, marked, source)?;
    make(content, Some(source), "after_content")
}

/// "said, “It is over,” when they met": of a content that opens with whole marked speech no more than
/// that is said, unless marked words come after.
fn whole_marks(clause: &Clause<'_>, marked: &[Marked], content: Span) -> Span {
    let index = marked.partition_point(|m| m.span.end <= content.start);
    let Some(m) = marked.get(index).filter(|m| m.span.start <= content.start) else {
        return content;
    };
    let words = clause.reading.text(m.span);
    let bare = words.trim_end_matches(['"', '”', '\'', '’', '»', '＂']);
    let more = marked.get(index + 1).is_some_and(|next| next.span.start < content.end);
    let closed = bare.ends_with([',', '.', '?', '!']) && m.span.end < content.end;
    if closed && !more { m.span } else { content }
}

/// The marked words that end right before a sentence that is no more than a source and its cue.
fn sentence_before(
    clause: &Clause<'_>,
    marked: &[Marked],
    at: usize,
    source: Span,
) -> Option<Span> {
    let first = clause.sentence.span.start;
    if source.start > first + 1 || !ends_clause(clause, at) || at > 12 {
        return None;
    }
    let before = clause.reading.report.text.get(..first as usize)?;
    // Marks and sentence are parted by a blank at most
    let close = before.trim_end_matches(' ').len();
    let index = marked.partition_point(|m| m.span.to() < close);
    let stretch = clause.reading.stretch_at(first as usize);
    let m = marked.get(index).filter(|m| m.span.to() == close && stretch == Some(m.stretch))?;
    let lower = clause.text(0).starts_with(char::is_lowercase);
    let short = clause.tokens.len() <= at + 2 || lower;
    let asked =
        clause.reading.text(m.span).trim_end_matches(['"', '”', '\'', '’']).ends_with(['?', '!']);
    (short || asked).then_some(m.span)
}

/// Whether a content ends in marked words.
pub(super) fn marked_end(marked: &[Marked], content: Span) -> bool {
    let at = marked.partition_point(|m| m.span.end < content.end);
    marked.get(at).is_some_and(|m| m.span.end == content.end)
}

/// The content round a cue that parts it ("The plan, Orlo said, had failed"): the clause it is put
/// into.
fn round(clause: &Clause<'_>, marked: &[Marked], at: usize, source: Span) -> Option<Span> {
    let first = clause.tokens.partition_point(|t| t.span.start < source.start);
    let comma = first.checked_sub(1)?;
    let n = clause.tokens.len();
    // "said in Oslo on Monday,"
    let next = (at + 1..n.min(at + 8))
        .find(|&i| matches!(clause.word(i), "," | "—" | "–" | "--" | ":") || clause.is_finite(i))?;
    let put_in = matches!(clause.word(comma), "," | "—" | "–" | "--")
        && clause.word(next) == clause.word(comma)
        && next + 2 < n
        && !is_mark(clause.word(next + 1));
    if !put_in || comma == 0 || is_mark(clause.word(comma - 1)) {
        return None;
    }
    let covered = clause.span(comma, comma + 1);
    let at_mark = marked.partition_point(|m| m.span.end < covered.start);
    if marked.get(at_mark).is_some_and(|m| m.span.overlaps(covered)) {
        return None;
    }
    // "The shelling, he said, wounded two": a subject before the cue has its verb after it
    let parts_subject = (comma.saturating_sub(LONGEST_CONTENT)..comma).any(|i| {
        clause.head(i) > next
            && clause.is_verb(clause.head(i))
            && matches!(
                clause.tokens[i].relation.as_str(),
                "nsubj" | "nsubjpass" | "csubj" | "csubjpass"
            )
    });
    if parts_subject {
        let end = content_end(clause, at, next + 1).min(sentence_end(clause, n));
        return (end > next).then(|| clause.span(0, end));
    }
    let head = clause.head(at);
    // "…, Orlo said, the paper reported": two tellers in a row part nothing
    let told_on = head > at
        && cues::cue(&clause.lemma(head), "speech").is_some()
        && clause.child_before(head, "nsubj").is_some_and(|teller| teller > at);
    if told_on {
        return None;
    }
    let lead_has_verb = (0..comma).any(|i| clause.is_finite(i));
    let told_before = clause.child_before(at, "ccomp");
    // "He ran the bank, Orlo said, until it failed": what the cue parts hangs together
    let over = told_before.unwrap_or(head);
    let hangs_over = over < at
        && (next + 1..n.min(next + 40)).any(|i| {
            clause.head(i) == over && matches!(clause.tokens[i].relation.as_str(), "conj" | "advcl")
        });
    let parted = clause.tokens[at].relation == "parataxis" && head != at
        || told_before.is_some() && hangs_over
        || !lead_has_verb && clause.child(at, &["ccomp"]).is_some_and(|c| c > at);
    if !parted {
        return None;
    }
    // The head may stand before ("The plan failed, Orlo said, since …") or after the cue
    let goes_on = head > at
        || !lead_has_verb
        || hangs_over
        || matches!(clause.word(next + 1), "because" | "since" | "as" | "which" | "including")
            && !clause.is_finite(next + 1);
    if !goes_on {
        return None;
    }
    let (from, to) =
        if matches!(clause.tokens[head].relation.as_str(), "ROOT" | "root") || !lead_has_verb {
            (0, sentence_end(clause, n))
        } else {
            clause.subtree(head)
        };
    let end = content_end(clause, at, next + 1).min(sentence_end(clause, n)).min(to.max(next + 2));
    (from < comma && end > next).then(|| clause.span(from, end))
}

/// Whole marked words that end right before the source.
fn quoted_content(clause: &Clause<'_>, marked: &[Marked], source: Span) -> Option<Span> {
    let first = source_starts(clause, source);
    let mut last = first.checked_sub(1)?;
    if matches!(clause.word(last), ",") {
        last = last.checked_sub(1)?;
    }
    let span = clause.tokens[last].span;
    let index = marked.partition_point(|m| m.span.end < span.end);
    let ends = marked.get(index).is_some_and(|m| {
        m.span.end == span.end || m.span.end <= span.end + 4 && m.span.overlaps(span)
    });
    if !ends {
        return None;
    }
    let closed = clause.word(first - 1) == ","
        || marked.get(index).is_some_and(|m| {
            let words = clause.reading.text(m.span);
            let bare = words.trim_end_matches(['"', '”', '\'', '’', '»', '＂']);
            bare.ends_with([',', '?', '!', '.', '…', '-', '—', '–'])
        });
    closed.then(|| leading_content(clause, marked, source)).flatten()
}

/// Whether a verb after what is said ends its clause: no object of its own follows.
fn ends_clause(clause: &Clause<'_>, at: usize) -> bool {
    // "the source pointed out."
    let verb = at;
    let at = at + usize::from(clause.tag(at + 1) == "RP");
    let next = clause.word(at + 1);
    let tag = clause.tag(at + 1);
    let lemma = clause.lemma(verb);
    let addressee = ["addressed", "asked"].iter().any(|kind| cues::cue(&lemma, kind).is_some());
    at + 1 >= clause.tokens.len()
        || is_mark(next)
        || is_day(next)
        || addressee
        || matches!(
            next,
            "," | "."
                | ";"
                | ":"
                | "—"
                | "–"
                | "--"
                | "("
                | "-"
                | "?"
                | "!"
                | "last"
                | "this"
                | "earlier"
                | "later"
                | "as"
                | "while"
                | "when"
        )
        || matches!(tag, "IN" | "TO" | "RB" | "RBR" | "VBG" | "CC" | "UH" | "-LRB-" | "WRB")
}

/// First word of the source, of "as" before it where that leads it in ("“…,” as Orlo put it").
fn source_starts(clause: &Clause<'_>, source: Span) -> usize {
    let first = clause.tokens.partition_point(|t| t.span.start < source.start);
    first - usize::from(first > 0 && clause.word(first - 1) == "as")
}

/// What stands before "…, Orlo said": from the quotation mark or the head of the sentence.
pub(super) fn leading_content(
    clause: &Clause<'_>,
    marked: &[Marked],
    source: Span,
) -> Option<Span> {
    let comma = source_starts(clause, source).checked_sub(1)?;
    let closes = matches!(clause.word(comma), "," | "—" | "–" | "--" | "?" | "!")
        || is_mark(clause.word(comma));
    closes.then(|| before_content(clause, marked, comma + 1)).flatten()
}

/// The content that ends before word `end`: whole marked words, or the clause.
fn before_content(clause: &Clause<'_>, marked: &[Marked], end: usize) -> Option<Span> {
    let last = clause.tokens.get(end.checked_sub(1)?)?.span;
    let start = clause.sentence.span.start;
    let index = marked.partition_point(|m| m.span.end < last.end);
    if let Some(m) = marked.get(index).filter(|m| m.span.overlaps(last)) {
        // "In “The Long Road,” Orlo said" tells where, not what
        if m.span.start > start + 2 && is_setting(clause, end) {
            return None;
        }
        // Words before the marks in the same sentence belong to the content ("The plan was “a farce,” …")
        let lead = m.span.start.min(start);
        let first = if m.span.start > start + 2 && !lead_is_cue(clause, m.span) {
            lead
        } else {
            m.span.start
        };
        return Some(Span { start: first, end: m.span.end });
    }
    let mut stop = end - 1;
    while stop > 0 && (matches!(clause.word(stop), "," | "—" | "–" | "--")) {
        stop -= 1;
    }
    // A word or two before a comma is an opening, no content ("On Monday, Orlo said")
    let has_verb = (stop.saturating_sub(LONGEST_CONTENT)..=stop)
        .any(|i| clause.is_finite(i) || clause.tag(i) == "VBN" || clause.tag(i) == "VBG");
    (stop >= 1 && has_verb && !is_setting(clause, stop + 1)).then(|| clause.span(0, stop + 1))
}

/// Whether the words before `end` only tell when or how something after them came about ("Asked about
/// the vote, Orlo said", "As the crowd sang, Orlo rose and said"): nothing said stands there.
fn is_setting(clause: &Clause<'_>, end: usize) -> bool {
    if end > LONGEST_CONTENT {
        return false;
    }
    let mut heads = (0..end)
        .filter(|&i| clause.head(i) >= end && clause.tokens[i].relation != "punct")
        .map(|i| clause.tokens[i].relation.as_str())
        .peekable();
    heads.peek().is_some()
        && (0..end).all(|i| clause.head(i) != i)
        && heads.all(|r| {
            matches!(
                r,
                "advcl" | "prep" | "advmod" | "npadvmod" | "mark" | "cc" | "intj" | "preconj"
            )
        })
}

/// Whether a cue stands in the sentence before the marked words, so that they are not led up to.
fn lead_is_cue(clause: &Clause<'_>, marked: Span) -> bool {
    let end = clause.at(marked.from());
    (end.saturating_sub(LONGEST_CONTENT)..end)
        .any(|i| clause.is_verb(i) && cues::cue(&clause.lemma(i), "speech").is_some())
}

/// "…,” said the minister": source, and one past the content.
fn inverted(
    clause: &Clause<'_>,
    marked: &[Marked],
    at: usize,
    start: usize,
) -> Option<(Span, usize)> {
    let before = start.checked_sub(1)?;
    let closed = is_mark(clause.word(before)) || clause.word(before) == ",";
    if !closed || before == 0 {
        return None;
    }
    // "Orlo, head of the bureau, said residents still want": the subject stands before
    // A subject within the marks belongs to what is said
    let subject_before = clause
        .child_before(at, "nsubj")
        .is_some_and(|s| overlapping(marked, clause.tokens[s].span).next().is_none());
    let subject_after = (at + 1..clause.tokens.len().min(at + 20))
        .any(|i| clause.head(i) == at && clause.tokens[i].relation == "nsubj");
    if clause.tag(at) == "VBG"
        || is_day(clause.word(at + 1))
        || subject_before && (!subject_after || !is_mark(clause.word(before)))
    {
        return None;
    }
    let to = clause.phrase_from(at + 1)?;
    let ends = to >= clause.tokens.len()
        || matches!(clause.word(to), "," | "." | ";" | "(" | "—" | "–" | "who" | ":")
        || is_mark(clause.word(to))
        || matches!(
            clause.tag(to),
            "IN" | "TO" | "CC" | "VBG" | "VBN" | "RB" | "WP" | "WDT" | "-LRB-"
        );
    let subject_of_next = clause.tag(to) == "RB" && clause.is_finite(to + 1);
    // ", said he would": the phrase is the subject of what follows
    (ends && !subject_of_next && (clause.tag(at + 1) != "PRP" || is_mark(clause.word(before))))
        .then(|| (clause.span(at + 1, to), before + 1))
}
