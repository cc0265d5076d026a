//! Sentence boundaries of English news text.
//!
//! A sentence ends at a full stop, question mark, exclamation mark or ellipsis (with any closing
//! quotation marks and brackets) unless the stop belongs to an abbreviation or initial, or the text
//! goes on in lower case. The tables `abbreviations.tsv` and `sentence_starters.tsv` hold the words.

use std::collections::HashMap;
use std::sync::LazyLock;
use variorum_model::Span;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Abbreviation {
    Title,
    Number,
    Open,
    Inner,
}

static ABBREVIATIONS: LazyLock<HashMap<&'static str, Abbreviation>> = LazyLock::new(|| {
    let mut map = HashMap::new();
    for line in rows(include_str!("../../../data/abbreviations.tsv")) {
        let Some((class, words)) = line.split_once('\t') else { continue };
        let class = match class {
            "title" => Abbreviation::Title,
            "number" => Abbreviation::Number,
            "inner" => Abbreviation::Inner,
            _ => Abbreviation::Open,
        };
        map.extend(words.split_whitespace().map(|w| (w, class)));
    }
    map
});

static STARTERS: LazyLock<std::collections::HashSet<&'static str>> = LazyLock::new(|| {
    rows(include_str!("../../../data/sentence_starters.tsv"))
        .flat_map(str::split_whitespace)
        .collect()
});

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty())
}

/// Whether `word`, written without its last full stop, is an abbreviation that keeps the stop
/// ("Gen", "a.m", "Inc").
pub fn is_abbreviation(word: &str) -> bool {
    ABBREVIATIONS.contains_key(word)
}

/// The sentences of `text` within `block`, in order, each without surrounding white space.
///
/// Spans are byte ranges into `text`. An empty or blank block has no sentences.
///
/// ```
/// use variorum_model::Span;
/// let text = "Gen. Orlo spoke. He left.";
/// let found = variorum_text::sentence::sentences(text, Span::new(0, text.len()));
/// assert_eq!(found.iter().map(|s| s.of(text)).collect::<Vec<_>>(), ["Gen. Orlo spoke.", "He left."]);
/// ```
pub fn sentences(text: &str, block: Span) -> Vec<Span> {
    let (from, to) = (block.from(), block.to());
    let piece = &text[from..to];
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let bytes = piece.as_bytes();
    while at < bytes.len() {
        let end = match bytes[at] {
            b'.' | b'!' | b'?' => terminator(piece, at, start),
            b'\n' => line_end(piece, at, start),
            0xE2 if piece[at..].starts_with('…') => terminator(piece, at, start),
            0xE2 if piece[at..].starts_with(['•', '▪', '●', '◦']) && at > start => {
                Some((at, at))
            }
            _ => None,
        };
        match end {
            Some((end, next)) => {
                push_trimmed(piece, start, end, from, &mut out);
                start = end;
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    push_trimmed(piece, start, piece.len(), from, &mut out);
    out
}

fn push_trimmed(piece: &str, start: usize, end: usize, offset: usize, out: &mut Vec<Span>) {
    let raw = &piece[start..end];
    let lead = raw.len() - raw.trim_start().len();
    let body = raw.trim();
    if !body.is_empty() {
        let at = offset + start + lead;
        out.push(Span::new(at, at + body.len()));
    }
}

/// A line break ends a sentence unless the lines look wrapped at a fixed width.
fn line_end(piece: &str, at: usize, start: usize) -> Option<(usize, usize)> {
    let rest = &piece[at + 1..];
    let blank = rest.trim_start_matches([' ', '\t', '\r', '\u{a0}']).starts_with('\n');
    let line = piece[start..at].rsplit('\n').next().unwrap_or("").trim();
    let next = rest.trim_start().chars().next();
    let wrapped = (45..=100).contains(&line.len())
        && !line.ends_with(['.', '!', '?', '"', '”', ':'])
        && next.is_some_and(|c| c.is_alphanumeric());
    let goes_on = next.is_some_and(char::is_lowercase) && !line.is_empty();
    let gap = rest.len() - rest.trim_start().len();
    (blank || !(wrapped || goes_on)).then_some((at + 1, at + 1 + gap))
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '»' | '}')
}

fn is_opener(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '(' | '[' | '«' | '„' | '-' | '–' | '—')
}

/// Decides whether the terminator at byte `at` ends the sentence begun at `start`; if so, where the
/// sentence ends and where to look on.
fn terminator(piece: &str, at: usize, start: usize) -> Option<(usize, usize)> {
    let run = piece[at..].len() - piece[at..].trim_start_matches(['.', '!', '?', '…']).len();
    let mark = &piece[at..at + run];
    let after_run = at + run;
    let quoted = &piece[after_run..];
    let closers = quoted.len() - quoted.trim_start_matches(is_closer).len();
    let end = after_run + closers;
    let rest = &piece[end..];
    let word = last_word(&piece[start..at]);
    let Some(first) = rest.chars().next() else { return Some((piece.len(), piece.len())) };
    if !first.is_whitespace() {
        return missing_space(piece, at, run, word).map(|e| (e, e));
    }
    let next = rest.trim_start();
    let Some(begin) = next.chars().next() else { return Some((end, end)) };
    if first == '\n' || rest[..rest.len() - next.len()].contains('\n') {
        // The line-break rule decides, unless this stop ends the sentence anyway.
        if closers == 0 && mark == "." && stop_is_abbreviation(word, next) {
            return None;
        }
        if !begin.is_lowercase() {
            return Some((end, end));
        }
    }
    if begin.is_lowercase() {
        return None;
    }
    if mark == "." && closers == 0 && stop_is_abbreviation(word, next) {
        return None;
    }
    if mark == "." && is_enumerator(&piece[start..at]) {
        return None;
    }
    // A quotation that ends in ? or ! is often followed by its speaker.
    if closers > 0 && !mark.starts_with('.') && speech_follows(next) {
        return None;
    }
    let starts =
        begin.is_uppercase() || begin.is_numeric() || is_opener(begin) || !begin.is_alphanumeric();
    let starts = starts || !begin.is_lowercase(); // scripts without case
    let broken_by_comma = matches!(begin, ',' | ';' | ':' | ')' | ']');
    (starts && !broken_by_comma).then_some((end, end))
}

/// The run of letters, digits and inner stops before a terminator.
fn last_word(before: &str) -> &str {
    let from = before
        .char_indices()
        .rev()
        .take(64)
        .take_while(|(_, c)| c.is_alphanumeric() || *c == '.' || *c == '&')
        .last()
        .map_or(before.len(), |(i, _)| i);
    &before[from..]
}

fn next_word(next: &str) -> &str {
    let next = next.trim_start_matches(is_opener);
    let end = next.find(|c: char| !c.is_alphabetic()).unwrap_or(next.len());
    &next[..end]
}

fn stop_is_abbreviation(word: &str, next: &str) -> bool {
    let starter = STARTERS.contains(next_word(next));
    let digit = next.starts_with(|c: char| c.is_ascii_digit());
    match ABBREVIATIONS.get(word) {
        Some(Abbreviation::Title | Abbreviation::Inner) => return true,
        Some(Abbreviation::Number) => {
            return digit || (word.starts_with(char::is_uppercase) && !starter && word != "No");
        }
        Some(Abbreviation::Open) => return !starter,
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

/// "1." or "a." at the very start of a sentence numbers it.
fn is_enumerator(before: &str) -> bool {
    let b = before.trim().trim_start_matches(['(', '•', '-', '*']).trim();
    !b.is_empty()
        && b.len() <= 3
        && (b.chars().all(|c| c.is_ascii_digit()) || b.len() == 1 && b != "I")
}

const SPEECH: [&str; 14] = [
    "said",
    "says",
    "asked",
    "asks",
    "told",
    "added",
    "wrote",
    "replied",
    "tweeted",
    "shouted",
    "wondered",
    "cried",
    "declared",
    "exclaimed",
];

fn speech_follows(next: &str) -> bool {
    next.split_whitespace()
        .take(4)
        .skip(1)
        .any(|w| SPEECH.contains(&w.trim_matches(|c: char| !c.is_alphabetic())))
}

/// "war.The" and "war.”The": a stop with no space after it, between a lower-case word (or a number)
/// and a capitalised one. Addresses, versions and dotted names are left whole.
fn missing_space(piece: &str, at: usize, run: usize, word: &str) -> Option<usize> {
    if run != 1 || word.contains('.') || word.chars().count() < 2 {
        return None;
    }
    let letters =
        word.chars().all(char::is_alphabetic) && word.chars().skip(1).all(char::is_lowercase);
    if !letters || ABBREVIATIONS.contains_key(word) {
        return None;
    }
    let rest = &piece[at + 1..];
    let closers = rest.len() - rest.trim_start_matches(['”', '"', '’', ')']).len();
    let next = &rest[closers..];
    let token = next.split_whitespace().next().unwrap_or("");
    let before = piece[..at].rsplit(char::is_whitespace).next().unwrap_or("");
    if token.contains(['/', '@', '_']) || before.contains(['/', '@', '_', '\\']) {
        return None;
    }
    let mut chars = next.chars();
    let (first, second) = (chars.next()?, chars.next());
    let opens = matches!(first, '“' | '"' | '‘') && second.is_some_and(char::is_uppercase);
    let capital = first.is_uppercase()
        && match second {
            Some(c) => c.is_lowercase() || c.is_whitespace() && matches!(first, 'A' | 'I'),
            None => false,
        };
    let domain = ["Com", "Org", "Net", "Gov", "Js"].contains(&next_word(next));
    ((capital && !domain) || (opens && closers == 0)).then_some(at + 1 + closers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text, Span::new(0, text.len())).iter().map(|s| s.of(text)).collect()
    }

    #[track_caller]
    fn check(parts: &[&str]) {
        assert_eq!(split(&parts.join(" ")), parts);
    }

    #[test]
    fn abbreviations_and_initials_do_not_end_sentences() {
        check(&["Lt. Col. Pavel R. Orlo met Gen. Sato of the U.S. Navy.", "They left."]);
        check(&["It happened at 5 p.m. on Friday near St. Odo.", "Nobody was hurt."]);
        check(&["He lives in the U.S.", "The house is old."]);
        check(&["Talks with Nimbus Inc. Chairman Lee failed."]);
        check(&["See No. 4 on the list.", "No.", "That is wrong."]);
    }

    #[test]
    fn quotations_end_sentences_with_their_marks() {
        check(&["“We will stay.”", "Orlo said no more."]);
        check(&["\"Why now?\" he asked.", "Nobody knew."]);
        check(&["\"Go home!\" Mayor Orlo said.", "They went."]);
    }

    #[test]
    fn a_missing_space_is_supplied() {
        assert_eq!(
            split("It ended the war.The army left."),
            ["It ended the war.", "The army left."]
        );
        assert_eq!(
            split("He reads www.example.Com and node.js daily."),
            ["He reads www.example.Com and node.js daily."]
        );
    }

    #[test]
    fn ellipses_numbers_and_bullets() {
        check(&["It cost 3.5 million.", "Then ... nothing came."]);
        assert_eq!(split("• One item • Two items"), ["• One item", "• Two items"]);
        assert_eq!(
            split("Short heading\nThe port reopened."),
            ["Short heading", "The port reopened."]
        );
    }

    #[test]
    fn wrapped_lines_stay_together() {
        let text = "The council of the river province met in the old town hall\nof Varna to hear the engineers.";
        assert_eq!(split(text).len(), 1);
    }

    #[test]
    fn blank_input_has_no_sentences() {
        assert!(split(" \n\u{a0} ").is_empty());
    }
}
