//! Mandates: a task given to or held by somebody.

use super::{Read, is_word, spans};
use crate::syntax::{frame, nominal_phrases};
use variorum_model::{Mandate, Span};

/// Reads the mandates of a report, in text order.
pub(crate) fn mandates(reads: &[Read<'_>]) -> Vec<Mandate> {
    let mut found = Vec::new();
    for read in reads {
        for i in 0..read.tree.len() {
            let one = if read.tree.is_verb(i) { of_verb(read, i) } else { of_noun(read, i) };
            found.extend(one);
        }
    }
    found
}

/// "was named envoy for X", "serves as coordinator of X".
fn of_verb(read: &Read<'_>, verb: usize) -> Option<Mandate> {
    let tree = &read.tree;
    let gives = is_word("appoint", tree.lemma(verb));
    let holds = is_word("serve", tree.lemma(verb));
    if !gives && !holds || matches!(tree.relation(verb), "aux" | "amod" | "compound") {
        return None;
    }
    let f = frame(tree, &read.cast, verb);
    let under_as =
        f.phrases.iter().find(|(p, _)| tree.lower(*p) == "as").and_then(|(_, h)| h.first());
    let predicate = || {
        let mut kids = tree.kids(verb, &["oprd", "attr", "dobj", "appos"]);
        kids.find(|&k| {
            tree.is_noun(k) && k > verb && !f.objects.first().is_some_and(|&o| o == k && !f.passive)
        })
    };
    let task = under_as.copied().or_else(|| gives.then(predicate).flatten())?;
    if !is_office(read, task) {
        return None;
    }
    let (holder, giver) =
        if gives { (&f.objects, &f.subjects) } else { (&f.subjects, &Vec::new()) };
    let holder = if f.objects.contains(&task) && f.passive { &f.indirect } else { holder };
    made(read, task, holder, giver)
}

/// "the appointment of X as envoy for Y".
fn of_noun(read: &Read<'_>, noun: usize) -> Option<Mandate> {
    let tree = &read.tree;
    if !tree.is_noun(noun) || !is_word("task", tree.lemma(noun)) {
        return None;
    }
    let mut phrases = nominal_phrases(tree, noun);
    // "as" may hang on the holder or on the verb above.
    for (_, heads) in phrases.clone() {
        for h in heads {
            phrases.extend(nominal_phrases(tree, h));
        }
    }
    let above = tree.head(noun);
    phrases.extend(frame(tree, &read.cast, above).phrases);
    let under = |word: &str| {
        phrases
            .iter()
            .find(|(p, _)| tree.lower(*p) == word)
            .map(|(_, h)| h.clone())
            .unwrap_or_default()
    };
    let task = *under("as").first()?;
    if !is_office(read, task) {
        return None;
    }
    let mut holder = under("of");
    holder.retain(|&h| h != task);
    if holder.is_empty() {
        holder = tree.kids(noun, &["poss"]).collect();
    }
    made(read, task, &holder, &under("by"))
}

fn is_office(read: &Read<'_>, task: usize) -> bool {
    read.cast.is_person(&read.tree, task)
        || crate::lexicon::class("post").contains(read.tree.lemma(task))
}

fn made(read: &Read<'_>, task: usize, holder: &[usize], giver: &[usize]) -> Option<Mandate> {
    let tree = &read.tree;
    let whole = whole(read, task);
    let scope = nominal_phrases(tree, task)
        .into_iter()
        .filter(|(p, _)| matches!(tree.lower(*p), "for" | "of" | "over" | "to" | "on"))
        .find_map(|(p, heads)| heads.first().map(|&h| scope(read, p, h)));
    let holder = spans(read, holder).into_iter().find(|s| !s.overlaps(tree.span(task)));
    Some(Mandate { span: whole, holder, giver: spans(read, giver).first().copied(), scope })
}

fn whole(read: &Read<'_>, task: usize) -> Span {
    let tree = &read.tree;
    let (first, last) = tree.reach(task);
    let first = (first..=task).find(|&i| !matches!(tree.tag(i), "DT" | "," | "IN")).unwrap_or(task);
    tree.range(first, stop(read, task, last))
}

fn scope(read: &Read<'_>, _prep: usize, head: usize) -> Span {
    let tree = &read.tree;
    let (first, last) = tree.reach(head);
    tree.range(first, stop(read, head, last))
}

/// A phrase ends before a relative clause or a comma that opens one.
fn stop(read: &Read<'_>, head: usize, last: usize) -> usize {
    let tree = &read.tree;
    let clause = (head..=last).find(|&i| {
        i > head
            && (matches!(tree.relation(i), "relcl" | "advcl")
                || matches!(tree.tag(i), ":" | "WDT" | "WP"))
    });
    let mut end = clause.map_or(last, |c| tree.reach(c).0.max(head + 1) - 1);
    while end > head && matches!(tree.tag(end), "," | ":" | "." | "IN" | "CC" | "WDT" | "WP") {
        end -= 1;
    }
    end
}
