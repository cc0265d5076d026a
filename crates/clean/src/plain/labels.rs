//! Lines that are no part of an article, by the table of labels.

use crate::{shape, table};
use regex::bytes::{RegexSet, RegexSetBuilder};
use std::sync::LazyLock;

/// Where a line of the table may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// Anywhere.
    Any,
    /// Before the lead or after the last paragraph.
    Edge,
}

/// The longest line that is compared with the table, in bytes.
const LONGEST: usize = 400;

struct Labels {
    set: RegexSet,
    kinds: Vec<(&'static str, Zone)>,
}

static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    let rows: Vec<_> = rows().collect();
    let set = RegexSetBuilder::new(rows.iter().map(|row| whole_line(row[2])))
        .size_limit(64 << 20)
        .dfa_size_limit(64 << 20)
        .build()
        .expect("the patterns of the table are well formed");
    let zone = |cell: &str| if cell == "any" { Zone::Any } else { Zone::Edge };
    Labels { set, kinds: rows.iter().map(|row| (row[0], zone(row[1]))).collect() }
});

/// The pattern for a whole line, for bytes: what stands for any character stands for any byte, and
/// digits, letters and word bounds are ASCII's. That makes the automaton a tenth of the size.
fn whole_line(pattern: &str) -> String {
    let mut out = String::from("^(?:");
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '[' => class_length(rest),
            _ => c.len_utf8(),
        };
        let (token, tail) = rest.split_at(length);
        let bytewise = match c {
            '\\' => matches!(token, r"\d" | r"\b" | r"\w" | r"\S"),
            '[' => token.is_ascii() && !token.contains(r"\p"),
            _ => c == '.',
        };
        if bytewise {
            out.push_str("(?-u:");
            out.push_str(token);
            out.push(')');
        } else {
            out.push_str(token);
        }
        rest = tail;
    }
    out.push_str(")$");
    out
}

/// Length of the character class that `pattern` begins with; an escaped bracket does not end it.
fn class_length(pattern: &str) -> usize {
    let mut escaped = false;
    for (i, c) in pattern.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => return i + 1,
            _ => {}
        }
    }
    pattern.len()
}

fn rows() -> impl Iterator<Item = Vec<&'static str>> {
    table::rows(include_str!("../../../../data/clean_labels.tsv"))
}

/// The kind of a line and where it must stand to be one; a line that may stand anywhere first.
pub(super) fn find(line: &str) -> Option<(&'static str, Zone)> {
    if line.len() > LONGEST {
        return None;
    }
    let key = shape::key(line);
    let hits = LABELS.set.matches(key.as_bytes());
    let kinds = || hits.iter().map(|i| LABELS.kinds[i]);
    kinds().find(|(_, zone)| *zone == Zone::Any).or_else(|| kinds().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_matches_its_example_and_spares_its_counter_example() {
        for row in rows() {
            let [kind, zone, pattern, matches, spares] = row[..] else {
                panic!("five columns: {row:?}");
            };
            assert!(matches!(zone, "any" | "edge"), "{pattern}");
            let own = regex::bytes::RegexBuilder::new(&whole_line(pattern))
                .size_limit(64 << 20)
                .build()
                .expect("well formed");
            assert!(
                own.is_match(shape::key(matches).as_bytes()),
                "{kind}: {pattern} must match {matches:?}"
            );
            assert!(
                !own.is_match(shape::key(spares).as_bytes()),
                "{kind}: {pattern} must spare {spares:?}"
            );
            assert_eq!(find(spares), None, "no pattern at all may match {spares:?}");
            assert_eq!(find(matches).map(|f| f.0), Some(kind), "{matches:?}");
        }
    }

    #[test]
    fn short_paragraphs_are_spared() {
        for line in [
            "Read more books, he said.",
            "Share the water, the mayor told them.",
            "“Share this article,” the post said.",
            "No comment.",
            "He left.",
            "Nobody was hurt.",
            "Comments were not allowed.",
            "More than 40 people died.",
            "The top of the hill is held by the army",
            "Next week the council will meet.",
            "Print it, she said.",
            "Home at last",
            "Photo shows nets on the quay.",
            "World powers met in Geneva.",
            "The menu was fish.",
        ] {
            assert_eq!(find(line), None, "{line}");
        }
    }
}
