//! What a cue takes after it: a clause, an infinitive, quoted words, and how far they reach.

use super::cues;
use super::phrase::Clause;

/// Words after which a content is cut: longer sentences are lists or broken text.
pub(super) const LONGEST_CONTENT: usize = 300;

/// First word of the clause or quotation that the verb at `at` takes after it.
pub(super) fn complement(clause: &Clause<'_>, at: usize, speaks: bool) -> Option<usize> {
    let n = sentence_end(clause, clause.tokens.len());
    if let Some(from) = clause_by_tree(clause, at, n) {
        return Some(from);
    }
    let limit = n.min(at + 30);
    let mut i = at + 1;
    let mut commas = 0;
    while i < limit {
        let word = clause.word(i);
        if matches!(word, "that" | "whether" | "how" | "why" | "if")
            && matches!(clause.tag(i), "IN" | "WRB" | "DT" | "WDT")
            && !(word == "that" && is_relative(clause, i))
            && !belongs_between(clause, at, i)
            && !(word == "that"
                && clause.tag(i + 1).starts_with("NN")
                && !clause_follows(clause, i, n))
        {
            return (i + 1 < n).then_some(i);
        }
        if matches!(word, "what" | "who" | "where" | "when") && i == at + 1 {
            return Some(i);
        }
        // "warned them to leave": the infinitive tells what
        if clause.tag(i) == "TO" && clause.tag(i + 1) == "VB" {
            return None;
        }
        if word == ":" {
            return (i + 1 < n).then_some(i + 1);
        }
        // "who complains of noise “is a bore”": the marks hold the predicate of another clause
        if speaks
            && is_mark(word)
            && i > at + 1
            && clause.is_finite(i + 1)
            && !matches!(clause.word(i - 1), "," | ":")
        {
            return None;
        }
        if speaks && is_mark(word) {
            // "told reporters “…”", but “said the plan was “a farce”” is a clause
            let between_finite = (at + 1..i).any(|k| clause.is_finite(k));
            return Some(if between_finite { at + 1 } else { i });
        }
        if word == "," {
            commas += 1;
            // ", adding that …" has a cue of its own
            if clause.tag(i + 1) == "VBG" {
                return None;
            }
            if speaks && is_mark(clause.word(i + 1)) {
                return Some(i + 1);
            }
            // "said on Monday, a day after, that …" is rare; two commas are enough to look across
            if commas > 2 || i == at + 1 && !speaks {
                return None;
            }
        }
        if clause.is_finite(i) && commas == 0 {
            return bare_clause(clause, at, i)
                .filter(|&from| speaks || subject_stands(clause, from, i));
        }
        if clause.is_finite(i) {
            return None;
        }
        i += 1;
    }
    None
}

/// First word of the clause that the tree gives the verb after it as what is told.
fn clause_by_tree(clause: &Clause<'_>, at: usize, n: usize) -> Option<usize> {
    let told = (at + 1..n.min(at + 40)).find(|&i| {
        let relation = clause.tokens[i].relation.as_str();
        let object = clause.head(i);
        // Some trees hang "Orlo acknowledging the loss" on "Orlo"
        relation == "ccomp" && object == at
            || relation == "acl"
                && clause.tag(i) == "VBG"
                && object + 1 == i
                && clause.head(object) == at
                && clause.tokens[object].relation == "dobj"
                && cues::cue(&clause.lemma(at), "relay").is_some()
    })?;
    if !(clause.is_verb(told) || clause.child(told, &["cop", "nsubj", "aux"]).is_some()) {
        return None;
    }
    // "heard him say": a bare verb with its doer tells no clause
    if clause.tag(told) == "VB" && clause.child(told, &["aux"]).is_none() {
        return None;
    }
    let (mut from, _) = clause.subtree(told);
    while from < told && (from <= at || matches!(clause.word(from), "," | ":")) {
        from += 1;
    }
    // "reported Orlo acknowledging the loss": whoever does what is told stands before the participle
    if clause.tag(told) == "VBG"
        && from == told
        && clause.tokens[from - 1].relation == "dobj"
        && clause.head(from - 1) == at
        && let Some(first) = clause.phrase_ending(from - 1)
    {
        from = first.max(at + 1);
    }
    // Marks that open before the clause belong to it
    if from > at + 1 && is_mark(clause.word(from - 1)) {
        from -= 1;
    }
    (from > at && from + 1 < n).then_some(from)
}

/// "the plan that failed": "that" is a part of its own clause, not the mark of one that is told.
fn is_relative(clause: &Clause<'_>, that: usize) -> bool {
    let relation = clause.tokens[that].relation.as_str();
    matches!(relation, "nsubj" | "nsubjpass" | "dobj" | "pobj")
        && clause.tokens[clause.head(that)].relation == "relcl"
}

/// "heard a sailor saying that …": the clause is told by a verb between, not by the one at `at`.
fn belongs_between(clause: &Clause<'_>, at: usize, mark: usize) -> bool {
    let governor = clause.head(clause.head(mark));
    clause.tokens[mark].relation == "mark"
        && governor > at
        && governor < mark
        && clause.is_verb(governor)
}

/// Whether a subject and little else stands between `from` and the finite verb `verb`.
fn subject_stands(clause: &Clause<'_>, from: usize, verb: usize) -> bool {
    verb - from <= 12
        && (from..verb).any(|i| clause.is_nominal(i) || clause.tag(i) == "DT")
        && !(from..verb).any(|i| matches!(clause.tag(i), "WDT" | "WP" | "WRB" | "TO"))
        && !matches!(clause.tag(from), "IN" | "TO" | "RP")
}

pub(super) fn clause_follows(clause: &Clause<'_>, from: usize, to: usize) -> bool {
    (from + 1..to.min(from + 14)).any(|i| clause.is_finite(i))
}

/// First word of a clause without "that" whose finite verb is `verb`: past addressee and adjuncts.
fn bare_clause(clause: &Clause<'_>, at: usize, verb: usize) -> Option<usize> {
    let mut from = at + 1;
    // "told reporters the plan failed"
    let addressee = cues::cue(&clause.lemma(at), "addressed").is_some();
    if addressee && let Some(to) = addressee_end(clause, from, verb) {
        from = to;
    }
    // "said on Monday in Oslo the plan failed"
    while from < verb
        && (matches!(clause.tag(from), "IN" | "TO" | "RB") || is_day(clause.word(from)))
    {
        let inner = from + 1;
        if clause.tag(from) == "RB" || is_day(clause.word(from)) {
            from = inner;
            continue;
        }
        let to = (inner..verb)
            .take_while(|&i| {
                clause.tag(i) == "DT" || clause.tag(i).starts_with("JJ") || clause.tag(i) == "CD"
            })
            .count()
            + inner;
        let noun = (to..verb).take_while(|&i| clause.tag(i).starts_with("NN")).count() + to;
        if noun == to || noun >= verb {
            break;
        }
        from = noun;
    }
    // "said as he left": the clause tells when or why, not what
    let adjunct = (from..verb).any(|i| {
        matches!(clause.tokens[i].relation.as_str(), "mark" | "advmod")
            && matches!(clause.tag(i), "IN" | "WRB")
            && clause.head(i) >= verb
    });
    (!adjunct && (from < verb || from == verb && clause.tag(verb) == "MD")).then_some(from)
}

pub(super) fn is_day(word: &str) -> bool {
    cues::cue(word, "day").is_some()
}

fn addressee_end(clause: &Clause<'_>, from: usize, verb: usize) -> Option<usize> {
    if clause.tag(from) == "PRP" {
        return (from + 1 < verb).then_some(from + 1);
    }
    // The addressee ends where a new phrase begins: at a determiner, pronoun or name after a noun
    (from + 1..verb).find(|&i| {
        let new = matches!(clause.tag(i), "DT" | "PRP" | "PRP$" | "EX")
            || clause.tag(i).starts_with("NNP") && !clause.tag(i - 1).starts_with("NNP");
        new && clause.is_nominal(i - 1)
    })
}

/// First word of "to leave" or "him to leave" after the verb.
pub(super) fn infinitive(clause: &Clause<'_>, at: usize) -> Option<usize> {
    let to = (at + 1..clause.tokens.len().min(at + 12)).find(|&i| {
        clause.tag(i) == "TO" && clause.tag(i + 1) == "VB"
            || clause.word(i) == "to" && clause.tag(i + 1) == "VB"
    })?;
    let clear = (at + 1..to).all(|i| {
        !clause.is_verb(i) && clause.tag(i) != "MD" && !matches!(clause.word(i), "," | ":" | ";")
    });
    // "decided on Monday to leave"
    let doer = (at + 1..to).any(|i| {
        clause.is_nominal(i) && !is_day(clause.word(i)) && clause.tokens[i].relation != "npadvmod"
    });
    clear.then_some(if doer { at + 1 } else { to })
}

/// One past the last word of the content that begins at `from`.
pub(super) fn content_end(clause: &Clause<'_>, at: usize, from: usize) -> usize {
    let n = sentence_end(clause, clause.tokens.len()).min(from + LONGEST_CONTENT);
    let n = sibling_start(clause, at, from).map_or(n, |s| s.min(n));
    let n = subordinate_end(clause, at, from).map_or(n, |s| s.min(n));
    let n = told_end(clause, at, from).map_or(n, |s| s.min(n));
    for i in from + 1..n {
        let word = clause.word(i);
        // ", adding that …", ", but Orlo said …", "and called for …"
        let cue_here = |k: usize| {
            clause.is_verb(k) && {
                let lemma = clause.lemma(k);
                cues::cue(&lemma, "speech").is_some()
            }
        };
        let tells = |k: usize| cue_here(k) || cues::cue(&clause.lemma(k), "object").is_some();
        if word == "," && clause.tag(i + 1) == "VBG" && tells(i + 1) {
            return i;
        }
        if matches!(word, ";") {
            return i;
        }
        if matches!(word, "and" | "but") && clause.tag(at) == clause.tag(i + 1) && cue_here(i + 1) {
            return if clause.word(i - 1) == "," { i - 1 } else { i };
        }
        let turns =
            word == "," && matches!(clause.word(i + 1), "but" | "while" | "although" | "and");
        if turns {
            let subject_cue = (i + 2..n.min(i + 12)).find(|&k| clause.is_finite(k));
            if subject_cue.is_some_and(cue_here) {
                return i;
            }
        }
        if word == "," && cues::phrase(&clause.words, i + 1).is_some() {
            return i;
        }
    }
    n
}

/// One past the last word of what a verb has as its object: the object with what is said of it ("the
/// plan as a farce", "him of theft"), short of the when and where of the saying.
pub(super) fn object_end(clause: &Clause<'_>, at: usize, from: usize) -> usize {
    const REACH: usize = 80;
    let whole = content_end(clause, at, from);
    let mut end = from;
    for i in from..whole.min(from + REACH) {
        if clause.head(i) != at {
            continue;
        }
        let taken = match clause.tokens[i].relation.as_str() {
            "dobj" | "oprd" | "xcomp" | "ccomp" | "dative" | "attr" | "nmod" => true,
            "advcl" if clause.word(clause.subtree(i).0) == "as" && clause.tag(i) != "VBD" => true,
            "prep" => matches!(
                clause.word(i),
                "as" | "of"
                    | "for"
                    | "to"
                    | "about"
                    | "against"
                    | "over"
                    | "on"
                    | "with"
                    | "from"
                    | "by"
            ),
            "punct" | "advmod" | "prt" | "neg" => continue,
            _ => break,
        };
        if !taken {
            break;
        }
        end = end.max(clause.subtree(i).1);
    }
    if end > from { end.min(whole) } else { whole }
}

/// One past the clause of a cue that stands in a clause under another: "While he said it was true, he
/// left", "Orlo, who said it was true, left". The head of the sentence says nothing of it.
fn subordinate_end(clause: &Clause<'_>, at: usize, from: usize) -> Option<usize> {
    let mut node = at;
    for _ in 0..6 {
        match clause.tokens[node].relation.as_str() {
            "conj" | "xcomp" | "aux" | "auxpass" => node = clause.head(node),
            "relcl" | "advcl" | "acl" | "pcomp" | "ccomp" | "csubj" | "csubjpass" | "prep" => break,
            _ => return None,
        }
    }
    let mut end = clause.subtree(node).1;
    while end > from + 1
        && (matches!(clause.word(end - 1), "," | ";" | "—" | "–" | "--" | "-")
            || clause.tag(end - 1) == "CC")
    {
        end -= 1;
    }
    (end > from + 1).then_some(end)
}

/// One past the infinitive that a cue takes.
fn told_end(clause: &Clause<'_>, at: usize, from: usize) -> Option<usize> {
    if clause.tokens.len() > LONGEST_CONTENT {
        return None;
    }
    let told = (from..clause.tokens.len().min(from + 20)).find(|&i| {
        clause.head(i) == at
            && matches!(clause.tokens[i].relation.as_str(), "xcomp" | "ccomp")
            && clause.tag(i) == "VB"
            && clause.child(i, &["aux"]).is_some_and(|a| clause.tag(a) == "TO")
    })?;
    let end = clause.subtree(told).1;
    (end > from + 1).then_some(end)
}

/// Where something that the cue's own clause goes on with begins after its content: a second
/// predicate ("… and left the room"), a participle ("…, adding that").
fn sibling_start(clause: &Clause<'_>, at: usize, from: usize) -> Option<usize> {
    const REACH: usize = 60;
    if clause.tokens.len() > LONGEST_CONTENT {
        return None;
    }
    let sibling = (from + 1..clause.tokens.len().min(from + REACH)).find(|&i| {
        let relation = clause.tokens[i].relation.as_str();
        clause.head(i) == at
            && (relation == "conj" && clause.is_verb(i)
                || relation == "advcl" && clause.tag(i) == "VBG" && clause.word(i - 1) == ",")
    })?;
    let (mut start, _) = clause.subtree(sibling);
    start = start.max(from + 1);
    while start > from + 1
        && (matches!(clause.word(start - 1), "," | ";" | "—" | "–" | "--")
            || clause.tag(start - 1) == "CC")
    {
        start -= 1;
    }
    (start > from + 1).then_some(start)
}

/// One past the last word before the stop of the sentence.
pub(super) fn sentence_end(clause: &Clause<'_>, n: usize) -> usize {
    let mut end = n;
    while end > 1 && matches!(clause.word(end - 1), "." | "!" | "?") {
        end -= 1;
    }
    end
}

pub(super) fn is_mark(word: &str) -> bool {
    matches!(word, "\"" | "“" | "”" | "``" | "''" | "„" | "«" | "»" | "‘")
}
