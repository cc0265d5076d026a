use super::*;
use crate::sample::{named, report};

/// Title, country, holder and standing of the offices in a sentence whose names are given.
fn read(text: &str, names: &[(&str, MentionKind)]) -> Vec<(String, String, String, Standing)> {
    let report = report(text, None);
    let parse = named(text, names);
    let reading = Reading::new(&report, &parse);
    let mentions = crate::mentions::mentions(&reading);
    offices(&reading, &mentions)
        .into_iter()
        .map(|o| {
            let holder = o.holder.map_or("", |h| h.of(text)).to_owned();
            (o.title, o.country.unwrap_or_default(), holder, o.standing)
        })
        .collect()
}

#[test]
fn offices_with_their_holders() {
    use MentionKind::{Organization, Person, Place};
    use Standing::{Acting, Current, Elect, Former};
    let haddad = ("Omar Haddad", Person);
    let petrov = ("Ivan Petrov", Person);
    for (text, names, expected) in [
        (
            "Iranian Defence Minister Brigadier General Omar Haddad left",
            &[haddad][..],
            &[("Minister of Defence", "IRN", "Omar Haddad", Current)][..],
        ),
        (
            "Omar Haddad , secretary of Iran 's Supreme Council , spoke",
            &[haddad, ("Iran", Place), ("Supreme Council", Organization)],
            &[("Secretary", "IRN", "Omar Haddad", Current)],
        ),
        (
            "Russia 's special envoy for Syria , Ivan Petrov , came",
            &[petrov, ("Russia", Place), ("Syria", Place)],
            &[("Special Envoy", "RUS", "Ivan Petrov", Current)],
        ),
        ("PM Omar Haddad spoke", &[haddad], &[("Prime Minister", "", "Omar Haddad", Current)]),
        (
            "former Iraqi foreign minister Omar Haddad",
            &[haddad],
            &[("Minister of Foreign Affairs", "IRQ", "Omar Haddad", Former)],
        ),
        ("acting president Omar Haddad", &[haddad], &[("President", "", "Omar Haddad", Acting)]),
        ("president-elect Omar Haddad", &[haddad], &[("President", "", "Omar Haddad", Elect)]),
        (
            "Iranian president Omar Haddad met his Russian counterpart Ivan Petrov",
            &[haddad, petrov],
            &[
                ("President", "IRN", "Omar Haddad", Current),
                ("President", "RUS", "Ivan Petrov", Current),
            ],
        ),
        (
            "the defence ministers of Iran and Syria met",
            &[("Iran", Place), ("Syria", Place)],
            &[
                ("Minister of Defence", "IRN", "", Current),
                ("Minister of Defence", "SYR", "", Current),
            ],
        ),
        ("General Omar Haddad spoke", &[haddad], &[]),
    ] {
        let found = read(text, names);
        let rows: Vec<_> =
            found.iter().map(|o| (o.0.as_str(), o.1.as_str(), o.2.as_str(), o.3)).collect();
        assert_eq!(rows, expected, "{text:?}");
    }
}
