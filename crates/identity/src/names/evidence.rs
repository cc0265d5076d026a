//! What speaks for and against two written names being one, as numbers.

use super::align::{self, Link, Pair};
use super::edit;
use super::fold::Script;
use super::parse::{Parts, Role, Token};

/// Number of features.
pub(super) const FEATURES: usize = 26;

/// Names of the features, in order.
pub(super) const NAMES: [&str; FEATURES] = [
    "bias",
    "worst_cost",
    "worst_cost_far",
    "worst_unlike",
    "second_cost",
    "rest_cost",
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
    "total_unlike",
    "patronymics_differ",
    "organization",
    "acronym",
    "extra_common",
    "one_word",
    "one_word_length",
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
    fn slot(&mut self, name: &str) -> &mut f32 {
        let i = NAMES.iter().position(|n| *n == name).unwrap_or(0);
        &mut self.values[i]
    }

    fn set(&mut self, name: &str, value: f32) {
        *self.slot(name) = value;
    }

    fn add(&mut self, name: &str, value: f32) {
        *self.slot(name) += value;
    }

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
    let mut e = Evidence { values: [0.0; FEATURES], pairs, joined };
    e.set("bias", 1.0);
    costs(&ta, &tb, &mut e);
    extras(&ta, &tb, &mut e);
    order(&ta, &tb, &mut e);
    links(&ta, &tb, &mut e);
    whole(&ta, &tb, &mut e);
    let (fewer, more, titled) =
        if ta.len() <= tb.len() { (&ta, &tb, a.titled) } else { (&tb, &ta, b.titled) };
    if fewer.len() == 1 && more.len() > 1 {
        e.set(if titled { "titled_surname" } else { "single" }, 1.0);
    }
    if let ([x], [y]) = (ta.as_slice(), tb.as_slice()) {
        e.set("one_word", 1.0);
        e.set("one_word_length", edit::weight(&x.sounds).max(edit::weight(&y.sounds)).ln());
    }
    e.set("organization", f32::from(u8::from(a.organization || b.organization)));
    e.set("acronym", acronym(a, b));
    e
}

fn costs(a: &[Token], b: &[Token], e: &mut Evidence) {
    let mut costs: Vec<(f32, f32)> = e
        .pairs
        .iter()
        .map(|p| {
            let light = a[p.a].role == Role::Kunya
                || a[p.a].role == Role::Initial && b[p.b].role == Role::Initial;
            let scale = if light { 0.7 } else { 1.0 };
            (p.cost * scale, (1.0 - p.like) * scale)
        })
        .collect();
    costs.sort_by(|x, y| y.0.total_cmp(&x.0));
    let (worst, unlike) = costs.first().copied().unwrap_or((4.0, 1.0));
    e.set("worst_cost", worst.min(1.0));
    e.set("worst_cost_far", (worst - 1.0).clamp(0.0, 2.0));
    e.set("worst_unlike", unlike);
    e.set("second_cost", costs.get(1).map_or(0.0, |c| c.0.min(2.0)));
    e.set("rest_cost", costs.iter().skip(2).map(|c| c.0.min(2.0)).sum::<f32>().min(4.0));
    e.set("near", (worst * 5.0).min(1.0));
}

fn links(a: &[Token], b: &[Token], e: &mut Evidence) {
    let mut matched = 0.0;
    for p in e.pairs.clone() {
        let (x, y) = (&a[p.a], &b[p.b]);
        if p.like >= DIFFERENT {
            matched += x.weight.min(y.weight) * p.like;
        }
        match p.link {
            Link::Initial => e.add("initials", 1.0),
            Link::Nickname => e.add("nicknames", 1.0),
            _ => {}
        }
        if x.role == Role::Patronymic && y.role == Role::Patronymic && p.like < 0.8 {
            e.set("patronymics_differ", 1.0);
        }
    }
    e.set("matched", (1.0 + matched).ln());
}

/// Likeness of the whole strings, without regard to the bounds of words, and of all words together, without regard to order.
fn whole(a: &[Token], b: &[Token], e: &mut Evidence) {
    let free = a.iter().chain(b).any(|t| t.script == Script::Abjad);
    let joined = 1.0 - edit::likeness(&all_sounds(a), &all_sounds(b), free);
    let weight = |tokens: &[Token]| tokens.iter().map(|t| edit::weight(&t.sounds)).sum::<f32>();
    let mut cost = 0.0;
    let (mut used_a, mut used_b) = (0.0, 0.0);
    for p in &e.pairs {
        let (x, y) = (edit::weight(&a[p.a].sounds), edit::weight(&b[p.b].sounds));
        cost += p.cost.min(x.max(y));
        used_a += x;
        used_b += y;
    }
    cost += weight(a) - used_a + weight(b) - used_b;
    let total = (cost / weight(a).max(weight(b)).max(1.0)).min(1.0);
    e.set("joined_unlike", joined.min(total));
    e.set("total_unlike", total);
}

/// Words that stand on one side only.
fn extras(a: &[Token], b: &[Token], e: &mut Evidence) {
    let alone = |tokens: &[Token], side: fn(&Pair) -> usize, e: &mut Evidence| {
        for (i, t) in tokens.iter().enumerate() {
            if e.pairs.iter().any(|p| side(p) == i) {
                continue;
            }
            let name = match t.role {
                Role::Patronymic | Role::Kunya | Role::Initial => "extra_light",
                Role::Name if i == 0 => "extra_first",
                Role::Name if i + 1 == tokens.len() => "extra_last",
                Role::Name => "extra_middle",
            };
            e.add(name, 1.0);
            if t.role == Role::Name {
                e.add("extra_common", 1.0 - t.weight);
            }
        }
    };
    alone(a, |p| p.a, e);
    alone(b, |p| p.b, e);
}

fn order(a: &[Token], b: &[Token], e: &mut Evidence) {
    let good: Vec<usize> = e.pairs.iter().filter(|p| p.like >= DIFFERENT).map(|p| p.b).collect();
    let crossed = good.windows(2).filter(|w| w[0] > w[1]).count();
    let sons = a.iter().chain(b).any(|t| t.son);
    if crossed > 0 {
        e.set(if sons { "son_swapped" } else { "crossed" }, 1.0);
    }
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
