//! From the phrases of an event to actors.
//!
//! A phrase is first looked up among the names and what refers to them; what names nobody
//! ("gunmen", "government forces") becomes an actor of its own, one for each report, and is joined
//! across reports only inside one happening.

use crate::offices;
use crate::witnesses::Witnesses;
use crate::word_lists::List;
use rustc_hash::FxHashMap;
use variorum_identity::{ActorKind, Located, ResolvedActor};
use variorum_language::gazetteer;
use variorum_model::{EventMention, Office, Span, Standing};

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
        if let Some(holder) = holder_of_whole(witnesses, at) {
            return vec![holder];
        }
        let named = named_in(witnesses, at);
        if !named.is_empty() {
            return named;
        }
        let held = self.by_office(witnesses, at);
        if !held.is_empty() {
            return held;
        }
        let phrase = witnesses.text(at);
        let states = states_in(phrase);
        if states.len() > 1 {
            // "Iranian and Turkish officials": the states, for want of names.
            return states.into_iter().map(|(iso, name)| self.state(at, iso, name)).collect();
        }
        let head = head_phrase(phrase);
        if head.is_empty() {
            return Vec::new();
        }
        vec![self.described(at, head, states.first().map(|(iso, _)| *iso))]
    }

    /// Who holds the offices that a phrase names: the holder that this report names, else the one person
    /// of the record who holds the office, else the state.
    fn by_office(&mut self, witnesses: &Witnesses<'_>, at: Located) -> Vec<u32> {
        let annotations = witnesses.annotations(at.report);
        let offices: Vec<&Office> =
            annotations.offices.iter().filter(|o| o.span.overlaps(at.span)).collect();
        let mut found: Vec<u32> = Vec::new();
        for office in offices {
            let by_name = office.holder.and_then(|h| actor_of_mention(witnesses, at.report, h));
            let held = || self.holder(office).or_else(|| self.listed_holder(witnesses, at, office));
            let actor = by_name.or_else(held).or_else(|| {
                let name = country_name(office.country.as_deref()?)?;
                Some(self.state(at, office.country.as_deref()?, name))
            });
            if let Some(actor) = actor
                && !found.contains(&actor)
            {
                found.push(actor);
            }
        }
        found
    }

    /// The one named person who is said to hold an office of that title and country now.
    fn holder(&self, office: &Office) -> Option<u32> {
        let country = office.country.as_deref()?;
        if !offices::is_one_post(&office.title) {
            return None;
        }
        let mut holders = (0..self.named as u32).filter(|&a| {
            self.actors[a as usize].offices.iter().any(|(_, o)| {
                o.title == office.title
                    && o.country.as_deref() == Some(country)
                    && matches!(o.standing, Standing::Current | Standing::Outgoing)
            })
        });
        holders.next().filter(|_| holders.next().is_none())
    }

    /// The one person named in the reports whom the list of leaders has in an office that nobody is said to hold: "the
    /// Freedonian president" of a report of that day. Who is named nowhere is not brought in.
    fn listed_holder(
        &self,
        witnesses: &Witnesses<'_>,
        at: Located,
        office: &Office,
    ) -> Option<u32> {
        let country = office.country.as_deref()?;
        let published = witnesses.report(at.report).published.as_ref()?;
        let told = |(_, o): &(u32, Office)| {
            o.title == office.title && o.country.as_deref() == Some(country)
        };
        let named = &self.actors[..self.named];
        if office.standing != Standing::Current
            || !offices::is_one_post(&office.title)
            || named.iter().any(|a| a.offices.iter().any(told))
        {
            return None;
        }
        let holds = |a: &ResolvedActor| {
            a.listed.is_some_and(|l| {
                l.leader.country() == country && l.leader.holds(&office.title, published)
            })
        };
        let mut holders = (0..self.named as u32).filter(|&a| holds(&named[a as usize]));
        holders.next().filter(|_| holders.next().is_none())
    }

    /// The actor that stands for a state.
    fn state(&mut self, at: Located, iso: &str, name: &str) -> u32 {
        let known = self
            .actors
            .iter()
            .position(|a| a.kind == ActorKind::Country && a.country.as_deref() == Some(iso));
        let id = known.unwrap_or_else(|| {
            self.actors.push(unnamed(ActorKind::Country, name.to_owned(), Some(iso)));
            self.actors.len() - 1
        });
        self.note(id as u32, at);
        id as u32
    }

    fn note(&mut self, actor: u32, at: Located) {
        let mentions = &mut self.actors[actor as usize].mentions;
        if let Err(slot) = mentions.binary_search(&at) {
            mentions.insert(slot, at);
        }
    }

    fn described(&mut self, at: Located, head: String, country: Option<&str>) -> u32 {
        let next = self.actors.len() as u32;
        let id = *self.described.entry((at.report, head.clone())).or_insert(next);
        if id == next {
            self.actors.push(unnamed(ActorKind::Group, head, country));
        }
        self.note(id, at);
        id
    }

    /// Actors and recipients of an event mention.
    pub(crate) fn of_event(
        &mut self,
        witnesses: &Witnesses<'_>,
        report: u32,
        event: &EventMention,
    ) -> (Vec<u32>, Vec<u32>) {
        sides(event, |span| self.of_phrase(witnesses, Located { report, span }))
    }

    /// The named among the actors and recipients of an event mention; the described get no entry.
    pub(crate) fn named_of_event(
        &self,
        witnesses: &Witnesses<'_>,
        report: u32,
        event: &EventMention,
    ) -> (Vec<u32>, Vec<u32>) {
        sides(event, |span| named_in(witnesses, Located { report, span }))
    }

    /// Whether an actor has a name of its own; a state has, however it is spoken of.
    pub(crate) fn is_named(&self, actor: u32) -> bool {
        (actor as usize) < self.named || self.actors[actor as usize].kind == ActorKind::Country
    }
}

fn unnamed(kind: ActorKind, name: String, country: Option<&str>) -> ResolvedActor {
    ResolvedActor {
        kind,
        country: country.map(str::to_owned),
        listed: None,
        variants: vec![name.clone()],
        name,
        mentions: Vec::new(),
        offices: Vec::new(),
        merges: Vec::new(),
    }
}

/// The actor whose mention stands at `span`.
fn actor_of_mention(witnesses: &Witnesses<'_>, report: u32, span: Span) -> Option<u32> {
    let mentions = &witnesses.annotations(report).mentions;
    let index = mentions.iter().position(|m| m.span == span)?;
    witnesses.identities.actor_of[report as usize][index]
}

/// The named holder of the office that a phrase is from end to end: "the secretary of the council", with
/// the name beside it, is the secretary and not the council.
fn holder_of_whole(witnesses: &Witnesses<'_>, at: Located) -> Option<u32> {
    let offices = &witnesses.annotations(at.report).offices;
    let whole =
        offices.iter().find(|o| o.span.contains(at.span) && o.span.start == at.span.start)?;
    actor_of_mention(witnesses, at.report, whole.holder?)
}

/// States that a phrase names by adjective or in a list ("of A, B and C"), in order; "South Korean officials"
/// are of one state and not of the other.
pub(crate) fn states_in(phrase: &str) -> Vec<(&'static str, &'static str)> {
    let words: Vec<&str> = phrase
        .split(|c: char| c.is_whitespace() || c == ',' || c == '/')
        .map(|word| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            bare.strip_suffix("’s").or_else(|| bare.strip_suffix("'s")).unwrap_or(bare)
        })
        .collect();
    let state =
        |name: &str| gazetteer::country_of_people(name).or_else(|| gazetteer::country_of(name));
    let mut found: Vec<(&str, &str)> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let capital = words[at].starts_with(char::is_uppercase);
        let two = words.get(at + 1).filter(|_| capital);
        let two = two.and_then(|next| state(&format!("{} {next}", words[at])));
        at += if two.is_some() { 2 } else { 1 };
        let one = || state(words[at - 1]).filter(|_| capital);
        if let Some(country) = two.or_else(one)
            && !found.iter().any(|(iso, _)| *iso == country.iso3)
        {
            found.push((country.iso3, country.name));
        }
    }
    found
}

/// The usual name of a state.
pub(crate) fn country_name(iso: &str) -> Option<&'static str> {
    gazetteer::country_of_code(iso).map(|c| c.name)
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
    let text = &witnesses.report(at.report).text;
    for reference in annotations.coreferences.iter().filter(|c| is_phrase(text, c.span, at.span)) {
        for &mention in &reference.antecedents {
            add(actor_of.get(mention as usize).copied().flatten());
        }
    }
    let inside = annotations.mentions.iter().enumerate().filter(|(_, m)| at.span.contains(m.span));
    let named: Vec<(usize, bool)> = inside
        .filter(|(i, _)| actor_of.get(*i).copied().flatten().is_some())
        .map(|(i, m)| (i, names_phrase(text, at.span, m.span)))
        .collect();
    // A list takes the part of its first name: in "the ministers of A, B and C" none is the phrase.
    let governed = named.first().is_some_and(|(_, whole)| !whole);
    for &(mention, whole) in &named {
        if whole && !governed {
            add(actor_of[mention]);
        }
    }
    ids
}

/// Whether a reference is the phrase, but for an article before it ("the minister" and "minister").
fn is_phrase(text: &str, reference: Span, phrase: Span) -> bool {
    reference.end == phrase.end
        && reference.start <= phrase.start
        && text[reference.from()..phrase.from()].split_whitespace().all(|w| List::Determiner.has(w))
}

/// Whether a name carries its phrase: nothing but a list, an apposition or a relative clause
/// follows it, as against a noun that it merely qualifies ("Iran's president", "Assad forces").
fn names_phrase(text: &str, phrase: Span, name: Span) -> bool {
    let rest = &text[name.to()..phrase.to()];
    // "The Oman-backed alliance" is not Oman.
    if rest.strip_prefix(['-', '‐', '‑']).is_some_and(|r| r.starts_with(char::is_alphanumeric))
    {
        return false;
    }
    let after = rest.trim_start();
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
    // "The Red Front terror group" is the Red Front.
    let sort = after.split([',', ';', '(']).next().unwrap_or_default();
    let named_sort = sort.split_whitespace().all(|w| List::Grouping.has(w));
    (open || named_sort) && !governed
}

/// The phrase without articles, cut before what only qualifies it.
pub(crate) fn head_phrase(phrase: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in phrase.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let cut = List::Qualifier.has(bare);
        if cut && !words.is_empty() {
            break;
        }
        words.push(word.trim_matches(|c: char| ",;:()“”\"".contains(c)));
        if word.ends_with([',', ';', ':']) {
            break;
        }
    }
    skip_amount(&mut words);
    while words.first().is_some_and(|w| List::Determiner.has(w)) {
        words.remove(0);
    }
    // A pronoun or a bare number names nobody.
    if let [one] = words[..]
        && List::Nobody.has(one)
    {
        return String::new();
    }
    words.join(" ")
}

/// Drops an amount from the front of a phrase: "more than 3,100 people" counts people.
fn skip_amount(words: &mut Vec<&str>) {
    let number = |w: &&str| w.starts_with(|c: char| c.is_ascii_digit());
    let Some(at) = words.iter().take(4).position(number) else { return };
    let leads = words[..at].iter().all(|w| List::Lead.has(w));
    if leads && words.len() > at + 1 {
        words.drain(..=at);
    }
}

/// The actors and the other recipients of an event, each once, in the order of its phrases.
fn sides(event: &EventMention, mut ids_of: impl FnMut(Span) -> Vec<u32>) -> (Vec<u32>, Vec<u32>) {
    let mut side = |spans: &[Span]| {
        let mut ids: Vec<u32> = Vec::new();
        for &span in spans {
            for id in ids_of(span) {
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
        }
        ids
    };
    let actors = side(&event.actors);
    let mut recipients = side(&event.recipients);
    recipients.retain(|r| !actors.contains(r));
    (actors, recipients)
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
    fn a_reference_is_its_phrase_whatever_determines_it() {
        let text = "the two said of the minister";
        for (reference, phrase, want) in [
            ((0, 7), (4, 7), true),
            ((0, 7), (0, 7), true),
            ((16, 28), (20, 28), true),
            ((0, 7), (0, 3), false),
            ((8, 28), (20, 28), false),
            ((20, 28), (16, 28), false),
        ] {
            let span = |(from, to): (usize, usize)| Span::new(from, to);
            assert_eq!(
                is_phrase(text, span(reference), span(phrase)),
                want,
                "{reference:?} {phrase:?}"
            );
        }
    }

    #[test]
    fn states_by_adjective_or_name() {
        for (phrase, want) in [
            ("Iranian and Turkish officials", "IRN TUR"),
            ("South Sudanese officials", "SSD"),
            ("the ministers of South Korea, Japan and Kenya", "KOR JPN KEN"),
            ("Sudan's army", "SDN"),
            ("polish on the table", ""),
        ] {
            let found: Vec<&str> = states_in(phrase).into_iter().map(|(iso, _)| iso).collect();
            assert_eq!(found.join(" "), want, "{phrase}");
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
            ("the Freedonia-backed alliance", "Freedonia", false),
        ] {
            let start = phrase.find(name).expect("the name is in the phrase");
            let (whole, part) = (Span::new(0, phrase.len()), Span::new(start, start + name.len()));
            assert_eq!(names_phrase(phrase, whole, part), want, "{phrase:?}");
        }
    }
}
