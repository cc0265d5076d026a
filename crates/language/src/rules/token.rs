//! Tokens as spaCy's English models cut them: clitics, hyphens, units, brackets and quotation marks
//! stand alone; abbreviations, numbers and addresses stay whole.

use variorum_model::Span;
use variorum_text::sentence::is_abbreviation;

/// Appends the tokens of `sentence` to `out`, in order; spans are byte ranges into `text`.
pub(crate) fn tokenize(text: &str, sentence: Span, out: &mut Vec<Span>) {
    let mut start = None;
    let piece = sentence.of(text);
    for (i, c) in piece.char_indices() {
        match (c.is_whitespace() || is_invisible(c), start) {
            (true, Some(s)) => {
                chunk(text, sentence.from() + s, sentence.from() + i, out);
                start = None;
            }
            (false, None) => start = Some(i),
            _ => {}
        }
    }
    if let Some(s) = start {
        chunk(text, sentence.from() + s, sentence.to(), out);
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '€' | '¥' | '₹' | '₽' | '₪' | '₺' | '₩' | '₦' | '¢')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '“' | '”' | '‘' | '’' | '«' | '»' | '„' | '‚' | '‹' | '›' | '´')
}

fn is_listed(c: char) -> bool {
    matches!(
        c,
        ',' | ':'
            | ';'
            | '!'
            | '?'
            | '¿'
            | '¡'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '<'
            | '>'
            | '_'
            | '#'
            | '*'
            | '&'
            | '·'
            | '•'
            | '…'
            | '|'
            | '،'
            | '؛'
            | '؟'
    )
}

fn is_prefix(c: char, next: Option<char>) -> bool {
    is_quote(c)
        || is_listed(c)
        || is_currency(c)
        || matches!(c, '§' | '%' | '=' | '—' | '–' | '~')
        || c == '+' && !next.is_some_and(|n| n.is_ascii_digit())
}

/// Bytes of a run that is looked at as a word; no word is longer.
const LONGEST: usize = 160;

/// Cuts a run too long for a word: letters and digits together, other signs in runs of one kind.
fn unbroken(text: &str, a: usize, b: usize, out: &mut Vec<Span>) {
    let kind = |c: char| if c.is_alphanumeric() { 'a' } else { c };
    let mut start = a;
    let mut last = None;
    for (i, c) in text[a..b].char_indices() {
        if last.is_some_and(|k| k != kind(c)) {
            out.push(Span::new(start, a + i));
            start = a + i;
        }
        last = Some(kind(c));
    }
    out.push(Span::new(start, b));
}

/// Cuts one run of characters without white space, `a..b`.
fn chunk(text: &str, mut a: usize, mut b: usize, out: &mut Vec<Span>) {
    if b - a > LONGEST {
        return unbroken(text, a, b, out);
    }
    let mut tail: Vec<Span> = Vec::new();
    while a < b {
        let word = &text[a..b];
        if is_plain(word) {
            out.push(Span::new(a, b));
            a = b;
            continue;
        }
        if is_address(word) {
            // Closing punctuation is no part of an address.
            let kept = word.trim_end_matches([
                '.', ',', ')', ';', ':', '!', '?', '"', '”', '’', '\'', ']', '>',
            ]);
            out.push(Span::new(a, a + kept.len()));
            a += kept.len();
            continue;
        }
        if let Some(cut) = contraction(word) {
            out.push(Span::new(a, a + cut));
            out.push(Span::new(a + cut, b));
            break;
        }
        if stays_whole(word) {
            out.push(Span::new(a, b));
            break;
        }
        let n = prefix(word);
        if n > 0 {
            out.push(Span::new(a, a + n));
            a += n;
            continue;
        }
        let n = suffix(word);
        if n > 0 {
            tail.push(Span::new(b - n, b));
            b -= n;
            continue;
        }
        infixes(text, a, b, out);
        break;
    }
    out.extend(tail.into_iter().rev());
}

fn is_plain(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_alphabetic())
        && !word.eq_ignore_ascii_case("cannot")
        && !word.eq_ignore_ascii_case("gonna")
}

fn is_address(word: &str) -> bool {
    let body = word.trim_start_matches(['(', '"', '“', '\'', '<', '[']);
    if body.len() != word.len() {
        return false;
    }
    if body.starts_with("http://") || body.starts_with("https://") || body.starts_with("www.") {
        return true;
    }
    // A mail address: one sign with letters before and a stop after.
    body.split_once('@').is_some_and(|(u, d)| !u.is_empty() && d.contains('.') && !d.ends_with('.'))
}

const NEGATED: [&str; 20] = [
    "do", "does", "did", "is", "are", "was", "were", "has", "have", "had", "would", "could",
    "should", "must", "might", "need", "ca", "wo", "ai", "sha",
];

/// Where a contraction is cut: "don't" before "n't", "we'll" before "'ll", "cannot" before "not".
fn contraction(word: &str) -> Option<usize> {
    if word.eq_ignore_ascii_case("cannot") || word.eq_ignore_ascii_case("gonna") {
        return Some(3);
    }
    if !word.starts_with(|c: char| c.is_alphabetic()) {
        return None;
    }
    let (at, len) = word.find('\'').map(|i| (i, 1)).or_else(|| word.find('’').map(|i| (i, 3)))?;
    let (stem, ending) = (&word[..at], &word[at + len..]);
    if ending.eq_ignore_ascii_case("t") {
        let body = stem.strip_suffix(['n', 'N'])?;
        return NEGATED.iter().any(|n| body.eq_ignore_ascii_case(n)).then_some(body.len());
    }
    let clitic = ["ll", "ve", "re", "d", "m"].iter().any(|e| ending.eq_ignore_ascii_case(e));
    (clitic
        && stem.chars().all(char::is_alphabetic)
        && !(ending.eq_ignore_ascii_case("m") && stem != "I"))
        .then_some(at)
}

/// "Gen.", "J.", "U.S.", "a.m.", "o'clock": the stop or apostrophe belongs to the word.
fn stays_whole(word: &str) -> bool {
    if word.eq_ignore_ascii_case("o'clock") || word == "o’clock" {
        return true;
    }
    let Some(stem) = word.strip_suffix('.') else { return false };
    if stem.is_empty()
        || !stem.chars().all(|c| c.is_alphabetic() || c == '.')
        || stem.ends_with('.')
    {
        return false;
    }
    let letters = stem.split('.').all(|p| p.chars().count() == 1);
    (letters && (stem.contains('.') || stem.starts_with(char::is_uppercase)))
        || (is_abbreviation(stem)
            && !matches!(
                stem,
                "no" | "No"
                    | "art"
                    | "Art"
                    | "am"
                    | "pm"
                    | "in"
                    | "mi"
                    | "cm"
                    | "km"
                    | "mm"
                    | "kg"
                    | "sq"
                    | "al"
                    | "Mass"
                    | "Wash"
                    | "Miss"
                    | "La"
                    | "ch"
                    | "fig"
                    | "p"
                    | "v"
                    | "c"
            ))
}

fn prefix(word: &str) -> usize {
    let mut chars = word.chars();
    let Some(c) = chars.next() else { return 0 };
    let next = chars.next();
    if word.starts_with("..") {
        return word.len() - word.trim_start_matches('.').len();
    }
    if word.starts_with("--") {
        return word.len() - word.trim_start_matches('-').len();
    }
    if word.len() > c.len_utf8() && is_currency(c) {
        return c.len_utf8();
    }
    // "US$5": the currency sign goes with its letters.
    if let Some(i) = word.find(is_currency) {
        let head = &word[..i];
        if i > 0 && i <= 3 && head.chars().all(|c| c.is_ascii_uppercase()) {
            return i + word[i..].chars().next().map_or(0, char::len_utf8);
        }
    }
    if is_prefix(c, next) && word.len() > c.len_utf8() { c.len_utf8() } else { 0 }
}

const UNITS: [&str; 32] = [
    "km²", "km³", "km/h", "kmh", "mph", "km", "m²", "m³", "cm", "mm", "kg", "mg", "ft", "lbs",
    "lb", "MB", "GB", "TB", "KB", "kW", "MW", "GW", "ha", "am", "pm", "a.m.", "p.m.", "m", "g",
    "K", "M", "G",
];

fn suffix(word: &str) -> usize {
    let Some(c) = word.chars().next_back() else { return 0 };
    let n = c.len_utf8();
    if word.len() == n {
        return 0;
    }
    for end in ["'s", "'S", "’s", "’S"] {
        if word.ends_with(end) && word.len() > end.len() {
            return end.len();
        }
    }
    let before = &word[..word.len() - n];
    let prev = before.chars().next_back().unwrap_or(' ');
    if c == '.' {
        let dots = word.len() - word.trim_end_matches('.').len();
        if dots > 1 {
            return if dots < word.len() { dots } else { 0 };
        }
        let two_capitals = prev.is_uppercase()
            && before
                .chars()
                .rev()
                .nth(1)
                .is_some_and(|p| p.is_uppercase() || p.is_lowercase() || p.is_ascii_digit());
        let stop = prev.is_lowercase()
            || prev.is_ascii_digit()
            || two_capitals
            || is_listed(prev)
            || is_quote(prev)
            || matches!(prev, '%' | '+' | '-' | '²')
            || !prev.is_ascii() && prev.is_alphabetic();
        return usize::from(stop);
    }
    if is_quote(c) || is_listed(c) || matches!(c, '—' | '–') {
        return n;
    }
    if c == '-' && word.ends_with("--") {
        return word.len() - word.trim_end_matches('-').len();
    }
    let digit = |p: char| p.is_ascii_digit();
    if (is_currency(c) || matches!(c, '%' | '+')) && (digit(prev) || c == '%') {
        return n;
    }
    let number = word.starts_with(|c: char| c.is_ascii_digit());
    if number {
        for unit in UNITS {
            if let Some(stem) = word.strip_suffix(unit)
                && stem.ends_with(digit)
                && stem.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ':'))
            {
                return unit.len();
            }
        }
    }
    0
}

/// Cuts inside a word: hyphens and dashes between letters, stops between sentences, ellipses,
/// slashes before letters, signs between digits.
fn infixes(text: &str, a: usize, b: usize, out: &mut Vec<Span>) {
    let word = &text[a..b];
    let mut start = 0;
    let mut at = 0;
    while at < word.len() {
        let Some(c) = word[at..].chars().next() else { break };
        let n = infix_len(word, at, c);
        if n > 0 && at > start {
            out.push(Span::new(a + start, a + at));
            out.push(Span::new(a + at, a + at + n));
            start = at + n;
            at = start;
        } else {
            at += c.len_utf8();
        }
    }
    if start < word.len() {
        out.push(Span::new(a + start, b));
    }
}

fn infix_len(word: &str, at: usize, c: char) -> usize {
    if c.is_alphanumeric() {
        return 0;
    }
    let prev = word[..at].chars().next_back().unwrap_or(' ');
    let rest = &word[at..];
    let dashes = rest.len() - rest.trim_start_matches(c).len();
    let next_after = |n: usize| rest[n..].chars().next().unwrap_or(' ');
    let next = next_after(c.len_utf8());
    match c {
        '-' | '–' | '—' | '~' => {
            let next = next_after(dashes);
            let letters = prev.is_alphabetic() && next.is_alphabetic();
            let digits = prev.is_ascii_digit() && next.is_ascii_digit();
            // Dashes part words whatever stands beside them; hyphens only letters or digits.
            let dash = matches!(c, '–' | '—') || dashes > 1;
            if letters || digits || dash { dashes } else { 0 }
        }
        '.' if dashes > 1 => dashes,
        '…' => dashes,
        '.' => usize::from(
            (prev.is_lowercase() || is_quote(prev)) && (next.is_uppercase() || is_quote(next)),
        ),
        ',' => usize::from(prev.is_alphabetic() && next.is_alphabetic()),
        ':' | '<' | '>' | '=' | '/' => usize::from(prev.is_alphanumeric() && next.is_alphabetic()),
        '+' | '*' | '^' => usize::from(prev.is_ascii_digit() && next.is_ascii_digit()),
        '(' | ')' | '[' | ']' | '"' | '“' | '”' | ';' | '!' | '?' => c.len_utf8(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut spans = Vec::new();
        tokenize(text, Span::new(0, text.len()), &mut spans);
        let words: Vec<&str> = spans.iter().map(|s| s.of(text)).collect();
        assert_eq!(words.join(" "), expected);
    }

    #[test]
    fn words_are_cut_as_the_treebank_cuts_them() {
        check("Lenora's aides don't know.", "Lenora 's aides do n't know .");
        check("the anti-terrorism unit’s “plan”", "the anti - terrorism unit ’s “ plan ”");
        check("It cost $3.5m (about 40%).", "It cost $ 3.5 m ( about 40 % ) .");
        check("Gen. J. Orlo of the U.S. left at 5pm.", "Gen. J. Orlo of the U.S. left at 5 pm .");
        check("a five-year-old S-300, 2005-2017", "a five - year - old S-300 , 2005 - 2017");
        check("We'll go—they cannot stay…", "We 'll go — they can not stay …");
        check("See www.example.org/a-b, or a@b.org.", "See www.example.org/a-b , or a@b.org .");
        check("both countries' leaders", "both countries ' leaders");
        check("US$5 and/or 10,000 men", "US$ 5 and / or 10,000 men");
        check("over the war.The end", "over the war . The end");
    }
}
