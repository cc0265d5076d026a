//! What is seen of an act that says whether it happened.

use super::context::Context;
use super::features::Features;
use super::masks::{classes, masked};
use crate::coding::Attributions;
use crate::coding::draft::Draft;
use crate::coding::modality::modality;
use crate::lexicon::{Cue, cues};
use crate::syntax::Frame;

/// Governors that are looked at.
const STEPS: usize = 4;
/// How many features, the first, are also seen together with the category.
pub(super) const CROSSED: usize = 9;

/// Fills `out` with what is seen of the act told at token `i`.
pub(crate) fn reality(
    context: &Context<'_>,
    attributions: &Attributions<'_>,
    i: usize,
    out: &mut Features,
) {
    out.clear();
    let tree = context.tree;
    let lemma = tree.lemma(i);
    let tag = tree.tag(i);
    let ruled = context.raw(i).and_then(|d| d.modality);
    let rule = format!(
        "{:?}",
        ruled.unwrap_or_else(|| modality(tree, &stand_in(context, i), context.title))
    );
    let stance = attributions.stance(tree.span(i)).map_or("-".to_owned(), |m| format!("{m:?}"));
    let quoted = if attributions.covering(tree.span(i)).is_empty() { "told" } else { "said" };
    let title = if context.title { "title" } else { "text" };
    let question = if tree.lower(tree.len() - 1) == "?" { "question" } else { "plain" };
    let aux = small_words(context, i);
    out.add("bias", &[]);
    out.add("rule", &[&rule]);
    out.add("rule tag", &[&rule, tag]);
    out.add("rule stance", &[&rule, &stance]);
    out.add("rule lemma", &[&rule, lemma]);
    out.add("stance", &[&stance, quoted]);
    out.add("lemma", &[lemma]);
    out.add("lemma tag", &[lemma, tag]);
    out.add("tag", &[tag, title, question]);
    out.add("tag relation", &[tag, tree.relation(i)]);
    out.add("aux", &[&aux]);
    out.add("aux tag", &[&aux, tag]);
    out.add("aux lemma", &[&aux, lemma]);
    out.add("aux relation", &[&aux, tree.relation(i), tag]);
    let class = classes(tree, context.cast, i)[1];
    out.add("class", &[class, tag]);
    for word in ["mark", "neg", "advmod", "amod", "det", "compound", "nmod", "poss", "preconj"] {
        for m in tree.kids(i, &[word]) {
            out.add("small", &[word, masked(tree, context.cast, m)]);
            out.add("small lemma", &[word, masked(tree, context.cast, m), lemma]);
        }
    }
    for m in tree.kids(i, &["nsubj", "nsubjpass", "dobj", "attr"]) {
        out.add("argument", &[tree.relation(m), masked(tree, context.cast, m)]);
        for d in tree.kids(m, &["det", "neg", "amod"]) {
            out.add("argument small", &[tree.relation(m), tree.lower(d)]);
        }
    }
    for m in tree.kids(i, &["acl", "relcl", "xcomp", "ccomp", "advcl", "prep", "npadvmod"]) {
        out.add(
            "below",
            &[tree.relation(m), masked(tree, context.cast, m), &small_words(context, m)],
        );
    }
    governors(context, i, &aux, out);
    for o in 0..tree.len().min(60) {
        let word = tree.lemma(o);
        for cue in [Cue::Verb, Cue::Adverb, Cue::Mark, Cue::Adjective] {
            if let Some(found) = cues(cue, word) {
                let side = if o < i { "before" } else { "after" };
                let found = format!("{found:?}");
                out.add("cue", &[side, &found]);
                if o.abs_diff(i) <= 4 {
                    out.add("cue near", &[side, &found, word]);
                }
            }
        }
    }
    for step in 1..=3 {
        let name = ["1", "2", "3"][step - 1];
        if let Some(b) = i.checked_sub(step) {
            out.add("before", &[name, masked(tree, context.cast, b)]);
        }
        if i + step < tree.len() {
            out.add("after", &[name, masked(tree, context.cast, i + step)]);
        }
    }
}

/// What governs the act, step by step, with its own auxiliaries.
fn governors(context: &Context<'_>, i: usize, aux: &str, out: &mut Features) {
    let tree = context.tree;
    let mut path = String::new();
    let mut at = i;
    for step in 0..STEPS {
        let above = tree.head(at);
        if above == at {
            out.add("top", &[&path, aux]);
            return;
        }
        path.push_str(tree.relation(at));
        path.push(' ');
        let word = masked(tree, context.cast, above);
        let small = small_words(context, above);
        let class = classes(tree, context.cast, above)[1];
        out.add("governor", &[&path, word]);
        out.add("governor class", &[&path, class]);
        out.add("governor small", &[&path, &small]);
        out.add("governor any", &[word]);
        out.add("governor aux", &[word, aux]);
        if step < 2 {
            out.add("governor both", &[&path, word, tree.lemma(i)]);
            out.add("governor words", &[&path, word, &small, aux]);
        }
        if let Some(m) = tree.kid(at, &["mark"]) {
            out.add("clause mark", &[&path, tree.lower(m)]);
        }
        at = above;
    }
}

/// Auxiliaries, negation and conjunction of a word, in order.
fn small_words(context: &Context<'_>, i: usize) -> String {
    let tree = context.tree;
    let mut made = String::new();
    for m in tree.kids(i, &["aux", "auxpass", "neg", "mark"]) {
        made.push_str(tree.lower(m));
        made.push(' ');
    }
    made.push_str(tree.tag(i));
    made
}

/// A draft of nothing but the word, for the rules of modality.
fn stand_in(context: &Context<'_>, i: usize) -> Draft {
    let mut made = Draft::blank(i, Frame::default());
    made.nominal = !context.tree.is_verb(i);
    made
}
