//! How much of a text stands in another, by runs of characters.
//!
//! Runs of characters, white space left out, need no word boundaries, so they serve every script,
//! and they do not mind where either side breaks its lines.

use rustc_hash::FxHashSet;

/// Characters in a run.
const RUN: usize = 12;
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// The runs of a text.
#[derive(Debug, Default)]
pub(super) struct Runs {
    runs: FxHashSet<u64>,
    letters: usize,
}

impl Runs {
    /// The runs of `texts`, read as one text.
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Runs {
        let all: Vec<u64> = texts.flat_map(letters).collect();
        let mut runs = FxHashSet::default();
        run_hashes(&all, |_, hash| {
            runs.insert(hash);
        });
        Runs { runs, letters: all.len() }
    }

    /// Number of letters and digits.
    pub(super) fn letters(&self) -> usize {
        self.letters
    }

    /// For each of `texts`, read as one text: the share of its letters and digits that stand in a
    /// run that is here. A text without letters has the share of what surrounds it.
    pub(super) fn cover<'t>(&self, texts: impl Iterator<Item = &'t str>) -> Vec<f32> {
        let mut all = Vec::new();
        let ends: Vec<usize> = texts
            .map(|text| {
                all.extend(letters(text));
                all.len()
            })
            .collect();
        let mut covered = vec![false; all.len()];
        let mut done = 0;
        run_hashes(&all, |at, hash| {
            if self.runs.contains(&hash) {
                covered[at.max(done)..at + RUN].fill(true);
                done = at + RUN;
            }
        });
        let mut start = 0;
        ends.into_iter()
            .map(|end| {
                let found = covered[start..end].iter().filter(|c| **c).count();
                let here = start;
                start = end;
                if end > here {
                    found as f32 / (end - here) as f32
                } else {
                    let near = |i: usize| covered.get(i).is_some_and(|c| *c);
                    if near(end) && near(end.wrapping_sub(1)) { 1.0 } else { 0.0 }
                }
            })
            .collect()
    }
}

fn letters(text: &str) -> Vec<u64> {
    let mut out = Vec::with_capacity(text.len());
    each_letter(text, |c| out.push(u64::from(c)));
    out
}

/// Calls `each` with the letters and digits of `text` in lower case. Most are told without the tables of all
/// scripts.
fn each_letter(text: &str, mut each: impl FnMut(char)) {
    for c in text.chars() {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                each(c.to_ascii_lowercase());
            }
        } else if c.is_alphanumeric() {
            c.to_lowercase().for_each(&mut each);
        }
    }
}

fn run_hashes(letters: &[u64], mut each: impl FnMut(usize, u64)) {
    if letters.len() < RUN {
        return;
    }
    let top = (1..RUN).fold(1u64, |p, _| p.wrapping_mul(BASE));
    let mut hash = letters[..RUN].iter().fold(0u64, |h, &c| h.wrapping_mul(BASE).wrapping_add(c));
    each(0, hash);
    for i in RUN..letters.len() {
        hash = hash.wrapping_sub(letters[i - RUN].wrapping_mul(top));
        hash = hash.wrapping_mul(BASE).wrapping_add(letters[i]);
        each(i - RUN + 1, hash);
    }
}

/// A hash of the letters and digits of `text`, whatever their case.
pub(super) fn whole_hash(text: &str) -> u64 {
    let mut hash = text.len().min(1) as u64;
    each_letter(text, |c| hash = hash.wrapping_mul(BASE).wrapping_add(u64::from(c)));
    hash
}

/// The letters and digits of `text` in lower case, for comparing titles and leads.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    each_letter(text, |c| out.push(c));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_do_not_matter() {
        let runs =
            Runs::of(["The bridge was closed after\nthe flood,", "the mayor said."].into_iter());
        let texts = ["closed after the flood", "the Mayor", "tickets for the festival are on sale"];
        let shares = runs.cover(texts.into_iter());
        assert_eq!(shares[..2], [1.0, 1.0]);
        assert!(shares[2] < 0.1);
    }
}
