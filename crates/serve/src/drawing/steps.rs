//! Figures over time: a line of steps for each that gives them.

use super::axis::round_numbers;
use super::{DayAxis, at, short};
use maud::{Markup, html};

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 190.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 28.0;
/// Least distance of two labels.
const LINE: f64 = 15.0;

/// A figure on a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub(crate) day: i32,
    pub(crate) value: f64,
    /// `exact`, `at_least`, `at_most`, `about` or `range`.
    pub(crate) bound: &'static str,
}

/// The figures that one gives.
#[derive(Debug, Clone)]
pub(crate) struct Series {
    pub(crate) name: String,
    /// In order of days.
    pub(crate) points: Vec<Point>,
}

/// The chart; nothing where there is no day.
pub(crate) fn steps(series: &[Series]) -> Markup {
    let points = || series.iter().flat_map(|s| &s.points);
    let Some(axis) = DayAxis::of(points().map(|p| p.day), WIDTH - LEFT - RIGHT) else {
        return html! {};
    };
    let numbers = round_numbers(points().map(|p| p.value).fold(0.0, f64::max));
    let top = numbers.last().copied().unwrap_or(1.0);
    let y = |value: f64| TOP + (1.0 - value / top) * (HEIGHT - TOP - BOTTOM);
    let x = |day: i32| LEFT + axis.x(day);
    let labels = labels(series, y);
    html! {
        svg.chart viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } aria-hidden="true" focusable="false" {
            @for number in &numbers {
                line.grid x1=(LEFT) x2=(WIDTH - RIGHT) y1=(at(y(*number))) y2=(at(y(*number))) {}
                text.soft x=(LEFT - 8.0) y=(at(y(*number) + 4.0)) text-anchor="end" { (grouped(*number)) }
            }
            @for (day, label) in axis.ticks() { text.soft x=(at(x(day))) y=(HEIGHT - 8.0) text-anchor="middle" { (label) } }
            line.axis x1=(LEFT) x2=(WIDTH - RIGHT) y1=(at(y(0.0))) y2=(at(y(0.0))) {}
            @for (n, one) in series.iter().enumerate() {
                g class={ "series s" (n % 6) } {
                    path.step d=(path(one, x, y, WIDTH - RIGHT)) {}
                    @for p in &one.points { (symbol(n, x(p.day), y(p.value), p.bound)) }
                    @if let Some(label) = labels.get(n) {
                        (symbol(n, WIDTH - RIGHT + 10.0, label - 4.0, "exact"))
                        text x=(WIDTH - RIGHT + 20.0) y=(at(*label)) { (short(&one.name)) }
                    }
                }
            }
        }
    }
}

/// Steps from figure to figure, the last carried to the right edge.
fn path(series: &Series, x: impl Fn(i32) -> f64, y: impl Fn(f64) -> f64, end: f64) -> String {
    let mut d = String::new();
    for p in &series.points {
        let (x, y) = (at(x(p.day)), at(y(p.value)));
        d += &if d.is_empty() { format!("M{x} {y}") } else { format!("H{x}V{y}") };
    }
    d + &format!("H{}", at(end))
}

/// Heights of the labels: as near to the last figures as they can be without touching.
fn labels(series: &[Series], y: impl Fn(f64) -> f64) -> Vec<f64> {
    let mut wanted: Vec<(f64, usize)> = series
        .iter()
        .enumerate()
        .filter_map(|(n, s)| Some((y(s.points.last()?.value) + 4.0, n)))
        .collect();
    wanted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut heights = vec![0.0; series.len()];
    let mut least = f64::MIN;
    for (height, n) in wanted {
        heights[n] = height.max(least);
        least = heights[n] + LINE;
    }
    heights
}

/// The sign of a series: a shape of its own, so that colour is not needed. A figure that is a bound has a stroke to
/// the side on which the number may lie.
fn symbol(n: usize, x: f64, y: f64, bound: &str) -> Markup {
    let d = match n % 6 {
        0 => format!("M{} {}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z", at(x - 4.0), at(y)),
        1 => format!("M{} {}h8v8h-8z", at(x - 4.0), at(y - 4.0)),
        2 => format!("M{} {}l5 9h-10z", at(x), at(y - 5.0)),
        3 => format!("M{} {}l5 5l-5 5l-5 -5z", at(x), at(y - 5.0)),
        4 => format!("M{} {}l5 -9h-10z", at(x), at(y + 5.0)),
        _ => format!("M{} {}h3v-3h3v3h3v3h-3v3h-3v-3h-3z", at(x - 4.5), at(y - 1.5)),
    };
    let towards = match bound {
        "at_least" => Some(-11.0),
        "at_most" => Some(11.0),
        _ => None,
    };
    html! {
        @if let Some(by) = towards { line.bound x1=(at(x)) x2=(at(x)) y1=(at(y)) y2=(at(y + by)) {} }
        path.sign d=(d) {}
    }
}

/// A number with its thousands set apart.
pub(crate) fn grouped(value: f64) -> String {
    if value.fract() != 0.0 || value.abs() >= 1e15 {
        return value.to_string();
    }
    let digits = format!("{}", value.abs() as u64);
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if value < 0.0 { format!("−{out}") } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        for (value, want) in
            [(0.0, "0"), (999.0, "999"), (1000.0, "1,000"), (-2_300.0, "−2,300"), (0.5, "0.5")]
        {
            assert_eq!(grouped(value), want);
        }
    }

    #[test]
    fn labels_do_not_touch() {
        let series = |v: f64| Series {
            name: String::new(),
            points: vec![Point { day: 0, value: v, bound: "exact" }],
        };
        let heights = labels(&[series(5.0), series(5.0), series(1.0)], |v| -v);
        assert!((heights[0] - heights[1]).abs() >= LINE && (heights[1] - heights[2]).abs() >= LINE);
    }
}
