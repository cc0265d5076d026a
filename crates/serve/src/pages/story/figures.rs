//! Figures over time, each with who gives it.

use crate::drawing::{Point, Series, day_number, grouped, steps};
use crate::pages::words::{days, plain, said};
use crate::story::Story;
use maud::{Markup, html};
use std::collections::BTreeMap;
use variorum_export::Collation;
use variorum_model::contract::FigureEntry;

/// Series drawn in one chart.
const SERIES: usize = 6;
/// Other figures listed.
const OTHERS: usize = 200;

/// Measures of what befell people or things; the others are plain amounts.
fn is_telling(figure: &FigureEntry) -> bool {
    !matches!(figure.measure.as_str(), "count" | "age" | "duration" | "distance" | "share" | "")
}

pub(super) fn body(story: &Story, c: &Collation<'_>) -> Markup {
    let (telling, others): (Vec<&FigureEntry>, Vec<&FigureEntry>) =
        story.record.figures.iter().partition(|f| is_telling(f));
    let mut groups: BTreeMap<(&str, &str, &str), Vec<&FigureEntry>> = BTreeMap::new();
    for figure in telling {
        let event = figure.event.as_deref().unwrap_or_default();
        groups.entry((&figure.measure, &figure.unit, event)).or_default().push(figure);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, figures)| std::cmp::Reverse(figures.len()));
    html! {
        div.wide {
            @if groups.is_empty() { p.quiet { "No figure of people killed, injured, displaced, detained or the like is told." } }
            @for ((measure, unit, event), figures) in &groups {
                (group(story, c, &heading(story, measure, unit, event), figures))
            }
            @if !others.is_empty() {
                details {
                    summary { "Other amounts: counts, ages, lengths (" (others.len()) ")" }
                    (table(story, c, "other amounts", &others[..others.len().min(OTHERS)]))
                }
            }
        }
    }
}

fn heading(story: &Story, measure: &str, unit: &str, event: &str) -> String {
    let what = if unit.is_empty() { plain(measure) } else { format!("{unit} {}", plain(measure)) };
    match story.event(event) {
        Some(event) => format!("{what}: {}", event.summary),
        None => what,
    }
}

/// Who gives a figure: the innermost source, or else the outlet.
fn giver(story: &Story, c: &Collation<'_>, figure: &FigureEntry) -> String {
    let named = figure.attributed_to.first().map(|id| story.actor_name(id).to_owned());
    let written = figure.attributed_evidence.first().map(|e| e.quote.clone());
    named.or(written).unwrap_or_else(|| {
        c.witness(&figure.evidence.report).map_or_else(String::new, |w| w.outlet.clone())
    })
}

fn bound(figure: &FigureEntry) -> &'static str {
    match figure.bound.as_str() {
        "at_least" => "at_least",
        "at_most" => "at_most",
        "about" => "about",
        "range" => "range",
        _ => "exact",
    }
}

fn series(story: &Story, c: &Collation<'_>, figures: &[&FigureEntry]) -> Vec<Series> {
    let mut by_giver: BTreeMap<String, Vec<Point>> = BTreeMap::new();
    for figure in figures {
        let as_of = figure.as_of.as_ref();
        let day =
            as_of.and_then(|t| t.latest.as_deref().or(t.earliest.as_deref())).and_then(day_number);
        if let Some(day) = day {
            let point = Point { day, value: figure.value, bound: bound(figure) };
            by_giver.entry(giver(story, c, figure)).or_default().push(point);
        }
    }
    let mut all: Vec<Series> = by_giver
        .into_iter()
        .map(|(name, mut points)| {
            points.sort_by(|a, b| a.day.cmp(&b.day).then(a.value.total_cmp(&b.value)));
            points.dedup();
            Series { name, points }
        })
        .collect();
    all.sort_by_key(|s| std::cmp::Reverse(s.points.len()));
    all.truncate(SERIES);
    all
}

fn group(story: &Story, c: &Collation<'_>, name: &str, figures: &[&FigureEntry]) -> Markup {
    let series = series(story, c, figures);
    let points: usize = series.iter().map(|s| s.points.len()).sum();
    let mut ordered = figures.to_vec();
    ordered.sort_by(|a, b| {
        let day = |f: &FigureEntry| f.as_of.as_ref().and_then(|t| t.earliest.clone());
        day(a).cmp(&day(b)).then(a.value.total_cmp(&b.value)).then(a.id.cmp(&b.id))
    });
    html! {
        section {
            h2 dir="auto" { (name) }
            @if points > 1 {
                figure {
                    div.scroller tabindex="0" role="group" aria-label="Chart; the table has the same figures" { (steps(&series)) }
                    figcaption {
                        "A line for each that gives figures, from the day for which they hold. A stroke up means at least, down at most."
                    }
                }
            }
            (table(story, c, name, &ordered))
        }
    }
}

fn table(story: &Story, c: &Collation<'_>, name: &str, figures: &[&FigureEntry]) -> Markup {
    html! {
        div.scroller role="region" aria-label={ "Table: " (name) } tabindex="0" {
            table.plain role="table" {
                thead role="rowgroup" { tr role="row" { th scope="col" role="columnheader" { "Figure" } th scope="col" role="columnheader" { "As of" } th scope="col" role="columnheader" { "Given by" } th scope="col" role="columnheader" { "Where" } th scope="col" role="columnheader" { "Words" } } }
                tbody role="rowgroup" {
                    @for figure in figures {
                        tr id=(figure.id) role="row" {
                            th scope="row" role="rowheader" { (value(figure)) }
                            td role="cell" data-head="As of" { (days(figure.as_of.as_ref())) }
                            td role="cell" data-head="Given by" { bdi { (giver(story, c, figure)) } }
                            td role="cell" data-head="Where" { bdi { (story.place_name(figure.place.as_deref())) } }
                            td role="cell" data-head="Words" { (said(c, &figure.evidence, 140)) }
                        }
                    }
                }
            }
        }
    }
}

/// A figure with its bound and unit in words.
fn value(figure: &FigureEntry) -> String {
    let number = match (figure.bound.as_str(), figure.low, figure.high) {
        ("range", Some(low), Some(high)) => format!("{} to {}", grouped(low), grouped(high)),
        ("at_least", ..) => format!("at least {}", grouped(figure.value)),
        ("at_most", ..) => format!("at most {}", grouped(figure.value)),
        ("about", ..) => format!("about {}", grouped(figure.value)),
        _ => grouped(figure.value),
    };
    if figure.unit.is_empty() { number } else { format!("{number} {}", figure.unit) }
}
