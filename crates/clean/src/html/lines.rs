//! Single lines that are no part of an article, known by their words.

use super::overlap::folded;
use crate::word_lists::List;
use regex::RegexSet;
use std::sync::LazyLock;

static CUES: &str = include_str!("../../../../data/clean_page_cues.tsv");
static LABELS: &str = include_str!("../../../../data/clean_labels.tsv");

static CUE_LIST: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| CUES.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect());

static LABEL_SET: LazyLock<RegexSet> = LazyLock::new(|| {
    let rows = LABELS.lines().filter(|l| !l.starts_with('#'));
    let patterns = rows.filter_map(|l| l.split('\t').nth(2)).map(|p| format!("^(?:{p})$"));
    // A pattern that does not compile fails the test below; at run time it is left out.
    RegexSet::new(patterns.filter(|p| regex::Regex::new(p).is_ok()))
        .unwrap_or_else(|_| RegexSet::empty())
});

/// Whether a short line is a label of the page: a control, a notice, an offer.
pub(super) fn is_label(text: &str) -> bool {
    const LONGEST: usize = 120;
    if text.len() > LONGEST {
        return false;
    }
    let line: String = text
        .chars()
        .map(|c| match c {
            '\u{2018}' | '\u{2019}' => '\'',
            '\u{201c}' | '\u{201d}' => '"',
            '\u{2013}' | '\u{2014}' => '-',
            '\u{a0}' => ' ',
            c => c,
        })
        .flat_map(char::to_lowercase)
        .collect();
    LABEL_SET.is_match(line.trim())
}

/// Whether a line points to another article: it begins with a cue and is short or mostly link.
pub(super) fn is_pointer(text: &str, linked: usize) -> bool {
    const SHORT: usize = 40;
    let start: String = text
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .chars()
        .take(40)
        .flat_map(char::to_lowercase)
        .collect();
    let cued = CUE_LIST.iter().any(|cue| {
        start.strip_prefix(cue).is_some_and(|rest| {
            cue.ends_with(':') || !rest.starts_with(|c: char| c.is_alphanumeric() && c.is_ascii())
        })
    });
    cued && (text.len() <= SHORT || 2 * linked >= text.len())
}

/// Whether a line ends as a caption does, with who took the picture: "…in spring. Photo by A. Holt".
pub(super) fn ends_with_credit(text: &str) -> bool {
    const NAME: usize = 48;
    let credit = List::Credit.words().iter().filter_map(|words| {
        // A name further from the end is too long: only the end is searched.
        let from = text.ceil_char_boundary(text.len().saturating_sub(NAME + words.len() + 1));
        let end = &text[from..];
        let named = |at: &usize| end[at + words.len()..].starts_with(' ');
        let at = end.rmatch_indices(words).map(|(at, _)| at).find(named)?;
        Some(from + at + words.len() + 1)
    });
    let credit = credit.max();
    credit.is_some_and(|at| {
        let name = &text[at..];
        let words = name.split_whitespace().count();
        name.len() <= NAME && (1..=5).contains(&words) && name.starts_with(char::is_uppercase)
    })
}

/// Whether a line is made of authors' names and at most two words more.
pub(super) fn is_byline(text: &str, authors: &[String]) -> bool {
    const LONGEST: usize = 160;
    if text.len() > LONGEST || authors.is_empty() {
        return false;
    }
    let mut left = folded(text);
    let mut found = false;
    for author in authors.iter().map(|a| folded(a)).filter(|a| a.chars().count() >= 4) {
        if let Some(at) = left.find(&author) {
            left.replace_range(at..at + author.len(), "");
            found = true;
        }
    }
    found && left.chars().count() <= 14
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_and_what_only_looks_like_them() {
        let cases = [
            ("Read more", 0, true),
            ("Les også: Ferja er innstilt i hele morgen på grunn av vind", 45, true),
            ("Read more than one book a week, the teacher told them on Monday.", 0, false),
            ("Subscribers to the scheme were told on Monday that it had ended.", 0, false),
        ];
        for (text, linked, pointer) in cases {
            assert_eq!(is_pointer(text, linked), pointer, "{text}");
        }
    }

    #[test]
    fn bylines_are_names_and_little_else() {
        let authors = ["Mara Lindqvist".to_owned(), "Teo Brandt".to_owned()];
        assert!(is_byline("By Mara Lindqvist and Teo Brandt", &authors));
        assert!(!is_byline("Mara Lindqvist was elected mayor of the town on Sunday", &authors));
        assert!(!is_byline("The bridge", &authors));
    }

    #[test]
    fn credits_end_captions() {
        for (line, want) in [
            ("The ferry leaves the quay. Photo by A. Holt", true),
            ("The ferry leaves the quay (Photo: Quay Post)", true),
            ("He had his Photo by the bed when the flood came and took everything away.", false),
            ("The ferry leaves the quay.", false),
        ] {
            assert_eq!(ends_with_credit(line), want, "{line}");
        }
    }
}
