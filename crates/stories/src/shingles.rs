//! Word sequences of a report, hashed.

use variorum_model::{BlockKind, Report, Span};

/// Words in a sequence.
pub(crate) const WORDS: usize = 5;

/// The word sequences of one report.
#[derive(Debug, Clone, Default)]
pub(crate) struct Print {
    /// Hashes of all sequences, sorted, each once.
    pub(crate) hashes: Vec<u64>,
    /// For each paragraph: where it stands and the hashes of its sequences, sorted.
    pub(crate) paragraphs: Vec<(Span, Vec<u64>)>,
}

/// Hashes of all word sequences of a report's running text, sorted, each once.
pub(crate) fn runs(report: &Report) -> Vec<u32> {
    let paragraphs = report.body.iter().filter(|b| b.kind == BlockKind::Paragraph);
    let mut runs: Vec<u32> = paragraphs
        .flat_map(|b| sequence_hashes(b.span.of(&report.text)))
        .map(|hash| (hash >> 32) as u32)
        .collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// The print of a report's running text. Captions and headings are left out: they are the parts
/// that an outlet adds to a copy.
pub(crate) fn print(report: &Report) -> Print {
    let mut print = Print::default();
    for block in report.body.iter().filter(|b| b.kind == BlockKind::Paragraph) {
        let mut hashes = sequence_hashes(block.span.of(&report.text));
        hashes.sort_unstable();
        hashes.dedup();
        print.hashes.extend_from_slice(&hashes);
        print.paragraphs.push((block.span, hashes));
    }
    print.hashes.sort_unstable();
    print.hashes.dedup();
    print
}

/// Hashes of all runs of [`WORDS`] words; a shorter text is one run.
fn sequence_hashes(text: &str) -> Vec<u64> {
    let words: Vec<u64> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(word_hash)
        .collect();
    if words.is_empty() {
        return Vec::new();
    }
    if words.len() < WORDS {
        return vec![join(&words)];
    }
    words.windows(WORDS).map(join).collect()
}

/// FNV-1a over the lower-cased word: stable from run to run and machine to machine.
pub(crate) fn word_hash(word: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for c in word.chars().flat_map(char::to_lowercase) {
        for byte in (c as u32).to_le_bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

fn join(words: &[u64]) -> u64 {
    words
        .iter()
        .fold(0x9e37_79b9_7f4a_7c15, |h, w| (h ^ w).wrapping_mul(0x0100_0000_01b3).rotate_left(23))
}

/// Number of hashes that two sorted lists share.
pub(crate) fn shared<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                n += 1;
                i += 1;
                j += 1;
            }
        }
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences() {
        for (text, want) in
            [("", 0), ("one two", 1), ("one two three four five", 1), ("a b c d e f", 2)]
        {
            assert_eq!(sequence_hashes(text).len(), want, "{text:?}");
        }
        // Case and punctuation do not matter; order does.
        assert_eq!(
            sequence_hashes("The two men met, on Monday."),
            sequence_hashes("the two men met on MONDAY")
        );
        assert_ne!(sequence_hashes("a b c d e"), sequence_hashes("b a c d e"));
    }
}
