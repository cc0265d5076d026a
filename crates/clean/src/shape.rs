//! The shape of a line: how long it is, how it ends, whether it can be a sentence.

use crate::table;
use crate::word_lists::List;
use std::collections::HashSet;
use std::sync::LazyLock;

static VERBS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    table::rows(include_str!("../../../data/clean_verbs.tsv")).map(|r| r[0]).collect()
});

static SECTIONS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    table::rows(include_str!("../../../data/clean_sections.tsv")).map(|r| r[0]).collect()
});

/// White space, no-break space and the characters that have no width.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{AD}' | '\u{202A}'..='\u{202E}')
}

/// `text[start..end]` without blanks at its ends, as a byte range.
pub(crate) fn trim(text: &str, start: usize, end: usize) -> (usize, usize) {
    let piece = &text[start..end];
    let left = piece.len() - piece.trim_start_matches(is_blank).len();
    let right = piece.trim_end_matches(is_blank).len();
    if left >= right { (start, start) } else { (start + left, start + right) }
}

/// A line made comparable: lower case, blanks collapsed, curly quotation marks and dashes made
/// plain, blanks at the ends dropped.
pub(crate) fn key(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut gap = false;
    for c in line.chars() {
        if is_blank(c) {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push(' ');
            gap = false;
        }
        match c {
            '‘' | '’' | 'ʼ' | '`' | '´' => out.push('\''),
            '“' | '”' | '„' => out.push('"'),
            '–' | '—' | '―' | '‐' | '‑' => out.push('-'),
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// A key stripped of everything but letters and digits: equal for two settings of one headline.
pub(crate) fn letters(line: &str) -> String {
    line.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Number of words, counted up to `most`.
pub(crate) fn words(line: &str, most: usize) -> usize {
    line.split(is_blank).filter(|w| w.chars().any(char::is_alphanumeric)).take(most).count()
}

/// Whether the line ends as a sentence does: a stop, a question or exclamation mark, or an
/// ellipsis, closing quotation marks and brackets aside.
pub(crate) fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(|c: char| {
        is_blank(c) || matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»' | '*')
    });
    line.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।', '۔'])
}

/// Whether the line ends with a question or exclamation mark.
pub(crate) fn ends_with_question(line: &str) -> bool {
    line.trim_end_matches(|c: char| is_blank(c) || matches!(c, '"' | '”' | '’' | '\''))
        .ends_with(['?', '!', '؟', '？', '！'])
}

/// Whether the line is set like a headline: of its words of four letters or more (three at
/// least), four in five begin with a capital.
pub(crate) fn is_title_case(line: &str) -> bool {
    let (mut long, mut capital) = (0usize, 0usize);
    for word in line.split(is_blank).take(60) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if word.chars().count() < 4 || !word.starts_with(char::is_alphabetic) {
            continue;
        }
        long += 1;
        capital += usize::from(word.starts_with(char::is_uppercase));
    }
    long >= 3 && capital * 5 >= long * 4
}

/// Whether a sentence ends inside the line: a stop followed by a blank and a capital.
/// Initials and short abbreviations ("U.S. Army", "Gen. Doe") do not count.
pub(crate) fn has_inner_stop(line: &str) -> bool {
    let mut tokens = line.split(is_blank).filter(|w| !w.is_empty()).peekable();
    while let Some(word) = tokens.next() {
        let Some(next) = tokens.peek() else { return false };
        let bare = word.trim_end_matches(['"', '”', '’', ')']);
        let Some(stem) = bare.strip_suffix(['.', '!', '?']) else { continue };
        let long_enough = stem.chars().count() > 3 && !stem.contains('.');
        let upper = next.trim_start_matches(['"', '“', '‘', '(']).starts_with(char::is_uppercase);
        if long_enough && upper {
            return true;
        }
    }
    false
}

/// Whether the line may hold a finite verb. English only; a line that is not English may come out
/// either way, so nothing is dropped on this alone.
///
/// With `strict`, a form in -ed before a preposition counts as a participle.
pub(crate) fn has_finite_verb(line: &str, strict: bool) -> bool {
    let lowered: Vec<String> = line
        .split(is_blank)
        .take(80)
        .map(|w| key(w).trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
        .filter(|w| !w.is_empty())
        .collect();
    let capital: Vec<bool> = line
        .split(is_blank)
        .take(80)
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|w| !w.is_empty())
        .map(|w| w.starts_with(char::is_uppercase))
        .collect();
    lowered.iter().enumerate().any(|(i, word)| {
        // A capital after the first word is a name ("Human Rights Watch", "Red Sea States").
        if i > 0 && capital.get(i).copied().unwrap_or(false) && !is_title_case(line) {
            return false;
        }
        if VERBS.contains(word.as_str()) {
            // "the attack", "a meeting": after a determiner or "to" the form is no finite verb.
            let before = i.checked_sub(1).map(|j| lowered[j].as_str()).unwrap_or("");
            return !matches!(before, "the" | "a" | "an" | "to" | "of" | "in" | "for" | "their");
        }
        let participle =
            strict && lowered.get(i + 1).is_some_and(|next| List::AfterParticiple.has(next));
        word.len() > 4 && word.ends_with("ed") && !word.contains('-') && !participle && i > 0
    })
}

/// Whether every word of the line names a section of a news site.
pub(crate) fn is_all_sections(line: &str) -> bool {
    let mut any = false;
    for word in key(line).split([' ', '/', '>', '|', '&', ',', '»', '›', '·']) {
        if word.is_empty() || word == "-" || word == ":" {
            continue;
        }
        if !SECTIONS.contains(word) {
            return false;
        }
        any = true;
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentence_ends() {
        for (line, expected) in [
            ("The port reopened.", true),
            ("“We will go,” she said.", true),
            ("He said “we will go.”", true),
            ("Will the port reopen?", true),
            ("The port reopened (Reuters).", true),
            ("Port reopens after storm", false),
            ("At the following addresses:", false),
            ("“We will go”", false),
        ] {
            assert_eq!(ends_sentence(line), expected, "{line}");
        }
    }

    #[test]
    fn headline_case() {
        for (line, expected) in [
            ("Port Reopens After Winter Storm", true),
            ("Port Reopens After Winter Storm.", true),
            ("Port reopens after winter storm", false),
            ("Port of Aden", false),
            ("Mayor Anna Holt met Bishop Karl Lund today over harbour fees.", false),
        ] {
            assert_eq!(is_title_case(line), expected, "{line}");
        }
    }

    #[test]
    fn finite_verbs() {
        for (line, strict, expected) in [
            ("Fishermen mending nets beside the new harbour wall", true, false),
            ("Mayor Anna Holt with Bishop Karl Lund at the quay", true, false),
            ("Families gathered at the border crossing", true, false),
            ("Families gathered at the border crossing", false, true),
            ("Port reopens after the storm passed", false, true),
            ("The mayor says fees will rise", true, true),
            ("Strike enters third week", true, true),
            ("Scene of the attack", true, false),
        ] {
            assert_eq!(has_finite_verb(line, strict), expected, "{line}");
        }
    }

    #[test]
    fn section_lines() {
        for (line, expected) in [
            ("News \u{a0} / \u{a0} Politics", true),
            ("Home > World > Middle East", true),
            ("World", true),
            ("Politics and the harbour", false),
            ("/", false),
        ] {
            assert_eq!(is_all_sections(line), expected, "{line}");
        }
    }

    #[test]
    fn inner_stops() {
        for (line, expected) in [
            ("The port reopened. Ships came back.", true),
            ("U.S. Army engineers and Gen. Holt reopen port.", false),
            ("Port reopens", false),
        ] {
            assert_eq!(has_inner_stop(line), expected, "{line}");
        }
    }

    #[test]
    fn keys_and_trimming() {
        assert_eq!(key(" Iran\u{2019}s\u{a0}  Port\u{2014}Day "), "iran's port-day");
        assert_eq!(letters("Port: “Open”!"), "portopen");
        assert_eq!(trim("\u{feff} a\u{a0}b \u{a0}", 0, 11), (4, 8));
    }
}
