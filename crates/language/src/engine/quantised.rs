//! Matrix products in whole numbers, for weights that are stored as such.
//!
//! Weights are rounded to sixteen bits with a scale for each output, inputs to fourteen with a scale
//! for each row; products are added up exactly in 32 bits, which they cannot overflow. That is twice
//! as fast as floats where a vector unit multiplies pairs of 16-bit numbers (x86 since AVX2), and
//! has the same sums on every machine. Eight bits would be no faster there: the products need one
//! more instruction to be widened, which is what they save.

use pulp::{Arch, NullaryFnOnce};

#[cfg(target_arch = "x86_64")]
use pulp::{
    Simd, i16x16, i16x32, i32x8, i32x16,
    x86::{V3, V4},
};

/// Rows that are multiplied together, and vectors of outputs in a panel: their sums take twelve of
/// the sixteen registers that most vector units have.
const ROWS: usize = 6;
const VECTORS: usize = 2;
/// Rows that are rounded at a time, so that they stay in the first-level cache.
const BLOCK: usize = 48;
/// The largest input after rounding.
const INPUT_MAX: f32 = 8191.0;
/// What the weights of an output may add up to, whatever their signs: times [`INPUT_MAX`], 31 bits.
const WEIGHTS_MAX: f64 = (i32::MAX / INPUT_MAX as i32) as f64;
/// Added to a number of less than 22 bits, leaves it, rounded, in the low bits of the sum.
const ROUND: f32 = 12_582_912.0;
/// Rows without a value as large as this are taken for zeros.
const TINY: f32 = 1e-30;

/// A vector unit, with its way to multiply pairs of inputs by pairs of weights.
trait Unit: Copy {
    /// Pairs of weights, one for each of a few outputs.
    type Weights: Copy;
    /// A sum for each of these outputs.
    type Sums: Copy;
    /// The sums as numbers.
    type Totals: AsRef<[i32]>;
    /// Outputs in a vector.
    const OUTPUTS: usize;

    /// The weights vector by vector.
    fn vectors(weights: &[i16]) -> &[Self::Weights];
    fn zero(self) -> Self::Sums;
    /// Adds both products of the pairs to each sum.
    fn add(self, sums: Self::Sums, inputs: [i16; 2], weights: Self::Weights) -> Self::Sums;
    fn totals(self, sums: Self::Sums) -> Self::Totals;
}

/// Whatever the compiler makes of it.
#[derive(Debug, Clone, Copy)]
struct Plain;

impl Unit for Plain {
    type Weights = [[i16; 2]; 4];
    type Sums = [[i32; 2]; 4];
    type Totals = [i32; 4];
    const OUTPUTS: usize = 4;

    #[inline(always)]
    fn vectors(weights: &[i16]) -> &[Self::Weights] {
        weights.as_chunks().0.as_chunks().0
    }

    #[inline(always)]
    fn zero(self) -> Self::Sums {
        [[0; 2]; 4]
    }

    #[inline(always)]
    fn add(self, mut sums: Self::Sums, inputs: [i16; 2], weights: Self::Weights) -> Self::Sums {
        for (sums, weights) in sums.iter_mut().zip(weights) {
            for ((sum, x), w) in sums.iter_mut().zip(inputs).zip(weights) {
                *sum += i32::from(x) * i32::from(w);
            }
        }
        sums
    }

    #[inline(always)]
    fn totals(self, sums: Self::Sums) -> Self::Totals {
        sums.map(|[a, b]| a + b)
    }
}

#[cfg(target_arch = "x86_64")]
impl Unit for V3 {
    type Weights = i16x16;
    type Sums = i32x8;
    type Totals = [i32; 8];
    const OUTPUTS: usize = 8;

    #[inline(always)]
    fn vectors(weights: &[i16]) -> &[i16x16] {
        V3::as_simd_i16s(weights).0
    }

    #[inline(always)]
    fn zero(self) -> i32x8 {
        self.splat_i32x8(0)
    }

    #[inline(always)]
    fn add(self, sums: i32x8, inputs: [i16; 2], weights: i16x16) -> i32x8 {
        let inputs = self.avx._mm256_set1_epi32(pulp::cast(inputs));
        let products = self.avx2._mm256_madd_epi16(inputs, pulp::cast(weights));
        pulp::cast(self.avx2._mm256_add_epi32(pulp::cast(sums), products))
    }

    #[inline(always)]
    fn totals(self, sums: i32x8) -> [i32; 8] {
        pulp::cast(sums)
    }
}

#[cfg(target_arch = "x86_64")]
impl Unit for V4 {
    type Weights = i16x32;
    type Sums = i32x16;
    type Totals = [i32; 16];
    const OUTPUTS: usize = 16;

    #[inline(always)]
    fn vectors(weights: &[i16]) -> &[i16x32] {
        V4::as_simd_i16s(weights).0
    }

    #[inline(always)]
    fn zero(self) -> i32x16 {
        self.splat_i32x16(0)
    }

    #[inline(always)]
    fn add(self, sums: i32x16, inputs: [i16; 2], weights: i16x32) -> i32x16 {
        let inputs = self.avx512f._mm512_set1_epi32(pulp::cast(inputs));
        let products = self.avx512bw._mm512_madd_epi16(inputs, pulp::cast(weights));
        pulp::cast(self.avx512f._mm512_add_epi32(pulp::cast(sums), products))
    }

    #[inline(always)]
    fn totals(self, sums: i32x16) -> [i32; 16] {
        pulp::cast(sums)
    }
}

#[cfg(target_arch = "x86_64")]
pulp::simd_type! {
    /// What [`V4`] needs, and the instruction that multiplies and adds at once: where it is there, the
    /// compiler makes one of the two.
    struct Vnni {
        sse: "sse",
        sse2: "sse2",
        fxsr: "fxsr",
        sse3: "sse3",
        ssse3: "ssse3",
        sse4_1: "sse4.1",
        sse4_2: "sse4.2",
        popcnt: "popcnt",
        avx: "avx",
        avx2: "avx2",
        bmi1: "bmi1",
        bmi2: "bmi2",
        fma: "fma",
        lzcnt: "lzcnt",
        avx512f: "avx512f",
        avx512bw: "avx512bw",
        avx512cd: "avx512cd",
        avx512dq: "avx512dq",
        avx512vl: "avx512vl",
        avx512vnni: "avx512vnni",
    }
}

/// The vector units that there are kernels for.
#[derive(Debug, Clone, Copy)]
enum Machine {
    Plain,
    #[cfg(target_arch = "x86_64")]
    V3(V3),
    #[cfg(target_arch = "x86_64")]
    V4(V4),
    #[cfg(target_arch = "x86_64")]
    Vnni(V4, Vnni),
}

impl Machine {
    /// Those that this machine has, the best last.
    fn all() -> Vec<Machine> {
        let mut all = vec![Machine::Plain];
        #[cfg(target_arch = "x86_64")]
        {
            all.extend(V3::try_new().map(Machine::V3));
            let v4 = V4::try_new();
            all.extend(v4.map(Machine::V4));
            all.extend(v4.zip(Vnni::try_new()).map(|(v4, vnni)| Machine::Vnni(v4, vnni)));
        }
        all
    }

    /// Outputs in a panel.
    fn panel(self) -> usize {
        VECTORS
            * match self {
                Machine::Plain => Plain::OUTPUTS,
                #[cfg(target_arch = "x86_64")]
                Machine::V3(_) => V3::OUTPUTS,
                #[cfg(target_arch = "x86_64")]
                Machine::V4(_) | Machine::Vnni(..) => V4::OUTPUTS,
            }
    }
}

/// A weight matrix in whole numbers, packed in panels of a few vectors of outputs.
#[derive(Debug)]
pub(crate) struct QuantisedMatrix {
    arch: Arch,
    machine: Machine,
    inputs: usize,
    /// Inputs in pairs; a lone one has a zero beside it.
    pairs: usize,
    /// Outputs rounded up to whole panels: the length of a row of results.
    stride: usize,
    panels: Vec<i16>,
    /// What a step of an output's weights is worth.
    scales: Vec<f32>,
    bias: Vec<f32>,
}

impl QuantisedMatrix {
    /// Rounds and packs `weights` (`outputs` x `inputs`, row-major); output `i` of the matrix is row
    /// `order(i)` of the weights.
    pub(crate) fn new(
        weights: &[f32],
        bias: &[f32],
        inputs: usize,
        order: impl Fn(usize) -> usize,
    ) -> QuantisedMatrix {
        let best = Machine::all().pop().unwrap_or(Machine::Plain);
        QuantisedMatrix::for_machine(best, weights, bias, inputs, order)
    }

    fn for_machine(
        machine: Machine,
        weights: &[f32],
        bias: &[f32],
        inputs: usize,
        order: impl Fn(usize) -> usize,
    ) -> QuantisedMatrix {
        let outputs = bias.len();
        debug_assert_eq!(weights.len(), outputs * inputs);
        let (panel, pairs) = (machine.panel(), inputs.div_ceil(2));
        let stride = outputs.next_multiple_of(panel);
        let mut matrix = QuantisedMatrix {
            arch: Arch::new(),
            machine,
            inputs,
            pairs,
            stride,
            panels: vec![0; stride * 2 * pairs],
            scales: vec![0.0; stride],
            bias: vec![0.0; stride],
        };
        for to in 0..outputs {
            let from = order(to);
            let row = &weights[from * inputs..][..inputs];
            let steps = steps_per_unit(row);
            matrix.bias[to] = bias[from];
            matrix.scales[to] = if steps > 0.0 { (1.0 / steps) as f32 } else { 0.0 };
            let start = to / panel * panel * 2 * pairs + to % panel * 2;
            for (i, &w) in row.iter().enumerate() {
                let place = start + i / 2 * 2 * panel + i % 2;
                matrix.panels[place] = (f64::from(w) * steps).round() as i16;
            }
        }
        matrix
    }

    /// Length of a row of results: the outputs, then zeros up to a whole panel.
    pub(crate) fn stride(&self) -> usize {
        self.stride
    }

    /// Multiplies `rows` rows of `a`, each beginning `step` values after the one before, and adds
    /// the bias. `out` receives `rows * stride()` values.
    pub(crate) fn multiply(&self, a: &[f32], step: usize, rows: usize, out: &mut [f32]) {
        let matrix = self;
        match self.machine {
            Machine::Plain => Multiply { unit: Plain, matrix, a, step, rows, out }.call(),
            #[cfg(target_arch = "x86_64")]
            Machine::V3(v3) => v3.vectorize(Multiply { unit: v3, matrix, a, step, rows, out }),
            #[cfg(target_arch = "x86_64")]
            Machine::V4(v4) => v4.vectorize(Multiply { unit: v4, matrix, a, step, rows, out }),
            #[cfg(target_arch = "x86_64")]
            Machine::Vnni(v4, vnni) => {
                vnni.vectorize(Multiply { unit: v4, matrix, a, step, rows, out });
            }
        }
    }

    /// Runs `op` with the machine's vector unit enabled.
    pub(crate) fn run<R>(&self, op: impl FnOnce() -> R) -> R {
        self.arch.dispatch(op)
    }
}

/// As many steps for a unit of weight as sixteen bits and the sum of products have room for.
fn steps_per_unit(row: &[f32]) -> f64 {
    let sum: f64 = row.iter().map(|&w| f64::from(w.abs())).sum();
    let most = row.iter().fold(0.0f32, |most, w| most.max(w.abs()));
    if most < TINY {
        return 0.0;
    }
    // Rounding may add half a step to each.
    let room = WEIGHTS_MAX - row.len() as f64 / 2.0 - 1.0;
    (f64::from(i16::MAX) / f64::from(most)).min(room / sum)
}

struct Multiply<'a, U> {
    unit: U,
    matrix: &'a QuantisedMatrix,
    a: &'a [f32],
    step: usize,
    rows: usize,
    out: &'a mut [f32],
}

impl<U: Unit> NullaryFnOnce for Multiply<'_, U> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Multiply { unit, matrix, a, step, rows, out } = self;
        let mut rounded = vec![0i16; BLOCK.min(rows) * 2 * matrix.pairs];
        let mut scales = [0.0; BLOCK];
        for first in (0..rows).step_by(BLOCK) {
            let count = BLOCK.min(rows - first);
            let to = rounded.chunks_exact_mut(2 * matrix.pairs).zip(&mut scales);
            for (r, (to, scale)) in to.enumerate().take(count) {
                *scale = round(&a[(first + r) * step..][..matrix.inputs], to);
            }
            let rounded = rounded.as_chunks().0;
            let out = &mut out[first * matrix.stride..];
            for panel in 0..matrix.stride / (VECTORS * U::OUTPUTS) {
                let mut row = 0;
                while row + ROWS <= count {
                    block::<U, ROWS>(unit, matrix, rounded, &scales, row, panel, out);
                    row += ROWS;
                }
                match count - row {
                    5 => block::<U, 5>(unit, matrix, rounded, &scales, row, panel, out),
                    4 => block::<U, 4>(unit, matrix, rounded, &scales, row, panel, out),
                    3 => block::<U, 3>(unit, matrix, rounded, &scales, row, panel, out),
                    2 => block::<U, 2>(unit, matrix, rounded, &scales, row, panel, out),
                    1 => block::<U, 1>(unit, matrix, rounded, &scales, row, panel, out),
                    _ => {}
                }
            }
        }
    }
}

/// Rounds a row of inputs, its largest to [`INPUT_MAX`]; returns what a step is worth.
#[inline(always)]
fn round(row: &[f32], to: &mut [i16]) -> f32 {
    let mut most = [0.0f32; 16];
    let (whole, rest) = row.as_chunks::<16>();
    for chunk in whole {
        for (most, &x) in most.iter_mut().zip(chunk) {
            *most = larger(*most, x.abs());
        }
    }
    for (most, &x) in most.iter_mut().zip(rest) {
        *most = larger(*most, x.abs());
    }
    let most = most.into_iter().fold(0.0, larger);
    let steps = if most < TINY { 0.0 } else { INPUT_MAX / most };
    for (to, &x) in to.iter_mut().zip(row) {
        *to = (x * steps + ROUND).to_bits() as i16;
    }
    most / INPUT_MAX
}

/// The larger of two numbers in one instruction.
#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if b > a { b } else { a }
}

/// Rows `row..row + R` times a panel.
#[inline(always)]
fn block<U: Unit, const R: usize>(
    unit: U,
    matrix: &QuantisedMatrix,
    rounded: &[[i16; 2]],
    scales: &[f32],
    row: usize,
    panel: usize,
    out: &mut [f32],
) {
    let QuantisedMatrix { pairs, stride, .. } = *matrix;
    let column = panel * VECTORS * U::OUTPUTS;
    let weights = &matrix.panels[column * 2 * pairs..][..VECTORS * U::OUTPUTS * 2 * pairs];
    let weights = &U::vectors(weights).as_chunks::<VECTORS>().0[..pairs];
    let inputs: [&[[i16; 2]]; R] = std::array::from_fn(|r| &rounded[(row + r) * pairs..][..pairs]);
    let mut sums = [[unit.zero(); VECTORS]; R];
    for i in 0..pairs {
        for r in 0..R {
            for v in 0..VECTORS {
                sums[r][v] = unit.add(sums[r][v], inputs[r][i], weights[i][v]);
            }
        }
    }
    for (r, sums) in sums.iter().enumerate() {
        let scale = scales[row + r];
        for (v, &sums) in sums.iter().enumerate() {
            let column = column + v * U::OUTPUTS;
            let to = &mut out[(row + r) * stride + column..][..U::OUTPUTS];
            let worth = &matrix.scales[column..][..U::OUTPUTS];
            let bias = &matrix.bias[column..][..U::OUTPUTS];
            let totals = unit.totals(sums);
            let totals = &totals.as_ref()[..U::OUTPUTS];
            for i in 0..U::OUTPUTS {
                to[i] = totals[i] as f32 * (scale * worth[i]) + bias[i];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(i: usize) -> f32 {
        ((i * 7919 % 1009) as f32 - 504.0) / 97.0
    }

    fn product(machine: Machine, inputs: usize, a: &[f32], step: usize, rows: usize) -> Vec<f32> {
        const OUTPUTS: usize = 45;
        let weights: Vec<f32> = (0..inputs * OUTPUTS).map(value).collect();
        let bias: Vec<f32> = (0..OUTPUTS).map(|i| value(i + 9)).collect();
        let order = |i| OUTPUTS - 1 - i;
        let matrix = QuantisedMatrix::for_machine(machine, &weights, &bias, inputs, order);
        let mut out = vec![f32::NAN; rows * matrix.stride()];
        matrix.multiply(a, step, rows, &mut out);
        out.chunks_exact(matrix.stride()).flat_map(|row| row[..OUTPUTS].to_vec()).collect()
    }

    #[test]
    fn every_unit_has_the_same_bits_in_any_batch_near_the_exact_product() {
        for inputs in [1, 7, 96, 288] {
            // Overlapping rows, as the convolutions use them.
            let (step, rows) = (2, BLOCK + 9);
            let a: Vec<f32> = (0..step * rows + inputs).map(|i| value(i * 5)).collect();
            let plain = product(Machine::Plain, inputs, &a, step, rows);
            for machine in Machine::all() {
                assert_eq!(product(machine, inputs, &a, step, rows), plain, "{machine:?}");
                let alone = product(machine, inputs, &a[step * 7..], step, 1);
                assert_eq!(alone, plain[45 * 7..][..45], "{machine:?}");
            }
            for (r, row) in plain.chunks_exact(45).enumerate() {
                for (o, &product) in row.iter().enumerate() {
                    let from = 44 - o;
                    let terms = (0..inputs).map(|i| a[r * step + i] * value(from * inputs + i));
                    let size: f32 = terms.clone().map(f32::abs).sum();
                    let sum: f32 = terms.sum();
                    assert!((product - sum - value(from + 9)).abs() < 1e-5 + size * 2e-3);
                }
            }
        }
    }

    #[test]
    fn the_largest_sums_do_not_overflow() {
        let inputs = 700;
        let a = vec![3.5; inputs];
        for machine in Machine::all() {
            let weights = vec![-2.0; inputs];
            let matrix = QuantisedMatrix::for_machine(machine, &weights, &[0.0], inputs, |i| i);
            let mut out = vec![0.0; matrix.stride()];
            matrix.multiply(&a, inputs, 1, &mut out);
            assert!((out[0] + 4900.0).abs() < 10.0, "{machine:?} {}", out[0]);
        }
    }

    #[test]
    fn zeros_and_values_too_small_to_divide_by_are_zeros() {
        for x in [0.0, -0.0, 1e-40] {
            for machine in Machine::all() {
                assert_eq!(
                    product(machine, 3, &[x; 3], 3, 1),
                    product(machine, 3, &[0.0; 3], 3, 1)
                );
            }
        }
    }
}
