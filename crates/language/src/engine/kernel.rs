//! Matrix products on the widest vector unit of the machine, chosen at run time.
//!
//! Each output is one chain of fused multiply-adds in the order of the inputs, whatever the vector
//! width and wherever the row stands in the batch: the same input gives the same bits in any batch
//! on any machine.

use pulp::{Arch, Simd, WithSimd};

/// Rows that are multiplied together, and vectors of outputs in a panel: their sums take twelve of
/// the sixteen registers that most vector units have.
const ROWS: usize = 6;
const VECTORS: usize = 2;
/// Panels that are multiplied together with a single row: as many sums as hide the latency.
const PANELS: usize = 4;

/// A weight matrix, packed in panels of a few vectors of outputs.
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
        let panel = VECTORS * lanes;
        let stride = outputs.next_multiple_of(panel);
        let mut panels = vec![0.0; stride * inputs];
        let mut padded = vec![0.0; stride];
        for (to, padded) in padded.iter_mut().enumerate().take(outputs) {
            let from = order(to);
            *padded = bias[from];
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
        if self.rows == 1 {
            return self.single(simd);
        }
        let Multiply { matrix, a, step, rows, out } = self;
        for panel in 0..matrix.stride / (VECTORS * S::F32_LANES) {
            let mut row = 0;
            while row + ROWS <= rows {
                block::<S, ROWS, 1>(simd, matrix, a, step, row, panel, out);
                row += ROWS;
            }
            match rows - row {
                5 => block::<S, 5, 1>(simd, matrix, a, step, row, panel, out),
                4 => block::<S, 4, 1>(simd, matrix, a, step, row, panel, out),
                3 => block::<S, 3, 1>(simd, matrix, a, step, row, panel, out),
                2 => block::<S, 2, 1>(simd, matrix, a, step, row, panel, out),
                1 => block::<S, 1, 1>(simd, matrix, a, step, row, panel, out),
                _ => {}
            }
        }
    }
}

impl Multiply<'_> {
    /// The product of a single row.
    #[inline(always)]
    fn single<S: Simd>(self, simd: S) {
        let panels = self.matrix.stride / (VECTORS * S::F32_LANES);
        let mut panel = 0;
        while panel + PANELS <= panels {
            block::<S, 1, PANELS>(simd, self.matrix, self.a, self.step, 0, panel, self.out);
            panel += PANELS;
        }
        for panel in panel..panels {
            block::<S, 1, 1>(simd, self.matrix, self.a, self.step, 0, panel, self.out);
        }
    }
}

/// Rows `row..row + R` times panels `panel..panel + P`.
#[inline(always)]
fn block<S: Simd, const R: usize, const P: usize>(
    simd: S,
    matrix: &Matrix,
    a: &[f32],
    step: usize,
    row: usize,
    panel: usize,
    out: &mut [f32],
) {
    let Matrix { inputs, stride, .. } = *matrix;
    let columns = VECTORS * S::F32_LANES;
    let weights: [&[[S::f32s; VECTORS]]; P] = std::array::from_fn(|p| {
        let panel = &matrix.panels[(panel + p) * columns * inputs..][..columns * inputs];
        &S::as_simd_f32s(panel).0.as_chunks::<VECTORS>().0[..inputs]
    });
    let a: [&[f32]; R] = std::array::from_fn(|r| &a[(row + r) * step..][..inputs]);
    let mut sums = [[[simd.splat_f32s(0.0); VECTORS]; P]; R];
    for i in 0..inputs {
        for r in 0..R {
            let x = simd.splat_f32s(a[r][i]);
            for p in 0..P {
                for v in 0..VECTORS {
                    sums[r][p][v] = simd.mul_add_f32s(x, weights[p][i][v], sums[r][p][v]);
                }
            }
        }
    }
    for (r, sums) in sums.iter().enumerate() {
        for (p, sums) in sums.iter().enumerate() {
            let column = (panel + p) * columns;
            let to = &mut out[(row + r) * stride + column..][..columns];
            let (to, _) = S::as_mut_simd_f32s(to);
            let (bias, _) = S::as_simd_f32s(&matrix.bias[column..][..columns]);
            for v in 0..VECTORS {
                to[v] = simd.add_f32s(sums[v], bias[v]);
            }
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
            for (o, &product) in alone.iter().enumerate().take(outputs) {
                let from = outputs - 1 - o;
                let sum: f32 = (0..inputs).map(|i| a[r * 2 + i] * weights[from * inputs + i]).sum();
                assert!((product - sum - bias[from]).abs() < 1e-4);
            }
        }
    }
}
