//! The place of a happening: where tellings cannot all be right.

use crate::drafts::{Draft, order};
use crate::happenings::Happening;
use crate::opposition::Opposition;
use crate::readings::{Claim, readings};
use crate::witnesses::Witnesses;
use variorum_identity::ResolvedPlace;

/// Two places nearer than this may be a town and its suburb.
const SAME_AREA_KM: f64 = 40.0;

/// A place conflict for the happening, if its tellings put it in places that are far apart.
pub(crate) fn conflict(
    witnesses: &Witnesses<'_>,
    opposition: &Opposition<'_>,
    happening: &Happening,
    about: &str,
    event: &str,
) -> Option<Draft> {
    let places = &witnesses.identities.places;
    let placed: Vec<_> = happening
        .tellings
        .iter()
        .filter_map(|t| Some((t, t.place?)))
        .filter(|(_, p)| !places[*p as usize].is_country)
        .collect();
    let at_odds = placed.iter().any(|(x, p)| {
        placed.iter().any(|(y, q)| {
            far_apart(&places[*p as usize], &places[*q as usize]) && opposition.of_places(x, y)
        })
    });
    if !at_odds {
        return None;
    }
    let claims: Vec<Claim> = placed
        .iter()
        .filter_map(|(t, p)| {
            let coded = witnesses.told(t.report, t.event);
            Some(Claim {
                value: places[*p as usize].name.clone(),
                report: t.report,
                span: coded.place?,
                according_to: Vec::new(),
            })
        })
        .collect();
    let sides = readings(witnesses, &claims);
    (sides.len() > 1).then(|| {
        Draft::new(
            order(1, happening),
            "place",
            format!("place: {about}"),
            sides,
            "the places given are too far apart to be one",
        )
        .over(event)
    })
}

fn far_apart(a: &ResolvedPlace, b: &ResolvedPlace) -> bool {
    apart(a, b) == Some(true)
}

/// Whether two places are too far from each other to be one area; `None` where a position is missing.
pub(crate) fn apart(a: &ResolvedPlace, b: &ResolvedPlace) -> Option<bool> {
    Some(kilometres(a.point?, b.point?) > SAME_AREA_KM)
}

/// Whether the words of one name all stand in the other: "Unity" and "Unity State".
pub(crate) fn named_alike(a: &str, b: &str) -> bool {
    let words = |s: &str| -> Vec<String> { s.split_whitespace().map(str::to_lowercase).collect() };
    let (a, b) = (words(a), words(b));
    let inside = |x: &[String], y: &[String]| !x.is_empty() && x.iter().all(|w| y.contains(w));
    inside(&a, &b) || inside(&b, &a)
}

/// Great-circle distance by the haversine formula.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    const EARTH_KM: f64 = 6371.0;
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (dlat, dlon) = (lat_b - lat_a, (b.1 - a.1).to_radians());
    let h = (dlat / 2.0).sin().powi(2) + lat_a.cos() * lat_b.cos() * (dlon / 2.0).sin().powi(2);
    2.0 * EARTH_KM * h.sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        // Paris to London is about 344 km, to itself 0.
        let (paris, london) = ((48.8566, 2.3522), (51.5074, -0.1278));
        assert!((kilometres(paris, london) - 344.0).abs() < 2.0);
        assert!(kilometres(paris, paris) < 1e-6);
    }
}
