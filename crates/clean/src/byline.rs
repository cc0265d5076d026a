//! Who wrote a report, and which agency it credits.

use crate::dateline::is_agency;
use crate::{outlet, shape};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What a line or the end of a paragraph says of authorship.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// Authors named, in order; empty where only an agency is credited.
    pub authors: Vec<String>,
    /// Where it stands in the text that was read, in bytes.
    pub range: Range<usize>,
}

/// The longest line that is read as a byline, in bytes.
const LONGEST: usize = 200;

static BY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?i:(?:(?:story|report|text|words|article|analysis|written|posted|published|reported|opinion)\s)?by|(?:author|writer|reporter|journalist)s?\s?:|by:)\s*:?\s*(?P<names>.+)$",
    )
    .expect("the byline pattern is well formed")
});

static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)\s(?:in|from)\s[\p{Lu}].*$ | \s?[|•·(/].*$ | ,\s.*(?:[Cc]orrespondent|[Ee]ditor|[Rr]eporter|[Ss]taff|[Ww]riter|News|Press|Times|Post|Agency|Reuters|AFP).*$ | \s[-–—]\s.*$",
    )
    .expect("the tail pattern is well formed")
});

/// Reads `line` as a byline: "By Anna Holt and Karl Lund in Beirut". The names must look like names.
pub fn line(line: &str) -> Option<Credit> {
    if line.len() > LONGEST {
        return None;
    }
    let names = BY.captures(line)?.name("names")?.as_str();
    let names = TAIL.replace(names, "");
    let authors = authors(&names)?;
    Some(Credit { authors, range: 0..line.len() })
}

/// "Anna Holt in Beirut", "Anna Holt": names alone. Only to be asked of a line that stands between
/// headline and lead, or after the last paragraph.
pub fn bare(line: &str) -> Option<Credit> {
    if line.len() > 80 || shape::ends_sentence(line) {
        return None;
    }
    let stripped = TAIL.replace(line, "");
    let authors = authors(&stripped)?;
    let full = authors.iter().all(|a| (2..=4).contains(&shape::words(a, 9)));
    full.then_some(Credit { authors, range: 0..line.len() })
}

/// Splits "Anna Holt, Karl Lund and Eva Berg"; `None` unless every part looks like a name.
fn authors(names: &str) -> Option<Vec<String>> {
    static SPLIT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\s*(?:,\s*and\s|,|;|\s/\s|/|\s&\s|\s(?i:and)\s)\s*").expect("well formed")
    });
    let mut out = Vec::new();
    for name in SPLIT.split(names.trim()) {
        let name = name.trim().trim_end_matches('.');
        if name.is_empty() {
            continue;
        }
        if !looks_like_name(name) {
            return None;
        }
        out.push(name.to_owned());
    }
    (!out.is_empty() && out.len() <= 8).then_some(out)
}

fn looks_like_name(name: &str) -> bool {
    let mut capitals = 0;
    let mut count = 0;
    for word in name.split_whitespace() {
        count += 1;
        let particle = matches!(
            word,
            "al" | "el"
                | "de"
                | "da"
                | "di"
                | "van"
                | "von"
                | "bin"
                | "bint"
                | "ibn"
                | "abu"
                | "la"
                | "le"
                | "der"
                | "du"
        ) || word.starts_with("al-")
            || word.starts_with("el-");
        let letters =
            word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
        if !letters {
            return false;
        }
        if word.starts_with(char::is_uppercase) {
            capitals += 1;
        } else if !particle {
            return false;
        }
    }
    capitals >= 1 && count <= 5
}

/// Whether the line credits an agency or those who reported and edited, and says nothing else:
/// "(AFP)", "Source: Reuters and agencies", "Reporting by Anna Holt; Editing by Karl Lund".
pub fn is_agency_credit(line: &str) -> bool {
    static WORK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?x)^[\[(\s*]*(?:(?:Additional|Further|With|Some)\s)?(?i:reporting|writing|editing|edited|translated|translation|compiled|produced|photography)\s(?:by|and\s\w+ing\sby)\s[\p{Lu}].+$
            |^[\[(*\s]*(?i:with\s(?:additional\s)?(?:inputs?|files|reporting|material|agency\sinputs?|agencies?)\b).*$
            |^[\[(*\s]*(?:The\s)?[\p{Lu}][\p{L}\s,&-]+(?:\sand\s[\p{L}\s]+)?\scontributed\sto\sthis\s(?:report|story|article)\.?[\])]?$",
        )
        .expect("the credit pattern is well formed")
    });
    line.len() <= 400 && (WORK.is_match(line) || names_agencies(line))
}

fn names_agencies(line: &str) -> bool {
    static SOURCE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?i:sources?|via|from|by|credit)\b\s?:?\s*").expect("well formed")
    });
    static PARTS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\s*(?:,|/|\+|&|;|\band\b|\bwith\b)\s*").expect("well formed")
    });
    if line.len() > 100 {
        return false;
    }
    let bare = line.trim_matches(|c: char| {
        shape::is_blank(c)
            || matches!(c, '-' | '–' | '—' | '(' | ')' | '[' | ']' | '.' | '/' | '*' | '|' | '_')
    });
    let stated = SOURCE.find(bare).map(|m| m.end());
    let names = &bare[stated.unwrap_or(0)..];
    let mut any = false;
    for part in PARTS.split(names) {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        let known = is_agency(part)
            || matches!(
                part,
                "agencies" | "Agencies" | "staff" | "wires" | "wire services" | "News agencies"
            )
            || (stated.is_some() && outlet::named(part).is_some());
        if !known {
            return false;
        }
        any = true;
    }
    any
}

/// The credit glued to the end of a paragraph ("… he said.--AFP", "… he said. (Reuters)"), as a
/// byte range from the end of the sentence on.
pub fn trailing(paragraph: &str) -> Option<Range<usize>> {
    static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"(?x)[.!?]["”’)]?(?P<credit>
               \s*[-–—]{1,2}\s?(?P<dash>[\p{Lu}][\p{L}'’.]*(?:[ /&,-]{1,2}[\p{L}]+){0,4})\.?
             | \s*[(\[](?P<paren>[^()\[\]\n]+)[)\]]\.?
             | \s+(?P<plain>[\p{Lu}]{2,9}(?:/[\p{Lu}]{2,9})?)
             | \s+(?P<source>Source:?\s[\p{Lu}][^.\n]+)
             | \s+\(?(?P<work>(?:Reporting|Additional\sreporting|Writing|Editing)\sby\s[\p{Lu}][^\n]+)
             )\s*$"#,
        )
        .expect("the trailing credit pattern is well formed")
    });
    // Only the end is looked at; long enough for a list of reporters and editors.
    let mut from = paragraph.len().saturating_sub(320);
    while !paragraph.is_char_boundary(from) {
        from += 1;
    }
    let end = &paragraph[from..];
    let found = CREDIT.captures(end)?;
    let credit = found.name("credit")?;
    let named = |name: &str| found.name(name).map(|m| m.as_str());
    let holds = named("work").is_some()
        || ["dash", "paren", "plain", "source"]
            .iter()
            .filter_map(|name| named(name))
            .any(is_agency_credit);
    if !holds {
        return None;
    }
    let lead = credit.as_str().len() - credit.as_str().trim_start().len();
    Some(from + credit.start() + lead..from + credit.end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines() {
        for (text, expected) in [
            ("By Anna Holt", Some(vec!["Anna Holt"])),
            ("BY ANNA HOLT", Some(vec!["ANNA HOLT"])),
            ("By Anna Holt and Karl Lund in Beirut", Some(vec!["Anna Holt", "Karl Lund"])),
            (
                "By Anna Holt, Karl Lund and Eva al-Berg",
                Some(vec!["Anna Holt", "Karl Lund", "Eva al-Berg"]),
            ),
            ("By Anna Holt, Harbour Times correspondent", Some(vec!["Anna Holt"])),
            ("Author: Anna Holt", Some(vec!["Anna Holt"])),
            ("By Anna Holt | Harbour Times", Some(vec!["Anna Holt"])),
            ("By the time the ships left, the port was closed", None),
            ("By Monday the port was closed", None),
            ("Byzantine rules", None),
        ] {
            let read = line(text).map(|c| c.authors);
            let expected = expected.map(|v| v.iter().map(|s| s.to_string()).collect::<Vec<_>>());
            assert_eq!(read, expected, "{text}");
        }
    }

    #[test]
    fn names_alone() {
        for (text, expected) in [
            ("Anna Holt in Beirut", true),
            ("Anna Holt / Karl Lund", true),
            ("Anna Holt", true),
            ("Harbour", false),
            ("Fishermen mend nets", false),
            ("Anna Holt spoke.", false),
        ] {
            assert_eq!(bare(text).is_some(), expected, "{text}");
        }
    }

    #[test]
    fn agency_credits() {
        for (text, expected) in [
            ("AFP", true),
            ("(AFP)", true),
            ("--Reuters", true),
            ("AFP/Reuters", true),
            ("Source: Reuters and agencies", true),
            ("Source TRTWorld and agencies", true),
            ("Reporting by Anna Holt; Editing by Karl Lund", true),
            ("(With inputs from agencies)", true),
            ("The Associated Press contributed to this report.", true),
            ("Reuters reported the loss on Monday.", false),
            ("Source: a harbour official", false),
            ("Reporting by candlelight was hard, she said.", false),
            ("SOS", false),
        ] {
            assert_eq!(is_agency_credit(text), expected, "{text}");
        }
    }

    #[test]
    fn credits_at_the_end_of_a_paragraph() {
        for (text, expected) in [
            ("The port reopened.--AFP", Some("--AFP")),
            ("The port reopened.-AFP", Some("-AFP")),
            ("The port reopened. (Reuters)", Some("(Reuters)")),
            ("The port reopened. SANA", Some("SANA")),
            ("He said “yes.” — AFP", Some("— AFP")),
            ("It closed. Source TRTWorld and agencies", Some("Source TRTWorld and agencies")),
            (
                "It closed. (Reporting by Anna Holt; Editing by Karl Lund)",
                Some("(Reporting by Anna Holt; Editing by Karl Lund)"),
            ),
            ("The port reopened, the official told AFP", None),
            ("The port reopened. SOS", None),
            ("The port reopened (Reuters).", None),
            ("He joined the force. (He left it later.)", None),
        ] {
            assert_eq!(trailing(text).map(|r| &text[r]), expected, "{text}");
        }
    }
}
