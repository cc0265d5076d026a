//! Wording that two texts share, for showing it.

use crate::shingles::{WORDS, word_hash};
use rustc_hash::FxHashMap;
use variorum_model::{BlockKind, Report, Span};

/// Words that stand in both of two reports, in one order, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// Where in the first report.
    pub a: Span,
    /// Where in the second.
    pub b: Span,
    /// How many words.
    pub words: usize,
}

/// Passages of five words or more that stand in the running text of both, the longest first. No word of `a`
/// stands in two.
pub(crate) fn shared(a: &Report, b: &Report) -> Vec<Passage> {
    let (a, b) = (words(a), words(b));
    let mut places: FxHashMap<Vec<u64>, usize> = FxHashMap::default();
    for (at, run) in b.windows(WORDS).enumerate() {
        places.entry(hashes(run)).or_insert(at);
    }
    let mut found = Vec::new();
    let mut from = 0;
    while from + WORDS <= a.len() {
        let Some(&at) = places.get(&hashes(&a[from..from + WORDS])) else {
            from += 1;
            continue;
        };
        let same = a[from..].iter().zip(&b[at..]).take_while(|(x, y)| x.0 == y.0).count();
        let span = |words: &[(u64, Span)]| words[0].1.join(words[words.len() - 1].1);
        let (x, y) = (span(&a[from..from + same]), span(&b[at..at + same]));
        found.push(Passage { a: x, b: y, words: same });
        from += same;
    }
    found.sort_by_key(|p| (std::cmp::Reverse(p.words), p.a));
    found
}

fn hashes(words: &[(u64, Span)]) -> Vec<u64> {
    words.iter().map(|w| w.0).collect()
}

/// Words of the running text by hash, with where they stand.
fn words(report: &Report) -> Vec<(u64, Span)> {
    let mut found = Vec::new();
    for block in report.body.iter().filter(|b| b.kind == BlockKind::Paragraph) {
        let text = block.span.of(&report.text);
        let mut at = block.span.from();
        for piece in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
            if !word.is_empty() {
                found.push((word_hash(word), Span::new(at, at + word.len())));
            }
            at += piece.len();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_first() {
        let a = Report::of_lines(
            "a",
            "The pilots of Aktau struck on Monday over their pensions, and the port captain asked for help today.",
        );
        let b = Report::of_lines(
            "b",
            "Rain. The port captain asked for help. The pilots of Aktau struck on Monday over their pay.",
        );
        let told: Vec<(&str, &str)> =
            shared(&a, &b).iter().map(|p| (p.a.of(&a.text), p.b.of(&b.text))).collect();
        let pilots = "The pilots of Aktau struck on Monday over their";
        let captain = ("the port captain asked for help", "The port captain asked for help");
        assert_eq!(told, [(pilots, pilots), captain]);
    }
}
