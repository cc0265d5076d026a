//! The tables of the event lexicon, read once.

mod entries;
mod likeness;
mod lists;
mod modality;
mod roles;
mod senses;
mod words;

pub(crate) use entries::entries;
pub(crate) use likeness::likeness;
pub(crate) use lists::List;
pub(crate) use modality::{Cue, cues};
pub(crate) use roles::{Base, Roles, Side, Slot};
pub(crate) use senses::{Act, Code, Complement, NounSense, Sense, derived, noun_senses, senses};
pub(crate) use words::{Filter, actor_nouns, class, is_answering, lemma_of_past};

/// The data lines of a table: no comments, no blank lines, split at tabs.
pub(crate) fn table(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines()
        .filter(|l| !l.starts_with('#') && !l.trim().is_empty())
        .map(|l| l.split('\t').map(str::trim).collect())
}
