//! Offices: title, body, country, holder, and whether the office is held.
//!
//! A title of the table is grown to the left over words that qualify it (country, standing, grade,
//! body) and to the right over "of", "for" and the like; the holder is the name beside it.

mod changes;
mod counterpart;
mod holder;
mod terms;
mod titles;

pub(crate) use terms::terms;

use crate::countries::{Sense, country};
use crate::mentions::country_inside;
use crate::reading::{Line, Reading};
use std::collections::BTreeMap;
use titles::{Title, title};
use variorum_model::{Coreference, Mention, MentionKind, Office, Span, Standing};

/// The offices of a report, in text order.
pub(crate) fn offices(reading: &Reading<'_>, mentions: &[Mention]) -> Vec<Office> {
    let mut out: Vec<Office> = Vec::new();
    for sentence in &reading.parse.sentences {
        let line = Line::new(reading, sentence);
        let mentions = within(mentions, sentence.span);
        let mut at = 0;
        while at < line.tokens.len() {
            let Some(title) = title(&line.words, at) else {
                out.extend(counterpart::counterparts(&line, mentions, at, &out));
                at += 1;
                continue;
            };
            let phrase = Phrase::grow(&line, mentions, at, title);
            at = phrase.title.end.max(at + 1);
            out.extend(phrase.offices(&line, mentions));
        }
    }
    out.sort_by_key(|o| (o.span, o.holder, o.country.clone()));
    out.dedup_by(|b, a| a.span == b.span && a.holder == b.holder && a.country == b.country);
    out
}

/// Gives the offices told by description alone ("the Russian envoy") the holders that references to
/// names found for them.
pub(crate) fn describe(offices: &mut [Office], mentions: &[Mention], references: &[Coreference]) {
    for office in offices.iter_mut().filter(|o| o.holder.is_none()) {
        let from = references.partition_point(|r| r.span.end <= office.span.start);
        let same = references[from..].first().filter(|r| {
            r.rule == "office" && r.span.overlaps(office.span) && r.span.end >= office.span.end
        });
        let holder = same.and_then(|r| match r.antecedents.as_slice() {
            [one] => mentions.get(*one as usize),
            _ => None,
        });
        if let Some(holder) = holder {
            office.holder = Some(holder.span);
            office.rule = "description";
        }
    }
}

/// Gives an office without a holder the one person who is said to hold it elsewhere in the report:
/// "the secretary of the council", "his Norwegian counterpart".
pub(crate) fn same_office(
    reading: &Reading<'_>,
    mentions: &[Mention],
    entities: &[u32],
    offices: &mut [Office],
) {
    let entity = |span: Span| {
        let at = mentions.partition_point(|m| m.span.start < span.start);
        mentions.get(at).filter(|m| m.span == span).and_then(|_| entities.get(at)).copied()
    };
    // By title and country: who is said to hold it, where, and of what body
    type Held = (u32, Span, Option<Span>);
    let mut holders: BTreeMap<(String, String), Vec<Held>> = BTreeMap::new();
    for office in offices.iter().filter(|o| o.standing == Standing::Current) {
        if let (Some(country), Some(holder)) = (&office.country, office.holder)
            && let Some(who) = entity(holder)
        {
            let key = (office.title.clone(), country.clone());
            holders.entry(key).or_default().push((who, holder, office.body));
        }
    }
    let spans: Vec<Span> = offices.iter().map(|o| o.span).collect();
    for (i, office) in offices.iter_mut().enumerate() {
        let listed = i > 0 && spans[i - 1] == office.span || spans.get(i + 1) == Some(&office.span);
        let one = office.rule == "counterpart"
            || !listed
                && !titles::is_plural_title(reading.text(office.span), office.body, office.span);
        let open = office.holder.is_none() && office.standing == Standing::Current && one;
        let Some(country) = office.country.clone().filter(|_| open) else { continue };
        if titles::is_held_by_many(&office.title) {
            continue;
        }
        let Some(list) = holders.get(&(office.title.clone(), country)) else { continue };
        let other = |body: Option<Span>| match (body, office.body) {
            (Some(a), Some(b)) => !reading.text(a).eq_ignore_ascii_case(reading.text(b)),
            _ => false,
        };
        let (who, holder, _) = list[0];
        if list.iter().all(|l| l.0 == who && !other(l.2)) {
            office.holder = Some(holder);
            office.rule = "same_office";
            office.confidence = 0.7;
        }
    }
}

/// The mentions that begin in `span`.
pub(crate) fn within(mentions: &[Mention], span: Span) -> &[Mention] {
    let from = mentions.partition_point(|m| m.span.start < span.start);
    let to = mentions.partition_point(|m| m.span.start < span.end);
    &mentions[from..to]
}

/// A title with what qualifies it, as word ranges of one sentence.
struct Phrase {
    title: Title,
    /// First word of the phrase: country, standing and grade included.
    from: usize,
    /// First word of the title.
    title_at: usize,
    /// One past the phrase, "of …" included.
    to: usize,
    standing: Standing,
    body: Option<Span>,
    countries: Vec<&'static str>,
}

impl Phrase {
    fn grow(line: &Line<'_>, mentions: &[Mention], at: usize, title: Title) -> Phrase {
        let mut phrase = Phrase {
            from: at,
            title_at: at,
            to: title.end,
            title,
            standing: Standing::Current,
            body: None,
            countries: Vec::new(),
        };
        phrase.grow_left(line, mentions);
        phrase.elect(line);
        phrase.grow_right(line, mentions);
        phrase
    }

    /// "Iran's former", "Iranian, Russian and Syrian", "acting Senate".
    fn grow_left(&mut self, line: &Line<'_>, mentions: &[Mention]) {
        const LONGEST: usize = 14;
        while self.from > 0 && self.title_at - self.from < LONGEST {
            let before = self.from - 1;
            if let Some(standing) = titles::standing(line.word(before)) {
                self.standing = standing;
                self.from = before;
            } else if let Some(mention) = mention_ending(line, mentions, self.from) {
                if !self.qualify(line, mention) {
                    break;
                }
            } else if let Some((Sense::Demonym | Sense::Name, code)) = country(line.text(before)) {
                self.countries.push(code);
                self.from = before;
            } else if self.steps_over(line, mentions, before) {
                self.from = before;
            } else {
                break;
            }
        }
        self.countries.reverse();
    }

    /// Whether word `at` joins what stands before it to the title: a grade, the dash of "ex-", a
    /// possessive ending, a comma or "and" between countries.
    fn steps_over(&self, line: &Line<'_>, mentions: &[Mention], at: usize) -> bool {
        let word = line.word(at);
        let listed = self.title.plural
            && matches!(word, "and" | ",")
            && at > 0
            && matches!(country(line.text(at - 1)), Some((Sense::Demonym, _)));
        let dash = word == "-" && at > 0 && titles::standing(line.word(at - 1)).is_some();
        let owned = matches!(word, "'s" | "'") && at > 0 && owned_by(line, mentions, at);
        titles::is_grade(word) || listed || dash || owned
    }

    /// Takes a body or country named right before the phrase into it.
    fn qualify(&mut self, line: &Line<'_>, mention: &Mention) -> bool {
        let first = line.at(mention.span.from());
        match mention.kind {
            MentionKind::Person | MentionKind::Event => return false,
            MentionKind::Place => self.countries.extend(code_of(line, mention)),
            _ => {
                self.body = Some(mention.span);
                self.countries.extend(code_of(line, mention));
            }
        }
        self.from = first;
        true
    }

    /// "president-elect", "minister designate".
    fn elect(&mut self, line: &Line<'_>) {
        let dash = usize::from(line.word(self.to) == "-");
        if titles::standing(line.word(self.to + dash)) == Some(Standing::Elect) {
            self.standing = Standing::Elect;
            self.to += dash + 1;
        }
    }

    /// "of Iran's Supreme Council", "for Syria", "to the United Nations", twice at most.
    fn grow_right(&mut self, line: &Line<'_>, mentions: &[Mention]) {
        for _ in 0..2 {
            if !matches!(line.word(self.to), "of" | "for" | "to" | "on" | "at" | "in") {
                return;
            }
            let of = line.word(self.to) == "of";
            let from = self.to + 1;
            let Some((end, named)) = complement(line, mentions, from) else { return };
            // "commander in Aleppo" and "minister on Monday" have no body there
            let plain = matches!(line.tag(from), "DT" | "NN" | "NNS" | "JJ");
            if named.is_empty() && !of && !(line.word(self.to) == "for" && plain) {
                return;
            }
            // "told the Russian envoy of Norway's habits": the office has its country already
            let places = !named.is_empty() && named.iter().all(|m| m.kind == MentionKind::Place);
            if of && places && !self.countries.is_empty() {
                return;
            }
            // "director of the Oslo, Bergen and Riga offices": of none of them
            let mut codes: Vec<_> = named.iter().filter_map(|m| code_of(line, m)).collect();
            codes.dedup();
            if codes.len() > 1 && places && !self.title.plural {
                self.body = self.body.or(Some(line.span(from, end)));
                self.to = end;
                continue;
            }
            for m in &named {
                if m.kind == MentionKind::Place || country(line.reading.text(m.span)).is_some() {
                    if of
                        || self.countries.is_empty()
                            && line.word(self.to) != "for"
                            && line.word(self.to) != "on"
                            && line.word(self.to) != "to"
                    {
                        self.countries.extend(code_of(line, m));
                    }
                } else {
                    self.body = self.body.or(Some(m.span));
                    self.countries.extend(code_of(line, m));
                }
            }
            if self.body.is_none() && (of || named.is_empty()) && !places {
                self.body = Some(line.span(from, end));
            }
            self.to = end;
        }
    }

    fn offices(&self, line: &Line<'_>, mentions: &[Mention]) -> Vec<Office> {
        let mut countries = self.countries.clone();
        countries.dedup();
        let span = line.span(self.from, self.to);
        let make = |country: Option<&'static str>, holder: Option<(Span, &'static str)>| Office {
            span,
            title: self.title.canonical.clone(),
            body: self.body,
            country: country.map(str::to_owned),
            holder: holder.map(|h| h.0),
            standing: self.standing,
            from: None,
            to: None,
            change: None,
            rule: holder.map_or("no_holder", |h| h.1),
            confidence: if holder.is_some() { 0.9 } else { 0.6 },
        };
        if self.title.plural {
            return countries.into_iter().map(|c| make(Some(c), None)).collect();
        }
        let holder = holder::holder(line, mentions, self.from, self.to);
        let own = match countries.as_slice() {
            [] => self.body.and_then(|b| country_inside(line.reading.text(b))),
            [one] => Some(*one),
            // "Russia's envoy for Syria": the owner stands first
            [first, ..] => Some(*first),
        };
        let changed = changes::is_changed(line, mentions, self.from);
        let told = holder.is_some() || own.is_some() || self.body.is_some() || changed;
        if told { vec![make(own, holder)] } else { Vec::new() }
    }
}

/// Whether a body or country stands before a possessive ending at word `at`.
fn owned_by(line: &Line<'_>, mentions: &[Mention], at: usize) -> bool {
    country(line.text(at - 1)).is_some()
        || mention_ending(line, mentions, at).is_some_and(|m| m.kind != MentionKind::Person)
}

fn code_of(line: &Line<'_>, mention: &Mention) -> Option<&'static str> {
    let text = line.reading.text(mention.span);
    country(text).map(|(_, code)| code).or_else(|| country_inside(text)).or_else(|| {
        // A town's country is not that of every office in it, a ministry's is
        (mention.kind != MentionKind::Place).then_some(())?;
        crate::countries::static_code(mention.country.as_deref()?)
    })
}

/// The mention whose last word stands right before word `at`.
fn mention_ending<'m>(line: &Line<'_>, mentions: &'m [Mention], at: usize) -> Option<&'m Mention> {
    let end = line.tokens.get(at.checked_sub(1)?)?.span.end;
    named_until(mentions, end)
}

/// The mention that ends at byte `end`.
fn named_until(mentions: &[Mention], end: u32) -> Option<&Mention> {
    let to = mentions.partition_point(|m| m.span.start < end);
    mentions[..to].iter().rev().take(4).find(|m| m.span.end == end)
}

/// The mention that begins at byte `start`.
fn named_from(mentions: &[Mention], start: u32) -> Option<&Mention> {
    let at = mentions.partition_point(|m| m.span.start < start);
    mentions.get(at).filter(|m| m.span.start == start)
}

/// "political, military and security measures": a comma or "and" between words of one phrase.
fn joins_words(line: &Line<'_>, at: usize) -> bool {
    let word_of_phrase = |i: usize| {
        let tag = line.tag(i);
        tag.starts_with("JJ") || matches!(tag, "NN" | "NNS")
    };
    at > 0
        && word_of_phrase(at - 1)
        && word_of_phrase(at + 1)
        && (line.word(at) == "and" || line.word(at) == "," && line.tag(at - 1).starts_with("JJ"))
}

/// One past the noun phrase at `from` ("the", possessives, names, lists of names), and the mentions in it.
fn complement<'m>(
    line: &Line<'_>,
    mentions: &'m [Mention],
    from: usize,
) -> Option<(usize, Vec<&'m Mention>)> {
    const LONGEST: usize = 40;
    let mut at = from;
    let mut named = Vec::new();
    let mut nominal = false;
    while at < line.tokens.len() {
        let here = named_from(mentions, line.tokens[at].span.start);
        if at - from > LONGEST {
            break;
        }
        if let Some(m) = here.filter(|m| m.kind != MentionKind::Person) {
            named.push(m);
            at = line.after(m.span.to()).max(at + 1);
            nominal = true;
            continue;
        }
        let tag = line.tag(at);
        let word = line.word(at);
        let listed = matches!(word, "," | "and")
            && !named.is_empty()
            && line.tokens.get(at + 1).is_some_and(|t| {
                named_from(mentions, t.span.start).is_some_and(|m| m.kind == MentionKind::Place)
            });
        let inside = matches!(tag, "POS" | "PRP$")
            || tag == "DT" && at == from
            || tag.starts_with("JJ")
            || tag.starts_with("NN")
            || word == "'s"
            || listed
            || joins_words(line, at);
        if here.is_some() || !inside {
            break;
        }
        nominal |= tag.starts_with("NN");
        at += 1;
    }
    (nominal && at > from).then_some((at, named))
}

#[cfg(test)]
mod tests;
