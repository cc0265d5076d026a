//! The lines of the lexicon that hold given words, for people who look them up.

use variorum_model::{EventType, LexiconEntry};

const TABLES: [(&str, &str, usize); 2] = [
    ("data/events_verbs.tsv", include_str!("../../../../data/events_verbs.tsv"), 5),
    ("data/events_nouns.tsv", include_str!("../../../../data/events_nouns.tsv"), 1),
];
/// Lines that are shown at the most.
const MOST: usize = 4;

/// The lines that hold one of the words and are of the category, those of the code first.
pub(crate) fn entries(words: &[&str], kind: EventType, cameo: &str) -> Vec<LexiconEntry> {
    let mut found: Vec<(bool, LexiconEntry)> = Vec::new();
    for (table, text, category) in TABLES {
        for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let of_kind = cells.get(category).is_some_and(|c| *c == kind.name());
            let holds = cells[0].split('|').any(|entry| words.contains(&entry));
            if of_kind && holds {
                let code = cells.get(category + 2).map(|c| c.trim_end_matches('*'));
                found.push((code != Some(cameo), LexiconEntry { table, line: n + 1, text: line }));
            }
        }
    }
    found.sort_by_key(|(other, entry)| (*other, entry.table, entry.line));
    found.into_iter().take(MOST).map(|(_, entry)| entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_lines_of_the_tables() {
        let found = entries(&["meet"], EventType::Consult, "040");
        let first = found.first().expect("an entry");
        assert!(first.text.split('\t').next().is_some_and(|c| c.split('|').any(|w| w == "meet")));
        let (_, text, _) = TABLES[0];
        assert_eq!(text.lines().nth(first.line - 1), Some(first.text));
        assert!(entries(&["nonesuch"], EventType::Consult, "040").is_empty());
        assert!(entries(&["meet"], EventType::Assault, "190").is_empty());
    }
}
