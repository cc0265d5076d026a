//! Decoding, offset maps, folding and boundaries.

pub mod sentence;
