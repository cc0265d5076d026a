//! From written text to folded words: Latin letters, lower case, no marks.

use super::MAX_WORDS;

/// How a word was written before it was folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// Latin, Cyrillic, Greek, kana and every other script that writes its vowels.
    Full,
    /// Arabic and Hebrew script, where short vowels are not written.
    Abjad,
    /// Han characters and Hangul syllables: one character is one word, and different characters may sound alike.
    Han,
}

/// One folded word.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Lower-case ASCII letters and digits; never empty.
    pub(super) text: String,
    pub(super) script: Script,
    /// The Han character the word was folded from, or 0.
    pub(super) han: u32,
    /// Written in capitals only, with at least two letters.
    pub(super) capitals: bool,
    /// A comma, semicolon or opening bracket follows.
    pub(super) breaks: bool,
}

/// Longest word kept, in folded letters.
const MAX_LETTERS: usize = 32;

fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`' | '´' | '‘' | '’' | '‛' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | 'ˈ' | '\u{2032}'
    )
}

fn is_ignored(c: char) -> bool {
    // Marks that fold to nothing and must not part a word: joiners, bidi controls, soft hyphens, points.
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

fn script_of(c: char) -> Script {
    match c {
        '\u{590}'..='\u{6ff}'
        | '\u{750}'..='\u{77f}'
        | '\u{8a0}'..='\u{8ff}'
        | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{feff}' => Script::Abjad,
        '\u{ac00}'..='\u{d7a3}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}' => Script::Han,
        _ => Script::Full,
    }
}

/// The words under construction.
struct Folder {
    words: Vec<Word>,
    text: String,
    script: Script,
    upper: usize,
    lower: usize,
}

impl Folder {
    fn close(&mut self) {
        if !self.text.is_empty() && self.words.len() < MAX_WORDS {
            self.words.push(Word {
                text: std::mem::take(&mut self.text),
                script: self.script,
                han: 0,
                capitals: self.lower == 0 && self.upper > 1,
                breaks: false,
            });
        }
        self.text.clear();
        self.script = Script::Full;
        (self.upper, self.lower) = (0, 0);
    }

    fn push(&mut self, c: char) {
        if self.text.len() < MAX_LETTERS {
            self.text.push(c.to_ascii_lowercase());
        }
    }

    fn han(&mut self, c: char) {
        self.close();
        for l in any_ascii::any_ascii_char(c).chars().filter(char::is_ascii_alphanumeric) {
            self.push(l);
        }
        self.script = Script::Han;
        let before = self.words.len();
        self.close();
        if let Some(w) = self.words.get_mut(before) {
            w.han = u32::from(c);
        }
    }
}

/// Splits and folds a written name; at most [`MAX_WORDS`] words.
pub(super) fn words(name: &str) -> Vec<Word> {
    let mut f = Folder {
        words: Vec::with_capacity(6),
        text: String::new(),
        script: Script::Full,
        upper: 0,
        lower: 0,
    };
    let spaced = name.chars().any(char::is_whitespace);
    for c in name.chars() {
        if f.words.len() >= MAX_WORDS {
            break;
        }
        if c.is_ascii_alphanumeric() {
            ascii(&mut f, c, spaced);
        } else if is_apostrophe(c) || is_ignored(c) {
            // A part of the word, without a sound of its own.
        } else if c.is_ascii() {
            f.close();
            if let (',' | ';' | '(', Some(w)) = (c, f.words.last_mut()) {
                w.breaks = true;
            }
        } else {
            other(&mut f, c);
        }
    }
    f.close();
    f.words
}

fn ascii(f: &mut Folder, c: char, spaced: bool) {
    if c.is_ascii_uppercase() {
        // "AliceSmith" written without a space: a new word begins at a capital after three lower-case letters.
        if !spaced && f.lower >= 2 && f.text.len() >= 3 {
            f.close();
        }
        f.upper += 1;
    } else {
        f.lower += 1;
    }
    f.push(c);
}

fn other(f: &mut Folder, c: char) {
    let script = script_of(c);
    if script == Script::Han {
        f.han(c);
        return;
    }
    let folded = any_ascii::any_ascii_char(c);
    if !folded.chars().any(|l| l.is_ascii_alphanumeric()) {
        if c.is_alphanumeric()
            || folded.is_empty()
            || matches!(folded, "'" | "`" | "\"") && c.is_alphabetic()
        {
            return;
        }
        f.close();
        return;
    }
    if c.is_uppercase() {
        f.upper += 1;
    } else {
        f.lower += 1;
    }
    f.script = script;
    for l in folded.chars().filter(char::is_ascii_alphanumeric) {
        f.push(l);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(name: &str) -> String {
        words(name).iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_are_parted_and_folded() {
        for (written, expected) in [
            ("Żółć, O'Brien-Łoś", "zolc obrien los"),
            ("MarthaVoss", "martha voss"),
            ("Б. Петров", "b petrov"),
            ("B.J. Orr", "b j orr"),
            ("Sho\u{ad}mali", "shomali"),
            ("王小明", "wang xiao ming"),
            ("  \u{200f} ", ""),
            ("Şükrü Iğdır", "sukru igdir"),
        ] {
            assert_eq!(folded(written), expected, "{written}");
        }
    }

    #[test]
    fn scripts_and_capitals_are_kept() {
        let w = words("PKK סער");
        assert!(w[0].capitals && w[0].script == Script::Full);
        assert_eq!(w[1].script, Script::Abjad);
    }
}
