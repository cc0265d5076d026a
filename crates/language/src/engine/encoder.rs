//! Token vectors: hash embeddings of the word features, mixed, then four windowed convolutions.

use super::hash::embedding_keys;
use super::layers::MaxoutNorm;
use super::lexeme::Word;
use super::weights::{EncoderSpec, LoadError, Weights};

/// A word feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Feature {
    Norm,
    Prefix,
    Suffix,
    Shape,
    Spacy,
    IsSpace,
}

impl Feature {
    fn named(name: &str) -> Result<Feature, LoadError> {
        Ok(match name {
            "NORM" => Feature::Norm,
            "PREFIX" => Feature::Prefix,
            "SUFFIX" => Feature::Suffix,
            "SHAPE" => Feature::Shape,
            "SPACY" => Feature::Spacy,
            "IS_SPACE" => Feature::IsSpace,
            other => return Err(LoadError::Unsupported(format!("feature {other}"))),
        })
    }

    fn of(self, word: &Word, spacy: bool) -> u64 {
        match self {
            Feature::Norm => word.norm,
            Feature::Prefix => word.prefix,
            Feature::Suffix => word.suffix,
            Feature::Shape => word.shape,
            Feature::Spacy => u64::from(spacy),
            Feature::IsSpace => u64::from(word.is_space),
        }
    }
}

/// One feature's embedding table.
#[derive(Debug)]
struct Table {
    feature: Feature,
    seed: u32,
    rows: usize,
    values: Vec<f32>,
}

/// A word type as the encoder tells them apart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) word: u32,
    /// Whether a space follows.
    pub(crate) spacy: bool,
}

/// Mixed embeddings of the word types met so far.
#[derive(Debug, Default)]
pub(crate) struct MixCache {
    /// Row number by word type, or `NONE`.
    slots: Vec<u32>,
    values: Vec<f32>,
    missing: Vec<Seen>,
    wide: Vec<f32>,
}

const NONE: u32 = u32::MAX;

/// Working space of an encoder.
#[derive(Debug, Default)]
pub(crate) struct Space {
    block: Vec<f32>,
    next: Vec<f32>,
}

/// The network that turns words into vectors.
#[derive(Debug)]
pub(crate) struct Encoder {
    pub(crate) width: usize,
    tables: Vec<Table>,
    mix: MaxoutNorm,
    convolutions: Vec<MaxoutNorm>,
}

impl Encoder {
    pub(crate) fn load(weights: &Weights, spec: &EncoderSpec) -> Result<Encoder, LoadError> {
        let EncoderSpec { name, width, pieces, .. } = spec;
        if *width == 0 || *pieces == 0 || spec.rows.contains(&0) {
            return Err(LoadError::Unsupported("an encoder of width 0".to_owned()));
        }
        let columns = spec.attrs.iter().zip(&spec.seeds).zip(&spec.rows).enumerate();
        let tables: Vec<Table> = columns
            .map(|(i, ((attr, &seed), &rows))| {
                let values = weights.tensor(&format!("{name}.embed.{i}"), &[rows, *width])?;
                Ok(Table { feature: Feature::named(attr)?, seed, rows, values })
            })
            .collect::<Result<_, LoadError>>()?;
        let layer = |place: String, inputs| {
            MaxoutNorm::load(weights, &place, inputs * width, *width, *pieces)
        };
        Ok(Encoder {
            width: *width,
            mix: layer(format!("{name}.mix"), tables.len())?,
            convolutions: (0..spec.depth)
                .map(|i| layer(format!("{name}.conv.{i}"), 3))
                .collect::<Result<_, _>>()?,
            tables,
        })
    }

    /// Rows of padding before, between and after texts: as many as the convolutions look.
    pub(crate) fn padding(&self) -> usize {
        self.convolutions.len()
    }

    /// Encodes texts. `rows` receives one row of `width` values a token, in order, with
    /// [`Encoder::padding`] rows before the first text, between texts and after the last.
    pub(crate) fn encode<'t>(
        &self,
        texts: impl Iterator<Item = &'t [Seen]> + Clone,
        words: &[Word],
        cache: &mut MixCache,
        space: &mut Space,
        rows: &mut Vec<f32>,
    ) {
        self.mix_missing(texts.clone(), words, cache, space);
        let width = self.width;
        // One more row of zeros at each end, for the window of the outermost padding.
        rows.clear();
        rows.resize(width * (self.padding() + 1), 0.0);
        for text in texts {
            for &seen in text {
                let at = cache.slots[self.slot(seen)] as usize * width;
                rows.extend_from_slice(&cache.values[at..at + width]);
            }
            rows.resize(rows.len() + width * self.padding(), 0.0);
        }
        rows.resize(rows.len() + width, 0.0);
        for convolution in &self.convolutions {
            self.convolve(convolution, rows, space);
        }
        rows.truncate(rows.len() - width);
        rows.drain(..width);
    }

    /// A residual convolution over each row and its two neighbours, in place.
    fn convolve(&self, layer: &MaxoutNorm, rows: &mut Vec<f32>, space: &mut Space) {
        let width = self.width;
        let count = rows.len() / width - 2;
        space.next.clear();
        space.next.resize(rows.len(), 0.0);
        let next = &mut space.next;
        layer.apply(rows, width, count, &mut space.block, |row, values| {
            let to = &mut next[(row + 1) * width..][..width];
            let from = &rows[(row + 1) * width..][..width];
            for ((t, &v), &f) in to.iter_mut().zip(values).zip(from) {
                *t = f + v;
            }
        });
        std::mem::swap(rows, &mut space.next);
    }

    /// Mixes the embeddings of the word types that the cache does not have.
    fn mix_missing<'t>(
        &self,
        texts: impl Iterator<Item = &'t [Seen]>,
        words: &[Word],
        cache: &mut MixCache,
        space: &mut Space,
    ) {
        cache.slots.resize(2 * words.len(), NONE);
        cache.missing.clear();
        let mut row = (cache.values.len() / self.width) as u32;
        for &seen in texts.flatten() {
            let slot = &mut cache.slots[self.slot(seen)];
            if *slot == NONE {
                *slot = row;
                row += 1;
                cache.missing.push(seen);
            }
        }
        cache.wide.clear();
        for seen in &cache.missing {
            for table in &self.tables {
                self.embed(table, &words[seen.word as usize], seen.spacy, &mut cache.wide);
            }
        }
        let step = self.tables.len() * self.width;
        let values = &mut cache.values;
        self.mix.apply(&cache.wide, step, cache.missing.len(), &mut space.block, |_, mixed| {
            values.extend_from_slice(mixed);
        });
    }

    /// Appends the sum of the four rows that a feature hashes to.
    fn embed(&self, table: &Table, word: &Word, spacy: bool, wide: &mut Vec<f32>) {
        let start = wide.len();
        wide.resize(start + self.width, 0.0);
        for key in embedding_keys(table.feature.of(word, spacy), table.seed) {
            let row = key as usize % table.rows * self.width;
            for (to, &from) in wide[start..].iter_mut().zip(&table.values[row..row + self.width]) {
                *to += from;
            }
        }
    }

    /// Place of a word type in the cache.
    fn slot(&self, seen: Seen) -> usize {
        2 * seen.word as usize + usize::from(seen.spacy && self.sees_spaces())
    }

    fn sees_spaces(&self) -> bool {
        self.tables.iter().any(|t| t.feature == Feature::Spacy)
    }
}

impl MixCache {
    /// Word types in the cache.
    pub(crate) fn len(&self) -> usize {
        self.slots.iter().filter(|&&slot| slot != NONE).count()
    }
}
