//! Keys under which names that may be one can be found without comparing all pairs.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::parse::{Parts, Role, Token};

fn hash(parts: &[&[u8]]) -> u64 {
    let mut h = FxHasher::default();
    parts.hash(&mut h);
    h.finish()
}

/// The skeleton of a word, or its sounds where it has hardly any bones.
fn stem(t: &Token) -> &[u8] {
    if t.bones.len() >= 2 { &t.bones } else { &t.sounds }
}

/// The stems of all words, one after another, as letters and digits.
pub(super) fn word_key(p: &Parts) -> String {
    p.tokens.iter().flat_map(stem).map(|&b| format!("{b:02x}")).collect()
}

/// The keys of a name, sorted, without repeats.
///
/// Two names are worth comparing when they share a key: the skeleton of a telling word, of two frequent words together,
/// of all words written as one, a group of given names with the first letter of another word, or an acronym.
pub(super) fn keys(p: &Parts) -> Vec<u64> {
    if p.tokens.is_empty() {
        return Vec::new();
    }
    let words: Vec<&Token> =
        p.tokens.iter().filter(|t| !matches!(t.role, Role::Initial | Role::Kunya)).collect();
    let mut keys = Vec::new();
    for (i, t) in words.iter().enumerate() {
        keys.push(hash(&[b"word", stem(t)]));
        // A wrong, lost or added consonant: every skeleton with one bone left out.
        if t.weight > 0.6 && (3..=10).contains(&t.bones.len()) {
            for cut in 0..t.bones.len() {
                keys.push(hash(&[b"cut", &t.bones[..cut], &t.bones[cut + 1..]]));
            }
        }
        if let Some(next) = words.get(i + 1) {
            keys.push(hash(&[b"word", &super::parse::Token::joined(t, next).bones]));
        }
    }
    let mut all: Vec<u8> = Vec::new();
    for t in &p.tokens {
        for &b in stem(t) {
            if all.last() != Some(&b) {
                all.push(b);
            }
        }
    }
    keys.push(hash(&[b"word", &all]));
    if let Some(a) = &p.acronym {
        keys.push(hash(&[b"acronym", a.as_bytes()]));
    }
    if p.tokens.len() > 1 {
        keys.push(hash(&[b"acronym", p.initials.as_bytes()]));
        keys.push(hash(&[b"acronym", p.content_initials.as_bytes()]));
        keys.push(hash(&[b"acronym", p.core_initials.as_bytes()]));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys of every two words, whatever their order, sorted, without repeats.
pub(super) fn pairs(p: &Parts) -> Vec<u64> {
    let words: Vec<&Token> =
        p.tokens.iter().filter(|t| !matches!(t.role, Role::Initial | Role::Kunya)).collect();
    let mut keys = Vec::new();
    for (i, a) in words.iter().enumerate() {
        for b in &words[i + 1..] {
            let (a, b) = (stem(a), stem(b));
            keys.push(hash(&[b"pair", a.min(b), a.max(b)]));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}
