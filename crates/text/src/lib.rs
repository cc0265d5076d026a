//! Decoding, offset maps, folding and boundaries.

pub mod decode;
mod escape;
pub mod fold;
pub mod lines;
mod memory;
mod meta_charset;
pub mod offset_map;
pub mod offsets;
pub mod sentence;
pub mod suspicion;

pub use decode::{Decoded, EncodingBasis, Hints, decode};
pub use escape::escape;
pub use fold::{Folded, fold, fold_key};
pub use lines::{Line, lines, trim_span};
pub use memory::Memory;
pub use offset_map::OffsetMap;
pub use offsets::{Offsets, widen_to_graphemes};
pub use suspicion::{mixed_script, text_warnings};
