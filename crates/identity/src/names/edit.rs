//! Weighted edit distance between two words, over sounds.

use std::sync::OnceLock;

use super::sounds;

/// Longest word compared, in sounds.
const MAX_SOUNDS: usize = 32;
const GAP: usize = b'-' as usize;
/// Reading one vowel as another, where the table names no cost.
const OTHER_VOWEL: f32 = 0.3;
/// A vowel that a script without vowels does not write.
const UNWRITTEN: f32 = 0.04;

/// What is added to an edit at the first or last sound of a word.
#[derive(Clone, Copy, Default)]
struct Edge {
    vowel_gap: f32,
    vowel_change: f32,
    consonant_gap: f32,
    consonant_change: f32,
}

struct Costs {
    pair: [[f32; 128]; 128],
    exchange: f32,
    start: Edge,
    end: Edge,
}

fn default_pairs() -> [[f32; 128]; 128] {
    let mut pair = [[1.0_f32; 128]; 128];
    for a in 0..128_u8 {
        for b in 0..128_u8 {
            if a == b {
                pair[usize::from(a)][usize::from(b)] = 0.0;
            } else if sounds::is_vowel(a) && sounds::is_vowel(b) {
                pair[usize::from(a)][usize::from(b)] = OTHER_VOWEL;
            }
        }
    }
    pair
}

fn costs() -> &'static Costs {
    static TABLE: OnceLock<Box<Costs>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut costs = Box::new(Costs {
            pair: default_pairs(),
            exchange: 1.0,
            start: Edge::default(),
            end: Edge::default(),
        });
        for row in super::tables::rows(include_str!("../../../../data/names_sound_costs.tsv")) {
            let &[a, b, cost, ref place @ ..] = row.as_slice() else { continue };
            let cost = cost.parse().unwrap_or(1.0);
            let edge = match place {
                ["start"] => &mut costs.start,
                ["end"] => &mut costs.end,
                _ => {
                    if a == "~" {
                        costs.exchange = cost;
                    } else if let (&[a], &[b]) = (a.as_bytes(), b.as_bytes()) {
                        let (a, b) = (usize::from(a & 127), usize::from(b & 127));
                        costs.pair[a][b] = cost;
                        costs.pair[b][a] = cost;
                    }
                    continue;
                }
            };
            match (a, b) {
                ("V", "-") => edge.vowel_gap = cost,
                ("V", "V") => edge.vowel_change = cost,
                ("K", "-") => edge.consonant_gap = cost,
                _ => edge.consonant_change = cost,
            }
        }
        costs
    })
}

impl Edge {
    fn gap(&self, s: u8) -> f32 {
        if sounds::is_vowel(s) { self.vowel_gap } else { self.consonant_gap }
    }

    fn change(&self, s: u8, t: u8) -> f32 {
        if s == t {
            0.0
        } else if sounds::is_vowel(s) && sounds::is_vowel(t) {
            self.vowel_change
        } else {
            self.consonant_change
        }
    }
}

impl Costs {
    /// The cost of each sound of a word that the other word lacks.
    fn gaps(&self, word: &[u8], free_vowels: bool) -> [f32; MAX_SOUNDS] {
        let mut gaps = [0.0; MAX_SOUNDS];
        for (i, (&s, gap)) in word.iter().zip(&mut gaps).enumerate() {
            if free_vowels && (sounds::is_vowel(s) || matches!(s, b'y' | b'w')) {
                *gap = UNWRITTEN;
                continue;
            }
            *gap = self.pair[usize::from(s & 127)][GAP];
            if i == 0 {
                *gap += self.start.gap(s);
            }
            if i + 1 == word.len() {
                *gap += self.end.gap(s);
            }
        }
        gaps
    }
}

/// Distance between two sound sequences: the cheapest sum of edits that turns one into the other; symmetric.
///
/// `free_vowels` makes vowels that only one side writes cost next to nothing (Arabic and Hebrew script).
pub(super) fn distance(a: &[u8], b: &[u8], free_vowels: bool) -> f32 {
    let (a, b) = (&a[..a.len().min(MAX_SOUNDS)], &b[..b.len().min(MAX_SOUNDS)]);
    let costs = costs();
    let (gaps_a, gaps_b) = (costs.gaps(a, free_vowels), costs.gaps(b, free_vowels));
    let mut row = [0.0_f32; MAX_SOUNDS + 1];
    let mut above = [0.0_f32; MAX_SOUNDS + 1];
    for j in 0..b.len() {
        row[j + 1] = row[j] + gaps_b[j];
    }
    for (i, &s) in a.iter().enumerate() {
        let before = std::mem::replace(&mut above, row);
        row[0] = above[0] + gaps_a[i];
        for (j, &t) in b.iter().enumerate() {
            let mut change = costs.pair[usize::from(s & 127)][usize::from(t & 127)];
            if i == 0 || j == 0 {
                change += costs.start.change(s, t);
            }
            if i + 1 == a.len() && j + 1 == b.len() {
                change += costs.end.change(s, t);
            }
            let mut best =
                (above[j] + change).min(above[j + 1] + gaps_a[i]).min(row[j] + gaps_b[j]);
            if i > 0 && j > 0 && s == b[j - 1] && a[i - 1] == t && s != t {
                best = best.min(before[j - 1] + costs.exchange);
            }
            row[j + 1] = best;
        }
    }
    row[b.len()]
}

/// The weight of a word: its consonants and half its vowels, at least 1.
pub(super) fn weight(word: &[u8]) -> f32 {
    word.iter().map(|&s| if sounds::is_vowel(s) { 0.5 } else { 1.0 }).sum::<f32>().max(1.0)
}

/// Likeness of two words in [0, 1] from their distance; 1 for equal sounds.
pub(super) fn likeness(a: &[u8], b: &[u8], free_vowels: bool) -> f32 {
    if a == b {
        return 1.0;
    }
    (1.0 - distance(a, b, free_vowels) / weight(a).max(weight(b))).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(a: &str, b: &str) -> f32 {
        likeness(&sounds::of(a), &sounds::of(b), false)
    }

    #[test]
    fn confusable_sounds_cost_less_than_others() {
        for (a, near, far) in [
            ("qorban", "ghorban", "sorban"),
            ("jalil", "gelil", "halil"),
            ("wardan", "vardan", "mardan"),
            ("tsipras", "tzipras", "kipras"),
            ("burov", "bourof", "buron"),
        ] {
            assert!(between(a, near) > 0.8, "{a} {near} {}", between(a, near));
            assert!(between(a, near) > between(a, far) + 0.1, "{a} {near} {far}");
        }
    }

    #[test]
    fn distance_is_symmetric() {
        for (a, b) in [("omar", "umair"), ("khalid", "walid"), ("a", "bcd"), ("tr", "rt")] {
            assert!((between(a, b) - between(b, a)).abs() < 1e-6);
        }
    }
}
