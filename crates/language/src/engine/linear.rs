//! An affine layer, in the arithmetic that its weights are stored for.

use super::kernel::Matrix;
use super::quantised::QuantisedMatrix;

/// A weight matrix with a bias.
#[derive(Debug)]
pub(crate) enum Linear {
    /// In floats.
    Exact(Matrix),
    /// In whole numbers.
    Quantised(QuantisedMatrix),
}

impl Linear {
    /// Packs `weights` (`outputs` x `inputs`, row-major); output `i` of the matrix is row
    /// `order(i)` of the weights. Where these were stored in `whole` numbers, products are computed
    /// in such.
    pub(crate) fn new(
        whole: bool,
        weights: &[f32],
        bias: &[f32],
        inputs: usize,
        order: impl Fn(usize) -> usize,
    ) -> Linear {
        if whole {
            Linear::Quantised(QuantisedMatrix::new(weights, bias, inputs, order))
        } else {
            Linear::Exact(Matrix::new(weights, bias, inputs, order))
        }
    }

    /// Length of a row of results, which may end in a few zeros.
    pub(crate) fn stride(&self) -> usize {
        match self {
            Linear::Exact(matrix) => matrix.stride(),
            Linear::Quantised(matrix) => matrix.stride(),
        }
    }

    /// Multiplies `rows` rows of `a`, each beginning `step` values after the one before, and adds
    /// the bias. `out` receives `rows * stride()` values.
    pub(crate) fn multiply(&self, a: &[f32], step: usize, rows: usize, out: &mut [f32]) {
        match self {
            Linear::Exact(matrix) => matrix.multiply(a, step, rows, out),
            Linear::Quantised(matrix) => matrix.multiply(a, step, rows, out),
        }
    }

    /// Runs `op` with the machine's vector unit enabled.
    pub(crate) fn run<R>(&self, op: impl FnOnce() -> R) -> R {
        match self {
            Linear::Exact(matrix) => matrix.run(op),
            Linear::Quantised(matrix) => matrix.run(op),
        }
    }
}
