//! A flat view of a stretch of text: letters, digits and marks as words with spans.
//!
//! Dates and numbers are told apart by their characters more than by grammar ("03/04/2016",
//! "5-year-old", "9:30am"), so they are read from these words, which cut finer than the tokens of
//! the parse.

use compact_str::CompactString;
use variorum_model::Span;

/// A run of letters, a number, or a single mark.
#[derive(Debug, Clone)]
pub(crate) struct Word<'t> {
    /// Where it stands.
    pub span: Span,
    /// Its characters.
    pub text: &'t str,
    /// Lower-cased, without soft hyphens and zero-width characters, with straight apostrophes.
    pub lower: CompactString,
    /// No white space before it.
    pub glued: bool,
}

impl Word<'_> {
    /// Whether it begins with a digit.
    pub(crate) fn is_number(&self) -> bool {
        self.lower.as_bytes().first().is_some_and(u8::is_ascii_digit)
    }

    /// Whether it begins with a letter.
    pub(crate) fn is_word(&self) -> bool {
        self.lower.chars().next().is_some_and(char::is_alphabetic)
    }

    /// Whether it begins with a capital.
    pub(crate) fn is_capitalised(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// The number it writes as a plain run of at most nine digits.
    pub(crate) fn integer(&self) -> Option<u32> {
        (self.lower.len() <= 9 && self.lower.bytes().all(|b| b.is_ascii_digit()))
            .then(|| self.lower.parse().ok())
            .flatten()
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '`')
}

/// A grave accent is an apostrophe only within a word: "``now" opens a quotation.
fn follows_letter(c: char, before: &[Word<'_>]) -> bool {
    c != '`' || before.last().is_some_and(|w| w.is_word() || w.is_number())
}

/// Cuts `stretch` of `text` into words.
pub(crate) fn words(text: &str, stretch: Span) -> Vec<Word<'_>> {
    let (from, to) = (stretch.from(), stretch.to());
    let mut out: Vec<Word<'_>> = Vec::new();
    let mut at = from;
    let mut glued = false;
    while at < to {
        let rest = &text[at..to];
        let Some(c) = rest.chars().next() else { break };
        if c.is_whitespace() || is_invisible(c) {
            glued = glued && !c.is_whitespace();
            at += c.len_utf8();
            continue;
        }
        let len = if c.is_ascii_digit() {
            number_length(rest)
        } else if c.is_alphabetic() {
            letters_length(rest)
        } else if is_apostrophe(c) && glued && follows_letter(c, &out) && suffix_length(rest, c) > 0
        {
            suffix_length(rest, c)
        } else {
            c.len_utf8()
        };
        let word = &rest[..len];
        let lower = lowered(word);
        out.push(Word { span: Span::new(at, at + len), text: word, lower, glued });
        glued = true;
        at += len;
    }
    out
}

/// `word` as [`Word::lower`] has it.
fn lowered(word: &str) -> CompactString {
    if word.is_ascii() && !word.starts_with('`') {
        let mut lower = CompactString::from(word);
        lower.make_ascii_lowercase();
        return lower;
    }
    word.chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| if is_apostrophe(c) { '\'' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

/// Digits with inner separators: "1,900,000", "5.6", but not the stop after "2016."
fn number_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut end = 0;
    while end < bytes.len() {
        let inner =
            matches!(bytes[end], b'.' | b',') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if bytes[end].is_ascii_digit() || inner {
            end += 1;
        } else {
            break;
        }
    }
    end
}

/// A run of letters; single letters parted by stops are one word ("a.m.", "U.S.").
fn letters_length(rest: &str) -> usize {
    let run = |s: &str| -> usize {
        s.char_indices()
            .find(|(_, c)| {
                !c.is_alphabetic() && !is_invisible(*c) && !matches!(*c, '\u{300}'..='\u{36f}')
            })
            .map_or(s.len(), |(i, _)| i)
    };
    let first = run(rest);
    let mut end = first;
    if rest[..first].chars().count() != 1 {
        return end;
    }
    loop {
        let after = &rest[end..];
        let Some(next) = after.strip_prefix('.') else { break };
        let more = run(next);
        if more > 0 && next[..more].chars().count() == 1 {
            end += 1 + more;
        } else {
            if end > first {
                end += 1;
            }
            break;
        }
    }
    end
}

/// "'s", "'re", "'clock": an apostrophe with the letters after it.
fn suffix_length(rest: &str, c: char) -> usize {
    let after = &rest[c.len_utf8()..];
    let letters = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
    if letters == 0 { 0 } else { c.len_utf8() + letters }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_into_letters_numbers_and_marks() {
        for (text, expected) in [
            ("June 9, 2016.", "june|9|,|2016|."),
            ("at 10:35 a.m. on", "at|10|:|35|a.m.|on"),
            ("a 5-year-old", "a|5|-|year|-|old"),
            ("Iran’s 1,900,000", "iran|'s|1,900,000"),
            ("the U.S. is", "the|u.s.|is"),
            ("nine\u{a0}o’clock", "nine|o|'clock"),
            ("Sep\u{ad}tember", "september"),
            ("$5.6bn", "$|5.6|bn"),
            ("``now it`s", "'|'|now|it|'s"),
            ("", ""),
        ] {
            let found: Vec<_> =
                words(text, Span::new(0, text.len())).into_iter().map(|w| w.lower).collect();
            assert_eq!(found.join("|"), expected, "{text:?}");
        }
    }
}
