//! Who the subject of a cue is: by the tree, by word order, by what the clause shares with its governor.

use super::complement::{LONGEST_CONTENT, is_day, is_mark};
use super::cues;
use super::phrase::Clause;
use variorum_model::Span;

/// First word of the verb group whose main verb is `at`: auxiliaries and adverbs before it.
pub(super) fn group_start(clause: &Clause<'_>, at: usize) -> usize {
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

/// The noun phrase that is the subject of the verb group from `start` to `at`.
pub(super) fn subject(clause: &Clause<'_>, at: usize, start: usize) -> Option<Span> {
    let found = outer_teller(clause, at)
        .or_else(|| own_subject(clause, at, start))
        .or_else(|| object_that_says(clause, at))
        .or_else(|| modified_noun(clause, at))
        .or_else(|| subject_by_order(clause, at, start))
        .or_else(|| subject_by_tree(clause, at))?;
    // "“… home,” Orlo said": the mark that closes what is said is no part of the source
    let first = clause.at(found.from());
    let marks = (first..clause.after(found.to())).take_while(|&i| is_mark(clause.word(i))).count();
    let from = clause.tokens.get(first + marks)?.span.start;
    (from < found.end).then_some(Span { start: from, end: found.end })
}

/// "Orlo said she would appeal, adding that …", "Orlo said she would appeal and warned …": the verb goes
/// on with what the teller does, though it stands next to a verb of what is told.
fn outer_teller(clause: &Clause<'_>, at: usize) -> Option<Span> {
    let lemma = |i: usize| clause.lemma(i);
    if cues::cue(&lemma(at), "speech").is_none() || clause.child_before(at, "nsubj").is_some() {
        return None;
    }
    let relation = clause.tokens[at].relation.as_str();
    let participle =
        relation == "advcl" && clause.tag(at) == "VBG" && at > 0 && clause.word(at - 1) == ",";
    let head = clause.head(at);
    // Two predicates joined by "and" stand in one form
    let misjoined = relation == "conj"
        && matches!(clause.tag(at), "VBD" | "VBZ" | "VBP")
        && clause.tag(head) != clause.tag(at);
    if !participle && !misjoined {
        return None;
    }
    let mut node = head;
    for _ in 0..4 {
        let up = clause.head(node);
        if up >= node {
            return None;
        }
        let told = clause.tokens[node].relation == "ccomp";
        if (told || participle && clause.tokens[node].relation == "advcl")
            && cues::cue(&lemma(up), "speech").is_some()
            && (participle || clause.tag(up) == clause.tag(at))
        {
            return own_subject(clause, up, group_start(clause, up))
                .or_else(|| subject_by_tree(clause, up));
        }
        if !told && !matches!(clause.tokens[node].relation.as_str(), "conj" | "xcomp" | "advcl") {
            return None;
        }
        node = up;
    }
    None
}

/// The subject that the tree gives to the verb itself, cut before commas and relative clauses.
fn own_subject(clause: &Clause<'_>, at: usize, start: usize) -> Option<Span> {
    const LONGEST: usize = 25;
    if clause.tokens.len() > LONGEST_CONTENT {
        return None;
    }
    let head = clause.child_before(at, "nsubj").filter(|&h| h < start)?;
    if matches!(clause.tag(head), "WP" | "WDT") || matches!(clause.word(head), "that" | "which") {
        return None;
    }
    let (from, to) = clause.subtree(head);
    let to = to.min(start);
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

/// "The agency reported Orlo saying": the object of a verb of speech right before a participle of
/// another, which some trees give to the first verb.
pub(super) fn object_that_says(clause: &Clause<'_>, at: usize) -> Option<Span> {
    if clause.tag(at) == "VBG" && at > 0 && clause.word(at - 1) == "as" {
        return quoted_as_saying(clause, at);
    }
    let object = at.checked_sub(1)?;
    let beside = clause.tokens[at].relation == "acl" && clause.head(at) == object;
    let over = clause.head(if beside { object } else { at });
    let participle =
        clause.tag(at) == "VBG" && (beside || clause.tokens[at].relation.as_str() == "ccomp");
    if !participle
        || clause.tokens[object].relation.as_str() != "dobj"
        || clause.head(object) != over
        || cues::cue(&clause.lemma(over), "speech").is_none()
    {
        return None;
    }
    let from = clause.phrase_ending(object).unwrap_or(object);
    Some(clause.span(from, at))
}

/// "The agency quoted a commander as saying": the object of the verb that "as saying" belongs to.
fn quoted_as_saying(clause: &Clause<'_>, at: usize) -> Option<Span> {
    let over = [clause.head(at), clause.head(clause.head(at))]
        .into_iter()
        .find(|&i| i + 1 < at && clause.is_verb(i))?;
    let lemma = clause.lemma(over);
    cues::cue(&lemma, "speech").or_else(|| cues::cue(&lemma, "object"))?;
    let object = clause.child(over, &["dobj", "nsubjpass"]).filter(|&i| i + 1 < at)?;
    let from = clause.phrase_ending(object).unwrap_or(object);
    Some(clause.span(from, object + 1))
}

/// "the minister, who often said", "a diplomat saying": the noun that the clause of the verb tells of.
/// Of a paper that somebody issues ("put out a statement saying") that one is the source.
fn modified_noun(clause: &Clause<'_>, at: usize) -> Option<Span> {
    let relation = clause.tokens[at].relation.as_str();
    let noun = clause.head(at);
    if !matches!(relation, "relcl" | "acl")
        || noun >= at
        || !(clause.is_nominal(noun) || clause.tag(noun) == "DT")
    {
        return None;
    }
    let subject = clause.child(at, &["nsubj"]);
    // "the plan Orlo announced" has a subject of its own
    if subject.is_some_and(|s| !matches!(clause.word(s), "who" | "that" | "which")) {
        return None;
    }
    if cues::is_medium(&clause.lemma(noun)) {
        // "issued a statement saying", "In a statement announcing it, Orlo …"
        let over = clause.head(noun);
        let issued = match clause.tokens[noun].relation.as_str() {
            "dobj" => Some(over),
            "pobj" if matches!(clause.word(over), "in" | "at" | "with" | "on") => {
                Some(clause.head(over)).filter(|&v| clause.is_verb(v))
            }
            _ => None,
        };
        if let Some(issuer) = issued.and_then(|verb| subject_by_tree_of_verb(clause, verb)) {
            return Some(issuer);
        }
    }
    let from = clause.phrase_ending(noun).unwrap_or(noun);
    Some(clause.span(from, noun + 1))
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

/// The subject of the verb or, where it has none, of what governs it ("left, saying", "wants to say").
pub(super) fn subject_by_tree(clause: &Clause<'_>, at: usize) -> Option<Span> {
    let mut node = at;
    for _ in 0..6 {
        let own = clause.child(node, &["nsubj"]).filter(|&s| s < node || node != at);
        if let Some(subject) = own {
            if matches!(clause.tag(subject), "WP" | "WDT") || clause.word(subject) == "that" {
                return modified_noun(clause, node);
            }
            let from = clause.phrase_ending(subject).unwrap_or(subject);
            return Some(clause.span(from, subject + 1));
        }
        if let Some(subject) = clause.child(node, &["nsubjpass"]) {
            if node == at {
                return None;
            }
            let from = clause.phrase_ending(subject).unwrap_or(subject);
            return Some(clause.span(from, subject + 1));
        }
        let up = clause.head(node);
        let shares = matches!(
            clause.tokens[node].relation.as_str(),
            "conj" | "xcomp" | "advcl" | "dep" | "acl" | "pcomp" | "prep" | "ccomp"
        );
        if up == node || !shares {
            return None;
        }
        if clause.tokens[node].relation == "acl" {
            // "his promise to say", "a bid to say": whoever the noun belongs to
            return owner(clause, up).or_else(|| {
                (clause.tokens[up].relation == "dobj")
                    .then(|| subject_by_tree_of_verb(clause, clause.head(up)))
                    .flatten()
            });
        }
        node = up;
    }
    None
}

fn subject_by_tree_of_verb(clause: &Clause<'_>, verb: usize) -> Option<Span> {
    let mut node = verb;
    for _ in 0..4 {
        if let Some(subject) = clause.child_before(node, "nsubj") {
            let from = clause.phrase_ending(subject).unwrap_or(subject);
            return Some(clause.span(from, subject + 1));
        }
        if !matches!(clause.tokens[node].relation.as_str(), "conj" | "xcomp" | "advcl") {
            return None;
        }
        node = clause.head(node);
    }
    None
}

/// Whose a noun is: "the minister's claim", "his claim", "a claim by the minister".
pub(super) fn owner(clause: &Clause<'_>, noun: usize) -> Option<Span> {
    if let Some(poss) = clause.child(noun, &["poss"]) {
        if clause.tag(poss) == "PRP$" {
            return Some(clause.tokens[poss].span);
        }
        let from = clause.phrase_ending(poss).unwrap_or(poss);
        return Some(clause.span(from, poss + 1));
    }
    let by = (noun + 1..clause.tokens.len().min(noun + 4))
        .find(|&i| clause.head(i) == noun && matches!(clause.word(i), "by" | "from"))?;
    let object = clause.child(by, &["pobj"])?;
    let from = clause.phrase_ending(object).unwrap_or(object).max(by + 1);
    Some(clause.span(from, object + 1))
}

/// Whose a noun is that says something, also by what is done with it: "made the claim that", "a
/// report that".
pub(super) fn teller(clause: &Clause<'_>, noun: usize) -> Option<Span> {
    if let Some(owner) = owner(clause, noun) {
        return Some(owner);
    }
    let governed = clause.tokens[noun].relation == "dobj";
    if governed && let Some(subject) = subject_by_tree_of_verb(clause, clause.head(noun)) {
        return Some(subject);
    }
    let named = clause.child(noun, &["compound"]).filter(|&i| i < noun)?;
    clause.tag(named).starts_with("NNP").then(|| {
        let from = clause.phrase_ending(named).unwrap_or(named);
        clause.span(from, named + 1)
    })
}
