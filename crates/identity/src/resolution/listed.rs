//! Which of the people of a report stand in the list of leaders.
//!
//! A person does who bears a listed name in full while the listed office is held, or its surname with that office and
//! country, in a report that names the state; unless what the report says of the person tells of another.

use super::local::{Entity, surname_fit};
use super::roles;
use crate::leaders::{Leader, Leaders, leaders};
use crate::resolved::ActorKind;
use rustc_hash::FxHashSet;
use std::cell::OnceCell;
use variorum_language::gazetteer;
use variorum_model::{Office, Published, ReadReport, Standing};

/// Why a person has the codes of the list.
pub(crate) const RULE: &str =
    "the name stands in the list of leaders, in office on the day of the report";

/// Gives the people of one report their entries in the list.
pub(crate) fn find(read: &ReadReport, entities: &mut [Entity]) {
    let Some(published) = &read.report.published else { return };
    let states: OnceCell<FxHashSet<&'static str>> = OnceCell::new();
    for person in entities.iter_mut().filter(|e| e.kind == ActorKind::Person) {
        let states = || states.get_or_init(|| states_of(read));
        person.leader = leader(leaders(), published, person, states);
    }
}

fn leader<'s>(
    list: &'static Leaders,
    published: &Published,
    person: &Entity,
    states: impl FnOnce() -> &'s FxHashSet<&'static str>,
) -> Option<Leader> {
    let found = if person.full {
        list.of_full_name(&person.name, published)?
    } else {
        person.offices.iter().filter(|o| held(o)).find_map(|o| {
            let country = o.country.as_deref()?;
            list.of_surname(&person.form, country, &o.title, published, surname_fit)
        })?
    };
    let told = !person.offices.is_empty();
    if told && !person.offices.iter().any(|o| fits(o, found)) {
        return None;
    }
    let own = person.country.as_deref();
    // A body of no state is named by the office alone.
    let of_state = gazetteer::country_of_code(found.country()).is_some();
    let placed = match own {
        Some(country) => country == found.country(),
        None if of_state => states().contains(found.country()),
        None => told,
    };
    let another =
        !told && !person.roles.is_empty() && !person.roles.iter().any(|w| is_of(w, found));
    let generation = roles::is_of_generation(&person.form) != roles::is_of_generation(found.form());
    (placed && !another && !generation).then_some(found)
}

fn held(office: &Office) -> bool {
    matches!(office.standing, Standing::Current | Standing::Acting | Standing::Outgoing)
}

/// Whether an office that a report tells may be a listed one.
fn fits(office: &Office, leader: Leader) -> bool {
    let of_country = office.country.as_deref().is_none_or(|c| c == leader.country());
    let title = office.title.to_lowercase();
    held(office) && of_country && title.split_whitespace().any(|w| is_of(w, leader))
}

/// Whether a word may be said of a listed person: it is of a title, or says no more than that somebody leads.
fn is_of(word: &str, leader: Leader) -> bool {
    let telling = !roles::is_listed(word, "hollow") && word.len() > 3;
    telling && (leader.has_title_word(word) || roles::is_listed(word, "leading"))
}

/// The states that a report names, by their names, capitals or peoples.
fn states_of(read: &ReadReport) -> FxHashSet<&'static str> {
    let state = |name: &str| {
        let name = name.strip_suffix("'s").or(name.strip_suffix("’s")).unwrap_or(name);
        gazetteer::country_of(name).or_else(|| gazetteer::country_of_people(name))
    };
    let mut found: FxHashSet<&'static str> = FxHashSet::default();
    for mention in &read.annotations.mentions {
        found.extend(state(mention.span.of(&read.report.text)).map(|c| c.iso3));
    }
    for line in read.report.text.lines() {
        let words: Vec<&str> = line
            .split_whitespace()
            .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
            .collect();
        for word in words.iter().filter(|w| w.starts_with(char::is_uppercase)) {
            found.extend(state(word).map(|c| c.iso3));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::Name;
    use std::sync::OnceLock;
    use variorum_model::{Basis, Span};

    const LIST: &str = "\
KEN\tMinister of Defence\tGOV\tAna Orlo\tAnna Orlow\t2014-02-05\t2016-03\tW
KEN\tPresident\tGOV\tDavi Strom\t\t2013\t2017-08-01+\tW
LVA\tPresident\tGOV\tBela Zoric\t\t2013\t2017\tF
KEN\tPrime Minister\tGOV\tBela Zoric\t\t2013\t2017\tF
UNO\tSecretary-General\tIGO\tMilo Terrant\t\t2013\t2017\tW
";

    fn list() -> &'static Leaders {
        static READ: OnceLock<Leaders> = OnceLock::new();
        READ.get_or_init(|| Leaders::read(LIST))
    }

    fn on(day: &str) -> Published {
        let day = day.parse().ok();
        Published {
            start: day,
            end: day,
            value: String::new(),
            basis: Basis::Stated,
            evidence: Vec::new(),
            steps: Vec::new(),
        }
    }

    fn office(title: &str, country: &str, standing: Standing) -> Office {
        Office {
            span: Span::new(0, 0),
            title: title.to_owned(),
            body: None,
            country: (!country.is_empty()).then(|| country.to_owned()),
            holder: None,
            standing,
            from: None,
            to: None,
            change: None,
            rule: "",
            confidence: 1.0,
        }
    }

    fn person(form: &str, offices: Vec<Office>, roles: &str) -> Entity {
        Entity {
            report: 0,
            kind: ActorKind::Person,
            mentions: vec![0],
            form: form.to_owned(),
            name: Name::parse(form),
            full: form.contains(' '),
            country: offices.iter().find_map(|o| o.country.clone()),
            offices,
            roles: roles.split_whitespace().map(str::to_owned).collect(),
            reasons: Vec::new(),
            row: None,
            leader: None,
        }
    }

    #[test]
    fn who_stands_in_the_list() {
        use Standing::{Current, Former};
        let one = |title: &str, country: &str, standing| vec![office(title, country, standing)];
        for (who, day, want) in [
            // A full name, and one in two spellings, while the office is held, where the state is named.
            (person("Ana Orlo", Vec::new(), ""), "2015-03-01", Some("Ana Orlo")),
            (person("Anna Orlow", Vec::new(), ""), "2016-03-31", Some("Ana Orlo")),
            (person("Ana Orlo", Vec::new(), ""), "2014-02-04", None),
            (person("Ana Orlo", Vec::new(), ""), "2016-04-01", None),
            // What the report says of the person tells of another, or fits.
            (person("Ana Orlo", Vec::new(), "baker"), "2015-03-01", None),
            (person("Ana Orlo", Vec::new(), "defence leader"), "2015-03-01", Some("Ana Orlo")),
            (person("Ana Orlo", one("Mayor", "KEN", Current), ""), "2015-03-01", None),
            (
                person("Ana Orlo", one("Minister of Defence", "LVA", Current), ""),
                "2015-03-01",
                None,
            ),
            (person("Ana Orlo", one("Minister of Defence", "", Former), ""), "2015-03-01", None),
            (person("Ana Orlo", one("Minister", "", Current), ""), "2015-03-01", Some("Ana Orlo")),
            (person("Ana Orlo Jr", Vec::new(), ""), "2015-03-01", None),
            // A bare surname needs the office and the country.
            (
                person("Strom", one("President", "KEN", Current), ""),
                "2015-03-01",
                Some("Davi Strom"),
            ),
            (person("Strom", Vec::new(), ""), "2015-03-01", None),
            (person("Strom", one("President", "", Current), ""), "2015-03-01", None),
            (person("Strom", one("President", "KEN", Current), ""), "2018-03-01", None),
            // Two of one name, a state that the report does not name, and a body of no state.
            (person("Bela Zoric", Vec::new(), ""), "2015-03-01", None),
            (person("Milo Terrant", Vec::new(), ""), "2015-03-01", None),
            (
                person("Milo Terrant", one("Secretary-General", "", Current), ""),
                "2015-03-01",
                Some("Milo Terrant"),
            ),
        ] {
            let states = FxHashSet::from_iter(["KEN"]);
            let found = leader(list(), &on(day), &who, || &states);
            assert_eq!(found.map(Leader::form), want, "{} {:?} {day}", who.form, who.roles);
        }
        let nowhere = FxHashSet::default();
        let bare = person("Ana Orlo", Vec::new(), "");
        assert_eq!(leader(list(), &on("2015-03-01"), &bare, || &nowhere), None);
    }
    #[test]
    fn listed_forms_are_of_one_person_unless_the_reports_tell_otherwise() {
        let listed = |form: &str, roles: &str, entry: bool| {
            let mut who = person(form, Vec::new(), roles);
            let name = Name::parse("Davi Strom");
            who.leader = list().of_full_name(&name, &on("2015-03-01")).filter(|_| entry);
            who
        };
        for (a, b, want) in [
            (listed("Davi Strom", "", true), listed("Tabib Ishtrum", "", true), true),
            (listed("Davi Strom", "", false), listed("Tabib Ishtrum", "", true), false),
            (
                listed("Davi Strom", "minister", true),
                listed("Tabib Ishtrum", "banker", true),
                false,
            ),
        ] {
            let mut b = b;
            b.report = 1;
            let likely = super::super::people::Likely::of(&a, &b);
            assert_eq!(likely.is_some(), want, "{} {:?} {:?}", b.form, a.roles, b.roles);
        }
    }
}
