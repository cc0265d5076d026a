//! Which sense a verb has in its frame.

use crate::lexicon::{Act, Complement, Filter, Sense, senses};
use crate::syntax::{Cast, Frame, Tree, nominal_phrases, noun_key};

/// A sense that fits, and the words that made it fit.
pub(crate) struct Match {
    /// The sense.
    pub(crate) sense: &'static Sense,
    /// The particle, if the sense wants one.
    pub(crate) particle: Option<usize>,
    /// The object noun, if the sense names it.
    pub(crate) object: Option<usize>,
    /// Preposition and noun that the sense wants.
    pub(crate) phrase: Option<(usize, Option<usize>)>,
    /// How much of the pattern was asked for.
    pub(crate) score: i32,
}

/// The most specific sense of the word at `head` that fits its frame; the first line wins a tie.
pub(crate) fn best(tree: &Tree<'_>, cast: &Cast<'_>, head: usize, frame: &Frame) -> Option<Match> {
    let mut best: Option<Match> = None;
    for sense in senses(tree.lemma(head)) {
        if let Some(found) = fits(tree, cast, head, frame, sense)
            && best.as_ref().is_none_or(|b| found.score > b.score)
        {
            best = Some(found);
        }
    }
    best
}

fn fits(
    tree: &Tree<'_>,
    cast: &Cast<'_>,
    head: usize,
    frame: &Frame,
    sense: &'static Sense,
) -> Option<Match> {
    let mut made = Match { sense, particle: None, object: None, phrase: None, score: 0 };
    if !sense.particles.is_empty() {
        let particle = particle(tree, head, &sense.particles)?;
        made.particle = Some(particle);
        made.score += 5;
    }
    let (points, object) = admits(tree, cast, &sense.object, &frame.objects)?;
    made.score += points;
    made.object = object;
    for group in &sense.phrases {
        let (points, phrase) = group
            .iter()
            .filter_map(|(prep, want)| phrase(tree, cast, frame, prep, want))
            .max_by_key(|(p, _)| *p)?;
        made.score += points;
        made.phrase = Some(phrase);
    }
    made.score += complement(tree, frame, &sense.complement)?;
    let noun = match sense.act {
        Act::OfSubject if frame.passive => frame.objects.first(),
        Act::OfSubject => frame.subjects.first(),
        Act::OfObject => frame.objects.first(),
        Act::Nothing | Act::Coded(_) => return Some(made),
    };
    super::verbal::noun_sense(tree, *noun?)?;
    made.score += 3;
    Some(made)
}

fn particle(tree: &Tree<'_>, head: usize, wanted: &[&str]) -> Option<usize> {
    let near = tree.children(head).iter().copied();
    near.filter(|&c| wanted.contains(&tree.lower(c)))
        .find(|&c| !matches!(tree.relation(c), "nsubj" | "nsubjpass" | "pobj") && !leads(tree, c))
        // A poor tree may hang the particle elsewhere; the next word is the particle still.
        .or_else(|| {
            let next = head + 1;
            (next < tree.len() && tree.tag(next) == "RP" && wanted.contains(&tree.lower(next)))
                .then_some(next)
        })
}

/// Whether a word that is most often a preposition leads to a phrase: "took them in March".
fn leads(tree: &Tree<'_>, i: usize) -> bool {
    tree.relation(i) == "prep"
        && matches!(tree.lower(i), "in" | "on" | "at")
        && tree.kid(i, &["pobj"]).is_some()
}

/// Points for what stands in a slot, and the word that a list asked for; `None`: it does not fit.
fn admits(
    tree: &Tree<'_>,
    cast: &Cast<'_>,
    filter: &Filter,
    heads: &[usize],
) -> Option<(i32, Option<usize>)> {
    let any = |test: &dyn Fn(usize) -> bool| heads.iter().copied().find(|&h| test(h));
    match filter {
        Filter::Any => Some((0, None)),
        Filter::Absent => heads.is_empty().then_some((1, None)),
        Filter::Present => (!heads.is_empty()).then_some((1, None)),
        Filter::Actor(true) => any(&|h| cast.is_actor(tree, h)).map(|_| (2, None)),
        Filter::Actor(false) => {
            (!heads.is_empty() && any(&|h| cast.is_actor(tree, h)).is_none()).then_some((2, None))
        }
        Filter::Person(true) => any(&|h| cast.is_person(tree, h)).map(|_| (3, None)),
        Filter::Person(false) => {
            (!heads.is_empty() && any(&|h| cast.is_person(tree, h)).is_none()).then_some((2, None))
        }
        Filter::Place(true) => any(&|h| cast.is_place(tree, h)).map(|_| (3, None)),
        Filter::Place(false) => {
            (!heads.is_empty() && any(&|h| cast.is_place(tree, h)).is_none()).then_some((2, None))
        }
        Filter::Words(words, true) => {
            let hit = heads.iter().find_map(|&h| named(tree, cast, h, words).map(|long| (h, long)));
            // A modified noun ("military aid") says more than the noun alone.
            hit.map(|(h, long)| (if long { 5 } else { 4 }, Some(h)))
        }
        Filter::Words(words, false) => (!heads.is_empty()
            && any(&|h| named(tree, cast, h, words).is_some()).is_none())
        .then_some((1, None)),
    }
}

fn named(
    tree: &Tree<'_>,
    cast: &Cast<'_>,
    h: usize,
    words: &rustc_hash::FxHashSet<&'static str>,
) -> Option<bool> {
    use variorum_model::MentionKind::{Organization, Person};
    // "the Security Council" is no council that one may convene as a meeting.
    let name = matches!(cast.kind(h), Some(Organization | Person));
    if name {
        return None;
    }
    noun_key(tree, h).iter().find(|k| words.contains(k.as_str())).map(|k| k.contains('_'))
}

type Phrase = (usize, Option<usize>);

fn phrase(
    tree: &Tree<'_>,
    cast: &Cast<'_>,
    frame: &Frame,
    prep: &str,
    want: &Filter,
) -> Option<(i32, Phrase)> {
    let mut best: Option<(i32, Phrase)> = None;
    // A phrase after the object may hang on the object: "reminded the envoy of a promise".
    let after: Vec<(usize, Vec<usize>)> =
        frame.objects.iter().take(1).flat_map(|&o| nominal_phrases(tree, o)).collect();
    for (own, (p, heads)) in
        frame.phrases.iter().map(|x| (1, x)).chain(after.iter().map(|x| (0, x)))
    {
        if tree.lower(*p) != prep || own == 0 && matches!(want, Filter::Any) && prep != "of" {
            continue;
        }
        if let Some((points, noun)) = admits(tree, cast, want, heads)
            && best.is_none_or(|(b, _)| points + 1 + own > b)
        {
            best = Some((points + 1 + own, (*p, noun)));
        }
    }
    // "called for lifting the ban": a participle stands where a noun might.
    if best.is_none() && matches!(want, Filter::Any) {
        let under = frame.participle.map(|v| tree.head(v)).filter(|&p| tree.lower(p) == prep);
        best = under.map(|p| (2, (p, None)));
    }
    best
}

fn complement(tree: &Tree<'_>, frame: &Frame, wanted: &Complement) -> Option<i32> {
    match wanted {
        Complement::Any => Some(0),
        Complement::None => (frame.infinitive.is_none() && frame.clause.is_none()).then_some(1),
        Complement::Infinitive(verbs) => {
            let verb = frame.infinitive?;
            if verbs.is_empty() {
                return Some(3);
            }
            verbs.contains(&tree.lemma(verb)).then_some(6)
        }
        Complement::Clause => frame.clause.map(|_| 2),
        Complement::Participle => frame.participle.map(|_| 3),
    }
}
