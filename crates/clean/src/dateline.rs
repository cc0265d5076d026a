//! The place line at the head of a lead: "BEIRUT (Agency) —", "MOSCOW, June 9.", "London-Paris-The".
//!
//! A dateline is found by its own marks: capitals, a credited agency, a date, or a city from the
//! table of filing places; the running text after it must begin like a sentence.

use crate::{outlet, published, table};
use regex::Regex;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;
use variorum_model::{Dateline, Span};

static CITIES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    table::rows(include_str!("../../../data/clean_dateline_places.tsv"))
        .map(|row| row[0].to_lowercase())
        .collect()
});
static AGENCIES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    table::rows(include_str!("../../../data/agencies.tsv"))
        .flat_map(|row| table::forms(row.get(2).copied().unwrap_or("")))
        .collect()
});
static OPENERS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    table::rows(include_str!("../../../data/clean_openers.tsv")).map(|row| row[0]).collect()
});

/// Whether `name` is a form in which a news agency is credited; case matters.
pub fn is_agency(name: &str) -> bool {
    AGENCIES
        .contains(name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | '/')))
}

/// How much of a paragraph is looked at, in bytes.
const REACH: usize = 140;

/// Places, an optional date, an optional agency, and the mark that ends them.
static FORM: LazyLock<Regex> = LazyLock::new(|| {
    // Any capitalised word may be the month here; it is looked up after.
    let month = r"[A-Z][A-Za-z]{2,8}";
    let date = format!(
        r"(?:(?i:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day|DAY)?\.?,?\s)?(?:{month}\.?\s[0-9]{{1,2}}|[0-9]{{1,2}}\s{month}\.?)(?:,?\s[0-9]{{4}})?"
    );
    let word = r"[\p{Lu}][\p{L}.'’-]*";
    let name = format!(r"{word}(?:\s(?:{word}|de|es|of|el|al|du|la)){{0,3}}");
    let pattern = format!(
        r"(?x)^(?P<head>
            (?P<places>{name}(?:(?:,\s?|/|\sand\s|\s&\s|\s/\s){name}){{0,3}})?
            (?:(?P<comma>,)?\s?(?P<date>{date})\.?(?:,\s(?P<bare>[\p{{Lu}}][\p{{L}}]{{1,12}}))?)?
            (?:,?\s?(?:\((?P<paren>[^()\n]{{2,40}})\)|/(?P<slash>[\p{{L}}\ .-]{{2,30}})/))?
          )
          (?P<mark>\s?(?:—|–|―|--)\s?|\s[-_]\s|[-–]\s?|\s?:\s|\.\s)"
    );
    Regex::new(&pattern).expect("the dateline pattern is well formed")
});

/// Names joined by hyphens, glued to the first word of the sentence.
static GLUED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<head>[\p{Lu}][\p{L}'’.]+(?:[ -][\p{Lu}][\p{L}'’.]+){0,5})-(?P<next>[\p{Lu}][\p{L}]*)\s")
        .expect("the glued pattern is well formed")
});

/// A dateline at the head of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Places, in order, in ordinary case.
    pub places: Vec<String>,
    /// The agency credited, as written.
    pub agency: Option<String>,
    /// The dateline without the mark that ends it, in bytes of the paragraph.
    pub head: Range<usize>,
    /// Where the running text begins, in bytes of the paragraph.
    pub body: usize,
    /// Nothing but its form speaks for it (a name in no table before a colon, as speakers in a
    /// transcript are set): to be believed only of the first paragraph.
    pub weak: bool,
}

impl Found {
    /// The same as a part of a report, where the paragraph begins at byte `at`.
    pub fn into_dateline(self, at: usize) -> Dateline {
        let span = Span::new(at + self.head.start, at + self.head.end);
        Dateline { places: self.places, agency: self.agency, span }
    }
}

/// The dateline with which `paragraph` begins, if it begins with one.
pub fn find(paragraph: &str) -> Option<Found> {
    let mut cut = paragraph.len().min(REACH);
    while !paragraph.is_char_boundary(cut) {
        cut -= 1;
    }
    let reach = &paragraph[..cut];
    glued(reach).or_else(|| marked(reach))
}

fn marked(text: &str) -> Option<Found> {
    let found = FORM.captures(text)?;
    let head = found.name("head")?;
    let mut places = found.name("places").map(|m| m.as_str()).unwrap_or("");
    let group = |name: &str| found.name(name).map(|m| m.as_str());
    let dated = group("date").is_some();
    if group("date").is_some_and(|d| !d.split([' ', ',']).any(|w| published::month(w).is_some())) {
        return None;
    }
    let mut credited = group("paren").or(group("slash")).or(group("bare"));
    // "Tehran, IRNA – The": the last of the names may be the agency.
    if credited.is_none()
        && let Some((before, last)) = places.rsplit_once(", ")
        && is_agency(last)
    {
        (places, credited) = (before, Some(last));
    }
    let known_agency = credited.is_some_and(|a| is_agency(a) || outlet::named(a).is_some());
    if group("bare").is_some() && !known_agency {
        return None;
    }
    let mark = &found["mark"];
    let strong_mark = !mark.trim().is_empty() && !matches!(mark.trim(), "." | ":");
    // A bare hyphen ends a dateline only behind a credit: "DAMASCUS, (SANA)-The".
    if mark == "-" && credited.is_none() {
        return None;
    }
    // "MOSCOW, June 9. /TASS/. The": the agency in slashes ends it, with or without a dash.
    if !strong_mark && mark.trim() != ":" && group("slash").is_none() {
        return None;
    }
    let end = found.get(0)?.end();
    let rest = &text[end..];
    if head.is_empty() || !begins_sentence(rest) {
        return None;
    }
    let accepted = if places.is_empty() {
        credited.is_some() && (dated || known_agency)
    } else if mark.trim() == ":" {
        is_capitals(places) && !is_label(places) && places.len() > 3 && plain_place(places)
            || are_cities(places)
    } else {
        let alone = !dated && credited.is_none();
        let aside = is_aside(rest, mark.trim());
        if alone {
            !aside
                && (are_cities(places)
                    || (is_capitals(places) && places.len() > 2 && !is_label(places))
                    || unknown_place(places, mark))
        } else {
            known_agency
                || is_capitals(places)
                || are_cities(places)
                || (dated && !aside)
                || (credited.is_some() && plain_place(places))
        }
    };
    accepted.then(|| Found {
        places: split_places(places),
        agency: credited.map(|a| a.trim().to_owned()),
        head: 0..head.end(),
        body: end,
        weak: mark.trim() == ":" && !are_cities(places),
    })
}

fn glued(text: &str) -> Option<Found> {
    let found = GLUED.captures(text)?;
    if !OPENERS.contains(&found["next"]) {
        return None;
    }
    let head = found.name("head")?;
    let (mut places, mut agency) = (Vec::new(), None);
    // A name with a hyphen of its own ("Asharq Al-Awsat") may stand in the chain: whole first.
    let mut rest = head.as_str();
    if let Some((first, tail)) = rest.split_once('-')
        && outlet::named(tail).is_some()
    {
        agency = Some(tail.to_owned());
        rest = first;
    }
    for part in rest.split('-') {
        if is_agency(part) || outlet::named(part).is_some() {
            agency = Some(part.to_owned());
        } else {
            places.push(ordinary_case(part));
        }
    }
    let shortest = places.iter().map(|p| p.chars().count()).min().unwrap_or(0);
    (shortest >= 3).then(|| Found {
        places,
        agency,
        head: head.range(),
        body: head.end() + 1,
        weak: false,
    })
}

/// A sentence begins here: capital, quotation mark or figure.
fn begins_sentence(rest: &str) -> bool {
    rest.starts_with(|c: char| {
        c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '‘' | '\'' | '«')
    }) || rest.starts_with("al-")
}

/// The mark opens an aside ("Homs - Syria's third city - fell"): it comes again in the sentence.
fn is_aside(rest: &str, mark: &str) -> bool {
    let sentence = rest.split(". ").next().unwrap_or(rest);
    let again = match mark {
        "-" | "_" => sentence.find(" - "),
        _ => sentence.find(mark),
    };
    again.is_some_and(|at| {
        sentence[at..]
            .trim_start_matches(|c: char| !c.is_alphanumeric())
            .starts_with(char::is_lowercase)
    })
}

fn is_capitals(places: &str) -> bool {
    // The first place decides: "TIJUANA, Mexico".
    let first = places.split([',', '/']).next().unwrap_or(places);
    first.chars().any(char::is_alphabetic) && !first.chars().any(char::is_lowercase)
}

/// Words in capitals that head a line without being a place ("UPDATE:", "VIDEO —").
fn is_label(places: &str) -> bool {
    static LABELS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        table::rows(include_str!("../../../data/clean_lead_labels.tsv")).map(|r| r[0]).collect()
    });
    places
        .split([' ', ',', '/'])
        .next()
        .is_some_and(|word| LABELS.contains(word.to_lowercase().as_str()))
}

fn are_cities(places: &str) -> bool {
    let first = places.split([',', '/']).next().unwrap_or(places).trim().to_lowercase();
    first.split(" and ").all(|place| CITIES.contains(place))
}

/// One to three capitalised words, the first of which does not open a sentence.
fn plain_place(places: &str) -> bool {
    let mut words = places.split([' ', ',', '/']).filter(|w| !w.is_empty());
    let first = words.next().unwrap_or("");
    !OPENERS.contains(first) && words.count() < 4
}

/// A place that is in no table: taken only before a long dash and when it is one or two words.
fn unknown_place(places: &str, mark: &str) -> bool {
    matches!(mark.trim(), "—" | "–" | "―" | "--")
        && plain_place(places)
        && places.split([' ', ',']).filter(|w| !w.is_empty()).count() <= 2
        && !is_label(places)
}

fn split_places(places: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for (i, group) in places.split(", ").flat_map(|p| p.split(',')).enumerate() {
        // "TIJUANA, Mexico": the second says where the first is, unless both are in capitals.
        if i > 0
            && !(is_capitals(places)
                && is_capitals(group.trim())
                && CITIES.contains(&group.trim().to_lowercase()))
        {
            continue;
        }
        for place in group.split('/').flat_map(|p| p.split(" and ")).flat_map(|p| p.split(" & ")) {
            let place = place.trim();
            if !place.is_empty() {
                out.push(ordinary_case(place));
            }
        }
    }
    out
}

/// "NEW YORK" as "New York"; anything that has small letters stays as it is.
fn ordinary_case(place: &str) -> String {
    let place = place.trim().trim_end_matches(',');
    if place.chars().any(char::is_lowercase)
        || place.chars().filter(|c| c.is_alphabetic()).count() < 3
    {
        return place.to_owned();
    }
    let mut out = String::with_capacity(place.len());
    let mut inside = false;
    for c in place.chars() {
        match (c.is_alphabetic(), inside) {
            (true, true) => out.extend(c.to_lowercase()),
            _ => out.push(c),
        }
        // "SANA'A" is one word, "AL-HASAKAH" two.
        inside = c.is_alphabetic() || (inside && matches!(c, '\'' | '’'));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Option<(String, Option<String>, String, String)> {
        find(text).map(|f| {
            (f.places.join("+"), f.agency, text[f.head].to_owned(), text[f.body..].to_owned())
        })
    }

    #[test]
    fn datelines() {
        for (text, places, agency, head, body) in [
            ("BEIRUT: The port reopened.", "Beirut", None, "BEIRUT", "The port reopened."),
            ("BEIRUT — The port reopened.", "Beirut", None, "BEIRUT", "The port reopened."),
            ("TEHRAN (AFP) - The port", "Tehran", Some("AFP"), "TEHRAN (AFP)", "The port"),
            ("Tehran (AFP) – Ships left.", "Tehran", Some("AFP"), "Tehran (AFP)", "Ships left."),
            ("DAMASCUS, (SANA)-The port", "Damascus", Some("SANA"), "DAMASCUS, (SANA)", "The port"),
            (
                "MOSCOW, June 9 (Interfax) — Ships",
                "Moscow",
                Some("Interfax"),
                "MOSCOW, June 9 (Interfax)",
                "Ships",
            ),
            (
                "MOSCOW, June 9. /TASS/. Ships left",
                "Moscow",
                Some("TASS"),
                "MOSCOW, June 9. /TASS/",
                "Ships left",
            ),
            (
                "Tehran, Jan 5, IRNA – The port",
                "Tehran",
                Some("IRNA"),
                "Tehran, Jan 5, IRNA",
                "The port",
            ),
            ("TIJUANA, Mexico — A long walk", "Tijuana", None, "TIJUANA, Mexico", "A long walk"),
            ("Cairo - The port reopened", "Cairo", None, "Cairo", "The port reopened"),
            (
                "WASHINGTON/MOSCOW — Envoys met",
                "Washington+Moscow",
                None,
                "WASHINGTON/MOSCOW",
                "Envoys met",
            ),
            ("April 9 (UPI) — A convoy", "", Some("UPI"), "April 9 (UPI)", "A convoy"),
            ("(Reuters) - A convoy", "", Some("Reuters"), "(Reuters)", "A convoy"),
            (
                "SANA'A, 12 May (Saba) - Rain fell",
                "Sana'a",
                Some("Saba"),
                "SANA'A, 12 May (Saba)",
                "Rain fell",
            ),
            ("Paris-Rome-The ministers met", "Paris+Rome", None, "Paris-Rome", "The ministers met"),
            (
                "Rome-Asharq Al-Awsat-The ministers met",
                "Rome",
                Some("Asharq Al-Awsat"),
                "Rome-Asharq Al-Awsat",
                "The ministers met",
            ),
            (
                "UNITED NATIONS (AP) _ The council",
                "United Nations",
                Some("AP"),
                "UNITED NATIONS (AP)",
                "The council",
            ),
            (
                "SAN DIEGO ― President Holt spoke",
                "San Diego",
                None,
                "SAN DIEGO",
                "President Holt spoke",
            ),
        ] {
            let expected =
                (places.to_owned(), agency.map(str::to_owned), head.to_owned(), body.to_owned());
            assert_eq!(row(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn running_text_is_no_dateline() {
        for text in [
            "Aleppo - once the country's largest city - lay in ruins.",
            "Homs – Syria's third city – was quiet on Monday.",
            "Moscow-backed forces took the hill.",
            "Paris-Rome relations have cooled.",
            "Analysts: The war is not over.",
            "UPDATE: The road is open again.",
            "The minister - Anna Holt - left at noon.",
            "Doctors Without Borders (MSF) accused the army of shelling a ward.",
            "WATCH: Ships leave the port.",
            "On June 9 (Monday) the council met.",
            "He said: The road is open.",
            "Anna Holt, mayor of the town, left at noon.",
            "The port reopened on Monday.",
            "",
        ] {
            assert_eq!(row(text), None, "{text}");
        }
    }
}
