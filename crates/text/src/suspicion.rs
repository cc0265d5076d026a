//! Signs that a text is not what it seems: read with the wrong encoding, or holding characters that
//! hide or imitate others. The text itself is never changed.

use encoding_rs::{Encoding, WINDOWS_1251, WINDOWS_1252};

/// Bytes looked at together where nearly all are plain.
const STRIDE: usize = 64;

/// Codes of what is suspicious in `text`, sorted: `bidi_controls`, `control_characters`,
/// `likely_mojibake`, `mixed_script`. Linear.
pub fn text_warnings(text: &str) -> Vec<&'static str> {
    let mut warnings = Vec::new();
    let ascii = text.is_ascii();
    if !ascii && has_bidi_control(text.as_bytes()) {
        warnings.push("bidi_controls");
    }
    if has_stray_control(text.as_bytes()) {
        warnings.push("control_characters");
    }
    if ascii {
        return warnings;
    }
    if is_likely_mojibake(text) {
        warnings.push("likely_mojibake");
    }
    if mixes_scripts(text) {
        warnings.push("mixed_script");
    }
    warnings
}

/// Embeddings, overrides and isolates, which reorder what is shown; not the plain direction marks
/// that right-to-left text uses everywhere: U+202A to U+202E and U+2066 to U+2069, in the bytes of UTF-8.
fn has_bidi_control(utf8: &[u8]) -> bool {
    let is_control = |at: usize| {
        matches!(utf8.get(at + 1..at + 3), Some([0x80, 0xAA..=0xAE] | [0x81, 0xA6..=0xA9]))
    };
    memchr::memchr_iter(0xE2, utf8).any(is_control)
}

/// C0 and C1 controls other than tab, line ends and the form feed that parts printed pages, looked
/// for in the bytes of UTF-8: C1 is `C2 80` to `C2 9F`.
fn has_stray_control(utf8: &[u8]) -> bool {
    let c0 = |b: u8| (b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r' | 0xC)) || b == 0x7F;
    // Without a branch for each byte several are compared at once.
    utf8.chunks(STRIDE).any(|bytes| bytes.iter().fold(false, |found, &b| found | c0(b)))
        || memchr::memchr_iter(0xC2, utf8).any(|at| utf8.get(at + 1).is_some_and(|&b| b < 0xA0))
}

/// Runs of bytes beyond ASCII: from which to which byte.
fn runs_beyond_ascii(utf8: &[u8]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while utf8.get(at..at + STRIDE).is_some_and(<[u8]>::is_ascii) {
            at += STRIDE;
        }
        let from = at + utf8[at..].iter().position(|b| !b.is_ascii())?;
        let len = utf8[from..].iter().position(u8::is_ascii).unwrap_or(utf8.len() - from);
        at = from + len;
        Some((from, at))
    })
}

/// Whether a word mixes scripts. Only words with a first byte of Greek or Cyrillic are looked at.
fn mixes_scripts(text: &str) -> bool {
    let utf8 = text.as_bytes();
    let mut done = 0;
    runs_beyond_ascii(utf8).any(|(from, to)| {
        let foreign = |b: &u8| matches!(b, 0xCD..=0xD4 | 0xE1 | 0xEA);
        // What was looked at ends with a word, which may lie within the next run: that goes on behind it.
        let from = from.max(done);
        if to <= from || !utf8[from..to].iter().any(foreign) {
            return false;
        }
        let letters = |c: &char| c.is_alphabetic();
        let before: usize =
            text[done..from].chars().rev().take_while(letters).map(char::len_utf8).sum();
        let behind: usize = text[to..].chars().take_while(letters).map(char::len_utf8).sum();
        done = to + behind;
        text[from - before..done].split(|c: char| !c.is_alphabetic()).any(mixed_script)
    })
}

/// Whether one word mixes Latin letters with Cyrillic or Greek ones, as look-alike spellings do.
///
/// Greek letters serve as symbols next to Latin ones (`μg`), so short Greek mixtures pass.
pub fn mixed_script(word: &str) -> bool {
    let (mut latin, mut cyrillic, mut greek, mut letters) = (false, false, false, 0usize);
    for c in word.chars() {
        letters += 1;
        match c {
            'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => latin = true,
            '\u{400}'..='\u{52F}' | '\u{1C80}'..='\u{1C8F}' | '\u{A640}'..='\u{A69F}' => {
                cyrillic = true
            }
            '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => greek = true,
            _ => {}
        }
    }
    (latin && cyrillic) || (greek && (latin || cyrillic) && letters >= 4)
}

/// Whether some run of non-ASCII characters, written in windows-1252 or windows-1251, is UTF-8: the
/// mark of UTF-8 that was once read as one of these.
fn is_likely_mojibake(text: &str) -> bool {
    runs_beyond_ascii(text.as_bytes()).any(|(from, to)| {
        let before = text.as_bytes()[..from].last().map_or(' ', |&b| char::from(b));
        is_mojibake_run(&text[from..to], before)
    })
}

/// One run of non-ASCII characters and the ASCII character before it.
fn is_mojibake_run(run: &str, before: char) -> bool {
    // Both encodings have their letters where UTF-8 has its first bytes, C2 to F4, which a byte from 80 to
    // BF follows: most runs are told by two characters.
    let mut start = run.chars();
    let (Some(first), Some(second)) = (start.next(), start.next()) else { return false };
    let starts = |letters: std::ops::RangeInclusive<char>,
                  firsts: std::ops::RangeInclusive<char>| {
        firsts.contains(&first) && !letters.contains(&second)
    };
    let western = starts('\u{C0}'..='\u{FF}', '\u{C2}'..='\u{F4}');
    let cyrillic = starts('\u{410}'..='\u{44F}', '\u{412}'..='\u{444}');
    if western && let Some(reread) = reread(run, WINDOWS_1252) {
        return reread.chars().count() >= 3
            || reread.chars().any(is_typographic)
            || (reread.chars().all(|c| c < '\u{100}') && !before.is_ascii_uppercase());
    }
    cyrillic && reread(run, WINDOWS_1251).is_some_and(|r| r.chars().count() >= 3)
}

/// General punctuation, currency and letter-like signs: what a single three-byte accident of French
/// or Portuguese quotation marks does not give.
fn is_typographic(c: char) -> bool {
    matches!(c, '\u{2000}'..='\u{214F}')
}

fn reread(run: &str, as_if: &'static Encoding) -> Option<String> {
    let (bytes, _, unmappable) = as_if.encode(run);
    if unmappable {
        return None;
    }
    String::from_utf8(bytes.into_owned()).ok()
}

#[cfg(test)]
mod tests {
    use super::{is_likely_mojibake, mixed_script, mixes_scripts, text_warnings};
    use proptest::prelude::*;

    /// Signs of all that is looked for, and what stands beside it.
    fn hostile() -> impl Strategy<Value = String> {
        let sign = prop::sample::select(
            "a b.éÃ©â€™ÐÂ¤Т\u{a0}тег РµР°Ρμήł中\u{202d}\u{2067}\u{2070}\u{85}\u{7}\u{301}"
                .chars()
                .collect::<Vec<char>>(),
        );
        let filler = prop::sample::select(vec!["", " ", "x", "plain words of no interest "]);
        let piece = (sign, filler, 0usize..6).prop_map(|(c, f, n)| format!("{c}{}", f.repeat(n)));
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    /// The same questions asked of every character and every word.
    fn slowly(text: &str) -> Vec<&'static str> {
        let control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{C}');
        let bidi = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        let reread = |run: &str, encoding: &'static encoding_rs::Encoding| {
            super::reread(run, encoding).filter(|_| !run.is_empty())
        };
        let mut before = ' ';
        let mojibake = text.split_inclusive(|c: char| c.is_ascii()).any(|piece| {
            let run = piece.trim_end_matches(|c: char| c.is_ascii());
            let (western, cyrillic) =
                (reread(run, encoding_rs::WINDOWS_1252), reread(run, encoding_rs::WINDOWS_1251));
            let upper = before.is_ascii_uppercase();
            before = piece.chars().last().unwrap_or(' ');
            match western {
                Some(r) => {
                    r.chars().count() >= 3
                        || r.chars().any(super::is_typographic)
                        || (r.chars().all(|c| c < '\u{100}') && !upper)
                }
                None => cyrillic.is_some_and(|r| r.chars().count() >= 3),
            }
        });
        let mixed = text.split(|c: char| !c.is_alphabetic()).any(mixed_script);
        [
            (text.contains(bidi), "bidi_controls"),
            (text.contains(control), "control_characters"),
            (mojibake, "likely_mojibake"),
            (mixed, "mixed_script"),
        ]
        .into_iter()
        .filter_map(|(is, code)| is.then_some(code))
        .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn what_is_skipped_holds_nothing(text in hostile()) {
            prop_assert_eq!(text_warnings(&text), slowly(&text), "{:?}", text);
        }
    }

    #[test]
    fn a_word_is_looked_at_though_its_run_began_in_the_one_before() {
        for text in ["т\u{a0}xΡ©тx", "т\u{a0}xΡ©т", "т\u{a0}xΡ©xт"] {
            assert_eq!(text_warnings(text), slowly(text), "{text:?}");
        }
        assert!(mixes_scripts("т\u{a0}xΡ©тx"));
    }

    #[test]
    fn signs_are_found_behind_long_plain_text() {
        for n in [0, 1, 63, 64, 65, 127, 128, 1000] {
            let plain = "x".repeat(n);
            assert!(is_likely_mojibake(&format!("{plain} cafÃ© ")), "{n}");
            assert!(mixes_scripts(&format!("{plain}\u{422}{plain}")) == (n > 0), "{n}");
            assert_eq!(text_warnings(&format!("{plain}\u{1}")), ["control_characters"], "{n}");
        }
    }

    /// `text` as it looks once its UTF-8 has been read as `encoding`.
    fn misread(text: &str, encoding: &'static encoding_rs::Encoding) -> String {
        encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn mojibake() {
        use encoding_rs::{WINDOWS_1251, WINDOWS_1252};
        let spoilt = [
            misread("the ministry’s plan", WINDOWS_1252),
            misread("a café in Lyon", WINDOWS_1252),
            misread("École normale", WINDOWS_1252),
            misread("Тегеран принял послов", WINDOWS_1252),
            misread("Тегеран принял послов", WINDOWS_1251),
            misread("東京で会談", WINDOWS_1252),
        ];
        for text in spoilt {
            assert!(text_warnings(&text).contains(&"likely_mojibake"), "{text}");
        }
        let sound = [
            "the ministry’s “plan” – a café in Lyon",
            "« Le café\u{A0}», dit-il, « est fermé\u{A0}»",
            "JOSÉ’S SHOP IN SÃO PAULO",
            "Тегеран принял послов",
            "東京で会談",
            "10 °C, 5 €, §2",
            "À la carte, Â propos",
        ];
        for text in sound {
            assert_eq!(text_warnings(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn controls() {
        let table: &[(&str, &[&str])] = &[
            ("plain\ttext\r\nwith\u{C}pages", &[]),
            ("a\0b", &["control_characters"]),
            ("a\u{85}b", &["control_characters"]),
            ("abc\u{202E}fed", &["bidi_controls"]),
            ("\u{2066}x\u{2069}\u{7}", &["bidi_controls", "control_characters"]),
            ("שלום\u{200F} abc", &[]),
        ];
        for (text, codes) in table {
            assert_eq!(&text_warnings(text), codes, "{text:?}");
        }
    }

    #[test]
    fn scripts_in_one_word() {
        let table = [
            ("\u{422}ehran", true),
            ("Mosc\u{43E}w", true),
            ("Tehran", false),
            ("Тегеран", false),
            ("Αθήνα", false),
            ("μg", false),
            ("Ρaris", true),
            ("Müller", false),
            ("Đoković", false),
        ];
        for (word, mixed) in table {
            assert_eq!(mixed_script(word), mixed, "{word}");
        }
        assert_eq!(text_warnings("in \u{422}ehran today"), ["mixed_script"]);
        assert_eq!(text_warnings("Тегеран Tehran"), [""; 0]);
    }
}
