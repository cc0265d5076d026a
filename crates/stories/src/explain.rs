//! Why two reports are put together, or are not.

use crate::copies::{copy_from, overlap};
use crate::credits::Credit;
use crate::linkage::{self, CARRIES, EVENT, STORY};
pub use crate::passages::Passage;
use crate::similarity::Vocabulary;
use crate::{Compared, Digest, Placement, likeness, passages, scaling, similarity};
use rustc_hash::{FxHashMap, FxHashSet};
use variorum_model::{MentionKind, ReadReport, Span};

/// Words shown that make two reports alike.
const WORDS_SHOWN: usize = 12;

/// A word that both reports have, and its part in their likeness.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// In lower case, a plural ending off.
    pub word: String,
    /// What it adds to the cosine.
    pub adds: f32,
}

/// What speaks for and against two reports being of one event, one story, one text, one source.
#[derive(Debug, Clone)]
pub struct Why {
    /// Where both were put.
    pub placements: (Placement, Placement),
    /// Days between them, where both are dated.
    pub days: Option<i32>,
    /// Cosine of their weighted words.
    pub words: f32,
    /// Likeness of their topics.
    pub topics: f32,
    /// What likeness counts so many days apart.
    pub decay: f32,
    /// What likeness counts for the topics of two entries of a sentence or two; 1 for longer reports.
    pub share_of_topics: f32,
    /// Both are entries of a sentence or two that name different countries.
    pub elsewhere: bool,
    /// How dense each one's neighbourhood is: 1 where it is as usual.
    pub densities: (f32, f32),
    /// Likeness as tellings of one event, all told.
    pub event: f32,
    /// Mean of it between the reports of their two events, where they are of two.
    pub event_mean: Option<f32>,
    /// From which mean two clusters are one event.
    pub event_from: f32,
    /// Mean likeness of words between the reports of their two events, where they are of two.
    pub story_mean: Option<f32>,
    /// From which mean two events are one story.
    pub story_from: f32,
    /// Share of the smaller one's word sequences that the other has.
    pub containment: f32,
    /// From which share one is a copy.
    pub copy_from: f32,
    /// Word sequences in both.
    pub sequences: u32,
    /// Whether the two count as one source.
    pub one_lineage: bool,
    /// Sources that both credit, or the outlet of one that the other credits; with where each says so.
    pub credits: Vec<(String, Vec<Span>, Vec<Span>)>,
    /// Wording in both, the longest first.
    pub passages: Vec<Passage>,
    /// Names in both, with where each first stands.
    pub names: Vec<(Span, Span)>,
    /// Words that make them alike, the weightiest first.
    pub shared_words: Vec<Word>,
}

/// Why reports `a` and `b` of `reports`, which stand in their final order, are put together or are not.
pub fn explain(reports: &[ReadReport], a: u32, b: u32) -> Why {
    let mut digests: Vec<Digest> = reports.iter().map(Digest::of).collect();
    let compared = Compared::of(&mut digests);
    let days: Vec<Option<i32>> = digests.iter().map(|d| d.day).collect();
    let pairs = likeness::pairs(&digests, &compared.vocabulary, &days);
    let densities = scaling::densities(&digests, &pairs);
    let (x, y) = (&digests[a as usize], &digests[b as usize]);
    let pair = likeness::pair(&digests, a, b);
    let alike = overlap(&x.runs, &y.runs, a, b);
    let dense = (densities[a as usize], densities[b as usize]);
    let about = linkage::as_one_event(x, y, &pair);
    let apart = x.day.zip(y.day).map(|(x, y)| (x - y).abs());
    let entries = apart.is_some() && x.brief && y.brief;
    let carried = if alike.containment > CARRIES { alike.containment } else { 0.0 };
    let (first, second) = (compared.placements[a as usize], compared.placements[b as usize]);
    let (event_mean, story_mean) = if first.event == second.event {
        (None, None)
    } else {
        let weights = linkage::weights(&digests, &pairs, &compared.overlaps);
        let size = |event| compared.placements.iter().filter(|p| p.event == event).count();
        let all = (size(first.event) * size(second.event)) as f32;
        let between = |(x, y): (u32, u32)| {
            let of = |i: u32| compared.placements[i as usize].event;
            (of(x) == first.event && of(y) == second.event)
                || (of(x) == second.event && of(y) == first.event)
        };
        let sum: f32 = weights.iter().filter(|(p, _)| between(*p)).map(|w| w.1).sum();
        let words = pairs.iter().filter(|p| between((p.a, p.b))).map(|p| p.words).sum::<f32>();
        (Some(sum / all), Some(words / all))
    };
    let one_lineage = crate::lineages::lineages(
        reports,
        &compared.overlaps,
        &compared.duplicate_of,
        &compared.credits,
    )
    .iter()
    .any(|l| l.contains(&a) && l.contains(&b));
    Why {
        placements: (first, second),
        days: apart,
        words: pair.words,
        topics: pair.topics,
        decay: linkage::decay_over(apart, entries),
        share_of_topics: linkage::share_of_topics(pair.topics, entries),
        elsewhere: entries && x.setting.is_elsewhere(&y.setting),
        densities: dense,
        event: (about / (dense.0 * dense.1).sqrt()).max(carried),
        event_mean,
        event_from: EVENT,
        story_mean,
        story_from: STORY,
        containment: alike.containment,
        copy_from: copy_from(x, y),
        sequences: alike.shared,
        one_lineage,
        credits: common_credits(&digests, &compared.credits, a, b),
        passages: passages::shared(&reports[a as usize].report, &reports[b as usize].report),
        names: common_names(&reports[a as usize], &reports[b as usize]),
        shared_words: shared_words(&reports[a as usize], &compared.vocabulary, x, y),
    }
}

fn common_credits(
    digests: &[Digest],
    credits: &[Vec<Credit>],
    a: u32,
    b: u32,
) -> Vec<(String, Vec<Span>, Vec<Span>)> {
    let spans = |i: u32, source: &str| -> Vec<Span> {
        credits[i as usize].iter().filter(|c| c.source == source).map(|c| c.span).collect()
    };
    let outlet = |i: u32| digests[i as usize].outlet.as_deref();
    let mut sources: Vec<&str> =
        [a, b].iter().flat_map(|&i| &credits[i as usize]).map(|c| c.source.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    sources
        .into_iter()
        .map(|source| (source.to_owned(), spans(a, source), spans(b, source)))
        .filter(|(source, x, y)| {
            let both = !x.is_empty() && !y.is_empty();
            both || outlet(a) == Some(source) || outlet(b) == Some(source)
        })
        .collect()
}

/// Names of people, bodies, places and events that stand in both, in order of the first report.
fn common_names(a: &ReadReport, b: &ReadReport) -> Vec<(Span, Span)> {
    let form = |read: &ReadReport, span: Span| span.of(&read.report.text).to_lowercase();
    let named = |read: &ReadReport| -> Vec<Span> {
        let all = read.annotations.mentions.iter();
        all.filter(|m| m.kind != MentionKind::Group).map(|m| m.span).collect()
    };
    let mut theirs: FxHashMap<String, Span> = FxHashMap::default();
    for span in named(b) {
        theirs.entry(form(b, span)).or_insert(span);
    }
    let mut seen: FxHashSet<String> = FxHashSet::default();
    named(a)
        .into_iter()
        .filter(|&span| seen.insert(form(a, span)))
        .filter_map(|span| Some((span, *theirs.get(&form(a, span))?)))
        .collect()
}

fn shared_words(read: &ReadReport, vocabulary: &Vocabulary, a: &Digest, b: &Digest) -> Vec<Word> {
    let spelled = similarity::spelled(read).into_iter();
    let spelled: FxHashMap<u32, String> =
        spelled.filter_map(|(hash, word)| Some((vocabulary.number(hash)?, word))).collect();
    let weight = |d: &Digest, word: u32| {
        d.words.binary_search_by_key(&word, |w| w.0).ok().map(|at| d.words[at].1)
    };
    let mut shared: Vec<Word> = a
        .words
        .iter()
        .filter_map(|&(word, x)| {
            let adds = x * weight(b, word)?;
            Some(Word { word: spelled.get(&word)?.clone(), adds })
        })
        .collect();
    shared.sort_by(|x, y| y.adds.total_cmp(&x.adds).then_with(|| x.word.cmp(&y.word)));
    shared.truncate(WORDS_SHOWN);
    shared
}

#[cfg(test)]
mod tests {
    use super::*;
    use variorum_model::{Annotations, Codings, Report};

    fn read(id: &str, text: &str) -> ReadReport {
        let report = Report::of_lines(id, text);
        ReadReport { report, annotations: Annotations::default(), codings: Codings::default() }
    }

    #[test]
    fn one_event_by_likeness_and_a_copy_by_wording() {
        let reports = [
            read(
                "a",
                "The harbour pilots of Aktau struck on Monday over pensions, and tankers waited at anchor in the Caspian roads while the port captain asked for mediation.",
            ),
            read(
                "b",
                "The harbour pilots of Aktau struck on Monday over pensions, and tankers waited at anchor in the Caspian roads. Rain fell.",
            ),
            read(
                "c",
                "A glacier lake above the village burst its moraine and carried away two bridges, shepherds told the district radio.",
            ),
        ];
        let why = explain(&reports, 0, 1);
        assert_eq!(why.placements.0.event, why.placements.1.event);
        assert!(why.event >= why.event_from && why.containment >= why.copy_from, "{why:?}");
        assert!(why.one_lineage && why.event_mean.is_none());
        assert_eq!(why.passages[0].words, 19);
        let why = explain(&reports, 0, 2);
        assert_ne!(why.placements.0.event, why.placements.1.event);
        assert!(why.event < why.event_from && why.event_mean.is_some_and(|m| m < why.event_from));
        assert!(why.passages.is_empty() && !why.one_lineage);
    }
}
