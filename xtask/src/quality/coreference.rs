//! Which mentions of one report mean the same, beside the chains of a gold treebank.
//!
//! Documents: GUM's news, biographies, travel guides and interviews, each one row for
//! `variorum annotate`. Gold: entities that are a person, organization or place and are named at least
//! once; of them the mentions that are names, third-person pronouns or descriptions with "the"; chains
//! of two or more. Ours: names by `entity`, with the references that stand for one name; relative
//! pronouns, which GUM does not mark, are left out, and so are names of what the gold leaves out.
//! One of our mentions is a gold mention's when it holds its head. Figures: MUC, B-cubed, CEAF-e and
//! their mean, and the same mean of a baseline that is given the gold mentions and joins those with
//! the same head word.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::bench::{Bench, write_lines};
use super::chain_scores::{Chain, Scores};
use super::conllu::{Tree, parse};
use super::entity_marks::{Form, GoldMention, mentions};
use super::figure::Figure;
use super::sets::{Measured, Set};

/// How the names of the documents begin that are read.
const GENRES: &[&str] = &["GUM_news_", "GUM_bio_", "GUM_voyage_", "GUM_interview_"];

/// Kinds of entity that are read.
const KINDS: &[&str] = &["person", "organization", "place"];

/// Python that writes what is in a gzip file.
const UNPACK: &str =
    "import gzip, shutil, sys; shutil.copyfileobj(gzip.open(sys.argv[1]), sys.stdout.buffer)";

/// Reads the documents and compares chains with chains; both are left in `chains.jsonl`.
pub(crate) fn measure(bench: &Bench, set: &Set) -> Result<Measured> {
    let path = set.gold_in(&bench.shared);
    let unpacked = bench.python(&["-c".as_ref(), UNPACK.as_ref(), path.as_os_str()])?;
    let trees = parse(&String::from_utf8(unpacked).context("the gold is not UTF-8")?)?;
    let documents = documents(trees);
    ensure!(!documents.is_empty(), "no document of the genres read");
    let rows: Vec<Value> =
        documents.iter().map(|(id, d)| json!({"id": id, "text": d.text})).collect();
    let (reports, usage) = bench.annotated(set, &rows)?;
    let (mut ours, mut same_head, mut told) = (Scores::default(), Scores::default(), Vec::new());
    for (report, (id, document)) in reports.iter().zip(&documents) {
        ensure!(report["id"] == **id, "reports do not come in the order of the rows");
        ensure!(report["text"] == *document.text, "{id}: its text was changed");
        let gold = document.gold();
        let found = document.found(&report["annotations"]);
        ours.add(&gold, &found);
        same_head.add(&gold, &document.same_head());
        told.push(json!({"id": id, "mentions": document.told(), "gold": gold, "ours": found}));
    }
    write_lines(&bench.folder(set.task, set.name)?.join("chains.jsonl"), &told)?;
    let figures = vec![
        Figure::rate("conll", ours.conll()),
        Figure::rate("muc", ours.muc.f1()),
        Figure::rate("muc_precision", ours.muc.precision.value()),
        Figure::rate("muc_recall", ours.muc.recall.value()),
        Figure::rate("b_cubed", ours.b_cubed.f1()),
        Figure::rate("b_cubed_precision", ours.b_cubed.precision.value()),
        Figure::rate("b_cubed_recall", ours.b_cubed.recall.value()),
        Figure::rate("ceaf_e", ours.ceaf_e.f1()),
        Figure::told("same_head", same_head.conll(), super::figure::Unit::Rate),
        Figure::told("same_head_muc", same_head.muc.f1(), super::figure::Unit::Rate),
        Figure::told("same_head_b_cubed", same_head.b_cubed.f1(), super::figure::Unit::Rate),
        Figure::told("same_head_ceaf_e", same_head.ceaf_e.f1(), super::figure::Unit::Rate),
    ];
    Ok((figures, usage))
}

/// A document of the treebank.
#[derive(Debug, Default)]
struct Document {
    text: String,
    /// Code points of `text`.
    length: usize,
    mentions: Vec<GoldMention>,
}

/// The documents of the genres read, by name. A paragraph is a line of its own.
fn documents(trees: Vec<Tree>) -> BTreeMap<String, Document> {
    let mut documents: BTreeMap<String, Document> = BTreeMap::new();
    for tree in trees {
        if !GENRES.iter().any(|genre| tree.document.starts_with(genre)) {
            continue;
        }
        let document = documents.entry(tree.document.clone()).or_default();
        let gap = match (document.text.is_empty(), tree.opens_paragraph) {
            (true, _) => "",
            (false, true) => "\n\n",
            (false, false) => " ",
        };
        document.text += gap;
        document.length += gap.len();
        document.mentions.extend(mentions(&tree, document.length));
        document.text += &tree.text;
        document.length += tree.text.chars().count();
    }
    documents
}

impl Document {
    /// Entities that are read: of a kind that is, and named.
    fn entities(&self) -> BTreeSet<&str> {
        let named = |m: &&GoldMention| m.form == Form::Name && KINDS.contains(&m.kind.as_str());
        self.mentions.iter().filter(named).map(|m| m.entity.as_str()).collect()
    }

    /// The gold mentions, for a look at what was wrong: extent, head, entity, form, kind.
    fn told(&self) -> Vec<Value> {
        let row = |m: &GoldMention| {
            let [from, to] = m.heads.first().copied().unwrap_or(m.span);
            let form = format!("{:?}", m.form);
            json!([m.span[0], m.span[1], m.head, m.entity, form, m.kind, from, to])
        };
        self.mentions.iter().map(row).collect()
    }

    /// The gold chains, mentions by index.
    fn gold(&self) -> Vec<Chain> {
        let entities = self.entities();
        let mut chains: BTreeMap<&str, Chain> = BTreeMap::new();
        for (i, m) in self.mentions.iter().enumerate() {
            if m.form != Form::Other && entities.contains(m.entity.as_str()) {
                chains.entry(&m.entity).or_default().push(i);
            }
        }
        chains.into_values().filter(|chain| chain.len() > 1).collect()
    }

    /// Gold mentions of the forms and kinds read, one chain for each head word.
    fn same_head(&self) -> Vec<Chain> {
        let mut chains: BTreeMap<&str, Chain> = BTreeMap::new();
        for (i, m) in self.mentions.iter().enumerate() {
            if m.form != Form::Other && KINDS.contains(&m.kind.as_str()) {
                chains.entry(&m.head).or_default().push(i);
            }
        }
        chains.into_values().filter(|chain| chain.len() > 1).collect()
    }

    /// Our chains; a mention that is no gold mention has a number past those of the gold.
    fn found(&self, annotations: &Value) -> Vec<Chain> {
        let entities = self.entities();
        let mut numbers =
            Numbers { document: self, taken: HashSet::new(), next: self.mentions.len() };
        let mut chains: BTreeMap<u64, Chain> = BTreeMap::new();
        let mut entity_at: HashMap<[usize; 2], u64> = HashMap::new();
        for row in rows(annotations, "mentions") {
            let (Some(span), Some(entity)) = (spanned(row), row["entity"].as_u64()) else {
                continue;
            };
            entity_at.insert(span, entity);
            let (number, gold) = numbers.of(span, true);
            if gold.is_none_or(|m| m.form != Form::Other && entities.contains(m.entity.as_str())) {
                chains.entry(entity).or_default().push(number);
            }
        }
        for row in rows(annotations, "coreferences").filter(|r| r["rule"] != "relative") {
            let [one] = row["refers_to"].as_array().map_or(&[][..], Vec::as_slice) else {
                continue;
            };
            let (Some(span), Some(entity)) =
                (spanned(row), pair(one).and_then(|at| entity_at.get(&at)))
            else {
                continue;
            };
            chains.entry(*entity).or_default().push(numbers.of(span, false).0);
        }
        chains.into_values().filter(|chain| chain.len() > 1).collect()
    }
}

/// Gives our mentions the numbers of the gold mentions that they are.
struct Numbers<'d> {
    document: &'d Document,
    /// Gold mentions that have one of ours.
    taken: HashSet<usize>,
    next: usize,
}

impl<'d> Numbers<'d> {
    /// The number of our mention at `span`, and the gold mention that it is: the one whose head it
    /// holds and whose extent is nearest to its own. A name may hold any word of the gold name.
    fn of(&mut self, span: [usize; 2], name: bool) -> (usize, Option<&'d GoldMention>) {
        let holds = |place: &[usize; 2]| span[0] <= place[0] && place[1] <= span[1];
        let fits = |m: &GoldMention| match m.form {
            Form::Name if name => m.heads.iter().any(holds),
            _ => m.heads.first().is_some_and(holds),
        };
        let apart = |m: &GoldMention| span[0].abs_diff(m.span[0]) + span[1].abs_diff(m.span[1]);
        let best = self
            .document
            .mentions
            .iter()
            .enumerate()
            .filter(|(i, m)| fits(m) && !self.taken.contains(i))
            .min_by_key(|(i, m)| (apart(m), *i));
        match best {
            Some((i, m)) => {
                self.taken.insert(i);
                (i, Some(m))
            }
            None => {
                self.next += 1;
                (self.next - 1, None)
            }
        }
    }
}

fn rows<'v>(annotations: &'v Value, list: &str) -> impl Iterator<Item = &'v Value> {
    annotations[list].as_array().into_iter().flatten()
}

fn spanned(row: &Value) -> Option<[usize; 2]> {
    Some([row["start"].as_u64()? as usize, row["end"].as_u64()? as usize])
}

fn pair(value: &Value) -> Option<[usize; 2]> {
    Some([value[0].as_u64()? as usize, value[1].as_u64()? as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ana Orlo of Oslo came. She left the city. Orlo's dog stayed; it slept.
    fn document() -> Document {
        let mention =
            |entity: &str, kind: &str, form, head: &str, span: [usize; 2], at| GoldMention {
                entity: entity.to_owned(),
                kind: kind.to_owned(),
                form,
                head: head.to_owned(),
                span,
                heads: vec![at],
            };
        let mentions = vec![
            mention("2", "place", Form::Name, "oslo", [12, 16], [12, 16]),
            mention("1", "person", Form::Name, "ana", [0, 16], [0, 3]),
            mention("1", "person", Form::Pronoun, "she", [23, 26], [23, 26]),
            mention("2", "place", Form::Description, "city", [32, 40], [36, 40]),
            mention("1", "person", Form::Name, "orlo", [42, 46], [42, 46]),
            mention("3", "animal", Form::Other, "dog", [42, 52], [49, 52]),
            mention("3", "animal", Form::Pronoun, "it", [61, 63], [61, 63]),
        ];
        Document { text: String::new(), length: 0, mentions }
    }

    #[test]
    fn gold_chains_are_of_what_is_named_and_read() {
        assert_eq!(document().gold(), [vec![1, 2, 4], vec![0, 3]]);
    }

    #[test]
    fn the_baseline_joins_equal_heads() {
        let mut document = document();
        assert!(document.same_head().is_empty());
        document.mentions[1].head = "orlo".into();
        assert_eq!(document.same_head(), [vec![1, 4]]);
    }

    #[test]
    fn ours_are_names_with_what_refers_to_one_of_them() {
        let name = |start: u64, end: u64, entity: u64| json!({"start": start, "end": end, "entity": entity});
        let refers = |start: u64, end: u64, rule: &str, to: Value| json!({"start": start, "end": end, "rule": rule, "refers_to": to});
        let annotations = json!({
            "mentions": [name(0, 8, 0), name(12, 16, 1), name(42, 46, 0), name(49, 52, 2), name(70, 74, 2)],
            "coreferences": [
                refers(23, 26, "pronoun", json!([[0, 8]])),
                refers(27, 30, "relative", json!([[0, 8]])),
                refers(32, 40, "place", json!([[12, 16]])),
                refers(61, 63, "pronoun", json!([[12, 16]])),
                refers(64, 66, "pair", json!([[0, 8], [12, 16]])),
            ],
        });
        // 6 is the gold's "it", which is not Oslo; the dog is a gold mention that is not read, and the name
        // at 70 alone makes no chain
        assert_eq!(document().found(&annotations), [vec![1, 4, 2], vec![0, 3, 6]]);
    }
}
