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
    /// First hash of each value of the upper 12 bits.
    buckets: Vec<u32>,
}

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
        let first = |bucket: u32| made.hashes.partition_point(|h| h >> 20 < bucket) as u32;
        made.buckets = (0..=4096).map(first).collect();
        Some(made)
    }

    fn row(&self, hash: u32) -> &[(u8, i16)] {
        let bucket = (hash >> 20) as usize;
        let (from, to) = (self.buckets[bucket] as usize, self.buckets[bucket + 1] as usize);
        match self.hashes[from..to].binary_search(&hash) {
            Ok(n) => {
                let n = from + n;
                &self.cells[self.starts[n] as usize..self.starts[n + 1] as usize]
            }
            Err(_) => &[],
        }
    }

    /// What a feature adds to the score of a class, in the units of the scores (log odds, before the
    /// temperature).
    pub(crate) fn weight(&self, hash: u32, class: usize) -> f32 {
        let cell = self.row(hash).iter().find(|(c, _)| usize::from(*c) == class);
        cell.map_or(0.0, |&(_, weight)| f32::from(weight) * self.scale)
    }

    /// Makes `chances` the chance of each class, given features; a feature counts once. The features
    /// are put in order.
    pub(crate) fn chances(&self, hashes: &mut Vec<u32>, chances: &mut Vec<f32>) {
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
