//! Places across reports, and countries as actors.
//!
//! A place is told by its name and country. A country, or a capital that stands for its government,
//! is an actor too.

use crate::resolved::{ActorKind, Identities, Located, ResolvedActor, ResolvedPlace};
use rustc_hash::FxHashMap;
use variorum_language::gazetteer;
use variorum_model::{Mention, MentionKind, ReadReport};
use variorum_text::fold_key;

/// Fills in the places, and the countries among the actors.
pub(crate) fn resolve(reports: &[ReadReport], identities: &mut Identities) {
    identities.place_of =
        reports.iter().map(|r| vec![None; r.annotations.mentions.len()]).collect();
    let mut places: FxHashMap<String, u32> = FxHashMap::default();
    let mut spelled: FxHashMap<String, u32> = FxHashMap::default();
    let mut countries: FxHashMap<String, u32> = FxHashMap::default();
    for (r, read) in reports.iter().enumerate() {
        for (m, mention) in read.annotations.mentions.iter().enumerate() {
            if !matches!(mention.kind, MentionKind::Place | MentionKind::Facility) {
                continue;
            }
            let text = mention.span.of(&read.report.text);
            let at = Located { report: r as u32, span: mention.span };
            let named = Named::of(text, mention);
            let kin = named.spelling().and_then(|k| spelled.get(&k).copied());
            let kin = kin.filter(|&p| named.may_be(&identities.places[p as usize]));
            let place = *places.entry(named.key.clone()).or_insert_with(|| {
                kin.unwrap_or_else(|| {
                    identities.places.push(ResolvedPlace {
                        name: named.name.clone(),
                        country: named.country.clone(),
                        is_country: named.is_country,
                        point: named.point,
                        mentions: Vec::new(),
                    });
                    identities.places.len() as u32 - 1
                })
            });
            if let Some(key) = named.spelling() {
                spelled.entry(key).or_insert(place);
            }
            let resolved = &mut identities.places[place as usize];
            resolved.mentions.push(at);
            resolved.point = resolved.point.or(named.point);
            resolved.country = resolved.country.take().or(named.country.clone());
            identities.place_of[r][m] = Some(place);
            if let Some(iso) = named.country.filter(|_| named.is_country || mention.government) {
                let actor = *countries.entry(iso.clone()).or_insert_with(|| {
                    // A capital that acts stands for its country, under the country's name.
                    let name = gazetteer::country_of(text).map_or(text, |c| c.name).to_owned();
                    identities.actors.push(country_actor(&iso, name));
                    identities.actors.len() as u32 - 1
                });
                note_form(&mut identities.actors[actor as usize], at, text);
                identities.actor_of[r][m] = Some(actor);
            }
        }
    }
}

/// A place name taken apart.
struct Named {
    key: String,
    name: String,
    country: Option<String>,
    is_country: bool,
    point: Option<(f64, f64)>,
}

impl Named {
    fn of(written: &str, mention: &Mention) -> Named {
        let text = &plain_case(written);
        if let Some(country) = gazetteer::country_of(text).filter(|c| !c.capital) {
            return Named {
                key: format!("country {}", country.iso3),
                name: country.name.to_owned(),
                country: Some(country.iso3.to_owned()),
                is_country: true,
                point: None,
            };
        }
        let listed = gazetteer::places_named(text);
        // The country that the text gives chooses among towns of one name; else the largest.
        let told = mention.country.as_deref();
        let town = listed.iter().find(|p| Some(p.country) == told).or(listed.first());
        let name = town.map_or_else(|| text.to_owned(), |p| p.name.to_owned());
        let country = town.map(|p| p.country.to_owned()).filter(|c| !c.is_empty());
        Named {
            key: format!("place {}", fold_key(&name)),
            country: country.or_else(|| mention.country.clone()),
            point: town.and_then(|p| p.position).map(|(a, b)| (f64::from(a), f64::from(b))),
            name,
            is_country: false,
        }
    }
}

impl Named {
    /// How the name sounds, for towns that the tables may not list under every spelling.
    fn spelling(&self) -> Option<String> {
        (!self.is_country).then(|| spelling(&self.name)).flatten()
    }

    /// Whether this may be `known` by another spelling: at most one of them is listed, and no country
    /// speaks against it.
    fn may_be(&self, known: &ResolvedPlace) -> bool {
        let one_listed = self.point.is_none() || known.point.is_none();
        let countries = match (&self.country, &known.country) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        one_listed && countries && !known.is_country
    }
}

/// A romanised name with what writers differ on undone: which vowel, doubled letters, marks, "q" for "k",
/// a silent "h" at the end. `None` for names too short to be told by it.
fn spelling(name: &str) -> Option<String> {
    const SHORTEST: usize = 4;
    let folded = fold_key(name);
    if folded.chars().filter(|c| c.is_alphabetic()).count() < SHORTEST {
        return None;
    }
    let mut key = String::new();
    for c in folded.chars().filter(|c| c.is_alphanumeric() || *c == ' ') {
        let c = match c {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' => 'a',
            'q' => 'k',
            other => other,
        };
        if !key.ends_with(c) {
            key.push(c);
        }
    }
    if key.ends_with("ah") {
        key.pop();
    }
    Some(key)
}

/// A name set in capitals, as datelines are, in plain case; acronyms ("USA") stay as they are.
fn plain_case(name: &str) -> String {
    const ACRONYM: usize = 4;
    let capitals = name.chars().all(|c| !c.is_lowercase());
    if !capitals || name.chars().count() <= ACRONYM {
        return name.to_owned();
    }
    let word = |w: &str| {
        let mut chars = w.chars();
        let first: String = chars.next().into_iter().collect();
        first + &chars.flat_map(char::to_lowercase).collect::<String>()
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// An actor for the country whose usual name is `name`.
fn country_actor(iso: &str, name: String) -> ResolvedActor {
    ResolvedActor {
        listed: None,
        kind: ActorKind::Country,
        name,
        country: Some(iso.to_owned()),
        mentions: Vec::new(),
        variants: Vec::new(),
        offices: Vec::new(),
        merges: vec![format!("every form listed for {iso}")],
    }
}

fn note_form(actor: &mut ResolvedActor, at: Located, text: &str) {
    actor.mentions.push(at);
    if !actor.variants.iter().any(|v| v == text) {
        actor.variants.push(text.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_town() {
        for (a, b, same) in [
            ("Kharkiv", "Kherkiv", true),
            ("Deraa", "Dara'a", true),
            ("Qardaha", "Kerdaha", true),
            ("Latakia", "Lattakiya", true),
            ("Mosul", "Masil", true),
            ("Homs", "Hama", false),
            ("Tartus", "Tarsus", false),
            ("North Darfur", "South Darfur", false),
        ] {
            assert_eq!(spelling(a) == spelling(b), same, "{a} {b}");
        }
        assert_eq!(spelling("Ur"), None);
    }

    #[test]
    fn capitals_of_datelines() {
        for (written, want) in
            [("VIENNA", "Vienna"), ("SAN JUAN", "San Juan"), ("USA", "USA"), ("Vienna", "Vienna")]
        {
            assert_eq!(plain_case(written), want);
        }
    }
}
