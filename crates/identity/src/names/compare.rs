//! The verdict on two names, and its grounds.

use std::sync::OnceLock;

use super::align::Link;
use super::evidence::{self, DIFFERENT, Evidence, FEATURES, Feature, NAMES};
use super::parse::{Parts, Role};

/// What decided a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The folded words are the same.
    Equal,
    /// All words differ at most in vowels and in consonants that romanisations exchange.
    SkeletonEqual,
    /// Words are alike, but not in sound skeleton.
    NearSpelling,
    /// An initial stands for a name.
    Initials,
    /// A short, pet or foreign form of one given name.
    Nickname,
    /// A father's name stands on one side only.
    PatronymicDropped,
    /// Both have a father's name, and not the same.
    PatronymicsDiffer,
    /// The Arabic article stands on one side only.
    ArticleDropped,
    /// Words stand in another order.
    TokenOrder,
    /// What one side writes as two words, the other writes as one.
    Joined,
    /// A title or rank was set aside.
    TitleDropped,
    /// Words stand on one side only.
    ExtraWords,
    /// Only a family name is given on one side.
    OneWordOnly,
    /// One is the initial letters of the other.
    Acronym,
    /// A word of each is another name.
    WordsDiffer,
}

/// The outcome of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The chance, in [0, 1], that both are written forms of one name.
    pub score: f64,
    /// What decided, in a fixed order, without repeats.
    pub reasons: Vec<Reason>,
}

fn weights() -> &'static [f32; FEATURES] {
    static WEIGHTS: OnceLock<[f32; FEATURES]> = OnceLock::new();
    WEIGHTS.get_or_init(|| {
        let mut weights = [0.0; FEATURES];
        for row in super::tables::rows(include_str!("../../../../data/names_weights.tsv")) {
            if let (Some(i), Some(w)) =
                (NAMES.iter().position(|n| *n == row[0]), row.get(1).and_then(|w| w.parse().ok()))
            {
                weights[i] = w;
            }
        }
        weights
    })
}

/// Compares two names taken apart.
pub(super) fn compare(a: &Parts, b: &Parts) -> Comparison {
    if a.tokens.is_empty() || b.tokens.is_empty() {
        return Comparison { score: 0.0, reasons: Vec::new() };
    }
    // In a fixed order, so that ties between equally good assignments fall alike both ways.
    let (a, b) =
        if (a.tokens.len(), a.key()) <= (b.tokens.len(), b.key()) { (a, b) } else { (b, a) };
    let evidence = evidence::weigh(a, b);
    let log_odds: f32 = evidence.values.iter().zip(weights()).map(|(v, w)| v * w).sum();
    let score = if a.key() == b.key() { 1.0 } else { f64::from(1.0 / (1.0 + (-log_odds).exp())) };
    Comparison { score, reasons: reasons(a, b, &evidence) }
}

fn reasons(a: &Parts, b: &Parts, e: &Evidence) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let links = |l: Link| e.pairs.iter().any(|p| p.link == l && p.like >= DIFFERENT);
    let all = |f: &dyn Fn(Link) -> bool| e.pairs.iter().all(|p| f(p.link));
    let extra = a.tokens.len() != b.tokens.len() && !e.joined;
    let patronymics = |p: &Parts| p.tokens.iter().filter(|t| t.role == Role::Patronymic).count();
    let mut add = |reason: Reason, holds: bool| {
        if holds {
            reasons.push(reason);
        }
    };
    add(Reason::Equal, all(&|l| l == Link::Same) && !extra);
    add(
        Reason::SkeletonEqual,
        links(Link::Skeleton) && all(&|l| matches!(l, Link::Same | Link::Skeleton)),
    );
    add(Reason::NearSpelling, links(Link::Near));
    add(Reason::Initials, links(Link::Initial));
    add(Reason::Nickname, links(Link::Nickname));
    add(Reason::PatronymicDropped, patronymics(a) != patronymics(b));
    add(Reason::PatronymicsDiffer, e.value(Feature::PatronymicsDiffer) > 0.0);
    add(Reason::ArticleDropped, a.article != b.article);
    add(Reason::TokenOrder, e.value(Feature::Crossed) > 0.0);
    add(Reason::Joined, e.joined);
    add(Reason::TitleDropped, a.titled != b.titled);
    add(Reason::ExtraWords, extra);
    add(Reason::OneWordOnly, e.value(Feature::Single) > 0.0);
    add(Reason::Acronym, e.value(Feature::Acronym) > 0.0);
    add(Reason::WordsDiffer, e.pairs.iter().any(|p| p.like < DIFFERENT));
    reasons
}
