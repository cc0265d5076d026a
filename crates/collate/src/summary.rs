//! A happening in one line of plain words.
//!
//! The verb phrases are data (`data/event_phrases.tsv`), by PLOVER type and mode.

use crate::participants::Participants;
use std::sync::OnceLock;
use variorum_model::EventMention;

struct Phrase {
    kind: &'static str,
    mode: &'static str,
    /// For an actor and a recipient.
    transitive: &'static str,
    /// For actors alone.
    alone: &'static str,
    /// For a recipient alone.
    passive: &'static str,
}

fn phrases() -> &'static [Phrase] {
    static PHRASES: OnceLock<Vec<Phrase>> = OnceLock::new();
    PHRASES.get_or_init(|| {
        include_str!("../../../data/event_phrases.tsv")
            .lines()
            .filter(|l| !l.starts_with('#') && !l.trim().is_empty())
            .filter_map(|l| {
                let mut cells = l.split('\t');
                Some(Phrase {
                    kind: cells.next()?,
                    mode: cells.next()?,
                    transitive: cells.next()?,
                    alone: cells.next()?,
                    passive: cells.next()?,
                })
            })
            .collect()
    })
}

/// The happening told in one line, without time and place.
pub(crate) fn line(
    participants: &Participants,
    coded: &EventMention,
    actors: &[u32],
    recipients: &[u32],
) -> String {
    let rows = phrases();
    let of_kind = |p: &&Phrase| p.kind == coded.kind.name();
    let Some(phrase) = rows
        .iter()
        .filter(of_kind)
        .find(|p| p.mode == coded.mode)
        .or_else(|| rows.iter().filter(of_kind).find(|p| p.mode == "-"))
    else {
        return coded.kind.name().to_lowercase();
    };
    let names = |ids: &[u32]| {
        let list: Vec<&str> =
            ids.iter().map(|&a| participants.actors[a as usize].name.as_str()).collect();
        joined(&list)
    };
    match (actors.is_empty(), recipients.is_empty()) {
        (false, false) => format!("{} {} {}", names(actors), phrase.transitive, names(recipients)),
        (false, true) => format!("{} {}", names(actors), phrase.alone),
        (true, false) => format!("{} {}", names(recipients), phrase.passive),
        (true, true) => phrase.alone.to_owned(),
    }
}

/// "A", "A and B", "A, B and C"; a long list is cut with its number.
fn joined(list: &[&str]) -> String {
    const SHOWN: usize = 4;
    match list {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [head @ .., last] if list.len() <= SHOWN => format!("{} and {last}", head.join(", ")),
        _ => format!("{} and {} more", list[..SHOWN].join(", "), list.len() - SHOWN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use variorum_model::EventType;

    #[test]
    fn lists() {
        assert_eq!(joined(&["A"]), "A");
        assert_eq!(joined(&["A", "B", "C"]), "A, B and C");
        assert_eq!(joined(&["A", "B", "C", "D", "E"]), "A, B, C, D and 1 more");
    }

    #[test]
    fn every_category_has_a_phrase() {
        for name in [
            "AGREE",
            "CONSULT",
            "SUPPORT",
            "CONCEDE",
            "COOPERATE",
            "AID",
            "RETREAT",
            "REQUEST",
            "ACCUSE",
            "REJECT",
            "THREATEN",
            "PROTEST",
            "SANCTION",
            "MOBILIZE",
            "COERCE",
            "ASSAULT",
            "STATEMENT",
            "APPOINT",
        ] {
            assert!(EventType::named(name).is_some(), "{name}");
            assert!(phrases().iter().any(|p| p.kind == name && p.mode == "-"), "{name}");
        }
    }
}
