//! What speaks for and against two written names being one, as numbers.

use super::align::{self, Pair};
use super::edit;
use super::fold::Script;
use super::parse::{Parts, Role, Token};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feature {
    /// Always 1.
    Bias,
    /// Cost of the pair of words least alike, to 1.
    WorstCost,
    /// The same cost beyond 1, to 2.
    WorstCostFar,
    /// Names on one side only, between others.
    ExtraMiddle,
    /// Names on one side only, at the front.
    ExtraFirst,
    /// Names on one side only, at the end.
    ExtraLast,
    /// Father's names, initials and words often left out, on one side only.
    ExtraLight,
    /// Words stand in another order.
    Crossed,
    /// Words around "son of" have changed places.
    SonSwapped,
    /// A title and one word, which answers the other's last word.
    TitledSurname,
    /// Any other single word against several.
    Single,
    /// Unlikeness of all words together.
    JoinedUnlike,
    /// Both have a father's name, and not the same.
    PatronymicsDiffer,
    /// One is the initials of the other.
    Acronym,
    /// One word against one word.
    OneWord,
    /// Natural logarithm of the weight of the longer of the two.
    OneWordLength,
    /// How frequent a single word is as a name.
    SingleCommon,
    /// "The second" against "the third".
    GenerationsDiffer,
}

/// Number of features.
pub(super) const FEATURES: usize = NAMES.len();

/// Names of the features in the table of weights, in the order of [`Feature`].
pub(super) const NAMES: [&str; 18] = [
    "bias",
    "worst_cost",
    "worst_cost_far",
    "extra_middle",
    "extra_first",
    "extra_last",
    "extra_light",
    "crossed",
    "son_swapped",
    "titled_surname",
    "single",
    "joined_unlike",
    "patronymics_differ",
    "acronym",
    "one_word",
    "one_word_length",
    "single_common",
    "generations_differ",
];

/// Below this likeness two aligned words are different names.
pub(super) const DIFFERENT: f32 = 0.55;

/// Below this likeness two fathers' names are different.
const SAME_PATRONYMIC: f32 = 0.8;
/// Share of a cost that counts for initials and "father of".
const LIGHT: f32 = 0.7;
/// Cost where no word answers another.
const UNMATCHED: f32 = 4.0;

/// Evidence of one comparison.
#[derive(Clone, Debug)]
pub(super) struct Evidence {
    /// Values in the order of [`NAMES`].
    pub(super) values: [f32; FEATURES],
    pub(super) pairs: Vec<Pair>,
    pub(super) joined: bool,
}

impl Evidence {
    fn set(&mut self, feature: Feature, value: f32) {
        self.values[feature as usize] = value;
    }

    fn add(&mut self, feature: Feature, value: f32) {
        self.values[feature as usize] += value;
    }

    /// The value of a feature.
    pub(super) fn value(&self, feature: Feature) -> f32 {
        self.values[feature as usize]
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
    // "South Sudan's Government" and its Police lack each other's word: each says what the body is.
    let bodies =
        (a.organization || b.organization) && lacks_light(&ta, &tb) && lacks_light(&tb, &ta);
    let light = if bodies { 0.0 } else { drop_light(&mut ta, &tb) + drop_light(&mut tb, &ta) };
    let pairs = align::assign(&ta, &tb);
    let mut e = Evidence { values: [0.0; FEATURES], pairs, joined };
    e.set(Feature::Bias, 1.0);
    e.set(Feature::ExtraLight, light);
    costs(&ta, &tb, &mut e);
    extras(&ta, &tb, &mut e);
    order(&ta, &tb, &mut e);
    patronymics(&ta, &tb, &mut e);
    whole(&ta, &tb, &mut e);
    one_word(&ta, &tb, a.titled, &mut e);
    one_word(&tb, &ta, b.titled, &mut e);
    if let (Some(x), Some(y)) = (&a.generation, &b.generation) {
        e.set(Feature::GenerationsDiffer, f32::from(u8::from(x != y)));
    }
    if let ([x], [y]) = (ta.as_slice(), tb.as_slice()) {
        e.set(Feature::OneWord, 1.0);
        e.set(Feature::OneWordLength, edit::weight(&x.sounds).max(edit::weight(&y.sounds)).ln());
    }
    e.set(Feature::Acronym, acronym(a, b));
    e
}

/// Likeness from which a word that is often left out stands in the other name too.
const SAME_LIGHT: f32 = 0.7;

/// Whether a word is often left out, and the other name lacks it.
fn is_light_alone(token: &Token, other: &[Token]) -> bool {
    token.role == Role::Light && !other.iter().any(|o| align::likeness(token, o).0 >= SAME_LIGHT)
}

fn lacks_light(tokens: &[Token], other: &[Token]) -> bool {
    tokens.iter().any(|t| is_light_alone(t, other))
}

/// Leaves out words that are often left out, where the other name lacks them and two words remain.
fn drop_light(tokens: &mut Vec<Token>, other: &[Token]) -> f32 {
    let mut dropped = 0.0;
    let mut at = 0;
    while at < tokens.len() {
        let t = &tokens[at];
        if tokens.len() > other.len().clamp(1, 2) && is_light_alone(t, other) {
            tokens.remove(at);
            dropped += 1.0;
        } else {
            at += 1;
        }
    }
    dropped
}

fn costs(a: &[Token], b: &[Token], e: &mut Evidence) {
    let cost = |p: &Pair| {
        let light = a[p.a].role == Role::Kunya
            || a[p.a].role == Role::Initial && b[p.b].role == Role::Initial;
        p.cost * if light { LIGHT } else { 1.0 }
    };
    let worst = e.pairs.iter().map(cost).max_by(f32::total_cmp).unwrap_or(UNMATCHED);
    e.set(Feature::WorstCost, worst.min(1.0));
    e.set(Feature::WorstCostFar, (worst - 1.0).clamp(0.0, 2.0));
}

/// A name of one word against a longer one: a family name behind a title, or any word.
fn one_word(fewer: &[Token], more: &[Token], titled: bool, e: &mut Evidence) {
    if fewer.len() != 1 || more.len() < 2 {
        return;
    }
    let last = e.pairs.iter().any(|p| p.a.max(p.b) + 1 == more.len());
    let name = if titled && last { Feature::TitledSurname } else { Feature::Single };
    e.set(name, 1.0);
    e.set(Feature::SingleCommon, 1.0 - fewer[0].weight);
}

fn patronymics(a: &[Token], b: &[Token], e: &mut Evidence) {
    let differ = e.pairs.iter().any(|p| {
        let both = a[p.a].role == Role::Patronymic && b[p.b].role == Role::Patronymic;
        both && p.like < SAME_PATRONYMIC
    });
    e.set(Feature::PatronymicsDiffer, f32::from(u8::from(differ)));
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
    e.set(Feature::JoinedUnlike, joined.min(total));
}

/// Words that stand on one side only.
fn extras(a: &[Token], b: &[Token], e: &mut Evidence) {
    let alone = |tokens: &[Token], side: fn(&Pair) -> usize, e: &mut Evidence| {
        for (i, t) in tokens.iter().enumerate() {
            if e.pairs.iter().any(|p| side(p) == i) {
                continue;
            }
            let name = match t.role {
                Role::Patronymic | Role::Kunya | Role::Initial | Role::Light => Feature::ExtraLight,
                Role::Name if i == 0 => Feature::ExtraFirst,
                Role::Name if i + 1 == tokens.len() => Feature::ExtraLast,
                Role::Name => Feature::ExtraMiddle,
            };
            e.add(name, 1.0);
        }
    };
    alone(a, |p| p.a, e);
    alone(b, |p| p.b, e);
}

fn order(a: &[Token], b: &[Token], e: &mut Evidence) {
    let good: Vec<usize> = e.pairs.iter().filter(|p| p.like >= DIFFERENT).map(|p| p.b).collect();
    let crossed = good.windows(2).filter(|w| w[0] > w[1]).count();
    // "X son of Y" against "Y son of X": the mark of descent stands before another word.
    let swapped = a.iter().any(|t| t.son)
        && b.iter().any(|t| t.son)
        && e.pairs.iter().any(|p| p.like >= DIFFERENT && a[p.a].son != b[p.b].son);
    if crossed > 0 {
        e.set(if swapped { Feature::SonSwapped } else { Feature::Crossed }, 1.0);
    }
}

/// 1 if one name is the initial letters of the other's words, a part if in another order.
fn acronym(a: &Parts, b: &Parts) -> f32 {
    let spelt = |short: &Parts, long: &Parts| {
        let Some(s) = short.acronym.as_deref() else { return 0.0 };
        if long.tokens.len() < 2 || long.tokens.len() < 3 && !short.capitals {
            return 0.0;
        }
        let all = [&long.initials, &long.content_initials];
        let core = short.capitals && s.len() > 2 && long.core_initials == s;
        if core || all.iter().any(|i| *i == s) {
            return 1.0;
        }
        let sorted = |s: &str| {
            let mut b = s.as_bytes().to_vec();
            b.sort_unstable();
            b
        };
        let any_order = short.capitals && s.len() > 2 && all.iter().any(|i| sorted(i) == sorted(s));
        if any_order { 0.6 } else { 0.0 }
    };
    f32::max(spelt(a, b), spelt(b, a))
}
