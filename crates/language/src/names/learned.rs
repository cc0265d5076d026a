//! What the learned recogniser found, brought together with what the rules found.
//!
//! Both give spans with a chance. Where they overlap the likelier span stays; where they agree, each
//! makes the other surer. How likely a rule's name is beside a recogniser that does not see it is
//! counted on held-out sentences (`data/name_rule_weights.tsv`).

use super::classify::Found;
use super::runs::Word;
use super::weights;
use rustc_hash::FxHashMap;
use variorum_model::{MentionKind, Span};

/// A name that the recogniser found, as tokens of the parse.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Learned {
    pub(crate) first: usize,
    /// One past the last token.
    pub(crate) last: usize,
    pub(crate) label: Label,
    /// The recogniser's own chance for it.
    pub(crate) chance: f32,
}

/// What the recogniser tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    /// A name of this kind.
    Name(MentionKind),
    /// A country or capital that stands for its government.
    Government,
    /// Title or office words beside a person's name.
    Title,
    /// A people, as adjective or noun: no mention of its own.
    People,
}

impl Label {
    /// The label that the weights write as `name`; `None` for kinds that name none of ours.
    pub(crate) fn named(name: &str) -> Option<Label> {
        Some(match name {
            "person" => Label::Name(MentionKind::Person),
            "organization" => Label::Name(MentionKind::Organization),
            "group" => Label::Name(MentionKind::Group),
            "place" => Label::Name(MentionKind::Place),
            "facility" => Label::Name(MentionKind::Facility),
            "event" => Label::Name(MentionKind::Event),
            "government" => Label::Government,
            "title" => Label::Title,
            "people" => Label::People,
            _ => return None,
        })
    }
}

/// What the recogniser says where a rule finds a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recogniser {
    /// The same name.
    Agrees,
    /// No name, or a title.
    Silent,
    /// Another name, or the word for a people, without being sure of it.
    Doubts,
    /// Another name, or the word for a people, surely.
    Against,
}

/// A name that a rule proposes, beside what the recogniser says there.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// Where it stands.
    pub span: Span,
    /// What the rule says it names.
    pub kind: MentionKind,
    /// The rule.
    pub rule: &'static str,
    /// How sure the rule is by itself: `low`, `middle` or `high`.
    pub level: &'static str,
    /// What the recogniser says.
    pub recogniser: Recogniser,
}

/// The names that rules propose, each beside what the recogniser says there.
pub(super) fn proposals(words: &[Word<'_>], ruled: &[Found], learned: &[Learned]) -> Vec<Proposal> {
    let cover = covering(learned, words.len());
    let proposal = |found: &Found| Proposal {
        span: words[found.first].span.join(words[found.last - 1].span),
        kind: found.kind,
        rule: found.rule,
        level: weights::level(found),
        recogniser: meet(found, learned, &cover).0,
    };
    ruled.iter().map(proposal).collect()
}

/// For each token the number of the learned name that covers it.
fn covering(learned: &[Learned], words: usize) -> Vec<Option<usize>> {
    let mut cover = vec![None; words];
    for (i, l) in learned.iter().enumerate() {
        cover[l.first..l.last].fill(Some(i));
    }
    cover
}

/// What the recogniser says of a rule's name, and the number of its own name there.
fn meet(
    found: &Found,
    learned: &[Learned],
    cover: &[Option<usize>],
) -> (Recogniser, Option<usize>) {
    let met = (found.first..found.last).find_map(|token| cover[token]);
    let says = match met.map(|i| &learned[i]) {
        Some(l) if agrees(l, found) => Recogniser::Agrees,
        Some(l) if l.label == Label::Title => Recogniser::Silent,
        Some(l) if l.chance < SURE => Recogniser::Doubts,
        Some(_) => Recogniser::Against,
        None => Recogniser::Silent,
    };
    (says, met)
}

/// Least chance with which the recogniser is sure of a name.
const SURE: f32 = 0.85;
/// How far a rule is believed that finds a person of several words where the recogniser finds nothing:
/// the recogniser misses names in damaged text ("VicePresident AbdRabbu"), of which the passages that
/// weights are counted on hold none.
const SEVERAL_WORDS: f32 = 0.8;
/// Least chance with which a country is taken for its government on the recogniser's word alone.
const GOVERNMENT: f32 = 0.9;
/// Least chance of a name that no rule backs: in informal text the recogniser takes products and
/// shouting for names.
const UNBACKED: f32 = 0.6;

/// Whether a token can be part of a name: no address, no file, no rule of dashes.
fn is_word(word: &Word<'_>) -> bool {
    let text = word.text;
    let address = text.contains('@') || text.contains("://") || text.starts_with("www.");
    let file = text.rsplit_once('.').is_some_and(|(stem, tail)| {
        !stem.is_empty()
            && matches!(
                tail,
                "doc" | "docx" | "pdf" | "xls" | "xlsx" | "jpg" | "png" | "txt" | "htm" | "html"
            )
    });
    let drawn = text.chars().count() > 2 && !text.chars().any(char::is_alphanumeric);
    !address && !file && !drawn
}

/// Brings together what rules found (`ruled`) and what the recogniser found in a report.
pub(super) fn combine(ruled: Vec<Found>, learned: &[Learned], words: &[Word<'_>]) -> Vec<Found> {
    let cover = covering(learned, words.len());
    let mut backed: Vec<f32> = vec![0.0; learned.len()];
    let mut titles: Vec<Option<(usize, usize)>> = vec![None; learned.len()];
    let mut out = Vec::with_capacity(ruled.len() + learned.len());
    let places: FxHashMap<usize, Found> =
        ruled.iter().filter(|f| f.kind == MentionKind::Place).map(|f| (f.first, *f)).collect();
    for mut found in ruled {
        match meet(&found, learned, &cover) {
            (Recogniser::Agrees, Some(i)) => {
                backed[i] = backed[i].max(found.confidence);
                titles[i] = titles[i].or(found.title);
                continue;
            }
            (Recogniser::Against, _) => found.confidence = weights::against(&found),
            (Recogniser::Doubts, _) => found.confidence = weights::doubted(&found),
            _ => {
                let several = found.kind == MentionKind::Person && found.last - found.first >= 2;
                let own = if several { found.confidence * SEVERAL_WORDS } else { 0.0 };
                found.confidence = weights::silent(&found).max(own);
            }
        }
        out.push(found);
    }
    for (i, l) in learned.iter().enumerate() {
        let (kind, government) = match l.label {
            Label::Name(kind) => (kind, false),
            Label::Government => (MentionKind::Place, l.chance >= GOVERNMENT),
            Label::Title | Label::People => continue,
        };
        if let Some(place) = places.get(&l.first).filter(|p| is_place_and_noun(l, p, words)) {
            out.push(Found { government: kind != MentionKind::Event, ..*place });
            continue;
        }
        let told = backed[i] > 0.0 || l.chance >= UNBACKED;
        if !told || !words[l.first..l.last].iter().all(is_word) {
            continue;
        }
        let title = (kind == MentionKind::Person)
            .then(|| title_before(l.first, learned, &cover).or(titles[i]))
            .flatten();
        let both = backed[i] > 0.0;
        out.push(Found {
            first: l.first,
            last: l.last,
            kind,
            title,
            government,
            rule: if both { "recogniser_and_rule" } else { "recogniser" },
            confidence: 1.0 - (1.0 - l.chance) * (1.0 - 0.5 * backed[i]),
        });
    }
    likeliest(out, words.len())
}

/// Whether a learned name is a place's with a common noun behind it: "Oslo government", "Oslo talks",
/// whose writer gives a name to the place alone.
fn is_place_and_noun(learned: &Learned, place: &Found, words: &[Word<'_>]) -> bool {
    let body = matches!(
        learned.label,
        Label::Name(MentionKind::Event | MentionKind::Organization | MentionKind::Group)
    );
    let small = |w: &Word<'_>| w.text.chars().all(|c| c.is_lowercase());
    body && place.last < learned.last && words[place.last..learned.last].iter().all(small)
}

/// Whether a rule's name is the learned one.
fn agrees(learned: &Learned, found: &Found) -> bool {
    let kind = match learned.label {
        Label::Name(kind) => kind,
        Label::Government => MentionKind::Place,
        Label::Title | Label::People => return false,
    };
    (learned.first, learned.last, kind) == (found.first, found.last, found.kind)
}

/// The learned title that ends where the name at token `first` begins.
fn title_before(
    first: usize,
    learned: &[Learned],
    cover: &[Option<usize>],
) -> Option<(usize, usize)> {
    let title = &learned[cover[first.checked_sub(1)?]?];
    (title.label == Label::Title).then_some((title.first, title.last))
}

/// Of overlapping names the likeliest; of equals the longer, then the first.
fn likeliest(mut found: Vec<Found>, words: usize) -> Vec<Found> {
    found.sort_by(|a, b| {
        b.confidence
            .total_cmp(&a.confidence)
            .then((b.last - b.first).cmp(&(a.last - a.first)))
            .then(a.first.cmp(&b.first))
    });
    let mut taken = vec![false; words];
    found.retain(|f| {
        let free = !taken[f.first..f.last].contains(&true);
        if free {
            taken[f.first..f.last].fill(true);
        }
        free
    });
    found.sort_by_key(|f| f.first);
    found
}
