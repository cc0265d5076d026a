//! Place, time, topic and source of an event, and its characters.

use super::attribution::Attributions;
use super::draft::{Draft, is_hostile};
use super::verbal::noun_sense;
use crate::lexicon::List;
use crate::syntax::{Cast, Tree, members, nominal_phrases};
use variorum_model::{Annotations, EventMention, EventType, Modality, Span, TimeKind};

/// Makes the event mention of a draft.
pub(super) fn finish(
    tree: &Tree<'_>,
    cast: &Cast<'_>,
    annotations: &Annotations,
    attributions: &Attributions<'_>,
    draft: Draft,
) -> EventMention {
    let trigger = tree.range(word_start(tree, draft.trigger.0), draft.trigger.1);
    let actors: Vec<Span> = phrases(tree, cast, &draft.actors);
    let hit: Vec<usize> = draft.recipients.iter().map(|&r| owned(tree, &draft, r)).collect();
    let mut recipients: Vec<Span> = phrases(tree, cast, &hit);
    recipients.retain(|r| !actors.iter().any(|a| a.overlaps(*r)));
    let place = place(tree, cast, &draft);
    let agenda = (draft.kind == EventType::Consult).then(|| agenda(tree, &draft)).flatten();
    let mut span = trigger;
    for part in actors.iter().chain(&recipients).chain(&place).chain(&agenda) {
        span = span.join(*part);
    }
    let time = time(tree, annotations, &draft, trigger);
    let mut modality = draft.modality.unwrap_or(Modality::Actual);
    if !draft.settled && matches!(modality, Modality::Actual | Modality::Ongoing) {
        modality = attributions.stance(trigger).unwrap_or(modality);
    }
    let mut reported_by = attributions.sources(trigger);
    if reported_by.is_empty() {
        reported_by = speakers(tree, cast, draft.head);
    }
    reported_by
        .retain(|s| !actors.iter().any(|a| a.overlaps(*s) && draft.kind == EventType::Statement));
    let told = told(tree, &draft, trigger);
    EventMention {
        kind: draft.kind,
        mode: draft.mode,
        contexts: draft.contexts,
        cameo: draft.cameo,
        modality,
        trigger: told,
        span,
        actors,
        recipients,
        place,
        time,
        reported_by,
        agenda,
        rule: draft.rule,
        confidence: draft.confidence,
    }
}

/// The trigger, of a noun with the verb far behind it that tells what came of it.
fn told(tree: &Tree<'_>, draft: &Draft, trigger: Span) -> Span {
    draft.reach.map_or(trigger, |(first, last)| trigger.join(tree.range(first, last)))
}

/// What is dealt with in deed is the thing or person, and not the state whose it is: of "deported the Chadian
/// academic" the academic. Words are for the state: "blamed Chadian officers", "praised Chadian steps".
fn owned(tree: &Tree<'_>, draft: &Draft, recipient: usize) -> usize {
    let noun = tree.head(recipient);
    let deed = is_hostile(draft.kind) || matches!(draft.kind, EventType::Aid | EventType::Retreat);
    let names_it = matches!(tree.relation(recipient), "amod" | "compound" | "nmod")
        && tree.tag(recipient).starts_with("JJ")
        && tree.is_noun(noun)
        && noun > recipient;
    let own = noun == draft.head || draft.consumed.contains(&noun);
    let act = own
        || (draft.trigger.0..=draft.trigger.1).contains(&noun)
        || noun_sense(tree, noun).is_some();
    if deed && names_it && !act { noun } else { recipient }
}

fn phrases(tree: &Tree<'_>, cast: &Cast<'_>, heads: &[usize]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for &head in heads {
        let span = cast.phrase(tree, head);
        match spans.iter_mut().find(|s| s.overlaps(span)) {
            Some(known) => *known = known.join(span),
            None => spans.push(span),
        }
    }
    spans
}

fn place(tree: &Tree<'_>, cast: &Cast<'_>, draft: &Draft) -> Option<Span> {
    let mut phrases = draft.frame.phrases.clone();
    // The object's own "in" is next best: "clashes in the town".
    let nouns = draft.frame.objects.iter().chain(&draft.consumed).copied();
    for noun in nouns.filter(|&n| tree.is_noun(n)).collect::<Vec<_>>() {
        phrases.extend(nominal_phrases(tree, noun));
    }
    phrases.extend(beyond_persons(tree, cast, draft.head));
    let mut found = phrases.iter().filter(|(p, _)| List::Where.has(tree.lower(*p)));
    let head = found.find_map(|(_, heads)| {
        heads.iter().copied().find(|&h| cast.kind(h).is_some() && cast.is_place(tree, h))
    });
    head.map(|h| cast.phrase(tree, h)).or_else(|| {
        // Visits: where the visitor arrives.
        let to = draft.mode == "visit";
        let way = draft
            .frame
            .phrases
            .iter()
            .filter(|(p, _)| to && matches!(tree.lower(*p), "to" | "for"));
        way.flat_map(|(_, h)| h.iter().copied())
            .chain(draft.frame.objects.iter().copied().filter(|_| to))
            .find(|&h| cast.kind(h).is_some() && cast.is_place(tree, h))
            .map(|h| cast.phrase(tree, h))
    })
}

/// Phrases that the tree hangs on a person's name: "held talks with A in B" tells where the talks
/// were held, for a person is told apart from others by no place. Those of another verb stay with it.
fn beyond_persons(tree: &Tree<'_>, cast: &Cast<'_>, act: usize) -> Vec<(usize, Vec<usize>)> {
    let wheres = (act + 1..tree.len()).filter(|&p| List::Where.has(tree.lower(p)));
    wheres
        .filter(|&p| tree.relation(p) == "prep" && cast.is_person(tree, tree.head(p)))
        .filter(|&p| {
            let mut above = tree.ancestors(p).take_while(|&a| a != act);
            tree.governs(act, p) && !above.any(|a| tree.is_verb(a))
        })
        .filter_map(|p| Some((p, members(tree, tree.kid(p, &["pobj"])?))))
        .collect()
}

/// Where the word of token `i` starts, with the part before a hyphen that splits it ("cease-fire").
fn word_start(tree: &Tree<'_>, i: usize) -> usize {
    let split = i > 1 && tree.tag(i - 1) == "HYPH" && tree.head(i - 2) == i;
    if split { i - 2 } else { i }
}

/// The time nearest to the trigger, those its own clause governs first.
fn time(tree: &Tree<'_>, annotations: &Annotations, draft: &Draft, trigger: Span) -> Option<u32> {
    let (first, last) = tree.reach(draft.head);
    let clause = tree.range(first, last);
    let sentence = tree.sentence.span;
    let from = annotations.times.partition_point(|t| t.span.end <= sentence.start);
    let candidates = annotations.times.iter().enumerate().skip(from);
    candidates
        .take_while(|(_, t)| t.span.start < sentence.end)
        .filter(|(_, t)| matches!(t.kind, TimeKind::Date | TimeKind::Time))
        .filter(|(_, t)| !t.value.ends_with("_REF"))
        .min_by_key(|(_, t)| {
            let gap = if t.span.start >= trigger.end {
                t.span.start - trigger.end
            } else {
                trigger.start.saturating_sub(t.span.end)
            };
            (!clause.contains(t.span), gap)
        })
        .map(|(n, _)| n as u32)
}

fn agenda(tree: &Tree<'_>, draft: &Draft) -> Option<Span> {
    if List::Discussing.has(tree.lemma(draft.head)) {
        return draft.frame.objects.first().map(|&o| whole(tree, o));
    }
    let purpose = tree
        .kids(draft.head, &["advcl", "xcomp", "acl"])
        .find(|&c| tree.kids(c, &["aux"]).any(|a| tree.tag(a) == "TO"));
    if let Some(verb) = purpose {
        let object = tree.kid(verb, &["dobj"]);
        return Some(match object {
            Some(o) if List::Discussing.has(tree.lemma(verb)) => whole(tree, o),
            _ => whole(tree, verb),
        });
    }
    let mut phrases = draft.frame.phrases.clone();
    for &o in &draft.frame.objects {
        phrases.extend(nominal_phrases(tree, o));
    }
    let topic = phrases.iter().find(|(p, heads)| {
        List::Topic.has(tree.lower(*p))
            && heads.first().is_some_and(|&h| tree.is_noun(h) && !is_day(tree, h))
    });
    topic.and_then(|(_, heads)| heads.first()).map(|&h| whole(tree, h))
}

fn is_day(tree: &Tree<'_>, head: usize) -> bool {
    let month = tree.kids(head, &["nummod"]).next().is_some() && tree.tag(head) == "NNP";
    let word = tree.lower(head);
    List::Weekday.has(word) || List::Occasion.has(word) || month
}

fn whole(tree: &Tree<'_>, head: usize) -> Span {
    let (first, last) = tree.reach(head);
    tree.range(first.max(head.saturating_sub(30)), last)
}

/// Subjects of the verbs of saying above the clause, innermost first.
fn speakers(tree: &Tree<'_>, cast: &Cast<'_>, head: usize) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = head;
    for above in tree.ancestors(head) {
        if tree.relation(at) == "ccomp"
            && let Some(subject) = tree.kid(above, &["nsubj"])
            && (cast.is_actor(tree, subject) || cast.is_person(tree, subject))
            && speaks(tree, above)
        {
            found.push(cast.phrase(tree, subject));
        }
        at = above;
    }
    found
}

/// Whether the verb at `verb` has a sense of saying.
fn speaks(tree: &Tree<'_>, verb: usize) -> bool {
    use crate::lexicon::{Act, senses};
    senses(tree.lemma(verb))
        .any(|s| matches!(&s.act, Act::Coded(c) if matches!(c.cameo, "010" | "112" | "130" | "13")))
}
