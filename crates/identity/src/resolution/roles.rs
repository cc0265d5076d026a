//! What a person is said to be, in the words that stand with the name: "the Libyan banker", ", a doctor in Kandahar".

use rustc_hash::FxHashMap;
use std::sync::OnceLock;
use variorum_language::gazetteer;
use variorum_model::Mention;

/// Words before a name that are looked at.
const BEFORE: usize = 5;
/// Words behind it, after a comma.
const BEHIND: usize = 7;

/// What stands with a name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Roles {
    /// Words that say what somebody is, in lower case.
    pub(crate) words: Vec<String>,
    /// The country whose people or name stands there.
    pub(crate) country: Option<String>,
}

/// Whether a word is of one kind in `data/identity_description_words.tsv`.
pub(crate) fn is_listed(word: &str, kind: &str) -> bool {
    static KINDS: OnceLock<FxHashMap<&str, Vec<&str>>> = OnceLock::new();
    let kinds = KINDS.get_or_init(|| {
        let table = include_str!("../../../../data/identity_description_words.tsv");
        let mut kinds: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
        let rows = table.lines().filter(|l| !l.starts_with('#'));
        for (word, kind) in rows.filter_map(|l| l.split_once('\t')) {
            kinds.entry(word).or_default().push(kind);
        }
        kinds
    });
    kinds.get(word).is_some_and(|kinds| kinds.contains(&kind))
}

/// Whether one leaves the office that the other comes to.
pub(crate) fn follow_one_another(a: &[String], b: &[String]) -> bool {
    let any = |words: &[String], kind| words.iter().any(|w| is_listed(w, kind));
    (any(a, "leaving") && any(b, "coming")) || (any(a, "coming") && any(b, "leaving"))
}

/// Whether a name ends in a word that tells father and son apart ("Junior", "Sr.").
pub(crate) fn is_of_generation(form: &str) -> bool {
    let last = form.split_whitespace().next_back().unwrap_or_default();
    is_listed(&last.trim_end_matches('.').to_lowercase(), "generation")
}

/// Words in both that say what somebody is.
pub(crate) fn shared<'a>(a: &'a [String], b: &[String]) -> Option<&'a String> {
    let tells = |w: &&String| !is_listed(w, "leaving") && !is_listed(w, "coming");
    a.iter().filter(tells).find(|w| b.contains(w))
}

/// What stands directly before and behind a mention of a person.
pub(crate) fn around(text: &str, mention: &Mention) -> Roles {
    let mut found = Roles::default();
    let line = text[..mention.span.from()].rfind('\n').map_or(0, |n| n + 1);
    let before = text[line..mention.span.from()].trim_end();
    let apposed = before.ends_with(',');
    let mut told = apposed;
    let mut words: Vec<&str> =
        before.trim_end_matches(',').split_whitespace().rev().take(BEFORE).collect();
    if apposed {
        // "Latvia's finance minister, ANN LEE": only what a comma or the sentence's beginning closes off.
        words.reverse();
        let from = words.iter().rposition(|w| w.ends_with([',', ';', ':'])).map_or(0, |n| n + 1);
        words = words.split_off(from);
    } else {
        let ends = |w: &&str| w.ends_with([',', ';', ':', '.']) && !is_abbreviated(w);
        // "The harbour master, Captain ANN LEE": a description, closed off, before a title.
        let title = words.iter().take_while(|w| w.starts_with(char::is_uppercase)).count();
        let closed = title > 0 && title < 3 && words.get(title).is_some_and(|w| w.ends_with(','));
        told = closed;
        let from = if closed { title + 1 } else { 0 };
        let until = words.iter().skip(from).position(ends).map_or(words.len(), |n| n + from);
        words.truncate(until);
        // A description directly before a name has no verb in it: it opens with a determiner or a capital.
        let until = words.iter().position(|w| opens(w)).map_or(words.len(), |n| n + 1);
        words.truncate(until);
        words.reverse();
        // "With a broken arm ANN LEE wept": a description before a name is of one known, and closed off if it is not.
        if !closed && words.first().is_some_and(|w| is_listed(&w.to_lowercase(), "indefinite")) {
            words.clear();
        }
    }
    let behind = behind(text, mention);
    // "In Baku ANN LEE, the oil minister, …": where what a comma closes off before the name is no description,
    // the one behind it is. Else that comma only closes the name off.
    if apposed && !is_determined(&words) && is_determined(&behind) {
        found.take(&behind);
        return found;
    }
    if apposed || told {
        found.take(&words);
    } else {
        found.take(without_places(&words));
    }
    if !told {
        found.take(&behind);
    }
    found
}

/// The words before a name that stand behind the last place where something is ("in Chad President ANN LEE").
fn without_places<'w, 't>(words: &'w [&'t str]) -> &'w [&'t str] {
    let placed = words.windows(2).rposition(|pair| {
        is_listed(&pair[0].to_lowercase(), "placing") && country(pair[1]).is_some()
    });
    &words[placed.map_or(0, |n| n + 2)..]
}

/// The description that a comma opens behind a name, if any.
fn behind<'t>(text: &'t str, mention: &Mention) -> Vec<&'t str> {
    let behind = &text[mention.span.to()..];
    let behind = &behind[..behind.find('\n').unwrap_or(behind.len())];
    let Some(rest) = behind.strip_prefix(',') else { return Vec::new() };
    let end = rest.find([',', ';', ':']).unwrap_or(rest.len());
    let words: Vec<&str> = rest[..end].split_whitespace().take(BEHIND).collect();
    // "ANN LEE, who runs a clinic": what she does, in a clause of its own.
    if words.first().is_some_and(|w| is_listed(&w.to_lowercase(), "clause")) {
        return Vec::new();
    }
    // "… led by ANN LEE, the Libyan one by Sami Orr": the next thing of a list, and no description.
    if words.iter().any(|w| is_listed(w, "another")) { Vec::new() } else { words }
}

/// Whether words open as a description of one thing does ("the mayor", "Latvia's finance minister").
fn is_determined(words: &[&str]) -> bool {
    let Some(first) = words.first() else { return false };
    is_listed(&first.to_lowercase(), "determiner") || owner(first).is_some()
}

/// What stands before a possessive ending.
fn owner(word: &str) -> Option<&str> {
    word.strip_suffix("'s").or(word.strip_suffix("’s"))
}

/// The country that a word names, or whose people.
fn country(name: &str) -> Option<&'static str> {
    let named = gazetteer::country_of(name).or_else(|| gazetteer::country_of_people(name));
    named.filter(|country| !country.capital).map(|country| country.iso3)
}

/// Whether a word opens a description that stands before a name.
fn opens(word: &str) -> bool {
    is_listed(&word.to_lowercase(), "opening")
}

fn is_abbreviated(word: &str) -> bool {
    word.len() <= 4 && word.starts_with(char::is_uppercase)
}

impl Roles {
    fn take(&mut self, words: &[&str]) {
        let from = self.words.len();
        let bare = |word: &'_ str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let mut rest = words;
        while let Some((word, others)) = rest.split_first() {
            rest = others;
            let word = bare(word);
            let owned = owner(&word);
            let name = owned.unwrap_or(&word);
            let two = others.first().map(|next| format!("{name} {}", bare(next)));
            let two = two.as_deref().and_then(|two| country(owner(two).unwrap_or(two)));
            if let Some(country) = two.or_else(|| country(name)) {
                self.country = self.country.take().or(Some(country.to_owned()));
                rest = if two.is_some() { &others[1..] } else { others };
                continue;
            }
            if owned.is_some() {
                // "The trade minister's spokesman": whose, and not what.
                self.words.truncate(from);
                continue;
            }
            let lower = name.to_lowercase();
            let turns = is_listed(&lower, "coming") || is_listed(&lower, "leaving");
            let says =
                (turns || lower.chars().count() >= 4) && lower.chars().all(char::is_alphabetic);
            if says && !is_listed(&lower, "hollow") && gazetteer::places_named(name).is_empty() {
                self.words.push(lower);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use variorum_model::{MentionKind, Span};

    #[test]
    fn descriptions() {
        for (text, name, words, country) in [
            ("The Libyan banker Ann Lee was held.", "Ann Lee", "banker", Some("LBY")),
            ("Ann Lee, a doctor in the harbour, spoke.", "Ann Lee", "doctor harbour", None),
            (
                "Tents came, Chad's trade minister, Ann Lee, said.",
                "Ann Lee",
                "trade minister",
                Some("TCD"),
            ),
            ("Rain fell. Goalkeeper Ann Lee wept.", "Ann Lee", "goalkeeper", None),
            ("In Libya President Ann Lee wept.", "Ann Lee", "president", None),
            ("From Libya banker Ann Lee wrote.", "Ann Lee", "banker", None),
            ("One group came with Ann Lee, the Libyan one with Sami Orr.", "Ann Lee", "", None),
            ("The new envoy, Dame Ann Lee, wept.", "Ann Lee", "new envoy", None),
            ("They wept. Ann Lee wept too.", "Ann Lee", "", None),
            ("Ann Lee, who runs a clinic, wept.", "Ann Lee", "", None),
            ("With a broken arm Ann Lee wept.", "Ann Lee", "", None),
            ("A Libyan banker, Ann Lee, wept.", "Ann Lee", "banker", Some("LBY")),
            ("Ann Lee, after the match, wept.", "Ann Lee", "", None),
            ("Ten rebels died, Ann Lee, a spokesman, said.", "Ann Lee", "spokesman", None),
            ("The mayor, Ann Lee, the judge, Sami Orr, and others met.", "Ann Lee", "mayor", None),
            ("The trade minister's spokesman Ann Lee wept.", "Ann Lee", "spokesman", None),
            ("The South Korean banker Ann Lee wept.", "Ann Lee", "banker", Some("KOR")),
            ("Ann Lee, South Korea's coach, wept.", "Ann Lee", "coach", Some("KOR")),
        ] {
            let at = text.find(name).expect("the name is in the text");
            let span = Span::new(at, at + name.len());
            let mention = Mention {
                span,
                kind: MentionKind::Person,
                head: span,
                government: false,
                title: None,
                country: None,
                rule: "",
                confidence: 1.0,
            };
            let told = around(text, &mention);
            assert_eq!(
                (told.words.join(" ").as_str(), told.country.as_deref()),
                (words, country),
                "{text}"
            );
        }
    }

    #[test]
    fn who_leaves_and_who_comes() {
        let list = |words: &str| words.split(' ').map(str::to_owned).collect::<Vec<String>>();
        assert!(follow_one_another(&list("outgoing commander"), &list("incoming commander")));
        assert!(!follow_one_another(&list("outgoing commander"), &list("commander")));
        assert_eq!(shared(&list("incoming commander"), &list("incoming envoy")), None);
    }
}
