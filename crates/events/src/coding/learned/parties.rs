//! What is seen of a phrase that may name who acts or on whom.

use super::context::Context;
use super::features::Features;
use super::masks::{classes, kind, masked};
use crate::coding::Attributions;
use crate::coding::draft::Draft;
use crate::syntax::Frame;

/// Most phrases of a sentence that are looked at, and the longest path to one.
const MOST: usize = 48;
const LONGEST: usize = 7;

/// The act whose parties are sought.
pub(crate) struct Sought<'a> {
    /// The word that tells it.
    pub(crate) head: usize,
    /// Its frame.
    pub(crate) frame: &'a Frame,
    /// What the rules made of it, if anything.
    pub(crate) draft: Option<&'a Draft>,
}

/// Tokens that head phrases which may be parties, in order.
pub(crate) fn phrases(context: &Context<'_>) -> Vec<usize> {
    let all = (0..context.tree.len()).filter(|&j| may_be_party(context, j));
    all.take(MOST).collect()
}

fn may_be_party(context: &Context<'_>, j: usize) -> bool {
    let (tree, cast) = (context.tree, context.cast);
    if cast.is_time(j) {
        return false;
    }
    let relation = tree.relation(j);
    let head = tree.head(j);
    if let Some(mention) = cast.mention(j) {
        // One token speaks for the whole name: the one that hangs outside it.
        let inner = head != j && mention.span.overlaps(tree.span(head));
        return !inner && !matches!(tree.tag(j), "DT" | "POS" | "," | "IN");
    }
    let argument = !matches!(relation, "compound" | "amod" | "nmod" | "nummod" | "det" | "advmod");
    match tree.tag(j) {
        "NN" | "NNS" | "PRP" | "PRP$" | "WP" => argument,
        "NNP" | "NNPS" => argument || !tree.tag(head).starts_with("NNP"),
        "CD" | "DT" | "PDT" => argument && cast.is_actor(tree, j),
        "JJ" | "VBN" | "JJS" => cast.is_actor(tree, j),
        _ => false,
    }
}

/// Fills `plain` with what is seen of token `j` as a party of the act, and `typed` with what is to be
/// seen together with the category of the act.
pub(crate) fn party(
    context: &Context<'_>,
    attributions: &Attributions<'_>,
    act: &Sought<'_>,
    j: usize,
    plain: &mut Features,
    typed: &mut Features,
) {
    plain.clear();
    typed.clear();
    let (tree, cast) = (context.tree, context.cast);
    let lemma = tree.lemma(act.head);
    let own = classes(tree, cast, act.head)[1];
    let sort = kind(tree, cast, j);
    let voice = if act.frame.passive { "passive" } else { "active" };
    let part = tree.tag(act.head).get(..1).unwrap_or("");
    let slot = slot(context, act, j);
    let ruled = match act.draft {
        None => "-",
        Some(d) if d.actors.contains(&j) => "actor",
        Some(d) if d.recipients.contains(&j) => "recipient",
        Some(d) if d.actors.is_empty() && d.recipients.is_empty() => "nobody",
        Some(_) => "other",
    };
    let (path, through) = path(context, act.head, j);
    let side = if j < act.head { "before" } else { "after" };
    let able = if cast.is_actor(tree, j) { "able" } else { "thing" };
    let relation = tree.relation(j);
    let above = tree.head(j);
    plain.add("bias", &[]);
    typed.add("bias", &[]);
    for out in [&mut *plain, &mut *typed] {
        out.add("rule", &[ruled]);
        out.add("rule slot", &[ruled, &slot]);
        out.add("slot", &[&slot, voice]);
        out.add("slot kind", &[&slot, sort, voice]);
        out.add("path", &[&path, voice]);
        out.add("path part", &[&path, part, able]);
        out.add("kind", &[sort]);
        out.add("kind side", &[sort, side, part]);
    }
    typed.add("path lemma", &[&path, voice, lemma]);
    plain.add("rule kind", &[ruled, sort]);
    plain.add("rule path", &[ruled, &path]);
    plain.add("slot lemma", &[&slot, lemma, voice]);
    plain.add("slot class", &[&slot, own, voice]);
    plain.add("slot word", &[&slot, masked(tree, cast, j)]);
    plain.add("path lemma", &[&path, lemma, voice]);
    plain.add("path class", &[&path, own, voice]);
    plain.add("path kind", &[&path, sort, part]);
    plain.add("through", &[&path, &through]);
    plain.add("through kind", &[&path, &through, sort]);
    plain.add("able", &[able, relation]);
    plain.add("word", &[masked(tree, cast, j)]);
    plain.add("word class", &[classes(tree, cast, j)[1], &slot]);
    plain.add("above", &[relation, kind(tree, cast, above), sort]);
    plain.add("above word", &[relation, masked(tree, cast, above)]);
    plain.add("tag", &[tree.tag(j), relation]);
    let far = act.head.abs_diff(j);
    let far = match far {
        0..=1 => "1",
        2..=3 => "3",
        4..=6 => "6",
        7..=12 => "12",
        _ => "more",
    };
    plain.add("far", &[side, far, part]);
    typed.add("far", &[side, far, part]);
    plain.add("far kind", &[side, far, sort]);
    if attributions.sources(tree.span(act.head)).iter().any(|s| s.overlaps(tree.span(j))) {
        plain.add("source", &[side]);
        typed.add("source", &[side]);
    }
    let filled = |heads: &[usize]| if heads.is_empty() { "-" } else { "+" };
    let shape =
        [filled(&act.frame.subjects), filled(&act.frame.objects), filled(&act.frame.indirect)]
            .concat();
    plain.add("shape", &[&slot, &shape, voice]);
    typed.add("shape", &[&slot, &shape, voice]);
    if let Some(d) = act.draft {
        let have = [filled(&d.actors), filled(&d.recipients)].concat();
        plain.add("rule have", &[&have, ruled, &slot]);
        plain.add("rule have path", &[&have, ruled, &path]);
    }
    let list = [&act.frame.subjects, &act.frame.objects]
        .into_iter()
        .any(|l| l.len() > 1 && l.contains(&j));
    if list {
        plain.add("list", &[&slot]);
        typed.add("list", &[&slot]);
    }
}

/// Where the phrase stands in the frame, or next to what stands there.
fn slot(context: &Context<'_>, act: &Sought<'_>, j: usize) -> String {
    let tree = context.tree;
    let direct = |j: usize| -> Option<String> {
        let f = act.frame;
        let found = if f.subjects.contains(&j) {
            "s"
        } else if f.objects.contains(&j) {
            "o"
        } else if f.indirect.contains(&j) {
            "i"
        } else if let Some((p, _)) = f.phrases.iter().find(|(_, heads)| heads.contains(&j)) {
            return Some(format!("p:{}", tree.lower(*p)));
        } else {
            return None;
        };
        Some(found.to_owned())
    };
    if let Some(found) = direct(j) {
        return if act.frame.guessed && found == "s" { "s?".to_owned() } else { found };
    }
    // Whose, or of what, the phrase in a slot is.
    let mut way = String::new();
    let mut at = j;
    for _ in 0..4 {
        let above = tree.head(at);
        if above == at {
            break;
        }
        if above == act.head {
            return format!("{way}{}/act", tree.relation(at));
        }
        if tree.relation(above) == "prep" && tree.relation(at) == "pobj" || tree.tag(above) == "IN"
        {
            way.push_str(tree.lower(above));
        } else if tree.relation(at) != "prep" {
            way.push_str(tree.relation(at));
        }
        way.push('/');
        at = above;
        if let Some(found) = direct(at) {
            return format!("{way}{found}");
        }
    }
    "-".to_owned()
}

/// The relations from the act up and down to the phrase, and the word at the turn.
fn path(context: &Context<'_>, from: usize, to: usize) -> (String, String) {
    let tree = context.tree;
    let mut ups = vec![from];
    ups.extend(tree.ancestors(from).take(LONGEST));
    let mut down = vec![to];
    down.extend(tree.ancestors(to).take(LONGEST));
    let turn =
        down.iter().enumerate().find_map(|(d, t)| ups.iter().position(|u| u == t).map(|u| (u, d)));
    let Some((up, depth)) = turn else { return ("far".to_owned(), String::new()) };
    let mut made = String::new();
    for &u in &ups[..up] {
        made.push('^');
        made.push_str(step(context, u));
    }
    for &d in down[..depth].iter().rev() {
        made.push('.');
        made.push_str(step(context, d));
    }
    (made, masked(tree, context.cast, ups[up]).to_owned())
}

/// A relation, and the preposition itself for a prepositional phrase.
fn step<'t>(context: &'t Context<'_>, i: usize) -> &'t str {
    let tree = context.tree;
    if matches!(tree.relation(i), "prep" | "agent" | "dative") && !tree.is_noun(i) {
        return tree.lower(i);
    }
    tree.relation(i)
}
