//! The network that scores the moves of a transition system.

use super::kernel::Matrix;
use super::layers::affine;
use super::linear::Linear;
use super::weights::{LoadError, TransitionSpec, Weights};

/// Scores moves from the vectors of a few tokens: each token's contribution to the hidden layer is
/// computed once for each place that it can stand in, then a state only adds contributions.
#[derive(Debug)]
pub(crate) struct Scorer {
    hidden: usize,
    pieces: usize,
    features: usize,
    moves: usize,
    reduce: Matrix,
    lower: Linear,
    /// Contribution of a missing token, by feature.
    pad: Vec<f32>,
    bias: Vec<f32>,
    upper: Matrix,
}

/// Working space of a scorer.
#[derive(Debug, Default)]
pub(crate) struct Contributions {
    reduced: Vec<f32>,
    tokens: Vec<f32>,
    sum: Vec<f32>,
    /// Scores of the moves, in their order.
    pub(crate) scores: Vec<f32>,
}

impl Scorer {
    /// Loads the scorer called `name` that reads `features` tokens of an encoder of `width`.
    pub(crate) fn load(
        weights: &Weights,
        name: &str,
        spec: &TransitionSpec,
        width: usize,
        features: usize,
    ) -> Result<Scorer, LoadError> {
        let TransitionSpec { hidden, pieces, .. } = *spec;
        if spec.features != features || hidden == 0 || pieces == 0 || spec.moves.is_empty() {
            return Err(LoadError::Unsupported(format!("a {name} of this form")));
        }
        let place = hidden * pieces;
        // Feature by feature, and within a feature piece by piece.
        let order = |i: usize| {
            let (feature, rest) = (i / place, i % place);
            feature * place + rest % hidden * pieces + rest / hidden
        };
        let shape = [features, hidden, pieces, hidden];
        let w = weights.tensor(&format!("{name}.lower.W"), &shape)?;
        let whole = weights.is_whole(&format!("{name}.lower.W"));
        let pad = weights.tensor(&format!("{name}.lower.pad"), &[1, features, hidden, pieces])?;
        let bias = weights.tensor(&format!("{name}.lower.b"), &[hidden, pieces])?;
        let zero = vec![0.0; features * place];
        Ok(Scorer {
            hidden,
            pieces,
            features,
            moves: spec.moves.len(),
            reduce: affine(weights, &format!("{name}.reduce"), width, hidden)?,
            lower: Linear::new(whole, &w, &zero, hidden, order),
            pad: (0..features * place).map(|i| pad[order(i)]).collect(),
            bias: (0..place).map(|i| bias[order(i)]).collect(),
            upper: affine(weights, &format!("{name}.upper"), hidden, spec.moves.len())?,
        })
    }

    /// Computes the contributions of `count` tokens, whose vectors are `width` values apart.
    pub(crate) fn prepare(
        &self,
        rows: &[f32],
        width: usize,
        count: usize,
        space: &mut Contributions,
    ) {
        let step = self.reduce.stride();
        space.reduced.resize(count * step, 0.0);
        self.reduce.multiply(rows, width, count, &mut space.reduced);
        space.tokens.resize(count * self.lower.stride(), 0.0);
        self.lower.multiply(&space.reduced, step, count, &mut space.tokens);
        space.scores.resize(self.upper.stride(), 0.0);
        space.sum.resize(self.hidden * self.pieces, 0.0);
    }

    /// Fills `space.scores` for a state that sees these tokens (-1: none).
    pub(crate) fn score(&self, tokens: &[i32], space: &mut Contributions) {
        debug_assert_eq!(tokens.len(), self.features);
        let place = self.hidden * self.pieces;
        let stride = self.lower.stride();
        let Contributions { tokens: known, sum, scores, .. } = space;
        self.upper.run(|| {
            sum.fill(0.0);
            for (feature, &token) in tokens.iter().enumerate() {
                let row = if token < 0 {
                    &self.pad[feature * place..]
                } else {
                    &known[token as usize * stride + feature * place..]
                };
                for (s, &x) in sum.iter_mut().zip(&row[..place]) {
                    *s += x;
                }
            }
            for (s, &b) in sum.iter_mut().zip(&self.bias) {
                *s += b;
            }
            let (best, rest) = sum.split_at_mut(self.hidden);
            for piece in rest.chunks_exact(self.hidden) {
                for (b, &p) in best.iter_mut().zip(piece) {
                    *b = if p > *b { p } else { *b };
                }
            }
        });
        self.upper.multiply(sum, self.hidden, 1, scores);
    }

    /// The chance of a move among those that `valid` allows: the softmax that training maximised.
    pub(crate) fn chance(
        &self,
        space: &Contributions,
        of: usize,
        valid: impl Fn(usize) -> bool,
    ) -> f32 {
        let scores = &space.scores[..self.moves];
        let sum: f32 = scores
            .iter()
            .enumerate()
            .filter(|&(i, _)| valid(i))
            .map(|(_, score)| (score - scores[of]).exp())
            .sum();
        1.0 / sum
    }

    /// The best-scoring move that `valid` allows; the first of equals.
    pub(crate) fn best(
        &self,
        space: &Contributions,
        valid: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let mut best: Option<(usize, f32)> = None;
        for (i, &score) in space.scores[..self.moves].iter().enumerate() {
            if best.is_none_or(|(_, top)| score > top) && valid(i) {
                best = Some((i, score));
            }
        }
        best.map(|(i, _)| i)
    }
}
