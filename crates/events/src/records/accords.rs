//! Accords: who brokered them, between whom, who is left out, how they stand.

use super::{Read, events_in, is_word, spans};
use crate::lexicon::class;
use crate::syntax::{frame, members, noun_key};
use variorum_model::{Accord, AccordKind, Annotations, EventMention, EventType, Span};

/// Reads the accords told by `events`.
pub(crate) fn accords(
    reads: &[Read<'_>],
    annotations: &Annotations,
    events: &[EventMention],
) -> Vec<Accord> {
    let mut found: Vec<Accord> = Vec::new();
    for read in reads {
        let before = found.len();
        let here = events_in(events, read.tree.sentence.span);
        for n in here.clone() {
            if let Some(accord) = accord(read, annotations, events, n) {
                merge_or_push(events, &mut found, before, accord);
            }
        }
        // What is said of an accord without telling it anew belongs to the last one told.
        let Some(accord) = found.last_mut() else { continue };
        let told_here = accord.event as usize >= here.start;
        for i in 0..read.tree.len() {
            exemption(read, i, told_here, accord);
        }
        if told_here || read_names_accord(read) {
            breaches(read, events, here, accord);
        }
    }
    found
}

/// Two events of one sentence may tell one accord ("a truce brokered by X took effect").
fn merge_or_push(events: &[EventMention], found: &mut Vec<Accord>, from: usize, accord: Accord) {
    let same = found[from..].iter_mut().find(|a| {
        a.kind == accord.kind
            && events[a.event as usize].span.overlaps(events[accord.event as usize].span)
    });
    let Some(known) = same else { return found.push(accord) };
    let lists = [
        (&mut known.brokers, accord.brokers),
        (&mut known.parties, accord.parties),
        (&mut known.status, accord.status),
    ];
    for (list, more) in lists {
        for span in more {
            if !list.iter().any(|s| s.overlaps(span)) {
                list.push(span);
            }
        }
    }
    known.in_force = known.in_force.or(accord.in_force);
}

fn accord_kind(read: &Read<'_>, event: &EventMention, noun: Option<usize>) -> Option<AccordKind> {
    let ceasefire = noun.is_some_and(|n| is_ceasefire(read, n));
    match event.kind {
        EventType::Retreat if event.mode == "ceasefire" && ceasefire => Some(AccordKind::Ceasefire),
        EventType::Agree | EventType::Support if ceasefire && event.cameo != "051" => {
            Some(AccordKind::Ceasefire)
        }
        EventType::Support if event.cameo == "057" => Some(AccordKind::Agreement),
        EventType::Agree if noun.is_some() => Some(AccordKind::Agreement),
        EventType::Consult if event.mode == "third-party" && ceasefire => {
            Some(AccordKind::Ceasefire)
        }
        EventType::Consult if event.mode == "third-party" && noun.is_some() => {
            Some(AccordKind::Agreement)
        }
        EventType::Consult if event.cameo == "046" || event.mode == "multilateral" => {
            Some(AccordKind::Talks)
        }
        _ => None,
    }
}

fn is_ceasefire(read: &Read<'_>, i: usize) -> bool {
    let words = class("ceasefire");
    let tree = &read.tree;
    words.contains(tree.lemma(i))
        || tree.kids(i, &["compound", "amod"]).any(|m| words.contains(tree.lemma(m)))
        || noun_key(tree, i)
            .iter()
            .any(|k| words.contains(k.as_str()) || k.contains("ceasefire") || k.contains("truce"))
}

fn is_accord(read: &Read<'_>, i: usize) -> bool {
    read.tree.is_noun(i) && (is_ceasefire(read, i) || class("accord").contains(read.tree.lemma(i)))
}

fn read_names_accord(read: &Read<'_>) -> bool {
    (0..read.tree.len()).any(|i| is_accord(read, i))
}

/// The noun that names the accord: in the trigger, or under it.
fn accord_noun(read: &Read<'_>, event: &EventMention) -> Option<usize> {
    let tree = &read.tree;
    let talks = |i: usize| {
        event.kind == EventType::Consult
            && noun_key(tree, i).iter().any(|k| {
                class("talks").contains(k.as_str()) || class("negotiation").contains(k.as_str())
            })
    };
    let inside =
        |span: Span| tree.tokens_in(span).filter(|&i| is_accord(read, i) || talks(i)).last();
    inside(event.trigger).or_else(|| {
        let verb = tree.tokens_in(event.trigger).find(|&i| tree.is_verb(i))?;
        let f = frame(tree, &read.cast, verb);
        let near = f.objects.iter().chain(f.phrases.iter().flat_map(|(_, h)| h)).chain(&f.subjects);
        near.copied().find(|&i| is_accord(read, i) || talks(i))
    })
}

fn accord(
    read: &Read<'_>,
    annotations: &Annotations,
    events: &[EventMention],
    n: usize,
) -> Option<Accord> {
    let event = &events[n];
    let noun = accord_noun(read, event);
    let kind = accord_kind(read, event, noun)?;
    let tree = &read.tree;
    let mut brokers = noun.map(|i| brokers(read, i)).unwrap_or_default();
    if event.mode == "third-party" && event.cameo == "045" {
        brokers.extend(
            event
                .actors
                .iter()
                .filter(|a| !brokers.iter().any(|b| b.overlaps(**a)))
                .copied()
                .collect::<Vec<_>>(),
        );
    }
    let mut parties: Vec<Span> = event.actors.iter().chain(&event.recipients).copied().collect();
    parties.retain(|p| !brokers.iter().any(|b| b.overlaps(*p)));
    let verb =
        tree.tokens_in(event.trigger).find(|&i| tree.is_verb(i) && tree.relation(i) != "acl");
    // The trigger may be the noun alone, far from its verb.
    let subject = noun.filter(|&i| tree.relation(i) == "nsubj");
    let verb = verb.or_else(|| subject.map(|i| tree.head(i)));
    let starts = verb.is_some_and(|v| is_word("force", tree.lemma(v)));
    Some(Accord {
        kind,
        event: n as u32,
        brokers,
        parties,
        exempt: Vec::new(),
        in_force: event.time.filter(|&t| starts || begins(read, annotations, t)),
        status: noun.map(|i| status(read, i)).unwrap_or_default(),
        breaches: Vec::new(),
    })
}

/// Whether a day is told as the first: "a ceasefire from 30 December".
fn begins(read: &Read<'_>, annotations: &Annotations, time: u32) -> bool {
    let Some(time) = annotations.times.get(time as usize) else { return false };
    let tree = &read.tree;
    let first = tree.tokens_in(time.span).next();
    first.is_some_and(|i| i > 0 && is_word("from", tree.lower(i - 1)))
}

/// "brokered by the UN", "UN-brokered".
fn brokers(read: &Read<'_>, noun: usize) -> Vec<Span> {
    let tree = &read.tree;
    let mut heads = Vec::new();
    for m in tree.kids(noun, &["acl", "relcl", "amod", "compound"]) {
        if is_word("broker", tree.lemma(m))
            || is_word("broker", tree.lemma(m).trim_end_matches("ed"))
        {
            for agent in tree.kids(m, &["agent", "prep"]).filter(|&p| tree.lower(p) == "by") {
                heads.extend(
                    tree.kid(agent, &["pobj"]).map(|o| members(tree, o)).unwrap_or_default(),
                );
            }
            heads.extend(
                tree.kids(m, &["npadvmod", "compound", "nmod", "nsubj"])
                    .filter(|&c| tree.is_noun(c)),
            );
        }
    }
    let mut found = spans(read, &heads);
    // "UN-brokered" in one word.
    for m in tree.kids(noun, &["amod", "compound"]) {
        if let Some((name, verb)) = tree.lower(m).rsplit_once('-')
            && is_word("broker", verb.trim_end_matches('d').trim_end_matches('e'))
                | is_word("broker", verb.trim_end_matches('d'))
                | is_word("broker", verb.trim_end_matches("ed"))
        {
            let start = tree.span(m).start;
            found.push(Span { start, end: start + name.len() as u32 });
        }
    }
    found
}

/// "fragile", "has largely held".
fn status(read: &Read<'_>, noun: usize) -> Vec<Span> {
    let tree = &read.tree;
    let mut found: Vec<Span> = tree
        .kids(noun, &["amod"])
        .filter(|&m| is_word("status", tree.lemma(m)))
        .map(|m| tree.span(m))
        .collect();
    let head = tree.head(noun);
    if tree.relation(noun).starts_with("nsubj") && is_word("standing", tree.lemma(head)) {
        found.push(standing(read, head));
    }
    // "took effect … and has largely held".
    for verb in
        tree.kids(head, &["conj", "advcl"]).filter(|_| tree.relation(noun).starts_with("nsubj"))
    {
        if is_word("standing", tree.lemma(verb)) && tree.kid(verb, &["nsubj"]).is_none() {
            found.push(standing(read, verb));
        }
    }
    found
}

fn standing(read: &Read<'_>, verb: usize) -> Span {
    let tree = &read.tree;
    let words =
        tree.kids(verb, &["advmod", "aux", "neg", "prt"]).filter(|&w| w.abs_diff(verb) <= 4);
    words.fold(tree.span(verb), |span, w| span.join(tree.span(w)))
}

/// "does not apply to X", "excludes X", "except X".
fn exemption(read: &Read<'_>, i: usize, told_here: bool, accord: &mut Accord) {
    let tree = &read.tree;
    // The tree has "excluding" now for a preposition and now for a verb.
    let preposed = tree.kid(i, &["pobj"]).is_some() || tree.kid(i, &["prep"]).is_some();
    let heads = if is_word("outside", tree.lower(i)) && told_here && preposed {
        let at = tree.kid(i, &["prep"]).unwrap_or(i);
        tree.kid(at, &["pobj"]).map(|o| members(tree, o)).unwrap_or_default()
    } else if tree.is_verb(i) {
        let lemma = tree.lemma(i);
        let negated = tree.kid(i, &["neg"]).is_some();
        if !(is_word("exempt", lemma) && !negated || is_word("covers", lemma) && negated) {
            return;
        }
        let f = frame(tree, &read.cast, i);
        let subject = if f.passive { &f.objects } else { &f.subjects };
        let speaks_of_it = subject.iter().any(|&s| {
            is_accord(read, s)
                || told_here && matches!(tree.lower(s), "it" | "which" | "that" | "this")
        });
        // "announced a ceasefire, excluding X".
        let trails = told_here && tree.tag(i) == "VBG" && subject.is_empty();
        if !speaks_of_it && !trails {
            return;
        }
        let to = f.phrases.iter().filter(|(p, _)| matches!(tree.lower(*p), "to" | "with"));
        let mut heads: Vec<usize> = to.flat_map(|(_, h)| h.clone()).collect();
        if heads.is_empty() && !f.passive {
            heads = f.objects;
        }
        heads
    } else {
        return;
    };
    for span in spans(read, &heads) {
        // Whom it leaves out is no party to it.
        accord.parties.retain(|p| !p.overlaps(span));
        if !accord.exempt.iter().any(|s| s.overlaps(span)) {
            accord.exempt.push(span);
        }
    }
}

/// Violence told as going on despite the accord, or as a violation.
fn breaches(
    read: &Read<'_>,
    events: &[EventMention],
    here: std::ops::Range<usize>,
    accord: &mut Accord,
) {
    let tree = &read.tree;
    for n in here {
        let event = &events[n];
        if !matches!(event.kind, EventType::Assault | EventType::Coerce) {
            continue;
        }
        let Some(head) = tree.tokens_in(event.trigger).last() else { continue };
        // A clause of its own ("clashes in a town where …") is no longer under "despite".
        let mut way = std::iter::once(head).chain(tree.ancestors(head));
        let end = way.find(|&a| {
            tree.relation(a) == "relcl"
                || matches!(tree.relation(a), "prep" | "mark") && is_word("despite", tree.lower(a))
        });
        let despite = end.is_some_and(|a| tree.relation(a) != "relcl");
        if event.cameo == "196" || despite {
            accord.breaches.push(n as u32);
        }
    }
}
