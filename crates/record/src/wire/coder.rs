//! Bits by their chances: a binary arithmetic coder, and models that learn as they go.
//!
//! The coder is that of lpaq1 (Mahoney 2007): it halves an interval of 32 bits by the chance of the next bit and
//! writes the bytes on which both ends agree. A chance moves towards each bit that is seen, fast at first and
//! slower later; where it begins, [`super::prior`] tells.

/// The chance that a bit is 1, in 1/65536, and how often it was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chance {
    pub(super) one: u16,
    pub(super) seen: u8,
}

impl Chance {
    pub(super) const EVEN: Chance = Chance { one: 1 << 15, seen: 0 };

    fn learn(&mut self, bit: bool) {
        let aim = if bit { 65_535 } else { 0 };
        // A step of 1 / (seen + 1.5), in whole numbers.
        let step = (aim - i32::from(self.one)) * 2 / (2 * i32::from(self.seen) + 3);
        self.one = (i32::from(self.one) + step).clamp(32, 65_535 - 32) as u16;
        self.seen = self.seen.saturating_add(1).min(SLOWEST);
    }
}

/// Sightings after which a chance moves no slower.
const SLOWEST: u8 = 250;

/// Writes bits.
#[derive(Debug)]
pub(super) struct Encoder {
    low: u32,
    high: u32,
    bytes: Vec<u8>,
}

impl Encoder {
    pub(super) fn new() -> Encoder {
        Encoder { low: 0, high: u32::MAX, bytes: Vec::new() }
    }

    pub(super) fn bit(&mut self, bit: bool, chance: &mut Chance) {
        let middle = middle(self.low, self.high, chance.one);
        if bit {
            self.high = middle;
        } else {
            self.low = middle + 1;
        }
        chance.learn(bit);
        while (self.low ^ self.high) >> 24 == 0 {
            self.bytes.push((self.high >> 24) as u8);
            self.low <<= 8;
            self.high = self.high << 8 | 0xff;
        }
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        // One byte names the interval where it is wide, four where it is not; zeros follow the end.
        let mut kept = 1;
        let end = loop {
            let mask = if kept == 4 { 0 } else { u32::MAX >> (8 * kept) };
            let end = self.low.checked_add(mask).map_or(self.low, |end| end & !mask);
            if kept == 4 || (self.low..=self.high).contains(&end) {
                break end;
            }
            kept += 1;
        };
        self.bytes.extend(&end.to_be_bytes()[..kept]);
        while self.bytes.last() == Some(&0) {
            self.bytes.pop();
        }
        self.bytes
    }
}

/// Reads what [`Encoder`] wrote.
#[derive(Debug)]
pub(super) struct Decoder<'b> {
    low: u32,
    high: u32,
    code: u32,
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Decoder<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Decoder<'b> {
        let mut decoder = Decoder { low: 0, high: u32::MAX, code: 0, bytes, at: 0 };
        for _ in 0..4 {
            decoder.shift();
        }
        decoder
    }

    /// How far it has read, in bytes.
    pub(super) fn at(&self) -> usize {
        self.at.min(self.bytes.len())
    }

    /// Whether it has gone on well beyond the end, where nothing stands.
    pub(super) fn is_past(&self) -> bool {
        self.at > self.bytes.len() + 8
    }

    fn shift(&mut self) {
        let next = self.bytes.get(self.at).copied().unwrap_or(0);
        self.code = self.code << 8 | u32::from(next);
        self.at += 1;
    }

    pub(super) fn bit(&mut self, chance: &mut Chance) -> bool {
        let middle = middle(self.low, self.high, chance.one);
        let bit = self.code <= middle;
        if bit {
            self.high = middle;
        } else {
            self.low = middle + 1;
        }
        chance.learn(bit);
        while (self.low ^ self.high) >> 24 == 0 {
            self.low <<= 8;
            self.high = self.high << 8 | 0xff;
            self.shift();
        }
        bit
    }
}

fn middle(low: u32, high: u32, one: u16) -> u32 {
    low + ((u64::from(high - low) * u64::from(one)) >> 16) as u32
}

/// Lengths of numbers, in bits, that are told apart; longer ones share their chances.
const LENGTHS: usize = 20;
/// Lengths of the number before that are told apart.
const BEFORE: usize = 5;
/// Highest bits of a number, beside the first, whose chances are learnt.
const LEARNT: u32 = 4;
const NODES: usize = 1 << LEARNT;
/// Chances of one model of numbers.
pub(super) const CHANCES: usize = (BEFORE + NODES) * (LENGTHS + 1);

/// A model of numbers that tend to be small, or to be the same few: their length in bits, by that of the number
/// before, then the bits from the highest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Numbers {
    pub(super) chances: [Chance; CHANCES],
    before: usize,
}

impl Numbers {
    pub(super) const NEW: Numbers = Numbers { chances: [Chance::EVEN; CHANCES], before: 0 };

    /// Forgets the number before.
    pub(super) fn begin(&mut self) {
        self.before = 0;
    }

    /// Goes through the bits of a number. `turn` is given what the bit is, where that is known, and its chance, and
    /// tells what it is.
    fn walk(
        &mut self,
        known: Option<u64>,
        mut turn: impl FnMut(Option<bool>, &mut Chance) -> bool,
    ) -> u64 {
        let row = self.before * (LENGTHS + 1);
        let length = known.map(|n| 64 - n.leading_zeros());
        let mut counted = 0u32;
        while counted < 64 {
            let chance = &mut self.chances[row + (counted as usize).min(LENGTHS)];
            if !turn(length.map(|l| l > counted), chance) {
                break;
            }
            counted += 1;
        }
        self.before = (counted as usize).min(BEFORE - 1);
        let tree = BEFORE * (LENGTHS + 1) + (counted as usize).min(LENGTHS) * NODES;
        let (mut value, mut node) = (u64::from(counted > 0), 1usize);
        for down in (0..counted.saturating_sub(1)).rev() {
            let bit = known.map(|n| n >> down & 1 == 1);
            let bit = if node < NODES {
                let bit = turn(bit, &mut self.chances[tree + node]);
                node = node << 1 | usize::from(bit);
                bit
            } else {
                turn(bit, &mut Chance { one: 1 << 15, seen: SLOWEST })
            };
            value = value << 1 | u64::from(bit);
        }
        value
    }

    pub(super) fn put(&mut self, value: u64, to: &mut Encoder) {
        self.walk(Some(value), |bit, chance| {
            let bit = bit.unwrap_or_default();
            to.bit(bit, chance);
            bit
        });
    }

    pub(super) fn get(&mut self, from: &mut Decoder<'_>) -> u64 {
        self.walk(None, |_, chance| from.bit(chance))
    }
}

/// Sorts of bytes that are told apart before a byte.
const SORTS: usize = 6;
/// Chances of a model of bytes.
pub(super) const BYTE_CHANCES: usize = SORTS << 8;

/// A model of the bytes of strings, each by the sort of the byte before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bytes {
    pub(super) chances: Vec<Chance>,
}

impl Bytes {
    pub(super) fn new() -> Bytes {
        Bytes { chances: vec![Chance::EVEN; BYTE_CHANCES] }
    }

    fn sort(before: u8) -> usize {
        match before {
            0 => 0,
            b'a'..=b'z' => 1,
            b'A'..=b'Z' => 2,
            b'0'..=b'9' => 3,
            0x80.. => 4,
            _ => 5,
        }
    }

    pub(super) fn put(&mut self, before: u8, byte: u8, to: &mut Encoder) {
        let tree = &mut self.chances[Bytes::sort(before) << 8..][..256];
        let mut node = 1;
        for down in (0..8).rev() {
            let bit = byte >> down & 1 == 1;
            to.bit(bit, &mut tree[node]);
            node = node << 1 | usize::from(bit);
        }
    }

    pub(super) fn get(&mut self, before: u8, from: &mut Decoder<'_>) -> u8 {
        let tree = &mut self.chances[Bytes::sort(before) << 8..][..256];
        let mut node = 1;
        while node < 256 {
            node = node << 1 | usize::from(from.bit(&mut tree[node]));
        }
        node as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_bytes_come_back() {
        let mut random = 0x9e37_79b9_7f4a_7c15u64;
        let mut numbers: Vec<u64> = vec![0, 1, 2, u64::MAX, u64::MAX - 1, 1 << 63, 0, 0, 7];
        for n in 0..5_000 {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            numbers.push(random >> (n % 64));
        }
        for count in [0, 1, 2, 8, numbers.len()] {
            let (mut model, mut bytes, mut encoder) = (Numbers::NEW, Bytes::new(), Encoder::new());
            for &n in &numbers[..count] {
                model.put(n, &mut encoder);
                bytes.put(n as u8, (n >> 9) as u8, &mut encoder);
            }
            let written = encoder.finish();
            let (mut model, mut bytes, mut decoder) =
                (Numbers::NEW, Bytes::new(), Decoder::new(&written));
            for &n in &numbers[..count] {
                assert_eq!(model.get(&mut decoder), n);
                assert_eq!(bytes.get(n as u8, &mut decoder), (n >> 9) as u8);
            }
            assert!(!decoder.is_past());
        }
    }

    #[test]
    fn what_repeats_costs_little() {
        let (mut model, mut encoder) = (Numbers::NEW, Encoder::new());
        for _ in 0..10_000 {
            model.put(3, &mut encoder);
        }
        assert!(encoder.finish().len() < 40);
    }
}
