//! Who says what, from one cue word in one sentence.

use super::complement::{
    clause_follows, complement, content_end, infinitive, is_mark, object_end, sentence_end,
};
use super::cues;
use super::fronted;
use super::marks::{Marked, overlapping};
use super::passive::{asked, is_reduced_passive, passive};
use super::phrase::Clause;
use super::speech::{leading_content, marked_end, speech};
use super::subject::{group_start, object_that_says, owner, subject, teller};
use variorum_model::{Modality, Span};

/// A content with its cue and source, before quotation marks over several sentences are joined to it.
#[derive(Debug, Clone)]
pub(super) struct Attribution {
    pub content: Span,
    pub cue: Span,
    pub source: Option<Span>,
    pub stance: Modality,
    pub rule: &'static str,
    /// The source is a pronoun.
    pub pronoun: bool,
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
        } else if clause.is_verb(at) || is_misread_verb(clause, at) {
            by_verb(clause, marked, at)
        } else if clause.tag(at).starts_with("NN") {
            by_noun(clause, at)
        } else if clause.tag(at).starts_with("JJ") || clause.tag(at) == "VBN" {
            by_state(clause, at)
        } else {
            None
        };
        out.extend(found.filter(|a| a.content.len() > 1));
    }
    for a in &mut out {
        // "accused him of theft “on a grand scale”": marked words right after belong to what is told
        let next = marked.partition_point(|m| m.span.start < a.content.end);
        if is_attitude(a.rule)
            && let Some(m) = marked.get(next)
            && clause.reading.report.text[a.content.to()..m.span.from()] == *" "
            && m.span.end <= clause.sentence.span.end
        {
            a.content.end = m.span.end;
        }
        a.pronoun = a.source.is_some_and(|s| {
            let at = clause.at(s.from());
            clause.tag(at).starts_with("PRP") && clause.tokens[at].span == s
        });
    }
    for a in &mut out {
        trim_aside(clause, marked, a);
    }
    trim_at_outer(&mut out);
    drop_inner_attitudes(&mut out);
    out
}

/// "wants to see the town, which lies in the north": what is wanted or judged ends before a clause that
/// the report adds to its last noun.
fn trim_aside(clause: &Clause<'_>, marked: &[Marked], a: &mut Attribution) {
    if !is_attitude(a.rule) || overlapping(marked, a.content).next().is_some() {
        return;
    }
    let (from, to) = (clause.at(a.content.from()), clause.after(a.content.to()));
    let aside = (from + 1..to.saturating_sub(2)).rev().find(|&i| {
        clause.word(i) == ","
            && matches!(clause.tag(i + 1), "WDT" | "WP" | "WRB")
            && (i + 2..to).any(|k| {
                clause.tokens[k].relation == "relcl"
                    && clause.head(k) < i
                    && clause.subtree(k).1 >= to
            })
    });
    if let Some(comma) = aside {
        a.content.end = clause.tokens[comma - 1].span.end;
    }
}

/// "Orlo said he hoped to win": what somebody thinks or wants within what is said is part of it.
fn drop_inner_attitudes(found: &mut Vec<Attribution>) {
    const MOST: usize = 200;
    if found.len() > MOST {
        return;
    }
    let said: Vec<Span> =
        found.iter().filter(|a| !is_attitude(a.rule)).map(|a| a.content).collect();
    found.retain(|a| {
        !is_attitude(a.rule) || !said.iter().any(|s| s.contains(a.cue) && s.overlaps(a.content))
    });
    // "Orlo said he had told them": who tells is the one who is told of, and nothing new is attributed
    let told = said.clone();
    found.retain(|a| {
        !(a.pronoun
            && told.iter().any(|s| *s != a.content && s.contains(a.cue) && s.contains(a.content)))
    });
    // Of attitudes within each other the outer one is kept ("wants to promise help")
    let wished: Vec<(Span, Span)> =
        found.iter().filter(|a| is_attitude(a.rule)).map(|a| (a.content, a.cue)).collect();
    found.retain(|a| {
        let owned = a.rule == "noun" && !a.pronoun && a.source.is_some();
        !is_attitude(a.rule)
            || owned
            || !wished.iter().any(|(content, cue)| *cue != a.cue && content.contains(a.cue))
    });
}

/// Whether a rule finds what is thought, wanted or told of rather than said.
fn is_attitude(rule: &str) -> bool {
    matches!(
        rule,
        "clause" | "infinitive" | "object" | "about" | "noun" | "state" | "passive" | "agent"
    )
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
            // "…, Orlo said, the paper reported": a second teller reports the telling itself
            let second =
                a.rule == "after_content" && a.source.is_some_and(|s| s.start >= teller.end);
            let runs_over =
                !second && a.content.contains(*teller) && a.content.start >= content.start;
            if !whole && runs_over && content.end > a.content.start {
                a.content.end = content.end;
            }
        }
    }
}

/// Whether a word stands inside quotation marks, a mark itself excepted.
pub(super) fn is_inside(marked: &[Marked], span: Span) -> bool {
    let after = marked.partition_point(|m| m.span.end <= span.start);
    marked.get(after).is_some_and(|m| m.span.start < span.start && span.end < m.span.end)
}

/// "according to the ministry, …", "…, according to the ministry".
fn by_phrase(clause: &Clause<'_>, at: usize, len: usize, stance: Modality) -> Option<Attribution> {
    let from = at + len;
    // "per" is mostly a rate
    if clause.word(at) == "per" {
        let closed = at > 0 && (clause.word(at - 1) == "," || is_mark(clause.word(at - 1)));
        let named = clause.tag(from).starts_with("NNP");
        if !(closed && !matches!(clause.tag(from), "NN" | "NNS" | "CD") || at == 0 && named) {
            return None;
        }
    }
    let n = clause.tokens.len();
    let by_tree = || {
        let object = clause.child(from.checked_sub(1)?, &["pobj"])?;
        let (first, last) = clause.subtree(object);
        (first >= from && last > from)
            .then(|| (object + 1..last).find(|&i| clause.word(i) == ",").unwrap_or(last))
    };
    let to = clause.phrase_from(from).or_else(by_tree)?;
    let source = Some(clause.span(from, to));
    let cue = clause.span(at, at + len);
    let leads = at <= 1 || clause.word(at - 1) == "," && at <= 3;
    let content = if leads {
        let comma = (to..n).find(|&i| clause.word(i) == ",")?;
        clause.span((comma + 1).min(n - 1), sentence_end(clause, n))
    } else {
        let end = if clause.word(at - 1) == "," { at - 1 } else { at };
        if end == 0 {
            return None;
        }
        // "The richest paid a fifth, according to the office, and the rest paid less"
        let goes_on = clause.word(to) == ","
            && (to + 1..n.min(to + 40))
                .any(|i| clause.head(i) < at && clause.tokens[i].relation == "conj");
        clause.span(0, if goes_on { sentence_end(clause, n) } else { end })
    };
    Some(Attribution { content, cue, source, stance, rule: "phrase", pronoun: false })
}

/// "Orlo claims that …" where the tagger saw a plural noun: a bare subject before, a clause after.
fn is_misread_verb(clause: &Clause<'_>, at: usize) -> bool {
    clause.tag(at) == "NNS"
        && clause.word(at + 1) == "that"
        && at > 0
        && (clause.text(at - 1).starts_with(char::is_uppercase) || clause.tag(at - 1) == "PRP")
        && cues::cue(&clause.lemma(at), "speech").is_some()
        && !(0..at).any(|i| clause.is_finite(i))
}

fn by_verb(clause: &Clause<'_>, marked: &[Marked], at: usize) -> Option<Attribution> {
    let lemma = clause.lemma(at);
    let kinds = [
        "speech",
        "after",
        "clause",
        "infinitive",
        "object",
        "prepositional",
        "appraisal",
        "finding",
        "seeming",
        "passive",
    ];
    if !kinds.iter().any(|k| cues::cue(&lemma, k).is_some()) && !cues::is_phrasal(&lemma) {
        return None;
    }
    let start = group_start(clause, at);
    let be = (start..at)
        .any(|i| matches!(clause.word(i), "is" | "was" | "are" | "were" | "be" | "been" | "'re"));
    if clause.tag(at) == "VBN" && be {
        return passive(clause, at, start, &lemma);
    }
    if is_reduced_passive(clause, at, start) {
        return asked(clause, at, &lemma);
    }
    let negated = (start..at).any(|i| matches!(clause.word(i), "not" | "n't" | "never"));
    let turned = |stance: Modality| if negated { Modality::Negated } else { stance };
    if let Some(stance) = cues::cue(&lemma, "speech")
        && let Some(found) = fronted::as_told(clause, at, start, turned(stance))
    {
        return Some(found);
    }
    if let Some(stance) = cues::cue(&lemma, "speech")
        && let Some(found) = speech(clause, marked, at, start, turned(stance))
    {
        return Some(found);
    }
    // "Orlo went on", "as Orlo put it"
    let phrasal = format!("{lemma} {}", clause.word(at + 1));
    let after = cues::cue(&lemma, "after").or_else(|| cues::cue(&phrasal, "after"));
    // "Orlo went on: “…”"
    if let Some(stance) = after
        && let Some(from) = complement(clause, at, true)
        && is_mark(clause.word(from))
        && from <= at + 3
    {
        return with_source(clause, at, start, from, turned(stance), "before_content");
    }
    if let Some(stance) = after
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
            pronoun: false,
        });
    }
    by_attitude(clause, marked, at, start, &lemma, &turned)
}

/// What a verb of thinking, wanting, judging or telling of attributes.
fn by_attitude(
    clause: &Clause<'_>,
    marked: &[Marked],
    at: usize,
    start: usize,
    lemma: &str,
    turned: &dyn Fn(Modality) -> Modality,
) -> Option<Attribution> {
    if let Some(stance) = cues::cue(lemma, "clause")
        && let Some(from) = complement(clause, at, false)
    {
        return with_source(clause, at, start, from, turned(stance), "clause");
    }
    if let Some(stance) = cues::cue(lemma, "infinitive")
        && let Some(from) = infinitive(clause, at)
    {
        return with_source(clause, at, start, from, turned(stance), "infinitive");
    }
    if let Some(found) = fronted::said_of(clause, marked, at, start, lemma, turned) {
        return Some(found);
    }
    // "reported spending", "denied taking part"
    if let Some(stance) = cues::cue(lemma, "speech")
        && clause.tag(at + 1) == "VBG"
        && clause.head(at + 1) == at
        && matches!(clause.tokens[at + 1].relation.as_str(), "xcomp" | "ccomp")
    {
        return with_source(clause, at, start, at + 1, turned(stance), "infinitive");
    }
    if let Some(stance) = cues::cue(lemma, "object")
        && !is_mark(clause.word(at + 1))
        && at + 1 < clause.tokens.len()
        && clause.phrase_from(at + 1).is_some_and(|to| !takes_no_content(clause, at + 1, to))
    {
        // "the agency reported Orlo acknowledging the loss" is told by both
        let rule = if object_that_says(clause, at).is_some() { "nested" } else { "object" };
        return with_source(clause, at, start, at + 1, turned(stance), rule);
    }
    // "sees the plan as a farce"
    if let Some(stance) = cues::cue(lemma, "appraisal")
        && at + 1 < clause.tokens.len()
        && (at + 2..clause.tokens.len().min(at + 25)).any(|i| {
            clause.word(i) == "as"
                && (clause.head(i) == at
                    || clause.head(clause.head(i)) == at
                        && clause.tokens[clause.head(i)].relation == "advcl")
        })
    {
        return with_source(clause, at, start, at + 1, turned(stance), "object");
    }
    // "a poll shows Orlo ahead"
    if let Some(stance) = cues::cue(lemma, "finding")
        && clause
            .child_before(at, "nsubj")
            .is_some_and(|s| cues::cue(&clause.lemma(s), "evidence").is_some())
        && clause.phrase_from(at + 1).is_some()
    {
        return with_source(clause, at, start, at + 1, turned(stance), "clause");
    }
    // "…, records show"
    if let Some(stance) = cues::cue(lemma, "clause")
        && clause.child_before(at, "ccomp").is_some()
        && let Some(source) = subject(clause, at, start)
        && let Some(content) = leading_content(clause, marked, source)
    {
        return Some(Attribution {
            content,
            cue: clause.tokens[at].span,
            source: Some(source),
            stance: turned(stance),
            rule: "after_content",
            pronoun: false,
        });
    }
    if let Some((from, stance)) = about(clause, at, lemma) {
        return with_source(clause, at, start, from, turned(stance), "about");
    }
    None
}

/// First word of what is told of after the preposition that a verb of saying takes ("complained of
/// the cold").
fn about(clause: &Clause<'_>, at: usize, lemma: &str) -> Option<(usize, Modality)> {
    let end = clause.tokens.len();
    (at + 1..end.min(at + 5))
        .filter(|&i| i + 1 < end && clause.head(i) == at && clause.tag(i) != "TO")
        .find_map(|i| {
            let stance = cues::cue(&format!("{lemma} {}", clause.word(i)), "preposition")?;
            Some((i + 1, stance))
        })
}

/// One past the object of the preposition before `from`.
fn about_end(clause: &Clause<'_>, at: usize, from: usize) -> usize {
    let whole = content_end(clause, at, from);
    let mut to = clause.subtree(from - 1).1;
    // "called on him to leave", "referred to it as a farce"
    let goes_on = (to..whole.min(to + 4)).find(|&i| {
        clause.head(i) == at
            && match clause.tokens[i].relation.as_str() {
                "prep" => clause.word(i) == "as",
                _ => false,
            }
            || i == to && clause.tag(i) == "TO" && clause.tag(i + 1) == "VB"
    });
    if let Some(more) = goes_on {
        to = clause.subtree(if clause.tag(more) == "TO" { more + 1 } else { more }).1;
    }
    if to > from { to.min(whole) } else { whole }
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
    let end = match rule {
        "object" | "nested" => object_end(clause, at, from),
        "about" => about_end(clause, at, from),
        _ => content_end(clause, at, from),
    };
    (end > from).then(|| Attribution {
        content: clause.span(from, end),
        cue: clause.tokens[at].span,
        source: Some(source),
        stance,
        rule,
        pronoun: false,
    })
}

/// "Orlo is certain that …", "they were worried about …".
fn by_state(clause: &Clause<'_>, at: usize) -> Option<Attribution> {
    let stance = cues::cue(&clause.words[at], "state")?;
    let be = clause.head(at);
    if be >= at || clause.tokens[at].relation != "acomp" {
        return None;
    }
    let next = clause.word(at + 1);
    let takes = matches!(next, "that" | "about" | "of" | "whether" | "to" | "by" | "with" | "if")
        || matches!(clause.tag(at + 1), "PRP" | "DT" | "EX" | "NNP")
            && clause_follows(clause, at, clause.tokens.len());
    if !takes {
        return None;
    }
    let from = if matches!(next, "about" | "of" | "by" | "with") { at + 2 } else { at + 1 };
    let source = subject(clause, be, group_start(clause, be))?;
    let own = clause.subtree(at).1;
    let end = content_end(clause, at, from);
    let end = if own > from { end.min(own) } else { end };
    (end > from && from < clause.tokens.len()).then(|| Attribution {
        content: clause.span(from, end),
        cue: clause.tokens[at].span,
        source: Some(source),
        stance,
        rule: "state",
        pronoun: false,
    })
}

/// "the minister's claim that …", "a report by Orlo that …".
fn by_noun(clause: &Clause<'_>, at: usize) -> Option<Attribution> {
    if let Some(stance) = cues::cue(&clause.lemma(at), "infinitive noun")
        && clause.tag(at + 1) == "TO"
        && clause.tag(at + 2) == "VB"
        && let Some(source) = owner(clause, at)
    {
        let to = at + 2;
        let end = clause.subtree(to).1;
        return Some(Attribution {
            content: clause.span(at + 1, end.max(to + 1)),
            cue: clause.tokens[at].span,
            source: Some(source),
            stance,
            rule: "noun",
            pronoun: false,
        });
    }
    let stance = cues::cue(&clause.lemma(at), "noun")?;
    let n = clause.tokens.len();
    let that = (at + 1..n.min(at + 6)).find(|&i| clause.word(i) == "that")?;
    let clear = (at + 1..that).all(|i| !clause.is_verb(i) && clause.word(i) != ",");
    if !clear
        || !clause_follows(clause, that, n)
        || matches!(clause.tag(that + 1), "VBZ" | "VBD" | "VBP" | "MD")
    {
        return None;
    }
    let source = teller(clause, at);
    let end = content_end(clause, at, that);
    // The noun may be the subject of what comes after ("his claim that … angered them")
    let own = clause.subtree(at).1;
    let end = if own > that + 1 { end.min(own) } else { end };
    Some(Attribution {
        content: clause.span(that, end),
        cue: clause.tokens[at].span,
        source,
        stance,
        rule: "noun",
        pronoun: false,
    })
}
