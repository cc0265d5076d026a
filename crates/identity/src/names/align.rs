//! Which word of one name answers which word of the other.

use super::edit;
use super::fold::Script;
use super::parse::{MAX_TOKENS, Role, Token};
use super::tables::tables;

/// Why two words were taken for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    Same,
    Skeleton,
    Nickname,
    Initial,
    Near,
}

/// Two words set against each other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) a: usize,
    pub(super) b: usize,
    /// Likeness in [0, 1].
    pub(super) like: f32,
    /// Cost of turning one into the other; see [`edit::distance`].
    pub(super) cost: f32,
    pub(super) link: Link,
}

/// Likeness, cost and ground of setting one word against another.
type Match = (f32, f32, Link);

/// What two words cost that have nothing to do with each other.
const UNRELATED: f32 = 4.0;

/// Cost of two known names that are not known as forms of one.
const OTHER_NAME: f32 = 2.0;
const OTHER_NAME_FACTOR: f32 = 1.5;
const OTHER_NAME_PART: f32 = 1.0;
/// Likeness of a nickname and its name.
const NICKNAME: f32 = 0.9;
/// Cost of a nickname for its name.
const NICKNAME_COST: f32 = 0.3;
/// Likeness of an initial and a word that begins with it.
const INITIAL: f32 = 0.85;
/// Cost of an initial for its name.
const INITIAL_COST: f32 = 0.15;
/// Least cost of different characters of one syllable each, however they sound.
const OTHER_SYLLABLE: f32 = 2.0;
/// Cost of an ending that comes and goes.
const ENDING_COST: f32 = 0.45;
/// Cost of a given name cut short.
const SHORT_COST: f32 = 1.0;
/// Cost of a particle written as part of the word.
const PREFIX_COST: f32 = 0.05;

/// First letters that romanisations exchange.
fn same_initial(a: &Token, b: &Token) -> bool {
    let (x, y) = (a.text.as_bytes().first(), b.text.as_bytes().first());
    x == y
        || (!a.bones.is_empty()
            && a.bones.first() == b.bones.first()
            && a.sounds.first().is_some_and(|s| b.sounds.first() == Some(s)))
}

/// How alike two words are, and why.
pub(super) fn likeness(a: &Token, b: &Token) -> Match {
    if a.text == b.text && (a.han == b.han || a.han == 0 || b.han == 0) {
        return (1.0, 0.0, Link::Same);
    }
    match (a.role, b.role) {
        (Role::Initial, Role::Initial) => return (0.0, UNRELATED, Link::Near),
        (Role::Initial, _) | (_, Role::Initial) => {
            return if same_initial(a, b) {
                (INITIAL, INITIAL_COST, Link::Initial)
            } else {
                (0.0, UNRELATED, Link::Near)
            };
        }
        (Role::Kunya, r) | (r, Role::Kunya) if r != Role::Kunya => {
            return (0.0, UNRELATED, Link::Near);
        }
        _ => {}
    }
    let shared = a.groups.iter().any(|g| b.groups.contains(g));
    let free = a.script == Script::Abjad || b.script == Script::Abjad;
    let mut cost = edit::distance(&a.sounds, &b.sounds, free);
    let longer = edit::weight(&a.sounds).max(edit::weight(&b.sounds));
    for (x, y) in [(a, b), (b, a)] {
        if let (Some(x), None) = (&x.prefixed, &y.prefixed) {
            cost = cost.min(edit::distance(x, &y.sounds, free) + PREFIX_COST);
        }
    }
    if a.han != b.han && a.han != 0 && b.han != 0 {
        cost = cost.max(OTHER_SYLLABLE);
    }
    if cost < OTHER_NAME && !a.groups.is_empty() && !b.groups.is_empty() && !shared {
        cost = (cost * OTHER_NAME_FACTOR + OTHER_NAME_PART).min(OTHER_NAME).max(cost);
    }
    if cost > NICKNAME_COST && shared {
        return (NICKNAME, NICKNAME_COST, Link::Nickname);
    }
    let link = if a.bones == b.bones && a.bones.len() > 1 { Link::Skeleton } else { Link::Near };
    ((1.0 - cost / longer).clamp(0.0, 1.0), cost.min(UNRELATED), link)
}

/// Cost of two words of longer names that differ in an ending only, or of which one is the other cut short.
fn shortened(a: &Token, b: &Token, first: bool) -> Option<f32> {
    let (x, y) = if a.text.len() <= b.text.len() { (&a.text, &b.text) } else { (&b.text, &a.text) };
    if x.len() < 3 || x.as_bytes()[..2] != y.as_bytes()[..2] {
        return None;
    }
    let by_ending = tables().endings.iter().any(|(e, f)| {
        [(e, f), (f, e)].iter().any(|(e, f)| {
            matches!((x.strip_suffix(**e), y.strip_suffix(**f)), (Some(s), Some(t)) if s.len() >= 3 && s == t)
        })
    });
    if by_ending {
        Some(ENDING_COST)
    } else {
        (first && y.starts_with(x.as_str())).then_some(SHORT_COST)
    }
}

/// Writes neighbouring words as one where the other name does.
pub(super) fn join(a: &mut Vec<Token>, b: &[Token]) -> bool {
    let mut joined = false;
    let mut at = 0;
    while at + 1 < a.len() && a.len() + 1 > 1 {
        let (x, y) = (&a[at], &a[at + 1]);
        let wanted = b.iter().any(|t| spells(x, y, t) && t.text != x.text && t.text != y.text);
        if wanted {
            a[at] = Token::joined(x, y);
            a.remove(at + 1);
            joined = true;
        } else {
            at += 1;
        }
    }
    joined
}

/// Whether two neighbouring words, joined, spell `t`.
fn spells(x: &Token, y: &Token, t: &Token) -> bool {
    let (whole, parts) = (t.text.len(), x.text.len() + y.text.len());
    whole >= 4
        && whole > x.text.len().max(y.text.len())
        && whole.abs_diff(parts) <= 2
        && x.bones.first() == t.bones.first()
        && edit::likeness(&Token::joined(x, y).sounds, &t.sounds, false) > 0.8
}

/// The assignment of words with the largest total likeness (Kuhn-Munkres with potentials).
pub(super) fn assign(a: &[Token], b: &[Token]) -> Vec<Pair> {
    if a.len() > b.len() {
        let mut pairs = assign(b, a);
        for p in &mut pairs {
            (p.a, p.b) = (p.b, p.a);
        }
        pairs.sort_by_key(|p| p.a);
        return pairs;
    }
    let (n, m) = (a.len().min(MAX_TOKENS), b.len().min(MAX_TOKENS));
    let mut like = [[(0.0, UNRELATED, Link::Near); MAX_TOKENS]; MAX_TOKENS];
    for (i, x) in a.iter().take(n).enumerate() {
        for (j, y) in b.iter().take(m).enumerate() {
            let mut found = likeness(x, y);
            if n > 1
                && found.1 > ENDING_COST
                && let Some(cost) = shortened(x, y, i == 0 && j == 0).filter(|c| *c < found.1)
            {
                found = (1.0 - cost / UNRELATED, cost, Link::Near);
            }
            like[i][j] = found;
        }
    }
    let chosen = hungarian(n, m, |i, j| {
        // Among equals, words that stand in the same place.
        let shift = i.abs_diff(j).min((n - i).abs_diff(m - j)) as f32;
        1.0 - like[i][j].0 + 0.01 * shift
    });
    (0..n)
        .map(|i| {
            let (like, cost, link) = like[i][chosen[i]];
            Pair { a: i, b: chosen[i], like, cost, link }
        })
        .collect()
}

/// Minimum-cost assignment of `n` rows to `m >= n` columns.
fn hungarian(n: usize, m: usize, cost: impl Fn(usize, usize) -> f32) -> [usize; MAX_TOKENS] {
    let (mut u, mut v) = ([0.0_f32; MAX_TOKENS + 1], [0.0_f32; MAX_TOKENS + 1]);
    let (mut row_of, mut way) = ([0_usize; MAX_TOKENS + 1], [0_usize; MAX_TOKENS + 1]);
    for i in 1..=n {
        row_of[0] = i;
        let (mut j0, mut least, mut used) =
            (0, [f32::INFINITY; MAX_TOKENS + 1], [false; MAX_TOKENS + 1]);
        loop {
            used[j0] = true;
            let (i0, mut delta, mut j1) = (row_of[j0], f32::INFINITY, 0);
            for j in 1..=m {
                if !used[j] {
                    let c = cost(i0 - 1, j - 1) - u[i0] - v[j];
                    if c < least[j] {
                        (least[j], way[j]) = (c, j0);
                    }
                    if least[j] < delta {
                        (delta, j1) = (least[j], j);
                    }
                }
            }
            for j in 0..=m {
                if used[j] {
                    u[row_of[j]] += delta;
                    v[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            j0 = j1;
            if row_of[j0] == 0 {
                break;
            }
        }
        while j0 != 0 {
            let j1 = way[j0];
            row_of[j0] = row_of[j1];
            j0 = j1;
        }
    }
    let mut chosen = [0; MAX_TOKENS];
    for j in 1..=m {
        if row_of[j] > 0 {
            chosen[row_of[j] - 1] = j - 1;
        }
    }
    chosen
}
