//! Who an actor is, in the codes of PLOVER and CAMEO: country or kind of body, and sector.
//!
//! Only what the record says of the actor is coded: its kind, its country, the offices it holds now
//! with their bodies, and the words of its name. What these leave open stays empty.

use super::tables::{Place, Sector, fold, tables};
use variorum_model::contract::{Actor, OfficeHeld};

/// An actor in codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PartyCodes {
    /// ISO 3166-1 alpha-3 code, or empty.
    pub(crate) country: &'static str,
    /// PLOVER's actor code: the country, `UNO`, `IGO`, `NGO`, `EUR`, `IMG`, or empty.
    pub(crate) plover: &'static str,
    /// PLOVER's sector, or empty.
    pub(crate) sector: &'static str,
    /// CAMEO's known group, or empty.
    pub(crate) known_group: &'static str,
    /// CAMEO's types, widest first.
    pub(crate) types: Vec<&'static str>,
}

impl PartyCodes {
    /// The CAMEO actor code: country, known group or types in a row (`IRNGOV`, `IGOUNO`).
    pub(crate) fn cameo(&self) -> String {
        let country = tables().countries.get(self.country).map_or("", |c| c.cameo);
        let mut code = country.to_owned();
        for piece in &self.types {
            code.push_str(piece);
        }
        code.push_str(self.known_group);
        code
    }

    /// CAMEO's code of the country, or empty.
    pub(crate) fn cameo_country(&self) -> &'static str {
        tables().countries.get(self.country).map_or("", |c| c.cameo)
    }
}

/// The codes of `actor`.
pub(crate) fn party_codes(actor: &Actor) -> PartyCodes {
    if let Some(codes) = international(actor) {
        return codes;
    }
    let country = country(actor);
    let mut codes = PartyCodes { country, plover: country, ..PartyCodes::default() };
    let sector = match actor.kind.as_str() {
        "person" => person_sector(actor, country),
        "organization" => words_sector(Place::Name, &actor.name),
        "group" => match armed_group(actor) {
            Some(place) => {
                if place == "IMG" {
                    codes.country = "";
                    codes.plover = "IMG";
                } else if !place.is_empty() {
                    codes.country = place;
                    codes.plover = place;
                }
                Some(Sector { plover: "REB", cameo: "REB" })
            }
            None => words_sector(Place::People, &actor.name),
        },
        _ => None,
    };
    if codes.plover == "IMG" {
        codes.types.push("IMG");
    }
    if let Some(sector) = sector {
        codes.sector = sector.plover;
        if !sector.cameo.is_empty() {
            codes.types.push(sector.cameo);
        }
    }
    codes
}

/// Codes of a body that belongs to no single state, by any of its written forms; or of who is listed as one of its heads.
fn international(actor: &Actor) -> Option<PartyCodes> {
    let bodies = &tables().bodies;
    let body = match (actor.kind.as_str(), &actor.listed) {
        ("organization" | "group", _) => names(actor).find_map(|name| bodies.get(&fold(name)))?,
        ("person", Some(listed)) if actor.country.is_none() => {
            bodies.values().find(|body| body.plover == listed.country)?
        }
        _ => return None,
    };
    Some(PartyCodes {
        plover: body.plover,
        known_group: body.group,
        types: vec![body.cameo],
        ..PartyCodes::default()
    })
}

/// The country that the record gives, or else the one country of the offices held now, or else that of the list of leaders.
fn country(actor: &Actor) -> &'static str {
    let known = |code: &str| tables().countries.get_key_value(code).map_or("", |(key, _)| *key);
    if let Some(code) = &actor.country {
        return known(code);
    }
    let mut of_offices = held(actor).filter_map(office_country);
    match of_offices.next() {
        Some(first) if of_offices.all(|other| other == first) => first,
        Some(_) => "",
        None => actor.listed.as_ref().map_or("", |listed| known(&listed.country)),
    }
}

/// Offices held now.
fn held(actor: &Actor) -> impl Iterator<Item = &OfficeHeld> {
    actor.offices.iter().filter(|o| matches!(o.standing.as_str(), "current" | "acting"))
}

/// The country that the office's body is or is called after ("Iran", "Iranian parliament").
fn office_country(office: &OfficeHeld) -> Option<&'static str> {
    let body = fold(office.body.as_deref()?);
    let names = &tables().country_names;
    let first = body.split(' ').find(|word| !word.is_empty())?;
    names.get(&body).or_else(|| names.get(&format!(" {first} "))).copied()
}

/// The sector of the first office held now that tells one; of somebody who only held one, `ELI`; where no office is told, the
/// sector that the list of leaders has.
fn person_sector(actor: &Actor, country: &str) -> Option<Sector> {
    let told = held(actor).find_map(|office| {
        let title = fold(&office.title);
        let of_state = office.body.as_deref().is_none_or(|_| office_country(office).is_some());
        match office.body.as_deref().and_then(|body| words_sector(Place::Name, body)) {
            Some(sector) => Some(sector),
            // A minister of something else than a state or an army is none of a state.
            None if !of_state => None,
            None => find(Place::Office, &title).or_else(|| {
                let seated = !country.is_empty() || office_country(office).is_some();
                if seated { find(Place::Seat, &title) } else { None }
            }),
        }
    });
    let only_former =
        !actor.offices.is_empty() && actor.offices.iter().all(|o| o.standing == "former");
    told.or(only_former.then_some(Sector { plover: "ELI", cameo: "ELI" })).or_else(|| {
        let listed = actor.listed.as_ref().filter(|listed| listed.country == country)?;
        let mut sectors = tables().sectors.iter().map(|(_, sector, _)| *sector);
        sectors.find(|sector| sector.plover == listed.sector)
    })
}

/// Where a group is listed as armed opposition: its country, `IMG` or empty.
fn armed_group(actor: &Actor) -> Option<&'static str> {
    names(actor).find_map(|name| tables().armed_groups.get(&fold(name)).copied())
}

/// The name and every written form, with and without an article.
fn names(actor: &Actor) -> impl Iterator<Item = &str> {
    let all = std::iter::once(&actor.name).chain(&actor.variants).map(String::as_str);
    all.map(|name| name.strip_prefix("the ").or(name.strip_prefix("The ")).unwrap_or(name))
}

fn words_sector(place: Place, name: &str) -> Option<Sector> {
    find(place, &fold(name))
}

/// The first row of the table whose words stand in `folded`.
fn find(place: Place, folded: &str) -> Option<Sector> {
    let rows = tables().sectors.iter().filter(|(of, ..)| *of == place);
    let mut met = rows.filter(|(_, _, words)| words.iter().any(|w| folded.contains(w.as_str())));
    met.next().map(|(_, sector, _)| *sector)
}

#[cfg(test)]
mod tests {
    use super::*;
    use variorum_model::contract::Listed;

    fn actor(kind: &str, name: &str, country: &str, offices: &[(&str, &str, &str)]) -> Actor {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Actor {
            id: "a1".into(),
            name: name.into(),
            kind: kind.into(),
            country: some(country),
            listed: None,
            mentions: Vec::new(),
            variants: vec![name.into()],
            offices: offices
                .iter()
                .map(|&(title, body, standing)| OfficeHeld {
                    title: title.into(),
                    body: some(body),
                    country: None,
                    standing: standing.into(),
                    from: None,
                    to: None,
                    began: None,
                    ended: None,
                    held: None,
                    changes: Vec::new(),
                    evidence: Vec::new(),
                })
                .collect(),
            merges: Vec::new(),
            judged: Default::default(),
        }
    }

    #[test]
    fn actors_are_coded_by_what_is_said_of_them() {
        type Row = (
            &'static str,
            &'static str,
            &'static str,
            &'static [(&'static str, &'static str, &'static str)],
            &'static str,
            &'static str,
        );
        let rows: [Row; 24] = [
            ("country", "Iran", "IRN", &[], "IRN", "IRN"),
            ("country", "Kosovo", "XKX", &[], "XKX", "KSV"),
            (
                "person",
                "Arash Vand",
                "",
                &[("Minister of Defence", "Iran", "current")],
                "IRN/GOV",
                "IRNGOV",
            ),
            (
                "person",
                "Arash Vand",
                "",
                &[("Minister of Defence", "Iran", "former")],
                "/ELI",
                "ELI",
            ),
            ("person", "Lena Brandt", "DEU", &[], "DEU", "DEU"),
            ("person", "Lena Brandt", "DEU", &[("President", "", "current")], "DEU/GOV", "DEUGOV"),
            ("person", "Lena Brandt", "", &[("President", "", "current")], "", ""),
            (
                "person",
                "Lena Brandt",
                "",
                &[("President", "Lowland Football Club", "current")],
                "",
                "",
            ),
            (
                "person",
                "Omar Saleh",
                "",
                &[("Director", "Rawa General Hospital", "current")],
                "/MED",
                "HLH",
            ),
            ("person", "Omar Saleh", "IRQ", &[("Commander", "", "current")], "IRQ/MIL", "IRQMIL"),
            ("person", "Omar Saleh", "IRQ", &[("Spokesperson", "", "current")], "IRQ", "IRQ"),
            (
                "person",
                "A. B.",
                "",
                &[("Minister", "Iran", "current"), ("Envoy", "Iraq", "current")],
                "/GOV",
                "GOV",
            ),
            ("organization", "Ministry of Foreign Affairs", "RUS", &[], "RUS/GOV", "RUSGOV"),
            ("organization", "Iraqi army", "IRQ", &[], "IRQ/MIL", "IRQMIL"),
            ("organization", "National Congress Party", "SDN", &[], "SDN/PTY", "SDNPTY"),
            ("organization", "the United Nations", "", &[], "UNO", "IGOUNO"),
            ("organization", "Harmony Ltd", "", &[], "", ""),
            ("organization", "Courtyard Players", "", &[], "", ""),
            ("group", "Islamic State", "IRQ", &[], "IMG/REB", "IMGREB"),
            ("group", "Taliban", "", &[], "AFG/REB", "AFGREB"),
            ("group", "unknown gunmen", "", &[], "/UAF", "UAF"),
            ("group", "Kenyan soldiers", "KEN", &[], "KEN/MIL", "KENMIL"),
            ("group", "Free Harbour Army choir", "", &[], "/MIL", "MIL"),
            ("organization", "unlisted", "ZZZ", &[], "", ""),
        ];
        for (kind, name, country, offices, plover, cameo) in rows {
            let codes = party_codes(&actor(kind, name, country, offices));
            let slash = if codes.sector.is_empty() { "" } else { "/" };
            let shown = format!("{}{slash}{}", codes.plover, codes.sector);
            assert_eq!(
                (shown.as_str(), codes.cameo().as_str()),
                (plover, cameo),
                "{kind} {name} {offices:?}"
            );
        }
    }

    #[test]
    fn the_list_of_leaders_codes_where_no_report_does() {
        for (country, offices, listed, want) in [
            ("", &[][..], ("KEN", "GOV"), "KEN/GOV"),
            ("KEN", &[], ("KEN", "MIL"), "KEN/MIL"),
            // What the reports say goes before it.
            ("NOR", &[], ("KEN", "GOV"), "NOR"),
            ("", &[("Minister of Defence", "Kenya", "former")], ("KEN", "GOV"), "KEN/ELI"),
            ("", &[("Judge", "Kenya", "current")], ("KEN", "GOV"), "KEN/JUD"),
            // A body of no state.
            ("", &[], ("UNO", "IGO"), "UNO"),
        ] {
            let mut person = actor("person", "Ana Orlo", country, offices);
            let listed =
                Listed { country: listed.0.into(), sector: listed.1.into(), rule: "".into() };
            person.listed = Some(listed);
            let codes = party_codes(&person);
            let got = format!("{}/{}", codes.plover, codes.sector);
            assert_eq!(got.trim_end_matches('/'), want, "{country} {offices:?}");
        }
    }
}
