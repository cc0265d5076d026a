//! A stretch of days as a bar; uncertain ends look uncertain.

use super::{DayAxis, at};
use maud::{Markup, html};

/// Height of a row, in pixels.
const HEIGHT: f64 = 22.0;

/// A stretch of days; a missing end is unknown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bar {
    pub(crate) first: Option<i32>,
    pub(crate) last: Option<i32>,
    /// Class that tells how it stands: `actual`, `planned`, …
    pub(crate) class: &'static str,
}

/// A row of a chart: one bar before the lines of the axis.
pub(crate) fn interval(axis: &DayAxis, bar: Bar) -> Markup {
    let width = at(axis.width);
    html! {
        svg.interval viewBox={ "0 0 " (width) " " (HEIGHT) } width=(width) height=(HEIGHT) aria-hidden="true" focusable="false" {
            @for (day, _) in axis.ticks() { line.grid x1=(at(axis.x(day))) x2=(at(axis.x(day))) y1="0" y2=(HEIGHT) {} }
            (drawn(axis, bar))
        }
    }
}

fn drawn(axis: &DayAxis, bar: Bar) -> Markup {
    let middle = HEIGHT / 2.0;
    let beyond = |day: i32| day < axis.first || day > axis.last;
    match (bar.first, bar.last) {
        (Some(a), Some(b)) if beyond(a) && beyond(b) && (a < axis.first) == (b < axis.first) => {
            let (x, sign) = if a < axis.first { (4.0, "‹") } else { (axis.width - 9.0, "›") };
            html! { text.soft x=(at(x)) y=(at(middle + 4.0)) { (sign) } }
        }
        (Some(a), Some(b)) if a == b => {
            html! { circle class={ "day " (bar.class) } cx=(at(axis.x(a))) cy=(at(middle)) r="5" {} }
        }
        (Some(a), Some(b)) => {
            let (x, y) = (axis.x(a), axis.x(b));
            html! { rect class={ "span " (bar.class) } x=(at(x)) y=(at(middle - 4.0)) width=(at((y - x).max(3.0))) height="8" rx="4" {} }
        }
        (Some(a), None) => open(axis.x(a), axis.width, middle, bar.class, true),
        (None, Some(b)) => open(0.0, axis.x(b), middle, bar.class, false),
        (None, None) => html! {},
    }
}

/// A line that is bounded on one side only: a stop there, dashes towards the other.
fn open(from: f64, to: f64, middle: f64, class: &str, begins: bool) -> Markup {
    let stop = if begins { from } else { to };
    html! {
        line class={ "open " (class) } x1=(at(from)) x2=(at(to)) y1=(at(middle)) y2=(at(middle)) {}
        line class={ "stop " (class) } x1=(at(stop)) x2=(at(stop)) y1=(at(middle - 6.0)) y2=(at(middle + 6.0)) {}
    }
}

/// The days of the axis, for the head of the column.
pub(crate) fn axis_head(axis: &DayAxis) -> Markup {
    let ticks = axis.ticks();
    let width = at(axis.width);
    html! {
        svg.interval viewBox={ "0 0 " (width) " 16" } width=(width) height="16" aria-hidden="true" focusable="false" {
            @for (day, label) in ticks {
                @let x = axis.x(day);
                @if x < axis.width - 40.0 { text.soft x=(at(x)) y="12" { (label) } }
            }
        }
    }
}
