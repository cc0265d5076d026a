//! One clause, one event: drops what another event already tells.

use super::draft::Draft;
use super::nominal::answers;
use crate::syntax::Tree;
use variorum_model::{EventType, Modality};

/// Keeps the events that say something of their own, in order.
pub(super) fn select(tree: &Tree<'_>, mut drafts: Vec<Draft>) -> Vec<Draft> {
    let consumed: Vec<usize> = drafts.iter().flat_map(|d| d.consumed.iter().copied()).collect();
    drafts.retain(|d| !consumed.contains(&d.head) || named_by_itself(d));
    adopt_results(tree, &mut drafts);
    let all = drafts.clone();
    drafts.retain(|d| !all.iter().any(|o| covers(tree, o, d)));
    let others: Vec<usize> =
        drafts.iter().filter(|d| d.kind != EventType::Statement).map(|d| d.head).collect();
    drafts.retain(|d| {
        d.kind != EventType::Statement
            || !others.iter().any(|&o| tree.governs(d.head, o) || tree.governs(o, d.head))
    });
    drafts.sort_by_key(|d| d.trigger);
    drafts
}

/// An act told by a verb and the noun in its trigger lists the noun as taken in, not itself.
fn named_by_itself(d: &Draft) -> bool {
    d.consumed.contains(&d.head)
}

/// "X attacked the base, killing 17": one attack; it takes over those killed if it names nobody.
fn adopt_results(tree: &Tree<'_>, drafts: &mut Vec<Draft>) {
    let mut dropped = Vec::new();
    for n in 0..drafts.len() {
        let d = &drafts[n];
        let result = d.kind == EventType::Assault
            && !d.nominal
            && tree.relation(d.head) == "advcl"
            && tree.tag(d.head) == "VBG";
        if !result {
            continue;
        }
        let main = tree.head(d.head);
        let recipients = d.recipients.clone();
        if let Some(o) = drafts.iter_mut().find(|o| o.head == main && o.kind == EventType::Assault)
        {
            if o.recipients.is_empty() {
                o.recipients = recipients;
            }
            dropped.push(n);
        }
    }
    let mut n = 0;
    drafts.retain(|_| {
        n += 1;
        !dropped.contains(&(n - 1))
    });
}

/// Whether `o` tells what `d` tells, and more.
fn covers(tree: &Tree<'_>, o: &Draft, d: &Draft) -> bool {
    if o.head == d.head {
        return false;
    }
    // "arrived in Moscow to meet officials", "met to discuss": one meeting.
    let same = o.kind == d.kind;
    let purpose = !d.nominal
        && (tree.tag(d.head) == "VBG" || tree.kids(d.head, &["aux"]).any(|a| tree.tag(a) == "TO"))
        && tree.head(d.head) == o.head;
    if same && purpose && d.kind == EventType::Consult {
        return true;
    }
    // "took effect and has held": one accord, told by its first verb.
    let named_once = !o.consumed.is_empty() && o.consumed == d.consumed;
    if same && named_once && o.head < d.head && tree.is_noun(o.consumed[0]) {
        return true;
    }
    // A noun inside the clause of a verb of the same category.
    let plan = d.modality == Some(Modality::Planned) && o.modality != d.modality;
    if same
        && d.nominal
        && !o.nominal
        && tree.governs(o.head, d.head)
        && !new_parties(o, d)
        && !answers(tree, o.head)
        && !plan
    {
        return true;
    }
    // A noun inside another noun's phrase, same category: "the latest round of talks at the summit".
    if same && d.nominal && o.nominal && tree.governs(o.head, d.head) {
        return true;
    }
    // What hangs on a plan or a denial of the same sort.
    same && d.modality == Some(Modality::Hypothetical) && tree.governs(o.head, d.head)
}

/// Whether `d` names somebody that `o` does not.
fn new_parties(o: &Draft, d: &Draft) -> bool {
    let known = |x: &usize| o.actors.contains(x) || o.recipients.contains(x);
    !d.actors.is_empty()
        && !d.recipients.is_empty()
        && d.actors.iter().chain(&d.recipients).any(|x| !known(x))
}
