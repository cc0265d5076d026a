//! The weights file: header, manifest, tensors. `train/export_spacy.py` writes it and documents it.

use flate2::read::ZlibDecoder;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Read;

/// The first bytes of every weights file of this version.
const MAGIC: &[u8; 8] = b"VRMLANG1";
/// The largest manifest that is inflated.
const MANIFEST_BYTES_MAX: u64 = 64 << 20;

/// Why a weights file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file does not begin as a weights file does, or ends early.
    #[error("not a weights file, or cut short")]
    Format,
    /// The manifest cannot be inflated or read.
    #[error("the manifest of the weights file cannot be read: {0}")]
    Manifest(String),
    /// A tensor is missing, outside the file or not of the shape that the manifest implies.
    #[error("tensor {0} is missing or has another shape than expected")]
    Tensor(String),
    /// The manifest asks for something this runtime does not do.
    #[error("the weights ask for {0}, which this runtime does not know")]
    Unsupported(String),
}

/// One tensor's place.
#[derive(Debug, Deserialize)]
struct Place {
    name: String,
    shape: Vec<usize>,
    dtype: Form,
    offset: usize,
}

/// How the values of a tensor are stored.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Form {
    F32,
    F16,
    /// Sixteen-bit integers, with a scale for each row.
    I16,
    /// Whole numbers, read by [`Weights::integers`].
    U16,
    U32,
}

/// A MultiHashEmbed + MaxoutWindowEncoder stack.
#[derive(Debug, Deserialize)]
pub(crate) struct EncoderSpec {
    pub(crate) name: String,
    pub(crate) width: usize,
    pub(crate) attrs: Vec<String>,
    pub(crate) seeds: Vec<u32>,
    pub(crate) rows: Vec<usize>,
    pub(crate) depth: usize,
    pub(crate) pieces: usize,
    /// Rows of static vectors, 0 for none.
    #[serde(default)]
    pub(crate) static_rows: usize,
}

/// The tagger.
#[derive(Debug, Deserialize)]
pub(crate) struct TaggerSpec {
    pub(crate) encoder: usize,
    pub(crate) labels: Vec<String>,
}

/// A transition-based parser or name recogniser.
#[derive(Debug, Deserialize)]
pub(crate) struct TransitionSpec {
    pub(crate) encoder: usize,
    pub(crate) hidden: usize,
    pub(crate) pieces: usize,
    pub(crate) features: usize,
    pub(crate) moves: Vec<String>,
}

/// The affix rules and special cases of the tokenizer.
#[derive(Debug, Deserialize)]
pub(crate) struct TokenizerSpec {
    pub(crate) prefixes: Vec<String>,
    pub(crate) suffixes: Vec<String>,
    pub(crate) units: Vec<String>,
    pub(crate) currency: Vec<String>,
    pub(crate) hyphens: Vec<String>,
    /// Chunk to its tokens: text and norm ("" for the norm of the text).
    pub(crate) specials: BTreeMap<String, Vec<(String, String)>>,
}

/// A rule of the attribute ruler.
#[derive(Debug, Deserialize)]
pub(crate) struct RulerSpec {
    pub(crate) patterns: Vec<Vec<BTreeMap<String, serde_json::Value>>>,
    pub(crate) attrs: BTreeMap<String, String>,
    pub(crate) index: i32,
}

/// The lemmatizer's tables by part of speech.
#[derive(Debug, Deserialize)]
pub(crate) struct LemmaSpec {
    pub(crate) rules: BTreeMap<String, Vec<(String, String)>>,
    pub(crate) exceptions: BTreeMap<String, FxHashMap<String, Vec<String>>>,
    pub(crate) index: BTreeMap<String, String>,
}

/// Everything in the file but the tensors.
#[derive(Debug, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) name: String,
    pub(crate) version: String,
    tensors: Vec<Place>,
    /// Words that have a static vector.
    #[serde(default)]
    pub(crate) vector_keys: usize,
    pub(crate) encoders: Vec<EncoderSpec>,
    pub(crate) tagger: TaggerSpec,
    pub(crate) parser: TransitionSpec,
    pub(crate) ner: TransitionSpec,
    pub(crate) tokenizer: TokenizerSpec,
    pub(crate) classes: BTreeMap<String, Vec<u32>>,
    pub(crate) norms: BTreeMap<String, String>,
    pub(crate) norm_hashes: BTreeMap<String, String>,
    pub(crate) symbols: FxHashMap<String, u64>,
    pub(crate) ruler: Vec<RulerSpec>,
    pub(crate) lemma: LemmaSpec,
}

/// A weights file, opened.
pub(crate) struct Weights<'b> {
    pub(crate) manifest: Manifest,
    data: &'b [u8],
    places: FxHashMap<String, usize>,
}

impl<'b> Weights<'b> {
    /// Reads header and manifest.
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, LoadError> {
        let number = |at: usize| -> Result<usize, LoadError> {
            let four = bytes.get(at..at + 4).ok_or(LoadError::Format)?;
            Ok(four.iter().rev().fold(0usize, |n, &b| n << 8 | usize::from(b)))
        };
        if !bytes.starts_with(MAGIC) {
            return Err(LoadError::Format);
        }
        let stored = number(8)?;
        let end = 16 + stored;
        let packed = bytes.get(16..end).ok_or(LoadError::Format)?;
        let mut raw = Vec::with_capacity(number(12)?.min(MANIFEST_BYTES_MAX as usize));
        ZlibDecoder::new(packed)
            .take(MANIFEST_BYTES_MAX)
            .read_to_end(&mut raw)
            .map_err(|e| LoadError::Manifest(e.to_string()))?;
        let manifest: Manifest =
            serde_json::from_slice(&raw).map_err(|e| LoadError::Manifest(e.to_string()))?;
        let data = bytes.get(end.next_multiple_of(16)..).ok_or(LoadError::Format)?;
        let places =
            manifest.tensors.iter().enumerate().map(|(i, t)| (t.name.clone(), i)).collect();
        Ok(Weights { manifest, data, places })
    }

    /// The values of a tensor, which must have `shape`.
    pub(crate) fn tensor(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, LoadError> {
        let fail = || LoadError::Tensor(name.to_owned());
        let place = &self.manifest.tensors[*self.places.get(name).ok_or_else(fail)?];
        if place.shape != shape {
            return Err(fail());
        }
        let count: usize = shape.iter().product();
        let row = shape.last().copied().unwrap_or(1).max(1);
        let size = match place.dtype {
            Form::F32 => count * 4,
            Form::F16 => count * 2,
            Form::I16 => count * 2 + count / row * 4,
            Form::U16 | Form::U32 => return Err(fail()),
        };
        let bytes = self.stretch(place, size).ok_or_else(fail)?;
        let singles = |bytes: &[u8]| -> Vec<f32> {
            bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect()
        };
        let pairs = bytes.as_chunks::<2>().0;
        Ok(match place.dtype {
            Form::F32 => singles(bytes),
            Form::F16 => pairs.iter().map(|b| from_half(u16::from_le_bytes(*b))).collect(),
            Form::I16 => {
                let scales = singles(&bytes[..count / row * 4]);
                let rows = pairs[scales.len() * 2..].chunks_exact(row).zip(scales);
                rows.flat_map(|(values, scale)| {
                    values.iter().map(move |b| f32::from(i16::from_le_bytes(*b)) * scale)
                })
                .collect()
            }
            Form::U16 | Form::U32 => return Err(fail()),
        })
    }

    /// Whether the tensor is stored in whole numbers with scales.
    pub(crate) fn is_whole(&self, name: &str) -> bool {
        let place = self.places.get(name).map(|&i| &self.manifest.tensors[i]);
        place.is_some_and(|place| matches!(place.dtype, Form::I16))
    }

    /// The bytes of a tensor of `size` bytes.
    fn stretch(&self, place: &Place, size: usize) -> Option<&'b [u8]> {
        let end = place.offset.checked_add(size)?;
        self.data.get(place.offset..end)
    }

    /// The values of a list of `count` whole numbers of `N` bytes each.
    pub(crate) fn integers<const N: usize, T>(
        &self,
        name: &str,
        count: usize,
        read: impl Fn([u8; N]) -> T,
    ) -> Result<Vec<T>, LoadError> {
        let fail = || LoadError::Tensor(name.to_owned());
        let place = &self.manifest.tensors[*self.places.get(name).ok_or_else(fail)?];
        let fits = match place.dtype {
            Form::U16 => N == 2,
            Form::U32 => N == 4,
            _ => false,
        };
        if !fits || place.shape != [count] {
            return Err(fail());
        }
        let size = count.checked_mul(N).ok_or_else(fail)?;
        let bytes = self.stretch(place, size).ok_or_else(fail)?;
        Ok(bytes.as_chunks::<N>().0.iter().map(|b| read(*b)).collect())
    }
}

/// The value of an IEEE half-precision number (finite or not).
fn from_half(bits: u16) -> f32 {
    let sign = u32::from(bits & 0x8000) << 16;
    let rest = u32::from(bits & 0x7fff) << 13;
    // Moving the exponent bias from 15 to 127 by a multiplication also scales subnormals.
    let value = f32::from_bits(rest) * f32::from_bits((254 - 15) << 23);
    let value = if bits & 0x7c00 == 0x7c00 { f32::from_bits(rest | 0x7f80_0000) } else { value };
    f32::from_bits(value.to_bits() | sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_precision_values() {
        for (bits, value) in [
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x7bff, 65504.0),
            (0x0001, 5.960_464_5e-8),
            (0x0400, 6.103_515_6e-5),
            (0x0000, 0.0),
        ] {
            assert_eq!(from_half(bits), value, "{bits:#x}");
        }
        assert!(from_half(0x7c00).is_infinite());
    }

    #[test]
    fn a_file_of_another_kind_or_cut_short_is_refused() {
        for bytes in [&b""[..], b"PK\x03\x04", b"VRMLANG1", b"VRMLANG1\x10\0\0\0\0\0\0\0abc"] {
            assert!(Weights::open(bytes).is_err());
        }
    }
}
