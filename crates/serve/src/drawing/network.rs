//! One in the middle, those it deals with around it.

use super::{at, short};
use maud::{Markup, html};
use std::f64::consts::TAU;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 360.0;

/// Somebody around the middle.
#[derive(Debug, Clone)]
pub(crate) struct Tie {
    pub(crate) name: String,
    /// Events in common.
    pub(crate) events: usize,
}

/// The drawing of `name` and its ties.
pub(crate) fn network(name: &str, ties: &[Tie]) -> Markup {
    let (cx, cy) = (WIDTH / 2.0, HEIGHT / 2.0);
    let most = ties.iter().map(|t| t.events).max().unwrap_or(1).max(1) as f64;
    let place = |n: usize| {
        let angle = TAU * (n as f64 + 0.5) / ties.len().max(1) as f64;
        (cx + angle.cos() * 190.0, cy + angle.sin() * 140.0)
    };
    html! {
        svg.chart.network viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } aria-hidden="true" focusable="false" {
            @for (n, tie) in ties.iter().enumerate() {
                @let (x, y) = place(n);
                line.tie x1=(cx) y1=(cy) x2=(at(x)) y2=(at(y)) stroke-width=(at(1.0 + 5.0 * tie.events as f64 / most)) {}
            }
            @for (n, tie) in ties.iter().enumerate() {
                @let (x, y) = place(n);
                @let right = x >= cx;
                circle.other cx=(at(x)) cy=(at(y)) r="6" {}
                text x=(at(if right { x + 11.0 } else { x - 11.0 })) y=(at(y + 4.0)) text-anchor=(if right { "start" } else { "end" }) { (short(&tie.name)) }
            }
            circle.self cx=(cx) cy=(cy) r="10" {}
            text.self x=(cx) y=(cy + 28.0) text-anchor="middle" { (short(name)) }
        }
    }
}
