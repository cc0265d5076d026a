//! Who says what, from one cue word in one sentence.

use super::complement::{
    LONGEST_CONTENT, clause_follows, complement, content_end, infinitive, is_day, is_mark,
    sentence_end,
};
use super::cues;
use super::marks::Marked;
use super::phrase::Clause;
use variorum_model::{Modality, Span};

/// A content with its cue and source, before quotation marks over several sentences are joined to it.
#[derive(Debug, Clone)]
pub(super) struct Attribution {
    pub content: Span,
    pub cue: Span,
    pub source: Option<Span>,
    pub stance: Modality,
    pub rule: &'static str,
}

/// The attributions of one sentence, in the order of their cues.
pub(super) fn attributions(clause: &Clause<'_>, marked: &[Marked]) -> Vec<Attribution> {
    let mut out = Vec::new();
    for (at, token) in clause.tokens.iter().enumerate() {
        if is_inside(marked, token.span) {
            continue;
        }
        let found = if let Some((len, stance)) = cues::phrase(&clause.words, at) {
            by_phrase(clause, at, len, stance)
        } else if clause.is_verb(at) {
            by_verb(clause, marked, at)
        } else if clause.tag(at).starts_with("NN") {
            by_noun(clause, at)
        } else {
            None
        };
        out.extend(found.filter(|a| a.content.len() > 1));
    }
    trim_at_outer(&mut out);
    out
}

/// "The toll, according to the ministry, rose, Orlo said": a content ends where the sentence is
/// attributed as a whole.
fn trim_at_outer(found: &mut [Attribution]) {
    let outer: Vec<(Span, Span)> = found
        .iter()
        .filter(|a| matches!(a.rule, "after_content" | "inverted"))
        .filter_map(|a| Some((a.content, a.source?.join(a.cue))))
        .filter(|(content, teller)| content.end <= teller.start)
        .collect();
    for a in found {
        for (content, teller) in &outer {
            let whole = a.content == *content;
            let runs_over = a.content.contains(*teller) && a.content.start >= content.start;
            if !whole && runs_over && content.end > a.content.start {
                a.content.end = content.end;
            }
        }
    }
}

/// Whether a word stands inside quotation marks, a mark itself excepted.
fn is_inside(marked: &[Marked], span: Span) -> bool {
    let after = marked.partition_point(|m| m.span.end <= span.start);
    marked.get(after).is_some_and(|m| m.span.start < span.start && span.end < m.span.end)
}

/// "according to the ministry, …", "…, according to the ministry".
fn by_phrase(clause: &Clause<'_>, at: usize, len: usize, stance: Modality) -> Option<Attribution> {
    let from = at + len;
    // "per" is mostly a rate
    if clause.word(at) == "per" && (at > 0 || !clause.tag(from).starts_with("NNP")) {
        return None;
    }
    let to = clause.phrase_from(from)?;
    let source = Some(clause.span(from, to));
    let cue = clause.span(at, at + len);
    let n = clause.tokens.len();
    let leads = at <= 1 || clause.word(at - 1) == "," && at <= 3;
    let content = if leads {
        let comma = (to..n).find(|&i| clause.word(i) == ",")?;
        clause.span((comma + 1).min(n - 1), sentence_end(clause, n))
    } else {
        let end = if clause.word(at - 1) == "," { at - 1 } else { at };
        if end == 0 {
            return None;
        }
        clause.span(0, end)
    };
    Some(Attribution { content, cue, source, stance, rule: "phrase" })
}

/// First word of the verb group whose main verb is `at`: auxiliaries and adverbs before it.
fn group_start(clause: &Clause<'_>, at: usize) -> usize {
    let mut from = at;
    while from > 0 {
        let tag = clause.tag(from - 1);
        let auxiliary = matches!(
            clause.word(from - 1),
            "has"
                | "have"
                | "had"
                | "is"
                | "was"
                | "are"
                | "were"
                | "be"
                | "been"
                | "did"
                | "does"
                | "do"
                | "'s"
                | "'ve"
                | "'d"
                | "'re"
        ) && (clause.is_verb(from - 1) || tag == "MD");
        if tag == "MD" || tag.starts_with("RB") && clause.word(from - 1) != "when" || auxiliary {
            from -= 1;
        } else {
            break;
        }
    }
    from
}

fn by_verb(clause: &Clause<'_>, marked: &[Marked], at: usize) -> Option<Attribution> {
    let lemma = clause.tokens[at].lemma.to_lowercase();
    let kinds = ["speech", "after", "clause", "infinitive", "object", "seeming", "passive"];
    if !kinds.iter().any(|k| cues::cue(&lemma, k).is_some()) {
        return None;
    }
    let start = group_start(clause, at);
    let be = (start..at)
        .any(|i| matches!(clause.word(i), "is" | "was" | "are" | "were" | "be" | "been" | "'re"));
    if clause.tag(at) == "VBN" && be {
        return passive(clause, at, start, &lemma);
    }
    let negated = (start..at).any(|i| matches!(clause.word(i), "not" | "n't" | "never"));
    let turned = |stance: Modality| if negated { Modality::Negated } else { stance };
    if let Some(stance) = cues::cue(&lemma, "speech")
        && let Some(found) = speech(clause, marked, at, start, turned(stance))
    {
        return Some(found);
    }
    if let Some(stance) = cues::cue(&lemma, "after")
        && let Some(content) =
            subject(clause, at, start).and_then(|s| leading_content(clause, marked, s))
        && marked_end(marked, content)
    {
        let cue = clause.tokens[at].span;
        return Some(Attribution {
            content,
            cue,
            source: subject(clause, at, start),
            stance: turned(stance),
            rule: "after_content",
        });
    }
    if let Some(stance) = cues::cue(&lemma, "clause")
        && let Some(from) = complement(clause, at, false)
    {
        return with_source(clause, at, start, from, turned(stance), "clause");
    }
    if let Some(stance) = cues::cue(&lemma, "infinitive")
        && let Some(from) = infinitive(clause, at)
    {
        return with_source(clause, at, start, from, turned(stance), "infinitive");
    }
    if let Some(stance) = cues::cue(&lemma, "object")
        && !is_mark(clause.word(at + 1))
        && at + 1 < clause.tokens.len()
        && clause.phrase_from(at + 1).is_some_and(|to| !takes_no_content(clause, at + 1, to))
    {
        return with_source(clause, at, start, at + 1, turned(stance), "object");
    }
    None
}

/// Whether the object of a cue makes it an idiom that says nothing ("claimed the lives of").
fn takes_no_content(clause: &Clause<'_>, from: usize, to: usize) -> bool {
    (from..to.min(from + 3)).any(|i| cues::cue(clause.word(i), "idiom").is_some())
}

/// Content from word `from` to the end of what the cue governs, if the cue has a source.
fn with_source(
    clause: &Clause<'_>,
    at: usize,
    start: usize,
    from: usize,
    stance: Modality,
    rule: &'static str,
) -> Option<Attribution> {
    let source = subject(clause, at, start)?;
    let end = content_end(clause, at, from);
    (end > from).then(|| Attribution {
        content: clause.span(from, end),
        cue: clause.tokens[at].span,
        source: Some(source),
        stance,
        rule,
    })
}

/// Verbs of saying: content before, after, or on both sides.
fn speech(
    clause: &Clause<'_>,
    marked: &[Marked],
    at: usize,
    start: usize,
    stance: Modality,
) -> Option<Attribution> {
    let cue = clause.tokens[at].span;
    let make = |content, source, rule| Some(Attribution { content, cue, source, stance, rule });
    // "… ,” said Orlo."
    if let Some((source, before)) = inverted(clause, at, start) {
        let content = before_content(clause, marked, before)?;
        return make(content, Some(source), "inverted");
    }
    let after = complement(clause, at, true);
    let source = subject(clause, at, start);
    if let Some(from) = after {
        source?;
        let end = content_end(clause, at, from);
        // "“…,” Orlo said, “…”": what stands before is said too
        let whole = source
            .and_then(|s| leading_content(clause, marked, s))
            .filter(|_| is_mark(clause.word(from)));
        let content = clause.span(from, end.max(from + 1));
        return make(whole.map_or(content, |w| w.join(content)), source, "before_content");
    }
    let source = source.filter(|_| ends_clause(clause, at))?;
    let content = leading_content(clause, marked, source)?;
    make(content, Some(source), "after_content")
}

/// Whether a content ends in marked words.
fn marked_end(marked: &[Marked], content: Span) -> bool {
    let at = marked.partition_point(|m| m.span.end < content.end);
    marked.get(at).is_some_and(|m| m.span.end == content.end)
}

/// Whether a verb after what is said ends its clause: no object of its own follows.
fn ends_clause(clause: &Clause<'_>, at: usize) -> bool {
    let next = clause.word(at + 1);
    let tag = clause.tag(at + 1);
    let addressee = matches!(
        clause.tokens[at].lemma.as_str(),
        "tell" | "inform" | "assure" | "remind" | "warn" | "advise" | "notify" | "ask" | "brief"
    );
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

/// What stands before "…, Orlo said": from the quotation mark or the head of the sentence.
fn leading_content(clause: &Clause<'_>, marked: &[Marked], source: Span) -> Option<Span> {
    let first = clause.tokens.partition_point(|t| t.span.start < source.start);
    let comma = first.checked_sub(1)?;
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
    (stop >= 1 && has_verb).then(|| clause.span(0, stop + 1))
}

/// Whether a cue stands in the sentence before the marked words, so that they are not led up to.
fn lead_is_cue(clause: &Clause<'_>, marked: Span) -> bool {
    let end = clause.at(marked.from());
    (end.saturating_sub(LONGEST_CONTENT)..end).any(|i| {
        clause.is_verb(i) && cues::cue(&clause.tokens[i].lemma.to_lowercase(), "speech").is_some()
    })
}

/// "…,” said the minister": source, and one past the content.
fn inverted(clause: &Clause<'_>, at: usize, start: usize) -> Option<(Span, usize)> {
    let before = start.checked_sub(1)?;
    let closed = is_mark(clause.word(before)) || clause.word(before) == ",";
    if !closed || before == 0 {
        return None;
    }
    let to = clause.phrase_from(at + 1)?;
    let ends = to >= clause.tokens.len()
        || matches!(clause.word(to), "," | "." | ";" | "(" | "—" | "–" | "who" | ":")
        || is_mark(clause.word(to))
        || matches!(clause.tag(to), "IN" | "TO" | "CC" | "VBG" | "VBN" | "RB" | "WP" | "-LRB-");
    // ", said he would": the phrase is the subject of what follows
    (ends && (clause.tag(at + 1) != "PRP" || is_mark(clause.word(before))))
        .then(|| (clause.span(at + 1, to), before + 1))
}

/// The noun phrase that is the subject of the verb group from `start` to `at`.
pub(super) fn subject(clause: &Clause<'_>, at: usize, start: usize) -> Option<Span> {
    own_subject(clause, at, start)
        .or_else(|| subject_by_order(clause, at, start))
        .or_else(|| subject_by_tree(clause, at))
}

/// The subject that the tree gives to the verb itself, cut before commas and relative clauses.
fn own_subject(clause: &Clause<'_>, at: usize, start: usize) -> Option<Span> {
    const LONGEST: usize = 25;
    if clause.tokens.len() > LONGEST_CONTENT {
        return None;
    }
    let head = clause.child(at, &["nsubj"]).filter(|&h| h < start)?;
    if matches!(clause.tag(head), "WP" | "WDT") {
        return None;
    }
    let first = clause.sentence.first;
    let (from, to) = clause.reading.parse.subtree(clause.sentence, first + head as u32);
    let (from, to) = ((from - first) as usize, ((to - first) as usize).min(start));
    let cut = |i: &usize| {
        matches!(clause.word(*i), "," | "(" | "—" | "–" | "-") && clause.tag(*i) != "HYPH"
            || matches!(clause.tag(*i), "WP" | "WDT" | "WRB")
    };
    let to = (head + 1..to).find(cut).unwrap_or(to).max(head + 1);
    let from = (from..head)
        .rev()
        .find(|i| matches!(clause.word(*i), "," | ";" | ":"))
        .map_or(from, |i| i + 1);
    (to > from && to - from <= LONGEST).then(|| clause.span(from, to))
}

fn subject_by_order(clause: &Clause<'_>, at: usize, start: usize) -> Option<Span> {
    if matches!(clause.tag(at), "VBG" | "VBN" | "VB") && start == at {
        return None;
    }
    let last = start.checked_sub(1)?;
    let word = clause.word(last);
    if matches!(clause.tag(last), "WP" | "WDT") {
        // "the minister, who said": the phrase before
        let mut before = last.checked_sub(1)?;
        before -= usize::from(clause.word(before) == "," && before > 0);
        return clause.phrase_ending(before).map(|from| clause.span(from, before + 1));
    }
    if word == "," {
        // "Anna Orlo, head of the bureau, said": back to the comma that opens the apposition
        let open = (0..last).rev().take(30).find(|&i| clause.word(i) == ",")?;
        let before = open.checked_sub(1)?;
        let from = clause.phrase_ending(before)?;
        let clause_between = clause.is_finite(open + 1);
        return (!clause_between).then(|| clause.span(from, before + 1));
    }
    let from = clause.phrase_ending(last)?;
    let time = from > 0 && matches!(clause.tag(from - 1), "IN") && is_day(clause.word(last));
    (!time).then(|| clause.span(from, last + 1))
}

fn subject_by_tree(clause: &Clause<'_>, at: usize) -> Option<Span> {
    let mut node = at;
    for _ in 0..6 {
        if let Some(subject) = clause.child(node, &["nsubj"]) {
            let from = clause.phrase_ending(subject).unwrap_or(subject);
            return Some(clause.span(from, subject + 1));
        }
        if clause.child(node, &["nsubjpass"]).is_some() && node == at {
            return None;
        }
        let up = clause.head(node);
        let shares = matches!(
            clause.tokens[node].relation.as_str(),
            "conj" | "xcomp" | "advcl" | "dep" | "acl"
        );
        if up == node || !shares {
            return None;
        }
        node = up;
    }
    None
}

/// "is expected to leave", "was described as a farce", "was told that".
fn passive(clause: &Clause<'_>, at: usize, start: usize, lemma: &str) -> Option<Attribution> {
    let stance = cues::cue(lemma, "passive")?;
    let next = clause.word(at + 1);
    if !(next == "to" && clause.tag(at + 2) == "VB" || matches!(next, "as" | "of")) {
        return None;
    }
    let from = start.checked_sub(1).and_then(|last| clause.phrase_ending(last))?;
    let end = content_end(clause, at, at + 1);
    Some(Attribution {
        content: clause.span(from, end),
        cue: clause.span(start, at + 1),
        source: None,
        stance,
        rule: "passive",
    })
}

/// "the minister's claim that …", "a report by Orlo that …".
fn by_noun(clause: &Clause<'_>, at: usize) -> Option<Attribution> {
    let stance = cues::cue(&clause.tokens[at].lemma.to_lowercase(), "noun")?;
    let n = clause.tokens.len();
    let that = (at + 1..n.min(at + 6)).find(|&i| clause.word(i) == "that")?;
    let clear = (at + 1..that).all(|i| !clause.is_verb(i) && clause.word(i) != ",");
    if !clear
        || !clause_follows(clause, that, n)
        || matches!(clause.tag(that + 1), "VBZ" | "VBD" | "VBP" | "MD")
    {
        return None;
    }
    let owner = (0..at).rev().take(3).find(|&i| clause.tag(i) == "POS" || clause.tag(i) == "PRP$");
    let source = owner.and_then(|i| match clause.tag(i) {
        "PRP$" => Some(clause.tokens[i].span),
        _ => clause.phrase_ending(i.checked_sub(1)?).map(|from| clause.span(from, i)),
    });
    let end = content_end(clause, at, that);
    Some(Attribution {
        content: clause.span(that, end),
        cue: clause.tokens[at].span,
        source,
        stance,
        rule: "noun",
    })
}
