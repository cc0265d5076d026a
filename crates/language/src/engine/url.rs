//! URLs, which stay whole.
//!
//! The language of spaCy's `URL_PATTERN` (after D. Perini, gist 729294, MIT), read in linear time:
//! an optional scheme and user, an IPv4 address or a domain name, an optional port and path.

use super::characters::Characters;

/// Most characters of a domain label before its last, and of a top-level domain.
const LABEL: usize = 63;

/// Whether the whole of `chunk` is a URL.
pub(crate) fn is_url(chunk: &[char], sets: &Characters) -> bool {
    // Every form has a full stop inside the host.
    if !chunk.contains(&'.') {
        return false;
    }
    let after_user = chunk.iter().enumerate().skip(1).filter(|&(_, &c)| c == '@');
    let hosts = [Some(0), after_scheme(chunk, sets)].into_iter().flatten();
    hosts
        .chain(after_user.map(|(at, _)| at + 1))
        .any(|at| is_address(&chunk[at..], sets) || is_domain(&chunk[at..], sets))
}

/// Where the host begins after `scheme://`.
fn after_scheme(chunk: &[char], sets: &Characters) -> Option<usize> {
    let in_scheme = |c: char| sets.word.contains(c) || matches!(c, '+' | '-' | '.');
    let length = chunk.iter().take_while(|&&c| in_scheme(c)).count();
    (length >= 2 && chunk[length..].starts_with(&[':', '/', '/'])).then_some(length + 3)
}

/// A domain name, then port and path.
fn is_domain(rest: &[char], sets: &Characters) -> bool {
    let mut at = 0;
    loop {
        let label = rest[at..].iter().take_while(|&&c| is_label(c) || c == '_' || c == '-').count();
        let ends_well = |i: usize| is_label(rest[at + i]);
        let fits = (1..=LABEL + 1).contains(&label) && ends_well(0) && ends_well(label - 1);
        if !fits || rest.get(at + label) != Some(&'.') {
            return false;
        }
        at += label + 1;
        let top = rest[at..].iter().take_while(|&&c| sets.alpha_lower.contains(c)).count();
        if (2..=LABEL).contains(&top) && is_tail(&rest[at + top..], sets) {
            return true;
        }
    }
}

/// A character of a domain label, not counting `-` and `_`.
fn is_label(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c)
}

/// An IPv4 address outside the private and local networks, then port and path.
fn is_address(rest: &[char], sets: &Characters) -> bool {
    let mut parts = [0u32; 4];
    let mut at = 0;
    for (i, part) in parts.iter_mut().enumerate() {
        if i > 0 {
            if rest.get(at) != Some(&'.') {
                return false;
            }
            at += 1;
        }
        let digits = rest[at..].iter().take_while(|c| c.is_ascii_digit()).count();
        // The first and the last number have no leading zeros; those between may have one of two.
        let leading = (i == 0 || i == 3 || digits == 3) && rest.get(at) == Some(&'0');
        if !(1..=3).contains(&digits) || leading {
            return false;
        }
        let number = rest[at..at + digits].iter();
        *part = number.fold(0, |n, c| n * 10 + c.to_digit(10).unwrap_or(0));
        at += digits;
    }
    let [a, b, c, d] = parts;
    let fits = (1..=223).contains(&a) && b <= 255 && c <= 255 && (1..=254).contains(&d);
    let local = a == 10 || a == 127 || matches!((a, b), (169, 254) | (192, 168) | (172, 16..=31));
    fits && !local && is_tail(&rest[at..], sets)
}

/// An optional port and path, then the end.
fn is_tail(rest: &[char], sets: &Characters) -> bool {
    let digits = |rest: &[char]| rest.iter().take_while(|&&c| sets.decimal.contains(c)).count();
    let rest = match rest.split_first() {
        Some((':', after)) if (2..=5).contains(&digits(after)) => &after[digits(after)..],
        _ => rest,
    };
    matches!(rest.first(), None | Some('/' | '?' | '#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls() {
        let sets = Characters::sample();
        for (chunk, expected) in [
            ("https://example.org/a?b=1", true),
            ("example.co.uk", true),
            ("www.example.com:8080/x", true),
            ("ftp://user:word@example.org", true),
            ("press@example.org", true),
            ("8.8.8.8", true),
            ("8.8.8.8:53/x", true),
            ("bücher.example", true),
            ("10.0.0.1", false),
            ("192.168.1.1", false),
            ("172.20.1.1", false),
            ("256.1.1.1", false),
            ("8.8.8.08", false),
            ("3.50", false),
            ("end.Next", false),
            ("U.N", false),
            ("a.b", false),
            ("-dash.org", false),
            ("example.org:1", false),
            ("example", false),
            (".", false),
            ("", false),
        ] {
            let chars: Vec<char> = chunk.chars().collect();
            assert_eq!(is_url(&chars, &sets), expected, "{chunk}");
        }
    }
}
