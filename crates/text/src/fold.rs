//! Folding for comparison: case, diacritics, width, punctuation and invisible characters.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};
use variorum_model::Span;

/// A folded text with the way back to the text it was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each byte of `text` the byte at which the character it came from starts in the original.
    pub starts: Vec<u32>,
    /// For each byte of `text` the end of that character, marks and invisible characters that belong
    /// to it included.
    ends: Vec<u32>,
}

impl Folded {
    /// The characters of the original that bytes `start..end` of the folded text came from, with the
    /// combining marks on them. An empty range gives an empty span.
    ///
    /// # Panics
    /// If the range does not fit the folded text.
    pub fn span(&self, start: usize, end: usize) -> Span {
        if start == end {
            let at = self.starts.get(start).or(self.ends.last()).copied().unwrap_or(0) as usize;
            return Span::new(at, at);
        }
        Span::new(self.starts[start] as usize, self.ends[end - 1] as usize)
    }
}

/// Folds `text` so that spellings which differ only in case, diacritics, width, typography or
/// invisible characters become equal. Linear.
///
/// - lower case; compatibility decomposition (NFKD) without its combining marks; stroked and joined
///   Latin letters as their plain ones (`ø` o, `æ` ae, `ß` ss);
/// - quotation marks, apostrophes and primes become `'` and `"`, every dash and hyphen `-`;
/// - every white-space character becomes one space, none is dropped;
/// - soft hyphens, zero-width characters, direction controls, variation selectors and other controls
///   are dropped.
pub fn fold(text: &str) -> Folded {
    let mut folded = Folded {
        text: String::with_capacity(text.len()),
        starts: Vec::with_capacity(text.len()),
        ends: Vec::with_capacity(text.len()),
    };
    for (at, c) in text.char_indices() {
        let before = folded.text.len();
        fold_char(c, &mut folded.text);
        let made = folded.text.len() - before;
        let end = (at + c.len_utf8()) as u32;
        if made > 0 {
            folded.starts.resize(before + made, at as u32);
            folded.ends.resize(before + made, end);
        } else if is_combining_mark(c) {
            // Only the last byte's end is ever wanted apart from its character's other bytes.
            if let Some(last) = folded.ends.last_mut() {
                *last = end;
            }
        }
    }
    folded
}

/// The folded text alone, with runs of white space made one space and none at the ends: a key under
/// which equal wordings meet.
pub fn fold_key(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        let before = folded.len();
        fold_char(c, &mut folded);
        if folded[before..] == *" " && (before == 0 || folded[..before].ends_with(' ')) {
            folded.truncate(before);
        }
    }
    folded.truncate(folded.trim_end_matches(' ').len());
    folded
}

fn fold_char(c: char, out: &mut String) {
    if c.is_ascii() {
        return fold_ascii(c, out);
    }
    // Some signs decompose into a space and a mark, so they are judged whole first.
    if fold_sign(c, out) {
        return;
    }
    decompose_compatible(c, |part| {
        if part.is_ascii() {
            fold_ascii(part, out);
        } else if !is_combining_mark(part) && !fold_sign(part, out) {
            for lower in part.to_lowercase() {
                match plain_letter(lower) {
                    Some(letters) => out.push_str(letters),
                    None if is_combining_mark(lower) => {}
                    None => out.push(lower),
                }
            }
        }
    });
}

fn fold_ascii(c: char, out: &mut String) {
    match c {
        _ if c.is_ascii_whitespace() || c == '\u{B}' => out.push(' '),
        '`' => out.push('\''),
        _ if c.is_ascii_control() => {}
        _ => out.push(c.to_ascii_lowercase()),
    }
}

/// Folds punctuation, spaces and what does not show; false if `c` is something else.
fn fold_sign(c: char, out: &mut String) -> bool {
    match c {
        '‘' | '’' | '‚' | '‛' | '′' | '‵' | '‹' | '›' | '´' | '\u{2B9}' | '\u{2BB}'..='\u{2BF}' | '\u{2C8}' => {
            out.push('\'')
        }
        '“' | '”' | '„' | '‟' | '″' | '‶' | '«' | '»' | '〝' | '〞' | '〟' | '\u{2BA}' => out.push('"'),
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2053}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}'
        | '\u{FF0D}' | '\u{2E3A}' | '\u{2E3B}' => out.push('-'),
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
        // Spacing diacritics, whose decomposition would leave a space behind.
        | '\u{A8}' | '\u{AF}' | '\u{B8}' | '\u{2D8}'..='\u{2DD}' => {}
        _ if c.is_whitespace() => out.push(' '),
        _ if c.is_control() => {}
        _ => return false,
    }
    true
}

/// Plain letters for Latin letters that Unicode does not decompose: strokes, joined letters and
/// letters of their own.
fn plain_letter(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' | 'ɖ' => "d",
        'þ' => "th",
        'ł' => "l",
        'ı' => "i",
        'ħ' => "h",
        'ŧ' => "t",
        'ŋ' => "n",
        'ə' => "a",
        'ƙ' => "k",
        'ɓ' => "b",
        'ɗ' => "d",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{fold, fold_key};
    use proptest::prelude::*;

    #[test]
    fn foldings() {
        let table = [
            ("Straße in ÅLBORG", "strasse in alborg"),
            ("Đoković, Łódź, İzmir, Søren", "dokovic, lodz, izmir, soren"),
            ("“It’s” – she said…", "\"it's\" - she said..."),
            ("a\u{A0}b\u{2009}c\nd", "a b c d"),
            ("Ca\u{AD}racas \u{202E}abc\u{202C}", "caracas abc"),
            ("می\u{200C}شود", "میشود"),
            ("Ｔｏｋｙｏ ２０２０", "tokyo 2020"),
            ("e\u{301}tude = étude", "etude = etude"),
            ("№ ﬁve ½", "no five 1⁄2"),
            ("Ça´va", "ca'va"),
            ("Тегеран Ёлка", "тегеран елка"),
            ("nul\0 bell\u{7}", "nul bell"),
            ("عِيد", "عيد"),
        ];
        for (text, expected) in table {
            assert_eq!(fold(text).text, expected, "{text:?}");
        }
    }

    #[test]
    fn keys() {
        let table = [
            ("  The\u{A0} \r\n Hague ", "the hague"),
            ("\u{FEFF}", ""),
            ("AL-Qā‘im", "al-qa'im"),
            ("a \u{200B} b", "a b"),
        ];
        for (text, expected) in table {
            assert_eq!(fold_key(text), expected, "{text:?}");
        }
    }

    #[test]
    fn found_in_the_folded_text_cited_in_the_original() {
        let table = [
            ("In Ma\u{AD}drid", "madrid", "Ma\u{AD}drid"),
            ("au cafe\u{301} noir", "cafe", "cafe\u{301}"),
            ("die Straße hier", "strasse", "Straße"),
            ("said “no”", "\"no\"", "“no”"),
            ("x\u{200B}y", "x", "x"),
        ];
        for (text, wanted, original) in table {
            let folded = fold(text);
            let at = folded.text.find(wanted).unwrap();
            assert_eq!(folded.span(at, at + wanted.len()).of(text), original, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn the_map_fits_and_folding_again_changes_nothing(text in any::<String>()) {
            let folded = fold(&text);
            prop_assert_eq!(folded.starts.len(), folded.text.len());
            prop_assert!(folded.starts.is_sorted());
            for (at, c) in folded.text.char_indices() {
                let span = folded.span(at, at + c.len_utf8());
                prop_assert!(text.is_char_boundary(span.from()) && text.is_char_boundary(span.to()));
                prop_assert!(span.from() < span.to());
            }
            prop_assert_eq!(fold_key(&text), fold_key(&folded.text));
        }
    }
}
