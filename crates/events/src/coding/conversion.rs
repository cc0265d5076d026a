//! Readings that the manual asks for: a willingness is an agreement, an unwillingness a rejection,
//! and "X says Y must" a request.

use super::draft::{Draft, is_cooperative};
use crate::lexicon::derived;
use crate::syntax::{Cast, Tree, members};
use variorum_model::{EventType, Modality};

/// Applies the conversions in place.
pub(super) fn convert(tree: &Tree<'_>, cast: &Cast<'_>, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|d| !d.nominal) {
        demand(tree, draft);
        unwillingness(tree, draft);
        willingness(tree, draft);
        menace(tree, draft);
    }
    let asked: Vec<usize> = drafts.iter().filter(|d| d.is_converted()).map(|d| d.head).collect();
    for draft in drafts.iter_mut().filter(|d| !d.nominal && d.kind == EventType::Statement) {
        call(tree, cast, draft, &asked);
    }
}

/// "Norway said that the talks must resume": whoever says so asks for it, whatever the act. Those of
/// `asked` are read already.
fn call(tree: &Tree<'_>, cast: &Cast<'_>, draft: &mut Draft, asked: &[usize]) {
    let Some(verb) = draft.frame.clause.filter(|v| !asked.contains(v)) else { return };
    let Some(subject) = tree.kid(verb, &["nsubj", "nsubjpass"]) else { return };
    // What a speaker must do himself he asks of nobody.
    let own = tree.tag(subject).starts_with("PRP") || draft.actors.contains(&subject);
    if own || draft.actors.is_empty() || !auxiliary(tree, verb, &["must", "should", "ought"]) {
        return;
    }
    let Some(code) = derived(EventType::Request, draft.cameo) else { return };
    draft.kind = EventType::Request;
    draft.mode = code.mode;
    draft.recode(code);
    draft.recipients = members(tree, subject);
    draft.recipients.retain(|&r| cast.is_actor(tree, r));
    draft.modality = Some(Modality::Actual);
    draft.rule.push_str("/must");
    draft.confidence -= 0.1;
}

fn auxiliary(tree: &Tree<'_>, verb: usize, words: &[&str]) -> bool {
    tree.kids(verb, &["aux"]).any(|a| words.contains(&tree.lower(a)))
}

/// The verb, or the "be" of a predicate, that carries the auxiliaries.
fn carrier(tree: &Tree<'_>, draft: &Draft) -> usize {
    let head = draft.head;
    if tree.relation(head) == "acomp"
        || tree.relation(head) == "xcomp" && tree.kid(head, &["aux"]).is_none()
    {
        return tree.head(head);
    }
    head
}

/// "Russia says Israel must end attacks": whoever says so asks it of the subject.
fn demand(tree: &Tree<'_>, draft: &mut Draft) {
    let verb = draft.head;
    let (carrier, obliged) = match tree.relation(verb) {
        // "needs to", "has to".
        "xcomp" if matches!(tree.lemma(tree.head(verb)), "need" | "have") => {
            (tree.head(verb), true)
        }
        _ => (verb, auxiliary(tree, verb, &["must", "should", "ought"])),
    };
    let speech = tree.head(carrier);
    if !obliged || tree.relation(carrier) != "ccomp" || speech == carrier {
        return;
    }
    let Some(speaker) = tree.kid(speech, &["nsubj"]) else { return };
    let Some(code) = derived(EventType::Request, draft.cameo) else { return };
    if matches!(draft.kind, EventType::Statement | EventType::Request | EventType::Accuse) {
        return;
    }
    let target =
        if draft.actors.is_empty() { draft.recipients.clone() } else { draft.actors.clone() };
    draft.kind = EventType::Request;
    draft.mode = code.mode;
    draft.recode(code);
    draft.recipients = target;
    draft.actors = vec![speaker];
    draft.recipients.retain(|r| *r != speaker);
    draft.modality = Some(Modality::Actual);
    draft.rule.push_str("/must");
    draft.confidence -= 0.1;
}

/// "will not accept", "does not recognise": a refusal.
fn unwillingness(tree: &Tree<'_>, draft: &mut Draft) {
    if draft.modality != Some(Modality::Negated) || !is_cooperative(draft.kind) {
        return;
    }
    let verb = carrier(tree, draft);
    if tree.kid(verb, &["neg"]).is_none() {
        return;
    }
    let future = auxiliary(tree, verb, &["will", "would", "wo", "can", "ca", "shall", "cannot"]);
    let stance = auxiliary(tree, verb, &["do", "does"]);
    if !future && !stance {
        return;
    }
    let Some(code) = derived(EventType::Reject, draft.cameo) else { return };
    draft.kind = EventType::Reject;
    draft.mode = code.mode;
    draft.recode(code);
    draft.modality = Some(Modality::Actual);
    draft.rule.push_str("/unwilling");
}

/// "will attack", "will impose a curfew": in the manual's words a threat.
fn menace(tree: &Tree<'_>, draft: &mut Draft) {
    use EventType::*;
    let will = auxiliary(tree, draft.head, &["will", "would", "shall", "'ll"]);
    let planned = draft.modality == Some(Modality::Planned);
    if !planned || !will || draft.frame.passive || draft.actors.is_empty() {
        return;
    }
    if !matches!(draft.kind, Assault | Coerce | Sanction) {
        return;
    }
    let Some(code) = derived(Threaten, draft.cameo) else { return };
    draft.kind = Threaten;
    draft.mode = code.mode;
    draft.recode(code);
    draft.rule.push_str("/will");
}

/// "will release", "would withdraw": in the manual's words an intention, coded as an agreement.
/// Meetings and visits stay what they are, planned.
fn willingness(tree: &Tree<'_>, draft: &mut Draft) {
    use EventType::*;
    let verb = carrier(tree, draft);
    let planned = draft.modality == Some(Modality::Planned);
    let will = auxiliary(tree, verb, &["will", "would", "shall", "'ll"]);
    if !planned || !will || draft.frame.passive || draft.actors.is_empty() {
        return;
    }
    if !matches!(draft.kind, Aid | Cooperate | Retreat | Concede | Support)
        || draft.mode == "ceasefire"
    {
        return;
    }
    let Some(code) = derived(Agree, draft.cameo) else { return };
    draft.kind = Agree;
    draft.mode = code.mode;
    draft.recode(code);
    draft.rule.push_str("/willing");
}
