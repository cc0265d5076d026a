//! Drawings as SVG, made on the server. Each stands beside a table with the same data, so none is read aloud.

mod axis;
mod interval;
mod network;
mod steps;
mod world;

pub(crate) use axis::{DayAxis, day_number};
pub(crate) use interval::{Bar, axis_head, interval};
pub(crate) use network::{Tie, network};
pub(crate) use steps::{Point, Series, grouped, steps};
pub(crate) use world::{Spot, world};

/// A coordinate as SVG writes it, to a tenth.
fn at(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// Letters of a label.
const LABEL: usize = 24;

/// A name as a label.
fn short(name: &str) -> String {
    if name.chars().count() <= LABEL {
        return name.to_owned();
    }
    name.chars().take(LABEL - 1).chain(['…']).collect()
}
