//! ClearNLP trees made comparable with Universal Dependencies, and the coarse relations of both.
//!
//! The two schemes differ in which word is the head: a preposition or its noun, a copula or its
//! predicate, the conjunct before or the first one, the first name or the last. [`convert`] gives
//! ClearNLP trees the heads that UD would give them, by these steps:
//!
//! 1. A preposition with an object hangs on its object, which takes its place: `obl` under a verb or
//!    adjective, `nmod` under a noun; an object clause is `advcl` or `acl`. Prepositions one upon
//!    another ("out of the house") all hang on the last object.
//! 2. A form of "be" that is a main verb hangs on its predicate: its `attr` or `acomp`, else the
//!    first prepositional phrase or clause after it. Beside an existential "there" it stays, and its
//!    `attr` is its subject.
//!    A place where it stands without those is its predicate too ("Here is the list").
//! 3. A clause without a finite verb that stands as an object with a subject ("made it difficult",
//!    "want you to go") is an `xcomp`, and its subject the object of the verb above.
//! 4. Conjuncts all hang on the first one, and a conjunction on the conjunct after it.
//!
//! 5. Of two clauses with a semicolon between them the first is the head.
//! 6. Relations get UD's names; an infinitive's "to" is its `mark`.
//!
//! [`universal`] changes gold trees where UD's choice says nothing about syntax: in a `flat` name the
//! last word is the head, as in a compound; an adjective that is part of a proper name ("First World
//! War") is a compound; and the words of a `fixed` expression hang where its first does. [`coarse`] drops from relations what the two schemes do not both tell.

use super::conllu::Word;

/// Words by depth, the deepest first. Words on a loop, which no tree has, come as they are found.
fn deepest_first(words: &[Word]) -> Vec<usize> {
    let depth = |mut at: usize| {
        let mut steps = 0;
        while let Some(head) = words[at].head.filter(|_| steps < words.len()) {
            (at, steps) = (head, steps + 1);
        }
        steps
    };
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(depth(i)));
    order
}

fn children(words: &[Word], head: usize) -> impl Iterator<Item = usize> + '_ {
    (0..words.len()).filter(move |&i| words[i].head == Some(head))
}

/// Puts `new` in the place of its head `old`: it takes the head of `old` with this relation, all
/// other dependents of `old`, and `old` itself with `below`.
fn promote(words: &mut [Word], old: usize, new: usize, relation: &str, below: &str) {
    let above = words[old].head;
    for word in words.iter_mut() {
        if word.head == Some(old) {
            word.head = Some(new);
        }
    }
    words[new].head = above;
    relation.clone_into(&mut words[new].relation);
    words[old].head = Some(new);
    below.clone_into(&mut words[old].relation);
}

fn is_nominal(word: &Word) -> bool {
    word.tag.starts_with("NN")
        || matches!(&*word.tag, "PRP" | "PRP$" | "CD" | "DT" | "WP" | "WDT" | "EX" | "$")
}

fn is_be(word: &Word) -> bool {
    matches!(&*word.lemma, "be" | "'s" | "’s") && word.tag.starts_with('V')
}

/// Gives a ClearNLP tree the heads of Universal Dependencies.
pub(crate) fn convert(words: &mut [Word]) {
    nominal_modifiers(words);
    prepositions(words);
    copulas(words);
    small_clauses(words);
    conjunctions(words);
    semicolons(words);
    for word in words {
        word.relation = renamed(word).to_owned();
    }
}

/// ClearNLP's `nmod` stands before its noun, where UD has a compound; its `npadvmod` is a noun
/// phrase without a preposition.
fn nominal_modifiers(words: &mut [Word]) {
    for at in 0..words.len() {
        let under_noun = words[at].head.is_some_and(|head| is_nominal(&words[head]));
        let relation = match &*words[at].relation {
            "nmod" => "compound",
            "npadvmod" if under_noun => "nmod:unmarked",
            "npadvmod" => "obl:unmarked",
            _ => continue,
        };
        relation.clone_into(&mut words[at].relation);
    }
}

/// UD's name of what is left of ClearNLP's relations.
fn renamed(word: &Word) -> &str {
    match &*word.relation {
        "aux" if word.tag == "TO" => "mark",
        "acomp" | "attr" | "oprd" => "xcomp",
        "auxpass" => "aux:pass",
        "csubjpass" => "csubj:pass",
        "dative" => "iobj",
        "dobj" | "pobj" => "obj",
        // A preposition without an object is an adverb.
        "neg" | "quantmod" | "prep" | "agent" => "advmod",
        "nsubjpass" => "nsubj:pass",
        "poss" => "nmod:poss",
        "preconj" => "cc:preconj",
        "predet" => "det:predet",
        "prt" => "compound:prt",
        "relcl" => "acl:relcl",
        other => other,
    }
}

fn prepositions(words: &mut [Word]) {
    // Objects that an inner preposition has given up its place to.
    let mut raised = vec![false; words.len()];
    for at in deepest_first(words) {
        let object = |relations: &[&str]| {
            children(words, at).find(|&i| relations.contains(&&*words[i].relation))
        };
        let clause = object(&["pcomp"]).filter(|&i| words[i].tag != "IN");
        let takes_nested = match &*words[at].relation {
            "prep" | "agent" | "dative" => true,
            "pcomp" => words[at].tag == "IN",
            _ => false,
        };
        let nested = children(words, at).find(|&i| takes_nested && raised[i] && i > at);
        let Some(object) = object(&["pobj"]).or(clause).or(nested) else { continue };
        let under_noun = words[at].head.is_some_and(|head| is_nominal(&words[head]));
        let relation = match &*words[at].relation {
            "prep" | "agent" | "dative" | "pcomp" if is_clause(words, object) => {
                if under_noun {
                    "acl"
                } else {
                    "advcl"
                }
            }
            "prep" | "agent" | "dative" | "pcomp" => {
                if under_noun {
                    "nmod"
                } else {
                    "obl"
                }
            }
            other => other,
        }
        .to_owned();
        let below = if is_clause(words, object) { "mark" } else { "case" };
        promote(words, at, object, &relation, below);
        // "because of the rain": the second word has no object of its own.
        for word in words.iter_mut().filter(|w| w.head == Some(object) && w.relation == "pcomp") {
            "case".clone_into(&mut word.relation);
        }
        raised[object] = true;
    }
}

fn is_clause(words: &[Word], at: usize) -> bool {
    words[at].relation == "pcomp" && words[at].tag.starts_with('V')
}

fn copulas(words: &mut [Word]) {
    for at in deepest_first(words) {
        if !is_be(&words[at]) || matches!(&*words[at].relation, "aux" | "auxpass" | "cop") {
            continue;
        }
        let find = |relations: &[&str], after: bool| {
            children(words, at)
                .find(|&i| relations.contains(&&*words[i].relation) && (!after || i > at))
        };
        let there = find(&["expl"], false).is_some_and(|i| words[i].tag == "EX");
        let predicate = find(&["attr", "acomp", "oprd"], false);
        if there {
            if let Some(subject) = predicate {
                "nsubj".clone_into(&mut words[subject].relation);
            }
        } else if let Some(predicate) = predicate
            .or_else(|| find(&["obl", "advcl:prep"], true))
            .or_else(|| find(&["ccomp", "xcomp"], true))
            .or_else(|| where_it_is(words, at))
        {
            let relation = words[at].relation.clone();
            promote(words, at, predicate, &relation, "cop");
        }
    }
}

/// The adverb next to a form of "be" that says where: "is here", "Here is", "That is why".
fn where_it_is(words: &[Word], be: usize) -> Option<usize> {
    let adverb = |i: &usize| words[*i].relation == "advmod" && words[*i].tag != "RBR";
    let subject = children(words, be).find(|&i| words[i].relation == "nsubj");
    let after = children(words, be).find(|&i| i == be + 1).filter(adverb);
    after.or_else(|| {
        let before = children(words, be).find(|&i| i + 1 == be).filter(adverb);
        before.filter(|_| subject.is_none_or(|subject| subject > be))
    })
}

/// Whether a clause has a finite verb: its head, or what helps it.
fn is_finite(words: &[Word], clause: usize) -> bool {
    let finite = |i: usize| matches!(&*words[i].tag, "VBD" | "VBZ" | "VBP" | "MD");
    let helps = |i: usize| matches!(&*words[i].relation, "aux" | "auxpass" | "cop");
    finite(clause) || children(words, clause).any(|i| helps(i) && finite(i))
}

fn small_clauses(words: &mut [Word]) {
    for at in 0..words.len() {
        let Some(verb) = words[at].head.filter(|&verb| words[at].relation == "ccomp" && verb < at)
        else {
            continue;
        };
        let has_mark = children(words, at).any(|i| words[i].relation == "mark");
        if has_mark || is_finite(words, at) {
            continue;
        }
        let subject = children(words, at).find(|&i| words[i].relation == "nsubj" && i < at);
        if let Some(subject) = subject {
            words[subject].head = Some(verb);
            "dobj".clone_into(&mut words[subject].relation);
        }
        if subject.is_some() || words[at].tag == "VB" {
            "xcomp".clone_into(&mut words[at].relation);
        }
    }
}

fn semicolons(words: &mut [Word]) {
    for at in 0..words.len() {
        let Some(second) =
            words[at].head.filter(|&head| words[at].relation == "ccomp" && at < head)
        else {
            continue;
        };
        if words[at..second].iter().any(|word| word.form == ";") {
            words[at].head = words[second].head;
            words[at].relation = words[second].relation.clone();
            words[second].head = Some(at);
            "parataxis".clone_into(&mut words[second].relation);
        }
    }
}

fn conjunctions(words: &mut [Word]) {
    // A conjunction first, while each conjunct still hangs on the one before it.
    for at in 0..words.len() {
        let Some(head) = words[at].head.filter(|&head| words[at].relation == "cc" && head < at)
        else {
            continue;
        };
        let next = children(words, head).find(|&i| i > at && words[i].relation == "conj");
        words[at].head = next.or(Some(head));
    }
    for at in 0..words.len() {
        let mut steps = 0;
        while words[at].relation == "conj" && steps < words.len() {
            match words[at].head.filter(|&head| words[head].relation == "conj") {
                Some(head) => words[at].head = words[head].head,
                None => break,
            }
            steps += 1;
        }
    }
}

/// Changes a gold tree where UD's choice of head says nothing about syntax.
pub(crate) fn universal(words: &mut [Word]) {
    for word in words.iter_mut() {
        if word.relation == "amod" && word.tag.starts_with("NNP") {
            "compound".clone_into(&mut word.relation);
        }
    }
    for at in 0..words.len() {
        let flat = |i: &usize| kind(&words[*i].relation) == "flat";
        if let Some(last) = children(words, at).filter(flat).last() {
            let relation = words[at].relation.clone();
            promote(words, at, last, &relation, "compound");
        }
    }
    for at in 0..words.len() {
        let mut steps = 0;
        while matches!(kind(&words[at].relation), "fixed" | "goeswith") && steps < words.len() {
            let Some(head) = words[at].head else { break };
            words[at].head = words[head].head;
            words[at].relation = words[head].relation.clone();
            steps += 1;
        }
    }
}

/// A relation without its subtype.
fn kind(relation: &str) -> &str {
    relation.split(':').next().unwrap_or(relation)
}

/// What both schemes tell of a relation.
pub(crate) fn coarse(relation: &str) -> &str {
    match relation {
        "acl:relcl" | "advcl:relcl" => "relcl",
        "nmod:poss" => "poss",
        "nmod:desc" => "compound",
        "compound:prt" => "prt",
        // The schemes disagree on what is a noun here ("a year ago"), and on whose the one object is
        // ("told her").
        "nmod:unmarked" | "obl:unmarked" => "unmarked",
        "iobj" => "obj",
        other => match kind(other) {
            "nsubj" | "csubj" | "expl" => "subj",
            "flat" | "goeswith" => "compound",
            kind if KEPT.contains(&kind) => kind,
            _ => "other",
        },
    }
}

/// Relations that both schemes have.
#[rustfmt::skip]
const KEPT: &[&str] = &[
    "acl", "advcl", "advmod", "amod", "appos", "aux", "case", "cc", "ccomp", "compound", "conj",
    "cop", "det", "mark", "nmod", "nummod", "obj", "obl", "parataxis", "root", "xcomp",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Words written `form/tag/head/relation`, heads counted from 1; 0 is the root.
    fn tree(text: &str) -> Vec<Word> {
        let word = |part: &str| {
            let fields: Vec<&str> = part.split('/').collect();
            let lemma = if matches!(fields[0], "is" | "was" | "are") { "be" } else { fields[0] };
            Word {
                form: fields[0].to_owned(),
                lemma: lemma.to_owned(),
                part: String::new(),
                tag: fields[1].to_owned(),
                head: fields[2].parse::<usize>().unwrap().checked_sub(1),
                relation: fields[3].to_owned(),
                place: None,
                misc: String::new(),
            }
        };
        text.split(' ').map(word).collect()
    }

    fn told(words: &[Word]) -> String {
        let word = |w: &Word| {
            format!("{}/{}/{}", w.form, w.head.map_or(0, |head| head + 1), coarse(&w.relation))
        };
        words.iter().map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn clear_trees_get_universal_heads() {
        for (clear, expected) in [
            // Prepositions.
            (
                "Orlo/NNP/2/nsubj went/VBD/0/root to/IN/2/prep Quito/NNP/3/pobj",
                "Orlo/2/subj went/0/root to/4/case Quito/2/obl",
            ),
            (
                "talks/NNS/0/root in/IN/1/prep Quito/NNP/2/pobj and/CC/2/cc in/IN/2/conj Lima/NNP/5/pobj",
                "talks/0/root in/3/case Quito/1/nmod and/6/cc in/6/case Lima/3/conj",
            ),
            (
                "ran/VBD/0/root out/IN/1/prep of/IN/2/prep town/NN/3/pobj",
                "ran/0/root out/4/case of/4/case town/1/obl",
            ),
            (
                "shut/VBN/0/root because/IN/1/prep of/IN/2/pcomp rain/NN/2/pobj",
                "shut/0/root because/4/case of/4/case rain/1/obl",
            ),
            (
                "won/VBD/0/root by/IN/1/prep waiting/VBG/2/pcomp",
                "won/0/root by/3/mark waiting/1/advcl",
            ),
            ("looked/VBD/0/root around/IN/1/prep", "looked/0/root around/1/advmod"),
            // Copulas.
            (
                "Orlo/NNP/2/nsubj is/VBZ/0/root happy/JJ/2/acomp",
                "Orlo/3/subj is/3/cop happy/0/root",
            ),
            (
                "Orlo/NNP/2/nsubj is/VBZ/0/root in/IN/2/prep Quito/NNP/3/pobj",
                "Orlo/4/subj is/4/cop in/4/case Quito/0/root",
            ),
            (
                "Orlo/NNP/3/nsubj is/VBZ/3/aux leaving/VBG/0/root",
                "Orlo/3/subj is/3/aux leaving/0/root",
            ),
            (
                "there/EX/2/expl is/VBZ/0/root hope/NN/2/attr in/IN/2/prep Quito/NNP/4/pobj",
                "there/2/subj is/0/root hope/2/subj in/5/case Quito/2/obl",
            ),
            (
                "Orlo/NNP/2/nsubj became/VBD/0/root envoy/NN/2/attr",
                "Orlo/2/subj became/0/root envoy/2/xcomp",
            ),
            ("Here/RB/2/advmod is/VBZ/0/root hope/NN/2/nsubj", "Here/0/root is/1/cop hope/1/subj"),
            ("it/PRP/2/nsubj is/VBZ/0/root not/RB/2/neg", "it/2/subj is/0/root not/2/advmod"),
            // Small clauses.
            ("made/VBD/0/root it/PRP/3/nsubj hard/JJ/1/ccomp", "made/0/root it/1/obj hard/1/xcomp"),
            (
                "says/VBZ/0/root Tamm/NNP/3/nsubj left/VBD/1/ccomp",
                "says/0/root Tamm/3/subj left/1/ccomp",
            ),
            // Clauses side by side.
            (
                "left/VBD/3/ccomp ;/:/3/punct stayed/VBD/0/root",
                "left/0/root ;/3/other stayed/1/parataxis",
            ),
            ("left/VBD/3/ccomp ,/,/3/punct said/VBD/0/root", "left/3/ccomp ,/3/other said/0/root"),
            // Conjuncts.
            (
                "Orlo/NNP/0/root ,/,/1/punct Tamm/NNP/1/conj and/CC/3/cc Vey/NNP/3/conj",
                "Orlo/0/root ,/1/other Tamm/1/conj and/5/cc Vey/1/conj",
            ),
            ("But/CC/2/cc left/VBD/0/root", "But/2/cc left/0/root"),
            // Names of relations.
            (
                "wants/VBZ/0/root not/RB/1/neg to/TO/4/aux go/VB/1/xcomp",
                "wants/0/root not/1/advmod to/4/mark go/1/xcomp",
            ),
        ] {
            let mut words = tree(clear);
            convert(&mut words);
            assert_eq!(told(&words), expected, "{clear}");
        }
    }

    #[test]
    fn gold_names_and_fixed_words_are_levelled() {
        for (gold, expected) in [
            (
                "Zoë/NNP/3/nsubj Orlo/NNP/1/flat left/VBD/0/root",
                "Zoë/2/compound Orlo/3/subj left/0/root",
            ),
            (
                "First/NNP/3/amod World/NNP/3/compound War/NNP/0/root",
                "First/3/compound World/3/compound War/0/root",
            ),
            (
                "shut/VBN/0/root because/IN/4/case of/IN/2/fixed rain/NN/1/obl",
                "shut/0/root because/4/case of/4/case rain/1/obl",
            ),
        ] {
            let mut words = tree(gold);
            universal(&mut words);
            assert_eq!(told(&words), expected, "{gold}");
        }
    }

    #[test]
    fn a_loop_ends() {
        let mut words = tree("a/IN/2/prep b/IN/1/conj c/VBZ/3/conj d/IN/4/fixed");
        convert(&mut words);
        universal(&mut words);
        assert_eq!(words.len(), 4);
    }
}
