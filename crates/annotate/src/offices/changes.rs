//! "appointed Omar Haddad minister", "resigned as mayor", "the minister was sacked": coming into an
//! office and leaving it.

use crate::reading::Line;
use crate::tables::{cell, rows};
use std::collections::HashMap;
use std::sync::LazyLock;
use variorum_model::{Mention, MentionKind, Office, OfficeChange, Span};

/// What a change does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// The holder comes into the office.
    Enters,
    /// The holder leaves it.
    Leaves,
    /// The holder is to come into it.
    Awaits,
}

/// A change that a sentence tells of an office.
#[derive(Debug, PartialEq)]
pub(super) struct Change {
    pub told: OfficeChange,
    pub effect: Effect,
    /// Who comes or goes, where the change says it.
    pub holder: Option<Span>,
    /// The word that tells the change, in its sentence.
    pub verb: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Gives,
    Takes,
    Enters,
    Leaves,
    Noun,
}

/// Words that may stand between a word of change and the office, and words that leave a change open.
static OTHER: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    rows(include_str!("../../../../data/office_changes.tsv"))
        .filter(|row| cell(row, 1) == "-")
        .map(|row| (cell(&row, 0), cell(&row, 2).split(';').collect()))
        .collect()
});

fn is(class: &str, word: &str) -> bool {
    OTHER.get(class).is_some_and(|words| words.contains(&word))
}

static WORDS: LazyLock<HashMap<&'static str, (Class, &'static str)>> = LazyLock::new(|| {
    rows(include_str!("../../../../data/office_changes.tsv"))
        .filter(|row| cell(row, 1) != "-")
        .flat_map(|row| {
            let class = match cell(&row, 0) {
                "gives" => Class::Gives,
                "takes" => Class::Takes,
                "enters" => Class::Enters,
                "leaves" => Class::Leaves,
                _ => Class::Noun,
            };
            let kind = cell(&row, 1);
            cell(&row, 2).split(';').map(|word| (word, (class, kind))).collect::<Vec<_>>()
        })
        .collect()
});

/// The change that a sentence tells of one of its offices.
pub(super) fn change(line: &Line<'_>, mentions: &[Mention], office: &Office) -> Option<Change> {
    let from = line.at(office.span.from());
    before(line, mentions, from).or_else(|| after(line, office))
}

/// Whether a word of change with a person stands before the phrase that begins at word `from`.
pub(super) fn is_changed(line: &Line<'_>, mentions: &[Mention], from: usize) -> bool {
    before(line, mentions, from).is_some_and(|c| c.holder.is_some())
}

/// The word of change at word `at`, if it is said to have happened.
fn word_at(line: &Line<'_>, at: usize) -> Option<(Class, &'static str)> {
    let token = line.tokens.get(at)?;
    let (class, kind) = *WORDS.get(token.lemma.to_lowercase().as_str())?;
    let noun = token.tag.starts_with("NN");
    let verb = token.tag.starts_with("VB");
    let particle = match token.lemma.as_str() {
        "step" | "stand" => line.word(at + 1) == "down" || line.word(at + 1) == "aside",
        "swear" => line.word(at + 1) == "in",
        "take" => line.word(at + 1) == "over" || line.word(at + 1) == "office",
        _ => true,
    };
    let told = class == Class::Noun || verb && happened(line, at);
    ((class == Class::Noun) == noun && told && particle).then_some((class, kind))
}

/// Neither denied nor ahead nor supposed.
fn happened(line: &Line<'_>, at: usize) -> bool {
    let before = (at.saturating_sub(4)..at).rev();
    !before
        .take_while(|&i| !matches!(line.tag(i), "," | "NN" | "NNS" | "NNP" | "PRP"))
        .any(|i| is("open", line.word(i)))
}

fn person_until<'m>(line: &Line<'_>, mentions: &'m [Mention], at: usize) -> Option<&'m Mention> {
    let end = line.tokens.get(at.checked_sub(1)?)?.span.end;
    super::named_until(mentions, end).filter(|m| m.kind == MentionKind::Person)
}

/// A word of change in front of the office: "appointed Omar Haddad as", "resigned as", "Haddad's
/// appointment as".
fn before(line: &Line<'_>, mentions: &[Mention], from: usize) -> Option<Change> {
    const FARTHEST: usize = 20;
    let mut at = from;
    let mut person: Option<Span> = None;
    while at > 0 && from - at < FARTHEST {
        if let Some(mention) = person_until(line, mentions, at).filter(|_| person.is_none()) {
            person = Some(mention.span);
            at = line.at(mention.span.from());
            // "appointed lawyer Omar Haddad as", "the assignment of the head of the office Omar Haddad as"
            while at > 0 && from - at < FARTHEST && said_of_name(line, at - 1) {
                at -= 1;
            }
            continue;
        }
        let before = at - 1;
        if let Some((class, kind)) = word_at(line, before) {
            return made(line, mentions, before, class, kind, person);
        }
        if !is("between", line.word(before)) {
            return None;
        }
        at = before;
    }
    None
}

/// Whether word `at` may belong to what is said of the name behind it, and tells no change.
fn said_of_name(line: &Line<'_>, at: usize) -> bool {
    let tag = line.tag(at);
    let part = tag.starts_with("NN") || tag.starts_with("JJ") || matches!(tag, "DT" | "POS");
    let of = line.word(at) == "of" && word_at(line, at.wrapping_sub(1)).is_none();
    (part || of) && word_at(line, at).is_none()
}

fn made(
    line: &Line<'_>,
    mentions: &[Mention],
    verb: usize,
    class: Class,
    kind: &'static str,
    between: Option<Span>,
) -> Option<Change> {
    let passive = is_passive(line, verb);
    let holder = match class {
        Class::Noun => {
            // "the appointment of Omar Haddad as", "Omar Haddad's appointment as"
            let owner = line.word(verb.checked_sub(1)?) == "'s";
            let owner = owner.then(|| person_until(line, mentions, verb - 1)).flatten();
            between.or(owner.map(|m| m.span))
        }
        // "the president appointed Omar Haddad minister"
        Class::Gives | Class::Takes if !passive => between,
        _ if between.is_some() => return None,
        _ => subject(line, mentions, verb),
    };
    // "was named a minister's envoy by", "appointed the minister" with nobody named gives no holder
    if matches!(class, Class::Gives | Class::Noun) && holder.is_none() && !passive {
        return None;
    }
    Some(Change { told: told(line, verb, kind), effect: effect(kind), holder, verb })
}

fn told(line: &Line<'_>, verb: usize, kind: &'static str) -> OfficeChange {
    OfficeChange { kind, cue: line.tokens[verb].span }
}

fn effect(kind: &str) -> Effect {
    match kind {
        "dismissed" | "resigned" => Effect::Leaves,
        "nominated" => Effect::Awaits,
        _ => Effect::Enters,
    }
}

/// "was appointed", "has been sacked".
fn is_passive(line: &Line<'_>, verb: usize) -> bool {
    line.tag(verb) == "VBN"
        && line.tokens[verb.saturating_sub(4)..verb].iter().any(|t| t.lemma == "be")
}

/// The person who is the verb's subject, by the tree, else by standing right before the verb, its
/// auxiliaries, a relative pronoun or a comma.
fn subject(line: &Line<'_>, mentions: &[Mention], verb: usize) -> Option<Span> {
    let index = line.sentence.first + verb as u32;
    let by_tree = line.tokens.iter().find(|t| {
        t.head == index && matches!(t.relation.as_str(), "nsubj" | "nsubjpass") && t.tag != "WP"
    });
    if let Some(token) = by_tree {
        let to = mentions.partition_point(|m| m.span.start <= token.span.start);
        let named = mentions[..to].iter().rev().take(2).find(|m| m.span.contains(token.span));
        return named.filter(|m| m.kind == MentionKind::Person).map(|m| m.span);
    }
    let mut at = verb;
    while at > 0
        && (matches!(line.tag(at - 1), "MD" | "RB" | "WP")
            || matches!(line.tokens[at - 1].lemma.as_str(), "be" | "have" | "who" | ","))
    {
        at -= 1;
    }
    person_until(line, mentions, at).map(|m| m.span)
}

/// The office, with its holder or without, as the subject of a change: "the minister resigned",
/// "Minister Omar Haddad was sacked".
fn after(line: &Line<'_>, office: &Office) -> Option<Change> {
    let holder = office.holder.filter(|h| h.start >= office.span.end);
    let mut at = line.after(holder.map_or(office.span, |h| h.join(office.span)).to());
    let mut passive = false;
    let mut left = 5;
    while left > 0
        && (matches!(line.tag(at), "RB" | "WP" | ",")
            || matches!(line.tokens.get(at).map_or("", |t| t.lemma.as_str()), "be" | "have"))
    {
        passive |= line.tokens[at].lemma == "be";
        at += 1;
        left -= 1;
    }
    let (class, kind) = word_at(line, at)?;
    let fits = match class {
        Class::Leaves => !passive,
        Class::Takes => passive,
        Class::Gives => passive && kind == "took_office",
        Class::Enters | Class::Noun => false,
    };
    // "resigned as mayor" is of that office, whatever the subject is otherwise
    let other = line.word(at + 1) == "as" || line.word(at + 2) == "as";
    (fits && !other).then(|| Change {
        told: told(line, at, kind),
        effect: effect(kind),
        holder: None,
        verb: at,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Reading;
    use crate::sample::{named, report};

    /// Kind of the change and the holder of each office, after all that is read of it.
    fn read(text: &str) -> Vec<(String, String)> {
        let people = ["Omar Haddad", "Ivan Petrov"].map(|n| (n, MentionKind::Person));
        let report = report(text, None);
        let parse = named(text, &people);
        let reading = Reading::new(&report, &parse);
        let mentions = crate::mentions::mentions(&reading);
        let mut offices = super::super::offices(&reading, &mentions);
        super::super::terms(&reading, &mentions, &[], &mut offices);
        let name = |s: Option<Span>| s.map_or("", |s| s.of(text)).to_owned();
        let kind = |o: &Office| o.change.map_or("", |c| c.kind).to_owned();
        offices.iter().map(|o| (kind(o), name(o.holder))).collect()
    }

    #[test]
    fn changes_are_told_by_what_stands_beside_the_office() {
        for (text, kind, holder) in [
            ("The king appointed Omar Haddad defence minister", "appointed", "Omar Haddad"),
            (
                "The king appointed Omar Haddad as the new defence minister",
                "appointed",
                "Omar Haddad",
            ),
            ("the appointment of Omar Haddad as defence minister", "appointed", "Omar Haddad"),
            ("Omar Haddad resigned as defence minister", "resigned", "Omar Haddad"),
            ("Iranian defence minister Omar Haddad resigned", "resigned", "Omar Haddad"),
            ("Iranian defence minister Omar Haddad came", "", "Omar Haddad"),
            ("Omar Haddad will resign as Iranian defence minister", "", ""),
        ] {
            let found = read(text);
            let last = found.last().map(|(k, h)| (k.as_str(), h.as_str()));
            assert_eq!(last, Some((kind, holder)), "{text:?}: {found:?}");
        }
    }
}
