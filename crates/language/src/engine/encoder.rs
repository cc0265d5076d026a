//! Token vectors: hash embeddings of the word features and static vectors, mixed, then four windowed
//! convolutions.

use super::hash::embedding_keys;
use super::layers::{MaxoutNorm, SharedWindow};
use super::lexeme::Word;
use super::static_vectors::VectorRows;
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

/// What is known of words whatever the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known<'w> {
    /// The word types, by number.
    pub(crate) words: &'w [Word],
    pub(crate) vectors: Option<&'w VectorRows>,
}

/// Word types that a cache holds before it starts anew: bounds it to some 30 MB.
const KEPT_MAX: usize = 8192;

/// What depends on the word type alone, for the word types met so far.
#[derive(Debug, Default)]
pub(crate) struct TypeCache {
    /// Row number by word type, or `NONE`.
    slots: Vec<u32>,
    /// Mixed embeddings.
    mixed: Vec<f32>,
    /// Products of these in the first convolution.
    products: Vec<f32>,
    missing: Vec<Seen>,
    wide: Vec<f32>,
}

const NONE: u32 = u32::MAX;

/// Working space of an encoder.
#[derive(Debug, Default)]
pub(crate) struct Space {
    block: Vec<f32>,
    next: Vec<f32>,
    types: Vec<Option<u32>>,
}

/// The network that turns words into vectors.
#[derive(Debug)]
pub(crate) struct Encoder {
    pub(crate) width: usize,
    tables: Vec<Table>,
    /// Rows of static vectors, `width` values each; empty where the encoder has none.
    vectors: Vec<f32>,
    mix: MaxoutNorm,
    first: SharedWindow,
    /// The convolutions after the first.
    convolutions: Vec<MaxoutNorm>,
}

impl Encoder {
    pub(crate) fn load(weights: &Weights, spec: &EncoderSpec) -> Result<Encoder, LoadError> {
        let EncoderSpec { name, width, pieces, .. } = spec;
        if *width == 0 || *pieces == 0 || spec.depth == 0 || spec.rows.contains(&0) {
            return Err(LoadError::Unsupported("an encoder of this form".to_owned()));
        }
        let columns = spec.attrs.iter().zip(&spec.seeds).zip(&spec.rows).enumerate();
        let tables: Vec<Table> = columns
            .map(|(i, ((attr, &seed), &rows))| {
                let values = weights.tensor(&format!("{name}.embed.{i}"), &[rows, *width])?;
                Ok(Table { feature: Feature::named(attr)?, seed, rows, values })
            })
            .collect::<Result<_, LoadError>>()?;
        let vectors = match spec.static_rows {
            0 => Vec::new(),
            rows => weights.tensor(&format!("{name}.static"), &[rows, *width])?,
        };
        let layer = |place: String, inputs| {
            MaxoutNorm::load(weights, &place, inputs * width, *width, *pieces)
        };
        Ok(Encoder {
            width: *width,
            mix: layer(format!("{name}.mix"), tables.len() + usize::from(spec.static_rows > 0))?,
            first: SharedWindow::load(weights, &format!("{name}.conv.0"), *width, *pieces)?,
            convolutions: (1..spec.depth)
                .map(|i| layer(format!("{name}.conv.{i}"), 3))
                .collect::<Result<_, _>>()?,
            tables,
            vectors,
        })
    }

    /// Rows of padding before, between and after texts: as many as the convolutions look.
    pub(crate) fn padding(&self) -> usize {
        self.convolutions.len() + 1
    }

    /// Encodes texts. `rows` receives one row of `width` values a token, in order, with
    /// [`Encoder::padding`] rows before the first text, between texts and after the last.
    pub(crate) fn encode<'t>(
        &self,
        texts: impl Iterator<Item = &'t [Seen]> + Clone,
        lexicon: Known<'_>,
        cache: &mut TypeCache,
        space: &mut Space,
        rows: &mut Vec<f32>,
    ) {
        self.add_missing(texts.clone(), lexicon, cache, space);
        let width = self.width;
        // One more row of zeros at each end, for the window of the outermost padding.
        let types = &mut space.types;
        types.clear();
        types.resize(self.padding() + 1, None);
        for text in texts {
            types.extend(text.iter().map(|&seen| Some(cache.slots[self.slot(seen)])));
            types.resize(types.len() + self.padding(), None);
        }
        types.push(None);
        rows.clear();
        rows.resize(types.len() * width, 0.0);
        self.first.apply(types, &cache.products, |row, values| {
            let to = &mut rows[row * width..][..width];
            to.copy_from_slice(values);
            if let Some(number) = types[row] {
                let mixed = &cache.mixed[number as usize * width..][..width];
                for (t, &m) in to.iter_mut().zip(mixed) {
                    *t += m;
                }
            }
        });
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

    /// Computes what the cache does not have of these texts' word types.
    fn add_missing<'t>(
        &self,
        texts: impl Iterator<Item = &'t [Seen]>,
        lexicon: Known<'_>,
        cache: &mut TypeCache,
        space: &mut Space,
    ) {
        if cache.mixed.len() > KEPT_MAX * self.width {
            cache.slots.clear();
            cache.mixed.clear();
            cache.products.clear();
        }
        let words = lexicon.words;
        cache.slots.resize(2 * words.len(), NONE);
        cache.missing.clear();
        let known = cache.mixed.len() / self.width;
        for &seen in texts.flatten() {
            let slot = &mut cache.slots[self.slot(seen)];
            if *slot == NONE {
                *slot = (known + cache.missing.len()) as u32;
                cache.missing.push(seen);
            }
        }
        cache.wide.clear();
        for seen in &cache.missing {
            let word = &words[seen.word as usize];
            for table in &self.tables {
                self.embed(table, word, seen.spacy, &mut cache.wide);
            }
            self.append_vector(word, lexicon.vectors, &mut cache.wide);
        }
        let columns = self.tables.len() + usize::from(!self.vectors.is_empty());
        let step = columns * self.width;
        let mixed = &mut cache.mixed;
        self.mix.apply(&cache.wide, step, cache.missing.len(), &mut space.block, |_, row| {
            mixed.extend_from_slice(row);
        });
        let new = &cache.mixed[known * self.width..];
        self.first.products(new, cache.missing.len(), &mut cache.products);
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

    /// Appends the static vector of a word, zeros where it has none.
    fn append_vector(&self, word: &Word, rows: Option<&VectorRows>, wide: &mut Vec<f32>) {
        if self.vectors.is_empty() {
            return;
        }
        let row = rows.and_then(|rows| rows.of(&word.text));
        match row.and_then(|row| self.vectors.get(row * self.width..(row + 1) * self.width)) {
            Some(vector) => wide.extend_from_slice(vector),
            None => wide.resize(wide.len() + self.width, 0.0),
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
