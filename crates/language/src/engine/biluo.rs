//! Name recognition: a transition system over BILUO tags (begin, in, last, unit, out).

use super::scorer::{Contributions, Scorer};
use super::weights::{LoadError, TransitionSpec, Weights};
use compact_str::CompactString;

/// Tokens that a state shows the scorer: the next, the first of the open name, the one before.
const FEATURES: usize = 3;

/// Kinds of move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Begin,
    In,
    Last,
    Unit,
    Out,
    /// A token that must not be in a name; only preset annotation allows it.
    Blocked,
}

/// A move with its label (an index into [`Recogniser::labels`]).
#[derive(Debug, Clone, Copy)]
struct Move {
    kind: Kind,
    label: u16,
}

/// The name recogniser.
#[derive(Debug)]
pub(crate) struct Recogniser {
    scorer: Scorer,
    moves: Vec<Move>,
    /// Kinds of name.
    pub(crate) labels: Vec<CompactString>,
}

/// A name: its first token, the one after its last, and its label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Name {
    pub(crate) first: u32,
    pub(crate) end: u32,
    pub(crate) label: u16,
    /// The least chance of the moves that made it.
    pub(crate) chance: f32,
}

impl Recogniser {
    pub(crate) fn load(
        weights: &Weights,
        spec: &TransitionSpec,
        width: usize,
    ) -> Result<Recogniser, LoadError> {
        let mut labels: Vec<CompactString> = Vec::new();
        let mut moves = Vec::with_capacity(spec.moves.len());
        for name in &spec.moves {
            let (kind, label) = name.split_once('-').unwrap_or((name, ""));
            let kind = match kind {
                "B" => Kind::Begin,
                "I" => Kind::In,
                "L" => Kind::Last,
                "U" if label.is_empty() => Kind::Blocked,
                "U" => Kind::Unit,
                "O" => Kind::Out,
                _ => return Err(LoadError::Unsupported(format!("move {name}"))),
            };
            let number = labels.iter().position(|l| l == label).unwrap_or_else(|| {
                labels.push(label.into());
                labels.len() - 1
            });
            moves.push(Move { kind, label: number as u16 });
        }
        let scorer = Scorer::load(weights, "ner", spec, width, FEATURES)?;
        Ok(Recogniser { scorer, moves, labels })
    }

    /// Finds the names of a text of `starts.len()` tokens, whose vectors are `width` values apart.
    /// No name crosses a sentence start (`starts`) or begins with white space (`is_space`).
    pub(crate) fn find(
        &self,
        rows: &[f32],
        width: usize,
        starts: &[bool],
        is_space: impl Fn(usize) -> bool,
        space: &mut Contributions,
        names: &mut Vec<Name>,
    ) {
        names.clear();
        let count = starts.len();
        self.scorer.prepare(rows, width, count, space);
        let mut open: Option<Name> = None;
        for token in 0..count {
            let (first, last) = match open {
                Some(name) => (name.first as i32, token as i32 - 1),
                None => (-1, -1),
            };
            self.scorer.score(&[token as i32, first, last], space);
            let goes_on = token + 1 < count && !starts[token + 1];
            let blank = is_space(token);
            let valid = |i: usize| {
                let Move { kind, label } = self.moves[i];
                match open {
                    Some(name) => {
                        name.label == label && (kind == Kind::Last || kind == Kind::In && goes_on)
                    }
                    None => match kind {
                        Kind::Begin => goes_on && !blank,
                        Kind::Unit => !blank,
                        Kind::Out => true,
                        Kind::In | Kind::Last | Kind::Blocked => false,
                    },
                }
            };
            let Some(best) = self.scorer.best(space, valid) else { break };
            let Move { kind, label } = self.moves[best];
            let (here, end) = (token as u32, token as u32 + 1);
            if matches!(kind, Kind::Out | Kind::Blocked) {
                continue;
            }
            let chance = self.scorer.chance(space, best, valid);
            let chance = open.map_or(chance, |name| name.chance.min(chance));
            let name = Name { first: open.map_or(here, |name| name.first), end, label, chance };
            match kind {
                Kind::Last | Kind::Unit => {
                    names.push(name);
                    open = None;
                }
                Kind::Begin | Kind::In | Kind::Out | Kind::Blocked => open = Some(name),
            }
        }
    }
}
