//! Whether an act is said to have happened.

use super::draft::Draft;
use super::nominal::answers;
use crate::lexicon::{Cue, List, cues};
use crate::syntax::Tree;
use variorum_model::Modality;

/// Furthest governor that still says something of the act.
const MAX_STEPS: usize = 6;

/// Reads the modality of a draft off its auxiliaries, its modifiers and what governs it.
pub(super) fn modality(tree: &Tree<'_>, draft: &Draft, title: bool) -> Modality {
    let question = tree.lower(tree.len() - 1) == "?";
    if title && question {
        return Modality::Hypothetical;
    }
    let own =
        if draft.nominal { of_noun(tree, draft.head) } else { of_verb(tree, draft.head, title) };
    if let Some(own) = own
        && own != Modality::Ongoing
    {
        return own;
    }
    // "A meeting is planned": the noun names the act, and the verb says what becomes of it.
    let fate =
        draft.named.filter(|_| !draft.nominal).and_then(|_| of_verb_phrase(tree, draft.head));
    if fate == Some(Modality::Planned) {
        return Modality::Planned;
    }
    of_governors(tree, draft.head, draft.nominal).or(own).unwrap_or(Modality::Actual)
}

fn of_noun(tree: &Tree<'_>, noun: usize) -> Option<Modality> {
    for m in tree.kids(noun, &["amod", "det", "neg", "compound", "advmod", "nmod"]) {
        let found =
            cues(Cue::Adjective, tree.lower(m)).or_else(|| cues(Cue::Adverb, tree.lower(m)));
        if found.is_some() {
            return found;
        }
    }
    // "talks scheduled for Monday", "a visit to take place next week".
    for clause in tree.kids(noun, &["acl", "relcl"]) {
        if tree.kids(clause, &["aux"]).any(|a| tree.tag(a) == "TO") {
            return Some(Modality::Planned);
        }
        if tree.tag(clause) == "VBN"
            && let Some(found) = cues(Cue::Verb, tree.lemma(clause))
        {
            return Some(found);
        }
    }
    None
}

fn of_verb(tree: &Tree<'_>, verb: usize, title: bool) -> Option<Modality> {
    if tree.kid(verb, &["neg"]).is_some() {
        return Some(Modality::Negated);
    }
    let parties = tree.kids(verb, &["nsubj", "nsubjpass", "dobj"]);
    if parties.into_iter().any(|party| is_nobody(tree, party)) {
        return Some(Modality::Negated);
    }
    for adverb in tree.kids(verb, &["advmod", "det", "preconj"]) {
        if let Some(found) = cues(Cue::Adverb, tree.lower(adverb)) {
            return Some(found);
        }
    }
    if let Some(mark) = tree.kid(verb, &["mark"])
        && let Some(found) = cues(Cue::Mark, tree.lower(mark))
        && tree.relation(verb) == "advcl"
    {
        return Some(found);
    }
    let auxiliaries: Vec<usize> = tree.kids(verb, &["aux", "auxpass"]).collect();
    if let Some(found) = auxiliaries.iter().find_map(|&a| cues(Cue::Aux, tree.lower(a))) {
        // "said it would": the future seen from the past.
        let reported = tree.relation(verb) == "ccomp"
            && auxiliaries.iter().any(|&a| matches!(tree.lower(a), "would" | "'d"))
            && tree.kid(verb, &["mark", "nsubj", "nsubjpass"]).is_some();
        return Some(if reported { Modality::Planned } else { found });
    }
    let to = auxiliaries.iter().any(|&a| tree.tag(a) == "TO");
    let head = tree.head(verb);
    // A headline's infinitive: "Ministers to meet in Geneva".
    if to && (head == verb || title && !matches!(tree.relation(verb), "advcl" | "acl")) {
        return Some(Modality::Planned);
    }
    // "is to meet": the infinitive of "be".
    if to && tree.relation(verb) == "xcomp" && tree.lemma(head) == "be" {
        return Some(Modality::Planned);
    }
    if to && matches!(tree.relation(verb), "advcl" | "acl" | "relcl") {
        let noun = tree.is_noun(head).then(|| cues(Cue::Noun, tree.lemma(head))).flatten();
        return Some(noun.unwrap_or(Modality::Planned));
    }
    // Coordinated verbs share what the first has: "will meet X and visit Y".
    if tree.relation(verb) == "conj"
        && tree.is_verb(head)
        && tree.kid(verb, &["nsubj", "nsubjpass", "aux", "auxpass"]).is_none()
        && (tree.tag(verb) == tree.tag(head))
        && tree.relation(head) != "conj"
    {
        return of_verb_shared(tree, head, title);
    }
    let progressive = tree.tag(verb) == "VBG"
        && auxiliaries
            .iter()
            .any(|&a| matches!(tree.lower(a), "is" | "are" | "am" | "been" | "'s" | "'re"));
    let perfect = auxiliaries.iter().any(|&a| matches!(tree.lower(a), "has" | "have" | "'ve"));
    let present = matches!(tree.tag(verb), "VBZ" | "VBP")
        || auxiliaries.iter().any(|&a| matches!(tree.tag(a), "VBZ" | "VBP"));
    let state = (perfect || present) && cues(Cue::State, tree.lemma(verb)).is_some();
    (progressive || state).then_some(Modality::Ongoing)
}

/// Whether the phrase of a noun or pronoun says that there was nobody or nothing of the kind: "none of the men", "no
/// shots". "No fewer than ten men" are ten.
fn is_nobody(tree: &Tree<'_>, head: usize) -> bool {
    let no = |d: usize| d < head && tree.lower(d) == "no" && tree.head(d) == head;
    List::Nothing.has(tree.lower(head)) || tree.kids(head, &["det"]).any(no)
}

/// What a first conjunct passes on: its auxiliaries, not its own negation by adverb.
fn of_verb_shared(tree: &Tree<'_>, verb: usize, title: bool) -> Option<Modality> {
    let auxiliary =
        tree.kids(verb, &["aux", "auxpass"]).find_map(|a| cues(Cue::Aux, tree.lower(a)));
    let to = tree.kids(verb, &["aux"]).any(|a| tree.tag(a) == "TO");
    auxiliary.or((to && title && tree.head(verb) == verb).then_some(Modality::Planned))
}

fn of_governors(tree: &Tree<'_>, head: usize, nominal: bool) -> Option<Modality> {
    let mut at = head;
    let mut found = None;
    for _ in 0..MAX_STEPS {
        let above = tree.head(at);
        if above == at {
            break;
        }
        let relation = tree.relation(at);
        let bound = match relation {
            "xcomp" | "acl" | "pcomp" | "prep" | "pobj" => true,
            "ccomp" => return found.or_else(|| of_clause(tree, at, above)),
            "dobj" | "nsubjpass" | "nsubj" => nominal || found.is_none() && tree.is_noun(at),
            "conj" => true,
            "advcl" => return found.or_else(|| of_condition(tree, at)),
            "relcl" => return found,
            _ => false,
        };
        if !bound || nominal && answers(tree, above) {
            break;
        }
        if relation != "conj" && relation != "nsubj" {
            let said = if tree.is_noun(above) {
                (matches!(relation, "acl" | "pcomp" | "pobj" | "prep"))
                    .then(|| cues(Cue::Noun, tree.lemma(above)))
                    .flatten()
                    .filter(|_| relation != "prep" || tree.lower(at) == "of")
            } else if tree.is_verb(above) || tree.tag(above) == "JJ" {
                let talked_of = only_talked_of(tree, head).filter(|_| !nominal);
                let talked_of = talked_of.or_else(|| only_said_of(tree, at));
                let said = talked_of.or_else(|| of_verb_phrase(tree, above));
                said.filter(|_| relation != "nsubj")
            } else {
                None
            };
            if said.is_some() && (found.is_none() || found == Some(Modality::Ongoing)) {
                found = said;
            }
            // "has not agreed to meet", "will discuss the visit".
            if tree.is_verb(above) && found.is_none() {
                let own = of_verb(tree, above, false);
                if matches!(own, Some(Modality::Negated))
                    && matches!(relation, "xcomp" | "dobj" | "nsubjpass")
                {
                    return own;
                }
                if nominal
                    && matches!(own, Some(Modality::Planned | Modality::Hypothetical))
                    && relation != "prep"
                {
                    return own;
                }
            }
        }
        at = above;
    }
    found
}

/// What a verb, with its particle if it has one, says of what it governs ("called off").
fn of_verb_phrase(tree: &Tree<'_>, verb: usize) -> Option<Modality> {
    let particle = tree.kid(verb, &["prt"]).filter(|&p| p > verb);
    particle
        .and_then(|p| cues(Cue::Verb, &format!("{}_{}", tree.lemma(verb), tree.lower(p))))
        .or_else(|| cues(Cue::Verb, tree.lemma(verb)))
}

/// What the verb says of the participle `verb` that hangs on it, by itself or behind a preposition: "talked
/// about leaving", "stopped firing".
pub(super) fn only_talked_of(tree: &Tree<'_>, verb: usize) -> Option<Modality> {
    let at = match tree.relation(verb) {
        "pcomp" => tree.head(verb),
        "xcomp" | "dobj" => verb,
        _ => return None,
    };
    let above = tree.head(at);
    // "Stop firing" asks; it tells of no end.
    let told = tree.is_verb(above) && tree.tag(above) != "VB";
    let governed = tree.tag(verb) == "VBG" && told && above != at;
    governed.then(|| cues(Cue::Verb, &format!("{}_ing", tree.lemma(above)))).flatten()
}

/// What those who are not named are said to say of the infinitive `verb`: "is believed to have met".
fn only_said_of(tree: &Tree<'_>, verb: usize) -> Option<Modality> {
    let above = tree.head(verb);
    let infinitive =
        tree.relation(verb) == "xcomp" && tree.kids(verb, &["aux"]).any(|a| tree.tag(a) == "TO");
    let passive = tree.tag(above) == "VBN" && tree.kid(above, &["auxpass"]).is_some();
    (infinitive && passive).then(|| cues(Cue::Verb, &format!("{}_to", tree.lemma(above)))).flatten()
}

/// What a verb of saying leaves open: "claims that", "if".
fn of_clause(tree: &Tree<'_>, clause: usize, verb: usize) -> Option<Modality> {
    if let Some(mark) = tree.kid(clause, &["mark"])
        && matches!(tree.lower(mark), "whether" | "if")
    {
        return Some(Modality::Hypothetical);
    }
    match cues(Cue::Verb, tree.lemma(verb)) {
        Some(Modality::Alleged) => Some(Modality::Alleged),
        Some(Modality::Negated) if tree.lemma(verb) == "deny" => Some(Modality::Negated),
        Some(Modality::Hypothetical) if tree.lemma(verb) != "suggest" => {
            Some(Modality::Hypothetical)
        }
        Some(Modality::Planned) if tree.lemma(verb) == "expect" => Some(Modality::Planned),
        _ => of_governors_of_speech(tree, verb),
    }
}

/// "It is alleged to have said": one step further only.
fn of_governors_of_speech(tree: &Tree<'_>, verb: usize) -> Option<Modality> {
    let above = tree.head(verb);
    (above != verb && tree.relation(verb) == "ccomp")
        .then(|| cues(Cue::Verb, tree.lemma(above)))
        .flatten()
        .filter(|m| *m == Modality::Alleged)
}

fn of_condition(tree: &Tree<'_>, clause: usize) -> Option<Modality> {
    let mark = tree.kid(clause, &["mark"])?;
    cues(Cue::Mark, tree.lower(mark))
}
