//! "his Russian counterpart Ivan Petrov": the same office of another country.

use crate::countries::{Sense, country};
use crate::reading::Line;
use variorum_model::{Mention, MentionKind, Office, Span, Standing};

/// The offices that "counterpart" at word `at` stands for: that of the office told last, in each of
/// the countries named before the word, with the holders named after it where they are as many.
pub(super) fn counterparts(
    line: &Line<'_>,
    mentions: &[Mention],
    at: usize,
    told: &[Office],
) -> Vec<Office> {
    let plural = match line.word(at) {
        "counterpart" => false,
        "counterparts" => true,
        _ => return Vec::new(),
    };
    let (from, countries) = countries_before(line, at);
    let mut to = at + 1;
    let mut of_countries = countries;
    // "his counterpart from Russia"
    if of_countries.is_empty()
        && matches!(line.word(to), "from" | "in" | "of")
        && let Some((_, code)) = country(line.text(to + 1))
    {
        of_countries.push(code);
        to += 2;
    }
    let Some(same) = told.iter().rev().find(|o| o.span.end <= line.tokens[at].span.start) else {
        return Vec::new();
    };
    let holders = names_after(line, mentions, to, if plural { of_countries.len() } else { 1 });
    let span = line.span(from, to);
    let make = |country: Option<&'static str>, holder: Option<Span>| Office {
        span,
        title: same.title.clone(),
        body: None,
        country: country.map(str::to_owned),
        holder,
        standing: Standing::Current,
        from: None,
        to: None,
        change: None,
        rule: "counterpart",
        confidence: if holder.is_some() { 0.8 } else { 0.6 },
    };
    if of_countries.is_empty() {
        return holders.first().map(|h| make(None, Some(*h))).into_iter().collect();
    }
    let matched = holders.len() == of_countries.len();
    of_countries
        .iter()
        .enumerate()
        .map(|(i, code)| make(Some(code), holders.get(i).copied().filter(|_| matched)))
        .collect()
}

/// "his Russian and Syrian": first word and countries.
fn countries_before(line: &Line<'_>, at: usize) -> (usize, Vec<&'static str>) {
    let mut from = at;
    let mut countries = Vec::new();
    while from > 0 {
        match country(line.text(from - 1)) {
            Some((Sense::Demonym | Sense::Name, code)) => countries.push(code),
            _ if matches!(line.word(from - 1), "and" | ",")
                && !countries.is_empty()
                && from > 1
                && country(line.text(from - 2)).is_some() => {}
            _ => break,
        }
        from -= 1;
    }
    if from > 0 && matches!(line.word(from - 1), "his" | "her" | "their" | "its" | "the") {
        from -= 1;
    }
    countries.reverse();
    (from, countries)
}

/// Up to `most` persons named in a row right after word `to`.
fn names_after(line: &Line<'_>, mentions: &[Mention], to: usize, most: usize) -> Vec<Span> {
    let mut out = Vec::new();
    let mut at = to;
    while out.len() < most && at < line.tokens.len() {
        let start = line.tokens[at].span.start;
        let named = super::named_from(mentions, start).filter(|m| m.kind == MentionKind::Person);
        match named {
            Some(m) => {
                out.push(m.span);
                at = line.after(m.span.to());
            }
            None if matches!(line.word(at), "," | "and" | "(" | ")")
                || super::titles::is_rank(line.word(at)) =>
            {
                at += 1
            }
            None => break,
        }
    }
    out
}
