//! Signs that a text is not what it seems: read with the wrong encoding, or holding characters that
//! hide or imitate others. The text itself is never changed.

use encoding_rs::{Encoding, WINDOWS_1251, WINDOWS_1252};

/// Codes of what is suspicious in `text`, sorted: `bidi_controls`, `control_characters`,
/// `likely_mojibake`, `mixed_script`. Linear.
pub fn text_warnings(text: &str) -> Vec<&'static str> {
    let mut warnings = Vec::new();
    let ascii = text.is_ascii();
    if !ascii && text.chars().any(is_bidi_control) {
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
    if may_mix_scripts(text.as_bytes())
        && text.split(|c: char| !c.is_alphabetic()).any(mixed_script)
    {
        warnings.push("mixed_script");
    }
    warnings
}

/// Embeddings, overrides and isolates, which reorder what is shown; not the plain direction marks
/// that right-to-left text uses everywhere.
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// C0 and C1 controls other than tab, line ends and the form feed that parts printed pages, looked
/// for in the bytes of UTF-8: C1 is `C2 80` to `C2 9F`.
fn has_stray_control(utf8: &[u8]) -> bool {
    let c0 = |b: u8| (b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r' | 0xC)) || b == 0x7F;
    utf8.iter().any(|&b| c0(b))
        || memchr::memchr_iter(0xC2, utf8).any(|at| utf8.get(at + 1).is_some_and(|&b| b < 0xA0))
}

/// Whether UTF-8 text holds a first byte of Greek or Cyrillic.
fn may_mix_scripts(utf8: &[u8]) -> bool {
    utf8.iter().any(|b| matches!(b, 0xCD..=0xD4 | 0xE1 | 0xEA))
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
    let mut before = ' ';
    let mut run = String::new();
    for c in text.chars().chain([' ']) {
        if !c.is_ascii() {
            run.push(c);
            continue;
        }
        if !run.is_empty() {
            if is_mojibake_run(&run, before) {
                return true;
            }
            run.clear();
        }
        before = c;
    }
    false
}

/// One run of non-ASCII characters and the ASCII character before it.
fn is_mojibake_run(run: &str, before: char) -> bool {
    if let Some(reread) = reread(run, WINDOWS_1252) {
        return reread.chars().count() >= 3
            || reread.chars().any(is_typographic)
            || (reread.chars().all(|c| c < '\u{100}') && !before.is_ascii_uppercase());
    }
    reread(run, WINDOWS_1251).is_some_and(|r| r.chars().count() >= 3)
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
    use super::{mixed_script, text_warnings};

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
