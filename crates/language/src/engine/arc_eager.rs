//! The arc-eager transition system with sentence breaks, and tokens that go back to the buffer
//! when they leave the stack without a head (Honnibal & Johnson 2015; spaCy's `arc_eager`).

use super::scorer::{Contributions, Scorer};
use super::weights::{LoadError, TransitionSpec, Weights};
use compact_str::CompactString;

/// Tokens that a state shows the scorer.
pub(crate) const FEATURES: usize = 8;
/// "No token."
const NONE: i32 = -1;

/// Kinds of move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Shift,
    Reduce,
    Left,
    Right,
    Break,
}

/// A move with its label (an index into [`Parser::labels`]).
#[derive(Debug, Clone, Copy)]
struct Move {
    kind: Kind,
    label: u16,
}

/// The dependency parser.
#[derive(Debug)]
pub(crate) struct Parser {
    scorer: Scorer,
    moves: Vec<Move>,
    /// Labels of the moves; the first is "".
    pub(crate) labels: Vec<CompactString>,
}

/// An arc to a token's head. A token without one has itself as head and the empty label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Arc {
    pub(crate) head: u32,
    pub(crate) label: u16,
}

/// Where the parse of a text stands. Vectors are by token.
#[derive(Debug, Default)]
pub(crate) struct State {
    length: usize,
    stack: Vec<u32>,
    /// Tokens that went back from the stack, the next one last.
    returned: Vec<u32>,
    next: usize,
    heads: Vec<i32>,
    labels: Vec<u16>,
    /// The latest left and right dependent, and the right dependent before a right dependent.
    left: Vec<i32>,
    right: Vec<i32>,
    before: Vec<i32>,
    unshiftable: Vec<bool>,
    starts: Vec<bool>,
}

impl Parser {
    pub(crate) fn load(
        weights: &Weights,
        spec: &TransitionSpec,
        width: usize,
    ) -> Result<Parser, LoadError> {
        let mut labels = vec![CompactString::default()];
        let mut moves = Vec::with_capacity(spec.moves.len());
        for name in &spec.moves {
            let (kind, label) = name.split_once('-').unwrap_or((name, ""));
            let kind = match kind {
                "S" => Kind::Shift,
                "D" => Kind::Reduce,
                "L" => Kind::Left,
                "R" => Kind::Right,
                "B" => Kind::Break,
                _ => return Err(LoadError::Unsupported(format!("move {name}"))),
            };
            let number = labels.iter().position(|l| l == label).unwrap_or_else(|| {
                labels.push(label.into());
                labels.len() - 1
            });
            moves.push(Move { kind, label: number as u16 });
        }
        let scorer = Scorer::load(weights, "parser", spec, width, FEATURES)?;
        Ok(Parser { scorer, moves, labels })
    }

    /// Parses a text of `count` tokens, whose vectors are `width` values apart; `one_sentence` keeps
    /// it from being parted into several.
    #[allow(clippy::too_many_arguments)] // the text's four, then the working space's three
    pub(crate) fn parse(
        &self,
        rows: &[f32],
        width: usize,
        count: usize,
        one_sentence: bool,
        state: &mut State,
        space: &mut Contributions,
        arcs: &mut Vec<Arc>,
    ) {
        state.reset(count);
        self.scorer.prepare(rows, width, count, space);
        while !state.is_final() {
            self.scorer.score(&state.context(), space);
            let mut valid = state.valid();
            valid[Kind::Break as usize] &= !one_sentence;
            match self.scorer.best(space, |i| valid[self.moves[i].kind as usize]) {
                Some(best) => state.apply(self.moves[best]),
                // No move is left: the rest stays without heads.
                None => break,
            }
        }
        arcs.clear();
        arcs.extend((0..count).map(|i| match state.heads[i] {
            NONE => Arc { head: i as u32, label: 0 },
            head => Arc { head: head as u32, label: state.labels[i] },
        }));
    }
}

impl State {
    fn reset(&mut self, length: usize) {
        fn fill<T: Clone>(list: &mut Vec<T>, length: usize, value: T) {
            list.clear();
            list.resize(length, value);
        }
        self.length = length;
        self.stack.clear();
        self.returned.clear();
        self.next = 0;
        fill(&mut self.heads, length, NONE);
        fill(&mut self.labels, length, 0);
        fill(&mut self.left, length, NONE);
        fill(&mut self.right, length, NONE);
        fill(&mut self.before, length, NONE);
        fill(&mut self.unshiftable, length, false);
        fill(&mut self.starts, length, false);
        if length > 0 {
            self.starts[0] = true;
        }
    }

    /// The `i`-th token of the stack, from the top.
    fn stack(&self, i: usize) -> i32 {
        let depth = self.stack.len();
        if i < depth { self.stack[depth - 1 - i] as i32 } else { NONE }
    }

    /// The `i`-th token of the buffer.
    fn buffer(&self, i: usize) -> i32 {
        let returned = self.returned.len();
        if i < returned {
            return self.returned[returned - 1 - i] as i32;
        }
        let token = self.next + (i - returned);
        if token < self.length { token as i32 } else { NONE }
    }

    fn buffer_length(&self) -> usize {
        self.length - self.next + self.returned.len()
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffer_length() == 0
    }

    fn is_start(&self, token: i32) -> bool {
        token >= 0 && self.starts[token as usize]
    }

    /// The tokens that the scorer sees.
    fn context(&self) -> [i32; FEATURES] {
        let latest = |of: &[i32], head: i32| if head < 0 { NONE } else { of[head as usize] };
        let (b0, s0) = (self.buffer(0), self.stack(0));
        [
            b0,
            self.buffer(1),
            s0,
            self.stack(1),
            self.stack(2),
            latest(&self.left, b0),
            latest(&self.left, s0),
            latest(&self.right, s0),
        ]
    }

    /// Which kinds of move may be made, in the order of [`Kind`].
    fn valid(&self) -> [bool; 5] {
        let (depth, length) = (self.stack.len(), self.buffer_length());
        let b0 = self.buffer(0);
        let blocked = self.is_start(b0);
        let shift = depth == 0 || length >= 2 && !blocked && !self.unshiftable[b0 as usize];
        let arc = depth > 0 && length > 0 && !blocked;
        let split = length >= 2 && self.buffer(1) == b0 + 1 && !self.is_start(b0 + 1);
        [shift, depth > 0, arc, arc, split]
    }

    fn apply(&mut self, action: Move) {
        match action.kind {
            Kind::Shift => self.push(),
            Kind::Reduce => self.reduce(),
            Kind::Left => {
                let (Some(&child), head) = (self.stack.last(), self.buffer(0)) else { return };
                self.attach(head, child, action.label);
                self.unshiftable[head as usize] = false;
                self.stack.pop();
            }
            Kind::Right => {
                let (head, child) = (self.stack(0), self.buffer(0));
                self.attach(head, child as u32, action.label);
                self.push();
            }
            Kind::Break => {
                let start = self.buffer(1);
                self.starts[start as usize] = true;
            }
        }
    }

    /// Moves the first token of the buffer to the stack.
    fn push(&mut self) {
        let token = self.returned.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next as u32 - 1
        });
        self.stack.push(token);
    }

    /// Takes the top from the stack; without a head it goes back to the buffer, if it stood on
    /// another token.
    fn reduce(&mut self) {
        let Some(token) = self.stack.pop() else { return };
        if self.heads[token as usize] == NONE && !self.stack.is_empty() {
            self.unshiftable[token as usize] = true;
            self.returned.push(token);
        }
    }

    /// Adds an arc. A token that is given another head is always the latest right dependent of the
    /// one it had: it stands on that head's side of the stack until it is popped.
    fn attach(&mut self, head: i32, child: u32, label: u16) {
        let old = std::mem::replace(&mut self.heads[child as usize], head);
        if old >= 0 && self.right[old as usize] == child as i32 {
            self.right[old as usize] = self.before[child as usize];
        }
        self.labels[child as usize] = label;
        if head > child as i32 {
            self.left[head as usize] = child as i32;
        } else {
            self.before[child as usize] = self.right[head as usize];
            self.right[head as usize] = child as i32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs moves (`S`, `D`, `L`, `R`, `B`) and gives the heads, -1 for none.
    fn heads(length: usize, moves: &str) -> Vec<i32> {
        let mut state = State::default();
        state.reset(length);
        for c in moves.chars() {
            let kind = match c {
                'S' => Kind::Shift,
                'D' => Kind::Reduce,
                'L' => Kind::Left,
                'R' => Kind::Right,
                _ => Kind::Break,
            };
            assert!(state.valid()[kind as usize], "{c} in {moves}");
            state.apply(Move { kind, label: 1 });
        }
        assert!(state.is_final(), "{moves}");
        state.heads
    }

    #[test]
    fn moves_build_trees() {
        for (length, moves, expected) in [
            // "Ministers met": a left arc.
            (2, "SLSD", &[1, -1][..]),
            // "met ministers today": two right arcs from the verb.
            (3, "SRDRDD", &[-1, 0, 0]),
            // A left arc takes a token away from the head that a right arc gave it.
            (3, "SRLRDD", &[-1, 2, 0]),
            // A break: both halves have their own root.
            (2, "BSDSD", &[-1, -1]),
        ] {
            assert_eq!(heads(length, moves), expected, "{moves}");
        }
    }

    #[test]
    fn nothing_crosses_a_sentence_start() {
        let mut state = State::default();
        state.reset(3);
        state.apply(Move { kind: Kind::Break, label: 0 });
        state.apply(Move { kind: Kind::Shift, label: 0 });
        assert_eq!(state.valid(), [false, true, false, false, true]);
    }

    #[test]
    fn a_returned_token_is_not_shifted_again() {
        let mut state = State::default();
        state.reset(3);
        for kind in [Kind::Shift, Kind::Right, Kind::Right] {
            state.apply(Move { kind, label: 1 });
        }
        // Token 1 loses its head by hand, to be returned.
        state.stack.pop();
        state.heads[1] = NONE;
        state.apply(Move { kind: Kind::Reduce, label: 0 });
        assert_eq!((state.buffer(0), state.valid()[Kind::Shift as usize]), (1, false));
    }
}
