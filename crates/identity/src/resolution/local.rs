//! One report resolved on its own.

use super::{bodies, forms, roles};
use crate::leaders::Leader;
use crate::names::Name;
use crate::resolved::ActorKind;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;
use variorum_model::{Annotations, Mention, MentionKind, Office};

/// A person, body or group as one report names it.
#[derive(Debug, Clone)]
pub(crate) struct Entity {
    pub(crate) report: u32,
    pub(crate) kind: ActorKind,
    /// Indices of its mentions.
    pub(crate) mentions: Vec<u32>,
    /// Its fullest written form.
    pub(crate) form: String,
    pub(crate) name: Name,
    /// The form has two words or more, or is all that a body needs.
    pub(crate) full: bool,
    pub(crate) country: Option<String>,
    pub(crate) offices: Vec<Office>,
    /// Words that say what a person is ("banker", "goalkeeper"), sorted.
    pub(crate) roles: Vec<String>,
    pub(crate) reasons: Vec<String>,
    /// The row of aliases that the form of a body stands in.
    pub(crate) row: Option<u64>,
    /// The entry of a person in the list of leaders.
    pub(crate) leader: Option<Leader>,
}

/// Score from which two written names may be one.
pub(crate) const LIKELY: f64 = 0.5;

/// The people, bodies and groups of one report, in order of first mention. Countries and other
/// places are resolved apart.
pub(crate) fn entities(report: u32, text: &str, annotations: &Annotations) -> Vec<Entity> {
    let mut found: Vec<Entity> = Vec::new();
    let named: Vec<(u32, &Mention, ActorKind)> = annotations
        .mentions
        .iter()
        .enumerate()
        .filter_map(|(i, m)| Some((i as u32, m, kind_of(forms::kind_of(text, m))?)))
        .collect();
    // Full names first: a bare surname may stand before the name it shortens, as in a headline.
    let words = |m: &Mention| forms::name(text, m).split_whitespace().count();
    let (full, short): (Vec<_>, Vec<_>) =
        named.into_iter().partition(|(_, m, kind)| *kind != ActorKind::Person || words(m) > 1);
    for (index, mention, kind) in full.into_iter().chain(short) {
        place(report, text, annotations, &mut found, index, mention, kind);
    }
    for entity in &mut found {
        entity.mentions.sort_unstable();
    }
    found.sort_by_key(|e| e.mentions.first().copied());
    attach_offices(annotations, &mut found);
    let named = words_of_people(text, annotations);
    for person in found.iter_mut().filter(|e| e.kind == ActorKind::Person) {
        describe(text, annotations, &named, person);
    }
    found
}

/// The words of the names of a report's people, in lower case.
fn words_of_people(text: &str, annotations: &Annotations) -> FxHashSet<String> {
    let people = annotations.mentions.iter().filter(|m| m.kind == MentionKind::Person);
    let words = people.flat_map(|m| m.span.of(text).split(|c: char| !c.is_alphanumeric()));
    words.filter(|w| w.starts_with(char::is_uppercase)).map(str::to_lowercase).collect()
}

/// Gives a person the words that say what he or she is, and the country that they name where none is known.
fn describe(text: &str, annotations: &Annotations, named: &FxHashSet<String>, person: &mut Entity) {
    let mut told_countries: Vec<String> = Vec::new();
    for &mention in &person.mentions {
        let told = roles::around(text, &annotations.mentions[mention as usize]);
        // "Lee welcomed Orr": Orr is no Lee.
        person.roles.extend(told.words.into_iter().filter(|w| !named.contains(w)));
        told_countries.extend(told.country);
    }
    // Words near a name that tell of two countries tell of neither.
    told_countries.dedup();
    if person.country.is_none() && told_countries.len() == 1 {
        person.country = told_countries.pop();
    }
    person.roles.sort_unstable();
    person.roles.dedup();
}

fn kind_of(kind: MentionKind) -> Option<ActorKind> {
    match kind {
        MentionKind::Person => Some(ActorKind::Person),
        MentionKind::Organization => Some(ActorKind::Organization),
        MentionKind::Group => Some(ActorKind::Group),
        MentionKind::Place | MentionKind::Event | MentionKind::Facility => None,
    }
}

/// Puts a mention with the entity it names, or makes a new one.
fn place(
    report: u32,
    text: &str,
    annotations: &Annotations,
    found: &mut Vec<Entity>,
    index: u32,
    mention: &Mention,
    kind: ActorKind,
) {
    let form = forms::name(text, mention);
    let name = Name::parse(form);
    let person = kind == ActorKind::Person;
    let row = if person { None } else { bodies::row(form) };
    let same_form = found.iter().position(|e| {
        same_sort(e.kind, kind)
            && compatible(e.country.as_deref(), mention.country.as_deref())
            && e.mentions.iter().any(|&m| {
                forms::name(text, &annotations.mentions[m as usize]).eq_ignore_ascii_case(form)
            })
    });
    let candidate =
        same_form.map(|i| (i, "the same form in one report".to_owned())).or_else(|| {
            let mut fits: Vec<(f64, usize)> = found
                .iter()
                .enumerate()
                .filter(|(_, e)| {
                    same_sort(e.kind, kind)
                        && compatible(e.country.as_deref(), mention.country.as_deref())
                })
                .map(|(i, e)| {
                    let alias = row.is_some() && e.row == row;
                    (if alias { 1.0 } else { fit(&e.name, &e.form, &name, form, person) }, i)
                })
                .filter(|(score, _)| *score >= if person { LIKELY } else { bodies::LIKELY })
                .collect();
            fits.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            // A surname that fits two people of the report fits neither for certain.
            let alone = fits.len() == 1 || (fits.len() > 1 && fits[0].0 - fits[1].0 > 0.2);
            let words =
                if form.contains(' ') { "a like name" } else { "a bare surname or short form" };
            fits.first()
                .filter(|_| alone)
                .map(|&(_, i)| (i, format!("{form}: {words} of {} in one report", found[i].form)))
        });
    match candidate {
        Some((i, reason)) => {
            let entity = &mut found[i];
            entity.mentions.push(index);
            entity.country = entity.country.take().or_else(|| mention.country.clone());
            if !entity.form.eq_ignore_ascii_case(form) {
                entity.reasons.push(reason);
            }
            if form.len() > entity.form.len() {
                entity.form = form.to_owned();
                entity.name = name;
                entity.row = row;
            }
        }
        None => found.push(Entity {
            report,
            kind,
            mentions: vec![index],
            form: form.to_owned(),
            full: !person || form.split_whitespace().count() > 1,
            name,
            country: mention.country.clone(),
            offices: Vec::new(),
            roles: Vec::new(),
            reasons: Vec::new(),
            row,
            leader: None,
        }),
    }
}

/// A body may be tagged as a group in one place and as an organization in another.
fn same_sort(a: ActorKind, b: ActorKind) -> bool {
    (a == ActorKind::Person) == (b == ActorKind::Person)
}

/// Whether what is known of two countries does not part them.
pub(crate) fn compatible(a: Option<&str>, b: Option<&str>) -> bool {
    a.is_none() || b.is_none() || a == b
}

/// How well a form fits an entity of the same report.
fn fit(known: &Name, known_form: &str, name: &Name, form: &str, person: bool) -> f64 {
    if person && !form.contains(' ') {
        return surname_fit(known_form, form);
    }
    known.compare(name).score
}

/// Whether a word is a family name that stands before the given name ("Li Keqiang").
fn stands_first(word: &str) -> bool {
    static LEADING: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
        let lines = include_str!("../../../../data/names_leading_surnames.tsv").lines();
        lines.filter(|l| !l.starts_with('#')).collect()
    });
    LEADING.contains(word.to_lowercase().as_str())
}

/// How well a bare surname fits a fuller name: likeness to its last word, or to what stands behind a
/// particle ("al-Amin" of "Yusuf al-Amin"), or to its first where that is one that leads.
pub(crate) fn surname_fit(full: &str, surname: &str) -> f64 {
    let last = full.split_whitespace().next_back().unwrap_or(full);
    let first = full.split_whitespace().next().unwrap_or(full);
    if first.eq_ignore_ascii_case(surname) && stands_first(first) {
        return 1.0;
    }
    if !full.contains(' ') {
        return Name::parse(full).compare(&Name::parse(surname)).score;
    }
    if last.eq_ignore_ascii_case(surname) {
        return 1.0;
    }
    let bare = |s: &str| {
        let lower = s.to_lowercase();
        let cut = lower.split_once('-').filter(|(p, _)| p.len() <= 3).map(|(_, rest)| rest);
        cut.unwrap_or(&lower).to_owned()
    };
    if bare(last) == bare(surname) {
        return 0.98;
    }
    // Words of a surname may be spelled another way; a given name never stands for it.
    0.97 * Name::parse(last).compare(&Name::parse(surname)).score
}

/// Gives each office to the entity whose mention holds it.
fn attach_offices(annotations: &Annotations, found: &mut [Entity]) {
    for office in &annotations.offices {
        let Some(holder) = office.holder else { continue };
        let owner = found.iter_mut().find(|e| {
            e.kind == ActorKind::Person
                && e.mentions.iter().any(|&m| annotations.mentions[m as usize].span == holder)
        });
        if let Some(entity) = owner {
            entity.offices.push(office.clone());
        }
    }
    for entity in found.iter_mut().filter(|e| e.kind == ActorKind::Person) {
        entity.country = country_by_majority(annotations, entity);
    }
}

/// The country that most of a person's mentions and offices give, the first of equals: one phrase
/// misread ("director of three capitals' joint efforts") does not move a person to another state.
fn country_by_majority(annotations: &Annotations, entity: &Entity) -> Option<String> {
    let mentions =
        entity.mentions.iter().filter_map(|&m| annotations.mentions[m as usize].country.as_ref());
    let all: Vec<&String> =
        entity.offices.iter().filter_map(|o| o.country.as_ref()).chain(mentions).collect();
    let count = |c: &String| all.iter().filter(|x| **x == c).count();
    let most = all.iter().map(|c| count(c)).max()?;
    all.iter().find(|c| count(c) == most).map(|c| (*c).clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_fit_their_names() {
        for (full, surname, want) in [
            ("Yusuf al-Amin", "Amin", true),
            ("Yusuf al-Amin", "al-Amin", true),
            ("Sergei Volkonsky", "Volkonskiy", true),
            ("Yusuf al-Amin", "Yusuf", false),
            ("Sergei Volkonsky", "Ivanov", false),
            ("Choi Min-seo", "Choi", true),
            ("Zhang Wenjie", "Zhang", true),
            ("Choi Min-seo", "Zhang", false),
        ] {
            assert_eq!(surname_fit(full, surname) >= LIKELY, want, "{full} / {surname}");
        }
    }
}
