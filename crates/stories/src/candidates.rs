//! Which pairs of reports are looked at: those that share something telling, and are not too far apart.
//!
//! No step compares all pairs. What reports share is found through lists of who holds what, and of a long
//! list a report looks only at the holders that follow next, so the work for one report is bounded.

use rustc_hash::FxHashMap;

/// Who holds which key; reports stand in order of day, those without one last.
pub(crate) struct Holders<'d> {
    /// Where the holders of each key stand that has two or more.
    places: FxHashMap<u32, (u32, u32)>,
    entries: Vec<(u32, f32)>,
    days: &'d [Option<i32>],
    first_undated: u32,
    /// Holders that a report looks at for one key.
    reach: usize,
}

impl<'d> Holders<'d> {
    /// Holders of keys, given as key, report, weight.
    pub(crate) fn of(
        mut keyed: Vec<(u32, u32, f32)>,
        days: &'d [Option<i32>],
        reach: usize,
    ) -> Holders<'d> {
        keyed.sort_unstable_by_key(|&(key, report, _)| (key, report));
        let (mut places, mut entries) = (FxHashMap::default(), Vec::new());
        for group in keyed.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
            let from = entries.len() as u32;
            entries.extend(group.iter().map(|&(_, report, weight)| (report, weight)));
            places.insert(group[0].0, (from, entries.len() as u32));
        }
        let dated = days.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        Holders { places, entries, days, first_undated: dated as u32, reach }
    }

    /// The holders of `key` that follow `report` and are at most `apart` days later, with their weights.
    pub(crate) fn following(
        &self,
        key: u32,
        report: u32,
        apart: i32,
    ) -> impl Iterator<Item = (u32, f32)> {
        let (from, to) = self.places.get(&key).copied().unwrap_or_default();
        let group = &self.entries[from as usize..to as usize];
        let rest = &group[group.partition_point(|e| e.0 <= report)..];
        let (dated, undated) = rest.split_at(rest.partition_point(|e| e.0 < self.first_undated));
        let day = self.days[report as usize];
        let near = move |other: u32| match (day, self.days[other as usize]) {
            (Some(a), Some(b)) => (a - b).abs() <= apart,
            _ => true,
        };
        let dated = dated.iter().copied().take(self.reach).take_while(move |e| near(e.0));
        dated.chain(undated.iter().copied().take(self.reach))
    }
}

/// Sums by report, for one report after another.
pub(crate) struct Tally {
    sums: Vec<f32>,
    touched: Vec<u32>,
}

impl Tally {
    /// For so many reports.
    pub(crate) fn new(reports: usize) -> Tally {
        Tally { sums: vec![0.0; reports], touched: Vec::new() }
    }

    pub(crate) fn add(&mut self, report: u32, weight: f32) {
        let sum = &mut self.sums[report as usize];
        if *sum == 0.0 {
            self.touched.push(report);
        }
        *sum += weight;
    }

    /// The reports whose sum is `least` or more, in order; all sums are nothing again.
    pub(crate) fn take(&mut self, least: f32) -> Vec<u32> {
        let mut found = std::mem::take(&mut self.touched);
        found.retain(|&report| std::mem::take(&mut self.sums[report as usize]) >= least);
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_follows_and_is_near() {
        let days = [Some(0), Some(1), Some(9), None, None];
        let keyed = (0..5).map(|r| (7, r, 1.0)).chain([(8, 2, 1.0)]).collect();
        let holders = Holders::of(keyed, &days, 9);
        let following = |report, apart| -> Vec<u32> {
            holders.following(7, report, apart).map(|e| e.0).collect()
        };
        assert_eq!(following(0, 5), [1, 3, 4]);
        assert_eq!(following(1, 8), [2, 3, 4]);
        assert_eq!(following(3, 5), [4]);
        assert_eq!(holders.following(8, 0, 5).count(), 0);
    }

    #[test]
    fn sums_start_anew() {
        let mut tally = Tally::new(4);
        tally.add(3, 0.2);
        tally.add(1, 0.1);
        tally.add(3, 0.2);
        assert_eq!(tally.take(0.3), [3]);
        tally.add(1, 0.1);
        assert_eq!(tally.take(0.05), [1]);
    }
}
