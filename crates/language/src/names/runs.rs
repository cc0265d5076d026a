//! Runs of capitalised words that may hold one name or several.

use super::plain_words::is_plain;
use super::words::{
    self, CONNECTOR, EVENT, FACILITY, GROUP, MODIFIER, NOT_NAME, ORGANIZATION, OWNER, PARTICLE,
    PORTFOLIO, SYLLABLE, TITLE,
};
use crate::gazetteer;
use compact_str::CompactString;
use variorum_model::{Parse, Sentence, Span};

/// Tokens of a run at most; longer ones are lists in capitals, not names.
const LONGEST: usize = 48;

/// A token as names are read from it.
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) lower: CompactString,
    pub(super) span: Span,
    pub(super) classes: u32,
    /// Begins with a capital.
    pub(super) capital: bool,
    /// Tagged as a proper name.
    pub(super) name: bool,
    /// No white space stands before it.
    pub(super) glued: bool,
    /// An adjective or noun of a people ("Iranian", "Turks").
    pub(super) people: bool,
    /// Tagged as a noun or name.
    pub(super) noun: bool,
    /// Tagged as a plural.
    pub(super) plural: bool,
    /// Tagged as a verb with tense.
    pub(super) finite: bool,
    /// A word of running text when written small.
    pub(super) common: bool,
}

impl Word<'_> {
    pub(super) fn is(&self, bits: u32) -> bool {
        self.classes & bits != 0
    }
}

/// The tokens of a report as words, in order.
pub(super) fn words<'t>(text: &'t str, parse: &Parse) -> Vec<Word<'t>> {
    let mut out = Vec::with_capacity(parse.tokens.len());
    let mut end = u32::MAX;
    for token in &parse.tokens {
        let word = token.span.of(text);
        let capital = word.starts_with(char::is_uppercase);
        let mut lower = CompactString::from(word);
        if word.is_ascii() {
            lower.make_ascii_lowercase();
        } else {
            lower = CompactString::from(word.to_lowercase());
        }
        let people = capital && gazetteer::country_of_people(word).is_some();
        out.push(Word {
            text: word,
            span: token.span,
            classes: words::classes(&lower),
            capital,
            name: token.tag.starts_with("NNP"),
            noun: token.tag.starts_with("NN"),
            plural: matches!(&*token.tag, "NNPS" | "NNS"),
            finite: matches!(&*token.tag, "VBD" | "VBZ" | "VBP" | "MD"),
            glued: token.span.start == end,
            people,
            common: capital && is_plain(&lower),
            lower,
        });
        end = token.span.end;
    }
    out
}

/// First and one-past-last token of each run of a sentence.
pub(super) fn runs(words: &[Word<'_>], sentence: &Sentence, headline: bool) -> Vec<(usize, usize)> {
    let (first, last) = (sentence.first as usize, sentence.last as usize);
    let mut out = Vec::new();
    let mut i = first;
    while i < last {
        if begins(words, i, first, last, headline) {
            let j = extend(words, i, last, headline);
            out.push((i, j));
            i = j;
        } else {
            i += 1;
        }
    }
    out
}

fn begins(words: &[Word<'_>], i: usize, first: usize, last: usize, headline: bool) -> bool {
    let w = &words[i];
    if article_name(words, i, last) {
        return true;
    }
    // "R-Ohio": one letter before a hyphen.
    if w.text.len() == 1 && words.get(i + 1).is_some_and(|n| n.text == "-") {
        return false;
    }
    if !w.capital || w.is(NOT_NAME) && !name_goes_on(words, i, last) && !listed_pair(words, i, last)
    {
        return false;
    }
    let opening = i == first
        || matches!(
            words[i - 1].text,
            "“" | "\"" | "‘" | "'" | "(" | ":" | "•" | "-" | "–" | "—" | "*" | "."
        );
    if headline || opening {
        let next_capital = words.get(i + 1).is_some_and(|n| i + 1 < last && n.capital && n.name);
        let telling = w.is(TITLE | MODIFIER | ORGANIZATION | GROUP | PORTFOLIO) && next_capital;
        return w.name || w.people || telling || !w.common;
    }
    true
}

/// A word that by itself names nothing, but begins a name here ("Islamic Front", "Muslim Council").
fn name_goes_on(words: &[Word<'_>], i: usize, last: usize) -> bool {
    (i + 1..last.min(i + 4))
        .take_while(|&k| words[k].capital)
        .any(|k| words[k].is(ORGANIZATION | GROUP | FACILITY))
        && !matches!(
            &*words[i].lower,
            "the" | "a" | "an" | "this" | "in" | "on" | "at" | "and" | "but" | "for" | "from"
        )
}

/// A preposition that begins a listed name ("Near East").
fn listed_pair(words: &[Word<'_>], i: usize, last: usize) -> bool {
    i + 1 < last
        && words[i + 1].capital
        && gazetteer::listed(&format!("{} {}", words[i].text, words[i + 1].text)).is_some()
}

/// "al-Nusra", "al Shabaab", "ez-Zor": a small article joined to a capitalised word.
fn article_name(words: &[Word<'_>], i: usize, last: usize) -> bool {
    let w = &words[i];
    if w.capital || !w.is(PARTICLE) {
        return false;
    }
    let hyphened = i + 2 < last
        && words[i + 1].text == "-"
        && words[i + 1].glued
        && words[i + 2].glued
        && words[i + 2].capital;
    hyphened
        || matches!(&*w.lower, "al" | "bin" | "ibn" | "abu") && i + 1 < last && words[i + 1].capital
}

fn extend(words: &[Word<'_>], i: usize, last: usize, headline: bool) -> usize {
    let mut j = if article_name(words, i, last) && !words[i].capital {
        article_end(words, i)
    } else {
        i + 1
    };
    while j < last && j - i < LONGEST {
        match step(words, i, j, last, headline) {
            0 => break,
            n => j += n,
        }
    }
    j
}

fn article_end(words: &[Word<'_>], i: usize) -> usize {
    if words[i + 1].text == "-" { i + 3 } else { i + 2 }
}

/// How many more tokens belong to the run `i..j`.
fn step(words: &[Word<'_>], i: usize, j: usize, last: usize, headline: bool) -> usize {
    let w = &words[j];
    let next = |k: usize| (j + k < last).then(|| &words[j + k]);
    let capital_at = |k: usize| next(k).is_some_and(|n| n.capital && !(n.is(NOT_NAME) && n.common));
    if w.capital {
        let fits = !w.is(NOT_NAME) || w.people || name_goes_on(words, j, last);
        let fits = fits && (!headline || w.name || w.people || !w.common || w.is(ORGANIZATION));
        return usize::from(fits);
    }
    if w.text == "-" && w.glued && next(1).is_some_and(|n| n.glued) {
        if capital_at(1) && !two_places(words, j) && !words[j - 1].people {
            return 2;
        }
        // "Deir ez-Zor", "Fahd al-Freij" after the article.
        if next(1).is_some_and(|n| n.is(PARTICLE))
            && next(2).is_some_and(|n| n.text == "-")
            && capital_at(3)
        {
            return 4;
        }
        // "Kim Jong-un": a small second syllable after two capitalised words.
        let syllable = next(1).is_some_and(|n| !n.capital && n.is(SYLLABLE));
        return if syllable && j >= i + 2 && words[j - 2].capital { 2 } else { 0 };
    }
    // "Brig. Gen." with the stop cut off.
    if w.text == "." && w.glued && words[j - 1].is(TITLE | MODIFIER) && capital_at(1) {
        return 1;
    }
    if article_name(words, j, last) {
        return article_end(words, j) - j;
    }
    let link = matches!(
        &*w.lower,
        "de" | "da"
            | "dos"
            | "di"
            | "del"
            | "della"
            | "der"
            | "den"
            | "van"
            | "von"
            | "ter"
            | "la"
            | "le"
            | "du"
            | "ul"
            | "ur"
            | "ud"
            | "ould"
            | "el"
            | "bin"
            | "ben"
    );
    if link {
        if capital_at(1) {
            return 2;
        }
        if next(1).is_some_and(|n| n.is(PARTICLE) && !n.capital) && capital_at(2) {
            return 3;
        }
    }
    if matches!(w.text, "'s" | "’s" | "'" | "’")
        && words[j - 1].is(OWNER)
        && capital_at(1)
        && next(1).is_some_and(|n| !n.is(TITLE) && !n.people)
    {
        return 2;
    }
    if w.is(CONNECTOR) { connector(words, i, j, last) } else { 0 }
}

fn two_places(words: &[Word<'_>], hyphen: usize) -> bool {
    let place = |w: &Word<'_>| gazetteer::country_of(w.text).is_some() || w.people;
    place(&words[hyphen - 1]) && words.get(hyphen + 1).is_some_and(place)
}

/// "Ministry of Defence", "Center for Policy Research", "Minister of State", "Johnson & Johnson".
fn connector(words: &[Word<'_>], i: usize, j: usize, last: usize) -> usize {
    let w = &words[j];
    let before = &words[j - 1];
    let the = words.get(j + 1).is_some_and(|n| j + 1 < last && n.text == "the");
    let at = if the { j + 2 } else { j + 1 };
    let Some(next) = words
        .get(at)
        .filter(|n| at < last && n.capital && !(n.is(NOT_NAME) && !n.is(PORTFOLIO) && !n.people))
    else {
        return 0;
    };
    let n = at + 1 - j;
    if w.text == "&" {
        return n;
    }
    let body = before.is(ORGANIZATION | GROUP);
    let joined = words[i..j].iter().any(|k| !k.capital && k.is(CONNECTOR));
    let head_class = words[i..j].iter().any(|k| k.is(ORGANIZATION | GROUP) && k.capital);
    match &*w.lower {
        "of" if before.is(TITLE) => n * usize::from(next.is(PORTFOLIO)),
        "of" if body || joined && head_class => n,
        "of" if before.is(EVENT | FACILITY) && before.name => n,
        "for" | "on" | "against" | "du" | "des" | "de" if body => n,
        "and" if next.is(TITLE) || gazetteer::country_of(next.text).is_some() => 0,
        "and" if before.is(PORTFOLIO) && next.is(PORTFOLIO) => n,
        // "Ministry of Health and Sport", but not "the Security Council and Norway".
        "and"
            if joined
                && head_class
                && !before.is(ORGANIZATION)
                && gazetteer::country_of(before.text).is_none()
                && next.common =>
        {
            n
        }
        _ => 0,
    }
}
