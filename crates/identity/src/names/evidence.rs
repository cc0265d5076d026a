//! What speaks for and against two written names being one, as numbers.

use super::align::{self, Link, Pair};
use super::edit;
use super::parse::{Parts, Role, Token};

/// Number of features.
pub(super) const FEATURES: usize = 20;

/// Names of the features, in order.
pub(super) const NAMES: [&str; FEATURES] = [
    "bias",
    "worst",
    "second",
    "rest",
    "near",
    "extra_middle",
    "extra_first",
    "extra_last",
    "extra_light",
    "matched",
    "initials",
    "nicknames",
    "crossed",
    "son_swapped",
    "titled_surname",
    "single",
    "joined_unlike",
    "patronymics_differ",
    "organization",
    "acronym",
];

/// Below this likeness two aligned words are different names.
pub(super) const DIFFERENT: f32 = 0.55;

/// Evidence of one comparison.
#[derive(Clone, Debug)]
pub(super) struct Evidence {
    /// Values in the order of [`NAMES`].
    pub(super) values: [f32; FEATURES],
    pub(super) pairs: Vec<Pair>,
    pub(super) joined: bool,
}

impl Evidence {
    /// The value of a feature by its name.
    pub(super) fn value(&self, name: &str) -> f32 {
        NAMES.iter().position(|n| *n == name).map_or(0.0, |i| self.values[i])
    }
}

fn all_sounds(tokens: &[Token]) -> Vec<u8> {
    tokens.iter().flat_map(|t| t.sounds.iter().copied()).take(30).collect()
}

/// Weighs two names against each other.
pub(super) fn weigh(a: &Parts, b: &Parts) -> Evidence {
    let (mut ta, mut tb) = (a.tokens.clone(), b.tokens.clone());
    let mut joined = false;
    for _ in 0..2 {
        joined |= align::join(&mut ta, &tb);
        joined |= align::join(&mut tb, &ta);
    }
    let pairs = align::assign(&ta, &tb);
    let mut v = [0.0_f32; FEATURES];
    v[0] = 1.0;
    let mut unlike: Vec<f32> = pairs.iter().map(|p| unlikeness(&ta, &tb, p)).collect();
    unlike.sort_by(|x, y| y.total_cmp(x));
    v[1] = unlike.first().copied().unwrap_or(1.0);
    v[2] = unlike.get(1).copied().unwrap_or(0.0);
    v[3] = unlike.iter().skip(2).sum::<f32>().min(2.0);
    v[4] = if v[1] <= 0.0 {
        0.0
    } else if v[1] < 0.25 {
        v[1] * 4.0
    } else {
        1.0
    };
    extras(&ta, &pairs, true, &mut v);
    extras(&tb, &pairs, false, &mut v);
    let mut matched = 0.0;
    for p in &pairs {
        let (x, y) = (&ta[p.a], &tb[p.b]);
        if p.like >= DIFFERENT {
            matched += x.weight.min(y.weight) * p.like;
        }
        v[10] += f32::from(u8::from(p.link == Link::Initial));
        v[11] += f32::from(u8::from(p.link == Link::Nickname));
        if x.role == Role::Patronymic && y.role == Role::Patronymic && p.like < 0.8 {
            v[17] = 1.0;
        }
    }
    v[9] = (1.0 + matched).ln();
    order(&ta, &tb, &pairs, &mut v);
    let (fewer, more, titled) =
        if ta.len() <= tb.len() { (&ta, &tb, a.titled) } else { (&tb, &ta, b.titled) };
    if fewer.len() == 1 && more.len() > 1 {
        v[15] = 1.0;
        if titled {
            v[14] = 1.0;
        }
    }
    v[16] = 1.0 - edit::likeness(&all_sounds(&ta), &all_sounds(&tb), false);
    v[18] = f32::from(u8::from(a.organization || b.organization));
    v[19] = acronym(a, b);
    Evidence { values: v, pairs, joined }
}

fn unlikeness(a: &[Token], b: &[Token], p: &Pair) -> f32 {
    let (x, y) = (&a[p.a], &b[p.b]);
    let light = x.role == Role::Kunya
        || y.role == Role::Kunya
        || x.role == Role::Initial && y.role == Role::Initial;
    (1.0 - p.like) * if light { 0.7 } else { 1.0 }
}

fn extras(tokens: &[Token], pairs: &[Pair], first: bool, v: &mut [f32; FEATURES]) {
    for (i, t) in tokens.iter().enumerate() {
        if pairs.iter().any(|p| if first { p.a == i } else { p.b == i }) {
            continue;
        }
        let slot = match t.role {
            Role::Patronymic | Role::Kunya | Role::Initial => 8,
            Role::Name if i == 0 => 6,
            Role::Name if i + 1 == tokens.len() => 7,
            Role::Name => 5,
        };
        v[slot] += 1.0;
    }
}

fn order(a: &[Token], b: &[Token], pairs: &[Pair], v: &mut [f32; FEATURES]) {
    let good: Vec<&Pair> = pairs.iter().filter(|p| p.like >= DIFFERENT).collect();
    let crossed = good.windows(2).filter(|w| w[0].b > w[1].b).count();
    v[12] = crossed as f32;
    let sons = a.iter().chain(b).any(|t| t.son);
    v[13] = if sons && crossed > 0 { 1.0 } else { 0.0 };
}

/// 1 if one name is the initials of the other.
fn acronym(a: &Parts, b: &Parts) -> f32 {
    let spelt = |short: &Parts, long: &Parts| {
        short.acronym.as_deref().is_some_and(|s| {
            long.tokens.len() > 1 && (s == long.initials || s == long.content_initials)
        })
    };
    f32::from(u8::from(spelt(a, b) || spelt(b, a)))
}
