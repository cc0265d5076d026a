//! Stories of a collection that grows: each report is reduced once to a sketch, and compared with
//! those that were there.
//!
//! [`crate::group`] weighs words by how many of the reports at hand hold them, so every answer depends
//! on all reports. Here words weigh what they weigh in news at large, a report is its weightiest words and
//! a sample of its word sequences, and which pairs are compared depends on the two alone: so
//! likenesses never change, and the same reports come to the same stories in whatever order they came.

mod keys;
mod packed;

pub use keys::{Comparing, KEYS_OF_SKETCHES, Question, may_be_alike};

use crate::linkage::{self, Likeness};
use crate::settings::setting;
use crate::shingles;
use crate::similarity;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use variorum_model::ReadReport;

/// Weightiest words kept.
const WORDS: usize = 96;
/// Weightiest words that propose pairs.
const TELLING: usize = 24;
/// Telling words that two reports must share to be compared.
const SHARED_WORDS: u8 = 2;
/// One word sequence in this many is kept.
const SAMPLE: u64 = 8;
/// Kept sequences that two reports must share to be compared for copying.
const SHARED_RUNS: u32 = 2;
/// From this containment on a pair counts as a copy, as in [`crate::group`].
const COPY: f32 = crate::copies::COPY;
/// Likenesses below this are not kept.
const FAINT: f32 = 0.08;
/// Days apart from which two reports are not of one story, however alike.
const APART: i32 = 120;
/// Where reports without a day stand among periods of [`APART`] days.
const UNDATED: i32 = i32::MIN;

/// What of a report is needed to tell its likes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sketch {
    /// Day of publication, as days since 1970-01-01.
    day: Option<i32>,
    /// It is an entry of a sentence or two.
    brief: bool,
    /// Words by hash with their weights in 1/65535, by hash; of unit length.
    words: Vec<(u32, u16)>,
    /// Sampled word sequences by hash, sorted.
    runs: Vec<u32>,
    /// Countries and places named at the top of a brief, by hash, sorted.
    countries: Vec<u32>,
    places: Vec<u32>,
}

impl Sketch {
    /// The sketch of a report.
    pub fn of(read: &ReadReport) -> Sketch {
        let report = &read.report;
        let day = report.published.as_ref().and_then(|p| p.day().or(p.start).or(p.end));
        let brief = linkage::is_brief(&report.text);
        let mut words: Vec<(u32, u16)> = similarity::background_vector(read, WORDS)
            .into_iter()
            .map(|(hash, weight)| (packed::word(hash), packed::weight(weight)))
            .collect();
        words.sort_unstable_by_key(|&(hash, weight)| (hash, std::cmp::Reverse(weight)));
        words.dedup_by_key(|w| w.0);
        let mut runs: Vec<u32> = shingles::print(report)
            .hashes
            .iter()
            .filter(|&&h| h % SAMPLE == 0)
            .map(|&h| (h >> 32) as u32)
            .collect();
        runs.sort_unstable();
        runs.dedup();
        let (countries, places) = if brief { setting(read).hashes() } else { Default::default() };
        Sketch { day: day.map(day_number), brief, words, runs, countries, places }
    }

    /// The sketch as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        packed::pack(self)
    }

    /// What [`Sketch::to_bytes`] wrote, now or in its first form; `None` for other bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Sketch> {
        packed::unpack(bytes)
    }

    /// The sketch as bytes, told by that of `base`, an earlier report, where that takes fewer.
    pub fn to_bytes_by(&self, base: &Sketch) -> Vec<u8> {
        let (alone, by_base) = (packed::pack(self), packed::pack_by(self, base));
        if by_base.len() < alone.len() { by_base } else { alone }
    }

    /// Whether these bytes tell a sketch by that of another report.
    pub fn is_based(bytes: &[u8]) -> bool {
        packed::is_based(bytes)
    }

    /// What [`Sketch::to_bytes_by`] wrote with the same base where [`Sketch::is_based`]; `None` for other bytes.
    pub fn from_bytes_by(bytes: &[u8], base: &Sketch) -> Option<Sketch> {
        packed::unpack_by(bytes, base)
    }

    /// Whether both are set somewhere, and nowhere in one country or at one place.
    fn is_elsewhere(&self, other: &Sketch) -> bool {
        let apart = |a: &[u32], b: &[u32]| a.iter().all(|h| b.binary_search(h).is_err());
        !self.countries.is_empty()
            && !other.countries.is_empty()
            && apart(&self.countries, &other.countries)
            && apart(&self.places, &other.places)
    }

    /// The period of the day of publication: who is two periods away is too far apart.
    fn period(&self) -> i32 {
        self.day.map_or(UNDATED, |day| day.div_euclid(APART))
    }

    /// The periods of those that are near enough in time.
    fn near(&self) -> RangeInclusive<i32> {
        match self.period() {
            UNDATED => i32::MIN..=i32::MAX,
            period => period - 1..=period + 1,
        }
    }

    /// Hashes of the weightiest words, which propose pairs.
    fn telling(&self) -> Vec<u32> {
        let mut words = self.words.clone();
        words.sort_unstable_by_key(|&(hash, weight)| (std::cmp::Reverse(weight), hash));
        words.iter().take(TELLING).map(|w| w.0).collect()
    }

    fn cosine(&self, other: &Sketch) -> f32 {
        let (a, b) = (&self.words, &other.words);
        let (mut i, mut j, mut sum) = (0, 0, 0u64);
        while i < a.len() && j < b.len() {
            match a[i].0.cmp(&b[j].0) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    sum += u64::from(a[i].1) * u64::from(b[j].1);
                    i += 1;
                    j += 1;
                }
            }
        }
        sum as f32 / (65_535.0 * 65_535.0)
    }

    /// How alike two reports are that share so many telling words and runs, where that is worth keeping.
    fn liked(&self, other: &Sketch, words: u32, runs: u32) -> Option<Likeness> {
        let likeness = may_be_alike(words, runs).then(|| self.likeness(other, runs))?;
        (likeness.event >= FAINT || likeness.story >= FAINT).then_some(likeness)
    }

    /// How alike two reports are.
    fn likeness(&self, other: &Sketch, shared_runs: u32) -> Likeness {
        let days = self.day.zip(other.day).map(|(a, b)| (a - b).abs());
        let smaller = self.runs.len().min(other.runs.len()).max(1);
        let carried = (shared_runs as f32 / smaller as f32).min(1.0);
        let carried = if shared_runs < SHARED_RUNS { 0.0 } else { carried };
        let about = self.cosine(other);
        let entries = days.is_some() && self.brief && other.brief;
        let mut event = about * linkage::decay_over(days, entries);
        if entries && self.is_elsewhere(other) {
            event *= linkage::ELSEWHERE;
        }
        let story = if days.is_some_and(|d| d > APART) { 0.0 } else { about };
        let carries = if carried > 0.3 { carried } else { 0.0 };
        Likeness { event: event.max(carries), story: story.max(carries), carried }
    }
}

fn day_number(day: Date) -> i32 {
    (day - Date::constant(1970, 1, 1)).get_days()
}

/// Sketches at hand, and by what pairs of them are proposed.
#[derive(Debug, Default)]
pub struct Sketches {
    rows: Vec<Sketch>,
    /// By word and period: reports too far apart are not alike in any words that they have not copied.
    by_word: FxHashMap<(u32, i32), Vec<u32>>,
    periods: BTreeSet<i32>,
    by_run: FxHashMap<u32, Vec<u32>>,
    /// Scratch: what each report shares with the one being compared.
    words_shared: Vec<u8>,
    runs_shared: Vec<u32>,
}

impl Sketches {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The sketch of that number.
    pub fn get(&self, number: usize) -> Option<&Sketch> {
        self.rows.get(number)
    }

    /// Adds a sketch without comparing it; it gets the next number, from 0.
    pub fn push(&mut self, sketch: Sketch) {
        let number = self.rows.len() as u32;
        let period = sketch.period();
        self.periods.insert(period);
        for word in sketch.telling() {
            self.by_word.entry((word, period)).or_default().push(number);
        }
        for &run in &sketch.runs {
            self.by_run.entry(run).or_default().push(number);
        }
        self.rows.push(sketch);
        self.words_shared.push(0);
        self.runs_shared.push(0);
    }

    /// How a sketch is like those at hand: their numbers, in order, with the likeness where there is any.
    pub fn compare(&mut self, sketch: &Sketch) -> Vec<(u32, Likeness)> {
        let mut touched: Vec<u32> = Vec::new();
        let dated = self.periods.range(sketch.near()).filter(|&&p| p != UNDATED);
        let periods: Vec<i32> = dated.copied().chain([UNDATED]).collect();
        let telling = sketch.telling().into_iter();
        for key in telling.flat_map(|word| periods.iter().map(move |&period| (word, period))) {
            for &other in self.by_word.get(&key).map_or(&[][..], Vec::as_slice) {
                if self.words_shared[other as usize] == 0 {
                    touched.push(other);
                }
                self.words_shared[other as usize] += 1;
            }
        }
        for run in &sketch.runs {
            for &other in self.by_run.get(run).map_or(&[][..], Vec::as_slice) {
                if self.words_shared[other as usize] == 0 && self.runs_shared[other as usize] == 0 {
                    touched.push(other);
                }
                self.runs_shared[other as usize] += 1;
            }
        }
        touched.sort_unstable();
        let mut found = Vec::new();
        for other in touched {
            let words = std::mem::take(&mut self.words_shared[other as usize]);
            let runs = std::mem::take(&mut self.runs_shared[other as usize]);
            let likeness = sketch.liked(&self.rows[other as usize], u32::from(words), runs);
            found.extend(likeness.map(|likeness| (other, likeness)));
        }
        found
    }
}

impl Likeness {
    /// Whether one of the two carries the other's words.
    pub fn is_copy(&self) -> bool {
        self.carried >= COPY
    }
}

/// Event and story of each of `count` reports, each named by the lowest number in it, from the
/// likenesses of pairs.
pub fn place(count: usize, likenesses: &[(u32, u32, Likeness)]) -> Vec<(u32, u32)> {
    let events = linkage::events_of(count, likenesses);
    let stories = linkage::stories_of(likenesses, &events);
    lowest(&events).into_iter().zip(lowest(&stories)).collect()
}

/// Event of each of `count` reports, named by the lowest number in it. Depends on nothing beyond what chains of
/// likenesses from [`ONE_EVENT`] on connect.
pub fn place_in_events(count: usize, likenesses: &[(u32, u32, Likeness)]) -> Vec<u32> {
    lowest(&linkage::events_of(count, likenesses))
}

/// Story of each report, named by the lowest number in it, where events are known. Depends on nothing beyond what
/// chains of events connect whose mean likeness reaches [`ONE_STORY`].
pub fn place_in_stories(events: &[u32], likenesses: &[(u32, u32, Likeness)]) -> Vec<u32> {
    lowest(&linkage::stories_of(likenesses, &linkage::numbered_anew(events)))
}

/// The lowest number in the group of each.
fn lowest(groups: &[u32]) -> Vec<u32> {
    let mut lowest: FxHashMap<u32, u32> = FxHashMap::default();
    groups.iter().zip(0..).map(|(&g, i)| *lowest.entry(g).or_insert(i)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use variorum_model::{Annotations, Codings, Report};

    fn sketch(id: &str, text: &str) -> Sketch {
        let report = Report::of_lines(id, text);
        let (annotations, codings) = (Annotations::default(), Codings::default());
        Sketch::of(&ReadReport { report, annotations, codings })
    }

    const REPORTS: [&str; 4] = [
        "The harbour pilots of Aktau struck on Monday over pensions, and tankers waited at anchor in the Caspian roads while the port captain asked for mediation.",
        "Tankers waited off Aktau on Monday as harbour pilots struck over pensions; the port captain has asked for mediation, the pilots' guild said.",
        "A glacier lake above the village burst its moraine and carried away two bridges, shepherds told the district radio.",
        "The harbour pilots of Aktau struck on Monday over pensions, and tankers waited at anchor in the Caspian roads while the port captain asked for mediation. Rain fell.",
    ];

    fn placed(order: &[usize]) -> Vec<(usize, usize)> {
        let mut sketches = Sketches::default();
        let mut pairs = Vec::new();
        for &i in order {
            let sketch = sketch("r", REPORTS[i]);
            for (other, likeness) in sketches.compare(&sketch) {
                let (a, b) = (i as u32, order[other as usize] as u32);
                pairs.push((a.min(b), a.max(b), likeness));
            }
            sketches.push(sketch);
        }
        pairs.sort_by_key(|p| (p.0, p.1));
        let placed = place(REPORTS.len(), &pairs);
        placed.into_iter().map(|(event, story)| (event as usize, story as usize)).collect()
    }

    #[test]
    fn order_does_not_matter() {
        let want = placed(&[0, 1, 2, 3]);
        assert_eq!(want, [(0, 0), (0, 0), (2, 2), (0, 0)]);
        for order in [[3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
            assert_eq!(placed(&order), want, "{order:?}");
        }
    }

    #[test]
    fn far_apart_only_copies_are_alike() {
        let on = |text: &str, day: Option<i32>| Sketch { day, ..sketch("r", text) };
        for (text, days, want) in [
            (REPORTS[1], Some(0), true),
            (REPORTS[1], Some(APART), true),
            (REPORTS[1], Some(-APART), true),
            (REPORTS[1], Some(APART + 1), false),
            (REPORTS[1], Some(-9 * APART), false),
            (REPORTS[1], None, true),
            (REPORTS[3], Some(9 * APART), true),
        ] {
            for first in [Some(700), None] {
                let mut sketches = Sketches::default();
                sketches.push(on(REPORTS[0], first));
                let day = days.map(|days| 700 + days);
                let found = !sketches.compare(&on(text, day)).is_empty();
                assert_eq!(found, want || first.is_none(), "{days:?} {first:?}");
            }
        }
    }

    #[test]
    fn a_copy_is_told_from_another_telling() {
        let mut sketches = Sketches::default();
        sketches.push(sketch("a", REPORTS[0]));
        let copies = |text: &str, sketches: &mut Sketches| {
            sketches.compare(&sketch("b", text)).iter().any(|(_, l)| l.is_copy())
        };
        assert!(copies(REPORTS[3], &mut sketches));
        assert!(!copies(REPORTS[1], &mut sketches));
        assert!(!copies(REPORTS[2], &mut sketches));
    }

    #[test]
    fn bytes_and_back() {
        for text in REPORTS.iter().copied().chain([""]) {
            let sketch = sketch("r", text);
            let bytes = sketch.to_bytes();
            assert_eq!(Sketch::from_bytes(&bytes), Some(sketch));
            assert_eq!(Sketch::from_bytes(&bytes[..bytes.len() - 1]), None);
        }
        assert_eq!(Sketch::from_bytes(&[0xff; 40]), None);
    }
}
