//! Words around an act that say whether it happened.

use super::table;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;
use variorum_model::Modality;

/// Where a cue stands to the act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Cue {
    /// A verb or adjective that governs it.
    Verb,
    /// A noun that governs it.
    Noun,
    /// An auxiliary.
    Aux,
    /// An adverb.
    Adverb,
    /// An adjective on the noun that names it.
    Adjective,
    /// A verb whose present and perfect tell a state.
    State,
    /// The conjunction that opens its clause.
    Mark,
}

type Cues = FxHashMap<Cue, FxHashMap<&'static str, Modality>>;

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let mut made = Cues::default();
    for row in table(include_str!("../../../../data/events_modality.tsv")) {
        let [place, words, modality, ..] = row[..] else { continue };
        let cue = match place {
            "verb" => Cue::Verb,
            "noun" => Cue::Noun,
            "aux" => Cue::Aux,
            "adverb" => Cue::Adverb,
            "adjective" => Cue::Adjective,
            "state" => Cue::State,
            _ => Cue::Mark,
        };
        let modality = match modality {
            "planned" => Modality::Planned,
            "alleged" => Modality::Alleged,
            "negated" => Modality::Negated,
            "ongoing" => Modality::Ongoing,
            _ => Modality::Hypothetical,
        };
        for word in words.split('|') {
            made.entry(cue).or_default().entry(word).or_insert(modality);
        }
    }
    made
});

/// What `word`, standing at `cue`, says of the act.
pub(crate) fn cues(cue: Cue, word: &str) -> Option<Modality> {
    CUES.get(&cue)?.get(word).copied()
}
