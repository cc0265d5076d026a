//! What was made of texts met before.
//!
//! News repeats itself to the letter: agency texts, copies, background paragraphs, later editions. Where what
//! is made of a text depends on its characters alone, it is made once, as long as it is remembered.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What was made of texts, by the text; shared between threads.
///
/// It has two generations: when the young one is full, it takes the place of the old. What is met again is young
/// again.
#[derive(Debug)]
pub struct Memory<V> {
    /// What a generation may weigh.
    room: usize,
    generations: Mutex<Generations<V>>,
}

type Known<V> = HashMap<Box<[u8]>, (Arc<V>, usize)>;

#[derive(Debug)]
struct Generations<V> {
    young: Known<V>,
    old: Known<V>,
    /// What the young weigh.
    weight: usize,
}

impl<V> Memory<V> {
    /// A memory that holds at most twice what weighs `room`, in the caller's measure, and one thing more.
    pub fn new(room: usize) -> Memory<V> {
        let generations = Generations { young: Known::new(), old: Known::new(), weight: 0 };
        Memory { room, generations: Mutex::new(generations) }
    }

    /// What was made of `text`.
    pub fn recall(&self, text: &[u8]) -> Option<Arc<V>> {
        let mut known = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((made, _)) = known.young.get(text) {
            return Some(made.clone());
        }
        let (text, (made, weight)) = known.old.remove_entry(text)?;
        known.note(self.room, text, made.clone(), weight);
        Some(made)
    }

    /// Remembers what was made of `text`, which weighs so much.
    pub fn note(&self, text: &[u8], made: Arc<V>, weight: usize) {
        let mut known = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        known.note(self.room, text.into(), made, weight);
    }
}

impl<V> Generations<V> {
    fn note(&mut self, room: usize, text: Box<[u8]>, made: Arc<V>, weight: usize) {
        if self.weight + weight > room {
            self.old = std::mem::take(&mut self.young);
            self.weight = 0;
        }
        self.weight += weight;
        self.young.insert(text, (made, weight));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_met_again_is_forgotten() {
        let memory = Memory::new(4);
        memory.note(b"Rain fell.", Arc::new("rain"), 1);
        memory.note(b"Snow fell.", Arc::new("snow"), 1);
        for n in 0..9u8 {
            memory.note(&[n], Arc::new("a list"), 2);
            assert_eq!(memory.recall(b"Rain fell.").as_deref(), Some(&"rain"), "{n}");
        }
        assert_eq!(memory.recall(b"Snow fell."), None);
        let held = memory.generations.lock().unwrap();
        assert!(held.young.len() + held.old.len() <= 8);
    }
}
