//! By what an index on disk finds the sketches that another may be like.
//!
//! A report stands there under its telling words, each with its period, and under its sampled runs. Keys are hashes
//! of few bits and may meet; who is found by them is compared exactly.

use super::{SHARED_RUNS, SHARED_WORDS, Sketch, UNDATED};
use crate::linkage::Likeness;

/// Words of dated reports: hash and period are added up, so that near periods of a word stand side by side.
const DATED: u64 = 0;
const WITHOUT_DAY: u64 = 1 << 40;
const RUN: u64 = 2 << 40;
/// No day is so many periods before 1970.
const EARLIEST: i64 = 1 << 25;
/// Bits of the hashes of words and of runs that are left out: keys that meet cost less than bits of every key.
const LEFT_OUT_OF_WORDS: u32 = 3;
const LEFT_OUT_OF_RUNS: u32 = 11;

/// Keys of sketches lie below this one; others may be given to what else is looked up.
pub const KEYS_OF_SKETCHES: u64 = 3 << 40;

/// A range of keys to look up, and whether they are of runs or of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Question {
    /// The first key.
    pub from: u64,
    /// The last key.
    pub to: u64,
    /// They are of runs.
    pub run: bool,
}

/// A sketch ready to be compared with many.
#[derive(Debug)]
pub struct Comparing<'s> {
    sketch: &'s Sketch,
    /// Sorted.
    telling: Vec<u32>,
}

fn dated(word: u32, period: i64) -> u64 {
    DATED + (i64::from(word >> LEFT_OUT_OF_WORDS) + period + EARLIEST) as u64
}

fn without_day(word: u32) -> u64 {
    WITHOUT_DAY + u64::from(word >> LEFT_OUT_OF_WORDS)
}

fn run(hash: u32) -> u64 {
    RUN + u64::from(hash >> LEFT_OUT_OF_RUNS)
}

impl Sketch {
    /// The keys under which the report stands, sorted, each once.
    pub fn keys(&self) -> Vec<u64> {
        let period = self.period();
        let word = |word: u32| match period {
            UNDATED => without_day(word),
            period => dated(word, i64::from(period)),
        };
        let words = self.telling().into_iter().map(word);
        let mut keys: Vec<u64> = words.chain(self.runs.iter().map(|&hash| run(hash))).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// What to look up to find all that the sketch may be like, sorted; `periods` are the first and the last of the
    /// reports that have a day. Who is found less than twice by words and less than twice by runs is not like it.
    pub fn questions(&self, periods: Option<(i32, i32)>) -> Vec<Question> {
        let near = match (self.period(), periods) {
            (_, None) => None,
            (UNDATED, all) => all,
            (period, Some(_)) => Some((period - 1, period + 1)),
        };
        let mut questions = Vec::new();
        for word in self.telling() {
            let undated = without_day(word);
            questions.push(Question { from: undated, to: undated, run: false });
            questions.extend(near.map(|(first, last)| Question {
                from: dated(word, i64::from(first)),
                to: dated(word, i64::from(last)),
                run: false,
            }));
        }
        let runs = self.runs.iter().map(|&hash| run(hash));
        questions.extend(runs.map(|key| Question { from: key, to: key, run: true }));
        questions.sort_unstable();
        questions
    }

    /// The period of the day of publication, if there is one.
    pub fn dated_period(&self) -> Option<i32> {
        Some(self.period()).filter(|&period| period != UNDATED)
    }

    /// The sketch ready to be compared with many.
    pub fn comparing(&self) -> Comparing<'_> {
        let mut telling = self.telling();
        telling.sort_unstable();
        Comparing { sketch: self, telling }
    }
}

/// Whether so many keys in common can make two reports be compared.
pub fn may_be_alike(words: u32, runs: u32) -> bool {
    words >= u32::from(SHARED_WORDS) || runs >= SHARED_RUNS
}

impl Comparing<'_> {
    /// How it is like another, as [`super::Sketches::compare`] finds it among many.
    pub fn like(&self, other: &Sketch) -> Option<Likeness> {
        let near = other.period() == UNDATED || self.sketch.near().contains(&other.period());
        let telling = if near { other.telling() } else { Vec::new() };
        let words = telling.iter().filter(|w| self.telling.binary_search(w).is_ok()).count();
        let shared = |run: &&u32| other.runs.binary_search(run).is_ok();
        let runs = self.sketch.runs.iter().filter(shared).count();
        self.sketch.liked(other, words as u32, runs as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Sketches;
    use super::*;

    /// Sketches of few words and runs, so that many share some; some have no day.
    fn made(count: u32) -> Vec<Sketch> {
        let mut random = 0x9e37_79b9u64;
        let mut below = |most: u64| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (random >> 33) % most
        };
        (0..count)
            .map(|_| {
                let day = (below(5) > 0).then(|| below(900) as i32 - 300);
                let mut words: Vec<(u32, u16)> = (0..30)
                    .map(|_| (below(900) as u32 * 18_001, 4_000 + below(9_000) as u16))
                    .collect();
                words.sort_unstable();
                words.dedup_by_key(|w| w.0);
                let mut runs: Vec<u32> = (0..9).map(|_| below(300) as u32 * 14_000_003).collect();
                runs.sort_unstable();
                runs.dedup();
                Sketch { day, words, runs, ..Sketch::default() }
            })
            .collect()
    }

    #[test]
    fn two_are_compared_as_one_among_many() {
        let made = made(300);
        let mut sketches = Sketches::default();
        made.iter().for_each(|sketch| sketches.push(sketch.clone()));
        for sketch in &made {
            let comparing = sketch.comparing();
            let each = made.iter().zip(0..).filter_map(|(o, n)| Some((n, comparing.like(o)?)));
            assert_eq!(each.collect::<Vec<_>>(), sketches.compare(sketch));
        }
    }

    #[test]
    fn who_is_like_is_found_by_keys() {
        let made = made(300);
        let periods = made.iter().filter_map(Sketch::dated_period);
        let periods = periods.clone().min().zip(periods.max());
        let (mut alike, mut asked) = (0, 0);
        for sketch in &made {
            let questions = sketch.questions(periods);
            for other in &made {
                let keys = other.keys();
                let found = |run: bool| {
                    let of = questions.iter().filter(|q| q.run == run);
                    of.map(|q| keys.iter().filter(|k| (q.from..=q.to).contains(k)).count()).sum()
                };
                let (words, runs): (usize, usize) = (found(false), found(true));
                let may_be = may_be_alike(words as u32, runs as u32);
                asked += usize::from(may_be);
                if sketch.comparing().like(other).is_some() {
                    alike += 1;
                    assert!(may_be);
                }
            }
        }
        assert!(alike > 500 && asked < 300 * 300 / 4, "{alike} of {asked}");
    }
}
