//! Where the main happening of a report is set: the countries and towns named at its top.

use crate::shingles::word_hash;
use rustc_hash::FxHashSet;
use variorum_model::{MentionKind, ReadReport};

/// Sentences from the top that tell where a report is set; the title counts as one.
const TOP: usize = 3;

/// Countries and places named at the top of a report.
#[derive(Debug, Clone, Default)]
pub(crate) struct Setting {
    countries: FxHashSet<String>,
    names: FxHashSet<String>,
}

/// The setting of one report.
pub(crate) fn setting(read: &ReadReport) -> Setting {
    let annotations = &read.annotations;
    let end = annotations.sentences.iter().take(TOP).map(|s| s.end).max().unwrap_or(0);
    let mut made = Setting::default();
    for mention in annotations.mentions.iter().take_while(|m| m.span.start < end) {
        if !matches!(mention.kind, MentionKind::Place | MentionKind::Facility) {
            continue;
        }
        made.names.insert(mention.span.of(&read.report.text).to_lowercase());
        made.countries.extend(mention.country.clone());
    }
    made
}

impl Setting {
    /// Countries and names by hash, each list sorted.
    pub(crate) fn hashes(&self) -> (Vec<u32>, Vec<u32>) {
        let list = |set: &FxHashSet<String>| {
            let mut list: Vec<u32> = set.iter().map(|s| word_hash(s) as u32).collect();
            list.sort_unstable();
            list
        };
        (list(&self.countries), list(&self.names))
    }

    /// Whether two reports name places at their top, and none in one country or of one name.
    pub(crate) fn is_elsewhere(&self, other: &Setting) -> bool {
        let told = !self.countries.is_empty() && !other.countries.is_empty();
        told && self.countries.is_disjoint(&other.countries) && self.names.is_disjoint(&other.names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(countries: &[&str], names: &[&str]) -> Setting {
        let list = |l: &[&str]| l.iter().map(|s| (*s).to_owned()).collect();
        Setting { countries: list(countries), names: list(names) }
    }

    #[test]
    fn two_settings() {
        for (a, b, want) in [
            (set(&["CHL"], &["chile"]), set(&["PER"], &["peru"]), true),
            (set(&["CHL", "PER"], &["chile", "peru"]), set(&["PER"], &["peru"]), false),
            (set(&["CHL"], &["arica"]), set(&[], &["arica"]), false),
            (set(&["CHL"], &["arica"]), set(&[], &[]), false),
            (set(&["CHL"], &["lagos"]), set(&["NGA"], &["lagos"]), false),
        ] {
            assert_eq!(a.is_elsewhere(&b), want, "{a:?} {b:?}");
        }
    }
}
