//! From bytes to Unicode text.
//!
//! The first of these that says something decides: byte order mark, HTTP `charset`, `charset`
//! declared in the page, UTF-8 if the bytes are UTF-8 but for stray errors, a guess by statistics.
//! A declaration in the page that its bytes belie does not count: pages are often saved in UTF-8 with
//! the declaration they had before.
//! Nothing is lost silently: what cannot be decoded becomes U+FFFD and a warning.

use crate::meta_charset;
use crate::suspicion::text_warnings;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    DecoderResult, Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, X_USER_DEFINED,
};

/// What is known of the bytes from outside.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'h> {
    /// The `charset` parameter of the HTTP content type, if the bytes came with one.
    pub http_charset: Option<&'h str>,
    /// The bytes are a web page: a `charset` declared in its head counts.
    pub html: bool,
}

/// What decided the encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EncodingBasis {
    /// A byte order mark.
    ByteOrderMark,
    /// The HTTP `charset`.
    Http,
    /// A `charset` declared in the page.
    Meta,
    /// The bytes are UTF-8, but for stray errors.
    Utf8,
    /// Statistics over the bytes.
    Guess,
}

/// Decoded text and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text; a byte order mark is kept as U+FEFF, so that code points count as in the file.
    pub text: String,
    /// Name of the encoding, as the WHATWG Encoding Standard has it.
    pub encoding: &'static str,
    /// What decided it.
    pub basis: EncodingBasis,
    /// Byte at which the first undecodable sequence starts.
    pub byte_of_first_error: Option<usize>,
    /// Number of undecodable sequences, each U+FFFD in the text.
    pub errors: usize,
    /// Codes, sorted: `bidi_controls`, `control_characters`, `encoding_guessed`,
    /// `encoding_mismatch`, `invalid_bytes`, `invalid_utf8`, `likely_mojibake`,
    /// `mixed_script` (not for pages), `refused_encoding`, `unknown_encoding`.
    pub warnings: Vec<&'static str>,
}

/// Decodes `bytes`. Never fails; linear in the number of bytes.
///
/// Undecodable sequences become one U+FFFD each per maximal subpart (Unicode 3.9, WHATWG Encoding),
/// which is also what Python's `errors="replace"` does.
pub fn decode(bytes: &[u8], hints: Hints<'_>) -> Decoded {
    let mut warnings = Vec::new();
    let (encoding, basis) = choose(bytes, hints, &mut warnings);
    let (text, errors, byte_of_first_error) =
        if encoding == UTF_8 { decode_utf8(bytes) } else { decode_other(bytes, encoding) };
    if errors > 0 {
        warnings.push(if encoding == UTF_8 { "invalid_utf8" } else { "invalid_bytes" });
    }
    if basis == EncodingBasis::Guess {
        warnings.push("encoding_guessed");
    }
    // Scripts and escapes of a page put letters side by side that no reader sees together.
    let seen = |code: &&'static str| !(hints.html && *code == "mixed_script");
    warnings.extend(text_warnings(&text).into_iter().filter(seen));
    warnings.sort_unstable();
    warnings.dedup();
    Decoded { text, encoding: encoding.name(), basis, byte_of_first_error, errors, warnings }
}

fn choose(
    bytes: &[u8],
    hints: Hints<'_>,
    warnings: &mut Vec<&'static str>,
) -> (&'static Encoding, EncodingBasis) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding, EncodingBasis::ByteOrderMark);
    }
    if let Some(encoding) = hints.http_charset.and_then(|c| named(c.as_bytes(), warnings)) {
        return (encoding, EncodingBasis::Http);
    }
    if hints.html
        && let Some(label) = meta_charset::find(bytes)
        && let Some(encoding) = named(label, warnings)
    {
        // A page whose declaration can be read as ASCII is not in UTF-16, whatever it says.
        let wide = encoding == UTF_16LE || encoding == UTF_16BE;
        if encoding == UTF_8 || wide {
            return (UTF_8, EncodingBasis::Meta);
        }
        if Census::take(bytes).belies(encoding) {
            warnings.push("encoding_mismatch");
            return (UTF_8, EncodingBasis::Utf8);
        }
        return (encoding, EncodingBasis::Meta);
    }
    let census = Census::take(bytes);
    if census.is_utf8_but_for_stray_errors() {
        return (UTF_8, EncodingBasis::Utf8);
    }
    let guess = guess(bytes);
    if guess != UTF_8 && census.allows(guess) {
        (guess, EncodingBasis::Guess)
    } else {
        (UTF_8, EncodingBasis::Utf8)
    }
}

/// The encoding of a label, unless it is unknown or one that lets markup hide from readers of other
/// encodings (UTF-7 is unknown to the standard; `x-user-defined` and the `replacement` family are
/// refused here).
fn named(label: &[u8], warnings: &mut Vec<&'static str>) -> Option<&'static Encoding> {
    match Encoding::for_label(label) {
        Some(e) if e == X_USER_DEFINED || e == REPLACEMENT => warnings.push("refused_encoding"),
        Some(e) => return Some(e),
        None => warnings.push("unknown_encoding"),
    }
    None
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Counts of well-formed and malformed non-ASCII sequences, read as UTF-8.
struct Census {
    valid: usize,
    errors: usize,
}

impl Census {
    fn take(bytes: &[u8]) -> Census {
        let firsts = |valid: &str| valid.bytes().filter(|&b| b >= 0xC0).count();
        // The check of the whole is far faster than the parting into chunks.
        if let Ok(valid) = std::str::from_utf8(bytes) {
            return Census { valid: firsts(valid), errors: 0 };
        }
        let mut census = Census { valid: 0, errors: 0 };
        for chunk in bytes.utf8_chunks() {
            census.valid += firsts(chunk.valid());
            census.errors += usize::from(!chunk.invalid().is_empty());
        }
        census
    }

    fn is_utf8_but_for_stray_errors(&self) -> bool {
        self.errors * 100 <= self.valid + self.errors
    }

    /// Whether the bytes are UTF-8 throughout and not by accident, although `declared` is something
    /// else. In double-byte text one pair in seven is well-formed UTF-8 by accident.
    fn belies(&self, declared: &'static Encoding) -> bool {
        let enough = if declared.is_single_byte() { 1 } else { 4 };
        self.errors == 0 && self.valid >= enough
    }

    /// Whether the well-formed sequences may be accidents of text in `guess`. If they are not, the
    /// bytes are a mixture, and reading them all by the guess would spoil the well-formed part.
    ///
    /// Single-byte text makes a UTF-8 sequence only where an accented capital meets a high
    /// punctuation mark; in double-byte text measured shares stay under four in ten.
    fn allows(&self, guess: &'static Encoding) -> bool {
        let sequences = self.valid + self.errors;
        if guess.is_single_byte() {
            self.valid * 10 <= sequences
        } else {
            self.valid * 10 <= sequences * 4
        }
    }
}

type Outcome = (String, usize, Option<usize>);

fn decode_utf8(bytes: &[u8]) -> Outcome {
    if let Ok(valid) = std::str::from_utf8(bytes) {
        return (valid.to_owned(), 0, None);
    }
    let mut text = String::with_capacity(bytes.len());
    let (mut errors, mut first, mut at) = (0, None, 0);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            text.push('\u{FFFD}');
            errors += 1;
            first = first.or(Some(at));
            at += chunk.invalid().len();
        }
    }
    (text, errors, first)
}

fn decode_other(bytes: &[u8], encoding: &'static Encoding) -> Outcome {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 4 + 16);
    let (mut errors, mut first, mut at) = (0, None, 0);
    loop {
        let (result, read) =
            decoder.decode_to_string_without_replacement(&bytes[at..], &mut text, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => return (text, errors, first),
            DecoderResult::OutputFull => text.reserve(bytes.len() - at + 64),
            DecoderResult::Malformed(length, after) => {
                errors += 1;
                let start = at.saturating_sub(usize::from(length) + usize::from(after));
                first = first.or(Some(start));
                text.reserve(4);
                text.push('\u{FFFD}');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Decoded, EncodingBasis, Hints, decode};
    use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GBK, KOI8_R, SHIFT_JIS, WINDOWS_1252};
    use proptest::prelude::*;

    const PLAIN: Hints<'static> = Hints { http_charset: None, html: false };
    const PAGE: Hints<'static> = Hints { http_charset: None, html: true };

    fn http(charset: &str) -> Hints<'_> {
        Hints { http_charset: Some(charset), html: true }
    }

    type Case<'c> = (&'c [u8], Hints<'c>, &'c str, EncodingBasis, &'c str, &'c [&'c str]);

    #[test]
    fn who_decides() {
        use EncodingBasis::*;
        let utf16 = b"\xFF\xFE<\0p\0>\0";
        let table: &[Case<'_>] = &[
            (b"plain", PLAIN, "UTF-8", Utf8, "plain", &[]),
            (b"", PLAIN, "UTF-8", Utf8, "", &[]),
            (b"\xEF\xBB\xBFa", PLAIN, "UTF-8", ByteOrderMark, "\u{FEFF}a", &[]),
            (b"\xFE\xFF\0a", PLAIN, "UTF-16BE", ByteOrderMark, "\u{FEFF}a", &[]),
            (utf16, http("iso-8859-1"), "UTF-16LE", ByteOrderMark, "\u{FEFF}<p>", &[]),
            (
                b"<meta charset=utf-8>\xE9",
                http("latin1"),
                "windows-1252",
                Http,
                "<meta charset=utf-8>\u{E9}",
                &[],
            ),
            (
                b"<meta charset=koi8-r>\xC1",
                PAGE,
                "KOI8-R",
                Meta,
                "<meta charset=koi8-r>\u{430}",
                &[],
            ),
            (b"<meta charset=koi8-r>", PLAIN, "UTF-8", Utf8, "<meta charset=koi8-r>", &[]),
            (
                b"<meta charset=koi8-r>\xC3\xA9",
                PAGE,
                "UTF-8",
                Utf8,
                "<meta charset=koi8-r>\u{E9}",
                &["encoding_mismatch"],
            ),
            (b"<meta charset=utf-16>a", PAGE, "UTF-8", Meta, "<meta charset=utf-16>a", &[]),
            (
                b"<meta charset=utf-7>a",
                PAGE,
                "UTF-8",
                Utf8,
                "<meta charset=utf-7>a",
                &["unknown_encoding"],
            ),
            (b"a", http("x-user-defined"), "UTF-8", Utf8, "a", &["refused_encoding"]),
            (b"a", http("hz-gb-2312"), "UTF-8", Utf8, "a", &["refused_encoding"]),
        ];
        for (bytes, hints, encoding, basis, text, warnings) in table {
            let got = decode(bytes, *hints);
            assert_eq!((got.encoding, got.basis), (*encoding, *basis), "{bytes:?}");
            assert_eq!((&*got.text, &*got.warnings), (*text, *warnings), "{bytes:?}");
        }
    }

    /// A Latin-1 letter among UTF-8 Cyrillic: the Cyrillic stays whole, whatever is declared.
    #[test]
    fn mixed_encodings_keep_the_valid_part() {
        let mut bytes = b"Caf\xE9 ".to_vec();
        bytes.extend("Тегеран".as_bytes());
        for hints in [PLAIN, PAGE, http("utf-8")] {
            let got = decode(&bytes, hints);
            assert_eq!(got.text, "Caf\u{FFFD} Тегеран");
            assert_eq!((got.errors, got.byte_of_first_error), (1, Some(3)));
            assert_eq!(got.warnings, ["invalid_utf8"]);
        }
    }

    /// One U+FFFD for each maximal subpart, as in table 3-8 of the Unicode Standard.
    #[test]
    fn replacement() {
        let table: &[(&[u8], &str, usize)] = &[
            (b"\xC3\xA9\xC0\xAF\xC3\xA9", "é\u{FFFD}\u{FFFD}é", 2),
            (b"\xD0\x90\xF0\x9F\x98", "А\u{FFFD}", 1),
            (b"\xD0\x90\xED\xA0\x80\xD0\x90", "А\u{FFFD}\u{FFFD}\u{FFFD}А", 3),
        ];
        for (bytes, text, errors) in table {
            let Decoded { text: got, errors: count, .. } = decode(bytes, http("utf-8"));
            assert_eq!((&*got, count), (*text, *errors), "{bytes:?}");
        }
    }

    #[test]
    fn guesses() {
        let french = "Le ministre a été reçu à la mairie; il a déclaré être très honoré.";
        let russian = "Министр прибыл в город и провёл переговоры с делегацией соседней страны.";
        let chinese =
            "外交部长昨天抵达首都,双方就边境贸易和水资源问题举行了会谈。会谈结束后发表了联合声明。";
        let trad =
            "外交部長昨天抵達首都,雙方就邊境貿易和水資源問題舉行了會談。會談結束後發表了聯合聲明。";
        let japanese = "外務大臣は昨日首都に到着し、国境貿易と水資源の問題について会談しました。";
        let korean = "외교부 장관은 어제 수도에 도착하여 국경 무역과 수자원 문제에 대해 회담했다.";
        let table: &[(&str, &'static Encoding)] = &[
            (french, WINDOWS_1252),
            (russian, encoding_rs::WINDOWS_1251),
            (russian, KOI8_R),
            (chinese, GBK),
            (trad, BIG5),
            (japanese, SHIFT_JIS),
            (japanese, EUC_JP),
            (korean, EUC_KR),
        ];
        for (text, encoding) in table {
            let (bytes, _, unmappable) = encoding.encode(text);
            assert!(!unmappable, "{}", encoding.name());
            let got = decode(&bytes, PLAIN);
            assert_eq!(got.text, *text, "{} read as {}", encoding.name(), got.encoding);
            assert_eq!(got.warnings, ["encoding_guessed"]);
        }
    }

    #[test]
    fn few_errors_do_not_make_a_guess() {
        let mut bytes = "é".repeat(200).into_bytes();
        bytes.push(0xE9);
        let got = decode(&bytes, PLAIN);
        assert_eq!((got.encoding, got.errors), ("UTF-8", 1));
        assert_eq!(got.byte_of_first_error, Some(400));
    }

    #[test]
    fn errors_in_other_encodings_are_counted() {
        let got = decode(b"ab\x80\xFFcd\x81", http("shift_jis"));
        assert_eq!((got.errors, got.byte_of_first_error), (2, Some(3)), "{got:?}");
        assert!(got.warnings.contains(&"invalid_bytes"), "{got:?}");
    }

    proptest! {
        #[test]
        fn never_panics_and_accounts_for_errors(
            bytes in proptest::collection::vec(any::<u8>(), 0..200),
            html in any::<bool>(),
            charset in prop_oneof![
                Just(None), Just(Some("utf-16le")), Just(Some("gbk")), Just(Some("iso-2022-jp")),
                Just(Some("big5")), Just(Some("windows-1251")), Just(Some("nonsense")),
            ],
        ) {
            let got = decode(&bytes, Hints { http_charset: charset, html });
            prop_assert_eq!(got.errors == 0, got.byte_of_first_error.is_none());
            prop_assert!(got.byte_of_first_error.is_none_or(|at| at < bytes.len()));
            let replaced = got.text.matches('\u{FFFD}').count();
            prop_assert!(replaced >= got.errors);
            if got.encoding == "UTF-8" {
                prop_assert_eq!(got.text, String::from_utf8_lossy(&bytes));
            }
        }

        #[test]
        fn valid_utf8_is_left_alone(text in any::<String>()) {
            let got = decode(text.as_bytes(), PLAIN);
            prop_assume!(got.basis != EncodingBasis::ByteOrderMark || got.encoding == "UTF-8");
            prop_assert_eq!(got.text, text);
            prop_assert_eq!(got.errors, 0);
        }
    }
}
