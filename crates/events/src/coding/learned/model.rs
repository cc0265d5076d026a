//! Linear models over hashed features: `models/events.weights`, made by `train/events.sh`.

use std::sync::LazyLock;

/// Kinds of decision, in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    /// Category of an act, or none.
    Act = 0,
    /// Whether it happened.
    Reality = 1,
    /// Mode, by category.
    Mode = 2,
    /// Actor, recipient, or neither.
    Party = 3,
}

const TASKS: usize = 4;
const MAGIC: &[u8; 8] = b"VREVENT1";

/// One linear model: for every hash a row of classes and their weights.
#[derive(Default)]
pub(crate) struct Linear {
    /// Names of the classes, in order.
    pub(crate) classes: Vec<&'static str>,
    /// Scores are divided by this before they are made chances.
    temperature: f32,
    /// What one step of a stored weight is worth.
    scale: f32,
    /// Least chance at which its decision stands.
    pub(crate) least: f32,
    /// Hashes, rising.
    hashes: Vec<u32>,
    /// Where the row of each hash begins in `cells`, and where the last ends.
    starts: Vec<u32>,
    /// Class and weight.
    cells: Vec<(u8, i16)>,
    /// First hash of each value of the upper [`BUCKET`] bits.
    buckets: Vec<u32>,
    /// A bit for each value of the upper bits of a hash, set where some hash has it: most features have no
    /// weight, and this says so without a look at the hashes.
    seen: Vec<u64>,
    /// What a hash is shifted by for its bit.
    shift: u32,
}

/// Upper bits of a hash that tell its bucket.
const BUCKET: u32 = 15;
/// Bits of [`Linear::seen`] for a hash.
const ROOM: usize = 8;

/// A cursor over the bytes of the file.
struct Bytes(&'static [u8]);

impl Bytes {
    fn take(&mut self, count: usize) -> Option<&'static [u8]> {
        let (head, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(head)
    }

    fn number(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    fn float(&mut self) -> Option<f32> {
        self.take(4)?.try_into().ok().map(f32::from_le_bytes)
    }
}

impl Linear {
    fn read(bytes: &mut Bytes) -> Option<Linear> {
        let names = bytes.number()? as usize;
        let names = std::str::from_utf8(bytes.take(names)?).ok()?;
        let mut made = Linear { classes: names.split('\n').collect(), ..Linear::default() };
        made.temperature = bytes.float()?;
        made.scale = bytes.float()?;
        made.least = bytes.float()?;
        let rows = bytes.number()? as usize;
        let hashes = bytes.take(rows.checked_mul(4)?)?;
        let word = |c: &[u8]| u32::from_le_bytes([c[0], c[1], c[2], c[3]]);
        made.hashes = hashes.chunks_exact(4).map(word).collect();
        let lengths = bytes.take(rows)?;
        let mut at = 0u32;
        made.starts.push(0);
        for &length in lengths {
            at += u32::from(length);
            made.starts.push(at);
        }
        let cells = bytes.take((at as usize).checked_mul(3)?)?;
        let cell = |c: &[u8]| (c[0], i16::from_le_bytes([c[1], c[2]]));
        made.cells = cells.chunks_exact(3).map(cell).collect();
        let count = made.classes.len();
        if made.cells.iter().any(|c| usize::from(c.0) >= count) {
            return None;
        }
        made.index();
        Some(made)
    }

    fn index(&mut self) {
        self.buckets = vec![0; (1 << BUCKET) + 1];
        for hash in &self.hashes {
            self.buckets[(hash >> (32 - BUCKET)) as usize + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut self.buckets {
            sum += *start;
            *start = sum;
        }
        let bits = (self.hashes.len() * ROOM).next_power_of_two().clamp(64, 1 << 31);
        self.shift = 32 - bits.trailing_zeros();
        self.seen = vec![0; bits / 64];
        for hash in &self.hashes {
            let bit = hash >> self.shift;
            self.seen[bit as usize / 64] |= 1 << (bit % 64);
        }
    }

    /// Whether a hash may have weights.
    fn may_weigh(&self, hash: u32) -> bool {
        let bit = hash >> self.shift;
        self.seen[bit as usize / 64] >> (bit % 64) & 1 == 1
    }

    fn row(&self, hash: u32) -> &[(u8, i16)] {
        let bucket = (hash >> (32 - BUCKET)) as usize;
        let (from, to) = (self.buckets[bucket] as usize, self.buckets[bucket + 1] as usize);
        match self.hashes[from..to].iter().position(|&known| known == hash) {
            Some(n) => {
                let n = from + n;
                &self.cells[self.starts[n] as usize..self.starts[n + 1] as usize]
            }
            None => &[],
        }
    }

    /// What a feature adds to the score of a class, in the units of the scores (log odds, before the
    /// temperature).
    pub(crate) fn weight(&self, hash: u32, class: usize) -> f32 {
        let cell = self.row(hash).iter().find(|(c, _)| usize::from(*c) == class);
        cell.map_or(0.0, |&(_, weight)| f32::from(weight) * self.scale)
    }

    /// Makes `chances` the chance of each class, given features; a feature counts once. The features
    /// are put in order, and those that surely have no weight are left out.
    pub(crate) fn chances(&self, hashes: &mut Vec<u32>, chances: &mut Vec<f32>) {
        hashes.retain(|&hash| self.may_weigh(hash));
        hashes.sort_unstable();
        hashes.dedup();
        chances.clear();
        chances.resize(self.classes.len(), 0.0);
        for &hash in hashes.iter() {
            for &(class, weight) in self.row(hash) {
                chances[usize::from(class)] += f32::from(weight);
            }
        }
        let top = chances.iter().copied().fold(f32::MIN, f32::max);
        let mut sum = 0.0;
        for score in chances.iter_mut() {
            *score = ((*score - top) * self.scale / self.temperature).exp();
            sum += *score;
        }
        for score in chances.iter_mut() {
            *score /= sum;
        }
    }
}

static MODELS: LazyLock<Vec<Linear>> = LazyLock::new(|| {
    read(include_bytes!("../../../../../models/events.weights")).unwrap_or_default()
});

fn read(file: &'static [u8]) -> Option<Vec<Linear>> {
    let mut bytes = Bytes(file);
    if bytes.take(MAGIC.len())? != MAGIC {
        return None;
    }
    let made: Vec<Linear> = (0..TASKS).map_while(|_| Linear::read(&mut bytes)).collect();
    (made.len() == TASKS && made.iter().all(|m| !m.classes.is_empty())).then_some(made)
}

/// The model for `task`; `None` where the file holds none.
pub(crate) fn model(task: Task) -> Option<&'static Linear> {
    MODELS.get(task as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_holds_every_model() {
        for task in [Task::Act, Task::Reality, Task::Mode, Task::Party] {
            let model = model(task).expect("a model");
            assert!(model.hashes.is_sorted() && model.classes.len() > 2, "{task:?}");
        }
    }

    #[test]
    fn a_broken_file_gives_no_model() {
        for file in [&b""[..], b"VREVENT1", b"VREVENT1\xff\xff\xff\xff", b"NONSENSE"] {
            assert!(read(file).is_none());
        }
    }

    #[test]
    fn weights_of_known_features_add_up_to_chances() {
        // One task of two classes: feature 7 speaks for the second.
        let mut file = Vec::new();
        file.extend(3u32.to_le_bytes());
        file.extend(b"a\nb");
        file.extend(1f32.to_le_bytes());
        file.extend(0.5f32.to_le_bytes());
        file.extend(0f32.to_le_bytes());
        file.extend(1u32.to_le_bytes());
        file.extend(7u32.to_le_bytes());
        file.extend([1, 1, 4, 0]);
        let model = Linear::read(&mut Bytes(file.leak())).expect("a model");
        let mut chances = Vec::new();
        model.chances(&mut vec![1, 2], &mut chances);
        assert_eq!(chances, [0.5, 0.5]);
        model.chances(&mut vec![7, 2, 7], &mut chances);
        assert!((chances[1] - 2f32.exp() / (1.0 + 2f32.exp())).abs() < 1e-6);
    }
}
