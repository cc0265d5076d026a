//! How alike two reports are in what they are about, for all pairs that share a telling word.

use crate::candidates::{Holders, Tally};
use crate::digest::Digest;
use crate::similarity::{Laid, Rows, Vector, Vocabulary, cosine};
use rayon::prelude::*;

/// Weightiest words of a report that propose pairs.
const TELLING: usize = 32;
/// Reports that a report looks at for one word.
const REACH: usize = 1024;
/// Reports that one thread takes at once, at least.
const AT_ONCE: usize = 256;
/// Likeness by telling words alone from which a pair is looked at.
const GLANCE: f32 = 0.015;
/// Pairs whose words are less alike are not kept.
const FAINT: f32 = 0.05;
/// Days apart from which two reports are neither of one event nor of one story.
const APART: i32 = 120;
/// What likeness of topics counts beside likeness of words: how much of the whole, and at which height.
const TOPICS: (f32, f32) = (0.3, 0.5);

/// Two reports that are about like things.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pair {
    pub(crate) a: u32,
    pub(crate) b: u32,
    /// Cosine of their weighted words.
    pub(crate) words: f32,
    /// Likeness of their topics.
    pub(crate) topics: f32,
}

impl Pair {
    /// How alike the two are in what they are about.
    pub(crate) fn about(&self) -> f32 {
        let (share, height) = TOPICS;
        self.words * (1.0 - share) + self.topics * share * height
    }
}

/// Weighs the words of all digests by how many of them hold them, and numbers them.
pub(crate) fn weigh(digests: &mut [Digest]) -> Vocabulary {
    let vocabulary = Vocabulary::of(digests.iter().map(|d| &d.words));
    digests.par_iter_mut().for_each(|digest| vocabulary.weigh(&mut digest.words));
    vocabulary
}

/// Pairs of digests, whose words are weighed, that share a telling word, in order.
pub(crate) fn pairs(
    digests: &[Digest],
    vocabulary: &Vocabulary,
    days: &[Option<i32>],
) -> Vec<Pair> {
    let telling: Vec<Vector> = digests.par_iter().map(|d| telling(&d.words)).collect();
    let keyed = telling.iter().zip(0..).flat_map(|(t, i)| t.iter().map(move |&(w, n)| (w, i, n)));
    let holders = Holders::of(keyed.collect(), days, REACH);
    let rows = Rows::of(digests.iter().map(|d| &d.words));
    let found: Vec<Vec<Pair>> = (0..digests.len() as u32)
        .into_par_iter()
        .with_min_len(AT_ONCE)
        .map_init(
            || (Tally::new(digests.len()), Laid::new(vocabulary.len())),
            |(tally, laid), a| {
                for &(word, weight) in &telling[a as usize] {
                    for (b, other) in holders.following(word, a, APART) {
                        tally.add(b, weight * other);
                    }
                }
                let candidates = tally.take(GLANCE);
                let own = &digests[a as usize].topic;
                let cosines = laid.cosines(&rows, a, candidates, FAINT).into_iter();
                let pair = |(b, words)| Pair {
                    a,
                    b,
                    words,
                    topics: own.likeness(&digests[b as usize].topic),
                };
                cosines.map(pair).collect()
            },
        )
        .collect();
    found.into_iter().flatten().collect()
}

/// How alike two digests are, whose words are weighed.
pub(crate) fn pair(digests: &[Digest], a: u32, b: u32) -> Pair {
    let (x, y) = (&digests[a as usize], &digests[b as usize]);
    Pair { a, b, words: cosine(&x.words, &y.words), topics: x.topic.likeness(&y.topic) }
}

/// The weightiest words.
pub(crate) fn telling(words: &Vector) -> Vector {
    let mut telling = words.clone();
    telling.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    telling.truncate(TELLING);
    telling
}
