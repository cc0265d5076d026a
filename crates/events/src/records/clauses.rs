//! Clauses: what is told, whether or not a category has a name for it.
//!
//! A coder of categories is silent on arrivals, weddings and changes of power by other names. Whoever
//! compares reports needs them all the same: each verb that tells something is kept with who, whom, when
//! and the words it governs.

use super::Read;
use crate::coding::Attributions;
use crate::lexicon::{Cue, cues};
use crate::syntax::{Tree, frame};
use compact_str::CompactString;
use variorum_model::{Annotations, Clause, Modality, Span, TimeKind};

/// Most words kept of one clause; a longer one is a list.
const MAX_WORDS: usize = 60;
/// Most clauses kept of one sentence.
const MAX_CLAUSES: usize = 24;

/// Relations by which a clause stands inside another without being part of what that one tells.
const APART: [&str; 6] = ["ccomp", "advcl", "relcl", "conj", "parataxis", "csubj"];

/// The clauses of the sentences, in text order.
pub(crate) fn clauses(
    reads: &[Read<'_>],
    annotations: &Annotations,
    attributions: &Attributions<'_>,
) -> Vec<Clause> {
    let mut made: Vec<Clause> = Vec::new();
    for read in reads {
        let tree = &read.tree;
        let heads = (0..tree.len()).filter(|&i| tells(tree, i)).take(MAX_CLAUSES);
        made.extend(heads.map(|verb| clause(read, annotations, attributions, verb)));
    }
    made
}

/// Whether token `i` is a verb that tells something of its own.
fn tells(tree: &Tree<'_>, i: usize) -> bool {
    if !tree.is_verb(i) {
        // A headline or fragment is told by its root.
        return tree.head(i) == i && tree.is_noun(i) && tree.children(i).len() >= 2;
    }
    if matches!(tree.relation(i), "aux" | "auxpass" | "amod" | "compound" | "prep" | "mark") {
        return false;
    }
    // "is expected to arrive", "plans to leave": the infinitive tells it, with a modality.
    let leads = tree.kids(i, &["xcomp"]).any(|x| tree.is_verb(x));
    !(leads && cues(Cue::Verb, tree.lemma(i)).is_some())
}

fn clause(
    read: &Read<'_>,
    annotations: &Annotations,
    attributions: &Attributions<'_>,
    verb: usize,
) -> Clause {
    let (tree, cast) = (&read.tree, &read.cast);
    let own = own_tokens(tree, verb);
    let first = own.iter().copied().min().unwrap_or(verb);
    let last = own.iter().copied().max().unwrap_or(verb);
    let made = frame(tree, cast, verb);
    let phrases = |heads: &[usize]| {
        let mut spans: Vec<Span> = Vec::new();
        for &h in heads {
            let span = cast.phrase(tree, h);
            if !spans.iter().any(|s| s.overlaps(span)) {
                spans.push(span);
            }
        }
        spans
    };
    let mut tokens = own;
    // A subject shared with another verb, or the noun that a relative clause belongs to.
    for &subject in made.subjects.iter().chain(&made.objects) {
        let phrase = cast.phrase(tree, subject);
        tokens.extend(tree.tokens_in(phrase));
    }
    tokens.sort_unstable();
    tokens.dedup();
    let telling = |i: &usize| {
        let tag = tree.tag(*i);
        (tag.starts_with("NN") || tag.starts_with("JJ") || tag.starts_with("VB"))
            && !matches!(tree.relation(*i), "aux" | "auxpass")
            && !cast.is_time(*i)
    };
    let heads: Vec<usize> = tokens.iter().copied().filter(telling).take(MAX_WORDS).collect();
    let words = words(tree, &heads);
    let at = tree.span(verb);
    let mut modality = modality(tree, verb);
    if matches!(modality, Modality::Actual | Modality::Ongoing) {
        modality = attributions.stance(at).unwrap_or(modality);
    }
    Clause {
        span: tree.range(first, last),
        verb: at,
        lemma: CompactString::from(tree.lemma(verb)),
        modality,
        subjects: phrases(&made.subjects),
        objects: phrases(&made.objects),
        words,
        time: time(tree, annotations, tree.range(first, last), at),
        reported_by: attributions.sources(at),
        title: tree.sentence.block.is_none(),
    }
}

/// Dictionary forms of the tokens; what a hyphen joins is one word ("sit-in").
fn words(tree: &Tree<'_>, tokens: &[usize]) -> Vec<(CompactString, Span)> {
    let glued = |a: usize, b: usize| tree.span(a).end == tree.span(b).start;
    let hyphen = |i: usize| {
        i > 0 && i + 1 < tree.len() && tree.lower(i) == "-" && glued(i - 1, i) && glued(i, i + 1)
    };
    let mut made: Vec<(CompactString, Span)> = Vec::new();
    for &i in tokens {
        let (mut first, mut last) = (i, i);
        while first >= 2 && hyphen(first - 1) {
            first -= 2;
        }
        while last + 2 < tree.len() && hyphen(last + 1) {
            last += 2;
        }
        let span = tree.range(first, last);
        if made.last().is_some_and(|(_, known)| *known == span) {
            continue;
        }
        let word = if first == last {
            CompactString::from(tree.lemma(i))
        } else {
            let mut joined: String = (first..last).map(|t| tree.lower(t)).collect();
            joined.push_str(tree.lemma(last));
            CompactString::from(joined)
        };
        made.push((word, span));
    }
    made
}

/// The tokens that `verb` governs, without those of clauses that tell something else.
fn own_tokens(tree: &Tree<'_>, verb: usize) -> Vec<usize> {
    let mut own = Vec::new();
    let mut queue = vec![verb];
    let mut left = tree.len();
    while let (Some(at), true) = (queue.pop(), left > 0) {
        left -= 1;
        own.push(at);
        queue.extend(tree.children(at).iter().copied().filter(|&c| {
            let apart = APART.contains(&tree.relation(c)) && tree.is_verb(c);
            !apart && tree.relation(c) != "punct" || tree.tag(c) == "HYPH"
        }));
    }
    own
}

/// Whether the verb is said to have happened, by its auxiliaries and the verbs above it.
fn modality(tree: &Tree<'_>, verb: usize) -> Modality {
    let mut at = verb;
    for step in 0..4 {
        if tree.kid(at, &["neg"]).is_some() {
            return Modality::Negated;
        }
        let adverbs = tree.kids(at, &["advmod"]).find_map(|a| cues(Cue::Adverb, tree.lower(a)));
        let auxiliary = tree.kids(at, &["aux"]).find_map(|a| cues(Cue::Aux, tree.lower(a)));
        let mark = tree.kid(at, &["mark"]).and_then(|m| cues(Cue::Mark, tree.lower(m)));
        // "were told that they would": the future seen from the past.
        let later = tree.relation(at) == "ccomp"
            && tree.kids(at, &["aux"]).any(|a| matches!(tree.lower(a), "would" | "'d"));
        if later {
            return Modality::Planned;
        }
        if let Some(found) = adverbs.or(auxiliary).or(mark.filter(|_| step == 0)) {
            return found;
        }
        let above = tree.head(at);
        let to = tree.kids(at, &["aux"]).any(|a| tree.tag(a) == "TO");
        if above == at {
            return if to { Modality::Planned } else { Modality::Actual };
        }
        match tree.relation(at) {
            "xcomp" | "pcomp" | "acl" => {
                let cue = if tree.is_noun(above) {
                    cues(Cue::Noun, tree.lemma(above))
                } else {
                    cues(Cue::Verb, tree.lemma(above))
                };
                if let Some(found) = cue {
                    return found;
                }
            }
            "ccomp" if cues(Cue::Verb, tree.lemma(above)) == Some(Modality::Alleged) => {
                return Modality::Alleged;
            }
            "ccomp" if tree.lemma(above) == "deny" => return Modality::Negated,
            "conj" => {}
            _ => {
                // "in order to leave" tells an aim.
                return if to { Modality::Planned } else { Modality::Actual };
            }
        }
        at = above;
    }
    Modality::Actual
}

/// The day or hour that the clause gives, nearest its verb; else the only one of its sentence.
fn time(tree: &Tree<'_>, annotations: &Annotations, clause: Span, verb: Span) -> Option<u32> {
    let sentence = tree.sentence.span;
    let from = annotations.times.partition_point(|t| t.span.end <= sentence.start);
    let here: Vec<u32> = annotations.times[from..]
        .iter()
        .enumerate()
        .take_while(|(_, t)| t.span.start < sentence.end)
        .filter(|(_, t)| matches!(t.kind, TimeKind::Date | TimeKind::Time))
        .filter(|(_, t)| !t.value.ends_with("_REF"))
        .map(|(n, _)| (from + n) as u32)
        .collect();
    let gap = |n: &u32| {
        let t = annotations.times[*n as usize].span;
        t.start.saturating_sub(verb.end).max(verb.start.saturating_sub(t.end))
    };
    let inside = here.iter().copied().filter(|n| {
        let span = annotations.times[*n as usize].span;
        clause.contains(span)
    });
    inside.min_by_key(gap).or_else(|| match here[..] {
        [only] => Some(only),
        _ => None,
    })
}
