//! Titles of offices, from `data/office_titles.tsv`.

use crate::tables::{cell, rows};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;
use variorum_model::{Span, Standing};

/// Forms with what they stand for.
#[derive(Default)]
struct Forms {
    canonical: FxHashMap<&'static str, &'static str>,
    /// The words with which they begin: most words of a text begin none.
    openers: FxHashSet<&'static str>,
}

impl Forms {
    fn insert(&mut self, form: &'static str, canonical: &'static str) {
        self.canonical.insert(form, canonical);
        self.openers.insert(opener(form));
    }

    fn get(&self, form: &str) -> Option<&'static str> {
        self.canonical.get(form).copied()
    }

    /// Whether a form may begin with this word, in the singular or the plural.
    fn may_begin(&self, word: &str) -> bool {
        let begins = |word: &str| self.openers.contains(opener(word));
        // What is left of a lone full stop begins with the next word.
        word.is_empty() || begins(word) || singular(word).is_some_and(|one| begins(&one))
    }
}

/// A form up to its first space or hyphen.
fn opener(form: &str) -> &str {
    form.split([' ', '-']).next().unwrap_or(form)
}

#[derive(Default)]
struct Lexicon {
    titles: Forms,
    portfolios: Forms,
    standings: FxHashMap<&'static str, Standing>,
    ranks: FxHashSet<&'static str>,
    grades: FxHashSet<&'static str>,
    many: FxHashSet<&'static str>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
    for row in rows(include_str!("../../../../data/office_titles.tsv")) {
        let canonical = cell(&row, 1);
        for form in cell(&row, 2).split(';') {
            match cell(&row, 0) {
                "title" => {
                    lexicon.titles.insert(form, canonical);
                }
                "portfolio" => {
                    lexicon.portfolios.insert(form, canonical);
                }
                "standing" => {
                    let standing = match canonical {
                        "acting" => Standing::Acting,
                        "elect" => Standing::Elect,
                        "outgoing" => Standing::Outgoing,
                        _ => Standing::Former,
                    };
                    lexicon.standings.insert(form, standing);
                }
                "rank" => {
                    lexicon.ranks.insert(form);
                }
                "many" => {
                    lexicon.many.insert(form);
                }
                _ => {
                    lexicon.grades.insert(form);
                }
            }
        }
    }
    lexicon
});

/// The form of a word that the table has: British spelling, no stop at the end.
fn table_form(word: &str) -> &str {
    match word {
        "defense" => "defence",
        _ => word.trim_end_matches('.'),
    }
}

/// Singular of a plural title word.
fn singular(word: &str) -> Option<String> {
    match word {
        "secretaries" => Some("secretary".into()),
        "deputies" => Some("deputy".into()),
        "chiefs" => Some("chief".into()),
        "envoys" => Some("envoy".into()),
        _ if word.ends_with("ss") => None,
        _ => word.strip_suffix('s').filter(|w| w.len() > 3).map(str::to_owned),
    }
}

/// A title found among words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    /// As the table has it: "Minister of Defence".
    pub canonical: String,
    /// One past its last word.
    pub end: usize,
    /// Written in the plural.
    pub plural: bool,
}

/// The longest title that begins at word `at`.
pub(super) fn title(words: &[String], at: usize) -> Option<Title> {
    portfolio_first(words, at)
        .or_else(|| office_of_portfolio(words, at))
        .into_iter()
        .chain(listed(words, at))
        .max_by_key(|t| t.end)
}

/// "defence minister", "oil minister", "deputy foreign minister" (from "foreign").
fn portfolio_first(words: &[String], at: usize) -> Option<Title> {
    let (portfolio, after) = portfolio(words, at)?;
    let (office, plural) = match words.get(after)?.as_str() {
        "minister" => ("Minister", false),
        "ministers" => ("Minister", true),
        _ => return None,
    };
    let canonical = format!("{}{office} of {portfolio}", deputy_before(words, at));
    Some(Title { canonical, end: after + 1, plural })
}

/// "minister of defence", "minister for the economy", "ministers of defence".
fn office_of_portfolio(words: &[String], at: usize) -> Option<Title> {
    let plural = match words.get(at)?.as_str() {
        "minister" => false,
        "ministers" => true,
        _ => return None,
    };
    if !matches!(words.get(at + 1)?.as_str(), "of" | "for") {
        return None;
    }
    let the = usize::from(words.get(at + 2).is_some_and(|w| w == "the"));
    let (portfolio, end) = portfolio(words, at + 2 + the)?;
    let canonical = format!("{}Minister of {portfolio}", deputy_before(words, at));
    Some(Title { canonical, end, plural })
}

fn deputy_before(words: &[String], at: usize) -> &'static str {
    match at.checked_sub(1).map(|b| words[b].as_str()) {
        Some("deputy" | "vice" | "assistant") => "Deputy ",
        _ => "",
    }
}

fn portfolio(words: &[String], at: usize) -> Option<(&'static str, usize)> {
    longest(words, at, 3, &LEXICON.portfolios, |form| LEXICON.portfolios.get(form))
}

fn listed(words: &[String], at: usize) -> Option<Title> {
    let exact = longest(words, at, 6, &LEXICON.titles, |form| LEXICON.titles.get(form));
    if let Some((canonical, end)) = exact {
        return Some(Title { canonical: canonical.to_owned(), end, plural: false });
    }
    let found = longest(words, at, 4, &LEXICON.titles, |form| {
        let (head, last) = form.rsplit_once(' ').map_or(("", form), |(h, l)| (h, l));
        let one = singular(last)?;
        let whole = if head.is_empty() { one } else { format!("{head} {one}") };
        LEXICON.titles.get(&whole)
    });
    found.map(|(canonical, end)| Title { canonical: canonical.to_owned(), end, plural: true })
}

fn longest(
    words: &[String],
    at: usize,
    most: usize,
    forms: &Forms,
    look: impl Fn(&str) -> Option<&'static str>,
) -> Option<(&'static str, usize)> {
    if !forms.may_begin(table_form(words.get(at)?)) {
        return None;
    }
    (1..=most).rev().find_map(|len| {
        let list = words.get(at..at + len)?;
        let mut form = String::new();
        for word in list {
            let dash = word == "-" || form.ends_with('-');
            if !form.is_empty() && !dash {
                form.push(' ');
            }
            form.push_str(table_form(word));
        }
        Some((look(&form)?, at + len))
    })
}

/// What a word like "former" says of an office.
pub(super) fn standing(word: &str) -> Option<Standing> {
    LEXICON.standings.get(word.trim_end_matches('-')).copied()
}

/// Whether a word is a rank or form of address, which may stand between an office and a name.
pub(super) fn is_rank(word: &str) -> bool {
    LEXICON.ranks.contains(table_form(word)) || word == "."
}

/// Whether a word qualifies a title that follows it.
pub(super) fn is_grade(word: &str) -> bool {
    LEXICON.grades.contains(word)
}

/// Whether several hold an office of that title (in its canonical form) at once.
pub(super) fn is_held_by_many(canonical: &str) -> bool {
    LEXICON.many.contains(canonical)
}

/// Whether the phrase `text` at `span`, up to its body, names its office in the plural.
pub(super) fn is_plural_title(text: &str, body: Option<Span>, span: Span) -> bool {
    let end = body.filter(|b| b.start > span.start).map_or(text.len(), |b| b.from() - span.from());
    let words: Vec<String> =
        text[..end.min(text.len())].split_whitespace().map(str::to_lowercase).collect();
    (0..words.len()).any(|at| title(&words, at).is_some_and(|t| t.plural))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_brought_to_one_form() {
        for (text, canonical, end) in [
            ("defense minister orlo", "Minister of Defence", 2),
            ("minister of defence orlo", "Minister of Defence", 3),
            ("minister for foreign affairs", "Minister of Foreign Affairs", 4),
            ("foreign ministers met", "Minister of Foreign Affairs", 2),
            ("chief of staff", "Chief of Staff", 3),
            ("special envoy for", "Special Envoy", 2),
            ("pm orlo", "Prime Minister", 1),
            ("secretaries of", "Secretary", 1),
        ] {
            let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
            let found = title(&words, 0).unwrap_or_else(|| panic!("nothing in {text:?}"));
            assert_eq!((found.canonical.as_str(), found.end), (canonical, end), "{text:?}");
        }
        assert_eq!(title(&["general".to_owned()], 0), None);
    }
}
