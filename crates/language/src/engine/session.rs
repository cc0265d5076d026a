//! The reading of a text, stage by stage, with the working space that stages share.

use super::arc_eager::{Arc, State};
use super::biluo::Name;
use super::document::{Doc, Entity, Token};
use super::encoder::{Known, Seen, Space, TypeCache};
use super::ruler::Sight;
use super::scorer::Contributions;
use super::tokenizer::{self, Piece};
use super::tree::Tree;
use super::{Engine, Parts};
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Tokens that are encoded together, unless one paragraph alone has more.
const BATCH: usize = 1024;
/// Chunks, words and lemmas that a session keeps before it starts anew: bounds its memory to some
/// 50 MB.
const KEPT_MAX: usize = 200_000;

/// Working space, and what was found out about words before.
#[derive(Debug)]
pub(crate) struct Session {
    tokens: tokenizer::Session,
    types: Vec<TypeCache>,
    /// Rows of token vectors, by encoder.
    rows: Vec<Vec<f32>>,
    space: Space,
    scores: Vec<f32>,
    contributions: Contributions,
    state: State,
    arcs: Vec<Arc>,
    tree: Tree,
    names: Vec<Name>,
    /// By word type and what the ruler said of the token.
    lemmas: FxHashMap<(u32, u8, u16), CompactString>,
}

impl Session {
    pub(crate) fn new(engine: &Engine) -> Session {
        let encoders = engine.encoders.len();
        Session {
            tokens: engine.tokenizer.session(),
            types: std::iter::repeat_with(TypeCache::default).take(encoders).collect(),
            rows: vec![Vec::new(); encoders],
            space: Space::default(),
            scores: Vec::new(),
            contributions: Contributions::default(),
            state: State::default(),
            arcs: Vec::new(),
            tree: Tree::default(),
            names: Vec::new(),
            lemmas: FxHashMap::default(),
        }
    }

    /// Whether the session remembers as much as it may.
    pub(crate) fn is_full(&self) -> bool {
        self.tokens.size() + self.lemmas.len() > KEPT_MAX
    }

    /// Reads parts of a text.
    pub(crate) fn read(
        &mut self,
        engine: &Engine,
        text: &str,
        ranges: &[Range<usize>],
        kind: Parts,
    ) -> Vec<Doc> {
        let mut pieces: Vec<Piece> = Vec::new();
        let parts: Vec<Range<usize>> = ranges
            .iter()
            .map(|range| {
                let first = pieces.len();
                engine.tokenizer.tokenize(text, range.clone(), &mut self.tokens, &mut pieces);
                first..pieces.len()
            })
            .collect();
        let mut docs = Vec::with_capacity(parts.len());
        let mut rest = parts.as_slice();
        while let Some(first) = rest.first() {
            let fits = |part: &&Range<usize>| part.end - first.start <= BATCH;
            let count = rest.iter().take_while(fits).count().max(1);
            let (batch, after) = rest.split_at(count);
            self.read_batch(engine, &pieces, batch, kind, &mut docs);
            rest = after;
        }
        docs
    }

    /// Reads parts that are encoded together.
    fn read_batch(
        &mut self,
        engine: &Engine,
        pieces: &[Piece],
        parts: &[Range<usize>],
        kind: Parts,
        docs: &mut Vec<Doc>,
    ) {
        let seen: Vec<Seen> = parts
            .iter()
            .flat_map(|part| &pieces[part.clone()])
            .map(|p| Seen { word: p.word, spacy: p.spacy })
            .collect();
        let origin = parts[0].start;
        let texts = parts.iter().filter(|p| !p.is_empty());
        let texts = texts.map(|part| &seen[part.start - origin..part.end - origin]);
        let caches = self.types.iter_mut().zip(&mut self.rows);
        for (encoder, (cache, rows)) in engine.encoders.iter().zip(caches) {
            let words = &self.tokens.words.list;
            let known = Known { words, vectors: engine.vectors.as_ref() };
            encoder.encode(texts.clone(), known, cache, &mut self.space, rows);
        }
        let mut number = 0;
        for part in parts {
            docs.push(if part.is_empty() {
                Doc::default()
            } else {
                number += 1;
                let place = (part.start - origin, number);
                self.read_part(engine, &pieces[part.clone()], place, kind)
            });
        }
    }

    /// Reads the `number`-th part (from 1) of a batch, which has `before` tokens before it.
    fn read_part(
        &mut self,
        engine: &Engine,
        pieces: &[Piece],
        (before, number): (usize, usize),
        kind: Parts,
    ) -> Doc {
        let rows_of = |rows: &'_ [Vec<f32>], encoder: usize| {
            let e = &engine.encoders[encoder];
            let first = (before + number * e.padding()) * e.width;
            (e.width, first..first + pieces.len() * e.width, rows[encoder].len())
        };
        let words = &self.tokens.words.list;
        let is_space = |i: usize| words[pieces[i].word as usize].is_space;

        let (width, range, _) = rows_of(&self.rows, engine.tagger_encoder);
        let stride = engine.tagger.stride();
        self.scores.resize(pieces.len() * stride, 0.0);
        let rows = &self.rows[engine.tagger_encoder][range];
        engine.tagger.multiply(rows, width, pieces.len(), &mut self.scores);
        let scores = self.scores.chunks_exact(stride);
        let tags = scores.map(|s| first_best(&s[..engine.tags.len()]));

        let (width, range, _) = rows_of(&self.rows, engine.parser_encoder);
        let rows = &self.rows[engine.parser_encoder][range];
        let (state, space) = (&mut self.state, &mut self.contributions);
        let one = kind == Parts::Sentences;
        engine.parser.parse(rows, width, pieces.len(), one, state, space, &mut self.arcs);
        self.tree.build(&self.arcs, &engine.labels, is_space);

        let (width, range, _) = rows_of(&self.rows, engine.recogniser_encoder);
        let rows = &self.rows[engine.recogniser_encoder][range];
        if one {
            self.tree.be_one_sentence();
        }
        let starts = &self.tree.starts;
        engine.recogniser.find(rows, width, starts, is_space, space, &mut self.names);

        let sights: Vec<Sight> = tags
            .enumerate()
            .map(|(i, tag)| {
                let word = &words[pieces[i].word as usize];
                let relation = self.tree.labels[i];
                Sight { tag, relation, lower: word.lower, is_space: word.is_space }
            })
            .collect();
        self.document(engine, pieces, &sights)
    }

    /// Puts together what the stages found.
    fn document(&mut self, engine: &Engine, pieces: &[Piece], sights: &[Sight]) -> Doc {
        let verdicts = engine.ruler.apply(sights);
        let words = &self.tokens.words.list;
        let tokens = pieces
            .iter()
            .zip(sights)
            .zip(&verdicts)
            .enumerate()
            .map(|(i, ((piece, sight), verdict))| {
                let (part, lower) = engine.ruler.part(verdict);
                let lemma = verdict.lemma.cloned().unwrap_or_else(|| {
                    let (number, inflection) = verdict.key();
                    let orth = words[piece.word as usize].orth;
                    let lemma = || {
                        let word = &words[orth as usize].text;
                        let is_base = engine.ruler.is_base(verdict);
                        engine.lemmatizer.lemma(word, lower, is_base, &engine.tokenizer.sets.letter)
                    };
                    self.lemmas.entry((orth, number, inflection)).or_insert_with(lemma).clone()
                });
                let relation = || &engine.labels.names[sight.relation as usize];
                Token {
                    range: piece.start..piece.end,
                    tag: verdict.tag.unwrap_or_else(|| &engine.tags[sight.tag as usize]).clone(),
                    part: part.clone(),
                    relation: verdict.relation.unwrap_or_else(relation).clone(),
                    head: self.tree.heads[i],
                    lemma,
                    sentence_start: self.tree.starts[i],
                }
            })
            .collect();
        let entities = self.names.iter().map(|name| Entity {
            range: pieces[name.first as usize].start..pieces[name.end as usize - 1].end,
            tokens: name.first..name.end,
            label: engine.recogniser.labels[name.label as usize].clone(),
            chance: name.chance,
        });
        Doc { tokens, entities: entities.collect() }
    }
}

/// Index of the largest value; the first of equals.
fn first_best(values: &[f32]) -> u16 {
    let mut best = 0;
    for (i, &value) in values.iter().enumerate() {
        if value > values[best] {
            best = i;
        }
    }
    best as u16
}
