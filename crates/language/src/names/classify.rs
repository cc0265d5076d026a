//! What a run of capitalised words names: titles come off, listed names and telling words decide,
//! then the words around it.

use super::forms::{acronym, is_initial, is_roman};
use super::runs::Word;
use super::words::{
    CONNECTOR, EVENT, EVENT_LEAD, FACILITY, GROUP, MODIFIER, NOT_NAME, ORGANIZATION, PARTICLE,
    PERSON_AFTER, PLACE, PLACE_LEAD, PORTFOLIO, TITLE, VESSEL,
};
use crate::gazetteer::{self, Listed};
use variorum_model::MentionKind;

/// A name found in a sentence, as tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) first: usize,
    /// One past the last token.
    pub(super) last: usize,
    pub(super) kind: MentionKind,
    pub(super) title: Option<(usize, usize)>,
    /// A place's name that stands for its government.
    pub(super) government: bool,
    pub(super) rule: &'static str,
    pub(super) confidence: f32,
}

/// A sentence's words with its bounds.
pub(super) struct Context<'a, 't> {
    pub(super) text: &'t str,
    pub(super) words: &'a [Word<'t>],
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) headline: bool,
}

impl Context<'_, '_> {
    pub(super) fn at(&self, i: usize) -> Option<&Word<'_>> {
        (self.first <= i && i < self.last).then(|| &self.words[i])
    }

    pub(super) fn before(&self, i: usize, back: usize) -> Option<&Word<'_>> {
        i.checked_sub(back).and_then(|k| self.at(k))
    }

    /// The longest listed name that begins at token `i`, with its end.
    pub(super) fn listed_at(&self, i: usize) -> Option<(usize, Listed)> {
        let last = self.last;
        let w = &self.words[i];
        let shouted = w.text.len() > 4 && w.text.chars().all(|c| !c.is_lowercase());
        let find = |j: usize| {
            let raw = &self.text[w.span.from()..self.words[j - 1].span.to()];
            let plain = !raw.contains(['’', '‘', '\u{a0}', '\n']) && !raw.contains("  ");
            let hit = if plain {
                gazetteer::listed(raw)
            } else {
                gazetteer::listed(&gazetteer::folded(raw))
            };
            hit.or_else(|| shouted.then(|| gazetteer::listed(&gazetteer::unshouted(raw))).flatten())
        };
        let first = if shouted { gazetteer::unshouted(w.text) } else { gazetteer::folded(w.text) };
        let mut longest =
            gazetteer::longest_from(&first).or_else(|| gazetteer::longest_from(w.text))?;
        longest += 8;
        let mut end = i + 1;
        while end < last && self.words[end].span.to() - w.span.from() <= longest {
            end += 1;
        }
        (i + 1..=end).rev().find_map(|j| find(j).map(|l| (j, l)))
    }

    /// Splits the run `a..b` into names.
    pub(super) fn segment(&self, a: usize, b: usize, out: &mut Vec<Found>) {
        let mut p = a;
        let mut title_before = None;
        while p < b {
            if self.words[p].text == "-" {
                p += 1;
                continue;
            }
            if let Some((title, rest)) = self.titles(p, b) {
                title_before = Some(title);
                p = rest;
                continue;
            }
            let title =
                title_before.take().or_else(|| if p == a { self.small_title(a) } else { None });
            p = self.next_name(p, b, title, out);
        }
    }

    /// A title at the front of `p..b` with something after it: the title's tokens and where the rest
    /// begins. A run that ends in the word for a body is a body, not a title with a name.
    fn titles(&self, p: usize, b: usize) -> Option<((usize, usize), usize)> {
        let body_at_end = self.words[b - 1].is(ORGANIZATION | FACILITY | GROUP)
            && !self.words[b - 1].is(TITLE | MODIFIER);
        let mut q = p;
        let mut first = None;
        let mut end = None;
        while q < b {
            let w = &self.words[q];
            let country = w.people || gazetteer::country_of(w.text).is_some_and(|c| !c.capital);
            if w.is(TITLE) {
                first = first.or(Some(q));
                end = Some(q + 1);
            } else if w.is(MODIFIER | PORTFOLIO) && !country {
                first = first.or(Some(q));
                // "Minister of Defence": the field belongs to the title.
                if end.is_some()
                    && w.is(PORTFOLIO)
                    && self.before(q, 1).is_some_and(|o| matches!(&*o.lower, "of" | "and" | "for"))
                {
                    end = Some(q + 1);
                }
            } else if !(country && first.is_none()
                || matches!(w.text, "-" | ".")
                || end.is_some() && matches!(&*w.lower, "of" | "and" | "for"))
            {
                break;
            }
            q += 1;
        }
        let end = end?;
        if body_at_end
            && end < b
            && self.body_head(end, b).is_some_and(|h| h + 1 == b)
            && !self.person_inside(end, b)
        {
            return None;
        }
        // Modifiers before the first title word without a title after are names of their own.
        Some(((first.unwrap_or(p), end), end))
    }

    fn person_inside(&self, p: usize, b: usize) -> bool {
        (p..b).any(|i| gazetteer::is_given_name(self.words[i].text))
    }

    /// Lower-case title words right before the name: "defence minister", "chief of staff".
    fn small_title(&self, a: usize) -> Option<(usize, usize)> {
        let mut i = a;
        let mut found = None;
        while i > self.first && a - i < 7 {
            let w = &self.words[i - 1];
            let of = matches!(&*w.lower, "of" | "and")
                && i < a
                && i >= 2
                && i - 1 > self.first
                && self.words[i - 2].is(TITLE | PORTFOLIO);
            if w.is(TITLE) && (!w.capital || i < a) {
                found = Some(i - 1);
            } else if !(w.is(MODIFIER | PORTFOLIO) || of || w.text == "-" && i < a) {
                break;
            }
            i -= 1;
        }
        let mut start = found?;
        while start > i
            && start > self.first
            && self.words[start - 1].is(MODIFIER | PORTFOLIO | TITLE)
        {
            start -= 1;
        }
        Some((start, a))
    }

    /// Takes one name off the front of `p..b`; returns where the rest begins.
    fn next_name(
        &self,
        p: usize,
        b: usize,
        title: Option<(usize, usize)>,
        out: &mut Vec<Found>,
    ) -> usize {
        let mut push = |first: usize, last: usize, kind, rule, confidence| {
            let title = title.filter(|t| t.1 == first && kind == MentionKind::Person);
            out.push(Found { first, last, kind, title, government: false, rule, confidence });
        };
        if let Some(end) = self.people_end(p, b).filter(|_| title.is_none()) {
            let body =
                self.body_head(end, b).is_some_and(|h| self.words[h].is(ORGANIZATION | GROUP));
            if !body {
                return end;
            }
        }
        // "World War II": the number belongs to the word before it.
        let numbered = b - p > 2 && is_roman(self.words[b - 1].text);
        let last_word = &self.words[if numbered { b - 2 } else { b - 1 }];
        let whole = last_word.is(ORGANIZATION | GROUP | FACILITY | EVENT | PLACE) && b - p > 1;
        if let Some((q, listed)) = self.listed_at(p) {
            let given = listed.weak || gazetteer::is_given_name(self.words[p].text);
            let person = q < b && given && q == p + 1 && !whole
                || title.is_some() && q == b && (listed.weak || listed.minor);
            let whole =
                whole && q < b && !(last_word.is(PLACE) && listed.kind != MentionKind::Place);
            // "Varna School of Economics": a place at the front of a body's name.
            let whole = whole
                || listed.kind == MentionKind::Place && q < b && self.joined_body(q, b).is_some();
            if listed.kind == MentionKind::Place
                && let Some(h) = self.body_before_person(q, b)
            {
                // "Varna Ports Authority Chairman Orlo"
                let (kind, rule) = self.kind_of_head(h);
                push(p, h + 1, kind, rule, 0.85);
                return h + 1;
            }
            let body = matches!(listed.kind, MentionKind::Organization | MentionKind::Group);
            if body && q < b && !self.words[q].capital && self.words[q].is(CONNECTOR) {
                // "Labour Party of Freedonia": the listed name goes on.
                let end = self.person_tail(q + 1, b);
                push(p, end, listed.kind, "body_word", 0.9);
                return end;
            }
            if !person && !whole {
                let single = q == p + 1;
                let doubtful =
                    single && (listed.weak || self.words[p].common && !self.words[p].name);
                let confidence: f32 = match (doubtful, listed.minor) {
                    (true, true) => 0.35,
                    (true, false) => 0.5,
                    (false, true) => 0.7,
                    (false, false) => 0.95,
                };
                let confidence = if self.place_before(p) && listed.kind == MentionKind::Place {
                    confidence.max(0.8)
                } else {
                    confidence
                };
                // A small town's name that stands where persons stand is a person's.
                let cue = if listed.minor && single { self.person_cue(p, q) } else { 0.0 };
                if cue > confidence {
                    push(p, q, MentionKind::Person, "cue", cue);
                } else {
                    push(p, q, listed.kind, "listed", confidence);
                }
                return q;
            }
        }
        if self.words[b - 1].people && !whole && self.words[b - 1].glued {
            return b;
        }
        if self.words[p].is(NOT_NAME) && !whole {
            return p + 1;
        }
        // A run of a headline may hold a whole clause.
        let whole = whole && !(self.headline && b - p > 4 && !last_word.is(ORGANIZATION | GROUP));
        if whole && !(title.is_some() && self.person_inside(p, b)) {
            return self.whole_run(p, b, &mut push);
        }
        let head = self.joined_body(p, b).or_else(|| self.body_head(p, b));
        if let Some(h) = head.filter(|_| title.is_none()) {
            let joined = (h + 1..b).any(|i| !self.words[i].capital && self.words[i].text != "-");
            if joined {
                let (kind, rule) = self.kind_of_head(h);
                let end = self.person_tail(h + 1, b);
                push(p, end, kind, rule, 0.85);
                return end;
            }
            if h > p {
                let (kind, rule) = self.kind_of_head(h);
                push(p, h + 1, kind, rule, 0.8);
                return h + 1;
            }
            if self.words[h].is(ORGANIZATION)
                && b - p > 1
                && !gazetteer::is_given_name(self.words[p + 1].text)
            {
                push(p, b, MentionKind::Organization, "body_word", 0.6);
                return b;
            }
            if b - p == 1 {
                // "the Coalition", capitalised in running text.
                let the = self.before(p, 1).is_some_and(|w| &*w.lower == "the");
                if the
                    && self.words[p].name
                    && !self.headline
                    && !self.words[p].is(PLACE | EVENT | FACILITY)
                {
                    push(p, b, self.kind_of_head(p).0, "article", 0.45);
                }
                return b;
            }
        }
        if let Some(at) = self.listed_body_inside(p, b).filter(|_| title.is_none()) {
            return at;
        }
        self.lead_or_open(p, b, title, &mut push);
        b
    }

    /// "Radical Daesh": a listed body or group after words that are no part of its name.
    fn listed_body_inside(&self, p: usize, b: usize) -> Option<usize> {
        (p + 1..b).find(|&i| {
            self.words[i].capital
                && !self.words[i].glued
                && self.listed_at(i).is_some_and(|(end, l)| {
                    end >= b && !l.minor && !l.weak && l.kind != MentionKind::Place
                })
                && !gazetteer::is_given_name(self.words[p].text)
        })
    }

    fn whole_run(
        &self,
        p: usize,
        b: usize,
        push: &mut impl FnMut(usize, usize, MentionKind, &'static str, f32),
    ) -> usize {
        // "Supreme Council Deputy Orlo Party": the first body word that a person follows ends a name.
        let head = if is_roman(self.words[b - 1].text) { b - 2 } else { b - 1 };
        let head = (p..b - 1)
            .find(|&i| {
                self.words[i].is(ORGANIZATION | GROUP | FACILITY)
                    && !self.words[i + 1].capital
                    && self.words[i + 1].is(CONNECTOR)
            })
            .unwrap_or(head);
        let (kind, rule) = self.kind_of_head(head);
        let mut start = p;
        // A people's adjective belongs to the name of a body, not to that of a place or event.
        while start + 1 < b && self.words[start].people && kind == MentionKind::Place {
            start += 1;
        }
        let only_head = b - start == 1;
        if !only_head {
            push(start, b, kind, rule, if self.headline { 0.6 } else { 0.9 });
        }
        b
    }

    fn lead_or_open(
        &self,
        p: usize,
        b: usize,
        title: Option<(usize, usize)>,
        push: &mut impl FnMut(usize, usize, MentionKind, &'static str, f32),
    ) {
        let n = (p..b).filter(|&i| self.words[i].capital).count();
        if n > 1 && self.initialled(p, b) {
            return push(p, b, MentionKind::Organization, "initials", 0.9);
        }
        if self.words[p].is(VESSEL) && n > 1 {
            return;
        }
        if title.is_some() && n <= 5 {
            return push(p, b, MentionKind::Person, "title", 0.95);
        }
        if n > 1 && self.words[p].is(EVENT_LEAD) {
            return push(p, b, MentionKind::Event, "event_word", 0.8);
        }
        if n > 1 && self.words[p].is(PLACE_LEAD) && !gazetteer::is_given_name(self.words[p].text) {
            return push(p, b, MentionKind::Place, "place_word", 0.7);
        }
        let place = self.place_cue(p, b);
        let person = self.person_cue(p, b);
        if n > 1 {
            return self.several_words(p, b, n, place, person, push);
        }
        let w = &self.words[p];
        if acronym(w.text) {
            let kind = if place > 0.85 { MentionKind::Place } else { MentionKind::Organization };
            return push(p, b, kind, "acronym", if w.common { 0.25 } else { 0.6 });
        }
        if gazetteer::is_given_name(w.text) && !w.common {
            let c = person.max(0.6);
            return if place > c {
                push(p, b, MentionKind::Place, "cue", place)
            } else {
                push(p, b, MentionKind::Person, "given_name", c)
            };
        }
        if person.max(place) >= 0.4 {
            let (kind, c) = if person >= place {
                (MentionKind::Person, person)
            } else {
                (MentionKind::Place, place)
            };
            let doubtful = w.common || p == self.first && !w.name;
            return push(p, b, kind, "cue", if doubtful { c * 0.5 } else { c });
        }
        let the = self.before(p, 1).is_some_and(|w| &*w.lower == "the");
        if the {
            push(p, b, MentionKind::Organization, "article", if w.common { 0.25 } else { 0.45 });
        } else {
            push(p, b, MentionKind::Person, "open", if w.common { 0.1 } else { 0.3 });
        }
    }

    fn several_words(
        &self,
        p: usize,
        b: usize,
        n: usize,
        place: f32,
        person: f32,
        push: &mut impl FnMut(usize, usize, MentionKind, &'static str, f32),
    ) {
        let w = &self.words[p];
        let common = (p..b).filter(|&i| self.words[i].capital && self.words[i].common).count();
        if gazetteer::is_given_name(w.text) && !(w.common && common == n) {
            return push(p, b, MentionKind::Person, "given_name", 0.92);
        }
        // "Liberal Lenora Orlo": words of running text before a person's name.
        let person_at =
            (p + 1..b).find(|&i| gazetteer::is_given_name(self.words[i].text) && b - i >= 2);
        if let Some(i) = person_at.filter(|&i| (p..i).all(|k| self.words[k].common)) {
            return push(i, b, MentionKind::Person, "given_name", 0.85);
        }
        if acronym(w.text) {
            return push(
                p,
                b,
                MentionKind::Organization,
                "acronym",
                if w.common { 0.2 } else { 0.5 },
            );
        }
        if self.words[b - 1].is(PERSON_AFTER) {
            return push(p, b, MentionKind::Person, "generation", 0.9);
        }
        let initials = (p..b).any(|i| is_initial(self.words[i].text));
        let article = (p..b).any(|i| {
            self.words[i].is(PARTICLE)
                && (!self.words[i].capital || i + 1 < b && self.words[i + 1].text == "-")
        });
        if place > person && place >= 0.6 && !initials {
            return push(p, b, MentionKind::Place, "cue", place);
        }
        if initials {
            return push(p, b, MentionKind::Person, "initial", 0.9);
        }
        if person >= 0.6 && common < n {
            return push(p, b, MentionKind::Person, "cue", person.max(0.75));
        }
        if common > 0 {
            let the = self.before(p, 1).is_some_and(|w| &*w.lower == "the");
            let acts = self.at(b).is_some_and(|w| w.finite);
            let c = match (self.headline, the || acts || common < n) {
                (true, _) => 0.2,
                (false, true) => 0.45,
                (false, false) => 0.35,
            };
            return push(p, b, MentionKind::Organization, "common_words", c);
        }
        let the = self.before(p, 1).is_some_and(|w| &*w.lower == "the");
        if the {
            return push(p, b, MentionKind::Organization, "article", 0.5);
        }
        let c = if article { 0.75 } else { 0.6 };
        push(p, b, MentionKind::Person, "shape", c);
    }
}
