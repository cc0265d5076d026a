//! Decoding, offset maps, folding and boundaries.
