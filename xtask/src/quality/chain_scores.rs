//! How well chains of mentions fit gold chains: MUC, B-cubed, CEAF with entity similarity, and their
//! mean, as the CoNLL-2012 shared task had it (Pradhan et al. 2014, "Scoring Coreference Partitions of
//! Predicted Mentions").
//!
//! A mention is a number; the same number on both sides is the same mention. Chains of one mention are
//! the caller's to leave out.

use std::collections::HashMap;

/// The mentions of one entity.
pub(crate) type Chain = Vec<usize>;

/// Part and whole of one measure's recall or precision, summed over documents.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Ratio {
    pub(crate) part: f64,
    pub(crate) whole: f64,
}

impl Ratio {
    fn add(&mut self, part: f64, whole: f64) {
        self.part += part;
        self.whole += whole;
    }

    /// The share; nothing of nothing is 0.
    pub(crate) fn value(self) -> f64 {
        if self.whole == 0.0 { 0.0 } else { self.part / self.whole }
    }
}

/// Recall and precision of one measure.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Measure {
    pub(crate) recall: Ratio,
    pub(crate) precision: Ratio,
}

impl Measure {
    /// Harmonic mean of recall and precision.
    pub(crate) fn f1(self) -> f64 {
        let (r, p) = (self.recall.value(), self.precision.value());
        if r + p == 0.0 { 0.0 } else { 2.0 * r * p / (r + p) }
    }
}

/// The three measures over the documents added so far.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Scores {
    pub(crate) muc: Measure,
    pub(crate) b_cubed: Measure,
    pub(crate) ceaf_e: Measure,
}

impl Scores {
    /// Adds a document's gold chains and ours.
    pub(crate) fn add(&mut self, gold: &[Chain], ours: &[Chain]) {
        let shared = overlaps(gold, ours);
        let turned: HashMap<(usize, usize), usize> =
            shared.iter().map(|(&(g, o), &n)| ((o, g), n)).collect();
        muc(&mut self.muc.recall, gold, &shared);
        muc(&mut self.muc.precision, ours, &turned);
        b_cubed(&mut self.b_cubed.recall, gold, &shared);
        b_cubed(&mut self.b_cubed.precision, ours, &turned);
        let similarity = best_alignment(gold, ours, &shared);
        self.ceaf_e.recall.add(similarity, gold.len() as f64);
        self.ceaf_e.precision.add(similarity, ours.len() as f64);
    }

    /// Mean of the three harmonic means.
    pub(crate) fn conll(&self) -> f64 {
        (self.muc.f1() + self.b_cubed.f1() + self.ceaf_e.f1()) / 3.0
    }
}

/// Mentions shared by each pair of chains that share any.
fn overlaps(gold: &[Chain], ours: &[Chain]) -> HashMap<(usize, usize), usize> {
    let chain_of: HashMap<usize, usize> =
        ours.iter().enumerate().flat_map(|(o, chain)| chain.iter().map(move |&m| (m, o))).collect();
    let mut shared = HashMap::new();
    for (g, chain) in gold.iter().enumerate() {
        for o in chain.iter().filter_map(|mention| chain_of.get(mention)) {
            *shared.entry((g, *o)).or_insert(0) += 1;
        }
    }
    shared
}

/// Links kept: a chain of n mentions that the other side cuts into k pieces keeps n - k of its n - 1.
/// A mention that the other side lacks is a piece of its own.
fn muc(ratio: &mut Ratio, chains: &[Chain], shared: &HashMap<(usize, usize), usize>) {
    for (c, chain) in chains.iter().enumerate().filter(|(_, chain)| chain.len() > 1) {
        let pieces: Vec<usize> =
            shared.iter().filter(|((own, _), _)| *own == c).map(|(_, &n)| n).collect();
        let missing = chain.len() - pieces.iter().sum::<usize>();
        let cut = pieces.len() + missing;
        ratio.add((chain.len() - cut) as f64, (chain.len() - 1) as f64);
    }
}

/// For each mention the share of its chain that the other side keeps with it.
fn b_cubed(ratio: &mut Ratio, chains: &[Chain], shared: &HashMap<(usize, usize), usize>) {
    for (c, chain) in chains.iter().enumerate() {
        let squares: usize =
            shared.iter().filter(|((own, _), _)| *own == c).map(|(_, n)| n * n).sum();
        ratio.add(squares as f64 / chain.len() as f64, chain.len() as f64);
    }
}

/// Greatest sum of 2|g ∩ o| / (|g| + |o|) over pairs in which each chain stands once.
fn best_alignment(gold: &[Chain], ours: &[Chain], shared: &HashMap<(usize, usize), usize>) -> f64 {
    let side = gold.len().max(ours.len());
    let similarity = |g: usize, o: usize| match shared.get(&(g, o)) {
        Some(&n) => 2.0 * n as f64 / (gold[g].len() + ours[o].len()) as f64,
        None => 0.0,
    };
    let matched = assign(side, |g, o| -similarity(g, o));
    matched.into_iter().enumerate().map(|(g, o)| similarity(g, o)).sum()
}

/// The column given to each row of a square matrix so that the costs sum to the least: the Hungarian
/// method with potentials, in cubic time.
fn assign(side: usize, cost: impl Fn(usize, usize) -> f64) -> Vec<usize> {
    let none = side;
    let mut row_of = vec![none; side + 1];
    let (mut of_rows, mut of_columns) = (vec![0.0; side], vec![0.0; side + 1]);
    for row in 0..side {
        let mut column = none;
        row_of[none] = row;
        let (mut least, mut from) = (vec![f64::INFINITY; side], vec![none; side]);
        let mut used = vec![false; side + 1];
        loop {
            used[column] = true;
            let at = row_of[column];
            let (mut step, mut next) = (f64::INFINITY, none);
            for j in (0..side).filter(|&j| !used[j]) {
                let reduced = cost(at, j) - of_rows[at] - of_columns[j];
                if reduced < least[j] {
                    (least[j], from[j]) = (reduced, column);
                }
                if least[j] < step {
                    (step, next) = (least[j], j);
                }
            }
            for j in 0..=side {
                if used[j] {
                    of_rows[row_of[j]] += step;
                    of_columns[j] -= step;
                } else {
                    least[j] -= step;
                }
            }
            column = next;
            if row_of[column] == none {
                break;
            }
        }
        while column != none {
            row_of[column] = row_of[from[column]];
            column = from[column];
        }
    }
    let mut column_of = vec![none; side];
    for (column, &row) in row_of[..side].iter().enumerate() {
        column_of[row] = column;
    }
    column_of
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(gold: &[&[usize]], ours: &[&[usize]]) -> Scores {
        let chains = |list: &[&[usize]]| list.iter().map(|c| c.to_vec()).collect::<Vec<_>>();
        let mut scores = Scores::default();
        scores.add(&chains(gold), &chains(ours));
        scores
    }

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
    }

    /// Each row by hand: [MUC recall, precision], [B-cubed …], [CEAF …].
    #[test]
    fn measures_of_small_cases_are_those_worked_out_by_hand() {
        let gold: &[&[usize]] = &[&[1, 2, 3], &[4, 5, 6, 7]];
        for (ours, muc, b_cubed, ceaf_e) in [
            // all right
            (&[&[1, 2, 3][..], &[4, 5, 6, 7]][..], [1.0, 1.0], [1.0, 1.0], [1.0, 1.0]),
            // nothing found
            (&[], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]),
            // {1,2} {3,4,5} {6,7}: of the 2 + 3 links of gold 1 + 2 - 1 are kept; of our 1 + 2 + 1, 3.
            // B-cubed recall (4/3 + 1/3 + 4/4 + 4/4) / 7, precision (4/2 + 1/3 + 4/3 + 4/2) / 7.
            // CEAF: {1,2} 4/5 with the first; the second takes {6,7} 4/6 or {3,4,5} 4/7.
            (
                &[&[1, 2], &[3, 4, 5], &[6, 7]],
                [3.0 / 5.0, 3.0 / 4.0],
                [11.0 / 21.0, 17.0 / 21.0],
                [(4.0 / 5.0 + 4.0 / 6.0) / 2.0, (4.0 / 5.0 + 4.0 / 6.0) / 3.0],
            ),
            // one chain of all: recall is whole, precision 5 of 6 links;
            // B-cubed precision (9/7 + 16/7) / 7; CEAF 8/11 for the larger
            (
                &[&[1, 2, 3, 4, 5, 6, 7]],
                [1.0, 5.0 / 6.0],
                [1.0, 25.0 / 49.0],
                [8.0 / 11.0 / 2.0, 8.0 / 11.0],
            ),
            // mentions 3 and 7 missed, 8 and 9 invented
            (
                &[&[1, 2, 8], &[4, 5, 6, 9]],
                [3.0 / 5.0, 3.0 / 5.0],
                [(4.0 / 3.0 + 9.0 / 4.0) / 7.0, (4.0 / 3.0 + 9.0 / 4.0) / 7.0],
                [(4.0 / 6.0 + 6.0 / 8.0) / 2.0, (4.0 / 6.0 + 6.0 / 8.0) / 2.0],
            ),
        ] {
            let found = scores(gold, ours);
            for (measure, [recall, precision]) in
                [(found.muc, muc), (found.b_cubed, b_cubed), (found.ceaf_e, ceaf_e)]
            {
                close(measure.recall.value(), recall);
                close(measure.precision.value(), precision);
            }
        }
    }

    #[test]
    fn the_mean_is_of_the_harmonic_means() {
        let found = scores(&[&[1, 2]], &[&[1, 2], &[3, 4]]);
        // MUC 1 and 1/2, B-cubed 1 and 1/2, CEAF 1 and 1/2: two thirds each
        close(found.muc.f1(), 2.0 / 3.0);
        close(found.conll(), 2.0 / 3.0);
        close(Scores::default().conll(), 0.0);
    }

    #[test]
    fn documents_are_summed_not_averaged() {
        let mut found = scores(&[&[1, 2]], &[&[1, 2]]);
        found.add(&[vec![1, 2, 3, 4]], &[]);
        close(found.muc.recall.value(), 1.0 / 4.0);
        close(found.b_cubed.recall.value(), 2.0 / 6.0);
        close(found.ceaf_e.recall.value(), 1.0 / 2.0);
    }

    #[test]
    fn the_greedy_pairing_is_not_taken_where_another_is_better() {
        let costs = [[1.0, 2.0, 9.0], [1.0, 9.0, 9.0], [9.0, 3.0, 4.0]];
        assert_eq!(assign(3, |r, c| costs[r][c]), [1, 0, 2]);
        assert!(assign(0, |_, _| 0.0).is_empty());
    }
}
