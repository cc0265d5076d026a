//! Likeness measured by what is usual in a report's neighbourhood.
//!
//! Where many reports are written about one affair all are alike, and likeness says less than where few are
//! (local scaling, Zelnik-Manor and Perona 2004; in high dimensions the same as taking away hubs). So the likeness of
//! two is divided by how alike each is to its nearest, as far as these are nearer than is usual in news.

use crate::digest::Digest;
use crate::likeness::Pair;
use crate::linkage::as_one_event;

/// Nearest reports that make a neighbourhood.
const NEAREST: usize = 5;
/// Mean likeness to the nearest up to which nothing is divided.
const USUAL: f32 = 0.15;
/// What one of the nearest counts at most: a copy makes no neighbourhood dense.
const MOST: f32 = 0.35;

/// How dense the neighbourhood of a report is: 1 where it is as usual, more where all are alike.
#[derive(Debug, Clone, Copy, Default)]
struct Nearest([f32; NEAREST]);

impl Nearest {
    fn add(&mut self, weight: f32) {
        let mut weight = weight.min(MOST);
        for place in &mut self.0 {
            if weight > *place {
                std::mem::swap(place, &mut weight);
            }
        }
    }

    fn density(&self) -> f32 {
        (self.0.iter().sum::<f32>() / NEAREST as f32 / USUAL).max(1.0)
    }
}

/// How dense the neighbourhood of each report is.
pub(crate) fn densities(digests: &[Digest], pairs: &[Pair]) -> Vec<f32> {
    let mut nearest = vec![Nearest::default(); digests.len()];
    for pair in pairs {
        let weight = raw(digests, pair);
        nearest[pair.a as usize].add(weight);
        nearest[pair.b as usize].add(weight);
    }
    nearest.iter().map(Nearest::density).collect()
}

/// Pairs with their likeness as tellings of one event, by what is usual around them.
pub(crate) fn scaled(
    digests: &[Digest],
    pairs: &[Pair],
) -> impl Iterator<Item = ((u32, u32), f32)> {
    let densities = densities(digests, pairs);
    pairs.iter().map(move |pair| {
        let dense = densities[pair.a as usize] * densities[pair.b as usize];
        ((pair.a, pair.b), raw(digests, pair) / dense.sqrt())
    })
}

fn raw(digests: &[Digest], pair: &Pair) -> f32 {
    as_one_event(&digests[pair.a as usize], &digests[pair.b as usize], pair)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_make_a_neighbourhood() {
        for (weights, want) in [
            (&[][..], 1.0),
            (&[0.2, 0.1][..], 1.0),
            (&[0.3, 0.3, 0.3, 0.3, 0.3, 0.01][..], 2.0),
            // Five copies make no denser a neighbourhood than five tellings.
            (&[1.0, 1.0, 1.0, 1.0, 1.0][..], MOST / USUAL),
        ] {
            let mut nearest = Nearest::default();
            weights.iter().for_each(|&w| nearest.add(w));
            assert!((nearest.density() - want).abs() < 1e-5, "{weights:?}");
        }
    }
}
