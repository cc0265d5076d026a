//! Dictionary forms by rule: exceptions, then suffix rules checked against a word list.

use super::characters::CharacterSet;
use super::weights::LemmaSpec;
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// One part of speech's tables.
#[derive(Debug, Default)]
struct Table {
    /// Ending and what takes its place.
    rules: Vec<(String, String)>,
    exceptions: FxHashMap<String, Vec<String>>,
    /// Sorted words, one a line, and where each begins.
    words: String,
    starts: Vec<u32>,
}

/// The lemmatizer.
#[derive(Debug)]
pub(crate) struct Lemmatizer {
    tables: BTreeMap<String, Table>,
}

impl Lemmatizer {
    pub(crate) fn new(spec: LemmaSpec) -> Lemmatizer {
        let mut tables: BTreeMap<String, Table> = BTreeMap::new();
        for (part, rules) in spec.rules {
            tables.entry(part).or_default().rules = rules;
        }
        for (part, exceptions) in spec.exceptions {
            tables.entry(part).or_default().exceptions = exceptions;
        }
        for (part, words) in spec.index {
            let table = tables.entry(part).or_default();
            let line_breaks = words.match_indices('\n').map(|(at, _)| at as u32 + 1);
            table.starts = std::iter::once(0).chain(line_breaks).collect();
            table.words = words;
        }
        Lemmatizer { tables }
    }

    /// The dictionary form of `word` as `part` of speech (lower case, "" if unknown); `is_base`
    /// says that its inflection is already that of the dictionary.
    pub(crate) fn lemma(
        &self,
        word: &str,
        part: &str,
        is_base: bool,
        letters: &CharacterSet,
    ) -> CompactString {
        let lower = || CompactString::from(word.to_lowercase());
        if is_base || matches!(part, "" | "eol" | "space") {
            return lower();
        }
        match self.tables.get(part) {
            Some(table) => table.lemma(&lower(), word, letters),
            None if part == "propn" => CompactString::from(word),
            None => lower(),
        }
    }
}

impl Table {
    fn lemma(&self, lower: &str, word: &str, letters: &CharacterSet) -> CompactString {
        let (mut forms, mut unknown): (Vec<CompactString>, Option<CompactString>) = (vec![], None);
        for (old, new) in &self.rules {
            let Some(stem) = lower.strip_suffix(old.as_str()) else { continue };
            let form = CompactString::from(stem) + new;
            if form.is_empty() {
                continue;
            }
            if self.knows(&form) {
                forms.insert(0, form);
            } else if !form.chars().all(|c| letters.contains(c)) {
                forms.push(form);
            } else {
                unknown.get_or_insert(form);
            }
        }
        for exception in self.exceptions.get(lower).into_iter().flatten() {
            if !forms.iter().any(|f| f == exception) {
                forms.insert(0, exception.into());
            }
        }
        forms.into_iter().next().or(unknown).unwrap_or_else(|| word.into())
    }

    /// Whether `form` is in the word list.
    fn knows(&self, form: &str) -> bool {
        let word = |start: u32| {
            let rest = &self.words[start as usize..];
            rest.split_once('\n').map_or(rest, |(word, _)| word)
        };
        self.starts.binary_search_by(|&start| word(start).cmp(form)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_exceptions_and_unknown_words() {
        let rules = [("s", ""), ("ies", "y"), ("ing", "e"), ("ing", "")];
        let spec = LemmaSpec {
            rules: [("verb".to_owned(), rules.map(|(a, b)| (a.to_owned(), b.to_owned())).to_vec())]
                .into(),
            exceptions: [(
                "verb".to_owned(),
                [("went".to_owned(), vec!["go".to_owned()])].into_iter().collect(),
            )]
            .into(),
            index: [("verb".to_owned(), "carry\ngo\nmake\nmeet".to_owned())].into(),
        };
        let lemmatizer = Lemmatizer::new(spec);
        let letters = CharacterSet::new(&[65, 90, 97, 122]);
        for (word, part, is_base, lemma) in [
            ("Carries", "verb", false, "carry"),
            ("making", "verb", false, "make"),
            ("meeting", "verb", false, "meet"),
            ("Went", "verb", false, "go"),
            ("Meets", "verb", true, "meets"),
            ("zorbing", "verb", false, "zorbe"),
            ("Zorb", "verb", false, "Zorb"),
            ("Damascus", "propn", false, "Damascus"),
            ("The", "det", false, "the"),
            ("\n", "space", false, "\n"),
        ] {
            assert_eq!(lemmatizer.lemma(word, part, is_base, &letters), lemma, "{word}/{part}");
        }
    }
}
