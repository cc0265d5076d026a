//! Places on an outline of the world, cut to where they are.

use super::{at, short};
use maud::{Markup, html};
use std::sync::LazyLock;

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 520.0;
/// Fewest degrees from west to east.
const FEWEST: f64 = 24.0;

/// A place to be marked.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    pub(crate) name: String,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    /// How often it is told of.
    pub(crate) weight: usize,
}

/// Paths of land and borders, in tenths of a degree.
static OUTLINE: LazyLock<(&'static str, &'static str)> = LazyLock::new(|| {
    let table = include_str!("../../../../data/world_outline.tsv");
    let path = |name: &str| {
        let row = table.lines().find_map(|l| l.split_once('\t').filter(|(n, _)| *n == name));
        row.map_or("", |(_, path)| path)
    };
    (path("land"), path("borders"))
});

/// What of the world is shown: pixels to a degree, and the corner in the north-west.
struct View {
    scale: f64,
    west: f64,
    north: f64,
}

impl View {
    fn of(spots: &[Spot]) -> View {
        let bounds = |value: fn(&Spot) -> f64| {
            spots.iter().map(value).fold((f64::MAX, f64::MIN), |(a, z), v| (a.min(v), z.max(v)))
        };
        let ((west, east), (south, north)) = (bounds(|s| s.longitude), bounds(|s| s.latitude));
        let wide =
            ((east - west) * 1.3).max((north - south) * 1.4 * WIDTH / HEIGHT).clamp(FEWEST, 360.0);
        let scale = WIDTH / wide;
        View {
            scale,
            west: (west + east) / 2.0 - wide / 2.0,
            north: (south + north) / 2.0 + HEIGHT / scale / 2.0,
        }
    }

    fn point(&self, spot: &Spot) -> (f64, f64) {
        ((spot.longitude - self.west) * self.scale, (self.north - spot.latitude) * self.scale)
    }
}

/// The map; nothing where there is no place.
pub(crate) fn world(spots: &[Spot]) -> Markup {
    if spots.is_empty() {
        return html! {};
    }
    let view = View::of(spots);
    let (land, borders) = *OUTLINE;
    let turn = format!(
        "scale({}) translate({} {})",
        at4(view.scale / 10.0),
        at(-view.west * 10.0),
        at(view.north * 10.0)
    );
    let most = spots.iter().map(|s| s.weight).max().unwrap_or(1).max(1) as f64;
    let labels = labels(spots, &view);
    html! {
        svg.chart.world viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } aria-hidden="true" focusable="false" {
            g transform=(turn) {
                path.land d=(land) {}
                path.border d=(borders) vector-effect="non-scaling-stroke" {}
            }
            @for (spot, label) in spots.iter().zip(&labels) {
                @let (x, y) = view.point(spot);
                @let r = 4.0 + 8.0 * (spot.weight as f64 / most).sqrt();
                circle.spot cx=(at(x)) cy=(at(y)) r=(at(r)) {}
                @if *label { text x=(at(x + r + 4.0)) y=(at(y + 4.0)) { (short(&spot.name)) } }
            }
        }
    }
}

/// Which names are written: each that does not run into one written before.
fn labels(spots: &[Spot], view: &View) -> Vec<bool> {
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    spots
        .iter()
        .map(|spot| {
            let (x, y) = view.point(spot);
            let end = x + 20.0 + 7.0 * short(&spot.name).chars().count() as f64;
            let free = taken.iter().all(|&(a, b, h)| end < a || x > b || (y - h).abs() > 14.0);
            if free {
                taken.push((x, end, y));
            }
            free
        })
        .collect()
}

fn at4(value: f64) -> String {
    format!("{value:.4}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outline_is_there() {
        assert!(OUTLINE.0.len() > 10_000 && OUTLINE.1.len() > 5_000);
    }

    #[test]
    fn every_place_is_in_view() {
        let spot =
            |latitude, longitude| Spot { name: String::new(), latitude, longitude, weight: 1 };
        for spots in [
            vec![spot(35.7, 51.4)],
            vec![spot(-33.9, 151.2), spot(64.1, -21.9)],
            vec![spot(89.0, 0.0), spot(-89.0, 10.0)],
        ] {
            let view = View::of(&spots);
            for s in &spots {
                let (x, y) = view.point(s);
                assert!((0.0..=WIDTH).contains(&x), "{s:?} {x}");
                assert!(y.is_finite());
            }
        }
    }
}
