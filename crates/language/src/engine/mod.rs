//! Inference for spaCy v3's English pipelines: tokens, tags, dependency trees, lemmas, names.
//!
//! The architecture is spaCy's: an English tokenizer of affix rules and special cases; word
//! features (norm, prefix, suffix, shape) hashed into small embedding tables; four residual
//! convolutions; a linear tagger; an arc-eager parser and a BILUO name recogniser, both greedy
//! transition systems; attribute rules and a rule lemmatizer. `train/export_spacy.py` writes the
//! weights file, and `tests/parity.rs` compares every layer with what spaCy itself says.
//!
//! Results depend on the text and the weights alone: the arithmetic is the same, bit for bit, in
//! any batch, on any thread and with any vector unit.

mod affixes;
mod arc_eager;
mod biluo;
mod characters;
mod document;
mod encoder;
mod hash;
mod kernel;
mod layers;
mod lemma;
mod lexeme;
mod linear;
mod quantised;
mod ruler;
mod scorer;
mod session;
mod static_vectors;
mod tokenizer;
mod tree;
mod url;
mod weights;

pub use document::{Doc, Entity, Token};
pub use weights::LoadError;

use arc_eager::Parser;
use biluo::Recogniser;
use characters::Characters;
use encoder::Encoder;
use kernel::Matrix;
use lemma::Lemmatizer;
use lexeme::Lexicon;
use ruler::Ruler;
use session::Session;
use static_vectors::VectorRows;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokenizer::Tokenizer;
use tree::Labels;
use variorum_text::Memory;
use weights::Weights;

/// What the parts of a text are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parts {
    /// Any number of sentences each.
    Paragraphs,
    /// One sentence each.
    Sentences,
}

/// An English pipeline, ready to read. One engine serves any number of threads.
#[derive(Debug)]
pub struct Engine {
    name: String,
    tokenizer: Tokenizer,
    encoders: Vec<Encoder>,
    /// Rows of static vectors by word, where the weights have any.
    vectors: Option<VectorRows>,
    /// The tagger's layer, encoder and labels.
    tagger: Matrix,
    tagger_encoder: usize,
    tags: Vec<compact_str::CompactString>,
    parser: Parser,
    parser_encoder: usize,
    labels: Labels,
    recogniser: Recogniser,
    recogniser_encoder: usize,
    ruler: Ruler,
    lemmatizer: Lemmatizer,
    /// Working space and memory of earlier texts, one for each thread that has read at once.
    sessions: Mutex<Vec<Session>>,
    /// Sentences read before, by any thread, with places counted from their beginning.
    memory: Memory<Doc>,
}

impl Engine {
    /// Reads a weights file (`train/export_spacy.py` documents the format).
    ///
    /// # Errors
    /// [`LoadError`] if the bytes are no weights file, are cut short, or ask for an architecture
    /// that this runtime does not know.
    pub fn load(bytes: &[u8]) -> Result<Engine, LoadError> {
        let weights = Weights::open(bytes)?;
        let m = &weights.manifest;
        let encoders: Vec<Encoder> = m
            .encoders
            .iter()
            .map(|spec| Encoder::load(&weights, spec))
            .collect::<Result<_, _>>()?;
        let width = |encoder: usize| match encoders.get(encoder) {
            Some(encoder) => Ok(encoder.width),
            None => Err(LoadError::Unsupported(format!("encoder {encoder}"))),
        };
        if m.tagger.labels.is_empty() {
            return Err(LoadError::Unsupported("a tagger without labels".to_owned()));
        }
        let tagger_width = width(m.tagger.encoder)?;
        let tagger = layers::affine(&weights, "tagger", tagger_width, m.tagger.labels.len())?;
        let parser = Parser::load(&weights, &m.parser, width(m.parser.encoder)?)?;
        let recogniser = Recogniser::load(&weights, &m.ner, width(m.ner.encoder)?)?;
        let labels = Labels::new(parser.labels.clone());
        let characters = Characters::load(m)?;
        Ok(Engine {
            name: format!("{} {}", m.name, m.version),
            vectors: VectorRows::load(&weights, m.vector_keys)?,
            tokenizer: Tokenizer::new(&m.tokenizer, characters, Lexicon::load(m)),
            tagger,
            tagger_encoder: m.tagger.encoder,
            tags: m.tagger.labels.iter().map(Into::into).collect(),
            parser,
            parser_encoder: m.parser.encoder,
            ruler: Ruler::new(&m.ruler, &m.tagger.labels, &labels.names)?,
            labels,
            recogniser,
            recogniser_encoder: m.ner.encoder,
            encoders,
            lemmatizer: Lemmatizer::new(weights.manifest.lemma),
            sessions: Mutex::default(),
            memory: Memory::new(REMEMBERED),
        })
    }

    /// The kinds of name that the weights tell apart.
    pub fn name_kinds(&self) -> &[compact_str::CompactString] {
        &self.recogniser.labels
    }

    /// Name and version of the weights.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads parts of a text, usually its paragraphs: one [`Doc`] for each range, in order. The
    /// ranges are bytes of `text`; one that is out of bounds or cuts a character gives an empty
    /// document. What one part is read as does not depend on the others.
    pub fn parse(&self, text: &str, ranges: &[Range<usize>]) -> Vec<Doc> {
        self.read(text, ranges, Parts::Paragraphs)
    }

    /// Reads parts of a text that are known to be one sentence each: the parser looks for no sentence
    /// bounds in them, and names may lie across what it would take for one ("Brig. Gen. Orlo"). What was
    /// read before is not read again.
    pub fn parse_sentences(&self, text: &str, ranges: &[Range<usize>]) -> Vec<Doc> {
        let mut docs: Vec<Doc> = Vec::with_capacity(ranges.len());
        let (mut places, mut unread) = (Vec::new(), Vec::new());
        for range in ranges {
            let known = text.get(range.clone()).and_then(|s| self.memory.recall(s.as_bytes()));
            docs.push(known.map(|doc| doc.moved(range.start)).unwrap_or_else(|| {
                places.push(docs.len());
                unread.push(range.clone());
                Doc::default()
            }));
        }
        let read = self.read(text, &unread, Parts::Sentences);
        for ((doc, range), place) in read.into_iter().zip(unread).zip(places) {
            if let Some(sentence) = text.get(range.clone()) {
                let (made, tokens) = (doc.counted_from(range.start), doc.tokens.len().max(1));
                self.memory.note(sentence.as_bytes(), Arc::new(made), tokens);
            }
            docs[place] = doc;
        }
        docs
    }

    fn read(&self, text: &str, ranges: &[Range<usize>], parts: Parts) -> Vec<Doc> {
        if ranges.is_empty() {
            return Vec::new();
        }
        let session = held(&self.sessions).pop();
        let mut session = session.unwrap_or_else(|| Session::new(self));
        let docs = session.read(self, text, ranges, parts);
        if !session.is_full() {
            held(&self.sessions).push(session);
        }
        docs
    }
}

/// Tokens in the sentences of a generation that is remembered: bounds the memory to some 25 MB.
const REMEMBERED: usize = 100_000;

/// What a lock guards. A thread that panicked left it whole: it is only ever added to or taken from.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
