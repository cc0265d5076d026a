//! Debris glued to the first paragraph: the headline again, a date, an agency, an author.

use super::labels;
use crate::dateline::is_agency;
use crate::published::{self, StatedDate};
use crate::{byline, outlet, shape};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A part peeled off the head of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Peeled {
    /// `duplicate_title`, `date_line`, `agency_credit` or `byline`.
    pub kind: &'static str,
    /// Where it stands in the paragraph, in bytes.
    pub range: Range<usize>,
    /// The date, for a date line.
    pub date: Option<StatedDate>,
}

/// Whether `paragraph` begins with `headline`, a date or an agency before it aside.
pub(super) fn repeats_headline(paragraph: &str, headline: &str) -> bool {
    head(paragraph, headline).0.iter().any(|p| p.kind == "duplicate_title")
}

/// What is glued to the head of `paragraph`, in order, and where the running text begins.
pub(super) fn head(paragraph: &str, headline: &str) -> (Vec<Peeled>, usize) {
    let mut out: Vec<Peeled> = Vec::new();
    let mut at = 0;
    // The headline, a date, an author, an agency: each at most once or twice.
    for _ in 0..6 {
        let rest = &paragraph[at..];
        let peeled = if let Some(n) = headline_length(rest, headline) {
            Some(("duplicate_title", n, None))
        } else if let Some((n, date)) = date(rest) {
            Some(("date_line", n, Some(date)))
        } else if !out.is_empty() {
            let agency = agency(rest).or_else(|| agency_before_date(rest));
            agency
                .map(|n| ("agency_credit", n, None))
                .or_else(|| controls(rest).map(|(kind, n)| (kind, n, None)))
                .or_else(|| {
                    let dated = out.last().is_some_and(|p| p.kind == "date_line");
                    dated.then(|| author(rest)).flatten().map(|n| ("byline", n, None))
                })
        } else {
            agency_before_date(rest).map(|n| ("agency_credit", n, None))
        };
        let Some((kind, length, date)) = peeled else { break };
        let (start, end) = shape::trim(paragraph, at, at + length);
        out.push(Peeled { kind, range: start..end, date });
        at += length;
        at += paragraph[at..].len() - paragraph[at..].trim_start_matches(shape::is_blank).len();
    }
    // Something must be left, and it must begin as a sentence does.
    let begins = paragraph[at..].starts_with(|c: char| {
        c.is_uppercase()
            || c.is_numeric()
            || matches!(c, '"' | '“' | '‘' | '\'' | '«' | '(')
            || !c.is_lowercase() && c.is_alphabetic()
    });
    if begins { (out, at) } else { (Vec::new(), 0) }
}

/// Length of the headline at the head of `text`, a full stop after it included.
fn headline_length(text: &str, headline: &str) -> Option<usize> {
    if shape::words(headline, 3) < 3 {
        return None;
    }
    let mut want =
        headline.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).peekable();
    let mut end = 0;
    for (i, c) in text.char_indices() {
        if want.peek().is_none() {
            break;
        }
        end = i + c.len_utf8();
        if !c.is_alphanumeric() {
            continue;
        }
        for lower in c.to_lowercase() {
            if want.next() != Some(lower) {
                return None;
            }
        }
    }
    if want.peek().is_some() {
        return None;
    }
    let after = &text[end..];
    let stops = after.len()
        - after
            .trim_start_matches(|c: char| {
                shape::is_blank(c) || matches!(c, '.' | '-' | '–' | '—' | '|' | ':')
            })
            .len();
    let boundary = stops > 0 || after.is_empty();
    // "Port reopens after storm, says mayor": the lead goes on, it does not begin anew.
    boundary.then_some(end + stops)
}

/// Length of a full date at the head of `text`, with the words that label it.
fn date(text: &str) -> Option<(usize, StatedDate)> {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?i:(?:date of publication|first published|published|posted|last updated|updated|issued)(?: on| at)?:?\s+)?")
            .expect("well formed")
    });
    static CHANGED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\s*\((?i:updated|modified):?\s[0-9:. /-]+\)").expect("well formed")
    });
    static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\s*(?i:(?:at\s|[-|,]\s?)?(?:\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]m)?(?:\s(?:gmt|utc))?|(?:at\s)\d{4})\b)").expect("well formed")
    });
    let mut cut = text.len().min(120);
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    let reach = &text[..cut];
    let label = LABEL.find(reach)?.end();
    let found = published::find(&reach[label..])?;
    if found.range.start != 0 {
        return None;
    }
    let mut end = label + found.range.end;
    end += CLOCK.find(&reach[end..]).map_or(0, |m| m.end());
    end += CHANGED.find(&reach[end..]).map_or(0, |m| m.end());
    let after = reach[end..].strip_prefix('.').unwrap_or(&reach[end..]);
    let next = after
        .trim_start_matches(|c: char| shape::is_blank(c) || matches!(c, '|' | '-' | '–' | '—'));
    // "12 March 2014 was a quiet day", "12 March 2014, a Wednesday": the date is part of a sentence.
    let anew = next.starts_with(|c: char| {
        c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '‘')
    }) || next.starts_with("by ");
    // A figure may run straight into a capital; into other figures it may not.
    let parted = after.len() > next.len() || next.starts_with(|c: char| c.is_uppercase());
    (anew && parted).then(|| (reach.len() - next.len(), found))
}

/// Length of an agency's name in capitals that stands alone before the text.
fn agency(text: &str) -> Option<usize> {
    let name = text.split(shape::is_blank).next()?;
    let bare = name.trim_matches(['(', ')', '-', '.', ',']);
    let capitals = bare.len() >= 2 && bare.chars().all(|c| c.is_uppercase());
    let next = text[name.len()..].trim_start_matches(shape::is_blank);
    (capitals && is_agency(bare) && next.starts_with(char::is_uppercase)).then_some(name.len())
}

/// Length of an agency's name, however written, that stands before a date.
fn agency_before_date(text: &str) -> Option<usize> {
    let length = text.find(shape::is_blank)?;
    let bare = text[..length].trim_matches(['(', ')', '-', '.', ',']);
    let dated = date(text[length..].trim_start_matches(shape::is_blank)).is_some();
    (is_agency(bare) && dated).then_some(length)
}

/// Labels of page controls run into the text ("Print Tweet Views 1662"): two words at least that
/// the table of labels knows together, with a capital after them.
fn controls(text: &str) -> Option<(&'static str, usize)> {
    let ends: Vec<usize> =
        text.char_indices().filter(|(_, c)| shape::is_blank(*c)).map(|(i, _)| i).take(8).collect();
    ends.iter().skip(1).rev().find_map(|&end| {
        let (kind, _) = labels::find(&text[..end])?;
        let next = text[end..].trim_start_matches(shape::is_blank);
        let anew = next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        (anew && matches!(kind, "share" | "comments" | "navigation")).then_some((kind, end))
    })
}

/// What is glued to the end of `paragraph`, the last of a text, after its last sentence: labels of
/// the page, initials with a number, an author's name.
pub(super) fn end(paragraph: &str) -> Option<(&'static str, Range<usize>)> {
    static SIGNED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:[A-Z]{2,4}\s)?[0-9]{1,4}$|^[A-Z]{2,4}/[0-9]{3,}$").expect("well formed")
    });
    let mut from = paragraph.len().saturating_sub(120);
    while !paragraph.is_char_boundary(from) {
        from += 1;
    }
    let reach = &paragraph[from..];
    let stop = reach.char_indices().rev().find(|(i, c)| {
        matches!(c, '.' | '!' | '?' | '"' | '”' | ')')
            && reach[i + c.len_utf8()..].starts_with(shape::is_blank)
    })?;
    // "Gen.", "Mr.", "St.": no sentence ends there.
    let word = reach[..stop.0].rsplit(shape::is_blank).next().unwrap_or("");
    if stop.1 == '.' && word.chars().count() <= 4 && word.starts_with(char::is_uppercase) {
        return None;
    }
    let begin = from + stop.0 + stop.1.len_utf8();
    let (start, end) = shape::trim(paragraph, begin, paragraph.len());
    let last = &paragraph[start..end];
    if !shape::ends_sentence(&paragraph[..begin]) || last.is_empty() || shape::words(last, 9) > 8 {
        return None;
    }
    let kind = if SIGNED.is_match(last) {
        "identifier"
    } else if let Some((kind, _)) = labels::find(last) {
        kind
    } else if byline::bare(last).is_some() && outlet::mentioned(last).is_none() {
        "byline"
    } else {
        return None;
    };
    Some((kind, start..end))
}

/// "by Anna Holt" between a date and the text: two capitalised words.
fn author(text: &str) -> Option<usize> {
    static AUTHOR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[Bb]y\s[\p{Lu}][\p{L}'’.-]+\s(?:al-|Al-)?[\p{Lu}][\p{L}'’.-]+")
            .expect("well formed")
    });
    AUTHOR.find(text).map(|m| m.end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(paragraph: &str, headline: &str) -> (Vec<(&'static str, String)>, String) {
        let (peeled, at) = head(paragraph, headline);
        let parts =
            peeled.iter().map(|p| (p.kind, paragraph[p.range.clone()].to_owned())).collect();
        (parts, paragraph[at..].to_owned())
    }

    #[test]
    fn glued_heads() {
        let title = "Port reopens after storm";
        for (text, parts, rest) in [
            (
                "Wed 12 Mar 2014 Port reopens after storm. Ships came back.",
                vec![
                    ("date_line", "Wed 12 Mar 2014"),
                    ("duplicate_title", "Port reopens after storm."),
                ],
                "Ships came back.",
            ),
            (
                "Port reopens after storm AFP Wednesday 12 Mar 2014 Ships came back.",
                vec![
                    ("duplicate_title", "Port reopens after storm"),
                    ("agency_credit", "AFP"),
                    ("date_line", "Wednesday 12 Mar 2014"),
                ],
                "Ships came back.",
            ),
            (
                "Published March 12 2014 Ships came back.",
                vec![("date_line", "Published March 12 2014")],
                "Ships came back.",
            ),
            (
                "Posted on March 12 2014 by Anna Holt Ships came back.",
                vec![("date_line", "Posted on March 12 2014"), ("byline", "by Anna Holt")],
                "Ships came back.",
            ),
            (
                "12.03.2014Get short URL 0 15 The port opened.",
                vec![("date_line", "12.03.2014"), ("share", "Get short URL 0 15")],
                "The port opened.",
            ),
            (
                "Port reopens after storm Reuters Wednesday 12 Mar 2014 Print Tweet Views 1662 Ships came back.",
                vec![
                    ("duplicate_title", "Port reopens after storm"),
                    ("agency_credit", "Reuters"),
                    ("date_line", "Wednesday 12 Mar 2014"),
                    ("share", "Print Tweet"),
                    ("comments", "Views 1662"),
                ],
                "Ships came back.",
            ),
            ("12.03.2014 Ships came back.", vec![("date_line", "12.03.2014")], "Ships came back."),
        ] {
            let expected: Vec<_> = parts.into_iter().map(|(k, t)| (k, t.to_owned())).collect();
            assert_eq!(cut(text, title), (expected, rest.to_owned()), "{text}");
        }
    }

    #[test]
    fn glued_ends() {
        for (text, expected) in [
            ("The port opened. Read Also", Some(("related", "Read Also"))),
            ("The port opened. AB 11", Some(("identifier", "AB 11"))),
            ("He said “yes.” 219", Some(("identifier", "219"))),
            ("The port opened. Anna Holt", Some(("byline", "Anna Holt"))),
            (
                "The port opened. Anna al-Holt / Karl Lund",
                Some(("byline", "Anna al-Holt / Karl Lund")),
            ),
            ("The port opened in May 2011", None),
            ("The port opened. Ships came back.", None),
            ("The port opened. Ships came back to Aden", None),
            ("It was run by Gen. Anna Holt", None),
            ("", None),
        ] {
            assert_eq!(end(text).map(|(k, r)| (k, &text[r])), expected, "{text}");
        }
    }

    #[test]
    fn leads_that_only_begin_alike() {
        for text in [
            "On 12 March 2014 the port reopened.",
            "12 March 2014 was a quiet day.",
            "12 March 2014, a Wednesday, was quiet.",
            "Port reopens after storms and floods.",
            "Port reopens after storm, says the mayor.",
            "AFP reported the loss.",
            "2014 was a quiet year.",
        ] {
            assert_eq!(cut(text, "Port reopens after storm").1, text);
        }
    }
}
