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

/// From when, until when and with what standing the last office of a sentence is held, published on
/// 12 May 2016.
fn held(text: &str) -> (String, String, Standing) {
    let report = report(text, Some(("2016-05-12", "2016-05-12")));
    let parse = named(text, &[("Omar Haddad", MentionKind::Person)]);
    let reading = Reading::new(&report, &parse);
    let mentions = crate::mentions::mentions(&reading);
    let mut offices = offices(&reading, &mentions);
    terms(&reading, &mentions, &crate::times::times(&reading), &mut offices);
    let office = offices.pop().unwrap_or_else(|| panic!("no office in {text:?}"));
    let told = |days: Option<variorum_model::DayBounds>| {
        let day = |d: Option<jiff::civil::Date>| d.map_or(String::new(), |d| d.to_string());
        days.map_or(String::new(), |d| format!("{}/{}", day(d.earliest), day(d.latest)))
    };
    (told(office.from), told(office.to), office.standing)
}

#[test]
fn terms_are_those_that_the_text_tells() {
    use Standing::{Current, Elect, Former, Outgoing};
    for (text, from, to, standing) in [
        ("Iranian minister Omar Haddad came", "", "", Current),
        ("Omar Haddad , Iranian minister since 2013 , came", "2013-01-01/2013-12-31", "", Current),
        (
            "Omar Haddad , Iranian minister from 1997 to 2005 , came",
            "1997-01-01/1997-12-31",
            "2005-01-01/2005-12-31",
            Former,
        ),
        ("Omar Haddad , Iranian minister until 2005 , came", "", "2005-01-01/2005-12-31", Former),
        ("former Iranian minister Omar Haddad came", "", "/2016-05-12", Former),
        ("Iranian president-elect Omar Haddad came", "2016-05-12/", "", Elect),
        ("outgoing Iranian president Omar Haddad came", "", "", Outgoing),
        ("The king appointed Omar Haddad minister on Monday", "2016-05-09/2016-05-09", "", Current),
        ("The king appointed Omar Haddad minister", "/2016-05-12", "", Current),
        ("Omar Haddad resigned as minister on 3 May", "", "2016-05-03/2016-05-03", Former),
        ("Iranian minister Omar Haddad came in 2013", "", "", Current),
    ] {
        assert_eq!(held(text), (from.into(), to.into(), standing), "{text:?}");
    }
}
