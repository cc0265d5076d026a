//! Dependency trees: groups of words, then clauses, then whatever is left, always one tree.

use super::chunk::{self, Words};
use super::clause::Scanner;
use super::lexicon::Lexicon;
use super::tags::Tag;
use compact_str::CompactString;

const NONE: u32 = u32::MAX;

/// Heads and relations of a sentence while they are being found.
pub(crate) struct Arcs {
    head: Vec<u32>,
    relation: Vec<&'static str>,
}

impl Arcs {
    fn new(n: usize) -> Arcs {
        Arcs { head: vec![NONE; n], relation: vec!["dep"; n] }
    }

    /// Makes `head` the head of `word`; a word never heads itself.
    pub(crate) fn set(&mut self, word: usize, head: usize, relation: &'static str) {
        if word != head && word < self.head.len() && head < self.head.len() {
            self.head[word] = head as u32;
            self.relation[word] = relation;
        }
    }

    pub(crate) fn clear(&mut self, word: usize) {
        self.head[word] = NONE;
    }

    pub(crate) fn head(&self, word: usize) -> Option<usize> {
        self.head.get(word).filter(|h| **h != NONE).map(|h| *h as usize)
    }

    pub(crate) fn relation(&self, word: usize) -> &'static str {
        if self.head(word).is_some() { self.relation[word] } else { "" }
    }
}

/// A finished arc, with the tag the grammar settled on.
pub(crate) struct Arc {
    pub(crate) tag: Tag,
    pub(crate) head: u32,
    pub(crate) relation: &'static str,
}

/// The tree of a sentence; the root is its own head.
pub(crate) fn parse(
    lexicon: &Lexicon,
    lower: &[CompactString],
    lemmas: &[CompactString],
    tags: Vec<Tag>,
) -> Vec<Arc> {
    let mut words = Words { lexicon, lower, lemmas, tags };
    let n = words.len();
    let mut arcs = Arcs::new(n);
    let units = chunk::units(&words, &mut arcs);
    let root = Scanner::new(&mut words, &mut arcs, &units).run();
    finish(&words, &mut arcs, root);
    (0..n)
        .map(|i| Arc { tag: words.tag(i), head: arcs.head[i], relation: arcs.relation[i] })
        .collect()
}

/// Attaches what no rule attached (a sentence's end marks to its root, other marks to the word
/// before) and breaks any loop, so that one tree under `root` is left.
fn finish(words: &Words<'_>, arcs: &mut Arcs, root: usize) {
    let n = arcs.head.len();
    arcs.head[root] = root as u32;
    arcs.relation[root] = "ROOT";
    // The last word before that is no punctuation.
    let mut content = root;
    for i in 0..n {
        if arcs.head[i] == NONE {
            let punctuation = words.tag(i).is_punctuation() || words.tag(i) == Tag::SYM;
            let ends = words.tag(i) == Tag::STOP || i + 1 == n || i == 0;
            let head = if punctuation && !ends { content } else { root };
            arcs.head[i] = head as u32;
            arcs.relation[i] = match words.tag(i) {
                _ if punctuation => "punct",
                Tag::CC => "cc",
                t if t.is_adverb() => "advmod",
                Tag::UH => "intj",
                _ => "dep",
            };
        }
        if !words.tag(i).is_punctuation() {
            content = i;
        }
    }
    break_loops(arcs, root);
}

/// Every walk along heads must end at the root; one that does not is cut and hung on it.
fn break_loops(arcs: &mut Arcs, root: usize) {
    let n = arcs.head.len();
    // 0 not seen, 1 on the walk, 2 known to reach the root.
    let mut state = vec![0u8; n];
    state[root] = 2;
    let mut walk = Vec::new();
    for i in 0..n {
        let mut k = i;
        while state[k] == 0 {
            state[k] = 1;
            walk.push(k);
            k = arcs.head[k] as usize;
        }
        if state[k] == 1 {
            let last = walk[walk.len() - 1];
            arcs.head[last] = root as u32;
            arcs.relation[last] = "dep";
        }
        for w in walk.drain(..) {
            state[w] = 2;
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::{lemma::lemma, tagger};
    use super::*;

    /// "word/relation/head" of every word, for the words named in `of` (all if empty).
    pub(crate) fn triples(text: &str) -> Vec<(String, &'static str, String)> {
        let lexicon = Lexicon::load();
        let words: Vec<&str> = text.split(' ').collect();
        let lower: Vec<CompactString> =
            words.iter().map(|w| CompactString::from(w.to_lowercase())).collect();
        let tags = tagger::tag(&lexicon, &words, &lower);
        let lemmas: Vec<CompactString> =
            (0..words.len()).map(|i| lemma(&lexicon, words[i], &lower[i], tags[i])).collect();
        parse(&lexicon, &lower, &lemmas, tags)
            .iter()
            .enumerate()
            .map(|(i, a)| (words[i].to_owned(), a.relation, words[a.head as usize].to_owned()))
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str, &str)]) {
        let found = triples(text);
        for (word, relation, head) in expected {
            let hit = found.iter().any(|(w, r, h)| w == word && r == relation && h == head);
            assert!(hit, "{word} -{relation}-> {head} not in {found:?}");
        }
    }

    #[test]
    fn subjects_objects_and_prepositions() {
        check(
            "The minister met Orlo in Varna on Monday .",
            &[
                ("minister", "nsubj", "met"),
                ("Orlo", "dobj", "met"),
                ("in", "prep", "met"),
                ("Varna", "pobj", "in"),
                ("met", "ROOT", "met"),
            ],
        );
        check(
            "The base was attacked by rebels .",
            &[
                ("base", "nsubjpass", "attacked"),
                ("was", "auxpass", "attacked"),
                ("by", "agent", "attacked"),
                ("rebels", "pobj", "by"),
            ],
        );
        check(
            "A truce brokered by Norway collapsed on Friday .",
            &[
                ("truce", "nsubj", "collapsed"),
                ("brokered", "acl", "truce"),
                ("by", "agent", "brokered"),
                ("Norway", "pobj", "by"),
            ],
        );
    }

    #[test]
    fn clauses_under_verbs_of_speech() {
        check(
            "Lenora said that the army had left the town .",
            &[
                ("Lenora", "nsubj", "said"),
                ("that", "mark", "left"),
                ("left", "ccomp", "said"),
                ("army", "nsubj", "left"),
                ("town", "dobj", "left"),
            ],
        );
        check(
            "The army left the town , Lenora said .",
            &[("said", "ROOT", "said"), ("left", "ccomp", "said"), ("Lenora", "nsubj", "said")],
        );
        check(
            "Officials want to visit the camp .",
            &[("visit", "xcomp", "want"), ("camp", "dobj", "visit")],
        );
    }

    #[test]
    fn lists_appositions_and_relative_clauses() {
        check(
            "Norway and Peru signed the pact .",
            &[("Norway", "nsubj", "signed"), ("Peru", "conj", "Norway"), ("and", "cc", "Norway")],
        );
        check(
            "Orlo , the mayor of Varna , resigned .",
            &[("mayor", "appos", "Orlo"), ("Orlo", "nsubj", "resigned")],
        );
        check(
            "The men who attacked the camp fled .",
            &[("who", "nsubj", "attacked"), ("attacked", "relcl", "men"), ("men", "nsubj", "fled")],
        );
    }

    #[test]
    fn every_sentence_is_one_tree() {
        for text in
            ["and and , ( of the", "to to to be", ". . .", "who whom of , the said that that", "a"]
        {
            let words: Vec<_> = triples(text);
            assert_eq!(words.iter().filter(|t| t.1 == "ROOT").count(), 1, "{text}");
        }
    }
}
