//! The words beside a full stop: abbreviations, and what the next word says about them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Abbreviation {
    Title,
    Number,
    Open,
    Hour,
    List,
    Inner,
}

static ABBREVIATIONS: LazyLock<HashMap<&'static str, Abbreviation>> = LazyLock::new(|| {
    let mut map = HashMap::new();
    for (class, words) in rows(include_str!("../../../../data/abbreviations.tsv")) {
        let class = match class {
            "title" => Abbreviation::Title,
            "number" => Abbreviation::Number,
            "hour" => Abbreviation::Hour,
            "list" => Abbreviation::List,
            "inner" => Abbreviation::Inner,
            _ => Abbreviation::Open,
        };
        map.extend(words.split_whitespace().map(|w| (w, class)));
    }
    map
});

/// What a word beside a possible end says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Sign {
    /// Capitalised after an abbreviation, it begins a sentence.
    Starter,
    /// It begins a sentence even in lower case.
    Subject,
    /// It belongs to the hour before it.
    AfterHour,
    /// It tells that somebody speaks.
    Speech,
    /// A line that ends with it goes on.
    Unfinished,
}

static SIGNS: LazyLock<HashSet<(Sign, &'static str)>> = LazyLock::new(|| {
    let mut set = HashSet::new();
    for (class, words) in rows(include_str!("../../../../data/sentence_starters.tsv")) {
        let sign = match class {
            "subject" => Sign::Subject,
            "after_hour" => Sign::AfterHour,
            "speech" => Sign::Speech,
            "unfinished" => Sign::Unfinished,
            _ => Sign::Starter,
        };
        set.extend(words.split_whitespace().map(|w| (sign, w)));
    }
    set
});

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'))
}

/// Whether `word`, written without its last full stop, is an abbreviation that keeps the stop
/// ("Gen", "a.m", "Inc").
pub fn is_abbreviation(word: &str) -> bool {
    ABBREVIATIONS.contains_key(word)
}

/// Whether `word` gives this sign.
pub(super) fn gives(sign: Sign, word: &str) -> bool {
    SIGNS.contains(&(sign, word))
}

/// The run of letters, digits and inner stops before a terminator.
pub(super) fn last_word(before: &str) -> &str {
    let from = before
        .char_indices()
        .rev()
        .take(64)
        .take_while(|(_, c)| c.is_alphanumeric() || *c == '.' || *c == '&')
        .last()
        .map_or(before.len(), |(i, _)| i);
    &before[from..]
}

/// The letters with which `next` begins, after any opening marks.
pub(super) fn next_word(next: &str) -> &str {
    let next = next.trim_start_matches(is_opener);
    let end = next.find(|c: char| !c.is_alphabetic()).unwrap_or(next.len());
    &next[..end]
}

/// Whether `next` begins with a word that begins sentences.
pub(super) fn starter_follows(next: &str) -> bool {
    gives(Sign::Starter, next_word(next))
}

/// A mark that closes a quotation or a bracket.
pub(super) fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '»' | '}')
}

/// A mark that may open what follows.
pub(super) fn is_opener(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '(' | '[' | '«' | '„' | '-' | '–' | '—' | '―')
}

/// Whether the stop after `word`, the last of `before`, is no more than part of an abbreviation,
/// judged by what comes `next`.
pub(super) fn stop_is_abbreviation(before: &str, word: &str, next: &str) -> bool {
    let starter = starter_follows(next);
    let digit = next.starts_with(|c: char| c.is_ascii_digit());
    let dash = next.starts_with(['-', '–', '—', '―']);
    match ABBREVIATIONS.get(word) {
        Some(Abbreviation::Title | Abbreviation::Inner) => return true,
        Some(Abbreviation::Number) => {
            return digit || (word.starts_with(char::is_uppercase) && !starter && word != "No");
        }
        Some(Abbreviation::Open) => return !starter,
        // "I am." ends; "9 am." may not.
        Some(Abbreviation::Hour) => {
            let head = before[..before.len() - word.len()].trim_end();
            let hour = word.contains('.') || head.ends_with(|c: char| c.is_ascii_digit());
            return hour && (dash || gives(Sign::AfterHour, next_word(next)));
        }
        Some(Abbreviation::List) => return dash,
        None => {}
    }
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        // An initial ("J. Smith"); "I" is more often the pronoun.
        (Some(c), None) => c.is_uppercase() && c != 'I' && !starter,
        // Letters with inner stops: "U.S", "D.C", "a.k.a".
        (Some(c), Some('.')) if c.is_alphabetic() && dotted(word) => {
            !starter && !next.starts_with('“')
        }
        _ => false,
    }
}

fn dotted(word: &str) -> bool {
    word.split('.').all(|p| p.chars().count() <= 2 && p.chars().all(char::is_alphabetic))
}
