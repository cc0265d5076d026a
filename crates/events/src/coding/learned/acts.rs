//! What is seen of a word that may tell an act.

use super::context::Context;
use super::features::Features;
use super::masks::{classes, kind, masked, named, noun_act};
use crate::syntax::{Frame, frame, members, nominal_phrases};

/// Words on each side that are looked at in place.
const NEAR: usize = 3;

/// Fills `out` with what is seen of token `i`.
pub(crate) fn act(context: &Context<'_>, i: usize, out: &mut Features) {
    out.clear();
    let tree = context.tree;
    let noun = !tree.is_verb(i);
    let made = if noun {
        Frame { phrases: nominal_phrases(tree, i), ..Frame::default() }
    } else {
        frame(tree, context.cast, i)
    };
    itself(context, i, &made, out);
    rules(context, i, out);
    slots(context, i, &made, out);
    complements(context, i, &made, out);
    if noun {
        modifiers(context, i, out);
    }
    small_words(context, i, out);
    governor(context, i, out);
    surroundings(context, i, out);
}

fn itself(context: &Context<'_>, i: usize, made: &Frame, out: &mut Features) {
    let tree = context.tree;
    let (lemma, tag) = (tree.lemma(i), tree.tag(i));
    let voice = if made.passive { "passive" } else { "active" };
    let sort = tag.get(..2).unwrap_or(tag);
    out.add("bias", &[]);
    out.add("lemma", &[lemma]);
    out.add("lemma tag", &[lemma, tag]);
    out.add("lemma sort", &[lemma, sort]);
    out.add("lemma voice", &[lemma, voice]);
    out.add("tag", &[tag]);
    out.add("relation", &[tree.relation(i), sort]);
    out.add("lemma relation", &[lemma, tree.relation(i)]);
    for (level, class) in ["class1", "class2", "class3"].iter().zip(classes(tree, context.cast, i))
    {
        out.add(level, &[class, sort]);
        out.add("class voice", &[level, class, voice]);
        out.add("class relation", &[level, class, tree.relation(i)]);
    }
    let tail = lemma.char_indices().rev().nth(3).map_or(lemma, |(at, _)| &lemma[at..]);
    out.add("tail", &[tail, sort]);
    if i == 0 {
        out.add("first word", &[sort]);
    }
    if context.title {
        out.add("title", &[sort]);
    }
    if tree.lower(tree.len() - 1) == "?" {
        out.add("question", &[sort]);
    }
}

/// What the rules and the lexicon make of it.
fn rules(context: &Context<'_>, i: usize, out: &mut Features) {
    let tree = context.tree;
    let lemma = tree.lemma(i);
    let raw = context.raw(i);
    let kept = context.kept(i);
    let (before, after) = (named(raw.map(|d| d.kind)), named(kept.map(|d| d.kind)));
    out.add("rule", &[after]);
    out.add("rule before", &[before, after]);
    out.add("rule lemma", &[after, lemma]);
    let [coarse, middle, _] = classes(tree, context.cast, i);
    out.add("rule class", &[after, coarse]);
    out.add("rule class", &[after, middle]);
    if let Some(draft) = kept {
        let found = match (draft.actors.is_empty(), draft.recipients.is_empty()) {
            (false, false) => "both",
            (false, true) => "actor",
            (true, false) => "recipient",
            (true, true) => "nobody",
        };
        out.add("rule parties", &[after, found]);
        out.add("rule mode", &[after, draft.mode]);
        out.add("rule cameo", &[draft.cameo]);
        out.add("rule name", &[&draft.rule]);
        let sure = if draft.confidence > 0.75 {
            "sure"
        } else if draft.confidence > 0.6 {
            "fair"
        } else {
            "weak"
        };
        out.add("rule sure", &[after, sure]);
    } else if let Some(around) = context.inside(i) {
        out.add("inside", &[around.kind.name()]);
        out.add("inside lemma", &[around.kind.name(), lemma]);
    }
    let mut kinds = Vec::new();
    context.lexicon_kinds(i, &mut kinds);
    for known in &kinds {
        out.add("lexicon", &[known.name()]);
        out.add("lexicon rule", &[known.name(), after]);
    }
    if let [only] = kinds[..] {
        out.add("lexicon only", &[only.name(), after]);
    }
    if kinds.is_empty() {
        out.add("lexicon", &["-"]);
    }
}

/// One word in a slot.
fn filler(context: &Context<'_>, i: usize, slot: &str, word: usize, out: &mut Features) {
    let (tree, cast) = (context.tree, context.cast);
    let lemma = tree.lemma(i);
    let what = masked(tree, cast, word);
    let sort = kind(tree, cast, word);
    let [coarse, middle, fine] = classes(tree, cast, word);
    let [own_coarse, own, own_fine] = classes(tree, cast, i);
    let act = noun_act(tree, word);
    out.add("slot", &[slot, what]);
    out.add("slot kind", &[slot, sort]);
    out.add("slot class", &[slot, coarse]);
    out.add("slot class", &[slot, "2", middle]);
    out.add("slot class", &[slot, "3", fine]);
    out.add("slot lemma", &[lemma, slot, what]);
    out.add("slot lemma kind", &[lemma, slot, sort]);
    out.add("slot lemma class", &[lemma, slot, coarse]);
    out.add("slot lemma class", &[lemma, slot, "2", middle]);
    out.add("slot own", &[own, slot, what]);
    out.add("slot own", &[own_coarse, slot, "2", middle]);
    out.add("slot own", &[own_fine, slot, "c", coarse]);
    out.add("slot own kind", &[own, slot, sort]);
    if act != "-" {
        out.add("slot act", &[slot, act]);
        out.add("slot act lemma", &[slot, act, lemma]);
        out.add("slot act own", &[slot, act, own]);
    }
}

fn slots(context: &Context<'_>, i: usize, made: &Frame, out: &mut Features) {
    let tree = context.tree;
    let lemma = tree.lemma(i);
    let [_, own, _] = classes(tree, context.cast, i);
    let lists = [("s", &made.subjects), ("o", &made.objects), ("i", &made.indirect)];
    let mut shape = String::new();
    for (slot, heads) in lists {
        if let Some(&head) = heads.first() {
            filler(context, i, slot, head, out);
            shape.push_str(slot);
        }
        if heads.len() > 1 {
            out.add("several", &[slot, lemma]);
            out.add("several", &[slot, own, "c"]);
        }
    }
    for (prep, heads) in made.phrases.iter().take(6) {
        let word = tree.lower(*prep);
        out.add("prep", &[word]);
        out.add("prep lemma", &[lemma, word]);
        out.add("prep own", &[own, word]);
        if let Some(&head) = heads.first()
            && !context.cast.is_time(head)
        {
            filler(context, i, word, head, out);
        }
    }
    // A phrase after the object may hang on the object.
    if let Some(&object) = made.objects.first() {
        for (prep, heads) in nominal_phrases(tree, object).into_iter().take(4) {
            let word = tree.lower(prep);
            out.add("object prep", &[lemma, word]);
            if let Some(&head) = heads.first() {
                out.add("object prep kind", &[lemma, word, kind(tree, context.cast, head)]);
                out.add("object prep what", &[own, word, masked(tree, context.cast, head)]);
            }
        }
        for m in tree.kids(object, &["amod", "compound", "nmod"]) {
            out.add("object modifier", &[masked(tree, context.cast, m)]);
            out.add("object modifier lemma", &[lemma, masked(tree, context.cast, m)]);
        }
    }
    out.add("shape", &[&shape, if made.passive { "p" } else { "a" }]);
    out.add("shape lemma", &[lemma, &shape, if made.passive { "p" } else { "a" }]);
    out.add("shape own", &[own, &shape, if made.passive { "p" } else { "a" }]);
}

fn complements(context: &Context<'_>, i: usize, made: &Frame, out: &mut Features) {
    let tree = context.tree;
    let lemma = tree.lemma(i);
    let [_, own, _] = classes(tree, context.cast, i);
    let list = [("to", made.infinitive), ("that", made.clause), ("ing", made.participle)];
    for (sort, verb) in list {
        let Some(verb) = verb else { continue };
        let [coarse, middle, _] = classes(tree, context.cast, verb);
        let act = named(context.rule_kind(verb));
        out.add("complement", &[sort, lemma]);
        out.add("complement own", &[sort, own]);
        out.add("complement verb", &[sort, tree.lemma(verb)]);
        out.add("complement both", &[sort, lemma, tree.lemma(verb)]);
        out.add("complement class", &[sort, lemma, coarse]);
        out.add("complement class", &[sort, own, middle]);
        out.add("complement act", &[sort, act]);
        out.add("complement act lemma", &[sort, act, lemma]);
        for aux in tree.kids(verb, &["aux", "neg"]) {
            out.add("complement aux", &[sort, lemma, tree.lower(aux)]);
        }
    }
}

/// What stands before a noun, and whose it is.
fn modifiers(context: &Context<'_>, i: usize, out: &mut Features) {
    let (tree, cast) = (context.tree, context.cast);
    let lemma = tree.lemma(i);
    let [_, own, _] = classes(tree, cast, i);
    let relations = ["compound", "amod", "nmod", "poss", "det", "nummod", "appos", "acl", "relcl"];
    for m in tree.kids(i, &relations) {
        let relation = tree.relation(m);
        filler(context, i, relation, m, out);
        out.add("has", &[lemma, relation]);
        out.add("has own", &[own, relation]);
    }
}

fn small_words(context: &Context<'_>, i: usize, out: &mut Features) {
    let tree = context.tree;
    let lemma = tree.lemma(i);
    let [_, own, _] = classes(tree, context.cast, i);
    for m in
        tree.kids(i, &["prt", "advmod", "aux", "auxpass", "neg", "mark", "acomp", "attr", "expl"])
    {
        let (relation, word) = (tree.relation(m), tree.lower(m));
        out.add("small", &[relation, word]);
        out.add("small lemma", &[lemma, relation, word]);
        out.add("small own", &[own, relation, word]);
    }
}

fn governor(context: &Context<'_>, i: usize, out: &mut Features) {
    let (tree, cast) = (context.tree, context.cast);
    let mut at = i;
    let mut path = String::new();
    // Through prepositions and conjuncts to the first word with content.
    for _ in 0..3 {
        let above = tree.head(at);
        if above == at {
            out.add("root", &[tree.tag(i)]);
            return;
        }
        path.push_str(tree.relation(at));
        path.push(' ');
        at = above;
        if tree.is_verb(at) || tree.is_noun(at) || tree.tag(at).starts_with("JJ") {
            break;
        }
        path.push_str(tree.lower(at));
        path.push(' ');
    }
    let lemma = tree.lemma(i);
    let what = masked(tree, cast, at);
    let [coarse, middle, _] = classes(tree, cast, at);
    let [_, own, _] = classes(tree, cast, i);
    out.add("path", &[&path]);
    out.add("path lemma", &[&path, lemma]);
    out.add("governor", &[&path, what]);
    out.add("governor class", &[&path, middle]);
    out.add("governor both", &[&path, what, lemma]);
    out.add("governor own", &[&path, what, own]);
    out.add("governor classes", &[&path, coarse, own]);
    let act = named(context.rule_kind(at));
    out.add("governor act", &[&path, act]);
    out.add("governor act lemma", &[&path, act, lemma]);
    let mine = named(context.kept(i).map(|d| d.kind));
    out.add("governor acts", &[&path, act, mine]);
    // What shares the governor.
    for other in tree.kids(at, &["nsubj", "dobj", "nsubjpass"]).filter(|&o| o != i) {
        let relation = tree.relation(other);
        out.add("beside", &[&path, relation, kind(tree, cast, other)]);
        out.add("beside what", &[&path, relation, masked(tree, cast, other)]);
    }
    for one in members(tree, i).into_iter().skip(1).take(2) {
        out.add("conjunct", &[masked(tree, cast, one)]);
    }
}

fn surroundings(context: &Context<'_>, i: usize, out: &mut Features) {
    let (tree, cast) = (context.tree, context.cast);
    let lemma = tree.lemma(i);
    for step in 1..=NEAR {
        let name = ["1", "2", "3"][step - 1];
        let after = if i + step < tree.len() { masked(tree, cast, i + step) } else { "END" };
        let before = i.checked_sub(step).map_or("START", |b| masked(tree, cast, b));
        out.add("after", &[name, after]);
        out.add("before", &[name, before]);
        if step < 3 {
            out.add("after lemma", &[name, lemma, after]);
            out.add("before lemma", &[name, lemma, before]);
        }
    }
    let from = i.saturating_sub(9);
    let to = tree.len().min(i + 10);
    for other in (from..to).filter(|&o| o != i && is_content(tree, o)) {
        let what = masked(tree, cast, other);
        out.add("near", &[what]);
        let [coarse, middle, _] = classes(tree, cast, other);
        out.add("near class", &[middle]);
        out.add("near classes", &[coarse, lemma]);
    }
}

fn is_content(tree: &crate::syntax::Tree<'_>, i: usize) -> bool {
    matches!(tree.tag(i).get(..2), Some("NN" | "VB" | "JJ"))
}
