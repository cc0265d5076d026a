//! Predicate senses: which words tell which act.

use super::{Filter, Roles, table};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;
use variorum_model::EventType;

/// How an act is coded.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    /// PLOVER category.
    pub(crate) kind: EventType,
    /// PLOVER mode, or empty.
    pub(crate) mode: &'static str,
    /// CAMEO code, or empty.
    pub(crate) cameo: &'static str,
    /// PLOVER contexts.
    pub(crate) contexts: Vec<&'static str>,
    /// The code comes from the act told by the complement.
    pub(crate) derived: bool,
}

/// What a sense amounts to.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    /// No act: the pattern keeps a more general one from firing.
    Nothing,
    /// This act.
    Coded(Code),
    /// The act that the subject noun names ("the ceasefire went into effect").
    OfSubject,
    /// The act that the object noun names ("talks are scheduled").
    OfObject,
}

/// Which clause stands beside the verb.
#[derive(Debug, Clone)]
pub(crate) enum Complement {
    /// Whatever.
    Any,
    /// None of the others.
    None,
    /// An infinitive, of one of these verbs if any are named.
    Infinitive(Vec<&'static str>),
    /// A clause.
    Clause,
    /// A participle.
    Participle,
}

/// One sense of a verb or predicate adjective.
#[derive(Debug)]
pub(crate) struct Sense {
    /// Particle or adverb beside the verb, one of these.
    pub(crate) particles: Vec<&'static str>,
    /// Wanted of the object.
    pub(crate) object: Filter,
    /// Wanted prepositional phrases: all of them, each in one of its forms.
    pub(crate) phrases: Vec<Vec<(&'static str, Filter)>>,
    /// Wanted complement.
    pub(crate) complement: Complement,
    /// The act.
    pub(crate) act: Act,
    /// Its participants.
    pub(crate) roles: Roles,
}

/// An act named by a noun.
#[derive(Debug)]
pub(crate) struct NounSense {
    /// The act.
    pub(crate) code: Code,
    /// Its participants.
    pub(crate) roles: Roles,
    /// 3: an act even alone; 2: with one participant; 1: with both; 0: only when a verb says so.
    pub(crate) weight: u8,
}

struct VerbTable {
    senses: Vec<Sense>,
    by_lemma: FxHashMap<&'static str, Vec<usize>>,
}

fn optional(cell: &'static str) -> &'static str {
    if cell == "-" { "" } else { cell }
}

fn code(row: &[&'static str]) -> Option<Code> {
    let [kind, mode, cameo, contexts] = row[..] else { return None };
    let contexts = contexts.split([';', ' ']).map(str::trim).filter(|c| !c.is_empty() && *c != "-");
    Some(Code {
        kind: EventType::named(kind)?,
        mode: optional(mode),
        cameo: optional(cameo.trim_end_matches('*')),
        contexts: contexts.collect(),
        derived: cameo.ends_with('*'),
    })
}

fn phrases(cell: &'static str) -> Vec<Vec<(&'static str, Filter)>> {
    let groups = cell.split(' ').filter(|g| *g != "-" && !g.is_empty());
    groups
        .map(|group| {
            // "in:a|b" would be read as two forms, so alternatives repeat the preposition.
            let forms = group.split('|').map(|form| match form.split_once(':') {
                Some((prep, want)) => (prep, Filter::parse(want)),
                None => (form, Filter::Any),
            });
            forms.collect()
        })
        .collect()
}

fn complement(cell: &'static str) -> Complement {
    match cell.split_once(':') {
        Some(("to", "@")) => Complement::Infinitive(Vec::new()),
        Some(("to", verbs)) => Complement::Infinitive(verbs.split('|').collect()),
        _ => match cell {
            "to" => Complement::Infinitive(Vec::new()),
            "that" => Complement::Clause,
            "ing" => Complement::Participle,
            "none" => Complement::None,
            _ => Complement::Any,
        },
    }
}

static VERBS: LazyLock<VerbTable> = LazyLock::new(|| {
    let mut made = VerbTable { senses: Vec::new(), by_lemma: FxHashMap::default() };
    let rows = table(include_str!("../../../../data/events_verbs.tsv"));
    for row in rows.filter(|row| row.len() == 10) {
        let act = match row[5] {
            "-" => Act::Nothing,
            "@subject" => Act::OfSubject,
            "@object" => Act::OfObject,
            _ => match code(&row[5..9]) {
                Some(code) => Act::Coded(code),
                None => continue,
            },
        };
        let at = made.senses.len();
        made.senses.push(Sense {
            particles: row[1].split('|').filter(|p| *p != "-").collect(),
            object: Filter::parse(row[2]),
            phrases: phrases(row[3]),
            complement: complement(row[4]),
            act,
            roles: Roles::parse(row[9], false),
        });
        for verb in row[0].split('|') {
            made.by_lemma.entry(verb).or_default().push(at);
        }
    }
    made
});

static NOUNS: LazyLock<FxHashMap<&'static str, NounSense>> = LazyLock::new(|| {
    let mut made = FxHashMap::default();
    for row in table(include_str!("../../../../data/events_nouns.tsv")).filter(|r| r.len() == 7) {
        for noun in row[0].split('|') {
            let Some(code) = code(&row[1..5]) else { continue };
            let weight = row[6].parse().unwrap_or(1);
            let sense = NounSense { code, roles: Roles::parse(row[5], true), weight };
            made.entry(noun).or_insert(sense);
        }
    }
    made
});

static DERIVED: LazyLock<Vec<(EventType, &'static str, Code)>> = LazyLock::new(|| {
    let mut made = Vec::new();
    for row in table(include_str!("../../../../data/events_derived.tsv")).filter(|r| r.len() == 5) {
        let Some(code) = code(&[row[0], row[3], row[2], row[4]]) else { continue };
        made.push((code.kind, if row[1] == "*" { "" } else { row[1] }, code));
    }
    made
});

/// The senses of a verb or predicate adjective, in the order of the table.
pub(crate) fn senses(lemma: &str) -> impl Iterator<Item = &'static Sense> {
    VERBS.by_lemma.get(lemma).into_iter().flatten().map(|&i| &VERBS.senses[i])
}

/// The act that a noun names.
pub(crate) fn noun_senses(noun: &str) -> Option<&'static NounSense> {
    NOUNS.get(noun)
}

/// The code of an agreement, request, refusal or threat about an act with the CAMEO code `inner`.
pub(crate) fn derived(outer: EventType, inner: &str) -> Option<&'static Code> {
    DERIVED
        .iter()
        .filter(|(kind, prefix, _)| *kind == outer && inner.starts_with(prefix))
        .max_by_key(|(_, prefix, _)| prefix.len())
        .map(|(_, _, code)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_read() {
        let verbs = table(include_str!("../../../../data/events_verbs.tsv")).count();
        assert_eq!(VERBS.senses.len(), verbs);
        let rows = table(include_str!("../../../../data/events_nouns.tsv"));
        let nouns: FxHashMap<&str, ()> =
            rows.flat_map(|r| r[0].split('|').map(|n| (n, ())).collect::<Vec<_>>()).collect();
        assert_eq!(NOUNS.len(), nouns.len());
        assert_eq!(
            DERIVED.len(),
            table(include_str!("../../../../data/events_derived.tsv")).count()
        );
    }

    #[test]
    fn the_longest_prefix_gives_the_derived_code() {
        let code = |outer, inner| derived(outer, inner).map(|c| c.cameo);
        assert_eq!(code(EventType::Agree, "042"), Some("036"));
        assert_eq!(code(EventType::Agree, "0841"), Some("0353"));
        assert_eq!(code(EventType::Request, "190"), Some("100"));
        assert_eq!(code(EventType::Threaten, "1623"), Some("1311"));
        assert_eq!(code(EventType::Protest, "190"), None);
    }
}
