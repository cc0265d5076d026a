//! Sentence boundaries: hard positions of US news decided one by one, and the paragraphs of a
//! treebank's news documents.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::bench::Bench;
use super::figure::Figure;
use super::sets::{Measured, Set};
use crate::process::Usage;

/// The decided positions; its head says how they were chosen and marked.
const BOUNDS: &str = include_str!("../../../quality/sentence_bounds.tsv");

/// Unpacks files and prints them one after the other.
const UNPACK: &str =
    "import gzip,sys; [sys.stdout.buffer.write(gzip.open(p).read()) for p in sys.argv[1:]]";

/// Documents of the treebank that are news have names that begin so.
const NEWS: &str = "GUM_news_";

/// F1 over the decided positions: whether the annotations break where a sentence ends, and nowhere
/// else among them.
pub(crate) fn polnear_bounds(bench: &Bench, set: &Set) -> Result<Measured> {
    let gold = set.gold_in(&bench.shared);
    let bounds = bounds(BOUNDS)?;
    let mut texts = BTreeMap::new();
    for bound in &bounds {
        if !texts.contains_key(bound.document) {
            let path = gold.join(format!("{}.txt", bound.document));
            let text = fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            texts.insert(bound.document, text);
        }
    }
    let rows: Vec<(String, String)> =
        texts.iter().map(|(id, text)| ((*id).to_owned(), text.clone())).collect();
    let (found, usage) = annotate(bench, set, &rows)?;
    let mut tally = Tally::default();
    let mut right = 0;
    for bound in &bounds {
        let text = &texts[bound.document];
        let breaks =
            found.get(bound.document).is_some_and(|sentences| breaks_at(text, sentences, bound.at));
        tally.add(bound.ends, breaks);
        right += u64::from(bound.ends == breaks);
    }
    let figures =
        vec![Figure::rate("f1", tally.f1()), Figure::share("right", right, bounds.len() as u64)];
    Ok((figures, usage))
}

/// F1 of sentence ends over the news paragraphs of GUM: of all, and of those within a paragraph,
/// which alone can be missed.
pub(crate) fn gum_news(bench: &Bench, set: &Set) -> Result<Measured> {
    let folder = set.gold_in(&bench.shared);
    let mut args = vec!["-c".into(), UNPACK.into()];
    for part in ["train", "dev", "test"] {
        args.push(folder.join(format!("gum-{part}.conllu.gz")).into_os_string());
    }
    let args: Vec<&std::ffi::OsStr> = args.iter().map(std::ffi::OsString::as_os_str).collect();
    let treebank = String::from_utf8(bench.python(&args)?).context("the treebank is not UTF-8")?;
    let paragraphs = news_paragraphs(&treebank);
    ensure!(!paragraphs.is_empty(), "no paragraph of a document {NEWS}* in the treebank");
    let rows: Vec<(String, String)> = paragraphs
        .iter()
        .enumerate()
        .map(|(number, paragraph)| (number.to_string(), paragraph.text.clone()))
        .collect();
    let (found, usage) = annotate(bench, set, &rows)?;
    let mut inner = Tally::default();
    for ((id, _), paragraph) in rows.iter().zip(&paragraphs) {
        let starts: BTreeSet<usize> = found
            .get(id)
            .into_iter()
            .flatten()
            .map(|&(start, _)| start)
            .filter(|&s| s > 0)
            .collect();
        for start in starts.union(&paragraph.starts) {
            inner.add(paragraph.starts.contains(start), starts.contains(start));
        }
    }
    let mut all = inner;
    all.found += paragraphs.len() as u64;
    Ok((vec![Figure::rate("f1", all.f1()), Figure::rate("inner_f1", inner.f1())], usage))
}

/// Ends found, missed, and found where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Tally {
    found: u64,
    missed: u64,
    false_ends: u64,
}

impl Tally {
    fn add(&mut self, gold: bool, found: bool) {
        self.found += u64::from(gold && found);
        self.missed += u64::from(gold && !found);
        self.false_ends += u64::from(!gold && found);
    }

    /// Of nothing it is 0.
    fn f1(&self) -> f64 {
        let both = 2 * self.found + self.missed + self.false_ends;
        if both == 0 { 0.0 } else { (2 * self.found) as f64 / both as f64 }
    }
}

/// One decided position.
#[derive(Debug, PartialEq)]
struct Bound<'a> {
    document: &'a str,
    /// Code points before it.
    at: usize,
    ends: bool,
}

fn bounds(table: &str) -> Result<Vec<Bound<'_>>> {
    let lines = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let [document, at, _, ends @ ("yes" | "no")] = cells[..] else {
                anyhow::bail!("{line:?} is no document, offset, class, yes or no");
            };
            let at = at.parse().with_context(|| format!("{at:?} is no offset"))?;
            Ok(Bound { document, at, ends: ends == "yes" })
        })
        .collect()
}

/// Sentences by document, in code points.
type Sentences = BTreeMap<String, Vec<(usize, usize)>>;

/// Annotates texts, each with its id.
fn annotate(bench: &Bench, set: &Set, texts: &[(String, String)]) -> Result<(Sentences, Usage)> {
    let rows: Vec<Value> = texts.iter().map(|(id, text)| json!({"id": id, "text": text})).collect();
    let (reports, usage) = bench.annotated(set, &rows)?;
    let mut found = Sentences::new();
    for (report, (id, text)) in reports.iter().zip(texts) {
        ensure!(report["id"] == **id, "reports do not come in the order of the rows");
        ensure!(report["text"] == **text, "{id}: its text was changed");
        found.insert(id.clone(), spans(report));
    }
    Ok((found, usage))
}

fn spans(report: &Value) -> Vec<(usize, usize)> {
    let sentences = report["annotations"]["sentences"].as_array().map_or(&[][..], Vec::as_slice);
    let number = |value: &Value| value.as_u64().and_then(|n| usize::try_from(n).ok());
    sentences.iter().filter_map(|s| Some((number(&s[0])?, number(&s[1])?))).collect()
}

/// Whether a sentence ends at `at` or one begins there, white space left out.
fn breaks_at(text: &str, sentences: &[(usize, usize)], at: usize) -> bool {
    let next = at + text.chars().skip(at).take_while(|c| c.is_whitespace()).count();
    sentences.iter().any(|&(start, end)| end == at || start == next)
}

/// A paragraph of the treebank.
#[derive(Debug, Default, PartialEq)]
struct Paragraph {
    text: String,
    /// Code points at which its sentences begin, but for the first.
    starts: BTreeSet<usize>,
}

/// The paragraphs of the news documents of a treebank in CoNLL-U with `# newpar`.
fn news_paragraphs(treebank: &str) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let (mut news, mut begins, mut spaced) = (false, true, true);
    for line in treebank.lines() {
        if let Some(document) = line.strip_prefix("# newdoc id = ") {
            (news, begins) = (document.starts_with(NEWS), true);
        } else if line == "# newpar" || line.starts_with("# newpar id") {
            begins = true;
        } else if let Some(text) = line.strip_prefix("# text = ").filter(|_| news) {
            if std::mem::take(&mut begins) {
                paragraphs.push(Paragraph { text: text.into(), starts: BTreeSet::new() });
            } else if let Some(paragraph) = paragraphs.last_mut() {
                paragraph.text += if spaced { " " } else { "" };
                paragraph.starts.insert(paragraph.text.chars().count());
                paragraph.text += text;
            }
        } else if line.starts_with(|c: char| c.is_ascii_digit()) {
            spaced = !line.contains("SpaceAfter=No");
        }
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decided_positions_can_be_read() {
        let bounds = bounds(BOUNDS).unwrap();
        assert_eq!(bounds.len(), 400);
        let yes = bounds.iter().filter(|bound| bound.ends).count();
        assert!((180..=220).contains(&yes), "{yes}");
    }

    #[test]
    fn a_line_of_another_shape_is_refused() {
        for (table, good) in [
            ("# head\na\t3\tquote\tyes\n", true),
            ("a\t3\tquote\n", false),
            ("a\t3\tquote\tperhaps\n", false),
            ("a\tthree\tquote\tno\n", false),
        ] {
            assert_eq!(bounds(table).is_ok(), good, "{table:?}");
        }
    }

    #[test]
    fn a_break_lies_before_or_after_the_white_space() {
        let text = "Él vino. Se fue.";
        for (sentences, breaks) in [
            (&[(0, 8), (9, 16)][..], true),
            (&[(0, 9), (9, 16)], true),
            (&[(0, 7), (8, 16)], false),
            (&[(0, 16)], false),
        ] {
            assert_eq!(breaks_at(text, sentences, 8), breaks, "{sentences:?}");
        }
    }

    #[test]
    fn paragraphs_are_joined_from_the_sentences_of_news() {
        let treebank = "# newdoc id = GUM_news_a\n# newpar\n# newpar_block = p (2 s)\n\
            # text = Él vino.\n1\tÉl\n2\tvino\n3\t.\t_\n\n# text = (Ya.\n1\t(\tSpaceAfter=No\n\
            \n# text = )\n1\t)\n\n# newpar\n# text = No.\n1\tNo\n\n# newdoc id = GUM_bio_b\n\
            # newpar\n# text = Left.\n1\tLeft\n";
        let paragraph = |text: &str, starts: &[usize]| Paragraph {
            text: text.into(),
            starts: starts.iter().copied().collect(),
        };
        assert_eq!(
            news_paragraphs(treebank),
            [paragraph("Él vino. (Ya.)", &[9, 13]), paragraph("No.", &[])]
        );
    }

    #[test]
    fn the_score_counts_what_is_missed_and_what_is_false() {
        let mut tally = Tally::default();
        assert!(tally.f1().abs() < f64::EPSILON);
        for (gold, found) in [(true, true), (true, false), (false, true), (false, false)] {
            tally.add(gold, found);
        }
        assert!((tally.f1() - 0.5).abs() < f64::EPSILON);
    }
}
