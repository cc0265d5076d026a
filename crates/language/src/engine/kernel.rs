//! Matrix products on the widest vector unit of the machine, chosen at run time.
//!
//! Each output is one chain of fused multiply-adds in the order of the inputs, whatever the vector
//! width and wherever the row stands in the batch: the same input gives the same bits in any batch
//! on any machine.

use pulp::{Arch, Simd, WithSimd};

/// Rows that are multiplied together: with three vectors of outputs they fill twelve registers.
const ROWS: usize = 4;

/// A weight matrix, packed in panels of three vectors of outputs.
#[derive(Debug)]
pub(crate) struct Matrix {
    arch: Arch,
    inputs: usize,
    /// Outputs rounded up to whole panels: the length of a row of results.
    stride: usize,
    panels: Vec<f32>,
    bias: Vec<f32>,
}

impl Matrix {
    /// Packs `weights` (`outputs` x `inputs`, row-major); output `i` of the matrix is row
    /// `order(i)` of the weights.
    pub(crate) fn new(
        weights: &[f32],
        bias: &[f32],
        inputs: usize,
        order: impl Fn(usize) -> usize,
    ) -> Matrix {
        let arch = Arch::new();
        let lanes = arch.dispatch(Lanes);
        let outputs = bias.len();
        debug_assert_eq!(weights.len(), outputs * inputs);
        let panel = 3 * lanes;
        let stride = outputs.next_multiple_of(panel);
        let mut panels = vec![0.0; stride * inputs];
        let mut padded = vec![0.0; stride];
        for to in 0..outputs {
            let from = order(to);
            padded[to] = bias[from];
            let start = to / panel * panel * inputs + to % panel;
            for (i, &w) in weights[from * inputs..][..inputs].iter().enumerate() {
                panels[start + i * panel] = w;
            }
        }
        Matrix { arch, inputs, stride, panels, bias: padded }
    }

    /// Length of a row of results: the outputs, then zeros up to a whole panel.
    pub(crate) fn stride(&self) -> usize {
        self.stride
    }

    /// Multiplies `rows` rows of `a`, each beginning `step` values after the one before, and adds
    /// the bias. `out` receives `rows * stride()` values.
    pub(crate) fn multiply(&self, a: &[f32], step: usize, rows: usize, out: &mut [f32]) {
        if rows > 0 {
            self.arch.dispatch(Multiply { matrix: self, a, step, rows, out });
        }
    }

    /// Runs `op` with the machine's vector unit enabled.
    pub(crate) fn run<R>(&self, op: impl FnOnce() -> R) -> R {
        self.arch.dispatch(op)
    }
}

/// Asks for the number of values in a vector.
struct Lanes;

impl WithSimd for Lanes {
    type Output = usize;
    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> usize {
        S::F32_LANES
    }
}

struct Multiply<'a> {
    matrix: &'a Matrix,
    a: &'a [f32],
    step: usize,
    rows: usize,
    out: &'a mut [f32],
}

impl WithSimd for Multiply<'_> {
    type Output = ();
    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Matrix { inputs, stride, .. } = *self.matrix;
        let panel = 3 * S::F32_LANES;
        let panels = self.matrix.panels.chunks_exact(panel * inputs);
        for (number, weights) in panels.enumerate() {
            let column = number * panel;
            let bias = &self.matrix.bias[column..][..panel];
            let row = |r: usize| &self.a[r * self.step..][..inputs];
            let mut r = 0;
            while r + ROWS <= self.rows {
                let a: [&[f32]; ROWS] = std::array::from_fn(|i| row(r + i));
                let at = r * stride + column;
                block(simd, a, weights, bias, &mut self.out[at..], stride);
                r += ROWS;
            }
            for r in r..self.rows {
                let at = r * stride + column;
                block(simd, [row(r)], weights, bias, &mut self.out[at..], stride);
            }
        }
    }
}

/// `R` rows times one panel.
#[inline(always)]
fn block<S: Simd, const R: usize>(
    simd: S,
    a: [&[f32]; R],
    weights: &[f32],
    bias: &[f32],
    out: &mut [f32],
    stride: usize,
) {
    let (vectors, _) = S::as_simd_f32s(weights);
    let (steps, _) = vectors.as_chunks::<3>();
    let a = a.map(|row| &row[..steps.len()]);
    let mut sums = [[simd.splat_f32s(0.0); 3]; R];
    for (i, w) in steps.iter().enumerate() {
        for r in 0..R {
            let x = simd.splat_f32s(a[r][i]);
            for v in 0..3 {
                sums[r][v] = simd.mul_add_f32s(x, w[v], sums[r][v]);
            }
        }
    }
    let (bias, _) = S::as_simd_f32s(bias);
    for (r, sums) in sums.iter().enumerate() {
        let (to, _) = S::as_mut_simd_f32s(&mut out[r * stride..][..3 * S::F32_LANES]);
        for v in 0..3 {
            to[v] = simd.add_f32s(sums[v], bias[v]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_equal_the_plain_loop_in_any_batch() {
        let (inputs, outputs, rows) = (5, 50, 7);
        let value = |i: usize| ((i * 37 % 101) as f32 - 50.0) / 16.0;
        let weights: Vec<f32> = (0..inputs * outputs).map(value).collect();
        let bias: Vec<f32> = (0..outputs).map(|i| value(i + 9)).collect();
        // Overlapping rows, as the convolutions use them.
        let a: Vec<f32> = (0..2 * rows + inputs).map(|i| value(i * 5)).collect();
        let matrix = Matrix::new(&weights, &bias, inputs, |i| outputs - 1 - i);
        let mut out = vec![f32::NAN; rows * matrix.stride()];
        matrix.multiply(&a, 2, rows, &mut out);
        for r in 0..rows {
            let mut alone = vec![0.0; matrix.stride()];
            matrix.multiply(&a[r * 2..], 2, 1, &mut alone);
            assert_eq!(alone[..outputs], out[r * matrix.stride()..][..outputs]);
            for o in 0..outputs {
                let from = outputs - 1 - o;
                let sum: f32 = (0..inputs).map(|i| a[r * 2 + i] * weights[from * inputs + i]).sum();
                assert!((alone[o] - sum - bias[from]).abs() < 1e-4);
            }
        }
    }
}
