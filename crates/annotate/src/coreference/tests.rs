use super::*;
use crate::sample::{named, report};
use variorum_model::{Parse, Sentence};

/// A parse as [`named`] makes it, cut into sentences after each stop.
fn sentences(text: &str, names: &[(&str, MentionKind)]) -> Parse {
    let mut parse = named(text, names);
    let mut cut = Vec::new();
    let mut first = 0;
    for (i, token) in parse.tokens.iter().enumerate() {
        let end = i + 1 == parse.tokens.len();
        if token.span.of(text) == "." || end {
            let span = parse.tokens[first].span.join(token.span);
            cut.push(Sentence { span, first: first as u32, last: i as u32 + 1, block: Some(0) });
            first = i + 1;
        }
    }
    parse.sentences = cut;
    parse
}

/// Each reference with the names it stands for.
fn read(text: &str, names: &[(&str, MentionKind)]) -> Vec<(String, String)> {
    let report = report(text, None);
    let parse = sentences(text, names);
    let reading = Reading::new(&report, &parse);
    let mentions = crate::mentions::mentions(&reading);
    let entities = entities(&reading, &mentions);
    let offices = crate::offices::offices(&reading, &mentions);
    coreferences(&reading, &mentions, &entities, &offices)
        .iter()
        .map(|c| {
            let names: Vec<&str> =
                c.antecedents.iter().map(|&i| mentions[i as usize].span.of(text)).collect();
            (c.span.of(text).to_owned(), names.join("+"))
        })
        .collect()
}

fn check(text: &str, names: &[(&str, MentionKind)], expected: &[(&str, &str)]) {
    let found = read(text, names);
    let rows: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(rows, expected, "{text:?}");
}

use MentionKind::{Group, Organization, Person, Place};

const HADDAD: (&str, MentionKind) = ("Omar Haddad", Person);
const PETROV: (&str, MentionKind) = ("Ivan Petrov", Person);
const BERG: (&str, MentionKind) = ("Anna Berg", Person);

#[test]
fn pronouns_stand_for_the_person_in_mind() {
    for (text, names, expected) in [
        ("Omar Haddad said he left", &[HADDAD][..], &[("he", "Omar Haddad")][..]),
        // Sex tells one from the other
        (
            "Omar Haddad met Anna Berg . she left and he spoke",
            &[HADDAD, BERG],
            &[("she", "Anna Berg"), ("he", "Omar Haddad")],
        ),
        ("Anna Berg came . he spoke", &[BERG], &[]),
        // Two of one sex and of one part in the sentence leave it open
        ("Omar Haddad and Ivan Petrov came . he spoke", &[HADDAD, PETROV], &[]),
        // Somebody unnamed is meant as well
        ("Omar Haddad came . the driver came . he spoke", &[HADDAD], &[]),
        ("she left", &[], &[]),
    ] {
        check(text, names, expected);
    }
}

#[test]
fn descriptions_of_people_stand_for_holders() {
    for (text, names, expected) in [
        (
            "Iranian minister Omar Haddad came , the Iranian official said",
            &[HADDAD][..],
            &[("the Iranian official", "Omar Haddad")][..],
        ),
        ("Iranian minister Omar Haddad came , the Russian official said", &[HADDAD], &[]),
        ("the minister left", &[], &[]),
        ("the minister of health left", &[], &[]),
    ] {
        check(text, names, expected);
    }
}

#[test]
fn pairs_are_the_only_two() {
    let lie = ("Jan Lie", Person);
    for (text, names, expected) in [
        (
            "Omar Haddad met Ivan Petrov and the two spoke",
            &[HADDAD, PETROV][..],
            &[("the two", "Omar Haddad+Ivan Petrov")][..],
        ),
        (
            "Omar Haddad met Ivan Petrov . the two officials spoke",
            &[HADDAD, PETROV],
            &[("the two officials", "Omar Haddad+Ivan Petrov")],
        ),
        ("Omar Haddad and Jan Lie met Ivan Petrov . the two spoke", &[HADDAD, PETROV, lie], &[]),
        (
            "Norway met Chad and the two countries agreed",
            &[("Norway", Place), ("Chad", Place)],
            &[("the two countries", "Norway+Chad")],
        ),
    ] {
        check(text, names, expected);
    }
}

#[test]
fn descriptions_of_places_stand_for_what_fits() {
    let (oman, norway) = (("Oman", Place), ("Norway", Place));
    for (text, names, expected) in [
        (
            "Norway helped Oman . snow fell in the Arab country",
            &[oman, norway][..],
            &[("the Arab country", "Oman")][..],
        ),
        ("Norway and Oman met . snow fell in the country", &[oman, norway], &[]),
        ("Oman came . snow fell in the other country", &[oman], &[]),
        ("Oman came . snow fell in the country", &[oman], &[("the country", "Oman")]),
        (
            "Norway left Muscat . snow fell in the Omani capital",
            &[norway, ("Muscat", Place)],
            &[("the Omani capital", "Muscat")],
        ),
        ("Norway left . snow fell in the Omani capital", &[norway], &[]),
        ("he left Bergen . snow fell in the city", &[("Bergen", Place)], &[("the city", "Bergen")]),
    ] {
        check(text, names, expected);
    }
}

#[test]
fn descriptions_of_bodies_stand_for_names_that_have_the_word() {
    let council = ("Harbour Council", Organization);
    for (text, names, expected) in [
        (
            "Harbour Council met . the council agreed",
            &[council][..],
            &[("the council", "Harbour Council")][..],
        ),
        ("Harbour Council met . the ministry agreed", &[council], &[]),
        (
            "fighters of Red Dawn came . the group left",
            &[("Red Dawn", Group)],
            &[("the group", "Red Dawn")],
        ),
        ("Harbour Council met . the city council agreed", &[council], &[]),
    ] {
        check(text, names, expected);
    }
}
