//! Which words of news go together, so that two tellings of one event in other words are seen to be alike.
//!
//! Each listed word has a place along the strongest directions of a matrix of articles and words (latent
//! semantic indexing, Deerwester et al. 1990; `data/word_topics.tsv`); a report stands where its words do.

use crate::shingles::word_hash;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Directions of the table.
const DIRECTIONS: usize = 64;
/// Length of a report's place.
const LENGTH: f32 = 254.0;

/// Where a report stands among the topics of news: a direction, of the same length for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Topic([i8; DIRECTIONS]);

impl Default for Topic {
    fn default() -> Topic {
        Topic([0; DIRECTIONS])
    }
}

fn places() -> &'static FxHashMap<u32, [i8; DIRECTIONS]> {
    static TABLE: OnceLock<FxHashMap<u32, [i8; DIRECTIONS]>> = OnceLock::new();
    TABLE.get_or_init(|| {
        include_str!("../../../data/word_topics.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'))
            .filter_map(|l| l.split_once('\t'))
            .filter_map(|(word, place)| {
                let bytes = STANDARD.decode(place).ok()?;
                let place: Vec<i8> = bytes.iter().map(|b| i8::from_le_bytes([*b])).collect();
                Some((word_hash(word) as u32, place.try_into().ok()?))
            })
            .collect()
    })
}

impl Topic {
    /// The topic of words, given by hash with what each weighs.
    pub(crate) fn of(words: impl Iterator<Item = (u32, f32)>) -> Topic {
        let mut sum = [0.0_f32; DIRECTIONS];
        for (word, weight) in words {
            if let Some(place) = places().get(&word) {
                sum.iter_mut().zip(place).for_each(|(s, p)| *s += weight * f32::from(*p));
            }
        }
        let length = sum.iter().map(|s| s * s).sum::<f32>().sqrt();
        if length < f32::EPSILON {
            return Topic::default();
        }
        Topic(sum.map(|s| (s / length * LENGTH).round().clamp(-127.0, 127.0) as i8))
    }

    /// How alike two topics are, in [0,1].
    pub(crate) fn likeness(&self, other: &Topic) -> f32 {
        let dot: i32 =
            self.0.iter().zip(&other.0).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
        (dot as f32 / (LENGTH * LENGTH)).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic(text: &str) -> Topic {
        Topic::of(text.split(' ').map(|w| (word_hash(w) as u32, 1.0)))
    }

    #[test]
    fn kindred_words_are_of_one_topic() {
        let court = topic("judge jury verdict prosecutor");
        assert!((court.likeness(&court) - 1.0).abs() < 0.05);
        assert!(court.likeness(&topic("trial lawyer convicted court")) > 0.5);
        assert!(court.likeness(&topic("hurricane flood coast storm")) < 0.3);
        assert_eq!(court.likeness(&topic("zzyzx")), 0.0);
    }
}
