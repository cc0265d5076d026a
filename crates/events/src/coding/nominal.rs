//! Acts told by nouns: "X's visit to Y", "clashes between X and Y".

use super::cast::{actors_in, is_mere_place};
use super::draft::{Draft, first_filled};
use super::verbal::noun_sense;
use crate::lexicon::{Base, List, NounSense, Slot, class, is_answering};
use crate::syntax::{Cast, Frame, Tree, members, nominal_phrases};
use variorum_model::{EventType, MentionKind};

/// Adds the acts told by nouns that no verb's act has taken in.
pub(super) fn nominal(tree: &Tree<'_>, cast: &Cast<'_>, drafts: &mut Vec<Draft>) {
    let verbs = drafts.len();
    for i in (0..tree.len()).filter(|&i| tree.is_noun(i)) {
        if !heads_a_phrase(tree, i) || in_name(cast, i) || taken(tree, &drafts[..verbs], i) {
            continue;
        }
        let Some(sense) = noun_sense(tree, i) else { continue };
        if let Some(draft) = draft(tree, cast, i, sense) {
            drafts.push(draft);
        }
    }
}

fn heads_a_phrase(tree: &Tree<'_>, i: usize) -> bool {
    !matches!(tree.relation(i), "compound" | "amod" | "nmod" | "poss" | "npadvmod" | "nummod")
}

/// "the Peace Talks Monitoring Commission" holds no talks.
fn in_name(cast: &Cast<'_>, i: usize) -> bool {
    matches!(cast.kind(i), Some(k) if k != MentionKind::Event)
}

/// Whether a verb's act speaks of the noun's act already: asks for it, rejects it, holds it.
fn taken(tree: &Tree<'_>, verbs: &[Draft], i: usize) -> bool {
    verbs.iter().any(|d| {
        if d.consumed.contains(&i) || d.trigger.0 <= i && i <= d.trigger.1 {
            return true;
        }
        let told_apart = match d.kind {
            EventType::Accuse => !matches!(d.mode, "allege"),
            EventType::Statement | EventType::Consult => true,
            _ => false,
        };
        if told_apart || answers(tree, d.head) {
            return false;
        }
        let near = d.frame.objects.contains(&i)
            || d.frame.phrases.iter().any(|(p, heads)| heads.contains(&i) && binds(tree.lower(*p)))
            || d.consumed.iter().any(|&c| c == i || tree.governs(c, i));
        // Below an act that is only asked for, refused, promised or threatened, all is only that.
        let unreal = matches!(
            d.kind,
            EventType::Request | EventType::Reject | EventType::Threaten | EventType::Agree
        );
        near || unreal
            && tree.governs(d.head, i)
            && !tree.governs(i, d.head)
            && !d.frame.subjects.iter().any(|&s| s == i || tree.governs(s, i))
    })
}

/// Whether the word at `verb` is one that takes up what has happened: "retaliate for the raid" is not the raid.
pub(super) fn answers(tree: &Tree<'_>, verb: usize) -> bool {
    tree.is_verb(verb) && is_answering(tree.lemma(verb))
}

/// Whether `j` is the subject, or of the subject, of a verb that takes up the act or lays it to somebody: who will
/// not apologise for a raid need not have flown it, who accuses others of breaking a truce breaks none by that.
pub(super) fn answers_for(tree: &Tree<'_>, act: usize, j: usize) -> bool {
    let noun = tree.is_noun(act);
    if !noun && tree.relation(act) != "pcomp" {
        return false;
    }
    let phrase = |&a: &usize| tree.is_noun(a) || matches!(tree.relation(a), "prep" | "agent");
    let verb = tree.ancestors(act).find(|a| !phrase(a)).filter(|&v| tree.is_verb(v));
    verb.is_some_and(|v| {
        let mut subjects = tree.kids(v, &["nsubj", "nsubjpass"]);
        let laid = List::Accusing.has(tree.lemma(v)) && tree.kid(v, &["nsubjpass"]).is_none();
        (noun && answers(tree, v) || laid) && subjects.any(|s| s == j || tree.governs(s, j))
    })
}

/// Whether `j` is whom the act that the noun `act` names befell: "soldiers killed in an ambush" laid none, nor did
/// those who died in it.
pub(super) fn is_undergone(tree: &Tree<'_>, act: usize, j: usize) -> bool {
    let preposition = tree.head(act);
    let verb = tree.head(preposition);
    let subject = match tree.lemma(verb) {
        lemma if List::Undergone.has(lemma) => "nsubjpass",
        lemma if class("dying").contains(lemma) => "nsubj",
        _ => return false,
    };
    tree.is_noun(act)
        && tree.relation(act) == "pobj"
        && matches!(tree.lower(preposition), "in" | "during" | "by" | "after" | "following")
        && tree.is_verb(verb)
        && tree.kids(verb, &[subject]).any(|s| s == j || tree.governs(s, j))
}

/// Whether a phrase with this preposition completes its verb, rather than telling what else goes on
/// ("despite clashes", "after the talks").
fn binds(prep: &str) -> bool {
    matches!(
        prep,
        "for" | "to" | "on" | "of" | "with" | "about" | "from" | "into" | "against" | "by" | "over"
    )
}

/// Who acts and who is acted upon, around the noun at `i`.
pub(super) fn participants(
    tree: &Tree<'_>,
    cast: &Cast<'_>,
    i: usize,
    sense: &NounSense,
) -> (Vec<usize>, Vec<usize>) {
    let find = |slot: Slot| fill(tree, cast, i, slot);
    let mut actors = first_filled(&sense.roles.actors, |s| actors_in(tree, cast, &find(s), false));
    let mut recipients =
        first_filled(&sense.roles.recipients, |s| actors_in(tree, cast, &find(s), true));
    // "The Kabul ambush" was laid there, by nobody of that name.
    if sense.code.kind == EventType::Assault {
        let before = |a: usize| a < i && tree.head(a) == i && tree.relation(a) != "poss";
        let (places, doers): (Vec<usize>, Vec<usize>) =
            actors.into_iter().partition(|&a| before(a) && is_mere_place(tree, cast, a));
        actors = doers;
        if recipients.is_empty() {
            recipients = places;
        }
    }
    // Whose murder it is was murdered, unless it is the murder of somebody else.
    if sense.roles.recipients.iter().any(|s| sense.roles.actors.contains(s)) {
        actors.retain(|a| !recipients.contains(a));
    } else {
        recipients.retain(|r| !actors.contains(r));
    }
    (actors, recipients)
}

fn quantity(lemma: &str) -> bool {
    class("quantity").contains(lemma)
}

fn fill(tree: &Tree<'_>, cast: &Cast<'_>, i: usize, slot: Slot) -> Vec<usize> {
    use super::cast::dependents;
    match slot.base {
        Base::Possessor => dependents(tree, cast, i, "poss"),
        Base::Adjective => {
            let mut names = dependents(tree, cast, i, "adj");
            // "the Geneva talks" are held there, not by the city.
            if noun_sense(tree, i).is_some_and(|s| s.code.kind == EventType::Consult) {
                names.retain(|&n| tree.tag(n).starts_with("JJ"));
            }
            names
        }
        Base::Preposition(prep) => nominal_phrases(tree, i)
            .into_iter()
            .chain(parted(tree, i))
            .filter(|(p, _)| tree.lower(*p) == prep)
            .flat_map(|(_, heads)| heads)
            .collect(),
        _ => Vec::new(),
    }
}

/// "The talks convened between A and B", "clashes erupted between A and B": where the act is the subject
/// of a verb, the tree hangs the parties on the verb.
fn parted(tree: &Tree<'_>, i: usize) -> Vec<(usize, Vec<usize>)> {
    if !matches!(tree.relation(i), "nsubj" | "nsubjpass") {
        return Vec::new();
    }
    let between = tree.kids(tree.head(i), &["prep"]);
    between
        .filter(|&p| matches!(tree.lower(p), "between" | "among"))
        .filter_map(|p| Some((p, members(tree, tree.kid(p, &["pobj"])?))))
        .collect()
}

fn draft(tree: &Tree<'_>, cast: &Cast<'_>, i: usize, sense: &NounSense) -> Option<Draft> {
    let (actors, recipients) = participants(tree, cast, i, sense);
    // "The agreement between A and B" names both sides.
    let mutual = actors.len() > 1 && recipients.is_empty() && sense.roles.is_mutual();
    let found = u8::from(!actors.is_empty()) + u8::from(!recipients.is_empty() || mutual);
    let enough = match sense.weight {
        0 => return None,
        1 => found == 2,
        2 => found >= 1,
        _ => true,
    };
    if !enough {
        return None;
    }
    let mut draft = Draft::new(&sense.code, i, Frame::default());
    draft.frame.phrases = nominal_phrases(tree, i);
    draft.nominal = true;
    draft.actors = actors;
    draft.recipients = recipients;
    let lead = tree.kids(i, &["compound"]).filter(|&c| c < i && tree.is_noun(c)).min();
    // "round of talks": what the quantity is of belongs to the trigger.
    let of = tree.kids(i, &["prep"]).find(|&p| tree.lower(p) == "of" && quantity(tree.lemma(i)));
    let last = of.and_then(|p| tree.kid(p, &["pobj"])).filter(|&o| o > i && o - i < 8);
    draft.trigger = (lead.unwrap_or(i), last.unwrap_or(i));
    draft.rule = format!("noun:{}/{found}", tree.lemma(i));
    draft.confidence = 0.45 + 0.1 * f32::from(found);
    Some(draft)
}
