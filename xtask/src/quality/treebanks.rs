//! Trees beside those of a gold treebank in Universal Dependencies.
//!
//! Each gold sentence's text is one row for `variorum annotate --format conllu`. Words of both sides
//! that stand at the same characters are compared: the head, and the coarse relation to it, after
//! both trees were made comparable (`clear_to_universal`). Punctuation is left out.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::json;

use super::bench::{Bench, write_lines};
use super::clear_to_universal::{coarse, convert, universal};
use super::conllu::{Tree, Word, parse};
use super::figure::Figure;
use super::sets::{Measured, Set};

/// Python that writes what is in a gzip file.
const UNPACK: &str =
    "import gzip, shutil, sys; shutil.copyfileobj(gzip.open(sys.argv[1]), sys.stdout.buffer)";

/// Reads the gold sentences and compares tree with tree.
pub(crate) fn measure(bench: &Bench, set: &Set) -> Result<Measured> {
    let path = set.gold_in(&bench.shared);
    let unpacked = bench.python(&["-c".as_ref(), UNPACK.as_ref(), path.as_os_str()])?;
    let gold = parse(&String::from_utf8(unpacked).context("the gold is not UTF-8")?)?;
    let folder = bench.folder(set.task, set.name)?;
    let (input, out) = (folder.join("in.jsonl"), folder.join("out.conllu"));
    let rows: Vec<_> = gold
        .iter()
        .enumerate()
        .map(|(number, tree)| json!({"id": name(number), "text": tree.text}))
        .collect();
    write_lines(&input, &rows)?;
    let usage = bench.read("annotate", &[input], "conllu", &out)?;
    let read =
        std::fs::read_to_string(&out).with_context(|| format!("cannot read {}", out.display()))?;
    let read = whole_documents(parse(&read)?);
    let mut tally = Tally::default();
    for (number, mut tree) in gold.into_iter().enumerate() {
        let mut ours = read.get(&name(number)).cloned().unwrap_or_default();
        universal(&mut tree.words);
        convert(&mut ours);
        tally.add(&tree.words, &ours);
    }
    Ok((tally.figures(), usage))
}

fn name(number: usize) -> String {
    format!("sentence-{}", number + 1)
}

/// The words of each document: one gold sentence, which may have been read as several.
fn whole_documents(trees: Vec<Tree>) -> BTreeMap<String, Vec<Word>> {
    let mut documents: BTreeMap<String, Vec<Word>> = BTreeMap::new();
    for tree in trees {
        let words = documents.entry(tree.document).or_default();
        let before = words.len();
        words.extend(tree.words.into_iter().map(|mut word| {
            word.head = word.head.map(|head| head + before);
            word
        }));
    }
    documents
}

/// Counts over gold words that are no punctuation.
#[derive(Debug, Default, PartialEq)]
struct Tally {
    words: u64,
    aligned: u64,
    heads: u64,
    heads_and_relations: u64,
}

impl Tally {
    fn add(&mut self, gold: &[Word], ours: &[Word]) {
        let by_place: BTreeMap<[usize; 2], &Word> =
            ours.iter().filter_map(|word| Some((word.place?, word))).collect();
        for word in gold.iter().filter(|word| word.part != "PUNCT") {
            self.words += 1;
            let Some(&read) = word.place.as_ref().and_then(|place| by_place.get(place)) else {
                continue;
            };
            self.aligned += 1;
            let same_head = match (word.head, read.head) {
                (None, None) => true,
                (Some(theirs), Some(own)) => touch(gold[theirs].place, ours[own].place),
                _ => false,
            };
            let same_relation = coarse(&word.relation) == coarse(&read.relation);
            self.heads += u64::from(same_head);
            self.heads_and_relations += u64::from(same_head && same_relation);
        }
    }

    fn figures(&self) -> Vec<Figure> {
        vec![
            Figure::share("aligned", self.aligned, self.words),
            Figure::share("uas", self.heads, self.aligned),
            Figure::share("las", self.heads_and_relations, self.aligned),
        ]
    }
}

/// Whether two places share a character: a head may be cut into words in another way.
fn touch(one: Option<[usize; 2]>, other: Option<[usize; 2]>) -> bool {
    matches!((one, other), (Some(a), Some(b)) if a[0] < b[1] && b[0] < a[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(place: [usize; 2], part: &str, head: Option<usize>, relation: &str) -> Word {
        Word {
            form: String::new(),
            lemma: String::new(),
            part: part.to_owned(),
            tag: String::new(),
            head,
            relation: relation.to_owned(),
            place: Some(place),
            misc: String::new(),
        }
    }

    #[test]
    fn words_at_the_same_place_are_compared() {
        let gold = [
            word([0, 4], "PROPN", Some(1), "nsubj"),
            word([5, 9], "VERB", None, "root"),
            word([10, 14], "NOUN", Some(1), "obj"),
            word([14, 15], "PUNCT", Some(1), "punct"),
        ];
        let tally = |ours: &[Word]| {
            let mut tally = Tally::default();
            tally.add(&gold, ours);
            (tally.words, tally.aligned, tally.heads, tally.heads_and_relations)
        };
        assert_eq!(tally(&gold), (3, 3, 3, 3));
        assert_eq!(tally(&[]), (3, 0, 0, 0));
        let mut other = gold.clone();
        other[2].relation = "obl".into();
        assert_eq!(tally(&other), (3, 3, 3, 2));
        other[0].head = None;
        assert_eq!(tally(&other), (3, 3, 2, 1));
        other[2].place = Some([10, 15]);
        assert_eq!(tally(&other), (3, 2, 1, 1));
    }

    #[test]
    fn sentences_of_a_document_are_one_list_of_words() {
        let tree = |document: &str| Tree {
            document: document.to_owned(),
            text: String::new(),
            words: vec![word([0, 1], "X", None, "root"), word([1, 2], "X", Some(0), "dep")],
            ..Tree::default()
        };
        let documents = whole_documents(vec![tree("a"), tree("b"), tree("a")]);
        let heads: Vec<_> = documents["a"].iter().map(|w| w.head).collect();
        assert_eq!(heads, [None, Some(0), None, Some(2)]);
        assert_eq!(documents["b"].len(), 2);
    }
}
