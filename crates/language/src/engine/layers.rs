//! The feed-forward layers of the networks.

use super::kernel::Matrix;
use super::linear::Linear;
use super::weights::{LoadError, Weights};

/// Rows that go through a layer at a time, so that results stay in the second-level cache.
const BLOCK: usize = 64;
/// What layer normalisation adds to the variance.
const EPSILON: f32 = 1e-8;

/// Taking the largest of several pieces, then layer normalisation.
#[derive(Debug)]
struct Norm {
    width: usize,
    pieces: usize,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl Norm {
    fn load(
        weights: &Weights,
        place: &str,
        width: usize,
        pieces: usize,
    ) -> Result<Norm, LoadError> {
        Ok(Norm {
            width,
            pieces,
            gain: weights.tensor(&format!("{place}.g"), &[width])?,
            shift: weights.tensor(&format!("{place}.beta"), &[width])?,
        })
    }

    /// Maximum over the pieces, then normalisation, in place; the result is the head of `row`.
    #[inline(always)]
    fn apply<'r>(&self, row: &'r mut [f32]) -> &'r [f32] {
        let (best, rest) = row.split_at_mut(self.width);
        for piece in rest.chunks_exact(self.width).take(self.pieces - 1) {
            for (b, &p) in best.iter_mut().zip(piece) {
                *b = if p > *b { p } else { *b };
            }
        }
        let count = self.width as f32;
        let mean = sum(best, |x| x) / count;
        let variance = sum(best, |x| (x - mean) * (x - mean)) / count + EPSILON;
        let scale = 1.0 / variance.sqrt();
        for ((x, &g), &s) in best.iter_mut().zip(&self.gain).zip(&self.shift) {
            *x = (*x - mean) * scale * g + s;
        }
        best
    }
}

/// Maxout (each output is the largest of several affine pieces), then layer normalisation.
#[derive(Debug)]
pub(crate) struct MaxoutNorm {
    matrix: Linear,
    norm: Norm,
}

impl MaxoutNorm {
    /// Reads the layer at `place` (`<place>.W` and so on) of the weights.
    pub(crate) fn load(
        weights: &Weights,
        place: &str,
        inputs: usize,
        width: usize,
        pieces: usize,
    ) -> Result<Self, LoadError> {
        let w = weights.tensor(&format!("{place}.W"), &[width, pieces, inputs])?;
        let b = weights.tensor(&format!("{place}.b"), &[width, pieces])?;
        // Piece by piece, so that taking the maximum is a plain vector operation.
        let whole = weights.is_whole(&format!("{place}.W"));
        let order = |i: usize| i % width * pieces + i / width;
        let matrix = Linear::new(whole, &w, &b, inputs, order);
        Ok(MaxoutNorm { matrix, norm: Norm::load(weights, place, width, pieces)? })
    }

    /// Applies the layer to `rows` rows of `input`, each `step` values after the one before, and
    /// calls `done(row, values)` for each; `block` is working space.
    pub(crate) fn apply(
        &self,
        input: &[f32],
        step: usize,
        rows: usize,
        block: &mut Vec<f32>,
        mut done: impl FnMut(usize, &[f32]),
    ) {
        let stride = self.matrix.stride();
        block.resize(BLOCK * stride, 0.0);
        for first in (0..rows).step_by(BLOCK) {
            let count = BLOCK.min(rows - first);
            self.matrix.multiply(&input[first * step..], step, count, block);
            self.matrix.run(|| {
                for (r, row) in block.chunks_exact_mut(stride).take(count).enumerate() {
                    done(first + r, self.norm.apply(row));
                }
            });
        }
    }
}

/// A [`MaxoutNorm`] over windows of three rows that come from few different ones: each different
/// row is multiplied once for each place in the window, and a window only adds products.
#[derive(Debug)]
pub(crate) struct SharedWindow {
    matrix: Linear,
    bias: Vec<f32>,
    norm: Norm,
}

impl SharedWindow {
    /// Rows in a window.
    const WINDOW: usize = 3;

    /// Reads the layer at `place` of the weights.
    pub(crate) fn load(
        weights: &Weights,
        place: &str,
        width: usize,
        pieces: usize,
    ) -> Result<Self, LoadError> {
        let shape = [width, pieces, Self::WINDOW * width];
        let w = weights.tensor(&format!("{place}.W"), &shape)?;
        let b = weights.tensor(&format!("{place}.b"), &[width, pieces])?;
        let outputs = width * pieces;
        let order = |i: usize| i % width * pieces + i / width;
        // Seen as a matrix of `width` inputs, row `3 o + p` of the weights is output `o`'s part
        // for place `p` of the window.
        let zero = vec![0.0; Self::WINDOW * outputs];
        let whole = weights.is_whole(&format!("{place}.W"));
        let row = |i: usize| order(i % outputs) * Self::WINDOW + i / outputs;
        let matrix = Linear::new(whole, &w, &zero, width, row);
        let bias = (0..outputs).map(|i| b[order(i)]).collect();
        Ok(SharedWindow { matrix, bias, norm: Norm::load(weights, place, width, pieces)? })
    }

    /// Values in the products of a row.
    pub(crate) fn stride(&self) -> usize {
        self.matrix.stride()
    }

    /// Appends the products of `rows` rows of `input`.
    pub(crate) fn products(&self, input: &[f32], rows: usize, products: &mut Vec<f32>) {
        let start = products.len();
        products.resize(start + rows * self.stride(), 0.0);
        self.matrix.multiply(input, self.norm.width, rows, &mut products[start..]);
    }

    /// Calls `done(i, values)` for the window around each of `rows` but the first and the last.
    /// They are numbers into `products`, `None` for a row of zeros.
    pub(crate) fn apply(
        &self,
        rows: &[Option<u32>],
        products: &[f32],
        mut done: impl FnMut(usize, &[f32]),
    ) {
        let outputs = self.bias.len();
        let mut sum = vec![0.0; outputs];
        self.matrix.run(|| {
            for (i, window) in rows.windows(Self::WINDOW).enumerate() {
                sum.copy_from_slice(&self.bias);
                for (place, row) in window.iter().enumerate() {
                    let Some(row) = row else { continue };
                    let start = *row as usize * self.stride() + place * outputs;
                    for (s, &p) in sum.iter_mut().zip(&products[start..start + outputs]) {
                        *s += p;
                    }
                }
                done(i + 1, self.norm.apply(&mut sum));
            }
        });
    }
}

/// Sum of `f` over `values` in eight interleaved partial sums.
#[inline(always)]
fn sum(values: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut partial = [0.0f32; 8];
    let (whole, tail) = values.as_chunks::<8>();
    for chunk in whole {
        for (p, &x) in partial.iter_mut().zip(chunk) {
            *p += f(x);
        }
    }
    for (p, &x) in partial.iter_mut().zip(tail) {
        *p += f(x);
    }
    let [a, b, c, d, e, g, h, i] = partial;
    ((a + e) + (c + h)) + ((b + g) + (d + i))
}

/// Loads the affine layer at `place` with its outputs in their own order.
pub(crate) fn affine(
    weights: &Weights,
    place: &str,
    inputs: usize,
    outputs: usize,
) -> Result<Matrix, LoadError> {
    let w = weights.tensor(&format!("{place}.W"), &[outputs, inputs])?;
    let b = weights.tensor(&format!("{place}.b"), &[outputs])?;
    Ok(Matrix::new(&w, &b, inputs, |i| i))
}
