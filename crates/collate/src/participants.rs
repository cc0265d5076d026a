//! From the phrases of an event to actors.
//!
//! A phrase is first looked up among the names and what refers to them; what names nobody
//! ("gunmen", "government forces") becomes an actor of its own, one for each report, and is joined
//! across reports only inside one happening.

use crate::witnesses::Witnesses;
use rustc_hash::FxHashMap;
use variorum_identity::{ActorKind, Located, ResolvedActor};
use variorum_model::{EventMention, Span};

/// All actors of the record: the named ones first, then the described ones.
pub(crate) struct Participants {
    pub(crate) actors: Vec<ResolvedActor>,
    /// How many of them are named.
    pub(crate) named: usize,
    described: FxHashMap<(u32, String), u32>,
}

impl Participants {
    pub(crate) fn new(witnesses: &Witnesses<'_>) -> Participants {
        let actors = witnesses.identities.actors.clone();
        Participants { named: actors.len(), actors, described: FxHashMap::default() }
    }

    /// The actors that a phrase stands for, without doubles, in order of the phrase.
    pub(crate) fn of_phrase(&mut self, witnesses: &Witnesses<'_>, at: Located) -> Vec<u32> {
        let named = named_in(witnesses, at);
        if !named.is_empty() {
            return named;
        }
        let phrase = witnesses.text(at);
        let head = head_phrase(phrase);
        if head.is_empty() {
            return Vec::new();
        }
        vec![self.described(at, head)]
    }

    fn described(&mut self, at: Located, head: String) -> u32 {
        let next = self.actors.len() as u32;
        let id = *self.described.entry((at.report, head.clone())).or_insert(next);
        if id == next {
            self.actors.push(ResolvedActor {
                kind: ActorKind::Group,
                name: head.clone(),
                country: None,
                mentions: Vec::new(),
                variants: vec![head],
                offices: Vec::new(),
                merges: Vec::new(),
            });
        }
        let mentions = &mut self.actors[id as usize].mentions;
        if let Err(slot) = mentions.binary_search(&at) {
            mentions.insert(slot, at);
        }
        id
    }

    /// Actors and recipients of an event mention.
    pub(crate) fn of_event(
        &mut self,
        witnesses: &Witnesses<'_>,
        report: u32,
        event: &EventMention,
    ) -> (Vec<u32>, Vec<u32>) {
        let mut side = |spans: &[Span]| {
            let mut ids: Vec<u32> = Vec::new();
            for &span in spans {
                for id in self.of_phrase(witnesses, Located { report, span }) {
                    if !ids.contains(&id) {
                        ids.push(id);
                    }
                }
            }
            ids
        };
        let actors = side(&event.actors);
        let recipients =
            side(&event.recipients).into_iter().filter(|r| !actors.contains(r)).collect();
        (actors, recipients)
    }

    pub(crate) fn is_named(&self, actor: u32) -> bool {
        (actor as usize) < self.named
    }
}

/// Named actors a phrase stands for: its own name, or what it refers to. A name deep inside the
/// phrase ("the head of X's guard") names somebody else, so only a name at its edge counts, unless
/// the phrase lists several.
fn named_in(witnesses: &Witnesses<'_>, at: Located) -> Vec<u32> {
    let annotations = witnesses.annotations(at.report);
    let actor_of = &witnesses.identities.actor_of[at.report as usize];
    let mut ids: Vec<u32> = Vec::new();
    let mut add = |id: Option<u32>| {
        if let Some(id) = id
            && !ids.contains(&id)
        {
            ids.push(id);
        }
    };
    for reference in annotations.coreferences.iter().filter(|c| c.span == at.span) {
        for &mention in &reference.antecedents {
            add(actor_of.get(mention as usize).copied().flatten());
        }
    }
    let inside = annotations.mentions.iter().enumerate().filter(|(_, m)| at.span.contains(m.span));
    let text = &witnesses.report(at.report).text;
    let named: Vec<(usize, bool)> = inside
        .filter(|(i, _)| actor_of.get(*i).copied().flatten().is_some())
        .map(|(i, m)| (i, names_phrase(text, at.span, m.span)))
        .collect();
    for &(mention, whole) in &named {
        if whole {
            add(actor_of[mention]);
        }
    }
    ids
}

/// Whether a name carries its phrase: nothing but a list, an apposition or a relative clause
/// follows it, as against a noun that it merely qualifies ("Iran's president", "Assad forces").
fn names_phrase(text: &str, phrase: Span, name: Span) -> bool {
    let after = text[name.to()..phrase.to()].trim_start();
    let mut before = text[phrase.from()..name.from()].trim_end();
    before = before.rsplit([',', ';']).next().unwrap_or(before).trim();
    let governed = [" of", " for", " from", " in", " to", " with", " by", " at", " on"]
        .iter()
        .any(|p| format!(" {before}").ends_with(p));
    let open = after.is_empty()
        || after.starts_with([',', ';', '(', ')', '-', '–', '—'])
        || ["and ", "or ", "who ", "which ", "as well ", "of ", "in ", "from "]
            .iter()
            .any(|w| after.starts_with(w));
    open && !governed
}

/// The phrase without articles, cut before what only qualifies it.
pub(crate) fn head_phrase(phrase: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in phrase.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let cut = matches!(
            bare.to_lowercase().as_str(),
            "of" | "in" | "from" | "at" | "on" | "who" | "which" | "that" | "including" | "with"
        );
        if cut && !words.is_empty() {
            break;
        }
        words.push(word.trim_matches(|c: char| ",;:()“”\"".contains(c)));
        if word.ends_with([',', ';', ':']) {
            break;
        }
    }
    skip_amount(&mut words);
    while words.first().is_some_and(|w| {
        matches!(
            w.to_lowercase().as_str(),
            "the" | "a" | "an" | "some" | "several" | "his" | "her" | "their" | "its" | "both"
        )
    }) {
        words.remove(0);
    }
    // A pronoun or a bare number names nobody.
    if let [one] = words[..]
        && NOBODY.contains(&one.to_lowercase().as_str())
    {
        return String::new();
    }
    words.join(" ")
}

/// Words that refer, and describe nobody by themselves.
const NOBODY: [&str; 26] = [
    "he", "she", "it", "they", "we", "you", "i", "him", "her", "them", "us", "who", "whom",
    "which", "that", "this", "these", "those", "one", "two", "three", "four", "both", "others",
    "another", "all",
];

/// Drops an amount from the front of a phrase: "more than 3,100 people" counts people.
fn skip_amount(words: &mut Vec<&str>) {
    let number = |w: &&str| w.starts_with(|c: char| c.is_ascii_digit());
    let Some(at) = words.iter().take(4).position(|w| number(&w)) else { return };
    let lead = [
        "at", "least", "more", "than", "over", "about", "some", "up", "to", "nearly", "almost",
        "the", "around",
    ];
    let leads = words[..at].iter().all(|w| lead.contains(&w.to_lowercase().as_str()));
    if leads && words.len() > at + 1 {
        words.drain(..=at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn head_phrases() {
        for (phrase, want) in [
            ("the gunmen who fled", "gunmen"),
            ("A well-informed source in Ankara", "well-informed source"),
            ("forces loyal to the government", "forces loyal to the government"),
            ("their fighters, he said", "fighters"),
            ("more than 3,100 people", "people"),
            ("at least 12 civilians in the market", "civilians"),
            ("the 44-year-old", "44-year-old"),
            ("They", ""),
            ("the two", ""),
            ("of", "of"),
            ("", ""),
        ] {
            assert_eq!(head_phrase(phrase), want, "{phrase:?}");
        }
    }

    #[test]
    fn a_name_carries_its_phrase_only_at_its_head() {
        for (phrase, name, want) in [
            ("Defence Minister Omar Haddad", "Omar Haddad", true),
            ("Omar Haddad, the defence minister", "Omar Haddad", true),
            ("Omar Haddad and Ivan Petrov", "Omar Haddad", true),
            ("Haddad forces", "Haddad", false),
            ("the president of Freedonia", "Freedonia", false),
            ("Freedonia's president", "Freedonia", false),
        ] {
            let start = phrase.find(name).expect("the name is in the phrase");
            let (whole, part) = (Span::new(0, phrase.len()), Span::new(start, start + name.len()));
            assert_eq!(names_phrase(phrase, whole, part), want, "{phrase:?}");
        }
    }
}
