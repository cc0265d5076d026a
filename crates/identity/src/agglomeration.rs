//! Joining things into groups from the best supported pair down, never across a contradiction.
//!
//! Single-linkage agglomeration with cannot-link constraints (Wagstaff and others 2001). Things that are alike in
//! all that decides are of one *class*; whether two may be one is asked once for two classes and for whether
//! the two stand in one report, so that a story which a thousand reports tell costs little more than the ways
//! in which they tell it.

use rustc_hash::{FxHashMap, FxHashSet};

/// Groups as they grow.
pub struct Agglomeration<'a, F> {
    /// Class and report of each thing.
    class: &'a [u32],
    report: &'a [u32],
    /// Whether two things cannot be one.
    contradict: F,
    /// Answers of `contradict` by class, and by whether the two stand in one report.
    known: [FxHashMap<u64, bool>; 2],
    /// The group of each thing, by the number of its first member.
    group: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// Of each class in a group one thing and, if there is one, another of another report: with them
    /// stands some pair of two reports for any two classes that have one.
    leading: Vec<Vec<usize>>,
    reasons: Vec<Vec<String>>,
    /// Groups that can never be joined, since a contradiction outlives all growing.
    apart: Vec<FxHashSet<usize>>,
    /// The things of each report.
    told: FxHashMap<u32, Vec<usize>>,
}

impl<'a, F: Fn(usize, usize) -> bool> Agglomeration<'a, F> {
    /// Each thing in a group of its own. `contradict` must give one answer for all pairs of two classes that
    /// stand in one report, and one for all that stand in two.
    pub fn new(class: &'a [u32], report: &'a [u32], contradict: F) -> Agglomeration<'a, F> {
        let mut told: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for (i, &report) in report.iter().enumerate() {
            told.entry(report).or_default().push(i);
        }
        Agglomeration {
            class,
            report,
            contradict,
            known: Default::default(),
            group: (0..class.len()).collect(),
            members: (0..class.len()).map(|i| vec![i]).collect(),
            leading: (0..class.len()).map(|i| vec![i]).collect(),
            reasons: vec![Vec::new(); class.len()],
            apart: vec![FxHashSet::default(); class.len()],
            told,
        }
    }

    /// Joins the groups of two things, unless something in one cannot be with something in the other.
    pub fn join(&mut self, a: usize, b: usize, reason: impl FnOnce() -> String) {
        let (a, b) = (self.group[a], self.group[b]);
        let (keep, gone) = (a.min(b), a.max(b));
        if a == b || self.apart[keep].contains(&gone) {
            return;
        }
        if self.groups_contradict(keep, gone) {
            self.apart[keep].insert(gone);
            self.apart[gone].insert(keep);
            return;
        }
        let leading = std::mem::take(&mut self.leading[gone]);
        self.lead(keep, &leading);
        let moved = std::mem::take(&mut self.members[gone]);
        for &m in &moved {
            self.group[m] = keep;
        }
        self.members[keep].extend(moved);
        let lost = std::mem::take(&mut self.reasons[gone]);
        self.reasons[keep].extend(lost);
        self.reasons[keep].push(reason());
        for other in std::mem::take(&mut self.apart[gone]) {
            self.apart[other].remove(&gone);
            self.apart[other].insert(keep);
            self.apart[keep].insert(other);
        }
    }

    /// Adds to those that lead a group what leads another with it.
    fn lead(&mut self, group: usize, others: &[usize]) {
        for &other in others {
            let leading = &mut self.leading[group];
            let mut alike = leading.iter().filter(|&&i| self.class[i] == self.class[other]);
            let first = alike.next().map(|&i| self.report[i]);
            if first != Some(self.report[other]) && alike.next().is_none() {
                leading.push(other);
            }
        }
    }

    /// Whether two groups hold two things that cannot be one.
    fn groups_contradict(&mut self, a: usize, b: usize) -> bool {
        let (x, y) = (std::mem::take(&mut self.leading[a]), std::mem::take(&mut self.leading[b]));
        let odd = y
            .iter()
            .any(|&j| !self.is_known_to(&x, j) && x.iter().any(|&i| self.contradicts(i, j)));
        (self.leading[a], self.leading[b]) = (x, y);
        odd || self.contradict_within_reports(a, b)
    }

    /// Whether two of those that lead a group are of the class of a thing: then another of that class, in another
    /// report, contradicts none of the group, or these would not be in it.
    fn is_known_to(&self, leading: &[usize], thing: usize) -> bool {
        leading.iter().filter(|&&i| self.class[i] == self.class[thing]).nth(1).is_some()
    }

    fn contradict_within_reports(&mut self, a: usize, b: usize) -> bool {
        let (few, many) = match self.members[a].len() < self.members[b].len() {
            true => (a, b),
            false => (b, a),
        };
        let told = |j: usize| self.told[&self.report[j]].iter();
        let pairs: Vec<(usize, usize)> = self.members[few]
            .iter()
            .flat_map(|&j| told(j).filter(|&&i| self.group[i] == many).map(move |&i| (i, j)))
            .collect();
        pairs.into_iter().any(|(i, j)| self.contradicts(i, j))
    }

    fn contradicts(&mut self, i: usize, j: usize) -> bool {
        let (i, j) = (i.min(j), i.max(j));
        let classes = u64::from(self.class[i]) << 32 | u64::from(self.class[j]);
        let known = &mut self.known[usize::from(self.report[i] == self.report[j])];
        *known.entry(classes).or_insert_with(|| (self.contradict)(i, j))
    }

    /// Members and reasons of each group, groups in order of their first member.
    pub fn groups(self) -> Vec<(Vec<usize>, Vec<String>)> {
        let filled = self.members.into_iter().zip(self.reasons).filter(|(m, _)| !m.is_empty());
        let mut groups: Vec<(Vec<usize>, Vec<String>)> = filled.collect();
        for (members, _) in &mut groups {
            members.sort_unstable();
        }
        groups
    }
}

/// Adds to `pairs` those of a block that are worth asking about: the first two things of each class with each
/// other and with those of all other classes, of which `most` are taken; all others with the first of their
/// class; and those of one report with each other. `block` stands in order of the reports.
pub fn propose(
    block: &[usize],
    class: &[u32],
    report: &[u32],
    most: usize,
    pairs: &mut Vec<(usize, usize)>,
) {
    let mut firsts: FxHashMap<u32, [usize; 2]> = FxHashMap::default();
    let mut leading: Vec<usize> = Vec::new();
    for &i in block {
        let known = firsts.entry(class[i]).or_insert([i, i]);
        if known[0] == i {
            leading.push(i);
        } else if known[0] == known[1] {
            known[1] = i;
            leading.push(i);
        } else {
            pairs.push((known[0].min(i), known[0].max(i)));
        }
    }
    leading.truncate(most);
    for (n, &a) in leading.iter().enumerate() {
        pairs.extend(leading[n + 1..].iter().map(|&b| (a.min(b), a.max(b))));
    }
    for told in block.chunk_by(|&a, &b| report[a] == report[b]) {
        let told = &told[..told.len().min(most)];
        for (n, &a) in told.iter().enumerate() {
            pairs.extend(told[n + 1..].iter().map(|&b| (a.min(b), a.max(b))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(pairs: &[(usize, usize)], class: &[u32], report: &[u32]) -> Vec<Vec<usize>> {
        // Classes 0 and 9 cannot be one; nor can two things of one report.
        let odd = |i: usize, j: usize| report[i] == report[j] || class[i].abs_diff(class[j]) == 9;
        let mut joined = Agglomeration::new(class, report, odd);
        for &(a, b) in pairs {
            joined.join(a, b, String::new);
        }
        joined.groups().into_iter().map(|(m, _)| m).collect()
    }

    #[test]
    fn groups_never_hold_a_contradiction() {
        for (pairs, class, report, want) in [
            (&[(0, 1), (1, 2)][..], [0, 0, 0], [0, 1, 2], vec![vec![0, 1, 2]]),
            (&[(0, 1), (1, 2)], [0, 0, 9], [0, 1, 2], vec![vec![0, 1], vec![2]]),
            (&[(0, 1), (1, 2)], [0, 0, 0], [0, 1, 0], vec![vec![0, 1], vec![2]]),
            (&[(1, 2), (0, 1)], [0, 0, 0], [0, 1, 0], vec![vec![0], vec![1, 2]]),
        ] {
            assert_eq!(groups(pairs, &class, &report), want, "{class:?} {report:?}");
        }
    }

    #[test]
    fn things_alike_are_asked_about_once() {
        let (class, report) = ([0, 0, 0, 0, 1, 1], [0, 1, 2, 3, 3, 4]);
        let mut pairs = Vec::new();
        propose(&[0, 1, 2, 3, 4, 5], &class, &report, 400, &mut pairs);
        pairs.sort_unstable();
        pairs.dedup();
        let want = vec![(0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (1, 4), (1, 5), (3, 4), (4, 5)];
        assert_eq!(pairs, want);
    }
}
