//! Which full stops, question marks, exclamation marks and ellipses end a sentence.

use super::words::{
    Sign, gives, is_abbreviation, is_closer, is_opener, last_word, next_word, starter_follows,
    stop_is_abbreviation,
};

/// A run of terminators and what stands about it.
struct Stop<'a> {
    /// The sentence so far.
    before: &'a str,
    /// Its last word.
    word: &'a str,
    /// The run itself: ".", "?!", "...".
    mark: &'a str,
    /// Closing marks right after it.
    closers: &'a str,
    /// Byte after the closing marks.
    end: usize,
}

/// Judges the run of terminators at byte `at` of the sentence begun at `start`: where the sentence
/// ends, if it does, and where to look on.
pub(super) fn judge(piece: &str, at: usize, start: usize) -> (Option<usize>, usize) {
    let stop = read(piece, at, start);
    match end_of(piece, at, &stop) {
        Some(end) => (Some(end), end),
        None => (None, at + stop.mark.len()),
    }
}

fn end_of(piece: &str, at: usize, stop: &Stop<'_>) -> Option<usize> {
    let rest = &piece[stop.end..];
    let next = rest.trim_start();
    let Some(begin) = next.chars().next() else { return Some(piece.len()) };
    // "… they spoke": an ellipsis where something was left out before the first word.
    let said = stop.before.chars().rev().take(64).any(char::is_alphanumeric);
    if !said && is_ellipsis(stop.mark) {
        return None;
    }
    let gap = &rest[..rest.len() - next.len()];
    if gap.is_empty() {
        return missing_space(piece, at, stop);
    }
    let ends = if gap.contains('\n') {
        // The line-break rule decides, unless this stop ends the sentence anyway.
        !(begin.is_lowercase() || stop.is_abbreviated(next))
    } else {
        stop.ends_before(next, begin)
    };
    ends.then_some(stop.end)
}

fn read(piece: &str, at: usize, start: usize) -> Stop<'_> {
    let run = run_length(&piece[at..]);
    let after = &piece[at + run..];
    let mut closers = after.len() - after.trim_start_matches(is_closer).len();
    // “We left.“ with the wrong mark.
    let odd = &after[closers..];
    if closers == 0 && odd.starts_with('“') && !odd[3..].starts_with(char::is_alphanumeric) {
        closers = '“'.len_utf8();
    }
    let before = &piece[start..at];
    Stop {
        before,
        word: last_word(before),
        mark: &piece[at..at + run],
        closers: &after[..closers],
        end: at + run + closers,
    }
}

/// Bytes of the run of terminators at the start of `text`. The dots of an ellipsis may be spaced,
/// and a stop may stand before one: ". . .", ". …".
fn run_length(text: &str) -> usize {
    let tight = text.len() - text.trim_start_matches(['.', '!', '?', '…']).len();
    let mut end = tight;
    let mut spaced = 0;
    loop {
        let rest = &text[end..];
        let dots = rest.trim_start_matches([' ', '\u{a0}']);
        if !dots.starts_with(['.', '…']) {
            break;
        }
        let run = dots.len() - dots.trim_start_matches(['.', '…']).len();
        end += rest.len() - dots.len() + run;
        spaced += run;
    }
    // Another stop alone is too little; "…But" belongs to what follows.
    let apart = !text[end..].starts_with(char::is_alphanumeric);
    if spaced > 1 && apart { end } else { tight }
}

fn is_ellipsis(mark: &str) -> bool {
    mark.contains('…') || mark.bytes().filter(|&b| b == b'.').count() > 1
}

impl Stop<'_> {
    fn is_abbreviated(&self, next: &str) -> bool {
        // "Sen. Orlo (R-Fla.)", but not "… of the U.S.)".
        let bracket = self.closers == ")"
            && self.before.rfind('(').is_some_and(|i| self.before.len() - i < 12);
        self.mark == "."
            && (self.closers.is_empty() || bracket)
            && stop_is_abbreviation(self.before, self.word, next)
    }

    /// Whether it ends the sentence where `next`, on the same line, begins with `begin`.
    fn ends_before(&self, next: &str, begin: char) -> bool {
        if matches!(begin, ',' | ';' | ':' | ')' | ']') {
            return false;
        }
        if begin.is_lowercase() {
            return self.mark == "."
                && self.closers.is_empty()
                && (inner_capital(next) || lost_capital(self.word, next))
                && !stop_is_abbreviation(self.before, self.word, next);
        }
        if self.is_abbreviated(next) || self.mark == "." && is_enumerator(self.before) {
            return false;
        }
        if is_ellipsis(self.mark) {
            return self.ellipsis_ends(next);
        }
        // A quotation is often followed by its speaker.
        if self.closers.is_empty() {
            return true;
        }
        let spoken = !self.mark.starts_with('.') && speech_follows(next);
        !(spoken || self.closers.ends_with(['"', '”', '’', '\'']) && is_signature(next))
    }

    /// An ellipsis that stands apart in mid-sentence shows an omission; the next word tells.
    fn ellipsis_ends(&self, next: &str) -> bool {
        let first = next.trim_start_matches(is_opener).chars().next();
        if first.is_some_and(char::is_lowercase) {
            return false;
        }
        let whole = self.mark.starts_with(['.', '!', '?']) && !self.mark.starts_with("...")
            || self.mark.starts_with("....");
        let attached = self.before.ends_with(|c: char| !c.is_whitespace());
        whole || attached || !self.closers.is_empty() || starter_follows(next)
    }
}

/// "al-Qaeda", "iPhone": in lower case only at the start.
fn inner_capital(next: &str) -> bool {
    let word = next.split(|c: char| !(c.is_alphanumeric() || c == '-')).next().unwrap_or("");
    word.chars().take(4).any(char::is_uppercase)
}

/// "left the city. the army": after a plain word, a word that begins sentences has lost its capital;
/// not where it names the speaker ("a large share. she added").
fn lost_capital(word: &str, next: &str) -> bool {
    let plain = word.len() >= 4 && word.chars().all(char::is_lowercase);
    plain
        && !is_abbreviation(word)
        && gives(Sign::Subject, next_word(next))
        && !speech_follows(next)
}

/// "1." or "a." at the very start of a sentence numbers it.
fn is_enumerator(before: &str) -> bool {
    let b = before.trim().trim_start_matches(['(', '•', '-', '*']).trim();
    !b.is_empty()
        && b.len() <= 3
        && (b.chars().all(|c| c.is_ascii_digit()) || b.len() == 1 && b != "I")
}

/// "he said", "Mayor Orlo demanded": within a few words somebody is said to speak. "He answered, “No”"
/// begins the next.
fn speech_follows(next: &str) -> bool {
    let words: Vec<&str> = next.split_whitespace().take(6).collect();
    let speaks = |w: &str| gives(Sign::Speech, w.trim_matches(|c: char| !c.is_alphabetic()));
    let Some(verb) = (1..words.len().min(5)).find(|&i| speaks(words[i])) else { return false };
    let quotes = words.get(verb + 1).is_some_and(|w| {
        let said = w.trim_start_matches(['“', '"', '‘', '\'']);
        said.len() < w.len() && said.starts_with(char::is_uppercase)
    });
    !(quotes && words[verb].ends_with([',', ':']))
}

/// "— Ana Orlo, teacher" up to the end of the line: who is quoted.
fn is_signature(next: &str) -> bool {
    const LONGEST: usize = 80;
    let name = next.trim_start_matches(['-', '–', '—', '―']);
    if name.len() == next.len() {
        return false;
    }
    let name = name.trim_start();
    let cut = name.char_indices().nth(LONGEST).map_or(name.len(), |(i, _)| i);
    let ends = cut == name.len() || name[..cut].contains('\n');
    ends && name.starts_with(char::is_uppercase) && !starter_follows(name)
}

/// "war.The" and "war.”The": a stop with no space after it, between a lower-case word (or a number)
/// and a capitalised one. Addresses, versions and dotted names are left whole.
fn missing_space(piece: &str, at: usize, stop: &Stop<'_>) -> Option<usize> {
    let word = stop.word;
    if stop.mark.len() != 1 || word.contains('.') || word.chars().count() < 2 {
        return None;
    }
    let after = &piece[at + 1..];
    let closers = after.len() - after.trim_start_matches(['”', '"', '’', ')']).len();
    let next = &after[closers..];
    if is_abbreviation(word) || is_address(&piece[..at], next) {
        return None;
    }
    // A number or capitals need a word that begins sentences: "2014.In", "NATO.The".
    let letters =
        word.chars().all(char::is_alphabetic) && word.chars().skip(1).all(char::is_lowercase);
    if !letters && !starter_follows(next) {
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

/// Whether the token about a stop looks like a path, a host or an address.
fn is_address(before: &str, next: &str) -> bool {
    const REACH: usize = 80;
    let within = |c: &char| !c.is_whitespace();
    next.chars().take(REACH).take_while(within).any(|c| matches!(c, '/' | '@' | '_'))
        || before
            .chars()
            .rev()
            .take(REACH)
            .take_while(within)
            .any(|c| matches!(c, '/' | '@' | '_' | '\\'))
}
