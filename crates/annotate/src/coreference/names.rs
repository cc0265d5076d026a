//! Which names of one report name the same: equal forms, bare surnames, acronyms, other names in use.
//!
//! Spelling apart is not judged here; a short form that fits two names joins neither.

use super::words::is;
use crate::countries::{Sense, country};
use crate::reading::Reading;
use crate::tables::{cell, rows};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;
use variorum_language::gazetteer::places_named;
use variorum_model::{Mention, MentionKind};

/// Bodies by their lower-cased names: equal numbers are one body.
static ALIASES: LazyLock<HashMap<String, u32>> = LazyLock::new(|| {
    let table = rows(include_str!("../../../../data/body_aliases.tsv")).enumerate();
    table
        .flat_map(|(i, row)| cell(&row, 0).split('|').map(move |f| (f.to_lowercase(), i as u32)))
        .collect()
});

/// Words that tell of what kind a body is and name none ("university", "inc").
static GENERIC: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    rows(include_str!("../../../../data/name_words.tsv"))
        .filter(|row| matches!(cell(row, 0), "organization" | "group"))
        .flat_map(|row| cell(&row, 1).split_whitespace())
        .collect()
});

/// For each mention the first that names the same.
pub(crate) fn entities(reading: &Reading<'_>, mentions: &[Mention]) -> Vec<u32> {
    let mut forms: BTreeMap<(Sort, Vec<String>), Vec<u32>> = BTreeMap::new();
    for (i, mention) in mentions.iter().enumerate() {
        let sort = Sort::of(mention.kind);
        let words = words(reading.text(mention.span), sort);
        forms.entry((sort, words)).or_default().push(i as u32);
    }
    let mut sets = Sets::new(mentions.len());
    let mut by_sort: BTreeMap<Sort, Vec<Form<'_>>> = BTreeMap::new();
    for ((sort, words), places) in &forms {
        for pair in places.windows(2) {
            sets.join(pair[0], pair[1]);
        }
        if let Some(&first) = places.first() {
            let text = reading.text(mentions[first as usize].span);
            by_sort.entry(*sort).or_default().push(Form {
                first,
                words,
                text,
                times: places.len(),
            });
        }
    }
    let of = |sort| by_sort.get(&sort).map_or(&[][..], Vec::as_slice);
    full_names(of(Sort::Person), &mut sets);
    short_names(of(Sort::Person), &mut sets);
    other_names(of(Sort::Place).iter().chain(of(Sort::Body)), &mut sets);
    bracketed(reading, mentions, &mut sets);
    acronyms(of(Sort::Body), &mut sets);
    trimmed(of(Sort::Body), &mut sets);
    across_sorts(&forms, &mut sets);
    sets.firsts()
}

/// Mentions whose equal forms are taken to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Person,
    Place,
    Body,
}

impl Sort {
    fn of(kind: MentionKind) -> Sort {
        match kind {
            MentionKind::Person => Sort::Person,
            MentionKind::Place => Sort::Place,
            _ => Sort::Body,
        }
    }
}

/// A written form with the first mention that has it.
struct Form<'r> {
    first: u32,
    words: &'r [String],
    text: &'r str,
    /// How many mentions have it.
    times: usize,
}

/// The words by which two forms are compared: lower case, without article, possessive ending,
/// "al-", and, of persons, initials and what stands behind the name.
fn words(text: &str, sort: Sort) -> Vec<String> {
    let lower = text.to_lowercase().replace('’', "'");
    let mut words: Vec<String> = lower
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(|w| w.strip_suffix("'s").unwrap_or(w))
        .map(|w| w.trim_matches(|c: char| matches!(c, '\'' | '"' | '“' | '”' | '(' | ')')))
        .map(|w| ["al-", "el-", "ar-", "as-"].iter().find_map(|p| w.strip_prefix(p)).unwrap_or(w))
        .map(|w| w.replace('.', ""))
        .filter(|w| !w.is_empty())
        .collect();
    if sort == Sort::Person {
        let kept = |w: &String| {
            w.chars().count() > 1 && !matches!(w.as_str(), "jr" | "sr" | "ii" | "iii" | "iv" | "al")
        };
        if words.iter().filter(|w| kept(w)).count() > 0 {
            words.retain(kept);
        }
    } else if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    words
}

/// "Ana Maria Orlo" and "Ana Orlo": equal first and last words, the rest of the shorter in the longer.
fn full_names(persons: &[Form<'_>], sets: &mut Sets) {
    let mut by_ends: HashMap<(&str, &str), Vec<&Form<'_>>> = HashMap::new();
    for form in persons.iter().filter(|f| f.words.len() > 1) {
        let ends = (form.words[0].as_str(), form.words[form.words.len() - 1].as_str());
        by_ends.entry(ends).or_default().push(form);
    }
    for alike in by_ends.values() {
        for pair in alike.windows(2) {
            sets.join(pair[0].first, pair[1].first);
        }
    }
}

/// "Orlo" and "de Orlo" of "Ana de Orlo", "Ana" of the only Ana.
fn short_names(persons: &[Form<'_>], sets: &mut Sets) {
    const LONGEST: usize = 6;
    let mut by_end: HashMap<&[String], Vec<u32>> = HashMap::new();
    let mut by_given: HashMap<&str, Vec<u32>> = HashMap::new();
    for form in persons.iter().filter(|f| f.words.len() > 1) {
        for from in form.words.len().saturating_sub(LONGEST).max(1)..form.words.len() {
            by_end.entry(&form.words[from..]).or_default().push(form.first);
        }
        by_given.entry(&form.words[0]).or_default().push(form.first);
    }
    for form in persons {
        let bearers = by_end.get(form.words).or_else(|| match form.words {
            [given] => by_given.get(given.as_str()),
            _ => None,
        });
        if let Some(one) =
            bearers.and_then(|b| sets.all_one(b).or_else(|| foremost(b, form, persons)))
        {
            sets.join(one, form.first);
        }
    }
}

/// Of several who bear the surname the one named first, if every other is named in full but once.
fn foremost(bearers: &[u32], short: &Form<'_>, persons: &[Form<'_>]) -> Option<u32> {
    let first = *bearers.iter().min()?;
    let times = |bearer: u32| persons.iter().find(|f| f.first == bearer).map_or(0, |f| f.times);
    let others = bearers.iter().all(|&b| b == first || times(b) == 1);
    (others && short.times > 1 && first < short.first).then_some(first)
}

/// "UAE" and "Emirates", "Daesh" and "ISIS": names that the tables know as one.
fn other_names<'f>(forms: impl Iterator<Item = &'f Form<'f>>, sets: &mut Sets) {
    let mut known: HashMap<(bool, String), u32> = HashMap::new();
    for form in forms {
        let lower = form.text.to_lowercase();
        let lower = lower.strip_prefix("the ").unwrap_or(&lower);
        let key = match country(form.text) {
            Some((Sense::Name, _)) if is("land", lower) => continue,
            Some((Sense::Name, code)) => (true, code.to_owned()),
            _ => match ALIASES.get(lower) {
                Some(body) => (false, body.to_string()),
                None => continue,
            },
        };
        let first = *known.entry(key).or_insert(form.first);
        sets.join(first, form.first);
    }
}

/// "Harbour Safety Office (HSO)".
fn bracketed(reading: &Reading<'_>, mentions: &[Mention], sets: &mut Sets) {
    for (i, pair) in mentions.windows(2).enumerate() {
        let between = reading.report.text.get(pair[0].span.to()..pair[1].span.from());
        let short = reading.text(pair[1].span);
        let opens = between.is_some_and(|b| matches!(b.trim(), "(" | "(the"));
        let alike = Sort::of(pair[0].kind) == Sort::of(pair[1].kind);
        if opens && alike && is_acronym(short) && shares_initial(reading.text(pair[0].span), short)
        {
            sets.join(i as u32, i as u32 + 1);
        }
    }
}

fn is_acronym(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| *c != '.' && *c != '-').collect();
    (2..=8).contains(&letters.len())
        && letters.iter().filter(|c| c.is_uppercase()).count() * 2 > letters.len()
        && letters.iter().all(|c| c.is_alphanumeric())
}

fn shares_initial(name: &str, acronym: &str) -> bool {
    let first = acronym.chars().next();
    name.split_whitespace().any(|w| w.chars().next() == first)
}

/// "SNSC" of the one name whose capitals it is made of.
fn acronyms(bodies: &[Form<'_>], sets: &mut Sets) {
    let mut by_initials: HashMap<String, Vec<u32>> = HashMap::new();
    for form in bodies.iter().filter(|f| f.words.len() > 1) {
        let initials = |whole: bool| -> String {
            form.text
                .split(|c: char| c.is_whitespace() || c == '-')
                .filter(|w| whole || w.starts_with(char::is_uppercase))
                .filter_map(|w| w.chars().next())
                .flat_map(char::to_uppercase)
                .collect()
        };
        let capitals = initials(false);
        let all = initials(true);
        if all != capitals {
            by_initials.entry(all).or_default().push(form.first);
        }
        by_initials.entry(capitals).or_default().push(form.first);
    }
    for form in bodies.iter().filter(|f| f.words.len() == 1 && is_acronym(f.text)) {
        let letters: String = form.text.chars().filter(|c| c.is_alphanumeric()).collect();
        if let Some(one) = by_initials.get(&letters).and_then(|b| sets.all_one(b)) {
            sets.join(one, form.first);
        }
    }
}

/// "Orlo" of "Orlo University" where the rest only tells the kind; "Harbour Board" of "Norway's
/// Harbour Board".
fn trimmed(bodies: &[Form<'_>], sets: &mut Sets) {
    let mut by_core: HashMap<&[String], Vec<u32>> = HashMap::new();
    let is_generic = |w: &String| GENERIC.contains(w.as_str());
    for form in bodies {
        let words = form.words;
        let kinds = words.iter().rev().take_while(|w| is_generic(w)).count();
        if kinds > 0 && kinds < words.len() {
            by_core.entry(&words[..words.len() - kinds]).or_default().push(form.first);
        }
        if let Some(rest) = behind_place(form) {
            by_core.entry(rest).or_default().push(form.first);
        }
    }
    for form in bodies.iter().filter(|f| !f.words.iter().all(is_generic)) {
        if country(form.text).is_some() {
            continue;
        }
        if let Some(one) = by_core.get(form.words).and_then(|b| sets.all_one(b)) {
            sets.join(one, form.first);
        }
    }
}

/// "Harbour Board" of "Norway Harbour Board", "Sailors" of "Oslo Sailors": a name without the place that
/// it begins with.
fn behind_place<'r>(form: &Form<'r>) -> Option<&'r [String]> {
    let written: Vec<&str> = form.text.split_whitespace().collect();
    let written = &written[written.len().checked_sub(form.words.len())?..];
    (1..form.words.len().min(4)).rev().find_map(|n| {
        let place = written[..n].join(" ");
        let known = country(&place).is_some() || !places_named(&place).is_empty();
        known.then(|| &form.words[n..])
    })
}

/// One form is one name, though the reader took it for a place here and a body there; a single word that
/// some bear as a surname is left apart.
fn across_sorts(forms: &BTreeMap<(Sort, Vec<String>), Vec<u32>>, sets: &mut Sets) {
    let mut by_words: BTreeMap<&[String], Vec<(Sort, u32)>> = BTreeMap::new();
    for ((sort, words), places) in forms {
        if let Some(&first) = places.first() {
            by_words.entry(words).or_default().push((*sort, first));
        }
    }
    for (words, firsts) in by_words {
        for pair in firsts.windows(2) {
            if words.len() > 1 || pair[0].0 != Sort::Person {
                sets.join(pair[0].1, pair[1].1);
            }
        }
    }
}

/// Mentions joined so far.
struct Sets {
    parent: Vec<u32>,
}

impl Sets {
    fn new(count: usize) -> Sets {
        Sets { parent: (0..count as u32).collect() }
    }

    fn first(&mut self, mut at: u32) -> u32 {
        while self.parent[at as usize] != at {
            let up = self.parent[self.parent[at as usize] as usize];
            self.parent[at as usize] = up;
            at = up;
        }
        at
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.first(a), self.first(b));
        self.parent[a.max(b) as usize] = a.min(b);
    }

    /// The set that all of `list` are in, if it is one.
    fn all_one(&mut self, list: &[u32]) -> Option<u32> {
        let first = self.first(*list.first()?);
        list.iter().all(|&i| self.first(i) == first).then_some(first)
    }

    fn firsts(mut self) -> Vec<u32> {
        (0..self.parent.len() as u32).map(|i| self.first(i)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{named, report};
    use MentionKind::{Organization, Person, Place};

    #[test]
    fn names_of_one_report_that_name_the_same() {
        for (text, names, expected) in [
            ("Ana Orlo met Tamm", &[("Ana Orlo", Person), ("Tamm", Person)][..], &[0, 1][..]),
            ("Ana M. Orlo and Ana Orlo", &[("Ana M. Orlo", Person), ("Ana Orlo", Person)], &[0, 0]),
            (
                "Harbour Safety Office and HSO and HSA",
                &[
                    ("Harbour Safety Office", Organization),
                    ("HSO", Organization),
                    ("HSA", Organization),
                ],
                &[0, 0, 2],
            ),
            (
                "Office of Tides ( OTX ) came",
                &[("Office of Tides", Organization), ("OTX", Organization)],
                &[0, 0],
            ),
            (
                "the UAE , Emirates and Oman",
                &[("UAE", Place), ("Emirates", Place), ("Oman", Place)],
                &[0, 0, 2],
            ),
            ("England and UK", &[("England", Place), ("UK", Place)], &[0, 1]),
            (
                "Tamm Inc with the University",
                &[("Tamm Inc", Organization), ("University", Organization)],
                &[0, 1],
            ),
        ] {
            let report = report(text, None);
            let parse = named(text, names);
            let reading = Reading::new(&report, &parse);
            let found = entities(&reading, &crate::mentions::mentions(&reading));
            assert_eq!(found, expected, "{text:?}");
        }
    }

    /// The sets that `join` makes of names, each said so many times.
    fn joined(join: fn(&[Form<'_>], &mut Sets), names: &[(&str, usize)]) -> Vec<u32> {
        let lists: Vec<Vec<String>> =
            names.iter().map(|(n, _)| n.split(' ').map(str::to_lowercase).collect()).collect();
        let forms: Vec<Form<'_>> = names
            .iter()
            .zip(&lists)
            .enumerate()
            .map(|(i, ((text, times), words))| Form { first: i as u32, words, text, times: *times })
            .collect();
        let mut sets = Sets::new(forms.len());
        join(&forms, &mut sets);
        sets.firsts()
    }

    #[test]
    fn short_forms_stand_for_the_one_name_they_fit() {
        for (names, expected) in [
            (&[("ana orlo", 1), ("orlo", 1)][..], vec![0, 0]),
            (&[("ana de orlo", 1), ("de orlo", 1)], vec![0, 0]),
            (&[("ana orlo", 1), ("ana", 1)], vec![0, 0]),
            (&[("ana orlo", 1), ("tamm", 1)], vec![0, 1]),
            // Of a family the one named first, if the rest are named but once
            (&[("ana orlo", 2), ("jan orlo", 1), ("orlo", 4)], vec![0, 1, 0]),
            (&[("ana orlo", 2), ("jan orlo", 2), ("orlo", 4)], vec![0, 1, 2]),
        ] {
            assert_eq!(joined(short_names, names), expected, "{names:?}");
        }
    }

    #[test]
    fn bodies_go_without_their_kind_or_their_place() {
        for (names, expected) in [
            (&[("Tamm Inc", 1), ("Tamm", 1)][..], vec![0, 0]),
            (&[("Oslo Sailors", 1), ("Sailors", 1)], vec![0, 0]),
            (&[("Oslo University", 1), ("University", 1)], vec![0, 1]),
            (&[("Oslo Sailors", 1), ("Bergen Sailors", 1), ("Sailors", 1)], vec![0, 1, 2]),
        ] {
            assert_eq!(joined(trimmed, names), expected, "{names:?}");
        }
    }
}
