//! Sketches as bytes.
//!
//! Sorted hashes are told by their distances, in the code of Rice (1979): the high part in unary, the low in as
//! many bits as suit the number of hashes. A weight is one of 256 steps of equal ratio. A sketch that is like that of an
//! earlier report, its *base*, may tell by a bit which of the base's hashes it has, and of weights how they differ. In the
//! first form, which is still read, every hash took four bytes and every weight two.

use super::Sketch;
use crate::bits::{Reader, Writer};

/// The first byte of what is written now has this bit.
const SECOND: u8 = 0x80;
/// So has that of what is told by a base.
const BASED: u8 = 0x40;
/// Days from that of the base which take one byte.
const NEAR: std::ops::RangeInclusive<i64> = -127..=127;
/// Bits of a difference of weights that are told as they are.
const DIFFERENCE: u32 = 1;
/// Bits of a word's hash that are kept, and of any other.
const WORD: u32 = 24;
const OTHER: u32 = 32;
/// Ratio of a weight to the one a step below, as powers of two: 2 to the power of 1/24.
const STEPS: f32 = 24.0;
/// A list of so many hashes or more has its length in four bytes behind this one.
const LONG: u32 = 255;

/// The part of a word's hash that is kept.
pub(super) fn word(hash: u32) -> u32 {
    hash >> (OTHER - WORD)
}

/// The weight of the step nearest to a share of 1, in 1/65535.
pub(super) fn weight(share: f32) -> u16 {
    of_step(step((share.clamp(0.0, 1.0) * 65_535.0) as u16))
}

fn step(weight: u16) -> u8 {
    (f32::from(u16::MAX) / f32::from(weight.max(1))).log2().mul_add(STEPS, 0.5).clamp(0.0, 255.0)
        as u8
}

fn of_step(step: u8) -> u16 {
    (f32::from(u16::MAX) * (-f32::from(step) / STEPS).exp2()).round() as u16
}

impl Writer {
    /// Sorted hashes, their number first.
    fn hashes(&mut self, hashes: impl ExactSizeIterator<Item = u32>, width: u32) {
        let low = low_bits(hashes.len() as u32, width);
        // Most lists are short.
        let count = hashes.len() as u32;
        self.put(count.min(LONG), 8);
        if count >= LONG {
            self.put(count, 32);
        }
        let mut before = 0u32;
        for hash in hashes {
            let distance = hash - before;
            self.rice(distance, low);
            before = hash;
        }
    }
}

/// Bits of a distance that are told as they are.
fn low_bits(count: u32, width: u32) -> u32 {
    width - (32 - count.leading_zeros()).min(width)
}

impl Reader<'_> {
    fn hashes(&mut self, width: u32) -> Option<Vec<u32>> {
        let count = match self.get(8)? {
            LONG => self.get(32)?,
            count => count,
        };
        let low = low_bits(count, width);
        let (mut hashes, mut before) = (Vec::new(), 0u32);
        for _ in 0..count {
            before = u32::try_from(u64::from(before) + self.rice(low)?).ok()?;
            hashes.push(before);
        }
        Some(hashes)
    }
}

pub(super) fn pack(sketch: &Sketch) -> Vec<u8> {
    let mut to = Writer::default();
    let flags = u8::from(sketch.day.is_some()) | u8::from(sketch.brief) << 1;
    to.put(u32::from(SECOND | flags), 8);
    if let Some(day) = sketch.day {
        to.put(day as u32, 32);
    }
    to.hashes(sketch.words.iter().map(|w| w.0), WORD);
    for &(_, weight) in &sketch.words {
        to.put(u32::from(step(weight)), 8);
    }
    for list in [&sketch.runs, &sketch.countries, &sketch.places] {
        to.hashes(list.iter().copied(), OTHER);
    }
    to.bytes()
}

/// The bytes of a sketch, told by its base.
pub(super) fn pack_by(sketch: &Sketch, base: &Sketch) -> Vec<u8> {
    let mut to = Writer::default();
    let flags = u8::from(sketch.day.is_some()) | u8::from(sketch.brief) << 1;
    to.put(u32::from(SECOND | BASED | flags), 8);
    if let Some(day) = sketch.day {
        let apart = i64::from(day) - i64::from(base.day.unwrap_or_default());
        match NEAR.contains(&apart) {
            true => to.put((apart - NEAR.start()) as u32, 8),
            false => {
                to.put(u32::from(u8::MAX), 8);
                to.put(day as u32, 32);
            }
        }
    }
    let of = |hash: u32| sketch.words.binary_search_by_key(&hash, |w| w.0).ok();
    let mut apart: Vec<i32> = Vec::new();
    for &(hash, weight) in &base.words {
        let own = of(hash);
        to.put(u32::from(own.is_some()), 1);
        let differs = |own: usize| i32::from(step(sketch.words[own].1)) - i32::from(step(weight));
        apart.extend(own.map(differs));
    }
    // Most weights differ alike: a vector of other words is of another length.
    let mut sorted = apart.clone();
    sorted.sort_unstable();
    let most = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
    to.put((most + 255) as u32, 9);
    for apart in apart {
        let folded = fold(apart - most);
        to.unary(u64::from(folded >> DIFFERENCE));
        to.put(folded, DIFFERENCE);
    }
    let known = |hash: u32| base.words.binary_search_by_key(&hash, |w| w.0).is_ok();
    let others: Vec<(u32, u16)> =
        sketch.words.iter().copied().filter(|&(hash, _)| !known(hash)).collect();
    to.hashes(others.iter().map(|w| w.0), WORD);
    for (_, weight) in others {
        to.put(u32::from(step(weight)), 8);
    }
    for &hash in &base.runs {
        to.put(u32::from(sketch.runs.binary_search(&hash).is_ok()), 1);
    }
    let runs = sketch.runs.iter().copied();
    let runs: Vec<u32> = runs.filter(|hash| base.runs.binary_search(hash).is_err()).collect();
    for list in [&runs, &sketch.countries, &sketch.places] {
        to.hashes(list.iter().copied(), OTHER);
    }
    to.bytes()
}

/// A signed number as one that is small where it is near 0.
fn fold(number: i32) -> u32 {
    (number << 1 ^ number >> 31) as u32
}

fn unfold(folded: u32) -> i32 {
    (folded >> 1) as i32 ^ -((folded & 1) as i32)
}

/// Whether a sketch is told by a base.
pub(super) fn is_based(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|&flags| flags & SECOND != 0 && flags & BASED != 0)
}

/// What [`pack_by`] packed.
pub(super) fn unpack_by(bytes: &[u8], base: &Sketch) -> Option<Sketch> {
    let flags = *bytes.first().filter(|_| is_based(bytes))?;
    let mut from = Reader::of(bytes, 8);
    let mut day = None;
    if flags & 1 == 1 {
        let apart = from.get(8)?;
        day = Some(match apart == u32::from(u8::MAX) {
            true => from.get(32)? as i32,
            false => {
                let own = i64::from(base.day.unwrap_or_default()) + i64::from(apart);
                i32::try_from(own + NEAR.start()).ok()?
            }
        });
    }
    let mut words: Vec<(u32, u16)> = Vec::new();
    for &word in &base.words {
        if from.get(1)? == 1 {
            words.push(word);
        }
    }
    let (kept, most) = (words.len(), from.get(9)? as i32 - 255);
    for word in &mut words {
        let folded = from.unary()? << DIFFERENCE | from.get(DIFFERENCE)?;
        let own = i32::from(step(word.1)) + most + unfold(folded);
        word.1 = of_step(u8::try_from(own).ok()?);
    }
    for hash in from.hashes(WORD)? {
        words.push((hash, 0));
    }
    for word in &mut words[kept..] {
        word.1 = of_step(from.get(8)? as u8);
    }
    words.sort_unstable_by_key(|w| w.0);
    let mut runs = Vec::new();
    for &hash in &base.runs {
        if from.get(1)? == 1 {
            runs.push(hash);
        }
    }
    runs.extend(from.hashes(OTHER)?);
    runs.sort_unstable();
    let (countries, places) = (from.hashes(OTHER)?, from.hashes(OTHER)?);
    let brief = flags & 2 == 2;
    from.is_at_end().then_some(Sketch { day, brief, words, runs, countries, places })
}

pub(super) fn unpack(bytes: &[u8]) -> Option<Sketch> {
    let flags = *bytes.first()?;
    if flags & SECOND == 0 {
        return unpack_first(bytes);
    }
    if flags & BASED != 0 {
        return None;
    }
    let mut from = Reader::of(bytes, 8);
    let day = if flags & 1 == 1 { Some(from.get(32)? as i32) } else { None };
    let mut words: Vec<(u32, u16)> = from.hashes(WORD)?.into_iter().map(|h| (h, 0)).collect();
    for word in &mut words {
        word.1 = of_step(from.get(8)? as u8);
    }
    let (runs, countries, places) = (from.hashes(OTHER)?, from.hashes(OTHER)?, from.hashes(OTHER)?);
    let brief = flags & 2 == 2;
    from.is_at_end().then_some(Sketch { day, brief, words, runs, countries, places })
}

/// Bytes of the first form being read.
struct Bytes<'b>(&'b [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    fn list(&mut self) -> Option<Vec<u32>> {
        let count = u32::from_le_bytes(self.take()?) as usize;
        let (taken, rest) = self.0.split_at_checked(count.checked_mul(4)?)?;
        self.0 = rest;
        Some(taken.chunks_exact(4).map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect())
    }
}

fn unpack_first(bytes: &[u8]) -> Option<Sketch> {
    let mut from = Bytes(bytes);
    let [flags] = from.take()?;
    let day = i32::from_le_bytes(from.take()?);
    let count = u16::from_le_bytes(from.take()?);
    let mut words = Vec::new();
    for _ in 0..count {
        let (hash, weight) = (u32::from_le_bytes(from.take()?), u16::from_le_bytes(from.take()?));
        words.push((word(hash), weight));
    }
    // Hashes that differed in the bits that are no longer kept are one.
    words.dedup_by_key(|w| w.0);
    let (runs, countries, places) = (from.list()?, from.list()?, from.list()?);
    let day = (flags & 1 == 1).then_some(day);
    let brief = flags & 2 == 2;
    from.0.is_empty().then_some(Sketch { day, brief, words, runs, countries, places })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_is_near_to_what_it_was() {
        for weight in [1u16, 50, 700, 6_553, 65_535] {
            let kept = f32::from(of_step(step(weight)));
            assert!(
                weight < 60 || (kept / f32::from(weight) - 1.0).abs() < 0.02,
                "{weight} {kept}"
            );
            assert_eq!(step(of_step(step(weight))), step(weight));
        }
    }

    fn made(day: Option<i32>, words: &[(u32, u16)], runs: &[u32]) -> Sketch {
        let words = words.iter().map(|&(hash, share)| (hash, of_step(step(share)))).collect();
        Sketch { day, words, runs: runs.to_vec(), ..Sketch::default() }
    }

    #[test]
    fn told_by_a_base_and_back() {
        let words: Vec<(u32, u16)> = (0..90).map(|n| (n * 150_001, 900 + 67 * n as u16)).collect();
        let runs: Vec<u32> = (0..20).map(|n| n * 190_000_001).collect();
        let base = made(Some(14_610), &words, &runs);
        let fewer: Vec<(u32, u16)> =
            words.iter().skip(9).map(|&(hash, share)| (hash, share + share / 9)).collect();
        let mut other = fewer.clone();
        other[3] = (other[3].0 + 1, 65_535);
        for sketch in [
            made(Some(14_611), &fewer, &runs[4..]),
            made(Some(-9_000), &other, &[7, 8, u32::MAX]),
            made(None, &[], &[]),
            base.clone(),
        ] {
            let bytes = pack_by(&sketch, &base);
            assert!(is_based(&bytes) && !is_based(&pack(&sketch)));
            assert_eq!(unpack_by(&bytes, &base), Some(sketch));
            assert_eq!(unpack_by(&bytes[..bytes.len() - 1], &base), None);
            assert_eq!(unpack(&bytes), None);
        }
        let copy = pack_by(&made(Some(14_611), &fewer, &runs[4..]), &base);
        assert!(copy.len() * 4 < pack(&base).len(), "{} bytes", copy.len());
        for bytes in [&[0xc3; 40][..], &[0xff; 90], &[0xc0]] {
            unpack_by(bytes, &base);
        }
    }

    #[test]
    fn the_first_form_is_read() {
        let mut bytes = vec![3];
        bytes.extend(17_000i32.to_le_bytes());
        bytes.extend(2u16.to_le_bytes());
        for (hash, weight) in [(0x0102_0304u32, 9u16), (0xf102_0304, 700)] {
            bytes.extend(hash.to_le_bytes());
            bytes.extend(weight.to_le_bytes());
        }
        for list in [&[5u32, 6][..], &[], &[7]] {
            bytes.extend((list.len() as u32).to_le_bytes());
            list.iter().for_each(|hash| bytes.extend(hash.to_le_bytes()));
        }
        let sketch = unpack(&bytes).unwrap();
        assert_eq!(sketch.words, [(0x0001_0203, 9), (0x00f1_0203, 700)]);
        assert_eq!((sketch.runs, sketch.places), (vec![5, 6], vec![7]));
        assert_eq!((sketch.day, sketch.brief), (Some(17_000), true));
        assert_eq!(unpack(&bytes[..bytes.len() - 1]), None);
    }
}
