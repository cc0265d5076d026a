//! Mistakes that parsers make over and over in the language of news, put right in the tree.

use super::tree::MAX_DEPTH;
use crate::lexicon::{List, actor_nouns, class, lemma_of_past, noun_senses};
use compact_str::CompactString;

/// Longest name, in tokens, before which a list or a receiver is looked for.
const MAX_NAME: usize = 6;

/// The words of a sentence, one entry each a token.
pub(super) struct Words<'a> {
    /// Part-of-speech tags.
    pub(super) tags: Vec<&'a str>,
    /// Lemmas, in lower case.
    pub(super) lemmas: Vec<CompactString>,
    /// Words as written, in lower case.
    pub(super) lowers: Vec<CompactString>,
    /// The sentence is a headline, or stands without a stop as headlines do.
    pub(super) headline: bool,
}

impl Words<'_> {
    /// Puts tags and lemmas right.
    fn mend(&mut self, heads: &[usize], relations: &[&str]) {
        for i in 0..heads.len() {
            let past = lemma_of_past(&self.lowers[i]).filter(|_| self.tags[i].starts_with("VB"));
            if let Some(lemma) = past {
                self.lemmas[i] = lemma.into();
                if matches!(self.tags[i], "VB" | "VBP") {
                    self.tags[i] = "VBD";
                }
            }
            // "Fighting continued": what goes on is an act that has a noun.
            let acted =
                |c: usize| heads[c] == i && matches!(relations[c], "dobj" | "aux" | "xcomp");
            if self.tags[i] == "VBG"
                && matches!(relations[i], "nsubj" | "nsubjpass")
                && noun_senses(&self.lowers[i]).is_some()
                && !(0..heads.len()).any(acted)
            {
                self.tags[i] = "NN";
                self.lemmas[i] = self.lowers[i].clone();
            }
        }
    }

    fn is_name(&self, i: usize) -> bool {
        self.tags[i].starts_with("NNP")
    }

    /// First token of the run of names that ends with token `last`.
    fn name_start(&self, last: usize) -> usize {
        let longest = last.saturating_sub(MAX_NAME);
        (longest..last).rev().take_while(|&i| self.is_name(i)).last().unwrap_or(last)
    }
}

/// Puts heads and relations right, in place.
pub(super) fn mend(words: &mut Words<'_>, heads: &mut [usize], relations: &mut [&str]) {
    words.mend(heads, relations);
    raise_verbs(words, heads, relations);
    if words.headline {
        join_headline_pairs(words, heads, relations);
        turn_passive(words, heads, relations);
    }
    let participle = find_main_participle(words, heads, relations);
    if let Some((verb, subject)) = participle {
        words.tags[verb] = "VBD";
        make_main(verb, subject, words, heads, relations);
    }
    join_lists(words, heads, relations);
    join_possessors(words, heads, relations);
    free_receivers(words, heads, relations);
}

/// "Kenya, Uganda sign": a headline's comma for "and".
fn join_headline_pairs(words: &Words<'_>, heads: &mut [usize], relations: &mut [&str]) {
    let named = (0..heads.len()).take_while(|&i| words.is_name(i)).count();
    let second = named + 1;
    if named == 0 || second >= heads.len() || words.lowers[named] != "," || !words.is_name(second) {
        return;
    }
    let first = named - 1;
    let last = (second..heads.len()).take_while(|&i| words.is_name(i)).last().unwrap_or(second);
    let verb = last + 1;
    let told =
        verb < heads.len() && matches!(words.tags[verb], "VB" | "VBP" | "VBD" | "VBZ" | "MD");
    let both =
        |relation: &str| matches!(relation, "nsubj" | "nsubjpass" | "appos" | "dep" | "npadvmod");
    if told && (both(relations[last]) || both(relations[first])) {
        let head = if relations[last] == "appos" { heads[first] } else { heads[last] };
        let head = if head == first || head == last { verb } else { head };
        (heads[first], relations[first]) = (head, "nsubj");
        (heads[last], relations[last]) = (first, "conj");
        if first == verb || heads[verb] == first || heads[verb] == last {
            (heads[verb], relations[verb]) = (verb, "ROOT");
        }
    }
}

/// "Minister arrested in Oslo": headlines tell what was done in the present, and leave out the "was" of what
/// befell somebody.
fn turn_passive(words: &mut Words<'_>, heads: &mut [usize], relations: &mut [&str]) {
    for verb in 1..heads.len() {
        let past =
            matches!(words.tags[verb], "VBD" | "VBN") && words.lowers[verb] != words.lemmas[verb];
        if !past || !List::Undergone.has(&words.lemmas[verb]) {
            continue;
        }
        let has = |relation: &[&str]| {
            (0..heads.len()).any(|i| heads[i] == verb && relation.contains(&relations[i]))
        };
        if has(&["dobj", "aux", "auxpass", "ccomp", "xcomp", "prt", "agent", "nsubjpass"]) {
            continue;
        }
        let subject = (0..verb).find(|&i| heads[i] == verb && relations[i] == "nsubj");
        let noun = heads[verb];
        let root = relations[verb] == "acl" && heads[noun] == noun && noun < verb;
        if let Some(subject) = subject {
            relations[subject] = "nsubjpass";
            words.tags[verb] = "VBN";
        } else if root {
            make_main(verb, noun, words, heads, relations);
            relations[noun] = "nsubjpass";
            words.tags[verb] = "VBN";
        }
    }
}

/// "Air strikes on rebel bases killed 25 fighters": a participle with an object of its own, in a sentence
/// whose root is a noun before it, is the main verb; with it, the noun that is its subject.
fn find_main_participle(
    words: &Words<'_>,
    heads: &[usize],
    relations: &[&str],
) -> Option<(usize, usize)> {
    let subject = (0..heads.len()).find(|&i| heads[i] == i)?;
    if !words.tags[subject].starts_with("NN") {
        return None;
    }
    let up = |i: usize| {
        let mut at = i;
        for _ in 0..MAX_DEPTH {
            let inside = matches!(relations[at], "acl" | "pobj" | "prep" | "compound" | "conj");
            if at == subject || !inside {
                break;
            }
            at = heads[at];
        }
        at == subject
    };
    (subject + 1..heads.len()).find_map(|verb| {
        let object = (verb + 1..heads.len()).find(|&o| heads[o] == verb && relations[o] == "dobj");
        let active = words.tags[verb] == "VBN"
            && relations[verb] == "acl"
            && object.is_some_and(|o| words.tags[o].starts_with("NN") || words.tags[o] == "CD")
            && !List::Giving.has(&words.lemmas[verb])
            && !(0..verb).any(|i| heads[i] == verb);
        (active && up(verb)).then_some((verb, subject))
    })
}

/// Makes `verb` the root, with the old root for its subject.
fn make_main(
    verb: usize,
    subject: usize,
    words: &Words<'_>,
    heads: &mut [usize],
    relations: &mut [&str],
) {
    let root = std::mem::replace(&mut relations[subject], "nsubj");
    relations[verb] = root;
    heads[verb] = verb;
    heads[subject] = verb;
    for i in verb + 1..heads.len() {
        let verbal = matches!(relations[i], "conj" | "advcl") && words.tags[i].starts_with("VB");
        let moves = verbal || matches!(relations[i], "cc" | "punct" | "ccomp" | "parataxis");
        if heads[i] == subject && (moves || relations[i] == "prep") {
            heads[i] = verb;
        }
    }
}

/// "The ministers of A, B and C met": a list of names that the tree tears at its first comma, so that "B
/// and C" meet and the ministers hang loose.
fn join_lists(words: &Words<'_>, heads: &mut [usize], relations: &mut [&str]) {
    for second in 2..heads.len() {
        let verb = heads[second];
        if !matches!(relations[second], "nsubj" | "nsubjpass") || second > verb {
            continue;
        }
        let comma = words.name_start(second).checked_sub(1).filter(|&c| words.lowers[c] == ",");
        let goes_on = (second + 1..verb).any(|i| heads[i] == second && relations[i] == "conj");
        let Some(comma) = comma.filter(|&c| c > 1 && goes_on && words.is_name(second)) else {
            continue;
        };
        let first = comma - 1;
        let preposition = heads[first];
        let noun = heads[preposition];
        let governed = words.is_name(first)
            && relations[first] == "pobj"
            && matches!(words.lowers[preposition].as_str(), "of" | "from" | "between" | "among");
        if !governed || noun >= preposition || !words.tags[noun].starts_with("NN") {
            continue;
        }
        if heads[noun] == verb {
            relations[noun] = std::mem::replace(&mut relations[second], "conj");
        } else if let Some(outer) = outer_clause(words, heads, relations, noun, verb) {
            // "The visit comes after ministers of A, B and C met": the clause behind "after" was taken for the main one.
            let before = heads[noun];
            relations[outer] = std::mem::replace(&mut relations[verb], "pcomp");
            heads[outer] = if heads[verb] == verb { outer } else { heads[verb] };
            heads[verb] = before;
            relations[noun] = std::mem::replace(&mut relations[second], "conj");
            heads[noun] = verb;
        } else {
            continue;
        }
        heads[second] = first;
        heads[comma] = first;
    }
}

/// The verb on which a conjunction of time hangs that took the noun before a torn list for its object, and
/// which hangs itself on the list's verb.
fn outer_clause(
    words: &Words<'_>,
    heads: &[usize],
    relations: &[&str],
    noun: usize,
    verb: usize,
) -> Option<usize> {
    let conjunction = heads[noun];
    let outer = heads[conjunction];
    let takes = relations[noun] == "pobj"
        && conjunction < noun
        && matches!(words.lowers[conjunction].as_str(), "after" | "before" | "since" | "until");
    (takes
        && words.tags[outer].starts_with("VB")
        && heads[outer] == verb
        && relations[outer] == "ccomp")
        .then_some(outer)
}

/// "of Chad and Mali's broken promises": the promises of both. A person or place that has but one owner
/// ("met Chad and Mali's president") is left with him.
fn join_possessors(words: &Words<'_>, heads: &mut [usize], relations: &mut [&str]) {
    for thing in 3..heads.len() {
        let owner = (1..thing).find(|&i| heads[i] == thing && relations[i] == "poss");
        let Some(owner) = owner.filter(|_| relations[thing] == "conj") else { continue };
        let start = (0..=owner).find(|&i| i == owner || heads[i] == owner).unwrap_or(owner);
        let start = start.min(words.name_start(owner));
        let and = start.checked_sub(1).filter(|&a| a > 0 && words.lowers[a] == "and");
        let Some(first) = and.map(|and| and - 1) else { continue };
        let governed = matches!(relations[first], "pobj" | "dobj");
        let of_both = heads[thing] == first || heads[thing] == heads[heads[first]];
        if words.is_name(first)
            && governed
            && of_both
            && words.tags[thing].starts_with("NN")
            && !words.is_name(thing)
            && !actor_nouns().contains_key(words.lemmas[thing].as_str())
            && !class("seizable").contains(words.lemmas[thing].as_str())
        {
            (relations[thing], heads[thing]) = (relations[first], heads[first]);
            (relations[first], heads[first]) = ("poss", thing);
            (relations[owner], heads[owner]) = ("conj", first);
            heads[first + 1] = first;
        }
    }
}

/// "has been offering A military assistance": a name right behind a verb of giving, with more than a noun
/// behind it, receives; it is no part of what is given.
fn free_receivers(words: &Words<'_>, heads: &mut [usize], relations: &mut [&str]) {
    for verb in 0..heads.len().saturating_sub(2) {
        if !words.tags[verb].starts_with("VB") || !List::Giving.has(&words.lemmas[verb]) {
            continue;
        }
        let end = (verb + 1..heads.len()).take_while(|&i| words.is_name(i)).last();
        let Some(last) = end.filter(|&last| last < verb + MAX_NAME && last + 1 < heads.len())
        else {
            continue;
        };
        let thing = heads[last];
        let given = thing > last + 1
            && heads[thing] == verb
            && relations[thing] == "dobj"
            && matches!(words.tags[thing], "NN" | "NNS");
        let qualified = matches!(words.tags[last + 1], "JJ" | "JJR" | "CD" | "DT" | "VBN" | "PRP$");
        if given && qualified && matches!(relations[last], "nmod" | "compound" | "amod") {
            heads[last] = verb;
            relations[last] = "dative";
        }
    }
}

/// "Rebels attack army positions": a finite verb that the tree takes for a modifier of the noun
/// behind it, whose subject stands before, governs both.
fn raise_verbs(words: &Words<'_>, heads: &mut [usize], relations: &mut [&str]) {
    let tags = &words.tags;
    for verb in 0..tags.len() {
        let noun = heads[verb];
        let modifies = matches!(tags[verb], "VBP" | "VBZ" | "VBD")
            && matches!(relations[verb], "compound" | "amod" | "nmod")
            && noun > verb
            && tags[noun].starts_with("NN");
        let has_subject = |heads: &[usize], relations: &[&str]| {
            let governs = |s: usize| heads[s] == noun || heads[s] == verb;
            (0..verb).any(|s| relations[s] == "nsubj" && governs(s))
        };
        if !modifies || !has_subject(heads, relations) {
            continue;
        }
        let above = heads[noun];
        let relation = std::mem::replace(&mut relations[noun], "dobj");
        relations[verb] = relation;
        heads[verb] = if above == noun { verb } else { above };
        heads[noun] = verb;
        for i in 0..tags.len() {
            let moves = i < verb || matches!(relations[i], "advcl" | "punct" | "advmod");
            if heads[i] == noun && i != noun && moves {
                heads[i] = verb;
            }
        }
    }
}
