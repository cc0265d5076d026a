//! Weighted edit distance between two words, over sounds.

use std::sync::OnceLock;

use super::sounds;

/// Longest word compared, in sounds.
const MAX_SOUNDS: usize = 32;
const GAP: u8 = b'-';
/// Reading one vowel as another, where the table names no cost.
const OTHER_VOWEL: f32 = 0.3;

fn costs() -> &'static [[f32; 128]; 128] {
    static TABLE: OnceLock<Box<[[f32; 128]; 128]>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Box::new([[1.0_f32; 128]; 128]);
        for a in 0..128_u8 {
            for b in 0..128_u8 {
                if a == b {
                    table[usize::from(a)][usize::from(b)] = 0.0;
                } else if sounds::is_vowel(a) && sounds::is_vowel(b) {
                    table[usize::from(a)][usize::from(b)] = OTHER_VOWEL;
                }
            }
        }
        for row in super::tables::rows(include_str!("../../../../data/names_sound_costs.tsv")) {
            let (a, b) = (row[0].as_bytes()[0] & 127, row[1].as_bytes()[0] & 127);
            let cost = row.get(2).and_then(|c| c.parse().ok()).unwrap_or(1.0);
            let firsts: Vec<u8> = if a == b'V' { b"aeiouAO".to_vec() } else { vec![a] };
            for a in firsts {
                table[usize::from(a)][usize::from(b)] = cost;
                table[usize::from(b)][usize::from(a)] = cost;
            }
        }
        table
    })
}

/// Distance between two sound sequences: the cheapest sum of edits, and the weight of the longer word.
///
/// `free_vowels` makes vowels that only one side writes cost next to nothing (Arabic and Hebrew script).
pub(super) fn distance(a: &[u8], b: &[u8], free_vowels: bool) -> f32 {
    let (a, b) = (&a[..a.len().min(MAX_SOUNDS)], &b[..b.len().min(MAX_SOUNDS)]);
    let costs = costs();
    let gap = |s: u8| {
        if free_vowels && (sounds::is_vowel(s) || s == b'y' || s == b'w') {
            0.04
        } else {
            costs[usize::from(s & 127)][usize::from(GAP)]
        }
    };
    let mut row = [0.0_f32; MAX_SOUNDS + 1];
    let mut above = [0.0_f32; MAX_SOUNDS + 1];
    for (j, &s) in b.iter().enumerate() {
        row[j + 1] = row[j] + gap(s) * if j == 0 { 1.3 } else { 1.0 };
    }
    for (i, &s) in a.iter().enumerate() {
        let before = std::mem::replace(&mut above, row);
        let edge = if i == 0 { 1.3 } else { 1.0 };
        row[0] = above[0] + gap(s) * edge;
        for (j, &t) in b.iter().enumerate() {
            let first = if i == 0 && j == 0 { 1.3 } else { 1.0 };
            let mut best = above[j] + costs[usize::from(s & 127)][usize::from(t & 127)] * first;
            best = best.min(above[j + 1] + gap(s)).min(row[j] + gap(t));
            if i > 0 && j > 0 && s == b[j - 1] && a[i - 1] == t && s != t {
                best = best.min(before[j - 1] + 0.55);
            }
            row[j + 1] = best;
        }
    }
    row[b.len()]
}

/// Likeness of two words in [0, 1]; 1 for equal sounds.
pub(super) fn likeness(a: &[u8], b: &[u8], free_vowels: bool) -> f32 {
    if a == b {
        return 1.0;
    }
    let weight =
        |s: &[u8]| s.iter().map(|&s| if sounds::is_vowel(s) { 0.5 } else { 1.0 }).sum::<f32>();
    let longer = weight(a).max(weight(b)).max(1.0);
    (1.0 - distance(a, b, free_vowels) / longer).clamp(0.0, 1.0)
}
