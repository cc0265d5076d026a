//! What stands around a verb: subject, objects, prepositional phrases, complement.

use super::{Cast, Tree, members, tree::MAX_DEPTH};
use crate::lexicon::List;

/// The surroundings of a verb or predicate adjective, voice undone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Frame {
    /// Heads of the logical subject (the agent of a passive).
    pub(crate) subjects: Vec<usize>,
    /// Heads of the logical object.
    pub(crate) objects: Vec<usize>,
    /// Heads of the indirect object.
    pub(crate) indirect: Vec<usize>,
    /// Prepositions and the heads they govern.
    pub(crate) phrases: Vec<(usize, Vec<usize>)>,
    /// Infinitive that completes the verb.
    pub(crate) infinitive: Option<usize>,
    /// Clause that completes it.
    pub(crate) clause: Option<usize>,
    /// Participle that completes it, with or without preposition.
    pub(crate) participle: Option<usize>,
    /// The verb is passive.
    pub(crate) passive: bool,
    /// The subject was guessed from word order.
    pub(crate) guessed: bool,
}

/// Reads the frame of the verb (or predicate adjective) at `verb`.
pub(crate) fn frame(tree: &Tree<'_>, cast: &Cast<'_>, verb: usize) -> Frame {
    let mut made = Frame { passive: is_passive(tree, verb), ..Frame::default() };
    phrases_of(tree, verb, &mut made.phrases);
    complements(tree, verb, &mut made);
    let direct = objects_of(tree, verb);
    let surface = surface_subject(tree, verb);
    made.indirect = tree
        .kids(verb, &["dative", "iobj"])
        .filter(|&d| tree.is_noun(d) || tree.tag(d).starts_with("PRP"))
        .flat_map(|d| members(tree, d))
        .collect();
    if made.passive {
        if direct.is_empty() {
            made.objects = surface;
        } else {
            made.indirect.extend(surface);
            made.objects = direct;
        }
        let agent = made.phrases.iter().find(|(p, _)| tree.lower(*p) == "by");
        made.subjects = agent.map(|(_, heads)| heads.clone()).unwrap_or_default();
    } else {
        made.objects = direct;
        made.subjects = surface;
        relative_object(tree, verb, &mut made);
        if made.subjects.is_empty() && is_finite(tree, verb) {
            made.subjects = nearest_before(tree, cast, verb);
            made.guessed = !made.subjects.is_empty();
        }
    }
    // "asked Russia to help": the one who is to help is the one who was asked.
    if made.objects.is_empty()
        && let Some(subject) = made.infinitive.and_then(|i| tree.kid(i, &["nsubj", "nsubjpass"]))
        && !made.passive
    {
        made.objects = members(tree, subject);
    }
    made
}

fn is_passive(tree: &Tree<'_>, verb: usize) -> bool {
    if tree.kid(verb, &["auxpass", "nsubjpass", "agent"]).is_some() {
        return true;
    }
    if tree.tag(verb) != "VBN" {
        return false;
    }
    let head = tree.head(verb);
    match tree.relation(verb) {
        "acl" => {
            // "The rebels decided to attend": a finite verb taken for a participle.
            let noun = tree.head(verb);
            let finite = tree.head(noun) == noun && tree.kid(verb, &["xcomp", "ccomp"]).is_some();
            tree.kid(verb, &["nsubj", "dobj"]).is_none() && !finite
        }
        "conj" => {
            tree.kid(verb, &["aux", "nsubj"]).is_none()
                && head != verb
                && is_passive_step(tree, head)
        }
        "advcl" | "relcl" | "amod" => tree.kid(verb, &["aux", "dobj", "nsubj"]).is_none(),
        _ => false,
    }
}

/// One step up a coordination, without going further.
fn is_passive_step(tree: &Tree<'_>, verb: usize) -> bool {
    tree.kid(verb, &["auxpass", "nsubjpass", "agent"]).is_some()
        || tree.tag(verb) == "VBN" && tree.relation(verb) == "acl"
}

fn is_finite(tree: &Tree<'_>, verb: usize) -> bool {
    matches!(tree.tag(verb), "VBD" | "VBZ" | "VBP")
        || tree.kids(verb, &["aux"]).any(|a| tree.tag(a) != "TO")
}

fn objects_of(tree: &Tree<'_>, verb: usize) -> Vec<usize> {
    tree.kids(verb, &["dobj", "obj", "oprd"])
        .filter(|&o| tree.relation(o) != "oprd" || tree.is_noun(o))
        .filter(|&o| !matches!(tree.tag(o), "WDT" | "WP"))
        .take(1)
        .flat_map(|o| members(tree, o))
        .collect()
}

/// The antecedent of a relative pronoun, or the phrase itself.
fn resolved(tree: &Tree<'_>, verb: usize, subject: usize) -> Vec<usize> {
    let pronoun = matches!(tree.tag(subject), "WDT" | "WP" | "IN")
        || matches!(tree.lower(subject), "who" | "which" | "that")
            && tree.relation(verb) == "relcl";
    if pronoun {
        let mut at = verb;
        for _ in 0..4 {
            if tree.relation(at) == "relcl" {
                return members(tree, antecedent(tree, tree.head(at), subject));
            }
            at = tree.head(at);
        }
    }
    members(tree, subject)
}

/// What a relative clause on `noun` is about: with "that" or "which" no name of the place where the thing before
/// it is ("the attack on a base near Kirkuk that killed two").
fn antecedent(tree: &Tree<'_>, noun: usize, pronoun: usize) -> usize {
    let mut at = noun;
    for _ in 0..3 {
        let name = tree.tag(at).starts_with("NNP") && tree.lower(pronoun) != "who";
        if name && tree.relation(at) == "appos" {
            at = tree.head(at);
            continue;
        }
        let preposition = tree.head(at);
        let where_it_is =
            name && tree.relation(at) == "pobj" && List::Where.has(tree.lower(preposition));
        let thing = tree.head(preposition);
        let common = matches!(tree.tag(thing), "NN" | "NNS") && thing != preposition;
        return if where_it_is && common { thing } else { at };
    }
    noun
}

/// The subject on the surface, own or shared: of the verb it is coordinated with, of the verb
/// that controls it, or the noun it modifies.
fn surface_subject(tree: &Tree<'_>, verb: usize) -> Vec<usize> {
    let mut at = verb;
    for step in 0..MAX_DEPTH {
        if let Some(s) = tree.kid(at, &["nsubj", "nsubjpass", "csubj"]) {
            // Existential "there" names nobody.
            return if tree.tag(s) == "EX" { Vec::new() } else { resolved(tree, at, s) };
        }
        let head = tree.head(at);
        if head == at {
            return Vec::new();
        }
        match tree.relation(at) {
            "conj" | "advcl" | "xcomp" | "ccomp" | "acomp" | "aux" | "auxpass" | "attr" | "dep" => {
                if matches!(tree.relation(at), "xcomp" | "ccomp")
                    && let Some(o) = tree.kid(head, &["dobj"])
                    && o < at
                {
                    return members(tree, o);
                }
                // A clause of its own without a subject is an order or a fragment.
                if tree.relation(at) == "ccomp" && is_finite(tree, at) {
                    return Vec::new();
                }
            }
            "pcomp" => {}
            "prep" | "agent" if step > 0 => {
                // "accused them of firing", "kept them from firing": they fire, or do not.
                let held =
                    List::Accusing.has(tree.lemma(head)) || List::Holding.has(tree.lemma(head));
                if (List::Binding.has(tree.lower(at)) || held && tree.lower(at) == "for")
                    && let Some(o) = tree.kid(head, &["dobj"])
                    && o < at
                {
                    return members(tree, o);
                }
            }
            "acl" | "relcl" if step == 0 || tree.relation(at) == "relcl" => {
                let to = tree.kids(at, &["aux"]).any(|a| tree.tag(a) == "TO");
                if !to {
                    return members(tree, head);
                }
            }
            "acl" => {}
            _ if tree.is_noun(head) || tree.is_noun(at) => {
                // "a plan to attack": whoever has the plan.
                if let Some(p) = tree.kid(at, &["poss"]) {
                    return members(tree, p);
                }
            }
            _ => return Vec::new(),
        }
        at = head;
    }
    Vec::new()
}

/// "the attack that they launched": the noun is the object.
fn relative_object(tree: &Tree<'_>, verb: usize, made: &mut Frame) {
    if tree.relation(verb) != "relcl" || !made.objects.is_empty() {
        return;
    }
    let noun = tree.head(verb);
    let pronoun_object = tree.kids(verb, &["dobj"]).any(|o| matches!(tree.tag(o), "WDT" | "WP"));
    let other_subject = tree.kid(verb, &["nsubj"]).is_some() && !made.subjects.contains(&noun);
    if pronoun_object || other_subject {
        made.objects = vec![noun];
    }
}

fn phrases_of(tree: &Tree<'_>, verb: usize, out: &mut Vec<(usize, Vec<usize>)>) {
    let mut queue: Vec<usize> =
        tree.kids(verb, &["prep", "agent", "dative", "prt", "advmod"]).collect();
    let mut seen = 0;
    while seen < queue.len() && seen < 24 {
        let prep = queue[seen];
        seen += 1;
        if matches!(tree.relation(prep), "prep" | "agent" | "dative")
            && let Some(object) = tree.kid(prep, &["pobj"])
        {
            out.push((prep, members(tree, object)));
        }
        // "out of", "back to", "on and off".
        queue.extend(tree.kids(prep, &["prep", "conj"]));
    }
    out.sort_by_key(|(prep, _)| *prep);
}

fn complements(tree: &Tree<'_>, verb: usize, made: &mut Frame) {
    let has_to = |c: usize| tree.kids(c, &["aux"]).any(|a| tree.tag(a) == "TO");
    for child in tree.children(verb).iter().copied().filter(|&c| c > verb) {
        match tree.relation(child) {
            "xcomp" | "ccomp" | "advcl" | "acl" if has_to(child) => {
                made.infinitive.get_or_insert(child);
            }
            // "Let him go", "made them leave".
            "ccomp" if is_bare(tree, child) => {
                made.infinitive.get_or_insert(child);
            }
            "ccomp" => {
                made.clause.get_or_insert(child);
            }
            "xcomp" if tree.tag(child) == "VBG" => {
                made.participle.get_or_insert(child);
            }
            "xcomp" if tree.tag(child) == "VB" => {
                made.infinitive.get_or_insert(child);
            }
            "prep" | "dobj" | "agent" => {
                for inner in tree.kids(child, &["pcomp", "pobj", "acl", "relcl"]) {
                    if tree.relation(inner) == "pcomp" && tree.tag(inner) == "VBG" {
                        made.participle.get_or_insert(inner);
                    } else if matches!(tree.relation(inner), "acl" | "relcl") && has_to(inner) {
                        made.infinitive.get_or_insert(inner);
                    } else if let Some(i) = tree.kids(inner, &["acl", "relcl"]).find(|&i| has_to(i))
                    {
                        made.infinitive.get_or_insert(i);
                    }
                }
            }
            _ => {}
        }
    }
    // Clauses before the verb: "…, he said".
    if made.clause.is_none() {
        made.clause = tree.kid(verb, &["ccomp"]).filter(|&c| made.infinitive != Some(c));
    }
}

/// Whether a clause is an infinitive without "to" and with a subject of its own.
fn is_bare(tree: &Tree<'_>, verb: usize) -> bool {
    tree.tag(verb) == "VB"
        && tree.kid(verb, &["aux", "mark", "neg"]).is_none()
        && tree.kid(verb, &["nsubj"]).is_some()
}

/// Nearest phrase to the left that can act, not beyond another verb: for trees without a subject.
fn nearest_before(tree: &Tree<'_>, cast: &Cast<'_>, verb: usize) -> Vec<usize> {
    let auxiliary = |i: usize| matches!(tree.relation(i), "aux" | "auxpass" | "neg" | "advmod");
    for i in (0..verb).rev().take(16) {
        if matches!(tree.tag(i), ":" | "``" | "''") || tree.is_verb(i) && !auxiliary(i) {
            return Vec::new();
        }
        if (tree.is_noun(i) || tree.tag(i) == "PRP") && cast.is_actor(tree, i) {
            let top = top_of_phrase(tree, i);
            if cast.is_actor(tree, top) && tree.relation(top) != "poss" {
                return members(tree, top);
            }
        }
    }
    Vec::new()
}

/// The noun that a noun inside its phrase belongs to: "ministers" of "ministers of Iran and Syria".
fn top_of_phrase(tree: &Tree<'_>, noun: usize) -> usize {
    let mut top = noun;
    for above in tree.ancestors(noun) {
        if tree.is_noun(above) {
            top = above;
        } else if tree.relation(above) != "prep" {
            break;
        }
    }
    top
}
