//! Who is said to hold which office, and offices one person does not hold at once.
//!
//! Which offices exclude each other is data (`data/office_classes.tsv`): each row gives a class of
//! offices by words that a title must hold, and the group within which one person holds one class
//! at a time.

use crate::days::Days;
use crate::drafts::Draft;
use crate::readings::{Claim, readings};
use crate::witnesses::Witnesses;
use crate::word_lists::List;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use variorum_identity::{ActorKind, ResolvedActor};
use variorum_language::gazetteer::country_of_code;
use variorum_model::contract::{Agreement, Citation, Interval, OfficeHeld};
use variorum_model::{DayBounds, Office, Standing};

/// A class of offices.
struct Class {
    name: &'static str,
    group: &'static str,
    /// Every word list must have a word in the title.
    needs: Vec<Vec<&'static str>>,
}

fn classes() -> &'static [Class] {
    static CLASSES: OnceLock<Vec<Class>> = OnceLock::new();
    CLASSES.get_or_init(|| {
        include_str!("../../../data/office_classes.tsv")
            .lines()
            .filter(|l| !l.starts_with('#') && !l.trim().is_empty())
            .filter_map(|l| {
                let mut cells = l.split('\t');
                let (name, group, needs) = (cells.next()?, cells.next()?, cells.next()?);
                let needs = needs.split('+').map(|w| w.split('|').collect()).collect();
                Some(Class { name, group, needs })
            })
            .collect()
    })
}

/// The class of a title; the first that fits, so the table runs from narrow to wide.
fn class_of(title: &str) -> Option<&'static Class> {
    let title = title.to_lowercase().replace("defense", "defence");
    let holds = |word: &&str| {
        let padded = format!(" {} ", title.replace(['-', ',', '/', '’', '\''], " "));
        padded.contains(&format!(" {word} "))
    };
    classes().iter().find(|c| c.needs.iter().all(|any| any.iter().any(holds)))
}

/// The class of an office: by its words, which hold what belongs to it ("chief of the general staff"),
/// else by its title.
fn classified(office: &Office, wording: &str) -> Option<&'static Class> {
    class_of(wording).or_else(|| class_of(&office.title))
}

/// An office of a known class, as one report has it.
struct Holding<'o> {
    class: &'static str,
    report: u32,
    office: &'o Office,
}

/// Whether a title names one post of a state, so that who holds it can be told from it.
pub(crate) fn is_one_post(title: &str) -> bool {
    class_of(title).is_some_and(|c| {
        c.group != "-" && !matches!(c.name, "ambassador" | "governor" | "mayor" | "deputy minister")
    })
}

/// Office conflicts: one person, current offices of one exclusive group in one country.
pub(crate) fn conflicts(witnesses: &Witnesses<'_>, actors: &[ResolvedActor]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (id, actor) in actors.iter().enumerate().filter(|(_, a)| a.kind == ActorKind::Person) {
        let mut by_group: BTreeMap<(&str, String), Vec<Holding<'_>>> = BTreeMap::new();
        for (report, office) in &actor.offices {
            // Who acts in an office may hold another
            if !matches!(office.standing, Standing::Current | Standing::Outgoing) {
                continue;
            }
            let wording = office.span.of(&witnesses.report(*report).text);
            if let Some(class) = classified(office, wording).filter(|c| c.group != "-") {
                let country = office.country.clone().or(actor.country.clone()).unwrap_or_default();
                let holding = Holding { class: class.name, report: *report, office };
                by_group.entry((class.group, country)).or_default().push(holding);
            }
        }
        for mut held in by_group.into_values() {
            keep_opposable(witnesses, actor, &mut held);
            if held.is_empty() || held.iter().all(|h| h.class == held[0].class) {
                continue;
            }
            let claims: Vec<Claim> = held
                .iter()
                .map(|h| Claim {
                    value: h.class.to_owned(),
                    report: h.report,
                    span: h.office.span,
                    according_to: Vec::new(),
                })
                .collect();
            drafts.push(Draft::new(
                (3, id as u32, 0),
                "office",
                format!("office of {}", actor.name),
                readings(witnesses, &claims),
                "one person does not hold these offices at once",
            ));
        }
    }
    drafts
}

/// Leaves the holdings that may be held against each other: each stands by the holder's name, and of one
/// report only those of the class that most reports have. What a counterpart holds is worked out, and
/// gives way to what two reports say outright.
fn keep_opposable(witnesses: &Witnesses<'_>, actor: &ResolvedActor, held: &mut Vec<Holding<'_>>) {
    let inferred = |h: &Holding<'_>| h.office.rule == "counterpart";
    held.retain(|h| inferred(h) || stands_by_name(witnesses, actor, h));
    let reports = |class: &str, outright: bool| -> usize {
        let of_class = held.iter().filter(|h| h.class == class && !(outright && inferred(h)));
        of_class.map(|h| h.report).collect::<BTreeSet<u32>>().len()
    };
    let keep: Vec<bool> = held
        .iter()
        .map(|h| {
            let others = held.iter().filter(|o| o.class != h.class);
            let outvoted = |o: &Holding<'_>| {
                let here =
                    o.report == h.report && reports(o.class, false) >= reports(h.class, false);
                here || inferred(h) && (inferred(o) || reports(o.class, true) >= 2)
            };
            !others.into_iter().any(outvoted)
        })
        .collect();
    let mut keep = keep.into_iter();
    held.retain(|_| keep.next().unwrap_or(true));
}

/// Whether an office is written as a title before a name of its holder, or set off behind it ("Anna Weiss,
/// the interior minister,"): "the president said" beside a name is another man.
fn stands_by_name(witnesses: &Witnesses<'_>, actor: &ResolvedActor, held: &Holding<'_>) -> bool {
    let text = &witnesses.report(held.report).text;
    let span = held.office.span;
    let before = text[..span.from()].trim_end_matches([' ', '-']);
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if List::Lessening.has(word) {
        return false;
    }
    let here = actor.mentions.iter().filter(|m| m.report == held.report).map(|m| m.span);
    here.into_iter().any(|name| {
        if name.overlaps(span) {
            return true;
        }
        if name.start >= span.end {
            let between = &text[span.to()..name.from()];
            return between.len() <= BESIDE && between.chars().all(|c| c == ' ' || c == ',');
        }
        let between = text[name.to()..span.from()].trim();
        let set_off = between.starts_with(',') && between.len() <= BESIDE;
        set_off && text[span.to()..].trim_start().starts_with([',', '.', ';', ')'])
    })
}

/// Most bytes between a name and a title that stands by it.
const BESIDE: usize = 12;

/// Offices of an actor as the contract writes them, equal ones joined, in the order in which they were
/// held as far as the reports tell it.
pub(crate) fn held(witnesses: &Witnesses<'_>, actor: &ResolvedActor) -> Vec<OfficeHeld> {
    type Wording = (String, Option<String>, String);
    let mut joined: BTreeMap<Wording, Vec<(u32, &Office)>> = BTreeMap::new();
    let written = |report: u32, office: &Office| {
        office.body.map(|s| s.of(&witnesses.report(report).text).to_owned())
    };
    for (report, office) in &actor.offices {
        let body = written(*report, office).or_else(|| {
            // "his Norwegian counterpart" holds what he is said to hold elsewhere, else an office of the state
            let same = |o: &&(u32, Office)| o.1.title == office.title && o.1.body.is_some();
            let bodies: BTreeSet<String> =
                actor.offices.iter().filter(same).filter_map(|(r, o)| written(*r, o)).collect();
            match (bodies.len(), &office.country) {
                (1, _) => bodies.into_iter().next(),
                (_, Some(code)) => country_of_code(code).map(|c| c.name.to_owned()),
                _ => None,
            }
        });
        let standing = format!("{:?}", office.standing).to_lowercase();
        joined.entry((office.title.clone(), body, standing)).or_default().push((*report, office));
    }
    let mut offices: Vec<OfficeHeld> = joined
        .into_iter()
        .map(|((title, body, standing), places)| {
            let from = narrowest(places.iter().filter_map(|(_, o)| o.from));
            let to = narrowest(places.iter().filter_map(|(_, o)| o.to));
            let changes: BTreeSet<&str> =
                places.iter().filter_map(|(_, o)| Some(o.change?.kind)).collect();
            let told_when = |(r, o): &(u32, &Office)| -> Option<Citation> {
                let days = [o.from, o.to].into_iter().flatten().find_map(|d| d.evidence);
                days.map(|span| witnesses.cite(*r, span))
            };
            OfficeHeld {
                title,
                body,
                country: places.iter().find_map(|(_, o)| o.country.clone()),
                standing,
                from: from.and_then(|d| d.as_told()),
                to: to.and_then(|d| d.as_told()),
                began: from.and_then(|d| d.interval()),
                ended: to.and_then(|d| d.interval()),
                held: held_on(witnesses, &places),
                changes: changes.into_iter().map(str::to_owned).collect(),
                evidence: places
                    .iter()
                    .map(|(r, o)| witnesses.cite(*r, o.span))
                    .chain(places.iter().filter_map(told_when))
                    .collect(),
            }
        })
        .collect();
    // Equal days keep the order of the titles
    offices.sort_by_key(when);
    offices
}

/// The bounds that leave the fewest days, the first of equals.
fn narrowest(list: impl Iterator<Item = DayBounds>) -> Option<Days> {
    list.map(|d| Days { earliest: d.earliest, latest: d.latest })
        .min_by_key(|d| d.width().unwrap_or(i64::MAX))
}

/// When the reports that have an office held came out.
fn held_on(witnesses: &Witnesses<'_>, places: &[(u32, &Office)]) -> Option<Interval> {
    let holds = |o: &Office| {
        matches!(o.standing, Standing::Current | Standing::Acting | Standing::Outgoing)
    };
    let published = places
        .iter()
        .filter(|(_, o)| holds(o) && o.to.is_none())
        .filter_map(|(r, _)| witnesses.report(*r).published.as_ref());
    let days =
        published.filter_map(|p| Some(Days { earliest: Some(p.start?), latest: Some(p.end?) }));
    days.reduce(|a, b| a.hull(&b))?.interval()
}

/// By what an office is put in order: a former one before one that is held, then by beginning, end and
/// the days on which it was held.
fn when(office: &OfficeHeld) -> (u8, [Option<String>; 3]) {
    let rank = match office.standing.as_str() {
        "former" => 0,
        "elect" => 2,
        _ => 1,
    };
    let first =
        |i: &Option<Interval>| i.as_ref().and_then(|i| i.earliest.clone().or(i.latest.clone()));
    (rank, [first(&office.began), first(&office.ended), first(&office.held)])
}

/// Offices on which two or more reports agree.
pub(crate) fn agreements(witnesses: &Witnesses<'_>, actors: &[ResolvedActor]) -> Vec<Agreement> {
    let mut found = Vec::new();
    for actor in actors.iter().filter(|a| a.kind == ActorKind::Person) {
        let mut by_class: BTreeMap<String, Vec<(u32, &Office)>> = BTreeMap::new();
        for (report, office) in &actor.offices {
            if office.standing == Standing::Former {
                continue;
            }
            let wording = office.span.of(&witnesses.report(*report).text);
            let key = classified(office, wording)
                .map_or_else(|| office.title.to_lowercase(), |c| c.name.to_owned());
            by_class.entry(key).or_default().push((*report, office));
        }
        for held in by_class.into_values() {
            let reports: Vec<u32> = held.iter().map(|(r, _)| *r).collect();
            let ids = witnesses.ids(reports.iter().copied());
            if ids.len() < 2 {
                continue;
            }
            // The longest wording names the office most fully.
            let fullest = held
                .iter()
                .filter(|(_, o)| o.rule != "counterpart")
                .map(|(r, o)| o.span.of(&witnesses.report(*r).text))
                .max_by_key(|s| (s.len(), std::cmp::Reverse(*s)));
            let fullest = fullest.map_or_else(|| held[0].1.title.clone(), |s| s.trim().to_owned());
            found.push(Agreement {
                about: format!("office of {}", actor.name),
                value: format!("{} is {fullest}", actor.name),
                reports: ids,
                independent_sources: witnesses.independent(reports),
                evidence: held.iter().map(|(r, o)| witnesses.cite(*r, o.span)).collect(),
                judged: Default::default(),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_fall_into_classes() {
        for (title, want) in [
            ("Minister of Defence", Some("defence minister")),
            ("Defense Minister", Some("defence minister")),
            ("Deputy Defence Minister", Some("deputy minister")),
            ("chief of staff", Some("chief of staff")),
            ("Foreign Minister", Some("foreign minister")),
            ("Prime Minister", Some("head of government")),
            ("Vice President", Some("vice president")),
            ("President", Some("head of state")),
            ("shepherd", None),
        ] {
            assert_eq!(class_of(title).map(|c| c.name), want, "{title}");
        }
    }
}
