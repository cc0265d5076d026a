//! "the minister", "the Iranian official", "the Arab country", "the Russian capital", "the council".

use super::discourse::{Key, Phrase, Sort};
use super::words::{countries_of_kind, is};
use super::{Memory, Scope};
use crate::countries::{Sense, country};
use std::collections::HashSet;
use variorum_language::gazetteer::places_named;
use variorum_model::{Coreference, MentionKind, Span, Standing};

/// A noun phrase with "the".
struct Described<'l> {
    from: usize,
    noun: usize,
    /// Its noun in the singular.
    word: &'l str,
    /// Country of an adjective of nationality in it, or of what "of" adds.
    nation: Option<&'static str>,
    /// One past its last word.
    to: usize,
}

impl Scope<'_> {
    /// The name that the description opened by "the" at word `at` stands for.
    pub(super) fn description(
        &self,
        at: usize,
        memory: &mut Memory,
    ) -> Option<(Coreference, usize)> {
        if let Some(found) = self.predicate(at, memory) {
            return Some(found);
        }
        let described = self.described(at)?;
        let (mention, rule) = self
            .office(&described, memory)
            .or_else(|| self.capital(&described, memory))
            .or_else(|| self.country(&described, memory))
            .or_else(|| self.town(&described, memory))
            .or_else(|| self.called(&described, memory))
            .or_else(|| self.body(&described, memory))?;
        let phrase =
            self.phrase(self.key(mention), Some(mention), self.sort_of(mention), described.noun);
        memory.discourse.here.push(phrase);
        self.make(at, described.to, vec![mention], rule)
    }

    /// "Ana Orlo, the mayor of", "she is the mayor of": what a description says of a name beside it.
    fn predicate(&self, at: usize, memory: &Memory) -> Option<(Coreference, usize)> {
        let noun = self.tree.head(at).filter(|&n| n > at && self.line.word(at) == "the")?;
        if self.tree.relation(at) != "det" || !self.tells_sort(noun) || self.names_itself(at, noun)
        {
            return None;
        }
        let of = match self.tree.relation(noun) {
            "appos" => self.tree.head(noun)?,
            "attr" => {
                let verb = self.tree.head(noun).filter(|&v| self.tree.lemma(v) == "be")?;
                self.tree.child(verb, &["neg"]).is_none().then_some(())?;
                self.tree.child(verb, &["nsubj"])?
            }
            _ => return None,
        };
        let here = memory.discourse.here.iter().rev();
        let mention = here.filter(|p| p.at == of).find_map(|p| p.mention)?;
        self.make(at, noun + 1, vec![mention], "predicate")
    }

    /// The phrase that "the" opens, if it is in the singular, names nobody itself and is complete with its
    /// noun.
    fn described(&self, at: usize) -> Option<Described<'_>> {
        const LONGEST: usize = 6;
        let line = self.line;
        if line.word(at) != "the" {
            return None;
        }
        let mut noun = at + 1;
        while noun - at < LONGEST
            && (line.tag(noun).starts_with("JJ")
                || matches!(line.tag(noun), "HYPH" | "VBN" | "NN" | "RB" | "NNP"))
            && (matches!(line.tag(noun + 1), "NN" | "HYPH" | "NNP")
                || line.tag(noun + 1).starts_with("JJ")
                || line.tag(noun) != "NN" && line.tag(noun + 1) == "VBN")
        {
            noun += 1;
        }
        let written_small = line.text(noun).starts_with(char::is_lowercase);
        if !matches!(line.tag(noun), "NN" | "NNP") || !written_small {
            return None;
        }
        let before = || (at + 1..noun).map(|i| line.word(i));
        if before().any(|w| is("another", w)) || self.names_itself(at, noun) {
            return None;
        }
        let mut nation = (at + 1..noun)
            .filter_map(|i| country(line.text(i)))
            .find(|(s, _)| *s == Sense::Demonym)
            .map(|(_, c)| c);
        let mut to = noun + 1;
        match line.word(to) {
            // "the capital of Norway"
            "of" if nation.is_none() && is("town", line.word(noun)) => {
                let (_, code) = country(line.text(to + 1)).filter(|(s, _)| *s == Sense::Name)?;
                nation = Some(code);
                to += 2;
            }
            // "reminded the Norwegian envoy of it": whose envoy he is, is told
            "of" if nation.is_some() && is("official", line.word(noun)) => {}
            "for" if is("country", line.word(noun)) || is("town", line.word(noun)) => {}
            "of" | "for" | "-" | "that" | "which" | "who" | "whose" => return None,
            _ => {}
        }
        let tells = |&c: &usize| match self.tree.relation(c) {
            "relcl" | "acl" | "appos" => true,
            "prep" => is("place_of", line.word(c)) && nation.is_none(),
            _ => false,
        };
        if line.tag(to).starts_with("NN") || self.tree.after(noun).any(|c| c >= to && tells(&c)) {
            return None;
        }
        Some(Described { from: at, noun, word: line.word(noun), nation, to })
    }

    /// "the minister Omar Haddad", "the Harbour Board".
    fn names_itself(&self, at: usize, noun: usize) -> bool {
        let from = self.line.tokens[at].span.start;
        let to = self.line.tokens[noun].span.end;
        // "the Arab country" has a name only for what kind of country it is
        let qualifies = |m: &variorum_model::Mention| {
            country(self.text(m.span)).is_some()
                || countries_of_kind(&self.text(m.span).to_lowercase()).is_some()
        };
        self.own.iter().any(|m| m.span.start < to && m.span.end > from && !qualifies(m))
    }

    /// The holder of an office, by its title and country.
    fn office(&self, d: &Described<'_>, memory: &Memory) -> Option<(u32, &'static str)> {
        if !(is("official", d.word) && d.nation.is_some() || is("office", d.word)) {
            return None;
        }
        let holder = self.holder(d.from, d.word, d.nation).or_else(|| self.national(d, memory))?;
        Some((holder, "office"))
    }

    /// The holder told last of an office that `word` and `nation` fit.
    fn holder(&self, at: usize, word: &str, nation: Option<&str>) -> Option<u32> {
        let start = self.line.tokens[at].span.start;
        let generic = is_generic(word);
        let fits = |o: &&variorum_model::Office| {
            let title = o.title.to_lowercase();
            let titled = generic && nation.is_some()
                || title.split(|c: char| !c.is_alphanumeric()).any(|w| w == word)
                || matches!(
                    (word, title.as_str()),
                    ("spokesman" | "spokeswoman", "spokesperson") | ("premier", "prime minister")
                );
            let national = nation.is_none_or(|n| o.country.as_deref() == Some(n));
            // "the president" is no vice president
            let second = ["vice ", "deputy ", "assistant "].iter().any(|p| title.starts_with(p));
            let holds = o.standing != Standing::Former;
            titled && national && holds && !second && o.span.end <= start
        };
        let mut holders = self.offices.iter().rev().filter(fits).filter_map(|o| o.holder);
        let index = self.index_of(holders.next()?)?;
        // Without a nationality two holders of such an office leave it open
        let other =
            holders.filter_map(|h| self.index_of(h)).find(|&i| self.key(i) != self.key(index));
        (nation.is_some() && !generic || other.is_none()).then_some(index)
    }

    /// Whether a mention names a people ("Syrians"), not a group of some of them.
    fn is_people(&self, index: usize) -> bool {
        let span = self.mentions[index].span;
        let text = self.text(span);
        let last = text.split_whitespace().next_back().unwrap_or(text);
        country(text).is_some() || country(last).is_some_and(|(s, _)| s == Sense::Demonym)
    }

    fn index_of(&self, span: Span) -> Option<u32> {
        let at = self.mentions.partition_point(|m| m.span.start < span.start);
        self.mentions.get(at).filter(|m| m.span == span).map(|_| at as u32)
    }

    /// "the Iranian official": the only Iranian in mind.
    fn national(&self, d: &Described<'_>, memory: &Memory) -> Option<u32> {
        let nation = d.nation.filter(|_| is_generic(d.word))?;
        let mut found: Option<u32> = None;
        for (_, phrase) in memory.discourse.recent() {
            let Some(m) = phrase.mention.filter(|_| phrase.sort == Sort::Human) else { continue };
            if self.mention(m).country.as_deref() != Some(nation) {
                continue;
            }
            match found {
                Some(f) if self.key(f) != self.key(m) => return None,
                _ => found = found.or(Some(m)),
            }
        }
        found
    }

    /// "the Russian capital", "the capital of Norway": the capital, if the report names it.
    fn capital(&self, d: &Described<'_>, memory: &Memory) -> Option<(u32, &'static str)> {
        if d.word != "capital" {
            return None;
        }
        let nation = match d.nation {
            Some(nation) => nation,
            None => {
                let (_, mention) = self.foremost_country(memory, |_| true)?;
                country(self.text(self.mention(mention).span))?.1
            }
        };
        let start = self.line.tokens[d.from].span.start;
        let is_capital = |m: &variorum_model::Mention| {
            m.kind == MentionKind::Place
                && country(self.text(m.span)) == Some((Sense::Capital, nation))
        };
        let to = self.mentions.partition_point(|m| m.span.end <= start);
        let before = (0..to).rev().find(|&i| is_capital(&self.mentions[i]));
        // A headline or a caption may come before the name
        let after = || (to..self.mentions.len()).find(|&i| is_capital(&self.mentions[i]));
        let found = before.or_else(|| d.nation.and_then(|_| after()))?;
        Some((found as u32, "capital"))
    }

    /// "the country", "the Arab country", "the kingdom".
    fn country(&self, d: &Described<'_>, memory: &Memory) -> Option<(u32, &'static str)> {
        if !is("country", d.word) || d.nation.is_some() {
            return None;
        }
        let phrase = (d.from + 1..=d.noun).map(|i| self.line.word(i)).collect::<Vec<_>>().join(" ");
        let kinds: Vec<&HashSet<&str>> = (0..phrase.len())
            .filter(|&i| i == 0 || phrase.as_bytes()[i - 1] == b' ')
            .flat_map(|i| {
                let rest = &phrase[i..];
                let ends = rest.match_indices(' ').map(|(e, _)| e).chain([rest.len()]);
                ends.filter_map(move |e| countries_of_kind(&rest[..e]))
            })
            .collect();
        // "the state" and "the republic" alone are seldom the country as such
        if kinds.is_empty() && matches!(d.word, "state" | "republic" | "kingdom") {
            return None;
        }
        let fits = |code: &str| kinds.iter().all(|kind| kind.contains(code));
        if !kinds.is_empty() {
            let mut known = memory.countries.iter().filter(|(code, _)| fits(code));
            if let (Some((_, (_, mention))), None) = (known.next(), known.next()) {
                return Some((*mention, "country"));
            }
        }
        let (_, mention) = self.foremost_country(memory, fits)?;
        Some((mention, "country"))
    }

    fn foremost_country(&self, memory: &Memory, fits: impl Fn(&str) -> bool) -> Option<(Key, u32)> {
        let found = memory.discourse.foremost(2, 1.6, |phrase: &Phrase, _| {
            let (sense, code) = country(self.text(self.mention(phrase.mention?).span))?;
            let often = f64::from(memory.discourse.times_said(&phrase.key).min(10));
            // "Norway's envoy to Chad": whose somebody is, is not where things are
            let part = match phrase.role {
                super::Role::Modifier => 1.5,
                super::Role::Owner => 0.6,
                _ => 1.0,
            };
            (sense == Sense::Name && fits(code)).then_some(part * (1.0 + 0.1 * often))
        })?;
        Some((found.key, found.mention?))
    }

    /// "the city": the town in mind.
    fn town(&self, d: &Described<'_>, memory: &Memory) -> Option<(u32, &'static str)> {
        if !is("town", d.word) || d.nation.is_some() || d.word == "capital" {
            return None;
        }
        let found = memory.discourse.foremost(2, 1.2, |phrase: &Phrase, _| {
            let mention = self.mention(phrase.mention?);
            let name = self.text(mention.span);
            let called =
                memory.called.get(d.word).is_some_and(|l| l.iter().any(|c| c.0 == phrase.key));
            let is_town = !matches!(country(name), Some((Sense::Name | Sense::Demonym, _)))
                && (!places_named(name).is_empty() || country(name).is_some());
            (phrase.sort == Sort::Place && (is_town || called)).then_some(1.0)
        })?;
        Some((found.mention?, "town"))
    }

    /// "the lawyer", after "Ana Orlo, a lawyer": the only one called so.
    fn called(&self, d: &Described<'_>, memory: &Memory) -> Option<(u32, &'static str)> {
        // "the religious school" need not be the school named before
        if d.noun != d.from + 1 + usize::from(d.nation.is_some()) {
            return None;
        }
        let list = memory.called.get(d.word).filter(|_| !is_generic(d.word))?;
        let (key, mention) = list.last()?;
        let same = list.iter().all(|(k, _)| k == key);
        let national =
            d.nation.is_none_or(|n| self.mention(*mention).country.as_deref() == Some(n));
        (same && national).then_some((*mention, "called"))
    }

    /// "the council", after "Harbour Council"; "the group", after a group.
    fn body(&self, d: &Described<'_>, memory: &Memory) -> Option<(u32, &'static str)> {
        let start = self.line.tokens[d.from].span.start;
        let to = self.mentions.partition_point(|m| m.span.end <= start);
        let before = || (to.saturating_sub(30)..to).rev();
        let kind = |i: usize| self.mentions[i].kind;
        let only_armed = (d.from + 1..d.noun).all(|i| is("armed", self.line.word(i)));
        let named_next = self.line.tag(d.to) == "DT";
        if d.nation.is_some() || !only_armed || named_next {
            return None;
        }
        if is("group", d.word)
            && let Some(i) =
                before().take(8).find(|&i| kind(i) == MentionKind::Group && !self.is_people(i))
        {
            return Some((i as u32, "group"));
        }
        if is("body", d.word) {
            let named = |&i: &usize| {
                let lower = self.text(self.mentions[i].span).to_lowercase();
                matches!(kind(i), MentionKind::Organization | MentionKind::Facility)
                    && lower.split(|c: char| !c.is_alphanumeric()).any(|w| w == d.word)
            };
            if let Some(i) = before().find(named) {
                return Some((i as u32, "body"));
            }
        }
        if !is("any_body", d.word) && !is("group", d.word) {
            return None;
        }
        let found = memory.discourse.foremost(2, 1.5, |phrase: &Phrase, _| {
            let body = phrase.sort == Sort::Body && phrase.mention.is_some();
            body.then_some(1.0)
        })?;
        Some((found.mention?, "body"))
    }
}

/// A word that many offices go by.
fn is_generic(word: &str) -> bool {
    matches!(word, "official" | "diplomat" | "leader" | "politician" | "statesman" | "member")
}
