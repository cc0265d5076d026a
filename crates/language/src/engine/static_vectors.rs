//! Word vectors that were learned from much text: one row for each of many words, several words to
//! a row, already multiplied by the layer that brings them to the encoder's width.

use super::hash::string_hash;
use super::weights::{LoadError, Weights};

/// Which row of the vectors a word has.
#[derive(Debug)]
pub(crate) struct VectorRows {
    /// High halves of the hashes of the words, in order.
    keys: Vec<u32>,
    rows: Vec<u16>,
}

impl VectorRows {
    /// Reads the table of `count` words; `None` where the weights have none.
    pub(crate) fn load(weights: &Weights, count: usize) -> Result<Option<VectorRows>, LoadError> {
        if count == 0 {
            return Ok(None);
        }
        let keys = weights.integers("vectors.keys", count, u32::from_le_bytes)?;
        let rows = weights.integers("vectors.rows", count, u16::from_le_bytes)?;
        if !keys.is_sorted() {
            return Err(LoadError::Tensor("vectors.keys".to_owned()));
        }
        Ok(Some(VectorRows { keys, rows }))
    }

    /// The row of a word as it is written, if it has one. Half a hash is compared, so one unknown
    /// word in some thousands gets the row of another.
    pub(crate) fn of(&self, text: &str) -> Option<usize> {
        let key = (string_hash(text) >> 32) as u32;
        self.keys.binary_search(&key).ok().map(|at| usize::from(self.rows[at]))
    }
}
