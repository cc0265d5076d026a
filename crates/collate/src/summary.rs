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
    let said = |ids: &[u32], words: &str| {
        let one = matches!(ids, [id] if !is_plural(participants, *id));
        if one { third_person(words) } else { words.to_owned() }
    };
    match (actors.is_empty(), recipients.is_empty()) {
        (false, false) => {
            let verb = said(actors, phrase.transitive);
            format!("{} {verb} {}", names(actors), names(recipients))
        }
        (false, true) => format!("{} {}", names(actors), said(actors, phrase.alone)),
        (true, false) => format!("{} {}", names(recipients), said(recipients, phrase.passive)),
        (true, true) => format!("parties not named {}", phrase.alone),
    }
}

/// Whether an actor is spoken of in the plural: a described one whose last word looks like it. A name
/// is one body, whatever its ending.
fn is_plural(participants: &Participants, actor: u32) -> bool {
    let name = &participants.actors[actor as usize].name;
    let last = name.rsplit(' ').next().unwrap_or(name);
    let ends = last.ends_with('s') && !last.ends_with("ss") && !last.ends_with("us");
    let irregular = ["people", "police", "men", "women", "children", "gunmen", "tribesmen"];
    !participants.is_named(actor) && (ends || irregular.contains(&last) || name.contains(" and "))
}

/// A verb phrase in the third person singular: its first word changed.
fn third_person(phrase: &str) -> String {
    let (verb, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
    let singular = match verb {
        "are" => "is".to_owned(),
        "have" => "has".to_owned(),
        v if v.ends_with('y') => {
            let before = v[..v.len() - 1].chars().next_back();
            match before {
                Some('a' | 'e' | 'o' | 'u') | None => format!("{v}s"),
                Some(_) => format!("{}ies", &v[..v.len() - 1]),
            }
        }
        v if v.ends_with(['s', 'x', 'z', 'o']) || v.ends_with("sh") || v.ends_with("ch") => {
            format!("{v}es")
        }
        v => format!("{v}s"),
    };
    if rest.is_empty() { singular } else { format!("{singular} {rest}") }
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
    fn third_persons() {
        for (phrase, want) in [
            ("confer with", "confers with"),
            ("are struck from the air", "is struck from the air"),
            ("carry out a suicide attack", "carries out a suicide attack"),
            ("deploy troops", "deploys troops"),
            ("impose measures on", "imposes measures on"),
            ("have a ceasefire", "has a ceasefire"),
            ("criticise", "criticises"),
            ("launch air strikes", "launches air strikes"),
        ] {
            assert_eq!(third_person(phrase), want);
        }
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
